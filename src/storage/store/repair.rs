//! What opening for writing puts right, so that it isn't told twice.

use std::io;
use std::path::PathBuf;

use crate::storage::disk;
use crate::storage::drafts;
use crate::storage::error::StoreError;
use crate::storage::reading::{QUARANTINE, Tail};
use crate::storage::record::Meta;
use crate::storage::save_file;
use crate::storage::session;
use crate::storage::store::Store;

impl Store {
    /// Ends the waiting of a save file that was edited by hand: it is kept in the quarantine, and written anew.
    ///
    /// What of it should count has to be recorded before.
    ///
    /// # Errors
    ///
    /// Fails when it can't be kept or written; it waits on then.
    pub fn settle_edit(&mut self) -> Result<(), StoreError> {
        if !self.edit_waits {
            return Ok(());
        }
        let not_saved = |source| StoreError::NotSaved { path: self.folder.join(save_file::NAME), source };
        self.set_save_file_aside().map_err(not_saved)?;
        self.edit_waits = false;
        self.write_save_file()
    }

    /// Copies an unfinished end to the quarantine. The journal file stays as it is.
    pub(super) fn set_tail_aside(&self, tail: &Tail) -> io::Result<()> {
        let path = self.quarantine()?.join(&tail.name);
        disk::write_whole(&*self.disk, &path, &tail.bytes, &disk::mark(&*self.disk))
    }

    /// Moves the save file to the quarantine, whatever it is: a link, or too large to read.
    fn set_save_file_aside(&self) -> io::Result<()> {
        let aside = self.quarantine()?.join(format!("{}.{}", save_file::NAME, disk::mark(&*self.disk)));
        self.disk.rename(&self.folder.join(save_file::NAME), &aside)
    }

    fn quarantine(&self) -> io::Result<PathBuf> {
        let quarantine = self.folder.join(QUARANTINE);
        match self.disk.create_folder(&quarantine) {
            Ok(()) => self.disk.sync_folder(&self.folder)?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
        Ok(quarantine)
    }

    /// Syncs the files of the last changes. Returns whether they survive a power cut now.
    ///
    /// Whoever wrote them may have been killed before it could: they stand in the system's cache alone then, were never
    /// called saved, and yet this session shows them and builds on them. All that came before them was synced by the
    /// sessions that built on it.
    pub(super) fn makes_safe_what_it_found(&self) -> bool {
        let journal = self.folder.join(session::FOLDER);
        self.heads.iter().all(|op| match self.disk.sync_file(&journal.join(session::file_name(op.session))) {
            // A copy of another name, as sync tools make them, or taken from the save file: neither was just written.
            Err(error) if error.kind() == io::ErrorKind::NotFound => true,
            synced => synced.is_ok(),
        })
    }

    /// Removes what a kill left between writing a file and renaming it. The names are our own.
    pub(super) fn remove_stale_files(&self) {
        for name in self.disk.list(&self.folder).unwrap_or_default() {
            if [save_file::NAME, drafts::NAME].iter().any(|file| disk::is_temporary(&name, file)) {
                drop(self.disk.remove(&self.folder.join(name)));
            }
        }
    }

    /// Makes journal and save file whole again where one of them isn't.
    ///
    /// What can't be done now, on a full disk for one, stays as it was and is told again the next time.
    pub(super) fn repair(&mut self, save_file_is_bad: bool, meta: &Meta) {
        self.write_base_where_needed(meta);
        if self.save_file_is_current {
            return;
        }
        if save_file_is_bad && self.set_save_file_aside().is_err() {
            return;
        }
        drop(self.write_save_file());
    }

    /// Records the whole state where the journal can't be relied on to give it. Where that can't be done, it goes with the
    /// next change.
    pub(super) fn write_base_where_needed(&mut self, meta: &Meta) {
        if self.needs_base {
            drop(self.append(&[], &Meta { because: Some("repair".to_owned()), ..meta.clone() }));
        }
    }
}
