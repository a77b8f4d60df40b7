//! The time that the plan is drawn over: from which month to which, in so many cells, named by dates.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::domain::roadmap::Phase;
use crate::domain::timeline::{DAYS_PER_MONTH, Forecast};
use crate::tui::screens::timeline::tree::{of_phase, span};

/// How much of the time is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zoom {
    /// From the start to the certificate.
    #[default]
    Project,
    /// One phase.
    Phase(Phase),
    /// From the start to the end of the certificate's three years.
    Cycle,
}

/// The time that is seen, in so many cells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    start: NaiveDate,
    from: f64,
    to: f64,
    cells: usize,
}

/// The shortest time that is drawn, in months: about a week.
const SHORTEST: f64 = 0.25;
/// What is left free on either side of a phase, as a share of it.
const MARGIN: f64 = 0.04;

impl Zoom {
    /// Returns the next shorter time, on a line of a phase.
    pub fn closer(self, phase: Option<Phase>) -> Self {
        match (self, phase) {
            (Self::Cycle, _) => Self::Project,
            (Self::Project | Self::Phase(_), Some(phase)) => Self::Phase(phase),
            (here, None) => here,
        }
    }

    /// Returns the next longer time.
    pub fn wider(self) -> Self {
        match self {
            Self::Phase(_) => Self::Project,
            Self::Project | Self::Cycle => Self::Cycle,
        }
    }

    /// Returns what is seen, in a word.
    pub fn title(self) -> &'static str {
        match self {
            Self::Project => "to the certificate",
            Self::Phase(phase) => phase.title(),
            Self::Cycle => "and three years on",
        }
    }
}

impl Scale {
    /// Returns the scale of a forecast.
    pub fn new(forecast: &Forecast, zoom: Zoom, cells: usize) -> Self {
        let end = forecast.packages.iter().map(|package| package.months.1).fold(SHORTEST, f64::max);
        let (from, to) = match zoom {
            Zoom::Project => (0.0, end * 1.02),
            Zoom::Cycle => (0.0, end + 36.5),
            Zoom::Phase(phase) => {
                let (from, to) = span(forecast, &of_phase(forecast, phase)).unwrap_or((0.0, end));
                let margin = (to - from) * MARGIN;
                ((from - margin).max(0.0), (to + margin).max(from + SHORTEST))
            }
        };
        Self { start: forecast.start, from, to, cells }
    }

    /// Returns the number of cells.
    pub fn cells(&self) -> usize {
        self.cells
    }

    /// Returns the cell of a month; none outside what is seen.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the cells")]
    pub fn cell(&self, month: f64) -> Option<usize> {
        let place = (month - self.from) / (self.to - self.from) * as_f64(self.cells);
        (place >= 0.0 && place < as_f64(self.cells)).then_some(place as usize)
    }

    /// Returns the first cell of a stretch and the one after its last; none where nothing of it is seen.
    pub fn stretch(&self, (start, finish): (f64, f64)) -> Option<(usize, usize)> {
        if self.cells == 0 || finish < self.from || start >= self.to {
            return None;
        }
        let first = self.cell(start.max(self.from))?;
        let last = self.cell(finish).map_or(self.cells, |cell| cell.max(first + 1));
        Some((first, last.min(self.cells)))
    }

    /// Returns the months from the start to a day.
    pub fn month(&self, day: NaiveDate) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "days of some years")]
        let days = (day - self.start).num_days() as f64;
        days / DAYS_PER_MONTH
    }

    /// Returns the days that the axis names, each with its cell: as many as there is room for.
    pub fn ticks(&self) -> Vec<(usize, String)> {
        let months = self.to - self.from;
        let room = as_f64(self.cells) / 6.0;
        let weeks = [7_u64, 14]
            .into_iter()
            .find(|days| months < 3.5 && months * DAYS_PER_MONTH / as_days(*days) <= room * 0.75);
        let first = crate::domain::timeline::day_after(self.start, self.from);
        let days: Vec<NaiveDate> = if let Some(days) = weeks {
            let monday = first - Days::new(u64::from(first.weekday().num_days_from_monday()));
            std::iter::successors(Some(monday), |day| day.checked_add_days(Days::new(days))).take(60).collect()
        } else {
            let step = [1_u32, 2, 3, 6, 12].into_iter().find(|step| months / f64::from(*step) <= room).unwrap_or(24);
            let first = first.with_day(1).unwrap_or(first);
            let back = first.month0() % step;
            let first = first.checked_sub_months(Months::new(back)).unwrap_or(first);
            std::iter::successors(Some(first), |day| day.checked_add_months(Months::new(step))).take(120).collect()
        };
        let name = |day: &NaiveDate| match (weeks, day.month()) {
            (Some(_), _) => day.format("%-d %b").to_string(),
            (None, 1) => day.format("%Y").to_string(),
            (None, _) => day.format("%b").to_string(),
        };
        days.iter().filter_map(|day| Some((self.cell(self.month(*day))?, name(day)))).collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "some hundred cells")]
fn as_f64(number: usize) -> f64 {
    number as f64
}

#[expect(clippy::cast_precision_loss, reason = "a week or two")]
fn as_days(number: u64) -> f64 {
    number as f64
}
