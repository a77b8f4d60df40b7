//! Plays a plan through on every core. The forecast is the same to the last bit as on one.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

use crate::domain::assessment::Seed;
use crate::domain::timeline::{Forecast, Plan, merge, parts, simulate_part};

/// Fewer trials than these are not worth a thread of their own.
const LEAST_PART: u32 = 500;

/// Plays a plan through so many times.
pub fn simulate(plan: &Plan, seed: Seed, trials: u32) -> Forecast {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    simulate_on(cores, plan, seed, trials)
}

fn simulate_on(cores: usize, plan: &Plan, seed: Seed, trials: u32) -> Forecast {
    let most = usize::try_from(trials / LEAST_PART).unwrap_or(1).max(1);
    let mut ranges = parts(trials, cores.min(most)).into_iter();
    let played = thread::scope(|scope| {
        let first = ranges.next();
        let others: Vec<_> = ranges.map(|range| scope.spawn(move || simulate_part(plan, seed, range))).collect();
        let mut played: Vec<_> = first.into_iter().map(|range| simulate_part(plan, seed, range)).collect();
        for other in others {
            // A panic goes on where somebody catches it, as it would on one thread.
            played.push(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        played
    });
    merge(plan, seed, played)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::assessment::{Assessment, Depth, QuestionnaireRef};
    use crate::domain::timeline;
    use crate::storage::library::Library;

    #[test]
    fn any_number_of_threads_gives_the_same_forecast() {
        let questionnaire = Library::new(None).load("iso42001").unwrap().questionnaire;
        let reference = QuestionnaireRef { id: "iso42001".to_owned(), version: String::new() };
        let assessment = Assessment::new("open", reference, Depth::Full, Seed(1));
        let today = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
        let plan = timeline::plan(&questionnaire, &assessment, today).unwrap();
        let alone = timeline::simulate(&plan, Seed(9), 2_100);
        for cores in [1, 2, 3, 8] {
            assert_eq!(alone, simulate_on(cores, &plan, Seed(9), 2_100), "{cores} threads");
        }
    }
}
