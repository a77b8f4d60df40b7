//! Reports of the assessment that is open: what is wanted, how far they are, and where they were written.

use std::path::{Path, PathBuf};

use crate::domain::report::{Audience, Names, snapshots};
use crate::tui::effect::{Effect, ReportOrder, Ticket, WrittenReports};
use crate::tui::session::Session;

/// What is wanted of reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The words of the formats.
    pub formats: Vec<&'static str>,
    /// Who they are for.
    pub audience: Audience,
    /// Whether they name people.
    pub names: Names,
    /// The number of steps up to the past state that they tell of; none for what the session shows.
    pub of: Option<usize>,
}

/// How far reports are that are being made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exporting {
    /// How many are made.
    pub done: usize,
    /// How many were asked for.
    pub of: usize,
    /// The word of the format that is being made; none before the first.
    pub format: Option<&'static str>,
}

impl Session {
    /// Asks for reports.
    ///
    /// # Errors
    ///
    /// Returns why they can't be made now: others are on their way, the history isn't known yet, or it doesn't
    /// reach back so far.
    pub fn begin_export(&mut self, wanted: Wanted) -> Result<Effect, String> {
        if self.exporting.is_some() {
            return Err("Reports are being written; wait for them, or call them off with Esc.".to_owned());
        }
        // The snapshots are part of them.
        self.check_history()?;
        let Wanted { formats, audience, names, of } = wanted;
        let (assessment, forecast, on) = match of {
            // One that is still being worked out is not waited for: the shell works it out with the reports.
            None => (self.assessment.clone(), self.outlook.current().cloned(), self.today),
            Some(count) => {
                let past = self.history.past(count).ok_or("The history doesn't reach back so far.")?;
                (past.state, None, past.day)
            }
        };
        let steps = of.unwrap_or(self.history.steps().len());
        let snapshots = snapshots(&self.history, steps);
        self.exports += 1;
        self.exporting = Some(Exporting { of: formats.len(), ..Exporting::default() });
        let order = ReportOrder {
            questionnaire: self.questionnaire.clone(),
            assessment,
            forecast,
            snapshots,
            on,
            formats,
            audience,
            names,
            folder: self.export_folder.clone(),
            template: self.template.clone(),
        };
        Ok(Effect::Export { ticket: Ticket(self.exports), order: Box::new(order) })
    }

    /// Calls the reports off that are being made. What still comes of them is dropped.
    pub fn call_export_off(&mut self) -> Option<Effect> {
        self.exporting.take().map(|_| Effect::CallOff { ticket: Ticket(self.exports) })
    }

    /// Takes note of how far the reports are.
    pub fn is_exporting_now(&mut self, ticket: Ticket, done: usize, format: &'static str) {
        if let Some(exporting) = self.exporting.as_mut().filter(|_| ticket == Ticket(self.exports)) {
            (exporting.done, exporting.format) = (done, Some(format));
        }
    }

    /// Takes note of reports that were written, or were not; returns whether anybody waits for them.
    pub fn exported(&mut self, ticket: Ticket, result: &Result<WrittenReports, String>) -> bool {
        let is_awaited = self.exporting.is_some() && ticket == Ticket(self.exports);
        if is_awaited {
            self.exporting = None;
            self.written.extend(result.iter().flat_map(|written| written.paths.iter().cloned()));
        }
        is_awaited
    }

    /// Returns how far the reports are that are being made, where some are.
    #[must_use]
    pub fn exporting(&self) -> Option<Exporting> {
        self.exporting
    }

    /// Returns the reports that were written in this session, oldest first.
    #[must_use]
    pub fn written(&self) -> &[PathBuf] {
        &self.written
    }

    /// Returns the folder that reports are written to.
    #[must_use]
    pub fn export_folder(&self) -> &Path {
        &self.export_folder
    }

    /// Writes reports to another folder from now on.
    pub fn export_to(&mut self, folder: PathBuf) {
        self.export_folder = folder;
    }

    /// Returns the folder with the looks of reports; none for ready42's own.
    #[must_use]
    pub fn template(&self) -> Option<&Path> {
        self.template.as_deref()
    }

    /// Gives reports other looks from now on; none for ready42's own.
    pub fn look_as(&mut self, template: Option<PathBuf>) {
        self.template = template;
    }
}
