//! The figures of every area, with the two charts that show them.

use crate::domain::report::{Hurdle, Report, words};
use crate::domain::scoring::{Range, Verdict};
use crate::export::brand::Brand;
use crate::export::chart;
use crate::export::document::block::{Cell, Run, Section, Table};

pub(super) fn section(report: &Report, brand: &Brand) -> Option<Section> {
    if report.scorecard.areas.is_empty() {
        return None;
    }
    let mut section = Section::new("areas", "Results by area");
    let verdict = report.scorecard.verdict;
    section.figure("readiness-by-area", chart::areas(report, brand.palette), 1.0);
    section.say(
        "Answered says on how many of the questions that count the figures beside it rest; Stage 1 counts the \
         documented ones among them.",
    );
    section.table(figures(report));
    section.heading("Requirement by requirement");
    section.figure("requirements", chart::heat(report, brand.palette), 1.0);
    section.heading("What stands in the way");
    hurdles(&mut section, "As claimed", verdict.claimed, &report.hurdles.claimed, &[]);
    let said = &report.hurdles.claimed;
    hurdles(&mut section, "On the recorded evidence", verdict.evidenced, &report.hurdles.evidenced, said);
    Some(section)
}

fn figures(report: &Report) -> Table {
    let columns = [
        ("Area", 3.6),
        ("Answered", 1.3),
        ("Maturity", 1.3),
        ("Evidenced", 1.3),
        ("Stage 2", 1.4),
        ("Evidenced", 1.4),
        ("Stage 1", 1.4),
    ];
    let mut table = Table::new("Figures by area", &columns).figures_from(1);
    let cell = |middle: String, span: Option<String>| {
        let cell = Cell::text(middle);
        match span {
            Some(span) => cell.with(vec![Run::muted(span)]),
            None => cell,
        }
    };
    let share = |range: &Range| cell(words::middle_share(range), words::span_of_share(range));
    let maturity = |range: &Range| cell(words::middle_maturity(range), words::span_of_maturity(range));
    for area in &report.scorecard.areas {
        let figures = &area.figures;
        let name = vec![Run::strong(area.id.to_string()), Run::plain(format!(" {}", area.title))];
        table.row([
            Cell { lines: vec![name], tone: None },
            Cell::text(words::coverage(figures.maturity.claimed.answered)),
            maturity(&figures.maturity.claimed),
            maturity(&figures.maturity.evidenced),
            share(&figures.stage2.claimed),
            share(&figures.stage2.evidenced),
            share(&figures.stage1.claimed),
        ]);
    }
    table
}

/// Lists what stands in the way in one view, without what another list has said already.
fn hurdles(section: &mut Section, view: &str, verdict: Verdict, hurdles: &[Hurdle], said: &[Hurdle]) {
    section.subheading(format!("{view}: {}", verdict.title()));
    if hurdles.is_empty() {
        section.say("Nothing that the questions ask for stands in the way of an audit.");
        return;
    }
    let rest: Vec<&Hurdle> = hurdles.iter().filter(|hurdle| !said.contains(hurdle)).collect();
    let points = words::count(hurdles.len(), "point");
    section.say(if rest.len() == hurdles.len() {
        format!("In the way of {}: {points}.", verdict.audit_ahead())
    } else {
        format!("In the way of {}: {points}; these beyond the ones above.", verdict.audit_ahead())
    });
    let mut table = Table::new("What stands in the way", &[("", 1.0), ("What", 6.0), ("Why", 3.4)]);
    for hurdle in rest {
        let obstacle = &hurdle.obstacle;
        let question = obstacle.question().map(ToString::to_string);
        let id = question.or_else(|| obstacle.requirement().map(ToString::to_string)).unwrap_or_default();
        table.row([Cell::muted(id), Cell::text(&hurdle.text), Cell::text(obstacle.because())]);
    }
    section.table(table);
}
