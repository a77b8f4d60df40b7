//! When, how sure that is, and what it rests on.

use crate::domain::report::{Report, Stretch, dates, outlook, stretch, words};
use crate::domain::roadmap::Milestone;
use crate::domain::timeline::Forecast;
use crate::export::brand::Brand;
use crate::export::chart;
use crate::export::document::block::{Cell, Run, Section, Table};

/// How many of the things that move the end most are told.
const STRONGEST: usize = 8;

pub(super) fn section(report: &Report, brand: &Brand) -> Option<Section> {
    let forecast = report.forecast.as_ref()?;
    let mut section = Section::new("timeline", "Timeline");
    section.say(forecast.explanation.clone());
    section.table(milestones(forecast));
    section.say(outlook(forecast));
    section.figure("distribution", chart::distribution(forecast, brand.palette), 1.0);
    section.heading("The plan");
    section.say(
        "Start and finish are those of the P50 plan. Days are those of people's work that remain; bound is the share \
         of the trials in which the line set the date of the certificate.",
    );
    section.figure("plan", chart::gantt(forecast, brand.palette), 1.0);
    section.table(packages(forecast));
    if !forecast.sensitivities.is_empty() {
        section.heading("What moves the end most");
        section.table(sensitivities(forecast));
    }
    section.heading("Assumptions");
    let mut table = Table::new("Assumptions", &[("Input", 3.0), ("Value", 6.0)]);
    forecast.inputs.iter().for_each(|(what, value)| table.row([Cell::text(what), Cell::text(value)]));
    section.table(table);
    Some(section)
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
