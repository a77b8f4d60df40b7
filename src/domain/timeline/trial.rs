//! One trial: when each activity finishes, as the later of its path and its people.
//!
//! Both are sums and maxima, so a finish can only move forward when an effort shrinks or a capacity grows. Ordinary
//! list scheduling doesn't promise that (Graham's anomalies).

use crate::domain::roadmap::Milestone;
use crate::domain::timeline::draw::Dice;
use crate::domain::timeline::plan::{Activity, Plan, gap};

/// One trial of a plan, in working days. It is played again and again, without new memory.
pub(super) struct Trial<'a> {
    plan: &'a Plan,
    /// The gaps of the open questions.
    gaps: Vec<f64>,
    /// How each activity went, in the plan's order.
    pub moments: Vec<Moment>,
    /// The index of the last activity on the way to each milestone; none where the road map doesn't name it.
    ends: [Option<usize>; Milestone::ALL.len()],
    /// Person-days spent.
    pub effort: f64,
}

/// How one activity went.
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
    /// What finished last of all that it follows.
    pub after: Option<usize>,
    /// Whether the people's time set its finish, not its path.
    pub by_people: bool,
}

/// What bound the end of a trial, walked through from the end to the start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Bound {
    /// This activity, in the chain of what follows what.
    Link(usize),
    /// The people's time for the work up to and with this activity; nothing comes before it.
    People(usize),
}

impl<'a> Trial<'a> {
    /// Returns the trials of a plan, before the first.
    pub(super) fn new(plan: &'a Plan) -> Self {
        let last = |milestone| plan.labels.iter().rposition(|label| label.milestone == Some(milestone));
        let mut ends = Milestone::ALL.map(last);
        if let Some(end) = ends.last_mut().filter(|end| end.is_none()) {
            *end = plan.labels.len().checked_sub(1);
        }
        Self {
            plan,
            gaps: vec![0.0; plan.open.len()],
            moments: vec![Moment::default(); plan.activities.len()],
            ends,
            effort: 0.0,
        }
    }

    /// Returns which milestones the road map names; the certificate always is.
    pub(super) fn names(&self) -> impl Iterator<Item = Milestone> {
        Milestone::ALL.into_iter().zip(self.ends).filter_map(|(milestone, end)| end.map(|_| milestone))
    }

    /// Plays the plan through with these draws.
    pub(super) fn play(&mut self, dice: &Dice) {
        let plan = self.plan;
        let openness = dice.openness();
        for (gap_of, open) in self.gaps.iter_mut().zip(&plan.open) {
            *gap_of = gap(open.middle + open.shared * openness + open.own * dice.question(open.draw));
        }
        let common = plan.common(dice);
        self.effort = 0.0;
        for (index, activity) in plan.activities.iter().enumerate() {
            let (after, earliest) = self.latest(activity);
            let mut moment = Moment { after, ..Moment::default() };
            let gap = self.gap(activity);
            if gap > 0.0 && activity.is_needed(dice, index) {
                if !activity.effort.is_nothing() {
                    let x = common + plan.own_pull * dice.effort(index);
                    moment.effort = gap * plan.quantiles.at(&activity.effort, x);
                }
                if !activity.waiting.is_nothing() {
                    let x = common + plan.own_pull * dice.waiting(index);
                    moment.waiting = gap * plan.quantiles.at(&activity.waiting, x);
                }
                moment.own = moment.effort * activity.days_per_effort + moment.waiting;
            }
            self.effort += moment.effort;
            moment.finish = earliest + moment.own;
            if moment.effort > 0.0 {
                let people = self.effort * plan.days_per_effort;
                moment.by_people = people > moment.finish;
                moment.finish = moment.finish.max(people);
            }
            if let Some(place) = self.moments.get_mut(index) {
                *place = moment;
            }
        }
    }

    /// Returns the latest finish of what an activity follows, and what it is.
    #[inline]
    fn latest(&self, activity: &Activity) -> (Option<usize>, f64) {
        let (mut after, mut earliest) = (None, 0.0);
        for index in self.plan.follows.get(activity.follows.clone()).unwrap_or_default() {
            let finish = self.moments.get(*index).map_or(0.0, |moment| moment.finish);
            if finish > earliest {
                (after, earliest) = (Some(*index), finish);
            }
        }
        (after, earliest)
    }

    #[inline]
    fn gap(&self, activity: &Activity) -> f64 {
        let mut gap = activity.known_gap;
        for share in self.plan.shares.get(activity.shares.clone()).unwrap_or_default() {
            gap += share.weight * self.gaps.get(share.open).copied().unwrap_or(0.0);
        }
        gap
    }

    /// Returns when each milestone was reached, in working days; no later one before an earlier one.
    pub(super) fn milestones(&self) -> [f64; Milestone::ALL.len()] {
        let mut so_far = 0.0_f64;
        self.ends.map(|end| {
            let finish = end.and_then(|end| self.moments.get(end)).map_or(0.0, |moment| moment.finish);
            so_far = so_far.max(finish);
            so_far
        })
    }

    /// Walks through what bound the certificate, from the end to the start.
    pub(super) fn bounds(&self) -> impl Iterator<Item = Bound> {
        let finish = |end: &usize| self.moments.get(*end).map_or(0.0, |moment| moment.finish);
        let last = self.ends.into_iter().flatten().max_by(|a, b| finish(a).total_cmp(&finish(b)));
        let mut next = last;
        std::iter::from_fn(move || {
            let index = next?;
            let moment = self.moments.get(index)?;
            if moment.by_people {
                next = None;
                return Some(Bound::People(index));
            }
            next = moment.after;
            Some(Bound::Link(index))
        })
    }
}

impl Plan {
    /// Returns what the drivers add to every draw.
    pub(super) fn common(&self, dice: &Dice) -> f64 {
        self.drivers.iter().enumerate().map(|(index, (_, pull))| pull * dice.driver(index)).sum()
    }
}

impl Activity {
    /// Returns whether it has to be done in this trial.
    #[inline]
    pub(super) fn is_needed(&self, dice: &Dice, index: usize) -> bool {
        self.chance >= 1.0 || dice.need(index) < self.chance
    }
}
