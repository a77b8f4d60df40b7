//! `ready42 doctor`: where things are, whether they are whole, what the terminal can do. It changes nothing.

use std::io::IsTerminal;

use serde_json::json;

use crate::cli::context::Context;
use crate::cli::fault::{Fault, Status};
use crate::cli::table::aligned;
use crate::domain::text::visible;
use crate::storage::Shelf;

/// Prints where things are, and what isn't as it should be.
#[expect(clippy::too_many_lines, reason = "one line for each thing that is told")]
pub fn run(context: &mut Context) -> Result<(), Fault> {
    let workspace = context.workspace()?;
    let health = workspace.examine()?;
    let issues: Vec<(String, String, Option<String>)> = health
        .assessments
        .iter()
        .flat_map(|(entry, issues)| issues.iter().map(|issue| (entry.name.clone(), issue)))
        .chain(health.issues.iter().map(|issue| (String::new(), issue)))
        .map(|(name, issue)| (name, issue.to_string(), issue.command()))
        .collect();
    let data = workspace.data_folder().display().to_string();
    let lying = workspace.put_away_names()?;
    let shelves = Shelf::ALL.map(|shelf| {
        let count = lying.iter().filter(|(lies_in, _)| *lies_in == shelf).count();
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
        for (name, issue, command) in &issues {
            let about = if name.is_empty() { String::new() } else { format!("{}: ", visible(name)) };
            context.line(format!("! {about}{}", visible(issue)));
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
        "Copy the data folder before you change anything in it.",
    ))
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
