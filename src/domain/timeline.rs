//! How long the way to a certificate takes, how sure that is, and what drives it.
//!
//! The practice is that of schedule risk analysis (GAO Schedule Assessment Guide, best practice 8; Hulett's risk
//! drivers): a logic network, three-point estimates, correlated draws, percentiles, criticality.
//!
//! [`plan()`] turns the gaps of an assessment into a [`Plan`]; [`simulate`] plays it through many times.

mod audit;
mod backwards;
pub mod calendar;
mod capacity;
mod cost;
mod draw;
mod explain;
mod forecast;
mod open;
mod plan;
mod quantile;
mod sampler;
mod sensitivity;
mod trial;
mod whatif;
mod work;

#[cfg(test)]
mod tests;

use chrono::{Datelike, NaiveDate};

use crate::domain::assessment::Seed;
use crate::domain::id::{PackageId, QuestionId};
use crate::domain::roadmap::{Milestone, Phase};

pub use capacity::{CONFIDENCE, Capacity, capacity};
pub use cost::{Bucket, Costs, costs};
pub use forecast::{Part, merge, parts, simulate, simulate_part};
pub use plan::{Plan, plan};
pub use sampler::draws_alone;
pub use whatif::{COMPARED, Comparison, Supposition, compare, standard};
pub use work::{FEW_TRIALS, Work, work};

/// The days of a month, wherever a time is stated in months.
pub const DAYS_PER_MONTH: f64 = 30.44;
/// What is typical, in months (published by vendors and certification bodies). Drawn beside the estimate, never clamped to.
pub const TYPICAL_MONTHS: (f64, f64) = (6.0, 12.0);
/// The number of trials where nothing else is asked for.
pub const TRIALS: u32 = 10_000;

/// What many trials of a plan came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// The seed of the draws.
    pub seed: Seed,
    /// The number of trials.
    pub trials: u32,
    /// The project's first day.
    pub start: NaiveDate,
    /// The four milestones, in order.
    pub milestones: Vec<MilestoneForecast>,
    /// How the months to the certificate are distributed.
    pub histogram: Histogram,
    /// Which limit bound the end, as shares of the trials that sum to 1.
    pub binding: Binding,
    /// What remains to be done, in the order of the road map, as in the P50 plan.
    pub packages: Vec<PackageForecast>,
    /// What moves the end most, strongest first.
    pub sensitivities: Vec<Sensitivity>,
    /// How likely the target date is, where the profile has one.
    pub target: Option<Outlook>,
    /// The effort that remains, in person-days.
    pub effort: Percentiles,
    /// One or two sentences on why it takes so long, in plain words.
    pub explanation: String,
    /// Every input that was used, as (what, value), for whoever wants to recompute.
    pub inputs: Vec<(String, String)>,
    /// The latest start of each package that remains, so that the target is met in about 80 % of the trials, in the
    /// order of the road map; empty without a target.
    pub latest_starts: Vec<LatestStart>,
}

/// When a package has to start at the latest.
#[derive(Clone, Debug, PartialEq)]
pub struct LatestStart {
    /// Its id in the road map.
    pub id: PackageId,
    /// What a person reads.
    pub title: String,
    /// Months from the project's start; negative where it is late already.
    pub months: f64,
}

/// A point that 10, 50, 80 or 90 % of the trials don't go beyond.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Percentiles {
    /// 10 %.
    pub p10: f64,
    /// 50 %: as likely earlier as later.
    pub p50: f64,
    /// 80 %: what to promise.
    pub p80: f64,
    /// 90 %.
    pub p90: f64,
}

/// When a milestone is reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MilestoneForecast {
    /// The milestone.
    pub milestone: Milestone,
    /// Months of 30.44 days from the start.
    pub months: Percentiles,
}

/// How often each month came up, in bins of equal width.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    /// The lower bound of the first bin, in months.
    pub from: f64,
    /// The width of a bin, in months.
    pub width: f64,
    /// Trials that fell into each bin.
    pub counts: Vec<u32>,
}

