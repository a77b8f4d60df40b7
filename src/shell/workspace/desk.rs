//! An assessment that is open for writing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::assessment::Assessment;
use crate::domain::change::Change;
use crate::domain::history::{Act, History, StepId, check_label};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::text::visible;
use crate::shell::workspace::{Kind, OWN_TEMPLATE, WorkspaceError};
use crate::storage::summary::Files;
use crate::storage::{self, Mark, Meta, OpId, Store, StoreError};

/// An assessment that is open for writing. Nobody else can write to it.
pub struct Desk {
    pub(super) store: Store,
    pub(super) questionnaire: Arc<Questionnaire>,
    /// The questionnaire's checksum, for the summary.
    pub(super) checksum: u32,
    pub(super) notices: Vec<String>,
    /// The files that the state was made from, as they were before it was read; none where that can't be told.
    pub(super) files: Option<Files>,
}

impl Desk {
    /// Returns the questionnaire.
    #[must_use]
    pub fn questionnaire(&self) -> &Arc<Questionnaire> {
        &self.questionnaire
    }

    /// Returns the answers.
    #[must_use]
    pub fn assessment(&self) -> &Assessment {
        self.store.assessment()
    }

    /// Returns the folder with the looks of its reports, where it has one of its own.
    #[must_use]
    pub fn template(&self) -> Option<PathBuf> {
        own_template(self.store.folder())
    }

    /// Returns what its user should know.
    #[must_use]
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// Records changes, each with its reason where it has one: all of them or none. Returns the id of the last; none where there is nothing to change.
    ///
    /// # Errors
    ///
    /// Fails when a change is refused, and when it could not be made safe: nothing is changed then.
    pub fn record(
        &mut self,
        changes: &[(Change, Option<String>)],
        meta: &Meta,
    ) -> Result<Option<String>, WorkspaceError> {
        for (change, _) in changes {
            change.check(&self.questionnaire).map_err(StoreError::from)?;
        }
        let id = match changes {
            [(change, None)] => Some(self.store.record(change, meta)?),
            changes => self.store.record_all(changes, meta)?,
        };
        Ok(id.map(|id| id.to_string()))
    }

    /// Returns what was done to it.
    #[must_use]
    pub fn history(&self) -> &History {
        self.store.history()
    }

    /// Gives away what was done to it: who takes it keeps it up, and two of a long one are not kept.
    #[must_use]
    pub fn take_history(&mut self) -> History {
        self.store.take_history()
    }

    /// Records something as a step: all of it or nothing. Returns the id of its last change; none where there is nothing
    /// to change.
    ///
    /// # Errors
    ///
    /// As [`Desk::record`], and when a label is refused or the step that is taken back isn't stored.
    pub fn act(&mut self, act: &Act, meta: &Meta) -> Result<Option<String>, WorkspaceError> {
        let mark = match act {
            Act::Change(changes) => return self.record(changes, meta),
            Act::Undo(turn) => Mark::Undo(stored(&turn.of)?),
            Act::Redo(turn) => Mark::Redo(stored(&turn.of)?),
            Act::Snapshot(label) => {
                check_label(label).map_err(StoreError::from)?;
                Mark::Snapshot(label.clone())
            }
        };
        // What was accepted once is not refused now: an answer to a question that is gone can be taken back.
        let id = self.store.record_step(&act.changes(), Some(&mark), meta)?;
        Ok(id.map(|id| id.to_string()))
    }

    /// Returns the folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.store.folder()
    }

    /// Returns the journal file that it writes, where it has written one.
    #[must_use]
    pub fn session_file(&self) -> Option<&Path> {
        self.store.session_file()
    }

    /// Takes over what others have recorded beside it. Returns whether it could be read.
    pub fn refresh(&mut self) -> bool {
        let files = Files::of(self.store.folder()).ok();
        let is_read = self.store.refresh().unwrap_or(false);
        if is_read {
            self.files = files;
        }
        is_read
    }

    /// Returns what was typed and neither taken nor thrown away, by its field.
    #[must_use]
    pub fn drafts(&self) -> storage::drafts::Drafts {
        storage::drafts::read(self.store.folder())
    }

    /// Keeps what is being typed.
    ///
    /// # Errors
    ///
    /// Fails when it could not be written.
    pub fn keep_drafts(&self, drafts: &storage::drafts::Drafts) -> std::io::Result<()> {
        storage::drafts::write(self.store.folder(), drafts)
    }

    /// Writes the state for people to read. No change waits for it. Returns what its user should know, where its backup
    /// could not be kept.
    ///
    /// # Errors
    ///
    /// Fails when it could not be written; every change is safe in the journal all the same.
    pub fn write_save_file(&mut self) -> Result<Option<String>, WorkspaceError> {
        self.store.write_save_file()?;
        self.write_summary();
        let told = |why| {
            format!(
                "no backup of assessment.toml could be kept in {}: {why}; the backups before it are still there",
                visible(&self.folder().join("backups").display().to_string())
            )
        };
        Ok(self.store.backup_failure().map(told))
    }

    /// Keeps a backup of this state that isn't rotated away, before something that alters much of it.
    ///
    /// # Errors
    ///
    /// Fails when it can't be written; what was to come after it should not be done then.
    pub fn pin_backup(&self, before: &'static str) -> Result<(), WorkspaceError> {
        Ok(self.store.pin_backup(before)?)
    }
}

/// Returns the folder with the looks of an assessment's reports, where it has one of its own.
pub(super) fn own_template(folder: &Path) -> Option<PathBuf> {
    let template = folder.join(OWN_TEMPLATE);
    template.is_dir().then_some(template)
}

/// Returns the name under which a step is stored.
fn stored(id: &StepId) -> Result<OpId, WorkspaceError> {
    let unknown = || WorkspaceError::new(Kind::Refused, "the step to take back is not stored", "Try again.");
    match id {
        StepId::Stored(name) => name.parse().map_err(|_| unknown()),
        StepId::Pending(_) => Err(unknown()),
    }
}
