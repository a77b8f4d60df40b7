//! What an auditor would probably write. A mean hides what an audit doesn't forgive, so findings come from the
//! weakest answer. The words are those of ISO/IEC 17021-1.

use crate::domain::assessment::Assessment;
use crate::domain::flow::{Applicability, applicability};
use crate::domain::id::{QuestionId, RequirementId};
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

/// The findings that are told, and the grades that each view of the verdict rests on.
pub(super) struct Findings {
    pub told: Vec<Finding>,
    pub claimed: Vec<(RequirementId, Grade)>,
    pub evidenced: Vec<(RequirementId, Grade)>,
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
    let graded = |shorts: &[Option<Short>]| {
        cases
            .iter()
            .zip(shorts)
            .filter_map(|(case, short)| Some((case.requirement.id.clone(), short.as_ref()?.grade)))
            .collect()
    };
    Findings { told, claimed: graded(&claimed), evidenced: graded(&evidenced) }
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
    because: String,
    questions: Vec<QuestionId>,
}

fn short_of_the_bar(
    questionnaire: &Questionnaire,
    cases: &[Case<'_>],
    level: impl Fn(&Contribution) -> Option<Level>,
) -> Vec<Option<Short>> {
    let mut shorts: Vec<Option<Short>> = cases.iter().map(|case| short(case, &level)).collect();
    for (index, area) in questionnaire.areas().iter().enumerate() {
        let of_area = || cases.iter().enumerate().filter(|(_, case)| case.area == index).map(|(at, _)| at);
        let weak = of_area().filter(|at| matches!(shorts.get(*at), Some(Some(_)))).count();
        if weak < SYSTEMIC {
            continue;
        }
        for at in of_area() {
            if let Some(Some(short)) = shorts.get_mut(at)
                && short.grade == Grade::Minor
            {
                short.grade = Grade::Major;
                short.because = format!(
                    "{} It is one of {weak} requirements of area {} that fall short: a systemic failure.",
                    short.because, area.id
                );
            }
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
        return Some(Short { grade: Grade::Major, because, questions: stoppers });
    }
    let absent = below(Level::Documented);
    if !absent.is_empty() && absent.len() == answered.len() {
        let because = match absent.len() {
            1 => format!("{} is at 0 or 1: the element is absent.", list(&absent)),
            n => format!("All {n} answered questions are at 0 or 1: the element is absent."),
        };
        return Some(Short { grade: Grade::Major, because, questions: absent });
    }
    let weak = below(Level::Operating);
    if weak.is_empty() {
        return None;
    }
    let because = format!("{} {} below level 3.", list(&weak), if weak.len() == 1 { "is" } else { "are" });
    Some(Short { grade: Grade::Minor, because, questions: weak })
}

fn finding(case: &Case<'_>, short: Option<&Short>) -> Option<Finding> {
    let (grade, because, questions) = match short {
        Some(short) => (short.grade, short.because.clone(), short.questions.clone()),
        None => beyond_the_bar(case)?,
    };
    Some(Finding {
        requirement: case.requirement.id.clone(),
        title: case.requirement.title.clone(),
        grade,
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
