//! What is left to be done, package by package: its effort, and the months that closing it would save.

use crate::domain::assessment::Seed;
use crate::domain::id::{PackageId, QuestionId};
use crate::domain::timeline::draw::{Dice, handfuls};
use crate::domain::timeline::forecast::MONTHS_PER_WORKING_DAY;
use crate::domain::timeline::plan::Plan;
use crate::domain::timeline::trial::{Left, Trial, Trials};

/// Trials that the saved months are the mean of, where nothing else is asked for. Each is compared with itself (common
/// random numbers), so that few are enough: the mean lies within some days of that of many.
pub const FEW_TRIALS: u32 = 200;

/// A package of the road map that isn't closed yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// The package.
    pub package: PackageId,
    /// What a person reads.
    pub title: String,
    /// The effort that remains, in person-days, as most likely; size, certificates and help are reckoned in.
    pub effort: f64,
    /// The months by which the certificate comes earlier if the package were closed today, 0 or more; none where that
    /// wasn't worked out.
    pub months: Option<f64>,
    /// The questions that it closes and that are below level 3 or open.
    pub questions: Vec<QuestionId>,
}

/// Returns the work that is left, in the order of the road map, with the months that each package would save as the
/// mean of so many trials; without the months where there are none to be played.
#[must_use]
pub fn work(plan: &Plan, seed: Seed, trials: u32) -> Vec<Work> {
    let rows = plan.labels.iter().zip(&plan.activities).enumerate();
    let left: Vec<(usize, Work)> = rows
        .filter(|(_, (label, activity))| !label.is_step && activity.middle_gap > 0.0)
        .map(|(index, (label, activity))| {
            let work = Work {
                package: label.id.clone(),
                title: label.title.clone(),
                effort: activity.effort.points().mode * activity.middle_gap,
                months: None,
                questions: label.questions.clone(),
            };
            (index, work)
        })
        .collect();
    if trials == 0 {
        return left.into_iter().map(|(_, work)| work).collect();
    }
    let saved = savings(plan, &left, seed, trials);
    left.into_iter().zip(saved).map(|((_, work), months)| Work { months: Some(months), ..work }).collect()
}

/// Returns the mean of the months saved by closing each of the packages alone.
fn savings(plan: &Plan, left: &[(usize, Work)], seed: Seed, trials: u32) -> Vec<f64> {
    let (mut base, mut closed) = (Trials::new(plan), Trials::new(plan));
    let mut dice = Dice::of_plans([plan], plan.layout, seed);
    let mut saved = vec![0.0; left.len()];
    for handful in handfuls(0..trials) {
        dice.roll(handful.clone());
        base.play(&dice);
        let before: Vec<f64> = base.played().take(handful.len()).map(Trial::certificate).collect();
        for (sum, (index, _)) in saved.iter_mut().zip(left) {
            closed.play_changed((*index, Left::nothing()), &base, &dice);
            for (before, closed) in before.iter().zip(closed.played()) {
                *sum += (before - closed.certificate()) * MONTHS_PER_WORKING_DAY;
            }
        }
    }
    saved.into_iter().map(|sum| (sum / f64::from(trials)).max(0.0)).collect()
}
