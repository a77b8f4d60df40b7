//! What every command has at hand: its options, the clock, the workspace, and where it prints.

use std::io::{self, Write};
use std::path::Path;

use chrono::{DateTime, Local, NaiveDate, Utc};

use crate::cli::args::Global;
use crate::cli::fault::{Fault, Status};
use crate::domain::change::Change;
use crate::domain::history::{Act, Past, PointError};
use crate::domain::profile::date;
use crate::domain::report::{Snapshot, snapshots};
use crate::domain::text::visible;
use crate::shell::settings::Settings;
use crate::shell::workspace::{CurrentState, Desk, Document, Kind, Workspace, WorkspaceError};
use crate::storage::Meta;
use crate::storage::paths::config_folder;

/// The languages that there are.
const LANGUAGES: [&str; 1] = ["en"];

/// What every command has at hand.
#[derive(Debug)]
pub struct Context {
    /// Options of every command.
    pub global: Global,
    /// The moment at which the command began.
    pub now: DateTime<Utc>,
    /// The day of the report: that of `SOURCE_DATE_EPOCH` where it is set, else today.
    pub today: NaiveDate,
    settings: Settings,
    printed: Vec<u8>,
}

impl Context {
    /// Returns the context of a command that begins now.
    ///
    /// # Errors
    ///
    /// Returns why `SOURCE_DATE_EPOCH` can't be understood.
    #[expect(clippy::disallowed_methods, reason = "the one place where the command line reads the clock")]
    pub fn new(global: Global) -> Result<Self, Fault> {
        let now = Utc::now();
        let today = match std::env::var("SOURCE_DATE_EPOCH") {
            Ok(seconds) => seconds
                .trim()
                .parse()
                .ok()
                .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
                .map(|moment: DateTime<Utc>| moment.date_naive())
                .ok_or_else(|| {
                    let message = "SOURCE_DATE_EPOCH is no number of seconds since 1970";
                    Fault::new(Status::Usage, message, "Unset it, or give it the output of: date +%s")
                })?,
            Err(_) => Local::now().date_naive(),
        };
        let folder = global.config.clone().or_else(config_folder);
        let settings = folder.map_or_else(|| Ok(Settings::default()), |folder| Settings::find(&folder));
        let settings = settings.map_err(|why| {
            let remedy = "The keys are author, theme, mouse, data_dir and lang; mend the file, or name another folder \
                          with --config.";
            Fault::new(Status::Usage, why, remedy)
        })?;
        let lang = global.lang.as_ref().or(settings.lang.as_ref());
        if let Some(lang) = lang.filter(|lang| !LANGUAGES.contains(&lang.as_str())) {
            return Err(Fault::new(
                Status::Usage,
                format!("the language {:?} is not there", visible(lang)),
                format!("There is: {}.", LANGUAGES.join(", ")),
            ));
        }
        Ok(Self { global, now, today, settings, printed: vec![] })
    }

    /// Returns the workspace that the options name.
    ///
    /// # Errors
    ///
    /// Returns why there is none, such as a home directory that can't be found.
    pub fn workspace(&self) -> Result<Workspace, Fault> {
        let data = self.global.data_dir.clone().filter(|folder| !folder.as_os_str().is_empty());
        Ok(Workspace::new(data.or_else(|| self.settings.data_dir.clone()), self.global.config.clone())?)
    }

    /// Reads an assessment; its past state, and the day of that, where `--at` asks for it.
    ///
    /// # Errors
    ///
    /// Fails when there is no such assessment or no such place in its history, and when it can't be read.
    pub fn read(&mut self, name: &str) -> Result<Document, Fault> {
        let document = self.workspace()?.read(name)?;
        let Some(point) = self.global.at.clone() else { return Ok(document) };
        let count = document.history.point(&point).map_err(|error| no_point(&error))?;
        let past = Self::past(&document, count)?;
        self.tell(format!("ready42: this is the state of {}", past.title));
        if !document.assessment.conflicts().is_empty() {
            // Where copies were merged, their steps stand side by side: no past state knew of both.
            self.tell(format!(
                "ready42: {} values are in conflict now; a past state shows of each the one that stands last in the history",
                document.assessment.conflicts().len()
            ));
        }
        self.today = date(&point).filter(|day| *day > past.day).unwrap_or(past.day);
        Ok(Document { assessment: past.state, ..document })
    }

