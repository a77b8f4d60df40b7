//! Keeps assessments on disk so that an answer that was called saved stays saved.
//!
//! An assessment is a folder. Its truth is `journal/`: a file for each session, a line for each change, only ever
//! appended to, synced before the change is called saved ([`Store::record`]). Beside it lies `assessment.toml`, the
//! whole state for people to read, enough alone if the journal is lost. What is unfinished or damaged is kept in
//! `quarantine/`, and told ([`notice`]).
//!
//! - [`paths`]: where the data lives. [`disk`]: what is asked of a file system. [`digest`]: SHA-256 as text.
//! - [`record`] and [`journal`]: a change as a line. [`session`]: the file of one writer.
//! - [`history`]: from lines to the state; what is missing. [`story`]: from lines to steps for people. [`rebuild`]: from
//!   the state to changes.
//! - [`causes`]: which change knew of which, and where two contradict each other.
//! - [`save_file`] writes and reads `assessment.toml`. [`summary`]: what the list shows of it.
//! - [`reading`]: reading, which never writes; [`current`]: what it says now, without its history. [`store`]: writing. [`catalog`]: all of them side by side.
//! - [`backups`]: earlier states, for the day on which nothing else can be read.
//! - [`shelf`]: the archive, the trash, and copies.
//! - [`library`]: questionnaires. [`demo`]: the made-up company.
//! - [`drafts`]: what was typed and not taken yet.
//! - [`doctor`]: what is whole, damaged, left over, or open to others.

pub mod backups;
pub mod catalog;
pub mod causes;
pub mod current;
pub mod demo;
pub mod digest;
pub mod disk;
pub mod doctor;
pub mod drafts;
pub mod error;
pub mod history;
pub mod journal;
pub mod library;
pub mod notice;
pub mod paths;
pub mod reading;
pub mod rebuild;
pub mod record;
pub mod save_file;
pub mod session;
pub mod shelf;
pub mod store;
pub mod story;
pub mod summary;

pub use catalog::{Catalog, Entry, create};
pub use current::Current;
pub use doctor::Health;
pub use error::{Kind, StoreError};
pub use paths::DataDir;
pub use reading::{Reading, read};
pub use record::{Meta, OpId};
pub use shelf::Shelf;
pub use store::{Birth, Claim, Episode, Mark, Opened, Store};

#[cfg(test)]
mod tests;
