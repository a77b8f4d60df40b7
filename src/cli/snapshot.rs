//! `ready42 snapshot NAME [LABEL]`

use serde_json::json;

use crate::cli::context::Context;
use crate::cli::fault::Fault;
use crate::domain::history::{Act, History};
use crate::domain::text::visible;

/// Gives the state of this moment a label, to come back to.
pub fn run(context: &mut Context, name: &str, label: Option<&str>) -> Result<(), Fault> {
    let mut desk = context.workspace()?.write(name, &context.meta(None))?;
    context.tell_notices(desk.notices());
    let label = match label {
        Some(label) if is_taken(desk.history(), label) => {
            return Err(Fault::refused(
                format!("there is a snapshot {:?} already", visible(label)),
                "Choose another label; `ready42 log NAME` shows those that there are.",
            ));
        }
        Some(label) => label.to_owned(),
        None => usual(desk.history(), context),
    };
    let id = context.act(&mut desk, &Act::Snapshot(label.clone()))?;
    if context.global.json {
        context.json(&json!({ "id": id, "label": label }));
    } else {
        context.line(format!("✓ saved, snapshot {}", visible(&label)));
        context.tell(format!("What changes from now on: ready42 diff {:?} {:?}", visible(name), visible(&label)));
    }
    Ok(())
}

fn is_taken(history: &History, label: &str) -> bool {
    history.snapshots().any(|(_, _, taken)| taken.to_lowercase() == label.to_lowercase())
}

/// Returns a label of the day that no snapshot has.
fn usual(history: &History, context: &Context) -> String {
    let first = format!("Snapshot of {}", context.today);
    let others = (2..).map(|number: u32| format!("{first} ({number})"));
    std::iter::once(first.clone()).chain(others).find(|label| !is_taken(history, label)).unwrap_or(first)
}
