//! What an auditor would probably write. A mean hides what an audit doesn't forgive, so findings come from the
//! weakest answer. The words are those of ISO/IEC 17021-1.

use std::collections::HashMap;

use crate::domain::assessment::Assessment;
use crate::domain::flow::{Applicability, applicability};
use crate::domain::id::{AreaId, QuestionId, RequirementId};
use crate::domain::level::Level;
use crate::domain::questionnaire::{Questionnaire, Requirement};
use crate::domain::scoring::rollup::Contribution;

/// How many requirements of one area have to fall short before it is a systemic failure.
const SYSTEMIC: usize = 3;

/// A finding on a requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The requirement.
    pub requirement: RequirementId,
    /// Its title.
    pub title: String,
    /// How grave it is.
    pub grade: Grade,
    /// What the grade rests on.
    pub basis: Basis,
    /// Why, in a sentence.
    pub because: String,
    /// The questions that it rests on.
    pub questions: Vec<QuestionId>,
}

/// How grave a finding is, gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// A potential major nonconformity: an element is absent, or fails systematically.
    Major,
    /// A potential minor nonconformity: an isolated gap.
    Minor,
    /// Conforming as claimed, and not supported by the evidence that was recorded.
    Observation,
    /// Not established yet: a question is unanswered.
    Open,
    /// Evidenced beyond what conformity asks.
    Strength,
}

/// What a grade rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// The requirement's own answers.
    Own,
    /// By itself it would be a potential minor; with others of its area it is part of a systemic failure.
    Systemic,
}

/// An area in which so many requirements fall short that an auditor sees no isolated gaps any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemicFailure {
    /// The area.
    pub area: AreaId,
    /// Its title.
    pub title: String,
    /// The requirements that are potential majors only because they fall short together, in order.
    pub requirements: Vec<RequirementId>,
    /// The requirements of the area that are potential majors by themselves, in order.
    pub by_themselves: Vec<RequirementId>,
    /// How many requirements of the area count.
    pub of: usize,
}

/// The findings that are told, and the grades that each view of the verdict rests on.
pub(super) struct Findings {
    pub told: Vec<Finding>,
    pub systemic: Vec<SystemicFailure>,
    pub claimed: Vec<Graded>,
    pub evidenced: Vec<Graded>,
    /// The controls that nobody decided on, in order.
    pub undecided: Vec<RequirementId>,
}

/// The grade of a requirement that falls short.
pub(super) struct Graded {
    pub requirement: RequirementId,
    pub area: AreaId,
    pub grade: Grade,
    pub basis: Basis,
}

/// A requirement with what its questions contribute.
struct Case<'a> {
    area: usize,
    requirement: &'a Requirement,
    contributions: Vec<&'a Contribution>,
    /// Whether it is a control that nobody decided on: not excluded, and all its questions concern other roles.
    undecided: bool,
}

pub(super) fn find(questionnaire: &Questionnaire, assessment: &Assessment, contributions: &[Contribution]) -> Findings {
    let cases = cases(questionnaire, assessment, contributions);
    let claimed = short_of_the_bar(questionnaire, &cases, |c| c.claimed);
    let evidenced = short_of_the_bar(questionnaire, &cases, |c| c.evidenced);
    let told = cases.iter().zip(&claimed).filter_map(|(case, short)| finding(case, short.as_ref())).collect();
    let all = |shorts: &[Option<Short>]| -> Vec<Graded> {
        let pairs = cases.iter().zip(shorts);
        pairs.filter_map(|(case, short)| Some(graded(questionnaire, case, short.as_ref()?))).collect()
    };
    let (claimed, evidenced) = (all(&claimed), all(&evidenced));
    let undecided = cases.iter().filter(|case| case.undecided && assessment.exclusion(&case.requirement.id).is_none());
    let undecided = undecided.map(|case| case.requirement.id.clone()).collect();
    Findings { told, systemic: systemic(questionnaire, &cases, &claimed), claimed, evidenced, undecided }
}

fn graded(questionnaire: &Questionnaire, case: &Case<'_>, short: &Short) -> Graded {
    Graded {
        requirement: case.requirement.id.clone(),
        area: questionnaire.areas().get(case.area).map_or_else(|| AreaId::from(""), |area| area.id.clone()),
        grade: short.grade,
        basis: short.basis,
    }
}

