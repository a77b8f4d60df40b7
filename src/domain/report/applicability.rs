//! The Statement of Applicability: for every control, whether it applies, and how far it is put into practice.

use crate::domain::assessment::{Answer, Assessment};
use crate::domain::flow::{Applicability, applicability};
use crate::domain::id::{AreaId, RequirementId};
use crate::domain::level::Level;
use crate::domain::questionnaire::{Questionnaire, Requirement};
use crate::domain::report::contribution;
use crate::domain::scoring::{Scorecard, Views};

/// A row of the Statement of Applicability.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Control {
    /// The control.
    pub id: RequirementId,
    /// Its title.
    pub title: String,
    /// The area that it belongs to.
    pub area: AreaId,
    /// What was decided about it.
    pub decision: Decision,
}

/// What was decided about a control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It applies.
    Applicable {
        /// How far it is put into practice.
        status: Views<Status>,
        /// The level of its weakest answer; none where nothing is answered.
        weakest: Views<Option<Level>>,
    },
    /// It is left out: excluded, or every question of it is not applicable.
    Excluded {
        /// The justification.
        because: String,
    },
    /// No question of it concerns the organisation's role, and nobody excluded it.
    Undecided,
}

/// How far a control is put into practice, by its weakest answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// A question of it is unanswered.
    #[default]
    Open,
    /// Every answer is below level 2.
    NotImplemented,
    /// Some answer is at 2 or more, and some below 3.
    Partly,
    /// Every answer is at 3 or more.
    Implemented,
}

/// Returns a row for every control, in order.
pub(super) fn controls(questionnaire: &Questionnaire, assessment: &Assessment, scorecard: &Scorecard) -> Vec<Control> {
    let control = |(area, requirement): (&crate::domain::questionnaire::Area, &Requirement)| Control {
        id: requirement.id.clone(),
        title: requirement.title.clone(),
        area: area.id.clone(),
        decision: decision(requirement, assessment, scorecard),
    };
    questionnaire.requirements().filter(|(_, requirement)| requirement.can_be_excluded()).map(control).collect()
}

fn decision(requirement: &Requirement, assessment: &Assessment, scorecard: &Scorecard) -> Decision {
    if let Some(because) = assessment.exclusion(&requirement.id) {
        return Decision::Excluded { because: because.to_owned() };
    }
    let counted: Vec<_> = requirement.questions.iter().filter_map(|q| contribution(scorecard, &q.id)).collect();
    if counted.is_empty() {
        let because = justifications(requirement, assessment);
        return if because.is_empty() { Decision::Undecided } else { Decision::Excluded { because } };
    }
    let claimed: Vec<Option<Level>> = counted.iter().map(|c| c.claimed).collect();
    let evidenced: Vec<Option<Level>> = counted.iter().map(|c| c.evidenced).collect();
    let weakest = |levels: &[Option<Level>]| levels.iter().flatten().min().copied();
    Decision::Applicable {
        status: Views { claimed: Status::of(&claimed), evidenced: Status::of(&evidenced) },
        weakest: Views { claimed: weakest(&claimed), evidenced: weakest(&evidenced) },
    }
}

/// Returns why the questions that concern the role are not applicable, each reason once.
fn justifications(requirement: &Requirement, assessment: &Assessment) -> String {
    let mut reasons: Vec<&str> = vec![];
    for question in &requirement.questions {
        if applicability(assessment, requirement, question) == Applicability::Applies
            && let Some(Answer::NotApplicable { because }) = assessment.answer(&question.id)
            && !reasons.contains(&because.as_str())
        {
            reasons.push(because);
        }
    }
    reasons.join("\n")
}

impl Status {
    fn of(levels: &[Option<Level>]) -> Self {
        let all = |wanted: &dyn Fn(Level) -> bool| levels.iter().flatten().all(|level| wanted(*level));
        if levels.iter().any(Option::is_none) {
            Self::Open
        } else if all(&|level| level >= Level::Operating) {
            Self::Implemented
        } else if all(&|level| level < Level::Documented) {
            Self::NotImplemented
        } else {
            Self::Partly
        }
    }

    /// Returns the word for it in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::NotImplemented => "not-implemented",
            Self::Partly => "partly-implemented",
            Self::Implemented => "implemented",
        }
    }

    /// Returns the words for it in reports.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::NotImplemented => "Not implemented",
            Self::Partly => "Partly implemented",
            Self::Implemented => "Implemented",
        }
    }
}

impl Decision {
    /// Returns the word for it in JSON.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Applicable { .. } => "applicable",
            Self::Excluded { .. } => "excluded",
            Self::Undecided => "undecided",
        }
    }

    /// Returns the word for it in reports.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::Applicable { .. } => "Applicable",
            Self::Excluded { .. } => "Excluded",
            Self::Undecided => "Undecided",
        }
    }
}
