//! `ready42 soa NAME`: prints the Statement of Applicability, and takes what a person decides for it.

use std::collections::BTreeSet;

use serde_json::json;

use crate::cli::args::Soa as Arguments;
use crate::cli::context::Context;
use crate::cli::fault::Fault;
use crate::cli::table::aligned;
use crate::domain::assessment::Assessment;
use crate::domain::change::Change;
use crate::domain::id::RequirementId;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::report::{SELF_ASSESSMENT, words};
use crate::domain::scoring::score;
use crate::domain::soa::{CLAUSES_ALWAYS_APPLY, Control, Decision, InclusionReason, OwnControl, Soa, Status, soa};
use crate::domain::text::visible;
use crate::export;
use crate::shell::workspace::Desk;

/// Prints the statement; or sets reasons, own controls and an approval, all of them or none.
pub fn run(context: &mut Context, arguments: &Arguments) -> Result<(), Fault> {
    if arguments.is_reading() {
        let document = context.read_current(&arguments.name)?;
        context.tell_notices(&document.notices);
        let statement = of(context, &document.questionnaire, &document.assessment);
        print(context, &statement);
        return Ok(());
    }
    let mut desk = context.workspace()?.write(&arguments.name, &context.meta(None))?;
    context.tell_notices(desk.notices());
    let changes = changes(context, &desk, arguments)?;
    let count = changes.len();
    let changes: Vec<_> = changes.into_iter().map(|change| (change, None)).collect();
    let id = context.record(&mut desk, &changes, arguments.because.clone())?;
    let statement = of(context, desk.questionnaire(), desk.assessment());
    if context.global.json {
        context.json(&json!({ "version": statement.version, "approved": statement.is_approved(), "id": id }));
    } else {
        context.line(format!("✓ saved, {}; {}", words::count(count, "change"), version(&statement)));
    }
    Ok(())
}

fn of(context: &Context, questionnaire: &Questionnaire, assessment: &Assessment) -> Soa {
    soa(questionnaire, assessment, &score(questionnaire, assessment, context.today))
}

/// Returns what the arguments ask for, checked one after the other; all that is wrong is told at once.
fn changes(context: &Context, desk: &Desk, arguments: &Arguments) -> Result<Vec<Change>, Fault> {
    let mut scratch = desk.assessment().clone();
    let (mut changes, mut faults) = (vec![], vec![]);
    let mut wanted: Vec<Result<Change, String>> = vec![];
    wanted.extend(arguments.set.iter().map(|text| inclusion(&scratch, text)));
    wanted.extend(arguments.add_control.iter().map(|text| own_control(&scratch, text, arguments)));
    wanted.extend(arguments.remove_control.iter().map(|id| removal(&scratch, id)));
    for change in wanted {
        match change.and_then(|change| change.check(desk.questionnaire()).map(|()| change).map_err(|r| r.to_string())) {
            Ok(change) if change.is_idle(&scratch) => {}
            Ok(change) => {
                scratch.apply(&change);
                changes.push(change);
            }
            Err(fault) => faults.push(visible(&fault).into_owned()),
        }
    }
    // Last: what is approved is the statement with all that was set beside it.
    if let Some(approver) = &arguments.approve {
        let statement = of(context, desk.questionnaire(), &scratch);
        let change = statement.approved_by(approver.trim().to_owned(), context.today);
        match change.check(desk.questionnaire()) {
            Ok(()) => changes.push(change),
            Err(refusal) => faults.push(refusal.to_string()),
        }
    }
    if faults.is_empty() {
        return Ok(changes);
    }
    Err(Fault::refused(
        faults.join("\n"),
        "Nothing was changed. For example: --set A.5.2=risk,law, with the reasons risk, law, contract and best-practice.",
    ))
}

fn inclusion(assessment: &Assessment, text: &str) -> Result<Change, String> {
    let (control, words) = text.split_once('=').ok_or_else(|| format!("{text:?} is not CONTROL=REASON,REASON"))?;
    let words = words.split(',').map(str::trim).filter(|word| !word.is_empty());
    let reason = |word| InclusionReason::from_word(word).ok_or_else(|| format!("there is no reason {word:?}"));
    let reasons: BTreeSet<InclusionReason> = words.map(reason).collect::<Result<_, _>>()?;
    Ok(Change::inclusion(assessment, &RequirementId::from(control.trim()), reasons))
}