/// Returns the areas with a systemic failure, in order.
fn systemic(questionnaire: &Questionnaire, cases: &[Case<'_>], grades: &[Graded]) -> Vec<SystemicFailure> {
    let mut majors: HashMap<&AreaId, (Vec<RequirementId>, Vec<RequirementId>)> = HashMap::new();
    for graded in grades.iter().filter(|graded| graded.grade == Grade::Major) {
        let (together, by_themselves) = majors.entry(&graded.area).or_default();
        let list = if graded.basis == Basis::Systemic { together } else { by_themselves };
        list.push(graded.requirement.clone());
    }
    let mut counts = vec![0; questionnaire.areas().len()];
    for case in cases.iter().filter(|case| !case.contributions.is_empty()) {
        if let Some(count) = counts.get_mut(case.area) {
            *count += 1;
        }
    }
    let areas = questionnaire.areas().iter().zip(counts);
    let failures = areas.filter_map(|(area, of)| {
        let (requirements, by_themselves) = majors.remove(&area.id)?;
        Some(SystemicFailure { area: area.id.clone(), title: area.title.clone(), requirements, by_themselves, of })
    });
    failures.filter(|failure| !failure.requirements.is_empty()).collect()
}

fn cases<'a>(
    questionnaire: &'a Questionnaire,
    assessment: &Assessment,
    contributions: &'a [Contribution],
) -> Vec<Case<'a>> {
    let mut cases = vec![];
    let mut starts = vec![];
    for (a, area) in questionnaire.areas().iter().enumerate() {
        starts.push(cases.len());
        for requirement in &area.requirements {
            let other_role = |question| applicability(assessment, requirement, question) == Applicability::OtherRole;
            let undecided = requirement.can_be_excluded() && requirement.questions.iter().all(other_role);
            cases.push(Case { area: a, requirement, contributions: vec![], undecided });
        }
    }
    for contribution in contributions {
        let start = starts.get(contribution.place.area).copied().unwrap_or(0);
        if let Some(case) = cases.get_mut(start + contribution.place.requirement) {
            case.contributions.push(contribution);
        }
    }
    for case in &mut cases {
        case.contributions.sort_by_key(|contribution| contribution.place.question);
    }
    cases
}

/// Why a requirement falls short of conformity.
struct Short {
    grade: Grade,
    basis: Basis,
    because: String,
    questions: Vec<QuestionId>,
}

