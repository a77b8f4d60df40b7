//! Question by question: what was answered, what shows it, and what was kept aside. What is fine takes two lines; what
//! falls short is told in full.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::assessment::{Answer, Evidence, Response};
use crate::domain::id::QuestionId;
use crate::domain::level::Level;
use crate::domain::report::{AnswerEntry, Audience, Report, RequirementAnswers, words};
use crate::export::document::block::{Cell, Run, Section, Table, Tone};

pub(super) fn section(report: &Report, audience: Audience) -> Section {
    let mut section = Section::new("answers", "Answers and evidence");
    let plan = if audience == Audience::Full { "; what to do about it stands in the action plan" } else { "" };
    section.say(format!(
        "An answer at level 3 or more that its evidence carries is told in short. What falls short is told with what was \
         found{plan}."
    ));
    // Where the report has a plan, that says who closes a gap and by when.
    let planned: HashSet<&QuestionId> = report.actions.iter().map(|action| &action.question).collect();
    let setting = Setting { planned: &planned, reader: audience, on: report.on };
    for area in &report.areas {
        section.heading(format!("{} {}", area.id, area.title));
        section.say(area.objective.clone());
        let mut table = Table::new(area.title.clone(), &[("", 0.95), ("", 9.0)]);
        for requirement in &area.requirements {
            answers(&mut table, requirement, &setting);
        }
        section.table(table);
    }
    stale(&mut section, report);
    if audience == Audience::Full {
        orphans(&mut section, report);
    }
    section
}

/// What decides how an answer is told.
struct Setting<'a> {
    /// The questions that have an action.
    planned: &'a HashSet<&'a QuestionId>,
    reader: Audience,
    on: NaiveDate,
}

