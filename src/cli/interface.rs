//! `ready42` and `ready42 open NAME`: the interface.

use std::io::IsTerminal;
use std::process::ExitCode;

use crate::cli::context::Context;
use crate::cli::fault::{Fault, Status};
use crate::shell::interface::{Ended, Start, run as run_interface};
use crate::shell::look::{self, Wanted};
use crate::shell::terminal::Mouse;
use crate::storage::doctor::quoted;

/// Opens the interface, at home or on one assessment.
pub fn run(context: &mut Context, name: Option<&str>) -> Result<ExitCode, Fault> {
    if !is_possible() {
        let name = name.map_or("NAME".to_owned(), quoted);
        return Err(Fault::new(
            Status::Usage,
            "the interface needs a terminal that can place text, and here is none",
            format!(
                "The questions line by line: ready42 ask {name}\n  \
                 New assessments: ready42 new NAME. Those that there are: ready42 list. All commands: ready42 --help"
            ),
        ));
    }
    let workspace = context.workspace()?;
    let start = Start {
        key: name.map(|name| workspace.key(name)).transpose()?,
        today: context.today,
        author: context.author(),
        theme: look::theme(Wanted {
            theme: context.global.theme.or(context.settings().theme),
            no_colour: context.global.no_color,
        }),
        mouse: if context.global.no_mouse || context.settings().mouse == Some(false) { Mouse::Off } else { Mouse::On },
    };
    match run_interface(workspace, start) {
        Ok(Ended::Quit) => Ok(ExitCode::SUCCESS),
        Ok(Ended::Signal(signal)) => Ok(ExitCode::from(u8::try_from(128 + signal).unwrap_or(1))),
        Ok(Ended::Broken) => Ok(ExitCode::from(Status::Internal as u8)),
        Ok(Ended::NotSaved(what)) => Err(Fault::new(
            Status::NotWritten,
            format!("this could not be saved:\n  {}", what.join("\n  ")),
            "Make room or permission, and give these answers again.",
        )),
        Err(error) => Err(Fault::new(
            Status::Failure,
            format!("the terminal can't be used: {error}"),
            "Everything that was shown as saved is saved. The commands work without it: ready42 --help",
        )),
    }
}

/// Returns whether the interface can be shown: both ends are a terminal that can place text.
fn is_possible() -> bool {
    std::io::stdin().is_terminal()
        && std::io::stdout().is_terminal()
        && std::env::var("TERM").map_or(cfg!(windows), |term| !term.is_empty() && term != "dumb")
}
