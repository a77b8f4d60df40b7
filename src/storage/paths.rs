//! Where the data lives.

use std::io;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::storage::disk;
use crate::storage::error::StoreError;

/// The folder with all assessments, and the one with the user's own questionnaires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataDir {
    root: PathBuf,
    config: Option<PathBuf>,
}

impl DataDir {
    /// Returns the data folder: the one that was asked for, else that of the environment, else the system's own.
    ///
    /// Nothing is made yet. An empty value counts as none; a relative `XDG_DATA_HOME` is ignored, as XDG says.
    ///
    /// # Errors
    ///
    /// Fails when the system has no place for data: there is no home folder.
    pub fn find(asked: Option<PathBuf>, environment: Option<PathBuf>) -> Result<Self, StoreError> {
        let project = ProjectDirs::from("", "", "ready42");
        let config = config_folder();
        let named = [asked, environment].into_iter().flatten().find(|path| !path.as_os_str().is_empty());
        let root = named.or_else(|| project.map(|project| project.data_dir().to_owned()));
        Ok(Self { root: root.ok_or(StoreError::NoHome)?, config })
    }

    /// Returns the folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the folder that holds a folder for each assessment.
    #[must_use]
    pub fn assessments(&self) -> PathBuf {
        self.root.join("assessments")
    }

    /// Returns the folder with the user's own questionnaires and settings, where the system has a place for it.
    #[must_use]
    pub fn config(&self) -> Option<&Path> {
        self.config.as_deref()
    }

    /// Makes the folders that aren't there yet, each for its owner alone.
    ///
    /// # Errors
    ///
    /// Fails when something else stands there, or when it can't be written.
    pub fn create(&self) -> Result<(), StoreError> {
        let path = self.assessments();
        disk::create_folders(&path).map_err(|source| match source.kind() {
            io::ErrorKind::PermissionDenied
            | io::ErrorKind::ReadOnlyFilesystem
            | io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded => StoreError::NotSaved { path, source },
            _ => StoreError::BadDataFolder { path: self.root.clone(), source },
        })
    }
}

/// Returns the folder with the user's settings, where the system has a place for it.
#[must_use]
pub fn config_folder() -> Option<PathBuf> {
    Some(ProjectDirs::from("", "", "ready42")?.config_dir().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::error::Kind;

    #[test]
    fn what_was_asked_for_wins_over_the_environment_and_nothing_is_made() {
        let (asked, environment) = (Some(PathBuf::from("/nowhere/a")), Some(PathBuf::from("/nowhere/b")));
        assert_eq!(DataDir::find(asked, environment.clone()).unwrap().root(), Path::new("/nowhere/a"));
        let empty = Some(PathBuf::new());
        assert_eq!(DataDir::find(empty, environment).unwrap().root(), Path::new("/nowhere/b"));
    }

    #[test]
    fn a_file_a_dead_link_or_an_endless_name_is_no_data_folder() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        let mut wrong = vec![file, folder.path().join("x".repeat(4000))];
        #[cfg(unix)]
        {
            let link = folder.path().join("link");
            std::os::unix::fs::symlink("/nowhere/at/all", &link).unwrap();
            wrong.push(link);
        }
        for path in wrong {
            let error = DataDir::find(Some(path), None).unwrap().create().unwrap_err();
            assert_eq!(error.kind(), Kind::Usage, "{error}");
        }
    }
}
