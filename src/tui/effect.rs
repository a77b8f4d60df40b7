//! What the shell shall do, and how it went.

mod shelf;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::assessment::{Assessment, Depth, Seed};
use crate::domain::history::{Act, History};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::report::{Audience, Names, Snapshot};
use crate::domain::timeline::{Comparison, Forecast, Plan};

pub use shelf::{ShelfOrder, Shelved};

/// Tells which of several running things an outcome belongs to. An outcome whose ticket nobody holds is dropped, so
/// that cancelling is forgetting a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// What the shell shall do.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Read the list of assessments.
    List,
    /// Open the assessment with this key.
    Open {
        /// The key of its [`Entry`].
        key: String,
    },
    /// Make a new assessment and open it.
    Create {
        /// Its name.
        name: String,
        /// How much is walked through.
        depth: Depth,
    },
    /// Open the made-up company, making it where there is none.
    Demo,
    /// Do something to an assessment of the list without opening it.
    Shelve(ShelfOrder),
    /// Read what lies in the archive and in the trash.
    ListShelved,
    /// Read the questionnaire that new assessments answer, for its words.
    Consult,
    /// Close the open assessment: write its readable state, free its lock.
    Close,
    /// Record a step of the open assessment on disk.
    Record {
        /// Counts the steps of the session; a step that isn't stored yet is known by it.
        ticket: Ticket,
        /// What was done, in effect on the screen already.
        act: Act,
    },
    /// Keep what is being typed, in case the program ends.
    Draft {
        /// The field.
        field: String,
        /// What it holds; an empty text is forgotten.
        text: String,
    },
    /// Let the user's own editor work on a text.
    Edit {
        /// The text.
        text: String,
    },
    /// Play a plan through.
    Simulate {
        /// The ticket.
        ticket: Ticket,
        /// The plan.
        plan: Box<Plan>,
        /// The seed of the draws.
        seed: Seed,
        /// The number of trials.
        trials: u32,
        /// The plan that it is compared with, trial by trial, where it is only tried out.
        against: Option<Box<Plan>>,
    },
    /// Write a report.
    Export {
        /// The ticket.
        ticket: Ticket,
        /// What is to be written.
        order: Box<ReportOrder>,
    },
    /// Call the writing of reports off.
    CallOff {
        /// The ticket.
        ticket: Ticket,
    },
    /// Open a file with the program that the computer has for it.
    Show {
        /// The file.
        path: PathBuf,
    },
    /// Put the program to sleep.
    Suspend,
    /// Leave the program.
    Quit,
}

/// How an effect went.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The assessments that there are.
    Listed(Result<Vec<Entry>, String>),
    /// Something was done to an assessment of the list, or why not: it is as it was then.
    Shelved {
        /// What was to be done.
        order: ShelfOrder,
        /// How the assessment is found now.
        result: Result<Shelved, String>,
    },
    /// What lies in the archive and in the trash.
    ShelvedListed(Result<Vec<Shelved>, String>),
    /// An assessment was opened or made.
    Opened(Result<Box<Opened>, String>),
    /// The history of the assessment that is shown was read, or why it can't be: nothing can be recorded then.
    Recalled(Result<Box<Recalled>, String>),
    /// Another program has changed the assessment that is open for reading.
    Followed {
        /// Its answers.
        assessment: Box<Assessment>,
        /// What was done to it.
        history: Box<History>,
    },
    /// Something beside the answers could not be written: the readable state, or its backup.
    Warned(String),
    /// The other program has closed the assessment that is open for reading.
    Freed,
    /// A step is on disk, or is not.
    Recorded {
        /// The ticket of the step; all steps before it are on disk too.
        ticket: Ticket,
        /// The steps that are stored now.
        stored: Vec<StoredStep>,
        /// What went wrong, where something did. The shell goes on trying.
        result: Result<(), String>,
    },
    /// A plan was played through.
    Simulated {
        /// The ticket.
        ticket: Ticket,
        /// What came of it.
        forecast: Box<Forecast>,
        /// What it saves, where it was compared.
        comparison: Option<Comparison>,
    },
    /// A report is being made.
    Exporting {
        /// The ticket.
        ticket: Ticket,
        /// How many are made already.
        done: usize,
        /// The word of the format that is being made.
        format: &'static str,
    },
    /// The questionnaire that new assessments answer was read.
    Consulted(Result<Arc<Questionnaire>, String>),
    /// A file was opened, or why not.
    Shown(Result<(), String>),
    /// The user's own editor has ended.
    Edited(Result<String, String>),
    /// Reports were written.
    Exported {
        /// The ticket.
        ticket: Ticket,
        /// Where they are and what their reader should know, or what went wrong.
        result: Result<WrittenReports, String>,
    },
}

