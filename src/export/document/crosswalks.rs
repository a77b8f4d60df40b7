//! How far the work goes for other frameworks.

use crate::domain::crosswalk::{Detail, Kind};
use crate::domain::crosswalk_view::{CrosswalkLine, CrosswalkView, Says};
use crate::domain::id::RequirementId;
use crate::domain::report::{Report, words};
use crate::domain::scoring::{Range, Views};
use crate::export::document::block::{Block, Cell, Run, Section, Table};

pub(super) fn section(report: &Report) -> Option<Section> {
    if report.crosswalks.is_empty() {
        return None;
    }
    let mut section = Section::new("crosswalks", "Other frameworks");
    section.say(
        "The shares are the Stage 2 readiness over the requirements that help. They say how far the work for the standard \
         goes; they never say that an obligation is met.",
    );
    for view in report.crosswalks.iter().filter(|view| view.is_held) {
        crosswalk(&mut section, view);
    }
    let others: Vec<&str> =
        report.crosswalks.iter().filter(|view| !view.is_held).map(|view| view.title.as_str()).collect();
    if !others.is_empty() {
        section.say(format!("Not held, and so not told here: {}.", others.join(", ")));
    }
    Some(section)
}

fn crosswalk(section: &mut Section, view: &CrosswalkView) {
    section.heading(view.title.clone());
    section.say(format!("{} {}", view.told(), view.note));
    match view.kind {
        Kind::Obligations => section.table(obligations(view)),
        Kind::Reuse => section.table(reuse(view)),
        Kind::Coverage => section.table(coverage(view)),
        Kind::Buyers => {
            let items = view.lines.iter().filter_map(buyer).collect();
            section.add(Block::List { ordered: false, items });
        }
    }
    let source = format!("{} As of {}.", view.source, words::date(view.as_of));
    section.add(Block::Paragraph(vec![Run::muted(source)]));
}

fn obligations(view: &CrosswalkView) -> Table {
    let mut table = of(view, &[("Obligation", 3.0), ("From", 1.5)], "Stays uncovered");
    for line in &view.lines {
        let Detail::Obligation(obligation) = &line.entry.detail else { continue };
        let from = Cell::text(words::short_date(obligation.applies_from));
        table.row(row(line, vec![name(line), from], &obligation.gap));
    }
    table
}

fn reuse(view: &CrosswalkView) -> Table {
    let mut table = of(view, &[("Requirement", 3.0), ("Carries over", 1.3)], "Left to do");
    for line in &view.lines {
        let Says::Reuse(reuse) = &line.says else { continue };
        let (_, gap) = line.entry.helps_and_gap();
        table.row(row(line, vec![name(line), Cell::text(reuse.word())], gap));
    }
    table
}

fn coverage(view: &CrosswalkView) -> Table {
    let mut table = of(view, &[("Part", 3.0), ("Rests on", 1.6)], "Stays uncovered");
    for line in &view.lines {
        let ids: Vec<&str> = line.entry.requirements.iter().map(RequirementId::as_str).collect();
        let (_, gap) = line.entry.helps_and_gap();
        table.row(row(line, vec![name(line), Cell::muted(ids.join(", "))], gap));
    }
    table
}

/// Returns a table without rows: two columns of its own, those of the support, and what is left.
fn of(view: &CrosswalkView, own: &[(&'static str, f32)], rest: &'static str) -> Table {
    let mut columns = own.to_vec();
    columns.extend([("Claimed", 1.2), ("Evidenced", 1.45), ("Answered", 1.4), (rest, 3.8)]);
    Table::new(view.title.clone(), &columns)
}

fn row(line: &CrosswalkLine, mut cells: Vec<Cell>, rest: &str) -> Vec<Cell> {
    cells.extend(support(&line.support));
    cells.push(Cell::text(rest));
    cells
}

fn buyer(line: &CrosswalkLine) -> Option<Vec<Run>> {
    let (Detail::Buyer { question, .. }, Says::Draft { text, .. }) = (&line.entry.detail, &line.says) else {
        return None;
    };
    Some(vec![Run::strong(format!("{question} ")), Run::plain(text.clone())])
}

fn name(line: &CrosswalkLine) -> Cell {
    let id = Run::strong(line.entry.id.to_string());
    Cell { lines: vec![vec![id, Run::plain(format!(" {}", line.entry.title))]], tone: None }
}

fn support(support: &Views<Range>) -> [Cell; 3] {
    if !support.claimed.applies() {
        return [Cell::muted("–"), Cell::muted("–"), Cell::muted("–")];
    }
    [
        Cell::text(words::middle_share(&support.claimed)),
        Cell::text(words::middle_share(&support.evidenced)),
        Cell::text(words::coverage(support.claimed.answered)),
    ]
}
