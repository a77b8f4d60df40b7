//! What is to be done: most pressing first, or by who owns it.

use std::collections::BTreeMap;

use crate::domain::actions::{Action, Reason};
use crate::domain::report::{RANKED, Report, gain, words};
use crate::export::document::block::{Block, Cell, Run, Section, Table, Tone};

pub(super) fn section(report: &Report) -> Section {
    let mut section = Section::new("actions", "Action plan");
    if report.actions.is_empty() {
        section.say(report.nothing_below_the_bar());
        return section;
    }
    section.say(RANKED);
    let quick: Vec<&Action> = report.actions.iter().filter(|action| action.quick_win).collect();
    if !quick.is_empty() {
        section.heading("Quick wins");
        section.say("Of high value, a day at most, and nothing before them.");
        section.add(Block::List { ordered: false, items: quick.into_iter().map(quick_win).collect() });
        section.heading("All actions");
    }
    section.table(table(&report.actions, true));
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
    let mut owners: BTreeMap<(bool, &str), Vec<Action>> = BTreeMap::new();
    for action in &report.actions {
        let owner = action.owner.trim();
        owners.entry((owner.is_empty(), owner)).or_default().push(action.clone());
    }
    section.say("Within an owner, the most pressing comes first. A gap without an owner stays open: name one.");
    for ((is_nobody, owner), actions) in owners {
        let name = if is_nobody { "Without an owner" } else { owner };
        section.heading(format!("{name} ({})", words::count(actions.len(), "action")));
        section.table(table(&actions, false));
    }
    section
}

fn quick_win(action: &Action) -> Vec<Run> {
    vec![Run::muted(format!("{} ", action.question)), Run::plain(format!("{} ", action.ask)), Run::muted(gain(action))]
}

fn table(actions: &[Action], with_owner: bool) -> Table {
    let last = if with_owner { "Owner, due" } else { "Due" };
    let columns = [("", 0.55), ("What", 4.0), ("Next", 3.8), (last, 1.6)];
    let mut table = Table::new("Actions", &columns);
    for (index, action) in actions.iter().enumerate() {
        let what = vec![
            vec![Run::muted(format!("{} ", action.question)), Run::plain(action.ask.clone())],
            vec![Run::muted(format!("{}. {}", action.reason.title(), gain(action)))],
        ];
        let next = vec![
            vec![Run::strong(if action.level == action.next {
                format!("{}, to be shown", action.level)
            } else {
                format!("{} → {}", action.level, action.next)
            })],
            vec![Run::plain(action.next_text.clone())],
        ];
        let mut who = vec![];
        if with_owner && !action.owner.trim().is_empty() {
            who.push(vec![Run::plain(action.owner.trim())]);
        }
        who.extend(action.due.map(|due| vec![Run::plain(words::short_date(due))]));
        table.row([
            Cell { lines: vec![vec![Run::muted((index + 1).to_string())]], tone: Some(tone(action.reason)) },
            Cell { lines: what, tone: None },
            Cell { lines: next, tone: None },
            Cell { lines: who, tone: None },
        ]);
    }
    table
}

fn tone(reason: Reason) -> Tone {
    match reason {
        Reason::Showstopper => Tone::Bad,
        Reason::Undocumented | Reason::Operation | Reason::Major => Tone::Middling,
        Reason::Minor | Reason::Unsupported => Tone::Neutral,
    }
}
