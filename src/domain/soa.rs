//! The Statement of Applicability: every control, applicable or excluded, with its reason and how far it is.

use crate::domain::assessment::Assessment;
use crate::domain::flow::{Applicability, applicability};
use crate::domain::id::RequirementId;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::scoring::{Range, RequirementScore, Scorecard, Views};

/// A control in the Statement of Applicability.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The control.
    pub control: RequirementId,
    /// Its title.
    pub title: String,
    /// Whether it applies.
    pub applies: Applies,
    /// The maturity of its questions.
    pub maturity: Views<Range>,
    /// How far it is implemented; none where it doesn't apply.
    pub status: Option<Status>,
}

/// Whether a control applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applies {
    /// It does.
    Yes,
    /// It is excluded, for this reason.
    No {
        /// The justification.
        because: String,
    },
    /// No question of it concerns the role towards AI: somebody has to decide.
    Undecided,
}

/// How far a control is implemented, by its weakest answer as claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// A question of it is unanswered.
    Open,
    /// An answer is below 2.
    NotImplemented,
    /// Every answer is at 2 or more.
    Documented,
    /// Every answer is at 3 or more.
    Implemented,
}

/// Returns the Statement of Applicability, in the order of the controls.
#[must_use]
pub fn statement(questionnaire: &Questionnaire, assessment: &Assessment, card: &Scorecard) -> Vec<Row> {
    let scores = card.areas.iter().flat_map(|area| &area.requirements);
    let mut rows = vec![];
    for ((_, requirement), score) in questionnaire.requirements().zip(scores) {
        if !requirement.can_be_excluded() {
            continue;
        }
        let is_asked = requirement
            .questions
            .iter()
            .any(|question| applicability(assessment, requirement, question) == Applicability::Applies);
        let applies = match assessment.exclusion(&requirement.id) {
            Some(because) => Applies::No { because: because.to_owned() },
            None if is_asked => Applies::Yes,
            None => Applies::Undecided,
        };
        rows.push(Row {
            control: requirement.id.clone(),
            title: requirement.title.clone(),
            status: (applies == Applies::Yes).then(|| status(card, score)),
            maturity: score.figures.maturity,
            applies,
        });
    }
    rows
}

fn status(card: &Scorecard, score: &RequirementScore) -> Status {
    let prefix = card.contributions.iter().filter(|c| {
        let area = card.areas.get(c.place.area);
        area.and_then(|area| area.requirements.get(c.place.requirement)).is_some_and(|found| found.id == score.id)
    });
    let mut status = Status::Implemented;
    for contribution in prefix {
        status = status.min(match contribution.claimed.map(crate::domain::level::Level::number) {
            None => Status::Open,
            Some(0 | 1) => Status::NotImplemented,
            Some(2) => Status::Documented,
            Some(_) => Status::Implemented,
        });
    }
    status
}

impl Status {
    /// Returns the words for it in reports.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Open => "not assessed",
            Self::NotImplemented => "not implemented",
            Self::Documented => "documented",
            Self::Implemented => "implemented",
        }
    }
}
