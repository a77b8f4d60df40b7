//! How many people, or days a week, a target date needs.

use chrono::NaiveDate;

use crate::domain::assessment::{Assessment, Seed};
use crate::domain::change::Change;
use crate::domain::profile::ProfileKey;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::timeline::day_after;
use crate::domain::timeline::draw::Dice;
use crate::domain::timeline::forecast::MONTHS_PER_WORKING_DAY;
use crate::domain::timeline::plan::{Plan, plan};
use crate::domain::timeline::trial::Trials;

/// The confidence that is asked for.
pub const CONFIDENCE: f64 = 0.8;
/// The trials that a capacity is judged by.
const JUDGED: u32 = 400;
/// The most people that are thought of, in halves of a person.
const MOST_HALVES: u32 = 80;
/// The most days a week, in halves of a day.
const MOST_HALF_DAYS: u32 = 10;

/// What a target needs, each with the other as it is; none where no amount of it is enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Capacity {
    /// People, at the days a week of the profile.
    pub people: Option<f64>,
    /// Days a week of each, with the people of the profile.
    pub days_per_week: Option<f64>,
}

/// Returns what is needed for 80 % confidence in the profile's target; none without a target or a road map.
#[must_use]
pub fn capacity(questionnaire: &Questionnaire, assessment: &Assessment, today: NaiveDate) -> Option<Capacity> {
    let target = assessment.profile().target?;
    plan(questionnaire, assessment, today)?;
    let seed = assessment.seed();
    let meets = |key: ProfileKey, halves: u32| {
        let value = (f64::from(halves) / 2.0).to_string();
        let Ok(change) = Change::profile(assessment, key, &value) else { return false };
        let mut supposed = assessment.clone();
        supposed.apply(&change);
        plan(questionnaire, &supposed, today).is_some_and(|plan| chance(&plan, target, seed) >= CONFIDENCE)
    };
    let least =
        |key: ProfileKey, most: u32| least(most, |halves| meets(key, halves)).map(|halves| f64::from(halves) / 2.0);
    Some(Capacity {
        people: least(ProfileKey::People, MOST_HALVES),
        days_per_week: least(ProfileKey::DaysPerWeek, MOST_HALF_DAYS),
    })
}

/// Returns the least number from 1 to the most that is enough, where more never is less so.
fn least(most: u32, is_enough: impl Fn(u32) -> bool) -> Option<u32> {
    if !is_enough(most) {
        return None;
    }
    let (mut too_few, mut enough) = (0, most);
    while enough - too_few > 1 {
        let middle = too_few.midpoint(enough);
        if is_enough(middle) {
            enough = middle;
        } else {
            too_few = middle;
        }
    }
    Some(enough)
}

/// Returns the share of the trials that have the certificate by the target.
fn chance(plan: &Plan, target: NaiveDate, seed: Seed) -> f64 {
    let mut dice = Dice::of_plans([plan], plan.layout, seed);
    let mut met = 0.0;
    Trials::new(plan).each(&mut dice, 0..JUDGED, |trial| {
        if day_after(plan.start, trial.certificate() * MONTHS_PER_WORKING_DAY) <= target {
            met += 1.0;
        }
    });
    met / f64::from(JUDGED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_number_that_is_enough_is_found() {
        for least_enough in 1..=80 {
            assert_eq!(least(80, |number| number >= least_enough), Some(least_enough));
        }
        assert_eq!(least(80, |_| false), None);
    }
}
