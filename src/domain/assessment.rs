//! The answers of one organisation. They change through [`Change`] alone; what was saved is taken over as a whole.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::change::{Change, Edit};
use crate::domain::conflict::{Conflict, Settlement};
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::level::Level;
use crate::domain::profile::Profile;
use crate::domain::questionnaire::EvidenceKind;
use crate::domain::statement::{Approval, InclusionReason, OwnControl};

/// The answers of one organisation to one questionnaire.
///
/// Answers to questions that the questionnaire doesn't know (any more) are kept: nothing that was answered is dropped.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    name: String,
    questionnaire: QuestionnaireRef,
    depth: Depth,
    seed: Seed,
    profile: Profile,
    responses: BTreeMap<QuestionId, Response>,
    exclusions: BTreeMap<RequirementId, String>,
    inclusions: BTreeMap<RequirementId, BTreeSet<InclusionReason>>,
    own_controls: BTreeMap<RequirementId, OwnControl>,
    approval: Option<Approval>,
    /// Derived from the history when it is read; a change of the field ends it.
    conflicts: Vec<Conflict>,
}

/// The questionnaire that an assessment answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionnaireRef {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
}

/// How much of the questionnaire is walked through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// Every question.
    #[default]
    Full,
    /// The quick scan first. What it leaves out stays open, and widens the range of every figure.
    Quick,
}

/// What makes the timeline's draws repeatable. Shown and changeable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed(pub u64);

/// What was recorded for one question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Response {
    /// The answer; open where there is none.
    pub answer: Option<Answer>,
    /// What was said, in one's own words.
    pub note: String,
    /// What can be put on the table.
    pub evidence: Vec<Evidence>,
    /// Who owns the gap; empty for nobody.
    pub owner: String,
    /// By when it is to be closed.
    pub due: Option<NaiveDate>,
    /// When the answer was last confirmed.
    pub reviewed: Option<NaiveDate>,
    /// Whether somebody wants to come back to it.
    pub marked: bool,
}

/// An answer that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The level that was chosen: what is claimed.
    Level(Level),
    /// The question doesn't apply, for this reason. Never the same as open, nor as implemented.
    NotApplicable {
        /// The justification; never empty.
        because: String,
    },
}

/// An item of evidence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// What kind of thing it is; it decides up to which level it carries.
    pub kind: EvidenceKind,
    /// What it is, and where it is to be found.
    pub what: String,
    /// The day it is of.
    pub date: Option<NaiveDate>,
    /// The last day on which it still shows something.
    pub valid_until: Option<NaiveDate>,
}

impl Assessment {
    /// Returns an assessment in which nothing is answered yet.
    #[must_use]
    pub fn new(name: impl Into<String>, questionnaire: QuestionnaireRef, depth: Depth, seed: Seed) -> Self {
        Self {
            name: name.into(),
            questionnaire,
            depth,
            seed,
            profile: Profile::default(),
            responses: BTreeMap::new(),
            exclusions: BTreeMap::new(),
            inclusions: BTreeMap::new(),
            own_controls: BTreeMap::new(),
            approval: None,
            conflicts: vec![],
        }
    }

    /// Returns the name that its user gave it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns which questionnaire it answers.
    #[must_use]
    pub fn questionnaire(&self) -> &QuestionnaireRef {
        &self.questionnaire
    }

    /// Returns how much of the questionnaire is walked through.
    #[must_use]
    pub fn depth(&self) -> Depth {
        self.depth
    }

    /// Returns the seed of the timeline's draws.
    #[must_use]
    pub fn seed(&self) -> Seed {
        self.seed
    }

    /// Returns the organisation.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Returns what was recorded for a question, where anything was.
    #[must_use]
    pub fn response(&self, question: &QuestionId) -> Option<&Response> {
        self.responses.get(question)
    }

