//! Figures in JSON: rounded, and never without what they rest on.

use serde_json::{Value, json};

use crate::domain::scoring::{Figures, Range, Views};

/// Returns a computed figure with six decimals at most; null where it is no number.
pub(super) fn number(figure: f64) -> Value {
    // Adding zero turns a negative zero into a plain one.
    json!((figure * 1e6).round() / 1e6 + 0.0)
}

/// Returns a figure with its range and its coverage. The middle is null where nothing is answered.
#[must_use]
pub fn range(range: &Range) -> Value {
    json!({
        "low": number(range.low),
        "middle": range.middle.map(number),
        "high": number(range.high),
        "coverage": number(range.coverage()),
        "answered": range.answered.answered,
        "asked": range.answered.asked,
    })
}

/// Returns both views of a figure.
pub(super) fn views(views: &Views<Range>) -> Value {
    json!({ "claimed": range(&views.claimed), "evidenced": range(&views.evidenced) })
}

/// Returns the readiness for both stages in one view.
pub(super) fn readiness(figures: &Figures, view: impl Fn(&Views<Range>) -> Range) -> Value {
    json!({ "stage1": range(&view(&figures.stage1)), "stage2": range(&view(&figures.stage2)) })
}
