//! The draws of a plan and nothing else: what a simulation can't do without, for benchmarks to hold it against.

use crate::domain::assessment::Seed;
use crate::domain::timeline::draw::Dice;
use crate::domain::timeline::plan::{Plan, gap};

/// Makes every draw that so many trials of a plan make, and returns their sum, so that none is left out.
#[must_use]
pub fn draws_alone(plan: &Plan, seed: Seed, trials: u32) -> f64 {
    let mut dice = Dice::new(plan.layout, seed);
    let mut sum = 0.0;
    for number in 0..trials {
        dice.roll(number);
        let openness = dice.openness();
        for open in &plan.open {
            sum += gap(open.middle + open.shared * openness + open.own * dice.question(open.draw));
        }
        let common = plan.common(&dice);
        for (index, activity) in plan.activities.iter().enumerate() {
            if !activity.effort.is_nothing() {
                sum += plan.quantiles.at(&activity.effort, common + plan.own_pull * dice.effort(index));
            }
            if !activity.waiting.is_nothing() {
                sum += plan.quantiles.at(&activity.waiting, common + plan.own_pull * dice.waiting(index));
            }
        }
    }
    sum
}
