//! The score in JSON: a contract with scripts outside the project.
//!
//! It is written straight from the scorecard: scripts ask for it often, and a tree of values costs more than the score.

use serde::Serialize;
use serde_json::{Value, json};

use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::report::{Hurdle, SELF_ASSESSMENT, hurdles};
use crate::domain::scoring::{
    self, AreaScore, Basis, Finding, Obstacle, Rating, RequirementScore, Scorecard, StaleEvidence, Struck,
    SystemicFailure, Views,
};
use crate::export::json::figures::{Both, Stages, rounded};

/// A scorecard, as it is written in JSON.
///
/// At least: `completion` (0 to 1), `maturity`, `readiness` (as claimed), `readiness_evidenced`, `verdict`, `findings`,
/// `systemic`, `areas`, `obstacles`, `checks`, `stale`, `on` and `note`. Each figure is
/// `{low, middle, high, coverage, answered, asked}`.
#[derive(Debug, Serialize)]
pub struct Score<'a> {
    on: String,
    note: &'static str,
    #[serde(flatten)]
    figures: Figures,
    verdict: Pair<&'static str>,
    obstacles: Pair<Vec<Stands<'a>>>,
    findings: Vec<Found<'a>>,
    systemic: Vec<Systemic<'a>>,
    areas: Vec<Area<'a>>,
    checks: Vec<Strike<'a>>,
    stale: Vec<Stale<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    conflicts: Option<usize>,
}

#[derive(Debug, Serialize)]
struct Pair<T> {
    claimed: T,
    evidenced: T,
}

/// The figures of a requirement, an area, or the whole.
#[derive(Debug, Serialize)]
struct Figures {
    completion: f64,
    answered: usize,
    asked: usize,
    maturity: Both,
    readiness: Stages,
    readiness_evidenced: Stages,
}

#[derive(Debug, Serialize)]
struct Stands<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    requirement: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    requirements: Option<Vec<&'a str>>,
    text: String,
}

#[derive(Debug, Serialize)]
struct Systemic<'a> {
    area: &'a str,
    title: &'a str,
    requirements: Vec<&'a str>,
    by_themselves: Vec<&'a str>,
    of: usize,
}

#[derive(Debug, Serialize)]
struct Found<'a> {
    requirement: &'a str,
    title: &'a str,
    grade: &'static str,
    systemic: bool,
    because: &'a str,
    questions: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct Area<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(flatten)]
    figures: Figures,
    requirements: Vec<Requirement<'a>>,
}

#[derive(Debug, Serialize)]
struct Requirement<'a> {
    id: &'a str,
    title: &'a str,
    excluded: bool,
    rating: Pair<Option<char>>,
    #[serde(flatten)]
    figures: Figures,
}

#[derive(Debug, Serialize)]
struct Strike<'a> {
    check: &'a str,
    says: &'a str,
    ask: &'a str,
    questions: Vec<&'a str>,
    controls: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct Stale<'a> {
    question: &'a str,
    what: &'a str,
    valid_until: String,
}

/// Returns a scorecard as JSON.
#[must_use]
pub fn score<'a>(scorecard: &'a Scorecard, questionnaire: &Questionnaire, checks: &'a [Struck]) -> Score<'a> {
    let obstacles = &scorecard.obstacles;
    let told = |view: &'a [Obstacle]| {
        let texts = hurdles(questionnaire, view).into_iter().map(|hurdle| hurdle.text);
        view.iter().zip(texts).map(|(obstacle, text)| Stands::of(obstacle, text)).collect()
    };
    let told = Pair { claimed: told(&obstacles.claimed), evidenced: told(&obstacles.evidenced) };
    Score::of(scorecard, told, checks)
}

/// Returns a scorecard as JSON, with its obstacles in words.
pub(super) fn score_with<'a>(
    scorecard: &'a Scorecard,
    hurdles: &'a Views<Vec<Hurdle>>,
    checks: &'a [Struck],
) -> Score<'a> {
    let told = |hurdles: &'a [Hurdle]| {
        hurdles.iter().map(|hurdle| Stands::of(&hurdle.obstacle, hurdle.text.clone())).collect()
    };
    Score::of(scorecard, Pair { claimed: told(&hurdles.claimed), evidenced: told(&hurdles.evidenced) }, checks)
}

