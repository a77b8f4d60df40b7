//! Finds assessments and the questionnaires that they answer, for the interface and the command line alike.

mod claimed;
mod desk;
mod error;
mod listed;
mod making;
mod mend;
mod merge;
mod shelves;
mod take_in;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use crate::domain::assessment::Assessment;
use crate::domain::change::Change;
use crate::domain::history::History;
use crate::domain::questionnaire::Questionnaire;
use crate::shell::watch::Watch;
use crate::shell::workspace::desk::own_template;
use crate::storage::library::{Checked, Library, Loaded};
use crate::storage::summary::Files;
use crate::storage::{self, Catalog, Current, DataDir, Meta, Shelf, Store, StoreError};

pub use claimed::{Claimed, Preview};
pub use desk::Desk;
pub use error::{Kind, WorkspaceError};
pub use making::Draft;
pub use mend::Edits;
pub use shelves::Placed;

/// The questionnaire that the demo answers, and the interface's own new assessments.
pub const USUAL: &str = "iso42001";
/// The folder with the questionnaire, in the folder of an assessment that was made with one of its own.
const OWN_QUESTIONNAIRE: &str = "questionnaire";
/// The folder with the looks of its reports, in the folder of an assessment that has its own.
const OWN_TEMPLATE: &str = "template";
/// How often, and how long each time, a command waits for another program to be done with an assessment: 2 s in all.
const PATIENCE: (u32, Duration) = (80, Duration::from_millis(25));

/// The folder with all assessments, and the questionnaires.
#[derive(Debug)]
pub struct Workspace {
    data: DataDir,
    config: Option<PathBuf>,
    library: Library,
}

/// An assessment that was read.
#[derive(Debug)]
pub struct Document {
    /// The questionnaire that it answers.
    pub questionnaire: Arc<Questionnaire>,
    /// Its answers.
    pub assessment: Assessment,
    /// What was done to it.
    pub history: History,
    /// What its user should know.
    pub notices: Vec<String>,
    /// The folder with the looks of its reports, where it has one of its own.
    pub template: Option<PathBuf>,
}

/// What an assessment says now, without its history.
#[derive(Debug)]
pub struct CurrentState {
    /// The questionnaire that it answers.
    pub questionnaire: Arc<Questionnaire>,
    /// Its answers.
    pub assessment: Assessment,
    /// What its user should know.
    pub notices: Vec<String>,
    /// The folder with the looks of its reports, where it has one of its own.
    pub template: Option<PathBuf>,
}

/// A questionnaire that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedQuestionnaire {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// Where it comes from.
    pub origin: String,
}

impl Workspace {
    /// Returns the workspace of these folders; where one isn't named, that of the system.
    ///
    /// # Errors
    ///
    /// Fails where the system has no place for data.
    pub fn new(data_dir: Option<PathBuf>, config_dir: Option<PathBuf>) -> Result<Self, WorkspaceError> {
        let data = DataDir::find(data_dir, None)?;
        let config = config_dir.or_else(|| data.config().map(Path::to_owned));
        Ok(Self { data, library: Library::new(config.clone()), config })
    }

