//! The whole assessment in JSON: what was recorded, so that it can be read back without loss, and what follows from it.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::domain::assessment::{Answer, Assessment, Response};
use crate::domain::id::QuestionId;
use crate::domain::report::{Orphans, Report, SELF_ASSESSMENT};
use crate::export::json::profile::told;
use crate::export::json::{conflicts, crosswalk, documents, history, plan, profile, score, soa, timeline};

/// The name of the format, by which a reader knows it.
pub const FORMAT: &str = "ready42/assessment";
/// The version of the format. It rises when a reader of the former one would misread it.
pub const VERSION: u32 = 1;

/// Returns the whole assessment as JSON.
///
/// What stands outside `report` is what was recorded, complete: reading it back gives an equal assessment. `report` is
/// what follows from it on the day `on`.
#[must_use]
pub fn assessment(report: &Report) -> Value {
    let assessment = &report.assessment;
    json!({
        "format": FORMAT,
        "version": VERSION,
        "note": SELF_ASSESSMENT,
        "name": assessment.name(),
        "questionnaire": {
            "id": assessment.questionnaire().id,
            "version": assessment.questionnaire().version,
        },
        "depth": assessment.depth().word(),
        "seed": assessment.seed().0,
        "profile": profile(assessment.profile()),
        "profile_told": told(assessment.profile()),
        "answers": answers(assessment),
        "exclusions": exclusions(assessment),
        "statement": soa::recorded(assessment),
        "report": derived(report),
    })
}

fn derived(report: &Report) -> Value {
    json!({
        "on": day(report.on),
        "title": report.title,
        "organisation": report.organisation,
        "questionnaire": {
            "id": report.questionnaire.id,
            "version": report.questionnaire.version,
            "title": report.questionnaire.title,
        },
        "score": score::score_with(&report.scorecard, &report.hurdles, &report.checks),
        "documents": report.documents.iter().map(documents::document).collect::<Vec<_>>(),
        "crosswalks": report.crosswalks.iter().map(crosswalk::crosswalk).collect::<Vec<_>>(),
        "worth": plan::worth(&report.worth),
        "next_hour": report.next_hour.as_ref().map(plan::hour),
        "actions": report.actions.iter().map(plan::action).collect::<Vec<_>>(),
        "statement_of_applicability": soa::soa(&report.soa),
        "timeline": report.forecast.as_ref().map(timeline::timeline),
        "costs": report.costs.as_ref().map(timeline::costs),
        "what_ifs": report.what_ifs.iter().map(timeline::what_if).collect::<Vec<_>>(),
        "history": report.history.iter().map(history::earlier).collect::<Vec<_>>(),
        "changes": report.changes.as_ref().map(history::changes),
        "orphaned": orphaned(&report.orphans),
        "conflicts": conflicts::conflicts(&report.assessment),
        "method": report.method,
    })
}

fn answers(assessment: &Assessment) -> Value {
    assessment.responses().map(|(question, response)| answer(question, response)).collect()
}

fn answer(question: &QuestionId, response: &Response) -> Value {
    let (level, because) = match &response.answer {
        None => (Value::Null, Value::Null),
        Some(Answer::Level(level)) => (json!(level.number()), Value::Null),
        Some(Answer::NotApplicable { because }) => (json!("na"), json!(because)),
    };
    json!({
        "question": question.as_str(),
        "level": level,
        "because": because,
        "note": response.note,
        "evidence": response.evidence.iter().map(soa::evidence).collect::<Vec<_>>(),
        "owner": response.owner,
        "due": response.due.map(day),
        "reviewed": response.reviewed.map(day),
        "marked": response.marked,
    })
}

fn exclusions(assessment: &Assessment) -> Value {
    assessment.exclusions().map(|(id, because)| json!({ "control": id.as_str(), "because": because })).collect()
}

fn orphaned(orphans: &Orphans) -> Value {
    let answers = orphans.answers.iter().map(|(id, _, follower)| {
        json!({ "question": id.as_str(), "followed_by": follower.as_ref().map(QuestionId::as_str) })
    });
    json!({
        "answers": answers.collect::<Vec<_>>(),
        "exclusions": orphans.exclusions.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(),
    })
}

fn day(day: NaiveDate) -> String {
    day.to_string()
}
