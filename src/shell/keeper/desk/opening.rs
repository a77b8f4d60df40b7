//! How an assessment is opened: what it says is shown at once where that is known, how it came to be a moment later; where
//! another program has it, for reading.

use std::path::PathBuf;

use crate::domain::assessment::Depth;
use crate::shell::keeper::desk::saving::Typed;
use crate::shell::keeper::desk::{KeeperDesk, told};
use crate::shell::watch::Watch;
use crate::shell::workspace::{Claimed, Desk, Kind, Preview, USUAL, WorkspaceError, key_of};
use crate::storage::drafts::Drafts;
use crate::tui::{Opened, Outcome, Recalled};

/// The name under which the interface opens the made-up company.
const DEMO: &str = "demo";

impl KeeperDesk {
    /// Opens an assessment for writing; where another program has it, for reading.
    pub(super) fn open(&mut self, name: &str) {
        if self.lays_aside() {
            match self.workspace.claim(name) {
                Ok(claimed) => self.open_claimed(claimed, name),
                Err(error) => self.open_otherwise(error, Some(name)),
            }
        }
    }

    /// Makes an assessment and opens it.
    pub(super) fn create(&mut self, name: &str, depth: Depth) {
        if self.lays_aside() {
            let draft = self.workspace.draft(name, USUAL, depth);
            let made = draft.and_then(|draft| self.workspace.create(draft, &[], &self.meta()));
            self.show(made, None);
        }
    }

    /// Opens the made-up company, and makes it where there is none.
    pub(super) fn open_demo(&mut self) {
        if self.lays_aside() {
            match self.workspace.claim(DEMO) {
                Ok(claimed) => self.open_claimed(claimed, DEMO),
                Err(error) if error.kind == Kind::NotFound => {
                    let made = self.workspace.demo(DEMO, &self.meta());
                    self.show(made, Some(DEMO));
                }
                Err(error) => self.open_otherwise(error, Some(DEMO)),
            }
        }
    }

    /// Closes what is open, and says so where it can't be closed. Returns whether something else can be opened.
    fn lays_aside(&mut self) -> bool {
        let released = self.release();
        let is_free = released.is_ok();
        released.err().into_iter().for_each(|why| self.send(Outcome::Opened(Err(why))));
        is_free
    }

    /// Shows what an assessment says, where its summary calls it whole, and reads its journal then. What is done to it
    /// meanwhile waits in the queue of this thread: nothing of it is called saved before the journal is open.
    fn open_claimed(&mut self, mut claimed: Claimed, name: &str) {
        let Some(preview) = self.workspace.preview(&mut claimed) else {
            let opened = self.workspace.open(claimed, &self.meta());
            return self.show(opened, Some(name));
        };
        let Preview { questionnaire, assessment, drafts, template } = preview;
        self.drafts = Typed::kept(drafts.clone());
        let shown = assessment.clone();
        self.send(Outcome::Opened(Ok(Box::new(Opened {
            key: claimed.key(),
            questionnaire,
            assessment,
            history: None,
            read_only: None,
            drafts,
            notices: vec![],
            export_folder: here(),
            template,
        }))));
        match self.workspace.open(claimed, &self.meta()) {
            Ok(mut desk) => {
                let other = (*desk.assessment() != shown).then(|| desk.assessment().clone());
                let (history, notices) = (desk.take_history(), desk.notices().to_vec());
                self.take(desk);
                self.send(Outcome::Recalled(Ok(Box::new(Recalled { history, assessment: other, notices }))));
            }
            Err(error) => {
                self.unread = Some(name.to_owned());
                self.send(Outcome::Recalled(Err(told(error))));
            }
        }
    }

    /// Opens what is shown though its journal could not be read, where something waits to be recorded in it.
    ///
    /// # Errors
    ///
    /// Returns why it still can't be read.
    pub(super) fn read_what_waits(&mut self) -> Result<(), String> {
        let Some(name) = &self.unread else { return Ok(()) };
        let opened = self.workspace.claim(name).and_then(|claimed| self.workspace.open(claimed, &self.meta()));
        let mut desk = opened.map_err(told)?;
        self.unread = None;
        let (history, notices) = (desk.take_history(), desk.notices().to_vec());
        let assessment = Some(desk.assessment().clone());
        self.take(desk);
        self.send(Outcome::Recalled(Ok(Box::new(Recalled { history, assessment, notices }))));
        Ok(())
    }

    /// Shows what was opened as a whole, or what there is instead.
    fn show(&mut self, opened: Result<Desk, WorkspaceError>, name: Option<&str>) {
        match opened {
            Ok(mut desk) => {
                let opened = whole(&mut desk);
                self.drafts = Typed::kept(desk.drafts());
                self.take(desk);
                self.send(Outcome::Opened(Ok(Box::new(opened))));
            }
            Err(error) => self.open_otherwise(error, name),
        }
    }

    /// Works on it from here on.
    fn take(&mut self, desk: Desk) {
        Watch::announce(desk.folder());
        // Set before it is looked at for the first time, so that nothing falls between.
        self.alarm = self.bell.on_writes(desk.folder());
        self.beside = Some(Watch::begin(desk.folder().to_owned()));
        self.open = Some(desk);
    }

    /// Opens for reading what can't be opened for writing, or says why it isn't opened.
    fn open_otherwise(&mut self, error: WorkspaceError, name: Option<&str>) {
        let result = match name.filter(|_| matches!(error.kind, Kind::InUse | Kind::NotWritten)) {
            Some(name) => {
                // Watched before it is read, so that nothing falls between.
                let watch = || self.workspace.watch(name).ok();
                self.watch = (error.kind == Kind::InUse).then(watch).flatten();
                self.alarm = self.watch.as_ref().and_then(|watch| self.bell.on_writes(watch.folder()));
                if let (Some(watch), Some(_)) = (&self.watch, &self.alarm) {
                    self.waiting = Some(self.bell.when_free(watch.folder()));
                }
                self.read_only(name, &error)
            }
            None => Err(told(error)),
        };
        self.send(Outcome::Opened(result.map(Box::new)));
    }

    fn read_only(&self, name: &str, error: &WorkspaceError) -> Result<Opened, String> {
        let document = self.workspace.read(name).map_err(told)?;
        let why = match error.kind {
            Kind::InUse => "Another program has it open. You can look, and change nothing.".to_owned(),
            _ => format!("This assessment can't be written ({error}): you can look, and not change anything."),
        };
        Ok(Opened {
            key: self.workspace.key(name).map_err(told)?,
            questionnaire: document.questionnaire,
            assessment: document.assessment,
            history: Some(document.history),
            read_only: Some(why),
            drafts: Drafts::new(),
            notices: document.notices,
            export_folder: here(),
            template: document.template,
        })
    }
}

fn whole(desk: &mut Desk) -> Opened {
    Opened {
        key: key_of(desk.folder()),
        questionnaire: desk.questionnaire().clone(),
        assessment: desk.assessment().clone(),
        history: Some(desk.take_history()),
        read_only: None,
        drafts: desk.drafts(),
        notices: desk.notices().to_vec(),
        export_folder: here(),
        template: desk.template(),
    }
}

/// Returns the folder that the program was started in: reports go there unless the user says otherwise.
fn here() -> PathBuf {
    std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."))
}
