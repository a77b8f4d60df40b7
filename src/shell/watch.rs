//! An assessment that another program works on, looked at from beside.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::storage::disk::{Disk, RealDisk};
use crate::storage::session;
use crate::storage::store::LOCK;

/// The file that says that an interface has the assessment open.
const INTERFACE: &str = ".interface";

/// How long to wait before what could not be read is tried again, at first; each time it fails again, twice as long.
const AGAIN: Duration = Duration::from_secs(2);
/// The longest that is waited for that.
const LONGEST: Duration = Duration::from_mins(1);

/// What an assessment's journal looked like when it was read last.
#[derive(Debug)]
pub struct Watch {
    folder: PathBuf,
    seen: Files,
    refused: Option<Refused>,
}

/// The files of a journal with their sizes.
type Files = Vec<(String, u64)>;

/// What is there to be read, and could not be.
#[derive(Debug)]
struct Refused {
    files: Files,
    patience: Duration,
    due: Instant,
}

/// Something that was recorded and isn't read yet.
#[derive(Debug)]
#[must_use = "what isn't told to the watch is looked at again and again"]
pub struct News(Files);

impl Watch {
    /// Begins to watch.
    #[must_use]
    pub fn begin(folder: PathBuf) -> Self {
        let seen = files(&folder);
        Self { folder, seen, refused: None }
    }

    /// Returns the folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns whether anything was recorded that wasn't read: the file that is one's own doesn't count. It costs a look at
    /// the names and sizes of files. What could not be read is no news again before it is due, or has changed.
    pub fn news(&mut self, own: Option<&Path>, now: Instant) -> Option<News> {
        let own = own.and_then(Path::file_name).and_then(|name| name.to_str());
        let are_alike = |one: &Files, other: &Files| others(one, own).eq(others(other, own));
        let there = files(&self.folder);
        if are_alike(&there, &self.seen) {
            (self.seen, self.refused) = (there, None);
            return None;
        }
        let waits = |refused: &Refused| now < refused.due && are_alike(&there, &refused.files);
        let is_early = self.refused.as_ref().is_some_and(waits);
        (!is_early).then_some(News(there))
    }

    /// Notes that it was read.
    pub fn took(&mut self, News(files): News) {
        (self.seen, self.refused) = (files, None);
    }

    /// Notes that it could not be read, perhaps for a moment: it is tried again.
    pub fn could_not_take(&mut self, News(files): News, now: Instant) {
        let before = self.refused.take().map(|refused| refused.patience);
        let patience = before.map_or(AGAIN, |patience| (patience * 2).min(LONGEST));
        self.refused = Some(Refused { files, patience, due: now + patience });
    }

    /// Returns when to try again to read what could not be read.
    #[must_use]
    pub fn due(&self) -> Option<Instant> {
        self.refused.as_ref().map(|refused| refused.due)
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

fn others<'a>(files: &'a Files, own: Option<&str>) -> impl Iterator<Item = &'a (String, u64)> {
    files.iter().filter(move |(name, _)| Some(name.as_str()) != own)
}

fn files(folder: &Path) -> Files {
    let journal = folder.join(session::FOLDER);
    let names = RealDisk.list(&journal).unwrap_or_default();
    let sized = |name: String| {
        let size = RealDisk.stamp(&journal.join(&name)).ok()?.size;
        Some((name, size))
    };
    names.into_iter().filter_map(sized).collect()
}