    /// Returns the text of a file in the user's config folder; none where there is no such file.
    ///
    /// # Errors
    ///
    /// Returns what went wrong when it is there and can't be read.
    pub fn config_file(&self, name: &str) -> std::io::Result<Option<String>> {
        let Some(config) = &self.config else { return Ok(None) };
        match std::fs::read_to_string(config.join(name)) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Returns the folder with all data.
    #[must_use]
    pub fn data_folder(&self) -> &Path {
        self.data.root()
    }

    /// Reads an assessment, without writing a byte.
    ///
    /// # Errors
    ///
    /// Fails when there is no such assessment, and when it or its questionnaire can't be read.
    pub fn read(&self, name: &str) -> Result<Document, WorkspaceError> {
        let entry = Catalog::read(&self.data)?.into_found(name)?;
        let folder = entry.folder.clone();
        // The catalog may have read it already, and reading is most of what a command costs.
        let reading = entry.into_reading()?;
        self.document(&folder, reading)
    }

    /// Reads what an assessment says now, without writing a byte and without its history, which costs far more to read.
    ///
    /// # Errors
    ///
    /// As [`Workspace::read`].
    pub fn read_current(&self, name: &str) -> Result<CurrentState, WorkspaceError> {
        let entry = Catalog::read(&self.data)?.into_found(name)?;
        let folder = entry.folder.clone();
        let Current { assessment, notices } = entry.into_current()?;
        let questionnaire = self.questionnaire_of(&folder, &assessment)?;
        let notices = notices.iter().map(ToString::to_string).collect();
        Ok(CurrentState { questionnaire, assessment, notices, template: own_template(&folder) })
    }

    fn document(&self, folder: &Path, reading: storage::reading::Reading) -> Result<Document, WorkspaceError> {
        let questionnaire = self.questionnaire_of(folder, &reading.assessment)?;
        let notices = reading.notices.iter().map(ToString::to_string).collect();
        let history = reading.history();
        let template = own_template(folder);
        Ok(Document { questionnaire, assessment: reading.assessment, history, notices, template })
    }

    /// Begins to watch an assessment that another program works on.
    ///
    /// # Errors
    ///
    /// Fails when there is no such assessment.
    pub fn watch(&self, name: &str) -> Result<Watch, WorkspaceError> {
        Ok(Watch::begin(self.folder(name)?))
    }

    /// Reads an assessment that is being watched, without writing a byte.
    ///
    /// # Errors
    ///
    /// As [`Workspace::read`].
    pub fn read_watched(&self, watch: &Watch) -> Result<Document, WorkspaceError> {
        self.document(watch.folder(), storage::read(watch.folder())?)
    }

    /// Returns the key of the assessment that a name means, which finds it and no other.
    ///
    /// # Errors
    ///
    /// Fails when there is none, and when there are several.
    pub fn key(&self, name: &str) -> Result<String, WorkspaceError> {
        Ok(key_of(&Catalog::read(&self.data)?.find(name)?.folder))
    }

    /// Checks that no assessment has a name.
    ///
    /// # Errors
    ///
    /// Fails when one has it, and when it can't be a name.
    pub fn check_free(&self, name: &str) -> Result<(), WorkspaceError> {
        Ok(Catalog::read(&self.data)?.check_free(name, None)?)
    }

    /// Checks that no other assessment has a name that changes give to the one in a folder.
    ///
    /// # Errors
    ///
    /// Fails when one has it, and when it can't be a name.
    pub fn check_names<'a>(
        &self,
        changes: impl IntoIterator<Item = &'a Change>,
        folder: &Path,
    ) -> Result<(), WorkspaceError> {
        for change in changes {
            if let Change::Rename(edit) = change {
                Catalog::read(&self.data)?.check_free(&edit.new, Some(folder))?;
            }
        }
        Ok(())
    }

    /// Returns the full name of the assessment that a name means.
    ///
    /// # Errors
    ///
    /// Fails when there is none, and when there are several.
    pub fn full_name(&self, name: &str) -> Result<String, WorkspaceError> {
        Ok(Catalog::read(&self.data)?.find(name)?.name.clone())
    }

    fn folder(&self, name: &str) -> Result<PathBuf, WorkspaceError> {
        Ok(Catalog::read(&self.data)?.find(name)?.folder.clone())
    }

    /// Returns the folder of the archive, or of the trash.
    #[must_use]
    pub fn shelf_folder(&self, shelf: Shelf) -> PathBuf {
        shelf.folder(&self.data)
    }

    /// Opens an assessment for writing, waiting for another program for 2 s; beside an interface that has it open, at
    /// once: the interface picks up what is recorded.
    ///
    /// # Errors
    ///
    /// As [`Workspace::read`], and when another program has it open that isn't an interface.
    pub fn write(&self, name: &str, meta: &Meta) -> Result<Desk, WorkspaceError> {
        let folder = self.folder(name)?;
        if Watch::is_held_by_interface(&folder) {
            self.desk(Store::open_beside(&folder)?, None, None)
        } else {
            self.write_folder(&folder, meta)
        }
    }