    /// Reads what an assessment says now, or what it said where `--at` asks for it, without its history.
    ///
    /// # Errors
    ///
    /// As [`Context::read`].
    pub fn read_current(&mut self, name: &str) -> Result<&'static CurrentState, Fault> {
        // A command reads one assessment and ends. To take thousands of texts apart before that would be a tenth of it.
        Ok(Box::leak(Box::new(self.current(name)?)))
    }

    /// The same, to be kept.
    ///
    /// # Errors
    ///
    /// As [`Context::read`].
    pub fn current(&mut self, name: &str) -> Result<CurrentState, Fault> {
        if self.global.at.is_none() {
            return Ok(self.workspace()?.read_current(name)?);
        }
        let Document { questionnaire, assessment, notices, template, .. } = self.read(name)?;
        Ok(CurrentState { questionnaire, assessment, notices, template })
    }

    /// Returns the state after the first `count` steps of a history.
    ///
    /// # Errors
    ///
    /// Fails when the history doesn't reach back so far.
    pub fn past(document: &Document, count: usize) -> Result<Past, Fault> {
        document.history.past(count).ok_or_else(|| {
            Fault::new(
                Status::Damaged,
                "the history doesn't reach back so far: the beginning of the journal is lost",
                "The present state is whole: leave --at out. A copy of the folder may have the journal.",
            )
        })
    }

    /// Returns the snapshots of an assessment that was read: where `--at` asks for a past state, those up to it.
    #[must_use]
    pub fn snapshots(&self, document: &Document) -> Vec<Snapshot> {
        let at = self.global.at.as_deref().and_then(|at| document.history.point(at).ok());
        snapshots(&document.history, at.unwrap_or(document.history.steps().len()))
    }

    /// Returns who makes a change, when and why, as the journal keeps it.
    #[must_use]
    pub fn meta(&self, because: Option<String>) -> Meta {
        Meta { at: self.now, author: self.author(), because }
    }

    /// Records changes, each with its reason where it has one: all of them or none. Returns the id of the last.
    ///
    /// # Errors
    ///
    /// Fails when a change is refused, and when it could not be made safe: nothing is changed then.
    pub fn record(
        &self,
        desk: &mut Desk,
        changes: &[(Change, Option<String>)],
        because: Option<String>,
    ) -> Result<Option<String>, Fault> {
        let id = desk.record(changes, &self.meta(because))?;
        self.write_save_file(desk);
        Ok(id)
    }

    /// Records something as a step: all of it or nothing. Returns the id of its last change.
    ///
    /// # Errors
    ///
    /// Fails when it is refused, and when it could not be made safe: nothing is changed then.
    pub fn act(&self, desk: &mut Desk, act: &Act) -> Result<Option<String>, Fault> {
        let id = desk.act(act, &self.meta(None))?;
        self.write_save_file(desk);
        Ok(id)
    }

    /// Writes the state for people to read; tells when that fails, and goes on: the journal has everything.
    pub fn write_save_file(&self, desk: &mut Desk) {
        match desk.write_save_file() {
            Ok(None) => {}
            Ok(Some(warning)) => self.tell(format!("ready42: saved, but {warning}")),
            Err(error) => self.tell(format!("ready42: saved, but assessment.toml is behind: {error}")),
        }
    }

    /// Returns the user's settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Returns who makes a change: as the settings have it, else the name of the system's user.
    #[must_use]
    pub fn author(&self) -> String {
        if let Some(author) = &self.settings.author {
            return author.clone();
        }
        std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_default()
    }

    /// Prints a line on standard output, when the command is through.
    pub fn line(&mut self, text: impl AsRef<str>) {
        self.printed.extend_from_slice(text.as_ref().as_bytes());
        self.printed.push(b'\n');
    }

    /// Prints JSON on standard output, when the command is through.
    pub fn json(&mut self, value: &impl serde::Serialize) {
        serde_json::to_writer_pretty(&mut self.printed, value)
            .expect("its keys are texts, and memory takes every byte");
        self.printed.push(b'\n');
    }

    /// Tells something on standard error, unless the user wants quiet.
    pub fn tell(&self, text: impl AsRef<str>) {
        if !self.global.quiet {
            complain(text);
        }
    }

    /// Tells on standard error what the command works with, where the user wants to hear more.
    pub fn tell_surroundings(&self) {
        if !self.global.verbose {
            return;
        }
        let folder = |path: &Path| visible(&path.display().to_string()).into_owned();
        let data = self.workspace().map_or_else(|fault| fault.message, |workspace| folder(workspace.data_folder()));
        let config = self.global.config.clone().or_else(config_folder);
        let config = config.map_or_else(|| "none".to_owned(), |config| folder(&config));
        self.tell(format!("ready42 {}", env!("CARGO_PKG_VERSION")));
        for (what, value) in
            [("data", data), ("config", config), ("today", self.today.to_string()), ("author", self.author())]
        {
            self.tell(format!("  {what:<8}{}", visible(&value)));
        }
    }

    /// Tells on standard error what was noticed while something was opened.
    pub fn tell_notices(&self, notices: &[String]) {
        for notice in notices {
            self.tell(format!("ready42: {}", visible(notice)));
        }
    }

    /// Returns what was printed.
    #[must_use]
    pub fn printed(&self) -> &[u8] {
        &self.printed
    }
}

/// Tells on standard error what went wrong, where the rest goes on: also to who wants quiet.
pub fn complain(text: impl AsRef<str>) {
    // Where standard error is closed, nobody wants to know.
    drop(writeln!(io::stderr(), "{}", text.as_ref()));
}

/// Returns the fault of a place in a history that isn't there.
pub fn no_point(error: &PointError) -> Fault {
    let remedy = match error {
        PointError::Unknown { labels, .. } if !labels.is_empty() => {
            let labels: Vec<String> = labels.iter().map(|label| format!("{:?}", visible(label))).collect();
            format!(
                "Snapshots: {}. A day looks like 2027-03-01; `ready42 log NAME --json` has the ids.",
                labels.join(", ")
            )
        }
        PointError::Unknown { .. } => {
            "A day looks like 2027-03-01; `ready42 log NAME --json` has the ids of changes.".to_owned()
        }
        PointError::TooEarly { .. } => "Name a later day.".to_owned(),
    };
    Fault::not_found(error.to_string(), remedy)
}

impl From<WorkspaceError> for Fault {
    fn from(error: WorkspaceError) -> Self {
        let status = match error.kind {
            Kind::Usage => Status::Usage,
            Kind::NotFound => Status::NotFound,
            Kind::Refused => Status::Refused,
            Kind::InUse => Status::InUse,
            Kind::Damaged => Status::Damaged,
            Kind::NotWritten => Status::NotWritten,
        };
        Self::new(status, error.message, error.remedy)
    }
}