fn answers(table: &mut Table, requirement: &RequirementAnswers, setting: &Setting<'_>) {
    let mut head = vec![Run::strong(format!("{} {}", requirement.id, requirement.title))];
    if let Some(because) = &requirement.exclusion {
        head.push(Run::plain(". Excluded in the Statement of Applicability; its answers count for nothing. "));
        head.push(Run::emphasis(because.clone()));
        table.group(head);
        return;
    }
    if requirement.other_roles > 0 {
        let verb = if requirement.other_roles == 1 { "concerns" } else { "concern" };
        let questions = words::count(requirement.other_roles, "question");
        head.push(Run::muted(format!(" ({questions} {verb} other roles towards AI only)")));
    }
    table.group(head);
    for entry in &requirement.answers {
        let id = Cell { lines: vec![vec![Run::muted(entry.question.to_string())]], tone: tone(entry) };
        let days = match (setting.reader, setting.planned.contains(&entry.question)) {
            (Audience::Full, true) => Days::Planned,
            (Audience::Full, false) => Days::Owned,
            (Audience::Board | Audience::Auditor | Audience::Customer | Audience::Owner, _) => Days::Told,
        };
        table.row([id, answer(entry, days, setting.on)]);
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

/// Returns whether an answer reaches level 3, before an auditor too.
fn is_fine(entry: &AnswerEntry) -> bool {
    entry.evidenced.is_some_and(|level| level >= Level::Operating)
}

/// Returns an answer as two paragraphs at most: what was asked and answered, and what shows it. A note of several lines
/// keeps them.
fn answer(entry: &AnswerEntry, days: Days, on: NaiveDate) -> Cell {
    let mut told = vec![Run::strong(entry.ask.clone())];
    match &entry.response.answer {
        None => told.push(Run::emphasis(format!(" {}.", entry.told()))),
        Some(Answer::Level(_)) if is_fine(entry) => told.push(Run::strong(format!(" {}.", entry.told()))),
        Some(Answer::Level(_)) => {
            told.extend([Run::strong(format!(" {}. ", entry.told())), Run::plain(entry.level_text.clone())]);
        }
        Some(Answer::NotApplicable { because }) => {
            told.extend([Run::strong(format!(" {}. ", entry.told())), Run::plain(because.clone())]);
        }
    }
    let short = entry.evidenced.filter(|evidenced| Some(*evidenced) < entry.response.claimed());
    told.extend(short.map(|level| Run::muted(format!(" The evidence carries {}.", level.number()))));
    let mut lines = vec![told];
    lines.extend(remarks(&entry.response, days, on));
    Cell { lines, tone: None }
}

/// What is told beside an answer and its evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Days {
    /// Who owns it, by when, and when somebody looked last.
    Told,
    /// Who owns it and by when.
    Owned,
    /// Nothing: the plan says it.
    Planned,
}

/// Returns the note, the evidence, then owner and days, on one line; a note of several lines stands before it.
fn remarks(response: &Response, days: Days, on: NaiveDate) -> Vec<Vec<Run>> {
    let mut lines: Vec<Vec<Run>> =
        response.note.lines().filter(|line| !line.trim().is_empty()).map(|line| vec![Run::emphasis(line)]).collect();
    let mut line = if lines.len() == 1 { lines.pop().unwrap_or_default() } else { vec![] };
    for (index, item) in response.evidence.iter().enumerate() {
        let gap = match (index, line.is_empty()) {
            (0, true) => "Evidence, ",
            (0, false) => " Evidence, ",
            _ => "; ",
        };
        line.push(Run::muted(format!("{gap}{}: ", item.kind.word())));
        line.extend(evidence(item, on));
    }
    let rest = owned(response, days);
    if !rest.is_empty() {
        let gap = match (response.evidence.is_empty(), line.is_empty()) {
            (_, true) => "",
            (true, false) => " ",
            (false, false) => ". ",
        };
        line.push(Run::muted(format!("{gap}{}.", capital(&rest.join(", ")))));
    }
    lines.extend((!line.is_empty()).then_some(line));
    lines
}

fn owned(response: &Response, days: Days) -> Vec<String> {
    let mut told = vec![];
    if days != Days::Planned {
        let owner = response.owner.trim();
        told.extend((!owner.is_empty()).then(|| format!("owner: {owner}")));
        told.extend(response.due.map(|day| format!("due {}", words::short_date(day))));
    }
    let reviewed = response.reviewed.filter(|_| days == Days::Told);
    told.extend(reviewed.map(|day| format!("last confirmed {}", words::short_date(day))));
    told.extend(response.marked.then(|| "marked to come back to".to_owned()));
    told
}

fn evidence(item: &Evidence, on: NaiveDate) -> Vec<Run> {
    let mut runs = vec![Run::plain(item.what.clone())];
    let mut days: Vec<String> = item.date.map(words::short_date).into_iter().collect();
    if let Some(last) = item.valid_until {
        let verb = if item.is_valid_on(on) { "valid until" } else { "no longer valid since" };
        days.push(format!("{verb} {}", words::short_date(last)));
    }
    if !days.is_empty() {
        runs.push(Run::muted(format!(" ({})", days.join(", "))));
    }
    runs
}

/// Returns our own words as the beginning of a sentence.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
}

fn stale(section: &mut Section, report: &Report) {
    if report.stale.is_empty() {
        return;
    }
    section.heading("Evidence to renew");
    section.say("These items were valid once. They carry nothing on the day of this report.");
    let mut table = Table::new("Evidence to renew", &[("Question", 4.4), ("Evidence", 3.4), ("Valid until", 1.3)]);
    for entry in &report.stale {
        let question = vec![Run::muted(format!("{} ", entry.evidence.question)), Run::plain(entry.ask.clone())];
        table.row([
            Cell { lines: vec![question], tone: None },
            Cell::text(&entry.evidence.what),
            Cell::text(words::short_date(entry.evidence.valid_until)),
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
        cell.lines.extend(remarks(response, Days::Told, report.on));
        let follower = follower.as_ref().map(|id| format!("{id}: review it there")).unwrap_or_default();
        table.row([Cell::text(question.as_str()), cell, Cell::text(follower)]);
    }
    for (control, because) in &orphans.exclusions {
        table.row([Cell::text(control.as_str()), Cell::text(format!("excluded: {because}")), Cell::default()]);
    }
    section.table(table);
}
