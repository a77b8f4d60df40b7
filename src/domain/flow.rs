//! Which questions apply, what comes next, and how far one is.

use crate::domain::assessment::{Answer, Assessment, Depth, Response};
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::{Item, Place, Question, Questionnaire, Requirement};

/// Whether a question counts for this organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// It is asked, and counts.
    Applies,
    /// Its control is excluded in the Statement of Applicability.
    Excluded,
    /// It concerns another role towards AI than the profile's.
    OtherRole,
}

/// How far the walk through the questions is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Questions answered with a level.
    pub answered: usize,
    /// Questions that apply: what was answered with not applicable is neither asked any more nor answered, as in scores.
    pub asked: usize,
}

/// Which way to look for an open question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Towards the end.
    Forward,
    /// Towards the beginning.
    Backward,
}

/// Returns whether a question counts for this organisation.
#[must_use]
pub fn applicability(assessment: &Assessment, requirement: &Requirement, question: &Question) -> Applicability {
    if requirement.can_be_excluded() && assessment.exclusion(&requirement.id).is_some() {
        Applicability::Excluded
    } else if question.concerns(assessment.profile().ai_role) {
        Applicability::Applies
    } else {
        Applicability::OtherRole
    }
}

/// Returns every question that applies with what was recorded for it, sorted by question id.
///
/// Both sides are sorted, so that one walk finds all: looking each question up would cost more the more there are.
pub fn applying<'a>(
    questionnaire: &'a Questionnaire,
    assessment: &'a Assessment,
) -> impl Iterator<Item = (Place, Item<'a>, Option<&'a Response>)> {
    let mut responses = assessment.responses().peekable();
    questionnaire.canonical().iter().filter_map(move |place| {
        let item = questionnaire.at(*place)?;
        let id = &item.question.id;
        while responses.next_if(|(question, _)| *question < id).is_some() {}
        let response = responses.next_if(|(question, _)| *question == id).map(|(_, response)| response);
        let applies = applicability(assessment, item.requirement, item.question) == Applicability::Applies;
        applies.then_some((*place, item, response))
    })
}

/// Returns the questions that are asked, in order: those that apply and, in a quick scan, are part of it.
pub fn asked<'a>(
    questionnaire: &'a Questionnaire,
    assessment: &'a Assessment,
) -> impl DoubleEndedIterator<Item = Item<'a>> {
    let items: Vec<Item<'a>> = questionnaire
        .items()
        .filter(|item| assessment.depth() == Depth::Full || item.question.quick)
        .filter(|item| applicability(assessment, item.requirement, item.question) == Applicability::Applies)
        .collect();
    items.into_iter()
}

/// Returns the nearest open question that is asked, beyond `from`, and from the other end when there is none.
#[must_use]
pub fn open_question(
    questionnaire: &Questionnaire,
    assessment: &Assessment,
    from: &QuestionId,
    direction: Direction,
) -> Option<QuestionId> {
    let mut ids: Vec<&QuestionId> = questionnaire
        .items()
        .filter(|item| &item.question.id == from || is_asked(assessment, item))
        .map(|item| &item.question.id)
        .collect();
    if direction == Direction::Backward {
        ids.reverse();
    }
    let here = ids.iter().position(|id| *id == from).unwrap_or(0);
    let (before, after) = ids.split_at(here);
    after.iter().skip(1).chain(before).find(|id| assessment.answer(id).is_none()).map(|id| (*id).clone())
}

/// Returns how far the walk through the questions that are asked is.
#[must_use]
pub fn progress(questionnaire: &Questionnaire, assessment: &Assessment) -> Progress {
    asked(questionnaire, assessment).map(|item| Progress::of(assessment, &item.question.id)).sum()
}

/// Returns how far one is in each requirement, in the order of the questionnaire.
#[must_use]
pub fn progress_by_requirement(questionnaire: &Questionnaire, assessment: &Assessment) -> Vec<Progress> {
    let of_one = |(area, requirement): (_, &Requirement)| {
        let is_asked = |question: &&Question| is_asked(assessment, &Item { area, requirement, question });
        requirement.questions.iter().filter(is_asked).map(|question| Progress::of(assessment, &question.id)).sum()
    };
    questionnaire.requirements().map(of_one).collect()
}

fn is_asked(assessment: &Assessment, item: &Item<'_>) -> bool {
    (assessment.depth() == Depth::Full || item.question.quick)
        && applicability(assessment, item.requirement, item.question) == Applicability::Applies
}

impl std::ops::Add for Progress {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { answered: self.answered + other.answered, asked: self.asked + other.asked }
    }
}

impl std::iter::Sum for Progress {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), std::ops::Add::add)
    }
}

impl Progress {
    /// Returns what a question that applies adds.
    #[must_use]
    pub fn of(assessment: &Assessment, question: &QuestionId) -> Self {
        match assessment.answer(question) {
            None => Self { answered: 0, asked: 1 },
            Some(Answer::Level(_)) => Self { answered: 1, asked: 1 },
            Some(Answer::NotApplicable { .. }) => Self::default(),
        }
    }

    /// Returns the share that is answered, 0 to 1; 1 when nothing is asked.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of questions are far below 2^52")]
    pub fn share(self) -> f64 {
        if self.asked == 0 { 1.0 } else { self.answered as f64 / self.asked as f64 }
    }
}
