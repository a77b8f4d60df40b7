//! Puts right what `doctor` finds. Nothing is thrown away: see [`crate::storage::doctor`].

use std::path::Path;

use crate::domain::change::Change;
use crate::shell::workspace::{Desk, Workspace, WorkspaceError};
use crate::storage::doctor::{self, Issue};
use crate::storage::{Health, Meta, Store, StoreError};

/// The reason that is kept with edits of `assessment.toml` that were taken over.
const EDITED: &str = "assessment.toml was edited by hand";

/// What becomes of values that were edited by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edits {
    /// They are recorded.
    Record,
    /// They wait.
    Leave,
}

/// What putting things right came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Mended {
    /// A sentence for each thing that could not be put right.
    pub failed: Vec<String>,
    /// A sentence for each thing that was, and of which its user should know more.
    pub told: Vec<String>,
}

impl Workspace {
    /// Returns what is whole, damaged, left over, or open to others; of one assessment alone where one is named. Nothing
    /// is changed.
    ///
    /// # Errors
    ///
    /// Fails when the folder can't be read at all, and when there is no such assessment.
    pub fn examine(&self, name: Option<&str>) -> Result<Health, WorkspaceError> {
        let mut health = doctor::examine(&self.data)?;
        if let Some(name) = name {
            let folder = self.folder(name)?;
            health.assessments.retain(|(entry, _)| entry.folder == folder);
            health.issues.clear();
        }
        Ok(health)
    }

    /// Puts right what was found, as far as it can be.
    #[must_use]
    pub fn repair(&self, health: &Health, edits: Edits, meta: &Meta) -> Mended {
        let Mended { mut failed, mut told } = Mended::default();
        for (entry, issues) in &health.assessments {
            let to_open = |issue: &Issue| issue.needs_opening() && (edits == Edits::Record || !is_edit(issue));
            if issues.iter().any(to_open) {
                match self.reopen(&entry.folder, edits, meta) {
                    Ok(warning) => told.extend(warning.map(|warning| format!("{}: {warning}", entry.name))),
                    Err(error) => failed.push(format!("{}: {error}", entry.name)),
                }
            }
        }
        let all = health.assessments.iter().flat_map(|(_, issues)| issues).chain(&health.issues);
        for issue in all {
            // A temporary file of an assessment that was opened is gone by now.
            let is_there = !matches!(issue, Issue::Stale(path) if path.symlink_metadata().is_err());
            if is_there && let Err(error) = doctor::mend(&self.data, issue) {
                failed.push(format!("{issue}: {error}"));
            }
        }
        Mended { failed, told }
    }

    /// Opens an assessment, which repairs it, and records what was edited by hand where that is wanted. Returns what its
    /// user should know all the same.
    fn reopen(&self, folder: &Path, edits: Edits, meta: &Meta) -> Result<Option<String>, WorkspaceError> {
        let edited: Vec<Change> = match storage_edits(folder)? {
            Some(changes) if edits == Edits::Record => changes,
            _ => vec![],
        };
        let mut desk = self.write_folder(folder, meta)?;
        if !edited.is_empty() {
            self.check_names(&edited, folder)?;
            let meta = Meta { because: Some(EDITED.to_owned()), ..meta.clone() };
            let changes: Vec<(Change, Option<String>)> = edited.into_iter().map(|change| (change, None)).collect();
            desk.record(&changes, &meta)?;
            desk.settle_edit()?;
        }
        desk.write_save_file()
    }
}

impl Desk {
    fn settle_edit(&mut self) -> Result<(), StoreError> {
        Store::settle_edit(&mut self.store)
    }
}

fn is_edit(issue: &Issue) -> bool {
    matches!(issue, Issue::Edited(_))
}

fn storage_edits(folder: &Path) -> Result<Option<Vec<Change>>, StoreError> {
    Ok(crate::storage::read(folder)?.edits())
}
