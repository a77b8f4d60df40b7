//! An assessment that is open for writing: what it calls saved is on disk.

mod beside;
mod birth;
mod claim;
mod lines;
mod merge;
mod readable;
mod repair;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{DateTime, SubsecRound, Utc};
use ulid::Ulid;

use crate::domain::assessment::Assessment;
use crate::domain::change::Change;
use crate::domain::history::History;
use crate::storage::disk::{self, Disk, Lock, RealDisk};
use crate::storage::error::StoreError;
use crate::storage::notice::Notice;
use crate::storage::reading::{Found, Reading};
use crate::storage::record::{ChangeRecord, Meta, OpId};
use crate::storage::session::Session;
use crate::storage::story;

pub use birth::{Birth, Episode};
pub use claim::Claim;
use lines::{Draft, group};
pub use merge::Merged;

/// The name of the lock file in an assessment's folder.
pub const LOCK: &str = "lock";

/// An assessment that is open for writing. Reading needs none of it: see [`reading::read`](crate::storage::reading::read).
///
/// It holds the lock of the folder until it is dropped. Dropping it writes nothing: every change is on disk already.
#[expect(clippy::struct_excessive_bools, reason = "each says another thing about the disk; none excludes another")]
pub struct Store {
    disk: Box<dyn Disk>,
    folder: PathBuf,
    assessment: Assessment,
    history: History,
    heads: Vec<OpId>,
    reach: BTreeMap<Ulid, u32>,
    /// The last change of each session that could not be made safe: it may be on disk all the same.
    failed: BTreeMap<Ulid, u32>,
    clock: u64,
    /// How many changes the state lacks.
    lost: u64,
    /// The first change of each session whose file could not be read.
    unread: Vec<OpId>,
    changed: Option<DateTime<Utc>>,
    session: Option<Session>,
    /// Whether the journal can't be relied on to give the state: the next session starts with all of it.
    needs_base: bool,
    save_file_is_current: bool,
    /// Why the last backup could not be kept, where it couldn't.
    backup_failure: Option<String>,
    /// Whether the save file was edited by hand: it isn't written over before somebody decides.
    edit_waits: bool,
    /// Whether another program has it open: what is recorded here it picks up, and it alone writes the save file.
    beside: bool,
    lock: Option<Box<dyn Lock>>,
}

/// An assessment that was opened, and what was found and repaired on the way.
pub struct Opened {
    /// The assessment.
    pub store: Store,
    /// What its user should know.
    pub notices: Vec<Notice>,
}

/// What a step is beside its changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Its changes take this step back.
    Undo(OpId),
    /// Its changes make this step again.
    Redo(OpId),
    /// The state has this label from here on.
    Snapshot(String),
}

impl Store {
    /// Opens an assessment for writing, and repairs what a crash or a fault has left.
    ///
    /// Nothing is thrown away: an unfinished end and a bad save file are copied to `quarantine/`, and a journal file
    /// is never cut. `meta` says who opened it and when, should the repair have to record something.
    ///
    /// # Errors
    ///
    /// Fails when another program has it open, when the folder can't be written, and as [`reading::read`](crate::storage::reading::read) does.
    pub fn open(folder: &Path, meta: &Meta) -> Result<Opened, StoreError> {
        Self::open_on(Box::new(RealDisk), folder, meta)
    }

    /// Opens an assessment on a disk.
    ///
    /// # Errors
    ///
    /// As [`Store::open`].
    pub fn open_on(disk: Box<dyn Disk>, folder: &Path, meta: &Meta) -> Result<Opened, StoreError> {
        Claim::on(disk, folder)?.open(meta)
    }

    fn of(disk: Box<dyn Disk>, folder: &Path, reading: Reading, lock: Option<Box<dyn Lock>>) -> Self {
        let Reading { assessment, changed, found, records, .. } = reading;
        let Found { heads, reach, clock, lost, unread, save_file_is_current, journal_is_enough, edit_waits, .. } =
            found;
        Self {
            disk,
            folder: folder.to_owned(),
            assessment,
            history: story::history(&records),
            heads,
            reach: reach.into_iter().map(|op| (op.session, op.counter)).collect(),
            failed: BTreeMap::new(),
            clock,
            lost,
            unread,
            changed,
            session: None,
            needs_base: !journal_is_enough,
            save_file_is_current,
            backup_failure: None,
            edit_waits,
            beside: false,
            lock,
        }
    }

    /// Returns the state with everything that was recorded.
    #[must_use]
    pub fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    /// Returns the folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the journal file that this session writes, where it has written one.
    #[must_use]
    pub fn session_file(&self) -> Option<&Path> {
        self.session.as_ref().map(Session::path)
    }