    /// Returns everything that was recorded, sorted by question id; also for questions that are unknown.
    pub fn responses(&self) -> impl ExactSizeIterator<Item = (&QuestionId, &Response)> {
        self.responses.iter()
    }

    /// Returns the answer to a question; none where it is open.
    #[must_use]
    pub fn answer(&self, question: &QuestionId) -> Option<&Answer> {
        self.response(question)?.answer.as_ref()
    }

    /// Returns why a control is excluded, where it is.
    #[must_use]
    pub fn exclusion(&self, requirement: &RequirementId) -> Option<&str> {
        self.exclusions.get(requirement).map(String::as_str)
    }

    /// Returns all excluded controls with their justification, sorted by id.
    pub fn exclusions(&self) -> impl ExactSizeIterator<Item = (&RequirementId, &str)> {
        self.exclusions.iter().map(|(id, because)| (id, because.as_str()))
    }

    /// Returns why a control is included, in the order of [`InclusionReason`]; none where nobody said.
    pub fn inclusion(&self, control: &RequirementId) -> impl Iterator<Item = InclusionReason> + '_ {
        self.inclusions.get(control).into_iter().flatten().copied()
    }

    /// Returns the controls for which a reason was given, with the reasons, sorted by id.
    pub fn inclusions(&self) -> impl ExactSizeIterator<Item = (&RequirementId, &BTreeSet<InclusionReason>)> {
        self.inclusions.iter()
    }

    /// Returns the controls that the organisation added, sorted by id.
    pub fn own_controls(&self) -> impl ExactSizeIterator<Item = (&RequirementId, &OwnControl)> {
        self.own_controls.iter()
    }

    /// Returns the last approval of the Statement of Applicability, where there is one.
    #[must_use]
    pub fn approval(&self) -> Option<&Approval> {
        self.approval.as_ref()
    }

    /// Returns the values that two copies set differently and that nobody has decided on yet.
    #[must_use]
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// Returns the open conflict about the answer to a question, or about what goes with it; none where all agree.
    #[must_use]
    pub fn conflict(&self, question: &QuestionId) -> Option<&Conflict> {
        self.conflicts.iter().find(|conflict| conflict.question() == Some(question))
    }

    /// Takes over what values that were set side by side come to, each with its conflict where somebody has to decide.
    pub fn settle(&mut self, settlements: Vec<Settlement>) {
        for Settlement { change, conflict, .. } in settlements {
            self.apply(&change);
            self.conflicts.extend(conflict);
        }
    }

    /// Returns whether both hold the same values, whatever was in conflict on the way.
    #[must_use]
    pub fn has_values_of(&self, other: &Self) -> bool {
        if self.conflicts.is_empty() && other.conflicts.is_empty() {
            return self == other;
        }
        let bare = |one: &Self| Self { conflicts: vec![], ..one.clone() };
        bare(self) == bare(other)
    }

    /// Applies a change that was accepted. Applying a change that is in effect already alters nothing.
    pub fn apply(&mut self, change: &Change) {
        if !self.conflicts.is_empty() {
            // Whoever changes a field has decided.
            let field = change.field();
            self.conflicts.retain(|conflict| conflict.field != field);
        }
        match change {
            Change::Rename(Edit { new, .. }) => self.name.clone_from(new),
            Change::Depth(Edit { new, .. }) => self.depth = *new,
            Change::Seed(Edit { new, .. }) => self.seed = *new,
            // A value that this version doesn't take leaves the field as it is: the journal keeps it.
            Change::Profile { key, edit } => drop(self.profile.set(*key, &edit.new)),
            Change::Answer { question, edit } => self.respond(question, |r| r.answer.clone_from(&edit.new)),
            Change::Note { question, edit } => self.respond(question, |r| r.note.clone_from(&edit.new)),
            Change::Owner { question, edit } => self.respond(question, |r| r.owner.clone_from(&edit.new)),
            Change::Due { question, edit } => self.respond(question, |r| r.due = edit.new),
            Change::Reviewed { question, edit } => self.respond(question, |r| r.reviewed = edit.new),
            Change::Marked { question, edit } => self.respond(question, |r| r.marked = edit.new),
            Change::EvidenceAdded { question, evidence } => self.respond(question, |r| {
                if !r.evidence.contains(evidence) {
                    r.evidence.push(evidence.clone());
                }
            }),
            Change::EvidenceRemoved { question, evidence } => {
                self.respond(question, |r| r.evidence.retain(|item| item != evidence));
            }
            Change::Exclusion { requirement, edit } => match &edit.new {
                Some(because) => drop(self.exclusions.insert(requirement.clone(), because.clone())),
                None => drop(self.exclusions.remove(requirement)),
            },
            Change::Inclusion { requirement, edit } if edit.new.is_empty() => {
                drop(self.inclusions.remove(requirement));
            }
            Change::Inclusion { requirement, edit } => {
                drop(self.inclusions.insert(requirement.clone(), edit.new.clone()));
            }
            Change::OwnControl { control, edit } => match &edit.new {
                Some(own) => drop(self.own_controls.insert(control.clone(), own.clone())),
                None => drop(self.own_controls.remove(control)),
            },
            Change::Approval(edit) => self.approval.clone_from(&edit.new),
        }
    }

    /// Takes over all that was recorded for a question, as it was saved: no item of evidence twice, and nothing where
    /// nothing was recorded. It comes to what its changes would come to, one by one.
    pub fn restore(&mut self, question: QuestionId, mut response: Response) {
        let mut evidence: Vec<Evidence> = Vec::with_capacity(response.evidence.len());
        for item in response.evidence {
            if !evidence.contains(&item) {
                evidence.push(item);
            }
        }
        response.evidence = evidence;
        if response == Response::default() {
            self.responses.remove(&question);
        } else {
            self.responses.insert(question, response);
        }
    }

    fn respond(&mut self, question: &QuestionId, alter: impl FnOnce(&mut Response)) {
        let is_empty = |response: &Response| *response == Response::default();
        if let Some(response) = self.responses.get_mut(question) {
            alter(response);
            if is_empty(response) {
                self.responses.remove(question);
            }
            return;
        }
        let mut response = Response::default();
        alter(&mut response);
        if !is_empty(&response) {
            self.responses.insert(question.clone(), response);
        }
    }
}

