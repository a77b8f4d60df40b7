//! The plan as bars over months: what binds the end is dark, what has slack is light, milestones are diamonds.

use chrono::{Datelike, Months, NaiveDate};

use crate::domain::report::words;
use crate::domain::timeline::{DAYS_PER_MONTH, Forecast, PackageForecast, told_day};
use crate::export::chart::drawing::{Anchor, Drawing, Letters, Stroke};
use crate::export::chart::width::fitted;
use crate::export::palette::{Palette, Role};

const WIDTH: f64 = 640.0;
const LABEL: f64 = 290.0;
const RIGHT: f64 = 10.0;
const ROW: f64 = 15.5;
/// The size of the letters of a row, and of the rest: a long plan is set small, to stand on one page.
const LETTERS: f64 = 10.4;
/// See [`LETTERS`].
const SMALL: f64 = 9.6;
/// How wide the name of a month is at most, in those letters.
const MONTH: f64 = 44.0;
const HEAD: f64 = 30.0;
const FOOT: f64 = 24.0;
/// The share of the trials from which on a package binds the end.
const BINDS: f64 = 0.5;

/// Draws the plan; none where nothing is left to do.
#[must_use]
pub fn gantt(forecast: &Forecast, palette: Palette) -> Option<Drawing> {
    let mut packages: Vec<&PackageForecast> = forecast.packages.iter().collect();
    if packages.is_empty() {
        return None;
    }
    packages.sort_by(|a, b| a.phase.cmp(&b.phase).then(a.months.0.total_cmp(&b.months.0)).then(a.id.cmp(&b.id)));
    let phases = packages.chunk_by(|a, b| a.phase == b.phase).count();
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    let height = HEAD + (packages.len() + phases) as f64 * ROW + FOOT;
    let end = packages.iter().map(|package| forecast.months_of(package).1).fold(1.0, f64::max);
    let mut drawing = Drawing::new((WIDTH, height), "The plan, package by package", palette);
    drawing.description = described(forecast, &packages);
    axis(&mut drawing, forecast, end, height);
    let mut y = HEAD;
    for phase in packages.chunk_by(|a, b| a.phase == b.phase) {
        let name = phase.first().map(|package| package.phase.title()).unwrap_or_default();
        drawing.text((0.0, y + 11.5), name, Letters::plain(LETTERS).strong().coloured(Role::Accent));
        y += ROW;
        for package in phase {
            row(&mut drawing, package, forecast.months_of(package), end, y);
            y += ROW;
        }
    }
    legend(&mut drawing, height - 8.0);
    Some(drawing)
}

fn described(forecast: &Forecast, packages: &[&PackageForecast]) -> String {
    let told = packages.iter().map(|package| {
        let (start, finish) = forecast.months_of(package);
        let (start, finish) = (told_day(forecast.start, start), told_day(forecast.start, finish));
        format!("{}: {} to {}", package.title, words::date(start), words::date(finish))
    });
    told.collect::<Vec<_>>().join("; ") + "."
}

fn place(month: f64, end: f64) -> f64 {
    LABEL + (month / end).clamp(0.0, 1.0) * (WIDTH - LABEL - RIGHT)
}

fn axis(drawing: &mut Drawing, forecast: &Forecast, end: f64, height: f64) {
    let step = [1, 2, 3, 6, 12, 24, 60].into_iter().find(|step| end / f64::from(*step) <= 5.5).unwrap_or(120);
    let letters = Letters::plain(SMALL).at(Anchor::Middle).muted();
    for (day, month) in firsts(forecast.start, step).take_while(|(_, month)| *month <= end) {
        let x = place(month, end);
        drawing.line((x, HEAD - 6.0), (x, height - FOOT), Stroke::solid(Role::Rule, 0.6));
        // The last one stays within the picture.
        let centre = x.min(WIDTH - MONTH / 2.0);
        drawing.text((centre, 8.0), &day.format("%b %Y").to_string(), letters);
        drawing.text((centre, 19.0), &format!("{month:.1}"), letters);
    }
    drawing.text((LABEL - 24.0, 19.0), "the first of a month, in months from the start", letters.at(Anchor::End));
}

/// Returns the first days of months from a day on, every so many months, each with its months from that day.
fn firsts(start: NaiveDate, step: u32) -> impl Iterator<Item = (NaiveDate, f64)> {
    let first = if start.day() == 1 {
        Some(start)
    } else {
        start.with_day(1).and_then(|day| day.checked_add_months(Months::new(1)))
    };
    let days = std::iter::successors(first, move |day| day.checked_add_months(Months::new(step)));
    #[expect(clippy::cast_precision_loss, reason = "days within the calendar")]
    let months = move |day: NaiveDate| (day - start).num_days() as f64 / DAYS_PER_MONTH;
    days.map(move |day| (day, months(day)))
}

fn row(drawing: &mut Drawing, package: &PackageForecast, months: (f64, f64), end: f64, y: f64) {
    let (from, to) = (place(months.0, end), place(months.1, end));
    drawing.text((8.0, y + 11.5), &fitted(&package.title, LABEL - 16.0, LETTERS), Letters::plain(LETTERS));
    let role = if package.criticality >= BINDS { Role::Accent } else { Role::Soft };
    drawing.rect((from, y + 3.5), ((to - from).max(1.5), 9.0), 1.5, role);
    if package.milestone.is_some() {
        drawing.diamond((to, y + 8.0), 6.0, Role::Ink);
    }
}

fn legend(drawing: &mut Drawing, y: f64) {
    drawing.rect((LABEL, y - 8.0), (20.0, 9.0), 1.5, Role::Accent);
    drawing.text((LABEL + 26.0, y), "binds the end", Letters::plain(SMALL).muted());
    drawing.rect((LABEL + 100.0, y - 8.0), (20.0, 9.0), 1.5, Role::Soft);
    drawing.text((LABEL + 126.0, y), "has slack", Letters::plain(SMALL).muted());
    drawing.diamond((LABEL + 188.0, y - 3.5), 5.0, Role::Ink);
    drawing.text((LABEL + 198.0, y), "milestone", Letters::plain(SMALL).muted());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    #[test]
    fn the_axis_has_the_first_of_each_month_once() {
        let days: Vec<NaiveDate> = firsts(day(2027, 1, 31), 1).map(|(day, _)| day).take(4).collect();
        assert_eq!(days, [day(2027, 2, 1), day(2027, 3, 1), day(2027, 4, 1), day(2027, 5, 1)]);
        let days: Vec<NaiveDate> = firsts(day(2027, 3, 1), 2).map(|(day, _)| day).take(2).collect();
        assert_eq!(days, [day(2027, 3, 1), day(2027, 5, 1)]);
    }
}
