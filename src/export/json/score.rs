//! The score in JSON: a contract with scripts outside the project.

use serde_json::{Map, Value, json};

use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::report::{Hurdle, SELF_ASSESSMENT, hurdles};
use crate::domain::scoring::{
    AreaScore, Basis, Figures, Finding, Obstacle, Rating, RequirementScore, Scorecard, Struck, SystemicFailure, Views,
};
use crate::export::json::figures;

/// Returns a scorecard as JSON.
///
/// At least: `completion` (0 to 1), `maturity`, `readiness` (as claimed), `readiness_evidenced`, `verdict`, `findings`,
/// `systemic`, `areas`, `obstacles`, `checks`, `stale`, `on` and `note`. Each figure is `{low, middle, high, coverage, answered, asked}`.
#[must_use]
pub fn score(scorecard: &Scorecard, questionnaire: &Questionnaire, checks: &[Struck]) -> Value {
    let obstacles = &scorecard.obstacles;
    let hurdles = Views {
        claimed: hurdles(questionnaire, &obstacles.claimed),
        evidenced: hurdles(questionnaire, &obstacles.evidenced),
    };
    score_with(scorecard, &hurdles, checks)
}

/// Returns a scorecard as JSON, with its obstacles in words.
pub(super) fn score_with(scorecard: &Scorecard, hurdles: &Views<Vec<Hurdle>>, checks: &[Struck]) -> Value {
    let mut value = Map::new();
    value.insert("on".to_owned(), json!(scorecard.on.to_string()));
    value.insert("note".to_owned(), json!(SELF_ASSESSMENT));
    value.extend(figures(&scorecard.overall));
    let verdict = scorecard.verdict;
    value.insert(
        "verdict".to_owned(),
        json!({ "claimed": verdict.claimed.word(), "evidenced": verdict.evidenced.word() }),
    );
    let told = |hurdles: &[Hurdle]| -> Value { hurdles.iter().map(obstacle).collect() };
    value.insert(
        "obstacles".to_owned(),
        json!({ "claimed": told(&hurdles.claimed), "evidenced": told(&hurdles.evidenced) }),
    );
    value.insert("findings".to_owned(), scorecard.findings.iter().map(finding).collect());
    value.insert("systemic".to_owned(), scorecard.systemic.iter().map(systemic).collect());
    value.insert("areas".to_owned(), scorecard.areas.iter().map(area).collect());
    value.insert("checks".to_owned(), checks.iter().map(check).collect());
    value.insert("stale".to_owned(), stale(scorecard));
    Value::Object(value)
}

/// Returns the figures of a requirement, an area, or the whole.
fn figures(figures: &Figures) -> Map<String, Value> {
    let mut value = Map::new();
    value.insert("completion".to_owned(), figures::number(figures.completion.share()));
    value.insert("answered".to_owned(), json!(figures.completion.answered));
    value.insert("asked".to_owned(), json!(figures.completion.asked));
    value.insert("maturity".to_owned(), figures::views(&figures.maturity));
    value.insert("readiness".to_owned(), figures::readiness(figures, |views| views.claimed));
    value.insert("readiness_evidenced".to_owned(), figures::readiness(figures, |views| views.evidenced));
    value
}

fn obstacle(hurdle: &Hurdle) -> Value {
    let obstacle = &hurdle.obstacle;
    let mut value = Map::new();
    value.insert("kind".to_owned(), json!(obstacle.word()));
    if let Some(question) = obstacle.question() {
        value.insert("question".to_owned(), json!(question.as_str()));
    }
    if let Some(requirement) = obstacle.requirement() {
        value.insert("requirement".to_owned(), json!(requirement.as_str()));
    }
    if let Obstacle::Systemic { area, requirements } = obstacle {
        value.insert("area".to_owned(), json!(area.as_str()));
        value.insert("requirements".to_owned(), ids(requirements));
    }
    value.insert("text".to_owned(), json!(hurdle.text));
    Value::Object(value)
}

fn systemic(failure: &SystemicFailure) -> Value {
    json!({
        "area": failure.area.as_str(),
        "title": failure.title,
        "requirements": ids(&failure.requirements),
        "by_themselves": ids(&failure.by_themselves),
        "of": failure.of,
    })
}

fn ids(ids: &[RequirementId]) -> Value {
    ids.iter().map(RequirementId::as_str).collect()
}

/// Returns a finding.
pub(super) fn finding(finding: &Finding) -> Value {
    json!({
        "requirement": finding.requirement.as_str(),
        "title": finding.title,
        "grade": finding.grade.word(),
        "systemic": finding.basis == Basis::Systemic,
        "because": finding.because,
        "questions": finding.questions.iter().map(QuestionId::as_str).collect::<Vec<_>>(),
    })
}

fn area(area: &AreaScore) -> Value {
    let mut value = Map::new();
    value.insert("id".to_owned(), json!(area.id.as_str()));
    value.insert("title".to_owned(), json!(area.title));
    value.extend(figures(&area.figures));
    value.insert("requirements".to_owned(), area.requirements.iter().map(requirement).collect());
    Value::Object(value)
}

fn requirement(score: &RequirementScore) -> Value {
    let letter = |rating: Option<Rating>| rating.map(|rating| rating.letter().to_string());
    let mut value = Map::new();
    value.insert("id".to_owned(), json!(score.id.as_str()));
    value.insert("title".to_owned(), json!(score.title));
    value.insert("excluded".to_owned(), json!(score.excluded));
    value.insert(
        "rating".to_owned(),
        json!({ "claimed": letter(score.rating.claimed), "evidenced": letter(score.rating.evidenced) }),
    );
    value.extend(figures(&score.figures));
    Value::Object(value)
}

fn check(struck: &Struck) -> Value {
    json!({
        "check": struck.rule.word(),
        "says": struck.says,
        "ask": struck.ask,
        "questions": struck.questions.iter().map(QuestionId::as_str).collect::<Vec<_>>(),
        "controls": ids(&struck.controls),
    })
}

fn stale(scorecard: &Scorecard) -> Value {
    scorecard
        .stale
        .iter()
        .map(|item| {
            json!({
                "question": item.question.as_str(),
                "what": item.what,
                "valid_until": item.valid_until.to_string(),
            })
        })
        .collect()
}
