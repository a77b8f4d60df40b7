//! A figure with what isn't known yet: from what it is at least to what it can still become.

use crate::domain::flow::Progress;

/// A figure that open questions leave a width.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Range {
    /// The figure if every open question turned out at level 0.
    pub low: f64,
    /// The figure if every open question turned out like what is answered around it; none where nothing is answered.
    pub middle: Option<f64>,
    /// The figure if every open question turned out at level 5.
    pub high: f64,
    /// How many of the questions behind the figure are answered.
    pub answered: Progress,
}

/// A weighted mean that is being summed up, in its three variants.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mean {
    weight: f64,
    low: f64,
    middle: Option<f64>,
    high: f64,
    progress: Progress,
}

/// What one question adds to a mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    /// The weight.
    pub weight: f64,
    /// The figure, where the question is answered.
    pub known: Option<f64>,
    /// What an open question is assumed at, where anything around it is answered.
    pub assumed: Option<f64>,
    /// The greatest figure that an open question can still turn out at.
    pub most: f64,
}

impl Range {
    /// Returns the share of the questions behind the figure that is answered, 0 to 1.
    #[must_use]
    pub fn coverage(&self) -> f64 {
        self.answered.share()
    }

    /// Returns the middle where an answer of its own stands behind it: what nobody answered is no figure, even where the
    /// answers around it would give one.
    #[must_use]
    pub fn known(&self) -> Option<f64> {
        self.middle.filter(|_| self.answered.answered > 0)
    }

    /// Returns whether any question counts towards the figure.
    #[must_use]
    pub fn applies(&self) -> bool {
        self.answered.asked > 0
    }
}

impl Mean {
    pub(super) fn add(&mut self, term: Term) {
        let Term { weight, known, assumed, most } = term;
        let middle = known.or(assumed);
        let so_far = if self.weight > 0.0 { self.middle } else { Some(0.0) };
        self.middle = so_far.zip(middle).map(|(sum, middle)| sum + weight * middle);
        self.low += weight * known.unwrap_or(0.0);
        self.high += weight * known.unwrap_or(most);
        self.weight += weight;
        self.progress.asked += 1;
        self.progress.answered += usize::from(known.is_some());
    }

    pub(super) fn range(&self) -> Range {
        if self.weight == 0.0 {
            return Range { answered: self.progress, ..Range::default() };
        }
        let low = self.low / self.weight;
        let high = (self.high / self.weight).max(low);
        // Rounding in the last bit must not push the middle out of its bounds.
        let middle = self.middle.map(|sum| (sum / self.weight).clamp(low, high));
        Range { low, middle, high, answered: self.progress }
    }
}
