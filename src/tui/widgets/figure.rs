//! Figures in words, the same on every screen: a score never without how much of it is answered.

use crate::domain::report::words;
use crate::domain::scoring::Range;

/// Returns the middle of a range where it rests on an answer. What is only assumed, like its surroundings, is no figure
/// to show.
#[must_use]
pub fn known(range: &Range) -> Option<f64> {
    range.middle.filter(|_| range.answered.answered > 0)
}

/// Returns a share as `58 %`, or `–` where nothing is answered yet.
#[must_use]
pub fn percent(range: &Range) -> String {
    match known(range) {
        Some(middle) => words::percent(middle),
        None => "–".to_owned(),
    }
}

/// Returns the bounds of a share as `41 to 77 %`; nothing where they are equal.
#[must_use]
pub fn percent_bounds(range: &Range) -> String {
    if range.high - range.low < 0.005 {
        return String::new();
    }
    format!("{} to {}", words::percent(range.low).trim_end_matches(" %"), words::percent(range.high))
}

/// Returns a maturity as `2.1`, or `–` where nothing is answered yet.
#[must_use]
pub fn points(range: &Range) -> String {
    match known(range) {
        Some(middle) => words::points(middle),
        None => "–".to_owned(),
    }
}

/// Returns the bounds of a maturity as `1.4 to 3.2`; nothing where they are equal.
#[must_use]
pub fn point_bounds(range: &Range) -> String {
    if range.high - range.low < 0.05 {
        return String::new();
    }
    format!("{} to {}", words::points(range.low), words::points(range.high))
}

/// Returns how much of a figure is answered, as `27/38`.
#[must_use]
pub fn short_coverage(range: &Range) -> String {
    format!("{}/{}", range.answered.answered, range.answered.asked)
}

/// Returns how much of a figure is answered, as `27 of 38 answered`.
#[must_use]
pub fn coverage(range: &Range) -> String {
    format!("{} of {} answered", range.answered.answered, range.answered.asked)
}
