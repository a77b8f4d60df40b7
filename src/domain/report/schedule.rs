//! The forecast's months as days.

use chrono::NaiveDate;

use crate::domain::timeline::{Forecast, PackageForecast, Percentiles, told_day};

/// The days of a milestone that 10, 50, 80 or 90 % of the trials don't go beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    /// 10 %.
    pub p10: NaiveDate,
    /// 50 %: as likely earlier as later.
    pub p50: NaiveDate,
    /// 80 %: what to promise.
    pub p80: NaiveDate,
    /// 90 %.
    pub p90: NaiveDate,
}

/// The days on which a package starts and finishes in the P50 plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The first day.
    pub start: NaiveDate,
    /// The day on which it is finished.
    pub finish: NaiveDate,
}

/// Returns months of a forecast as days.
#[must_use]
pub fn dates(forecast: &Forecast, months: Percentiles) -> Dates {
    let day = |months| told_day(forecast.start, months);
    Dates { p10: day(months.p10), p50: day(months.p50), p80: day(months.p80), p90: day(months.p90) }
}

/// Returns when a package of a forecast is worked on.
#[must_use]
pub fn stretch(forecast: &Forecast, package: &PackageForecast) -> Stretch {
    let (start, finish) = forecast.months_of(package);
    Stretch { start: told_day(forecast.start, start), finish: told_day(forecast.start, finish) }
}
