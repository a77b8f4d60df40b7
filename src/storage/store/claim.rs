//! An assessment that is held for writing: the lock first, then what `assessment.toml` says, then all the rest.

use std::path::{Path, PathBuf};

use crate::domain::assessment::Assessment;
use crate::storage::current;
use crate::storage::disk::{Disk, Lock, RealDisk};
use crate::storage::error::StoreError;
use crate::storage::notice::Notice;
use crate::storage::reading::{self, Found, SaveFile};
use crate::storage::record::{MOST_CLOCK, Meta};
use crate::storage::session;
use crate::storage::store::{LOCK, Opened, Store};
use crate::storage::summary::Summary;

/// An assessment whose lock is held, and of which not everything is read yet.
pub struct Claim {
    disk: Box<dyn Disk>,
    folder: PathBuf,
    lock: Box<dyn Lock>,
    /// Read before the journal, so that whatever it has seen is found there.
    save_file: Option<SaveFile>,
}

impl Claim {
    /// Takes the lock of an assessment.
    ///
    /// # Errors
    ///
    /// Fails when the folder isn't there or can't be written, and when another program has the lock.
    pub fn new(folder: &Path) -> Result<Self, StoreError> {
        Self::on(Box::new(RealDisk), folder)
    }

    /// Takes the lock of an assessment on a disk.
    pub(super) fn on(disk: Box<dyn Disk>, folder: &Path) -> Result<Self, StoreError> {
        disk.stamp(folder).map_err(|source| StoreError::Unreadable { path: folder.to_owned(), source })?;
        let path = folder.join(LOCK);
        let lock = disk.lock(&path).map_err(|source| StoreError::NotSaved { path, source })?;
        let lock = lock.ok_or_else(|| StoreError::InUse { folder: folder.to_owned() })?;
        Ok(Self { disk, folder: folder.to_owned(), lock, save_file: None })
    }

    /// Returns the folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the state that `assessment.toml` holds, where the summary calls the folder whole: to look at until the
    /// journal is read, which alone says whether it is so.
    ///
    /// # Errors
    ///
    /// Fails where a newer version wrote the file.
    pub fn preview(&mut self, summary: Option<&Summary>) -> Result<Option<&Assessment>, StoreError> {
        if !current::is_whole(summary) {
            return Ok(None);
        }
        let save_file = self.save_file.insert(SaveFile::read(&*self.disk, &self.folder)?);
        Ok(save_file.good().map(|saved| &saved.assessment))
    }

    /// Reads all the rest, and repairs what a crash or a fault has left, as [`Store::open`] does.
    ///
    /// # Errors
    ///
    /// As [`Store::open`], but for the lock.
    pub fn open(self, meta: &Meta) -> Result<Opened, StoreError> {
        let Self { disk, folder, lock, save_file } = self;
        let save_file = save_file.map_or_else(|| SaveFile::read(&*disk, &folder), Ok)?;
        let reading = reading::read_after(&*disk, &folder, &save_file)?;
        if let Some(why) = reading.found.unlisted {
            return Err(StoreError::Unlisted { journal: folder.join(session::FOLDER), why });
        }
        let (mut notices, tails) = (reading.notices.clone(), reading.found.tails.clone());
        let save_file_is_bad = reading.found.save_file_is_bad;
        let clock = clock(&reading.found, meta);
        let mut store = Store { clock, ..Store::of(disk, &folder, reading, Some(lock)) };
        for tail in tails {
            // Where it can't be set aside it stays where it is, and is told again.
            drop(store.set_tail_aside(&tail));
            notices.push(Notice::Unfinished { file: tail.file, offset: tail.offset });
        }
        store.remove_stale_files();
        // What cannot be made safe is written anew before anything builds on it.
        store.needs_base |= !store.makes_safe_what_it_found();
        store.repair(save_file_is_bad, meta);
        Ok(Opened { store, notices })
    }
}

/// Returns the clock that the next change comes after.
///
/// Where a part of the journal can't be read now, nobody knows how far the clock went there. It may be readable the next
/// time, and must not override what is recorded until then: so the clock leaps to the time of day, finer than changes
/// can follow each other (as hybrid logical clocks do: Kulkarni et al., OPODIS 2014). In 2^-10 ms: below 2^53 until 2248.
fn clock(found: &Found, meta: &Meta) -> u64 {
    if found.clock_is_known {
        return found.clock;
    }
    let leap = u64::try_from(meta.at.timestamp_millis()).unwrap_or_default().saturating_mul(1 << 10);
    found.clock.max(leap.min(MOST_CLOCK / 2))
}
