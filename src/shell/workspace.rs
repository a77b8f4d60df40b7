//! Finds assessments and the questionnaires that they answer, for the interface and the command line alike.

mod error;
mod listed;
mod mend;
mod merge;
mod take_in;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use crate::domain::assessment::{Assessment, Depth, QuestionnaireRef, Seed};
use crate::domain::change::{Change, check_name};
use crate::domain::history::{Act, History, StepId, check_label};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::text::visible;
use crate::shell::watch::Watch;
use crate::storage::library::{Checked, Library, Loaded};
use crate::storage::summary::Files;
use crate::storage::{
    self, Birth, Catalog, Current, DataDir, Episode, Mark, Meta, OpId, Shelf, Store, StoreError, demo, shelf,
};

pub use error::{Kind, WorkspaceError};
pub use mend::Edits;

/// The seed of an assessment's draws, until its user chooses another one.
const SEED: Seed = Seed(42);
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
}

/// An assessment that is open for writing. Nobody else can write to it.
pub struct Desk {
    store: Store,
    questionnaire: Arc<Questionnaire>,
    /// The questionnaire's checksum, for the summary.
    checksum: u32,
    notices: Vec<String>,
    /// The files that the state was made from, as they were before it was read; none where that can't be told.
    files: Option<Files>,
}

/// An assessment that is about to be made.
#[derive(Debug)]
pub struct Draft {
    /// Its first state.
    pub assessment: Assessment,
    questionnaire: Arc<Questionnaire>,
    /// The files of a questionnaire that isn't built in: they are kept with the assessment.
    files: Vec<(String, Vec<u8>)>,
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
        Ok(CurrentState { questionnaire, assessment, notices: notices.iter().map(ToString::to_string).collect() })
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

    /// Returns the full name of the assessment that a name means.
    ///
    /// # Errors
    ///
    /// Fails when there is none, and when there are several.
    pub fn full_name(&self, name: &str) -> Result<String, WorkspaceError> {
        Ok(Catalog::read(&self.data)?.find(name)?.name.clone())
    }

    /// Calls an assessment differently.
    ///
    /// # Errors
    ///
    /// Fails when the name is refused or taken, when another program has it open, and when it can't be written.
    pub fn rename(&self, name: &str, new: &str, meta: &Meta) -> Result<(), WorkspaceError> {
        let folder = self.folder(name)?;
        Ok(patiently(|| shelf::rename(&self.data, &folder, new, meta))?)
    }

    /// Makes an assessment that has all that another one has, its history too, under another name.
    ///
    /// # Errors
    ///
    /// Fails when the name is refused or taken, and when it can't be read or written.
    pub fn copy(&self, name: &str, new: &str, meta: &Meta) -> Result<(), WorkspaceError> {
        let folder = self.folder(name)?;
        patiently(|| shelf::copy(&self.data, &folder, new, meta))?;
        Ok(())
    }

    /// Moves an assessment into the archive or the trash. Returns its name and its folder there.
    ///
    /// # Errors
    ///
    /// Fails when another program has it open, and when it can't be moved; it is where it was then.
    pub fn put_away(&self, name: &str, shelf: Shelf) -> Result<(String, PathBuf), WorkspaceError> {
        let catalog = Catalog::read(&self.data)?;
        let entry = catalog.find(name)?;
        let folder = patiently(|| shelf::put_away(&self.data, &entry.folder, shelf))?;
        Ok((entry.name.clone(), folder))
    }

    /// Returns the names of what lies in the archive and in the trash.
    ///
    /// # Errors
    ///
    /// Fails when their folders can't be read.
    pub fn put_away_names(&self) -> Result<Vec<(Shelf, String)>, WorkspaceError> {
        let mut names = vec![];
        for shelf in Shelf::ALL {
            let entries = shelf.catalog(&self.data)?.into_entries();
            names.extend(entries.into_iter().map(|entry| (shelf, entry.name)));
        }
        Ok(names)
    }

    /// Moves an assessment back from the archive or the trash, under another name where one is given. Returns its name.
    ///
    /// # Errors
    ///
    /// Fails when there is none of that name, when its name is taken meanwhile, and when it can't be moved.
    pub fn bring_back(&self, name: &str, new: Option<&str>, meta: &Meta) -> Result<String, WorkspaceError> {
        let [archive, trash] = [Shelf::Archive.catalog(&self.data)?, Shelf::Trash.catalog(&self.data)?];
        let entry = match (archive.find(name), trash.find(name)) {
            (Ok(entry), Err(_)) | (Err(_), Ok(entry)) => entry,
            (Ok(_), Ok(_)) => {
                let message = format!("{:?} lies in the archive and in the trash", visible(name));
                return Err(WorkspaceError::new(
                    Kind::NotFound,
                    message,
                    "Give the name of its folder: `ready42 doctor`.",
                ));
            }
            (Err(_), Err(_)) => {
                let message = format!("no {:?} lies in the archive or in the trash", visible(name));
                return Err(WorkspaceError::new(Kind::NotFound, message, "`ready42 restore` lists what lies there."));
            }
        };
        patiently(|| shelf::bring_back(&self.data, &entry.folder, new, meta))?;
        Ok(new.unwrap_or(&entry.name).to_owned())
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
            self.desk(Store::open_beside(&folder)?, None)
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
        let (opened, files) = patiently(|| {
            let files = Files::of(folder).ok();
            Store::open(folder, meta).map(|opened| (opened, files))
        })?;
        self.desk(opened, files)
    }

    fn desk(&self, opened: storage::Opened, files: Option<Files>) -> Result<Desk, WorkspaceError> {
        let loaded = self.loaded_of(opened.store.folder(), opened.store.assessment())?;
        let notices = opened.notices.iter().map(ToString::to_string).collect();
        let checksum = loaded.checksum();
        Ok(Desk { store: opened.store, questionnaire: loaded.questionnaire, checksum, notices, files })
    }

    /// Returns an assessment to begin with: nothing is answered, and nothing is made yet.
    ///
    /// # Errors
    ///
    /// Fails when the name is refused, and when there is no such questionnaire.
    pub fn draft(&self, name: &str, questionnaire: &str, depth: Depth) -> Result<Draft, WorkspaceError> {
        check_name(name).map_err(StoreError::from)?;
        let loaded = self.library.load(questionnaire)?;
        let header = loaded.questionnaire.header();
        let reference = QuestionnaireRef { id: header.id.clone(), version: header.version.clone() };
        Ok(Draft {
            assessment: Assessment::new(name, reference, depth, SEED),
            files: self.library.own_files(questionnaire)?,
            questionnaire: loaded.questionnaire,
        })
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
        let desk = self.desk(opened, files)?;
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

fn own_template(folder: &Path) -> Option<PathBuf> {
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

fn key_of(folder: &Path) -> String {
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
