//! The state for people to read, and the backups of it: no change waits for either.

use std::io;

use crate::storage::backups;
use crate::storage::disk;
use crate::storage::error::StoreError;
use crate::storage::save_file::{self, Saved};
use crate::storage::store::Store;

impl Store {
    /// Writes `assessment.toml` anew, whole or not at all, unless it holds this state already.
    ///
    /// No change waits for it: the journal has them. It is for readers, and for the day on which the journal is lost.
    /// One that was edited by hand stays as it is until [`Store::settle_edit`]. A backup is kept of what was written.
    ///
    /// # Errors
    ///
    /// Fails when it can't be written; the one that was there still is.
    pub fn write_save_file(&mut self) -> Result<(), StoreError> {
        if self.save_file_is_current || self.edit_waits || self.beside {
            return Ok(());
        }
        let path = self.folder.join(save_file::NAME);
        let text = self.saved().to_text();
        // One that would not be read again must not replace one that is.
        let fits = u64::try_from(text.len()).is_ok_and(|bytes| bytes <= save_file::MOST_BYTES);
        let written = if fits {
            disk::write_whole(&*self.disk, &path, text.as_bytes(), &disk::mark(&*self.disk))
        } else {
            Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("more than {} bytes", save_file::MOST_BYTES)))
        };
        written.map_err(|source| StoreError::NotSaved { path, source })?;
        self.save_file_is_current = true;
        // Where there is no room for it, those before are still there: nothing waits for a backup, and it is told.
        let kept = backups::keep(&*self.disk, &self.folder, &self.place(), text.as_bytes(), None);
        self.backup_failure = kept.err().map(|error| error.to_string());
        Ok(())
    }

    /// Returns why the backup of the last readable state could not be kept, where it couldn't.
    #[must_use]
    pub fn backup_failure(&self) -> Option<&str> {
        self.backup_failure.as_deref()
    }

    /// Keeps a backup of this state that isn't rotated away, before something that alters much of it.
    ///
    /// # Errors
    ///
    /// Fails when it can't be written.
    pub fn pin_backup(&self, before: &'static str) -> Result<(), StoreError> {
        let text = self.saved().to_text();
        let kept = backups::keep(&*self.disk, &self.folder, &self.place(), text.as_bytes(), Some(before));
        kept.map_err(|source| StoreError::NotSaved { path: self.folder.join(backups::FOLDER), source })
    }

    fn saved(&self) -> Saved {
        Saved {
            assessment: self.assessment.clone(),
            heads: self.heads.clone(),
            clock: self.clock,
            changed: self.changed,
            lost: self.lost,
        }
    }

    fn place(&self) -> backups::Place {
        backups::Place { changed: self.changed, clock: self.clock }
    }
}
