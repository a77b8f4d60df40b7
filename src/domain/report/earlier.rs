//! How the assessment stood at its snapshots, and what changed since the last one.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::assessment::{Answer, Assessment};
use crate::domain::change::{Change, Edit};
use crate::domain::history::{History, difference, sentence};
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::report::answers::{self, AreaAnswers};
use crate::domain::report::findings::{self, FindingEntry};
use crate::domain::report::redaction::redacted;
use crate::domain::report::{Audience, Names, words};
use crate::domain::scoring::{Scorecard, score};

/// A state that was given a label.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The label.
    pub label: String,
    /// The day on which it was taken.
    pub on: NaiveDate,
    /// The state.
    pub state: Assessment,
}

/// How the assessment stood at a snapshot, judged on the day of that snapshot.
#[derive(Clone, Debug, PartialEq)]
pub struct Earlier {
    /// The label of the snapshot.
    pub label: String,
    /// Its day.
    pub on: NaiveDate,
    /// The figures.
    pub scorecard: Scorecard,
    /// What was answered, by area.
    pub areas: Vec<AreaAnswers>,
    /// Every finding, those of systemic failures too.
    pub findings: Vec<FindingEntry>,
}

/// What changed since a snapshot.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// The label of the snapshot.
    pub since: String,
    /// Its day.
    pub on: NaiveDate,
    /// The answers that are others now, in the order of the questionnaire.
    pub answers: Vec<AnswerChange>,
    /// What else changed: a sentence each.
    pub others: Vec<String>,
}

/// An answer that is another one now.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerChange {
    /// The question.
    pub question: QuestionId,
    /// Its text; empty where the questionnaire doesn't have it any more.
    pub ask: String,
    /// What was answered then.
    pub old: Option<Answer>,
    /// What is answered now.
    pub new: Option<Answer>,
}

/// Which way an answer went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// To a higher level.
    Risen,
    /// To a lower level.
    Fallen,
    /// It was open, and is answered.
    Answered,
    /// It was answered, and is open.
    Reopened,
    /// It applies no longer, applies again, or doesn't for another reason.
    Scope,
}

/// Returns the snapshots among the first `until` steps of a history, oldest first. What the history can't tell any more,
/// because its beginning is lost, is left out.
#[must_use]
pub fn snapshots(history: &History, until: usize) -> Vec<Snapshot> {
    let taken = history.snapshots().filter(|(count, ..)| *count <= until);
    taken
        .filter_map(|(count, step, label)| {
            Some(Snapshot { label: label.to_owned(), on: step.at.date_naive(), state: history.state(count)? })
        })
        .collect()
}

impl Snapshot {
    /// Returns the snapshot as an audience may see it. Without names its label goes too: anything may stand in it.
    #[must_use]
    pub fn redacted(&self, audience: Audience, names: Names) -> Self {
        let label = match names {
            Names::Shown => self.label.clone(),
            Names::LeftOut => format!("Snapshot of {}", words::date(self.on)),
        };
        Self { label, on: self.on, state: redacted(&self.state, audience, names) }
    }
}

impl Earlier {
    pub(super) fn new(questionnaire: &Questionnaire, snapshot: &Snapshot) -> Self {
        let Snapshot { label, on, state } = snapshot;
        let scorecard = score(questionnaire, state, *on);
        Self {
            label: label.clone(),
            on: *on,
            areas: answers::by_area(questionnaire, state, *on),
            findings: findings::all(questionnaire, &scorecard),
            scorecard,
        }
    }
}

impl Changes {
    /// Returns what changed since the last snapshot that differs from now; where none differs, that nothing changed since
    /// the last one. None where no snapshot was taken.
    pub(super) fn new(questionnaire: &Questionnaire, snapshots: &[Snapshot], now: &Assessment) -> Option<Self> {
        let differing = snapshots.iter().rev().map(|snapshot| (snapshot, difference(&snapshot.state, now)));
        let (snapshot, changes) = differing
            .clone()
            .find(|(_, changes)| !changes.is_empty())
            .or_else(|| snapshots.last().map(|snapshot| (snapshot, vec![])))?;
        Some(Self {
            since: snapshot.label.clone(),
            on: snapshot.on,
            answers: answer_changes(questionnaire, &changes),
            others: others(&changes),
        })
    }

