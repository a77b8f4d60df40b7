//! How far the work goes for other frameworks.

use crate::domain::crosswalk::{Detail, Kind, Reuse};
use crate::domain::crosswalk_view::{CrosswalkLine, CrosswalkView, Says};
use crate::domain::report::{Report, words};
use crate::domain::scoring::{Range, Views};
use crate::export::document::block::{Block, Cell, Run, Section, Table};

/// How much carries over, most first.
const REUSES: [(Reuse, &str); 3] = [
    (Reuse::Full, "The same mechanism, with a wider scope"),
    (Reuse::Part, "The same shape, with new content"),
    (Reuse::None, "New"),
];

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
        let why = if report.assessment.profile().is_untold() {
            "the profile is empty, and names no certificate"
        } else {
            "the profile names no certificate of it"
        };
        section.say(format!("Left out, as {why}: {}.", others.join(", ")));
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
        Kind::Buyers => section.table(buyers(view)),
    }
    let source = format!("{} As of {}.", view.source, words::date(view.as_of));
    section.add(Block::Paragraph(vec![Run::muted(source)]));
}

fn obligations(view: &CrosswalkView) -> Table {
    let mut table = of(view, "Obligation: since or from, claimed (evidenced), answered", "Stays uncovered");
    for line in &view.lines {
        let Detail::Obligation(obligation) = &line.entry.detail else { continue };
        let from = format!("{}, ", words::short_date(obligation.applies_from));
        table.row([name(line, &from), Cell::text(&obligation.gap)]);
    }
    table
}

/// Lists what is left to do by how much of it carries over.
fn reuse(view: &CrosswalkView) -> Table {
    let mut table = of(view, "Requirement: claimed (evidenced), answered", "Left to do");
    for (reuse, title) in REUSES {
        let mut lines = view.lines.iter().filter(|line| line.says == Says::Reuse(reuse)).peekable();
        if lines.peek().is_some() {
            table.group(vec![Run::strong(title)]);
        }
        for line in lines {
            let (_, gap) = line.entry.helps_and_gap();
            table.row([name(line, ""), Cell::text(gap)]);
        }
    }
    table
}

/// Tells how far each part is covered, a line each, in their groups: they are many, and what stays uncovered of each stands
/// in the workbook.
fn coverage(view: &CrosswalkView) -> Table {
    let columns = [("Part", 6.6), ("Claimed (evidenced), answered", 3.0)];
    let mut table = Table::new(view.title.clone(), &columns);
    let mut last = "";
    for line in &view.lines {
        let id = line.entry.id.as_str();
        let group = id.split([' ', '-']).next().unwrap_or(id);
        if last != group {
            table.group(vec![Run::strong(group)]);
            last = group;
        }
        table.row([name_alone(line), Cell::muted(support(&line.support))]);
    }
    table
}

fn name_alone(line: &CrosswalkLine) -> Cell {
    let id = Run::strong(line.entry.id.to_string());
    Cell { lines: vec![vec![id, Run::plain(format!(" {}", line.entry.title))]], tone: None }
}

fn of(view: &CrosswalkView, what: &str, rest: &str) -> Table {
    Table::new(view.title.clone(), &[(what, 4.3), (rest, 5.2)])
}

fn buyers(view: &CrosswalkView) -> Table {
    let mut table = Table::new(view.title.clone(), &[("Question", 2.6), ("Draft of an answer", 7.0)]);
    for line in &view.lines {
        let (Detail::Buyer { question, .. }, Says::Draft { text, .. }) = (&line.entry.detail, &line.says) else {
            continue;
        };
        table.row([Cell::strong(question.clone()), Cell::text(text)]);
    }
    table
}

fn name(line: &CrosswalkLine, before: &str) -> Cell {
    let figures = format!(" {before}{}", support(&line.support));
    let id = Run::strong(line.entry.id.to_string());
    Cell { lines: vec![vec![id, Run::plain(format!(" {}", line.entry.title)), Run::muted(figures)]], tone: None }
}

/// Returns how far the work goes, as claimed and as evidenced, and on how many answers that rests.
fn support(support: &Views<Range>) -> String {
    if !support.claimed.applies() {
        return "–".to_owned();
    }
    if support.claimed.answered.answered == 0 {
        return format!("–, {}", words::coverage(support.claimed.answered));
    }
    let (claimed, evidenced) = (words::middle_share(&support.claimed), words::middle_share(&support.evidenced));
    format!("{claimed} ({evidenced}), {}", words::coverage(support.claimed.answered))
}
