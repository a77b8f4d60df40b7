//! Takes in an assessment that comes from elsewhere: it may answer questions that its questionnaire no longer knows.

use std::path::{Path, PathBuf};

use crate::domain::change::{Change, Refusal};
use crate::shell::workspace::{Desk, Draft, OWN_QUESTIONNAIRE, Workspace, WorkspaceError, patiently};
use crate::storage::summary::Files;
use crate::storage::{self, Birth, Meta};

impl Draft {
    /// Checks a change against the questionnaire.
    ///
    /// # Errors
    ///
    /// Returns why it can't be accepted.
    pub fn check(&self, change: &Change) -> Result<(), Refusal> {
        change.check(&self.questionnaire)
    }
}

impl Workspace {
    /// Makes an assessment whose values were looked at already, whole or not at all.
    ///
    /// # Errors
    ///
    /// Fails when the name is taken, and when nothing can be written.
    pub fn take_in(&self, draft: Draft, meta: &Meta) -> Result<Desk, WorkspaceError> {
        let own =
            |(path, text): (String, Vec<u8>)| -> (PathBuf, Vec<u8>) { (Path::new(OWN_QUESTIONNAIRE).join(path), text) };
        let files: Vec<(PathBuf, Vec<u8>)> = draft.files.into_iter().map(own).collect();
        let birth = Birth { assessment: &draft.assessment, files: &files, episodes: &[] };
        let opened = patiently(|| storage::create(&self.data, &birth, meta))?;
        let files = Files::of(opened.store.folder()).ok();
        let desk = self.desk(opened, files, None)?;
        desk.write_summary();
        Ok(desk)
    }
}