    /// Returns whether everything is as it was.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty() && self.others.is_empty()
    }

    /// Returns how many answers went which way, in a sentence; empty where none did.
    #[must_use]
    pub fn told(&self) -> String {
        let ways = [
            (Way::Risen, "rose"),
            (Way::Fallen, "fell"),
            (Way::Answered, "new"),
            (Way::Reopened, "open again"),
            (Way::Scope, "in or out of scope"),
        ];
        let count = |way| self.answers.iter().filter(|change| change.way() == way).count();
        let told: Vec<String> = ways
            .into_iter()
            .map(|(way, word)| (count(way), word))
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        if told.is_empty() {
            return String::new();
        }
        let verb = if self.answers.len() == 1 { "is" } else { "are" };
        format!("{} {verb} not what they were: {}.", words::count(self.answers.len(), "answer"), told.join(", "))
    }
}

impl AnswerChange {
    /// Returns which way it went.
    #[must_use]
    pub fn way(&self) -> Way {
        match (&self.old, &self.new) {
            (Some(Answer::Level(old)), Some(Answer::Level(new))) if new > old => Way::Risen,
            (Some(Answer::Level(_)), Some(Answer::Level(_))) => Way::Fallen,
            (None, Some(Answer::Level(_))) => Way::Answered,
            (Some(_), None) => Way::Reopened,
            (_, Some(Answer::NotApplicable { .. })) | (Some(Answer::NotApplicable { .. }), _) | (None, None) => {
                Way::Scope
            }
        }
    }

    /// Returns both answers in short: `1 → 3`, where a dash is open and `n/a` doesn't apply.
    #[must_use]
    pub fn in_short(&self) -> String {
        format!("{} → {}", short(self.old.as_ref()), short(self.new.as_ref()))
    }
}

fn short(answer: Option<&Answer>) -> String {
    match answer {
        None => "–".to_owned(),
        Some(Answer::Level(level)) => level.number().to_string(),
        Some(Answer::NotApplicable { .. }) => "n/a".to_owned(),
    }
}

fn answer_changes(questionnaire: &Questionnaire, changes: &[Change]) -> Vec<AnswerChange> {
    let mut answers: Vec<AnswerChange> = changes
        .iter()
        .filter_map(|change| match change {
            Change::Answer { question, edit: Edit { old, new } } => Some(AnswerChange {
                question: question.clone(),
                ask: questionnaire.item(question).map(|item| item.question.ask.clone()).unwrap_or_default(),
                old: old.clone(),
                new: new.clone(),
            }),
            _ => None,
        })
        .collect();
    let order: Vec<&QuestionId> = questionnaire.items().map(|item| &item.question.id).collect();
    answers.sort_by_key(|change| order.iter().position(|id| **id == change.question).unwrap_or(usize::MAX));
    answers
}

/// What changed at questions beside their answers.
#[derive(Default)]
struct Beside<'a> {
    evidenced: BTreeSet<&'a QuestionId>,
    added: usize,
    removed: usize,
    notes: BTreeSet<&'a QuestionId>,
    owners: BTreeSet<&'a QuestionId>,
    dues: BTreeSet<&'a QuestionId>,
}

/// Returns what changed beside the answers. What changes at many questions is counted, the rest is told one by one.
fn others(changes: &[Change]) -> Vec<String> {
    let mut beside = Beside::default();
    let mut told = vec![];
    for change in changes {
        match change {
            // When somebody last looked, and what is to be come back to, is no news.
            Change::Answer { .. } | Change::Reviewed { .. } | Change::Marked { .. } => {}
            Change::EvidenceAdded { question, .. } => {
                beside.added += 1;
                beside.evidenced.insert(question);
            }
            Change::EvidenceRemoved { .. } => beside.removed += 1,
            Change::Note { question, .. } => drop(beside.notes.insert(question)),
            Change::Owner { question, .. } => drop(beside.owners.insert(question)),
            Change::Due { question, .. } => drop(beside.dues.insert(question)),
            Change::Rename(_)
            | Change::Depth(_)
            | Change::Seed(_)
            | Change::Profile { .. }
            | Change::Exclusion { .. }
            | Change::Inclusion { .. }
            | Change::OwnControl { .. }
            | Change::Approval(_) => told.push(format!("{}.", sentence(change))),
        }
    }
    [beside.sentences(), told].concat()
}

