//! The Statement of Applicability.

use crate::domain::level::Level;
use crate::domain::report::{Report, words};
use crate::domain::soa::{CLAUSES_ALWAYS_APPLY, Control, Decision, Soa, SoaChange};
use crate::export::markdown::escape::{cell, inline};
use crate::export::markdown::page::Page;
use crate::export::markdown::table::Table;

/// Writes the statement: version and approval, what changed, every control, own controls.
pub(super) fn write(page: &mut Page, report: &Report) {
    let soa = &report.soa;
    if soa.controls.is_empty() && soa.own.is_empty() {
        return;
    }
    page.section("Statement of Applicability");
    page.paragraph(&approval(soa));
    changes(page, &soa.changes);
    let (applicable, excluded, undecided) = soa.counts();
    page.paragraph(&format!(
        "{}: {applicable} applicable, {excluded} excluded, {undecided} undecided. The status follows the weakest answer: \
         implemented is level 3 or more throughout. {CLAUSES_ALWAYS_APPLY}",
        words::count(soa.controls.len(), "control"),
    ));
    let open = soa.undecided();
    if !open.without_reason.is_empty() {
        page.paragraph(&format!(
            "{} without a reason for inclusion: an auditor asks why each control is there.",
            match open.without_reason.len() {
                1 => "1 applicable control is".to_owned(),
                many => format!("{many} applicable controls are"),
            }
        ));
    }
    let mut table =
        Table::new(["Control", "Decision and reason", "Status, claimed", "Status, evidenced", "Answered", "Owner"]);
    soa.controls.iter().for_each(|row| table.row(control(row)));
    page.table(&table);
    if !soa.own.is_empty() {
        page.subheading("Controls of our own");
        let mut table = Table::new(["Control", "Reason", "Status", "Owner"]);
        for (id, own) in &soa.own {
            let name = format!("{} {}", inline(id.as_str()), inline(&own.title));
            table.row([name, cell(&own.reason), own.status.title().to_owned(), cell(&own.owner)]);
        }
        page.table(&table);
    }
}

fn approval(soa: &Soa) -> String {
    match &soa.approval {
        None => format!("Version {}, not approved yet. Approved by: ____________________ on: __________", soa.version),
        Some(approval) if soa.changes.is_empty() => format!(
            "Version {}, approved by {} on {}.",
            soa.version,
            inline(&approval.approver),
            words::date(approval.on)
        ),
        Some(approval) => format!(
            "Version {}, not approved yet. Version {} was approved by {} on {}; {} since. Approved by: \
             ____________________ on: __________",
            soa.version,
            approval.version,
            inline(&approval.approver),
            words::date(approval.on),
            match soa.changes.len() {
                1 => "1 control changed".to_owned(),
                many => format!("{many} controls changed"),
            }
        ),
    }
}

fn changes(page: &mut Page, changes: &[SoaChange]) {
    let mut table = Table::new(["Changed", "Approved was", "Now"]);
    for change in changes {
        let told = |line: &Option<String>| line.as_ref().map_or_else(|| "not there".to_owned(), |line| cell(line));
        table.row([inline(change.control.as_str()), told(&change.old), told(&change.new)]);
    }
    page.table(&table);
}

fn control(row: &Control) -> [String; 6] {
    let name = format!("{} {}", inline(row.id.as_str()), inline(&row.title));
    let none = || "–".to_owned();
    match &row.decision {
        Decision::Applicable { status, weakest } => {
            let told = |title: &str, weakest: Option<Level>| match weakest {
                Some(level) => format!("{title} (weakest: {level})"),
                None => title.to_owned(),
            };
            let reasons: Vec<&str> = row.reasons.iter().map(|reason| reason.title()).collect();
            let reasons = if reasons.is_empty() { "no reason given".to_owned() } else { reasons.join(", ") };
            [
                name,
                format!("Applicable: {reasons}"),
                told(status.claimed.title(), weakest.claimed),
                told(status.evidenced.title(), weakest.evidenced),
                words::coverage(row.answered),
                cell(&row.owners.join("\n")),
            ]
        }
        Decision::Excluded { because } => {
            [name, format!("**Excluded**: {}", cell(because)), none(), none(), none(), none()]
        }
        Decision::Undecided => {
            let why = "**Undecided**: no question of it concerns the role in the profile. Exclude it with a \
                       justification, or change the role.";
            [name, why.to_owned(), none(), none(), none(), none()]
        }
    }
}