impl Answer {
    /// Returns the level, where there is one.
    #[must_use]
    pub fn level(&self) -> Option<Level> {
        match self {
            Self::Level(level) => Some(*level),
            Self::NotApplicable { .. } => None,
        }
    }
}

impl Evidence {
    /// Returns whether the item still shows something on a day.
    #[must_use]
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.valid_until.is_none_or(|last| day <= last)
    }
}

impl Response {
    /// Returns the level that is claimed; none where the question is open or doesn't apply.
    #[must_use]
    pub fn claimed(&self) -> Option<Level> {
        self.answer.as_ref().and_then(Answer::level)
    }

    /// Returns the level that the recorded evidence would carry before an auditor on a day, at most what is claimed.
    ///
    /// An item that is no longer valid carries nothing; without any, an answer carries up to [`Level::AdHoc`].
    #[must_use]
    pub fn evidenced(&self, day: NaiveDate) -> Option<Level> {
        let best = self.evidence.iter().filter(|item| item.is_valid_on(day)).map(|item| item.kind.carries()).max();
        self.claimed().map(|claimed| claimed.min(best.unwrap_or(Level::AdHoc)))
    }
}

impl Depth {
    /// Returns the word for it in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Quick => "quick",
        }
    }

    /// Returns the words for it that people read.
    #[must_use]
    pub fn told(self) -> &'static str {
        match self {
            Self::Full => "everything",
            Self::Quick => "quick scan",
        }
    }

    /// Returns the depth with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Full, Self::Quick].into_iter().find(|depth| depth.word() == word)
    }
}
