//! What was answered, with notes, evidence and owners: by area, and what no longer has a question.

use chrono::NaiveDate;

use crate::domain::assessment::{Answer, Assessment, Response};
use crate::domain::flow::{Applicability, applicability};
use crate::domain::id::{AreaId, QuestionId, RequirementId};
use crate::domain::level::Level;
use crate::domain::questionnaire::{Question, Questionnaire, Requirement};

/// The answers of an area.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaAnswers {
    /// The area.
    pub id: AreaId,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub objective: String,
    /// Its requirements, in order.
    pub requirements: Vec<RequirementAnswers>,
}

/// The answers of a requirement.
#[derive(Clone, Debug, PartialEq)]
pub struct RequirementAnswers {
    /// The requirement.
    pub id: RequirementId,
    /// Its title.
    pub title: String,
    /// Why it is excluded, where it is. Its answers are kept, and count for nothing.
    pub exclusion: Option<String>,
    /// Its questions that concern the organisation's role, in order.
    pub answers: Vec<AnswerEntry>,
    /// How many questions concern other roles only.
    pub other_roles: usize,
}

/// A question with what was recorded for it.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerEntry {
    /// The question.
    pub question: QuestionId,
    /// Its text.
    pub ask: String,
    /// What one would see at the level that was chosen; empty where none was.
    pub level_text: String,
    /// The level that the recorded evidence would carry before an auditor; none where no level was chosen.
    pub evidenced: Option<Level>,
    /// What was recorded.
    pub response: Response,
}

/// What was recorded for what the questionnaire doesn't have (any more). It is kept, and counts for nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Orphans {
    /// What was recorded for questions, each with the question that follows it, where one does.
    pub answers: Vec<(QuestionId, Response, Option<QuestionId>)>,
    /// Controls that were excluded, with the justification.
    pub exclusions: Vec<(RequirementId, String)>,
}

impl AnswerEntry {
    /// Returns the answer in words.
    #[must_use]
    pub fn told(&self) -> String {
        match &self.response.answer {
            None => "Not answered yet".to_owned(),
            Some(Answer::Level(level)) => level.to_string(),
            Some(Answer::NotApplicable { .. }) => "Not applicable".to_owned(),
        }
    }
}

impl Orphans {
    /// Returns whether everything that was recorded has its place in the questionnaire.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty() && self.exclusions.is_empty()
    }
}

/// Returns what was answered, by area; evidence is judged on a day.
pub(super) fn by_area(questionnaire: &Questionnaire, assessment: &Assessment, on: NaiveDate) -> Vec<AreaAnswers> {
    let area = |area: &crate::domain::questionnaire::Area| AreaAnswers {
        id: area.id.clone(),
        title: area.title.clone(),
        objective: area.objective.clone(),
        requirements: area.requirements.iter().map(|requirement| answers(requirement, assessment, on)).collect(),
    };
    questionnaire.areas().iter().map(area).collect()
}

fn answers(requirement: &Requirement, assessment: &Assessment, on: NaiveDate) -> RequirementAnswers {
    let of_other_role =
        |question: &&Question| applicability(assessment, requirement, question) == Applicability::OtherRole;
    let (other, own): (Vec<&Question>, Vec<&Question>) = requirement.questions.iter().partition(of_other_role);
    RequirementAnswers {
        id: requirement.id.clone(),
        title: requirement.title.clone(),
        exclusion: assessment.exclusion(&requirement.id).filter(|_| requirement.can_be_excluded()).map(str::to_owned),
        answers: own.into_iter().map(|question| entry(question, assessment, on)).collect(),
        other_roles: other.len(),
    }
}

fn entry(question: &Question, assessment: &Assessment, on: NaiveDate) -> AnswerEntry {
    let response = assessment.response(&question.id).cloned().unwrap_or_default();
    AnswerEntry {
        question: question.id.clone(),
        ask: question.ask.clone(),
        level_text: response.claimed().map(|level| question.level_text(level).to_owned()).unwrap_or_default(),
        evidenced: response.evidenced(on),
        response,
    }
}

/// Returns what was recorded for what the questionnaire doesn't have (any more), sorted by id.
pub(super) fn orphans(questionnaire: &Questionnaire, assessment: &Assessment) -> Orphans {
    let follower = |gone: &QuestionId| {
        let mut items = questionnaire.items();
        items.find(|item| item.question.replaces.as_ref() == Some(gone)).map(|item| item.question.id.clone())
    };
    let answers = assessment.responses().filter(|(id, _)| questionnaire.item(id).is_none());
    let can_be_excluded = |id: &RequirementId| {
        questionnaire.requirement(id).is_some_and(|(_, requirement)| requirement.can_be_excluded())
    };
    let exclusions = assessment.exclusions().filter(|(id, _)| !can_be_excluded(id));
    Orphans {
        answers: answers.map(|(id, response)| (id.clone(), response.clone(), follower(id))).collect(),
        exclusions: exclusions.map(|(id, because)| (id.clone(), because.to_owned())).collect(),
    }
}
