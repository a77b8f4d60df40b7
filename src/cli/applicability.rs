//! `ready42 exclude NAME CONTROL --because T` and `ready42 include NAME CONTROL`

use serde_json::json;

use crate::cli::context::Context;
use crate::cli::fault::Fault;
use crate::domain::change::Change;
use crate::domain::id::RequirementId;
use crate::domain::text::visible;

/// Excludes a control with a justification, or includes it again.
pub fn run(context: &mut Context, name: &str, control: &str, because: Option<String>) -> Result<(), Fault> {
    let mut desk = context.workspace()?.write(name, &context.meta(None))?;
    context.tell_notices(desk.notices());
    let id = RequirementId::from(control);
    if desk.questionnaire().requirement(&id).is_none() {
        let questionnaire = desk.questionnaire().header().id.clone();
        return Err(Fault::not_found(
            format!("there is no control {}", visible(control)),
            format!("All ids: ready42 questionnaire show {questionnaire}"),
        ));
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
