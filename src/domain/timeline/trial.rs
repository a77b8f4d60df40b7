//! A handful of trials side by side: when each activity finishes, as the later of its path and its people.
//!
//! Both are sums and maxima, so a finish can only move forward when an effort shrinks or a capacity grows. Ordinary
//! list scheduling doesn't promise that (Graham's anomalies).

use std::ops::Range;

use crate::domain::roadmap::Milestone;
use crate::domain::timeline::draw::{Dice, LANES, Lanes, handfuls};
use crate::domain::timeline::plan::{Activity, Plan, gaps_from};

/// A handful of trials of a plan, in working days. They are played again and again, without new memory.
pub(super) struct Trials<'a> {
    plan: &'a Plan,
    /// The gaps of the open questions.
    gaps: Vec<Lanes>,
    /// When each activity finishes, in the plan's order: apart from the rest, as what follows looks at many of them.
    finishes: Vec<Lanes>,
    /// How each activity went, in the same order.
    spans: Vec<Spans>,
    /// The index of the last activity on the way to each milestone; none where the road map doesn't name it.
    ends: [Option<usize>; Milestone::ALL.len()],
    /// Person-days spent.
    effort: Lanes,
}

/// How one activity went in each of them.
#[derive(Clone, Copy, Debug, Default)]
struct Spans {
    own: Lanes,
    waiting: Lanes,
    effort: Lanes,
}

/// One of the trials that were played.
#[derive(Clone, Copy)]
pub(super) struct Trial<'t> {
    of: &'t Trials<'t>,
    lane: usize,
}

/// How one activity went in one trial.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moment {
    /// Working days from the project's start.
    pub finish: f64,
    /// Working days of its own: work and waiting.
    pub own: f64,
    /// Working days of its own that are waiting.
    pub waiting: f64,
    /// Person-days.
    pub effort: f64,
}

/// What bound the end of a trial, walked through from the end to the start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Bound {
    /// This activity, in the chain of what follows what.
    Link(usize),
    /// The people's time for the work up to and with this activity; nothing comes before it.
    People(usize),
}

impl<'a> Trials<'a> {
    /// Returns the trials of a plan, before the first.
    pub(super) fn new(plan: &'a Plan) -> Self {
        let last = |milestone| plan.labels.iter().rposition(|label| label.milestone == Some(milestone));
        let mut ends = Milestone::ALL.map(last);
        if let Some(end) = ends.last_mut().filter(|end| end.is_none()) {
            *end = plan.labels.len().checked_sub(1);
        }
        Self {
            plan,
            gaps: vec![Lanes::ZERO; plan.open.len()],
            finishes: vec![Lanes::ZERO; plan.activities.len()],
            spans: vec![Spans::default(); plan.activities.len()],
            ends,
            effort: Lanes::ZERO,
        }
    }

    /// Returns which milestones the road map names; the certificate always is.
    pub(super) fn names(&self) -> impl Iterator<Item = Milestone> {
        Milestone::ALL.into_iter().zip(self.ends).filter_map(|(milestone, end)| end.map(|_| milestone))
    }

    /// Rolls and plays all of these trials, and tells of each, in order.
    pub(super) fn each(&mut self, dice: &mut Dice, trials: Range<u32>, mut tell: impl FnMut(Trial<'_>)) {
        for handful in handfuls(trials) {
            dice.roll(handful.clone());
            self.play(dice);
            self.played().take(handful.len()).for_each(&mut tell);
        }
    }

    /// Returns what was played, in each lane.
    pub(super) fn played(&self) -> impl Iterator<Item = Trial<'_>> {
        (0..LANES).map(|lane| Trial { of: self, lane })
    }

    /// Plays the plan through with these draws.
    pub(super) fn play(&mut self, dice: &Dice) {
        let openness = dice.openness();
        for (gap, open) in self.gaps.iter_mut().zip(&self.plan.open) {
            *gap = gaps_from(Lanes::splat(open.middle) + openness * open.shared + dice.question(open.draw) * open.own);
        }
        self.effort = Lanes::ZERO;
        self.play_rest(0, dice);
    }

    /// Plays a plan that differs from the one of `other` in this activity and later ones alone, with the draws that `other`
    /// was played with.
    pub(super) fn play_on_from(&mut self, index: usize, other: &Trials<'_>, dice: &Dice) {
        self.gaps.clone_from(&other.gaps);
        self.effort = Lanes::ZERO;
        for (mine, theirs) in self.finishes.iter_mut().zip(&other.finishes).take(index) {
            *mine = *theirs;
        }
        for (mine, theirs) in self.spans.iter_mut().zip(&other.spans).take(index) {
            *mine = *theirs;
            self.effort += theirs.effort;
        }
        self.play_rest(index, dice);
    }

