//! Figures in JSON: rounded, and never without what they rest on.

use serde::Serialize;
use serde_json::{Value, json};

use crate::domain::scoring::{Figures, Range, Views};

/// A figure with its range and its coverage.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Told {
    low: f64,
    middle: Option<f64>,
    high: f64,
    coverage: f64,
    answered: usize,
    asked: usize,
}

/// Both views of a figure.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Both {
    claimed: Told,
    evidenced: Told,
}

/// The readiness for both stages, in one view.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Stages {
    stage1: Told,
    stage2: Told,
}

impl From<&Range> for Told {
    fn from(range: &Range) -> Self {
        Self {
            low: rounded(range.low),
            middle: range.middle.map(rounded),
            high: rounded(range.high),
            coverage: rounded(range.coverage()),
            answered: range.answered.answered,
            asked: range.answered.asked,
        }
    }
}

impl From<&Views<Range>> for Both {
    fn from(views: &Views<Range>) -> Self {
        Self { claimed: (&views.claimed).into(), evidenced: (&views.evidenced).into() }
    }
}

impl Stages {
    /// Returns the readiness in one view.
    pub fn of(figures: &Figures, view: impl Fn(&Views<Range>) -> Range) -> Self {
        Self { stage1: (&view(&figures.stage1)).into(), stage2: (&view(&figures.stage2)).into() }
    }
}

/// Returns a computed figure with six decimals at most.
pub(super) fn rounded(figure: f64) -> f64 {
    // Adding zero turns a negative zero into a plain one.
    (figure * 1e6).round() / 1e6 + 0.0
}

/// Returns a computed figure with six decimals at most; null where it is no number.
pub(super) fn number(figure: f64) -> Value {
    json!(rounded(figure))
}

/// Returns a figure with its range and its coverage. The middle is null where nothing is answered.
#[must_use]
pub fn range(range: &Range) -> Value {
    json!(Told::from(range))
}

/// Returns both views of a figure.
pub(super) fn views(views: &Views<Range>) -> Value {
    json!(Both::from(views))
}

/// Returns the readiness for both stages in one view.
pub(super) fn readiness(figures: &Figures, view: impl Fn(&Views<Range>) -> Range) -> Value {
    json!(Stages::of(figures, view))
}
