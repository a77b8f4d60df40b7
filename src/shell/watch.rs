//! An assessment that another program works on, looked at from beside.

use std::path::{Path, PathBuf};

use crate::storage::disk::{Disk, RealDisk};
use crate::storage::session;
use crate::storage::store::LOCK;

/// The file that says that an interface has the assessment open.
const INTERFACE: &str = ".interface";

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

    /// Returns whether others have recorded something since this was asked last: the file that is one's own doesn't count.
    pub fn has_changed_beside(&mut self, own: Option<&Path>) -> bool {
        let own = own.and_then(Path::file_name).and_then(|name| name.to_str());
        let without = |files: &[(String, u64)]| -> Vec<(String, u64)> {
            files.iter().filter(|(name, _)| Some(name.as_str()) != own).cloned().collect()
        };
        let now = files(&self.folder);
        let has_changed = without(&now) != without(&self.seen);
        self.seen = now;
        has_changed
    }

    /// Says that an interface has the assessment open, so that commands record beside it rather than wait.
    ///
    /// Where it can't be said, they wait.
    pub fn announce(folder: &Path) {
        drop(RealDisk.create_new(&folder.join(INTERFACE)));
    }

    /// Says that no interface has it open any more.
    pub fn withdraw(folder: &Path) {
        drop(RealDisk.remove(&folder.join(INTERFACE)));
    }

    /// Returns whether an interface has it open. One that was killed leaves its file, and no lock.
    #[must_use]
    pub fn is_held_by_interface(folder: &Path) -> bool {
        let lock = || RealDisk.lock(&folder.join(LOCK));
        RealDisk.stamp(&folder.join(INTERFACE)).is_ok() && lock().is_ok_and(|lock| lock.is_none())
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
