//! The screens. Each has a `State`, an `update` that takes the actions which mean something there, a `view` that
//! draws it and a `click` that finds what is under the mouse.

pub mod assess;
pub mod crosswalk;
pub mod dashboard;
pub mod export;
pub mod history;
pub mod home;
pub mod plan;
pub mod present;
pub mod profile;
pub mod questions;
pub mod soa;
pub mod timeline;
