//! Merges a second copy of an assessment: its folder, or a state that was exported.

use std::path::{Path, PathBuf};

use crate::shell::workspace::{Desk, Draft, Workspace, WorkspaceError};
use crate::storage::store::Merged;
use crate::storage::{Catalog, Meta, StoreError};

impl Workspace {
    /// Returns the folder of the copy that a path means: itself, or the assessment of this id in a data folder.
    #[must_use]
    pub fn copy_in(&self, desk: &Desk, path: &Path) -> PathBuf {
        let id = |folder: &Path| {
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name.rsplit_once('-').map(|(_, id)| id.to_owned())
        };
        let own = id(desk.folder());
        let places = [path.join("assessments"), path.to_owned()];
        let entries = places.iter().filter_map(|place| Catalog::read_in(place).ok()).flat_map(Catalog::into_entries);
        let found = entries.map(|entry| entry.folder).find(|folder| own.is_some() && id(folder) == own);
        found.unwrap_or_else(|| path.to_owned())
    }
}

impl Desk {
    /// Merges the folder of a copy. Returns what was new here. The state for people to read is behind then.
    ///
    /// # Errors
    ///
    /// Fails where it is no copy of this assessment, and where it can't be read or written: nothing is changed then, unless
    /// the error says that it is recorded.
    pub fn merge_folder(&mut self, copy: &Path, meta: &Meta) -> Result<Merged, WorkspaceError> {
        let merged = self.store.merge_folder(copy, meta)?;
        self.refresh();
        Ok(merged)
    }

    /// Merges a state that was exported. Returns how many values were others than here. The state for people to read is
    /// behind then.
    ///
    /// # Errors
    ///
    /// Fails where it answers another questionnaire, and where it can't be written: nothing is changed then, unless the
    /// error says that it is recorded.
    pub fn merge_state(&mut self, theirs: &Draft, file: &Path, meta: &Meta) -> Result<usize, WorkspaceError> {
        let (own, other) = (&self.assessment().questionnaire().id, &theirs.assessment.questionnaire().id);
        if own != other {
            let why = format!("it answers the questionnaire {other:?}, and this assessment {own:?}");
            return Err(StoreError::NoCopy { path: file.to_owned(), why }.into());
        }
        let merged = self.store.merge_state(&theirs.assessment, meta)?;
        self.refresh();
        Ok(merged)
    }
}
