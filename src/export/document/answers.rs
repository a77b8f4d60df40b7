//! Question by question: what was answered, what shows it, and what was kept aside.

use chrono::NaiveDate;

use crate::domain::assessment::{Answer, Evidence, Response};
use crate::domain::level::Level;
use crate::domain::report::{AnswerEntry, Audience, Report, RequirementAnswers, words};
use crate::export::document::block::{Block, Cell, Run, Section, Table, Tone};

pub(super) fn section(report: &Report, audience: Audience) -> Section {
    let mut section = Section::new("answers", "Answers and evidence");
    for area in &report.areas {
        section.heading(format!("{} {}", area.id, area.title));
        section.say(area.objective.clone());
        for answers in &area.requirements {
            requirement(&mut section, answers, report.on);
        }
    }
    stale(&mut section, report);
    if audience == Audience::Full {
        orphans(&mut section, report);
    }
    section
}

fn requirement(section: &mut Section, requirement: &RequirementAnswers, on: NaiveDate) {
    section.subheading(format!("{} {}", requirement.id, requirement.title));
    if let Some(because) = &requirement.exclusion {
        section.add(Block::Paragraph(vec![
            Run::plain("Excluded in the Statement of Applicability; its answers count for nothing. "),
            Run::emphasis(because.clone()),
        ]));
        return;
    }
    let mut table = Table::new(requirement.title.clone(), &[("", 0.9), ("", 9.0)]);
    for entry in &requirement.answers {
        table.row([
            Cell { lines: vec![vec![Run::muted(entry.question.to_string())]], tone: tone(entry) },
            answer(entry, on),
        ]);
    }
    section.table(table);
    if requirement.other_roles > 0 {
        let verb = if requirement.other_roles == 1 { "concerns" } else { "concern" };
        let questions = words::count(requirement.other_roles, "question");
        let text = format!("{questions} {verb} other roles towards AI only.");
        section.add(Block::Paragraph(vec![Run::muted(text)]));
    }
}

fn tone(entry: &AnswerEntry) -> Option<Tone> {
    let level = entry.response.claimed()?;
    Some(match level {
        Level::Absent | Level::AdHoc => Tone::Bad,
        Level::Documented => Tone::Middling,
        Level::Operating | Level::Measured | Level::Improving => Tone::Good,
    })
}

fn answer(entry: &AnswerEntry, on: NaiveDate) -> Cell {
    let mut lines = vec![vec![Run::strong(entry.ask.clone())]];
    let told = match &entry.response.answer {
        None => vec![Run::emphasis(entry.told())],
        Some(Answer::Level(_)) => {
            let mut line = vec![Run::strong(format!("{}. ", entry.told())), Run::plain(entry.level_text.clone())];
            let short = entry.evidenced.filter(|evidenced| Some(*evidenced) < entry.response.claimed());
            line.extend(short.map(|level| Run::muted(format!(" The recorded evidence carries {level}."))));
            line
        }
        Some(Answer::NotApplicable { because }) => {
            vec![Run::strong(format!("{}. ", entry.told())), Run::plain(because.clone())]
        }
    };
    lines.push(told);
    lines.extend(remarks(&entry.response, on));
    Cell { lines, tone: None }
}

/// Returns note, evidence, owner and days, a line each.
fn remarks(response: &Response, on: NaiveDate) -> Vec<Vec<Run>> {
    let mut lines: Vec<Vec<Run>> =
        response.note.lines().filter(|line| !line.trim().is_empty()).map(|line| vec![Run::emphasis(line)]).collect();
    lines.extend(response.evidence.iter().map(|item| evidence(item, on)));
    let mut rest = vec![];
    if !response.owner.trim().is_empty() {
        rest.push(format!("Owner: {}", response.owner.trim()));
    }
    rest.extend(response.due.map(|day| format!("due {}", words::date(day))));
    rest.extend(response.reviewed.map(|day| format!("last confirmed {}", words::date(day))));
    rest.extend(response.marked.then(|| "marked to come back to".to_owned()));
    if !rest.is_empty() {
        lines.push(vec![Run::muted(rest.join("; "))]);
    }
    lines
}

fn evidence(item: &Evidence, on: NaiveDate) -> Vec<Run> {
    let mut runs = vec![Run::muted(format!("Evidence, {}: ", item.kind.word())), Run::plain(item.what.clone())];
    let mut days: Vec<String> = item.date.map(|day| format!("of {}", words::date(day))).into_iter().collect();
    if let Some(last) = item.valid_until {
        let verb = if item.is_valid_on(on) { "valid until" } else { "no longer valid since" };
        days.push(format!("{verb} {}", words::date(last)));
    }
    if !days.is_empty() {
        runs.push(Run::muted(format!(" ({})", days.join(", "))));
    }
    runs
}

fn stale(section: &mut Section, report: &Report) {
    if report.stale.is_empty() {
        return;
    }
    section.heading("Evidence to renew");
    section.say("These items were valid once. They carry nothing on the day of this report.");
    let mut table = Table::new("Evidence to renew", &[("Question", 4.0), ("Evidence", 3.0), ("Valid until", 1.6)]);
    for entry in &report.stale {
        let question = vec![Run::muted(format!("{} ", entry.evidence.question)), Run::plain(entry.ask.clone())];
        table.row([
            Cell { lines: vec![question], tone: None },
            Cell::text(&entry.evidence.what),
            Cell::text(words::date(entry.evidence.valid_until)),
        ]);
    }
    section.table(table);
}

fn orphans(section: &mut Section, report: &Report) {
    let orphans = &report.orphans;
    if orphans.is_empty() {
        return;
    }
    section.heading("Kept aside");
    section.say("The questionnaire no longer has what these were recorded for. They are kept, and count for nothing.");
    let mut table = Table::new("Kept aside", &[("Id", 1.2), ("What was recorded", 6.0), ("Followed by", 1.6)]);
    for (question, response, follower) in &orphans.answers {
        let told = match &response.answer {
            None => "no answer".to_owned(),
            Some(Answer::Level(level)) => level.to_string(),
            Some(Answer::NotApplicable { because }) => format!("not applicable: {because}"),
        };
        let mut cell = Cell::text(told);
        cell.lines.extend(remarks(response, report.on));
        let follower = follower.as_ref().map(ToString::to_string).unwrap_or_default();
        table.row([Cell::text(question.as_str()), cell, Cell::text(follower)]);
    }
    for (control, because) in &orphans.exclusions {
        table.row([Cell::text(control.as_str()), Cell::text(format!("excluded: {because}")), Cell::default()]);
    }
    section.table(table);
}
