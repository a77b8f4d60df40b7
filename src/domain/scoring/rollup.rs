//! From answers to weighted means: requirement, area, whole.

use chrono::NaiveDate;

use crate::domain::assessment::{Answer, Assessment, Response};
use crate::domain::flow::{Progress, applying};
use crate::domain::id::QuestionId;
use crate::domain::level::Level;
use crate::domain::questionnaire::{Item, Place, Questionnaire};
use crate::domain::scoring::range::{Mean, Term};
use crate::domain::scoring::{AreaScore, Figures, Range, Rating, RequirementScore, StaleEvidence, Views};

/// What one question that counts contributes to the figures above it.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// The question.
    pub question: QuestionId,
    /// Where it stands.
    pub place: Place,
    /// Its weight: that of the question times that of its requirement.
    pub weight: f64,
    /// The level that was chosen; none where the question is open.
    pub claimed: Option<Level>,
    /// The level that the evidence carries; none where the question is open.
    pub evidenced: Option<Level>,
    /// What an open question is assumed at in the middle of a range, 0 to 5; none where nothing around is answered.
    pub assumed: Views<Option<f64>>,
    /// Whether the Stage 1 audit reads a document here.
    pub documented: bool,
    /// Whether a level below 2 is a potential major nonconformity by itself.
    pub showstopper: bool,
}

/// The figures, and what they are made of.
pub(super) struct Sheet {
    pub contributions: Vec<Contribution>,
    pub overall: Figures,
    pub areas: Vec<AreaScore>,
    pub stale: Vec<StaleEvidence>,
}

/// Weighted sums of the answered levels, from which an open question's assumption is taken.
#[derive(Clone, Copy, Default)]
struct Answered {
    weight: f64,
    claimed: f64,
    evidenced: f64,
}

/// The means of one node: a requirement, an area, or the whole.
#[derive(Clone, Copy, Default)]
struct Node {
    maturity: Views<Mean>,
    stage1: Views<Mean>,
    stage2: Views<Mean>,
    completion: Progress,
}

pub(super) fn roll_up(questionnaire: &Questionnaire, assessment: &Assessment, on: NaiveDate) -> Sheet {
    let mut contributions = Vec::with_capacity(questionnaire.len());
    let mut stale = vec![];
    let mut known = Tree::<Answered>::new(questionnaire);
    let mut nodes = Tree::<Node>::new(questionnaire);
    for (place, item, response) in applying(questionnaire, assessment) {
        let answer = response.and_then(|response| response.answer.as_ref());
        nodes.each(place, |node| {
            node.completion.asked += 1;
            node.completion.answered += usize::from(answer.is_some());
        });
        if matches!(answer, Some(Answer::NotApplicable { .. })) {
            continue;
        }
        let contribution = contribution(response, &item, place, on);
        known.each(place, |sums| sums.add(&contribution));
        contributions.push(contribution);
        stale.extend(response.into_iter().flat_map(|response| expired(response, &item, on)).map(|item| (place, item)));
    }
    for contribution in &mut contributions {
        contribution.assumed = known.nearest(contribution.place);
        nodes.each(contribution.place, |node| node.add(contribution));
    }
    let areas = areas(questionnaire, assessment, &nodes);
    // In the order of the questionnaire, as everything that a person reads.
    stale.sort_by_key(|(place, _): &(Place, StaleEvidence)| (place.area, place.requirement, place.question));
    let stale = stale.into_iter().map(|(_, item)| item).collect();
    Sheet { contributions, overall: nodes.whole.figures(), areas, stale }
}

/// Returns the evidence for a question that is no longer valid.
fn expired(response: &Response, item: &Item<'_>, on: NaiveDate) -> impl Iterator<Item = StaleEvidence> {
    let question = item.question.id.clone();
    response.evidence.iter().filter_map(move |evidence| {
        let valid_until = evidence.valid_until.filter(|last| *last < on)?;
        Some(StaleEvidence { question: question.clone(), what: evidence.what.clone(), valid_until })
    })
}

/// Returns the Stage 2 readiness over some questions.
pub(super) fn stage2<'a>(contributions: impl Iterator<Item = &'a Contribution>) -> Views<Range> {
    let mut node = Node::default();
    contributions.for_each(|contribution| node.add(contribution));
    node.stage2.ranges()
}

fn contribution(response: Option<&Response>, item: &Item<'_>, place: Place, on: NaiveDate) -> Contribution {
    Contribution {
        question: item.question.id.clone(),
        place,
        weight: item.requirement.weight * item.question.weight,
        claimed: response.and_then(Response::claimed),
        evidenced: response.and_then(|r| r.evidenced(on)),
        assumed: Views::default(),
        documented: item.question.documented,
        showstopper: item.question.showstopper,
    }
}

