//! Parts of screens that are drawn in several places. Each is a function of what it shows.

pub mod bar;
pub mod figure;
pub mod list;
pub mod page;
pub mod paint;
pub mod radar;
pub mod spark;
pub mod wrap;
