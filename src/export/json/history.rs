//! How the assessment stood at its snapshots, and what changed since, in JSON.

use serde_json::{Value, json};

use crate::domain::assessment::Answer;
use crate::domain::report::{Changes, Earlier};
use crate::export::json::figures;

/// Returns the figures of a snapshot: `label`, `on`, `completion`, `readiness`, `readiness_evidenced`, `maturity`,
/// `verdict`.
pub(super) fn earlier(earlier: &Earlier) -> Value {
    let (card, overall) = (&earlier.scorecard, &earlier.scorecard.overall);
    json!({
        "label": earlier.label,
        "on": earlier.on.to_string(),
        "completion": figures::number(card.completion.share()),
        "maturity": figures::views(&overall.maturity),
        "readiness": figures::readiness(overall, |views| views.claimed),
        "readiness_evidenced": figures::readiness(overall, |views| views.evidenced),
        "verdict": { "claimed": card.verdict.claimed.word(), "evidenced": card.verdict.evidenced.word() },
    })
}

/// Returns what changed since a snapshot: its label (`since`) and day (`on`), the `answers` with their levels (`na` where
/// a question doesn't apply, null where it is open), and `others` as sentences.
pub(super) fn changes(changes: &Changes) -> Value {
    let level = |answer: Option<&Answer>| match answer {
        None => Value::Null,
        Some(Answer::Level(level)) => json!(level.number()),
        Some(Answer::NotApplicable { .. }) => json!("na"),
    };
    let answers = changes.answers.iter().map(|change| {
        json!({
            "question": change.question.as_str(),
            "from": level(change.old.as_ref()),
            "to": level(change.new.as_ref()),
        })
    });
    json!({
        "since": changes.since,
        "on": changes.on.to_string(),
        "answers": answers.collect::<Vec<_>>(),
        "others": changes.others,
    })
}
