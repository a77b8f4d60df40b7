//! What is to be done, and how long it takes.

use crate::domain::actions::{Action, Reason};
use crate::domain::report::{RANKED, Report, Stretch, dates, stretch, words};
use crate::domain::roadmap::Milestone;
use crate::domain::timeline::Forecast;
use crate::export::markdown::escape::{cell, inline};
use crate::export::markdown::page::Page;
use crate::export::markdown::results::sentence;
use crate::export::markdown::summary::nothing_below_the_bar;
use crate::export::markdown::table::Table;

/// How many of the things that move the end most are told.
const STRONGEST: usize = 8;

/// How many of the packages that come before an action are told.
const FIRST: usize = 3;

/// Writes the action plan.
pub(super) fn write(page: &mut Page, report: &Report) {
    page.section("Action plan");
    if let Some(hour) = &report.next_hour {
        page.paragraph(&format!("**The next best hour.** {}", inline(&hour.told())));
    }
    if report.actions.is_empty() {
        page.paragraph(&nothing_below_the_bar(&report.scorecard));
        return;
    }
    page.paragraph(RANKED);
    let quick: Vec<&str> =
        report.actions.iter().filter(|action| action.quick_win).map(|action| action.question.as_str()).collect();
    if !quick.is_empty() {
        page.paragraph(&format!(
            "Quick wins, of high value, a day at most and nothing before them: {}.",
            inline(&quick.join(", "))
        ));
    }
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
        next(action),
        gain(action),
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

fn next(action: &Action) -> String {
    if action.reason == Reason::Unsupported {
        return format!("Claimed at {}. Note what shows it: {}", action.level, sentence(&action.next_text));
    }
    format!("Now at {}. Next, {}: {}", action.level, action.next, sentence(&action.next_text))
}

/// Returns what closing the gap gains, for what effort, and what comes first.
fn gain(action: &Action) -> String {
    let gain = &action.gain;
    let figures = [("Stage 1", gain.stage1), ("Stage 2", gain.stage2), ("Stage 2 by the evidence", gain.evidenced)];
    let mut parts: Vec<String> = figures
        .into_iter()
        .filter(|(_, points)| *points >= 0.05)
        .map(|(name, points)| format!("{name} +{points:.1} points"))
        .collect();
    parts.extend(gain.months.filter(|months| *months >= 0.05).map(|months| format!("{months:.1} months sooner")));
    if parts.is_empty() {
        parts.push("less than 0.1 points".to_owned());
    }
    let effort = action.effort.map(|days| format!(" for about {days:.1} person-days")).unwrap_or_default();
    let first = if action.builds_on.is_empty() {
        String::new()
    } else {
        let told = action.builds_on.iter().take(FIRST).map(String::as_str).collect::<Vec<_>>().join("; ");
        let more = match action.builds_on.len().saturating_sub(FIRST) {
            0 => String::new(),
            more => format!("; and {more} more"),
        };
        format!(" First: {}{more}.", inline(&told))
    };
    format!("Gains {}{effort}.{first}", parts.join(", "))
}

/// Returns our own words for use within a sentence. Names such as Stage 1 keep their capital.
fn lower_first(text: &str) -> String {
    if text.starts_with("Stage") {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_lowercase(), letters.as_str()))
}

/// Writes the timeline, where there is one.
pub(super) fn timeline(page: &mut Page, report: &Report) {
    let Some(forecast) = &report.forecast else { return };
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
