//! `ready42 exclude NAME CONTROL --because T`, `ready42 exclude NAME --propose | --accept` and
//! `ready42 include NAME CONTROL`

use serde_json::{Value, json};

use crate::cli::args::Exclude;
use crate::cli::context::Context;
use crate::cli::fault::Fault;
use crate::domain::change::Change;
use crate::domain::id::RequirementId;
use crate::domain::proposal::{Proposal, proposal, proposals};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::text::visible;
use crate::shell::workspace::Desk;

/// Excludes a control, or shows or accepts what is usually left out in the profile's role.
pub fn exclude(context: &mut Context, arguments: Exclude) -> Result<(), Fault> {
    let Exclude { name, control, because, propose, accept } = arguments;
    match control {
        _ if propose => propose_all(context, &name),
        control if accept => accept_proposals(context, &name, control.as_deref()),
        Some(control) => run(context, &name, &control, because),
        // clap asks for a control wherever nothing is proposed.
        None => Ok(()),
    }
}

/// Excludes a control with a justification, or includes it again where there is none.
pub fn run(context: &mut Context, name: &str, control: &str, because: Option<String>) -> Result<(), Fault> {
    let mut desk = open(context, name)?;
    let id = RequirementId::from(control);
    if desk.questionnaire().requirement(&id).is_none() {
        return Err(no_control(desk.questionnaire(), control));
    }
    let verb = if because.is_some() { "excluded" } else { "included" };
    let change = Change::exclusion(desk.assessment(), &id, because);
    let changes = if change.is_idle(desk.assessment()) { vec![] } else { vec![(change, None)] };
    let id = context.record(&mut desk, &changes, None)?;
    if context.global.json {
        context.json(&json!({ "control": control, "state": verb, "id": id }));
    } else {
        context.line(format!("✓ saved, {control} is {verb}"));
    }
    Ok(())
}

fn open(context: &Context, name: &str) -> Result<Desk, Fault> {
    let desk = context.workspace()?.write(name, &context.meta(None))?;
    context.tell_notices(desk.notices());
    Ok(desk)
}

fn no_control(questionnaire: &Questionnaire, control: &str) -> Fault {
    Fault::not_found(
        format!("there is no control {}", visible(control)),
        format!("All ids: ready42 questionnaire show {}", questionnaire.header().id),
    )
}

/// Prints what could be excluded, and changes nothing.
fn propose_all(context: &mut Context, name: &str) -> Result<(), Fault> {
    let document = context.read_current(name)?;
    context.tell_notices(&document.notices);
    let proposed: Vec<Proposal<'_>> = proposals(&document.questionnaire, &document.assessment).collect();
    let role = document.assessment.profile().ai_role.word();
    if context.global.json {
        let rows: Vec<Value> = proposed.iter().map(|one| row(one)).collect();
        context.json(&json!({ "role": role, "proposals": rows }));
        return Ok(());
    }
    if proposed.is_empty() {
        context.line(format!("In the role {role:?}, no control is left that could usually be excluded."));
        return Ok(());
    }
    context.line(format!("In the role {role:?}, these controls are usually excluded. Nothing is excluded yet."));
    for Proposal { control, because } in proposed {
        context.line("");
        context.line(format!("{}  {}", control.id, visible(&control.title)));
        context.line(format!("  {}", visible(because)));
    }
    context.line("");
    context.line("Each has to be true of you: whoever tunes a model, or builds on it, develops.");
    context.line("  one:  ready42 exclude NAME CONTROL --accept, or --because with words of your own");
    context.line("  all:  ready42 exclude NAME --accept");
    Ok(())
}

/// Excludes the control, or all that are proposed, with the proposed justification.
fn accept_proposals(context: &mut Context, name: &str, control: Option<&str>) -> Result<(), Fault> {
    let mut desk = open(context, name)?;
    let questionnaire = desk.questionnaire().clone();
    let accepted: Vec<Proposal<'_>> = match control {
        None => proposals(&questionnaire, desk.assessment()).collect(),
        Some(control) => vec![proposed(&questionnaire, &desk, control)?],
    };
    let changes: Vec<(Change, Option<String>)> = accepted
        .iter()
        .map(|one| (Change::exclusion(desk.assessment(), &one.control.id, Some(one.because.to_owned())), None))
        .collect();
    let id = context.record(&mut desk, &changes, None)?;
    if context.global.json {
        let rows: Vec<Value> = accepted.iter().map(row).collect();
        context.json(&json!({ "excluded": rows, "id": id }));
        return Ok(());
    }
    if accepted.is_empty() {
        context.line("There is nothing to accept: no proposal is left in this role.");
    }
    for one in accepted {
        context.line(format!("✓ saved, {} is excluded: {}", one.control.id, visible(one.because)));
    }
    Ok(())
}

/// Returns the proposal to exclude this control.
fn proposed<'q>(questionnaire: &'q Questionnaire, desk: &Desk, control: &str) -> Result<Proposal<'q>, Fault> {
    let Some((_, requirement)) = questionnaire.requirement(&control.into()) else {
        return Err(no_control(questionnaire, control));
    };
    proposal(desk.assessment(), requirement).ok_or_else(|| {
        let role = desk.assessment().profile().ai_role.word();
        Fault::refused(
            format!("nothing is proposed for {control} in the role {role:?}"),
            "Give a justification of your own with --because; --propose shows what is proposed.",
        )
    })
}

fn row(proposal: &Proposal<'_>) -> Value {
    json!({
        "control": proposal.control.id.as_str(),
        "title": proposal.control.title,
        "because": proposal.because,
    })
}
