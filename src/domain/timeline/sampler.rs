//! The draws of a plan and nothing else: what a simulation can't do without, for benchmarks to hold it against.

use crate::domain::assessment::Seed;
use crate::domain::timeline::draw::{Dice, Lanes, handfuls};
use crate::domain::timeline::plan::{Plan, gaps_from};

/// Makes every draw that so many trials of a plan make, and returns their sum, so that none is left out.
#[must_use]
pub fn draws_alone(plan: &Plan, seed: Seed, trials: u32) -> f64 {
    let mut dice = Dice::of_plans([plan], plan.layout, seed);
    let mut sum = Lanes::ZERO;
    for handful in handfuls(0..trials) {
        dice.roll(handful);
        let openness = dice.openness();
        for open in &plan.open {
            sum += gaps_from(Lanes::splat(open.middle) + openness * open.shared + dice.question(open.draw) * open.own);
        }
        let common = plan.common(&dice);
        for (index, activity) in plan.activities.iter().enumerate().filter(|(_, activity)| !activity.is_done()) {
            if !activity.effort.is_nothing() {
                sum += plan.quantiles.at(&activity.effort, common + dice.effort(index) * plan.own_pull);
            }
            if !activity.waiting.is_nothing() {
                sum += plan.quantiles.at(&activity.waiting, common + dice.waiting(index) * plan.own_pull);
            }
        }
    }
    sum.reduce_add()
}