fn own_control(assessment: &Assessment, text: &str, arguments: &Arguments) -> Result<Change, String> {
    let (id, title) = text.split_once('=').ok_or_else(|| format!("{text:?} is not ID=TITLE"))?;
    let status = arguments.status.as_deref().unwrap_or(Status::NotImplemented.word());
    let own = OwnControl {
        title: title.trim().to_owned(),
        reason: arguments.because.clone().unwrap_or_default(),
        status: Status::from_word(status).ok_or_else(|| {
            let words: Vec<&str> = Status::ALL.into_iter().map(Status::word).collect();
            format!("there is no status {status:?}: it is one of {}", words.join(", "))
        })?,
        owner: arguments.owner.clone().unwrap_or_default(),
    };
    Ok(Change::own_control(assessment, &RequirementId::from(id.trim()), Some(own)))
}

fn removal(assessment: &Assessment, id: &str) -> Result<Change, String> {
    let control = RequirementId::from(id);
    if assessment.own_controls().any(|(own, _)| *own == control) {
        return Ok(Change::own_control(assessment, &control, None));
    }
    Err(format!("{id} is no control of your own; one of Annex A is left out with: ready42 exclude"))
}

fn print(context: &mut Context, statement: &Soa) {
    if context.global.json {
        let value = export::json::soa(statement);
        context.json(&value);
        return;
    }
    for line in lines(statement) {
        context.line(line);
    }
}

fn lines(statement: &Soa) -> Vec<String> {
    let (applicable, excluded, undecided) = statement.counts();
    let mut lines = vec![
        format!("Statement of Applicability, {}", version(statement)),
        format!(
            "{}: {applicable} applicable, {excluded} excluded, {undecided} undecided; {} applicable without a reason.",
            words::count(statement.controls.len(), "control"),
            statement.undecided().without_reason.len(),
        ),
        String::new(),
    ];
    if !statement.changes.is_empty() {
        lines.push("Changed since that version".to_owned());
        let line = |line: &Option<String>| line.clone().unwrap_or_else(|| "not there".to_owned());
        let rows: Vec<[String; 2]> = statement
            .changes
            .iter()
            .map(|c| [format!("  {}", c.control), format!("{} (was: {})", line(&c.new), line(&c.old))])
            .collect();
        lines.extend(aligned(&rows));
        lines.push(String::new());
    }
    let header = ["CONTROL", "", "DECISION", "CLAIMED", "EVIDENCED", "ANSWERED", "EVIDENCE", "OWNER", "REASON"];
    let mut rows = vec![header.map(str::to_owned)];
    rows.extend(statement.controls.iter().map(row));
    lines.extend(aligned(&rows));
    if !statement.own.is_empty() {
        lines.push(String::new());
        let mut rows = vec![["OWN CONTROL", "", "STATUS", "OWNER", "REASON"].map(str::to_owned)];
        rows.extend(statement.own.iter().map(|(id, own)| {
            let OwnControl { title, reason, status, owner } = own.clone();
            [id.to_string(), title, status.title().to_owned(), owner, reason]
        }));
        lines.extend(aligned(&rows));
    }
    lines.extend([String::new(), CLAUSES_ALWAYS_APPLY.to_owned(), SELF_ASSESSMENT.to_owned()]);
    lines
}

fn row(control: &Control) -> [String; 9] {
    let (reason, claimed, evidenced) = match &control.decision {
        Decision::Applicable { status, .. } => {
            let reasons: Vec<&str> = control.reasons.iter().map(|reason| reason.title()).collect();
            let reasons = if reasons.is_empty() { "–".to_owned() } else { reasons.join(", ") };
            (reasons, status.claimed.title(), status.evidenced.title())
        }
        Decision::Excluded { because } => (because.clone(), "–", "–"),
        Decision::Undecided => ("exclude it with a justification, or change the role".to_owned(), "–", "–"),
    };
    [
        control.id.to_string(),
        control.title.clone(),
        control.decision.word().to_owned(),
        claimed.to_owned(),
        evidenced.to_owned(),
        words::coverage(control.answered),
        words::count(control.evidence.len(), "item"),
        control.owners.join("; "),
        reason,
    ]
}

/// Returns which version the statement is, and who approved it.
fn version(statement: &Soa) -> String {
    match &statement.approval {
        None => format!("version {}, not approved yet", statement.version),
        Some(approval) if statement.changes.is_empty() => {
            format!("version {}, approved by {} on {}", statement.version, approval.approver, approval.on)
        }
        Some(approval) => format!(
            "version {}, not approved yet; version {} was approved by {} on {}",
            statement.version, approval.version, approval.approver, approval.on
        ),
    }
}
