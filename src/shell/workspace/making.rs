//! Making assessments: empty ones, and the made-up company.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::assessment::{Assessment, Depth, QuestionnaireRef, Seed};
use crate::domain::change::{Change, check_name};
use crate::domain::questionnaire::Questionnaire;
use crate::shell::workspace::{Desk, Kind, OWN_QUESTIONNAIRE, USUAL, Workspace, WorkspaceError, patiently};
use crate::storage::summary::Files;
use crate::storage::{self, Birth, Episode, Meta, StoreError, demo};

/// The seed of an assessment's draws, until its user chooses another one.
const SEED: Seed = Seed(42);

/// An assessment that is about to be made.
#[derive(Debug)]
pub struct Draft {
    /// Its first state.
    pub assessment: Assessment,
    pub(super) questionnaire: Arc<Questionnaire>,
    /// The files of a questionnaire that isn't built in: they are kept with the assessment.
    pub(super) files: Vec<(String, Vec<u8>)>,
}

impl Draft {
    /// Returns one in which nothing is answered.
    fn begun(name: &str, questionnaire: Arc<Questionnaire>, depth: Depth) -> Self {
        let header = questionnaire.header();
        let reference = QuestionnaireRef { id: header.id.clone(), version: header.version.clone() };
        Self { assessment: Assessment::new(name, reference, depth, SEED), questionnaire, files: vec![] }
    }
}

impl Workspace {
    /// Returns an assessment to begin with: nothing is answered, and nothing is made yet.
    ///
    /// # Errors
    ///
    /// Fails when the name is refused, and when there is no such questionnaire.
    pub fn draft(&self, name: &str, questionnaire: &str, depth: Depth) -> Result<Draft, WorkspaceError> {
        check_name(name).map_err(StoreError::from)?;
        let loaded = self.library.load(questionnaire)?;
        Ok(Draft { files: self.library.own_files(questionnaire)?, ..Draft::begun(name, loaded.questionnaire, depth) })
    }

    /// Returns an assessment that is to be merged into another: it answers the questionnaire that is kept with that one, where
    /// it is the one of this id.
    ///
    /// # Errors
    ///
    /// As [`Workspace::draft`], and when there is no such assessment to merge it into.
    pub fn draft_to_merge(
        &self,
        into: &str,
        name: &str,
        questionnaire: &str,
        depth: Depth,
    ) -> Result<Draft, WorkspaceError> {
        let own = self.folder(into)?.join(OWN_QUESTIONNAIRE);
        if own.is_dir() {
            let loaded = self.library.load(&own)?.questionnaire;
            if loaded.header().id == questionnaire {
                check_name(name).map_err(StoreError::from)?;
                return Ok(Draft::begun(name, loaded, depth));
            }
        }
        self.draft(name, questionnaire, depth)
    }

    /// Makes an assessment with these changes in effect, whole or not at all.
    ///
    /// # Errors
    ///
    /// Fails when the name is taken, a change is refused, or nothing can be written.
    pub fn create(&self, draft: Draft, changes: &[Change], meta: &Meta) -> Result<Desk, WorkspaceError> {
        self.create_with(draft, changes, &[], meta)
    }

    /// Makes an assessment with these changes in effect and with what happened to it since, whole or not at all.
    fn create_with(
        &self,
        draft: Draft,
        changes: &[Change],
        episodes: &[Episode],
        meta: &Meta,
    ) -> Result<Desk, WorkspaceError> {
        let Draft { mut assessment, questionnaire, files } = draft;
        for change in changes {
            change.check(&questionnaire).map_err(StoreError::from)?;
            assessment.apply(change);
        }
        let files: Vec<(PathBuf, Vec<u8>)> =
            files.into_iter().map(|(path, text)| (Path::new(OWN_QUESTIONNAIRE).join(path), text)).collect();
        let birth = Birth { assessment: &assessment, files: &files, episodes };
        let opened = patiently(|| storage::create(&self.data, &birth, meta))?;
        let files = Files::of(opened.store.folder()).ok();
        let desk = self.desk(opened, files, None)?;
        desk.write_summary();
        Ok(desk)
    }

    /// Makes the made-up company under a name.
    ///
    /// # Errors
    ///
    /// As [`Workspace::create`].
    pub fn demo(&self, name: &str, meta: &Meta) -> Result<Desk, WorkspaceError> {
        let draft = self.draft(name, USUAL, Depth::Full)?;
        let loaded = self.library.load(USUAL)?;
        let text = storage::library::demo(&loaded)
            .ok_or_else(|| WorkspaceError::new(Kind::NotFound, "this questionnaire has no demo", ""))?;
        let told = demo::read(text, &draft.assessment, &draft.questionnaire, meta.at).map_err(|why| {
            WorkspaceError::new(Kind::Damaged, format!("the demo can't be read: {why}"), "Mend its demo.toml.")
        })?;
        self.create_with(draft, &told.profile, &told.episodes, meta)
    }
}
