//! Everything that an export says, already computed.
//!
//! A [`Report`] is made once, in the pure middle; what writes Markdown or JSON from it decides on nothing any more.

mod actions;
mod answers;
mod applicability;
mod audience;
mod findings;
mod hurdles;
mod method;
mod redaction;
mod schedule;
mod sentences;
mod setting;
pub mod words;

use chrono::NaiveDate;

use crate::domain::assessment::Assessment;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::{Header, Questionnaire};
use crate::domain::scoring::{Contribution, Scorecard, StaleEvidence, Views};
use crate::domain::timeline::Forecast;

pub use actions::{Action, Reason};
pub use answers::{AnswerEntry, AreaAnswers, Orphans, RequirementAnswers};
pub use applicability::{Control, Decision, Status};
pub use audience::{Audience, Names, Part};
pub use findings::FindingEntry;
pub use hurdles::{Hurdle, hurdles};
pub use method::SELF_ASSESSMENT;
pub use redaction::redacted;
pub use schedule::{Dates, Stretch, dates, stretch};
pub use sentences::outlook;
pub use setting::profile_text;

/// Everything that an export says about an assessment on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The title.
    pub title: String,
    /// The organisation; the name of the assessment where the profile has none.
    pub organisation: String,
    /// The day of the report.
    pub on: NaiveDate,
    /// What the questionnaire says about itself.
    pub questionnaire: Header,
    /// The answers as they were recorded.
    pub assessment: Assessment,
    /// Readiness, maturity, verdict, and the figures of every area and requirement.
    pub scorecard: Scorecard,
    /// How long the way takes, where the questionnaire has a road map.
    pub forecast: Option<Forecast>,
    /// What stands in the way of the next audit, in words.
    pub hurdles: Views<Vec<Hurdle>>,
    /// What an auditor would probably write, gravest first.
    pub findings: Vec<FindingEntry>,
    /// What to do first, most pressing first.
    pub actions: Vec<Action>,
    /// The Statement of Applicability: every control, in order.
    pub controls: Vec<Control>,
    /// What was answered, by area.
    pub areas: Vec<AreaAnswers>,
    /// What was recorded for questions and controls that the questionnaire doesn't have (any more).
    pub orphans: Orphans,
    /// Evidence that was valid once, with what it is about.
    pub stale: Vec<StaleEntry>,
    /// How the figures came about and what they can't say, a paragraph each.
    pub method: Vec<String>,
}

/// An item of evidence that is no longer valid, with the question it was for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaleEntry {
    /// The item.
    pub evidence: StaleEvidence,
    /// The question.
    pub ask: String,
}

impl Report {
    /// Returns the report on an assessment on a day, from its score and, where there is one, its timeline.
    #[must_use]
    pub fn new(
        questionnaire: &Questionnaire,
        assessment: &Assessment,
        scorecard: Scorecard,
        forecast: Option<Forecast>,
        on: NaiveDate,
    ) -> Self {
        let organisation = organisation(assessment);
        let obstacles = &scorecard.obstacles;
        Self {
            title: format!("Self-assessment of {organisation}"),
            organisation,
            on,
            questionnaire: questionnaire.header().clone(),
            assessment: assessment.clone(),
            hurdles: Views {
                claimed: hurdles(questionnaire, &obstacles.claimed),
                evidenced: hurdles(questionnaire, &obstacles.evidenced),
            },
            findings: findings::entries(questionnaire, &scorecard),
            actions: actions::rank(questionnaire, assessment, &scorecard),
            controls: applicability::controls(questionnaire, assessment, &scorecard),
            areas: answers::by_area(questionnaire, assessment, on),
            orphans: answers::orphans(questionnaire, assessment),
            stale: stale(questionnaire, &scorecard),
            method: method::paragraphs(questionnaire, assessment, &scorecard, forecast.as_ref()),
            scorecard,
            forecast,
        }
    }
}

impl Report {
    /// Returns what a question contributes to the figures; none where it doesn't count.
    #[must_use]
    pub fn contribution(&self, question: &QuestionId) -> Option<&Contribution> {
        contribution(&self.scorecard, question)
    }
}

fn organisation(assessment: &Assessment) -> String {
    let organisation = assessment.profile().organisation.trim();
    if organisation.is_empty() { assessment.name().to_owned() } else { organisation.to_owned() }
}

fn stale(questionnaire: &Questionnaire, scorecard: &Scorecard) -> Vec<StaleEntry> {
    let entry = |evidence: &StaleEvidence| StaleEntry {
        evidence: evidence.clone(),
        ask: questionnaire.item(&evidence.question).map(|item| item.question.ask.clone()).unwrap_or_default(),
    };
    scorecard.stale.iter().map(entry).collect()
}

/// Returns what a question contributes to the figures; none where it doesn't count.
fn contribution<'a>(scorecard: &'a Scorecard, question: &QuestionId) -> Option<&'a Contribution> {
    let at = scorecard.contributions.binary_search_by(|contribution| contribution.question.cmp(question)).ok()?;
    scorecard.contributions.get(at)
}
