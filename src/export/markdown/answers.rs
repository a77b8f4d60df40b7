//! What was answered, question by question, with notes, evidence and owners; and what was kept aside.

use chrono::NaiveDate;

use crate::domain::assessment::{Answer, Evidence, Response};
use crate::domain::report::{AnswerEntry, Report, RequirementAnswers, words};
use crate::export::markdown::escape::{inline, quote};
use crate::export::markdown::page::Page;
use crate::export::markdown::results::sentence;
use crate::export::markdown::table::Table;

/// Writes the answers, stale evidence, and what has no question any more.
pub(super) fn write(page: &mut Page, report: &Report) {
    page.section("Answers, notes and evidence");
    for area in &report.areas {
        page.subheading(&format!("{} {}", inline(area.id.as_str()), inline(&area.title)));
        let objective = inline(&area.objective);
        if !objective.is_empty() {
            page.paragraph(&objective);
        }
        for answers in &area.requirements {
            requirement(page, answers, report.on);
        }
    }
    stale(page, report);
    orphans(page, report);
}

fn requirement(page: &mut Page, requirement: &RequirementAnswers, on: NaiveDate) {
    page.minor_heading(&format!("{} {}", inline(requirement.id.as_str()), inline(&requirement.title)));
    if let Some(because) = &requirement.exclusion {
        page.paragraph("Excluded in the Statement of Applicability; its answers count for nothing. The justification:");
        page.lines(&quote(because));
        return;
    }
    requirement.answers.iter().for_each(|entry| answer(page, entry, on));
    if requirement.other_roles > 0 {
        let verb = if requirement.other_roles == 1 { "concerns" } else { "concern" };
        let questions = words::count(requirement.other_roles, "question");
        page.paragraph(&format!("*{questions} {verb} other roles towards AI only.*"));
    }
}

fn answer(page: &mut Page, entry: &AnswerEntry, on: NaiveDate) {
    let question = format!("**{}** {}", inline(entry.question.as_str()), inline(&entry.ask));
    if entry.response == Response::default() {
        page.paragraph(&format!("{question} *{}.*", entry.told()));
        return;
    }
    page.paragraph(&question);
    let mut lines = vec![format!("- **{}.**{}", entry.told(), level(entry))];
    lines.extend(details(&entry.response, on));
    page.lines(&lines);
    page.lines(&quote(&entry.response.note));
}

fn level(entry: &AnswerEntry) -> String {
    match (&entry.response.answer, entry.evidenced) {
        (Some(Answer::NotApplicable { because }), _) => format!(" {}", sentence(because)),
        (Some(Answer::Level(claimed)), Some(evidenced)) if evidenced < *claimed => {
            format!(" {} The recorded evidence carries {evidenced}.", sentence(&entry.level_text))
        }
        (Some(Answer::Level(_)), _) => format!(" {}", sentence(&entry.level_text)),
        (None, _) => String::new(),
    }
}

/// Returns evidence, owner and days as lines of a list.
fn details(response: &Response, on: NaiveDate) -> Vec<String> {
    let mut lines: Vec<String> = response.evidence.iter().map(|item| evidence(item, on)).collect();
    let owner = inline(&response.owner);
    if !owner.is_empty() {
        lines.push(format!("- Owner: {owner}"));
    }
    lines.extend(response.due.map(|day| format!("- Due: {}", words::date(day))));
    lines.extend(response.reviewed.map(|day| format!("- Last confirmed: {}", words::date(day))));
    lines.extend(response.marked.then(|| "- Marked to come back to".to_owned()));
    lines
}

fn evidence(item: &Evidence, on: NaiveDate) -> String {
    let mut days: Vec<String> = item.date.map(|day| format!("of {}", words::date(day))).into_iter().collect();
    if let Some(last) = item.valid_until {
        let verb = if item.is_valid_on(on) { "valid until" } else { "**no longer valid** since" };
        days.push(format!("{verb} {}", words::date(last)));
    }
    let days = if days.is_empty() { String::new() } else { format!(" ({})", days.join(", ")) };
    format!("- Evidence, {}: {}{days}", item.kind.word(), inline(&item.what))
}

fn stale(page: &mut Page, report: &Report) {
    if report.stale.is_empty() {
        return;
    }
    page.section("Evidence to renew");
    page.paragraph("These items were valid once. They carry nothing on the day of this report.");
    let mut table = Table::new(["Question", "Evidence", "Valid until"]);
    for entry in &report.stale {
        let question = format!("{} {}", inline(entry.evidence.question.as_str()), inline(&entry.ask));
        table.row([question, inline(&entry.evidence.what), words::date(entry.evidence.valid_until)]);
    }
    page.table(&table);
}

fn orphans(page: &mut Page, report: &Report) {
    let orphans = &report.orphans;
    if orphans.is_empty() {
        return;
    }
    page.section("Kept aside");
    page.paragraph(
        "The questionnaire no longer has what these were recorded for. They are kept, and count for nothing.",
    );
    for (question, response, follower) in &orphans.answers {
        let answer = match &response.answer {
            None => "no answer".to_owned(),
            Some(Answer::Level(level)) => level.to_string(),
            Some(Answer::NotApplicable { because }) => format!("not applicable: {}", inline(because)),
        };
        let next = follower.as_ref().map(|id| format!(" Followed by {}: review it there.", inline(id.as_str())));
        let mut lines = vec![format!("- **{}**: {answer}.{}", inline(question.as_str()), next.unwrap_or_default())];
        lines.extend(details(response, report.on).into_iter().map(|line| format!("  {line}")));
        page.lines(&lines);
        page.lines(&quote(&response.note));
    }
    for (control, because) in &orphans.exclusions {
        page.paragraph(&format!("- **{}**: excluded. {}", inline(control.as_str()), sentence(because)));
    }
}
