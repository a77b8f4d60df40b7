//! Questionnaires: found, read and checked.
//!
//! A questionnaire is a folder of TOML files. Those in `questionnaires/` are built in; a folder of the same id in the
//! user's config folder wins over a built-in one, and any other folder can be named by its path. The steps are files:
//!
//! - `catalog`: which questionnaires there are, and which one a name means.
//! - `files`: the texts of a folder, within their limits.
//! - `tree`: TOML as values with their places; `compiled`: those of the built-in ones, without parsing.
//! - `table`: one table, read key by key; `notes` collects what is wrong and where.
//! - `skeleton`: a questionnaire to begin with.
//! - `format`: which keys a table has, described once; `schema` is made from it.
//! - `header`, `area`, `roadmap`, `order`, `crosswalk`, `checks`, `glossary`, `documents`: what stands in which file.
//! - `assemble`: all of it together, to a questionnaire or to all its flaws; never to half of one.

mod area;
mod assemble;
mod catalog;
mod checks;
mod compiled;
mod crosswalk;
mod documents;
mod error;
mod files;
mod flaw;
mod format;
mod glossary;
mod header;
mod locate;
mod notes;
mod order;
mod roadmap;
mod schema;
mod skeleton;
mod table;
#[cfg(test)]
mod tests;
mod tree;

pub use catalog::{Library, Loaded, demo};
pub use error::LibraryError;
pub use flaw::{Checked, LocatedFlaw};
pub use schema::schema;
pub use skeleton::skeleton;

/// Reads a questionnaire of these files, each with its path below the folder, and returns its flaws.
#[cfg(any(test, fuzzing))]
#[must_use]
pub fn flaws(files: Vec<(String, Vec<u8>)>) -> Vec<LocatedFlaw> {
    let files: Vec<files::File> =
        files.into_iter().map(|(name, content)| files::File::new("questionnaire", name, content)).collect();
    assemble::assemble(&files).err().unwrap_or_default()
}
