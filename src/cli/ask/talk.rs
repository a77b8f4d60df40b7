//! The conversation: where it is, what it says, and what it saves.

use chrono::NaiveDate;

use crate::cli::ask::command::{Command, HELP};
use crate::cli::fault::Fault;
use crate::domain::assessment::{Answer, Evidence, Response};
use crate::domain::change::Change;
use crate::domain::flow::progress;
use crate::domain::history::Act;
use crate::domain::id::QuestionId;
use crate::domain::level::Level;
use crate::domain::questionnaire::{EvidenceKind, Item};
use crate::domain::report::SELF_ASSESSMENT;
use crate::domain::scoring::{Range, score};
use crate::domain::text::visible;
use crate::shell::clock;
use crate::shell::workspace::{Desk, Kind};
use crate::storage::Meta;

/// A conversation about the questions of an assessment.
pub struct Talk {
    desk: Desk,
    questions: Vec<QuestionId>,
    at: usize,
    /// What the next line is, where it is no command.
    waiting: Option<Blank>,
    author: String,
    today: NaiveDate,
}

/// What the next line fills in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Blank {
    Reason,
    Note,
    Evidence,
}

/// What is said in turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// This, and then a line is awaited.
    Say(String),
    /// This, and then the question.
    Ask(String),
    /// Goodbye.
    Leave,
}

impl Talk {
    /// Returns the conversation at the first open question.
    #[must_use]
    pub fn new(desk: Desk, questions: Vec<QuestionId>, author: String, today: NaiveDate) -> Self {
        let at = questions.iter().position(|id| desk.assessment().answer(id).is_none()).unwrap_or(0);
        Self { desk, questions, at, waiting: None, author, today }
    }

    /// Returns the assessment, when nothing more is said.
    #[must_use]
    pub fn into_desk(self) -> Desk {
        self.desk
    }

