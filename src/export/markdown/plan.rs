//! What is to be done, what applies, and how long it takes.

use crate::domain::level::Level;
use crate::domain::report::{Action, Control, Decision, Report, Stretch, dates, stretch, words};
use crate::domain::roadmap::Milestone;
use crate::domain::timeline::Forecast;
use crate::export::markdown::escape::{cell, inline};
use crate::export::markdown::page::Page;
use crate::export::markdown::results::sentence;
use crate::export::markdown::summary::nothing_below_the_bar;
use crate::export::markdown::table::Table;

/// How many of the things that move the end most are told.
const STRONGEST: usize = 8;

/// Writes actions, Statement of Applicability and timeline.
pub(super) fn write(page: &mut Page, report: &Report) {
    actions(page, report);
    applicability(page, &report.controls);
    if let Some(forecast) = &report.forecast {
        timeline(page, forecast);
    }
}

fn actions(page: &mut Page, report: &Report) {
    page.section("Actions");
    if report.actions.is_empty() {
        page.paragraph(&nothing_below_the_bar(&report.scorecard));
        return;
    }
    page.paragraph(
        "Every question that is answered below level 3, most pressing first: where an audit stops, where Stage 1 \
         reads a document, what belongs to a potential major nonconformity, then the rest.",
    );
    let entries = report.actions.iter().enumerate();
    page.lines(&entries.flat_map(|(index, entry)| action(index + 1, entry)).collect::<Vec<_>>());
}

/// Returns the lines of an action in a numbered list.
pub(super) fn action(number: usize, action: &Action) -> Vec<String> {
    let mut lines = vec![
        format!(
            "{number}. **{}** {} ({} {}: {})",
            inline(action.question.as_str()),
            inline(&action.ask),
            inline(action.requirement.as_str()),
            inline(&action.title),
            lower_first(action.reason.title()),
        ),
        format!("Now at {}. Next, {}: {}", action.level, action.next, sentence(&action.next_text)),
    ];
    let due = action.due.map(words::date);
    match (inline(&action.owner), due) {
        (owner, None) if owner.is_empty() => {}
        (owner, None) => lines.push(format!("Owner: {owner}")),
        (owner, Some(due)) if owner.is_empty() => lines.push(format!("Due: {due}")),
        (owner, Some(due)) => lines.push(format!("Owner: {owner}; due: {due}")),
    }
    // The lines below the first are indented to stand under it; a backslash at the end of a line breaks it.
    let indent = " ".repeat(number.to_string().len() + 2);
    lines.iter_mut().skip(1).for_each(|line| line.insert_str(0, &indent));
    let last = lines.len().saturating_sub(1);
    lines.iter_mut().take(last).for_each(|line| line.push('\\'));
    lines
}

/// Returns our own words for use within a sentence. Names such as Stage 1 keep their capital.
fn lower_first(text: &str) -> String {
    if text.starts_with("Stage") {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_lowercase(), letters.as_str()))
}

fn applicability(page: &mut Page, controls: &[Control]) {
    if controls.is_empty() {
        return;
    }
    page.section("Statement of Applicability");
    let excluded = controls.iter().filter(|row| matches!(row.decision, Decision::Excluded { .. })).count();
    let undecided = controls.iter().filter(|row| row.decision == Decision::Undecided).count();
    page.paragraph(&format!(
        "{}: {} applicable, {excluded} excluded, {undecided} undecided. The status follows the weakest answer: \
         implemented is level 3 or more throughout.",
        words::count(controls.len(), "control"),
        controls.len() - excluded - undecided,
    ));
    let mut table = Table::new(["Control", "Decision", "Status, claimed", "Status, evidenced", "Justification"]);
    for row in controls {
        table.row(control(row));
    }
    page.table(&table);
}

fn control(row: &Control) -> [String; 5] {
    let name = format!("{} {}", inline(row.id.as_str()), inline(&row.title));
    let none = || "–".to_owned();
    match &row.decision {
        Decision::Applicable { status, weakest } => {
            let told = |title: &str, weakest: Option<Level>| match weakest {
                Some(level) => format!("{title} (weakest: {level})"),
                None => title.to_owned(),
            };
            let claimed = told(status.claimed.title(), weakest.claimed);
            let evidenced = told(status.evidenced.title(), weakest.evidenced);
            [name, "Applicable".to_owned(), claimed, evidenced, none()]
        }
        Decision::Excluded { because } => [name, "**Excluded**".to_owned(), none(), none(), cell(because)],
        Decision::Undecided => {
            let why = "No question of it concerns the role in the profile: exclude it with a justification, or \
                       change the role.";
            [name, "**Undecided**".to_owned(), none(), none(), why.to_owned()]
        }
    }
}

fn timeline(page: &mut Page, forecast: &Forecast) {
    page.section("Timeline");
    page.paragraph(&inline(&forecast.explanation));
    page.table(&milestones(forecast));
    page.paragraph(&outlook(forecast));
    page.subheading("Work packages and audit steps");
    page.paragraph(
        "Start and finish are those of the P50 plan. The last column is the share of the trials in which the line \
         bound the end.",
    );
    page.table(&packages(forecast));
    let mut table = Table::new(["What moves the end most", "Best tenth", "Worst tenth", "Correlation"]);
    for entry in forecast.sensitivities.iter().take(STRONGEST) {
        let correlation = format!("{:.2}", entry.correlation);
        table.row([inline(&entry.title), words::months(entry.best), words::months(entry.worst), correlation]);
    }
    page.table(&table);
    page.subheading("Assumptions");
    let mut table = Table::new(["Input", "Value"]);
    forecast.inputs.iter().for_each(|(what, value)| table.row([cell(what), cell(value)]));
    page.table(&table);
}

fn milestones(forecast: &Forecast) -> Table {
    let mut table = Table::new(["Milestone", "P10", "P50", "P80", "P90"]);
    for milestone in Milestone::ALL {
        let Some(months) = forecast.milestone(milestone) else { continue };
        let days = dates(forecast, months);
        let told = |day, figure| format!("{} ({})", words::date(day), words::months(figure));
        table.row([
            milestone.title().to_owned(),
            told(days.p10, months.p10),
            told(days.p50, months.p50),
            told(days.p80, months.p80),
            told(days.p90, months.p90),
        ]);
    }
    table
}

fn outlook(forecast: &Forecast) -> String {
    let effort = forecast.effort;
    let target = forecast.target.map(|target| {
        let (share, day) = (words::percent(target.probability), words::date(target.date));
        format!(" The certificate is there by the target date, {day}, in {share} of the trials.")
    });
    format!(
        "Counted from {}. The effort that remains is {:.0} person-days (P50), and {:.0} to be safe (P80). In {} of \
         the trials the time of the people set the end, in {} the sequence of the work and its waiting.{}",
        words::date(forecast.start),
        effort.p50,
        effort.p80,
        words::percent(forecast.binding.people),
        words::percent(forecast.binding.path),
        target.unwrap_or_default(),
    )
}

fn packages(forecast: &Forecast) -> Table {
    let mut table = Table::new(["Phase", "What", "Start", "Finish", "Person-days", "Bound the end"]);
    for package in &forecast.packages {
        let Stretch { start, finish } = stretch(forecast, package);
        let title = inline(&package.title);
        table.row([
            package.phase.title().to_owned(),
            package.milestone.map_or(title.clone(), |milestone| format!("{title} (**{}**)", milestone.title())),
            words::date(start),
            words::date(finish),
            format!("{:.1}", package.effort),
            words::percent(package.criticality),
        ]);
    }
    table
}
