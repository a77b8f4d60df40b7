//! Two programs at one assessment: one holds it, and others record beside it.

use std::collections::BTreeMap;
use std::path::Path;

use ulid::Ulid;

use crate::storage::disk::{Disk, RealDisk};
use crate::storage::error::StoreError;
use crate::storage::reading::{self, Found};
use crate::storage::store::{Opened, Store};

impl Store {
    /// Opens an assessment that another program holds open, to record something beside it.
    ///
    /// It takes no lock and repairs nothing: what it records stands in a file of its own, whoever else writes, and the
    /// one who holds it picks that up.
    ///
    /// # Errors
    ///
    /// As [`reading::read`], and where the journal needs the holder's repair first.
    pub fn open_beside(folder: &Path) -> Result<Opened, StoreError> {
        let disk: Box<dyn Disk> = Box::new(RealDisk);
        let reading = reading::read_from(&*disk, folder)?;
        if !reading.found.journal_is_enough {
            return Err(StoreError::InUse { folder: folder.to_owned() });
        }
        let notices = reading.notices.clone();
        let store = Self { beside: true, ..Self::of(disk, folder, reading, None) };
        Ok(Opened { store, notices })
    }

    /// Takes over what others have recorded beside this one since it was opened. Returns whether it could be read, with
    /// everything that was recorded here; the state is as it was otherwise.
    ///
    /// What is recorded next comes after all of it: it goes into a new session.
    ///
    /// # Errors
    ///
    /// As [`reading::read`]; the state is as it was then.
    pub fn refresh(&mut self) -> Result<bool, StoreError> {
        self.refresh_where(|found| found.journal_is_enough)
    }

    /// Takes over what stands in the folder where it is good enough and has everything that was recorded here. Returns
    /// whether it is.
    pub(super) fn refresh_where(&mut self, is_good: impl Fn(&Found) -> bool) -> Result<bool, StoreError> {
        let reading = reading::read_from(&*self.disk, &self.folder)?;
        let there: BTreeMap<Ulid, u32> = reading.found.reach.iter().map(|op| (op.session, op.counter)).collect();
        let has_ours = self.reach.iter().all(|(session, reach)| there.get(session).is_some_and(|there| there >= reach));
        if !is_good(&reading.found) || !has_ours {
            return Ok(false);
        }
        // A change that failed may have spent a number beyond those on the disk.
        let (clock, beside, lock) = (self.clock.max(reading.found.clock), self.beside, self.lock.take());
        let (disk, folder) = (std::mem::replace(&mut self.disk, Box::new(RealDisk)), self.folder.clone());
        *self = Self { clock, beside, ..Self::of(disk, &folder, reading, lock) };
        Ok(true)
    }

    /// Returns whether another program holds it open.
    #[must_use]
    pub fn is_beside(&self) -> bool {
        self.beside
    }
}
