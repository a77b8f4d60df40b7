//! Takes in a second copy of the assessment, without loss: all of it or nothing.
//!
//! What the copy recorded is put beside our own journal as it stands, in one file that is renamed into place. Which value
//! holds then follows from the records alone, so that it doesn't matter who merges what in which order.

use std::path::Path;

use chrono::SubsecRound;

use crate::domain::assessment::Assessment;
use crate::domain::change::Change;
use crate::domain::history::difference;
use crate::domain::id::QuestionId;
use crate::storage::disk;
use crate::storage::error::StoreError;
use crate::storage::journal;
use crate::storage::reading;
use crate::storage::record::{ChangeRecord, Group, Link, Meta, OpId, Record, VERSION};
use crate::storage::session;
use crate::storage::store::Store;

/// What the backup is called that is made before.
const BEFORE: &str = "merge";

/// What came in with a copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// How many of its changes were new here.
    pub changes: usize,
    /// The questions whose note has the changes of both copies now.
    pub joined: Vec<QuestionId>,
}

impl Store {
    /// Merges the folder of a copy of this assessment. Returns what was new here.
    ///
    /// # Errors
    ///
    /// Fails where it is no copy of this one, or a damaged one, and where it can't be read or written. Nothing is changed
    /// then, but for [`StoreError::NotTakenOver`].
    pub fn merge_folder(&mut self, copy: &Path, meta: &Meta) -> Result<Merged, StoreError> {
        let no_copy = |why: String| StoreError::NoCopy { path: copy.to_owned(), why };
        let theirs = reading::read_from(&*self.disk, copy)?;
        let mut ours = reading::read_from(&*self.disk, &self.folder)?;
        if !theirs.records.is_akin(&ours.records) {
            return Err(no_copy("it shares no history with this assessment".to_owned()));
        }
        if let Some(op) = theirs.records.fork(&ours.records) {
            return Err(no_copy(format!("both have a change of the name {op}, and they differ")));
        }
        if !theirs.found.journal_is_enough {
            return Err(no_copy(
                "its journal is damaged; repair the copy first with `ready42 doctor --repair`".to_owned(),
            ));
        }
        let new: Vec<Record> = theirs.records.beyond(&ours.records).into_iter().cloned().collect();
        let lines: Vec<Vec<u8>> = new.iter().map(|record| journal::line(record).0).collect();
        let changes = self.take_in(&lines, meta)?;
        let before = ours.records.joined();
        for record in new {
            ours.records.add(record);
        }
        let joined = ours.records.joined().into_iter().filter(|question| !before.contains(question)).collect();
        Ok(Merged { changes, joined })
    }

    /// Merges the state of a copy whose history isn't known. Returns how many of its values are others than ours.
    ///
    /// It says nothing about when its values were set: where both have a value and they differ, both are kept as a
    /// conflict. What it lacks stays as it is here. A value that is a side of a conflict already isn't taken in again.
    ///
    /// # Errors
    ///
    /// Fails when it can't be written; nothing is changed then, but for [`StoreError::NotTakenOver`].
    pub fn merge_state(&mut self, theirs: &Assessment, meta: &Meta) -> Result<usize, StoreError> {
        let ours = &self.assessment;
        let nothing = Assessment::new(theirs.name(), theirs.questionnaire().clone(), theirs.depth(), theirs.seed());
        let is_known = |change: &Change| {
            let conflict = ours.conflicts().iter().find(|conflict| conflict.field == change.field());
            conflict.is_some_and(|conflict| conflict.sides.iter().any(|side| side.change.agrees_with(change)))
        };
        let new = difference(&nothing, theirs);
        let new: Vec<Change> =
            new.into_iter().filter(|it| !it.clone().from_now(ours).is_idle(ours) && !is_known(it)).collect();
        let id = disk::new_name(&*self.disk, meta.at);
        let size = u32::try_from(new.len()).unwrap_or(u32::MAX);
        let mut previous = Link::Start;
        let mut lines = vec![];
        for (counter, change) in (1..).zip(&new) {
            let record = Record {
                version: VERSION,
                op: OpId { session: id, counter },
                // It knew of nothing here, and comes before whatever knows of it.
                after: vec![],
                clock: u64::from(counter),
                at: meta.at.trunc_subsecs(3),
                author: meta.author.as_str().into(),
                because: meta.because.clone(),
                group: (size > 1).then_some(Group { first: 1, size }),
                previous,
                change: ChangeRecord::from(change),
            };
            let (line, digest) = journal::line(&record);
            if line.len() > journal::MOST_LINE {
                return Err(StoreError::TooLong { bytes: line.len(), most: journal::MOST_LINE });
            }
            lines.push(line);
            previous = digest;
        }
        self.take_in(&lines, meta)
    }

    /// Puts lines into the journal as a file of their own, whole or not at all, and takes over what follows from them. The
    /// readable state is written by who asked.
    fn take_in(&mut self, lines: &[Vec<u8>], meta: &Meta) -> Result<usize, StoreError> {
        if lines.is_empty() {
            return Ok(0);
        }
        self.pin_backup(BEFORE)?;
        let name = session::merged_file_name(disk::new_name(&*self.disk, meta.at));
        let path = self.folder.join(session::FOLDER).join(name);
        let written = disk::write_whole(&*self.disk, &path, &lines.concat(), &disk::mark(&*self.disk));
        written.map_err(|source| StoreError::NotSaved { path, source })?;
        // From here on it is recorded, whatever is told.
        // A damaged line may be told still: what stood there can have come in just now.
        let why = match self.refresh_where(|found| found.journal_is_enough || found.clock_is_known) {
            Ok(true) => {
                self.write_base_where_needed(meta);
                return Ok(lines.len());
            }
            Ok(false) => "a part of its journal is missing or can't be read".to_owned(),
            Err(error) => error.to_string(),
        };
        Err(StoreError::NotTakenOver { folder: self.folder.clone(), why })
    }
}
