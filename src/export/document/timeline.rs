//! When, how sure that is, and what it rests on.

use crate::domain::report::{Audience, Report, Stretch, afterwards, dates, outlook, stretch, words};
use crate::domain::roadmap::Milestone;
use crate::domain::timeline::{COMPARED, Forecast};
use crate::export::brand::Brand;
use crate::export::chart;
use crate::export::document::block::{Cell, Run, Section, Table};

/// How many of the things that move the end most are told.
const STRONGEST: usize = 8;

/// What the table of assumptions leaves out.
const ASSUMPTIONS: &str = "The inputs of each work package (person-days, waiting, gap) stand in the workbook and in the \
                           JSON file.";

pub(super) fn section(report: &Report, audience: Audience, brand: &Brand) -> Option<Section> {
    let forecast = report.forecast.as_ref()?;
    let mut section = Section::new("timeline", "Timeline");
    section.say(report.first_guess());
    if audience != Audience::Full {
        // The full report says so in its summary.
        section.say(forecast.explanation.clone());
    }
    section.table(milestones(forecast));
    section.say(outlook(forecast));
    section.figure("distribution", chart::distribution(forecast, brand.palette), 1.0);
    if audience == Audience::Full {
        costs(&mut section, report, forecast);
    }
    if !forecast.sensitivities.is_empty() {
        section.heading("What moves the end most");
        section.say(
            "Best and worst tenth are the mean months to the certificate of the tenth of the trials in which it turned out \
             best or worst. The correlation says how closely the end goes with it: 0 not at all, 1 or -1 wholly.",
        );
        section.table(sensitivities(forecast));
    }
    if !report.what_ifs.is_empty() {
        section.heading("What would shorten the way");
        section.say(format!(
            "Each is played against the plan as it is, in {COMPARED} trials, one by one with the same draws. Less than nothing means that it \
             takes longer."
        ));
        section.table(what_ifs(report));
    }
    section.heading("The plan");
    section.say(
        "Start and finish are the means of the trials that end near P50; a line that ends in a milestone ends at the P50 of \
         that milestone. Days are the most likely ones of people's work that remains: what they add up to is not the P50 of the \
         whole, in which some of it goes well and some badly. Bound is the share of the trials \
         in which the line set the date of the certificate.",
    );
    section.figure("plan", chart::gantt(forecast, brand.palette), 1.0);
    section.table(packages(forecast));
    section.heading("Assumptions");
    section.say(ASSUMPTIONS);
    let mut table = Table::new("Assumptions", &[("Input", 3.0), ("Value", 6.0)]);
    forecast.assumptions().for_each(|(what, value)| table.row([Cell::text(what), Cell::text(value)]));
    section.table(table);
    Some(section)
}

/// Says what the way costs and what comes after it, where the audience may read of money.
fn costs(section: &mut Section, report: &Report, forecast: &Forecast) {
    let rows = report.cost_rows();
    if rows.is_empty() {
        return;
    }
    section.heading("What it costs");
    let mut table = Table::new("What it costs", &[("", 3.4), ("Days", 2.4), ("Amount", 2.6)]);
    for row in &rows {
        table.row(row.iter().map(Cell::text));
    }
    section.table(table);
    section.say(report.cost_basis());
    section.say(afterwards(forecast));
}

fn what_ifs(report: &Report) -> Table {
    let columns = [("If", 5.0), ("Months saved (P50)", 1.8), ("P10 to P90", 1.8)];
    let mut table = Table::new("What would shorten the way", &columns).figures_from(1);
    for (supposition, comparison) in &report.what_ifs {
        let saved = comparison.saved;
        table.row([
            Cell::text(&supposition.title),
            Cell::text(words::months_alone(saved.p50)),
            Cell::text(format!("{} to {}", words::months_alone(saved.p10), words::months_alone(saved.p90))),
        ]);
    }
    table
}

fn milestones(forecast: &Forecast) -> Table {
    let columns = [("Milestone", 2.0), ("P10", 1.6), ("P50", 1.6), ("P80", 1.6), ("P90", 1.6)];
    let mut table = Table::new("Milestones", &columns);
    for milestone in Milestone::ALL {
        let Some(months) = forecast.milestone(milestone) else { continue };
        let days = dates(forecast, months);
        let told = |day, figure| Cell::text(words::date(day)).with(vec![Run::muted(words::months(figure))]);
        table.row([
            Cell::strong(milestone.title()),
            told(days.p10, months.p10),
            told(days.p50, months.p50),
            told(days.p80, months.p80),
            told(days.p90, months.p90),
        ]);
    }
    table
}

fn packages(forecast: &Forecast) -> Table {
    let columns = [("Phase", 1.3), ("What", 4.6), ("Start", 1.5), ("Finish", 1.5), ("Days", 0.9), ("Bound", 0.9)];
    let mut table = Table::new("Work packages and audit steps", &columns).figures_from(4);
    for package in &forecast.packages {
        let Stretch { start, finish } = stretch(forecast, package);
        let mut what = vec![Run::plain(package.title.clone())];
        what.extend(package.milestone.map(|milestone| Run::strong(format!(" ({})", milestone.title()))));
        table.row([
            Cell::muted(package.phase.title()),
            Cell { lines: vec![what], tone: None },
            Cell::text(words::short_date(start)),
            Cell::text(words::short_date(finish)),
            Cell::text(format!("{:.1}", package.effort)),
            Cell::text(words::percent(package.criticality)),
        ]);
    }
    table
}

fn sensitivities(forecast: &Forecast) -> Table {
    let columns = [("What", 4.0), ("Best tenth", 1.4), ("Worst tenth", 1.4), ("Correlation", 1.2)];
    let mut table = Table::new("What moves the end most", &columns).figures_from(1);
    for entry in forecast.sensitivities.iter().take(STRONGEST) {
        table.row([
            Cell::text(&entry.title),
            Cell::text(words::months(entry.best)),
            Cell::text(words::months(entry.worst)),
            Cell::text(format!("{:.2}", entry.correlation)),
        ]);
    }
    table
}