/// Which limit bound the end of the project, as shares of the trials.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Binding {
    /// The sequence of the work and its waiting.
    pub path: f64,
    /// The time of the people.
    pub people: f64,
}

/// A package or step of the P50 plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PackageForecast {
    /// Its id in the road map.
    pub id: PackageId,
    /// What a person reads.
    pub title: String,
    /// Its phase.
    pub phase: Phase,
    /// Whether it is there whatever the answers.
    pub is_step: bool,
    /// When it starts and finishes in the P50 plan, in months from the start of the project.
    pub months: (f64, f64),
    /// The effort that remains, in person-days, as most likely.
    pub effort: f64,
    /// The share of the trials in which it bound the end.
    pub criticality: f64,
    /// The questions that it closes and that are below level 3 or open.
    pub questions: Vec<QuestionId>,
    /// The milestone that is reached with its end.
    pub milestone: Option<Milestone>,
}

/// How much a package or driver moves the end.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// What a person reads.
    pub title: String,
    /// Spearman's rank correlation with the months to the certificate, -1 to 1.
    pub correlation: f64,
    /// The mean end, in months, of the tenth of the trials where it turned out best.
    pub best: f64,
    /// The mean end, in months, of the tenth of the trials where it turned out worst.
    pub worst: f64,
}

/// How likely a date is met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook {
    /// The date.
    pub date: NaiveDate,
    /// The share of the trials that reach the certificate by then.
    pub probability: f64,
}

/// Returns the day that lies so many months of 30.44 days after another; the last day that can be told when it is far.
#[must_use]
pub fn day_after(start: NaiveDate, months: f64) -> NaiveDate {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what fits before")]
    let days = (months * DAYS_PER_MONTH).ceil().clamp(0.0, 1_000_000.0) as u64;
    start.checked_add_days(chrono::Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// Returns the day that is told for so many months after another: nobody begins, or is audited, on a Saturday or a
/// Sunday, so that these are told as the Monday after.
#[must_use]
pub fn told_day(start: NaiveDate, months: f64) -> NaiveDate {
    let day = day_after(start, months);
    let on = u64::from(day.weekday().num_days_from_monday());
    day.checked_add_days(chrono::Days::new(if on > 4 { 7 - on } else { 0 })).unwrap_or(day)
}

impl LatestStart {
    /// Returns the day.
    #[must_use]
    pub fn day(&self, start: NaiveDate) -> NaiveDate {
        #[expect(clippy::cast_possible_truncation, reason = "clamped to what fits before")]
        let days = (self.months * DAYS_PER_MONTH).floor().clamp(-1_000_000.0, 1_000_000.0) as i64;
        start.checked_add_signed(chrono::Duration::days(days)).unwrap_or(start)
    }
}

impl Forecast {
    /// Returns when a milestone is reached.
    #[must_use]
    pub fn milestone(&self, milestone: Milestone) -> Option<Percentiles> {
        self.milestones.iter().find(|forecast| forecast.milestone == milestone).map(|forecast| forecast.months)
    }

    /// Returns the months from the start between which a package of it is worked on. One that ends in a milestone ends at
    /// the P50 of that milestone: the mean of the trials around the end is another figure, and two days for one milestone
    /// would contradict each other. For the same reason a step after a milestone doesn't begin before it.
    #[must_use]
    pub fn months_of(&self, package: &PackageForecast) -> (f64, f64) {
        let p50 = |package: &PackageForecast| {
            package.milestone.and_then(|milestone| self.milestone(milestone)).map(|m| m.p50)
        };
        let (start, finish) = p50(package).map_or(package.months, |reached| (package.months.0.min(reached), reached));
        if !package.is_step {
            return (start, finish);
        }
        let before =
            self.packages.iter().take_while(|other| other.id != package.id).filter_map(p50).fold(0.0, f64::max);
        let finish = finish.max(before);
        (start.max(before).min(finish), finish)
    }
}
