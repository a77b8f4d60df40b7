//! Everything that an export says, already computed.
//!
//! A [`Report`] is made once, in the pure middle; what writes Markdown or JSON from it decides on nothing any more.

mod answers;
mod audience;
mod costs;
mod earlier;
mod findings;
mod hurdles;
mod late;
mod method;
mod open;
mod redaction;
mod schedule;
mod sentences;
mod setting;
pub mod words;

use chrono::NaiveDate;

use crate::domain::actions::{Action, Hour, next_hour, rank};
use crate::domain::assessment::Assessment;
use crate::domain::conflict::Conflict;
use crate::domain::crosswalk_view::{CrosswalkView, views};
use crate::domain::documents::{DocumentState, documents};
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::{Header, Questionnaire};
use crate::domain::scoring::{Contribution, Scorecard, StaleEvidence, Struck, Views, checks};
use crate::domain::soa::{Soa, soa};
use crate::domain::timeline::{Comparison, Costs, FEW_TRIALS, Forecast, Supposition, Work, costs, plan, work};
use crate::domain::worth::{Worth, worth};

pub use answers::{AnswerEntry, AreaAnswers, Orphans, RequirementAnswers};
pub use audience::{Audience, Holds, Names, Part};
pub use costs::afterwards;
pub use earlier::{AnswerChange, Changes, Earlier, Snapshot, Way, snapshots};
pub use findings::{FindingEntry, SystemicEntry, majors};
pub use hurdles::{Hurdle, hurdles};
pub use method::{ACTIONS_READ, GAINS_READ, ON_FINDINGS, RANKED, SELF_ASSESSMENT};
pub use open::first_guess;
pub use redaction::redacted;
pub use schedule::{Dates, Stretch, dates, stretch};
pub use sentences::{approval, basis, gain, of_trials, outlook};
pub use setting::profile_text;

/// What was worked out of the way to the certificate: each part takes a while, and not every reader asks for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Road {
    /// How long it takes.
    pub forecast: Option<Forecast>,
    /// What is left to be done, package by package.
    pub work: Vec<Work>,
}

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
    /// What that costs, where there is a forecast.
    pub costs: Option<Costs>,
    /// What would shorten it, the most saving first; nothing where that was not worked out.
    pub what_ifs: Vec<(Supposition, Comparison)>,
    /// What stands in the way of the next audit, in words.
    pub hurdles: Views<Vec<Hurdle>>,
    /// What an auditor would probably write, gravest first; without what is part of a systemic failure.
    pub findings: Vec<FindingEntry>,
    /// The areas whose requirements fall short together, each with the findings that it is made of, in order.
    pub systemic: Vec<SystemicEntry>,
    /// What to do, in the order in which to do it.
    pub actions: Vec<Action>,
    /// What to do with the next hour; none where nothing fits into one.
    pub next_hour: Option<Hour>,
    /// The Statement of Applicability.
    pub soa: Soa,
    /// The documented information that an audit reads, and how far it is there.
    pub documents: Vec<DocumentState>,
    /// What doesn't fit together, and what to ask next.
    pub checks: Vec<Struck>,
    /// What other frameworks the work helps with, and what stays uncovered.
    pub crosswalks: Vec<CrosswalkView>,
    /// Whether a certificate is worth it for this organisation now.
    pub worth: Worth,
    /// What was answered, by area.
    pub areas: Vec<AreaAnswers>,
    /// What was recorded for questions and controls that the questionnaire doesn't have (any more).
    pub orphans: Orphans,
    /// Evidence that was valid once, with what it is about.
    pub stale: Vec<StaleEntry>,
    /// How the assessment stood at its snapshots, oldest first.
    pub history: Vec<Earlier>,
    /// What changed since the last snapshot that differs; none where none was taken.
    pub changes: Option<Changes>,
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
    /// Returns how many values two copies of the assessment set differently, and what that means; none where all agree.
    #[must_use]
    pub fn conflicts(&self) -> Option<String> {
        let conflicts = self.assessment.conflicts();
        let subjects: Vec<String> = conflicts.iter().map(Conflict::subject).collect();
        let (noun, it) = if conflicts.len() == 1 { ("value is", "it is") } else { ("values are", "they are") };
        (!conflicts.is_empty()).then(|| {
            format!(
                "{} {noun} in conflict, set side by side, as in two copies of the assessment or while a file could not be read: {}. Until {it} set \
                 again, the figures use the lower level.",
                conflicts.len(),
                subjects.join(", ")
            )
        })
    }

    /// Returns the report on an assessment on a day, from its score and, where there is one, its timeline.
    #[must_use]
    pub fn new(
        questionnaire: &Questionnaire,
        assessment: &Assessment,
        scorecard: Scorecard,
        forecast: Option<Forecast>,
        on: NaiveDate,
    ) -> Self {
        let work = forecast.as_ref().map(|_| remaining(questionnaire, assessment, on)).unwrap_or_default();
        Self::on_the_way(questionnaire, assessment, scorecard, Road { forecast, work }, on)
    }

    /// The same, with what was worked out of the way to the certificate. What was not is left out of the report.
    #[must_use]
    pub fn on_the_way(
        questionnaire: &Questionnaire,
        assessment: &Assessment,
        scorecard: Scorecard,
        Road { forecast, work }: Road,
        on: NaiveDate,
    ) -> Self {
        let organisation = organisation(assessment);
        let obstacles = &scorecard.obstacles;
        let actions = rank(questionnaire, assessment, &scorecard, &work);
        let soa = soa(questionnaire, assessment, &scorecard);
        let mut checks = checks(questionnaire, assessment, &scorecard);
        checks.extend(forecast.as_ref().map(|forecast| late::dates(&actions, forecast)).unwrap_or_default());
        Self {
            title: title(&organisation),
            organisation,
            on,
            questionnaire: questionnaire.header().clone(),
            assessment: assessment.clone(),
            hurdles: Views {
                claimed: hurdles(questionnaire, &obstacles.claimed),
                evidenced: hurdles(questionnaire, &obstacles.evidenced),
            },
            findings: findings::entries(questionnaire, &scorecard),
            systemic: findings::systemic(questionnaire, &scorecard),
            next_hour: next_hour(questionnaire, &scorecard, &actions),
            actions,
            documents: documents(questionnaire, &scorecard, &soa),
            soa,
            checks,
            crosswalks: views(questionnaire, assessment, &scorecard),
            worth: worth(assessment, &scorecard, forecast.as_ref()),
            areas: answers::by_area(questionnaire, assessment, on),
            orphans: answers::orphans(questionnaire, assessment),
            stale: stale(questionnaire, &scorecard),
            method: method::paragraphs(questionnaire, assessment, &scorecard, forecast.as_ref()),
            scorecard,
            costs: forecast.as_ref().map(|forecast| costs(assessment.profile(), forecast)),
            what_ifs: vec![],
            history: vec![],
            changes: None,
            forecast,
        }
    }

    /// Returns the report with what its snapshots say, oldest first. They are redacted as the assessment is.
    #[must_use]
    pub fn since(self, questionnaire: &Questionnaire, snapshots: &[Snapshot]) -> Self {
        Self {
            history: snapshots.iter().map(|snapshot| Earlier::new(questionnaire, snapshot)).collect(),
            changes: Changes::new(questionnaire, snapshots, &self.assessment),
            ..self
        }
    }

    /// Returns the report with what would shorten the way.
    #[must_use]
    pub fn supposing(self, what_ifs: Vec<(Supposition, Comparison)>) -> Self {
        Self { what_ifs, ..self }
    }
}

