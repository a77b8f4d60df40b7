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

/// What is left of the gap of an activity, otherwise than its plan says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Left {
    known_gap: f64,
    /// An open question that doesn't count.
    without: Option<usize>,
    is_closed: bool,
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

    /// Returns trials of the same plan, before the first.
    #[cfg(test)]
    pub(super) fn anew(&self) -> Self {
        Self::new(self.plan)
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
        let common = self.plan.common(dice);
        for (index, activity) in self.plan.activities.iter().enumerate() {
            let gap = self.gap(activity, Left::all_of(activity));
            let spans = gap.map_or_else(Spans::default, |gap| self.plan.spans(activity, index, (gap, common), dice));
            self.go_on(activity, index, spans);
        }
    }

    /// Plays what was played in `base`, of the same plan and with the same draws, with another gap of one activity. What comes
    /// before it goes as it did, and of what comes after it only the finishes are others.
    pub(super) fn play_changed(&mut self, (changed, left): (usize, Left), base: &Trials<'_>, dice: &Dice) {
        let plan = self.plan;
        self.effort = Lanes::ZERO;
        for (place, theirs) in self.spans.iter_mut().zip(&base.spans).take(changed) {
            *place = *theirs;
            self.effort += theirs.effort;
        }
        for (place, theirs) in self.finishes.iter_mut().zip(&base.finishes).take(changed) {
            *place = *theirs;
        }
        for (index, (activity, theirs)) in plan.activities.iter().zip(&base.spans).enumerate().skip(changed) {
            let spans = if index == changed {
                let gap = base.gap(activity, left);
                gap.map_or_else(Spans::default, |gap| plan.spans(activity, index, (gap, plan.common(dice)), dice))
            } else {
                *theirs
            };
            self.go_on(activity, index, spans);
        }
    }

    /// Lets an activity go as told after those before it.
    #[inline]
    fn go_on(&mut self, activity: &Activity, index: usize, spans: Spans) {
        self.effort += spans.effort;
        let mut finish = self.latest(activity) + spans.own;
        if !activity.effort.is_nothing() {
            let people = finish.fast_max(self.effort * self.plan.days_per_effort);
            finish = spans.effort.simd_gt(Lanes::ZERO).select(people, finish);
        }
        if let (Some(place), Some(at)) = (self.spans.get_mut(index), self.finishes.get_mut(index)) {
            (*place, *at) = (spans, finish);
        }
    }

    /// Returns the latest finishes of what an activity follows.
    #[inline]
    fn latest(&self, activity: &Activity) -> Lanes {
        let before = self.plan.follows.get(activity.follows.clone()).unwrap_or_default();
        let finishes = before.iter().filter_map(|index| self.finishes.get(*index)).copied();
        finishes.fold(Lanes::ZERO, Lanes::fast_max)
    }

    /// Returns the gaps of an activity of which this is left; none where nothing is, however open questions turn out.
    #[inline]
    fn gap(&self, activity: &Activity, left: Left) -> Option<Lanes> {
        let shares = self.plan.shares.get(activity.shares.clone()).filter(|_| !left.is_closed).unwrap_or_default();
        if left.known_gap <= 0.0 && shares.is_empty() {
            return None;
        }
        let mut gap = Lanes::splat(left.known_gap);
        for share in shares.iter().filter(|share| left.without != Some(share.open)) {
            gap += self.gaps.get(share.open).copied().unwrap_or_default() * share.weight;
        }
        Some(gap)
    }
}

impl Left {
    /// Returns all that is left of an activity.
    #[inline]
    fn all_of(activity: &Activity) -> Self {
        Self { known_gap: activity.known_gap, without: None, is_closed: false }
    }

    /// Returns what is left of an activity that is closed: nothing.
    pub(super) fn nothing() -> Self {
        Self { known_gap: 0.0, without: None, is_closed: true }
    }

    /// Returns what is left of an activity without one of its known gaps.
    pub(super) fn without_known(activity: &Activity, gap: f64) -> Self {
        Self { known_gap: (activity.known_gap - gap).max(0.0), ..Self::all_of(activity) }
    }

    /// Returns what is left of an activity without an open question, named by its index in [`Plan::open`].
    pub(super) fn without_open(activity: &Activity, open: usize) -> Self {
        Self { without: Some(open), ..Self::all_of(activity) }
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
    /// Returns how an activity goes by itself, of which this gap is left, with what the drivers add to every draw.
    #[inline]
    fn spans(&self, activity: &Activity, index: usize, (gap, common): (Lanes, Lanes), dice: &Dice) -> Spans {
        let mut spans = Spans::default();
        let gap = activity.where_needed(dice, index, gap);
        if !activity.effort.is_nothing() {
            let x = common + dice.effort(index) * self.own_pull;
            spans.effort = gap * self.quantiles.at(&activity.effort, x);
        }
        if !activity.waiting.is_nothing() {
            let x = common + dice.waiting(index) * self.own_pull;
            spans.waiting = gap * self.quantiles.at(&activity.waiting, x);
        }
        spans.own = spans.effort * activity.days_per_effort + spans.waiting;
        spans
    }

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
