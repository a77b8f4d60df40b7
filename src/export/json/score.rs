//! Scores: never one without its coverage.

use serde_json::{Value, json};

use crate::domain::id::QuestionId;
use crate::domain::report::NOTE;
use crate::domain::scoring::{AreaScore, Figures, Obstacle, Range, Rating, RequirementScore, Scorecard, Views};
use crate::export::json::figure;

/// Returns what the answers say.
#[must_use]
pub fn score(card: &Scorecard) -> Value {
    let Figures { maturity, stage1, stage2, completion } = &card.overall;
    let findings = card.findings.iter().map(|finding| {
        json!({
            "requirement": finding.requirement.as_str(),
            "title": finding.title,
            "grade": finding.grade.word(),
            "because": finding.because,
            "questions": finding.questions.iter().map(QuestionId::as_str).collect::<Vec<_>>(),
        })
    });
    let stale = card.stale.iter().map(|stale| {
        json!({
            "question": stale.question.as_str(),
            "evidence": stale.what,
            "valid_until": stale.valid_until.to_string(),
        })
    });
    json!({
        "on": card.on.to_string(),
        "note": NOTE,
        "completion": figure(completion.share()),
        "answered": completion.answered,
        "asked": completion.asked,
        "maturity": views(maturity),
        "readiness": { "stage1": range(&stage1.claimed), "stage2": range(&stage2.claimed) },
        "readiness_evidenced": { "stage1": range(&stage1.evidenced), "stage2": range(&stage2.evidenced) },
        "verdict": { "claimed": card.verdict.claimed.word(), "evidenced": card.verdict.evidenced.word() },
        "findings": findings.collect::<Vec<_>>(),
        "obstacles": {
            "claimed": obstacles(&card.obstacles.claimed),
            "evidenced": obstacles(&card.obstacles.evidenced),
        },
        "areas": card.areas.iter().map(area).collect::<Vec<_>>(),
        "stale": stale.collect::<Vec<_>>(),
    })
}

fn area(score: &AreaScore) -> Value {
    json!({
        "id": score.id.as_str(),
        "title": score.title,
        "completion": figure(score.figures.completion.share()),
        "maturity": views(&score.figures.maturity),
        "readiness": {
            "stage1": range(&score.figures.stage1.claimed),
            "stage2": range(&score.figures.stage2.claimed),
        },
        "requirements": score.requirements.iter().map(requirement).collect::<Vec<_>>(),
    })
}

fn requirement(score: &RequirementScore) -> Value {
    json!({
        "id": score.id.as_str(),
        "title": score.title,
        "excluded": score.excluded,
        "completion": figure(score.figures.completion.share()),
        "maturity": views(&score.figures.maturity),
        "rating": { "claimed": letter(score.rating.claimed), "evidenced": letter(score.rating.evidenced) },
    })
}

fn letter(rating: Option<Rating>) -> Option<String> {
    rating.map(|rating| rating.letter().to_string())
}

fn views(views: &Views<Range>) -> Value {
    json!({ "claimed": range(&views.claimed), "evidenced": range(&views.evidenced) })
}

fn range(range: &Range) -> Value {
    json!({
        "low": figure(range.low),
        "middle": range.middle.map(figure),
        "high": figure(range.high),
        "coverage": figure(range.coverage()),
    })
}

fn obstacles(obstacles: &[Obstacle]) -> Vec<Value> {
    let told = obstacles.iter().map(|obstacle| match obstacle {
        Obstacle::Undocumented(id) => json!({ "kind": "undocumented", "question": id.as_str() }),
        Obstacle::Showstopper(id) => json!({ "kind": "showstopper", "question": id.as_str() }),
        Obstacle::Open(id) => json!({ "kind": "open", "question": id.as_str() }),
        Obstacle::Major(id) => json!({ "kind": "major", "requirement": id.as_str() }),
    });
    told.collect()
}