impl Report {
    /// Returns every finding: those that stand by themselves, then those that make up systemic failures.
    pub fn all_findings(&self) -> impl Iterator<Item = &FindingEntry> {
        self.findings.iter().chain(self.systemic.iter().flat_map(|entry| &entry.findings))
    }

    /// Returns what a question contributes to the figures; none where it doesn't count.
    #[must_use]
    pub fn contribution(&self, question: &QuestionId) -> Option<&Contribution> {
        let all = &self.scorecard.contributions;
        all.binary_search_by(|entry| entry.question.cmp(question)).ok().and_then(|at| all.get(at))
    }
}

/// Returns the work that is left on a day, with the months that each package would save; nothing where there is no road
/// map.
#[must_use]
pub fn remaining(questionnaire: &Questionnaire, assessment: &Assessment, on: NaiveDate) -> Vec<Work> {
    plan(questionnaire, assessment, on).map(|plan| work(&plan, assessment.seed(), FEW_TRIALS)).unwrap_or_default()
}

fn title(organisation: &str) -> String {
    let of = if organisation == redaction::NO_ORGANISATION { "the organisation" } else { organisation };
    format!("Self-assessment of {of}")
}

fn organisation(assessment: &Assessment) -> String {
    let organisation = assessment.profile().organisation.trim();
    match organisation {
        "" => assessment.name().to_owned(),
        redaction::LEFT_OUT => redaction::NO_ORGANISATION.to_owned(),
        organisation => organisation.to_owned(),
    }
}

fn stale(questionnaire: &Questionnaire, scorecard: &Scorecard) -> Vec<StaleEntry> {
    let entry = |evidence: &StaleEvidence| StaleEntry {
        evidence: evidence.clone(),
        ask: questionnaire.item(&evidence.question).map(|item| item.question.ask.clone()).unwrap_or_default(),
    };
    scorecard.stale.iter().map(entry).collect()
}
