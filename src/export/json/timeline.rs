//! The timeline in JSON: a contract with scripts outside the project.

use serde_json::{Map, Value, json};

use crate::domain::id::QuestionId;
use crate::domain::report::{Dates, dates, stretch};
use crate::domain::roadmap::Milestone;
use crate::domain::timeline::calendar::{cycle, decision};
use crate::domain::timeline::{
    Bucket, Comparison, Costs, Forecast, MilestoneForecast, PackageForecast, Percentiles, Sensitivity, Supposition,
    TYPICAL_MONTHS,
};
use crate::export::json::figures::number;

const NOTE: &str = "Months are of 30.44 days, from the start. They are estimates from a self-assessment, no promise of \
                    anybody; only an accredited certification body can issue a certificate.";

/// Returns a forecast as JSON.
///
/// At least: `seed`, `trials`, `start`, `milestones` by their words, `binding`, `packages`, `histogram`,
/// `sensitivities`, `target` (null where the profile has none), `effort`, `explanation`, `inputs` and `typical`. Times
/// are months of 30.44 days from the start; `p50` beside a date is that date.
#[must_use]
pub fn timeline(forecast: &Forecast) -> Value {
    let milestones: Map<String, Value> = forecast
        .milestones
        .iter()
        .map(|milestone| (milestone.milestone.word().to_owned(), reached(forecast, milestone)))
        .collect();
    let (from, to) = TYPICAL_MONTHS;
    json!({
        "note": NOTE,
        "seed": forecast.seed.0,
        "trials": forecast.trials,
        "start": forecast.start.to_string(),
        "milestones": milestones,
        "typical": { "from": number(from), "to": number(to) },
        "target": forecast.target.map(|outlook| json!({
            "date": outlook.date.to_string(),
            "probability": number(outlook.probability),
        })),
        "binding": { "path": number(forecast.binding.path), "people": number(forecast.binding.people) },
        "effort": percentiles(forecast.effort),
        "explanation": forecast.explanation,
        "latest_starts": forecast.latest_starts.iter().map(|start| json!({
            "id": start.id.as_str(),
            "months": number(start.months),
            "date": start.day(forecast.start).to_string(),
        })).collect::<Vec<_>>(),
        "packages": forecast.packages.iter().map(|entry| package(forecast, entry)).collect::<Vec<_>>(),
        "sensitivities": forecast.sensitivities.iter().map(sensitivity).collect::<Vec<_>>(),
        "histogram": {
            "from": number(forecast.histogram.from),
            "width": number(forecast.histogram.width),
            "counts": forecast.histogram.counts,
        },
        "inputs": forecast.inputs.iter().map(|(what, value)| json!({ "what": what, "value": value })).collect::<Vec<_>>(),
    })
}

/// Returns what the way costs: `internal`, `external` (null without a consultant), `audit_days` and the `currency`.
#[must_use]
pub fn costs(costs: &Costs) -> Value {
    let range = |(low, high): (f64, f64)| json!({ "from": number(low), "to": number(high) });
    let bucket = |bucket: &Bucket| json!({ "days": range(bucket.days), "amount": bucket.amount.map(range) });
    json!({
        "currency": costs.currency,
        "internal": bucket(&costs.internal),
        "external": costs.external.as_ref().map(bucket),
        "audit_days": {
            "initial": range(costs.audit.initial),
            "surveillance": range(costs.audit.surveillance),
            "recertification": range(costs.audit.recertification),
            "source": costs.audit.source,
        },
        "fees": costs.fees,
    })
}

/// Returns what is due after the certificate, reckoned from its 50 % day.
#[must_use]
pub fn after(forecast: &Forecast) -> Value {
    let audits = cycle(decision(forecast));
    audits.iter().map(|audit| json!({ "what": audit.kind.word(), "due": audit.due.to_string() })).collect()
}

/// Returns what a supposition saves: months as it is (`base`), as supposed (`changed`) and the difference (`saved`).
#[must_use]
pub fn comparison(comparison: &Comparison) -> Value {
    json!({
        "base": percentiles(comparison.base),
        "changed": percentiles(comparison.changed),
        "saved": percentiles(comparison.saved),
        "target": comparison.met.map(|(base, changed)| json!({ "base": number(base), "changed": number(changed) })),
    })
}

/// Returns a supposition with its `title` and what it saves.
pub(super) fn what_if((supposition, compared): &(Supposition, Comparison)) -> Value {
    let mut value = comparison(compared);
    if let Some(object) = value.as_object_mut() {
        object.insert("title".to_owned(), json!(supposition.title));
    }
    value
}

fn percentiles(percentiles: Percentiles) -> Map<String, Value> {
    let Percentiles { p10, p50, p80, p90 } = percentiles;
    [("p10", p10), ("p50", p50), ("p80", p80), ("p90", p90)]
        .into_iter()
        .map(|(name, figure)| (name.to_owned(), number(figure)))
        .collect()
}

fn reached(forecast: &Forecast, milestone: &MilestoneForecast) -> Value {
    let Dates { p10, p50, p80, p90 } = dates(forecast, milestone.months);
    let mut value = percentiles(milestone.months);
    value.insert(
        "dates".to_owned(),
        json!({ "p10": p10.to_string(), "p50": p50.to_string(), "p80": p80.to_string(), "p90": p90.to_string() }),
    );
    Value::Object(value)
}

fn package(forecast: &Forecast, package: &PackageForecast) -> Value {
    let days = stretch(forecast, package);
    let (start, finish) = forecast.months_of(package);
    json!({
        "id": package.id.as_str(),
        "title": package.title,
        "phase": package.phase.word(),
        "step": package.is_step,
        "start": number(start),
        "finish": number(finish),
        "dates": { "start": days.start.to_string(), "finish": days.finish.to_string() },
        "effort": number(package.effort),
        "criticality": number(package.criticality),
        "questions": package.questions.iter().map(QuestionId::as_str).collect::<Vec<_>>(),
        "milestone": package.milestone.map(Milestone::word),
    })
}

fn sensitivity(sensitivity: &Sensitivity) -> Value {
    json!({
        "title": sensitivity.title,
        "correlation": number(sensitivity.correlation),
        "best": number(sensitivity.best),
        "worst": number(sensitivity.worst),
    })
}