fn short_of_the_bar(
    questionnaire: &Questionnaire,
    cases: &[Case<'_>],
    level: impl Fn(&Contribution) -> Option<Level>,
) -> Vec<Option<Short>> {
    let mut shorts: Vec<Option<Short>> = cases.iter().map(|case| short(case, &level)).collect();
    let mut start = 0;
    for of_area in cases.chunk_by(|one, other| one.area == other.area) {
        let shorts = shorts.get_mut(start..start + of_area.len()).unwrap_or_default();
        start += of_area.len();
        let weak = shorts.iter().flatten().count();
        let Some(area) = of_area.first().and_then(|case| questionnaire.areas().get(case.area)) else { continue };
        if weak < SYSTEMIC {
            continue;
        }
        for short in shorts.iter_mut().flatten().filter(|short| short.grade == Grade::Minor) {
            short.grade = Grade::Major;
            short.basis = Basis::Systemic;
            short.because = format!(
                "{} It is one of {weak} requirements of area {} that fall short: a systemic failure.",
                short.because, area.id
            );
        }
    }
    shorts
}

fn short(case: &Case<'_>, level: impl Fn(&Contribution) -> Option<Level>) -> Option<Short> {
    let answered: Vec<(&Contribution, Level)> =
        case.contributions.iter().filter_map(|c| level(c).map(|level| (*c, level))).collect();
    let below = |bar: Level| -> Vec<QuestionId> {
        answered.iter().filter(|(_, level)| *level < bar).map(|(c, _)| c.question.clone()).collect()
    };
    let stoppers: Vec<QuestionId> = answered
        .iter()
        .filter(|(c, level)| c.showstopper && *level < Level::Documented)
        .map(|(c, _)| c.question.clone())
        .collect();
    if !stoppers.is_empty() {
        let because = format!("{} is below level 2, and an audit stops there.", list(&stoppers));
        return Some(Short { grade: Grade::Major, basis: Basis::Own, because, questions: stoppers });
    }
    let absent = below(Level::Documented);
    if !absent.is_empty() && absent.len() == answered.len() {
        let because = match absent.len() {
            1 => format!("{} is at 0 or 1: the element is absent, or ad hoc at best.", list(&absent)),
            2 => "Both answered questions are at 0 or 1: the element is absent, or ad hoc at best.".to_owned(),
            n => format!("All {n} answered questions are at 0 or 1: the element is absent, or ad hoc at best."),
        };
        return Some(Short { grade: Grade::Major, basis: Basis::Own, because, questions: absent });
    }
    let weak = below(Level::Operating);
    if weak.is_empty() {
        return None;
    }
    let because = format!("{} {} below level 3.", list(&weak), if weak.len() == 1 { "is" } else { "are" });
    Some(Short { grade: Grade::Minor, basis: Basis::Own, because, questions: weak })
}

fn finding(case: &Case<'_>, short: Option<&Short>) -> Option<Finding> {
    let (grade, basis, because, questions) = if let Some(short) = short {
        (short.grade, short.basis, short.because.clone(), short.questions.clone())
    } else {
        let (grade, because, questions) = beyond_the_bar(case)?;
        (grade, Basis::Own, because, questions)
    };
    Some(Finding {
        requirement: case.requirement.id.clone(),
        title: case.requirement.title.clone(),
        grade,
        basis,
        because,
        questions,
    })
}

/// Judges a requirement that nothing answered speaks against.
fn beyond_the_bar(case: &Case<'_>) -> Option<(Grade, String, Vec<QuestionId>)> {
    if case.undecided {
        let because = "No question of it concerns your role towards AI: exclude it with a justification, or change \
                       the role in the profile.";
        return Some((Grade::Open, because.to_owned(), vec![]));
    }
    let pick = |wanted: &dyn Fn(&Contribution) -> bool| -> Vec<QuestionId> {
        case.contributions.iter().filter(|c| wanted(c)).map(|c| c.question.clone()).collect()
    };
    let open = pick(&|c| c.claimed.is_none());
    if !open.is_empty() {
        let verb = if open.len() == 1 { "is" } else { "are" };
        return Some((Grade::Open, format!("{} {verb} unanswered.", list(&open)), open));
    }
    let unsupported = pick(&|c| c.evidenced < Some(Level::Operating));
    if !unsupported.is_empty() {
        let because =
            format!("Claimed at 3 or more, and the evidence recorded for {} carries less.", list(&unsupported));
        return Some((Grade::Observation, because, unsupported));
    }
    let strong = pick(&|c| c.evidenced >= Some(Level::Measured));
    (!strong.is_empty() && strong.len() == case.contributions.len())
        .then(|| (Grade::Strength, "Evidenced at 4 or more throughout.".to_owned(), strong))
}

fn list(questions: &[QuestionId]) -> String {
    match questions {
        [] => String::new(),
        [one] => one.to_string(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(QuestionId::as_str).collect();
            format!("{} and {last}", most.join(", "))
        }
    }
}

impl SystemicFailure {
    /// Returns the failure in a sentence, with the requirements that it is made of.
    #[must_use]
    pub fn because(&self) -> String {
        let weak = self.requirements.len() + self.by_themselves.len();
        let ids: Vec<&str> = self.requirements.iter().map(RequirementId::as_str).collect();
        let by_themselves = match self.by_themselves.len() {
            0 => String::new(),
            1 => ", and one that is a potential major by itself".to_owned(),
            many => format!(", and {many} that are potential majors by themselves"),
        };
        format!("{weak} of {} requirements fall short: {}{by_themselves}.", self.of, ids.join(", "))
    }
}

impl Grade {
    /// All grades, gravest first.
    pub const ALL: [Self; 5] = [Self::Major, Self::Minor, Self::Observation, Self::Open, Self::Strength];

    /// Returns the word for it in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Major => "major",
            Self::Minor => "minor",
            Self::Observation => "observation",
            Self::Open => "open",
            Self::Strength => "strength",
        }
    }

    /// Returns the words for it on screens and in reports.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Major => "Potential major nonconformity",
            Self::Minor => "Potential minor nonconformity",
            Self::Observation => "Observation",
            Self::Open => "Open",
            Self::Strength => "Strength",
        }
    }
}
