//! `ready42 undo NAME` and `ready42 redo NAME`

use serde_json::json;

use crate::cli::context::Context;
use crate::cli::fault::{Fault, Status};
use crate::cli::log;
use crate::domain::history::{Act, sentence};

/// In which direction one goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The last step is taken back.
    Back,
    /// The step that was taken back last is made again.
    Again,
}

/// Takes a step back, or makes it again.
pub fn run(context: &mut Context, name: &str, way: Way) -> Result<(), Fault> {
    let workspace = context.workspace()?;
    let mut desk = workspace.write(name, &context.meta(None))?;
    context.tell_notices(desk.notices());
    let turn = match way {
        Way::Back => desk.history().undo(desk.assessment()),
        Way::Again => desk.history().redo(desk.assessment()),
    };
    let Some(turn) = turn else {
        let (message, remedy) = match way {
            Way::Back => ("there is nothing to take back", "`ready42 log NAME` shows what was done."),
            Way::Again => (
                "there is nothing to make again",
                "Only what was taken back can be made again, until something new is changed.",
            ),
        };
        return Err(Fault::new(Status::Failure, message, remedy));
    };
    workspace.check_names(&turn.changes, desk.folder())?;
    let act = if way == Way::Back { Act::Undo(turn.clone()) } else { Act::Redo(turn.clone()) };
    let id = context.act(&mut desk, &act)?;
    if context.global.json {
        let changes: Vec<_> = turn.changes.iter().map(log::change).collect();
        context.json(&json!({ "id": id, "of": log::id(&turn.of), "changes": changes }));
        return Ok(());
    }
    let verb = if way == Way::Back { "taken back" } else { "made again" };
    context.line(format!("✓ saved, {verb}: {}", turn.subject()));
    for change in &turn.changes {
        context.line(format!("  {}", sentence(change)));
    }
    Ok(())
}
