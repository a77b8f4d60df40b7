//! `ready42 snapshot NAME [LABEL]`

use serde_json::json;

use crate::cli::context::Context;
use crate::cli::fault::Fault;
use crate::domain::history::Act;
use crate::domain::text::visible;
use crate::storage::doctor::quoted;

/// Gives the state of this moment a label, to come back to.
pub fn run(context: &mut Context, name: &str, label: Option<&str>) -> Result<(), Fault> {
    let mut desk = context.workspace()?.write(name, &context.meta(None))?;
    context.tell_notices(desk.notices());
    let label = match label {
        Some(label) if desk.history().has_label(label) => {
            return Err(Fault::refused(
                format!("there is a snapshot {:?} already", visible(label)),
                "Choose another label; `ready42 log NAME` shows those that there are.",
            ));
        }
        Some(label) => label.to_owned(),
        None => desk.history().usual_label(context.today),
    };
    let id = context.act(&mut desk, &Act::Snapshot(label.clone()))?;
    if context.global.json {
        context.json(&json!({ "id": id, "label": label }));
    } else {
        context.line(format!("✓ saved, snapshot {}", visible(&label)));
        context.tell(format!("What changes from now on: ready42 diff {} {}", quoted(name), quoted(&label)));
    }
    Ok(())
}
