//! What figures and findings come to. It is always a self-assessment: only an accredited body certifies.

use crate::domain::id::{AreaId, QuestionId, RequirementId};
use crate::domain::level::Level;
use crate::domain::scoring::findings::{Basis, Grade, Graded};
use crate::domain::scoring::rollup::Contribution;
use crate::domain::scoring::{Scorecard, Views};

/// How far one is, by one's own judgement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Something that Stage 1 reads is missing or open.
    #[default]
    NotReady,
    /// Every question that Stage 1 reads documents for is answered, at 2 or more.
    ReadyForStage1,
    /// Beyond that: no potential major, every showstopper question at 3 or more, nothing open, no control undecided.
    ReadyForStage2,
}

/// Something that stands in the way of the next audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// A question that Stage 1 reads a document for is below level 2.
    Undocumented(QuestionId),
    /// A showstopper question is below level 3.
    Showstopper(QuestionId),
    /// A requirement carries a potential major nonconformity by itself.
    Major(RequirementId),
    /// Requirements of an area fall short together: a systemic failure.
    Systemic {
        /// The area.
        area: AreaId,
        /// The requirements that are potential majors only because they fall short together, in order.
        requirements: Vec<RequirementId>,
    },
    /// A question is unanswered.
    Open(QuestionId),
    /// A control is neither included nor excluded: no question of it concerns the role of the profile.
    Undecided(RequirementId),
}

pub(super) fn verdict(
    contributions: &[Contribution],
    grades: &[Graded],
    undecided: &[RequirementId],
    level: impl Fn(&Contribution) -> Option<Level>,
) -> Verdict {
    // A questionnaire without a single answer is ready for nothing, even if it marks no question as documented.
    if contributions.iter().all(|c| level(c).is_none()) || blocks_stage1(contributions, &level).next().is_some() {
        return Verdict::NotReady;
    }
    let blocked = contributions.iter().any(|c| match level(c) {
        None => true,
        Some(level) => c.showstopper && level < Level::Operating,
    });
    if blocked || !undecided.is_empty() || grades.iter().any(|graded| graded.grade == Grade::Major) {
        return Verdict::ReadyForStage1;
    }
    Verdict::ReadyForStage2
}

/// Returns what stands in the way of the next verdict: of Stage 1 first, of Stage 2 when that is reached.
pub(super) fn obstacles(
    contributions: &[Contribution],
    grades: &[Graded],
    undecided: &[RequirementId],
    level: impl Fn(&Contribution) -> Option<Level>,
) -> Vec<Obstacle> {
    let mut in_order: Vec<&Contribution> = contributions.iter().collect();
    in_order.sort_by_key(|c| (c.place.area, c.place.requirement, c.place.question));
    let stage1: Vec<Obstacle> = blocks_stage1(in_order.iter().copied(), &level).collect();
    if !stage1.is_empty() {
        return stage1;
    }
    let questions = in_order.iter().filter_map(|c| match level(c) {
        None => Some(Obstacle::Open(c.question.clone())),
        Some(level) if c.showstopper && level < Level::Operating => Some(Obstacle::Showstopper(c.question.clone())),
        Some(_) => None,
    });
    majors(grades).into_iter().chain(questions).chain(undecided.iter().cloned().map(Obstacle::Undecided)).collect()
}

/// Returns the potential majors: those by themselves first, then a line for each area that fails systematically.
fn majors(grades: &[Graded]) -> Vec<Obstacle> {
    let of = |basis: Basis| grades.iter().filter(move |g| g.grade == Grade::Major && g.basis == basis);
    let mut majors: Vec<Obstacle> = of(Basis::Own).map(|graded| Obstacle::Major(graded.requirement.clone())).collect();
    let by_themselves = majors.len();
    for graded in of(Basis::Systemic) {
        // Grades come in the order of the areas: those of one area stand together.
        match majors.get_mut(by_themselves..).and_then(<[Obstacle]>::last_mut) {
            Some(Obstacle::Systemic { area, requirements }) if *area == graded.area => {
                requirements.push(graded.requirement.clone());
            }
            _ => majors
                .push(Obstacle::Systemic { area: graded.area.clone(), requirements: vec![graded.requirement.clone()] }),
        }
    }
    majors
}

fn blocks_stage1<'a>(
    contributions: impl IntoIterator<Item = &'a Contribution>,
    level: &impl Fn(&Contribution) -> Option<Level>,
) -> impl Iterator<Item = Obstacle> {
    contributions.into_iter().filter(|c| c.documented).filter_map(move |c| match level(c) {
        None => Some(Obstacle::Open(c.question.clone())),
        Some(level) if level < Level::Documented => Some(Obstacle::Undocumented(c.question.clone())),
        Some(_) => None,
    })
}

/// What is said of a verdict that nobody can give yet.
const NOT_KNOWN: &str = "Not known yet";

impl Scorecard {
    /// Returns the verdict in words, in both views. Where nothing stands in the way but questions that nobody has answered,
    /// and controls that nobody has decided on, it is not known: nobody has said that anything is missing.
    #[must_use]
    pub fn verdict_titles(&self) -> Views<&'static str> {
        let title = |verdict: Verdict, obstacles: &[Obstacle]| {
            let is_open = |obstacle: &Obstacle| matches!(obstacle, Obstacle::Open(_) | Obstacle::Undecided(_));
            let is_unknown = verdict == Verdict::NotReady && !obstacles.is_empty() && obstacles.iter().all(is_open);
            if is_unknown { NOT_KNOWN } else { verdict.title() }
        };
        Views {
            claimed: title(self.verdict.claimed, &self.obstacles.claimed),
            evidenced: title(self.verdict.evidenced, &self.obstacles.evidenced),
        }
    }
}

impl Verdict {
    /// Returns the word for it in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NotReady => "not-ready",
            Self::ReadyForStage1 => "ready-for-stage-1",
            Self::ReadyForStage2 => "ready-for-stage-2",
        }
    }

    /// Returns the words for it on screens and in reports.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::NotReady => "Not ready",
            Self::ReadyForStage1 => "Ready for Stage 1",
            Self::ReadyForStage2 => "Ready for Stage 2",
        }
    }
}
