//! What every command has at hand: its options, the clock, the workspace, and where it prints.

use std::io::{self, Write};

use chrono::{DateTime, Local, NaiveDate, Utc};

use crate::cli::args::Global;
use crate::cli::fault::{Fault, Status};
use crate::domain::change::Change;
use crate::domain::text::visible;
use crate::shell::workspace::{Desk, Kind, Workspace, WorkspaceError};
use crate::storage::Meta;

/// What every command has at hand.
#[derive(Debug)]
pub struct Context {
    /// Options of every command.
    pub global: Global,
    /// The moment at which the command began.
    pub now: DateTime<Utc>,
    /// The day of the report: that of `SOURCE_DATE_EPOCH` where it is set, else today.
    pub today: NaiveDate,
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
        Ok(Self { global, now, today, printed: vec![] })
    }

    /// Returns the workspace that the options name.
    ///
    /// # Errors
    ///
    /// Returns why there is none, such as a home directory that can't be found.
    pub fn workspace(&self) -> Result<Workspace, Fault> {
        Ok(Workspace::new(self.global.data_dir.clone(), self.global.config.clone())?)
    }

    /// Returns who makes a change, when and why, as the journal keeps it.
    #[must_use]
    pub fn meta(&self, because: Option<String>) -> Meta {
        Meta { at: self.now, author: Self::author(), because }
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
        if let Err(error) = desk.write_save_file() {
            self.tell(format!("ready42: saved, but assessment.toml is behind: {error}"));
        }
        Ok(id)
    }

    /// Returns who makes a change.
    #[must_use]
    pub fn author() -> String {
        std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_default()
    }

    /// Prints a line on standard output, when the command is through.
    pub fn line(&mut self, text: impl AsRef<str>) {
        self.printed.extend_from_slice(text.as_ref().as_bytes());
        self.printed.push(b'\n');
    }

    /// Prints JSON on standard output, when the command is through.
    pub fn json(&mut self, value: &serde_json::Value) {
        self.line(format!("{value:#}"));
    }

    /// Tells something on standard error, unless the user wants quiet.
    pub fn tell(&self, text: impl AsRef<str>) {
        if !self.global.quiet {
            // Where standard error is closed, nobody wants to know.
            drop(writeln!(io::stderr(), "{}", text.as_ref()));
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
