//! What stands beside the figures: whether a certificate is worth it, the documents that an audit reads, and what doesn't
//! fit together.

use crate::domain::documents::{DocumentState, Presence};
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::report::{Report, words};
use crate::domain::scoring::Struck;
use crate::domain::worth::Advice;
use crate::export::document::block::{Block, Cell, Run, Section, Table, Tone};

pub(super) fn worth(report: &Report) -> Section {
    let worth = &report.worth;
    let mut section = Section::new("worth", "Is a certificate worth it?");
    let basis =
        if worth.advice == Advice::Unknown { "" } else { " It is advice from the profile, and yours to weigh." };
    section.add(Block::Remark(vec![Run::strong(format!("{}.", worth.advice.title())), Run::plain(basis)]));
    if worth.advice == Advice::Unknown && worth.reasons_for.is_empty() {
        section.say(worth.advice.alternative());
        return section;
    }
    for (title, reasons) in [("For it, now", &worth.reasons_for), ("Against it, now", &worth.reasons_against)] {
        section.subheading(title);
        let none = vec![vec![Run::muted("Nothing that the profile says.")]];
        let items = reasons.iter().map(|reason| vec![Run::plain(reason.clone())]).collect::<Vec<_>>();
        section.add(Block::List { ordered: false, items: if items.is_empty() { none } else { items } });
    }
    section.say(worth.advice.alternative());
    section
}

pub(super) fn documents(report: &Report) -> Option<Section> {
    if report.documents.is_empty() {
        return None;
    }
    let mut section = Section::new("documents", "Documents and records that an audit reads");
    section.say(
        "A document is there from level 2 on, a record from level 3 on. The list is our reading of what has to be \
         written; others count differently. Not asked means that no question about it concerns your role, though a control \
         that is not excluded asks for it.",
    );
    let columns = [
        ("Document or record", 4.6),
        ("Asked for by", 1.85),
        ("Stage 1", 0.95),
        ("Claimed", 1.3),
        ("Evidenced", 1.35),
        ("Answered", 1.25),
    ];
    let mut table = Table::new("Documents and records that an audit reads", &columns);
    report.documents.iter().for_each(|state| table.row(document(state)));
    section.table(table);
    Some(section)
}

fn document(state: &DocumentState) -> [Cell; 6] {
    let document = &state.document;
    let ids: Vec<&str> = document.requirements.iter().map(RequirementId::as_str).collect();
    let name = vec![Run::plain(document.title.clone()), Run::muted(format!(" ({})", document.kind.word()))];
    let presence = |presence: Presence| Cell::toned(presence.title(), tone(presence));
    [
        Cell { lines: vec![name], tone: None },
        Cell::muted(ids.join(", ")),
        Cell::text(if document.stage1 { "yes" } else { "" }),
        presence(state.presence.claimed),
        presence(state.presence.evidenced),
        Cell::text(words::answered(state.answered)),
    ]
}

fn tone(presence: Presence) -> Tone {
    match presence {
        Presence::Missing => Tone::Bad,
        Presence::Partial => Tone::Middling,
        Presence::Present => Tone::Good,
        Presence::Open | Presence::NotAsked | Presence::NotNeeded => Tone::Neutral,
    }
}

pub(super) fn checks(report: &Report) -> Option<Section> {
    if report.checks.is_empty() {
        return None;
    }
    let mut section = Section::new("checks", "What does not fit together");
    section.say("These lower no figure. They are where an experienced reader would ask once more.");
    let items = report.checks.iter().map(check).collect();
    section.add(Block::List { ordered: false, items });
    Some(section)
}

fn check(struck: &Struck) -> Vec<Run> {
    let questions = struck.questions.iter().map(QuestionId::as_str);
    let ids: Vec<&str> = questions.chain(struck.controls.iter().map(RequirementId::as_str)).collect();
    vec![
        Run::plain(format!("{} ", struck.says)),
        Run::emphasis(struck.ask.clone()),
        Run::muted(format!(" ({})", ids.join(", "))),
    ]
}
