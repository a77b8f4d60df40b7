//! What moves the end most: rank correlations of each driver and activity with the end.
//!
//! Drivers pull on every draw. So that an activity is not credited with what a driver did, an activity is measured by
//! its own draws alone, and the drivers by theirs.

use std::ops::Range;

use crate::domain::timeline::Sensitivity;
use crate::domain::timeline::draw::{Dice, Lanes};
use crate::domain::timeline::plan::{Activity, Plan};

/// The trials that are ranked: enough for a correlation to ± 0.04, few enough to stay live.
const RANKED: usize = 2_000;
/// Correlations nearer to 0 are noise.
const LEAST_CORRELATION: f64 = 0.05;
/// The most that are told.
const MOST_TOLD: usize = 12;
/// The most that are ranked for it: those whose plain correlation is greatest.
const MOST_RANKED: usize = 2 * MOST_TOLD;
/// The share of the least rank correlation that a plain one has to reach, for its factor to be ranked.
const LIKELY: f64 = 0.7;
/// What lifts every standard normal draw above 0: a word of 32 bits is never 7 deviations out.
const BEYOND_ALL_DRAWS: f64 = 8.0;

/// A driver, an activity or what is open, and how it turned out in each trial: more is worse.
struct Factor {
    title: String,
    values: Vec<f32>,
}

/// What a factor reads its value from.
#[derive(Clone, Copy)]
enum Source {
    Open,
    Driver(usize),
    /// Of an activity of which one draw alone varies, that draw: the time that comes of it has the same rank.
    Effort(usize),
    Waiting(usize),
    /// The time that an activity takes, where two draws make it.
    Both(usize),
}

impl Source {
    fn of(index: usize, activity: &Activity) -> Self {
        match (activity.effort.varies() && activity.days_per_effort > 0.0, activity.waiting.varies()) {
            (true, false) => Self::Effort(index),
            (false, true) => Self::Waiting(index),
            _ => Self::Both(index),
        }
    }

    /// Returns the value in each of the trials that were rolled: more is worse.
    fn value(self, plan: &Plan, dice: &Dice) -> Lanes {
        // Where it isn't needed, nothing is less.
        let needed = |index: usize, value: Lanes| match plan.activities.get(index) {
            Some(activity) => activity.where_needed(dice, index, value + Lanes::splat(BEYOND_ALL_DRAWS)),
            None => value,
        };
        match self {
            Self::Open => -dice.openness(),
            Self::Driver(index) => dice.driver(index),
            Self::Effort(index) => needed(index, dice.effort(index)),
            Self::Waiting(index) => needed(index, dice.waiting(index)),
            Self::Both(index) => {
                plan.activities.get(index).map_or(Lanes::ZERO, |activity| own_time(plan, dice, index, activity))
            }
        }
    }
}

/// The factors of a plan, as they turned out in the first trials.
pub(super) struct Factors(Vec<(Source, Factor)>);

impl Factors {
    /// Returns the factors of a plan before any trial.
    pub(super) fn new(plan: &Plan) -> Self {
        let mut factors = vec![];
        let mut add = |source, title: &str| factors.push((source, Factor { title: title.to_owned(), values: vec![] }));
        if !plan.open.is_empty() {
            add(Source::Open, "What the open answers turn out to be");
        }
        for (index, (title, pull)) in plan.drivers.iter().enumerate() {
            if *pull > 0.0 {
                add(Source::Driver(index), title);
            }
        }
        for (index, (activity, label)) in plan.activities.iter().zip(&plan.labels).enumerate() {
            let varies = activity.effort.varies() || activity.waiting.varies() || activity.chance < 1.0;
            if varies && activity.middle_gap > 0.0 {
                add(Source::of(index, activity), &label.title);
            }
        }
        Self(factors)
    }

    /// Notes how the factors turned out in these trials, which were rolled side by side, where they are among those that
    /// are ranked.
    pub(super) fn note(&mut self, plan: &Plan, dice: &Dice, trials: Range<u32>) {
        let ranked = RANKED.saturating_sub(trials.start as usize).min(trials.len());
        if ranked == 0 {
            return;
        }
        for (source, factor) in &mut self.0 {
            factor.values.extend(source.value(plan, dice).to_array().into_iter().take(ranked).map(narrow));
        }
    }

    /// Adds how they turned out in the trials after these.
    pub(super) fn append(&mut self, other: Self) {
        for ((_, factor), (_, others)) in self.0.iter_mut().zip(other.0) {
            factor.values.extend(others.values);
        }
    }

    /// Returns what moves the end most, strongest first, from the ends of all trials.
    pub(super) fn sensitivities(self, ends: &[f64]) -> Vec<Sensitivity> {
        let ends = ends.get(..RANKED).unwrap_or(ends);
        let ranks = Ranks::new(ends.len());
        let of_ends = ranks.of(&ends.iter().map(|end| narrow(*end)).collect::<Vec<_>>());
        let mut likely: Vec<(f64, Factor)> = self
            .0
            .into_iter()
            .map(|(_, factor)| (ranks.plain_correlation(&factor.values, &of_ends), factor))
            .filter(|(plain, _)| *plain >= LIKELY * ranks.noise())
            .collect();
        likely.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        likely.truncate(MOST_RANKED);
        let likely = likely.into_iter();
        let mut told: Vec<Sensitivity> =
            likely.filter_map(|(_, factor)| ranks.sensitivity(factor, ends, &of_ends)).collect();
        told.sort_by(|a, b| b.correlation.abs().total_cmp(&a.correlation.abs()));
        told.truncate(MOST_TOLD);
        told
    }
}

