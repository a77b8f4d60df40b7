//! When a gap can be begun: what its work package builds on, and whether that is there.

use std::collections::HashMap;

use crate::domain::actions::{Action, Reason};
use crate::domain::id::{PackageId, QuestionId};
use crate::domain::level::Level;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::roadmap::{Package, Phase};
use crate::domain::scoring::Scorecard;

/// From this level on, on average, what a package closes is something to build on.
const BASE: f64 = 2.0;
/// From this level on, on average, it is nearer to practised than to written: an audit finds something to look at.
const PRACTISED: f64 = 2.5;

/// For each question, the step at which it can be begun.
pub(super) struct Steps<'a> {
    packages: Vec<Place<'a>>,
    of: HashMap<&'a QuestionId, usize>,
    /// When an audit or a review can be held, and the packages that come before it, by their index.
    held: (usize, Vec<usize>),
}

/// Where a package or an audit step stands.
struct Place<'a> {
    title: &'a str,
    phase: Phase,
    /// The mean level of what it closes, counted up to 3; none where nothing of it is answered.
    mean: Option<f64>,
    /// When it can be begun, from 1.
    step: usize,
    /// The packages below [`BASE`] that it comes after, by their index; with none of them in between.
    builds_on: Vec<usize>,
}

impl<'a> Steps<'a> {
    pub(super) fn new(questionnaire: &'a Questionnaire, card: &Scorecard) -> Self {
        let roadmap = questionnaire.roadmap();
        let mut steps = Self { packages: vec![], of: HashMap::new(), held: (1, vec![]) };
        let mut index_of: HashMap<&PackageId, usize> = HashMap::new();
        for package in roadmap.map(|roadmap| roadmap.packages.as_slice()).unwrap_or_default() {
            let index = steps.packages.len();
            let before: Vec<usize> = package.after.iter().filter_map(|id| index_of.get(id).copied()).collect();
            let place = steps.place(package, &before, card);
            steps.packages.push(place);
            index_of.insert(&package.id, index);
            for question in package.closes() {
                steps.of.insert(question, index);
            }
        }
        let comes_before = |place: &Place<'_>| place.phase < Phase::Check && place.mean.is_some_and(|m| m < PRACTISED);
        let before = steps.packages.iter().enumerate().filter(|(_, place)| comes_before(place));
        let before: Vec<(usize, usize)> = before.map(|(index, place)| (index, place.step)).collect();
        let last = before.iter().map(|(_, step)| step + 1).max().unwrap_or(1);
        steps.held = (last, before.into_iter().map(|(index, _)| index).collect());
        steps
    }

    fn place(&self, package: &'a Package, before: &[usize], card: &Scorecard) -> Place<'a> {
        let (mut step, mut builds_on) = (1, vec![]);
        for index in before {
            let Some(place) = self.packages.get(*index) else { continue };
            let is_weak = place.mean.is_some_and(|mean| mean < BASE);
            step = step.max(if is_weak { place.step + 1 } else { place.step });
            let nearest = if is_weak { std::slice::from_ref(index) } else { place.builds_on.as_slice() };
            builds_on.extend(nearest.iter().copied());
        }
        builds_on.sort_unstable();
        builds_on.dedup();
        Place { title: &package.title, phase: package.phase, mean: mean(package.closes(), card), step, builds_on }
    }

    /// Returns when a question has its turn among equals: audits and reviews after the rest, in the order of the road map.
    pub(super) fn turn(&self, question: &QuestionId) -> usize {
        if !self.is_check(question) {
            return 0;
        }
        self.of.get(question).map_or(0, |index| index + 1)
    }

    /// Returns whether a question is about an audit or a review.
    pub(super) fn is_check(&self, question: &QuestionId) -> bool {
        self.of
            .get(question)
            .and_then(|index| self.packages.get(*index))
            .is_some_and(|place| place.phase == Phase::Check)
    }

    /// Makes each gap as urgent as the most pressing one that builds on it, however many packages lie between.
    ///
    /// Only what is below level 2 holds up others, and only that waits for others. What a claim lacks in evidence does
    /// neither. An audit or a review that is planned waits for all of the rest, and is no more urgent than the least of it.
    pub(super) fn pass_on_urgency(&self, actions: &mut [Action]) {
        let package =
            |action: &Action| self.of.get(&action.question).copied().filter(|_| action.level < Level::Documented);
        let mut most_pressing: Vec<Option<Reason>> = vec![None; self.packages.len()];
        for action in actions.iter() {
            if let Some(slot) = package(action).and_then(|index| most_pressing.get_mut(index)) {
                *slot = Some(slot.map_or(action.reason, |reason| reason.min(action.reason)));
            }
        }
        // From the last package to the first, as each comes after what it builds on.
        let mut waiting: Vec<Option<Reason>> = vec![None; self.packages.len()];
        for (index, place) in self.packages.iter().enumerate().rev() {
            let own = most_pressing.get(index).copied().flatten();
            let passed = waiting.get(index).copied().flatten();
            let Some(reason) = own.into_iter().chain(passed).min() else { continue };
            for before in &place.builds_on {
                if let Some(slot) = waiting.get_mut(*before) {
                    *slot = Some(slot.map_or(reason, |known| known.min(reason)));
                }
            }
        }
        for action in actions {
            if action.step > 1 && action.level >= Level::Documented && self.is_check(&action.question) {
                action.urgency = action.reason.max(Reason::Minor);
            }
            if let Some(reason) = package(action).and_then(|index| waiting.get(index).copied().flatten()) {
                action.urgency = action.reason.min(reason);
            }
        }
    }

    /// Returns the step of a question that is at a level, and the titles of the packages that come before it; none at
    /// step 1.
    pub(super) fn of(&self, question: &QuestionId, level: Level) -> (usize, Vec<String>) {
        let Some(place) = self.of.get(question).and_then(|index| self.packages.get(*index)) else { return (1, vec![]) };
        let (step, before) = match (place.phase == Phase::Check, level >= Level::Documented) {
            (true, true) => (self.held.0.max(place.step), &self.held.1),
            // What is written and approved waits for nothing: it is to be lived.
            (false, true) => return (1, vec![]),
            (_, false) => (place.step, &place.builds_on),
        };
        let titles = before.iter().filter_map(|index| self.packages.get(*index));
        (step, titles.map(|place| place.title.to_owned()).collect())
    }
}

/// Returns the mean level of the answers to these questions, by weight and counted up to 3. What is open says nothing.
fn mean(closes: &[QuestionId], card: &Scorecard) -> Option<f64> {
    let (mut sum, mut weight) = (0.0, 0.0);
    for contribution in closes.iter().filter_map(|id| card.contribution(id)) {
        if let Some(level) = contribution.claimed {
            sum += contribution.weight * level.min(Level::Operating).points();
            weight += contribution.weight;
        }
    }
    (weight > 0.0).then(|| sum / weight)
}
