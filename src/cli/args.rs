//! The command line as `docs/` and `--help` tell it.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::domain::report::Audience;

/// How ready you are for ISO/IEC 42001 certification, and how long the way takes.
///
/// Without a command, the interface opens. It is a self-assessment: only an accredited certification body certifies.
#[derive(Debug, Parser)]
#[command(name = "ready42", version, propagate_version = true, max_term_width = 100)]
pub struct Cli {
    /// What to do; nothing opens the interface.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
}

/// Options of every command.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[derive(Args, Clone, Debug)]
pub struct Global {
    /// Keep assessments in this folder.
    #[arg(long, global = true, value_name = "DIR", env = "READY42_DATA_DIR", hide_env_values = true)]
    pub data_dir: Option<PathBuf>,
    /// Look for questionnaires and settings (config.toml) in this folder.
    #[arg(long, global = true, value_name = "DIR")]
    pub config: Option<PathBuf>,
    /// Read the assessment as it was: at a snapshot's label, a change's id or the end of a day.
    #[arg(long, global = true, value_name = "POINT")]
    pub at: Option<String>,
    /// Print JSON on standard output, and nothing else there.
    #[arg(long, global = true)]
    pub json: bool,
    /// The language of the questions; only English (en) is there.
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<String>,
    /// Use no colour.
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Show the interface in these colours; without, those that fit the terminal.
    #[arg(long, global = true, value_name = "THEME", value_parser = theme)]
    pub theme: Option<crate::shell::look::ThemeName>,
    /// Leave the mouse to the terminal, which then selects text with it.
    #[arg(long, global = true)]
    pub no_mouse: bool,
    /// Say nothing on standard error but errors.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more on standard error: which folders, which day, in whose name.
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// What is merged.
#[derive(Args, Debug)]
pub struct Merge {
    /// The assessment: its name, or a unique beginning of it.
    pub name: String,
    /// The folder of the other copy, the data folder it lies in, or a file that `export --format json` wrote.
    #[arg(value_name = "FILE|DIR")]
    pub copy: PathBuf,
    /// Why; it stands in the log beside the values of a file.
    #[arg(long, value_name = "TEXT")]
    pub because: Option<String>,
}

/// What `doctor` looks at.
#[derive(Args, Debug)]
pub struct Doctor {
    /// Look at this assessment alone; with --repair, edits of its assessment.toml are recorded too.
    pub name: Option<String>,
    /// Put right what can be, and say what was done; nothing is thrown away.
    #[arg(long)]
    pub repair: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the interface on one assessment.
    Open(Named),
    /// Begin an assessment.
    New(New),
    /// Make an assessment with realistic answers, to try everything on.
    Demo {
        /// How to call it.
        #[arg(default_value = "demo")]
        name: String,
    },
    /// List the assessments.
    List,
    /// Show a summary on one page of text.
    Show(Named),
    /// Show the profile, or set fields of it.
    Profile {
        /// The assessment: its name, or a unique beginning of it.
        name: String,
        /// Fields to set, such as headcount=60; all of them or none.
        #[arg(value_name = "KEY=VALUE")]
        fields: Vec<String>,
    },
    /// Ask the questions line by line, without a full screen: for screen readers, dumb terminals, pipes.
    Ask(Ask),
    /// Answer a question, or many at once from a file.
    Answer(Answer),
    /// Exclude a control in the Statement of Applicability, or show what your role usually leaves out.
    Exclude(Exclude),
    /// Include a control again; its answers come back.
    Include {
        /// The assessment: its name, or a unique beginning of it.
        name: String,
        /// The control, such as A.7.3.
        control: String,
    },
    /// Show maturity, readiness, findings and verdict.
    Score {
        /// The assessment: its name, or a unique beginning of it.
        name: String,
        /// Exit with 10 unless the verdict on the claimed levels reaches this stage; for CI.
        #[arg(long, value_enum)]
        gate: Option<Gate>,
    },
    /// Tell how a figure came about: the terms, the weights, the sums.
    Explain {
        /// The assessment: its name, or a unique beginning of it.
        name: String,
        /// A question, a requirement, an area, overall, or timeline.
        id: String,
    },
    /// Estimate the time to a certificate.
    Timeline(Timeline),
    /// Show the Statement of Applicability, or decide something for it.
    Soa(Soa),
    /// Show what other frameworks the work helps with: the EU AI Act, ISO/IEC 27001, NIST AI RMF, buyers' questions.
    Crosswalk {
        /// The assessment: its name, or a unique beginning of it.
        name: String,
        /// One of them in full, by its id, such as eu-ai-act.
        id: Option<String>,
    },
    /// Show the action plan: what to do, in order, with what it gains.
    Plan(Named),
    /// Write reports.
    Export(Export),
    /// Copy the template of reports out, to give them your own looks, or check one.
    #[command(subcommand)]
    Template(Template),
    /// Show what was done, oldest first: when, who, what and why.
    Log(Named),
    /// Give the state of this moment a label, to come back to.
    Snapshot {
        /// The assessment: its name, or a unique beginning of it.
        name: String,
        /// The label; a new one of today where there is none.
        label: Option<String>,
    },
    /// Show what changed between two places in the history: a snapshot's label, a change's id, or a day.
    Diff {
        /// The assessment: its name, or a unique beginning of it.
        name: String,
        /// From where; the last snapshot, or else the beginning.
        from: Option<String>,
        /// To where; now.
        to: Option<String>,
    },
    /// Call an assessment differently.
    Rename {
        /// The assessment: its name, or a unique beginning of it.
        name: String,
        /// Its new name.
        new: String,
    },
    /// Make an assessment that has all that another one has, its history too.
    Copy {
        /// The assessment: its name, or a unique beginning of it.
        name: String,
        /// The name of the copy.
        new: String,
    },
    /// Put an assessment away that is done with; restore brings it back.
    Archive(Named),
    /// Put an assessment into the trash; restore brings it back.
    Delete(Delete),
    /// Bring an assessment back from the trash or the archive; without a name, list what lies there.
    Restore(Restore),
    /// Print what a shell needs to complete commands and options.
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Man,
    /// Take the last step back; again and again, as far as you like.
    Undo(Named),
    /// Make the step again that was taken back last.
    Redo(Named),
    /// List, show, check or make questionnaires.
    #[command(subcommand)]
    Questionnaire(Questionnaire),
    /// Make an assessment of one that was exported as JSON, without loss.
    Import(Import),
    /// Merge a second copy of an assessment: its folder, or a file that was exported as JSON. Nothing is lost.
    Merge(Merge),
    /// Tell where things are, and whether they are whole. Changes nothing without --repair.
    Doctor(Doctor),
}

impl Command {
    /// Returns whether the command shows a past state where `--at` names one.
    #[must_use]
    pub fn can_look_back(&self) -> bool {
        match self {
            Self::Show(_)
            | Self::Score { .. }
            | Self::Explain { .. }
            | Self::Timeline(_)
            | Self::Crosswalk { .. }
            | Self::Plan(_)
            | Self::Export(_) => true,
            Self::Profile { fields, .. } => fields.is_empty(),
            Self::Soa(arguments) => arguments.is_reading(),
            _ => false,
        }
    }
}

/// An assessment by its name.
#[derive(Args, Debug)]
pub struct Named {
    /// The assessment: its name, or a unique beginning of it.
    pub name: String,
}

/// What to delete.
#[derive(Args, Debug)]
pub struct Delete {
    /// The assessment: its name, or a unique beginning of it.
    pub name: String,
    /// Don't ask.
    #[arg(long)]
    pub yes: bool,
}

/// What to bring back.
#[derive(Args, Debug)]
pub struct Restore {
    /// The assessment: its name, or a unique beginning of it.
    pub name: Option<String>,
    /// How to call it from now on, where its name is taken meanwhile.
    #[arg(long = "as", value_name = "NAME", requires = "name")]
    pub as_name: Option<String>,
}

/// How to begin an assessment.
#[derive(Args, Debug)]
pub struct New {
    /// How to call it, in any language.
    pub name: String,
    /// A TOML file with fields of the profile.
    #[arg(long, value_name = "FILE")]
    pub profile: Option<PathBuf>,
    /// The questionnaire: an id, or a folder.
    #[arg(long, value_name = "ID|PATH", default_value = "iso42001")]
    pub questionnaire: String,
    /// Walk through the quick scan first.
    #[arg(long)]
    pub quick: bool,
}

/// What to ask.
#[derive(Args, Debug)]
pub struct Ask {
    /// The assessment: its name, or a unique beginning of it.
    pub name: String,
    /// Ask about this area alone, such as 5 or A.6.
    #[arg(long, value_name = "ID")]
    pub area: Option<String>,
    /// Ask the questions of the quick scan alone.
    #[arg(long)]
    pub quick: bool,
}

/// What to exclude.
#[derive(Args, Debug)]
pub struct Exclude {
    /// The assessment: its name, or a unique beginning of it.
    pub name: String,
    /// The control, such as A.7.3.
    #[arg(required_unless_present_any = ["propose", "accept"])]
    pub control: Option<String>,
    /// The justification; the Statement of Applicability shows it.
    #[arg(long, value_name = "TEXT", required_unless_present_any = ["propose", "accept"])]
    pub because: Option<String>,
    /// Show which controls are usually left out in your role, each with a justification to edit; changes nothing.
    #[arg(long, conflicts_with_all = ["accept", "because", "control"])]
    pub propose: bool,
    /// Exclude with the proposed justification: the named control, or all that --propose shows.
    #[arg(long, conflicts_with = "because")]
    pub accept: bool,
}

/// What to answer.
#[derive(Args, Debug)]
pub struct Answer {
    /// The assessment: its name, or a unique beginning of it.
    pub name: String,
    /// The question, such as 4.3-1.
    #[arg(required_unless_present = "from")]
    pub question: Option<String>,
    /// The level 0 to 5, na for not applicable, or clear to leave the question open again.
    #[arg(required_unless_present = "from", value_parser = level)]
    pub level: Option<LevelWord>,
    /// A note, which replaces the one that is there.
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// An item of evidence, such as "record:Minutes of 3 March"; can be given several times.
    #[arg(long, value_name = "KIND:TEXT")]
    pub evidence: Vec<String>,
    /// Who owns the gap.
    #[arg(long, value_name = "TEXT")]
    pub owner: Option<String>,
    /// By when it is to be closed.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub due: Option<NaiveDate>,
    /// Why it doesn't apply; for a level, the reason that the log keeps.
    #[arg(long, value_name = "TEXT")]
    pub because: Option<String>,
    /// Answer many questions from a file (.toml, .csv, .json) or from standard input (-): all of them or none.
    #[arg(long, value_name = "FILE|-", conflicts_with_all = ["question", "level", "note", "evidence", "owner", "due", "because"])]
    pub from: Option<PathBuf>,
    /// The format of what comes from standard input.
    #[arg(long, value_enum, requires = "from")]
    pub format: Option<AnswersFormat>,
}

/// The level of an answer, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelWord {
    /// A level.
    Level(crate::domain::level::Level),
    /// Not applicable.
    NotApplicable,
    /// Open again.
    Clear,
}

