//! Text that was typed and neither taken nor thrown away yet: beside the journal, since it is no change.
//!
//! The file is replaced as a whole. Losing it loses at most what was being typed; nothing else rests on it.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::storage::disk::{self, Disk, RealDisk};

/// The name of the file in an assessment's folder.
pub const NAME: &str = "drafts.json";
/// The greatest number of bytes that are read.
const MOST: u64 = 16 * 1024 * 1024;

/// Drafts by the name of their field.
pub type Drafts = BTreeMap<String, String>;

/// Returns the drafts of an assessment; none where there is no file, and none where it can't be understood: what was
/// half typed is no reason to refuse an assessment.
#[must_use]
pub fn read(folder: &Path) -> Drafts {
    let bytes = RealDisk.read(&folder.join(NAME), MOST).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// Writes the drafts of an assessment, whole or not at all; without any, the file goes.
///
/// # Errors
///
/// Fails when they could not be written. What was there is as it was.
pub fn write(folder: &Path, drafts: &Drafts) -> io::Result<()> {
    let path = folder.join(NAME);
    if drafts.is_empty() {
        return match RealDisk.remove(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done,
        };
    }
    disk::write_whole(&RealDisk, &path, &serde_json::to_vec(drafts)?, &disk::mark(&RealDisk))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_are_there_again_and_the_last_one_takes_the_file_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut drafts = Drafts::from([("note 4.1-1/0".to_owned(), "half a th\u{1b}ought\n東".to_owned())]);
        write(folder.path(), &drafts).unwrap();
        assert_eq!(read(folder.path()), drafts);
        drafts.clear();
        write(folder.path(), &drafts).unwrap();
        assert_eq!(read(folder.path()), Drafts::new());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_file_that_can_not_be_understood_is_no_draft() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(NAME), "{\"a\":").unwrap();
        assert_eq!(read(folder.path()), Drafts::new());
    }
}
