//! The Statement of Applicability, ready to be signed.

use crate::domain::report::{Audience, Control, Decision, Report, Status, words};
use crate::export::document::block::{Block, Cell, Run, Section, SignatureLine, Table, Tone};

const UNDECIDED: &str = "No question of it concerns the role in the profile: exclude it with a justification, or change \
                         the role.";

pub(super) fn section(report: &Report, audience: Audience) -> Option<Section> {
    let controls = &report.controls;
    if controls.is_empty() {
        return None;
    }
    let mut section = Section::new("applicability", "Statement of Applicability");
    let excluded = controls.iter().filter(|row| matches!(row.decision, Decision::Excluded { .. })).count();
    let undecided = controls.iter().filter(|row| row.decision == Decision::Undecided).count();
    section.say(format!(
        "{}: {} applicable, {excluded} excluded, {undecided} undecided. The status follows the weakest answer: \
         implemented is level 3 or more throughout.",
        words::count(controls.len(), "control"),
        controls.len() - excluded - undecided,
    ));
    section.table(table(controls, audience));
    section.heading("Approval");
    section.add(Block::Signatures(vec![
        SignatureLine { role: "Responsible for the AI management system".to_owned() },
        SignatureLine { role: "Top management".to_owned() },
    ]));
    Some(section)
}

fn table(controls: &[Control], audience: Audience) -> Table {
    if audience.sees_gaps() {
        let columns = [
            ("Control", 3.4),
            ("Decision", 1.25),
            ("Claimed", 1.75),
            ("Evidenced", 1.75),
            ("Justification of an exclusion", 3.0),
        ];
        let mut table = Table::new("Statement of Applicability", &columns);
        controls.iter().for_each(|control| table.row(row(control)));
        return table;
    }
    let columns = [("Control", 4.0), ("Decision", 1.4), ("Status", 1.8), ("Justification of an exclusion", 3.0)];
    let mut table = Table::new("Statement of Applicability", &columns);
    controls.iter().for_each(|control| table.row(row_for_customers(control)));
    table
}

fn name(control: &Control) -> Cell {
    Cell {
        lines: vec![vec![Run::strong(control.id.to_string()), Run::plain(format!(" {}", control.title))]],
        tone: None,
    }
}

fn row(control: &Control) -> Vec<Cell> {
    match &control.decision {
        Decision::Applicable { status, .. } => vec![
            name(control),
            Cell::text("Applicable"),
            Cell::toned(status.claimed.title(), tone(status.claimed)),
            Cell::toned(status.evidenced.title(), tone(status.evidenced)),
            Cell::default(),
        ],
        Decision::Excluded { because } => {
            vec![name(control), Cell::strong("Excluded"), Cell::muted("–"), Cell::muted("–"), Cell::text(because)]
        }
        Decision::Undecided => {
            vec![name(control), Cell::strong("Undecided"), Cell::muted("–"), Cell::muted("–"), Cell::text(UNDECIDED)]
        }
    }
}

/// Returns what a customer reads: what is in place, and otherwise that it is planned; never how far it is behind.
fn row_for_customers(control: &Control) -> Vec<Cell> {
    match &control.decision {
        Decision::Applicable { status, .. } => {
            let told = if status.claimed == Status::Implemented { "In place" } else { "Planned" };
            vec![name(control), Cell::text("Applicable"), Cell::text(told), Cell::default()]
        }
        Decision::Excluded { because } => {
            vec![name(control), Cell::strong("Excluded"), Cell::muted("–"), Cell::text(because)]
        }
        Decision::Undecided => vec![name(control), Cell::text("Under review"), Cell::muted("–"), Cell::default()],
    }
}

/// Returns what a status means for whoever looks at the colour.
pub(super) fn tone(status: Status) -> Tone {
    match status {
        Status::Open => Tone::Neutral,
        Status::NotImplemented => Tone::Bad,
        Status::Partly => Tone::Middling,
        Status::Implemented => Tone::Good,
    }
}
