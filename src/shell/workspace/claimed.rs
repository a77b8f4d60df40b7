//! An assessment that an interface has taken for itself: what it says is there at once, how it came to be a moment later.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::assessment::{Assessment, QuestionnaireRef};
use crate::domain::questionnaire::Questionnaire;
use crate::shell::workspace::desk::own_template;
use crate::shell::workspace::{Desk, Workspace, WorkspaceError, key_of, patiently};
use crate::storage::drafts::{self, Drafts};
use crate::storage::library::Loaded;
use crate::storage::summary::{self, Files};
use crate::storage::{Claim, Meta, StoreError};

/// An assessment that is held for writing, and of which not everything is read yet.
pub struct Claimed {
    claim: Claim,
    /// The files that the state is made from, as they were before any was read; none where that can't be told.
    files: Option<Files>,
    /// Loaded for the preview.
    questionnaire: Option<(QuestionnaireRef, Loaded)>,
}

/// What an assessment says where its summary calls it whole. The journal has the last word.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The questionnaire that it answers.
    pub questionnaire: Arc<Questionnaire>,
    /// Its answers.
    pub assessment: Assessment,
    /// What was typed and neither taken nor thrown away.
    pub drafts: Drafts,
    /// The folder with the looks of its reports, where it has one of its own.
    pub template: Option<PathBuf>,
}

impl Claimed {
    /// Returns what the list finds it by.
    #[must_use]
    pub fn key(&self) -> String {
        key_of(self.claim.folder())
    }
}

impl Workspace {
    /// Takes an assessment for an interface, waiting for another program for 2 s.
    ///
    /// # Errors
    ///
    /// Fails when there is no such assessment, when it can't be written, and when another program has it open.
    pub fn claim(&self, name: &str) -> Result<Claimed, WorkspaceError> {
        claim(&self.folder(name)?)
    }

    /// Returns what an assessment says, where that may be shown before its journal is read.
    #[must_use]
    pub fn preview(&self, claimed: &mut Claimed) -> Option<Preview> {
        let folder = claimed.claim.folder().to_owned();
        // Read after the lock was taken: whoever had it before has written all it had to write.
        let summary = summary::read(&folder);
        // What is wrong with it is told by opening it.
        let assessment = claimed.claim.preview(summary.as_ref()).ok()??.clone();
        let loaded = self.loaded_of(&folder, &assessment).ok()?;
        let questionnaire = Arc::clone(&loaded.questionnaire);
        claimed.questionnaire = Some((assessment.questionnaire().clone(), loaded));
        Some(Preview { questionnaire, assessment, drafts: drafts::read(&folder), template: own_template(&folder) })
    }

    /// Keeps what is being typed into an assessment whose journal can't be read.
    ///
    /// # Errors
    ///
    /// As [`Workspace::claim`], and when it could not be written.
    pub fn keep_drafts(&self, name: &str, drafts: &Drafts) -> Result<(), WorkspaceError> {
        let claimed = self.claim(name)?;
        let folder = claimed.claim.folder();
        let not_saved = |source| StoreError::NotSaved { path: folder.join(drafts::NAME), source };
        Ok(drafts::write(folder, drafts).map_err(not_saved)?)
    }

    /// Opens an assessment that was taken.
    ///
    /// # Errors
    ///
    /// As [`Workspace::read`].
    pub fn open(&self, claimed: Claimed, meta: &Meta) -> Result<Desk, WorkspaceError> {
        let Claimed { claim, files, questionnaire } = claimed;
        let opened = claim.open(meta)?;
        let known = questionnaire.filter(|(answered, _)| answered == opened.store.assessment().questionnaire());
        self.desk(opened, files, known.map(|(_, loaded)| loaded))
    }
}

/// Takes the assessment in a folder, waiting for another program for 2 s.
pub(super) fn claim(folder: &Path) -> Result<Claimed, WorkspaceError> {
    let claim = patiently(|| Claim::new(folder))?;
    let files = Files::of(folder).ok();
    Ok(Claimed { claim, files, questionnaire: None })
}