/// Returns how long an activity would take by its own draws alone, in working days of the whole way.
fn own_time(plan: &Plan, dice: &Dice, index: usize, activity: &Activity) -> Lanes {
    let effort = plan.quantiles.at(&activity.effort, dice.effort(index));
    let waiting = plan.quantiles.at(&activity.waiting, dice.waiting(index));
    activity.where_needed(dice, index, effort * activity.days_per_effort + waiting)
}

#[expect(clippy::cast_possible_truncation, reason = "enough for a rank")]
fn narrow(value: f64) -> f32 {
    value as f32
}

/// Ranks of so many trials.
struct Ranks {
    count: usize,
}

impl Ranks {
    fn new(count: usize) -> Self {
        Self { count }
    }

    /// Returns the least correlation that is told. More is worse for every factor and can't shorten the way, so that a
    /// negative one is noise, as is one within two standard errors of 0.
    #[expect(clippy::cast_precision_loss, reason = "some thousands of trials")]
    fn noise(&self) -> f64 {
        LEAST_CORRELATION.max(2.0 / (self.count.max(1) as f64).sqrt())
    }

    /// Returns the trials in the order of these values.
    fn order(&self, values: &[f32]) -> Vec<u32> {
        let mut keys: Vec<u64> = (0..self.count as u64)
            .zip(values)
            .map(|(trial, value)| {
                // The bits of a float sort like the float, once negative ones are turned around.
                let bits = value.to_bits();
                let key = if bits >> 31 == 1 { !bits } else { bits | 1 << 31 };
                u64::from(key) << 32 | trial
            })
            .collect();
        keys.sort_unstable();
        #[expect(clippy::cast_possible_truncation, reason = "the lower half is the trial")]
        keys.into_iter().map(|key| key as u32).collect()
    }

    /// Returns the rank of each trial, centred around 0; equal values share the mean of their ranks.
    fn of(&self, values: &[f32]) -> Vec<f64> {
        self.ranks(values, &self.order(values))
    }

    #[expect(clippy::cast_precision_loss, reason = "some thousands of trials")]
    fn ranks(&self, values: &[f32], order: &[u32]) -> Vec<f64> {
        let mut ranks = vec![0.0; self.count];
        let centre = (self.count as f64 - 1.0) / 2.0;
        let mut first = 0;
        for equal in order.chunk_by(|a, b| values.get(*a as usize) == values.get(*b as usize)) {
            let rank = first as f64 + (equal.len() as f64 - 1.0) / 2.0 - centre;
            for trial in equal {
                if let Some(place) = ranks.get_mut(*trial as usize) {
                    *place = rank;
                }
            }
            first += equal.len();
        }
        ranks
    }

    /// Returns the plain correlation of values with the ranks of the ends. It takes no sorting, and is near to that of their
    /// ranks.
    fn plain_correlation(&self, values: &[f32], of_ends: &[f64]) -> f64 {
        let values = || values.iter().map(|value| f64::from(*value));
        #[expect(clippy::cast_precision_loss, reason = "some thousands of trials")]
        let mean = values().sum::<f64>() / self.count.max(1) as f64;
        let (mut product, mut spread, mut of_ranks) = (0.0, 0.0, 0.0);
        for (value, rank) in values().zip(of_ends) {
            product += (value - mean) * rank;
            spread += (value - mean) * (value - mean);
            of_ranks += rank * rank;
        }
        let spread = (spread * of_ranks).sqrt();
        if spread > 0.0 { product / spread } else { 0.0 }
    }

    fn sensitivity(&self, factor: Factor, ends: &[f64], of_ends: &[f64]) -> Option<Sensitivity> {
        let order = self.order(&factor.values);
        let ranks = self.ranks(&factor.values, &order);
        let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let spread = (product(&ranks, &ranks) * product(of_ends, of_ends)).sqrt();
        let correlation = if spread > 0.0 { product(&ranks, of_ends) / spread } else { 0.0 };
        let tenth = self.count.div_ceil(10);
        let best = order.get(..tenth)?;
        let worst = order.get(self.count - tenth..)?;
        (correlation >= self.noise()).then(|| Sensitivity {
            title: factor.title,
            correlation: correlation.clamp(-1.0, 1.0),
            best: mean_end(best, ends),
            worst: mean_end(worst, ends),
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "some hundreds of trials")]
fn mean_end(trials: &[u32], ends: &[f64]) -> f64 {
    let sum: f64 = trials.iter().filter_map(|trial| ends.get(*trial as usize)).sum();
    sum / trials.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_the_mean_of_their_ranks() {
        assert_eq!(Ranks::new(4).of(&[3.0, -1.0, 3.0, 7.0]), [0.0, -1.5, 0.0, 1.5]);
    }

    #[test]
    fn what_rises_with_the_end_correlates_fully() {
        let ends: Vec<f64> = (0..100).map(f64::from).collect();
        let values: Vec<f32> = ends.iter().map(|end| narrow(end.sqrt())).collect();
        let ranks = Ranks::new(100);
        let of_ends = ranks.of(&ends.iter().map(|end| narrow(*end)).collect::<Vec<_>>());
        let told = ranks.sensitivity(Factor { title: "it".to_owned(), values }, &ends, &of_ends).unwrap();
        assert!((told.correlation - 1.0).abs() < 1e-12);
        assert!((told.best - 4.5).abs() < 1e-12 && (told.worst - 94.5).abs() < 1e-12);
    }
}
