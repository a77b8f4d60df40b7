//! Forecasts: months of 30.44 days from the start, and the days that they come to.

use serde_json::{Map, Value, json};

use crate::domain::id::QuestionId;
use crate::domain::report::NOTE;
use crate::domain::roadmap::Milestone;
use crate::domain::timeline::{Forecast, PackageForecast, Percentiles, TYPICAL_MONTHS, day_after};
use crate::export::json::figure;

/// Returns how long the way to a certificate is.
#[must_use]
pub fn timeline(forecast: &Forecast) -> Value {
    let mut milestones = Map::new();
    for milestone in &forecast.milestones {
        let mut months = percentiles(&milestone.months);
        let dates = each(&milestone.months)
            .map(|(key, value)| (key.to_owned(), json!(day_after(forecast.start, value).to_string())));
        months.insert("dates".to_owned(), Value::Object(dates.into_iter().collect()));
        milestones.insert(milestone.milestone.word().to_owned(), Value::Object(months));
    }
    let sensitivities = forecast.sensitivities.iter().map(|one| {
        json!({
            "title": one.title,
            "correlation": figure(one.correlation),
            "best": figure(one.best),
            "worst": figure(one.worst),
        })
    });
    let inputs = forecast.inputs.iter().map(|(what, value)| json!({ "what": what, "value": value }));
    json!({
        "seed": forecast.seed.0,
        "trials": forecast.trials,
        "start": forecast.start.to_string(),
        "milestones": milestones,
        "binding": { "path": figure(forecast.binding.path), "people": figure(forecast.binding.people) },
        "packages": forecast.packages.iter().map(package).collect::<Vec<_>>(),
        "histogram": {
            "from": figure(forecast.histogram.from),
            "width": figure(forecast.histogram.width),
            "counts": forecast.histogram.counts,
        },
        "sensitivities": sensitivities.collect::<Vec<_>>(),
        "target": forecast.target.map(|target| {
            json!({ "date": target.date.to_string(), "probability": figure(target.probability) })
        }),
        "effort": percentiles(&forecast.effort),
        "typical": { "from": TYPICAL_MONTHS.0, "to": TYPICAL_MONTHS.1 },
        "explanation": forecast.explanation,
        "inputs": inputs.collect::<Vec<_>>(),
        "note": NOTE,
    })
}

fn package(package: &PackageForecast) -> Value {
    json!({
        "id": package.id.as_str(),
        "title": package.title,
        "phase": package.phase.word(),
        "step": package.is_step,
        "start": figure(package.months.0),
        "finish": figure(package.months.1),
        "effort": figure(package.effort),
        "criticality": figure(package.criticality),
        "questions": package.questions.iter().map(QuestionId::as_str).collect::<Vec<_>>(),
        "milestone": package.milestone.map(Milestone::word),
    })
}

fn percentiles(percentiles: &Percentiles) -> Map<String, Value> {
    each(percentiles).into_iter().map(|(key, value)| (key.to_owned(), figure(value))).collect()
}

fn each(percentiles: &Percentiles) -> [(&'static str, f64); 4] {
    let Percentiles { p10, p50, p80, p90 } = *percentiles;
    [("p10", p10), ("p50", p50), ("p80", p80), ("p90", p90)]
}
