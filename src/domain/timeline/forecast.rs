//! Plays a plan through many times, and sums up what came of it.

use std::ops::Range;

use chrono::NaiveDate;

use crate::domain::assessment::Seed;
use crate::domain::roadmap::Milestone;
use crate::domain::timeline::backwards::backwards;
use crate::domain::timeline::draw::{Dice, LANES, handfuls};
use crate::domain::timeline::explain::{Anatomy, explanation, inputs};
use crate::domain::timeline::plan::{DAYS_PER_WEEK, Plan};
use crate::domain::timeline::sensitivity::Factors;
use crate::domain::timeline::trial::{Bound, Trial, Trials};
use crate::domain::timeline::{
    Binding, DAYS_PER_MONTH, Forecast, Histogram, LatestStart, MilestoneForecast, Outlook, PackageForecast,
    Percentiles, day_after,
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
/// The same for the plan that is careful enough for a promise.
const CAREFUL: (f64, f64) = (0.75, 0.85);
/// The most trials that the P50 plan is the mean of.
const MOST_MIDDLE: usize = 200;
/// The months of a working day.
pub(super) const MONTHS_PER_WORKING_DAY: f64 = 7.0 / DAYS_PER_WEEK / DAYS_PER_MONTH;

/// What some trials of a plan came to: a part of all, so that several threads can play them.
pub struct Part {
    /// The number of the first trial.
    first: u32,
    tally: Tally,
    factors: Factors,
}

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
    /// The working days of each activity's own.
    own: Vec<f64>,
    /// The person-days of each activity.
    efforts: Vec<f64>,
    anatomy: Anatomy,
}

/// Plays a plan through so many times (1 to 1,000,000). The same arguments give the same forecast, to the last bit.
#[must_use]
pub fn simulate(plan: &Plan, seed: Seed, trials: u32) -> Forecast {
    merge(plan, seed, vec![simulate_part(plan, seed, 0..trials.clamp(1, MOST_TRIALS))])
}

/// Returns the trials in so many parts of about the same size, for [`simulate_part`].
#[must_use]
pub fn parts(trials: u32, count: usize) -> Vec<Range<u32>> {
    let trials = trials.clamp(1, MOST_TRIALS);
    let count = u32::try_from(count).unwrap_or(u32::MAX).clamp(1, trials);
    let bound = |number: u32| {
        // Below the number of trials, as `number` is at most `count`.
        u32::try_from(u64::from(trials) * u64::from(number) / u64::from(count)).unwrap_or(trials)
    };
    (0..count).map(|number| bound(number)..bound(number + 1)).collect()
}

/// Plays some of the trials of a plan. It makes no difference to a trial which others are played, or where.
#[must_use]
pub fn simulate_part(plan: &Plan, seed: Seed, trials: Range<u32>) -> Part {
    let mut dice = Dice::of_plans([plan], plan.layout, seed);
    let mut side_by_side = Trials::new(plan);
    let mut part = Part { first: trials.start, tally: Tally::new(plan, trials.len()), factors: Factors::new(plan) };
    for handful in handfuls(trials) {
        dice.roll(handful.clone());
        side_by_side.play(&dice);
        side_by_side.played().take(handful.len()).for_each(|trial| part.tally.note(trial));
        part.factors.note(plan, &dice, handful);
    }
    part
}

/// Sums up all trials of a plan, however they were cut into parts and in whatever order these come: the forecast is the
/// same to the last bit.
#[must_use]
pub fn merge(plan: &Plan, seed: Seed, mut parts: Vec<Part>) -> Forecast {
    parts.sort_by_key(|part| part.first);
    let mut parts = parts.into_iter().map(|part| (part.tally, part.factors));
    let (mut tally, mut factors) = parts.next().unwrap_or_else(|| (Tally::new(plan, 0), Factors::new(plan)));
    for (others, other_factors) in parts {
        tally.append(others);
        factors.append(other_factors);
    }
    let mut dice = Dice::of_plans([plan], plan.layout, seed);
    let mut trials = Trials::new(plan);
    let middle = middle(plan, &tally, (&mut trials, &mut dice), MIDDLE);
    let [.., certificate] = &tally.months;
    let sensitivities = factors.sensitivities(certificate);
    let milestones = trials.names().map(|milestone| {
        let months = tally.months.get(milestone as usize).cloned().map(percentiles).unwrap_or_default();
        MilestoneForecast { milestone, months }
    });
    let count = u32::try_from(certificate.len()).unwrap_or(u32::MAX);
    let mut forecast = Forecast {
        seed,
        trials: count,
        start: plan.start,
        milestones: milestones.collect(),
        histogram: histogram(certificate),
        binding: tally.binding(),
        packages: packages(plan, &tally, &middle),
        sensitivities,
        target: plan.target.map(|date| Outlook { date, probability: tally.met_by(plan, date) }),
        effort: percentiles(tally.efforts.clone()),
        explanation: String::new(),
        inputs: inputs(plan, seed, count),
        latest_starts: latest_starts(plan, &tally, (&mut trials, &mut dice)),
    };
    forecast.explanation = explanation(plan, &forecast, &middle.anatomy);
    forecast
}