    /// Opens an assessment for writing for as long as an interface shows it, and for nobody else.
    ///
    /// # Errors
    ///
    /// As [`Workspace::read`], and when another program has it open.
    pub fn write_alone(&self, name: &str, meta: &Meta) -> Result<Desk, WorkspaceError> {
        self.write_folder(&self.folder(name)?, meta)
    }

    fn write_folder(&self, folder: &Path, meta: &Meta) -> Result<Desk, WorkspaceError> {
        self.open(claimed::claim(folder)?, meta)
    }

    /// Returns what was opened with its questionnaire, which may be loaded already.
    fn desk(
        &self,
        opened: storage::Opened,
        files: Option<Files>,
        loaded: Option<Loaded>,
    ) -> Result<Desk, WorkspaceError> {
        let load = || self.loaded_of(opened.store.folder(), opened.store.assessment());
        let loaded = loaded.map_or_else(load, Ok)?;
        let notices = opened.notices.iter().map(ToString::to_string).collect();
        let checksum = loaded.checksum();
        Ok(Desk { store: opened.store, questionnaire: loaded.questionnaire, checksum, notices, files })
    }

    /// Returns the questionnaires that can be used.
    ///
    /// # Errors
    ///
    /// Fails when the user's own can't be listed.
    pub fn questionnaires(&self) -> Result<Vec<ListedQuestionnaire>, WorkspaceError> {
        let listed = self.library.list()?.into_iter().map(|entry| ListedQuestionnaire {
            id: entry.id,
            title: entry.title,
            version: entry.version,
            origin: entry.origin.to_string(),
        });
        Ok(listed.collect())
    }

    /// Returns a questionnaire by its id or its folder.
    ///
    /// # Errors
    ///
    /// Fails when there is none, and when it has flaws.
    pub fn questionnaire(&self, id_or_path: &str) -> Result<Loaded, WorkspaceError> {
        Ok(self.library.load(id_or_path)?)
    }

    /// Returns all flaws of a questionnaire, or what could be worded better.
    ///
    /// # Errors
    ///
    /// Fails when there is none.
    pub fn check_questionnaire(&self, path: &Path) -> Result<Checked, WorkspaceError> {
        Ok(self.library.check(path)?)
    }

    /// Returns the questionnaire of an assessment: the one that was kept with it, else the one of its id.
    fn questionnaire_of(&self, folder: &Path, assessment: &Assessment) -> Result<Arc<Questionnaire>, WorkspaceError> {
        Ok(self.loaded_of(folder, assessment)?.questionnaire)
    }

    fn loaded_of(&self, folder: &Path, assessment: &Assessment) -> Result<Loaded, WorkspaceError> {
        let own = folder.join(OWN_QUESTIONNAIRE);
        let name = if own.is_dir() { own.as_path() } else { Path::new(&assessment.questionnaire().id) };
        Ok(self.library.load(name)?)
    }
}

#[must_use]
pub fn key_of(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Tries again for 2 s while another program is at it.
fn patiently<T>(mut attempt: impl FnMut() -> Result<T, StoreError>) -> Result<T, StoreError> {
    let (tries, pause) = PATIENCE;
    for _ in 1..tries {
        match attempt() {
            Err(StoreError::InUse { .. }) => sleep(pause),
            done => return done,
        }
    }
    attempt()
}

/// The most bytes of an assessment's name in the names of its reports.
const MOST_REPORT_NAME: usize = 120;

/// Returns the name of a report's file, without its ending: letters, digits and dashes of any script.
#[must_use]
pub fn report_name(name: &str) -> String {
    let mut plain = String::new();
    for c in name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }) {
        // File names end at 255 bytes on most systems, and some letters take four.
        if plain.len() + c.len_utf8() > MOST_REPORT_NAME {
            break;
        }
        plain.push(c);
    }
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "assessment-readiness".to_owned() } else { format!("{}-readiness", words.join("-")) }
}
