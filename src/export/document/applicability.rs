//! The Statement of Applicability, ready to be signed.

use crate::domain::report::{Audience, Report, approval, words};
use crate::domain::soa::{
    CLAUSES_ALWAYS_APPLY, Control, Decision, HOW_IT_STANDS, NOTHING_DECIDED, Soa, Standing, Status,
};
use crate::export::document::block::{Block, Cell, Run, Section, SignatureLine, Table, Tone};

const UNDECIDED: &str = "No question of it concerns the role in the profile: exclude it with a justification, or change \
                         the role.";

pub(super) fn section(report: &Report, audience: Audience) -> Option<Section> {
    let soa = &report.soa;
    if soa.controls.is_empty() && soa.own.is_empty() {
        return None;
    }
    let mut section = Section::new("applicability", "Statement of Applicability");
    section.add(Block::Remark(vec![Run::plain(approval(soa))]));
    let (applicable, excluded, undecided) = soa.counts();
    let counts = words::count(soa.controls.len(), "control");
    if soa.is_untouched() {
        section.say(NOTHING_DECIDED);
    }
    if audience.sees_gaps() {
        section.say(format!(
            "{counts}: {applicable} applicable, {excluded} excluded, {undecided} undecided. The status follows the \
             weakest answer: implemented is level 3 or more throughout. {CLAUSES_ALWAYS_APPLY}",
        ));
        without_reason(&mut section, soa);
        changes(&mut section, soa);
        section.table(table(&soa.controls));
        justifications(&mut section, soa);
    } else {
        let under_review = if undecided == 0 { String::new() } else { format!(", {undecided} under review") };
        section.say(format!(
            "{counts}: {applicable} applicable, {excluded} excluded{under_review}. {CLAUSES_ALWAYS_APPLY}"
        ));
        section.say(HOW_IT_STANDS);
        section.table(table_for_customers(&soa.controls));
    }
    own(&mut section, soa, audience);
    section.heading("Approval");
    section.add(Block::Signatures(vec![
        SignatureLine { role: "Responsible for the AI management system".to_owned() },
        SignatureLine { role: "Top management".to_owned() },
    ]));
    Some(section)
}

fn without_reason(section: &mut Section, soa: &Soa) {
    let told = match soa.undecided().without_reason.len() {
        0 => return,
        1 => "1 applicable control is".to_owned(),
        many => format!("{many} applicable controls are"),
    };
    section.say(format!("{told} without a reason for inclusion: an auditor asks why each control is there."));
}

/// Says why controls are excluded, below the table: a justification takes room.
fn justifications(section: &mut Section, soa: &Soa) {
    let mut table = Table::new("Excluded controls", &[("Excluded control", 2.6), ("Justification", 7.0)]);
    for control in &soa.controls {
        if let Decision::Excluded { because } = &control.decision {
            table.row([name(control), Cell::text(because)]);
        }
    }
    section.table(table);
}

fn changes(section: &mut Section, soa: &Soa) {
    let mut table =
        Table::new("What changed since the approval", &[("Changed", 1.2), ("Approved was", 4.0), ("Now", 4.0)]);
    for change in &soa.changes {
        let told = |line: &Option<String>| Cell::text(line.as_deref().unwrap_or("not there"));
        table.row([Cell::strong(change.control.to_string()), told(&change.old), told(&change.new)]);
    }
    section.table(table);
}

fn own(section: &mut Section, soa: &Soa, audience: Audience) {
    if soa.own.is_empty() {
        return;
    }
    section.heading("Controls of our own");
    let columns = [("Control", 3.0), ("Reason", 4.0), ("Status", 1.7), ("Owner", 1.8)];
    let mut table = Table::new("Controls of our own", &columns);
    for (id, own) in &soa.own {
        let name = vec![Run::strong(id.to_string()), Run::plain(format!(" {}", own.title))];
        let status = if audience.sees_gaps() {
            Cell::toned(own.status.title(), tone(own.status))
        } else {
            Cell::text(Standing::of_own(own).title())
        };
        table.row([Cell { lines: vec![name], tone: None }, Cell::text(&own.reason), status, Cell::text(&own.owner)]);
    }
    section.table(table);
}

fn table(controls: &[Control]) -> Table {
    let columns = [
        ("Control", 3.0),
        ("Decision and reason", 2.2),
        ("Claimed", 2.15),
        ("Evidenced", 2.15),
        ("Answered", 1.1),
        ("Owner", 1.95),
    ];
    // Where nobody owns any of them, the others have the room.
    let is_owned = controls.iter().any(|control| !control.owners.is_empty());
    let shown = if is_owned { columns.len() } else { columns.len() - 1 };
    let mut table = Table::new("Statement of Applicability", columns.get(..shown).unwrap_or(&columns));
    for control in controls {
        table.row(row(control).into_iter().take(shown));
    }
    table
}

fn row(control: &Control) -> [Cell; 6] {
    match &control.decision {
        Decision::Applicable { status, .. } => {
            let reasons: Vec<&str> = control.reasons.iter().map(|reason| reason.title()).collect();
            let reasons =
                if reasons.is_empty() { ", no reason".to_owned() } else { format!(": {}", reasons.join(", ")) };
            [
                name(control),
                Cell { lines: vec![vec![Run::plain("Applicable"), Run::muted(reasons)]], tone: None },
                Cell::toned(status.claimed.title(), tone(status.claimed)),
                Cell::toned(status.evidenced.title(), tone(status.evidenced)),
                Cell::text(words::answered(control.answered)),
                Cell::text(control.owners.join("; ")),
            ]
        }
        Decision::Excluded { .. } => {
            let decision = vec![Run::strong("Excluded"), Run::plain(", justified below")];
            [name(control), Cell { lines: vec![decision], tone: None }, none(), none(), none(), Cell::default()]
        }
        Decision::Undecided => {
            let decision = vec![Run::strong("Undecided. "), Run::muted(UNDECIDED)];
            [name(control), Cell { lines: vec![decision], tone: None }, none(), none(), none(), Cell::default()]
        }
    }
}

/// Returns what a customer reads: what is in place and on whose word, and never how far the rest is behind.
fn table_for_customers(controls: &[Control]) -> Table {
    let columns = [("Control", 4.0), ("Decision", 1.4), ("Status", 1.9), ("Reason", 2.9)];
    let mut table = Table::new("Statement of Applicability", &columns);
    for control in controls {
        let reasons: Vec<&str> = control.reasons.iter().map(|reason| reason.title()).collect();
        table.row(match &control.decision {
            Decision::Applicable { status, .. } => [
                name(control),
                Cell::text("Applicable"),
                Cell::text(Standing::of(control, *status).title()),
                Cell::text(reasons.join(", ")),
            ],
            Decision::Excluded { because } => [name(control), Cell::strong("Excluded"), none(), Cell::text(because)],
            Decision::Undecided => [name(control), Cell::text("Under review"), none(), Cell::default()],
        });
    }
    table
}

fn none() -> Cell {
    Cell::muted("–")
}

fn name(control: &Control) -> Cell {
    let id = Run::strong(control.id.to_string());
    Cell { lines: vec![vec![id, Run::plain(format!(" {}", control.title))]], tone: None }
}

/// Returns what a status means for whoever looks at the colour.
fn tone(status: Status) -> Tone {
    match status {
        Status::Open => Tone::Neutral,
        Status::NotImplemented => Tone::Bad,
        Status::Partly => Tone::Middling,
        Status::Implemented => Tone::Good,
    }
}