/// Returns the latest day of the project on which each package can start, in months from the start, so that the target
/// is met as often as four plans of five go no worse than reckoned; none without a target.
fn latest_starts(plan: &Plan, tally: &Tally, player: (&mut Trials<'_>, &mut Dice)) -> Vec<LatestStart> {
    let Some(target) = plan.target else { return vec![] };
    #[expect(clippy::cast_precision_loss, reason = "days of some years")]
    let days = (target - plan.start).num_days() as f64 / DAYS_PER_MONTH / MONTHS_PER_WORKING_DAY;
    let careful = middle(plan, tally, player, CAREFUL);
    backwards(plan, &careful.own, &careful.efforts, days)
        .into_iter()
        .zip(plan.labels.iter().zip(&plan.activities))
        .filter(|(_, (label, activity))| label.is_step || activity.middle_gap > 0.0)
        .map(|(latest, (label, _))| LatestStart {
            id: label.id.clone(),
            title: label.title.clone(),
            months: latest * MONTHS_PER_WORKING_DAY,
        })
        .collect()
}

impl Tally {
    fn new(plan: &Plan, trials: usize) -> Self {
        Self {
            months: std::array::from_fn(|_| Vec::with_capacity(trials)),
            efforts: Vec::with_capacity(trials),
            links: vec![0; plan.activities.len()],
            prefixes: vec![0; plan.activities.len()],
        }
    }

    fn note(&mut self, trial: Trial<'_>) {
        for (months, days) in self.months.iter_mut().zip(trial.milestones()) {
            months.push(days * MONTHS_PER_WORKING_DAY);
        }
        self.efforts.push(trial.effort());
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

    /// Adds the trials that come after these.
    fn append(&mut self, other: Self) {
        for (months, others) in self.months.iter_mut().zip(other.months) {
            months.extend(others);
        }
        self.efforts.extend(other.efforts);
        for (count, other) in self.links.iter_mut().zip(other.links) {
            *count += other;
        }
        for (count, other) in self.prefixes.iter_mut().zip(other.prefixes) {
            *count += other;
        }
    }

    /// Returns the share of the trials that have the certificate by a day.
    fn met_by(&self, plan: &Plan, date: NaiveDate) -> f64 {
        let [.., certificate] = &self.months;
        let met = certificate.iter().filter(|months| day_after(plan.start, **months) <= date).count();
        share(met, certificate.len())
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

/// Returns the mean plan of the trials whose ends lie within these shares of all: a single trial would show its own
/// accidents.
fn middle(plan: &Plan, tally: &Tally, (trials, dice): (&mut Trials<'_>, &mut Dice), within: (f64, f64)) -> Middle {
    let [.., ends] = &tally.months;
    let window = window(ends, within);
    let chosen: Vec<u32> = window.iter().step_by(window.len() / MOST_MIDDLE + 1).copied().collect();
    let count = plan.activities.len();
    let (mut months, mut own, mut efforts) = (vec![(0.0, 0.0); count], vec![0.0; count], vec![0.0; count]);
    let mut anatomy = Anatomy::new(count);
    #[expect(clippy::cast_precision_loss, reason = "a small count")]
    let part = 1.0 / chosen.len().max(1) as f64;
    for handful in chosen.chunks(LANES) {
        dice.roll(handful.iter().copied());
        trials.play(dice);
        for trial in trials.played().take(handful.len()) {
            let sums = months.iter_mut().zip(&mut own).zip(&mut efforts);
            for (index, (((start, finish), own), effort)) in sums.enumerate() {
                let moment = trial.moment(index);
                *start += part * (moment.finish - moment.own).max(0.0) * MONTHS_PER_WORKING_DAY;
                *finish += part * moment.finish * MONTHS_PER_WORKING_DAY;
                *own += part * moment.own;
                *effort += part * moment.effort;
            }
            anatomy.add(trial, part);
        }
    }
    Middle { months, own, efforts, anatomy }
}

/// Returns the trials whose ends lie within these shares of all, in the order of their ends.
fn window(ends: &[f64], within: (f64, f64)) -> Vec<u32> {
    let mut order: Vec<(f64, u32)> = ends.iter().copied().zip(0..).collect();
    let by_end = |a: &(f64, u32), b: &(f64, u32)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
    let (first, last) = (rank(within.0, ends.len()), rank(within.1, ends.len()));
    if first > last || last >= order.len() {
        return vec![];
    }
    // Only what lies between is put in order: all trials would take as long as playing many of them.
    order.select_nth_unstable_by(last, by_end);
    order.truncate(last + 1);
    order.select_nth_unstable_by(first, by_end);
    let mut window = order.split_off(first);
    window.sort_unstable_by(by_end);
    window.into_iter().map(|(_, trial)| trial).collect()
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

pub(super) fn percentiles(mut values: Vec<f64>) -> Percentiles {
    let count = values.len();
    // From the greatest to the least: what lies beyond one is of no use for the next.
    let mut at = |share| {
        let rank = rank(share, count);
        if rank >= values.len() {
            return 0.0;
        }
        let value = *values.select_nth_unstable_by(rank, f64::total_cmp).1;
        values.truncate(rank + 1);
        value
    };
    let (p90, p80, p50, p10) = (at(0.9), at(0.8), at(0.5), at(0.1));
    Percentiles { p10, p50, p80, p90 }
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

fn histogram(values: &[f64]) -> Histogram {
    let (least, most) = (values.iter().copied().reduce(f64::min), values.iter().copied().reduce(f64::max));
    let (Some(first), Some(last)) = (least, most) else { return Histogram::default() };
    let fits = |width: &f64| ((last - first) / width).floor() + 2.0 <= MOST_BINS;
    let doubled = std::iter::successors(Some(2.0 * WIDEST), |width| Some(width * 2.0)).take(MOST_DOUBLINGS);
    let width = WIDTHS.into_iter().chain(doubled).find(fits).unwrap_or(f64::MAX);
    let from = (first / width).floor() * width;
    let mut counts = vec![];
    for months in values {
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