    /// Plays the activities from this one on.
    fn play_rest(&mut self, first: usize, dice: &Dice) {
        let plan = self.plan;
        let common = plan.common(dice);
        for (index, activity) in plan.activities.iter().enumerate().skip(first) {
            let earliest = self.latest(activity);
            let mut spans = Spans::default();
            if !activity.is_done() {
                let gap = self.needed(activity, dice, index);
                if !activity.effort.is_nothing() {
                    let x = common + dice.effort(index) * plan.own_pull;
                    spans.effort = gap * plan.quantiles.at(&activity.effort, x);
                }
                if !activity.waiting.is_nothing() {
                    let x = common + dice.waiting(index) * plan.own_pull;
                    spans.waiting = gap * plan.quantiles.at(&activity.waiting, x);
                }
                spans.own = spans.effort * activity.days_per_effort + spans.waiting;
            }
            self.effort += spans.effort;
            let mut finish = earliest + spans.own;
            if !activity.effort.is_nothing() {
                let people = finish.fast_max(self.effort * plan.days_per_effort);
                finish = spans.effort.simd_gt(Lanes::ZERO).select(people, finish);
            }
            if let (Some(place), Some(at)) = (self.spans.get_mut(index), self.finishes.get_mut(index)) {
                (*place, *at) = (spans, finish);
            }
        }
    }

    /// Returns the latest finishes of what an activity follows.
    #[inline]
    fn latest(&self, activity: &Activity) -> Lanes {
        let before = self.plan.follows.get(activity.follows.clone()).unwrap_or_default();
        let finishes = before.iter().filter_map(|index| self.finishes.get(*index)).copied();
        finishes.fold(Lanes::ZERO, Lanes::fast_max)
    }

    /// Returns the gaps of an activity, none where it isn't needed.
    #[inline]
    fn needed(&self, activity: &Activity, dice: &Dice, index: usize) -> Lanes {
        let mut gap = Lanes::splat(activity.known_gap);
        for share in self.plan.shares.get(activity.shares.clone()).unwrap_or_default() {
            gap += self.gaps.get(share.open).copied().unwrap_or_default() * share.weight;
        }
        activity.where_needed(dice, index, gap)
    }
}

impl Trial<'_> {
    /// Returns the person-days spent.
    pub(super) fn effort(self) -> f64 {
        self.of_lane(&self.of.effort)
    }

    /// Returns how an activity went.
    pub(super) fn moment(self, index: usize) -> Moment {
        self.of.spans.get(index).map_or_else(Moment::default, |spans| Moment {
            finish: self.finish(index),
            own: self.of_lane(&spans.own),
            waiting: self.of_lane(&spans.waiting),
            effort: self.of_lane(&spans.effort),
        })
    }

    /// Returns when each milestone was reached, in working days; no later one before an earlier one.
    pub(super) fn milestones(self) -> [f64; Milestone::ALL.len()] {
        let mut so_far = 0.0_f64;
        self.of.ends.map(|end| {
            so_far = so_far.max(end.map_or(0.0, |end| self.finish(end)));
            so_far
        })
    }

    /// Returns when the certificate was reached, in working days.
    pub(super) fn certificate(self) -> f64 {
        let [.., certificate] = self.milestones();
        certificate
    }

    /// Walks through what bound the certificate, from the end to the start.
    pub(super) fn bounds(self) -> impl Iterator<Item = Bound> {
        let ends = self.of.ends.into_iter().flatten();
        let mut next = ends.max_by(|a, b| self.finish(*a).total_cmp(&self.finish(*b)));
        std::iter::from_fn(move || {
            let index = next?;
            let (spans, activity) = (self.of.spans.get(index)?, self.of.plan.activities.get(index)?);
            let (after, earliest) = self.latest(activity);
            if self.finish(index) > earliest + self.of_lane(&spans.own) {
                next = None;
                return Some(Bound::People(index));
            }
            next = after;
            Some(Bound::Link(index))
        })
    }

    /// Returns what finished last of all that an activity follows, and when.
    fn latest(self, activity: &Activity) -> (Option<usize>, f64) {
        let (mut after, mut earliest) = (None, 0.0);
        for index in self.of.plan.follows.get(activity.follows.clone()).unwrap_or_default() {
            let finish = self.finish(*index);
            if finish > earliest {
                (after, earliest) = (Some(*index), finish);
            }
        }
        (after, earliest)
    }

    #[inline]
    fn finish(self, index: usize) -> f64 {
        self.of.finishes.get(index).map_or(0.0, |finish| self.of_lane(finish))
    }

    #[inline]
    fn of_lane(self, lanes: &Lanes) -> f64 {
        lanes.as_array().get(self.lane).copied().unwrap_or_default()
    }
}

impl Plan {
    /// Returns what the drivers add to every draw.
    pub(super) fn common(&self, dice: &Dice) -> Lanes {
        let pulls = self.drivers.iter().enumerate().map(|(index, (_, pull))| dice.driver(index) * *pull);
        pulls.fold(Lanes::ZERO, |sum, pull| sum + pull)
    }
}

impl Activity {
    /// Returns whether nothing of it is left, however open questions turn out.
    pub(super) fn is_done(&self) -> bool {
        self.known_gap <= 0.0 && self.shares.is_empty()
    }

    /// Returns these figures where it has to be done, and 0 in trials in which it needn't.
    #[inline]
    pub(super) fn where_needed(&self, dice: &Dice, index: usize, figures: Lanes) -> Lanes {
        if self.chance >= 1.0 {
            return figures;
        }
        dice.need(index).simd_lt(Lanes::splat(self.chance)).select(figures, Lanes::ZERO)
    }
}