/// Returns a finding.
pub(super) fn finding(finding: &Finding) -> Value {
    json!(Found::from(finding))
}

impl<'a> Score<'a> {
    fn of(scorecard: &'a Scorecard, obstacles: Pair<Vec<Stands<'a>>>, checks: &'a [Struck]) -> Self {
        let verdict = scorecard.verdict;
        Self {
            on: scorecard.on.to_string(),
            note: SELF_ASSESSMENT,
            figures: (&scorecard.overall).into(),
            verdict: Pair { claimed: verdict.claimed.word(), evidenced: verdict.evidenced.word() },
            obstacles,
            findings: scorecard.findings.iter().map(Found::from).collect(),
            systemic: scorecard.systemic.iter().map(Systemic::from).collect(),
            areas: scorecard.areas.iter().map(Area::from).collect(),
            checks: checks.iter().map(Strike::from).collect(),
            stale: scorecard.stale.iter().map(Stale::from).collect(),
            conflicts: None,
        }
    }

    /// Returns the same with the number of values that two copies disagree on.
    #[must_use]
    pub fn with_conflicts(self, open: usize) -> Self {
        Self { conflicts: Some(open), ..self }
    }
}

impl From<&scoring::Figures> for Figures {
    fn from(figures: &scoring::Figures) -> Self {
        Self {
            completion: rounded(figures.completion.share()),
            answered: figures.completion.answered,
            asked: figures.completion.asked,
            maturity: (&figures.maturity).into(),
            readiness: Stages::of(figures, |views| views.claimed),
            readiness_evidenced: Stages::of(figures, |views| views.evidenced),
        }
    }
}

impl<'a> Stands<'a> {
    fn of(obstacle: &'a Obstacle, text: String) -> Self {
        let (area, requirements) = match obstacle {
            Obstacle::Systemic { area, requirements } => (Some(area.as_str()), Some(ids(requirements))),
            _ => (None, None),
        };
        Self {
            kind: obstacle.word(),
            question: obstacle.question().map(QuestionId::as_str),
            requirement: obstacle.requirement().map(RequirementId::as_str),
            area,
            requirements,
            text,
        }
    }
}

impl<'a> From<&'a SystemicFailure> for Systemic<'a> {
    fn from(failure: &'a SystemicFailure) -> Self {
        Self {
            area: failure.area.as_str(),
            title: &failure.title,
            requirements: ids(&failure.requirements),
            by_themselves: ids(&failure.by_themselves),
            of: failure.of,
        }
    }
}

impl<'a> From<&'a Finding> for Found<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            requirement: finding.requirement.as_str(),
            title: &finding.title,
            grade: finding.grade.word(),
            systemic: finding.basis == Basis::Systemic,
            because: &finding.because,
            questions: finding.questions.iter().map(QuestionId::as_str).collect(),
        }
    }
}

impl<'a> From<&'a AreaScore> for Area<'a> {
    fn from(area: &'a AreaScore) -> Self {
        Self {
            id: area.id.as_str(),
            title: &area.title,
            figures: (&area.figures).into(),
            requirements: area.requirements.iter().map(Requirement::from).collect(),
        }
    }
}

impl<'a> From<&'a RequirementScore> for Requirement<'a> {
    fn from(score: &'a RequirementScore) -> Self {
        Self {
            id: score.id.as_str(),
            title: &score.title,
            excluded: score.excluded,
            rating: Pair {
                claimed: score.rating.claimed.map(Rating::letter),
                evidenced: score.rating.evidenced.map(Rating::letter),
            },
            figures: (&score.figures).into(),
        }
    }
}

impl<'a> From<&'a Struck> for Strike<'a> {
    fn from(struck: &'a Struck) -> Self {
        Self {
            check: struck.rule.word(),
            says: &struck.says,
            ask: &struck.ask,
            questions: struck.questions.iter().map(QuestionId::as_str).collect(),
            controls: ids(&struck.controls),
        }
    }
}

impl<'a> From<&'a StaleEvidence> for Stale<'a> {
    fn from(item: &'a StaleEvidence) -> Self {
        Self { question: item.question.as_str(), what: &item.what, valid_until: item.valid_until.to_string() }
    }
}

fn ids(ids: &[RequirementId]) -> Vec<&str> {
    ids.iter().map(RequirementId::as_str).collect()
}
