//! The assessment that is open, and what is known about it.

mod derived;
mod drafts;
mod outlook;
mod past;
mod recall;
mod recording;
mod reports;
mod supposed;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::assessment::{Answer, Assessment};
use crate::domain::change::{Change, Edit};
use crate::domain::flow::{Progress, progress_by_requirement};
use crate::domain::history::{History, Made};
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::report::words;
use crate::domain::scoring::{Scorecard, score};
use crate::tui::effect::Opened;
use crate::tui::overlay;
use crate::tui::session::derived::{Derived, Revisions};
use crate::tui::session::outlook::Outlook;
use crate::tui::session::recall::Recall;

pub use derived::{Gaps, Statement, is_excluded};
pub use reports::{Exporting, Wanted};
pub use supposed::{FIRST_TRIALS, Supposition};

/// The assessment that is open.
#[derive(Clone, Debug)]
pub struct Session {
    /// What the store finds the assessment by.
    key: String,
    questionnaire: Arc<Questionnaire>,
    assessment: Assessment,
    today: NaiveDate,
    /// The name under which changes are recorded.
    user: String,
    /// Derived from questionnaire and answers after every change, in `refresh` alone.
    scorecard: Scorecard,
    /// Derived as well: how far one is in each requirement. The screen with the questions shows it at each key.
    flow: Vec<Progress>,
    /// The sum of those.
    progress: Progress,
    /// Derived as well, when a screen asks.
    derived: Derived,
    revisions: Revisions,
    outlook: Outlook,
    simulations: u64,
    supposition: Supposition,
    read_only: Option<String>,
    /// Whether it is read only because another program had it open, and that one has closed it.
    is_freed: bool,
    export_folder: PathBuf,
    template: Option<PathBuf>,
    exports: u64,
    exporting: Option<Exporting>,
    written: Vec<PathBuf>,
    tickets: u64,
    on_disk: u64,
    failure: Option<String>,
    /// What was done to it; while the journal is being read, what was done since alone.
    history: History,
    recall: Recall,
    drafts: BTreeMap<String, String>,
    /// The fields whose drafts the shell doesn't know yet.
    unkept: BTreeSet<String>,
    place: Option<QuestionId>,
    /// The number of steps up to the past state that this is, and how it is called.
    past: Option<(usize, String)>,
}

/// Whether what the user did is on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveState<'a> {
    /// Everything is.
    Saved,
    /// Some changes are on their way.
    Saving,
    /// Writing failed; it is tried again.
    NotSaved(&'a str),
    /// Nothing can be changed here.
    ReadOnly(&'a str),
}

impl Session {
    /// Returns the session of an assessment that was opened.
    #[must_use]
    pub fn new(opened: Opened, today: NaiveDate, user: &str) -> Self {
        let scorecard = score(&opened.questionnaire, &opened.assessment, today);
        let flow = progress_by_requirement(&opened.questionnaire, &opened.assessment);
        Self {
            key: opened.key,
            questionnaire: opened.questionnaire,
            assessment: opened.assessment,
            today,
            user: user.to_owned(),
            scorecard,
            progress: flow.iter().copied().sum(),
            flow,
            derived: Derived::default(),
            revisions: Revisions::default(),
            outlook: Outlook::default(),
            simulations: 0,
            supposition: Supposition::default(),
            read_only: opened.read_only,
            is_freed: false,
            export_folder: opened.export_folder,
            template: opened.template,
            exports: 0,
            exporting: None,
            written: vec![],
            tickets: 0,
            on_disk: 0,
            failure: None,
            recall: if opened.history.is_some() { Recall::Done } else { Recall::Reading(vec![]) },
            history: opened.history.unwrap_or_default(),
            drafts: opened.drafts,
            unkept: BTreeSet::new(),
            place: None,
            past: None,
        }
    }

    /// Returns the questionnaire.
    #[must_use]
    pub fn questionnaire(&self) -> &Questionnaire {
        &self.questionnaire
    }

    /// Returns the answers.
    #[must_use]
    pub fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    /// Returns what the answers say today.
    #[must_use]
    pub fn scorecard(&self) -> &Scorecard {
        &self.scorecard
    }

    /// Returns how far the walk through the questions is, in each requirement, in the order of the questionnaire.
    #[must_use]
    pub fn flow(&self) -> &[Progress] {
        &self.flow
    }

    /// Returns what the store finds the assessment by.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns today's date.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// Takes over that it is another day: evidence lapses, dates are due, and what is done from here on is of this day.
    pub fn begin_day(&mut self, today: NaiveDate) {
        if self.past().is_none() {
            self.today = today;
            self.refresh(true);
        }
    }

    /// Returns whether what the user did is on disk.
    #[must_use]
    pub fn save_state(&self) -> SaveState<'_> {
        match (&self.read_only, &self.failure) {
            // What was done before it turned out that nothing can be recorded.
            (Some(_), Some(why)) if self.on_disk < self.tickets => SaveState::NotSaved(why),
            (Some(why), _) => SaveState::ReadOnly(why),
            (None, Some(why)) => SaveState::NotSaved(why),
            (None, None) if self.on_disk < self.tickets => SaveState::Saving,
            (None, None) => SaveState::Saved,
        }
    }

    /// Returns what was done last since the assessment was opened; none before anything was done.
    #[must_use]
    pub fn last_deed(&self) -> Option<Deed> {
        let last = self.history.steps().last().filter(|_| self.tickets > 0)?;
        // It stands there after each key of a workshop: as short as can be.
        let told = match last.changes.as_slice() {
            [
                Made {
                    change: Change::Answer { question, edit: Edit { new: Some(Answer::Level(level)), .. } }, ..
                },
            ] => {
                format!("{question}: {level}")
            }
            _ => last.told(),
        };
        let subject = match last.changes.as_slice() {
            [Made { change, .. }] => overlay::told(change),
            changes => words::count(changes.len(), "change"),
        };
        Some(Deed { told, subject })
    }

    /// Returns what was done to the assessment, oldest first.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Returns whether it is read only and nobody else has it open any more.
    #[must_use]
    pub fn is_freed(&self) -> bool {
        self.is_freed
    }

    /// Goes on reading now that nobody else has it open; returns whether it does.
    pub fn keep_reading(&mut self, why: &str) -> bool {
        let reads = self.read_only.is_some();
        if reads {
            self.read_only = Some(why.to_owned());
            self.is_freed = true;
        }
        reads
    }

    /// Returns the question that was looked at last, so that other screens lead back to it.
    #[must_use]
    pub fn place(&self) -> Option<&QuestionId> {
        self.place.as_ref()
    }

    /// Remembers the question that is looked at.
    pub fn stand_at(&mut self, question: &QuestionId) {
        self.place = Some(question.clone());
    }

    /// Works out anew what is derived from the answers.
    fn refresh(&mut self, moves_figures: bool) {
        self.revisions.all += 1;
        if moves_figures {
            self.revisions.figures += 1;
            self.outlook.fall_behind();
        }
        self.scorecard = score(&self.questionnaire, &self.assessment, self.today);
        self.flow = progress_by_requirement(&self.questionnaire, &self.assessment);
        self.progress = self.flow.iter().copied().sum();
    }
}

/// What was done last, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// A sentence, without its end.
    pub told: String,
    /// What it is about, where there is room for little.
    pub subject: String,
}

/// Returns a message fragment as a sentence.
pub(super) fn sentence(fragment: &str) -> String {
    let mut letters = fragment.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}
