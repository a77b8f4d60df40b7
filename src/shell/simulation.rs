//! Plays a plan through on every core. The forecast is the same to the last bit as on one.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::domain::assessment::Seed;
use crate::domain::timeline::{Forecast, Part, Plan, merge, parts, simulate_part};

/// Fewer trials than these are not worth a thread of their own.
const LEAST_PART: u32 = 500;
/// How many parts each thread plays, about: the more, the less one waits for another; the fewer, the less is begun anew.
const PARTS_PER_THREAD: usize = 4;

/// Plays a plan through so many times.
pub fn simulate(plan: &Plan, seed: Seed, trials: u32) -> Forecast {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    simulate_on(cores, plan, seed, trials)
}

/// Plays it on so many threads, in parts, of which each thread takes the next when it has played the one before: none waits for one that was
/// slower.
#[must_use]
pub fn simulate_on(cores: usize, plan: &Plan, seed: Seed, trials: u32) -> Forecast {
    let most = usize::try_from(trials / LEAST_PART).unwrap_or(1).max(1);
    let parts = parts(trials, if cores == 1 { 1 } else { most.min(cores * PARTS_PER_THREAD) });
    let next = AtomicUsize::new(0);
    let play = || -> Vec<Part> {
        let taken = std::iter::from_fn(|| parts.get(next.fetch_add(1, Ordering::Relaxed)));
        taken.map(|part| simulate_part(plan, seed, part.clone())).collect()
    };
    let played = thread::scope(|scope| {
        let others: Vec<_> = (1..cores.min(parts.len())).map(|_| scope.spawn(play)).collect();
        let mut played = play();
        for other in others {
            // A panic goes on where somebody catches it, as it would on one thread.
            played.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
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