fn areas(questionnaire: &Questionnaire, assessment: &Assessment, nodes: &Tree<Node>) -> Vec<AreaScore> {
    let mut areas = vec![];
    for (area, branch) in questionnaire.areas().iter().zip(&nodes.areas) {
        let requirements = area.requirements.iter().zip(&branch.requirements).map(|(requirement, node)| {
            let figures = node.figures();
            RequirementScore {
                id: requirement.id.clone(),
                title: requirement.title.clone(),
                excluded: requirement.can_be_excluded() && assessment.exclusion(&requirement.id).is_some(),
                rating: Views { claimed: rating(figures.stage2.claimed), evidenced: rating(figures.stage2.evidenced) },
                figures,
            }
        });
        areas.push(AreaScore {
            id: area.id.clone(),
            title: area.title.clone(),
            figures: branch.whole.figures(),
            requirements: requirements.collect(),
        });
    }
    areas
}

fn rating(range: Range) -> Option<Rating> {
    let settled = range.answered.answered == range.answered.asked;
    range.middle.filter(|_| settled).map(Rating::of)
}

impl Answered {
    fn add(&mut self, contribution: &Contribution) {
        if let (Some(claimed), Some(evidenced)) = (contribution.claimed, contribution.evidenced) {
            self.weight += contribution.weight;
            self.claimed += contribution.weight * claimed.points();
            self.evidenced += contribution.weight * evidenced.points();
        }
    }

    fn mean(&self) -> Option<Views<f64>> {
        (self.weight > 0.0)
            .then(|| Views { claimed: self.claimed / self.weight, evidenced: self.evidenced / self.weight })
    }
}

impl Node {
    fn add(&mut self, contribution: &Contribution) {
        let views = [
            (
                contribution.claimed,
                contribution.assumed.claimed,
                Views::claimed_mut as fn(&mut Views<Mean>) -> &mut Mean,
            ),
            (contribution.evidenced, contribution.assumed.evidenced, Views::evidenced_mut),
        ];
        for (level, assumed, view) in views {
            let known = level.map(Level::points);
            let weight = contribution.weight;
            let term = |most: f64, of: f64| Term {
                weight,
                known: known.map(|points| points.min(most) / of),
                assumed: assumed.map(|points| points.min(most) / of),
                most: most / of,
            };
            view(&mut self.maturity).add(term(Level::MOST_POINTS, 1.0));
            if contribution.documented {
                let bar = Level::Documented.points();
                view(&mut self.stage1).add(term(bar, bar));
            }
            let bar = Level::Operating.points();
            view(&mut self.stage2).add(term(bar, bar));
        }
    }

    fn figures(&self) -> Figures {
        Figures {
            maturity: self.maturity.ranges(),
            stage1: self.stage1.ranges(),
            stage2: self.stage2.ranges(),
            completion: self.completion,
        }
    }
}

impl Views<Mean> {
    fn claimed_mut(&mut self) -> &mut Mean {
        &mut self.claimed
    }

    fn evidenced_mut(&mut self) -> &mut Mean {
        &mut self.evidenced
    }

    fn ranges(&self) -> Views<Range> {
        Views { claimed: self.claimed.range(), evidenced: self.evidenced.range() }
    }
}

/// One value for the whole, one for each area, one for each requirement.
struct Tree<T> {
    whole: T,
    areas: Vec<Branch<T>>,
}

struct Branch<T> {
    whole: T,
    requirements: Vec<T>,
}

impl<T: Default + Clone> Tree<T> {
    fn new(questionnaire: &Questionnaire) -> Self {
        let areas = questionnaire
            .areas()
            .iter()
            .map(|area| Branch { whole: T::default(), requirements: vec![T::default(); area.requirements.len()] });
        Self { whole: T::default(), areas: areas.collect() }
    }

    /// Alters the whole, the area and the requirement that a question belongs to.
    fn each(&mut self, place: Place, mut alter: impl FnMut(&mut T)) {
        alter(&mut self.whole);
        if let Some(branch) = self.areas.get_mut(place.area) {
            alter(&mut branch.whole);
            if let Some(requirement) = branch.requirements.get_mut(place.requirement) {
                alter(requirement);
            }
        }
    }
}

impl Tree<Answered> {
    /// Returns what an open question is assumed at: the mean of its requirement, else of its area, else of the whole.
    fn nearest(&self, place: Place) -> Views<Option<f64>> {
        let branch = self.areas.get(place.area);
        let requirement = branch.and_then(|branch| branch.requirements.get(place.requirement));
        let mean = requirement
            .and_then(Answered::mean)
            .or_else(|| branch.and_then(|branch| branch.whole.mean()))
            .or_else(|| self.whole.mean());
        Views { claimed: mean.map(|m| m.claimed), evidenced: mean.map(|m| m.evidenced) }
    }
}
