//! `ready42 rename`, `copy`, `archive`, `delete` and `restore`

use std::io::{BufRead, IsTerminal, Write};

use serde_json::json;

use crate::cli::args::{Delete, Restore};
use crate::cli::context::Context;
use crate::cli::fault::{Fault, Status};
use crate::domain::text::visible;
use crate::storage::Shelf;
use crate::storage::doctor::quoted;

/// Calls an assessment differently.
pub fn rename(context: &mut Context, name: &str, new: &str) -> Result<(), Fault> {
    let placed = context.workspace()?.rename(name, new, &context.meta(None))?;
    context.tell_notices(&placed.notices);
    tell(context, new, &format!("✓ saved, it is called {} now", visible(new)));
    Ok(())
}

/// Makes an assessment that has all that another one has.
pub fn copy(context: &mut Context, name: &str, new: &str) -> Result<(), Fault> {
    let placed = context.workspace()?.copy(name, new, &context.meta(None))?;
    context.tell_notices(&placed.notices);
    tell(context, new, &format!("✓ saved, {} has all that {} has", visible(new), visible(name)));
    Ok(())
}

/// Puts an assessment into the archive.
pub fn archive(context: &mut Context, name: &str) -> Result<(), Fault> {
    put_away(context, name, Shelf::Archive)
}

/// Puts an assessment into the trash, once the user has said yes.
pub fn delete(context: &mut Context, arguments: &Delete) -> Result<(), Fault> {
    let full = context.workspace()?.full_name(&arguments.name)?;
    if !arguments.yes && !is_meant(&full)? {
        return Err(Fault::new(Status::Failure, "nothing was deleted", ""));
    }
    put_away(context, &arguments.name, Shelf::Trash)
}

/// Brings an assessment back from the trash or the archive; without a name, lists what lies there.
pub fn restore(context: &mut Context, arguments: &Restore) -> Result<(), Fault> {
    let workspace = context.workspace()?;
    let Some(name) = &arguments.name else {
        let lying = workspace.lying()?;
        if context.global.json {
            let rows: Vec<_> = lying.iter().map(|it| json!({ "name": it.name, "from": it.shelf.word() })).collect();
            context.json(&json!(rows));
        } else if lying.is_empty() {
            context.line("Nothing lies in the trash or the archive.");
        } else {
            for it in &lying {
                // Those of one name are told apart by their folders.
                let folder = if it.is_alone { String::new() } else { format!(", folder {}", it.key) };
                context.line(format!("{} ({}{folder})", visible(&it.name), it.shelf.word()));
            }
        }
        return Ok(());
    };
    let placed = workspace.bring_back(name, arguments.as_name.as_deref(), &context.meta(None))?;
    context.tell_notices(&placed.notices);
    tell(context, &placed.name, &format!("✓ saved, {} is there again", visible(&placed.name)));
    Ok(())
}

fn put_away(context: &mut Context, name: &str, shelf: Shelf) -> Result<(), Fault> {
    let (name, folder) = context.workspace()?.put_away(name, shelf)?;
    let folder = folder.display().to_string();
    if context.global.json {
        context.json(&json!({ "name": name, "to": shelf.word(), "folder": folder }));
        return Ok(());
    }
    context.line(format!("✓ {} lies in the {}", visible(&name), shelf.word()));
    context.tell(format!("It is whole, in {}\nBring it back: ready42 restore {}", visible(&folder), quoted(&name)));
    Ok(())
}

fn tell(context: &mut Context, name: &str, line: &str) {
    if context.global.json {
        context.json(&json!({ "name": name }));
    } else {
        context.line(line);
    }
}

/// Asks whether the assessment is to be deleted; only a person at a terminal can say so.
fn is_meant(name: &str) -> Result<bool, Fault> {
    let input = std::io::stdin();
    if !input.is_terminal() {
        return Err(Fault::new(
            Status::Usage,
            format!("whether to delete {:?} can't be asked here, and nothing was deleted", visible(name)),
            "Say it with --yes.",
        ));
    }
    let mut answer = String::new();
    let asked = write!(std::io::stderr(), "Put {:?} into the trash? It can be restored. [y/N] ", visible(name))
        .and_then(|()| std::io::stderr().flush())
        .and_then(|()| input.lock().read_line(&mut answer));
    Ok(asked.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
