//! `ready42 doctor`: where things are, whether they are whole, what the terminal can do; and `--repair`. Without
//! it nothing is changed.

use std::io::IsTerminal;

use serde_json::json;

use crate::cli::args::Doctor as Arguments;
use crate::cli::context::{Context, complain};
use crate::cli::fault::{Fault, Status};
use crate::cli::table::aligned;
use crate::domain::text::visible;
use crate::shell::workspace::{Edits, Workspace};
use crate::storage::doctor::{Issue, quoted};
use crate::storage::{Health, Shelf};

/// Prints where things are, and what isn't as it should be.
#[expect(clippy::too_many_lines, reason = "one line for each thing that is told")]
pub fn run(context: &mut Context, arguments: &Arguments) -> Result<(), Fault> {
    let workspace = context.workspace()?;
    let name = arguments.name.as_deref();
    let mut health = workspace.examine(name)?;
    let repaired = if arguments.repair { Some(repair(context, &workspace, &mut health, name)?) } else { None };
    let issues = told(&health);
    let data = workspace.data_folder().display().to_string();
    let lying = workspace.lying()?;
    let shelves = Shelf::ALL.map(|shelf| {
        let count = lying.iter().filter(|it| it.shelf == shelf).count();
        (shelf, workspace.shelf_folder(shelf).display().to_string(), count)
    });
    let terminal = terminal();
    if context.global.json {
        let told: Vec<_> = issues
            .iter()
            .map(|(name, issue, command)| json!({ "assessment": name, "issue": issue, "command": command }))
            .collect();
        context.json(&json!({
            "version": env!("CARGO_PKG_VERSION"),
            "data": data,
            "assessments": health.assessments.len(),
            "shelves": shelves.iter().map(|(shelf, folder, count)| json!({ "shelf": shelf.word(), "folder": folder, "assessments": count })).collect::<Vec<_>>(),
            "author": context.author(),
            "whole": health.is_whole(),
            "repaired": repaired,
            "issues": told,
            "terminal": terminal.iter().map(|[what, is]| (what.clone(), json!(is))).collect::<serde_json::Map<_, _>>(),
        }));
    } else {
        let mut rows = vec![
            ["ready42".to_owned(), env!("CARGO_PKG_VERSION").to_owned()],
            ["data".to_owned(), data],
            ["author".to_owned(), context.author()],
            ["assessments".to_owned(), health.assessments.len().to_string()],
        ];
        rows.extend(
            shelves.iter().map(|(shelf, folder, count)| [shelf.word().to_owned(), format!("{count} in {folder}")]),
        );
        rows.extend(terminal);
        for line in aligned(&rows) {
            context.line(line);
        }
        context.line("");
        for done in repaired.iter().flatten() {
            context.line(format!("✓ repaired: {}", shown(done)));
        }
        for (name, issue, command) in &issues {
            let about = if name.is_empty() { String::new() } else { format!("{}: ", visible(name)) };
            context.line(format!("! {about}{}", shown(issue)));
            if let Some(command) = command {
                context.line(format!("  {}", visible(command)));
            }
        }
        if issues.is_empty() {
            context.line("✓ everything is whole");
        }
    }
    if health.is_whole() {
        return Ok(());
    }
    Err(Fault::new(
        Status::Damaged,
        "something stored is damaged; all files were kept",
        if arguments.repair {
            "What is left needs a file from a copy of the folder: see docs/data.md."
        } else {
            "`ready42 doctor --repair` puts right what can be, and throws nothing away."
        },
    ))
}

/// Says what will be done, does it, and looks again. Returns what is right now that wasn't before.
fn repair(
    context: &Context,
    workspace: &Workspace,
    health: &mut Health,
    name: Option<&str>,
) -> Result<Vec<String>, Fault> {
    // Edits are taken over where their assessment is named: whoever names none may not know of them.
    let edits = if name.is_some() { Edits::Record } else { Edits::Leave };
    let all = health.assessments.iter().flat_map(|(_, issues)| issues).chain(&health.issues);
    for issue in all.filter(|issue| edits == Edits::Record || !matches!(issue, Issue::Edited(_))) {
        if let Some(remedy) = issue.remedy() {
            context.tell(format!("ready42: {}\n  {remedy}", shown(&issue.to_string())));
        }
    }
    let before = told(health);
    let mended = workspace.repair(health, edits, &context.meta(Some("repair".to_owned())));
    for failed in mended.failed {
        complain(format!("ready42: not repaired: {}", shown(&failed)));
    }
    for told in mended.told {
        context.tell(format!("ready42: {}", shown(&told)));
    }
    *health = workspace.examine(name)?;
    let after = told(health);
    let gone = before.into_iter().filter(|(_, issue, _)| after.iter().all(|(_, left, _)| left != issue));
    Ok(gone.map(|(name, issue, _)| if name.is_empty() { issue } else { format!("{name}: {issue}") }).collect())
}

/// Returns what was found: of which assessment, what, and the command that puts it right.
fn told(health: &Health) -> Vec<(String, String, Option<String>)> {
    let of_assessments = health.assessments.iter().flat_map(|(entry, issues)| {
        issues.iter().map(|issue| {
            let by_repair =
                || issue.needs_opening().then(|| format!("ready42 doctor {} --repair", quoted(&entry.name)));
            (entry.name.clone(), issue.to_string(), issue.command().or_else(by_repair))
        })
    });
    let of_all = health.issues.iter().map(|issue| (String::new(), issue.to_string(), issue.command()));
    of_assessments.chain(of_all).collect()
}

/// Returns a text of several lines with its control characters made visible, but for the ends of lines.
fn shown(text: &str) -> String {
    text.lines().map(visible).collect::<Vec<_>>().join("\n")
}

fn terminal() -> Vec<[String; 2]> {
    let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    let variable = |name: &str| std::env::var(name).unwrap_or_else(|_| "not set".to_owned());
    vec![
        ["terminal".to_owned(), yes_no(std::io::stdin().is_terminal() && std::io::stdout().is_terminal())],
        ["TERM".to_owned(), variable("TERM")],
        ["NO_COLOR".to_owned(), variable("NO_COLOR")],
        ["LANG".to_owned(), variable("LANG")],
    ]
}
