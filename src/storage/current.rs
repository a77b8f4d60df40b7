//! What an assessment says now, without how it came to be: for those who only look.

use std::path::Path;

use crate::domain::assessment::Assessment;
use crate::storage::disk::{Disk, RealDisk};
use crate::storage::error::StoreError;
use crate::storage::notice::Notice;
use crate::storage::reading::{self, Reading};
use crate::storage::save_file::{self, Saved};
use crate::storage::summary::Summary;

/// What an assessment says now.
#[derive(Clone, Debug, PartialEq)]
pub struct Current {
    /// The state.
    pub assessment: Assessment,
    /// What its user should know.
    pub notices: Vec<Notice>,
}

impl From<Reading> for Current {
    fn from(reading: Reading) -> Self {
        Self { assessment: reading.assessment, notices: reading.notices }
    }
}

/// Reads what an assessment says now, without writing a byte.
///
/// Where its summary still holds and calls the folder whole, `assessment.toml` alone is read: its own digest covers each
/// of its bytes, and the summary says that no journal file has changed since. In every other case all is read, which
/// costs in proportion to everything that was ever done.
///
/// # Errors
///
/// As [`reading::read`].
pub fn read(folder: &Path, summary: Option<&Summary>) -> Result<Current, StoreError> {
    if is_whole(summary)
        && let Some(assessment) = save_file(folder)
    {
        return Ok(Current { assessment, notices: vec![] });
    }
    reading::read(folder).map(Current::from)
}

/// Returns whether the summary, which still holds, calls the folder whole: `assessment.toml` says all that there is then.
#[must_use]
pub fn is_whole(summary: Option<&Summary>) -> bool {
    summary.is_some_and(|summary| summary.whole)
}

/// Returns the state that the save file holds, where it can be read.
fn save_file(folder: &Path) -> Option<Assessment> {
    let bytes = RealDisk.read(&folder.join(save_file::NAME), save_file::MOST_BYTES).ok()?;
    Saved::read(&bytes).ok().map(|saved| saved.assessment)
}
