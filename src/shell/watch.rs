//! An assessment that another program works on, looked at from beside.

use std::path::{Path, PathBuf};

use crate::storage::disk::{Disk, RealDisk};
use crate::storage::session;
use crate::storage::store::LOCK;

/// What an assessment's journal looked like when it was looked at last.
#[derive(Debug)]
pub struct Watch {
    folder: PathBuf,
    /// The files of the journal with their sizes.
    seen: Vec<(String, u64)>,
}

impl Watch {
    /// Begins to watch.
    #[must_use]
    pub fn begin(folder: PathBuf) -> Self {
        let seen = files(&folder);
        Self { folder, seen }
    }

    /// Returns the folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns whether anything was recorded since this was asked last. It costs a look at the names and sizes of files.
    pub fn has_changed(&mut self) -> bool {
        let now = files(&self.folder);
        let has_changed = now != self.seen;
        self.seen = now;
        has_changed
    }

    /// Returns whether nobody works on it any more.
    #[must_use]
    pub fn is_free(&self) -> bool {
        RealDisk.lock(&self.folder.join(LOCK)).is_ok_and(|lock| lock.is_some())
    }
}

fn files(folder: &Path) -> Vec<(String, u64)> {
    let journal = folder.join(session::FOLDER);
    let names = RealDisk.list(&journal).unwrap_or_default();
    let sized = |name: String| {
        let size = RealDisk.stamp(&journal.join(&name)).ok()?.size;
        Some((name, size))
    };
    names.into_iter().filter_map(sized).collect()
}