/// The format of a file with answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AnswersFormat {
    /// `[[answer]]` tables.
    Toml,
    /// A table with a header line.
    Csv,
    /// A list of objects.
    Json,
}

/// The audit stage that has to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Gate {
    /// The work for Stage 1 is done.
    #[value(name = "stage1")]
    Stage1,
    /// Ready for Stage 2.
    #[value(name = "stage2")]
    Stage2,
}

/// What to estimate.
#[derive(Args, Debug)]
pub struct Timeline {
    /// The assessment: its name, or a unique beginning of it.
    pub name: String,
    /// How often to play the plan through.
    #[arg(long, default_value_t = crate::domain::timeline::TRIALS, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub trials: u32,
    /// The seed of the draws, instead of the assessment's.
    #[arg(long)]
    pub seed: Option<u64>,
    /// Change a field of the profile for this estimate only; can be given several times.
    #[arg(long, value_name = "KEY=VALUE")]
    pub what_if: Vec<String>,
    /// The day by which the certificate is wanted, instead of the profile's.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub target: Option<NaiveDate>,
}

/// What to decide for the Statement of Applicability; without any of it, the statement is shown.
#[derive(Args, Debug)]
pub struct Soa {
    /// The assessment: its name, or a unique beginning of it.
    pub name: String,
    /// Why a control is included, such as A.5.2=risk,law; the reasons are risk, law, contract and best-practice.
    #[arg(long, value_name = "CONTROL=REASONS")]
    pub set: Vec<String>,
    /// Add a control of your own, or alter it, such as "X.1=Kill switch for each robot"; say why with --because.
    #[arg(long, value_name = "ID=TITLE", requires = "because")]
    pub add_control: Vec<String>,
    /// Why there is a control of your own; for everything else, the reason that the log keeps.
    #[arg(long, value_name = "TEXT")]
    pub because: Option<String>,
    /// How far a control of your own is put into practice: not-implemented, partly-implemented, implemented, open.
    #[arg(long, value_name = "STATUS", requires = "add_control")]
    pub status: Option<String>,
    /// Who owns a control of your own.
    #[arg(long, value_name = "TEXT", requires = "add_control")]
    pub owner: Option<String>,
    /// Take a control of your own out.
    #[arg(long, value_name = "ID")]
    pub remove_control: Vec<String>,
    /// Approve the statement as it stands, in the name of this person.
    #[arg(long, value_name = "NAME")]
    pub approve: Option<String>,
}

