//! Plays a plan through many times, and sums up what came of it.

use crate::domain::assessment::Seed;
use crate::domain::roadmap::Milestone;
use crate::domain::timeline::draw::Dice;
use crate::domain::timeline::explain::{Anatomy, explanation, inputs};
use crate::domain::timeline::plan::{DAYS_PER_WEEK, Plan};
use crate::domain::timeline::sensitivity::sensitivities;
use crate::domain::timeline::trial::{Bound, Trial};
use crate::domain::timeline::{
    Binding, DAYS_PER_MONTH, Forecast, Histogram, MilestoneForecast, Outlook, PackageForecast, Percentiles, day_after,
};

/// The most trials: some seconds of work, and far beyond what the estimates behind them are worth.
const MOST_TRIALS: u32 = 1_000_000;
/// The most bins of the histogram.
const MOST_BINS: f64 = 40.0;
/// The widths that a bin may have, in months.
const WIDTHS: [f64; 12] = [0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 3.0, 6.0, 12.0, 24.0, WIDEST];
/// The widest of them; a plan of centuries doubles it until it fits.
const WIDEST: f64 = 60.0;
/// More doublings than any plan needs.
const MOST_DOUBLINGS: usize = 60;
/// The trials, as shares of all in the order of their ends, whose mean is the P50 plan.
const MIDDLE: (f64, f64) = (0.45, 0.55);
/// The most trials that the P50 plan is the mean of.
const MOST_MIDDLE: usize = 200;
/// The months of a working day.
pub(super) const MONTHS_PER_WORKING_DAY: f64 = 7.0 / DAYS_PER_WEEK / DAYS_PER_MONTH;

/// What all trials came to.
pub(super) struct Tally {
    /// For each milestone, the months of each trial, in the order of the trials.
    pub months: [Vec<f64>; Milestone::ALL.len()],
    efforts: Vec<f64>,
    /// Trials in which the activity was a link of the chain that bound the end.
    links: Vec<u32>,
    /// Trials in which the people's time for the work up to and with the activity bound the end.
    prefixes: Vec<u32>,
}

/// The mean of the trials around the middle.
struct Middle {
    /// Start and finish of each activity, in months.
    months: Vec<(f64, f64)>,
    anatomy: Anatomy,
}

/// Plays a plan through so many times (1 to 1,000,000). The same arguments give the same forecast, to the last bit.
#[must_use]
pub fn simulate(plan: &Plan, seed: Seed, trials: u32) -> Forecast {
    let trials = trials.clamp(1, MOST_TRIALS);
    let mut dice = Dice::new(plan.layout, seed);
    let mut trial = Trial::new(plan);
    let mut tally = Tally::new(plan, trials);
    for number in 0..trials {
        dice.roll(number);
        trial.play(&dice);
        tally.note(&trial);
    }
    let middle = middle(plan, &tally, &mut trial, &mut dice);
    let sensitivities = sensitivities(plan, &tally, &mut dice);
    let [.., certificate] = &tally.months;
    let sorted = tally.months.clone().map(sorted);
    let milestones = trial.names().map(|milestone| {
        let months = sorted.get(milestone as usize).map_or_else(Percentiles::default, |months| percentiles(months));
        MilestoneForecast { milestone, months }
    });
    let mut forecast = Forecast {
        seed,
        trials,
        start: plan.start,
        milestones: milestones.collect(),
        histogram: sorted.last().map(|months| histogram(months)).unwrap_or_default(),
        binding: tally.binding(),
        packages: packages(plan, &tally, &middle),
        sensitivities,
        target: plan.target.map(|date| {
            let met = certificate.iter().filter(|months| day_after(plan.start, **months) <= date).count();
            Outlook { date, probability: share(met, certificate.len()) }
        }),
        effort: percentiles(&self::sorted(tally.efforts)),
        explanation: String::new(),
        inputs: inputs(plan, seed, trials),
    };
    forecast.explanation = explanation(plan, &forecast, &middle.anatomy);
    forecast
}

impl Tally {
    fn new(plan: &Plan, trials: u32) -> Self {
        let trials = trials as usize;
        Self {
            months: std::array::from_fn(|_| Vec::with_capacity(trials)),
            efforts: Vec::with_capacity(trials),
            links: vec![0; plan.activities.len()],
            prefixes: vec![0; plan.activities.len()],
        }
    }

    fn note(&mut self, trial: &Trial<'_>) {
        for (months, days) in self.months.iter_mut().zip(trial.milestones()) {
            months.push(days * MONTHS_PER_WORKING_DAY);
        }
        self.efforts.push(trial.effort);
        for bound in trial.bounds() {
            let counter = match bound {
                Bound::Link(index) => self.links.get_mut(index),
                Bound::People(index) => self.prefixes.get_mut(index),
            };
            if let Some(counter) = counter {
                *counter += 1;
            }
        }
    }