/// Reports that are to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportOrder {
    /// The questionnaire.
    pub questionnaire: Arc<Questionnaire>,
    /// The answers.
    pub assessment: Assessment,
    /// How long the way takes; none where it isn't worked out yet, or can't be.
    pub forecast: Option<Forecast>,
    /// The states that were given a label.
    pub snapshots: Vec<Snapshot>,
    /// The day of the reports.
    pub on: NaiveDate,
    /// The words of the formats.
    pub formats: Vec<&'static str>,
    /// Who they are for.
    pub audience: Audience,
    /// Whether they name people.
    pub names: Names,
    /// The folder; one that begins with `~/` lies in the user's home.
    pub folder: PathBuf,
    /// The folder with their looks; none for ready42's own.
    pub template: Option<PathBuf>,
}

/// Reports that were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrittenReports {
    /// Where.
    pub paths: Vec<PathBuf>,
    /// What their reader should know: a sentence each.
    pub remarks: Vec<String>,
}

/// An assessment that was opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// What the store finds it by.
    pub key: String,
    /// The questionnaire that it answers.
    pub questionnaire: Arc<Questionnaire>,
    /// Its answers.
    pub assessment: Assessment,
    /// What was done to it; none while that is still being read: [`Outcome::Recalled`] brings it.
    pub history: Option<History>,
    /// Why it can't be changed here, where it can't.
    pub read_only: Option<String>,
    /// What was typed and neither taken nor thrown away, by its field.
    pub drafts: BTreeMap<String, String>,
    /// What was repaired or noticed on opening, for the user to read.
    pub notices: Vec<String>,
    /// The folder that exports are written to, unless the user says otherwise.
    pub export_folder: PathBuf,
    /// The folder with the looks of reports, where the assessment has one of its own.
    pub template: Option<PathBuf>,
}

/// What the journal says of an assessment that was shown before it was read.
#[derive(Clone, Debug)]
pub struct Recalled {
    /// What was done to it.
    pub history: History,
    /// Its answers, where they are others than those that were shown.
    pub assessment: Option<Assessment>,
    /// What was repaired or noticed on opening, for the user to read.
    pub notices: Vec<String>,
}

/// A step that is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredStep {
    /// Its ticket.
    pub ticket: Ticket,
    /// The name under which it is stored.
    pub name: String,
    /// The moment that the journal keeps.
    pub at: DateTime<Utc>,
}

/// A line of the list of assessments.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What the store finds it by.
    pub key: String,
    /// The name.
    pub name: String,
    /// The organisation; empty where the profile doesn't say.
    pub organisation: String,
    /// The share of the questions that is answered, 0 to 1; none where it can't be told.
    pub completion: Option<f64>,
    /// The share of the quick scan that is answered, 0 to 1, where that is what is asked.
    pub quick: Option<f64>,
    /// The Stage 2 readiness as claimed, 0 to 1; none where nothing is answered.
    pub readiness: Option<f64>,
    /// When it was last changed, as the user reads it.
    pub changed: String,
    /// What is wrong with it, where something is.
    pub damage: Option<String>,
}
