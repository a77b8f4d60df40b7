//! How a figure came about, in JSON: a contract with scripts outside the project.

use serde_json::{Map, Value, json};

use crate::domain::assessment::Evidence;
use crate::domain::explain::{Assumed, Explanation, LeftOut, Sum, Sums, Term, Validity};
use crate::domain::level::Level;
use crate::domain::report::SELF_ASSESSMENT;
use crate::domain::scoring::{Finding, Views};
use crate::domain::timeline::Forecast;
use crate::export::json::figures::{number, range};
use crate::export::json::{score, soa};

/// Returns an explanation as JSON.
///
/// At least: `id`, `of`, `claimed`, `evidenced`, `figures`, `terms`, `left_out`, `findings`. For a question, `claimed`
/// and `evidenced` are its levels, null where it is open; for everything else they are the maturity with its range.
#[must_use]
pub fn explanation(explanation: &Explanation) -> Value {
    let maturity = explanation.figures.first();
    let single = match explanation.terms.as_slice() {
        [term] if explanation.of == crate::domain::explain::Subject::Question => Some(term),
        _ => None,
    };
    let view = |level: Option<Level>, whole: Option<Value>| match single {
        Some(_) => json!(level.map(Level::number)),
        None => whole.unwrap_or(Value::Null),
    };
    json!({
        "note": SELF_ASSESSMENT,
        "id": explanation.id,
        "of": explanation.of.word(),
        "title": explanation.title,
        "claimed": view(single.and_then(|t| t.claimed), maturity.map(|sum| range(&sum.ranges.claimed))),
        "evidenced": view(single.and_then(|t| t.evidenced), maturity.map(|sum| range(&sum.ranges.evidenced))),
        "figures": explanation.figures.iter().map(figure).collect::<Vec<_>>(),
        "terms": explanation.terms.iter().map(term).collect::<Vec<_>>(),
        "left_out": explanation.left_out.iter().map(left_out).collect::<Vec<_>>(),
        "findings": explanation.findings.iter().map(finding).collect::<Vec<_>>(),
    })
}

/// Returns what a timeline rests on.
#[must_use]
pub fn timeline(forecast: &Forecast) -> Value {
    json!({
        "note": SELF_ASSESSMENT,
        "id": "timeline",
        "of": "timeline",
        "explanation": forecast.explanation,
        "seed": forecast.seed.0,
        "trials": forecast.trials,
        "terms": forecast.inputs.iter().map(|(what, value)| json!({ "what": what, "value": value })).collect::<Vec<_>>(),
    })
}

fn figure(sum: &Sum) -> Value {
    let told =
        |sums: &Sums| json!({ "low": number(sums.low), "middle": sums.middle.map(number), "high": number(sums.high) });
    json!({
        "figure": sum.figure.word(),
        "weight": number(sum.weight),
        "sums": { "claimed": told(&sum.sums.claimed), "evidenced": told(&sum.sums.evidenced) },
        "claimed": range(&sum.ranges.claimed),
        "evidenced": range(&sum.ranges.evidenced),
    })
}

fn term(term: &Term) -> Value {
    let (question, requirement) = term.weights;
    let mut value = Map::new();
    value.insert("question".to_owned(), json!(term.question.as_str()));
    value.insert("ask".to_owned(), json!(term.ask));
    value.insert("weight".to_owned(), number(term.weight()));
    value.insert("question_weight".to_owned(), number(question));
    value.insert("requirement_weight".to_owned(), number(requirement));
    value.insert("claimed".to_owned(), json!(term.claimed.map(Level::number)));
    value.insert("evidenced".to_owned(), json!(term.evidenced.map(Level::number)));
    value.insert("assumed".to_owned(), term.assumed.as_ref().map_or(Value::Null, assumed));
    value.insert("documented".to_owned(), json!(term.documented));
    value.insert("showstopper".to_owned(), json!(term.showstopper));
    value.insert("evidence".to_owned(), term.evidence.iter().map(evidence).collect());
    Value::Object(value)
}

fn assumed(assumed: &Assumed) -> Value {
    let Views { claimed, evidenced } = assumed.levels;
    json!({ "claimed": number(claimed), "evidenced": number(evidenced), "mean_of": assumed.from.word() })
}

fn evidence((item, validity): &(Evidence, Validity)) -> Value {
    let mut value = soa::evidence(item);
    if let Some(fields) = value.as_object_mut() {
        let carries = match validity {
            Validity::Valid => item.kind.carries().number(),
            Validity::Stale => 0,
        };
        fields.insert("carries".to_owned(), json!(carries));
    }
    value
}

fn left_out(left_out: &LeftOut) -> Value {
    json!({ "question": left_out.question.as_str(), "because": left_out.because })
}

fn finding(finding: &Finding) -> Value {
    score::finding(finding)
}
