//! JSON: the shapes that scripts outside rely on; `docs/command-line.md` tells them.

mod assessment;
mod questionnaire;
mod score;
mod timeline;

use serde_json::{Value, json};

use crate::domain::level::Level;
use crate::domain::report::{NOTE, Report};
use crate::domain::soa::{Applies, Status};

pub use assessment::{assessment, profile};
pub use questionnaire::questionnaire;
pub use score::score;
pub use timeline::timeline;

/// The version of the shape of an exported report.
const VERSION: u32 = 1;

/// Returns everything that a report says, the assessment itself included.
#[must_use]
pub fn report(report: &Report) -> Value {
    let statement = report.statement.iter().map(|row| {
        let (applicable, because) = match &row.applies {
            Applies::Yes => (json!(true), Value::Null),
            Applies::No { because } => (json!(false), json!(because)),
            Applies::Undecided => (Value::Null, Value::Null),
        };
        json!({
            "control": row.control.as_str(),
            "title": row.title,
            "applicable": applicable,
            "because": because,
            "status": row.status.map(Status::title),
        })
    });
    let actions = report.actions.iter().map(|action| {
        json!({
            "question": action.question.as_str(),
            "ask": action.ask,
            "level": action.level.map(Level::number),
            "next": action.next,
            "reason": action.reason.title(),
            "owner": action.owner,
            "due": action.due.map(|due| due.to_string()),
        })
    });
    json!({
        "format": "ready42/report",
        "version": VERSION,
        "on": report.on.to_string(),
        "organisation": report.organisation(),
        "note": NOTE,
        "questionnaire": {
            "id": report.questionnaire.id,
            "version": report.questionnaire.version,
            "title": report.questionnaire.title,
        },
        "assessment": assessment(&report.assessment),
        "score": score(&report.card),
        "timeline": report.forecast.as_ref().map(timeline),
        "statement_of_applicability": statement.collect::<Vec<_>>(),
        "actions": actions.collect::<Vec<_>>(),
    })
}

/// Returns a figure rounded to six digits, so that it is written alike on every machine.
fn figure(value: f64) -> Value {
    json!((value * 1e6).round() / 1e6)
}
