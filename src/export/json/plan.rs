//! The action plan, and whether it is worth it, in JSON: a contract with scripts outside the project.

use serde_json::{Value, json};

use crate::domain::actions::{Action, Gain, Hour};
use crate::domain::flow::Progress;
use crate::domain::id::QuestionId;
use crate::domain::report::{RANKED, SELF_ASSESSMENT};
use crate::domain::worth::{Takes, Worth};
use crate::export::json::figures::number;

/// Returns an action plan as JSON.
///
/// At least: `completion`, `answered`, `asked`, `ranked` (how the order comes about), `next_hour` (null where nothing
/// fits), `actions`, each with `question`, `requirement`, `reason`, `level`, `next`, `gain`, `effort`, `value`, `step`,
/// `quick_win`, `owner`, `due`, `status`.
#[must_use]
pub fn plan(actions: &[Action], next_hour: Option<&Hour>, completion: Progress) -> Value {
    json!({
        "note": SELF_ASSESSMENT,
        "completion": number(completion.share()),
        "answered": completion.answered,
        "asked": completion.asked,
        "ranked": RANKED,
        "next_hour": next_hour.map(hour),
        "actions": actions.iter().map(action).collect::<Vec<_>>(),
    })
}

/// Returns what to do with an hour.
pub(super) fn hour(hour: &Hour) -> Value {
    json!({
        "kind": hour.kind.word(),
        "questions": hour.questions.iter().map(QuestionId::as_str).collect::<Vec<_>>(),
        "points": number(hour.points),
        "days": hour.days.map(number),
        "told": hour.told(),
    })
}

/// Returns an action.
pub(super) fn action(action: &Action) -> Value {
    json!({
        "question": action.question.as_str(),
        "requirement": action.requirement.as_str(),
        "title": action.title,
        "ask": action.ask,
        "reason": action.reason.word(),
        "urgency": action.urgency.word(),
        "level": action.level.number(),
        "next": action.next.number(),
        "next_text": action.next_text,
        "gain": gain(&action.gain),
        "effort": action.effort.map(number),
        "value": number(action.value),
        "step": action.step,
        "package": action.package,
        "builds_on": action.builds_on,
        "quick_win": action.quick_win,
        "owner": action.owner,
        "due": action.due.map(|day| day.to_string()),
        "status": action.status.word(),
    })
}

fn gain(gain: &Gain) -> Value {
    json!({
        "stage1": number(gain.stage1),
        "stage2": number(gain.stage2),
        "evidenced": number(gain.evidenced),
        "months": gain.months.map(number),
        "points": number(gain.points()),
    })
}

/// Returns whether a certificate is worth it.
pub(super) fn worth(worth: &Worth) -> Value {
    json!({
        "advice": worth.advice.word(),
        "title": worth.advice.title(),
        "for": worth.reasons_for,
        "against": worth.reasons_against,
        "alternative": worth.advice.alternative(),
        "takes": worth.takes.as_ref().map(takes),
    })
}

fn takes(takes: &Takes) -> Value {
    let range = |(from, to): (f64, f64)| json!({ "p10": number(from), "p90": number(to) });
    json!({
        "months": range(takes.months),
        "days": range(takes.days),
        "own_cost": takes.own_cost.map(range),
    })
}