    /// Returns whether nothing is lost and `assessment.toml` holds this very state.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.lost == 0 && self.save_file_is_current && self.assessment.conflicts().is_empty()
    }

    /// Returns when the last change was made.
    #[must_use]
    pub fn changed(&self) -> Option<DateTime<Utc>> {
        self.changed
    }

    /// Records a change. Once this returns, the change survives `kill -9` and a power cut.
    ///
    /// # Errors
    ///
    /// Fails when it could not be made safe, also in a second file: it isn't saved and may be tried again.
    pub fn record(&mut self, change: &Change, meta: &Meta) -> Result<OpId, StoreError> {
        let draft = Draft { change: ChangeRecord::from(change), because: None, group: None };
        let op = self.append(&[draft], meta)?;
        self.assessment.apply(change);
        Ok(op)
    }

    /// Returns what was done to it.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Gives away what was done to it: who takes it keeps it up. What is recorded after that alone is known here.
    #[must_use]
    pub fn take_history(&mut self) -> History {
        std::mem::take(&mut self.history)
    }

    /// Records changes that count together or not at all, each with its reason where it has one of its own. Returns the
    /// name of the last; none for no changes.
    ///
    /// # Errors
    ///
    /// As [`Store::record`]; none of them is saved then.
    pub fn record_all(
        &mut self,
        changes: &[(Change, Option<String>)],
        meta: &Meta,
    ) -> Result<Option<OpId>, StoreError> {
        self.record_step(changes, None, meta)
    }

    /// Records changes as [`Store::record_all`] does, with what they are: a step that takes another back, or a label.
    ///
    /// # Errors
    ///
    /// As [`Store::record`]; none of them is saved then.
    pub fn record_step(
        &mut self,
        changes: &[(Change, Option<String>)],
        mark: Option<&Mark>,
        meta: &Meta,
    ) -> Result<Option<OpId>, StoreError> {
        let changed = changes.iter().map(|(change, because)| (change.into(), because.clone()));
        let drafts = group(mark.map(|mark| (mark.into(), None)).into_iter().chain(changed).collect());
        if drafts.is_empty() {
            return Ok(None);
        }
        let op = self.append(&drafts, meta)?;
        for (change, _) in changes {
            self.assessment.apply(change);
        }
        Ok(Some(op))
    }

    /// Writes changes to the journal, in this session's file or, when that fails, once more in a new one.
    fn append(&mut self, drafts: &[Draft], meta: &Meta) -> Result<OpId, StoreError> {
        if self.session.as_ref().is_some_and(|session| !session.is_ours(&*self.disk).unwrap_or(false)) {
            // Somebody removed or replaced the file, and with it what was recorded there: all of it goes with the next.
            self.session = None;
            self.needs_base = true;
        }
        match self.try_append(drafts, meta) {
            Ok(op) => Ok(op),
            Err(error @ StoreError::TooLong { .. }) => Err(error),
            // Never again to this file: after a failed sync a second one would report a success that is none.
            Err(_) => self.try_append(drafts, meta),
        }
    }

    fn try_append(&mut self, drafts: &[Draft], meta: &Meta) -> Result<OpId, StoreError> {
        let base = if self.needs_base { self.base() } else { vec![] };
        let mut session = match self.session.take() {
            Some(session) => session,
            None => Session::begin(&*self.disk, &self.folder, disk::new_name(&*self.disk, meta.at))
                .map_err(|source| StoreError::NotSaved { path: self.folder.clone(), source })?,
        };
        let drafts: Vec<&Draft> = base.iter().chain(drafts).collect();
        let lines = match self.lines(&session, &drafts, meta) {
            Ok(lines) => lines,
            Err(error) => {
                self.give_up(session);
                return Err(error);
            }
        };
        // Spent even if the write fails: a change that may be on disk must not stand level with a later one.
        self.clock = lines.clock;
        if let Err(source) = session.append(&*self.disk, &lines.bytes, lines.count, lines.digest) {
            let path = session.path().to_owned();
            self.failed.insert(lines.last.session, lines.last.counter);
            // It may stand on the disk all the same, beside what comes next: only a whole state says that it was passed over.
            self.needs_base = true;
            if session.is_blank() {
                // Nothing in it was ever saved: it says nothing, and would only puzzle.
                drop(self.disk.remove(&path));
            }
            return Err(StoreError::NotSaved { path, source });
        }
        self.session = Some(session);
        for step in story::steps(&lines.records) {
            self.history.push(step);
        }
        self.reach.insert(lines.last.session, lines.last.counter);
        self.heads = vec![lines.last];
        self.changed = Some(meta.at.trunc_subsecs(3));
        self.needs_base = false;
        self.save_file_is_current = false;
        Ok(lines.last)
    }

    /// Puts a session back that nothing was written to, or takes its empty file away.
    fn give_up(&mut self, session: Session) {
        if session.is_blank() {
            drop(self.disk.remove(session.path()));
        } else {
            self.session = Some(session);
        }
    }
}

impl From<&Mark> for ChangeRecord {
    fn from(mark: &Mark) -> Self {
        match mark.clone() {
            Mark::Undo(of) => Self::Undo { of },
            Mark::Redo(of) => Self::Redo { of },
            Mark::Snapshot(label) => Self::Snapshot { label },
        }
    }
}

fn ops(reach: &BTreeMap<Ulid, u32>) -> Vec<OpId> {
    reach.iter().map(|(session, counter)| OpId { session: *session, counter: *counter }).collect()
}