impl Beside<'_> {
    fn sentences(&self) -> Vec<String> {
        let mut told = vec![];
        if self.added > 0 {
            let items = if self.added == 1 {
                "1 item of evidence is"
            } else {
                &format!("{} items of evidence are", self.added)
            };
            told.push(format!("{items} new, for {}.", words::count(self.evidenced.len(), "question")));
        }
        if self.removed > 0 {
            let items = if self.removed == 1 {
                "1 item of evidence is"
            } else {
                &format!("{} items of evidence are", self.removed)
            };
            told.push(format!("{items} gone."));
        }
        let altered = [("The note", &self.notes), ("The owner", &self.owners), ("The due date", &self.dues)];
        for (what, questions) in altered.into_iter().filter(|(_, questions)| !questions.is_empty()) {
            told.push(format!("{what} of {} changed.", words::count(questions.len(), "question")));
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{answer, area, assessment, clause, question, questionnaire, today};

    fn sample() -> (Questionnaire, Assessment) {
        let questions = ["4.1-1", "4.1-2", "4.1-3"].map(question).to_vec();
        let questionnaire = questionnaire(vec![area("4", vec![clause("4.1", questions)])]);
        let assessment = assessment(&questionnaire);
        (questionnaire, assessment)
    }

    fn taken(label: &str, state: &Assessment) -> Snapshot {
        Snapshot { label: label.to_owned(), on: today(), state: state.clone() }
    }

    #[test]
    fn the_last_snapshot_that_differs_is_the_one_that_is_compared_with() {
        let (questionnaire, mut now) = sample();
        let first = taken("first", &now);
        answer(&mut now, "4.1-2", 2);
        answer(&mut now, "4.1-1", 1);
        let second = taken("second", &now);
        let changes = Changes::new(&questionnaire, &[first.clone(), second], &now).unwrap();
        let ids: Vec<&str> = changes.answers.iter().map(|change| change.question.as_str()).collect();
        assert_eq!((changes.since.as_str(), ids), ("first", vec!["4.1-1", "4.1-2"]));
        assert_eq!(changes.told(), "2 answers are not what they were: 2 new.");
        let changes = Changes::new(&questionnaire, &[taken("only", &now)], &now).unwrap();
        assert!(changes.is_empty() && changes.told().is_empty());
        assert_eq!(Changes::new(&questionnaire, &[], &now), None);
    }

    #[test]
    fn an_answer_goes_one_way() {
        let (questionnaire, mut then) = sample();
        answer(&mut then, "4.1-1", 1);
        answer(&mut then, "4.1-2", 4);
        let mut now = then.clone();
        answer(&mut now, "4.1-1", 3);
        answer(&mut now, "4.1-2", 2);
        let none = Answer::NotApplicable { because: "None.".to_owned() };
        now.apply(&Change::answer(&now, &"4.1-3".into(), Some(none)));
        let changes = Changes::new(&questionnaire, &[taken("then", &then)], &now).unwrap();
        let ways: Vec<(Way, String)> = changes.answers.iter().map(|change| (change.way(), change.in_short())).collect();
        let expected = [(Way::Risen, "1 → 3"), (Way::Fallen, "4 → 2"), (Way::Scope, "– → n/a")];
        assert_eq!(ways, expected.map(|(way, told)| (way, told.to_owned())));
    }

    #[test]
    fn a_snapshot_without_names_has_no_label_of_anybody() {
        let (_, state) = sample();
        let blank = taken("Workshop with Ana Silva", &state).redacted(Audience::Full, Names::LeftOut);
        assert_eq!(blank.label, "Snapshot of 1 March 2027");
    }
}
