//! Past states: how their places are called, what they hold, and how readiness went from one to the next.

use chrono::{NaiveDate, NaiveTime};

use crate::domain::assessment::Assessment;
use crate::domain::history::{Deed, History, Step};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::scoring::{Range, Scorecard, score};
use crate::domain::text::visible;

/// A past state of an assessment.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    /// How its place in the history is called: the label of a snapshot with its moment, or the moment alone.
    pub title: String,
    /// The day on which it came about. Its score is that of this day: evidence that has expired since counts.
    pub day: NaiveDate,
    /// The state.
    pub state: Assessment,
}

/// How ready an organisation was at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Waypoint {
    /// How the moment is called.
    pub title: String,
    /// Its day.
    pub day: NaiveDate,
    /// Stage 1 readiness, as claimed.
    pub stage1: Range,
    /// Stage 2 readiness, as claimed.
    pub stage2: Range,
}

impl History {
    /// Returns the state after the first `count` steps, with how it is called; none where the history doesn't reach back
    /// so far, or there are no such steps.
    #[must_use]
    pub fn past(&self, count: usize) -> Option<Past> {
        let step = self.steps.get(count.checked_sub(1)?)?;
        Some(Past { title: title(step), day: step.at.date_naive(), state: self.state(count)? })
    }

    /// Returns how many steps there are up to the last snapshot; where there is none, up to the making. What has changed
    /// since is what people ask for first.
    #[must_use]
    pub fn usual_start(&self) -> usize {
        let made = self.steps.iter().take_while(|step| matches!(step.deed, Deed::Begin(_) | Deed::Making)).count();
        self.snapshots().next_back().map_or(made.max(1), |(count, _, _)| count)
    }

    /// Returns whether a snapshot has this label, in whatever case.
    #[must_use]
    pub fn has_label(&self, label: &str) -> bool {
        self.snapshots().any(|(_, _, taken)| taken.to_lowercase() == label.to_lowercase())
    }

    /// Returns a label of the day that no snapshot has.
    #[must_use]
    pub fn usual_label(&self, today: NaiveDate) -> String {
        let first = format!("Snapshot of {today}");
        let others = (2..).map(|number: u32| format!("{first} ({number})"));
        std::iter::once(first.clone()).chain(others).find(|label| !self.has_label(label)).unwrap_or(first)
    }

    /// Returns how ready the organisation was at the last `most` snapshots, oldest first. Those that the history doesn't
    /// reach back to are left out.
    #[must_use]
    pub fn waypoints(&self, questionnaire: &Questionnaire, most: usize) -> Vec<Waypoint> {
        let mut counts: Vec<usize> = self.snapshots().rev().take(most).map(|(count, _, _)| count).collect();
        counts.reverse();
        let pasts = counts.into_iter().filter_map(|count| self.past(count));
        pasts.map(|past| Waypoint::new(past.title, past.day, &score(questionnaire, &past.state, past.day))).collect()
    }
}

impl Waypoint {
    /// Returns what a scorecard says of readiness.
    #[must_use]
    pub fn new(title: String, day: NaiveDate, card: &Scorecard) -> Self {
        Self { title, day, stage1: card.overall.stage1.claimed, stage2: card.overall.stage2.claimed }
    }
}

impl Step {
    /// Returns when it was done, for people. The interface knows the day alone of what was done in it: midnight stands for
    /// that.
    #[must_use]
    pub fn told_moment(&self) -> String {
        let is_day = self.at.time() == NaiveTime::MIN;
        self.at.format(if is_day { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M" }).to_string()
    }
}

/// Returns how the place after a step is called.
fn title(step: &Step) -> String {
    let moment = step.told_moment();
    match &step.deed {
        Deed::Snapshot(label) => format!("“{}” ({moment})", visible(label)),
        Deed::Begin(_) | Deed::Making | Deed::Change | Deed::Undo(_) | Deed::Redo(_) => moment,
    }
}
