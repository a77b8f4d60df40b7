//! Plans backwards from a date: the latest start of each package.
//!
//! The mirror image of a trial: each activity has to be finished before what follows it has to start, and the people
//! must have done all work up to and with it in time for the work after it. Both are minima and sums.

use crate::domain::timeline::plan::Plan;

/// Returns the latest start of each activity, in working days from the start of the project, so that the last one is
/// finished at `end`. Negative is before the start. An activity takes so many working days of its own and so many
/// person-days.
pub(super) fn backwards(plan: &Plan, own: &[f64], efforts: &[f64], end: f64) -> Vec<f64> {
    let count = plan.activities.len();
    let mut latest_finish = vec![end; count];
    let mut starts = vec![end; count];
    // By when the people have to be done with everything up to and with the activity.
    let mut people_done = end;
    for index in (0..count).rev() {
        let (Some(activity), Some(finish)) = (plan.activities.get(index), latest_finish.get(index).copied()) else {
            continue;
        };
        let (own, effort) = (own.get(index).copied().unwrap_or(0.0), efforts.get(index).copied().unwrap_or(0.0));
        let mut start = finish - own;
        if effort > 0.0 {
            people_done = people_done.min(finish) - effort * plan.days_per_effort;
            start = start.min(people_done);
        }
        if let Some(place) = starts.get_mut(index) {
            *place = start;
        }
        for before in plan.follows.get(activity.follows.clone()).unwrap_or_default() {
            if let Some(place) = latest_finish.get_mut(*before) {
                *place = place.min(start);
            }
        }
    }
    starts
}