    /// Returns whether the next line is a text, and no command.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// Returns what stands before the place where one types.
    #[must_use]
    pub fn prompt(&self) -> &'static str {
        match self.waiting {
            None => "Your answer, 0 to 5, or ? for help:",
            Some(Blank::Reason) => "Why does it not apply? An empty line goes back:",
            Some(Blank::Note) => "The note. An empty line goes back:",
            Some(Blank::Evidence) => "The evidence, as document:TEXT, record:TEXT or measurement:TEXT:",
        }
    }

    /// Returns what is said in the beginning.
    #[must_use]
    pub fn greeting(&self) -> String {
        let so_far = progress(self.desk.questionnaire(), self.desk.assessment());
        format!(
            "{}. {} of {} questions are answered.\nEach answer is saved before it is called so. Type ? for help, q to leave.\n",
            visible(self.desk.assessment().name()),
            so_far.answered,
            so_far.asked
        )
    }

    /// Returns what is said in the end.
    #[must_use]
    pub fn farewell(&self) -> String {
        let card = score(self.desk.questionnaire(), self.desk.assessment(), self.today);
        let told = |range: &Range| {
            let covered = format!("{} of {} questions answered", range.answered.answered, range.answered.asked);
            match range.middle.filter(|_| range.answered.answered > 0 && !card.is_early()) {
                Some(middle) => format!("{:.0} %, {covered}", middle * 100.0),
                None => format!("no figure yet, {covered}"),
            }
        };
        format!(
            "Stage 1 readiness: {}.\nStage 2 readiness: {}.\nEverything is saved. {SELF_ASSESSMENT}",
            told(&card.overall.stage1.claimed),
            told(&card.overall.stage2.claimed)
        )
    }

    /// Returns the question with its levels, and what was recorded for it.
    #[must_use]
    pub fn question(&self) -> String {
        let Some(item) = self.item() else { return String::new() };
        let mut told = vec![
            format!("Question {} of {}: {}", self.at + 1, self.questions.len(), item.question.id),
            visible(&format!(
                "Area {}, {}. Requirement {}, {}.",
                item.area.id, item.area.title, item.requirement.id, item.requirement.title
            ))
            .into_owned(),
            visible(&item.question.ask).into_owned(),
        ];
        told.extend(
            Level::ALL.map(|level| format!("  {}: {}", level.number(), visible(item.question.level_text(level)))),
        );
        if let Some(response) = self.desk.assessment().response(&item.question.id) {
            told.extend(recorded(response));
        }
        told.join("\n")
    }

    fn item(&self) -> Option<Item<'_>> {
        self.questions.get(self.at).and_then(|id| self.desk.questionnaire().item(id))
    }

    fn here(&self) -> QuestionId {
        // There is at least one question, and `at` is one of them.
        self.questions.get(self.at).cloned().unwrap_or_else(|| QuestionId::from(""))
    }

    /// Takes a command.
    ///
    /// # Errors
    ///
    /// Fails when something could not be saved: nothing that is said afterwards would be safe.
    pub fn take(&mut self, command: &Command) -> Result<Turn, Fault> {
        match command {
            Command::Answer(level) => self.answer(Answer::Level(*level), &format!("Saved: {level}.")),
            Command::NotApplicable(because) => self.with(Blank::Reason, because),
            Command::Note(note) => self.with(Blank::Note, note),
            Command::Evidence(evidence) => self.with(Blank::Evidence, evidence),
            Command::Clear => {
                let change = Change::answer(self.desk.assessment(), &self.here(), None);
                self.record(change, "Saved: open again.").map(told)
            }
            Command::Skip => Ok(self.go_on("Left as it is.")),
            Command::Back if self.at == 0 => Ok(Turn::Say("This is the first question.".to_owned())),
            Command::Back => {
                self.at -= 1;
                Ok(Turn::Ask(String::new()))
            }
            Command::Open => Ok(self.next_open()),
            Command::Go(id) => Ok(self.go(id)),
            Command::Undo => self.undo(),
            Command::Help => Ok(Turn::Say(self.help())),
            Command::Again => Ok(Turn::Ask(String::new())),
            Command::Quit => Ok(Turn::Leave),
            Command::Unknown(line) => Ok(Turn::Say(format!(
                "“{}” says nothing to me, and nothing was changed. Type ? for help.",
                visible(line)
            ))),
        }
    }

    /// Takes the line that fills in what was asked for.
    ///
    /// # Errors
    ///
    /// As [`Talk::take`].
    pub fn fill_in(&mut self, line: &str) -> Result<Turn, Fault> {
        match self.waiting.take() {
            Some(_) if line.is_empty() => Ok(Turn::Say("Nothing was changed.".to_owned())),
            Some(blank) => self.with(blank, line),
            None => Ok(Turn::Ask(String::new())),
        }
    }

    /// Records a text; an empty one is asked for.
    fn with(&mut self, blank: Blank, text: &str) -> Result<Turn, Fault> {
        if text.is_empty() {
            self.waiting = Some(blank);
            return Ok(Turn::Say(String::new()));
        }
        let here = self.here();
        match blank {
            Blank::Reason => {
                self.answer(Answer::NotApplicable { because: text.to_owned() }, "Saved: it does not apply.")
            }
            Blank::Note => {
                let change = Change::note(self.desk.assessment(), &here, text.to_owned());
                self.record(change, "Saved: the note.").map(told)
            }
            Blank::Evidence => match evidence(text) {
                Some(evidence) => {
                    self.record(Change::EvidenceAdded { question: here, evidence }, "Saved: the evidence.").map(told)
                }
                None => Ok(Turn::Say(
                    "Nothing was changed. Say what kind it is: document:TEXT, record:TEXT or measurement:TEXT."
                        .to_owned(),
                )),
            },
        }
    }

    fn answer(&mut self, answer: Answer, told: &str) -> Result<Turn, Fault> {
        let change = Change::answer(self.desk.assessment(), &self.here(), Some(answer));
        Ok(match self.record(change, told)? {
            Ok(told) => self.go_on(&told),
            Err(refused) => Turn::Say(refused),
        })
    }

    /// Saves a change, and only then says so. What is there already needs no step. Returns what to say, as an error where
    /// it was refused.
    fn record(&mut self, change: Change, told: &str) -> Result<Result<String, String>, Fault> {
        if change.is_idle(self.desk.assessment()) {
            return Ok(Ok(told.to_owned()));
        }
        self.act(&Act::Change(vec![(change, None)]), told)
    }

    fn act(&mut self, act: &Act, told: &str) -> Result<Result<String, String>, Fault> {
        let meta = Meta { at: clock::now(), author: self.author.clone(), because: None };
        match self.desk.act(act, &meta) {
            Ok(_) => Ok(Ok(told.to_owned())),
            Err(error) if error.kind == Kind::Refused => {
                Ok(Err(format!("Nothing was changed: {}. {}", error.message, error.remedy)))
            }
            Err(error) => {
                let fault = Fault::from(error);
                Err(Fault { message: format!("NOT SAVED, {}: {}", act.subject(), fault.message), ..fault })
            }
        }
    }

    /// Takes the last step back that wasn't taken back yet, also one of an earlier session.
    fn undo(&mut self) -> Result<Turn, Fault> {
        let Some(turn) = self.desk.history().undo(self.desk.assessment()) else {
            return Ok(Turn::Say("There is nothing to take back.".to_owned()));
        };
        // A name may have been given to another one meanwhile; that command looks.
        if turn.made.iter().any(|change| matches!(change, Change::Rename(_))) {
            let told =
                "Nothing was changed. The last step gave the assessment its name: `ready42 undo NAME` takes it back.";
            return Ok(Turn::Say(told.to_owned()));
        }
        let saved = format!("Saved: {} is taken back.", turn.subject());
        self.act(&Act::Undo(turn), &saved).map(told)
    }

    fn go_on(&mut self, told: &str) -> Turn {
        if self.at + 1 < self.questions.len() {
            self.at += 1;
            return Turn::Ask(format!("{told}\n"));
        }
        let open = self.questions.iter().filter(|id| self.desk.assessment().answer(id).is_none()).count();
        let next = if open == 0 {
            "All are answered: q leaves.".to_owned()
        } else {
            format!("{open} are open: n leads there.")
        };
        Turn::Say(format!("{told} That was the last question. {next}"))
    }

    fn next_open(&mut self) -> Turn {
        let is_open =
            |at: &usize| self.questions.get(*at).is_some_and(|id| self.desk.assessment().answer(id).is_none());
        let after = (self.at + 1..self.questions.len()).chain(0..self.at).find(is_open);
        match after {
            Some(at) => {
                self.at = at;
                Turn::Ask(String::new())
            }
            None => Turn::Say("No other question is open.".to_owned()),
        }
    }

    fn go(&mut self, id: &str) -> Turn {
        match self.questions.iter().position(|known| known.as_str().eq_ignore_ascii_case(id)) {
            Some(at) => {
                self.at = at;
                Turn::Ask(String::new())
            }
            None => Turn::Say(format!("The question {} is not among those that are asked here.", visible(id))),
        }
    }

    fn help(&self) -> String {
        let Some(item) = self.item() else { return HELP.to_owned() };
        let question = item.question;
        let mut told = vec![];
        if !question.why.is_empty() {
            told.push(format!("Why it matters: {}", visible(&question.why)));
        }
        for hint in &question.evidence {
            told.push(format!("Evidence to show, {}: {}", hint.kind.word(), visible(&hint.what)));
        }
        if !question.pitfall.is_empty() {
            told.push(format!("Pitfall: {}", visible(&question.pitfall)));
        }
        told.push(HELP.to_owned());
        told.join("\n")
    }
}

/// Says what was saved, or why not.
fn told(saved: Result<String, String>) -> Turn {
    Turn::Say(saved.unwrap_or_else(|refused| refused))
}

fn recorded(response: &Response) -> Vec<String> {
    let mut told = vec![];
    match &response.answer {
        Some(Answer::Level(level)) => told.push(format!("Answered so far: {level}.")),
        Some(Answer::NotApplicable { because }) => {
            told.push(format!("Answered so far: it does not apply, because {}", visible(because)));
        }
        None => {}
    }
    if !response.note.is_empty() {
        told.push(format!("Note: {}", visible(&response.note)));
    }
    for item in &response.evidence {
        told.push(format!("Evidence, {}: {}", item.kind.word(), visible(&item.what)));
    }
    told
}

fn evidence(text: &str) -> Option<Evidence> {
    let (kind, what) = text.split_once(':')?;
    let kind = EvidenceKind::from_word(kind.trim().to_lowercase().as_str())?;
    let what = what.trim().to_owned();
    (!what.is_empty()).then_some(Evidence { kind, what, date: None, valid_until: None })
}
