//! Why an action stands where it stands, and what it gains, as a person reads it.

use crate::domain::actions::{Action, POINTS_PER_MONTH, Reason};
use crate::domain::report::words;

/// What is told of an action: a word each, with what there is to say about it.
pub type Told = Vec<(String, String)>;

impl Action {
    /// Returns what closing the gap gains: each figure that rises, and by how much.
    #[must_use]
    pub fn gains_told(&self) -> Told {
        let gain = &self.gain;
        let points = |word: &str, points: f64, as_what: &str| {
            (word.to_owned(), format!("{points:+.1} percentage points of readiness, {as_what}"))
        };
        let mut told = vec![
            points("Stage 1", gain.stage1, "as claimed"),
            points("Stage 2", gain.stage2, "as claimed"),
            points("Evidence", gain.evidenced, "for Stage 2 by the evidence, once records show it"),
        ];
        if let Some(months) = gain.months {
            told.push(("Months".to_owned(), format!("the certificate comes about {months:.2} months sooner")));
        }
        told
    }

    /// Returns why it stands where it does: why it is pressing, what it takes, what it waits for, and how it is ranked.
    #[must_use]
    pub fn rank_told(&self) -> Told {
        let why = if self.urgency == self.reason {
            self.reason.title().to_owned()
        } else {
            format!("{}; what builds on it is more pressing: {}", self.reason.title(), self.urgency.title())
        };
        let takes = match (self.reason, self.effort) {
            (Reason::Unsupported, _) => "an hour: the work is done, and its evidence is to be noted".to_owned(),
            (_, None) if self.is_to_hold => "a step of its own, with its own days: the timeline has it".to_owned(),
            (_, None) => "not known: the questionnaire has no road map".to_owned(),
            (_, Some(days)) if self.is_to_plan => format!(
                "{} person-days to plan it: its share of “{}”, an hour at least; to hold it is work of its own",
                words::days(days),
                self.package
            ),
            (_, Some(days)) => {
                format!(
                    "{} person-days to level 3: its share of “{}”, an hour at least",
                    words::days(days),
                    self.package
                )
            }
        };
        let begin = match self.builds_on.as_slice() {
            [] => "now: nothing has to come before".to_owned(),
            before => format!("in step {}, after {}", self.step, before.join(", ")),
        };
        let sum = format!(
            "The more pressing comes first; of equals, what gains most for a person-day. This one: {:.1} a day, of {:.1} \
             in all: the percentage points above together, and {POINTS_PER_MONTH:.0} for each month.",
            self.value,
            self.gain.points()
        );
        vec![
            ("Why".to_owned(), why),
            ("Takes".to_owned(), takes),
            ("Begin".to_owned(), begin),
            ("Ranked".to_owned(), sum),
        ]
    }
}
