//! An explanation in words, the same on the command line and on screens.

use crate::domain::explain::{Explanation, Figure, Subject, Sum, Term};
use crate::domain::level::Level;
use crate::domain::report::words;

/// Rows of a narrow page: what it is about, and the text.
type Rows = Vec<(String, String)>;

impl Explanation {
    /// Returns how the figures came about: the figures, then the terms.
    #[must_use]
    pub fn told(&self) -> (Rows, Rows) {
        let mut figures: Rows =
            self.figures.iter().map(|sum| (sum.figure.title().to_owned(), sum.told().join(" "))).collect();
        figures.extend(self.findings.iter().map(|f| (f.grade.title().to_owned(), f.because.clone())));
        if self.terms.is_empty() {
            figures.push((String::new(), "No question counts here, so there is no figure.".to_owned()));
        }
        let mut terms: Rows = self.terms.iter().map(|term| (term.question.to_string(), term.told())).collect();
        terms.extend(
            self.left_out.iter().map(|left| (left.question.to_string(), format!("left out: {}", left.because))),
        );
        (figures, terms)
    }
}

impl Sum {
    /// Returns how the figure came about: the rule, then the quotient as claimed and by the evidence.
    #[must_use]
    pub fn told(&self) -> Vec<String> {
        let rule = match self.figure {
            Figure::Maturity => "Sum of weight x level, over the sum of the weights.",
            Figure::Stage1 => {
                "Sum of weight x min(level, 2) / 2 of what counts for Stage 1, over the sum of these weights."
            }
            Figure::Stage2 => "Sum of weight x min(level, 3) / 3, over the sum of the weights.",
        };
        let mut lines = vec![rule.to_owned()];
        for (view, sums, range) in [
            ("Claimed", &self.sums.claimed, &self.ranges.claimed),
            ("Evidenced", &self.sums.evidenced, &self.ranges.evidenced),
        ] {
            let weight = digits(self.weight);
            let middle = sums.middle.map_or_else(|| "none".to_owned(), |sum| format!("{} / {weight}", digits(sum)));
            let bounds = if (sums.low - sums.high).abs() < f64::EPSILON {
                String::new()
            } else {
                format!(" (open at 0: {} / {weight}, open at 5: {} / {weight})", digits(sums.low), digits(sums.high))
            };
            let told = match self.figure {
                Figure::Maturity => words::maturity(range),
                Figure::Stage1 | Figure::Stage2 => words::share(range),
            };
            lines.push(format!("{view}: {middle}{bounds} = {told}."));
        }
        lines
    }
}

impl Term {
    /// Returns what the question adds, in a line.
    #[must_use]
    pub fn told(&self) -> String {
        let [claimed, evidenced] = self.levels();
        let stage1 = if self.documented { ", counts for Stage 1" } else { "" };
        let from = self.assumed_from().map(|from| format!("; {from}")).unwrap_or_default();
        format!("weight {}, claimed {claimed}, evidenced {evidenced}{stage1}{from}", self.weight())
    }

    /// Returns the claimed and the evidenced level in words, for an open question what it is assumed at.
    #[must_use]
    pub fn levels(&self) -> [String; 2] {
        let told = |level: Option<Level>, assumed: Option<f64>| match (level, assumed) {
            (Some(level), _) => level.number().to_string(),
            (None, Some(assumed)) => format!("open, {assumed:.2} assumed"),
            (None, None) => "open".to_owned(),
        };
        let levels = self.assumed.map(|assumed| assumed.levels);
        [told(self.claimed, levels.map(|l| l.claimed)), told(self.evidenced, levels.map(|l| l.evidenced))]
    }

    /// Returns whose mean an open question is assumed at, in words.
    #[must_use]
    pub fn assumed_from(&self) -> Option<&'static str> {
        self.assumed.map(|assumed| match assumed.from {
            Subject::Requirement => "assumed at the mean of its requirement",
            Subject::Area => "assumed at the mean of its area",
            Subject::Overall | Subject::Question => "assumed at the mean of the whole",
        })
    }
}

fn digits(value: f64) -> String {
    format!("{value:.3}")
}
