//! The figures of every area, with the two charts that show them.

use crate::domain::report::{Hurdle, Report, words};
use crate::domain::scoring::{Range, Rating, Verdict, Views};
use crate::export::brand::Brand;
use crate::export::chart;
use crate::export::document::block::{Block, Cell, Run, Section, Table};

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
    section.or_else(by_requirement(report));
    section.heading("What stands in the way");
    if report.nothing_known().is_some() {
        section.say(format!(
            "Nothing is answered yet. {} have to be known before Stage 1: they are among the open ones below.",
            words::count(report.hurdles.claimed.len(), "point")
        ));
        return Some(section);
    }
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
            Cell::text(words::answered(figures.maturity.claimed.answered)),
            maturity(&figures.maturity.claimed),
            maturity(&figures.maturity.evidenced),
            share(&figures.stage2.claimed),
            share(&figures.stage2.evidenced),
            share(&figures.stage1.claimed),
        ]);
    }
    table
}

/// Returns what the heat map shows, and the rating of ISO/IEC 33020, for formats without pictures.
fn by_requirement(report: &Report) -> Table {
    let columns = [
        ("Requirement", 3.6),
        ("Answered", 1.3),
        ("Maturity", 1.4),
        ("Evidenced", 1.4),
        ("ISO/IEC 33020 (evidenced)", 1.6),
    ];
    let mut table = Table::new("Requirement by requirement", &columns).figures_from(1);
    for score in report.scorecard.areas.iter().flat_map(|area| &area.requirements) {
        let name = vec![Run::strong(score.id.to_string()), Run::plain(format!(" {}", score.title))];
        let name = Cell { lines: vec![name], tone: None };
        let maturity = &score.figures.maturity;
        table.row(if score.excluded {
            [name, Cell::text("excluded"), Cell::text("–"), Cell::text("–"), Cell::text("–")]
        } else {
            [
                name,
                Cell::text(words::answered(maturity.claimed.answered)),
                Cell::text(words::maturity_alone(&maturity.claimed)),
                Cell::text(words::maturity_alone(&maturity.evidenced)),
                Cell::text(rating(score.rating)),
            ]
        });
    }
    table
}

fn rating(rating: Views<Option<Rating>>) -> String {
    match (rating.claimed, rating.evidenced) {
        (Some(claimed), Some(evidenced)) => format!("{} ({})", claimed.letter(), evidenced.letter()),
        (Some(claimed), None) => claimed.letter().to_string(),
        (None, _) => "–".to_owned(),
    }
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
    let more = match rest.len() {
        0 => "; those above",
        all if all == hurdles.len() => "",
        _ => "; these beyond the ones above",
    };
    section.say(format!("In the way of {}: {points}{more}.", verdict.audit_ahead()));
    if !said.is_empty() && !rest.is_empty() {
        section.add(Block::List { ordered: false, items: by_reason(&rest) });
        return;
    }
    let mut table = Table::new("What stands in the way", &[("", 1.0), ("", 9.0)]);
    for (because, hurdles) in grouped(&rest) {
        table.group(vec![Run::strong(because)]);
        for hurdle in hurdles {
            table.row([Cell::muted(hurdle.obstacle.id()), Cell::text(&hurdle.text)]);
        }
    }
    section.table(table);
}

/// Returns hurdles by why they stand in the way, in the order of the first of each.
fn grouped<'a>(hurdles: &[&'a Hurdle]) -> Vec<(String, Vec<&'a Hurdle>)> {
    let mut groups: Vec<(String, Vec<&Hurdle>)> = vec![];
    for hurdle in hurdles {
        let because = hurdle.obstacle.because();
        match groups.iter_mut().find(|(told, _)| *told == because) {
            Some((_, group)) => group.push(hurdle),
            None => groups.push((because.into_owned(), vec![hurdle])),
        }
    }
    groups
}

/// Returns hurdles by their ids alone: they are told where the answers are.
fn by_reason(hurdles: &[&Hurdle]) -> Vec<Vec<Run>> {
    let point = |(because, hurdles): (String, Vec<&Hurdle>)| {
        let ids: Vec<&str> = hurdles.into_iter().map(|hurdle| hurdle.obstacle.id()).collect();
        vec![Run::plain(format!("{because} ")), Run::muted(ids.join(", "))]
    };
    grouped(hurdles).into_iter().map(point).collect()
}