impl Soa {
    /// Returns whether nothing is to be decided.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        self.set.is_empty() && self.add_control.is_empty() && self.remove_control.is_empty() && self.approve.is_none()
    }
}

/// What to write.
#[derive(Args, Debug)]
pub struct Export {
    /// The assessment: its name, or a unique beginning of it.
    pub name: String,
    /// The formats, separated by commas; all for each of them.
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', default_value = "md")]
    pub format: Vec<String>,
    /// The folder to write to; it is made where there is none.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub out: PathBuf,
    /// Who reads it, and so what goes in: full, board, auditor, customer or owner.
    #[arg(long, value_name = "WHO", default_value = "full", value_parser = audience)]
    pub audience: Audience,
    /// Use the looks of this folder; `ready42 template new DIR` makes one.
    #[arg(long, value_name = "DIR")]
    pub template: Option<PathBuf>,
    /// Leave out every name, and every text in which one may stand.
    #[arg(long)]
    pub anonymous: bool,
    /// Write over files that are there.
    #[arg(long)]
    pub force: bool,
}

/// What to import.
#[derive(Args, Debug)]
pub struct Import {
    /// The file that `export --format json` wrote.
    pub file: PathBuf,
    /// How to call it; without, as it was called.
    #[arg(long = "as", value_name = "NAME")]
    pub name: Option<String>,
    /// Why; the log keeps it.
    #[arg(long, value_name = "TEXT")]
    pub because: Option<String>,
}