    fn binding(&self) -> Binding {
        let people: u32 = self.prefixes.iter().sum();
        let people = share(people as usize, self.efforts.len());
        Binding { path: 1.0 - people, people }
    }

    /// Returns the share of the trials in which each activity bound the end: as a link of the chain, or because the
    /// people's time for all the work up to a later one did, and it is a part of that work.
    fn criticality(&self, plan: &Plan) -> Vec<f64> {
        let mut later = 0;
        let mut shares: Vec<f64> = self
            .links
            .iter()
            .zip(&self.prefixes)
            .zip(&plan.activities)
            .rev()
            .map(|((links, prefix), activity)| {
                later += prefix;
                let in_prefix = if activity.effort.is_nothing() { 0 } else { later };
                share((links + in_prefix) as usize, self.efforts.len())
            })
            .collect();
        shares.reverse();
        shares
    }
}

/// Returns the mean plan of the trials that end around the middle: a single trial would show its own accidents.
fn middle(plan: &Plan, tally: &Tally, trial: &mut Trial<'_>, dice: &mut Dice) -> Middle {
    let [.., ends] = &tally.months;
    let mut order: Vec<u32> = (0..u32::try_from(ends.len()).unwrap_or(u32::MAX)).collect();
    order
        .sort_by(|a, b| ends.get(*a as usize).partial_cmp(&ends.get(*b as usize)).unwrap_or(std::cmp::Ordering::Equal));
    let (first, last) = (rank(MIDDLE.0, ends.len()), rank(MIDDLE.1, ends.len()));
    let window = order.get(first..=last).unwrap_or_default();
    let chosen: Vec<u32> = window.iter().step_by(window.len() / MOST_MIDDLE + 1).copied().collect();
    let mut months = vec![(0.0, 0.0); plan.activities.len()];
    let mut anatomy = Anatomy::new(plan.activities.len());
    #[expect(clippy::cast_precision_loss, reason = "a small count")]
    let part = 1.0 / chosen.len().max(1) as f64;
    for number in chosen {
        dice.roll(number);
        trial.play(dice);
        for ((start, finish), moment) in months.iter_mut().zip(&trial.moments) {
            *start += part * (moment.finish - moment.own).max(0.0) * MONTHS_PER_WORKING_DAY;
            *finish += part * moment.finish * MONTHS_PER_WORKING_DAY;
        }
        anatomy.add(trial, part);
    }
    Middle { months, anatomy }
}

fn packages(plan: &Plan, tally: &Tally, middle: &Middle) -> Vec<PackageForecast> {
    let criticality = tally.criticality(plan);
    let rows = plan.labels.iter().zip(&plan.activities).zip(&middle.months).zip(criticality);
    rows.filter(|(((label, activity), _), _)| label.is_step || activity.middle_gap > 0.0)
        .map(|(((label, activity), months), criticality)| PackageForecast {
            id: label.id.clone(),
            title: label.title.clone(),
            phase: label.phase,
            is_step: label.is_step,
            months: *months,
            effort: activity.effort.points().mode * activity.middle_gap,
            criticality,
            questions: label.questions.clone(),
            milestone: label.milestone,
        })
        .collect()
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_unstable_by(f64::total_cmp);
    values
}

fn percentiles(sorted: &[f64]) -> Percentiles {
    let at = |share| sorted.get(rank(share, sorted.len())).copied().unwrap_or_default();
    Percentiles { p10: at(0.1), p50: at(0.5), p80: at(0.8), p90: at(0.9) }
}

/// Returns the index of the value that this share of so many sorted values doesn't go beyond (nearest rank).
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts up to a million"
)]
fn rank(share: f64, count: usize) -> usize {
    ((share * count as f64).ceil() as usize).clamp(1, count.max(1)) - 1
}

fn histogram(sorted: &[f64]) -> Histogram {
    let (Some(first), Some(last)) = (sorted.first(), sorted.last()) else { return Histogram::default() };
    let fits = |width: &f64| ((last - first) / width).floor() + 2.0 <= MOST_BINS;
    let doubled = std::iter::successors(Some(2.0 * WIDEST), |width| Some(width * 2.0)).take(MOST_DOUBLINGS);
    let width = WIDTHS.into_iter().chain(doubled).find(fits).unwrap_or(f64::MAX);
    let from = (first / width).floor() * width;
    let mut counts = vec![];
    for months in sorted {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and few")]
        let bin = (((months - from) / width).max(0.0) as usize).min(MOST_BINS as usize);
        if counts.len() <= bin {
            counts.resize(bin + 1, 0);
        }
        if let Some(count) = counts.get_mut(bin) {
            *count += 1;
        }
    }
    Histogram { from, width, counts }
}

#[expect(clippy::cast_precision_loss, reason = "counts up to a million")]
fn share(part: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { part as f64 / of as f64 }
}
