//! The Statement of Applicability in JSON: a contract with scripts outside the project.

use serde_json::{Value, json};

use crate::domain::assessment::{Assessment, Evidence};
use crate::domain::id::RequirementId;
use crate::domain::level::Level;
use crate::domain::report::SELF_ASSESSMENT;
use crate::domain::soa::{Approval, CLAUSES_ALWAYS_APPLY, Control, Decision, OwnControl, Soa, SoaChange};

/// Returns a Statement of Applicability as JSON.
///
/// At least: `version`, `approved`, `approval` (null where there is none), `changes`, `controls`, `own_controls`. Each
/// control has `control`, `title`, `area`, `decision`, `because`, `reasons`, `status`, `weakest`, `owners`, `evidence`,
/// `answered` and `asked`.
#[must_use]
pub fn soa(soa: &Soa) -> Value {
    let undecided = soa.undecided();
    let ids = |ids: &[RequirementId]| ids.iter().map(RequirementId::as_str).map(str::to_owned).collect::<Vec<_>>();
    json!({
        "note": SELF_ASSESSMENT,
        "clauses": CLAUSES_ALWAYS_APPLY,
        "version": soa.version,
        "approved": soa.is_approved(),
        "approval": soa.approval.as_ref().map(approval),
        "changes": soa.changes.iter().map(change).collect::<Vec<_>>(),
        "without_reason": ids(&undecided.without_reason),
        "undecided": ids(&undecided.undecided),
        "controls": soa.controls.iter().map(control).collect::<Vec<_>>(),
        "own_controls": soa.own.iter().map(|(id, own)| own_control(id, own)).collect::<Vec<_>>(),
    })
}

/// Returns what was recorded for the statement beside exclusions, complete: reading it back gives the same.
pub(super) fn recorded(assessment: &Assessment) -> Value {
    let inclusions = assessment.inclusions().map(|(id, reasons)| {
        json!({
            "control": id.as_str(),
            "reasons": reasons.iter().map(|reason| reason.word()).collect::<Vec<_>>(),
        })
    });
    json!({
        "inclusions": inclusions.collect::<Vec<_>>(),
        "own_controls": assessment.own_controls().map(|(id, own)| own_control(id, own)).collect::<Vec<_>>(),
        "approval": assessment.approval().map(approval),
    })
}

fn approval(approval: &Approval) -> Value {
    let lines = approval.lines.iter().map(|(id, line)| json!({ "control": id.as_str(), "says": line }));
    json!({
        "version": approval.version,
        "approver": approval.approver,
        "on": approval.on.to_string(),
        "lines": lines.collect::<Vec<_>>(),
    })
}

fn change(change: &SoaChange) -> Value {
    json!({ "control": change.control.as_str(), "old": change.old, "new": change.new })
}

fn control(control: &Control) -> Value {
    let (because, status, weakest) = match &control.decision {
        Decision::Applicable { status, weakest } => {
            let number = |level: Option<Level>| level.map(Level::number);
            let status = json!({ "claimed": status.claimed.word(), "evidenced": status.evidenced.word() });
            let weakest = json!({ "claimed": number(weakest.claimed), "evidenced": number(weakest.evidenced) });
            (Value::Null, status, weakest)
        }
        Decision::Excluded { because } => (json!(because), Value::Null, Value::Null),
        Decision::Undecided => (Value::Null, Value::Null, Value::Null),
    };
    json!({
        "control": control.id.as_str(),
        "title": control.title,
        "area": control.area.as_str(),
        "decision": control.decision.word(),
        "because": because,
        "reasons": control.reasons.iter().map(|reason| reason.word()).collect::<Vec<_>>(),
        "status": status,
        "weakest": weakest,
        "owners": control.owners,
        "evidence": control.evidence.iter().map(evidence).collect::<Vec<_>>(),
        "answered": control.answered.answered,
        "asked": control.answered.asked,
    })
}

fn own_control(id: &RequirementId, own: &OwnControl) -> Value {
    json!({
        "control": id.as_str(),
        "title": own.title,
        "reason": own.reason,
        "status": own.status.word(),
        "owner": own.owner,
    })
}

/// Returns an item of evidence, complete.
pub(super) fn evidence(evidence: &Evidence) -> Value {
    json!({
        "kind": evidence.kind.word(),
        "what": evidence.what,
        "date": evidence.date.map(|day| day.to_string()),
        "valid_until": evidence.valid_until.map(|day| day.to_string()),
    })
}