/// What to do with templates of reports.
#[derive(Debug, Subcommand)]
pub enum Template {
    /// Copy the built-in template into a folder, to be edited.
    New {
        /// The folder; it is made where there is none.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Check a template, and tell of every problem at once.
    Check {
        /// The folder.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

/// What to do with questionnaires.
#[derive(Debug, Subcommand)]
pub enum Questionnaire {
    /// List the questionnaires.
    List,
    /// Show a questionnaire with all its questions.
    Show {
        /// Its id, or a folder.
        #[arg(value_name = "ID|PATH")]
        id: String,
    },
    /// Check a questionnaire: tell of every flaw at once, and what could be worded better.
    Check {
        /// A folder, or the id of one that is built in.
        #[arg(value_name = "PATH")]
        path: PathBuf,
    },
    /// Make a questionnaire to begin with, in a new folder.
    New {
        /// The folder to make; its name becomes the id.
        #[arg(value_name = "PATH")]
        path: PathBuf,
    },
    /// Print the JSON Schema of a questionnaire's files, with which an editor completes them.
    Schema,
}

fn level(text: &str) -> Result<LevelWord, String> {
    match text {
        "na" => Ok(LevelWord::NotApplicable),
        "clear" => Ok(LevelWord::Clear),
        _ => text
            .parse()
            .ok()
            .filter(|_| text.len() == 1)
            .and_then(crate::domain::level::Level::new)
            .map(LevelWord::Level)
            .ok_or_else(|| "it is a level from 0 to 5, na or clear".to_owned()),
    }
}

fn audience(text: &str) -> Result<Audience, String> {
    Audience::from_word(text).ok_or_else(|| {
        let known: Vec<&str> = Audience::ALL.into_iter().map(Audience::word).collect();
        format!("it is one of {}", known.join(", "))
    })
}

fn theme(text: &str) -> Result<crate::shell::look::ThemeName, String> {
    use crate::shell::look::ThemeName;

    ThemeName::from_word(text).ok_or_else(|| format!("it is one of {}", ThemeName::ALL.map(ThemeName::word).join(", ")))
}

fn date(text: &str) -> Result<NaiveDate, String> {
    crate::domain::profile::date(text).ok_or_else(|| "a date looks like 2027-03-01, from 1970 to 2199".to_owned())
}
