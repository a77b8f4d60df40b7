//! What is believed of an open question: a level to draw around, and how far.
//!
//! Two answers of 184 say little about the other 182. So an open question starts from a prior and moves towards the
//! answers of the whole, of its area and of its requirement the more of them there are: a credibility estimate
//! (Bühlmann 1967), level by level, `(k x what is believed above + sum of the answers) / (k + their number)`. The spread
//! shrinks by the same shares. The belief never falls when an answer rises, as its weights depend on counts alone.

use crate::domain::level::Level;
use crate::domain::questionnaire::{Place, Questionnaire};
use crate::domain::scoring::Contribution;

/// The level that an open question is believed at where nothing is answered: some people, sometimes, and nobody for a
/// part of it. Somewhat below 1, so that not to know is never reckoned as better than to know that all is at 1.
pub(super) const PRIOR: f64 = 0.8;
/// As many answers as this weigh as much as the prior: about a tenth of the questions, an hour or two of a workshop.
const WHOLE: f64 = 20.0;
/// As many answers in the area as this weigh as much as the whole: answers vary more between areas than within one.
const AREA: f64 = 4.0;
/// As many answers in the requirement as this weigh as much as the area.
const REQUIREMENT: f64 = 1.0;
/// The spread, in levels, that all open questions share while nothing is known: who overrates one answer overrates
/// others, and independent draws would cancel out. Organisations that begin lie between "next to nothing" and "much of it
/// is written": two of three within nine tenths of a level of the prior.
const SHARED: f64 = 0.9;
/// The variance of areas around the whole, of requirements around their area, and of a question around its requirement.
const VARIANCES: [f64; 3] = [0.17, 0.17, 0.17];

/// A question whose level is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct OpenQuestion {
    /// Where its draw stands: its place among all questions, sorted by id.
    pub draw: usize,
    /// The level that it is drawn around.
    pub middle: f64,
    /// How far the draw that all open questions share moves it, in levels.
    pub shared: f64,
    /// How far its own draw moves it, in levels.
    pub own: f64,
}

/// The answers of the whole, of each area and of each requirement.
pub(super) struct Beliefs {
    whole: Answers,
    areas: Vec<(Answers, Vec<Answers>)>,
}

/// How many answers there are, and what they sum to, none counted above level 3: what is measured in one place says no
/// more of another than what is practised.
#[derive(Clone, Copy, Default)]
struct Answers {
    count: f64,
    sum: f64,
}

impl Answers {
    fn add(&mut self, level: Level) {
        self.count += 1.0;
        self.sum += level.points().min(Level::Operating.points());
    }

    /// Returns the mean with what is believed above counted as so many answers.
    fn believed(self, above: f64, weight: f64) -> f64 {
        (weight * above + self.sum) / (weight + self.count)
    }

    /// Returns the share of a variance that these answers leave.
    fn left(self, weight: f64) -> f64 {
        weight / (weight + self.count)
    }
}

impl Beliefs {
    /// Returns what the answers let one believe of the others.
    pub(super) fn new(questionnaire: &Questionnaire, contributions: &[Contribution]) -> Self {
        let requirements = questionnaire.areas().iter().map(|area| vec![Answers::default(); area.requirements.len()]);
        let mut beliefs =
            Self { whole: Answers::default(), areas: requirements.map(|list| (Answers::default(), list)).collect() };
        for contribution in contributions {
            let Some(level) = contribution.claimed else { continue };
            beliefs.whole.add(level);
            let Some((area, requirements)) = beliefs.areas.get_mut(contribution.place.area) else { continue };
            area.add(level);
            if let Some(requirement) = requirements.get_mut(contribution.place.requirement) {
                requirement.add(level);
            }
        }
        beliefs
    }

    /// Returns what is believed of an open question.
    pub(super) fn of(&self, place: Place, draw: usize) -> OpenQuestion {
        let (area, requirement) = self
            .areas
            .get(place.area)
            .map(|(area, requirements)| (*area, requirements.get(place.requirement).copied().unwrap_or_default()))
            .unwrap_or_default();
        let whole = self.whole.believed(PRIOR, WHOLE);
        let middle = requirement.believed(area.believed(whole, AREA), REQUIREMENT);
        let [of_areas, of_requirements, of_questions] = VARIANCES;
        let own = of_areas * area.left(AREA) + of_requirements * requirement.left(REQUIREMENT) + of_questions;
        OpenQuestion { draw, middle, shared: SHARED * self.whole.left(WHOLE).sqrt(), own: own.sqrt() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(count: u32, level: Level) -> Answers {
        let mut answers = Answers::default();
        for _ in 0..count {
            answers.add(level);
        }
        answers
    }

    fn belief(whole: Answers, area: Answers, requirement: Answers) -> OpenQuestion {
        let beliefs = Beliefs { whole, areas: vec![(area, vec![requirement])] };
        beliefs.of(Place { area: 0, requirement: 0, question: 0 }, 0)
    }

    #[test]
    fn two_answers_of_many_hardly_move_what_is_believed_elsewhere() {
        let told = belief(answers(2, Level::Operating), Answers::default(), Answers::default());
        assert!((PRIOR..PRIOR + 0.3).contains(&told.middle), "{}", told.middle);
        let nothing = belief(Answers::default(), Answers::default(), Answers::default());
        assert!((nothing.middle - PRIOR).abs() < 1e-12);
        assert!((nothing.shared - SHARED).abs() < 1e-12);
        assert!(told.shared < nothing.shared && told.shared > 0.9 * nothing.shared);
    }

    #[test]
    fn what_is_answered_near_by_counts_more_than_what_is_answered_far_away() {
        let low = answers(30, Level::Absent);
        let far = belief(answers(60, Level::Operating), Answers::default(), Answers::default());
        let near = belief(answers(60, Level::Operating), low, answers(3, Level::Absent));
        assert!(far.middle > 2.0 && near.middle < 0.3, "{} {}", far.middle, near.middle);
    }

    #[test]
    fn the_spread_shrinks_with_every_answer_and_never_to_nothing() {
        let mut before = f64::INFINITY;
        for count in 0..50 {
            let some = answers(count, Level::AdHoc);
            let told = belief(some, some, some);
            let spread = told.shared.hypot(told.own);
            assert!(spread < before && spread > 0.4);
            before = spread;
        }
    }

    #[test]
    fn a_level_above_three_says_no_more_of_others_than_three() {
        let three = belief(answers(9, Level::Operating), Answers::default(), Answers::default());
        assert_eq!(three, belief(answers(9, Level::Improving), Answers::default(), Answers::default()));
    }
}
