//! The next best hour: of what can be done within an hour, what gains most.

use crate::domain::actions::{Action, Reason};
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::report::words;
use crate::domain::scoring::{Contribution, Scorecard};

/// The minutes that one answer takes, and with them twelve answers an hour: our estimate, for a person who knows.
const MINUTES_TO_ANSWER: usize = 5;
/// The minutes that noting one item of evidence takes, where the work is done: our estimate.
const MINUTES_TO_NOTE: usize = 10;
/// An hour.
const MINUTES: usize = 60;

/// What to do with an hour.
#[derive(Clone, Debug, PartialEq)]
pub struct Hour {
    /// What kind of thing it is.
    pub kind: HourKind,
    /// The questions, those that gain most first.
    pub questions: Vec<QuestionId>,
    /// What it gains, in percentage points of Stage 2 readiness; see [`HourKind`] for which.
    pub points: f64,
    /// The person-days until that is gained, where the hour is only a beginning.
    pub days: Option<f64>,
}

/// A kind of thing that can be done within an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HourKind {
    /// Answer open questions. The points are those by which the range of the claimed readiness narrows.
    Answer,
    /// Note the evidence for what is claimed. The points are those of the evidenced readiness.
    Note,
    /// Begin with the first gap of the plan. The points are those of the claimed readiness, once it is closed.
    Begin,
}

/// Returns the best use of an hour; none where nothing is left to do.
///
/// Answering takes 5 minutes a question and noting evidence 10, by our estimate: these two are compared by what an hour of
/// them gains in points, and of equals answering stands. Where neither is left, the hour begins the first gap of the plan.
#[must_use]
pub fn next_hour(questionnaire: &Questionnaire, card: &Scorecard, actions: &[Action]) -> Option<Hour> {
    let kinds = [answer(questionnaire, card), note(actions)];
    let best = kinds.into_iter().flatten().reduce(|best, hour| if hour.points > best.points { hour } else { best });
    best.or_else(|| begin(actions))
}

fn answer(questionnaire: &Questionnaire, card: &Scorecard) -> Option<Hour> {
    let whole: f64 = card.contributions.iter().map(|c| c.weight).sum();
    let mut open: Vec<&Contribution> =
        questionnaire.items().filter_map(|item| card.contribution(&item.question.id)).collect();
    open.retain(|contribution| contribution.claimed.is_none());
    // What an audit stops at is wanted first, then what weighs most; sorting keeps the questionnaire's order otherwise.
    open.sort_by(|a, b| b.showstopper.cmp(&a.showstopper).then(b.weight.total_cmp(&a.weight)));
    open.truncate(MINUTES / MINUTES_TO_ANSWER);
    let points = open.iter().map(|contribution| 100.0 * contribution.weight / whole).sum();
    let questions: Vec<QuestionId> = open.iter().map(|contribution| contribution.question.clone()).collect();
    (!questions.is_empty()).then_some(Hour { kind: HourKind::Answer, questions, points, days: None })
}

fn note(actions: &[Action]) -> Option<Hour> {
    let mut claims: Vec<&Action> = actions.iter().filter(|action| action.reason == Reason::Unsupported).collect();
    claims.sort_by(|a, b| b.gain.evidenced.total_cmp(&a.gain.evidenced));
    claims.truncate(MINUTES / MINUTES_TO_NOTE);
    let points = claims.iter().map(|action| action.gain.evidenced).sum();
    let questions: Vec<QuestionId> = claims.iter().map(|action| action.question.clone()).collect();
    (!questions.is_empty()).then_some(Hour { kind: HourKind::Note, questions, points, days: None })
}

fn begin(actions: &[Action]) -> Option<Hour> {
    let first = actions.first()?;
    let questions = vec![first.question.clone()];
    Some(Hour { kind: HourKind::Begin, questions, points: first.gain.stage2, days: first.effort })
}

impl Hour {
    /// Returns what to do, in a sentence, with what it gains.
    #[must_use]
    pub fn told(&self) -> String {
        let ids: Vec<&str> = self.questions.iter().map(QuestionId::as_str).collect();
        let (ids, points) = (ids.join(", "), self.points);
        match self.kind {
            HourKind::Answer => format!(
                "Answer {ids}: the range of Stage 2 readiness, as claimed, narrows by {points:.1} percentage points."
            ),
            HourKind::Note => format!(
                "Note the evidence for {ids}: Stage 2 readiness, by the evidence, rises by up to {points:.1} \
                 percentage points."
            ),
            HourKind::Begin => format!(
                "Begin with {ids}: once it is closed{}, Stage 2 readiness, as claimed, rises by {points:.1} percentage \
                 points.",
                self.days.map(|days| format!(", in {} person-days", words::days(days))).unwrap_or_default()
            ),
        }
    }
}

impl HourKind {
    /// Returns the word for it in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Note => "note-evidence",
            Self::Begin => "begin",
        }
    }
}
