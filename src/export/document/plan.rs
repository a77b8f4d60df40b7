//! What is to be done: most pressing first, or by who owns it.

use std::collections::BTreeMap;

use crate::domain::report::{Action, Reason, Report, words};
use crate::export::document::block::{Cell, Run, Section, Table, Tone};

pub(super) fn section(report: &Report) -> Section {
    let mut section = Section::new("actions", "Action plan");
    if report.actions.is_empty() {
        section.say(report.nothing_below_the_bar());
        return section;
    }
    section.say(
        "Every question that is answered below level 3, most pressing first: where an audit stops, where Stage 1 \
         reads a document, what belongs to a potential major nonconformity, then the rest.",
    );
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

fn table(actions: &[Action], with_owner: bool) -> Table {
    let last = if with_owner { "Owner, due" } else { "Due" };
    let columns = [("", 0.55), ("What", 4.0), ("Next", 3.8), (last, 1.6)];
    let mut table = Table::new("Actions", &columns);
    for (index, action) in actions.iter().enumerate() {
        let what = vec![
            vec![Run::muted(format!("{} ", action.question)), Run::plain(action.ask.clone())],
            vec![Run::muted(action.reason.title())],
        ];
        let next = vec![
            vec![Run::strong(format!("{} → {}", action.level, action.next))],
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
        Reason::Undocumented | Reason::Major => Tone::Middling,
        Reason::Minor => Tone::Neutral,
    }
}
