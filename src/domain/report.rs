//! Everything that an export says, already computed.

use chrono::NaiveDate;

use crate::domain::actions::{self, Action};
use crate::domain::assessment::{Assessment, Response};
use crate::domain::flow::{Applicability, applicability};
use crate::domain::id::{AreaId, QuestionId, RequirementId};
use crate::domain::questionnaire::{Header, Question, Questionnaire};
use crate::domain::scoring::{Obstacle, Scorecard};
use crate::domain::soa::{self, Row};
use crate::domain::timeline::Forecast;

/// What every report says: that it certifies nothing.
pub const NOTE: &str = "This is a self-assessment. It certifies nothing: only an accredited certification body does.";

/// A report on an assessment, as of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The assessment itself.
    pub assessment: Assessment,
    /// What the questionnaire says about itself.
    pub questionnaire: Header,
    /// The day.
    pub on: NaiveDate,
    /// What the answers say.
    pub card: Scorecard,
    /// How long the way is; none without a road map.
    pub forecast: Option<Forecast>,
    /// What stands in the way of the next audit, as (id, what it asks or is).
    pub obstacles: Vec<(String, String)>,
    /// What to do next, the most pressing first.
    pub actions: Vec<Action>,
    /// The Statement of Applicability.
    pub statement: Vec<Row>,
    /// All answers, by area.
    pub areas: Vec<AreaAnswers>,
    /// Answers to questions that the questionnaire doesn't have any more.
    pub orphans: Vec<(QuestionId, Response)>,
}

/// The answers of an area.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaAnswers {
    /// The area.
    pub id: AreaId,
    /// Its title.
    pub title: String,
    /// Its requirements with their answers.
    pub requirements: Vec<RequirementAnswers>,
}

/// The answers of a requirement.
#[derive(Clone, Debug, PartialEq)]
pub struct RequirementAnswers {
    /// The requirement.
    pub id: RequirementId,
    /// Its title.
    pub title: String,
    /// The questions that concern the organisation, with what was recorded for them.
    pub answers: Vec<(Question, Response)>,
}

impl Report {
    /// Returns the report on an assessment, from what was worked out of it.
    #[must_use]
    pub fn new(
        questionnaire: &Questionnaire,
        assessment: &Assessment,
        card: Scorecard,
        forecast: Option<Forecast>,
        on: NaiveDate,
    ) -> Self {
        Self {
            assessment: assessment.clone(),
            questionnaire: questionnaire.header().clone(),
            on,
            obstacles: obstacles(questionnaire, &card),
            actions: actions::next(questionnaire, assessment, &card),
            statement: soa::statement(questionnaire, assessment, &card),
            areas: areas(questionnaire, assessment),
            orphans: orphans(questionnaire, assessment),
            card,
            forecast,
        }
    }

    /// Returns the organisation's name, or the assessment's where the profile doesn't say.
    #[must_use]
    pub fn organisation(&self) -> &str {
        let organisation = &self.assessment.profile().organisation;
        if organisation.is_empty() { self.assessment.name() } else { organisation }
    }
}

fn obstacles(questionnaire: &Questionnaire, card: &Scorecard) -> Vec<(String, String)> {
    let told = card.obstacles.claimed.iter().map(|obstacle| match obstacle {
        Obstacle::Undocumented(id) | Obstacle::Showstopper(id) | Obstacle::Open(id) => {
            let ask = questionnaire.item(id).map(|item| item.question.ask.clone()).unwrap_or_default();
            (id.to_string(), ask)
        }
        Obstacle::Major(id) => {
            let title = questionnaire.requirement(id).map(|(_, found)| found.title.clone()).unwrap_or_default();
            (id.to_string(), title)
        }
    });
    told.collect()
}

fn areas(questionnaire: &Questionnaire, assessment: &Assessment) -> Vec<AreaAnswers> {
    let mut areas = vec![];
    for area in questionnaire.areas() {
        let mut requirements = vec![];
        for requirement in &area.requirements {
            let answers: Vec<(Question, Response)> = requirement
                .questions
                .iter()
                .filter(|question| applicability(assessment, requirement, question) == Applicability::Applies)
                .map(|question| (question.clone(), assessment.response(&question.id).cloned().unwrap_or_default()))
                .collect();
            if !answers.is_empty() {
                let (id, title) = (requirement.id.clone(), requirement.title.clone());
                requirements.push(RequirementAnswers { id, title, answers });
            }
        }
        areas.push(AreaAnswers { id: area.id.clone(), title: area.title.clone(), requirements });
    }
    areas
}

fn orphans(questionnaire: &Questionnaire, assessment: &Assessment) -> Vec<(QuestionId, Response)> {
    let unknown = assessment.responses().filter(|(id, _)| questionnaire.place(id).is_none());
    unknown.map(|(id, response)| (id.clone(), response.clone())).collect()
}
