//! What is to be done: most pressing first, or by who owns it.

use std::collections::BTreeMap;

use crate::domain::actions::{Action, Reason};
use crate::domain::report::{ACTIONS_READ, GAINS_READ, RANKED, Report, words};
use crate::export::document::block::{Block, Cell, Run, Section, Table, Tone};

pub(super) fn section(report: &Report) -> Section {
    let mut section = Section::new("actions", "Action plan");
    if let Some(hour) = &report.next_hour {
        section.add(Block::Remark(vec![Run::strong("The next best hour. "), Run::plain(hour.told())]));
    }
    if report.actions.is_empty() {
        section.say(report.nothing_below_the_bar());
        return section;
    }
    section.say(RANKED);
    let quick: Vec<&Action> = report.actions.iter().filter(|action| action.quick_win).collect();
    if !quick.is_empty() {
        let ids: Vec<&str> = quick.into_iter().map(|action| action.question.as_str()).collect();
        section.add(Block::Paragraph(vec![
            Run::strong("Quick wins"),
            Run::plain(", of high value, a day at most and nothing before them: "),
            Run::plain(format!("{}.", ids.join(", "))),
        ]));
    }
    section.say(ACTIONS_READ);
    section.table(table(&report.actions.iter().enumerate().collect::<Vec<_>>(), Columns::WithOwner));
    section.say(report.open_questions());
    section
}

/// Lists the actions by owner: those of nobody come last, since they need one first.
pub(super) fn by_owner(report: &Report) -> Section {
    let mut section = Section::new("actions", "Actions by owner");
    if report.actions.is_empty() {
        section.say(report.nothing_below_the_bar());
        return section;
    }
    let mut owners: BTreeMap<(bool, &str), Vec<(usize, &Action)>> = BTreeMap::new();
    for (index, action) in report.actions.iter().enumerate() {
        let owner = action.owner.trim();
        owners.entry((owner.is_empty(), owner)).or_default().push((index, action));
    }
    section.say(
        "Within an owner, the most pressing comes first; the number is that of the whole plan. A gap without an owner \
         stays open: name one.",
    );
    section.say(GAINS_READ);
    section.say(ACTIONS_READ);
    for ((is_nobody, owner), actions) in owners {
        let name = if is_nobody { "Without an owner" } else { owner };
        section.heading(format!("{name} ({})", words::count(actions.len(), "action")));
        section.table(table(&actions, Columns::WithoutOwner));
    }
    section
}

/// Whether a table of actions says who owns them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Columns {
    WithOwner,
    WithoutOwner,
}

/// Returns a table of actions with their numbers, grouped by how urgent they are and when they can be begun.
fn table(actions: &[(usize, &Action)], columns: Columns) -> Table {
    let last = if columns == Columns::WithOwner { ("Owner, due", 2.3) } else { ("Due", 1.55) };
    let titles = [("", 0.65), ("What", 3.5), ("Next", 4.1), ("Gains", 0.8), ("Days", 0.7), last];
    // Where nobody has a day or an owner, the others have the room.
    let is_theirs =
        |action: &Action| action.due.is_some() || (columns == Columns::WithOwner && !action.owner.trim().is_empty());
    let shown = if actions.iter().any(|(_, action)| is_theirs(action)) { titles.len() } else { titles.len() - 1 };
    let mut table = Table::new("Actions", titles.get(..shown).unwrap_or(&titles)).figures_in(3..5);
    for group in actions.chunk_by(|(_, one), (_, other)| (one.urgency, one.step) == (other.urgency, other.step)) {
        table.group(head(group));
        for (index, action) in group {
            table.row(row(*index, action, columns).into_iter().take(shown));
        }
    }
    table
}

fn head(group: &[(usize, &Action)]) -> Vec<Run> {
    let Some((_, first)) = group.first() else { return vec![] };
    let when = if first.step <= 1 { "now".to_owned() } else { format!("step {}", first.step) };
    let passed_on = group.iter().any(|(_, action)| action.reason != action.urgency);
    let with = if passed_on { ", with what that builds on" } else { "" };
    vec![Run::strong(first.urgency.title()), Run::plain(format!("{with}: {when}"))]
}

fn row(index: usize, action: &Action, columns: Columns) -> [Cell; 6] {
    let what = vec![Run::muted(format!("{} ", action.question)), Run::plain(action.ask.clone())];
    let level = if action.level == action.next {
        format!("{} to be shown. ", action.level.number())
    } else {
        let planning = match (action.is_to_plan, action.is_to_hold) {
            (true, _) => ", to plan it",
            (_, true) => ", to hold it",
            _ => "",
        };
        format!("{} → {}{planning}. ", action.level.number(), action.next.number())
    };
    let next = vec![Run::strong(level), Run::plain(action.next_text.clone())];
    let mut who = vec![];
    if columns == Columns::WithOwner && !action.owner.trim().is_empty() {
        who.push(action.owner.trim().to_owned());
    }
    // A day stays on one line.
    who.extend(action.due.map(|due| words::short_date(due).replace(' ', "\u{a0}")));
    [
        Cell { lines: vec![vec![Run::muted((index + 1).to_string())]], tone: Some(tone(action.reason)) },
        Cell { lines: vec![what], tone: None },
        Cell { lines: vec![next], tone: None },
        Cell::text(format!("{:.1}", action.gain.points())),
        Cell::text(action.effort.map(words::days_short).unwrap_or_default()),
        Cell::text(who.join(", ")),
    ]
}

fn tone(reason: Reason) -> Tone {
    match reason {
        Reason::Showstopper => Tone::Bad,
        Reason::Undocumented | Reason::Operation | Reason::Major => Tone::Middling,
        Reason::Minor | Reason::Unsupported => Tone::Neutral,
    }
}
