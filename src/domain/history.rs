//! What was done to an assessment, step by step: the log, taking back and making again, and any past state.
//!
//! A [`History`] grows by [`push`](History::push) alone, oldest step first. Which step is taken back next follows from
//! the steps themselves, so that it is the same after a restart, on the command line and in the interface.

mod difference;
mod past;
mod point;
mod sentence;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::domain::assessment::Assessment;
use crate::domain::change::{Change, MOST_NAME, Refusal};
use crate::domain::text::visible;

pub use difference::difference;
#[cfg(test)]
pub use difference::response_difference;
pub use past::{Past, Waypoint};
pub use point::PointError;
pub use sentence::sentence;

/// Everything that was done to an assessment, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    steps: Vec<Step>,
    /// Where the steps are that can be taken back, the next one last.
    done: Vec<usize>,
    /// Where the steps are that can be made again, the next one last.
    undone: Vec<usize>,
}

/// Something that was done at once: it counts, and is taken back, as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// How it is known.
    pub id: StepId,
    /// When, as its author's clock had it. For people: the order of steps is that of the history.
    pub at: DateTime<Utc>,
    /// Who.
    pub who: Arc<str>,
    /// Why, where it was said for the whole.
    pub because: Option<String>,
    /// What was done.
    pub deed: Deed,
    /// What changed by it, in order.
    pub changes: Vec<Made>,
}

/// How a step is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepId {
    /// It is stored under this name for good.
    Stored(Arc<str>),
    /// It was done here, and is not known to be stored yet; the number is that of the ticket.
    Pending(u64),
}

/// What was done.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// The history starts here: with all of this, whatever came before.
    Begin(Box<Assessment>),
    /// Something was changed while the assessment was made. It isn't taken back: there was no assessment before it.
    Making,
    /// Something was changed.
    Change,
    /// A step was taken back.
    Undo(StepId),
    /// A step that had been taken back was made again.
    Redo(StepId),
    /// The state was given a label, to come back to.
    Snapshot(String),
}

/// A change with its own name and reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// How it is known. Every one of these names means the whole step where a step is asked for.
    pub id: StepId,
    /// The change.
    pub change: Change,
    /// Why, where it was said for this change alone.
    pub because: Option<String>,
}

/// Something that is to be recorded as a step.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Changes that count together or not at all, each with its reason where it has one of its own.
    Change(Vec<(Change, Option<String>)>),
    /// A step is taken back.
    Undo(Turn),
    /// A step that was taken back is made again.
    Redo(Turn),
    /// The state gets a label.
    Snapshot(String),
}

/// What taking back, or making again, comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// The step that it is about.
    pub of: StepId,
    /// What changes, in order, from what is there now; empty where the state is there already.
    pub changes: Vec<Change>,
    /// The step's changes as they were made.
    pub made: Vec<Change>,
}

impl History {
    /// Returns the steps, oldest first.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Adds a step after all others.
    pub fn push(&mut self, step: Step) {
        let place = self.steps.len();
        match &step.deed {
            Deed::Begin(_) | Deed::Making | Deed::Snapshot(_) => {}
            Deed::Change => {
                self.done.push(place);
                self.undone.clear();
            }
            Deed::Undo(of) => {
                let found = self.done.iter().rposition(|place| self.is_at(*place, of));
                self.undone.extend(found.map(|index| self.done.remove(index)));
            }
            Deed::Redo(of) => {
                let found = self.undone.iter().rposition(|place| self.is_at(*place, of));
                self.done.extend(found.map(|index| self.undone.remove(index)));
            }
        }
        self.steps.push(step);
    }

    /// Gives a step that was pending the name under which it is stored, and the moment that is kept of it.
    pub fn name(&mut self, ticket: u64, id: &str, at: DateTime<Utc>) {
        let (pending, stored) = (StepId::Pending(ticket), StepId::Stored(id.into()));
        for step in self.steps.iter_mut().rev() {
            if let Deed::Undo(of) | Deed::Redo(of) = &mut step.deed
                && *of == pending
            {
                of.clone_from(&stored);
            }
            if step.id == pending {
                step.changes.iter_mut().for_each(|made| made.id.clone_from(&stored));
                step.id = stored;
                step.at = at;
                return;
            }
        }
    }

    /// Returns what taking the last step back comes to; none where there is nothing to take back.
    #[must_use]
    pub fn undo(&self, now: &Assessment) -> Option<Turn> {
        let step = self.steps.get(*self.done.last()?)?;
        let changes = step.changes.iter().rev().map(|made| made.change.clone().inverse());
        Some(step.turn(changes, now))
    }

    /// Returns what making the step again that was taken back last comes to; none where there is none, or where
    /// something was changed since.
    #[must_use]
    pub fn redo(&self, now: &Assessment) -> Option<Turn> {
        let step = self.steps.get(*self.undone.last()?)?;
        Some(step.turn(step.changes.iter().map(|made| made.change.clone()), now))
    }

    /// Returns the state after the first `count` steps; none where that start isn't in the history.
    #[must_use]
    pub fn state(&self, count: usize) -> Option<Assessment> {
        let steps = self.steps.get(..count)?;
        let begin = steps.iter().rposition(|step| matches!(step.deed, Deed::Begin(_)))?;
        let (first, rest) = steps.get(begin..)?.split_first()?;
        let Deed::Begin(start) = &first.deed else { return None };
        let mut assessment = Assessment::clone(start);
        rest.iter().flat_map(|step| &step.changes).for_each(|made| assessment.apply(&made.change));
        Some(assessment)
    }

    /// Returns how many steps there are up to a place that is named: the label of a snapshot, the name of a change, or a
    /// day. What the name means is tried in this order; of several snapshots with a label the last one is meant.
    ///
    /// # Errors
    ///
    /// Returns why nothing is meant, with what could be.
    pub fn point(&self, name: &str) -> Result<usize, PointError> {
        point::find(&self.steps, name)
    }

    /// Returns the snapshots, oldest first: each with its label and the number of steps up to it.
    pub fn snapshots(&self) -> impl DoubleEndedIterator<Item = (usize, &Step, &str)> {
        self.steps.iter().enumerate().filter_map(|(place, step)| match &step.deed {
            Deed::Snapshot(label) => Some((place.saturating_add(1), step, label.as_str())),
            _ => None,
        })
    }

    fn is_at(&self, place: usize, id: &StepId) -> bool {
        self.steps.get(place).is_some_and(|step| step.is(id))
    }
}

impl Turn {
    /// Returns what the step is about, in words: `the answer to 4.1-1 and 2 more`.
    #[must_use]
    pub fn subject(&self) -> String {
        subject(self.made.iter())
    }
}

impl Act {
    /// Returns what changes by it, each with its reason where it has one of its own.
    #[must_use]
    pub fn changes(&self) -> Vec<(Change, Option<String>)> {
        match self {
            Self::Change(changes) => changes.clone(),
            Self::Undo(turn) | Self::Redo(turn) => turn.changes.iter().map(|change| (change.clone(), None)).collect(),
            Self::Snapshot(_) => vec![],
        }
    }

    /// Returns what it is about, in words.
    #[must_use]
    pub fn subject(&self) -> String {
        match self {
            Self::Change(changes) => subject(changes.iter().map(|(change, _)| change)),
            Self::Undo(turn) | Self::Redo(turn) => turn.subject(),
            Self::Snapshot(label) => format!("the snapshot “{}”", visible(label)),
        }
    }

    /// Returns the step that it is before it is stored.
    #[must_use]
    pub fn pending(&self, ticket: u64, at: DateTime<Utc>) -> Step {
        let id = StepId::Pending(ticket);
        let deed = match self {
            Self::Change(_) => Deed::Change,
            Self::Undo(turn) => Deed::Undo(turn.of.clone()),
            Self::Redo(turn) => Deed::Redo(turn.of.clone()),
            Self::Snapshot(label) => Deed::Snapshot(label.clone()),
        };
        let made = |(change, because)| Made { id: id.clone(), change, because };
        let changes = self.changes().into_iter().map(made).collect();
        Step { id, at, who: "".into(), because: None, deed, changes }
    }
}

impl Step {
    /// Returns whether the step, or a change of it, is known by this.
    #[must_use]
    pub fn is(&self, id: &StepId) -> bool {
        self.id == *id || self.changes.iter().any(|made| made.id == *id)
    }

    /// Returns what was done, in a sentence without its end.
    #[must_use]
    pub fn told(&self) -> String {
        match (&self.deed, self.changes.as_slice()) {
            (Deed::Begin(_), _) if self.because.as_deref() == Some(MADE) => "The assessment is made".to_owned(),
            (Deed::Begin(_), _) => "The whole state is written anew".to_owned(),
            (Deed::Snapshot(label), _) => format!("Snapshot “{}”", visible(label)),
            (Deed::Undo(_), []) => "A step is taken back; it had no effect any more".to_owned(),
            (Deed::Redo(_), []) => "A step is made again; it was in effect already".to_owned(),
            (Deed::Undo(_), [made]) => format!("Taken back: {}", sentence(&made.change)),
            (Deed::Redo(_), [made]) => format!("Made again: {}", sentence(&made.change)),
            (Deed::Undo(_), many) => format!("Taken back: {} changes", many.len()),
            (Deed::Redo(_), many) => format!("Made again: {} changes", many.len()),
            (Deed::Change | Deed::Making, [made]) => sentence(&made.change),
            (Deed::Change | Deed::Making, many) => format!("{} changes at once", many.len()),
        }
    }

    fn turn(&self, changes: impl Iterator<Item = Change>, now: &Assessment) -> Turn {
        let mut reached = now.clone();
        let mut turned = vec![];
        for change in changes {
            let change = change.from_now(&reached);
            if !change.is_idle(&reached) {
                reached.apply(&change);
                turned.push(change);
            }
        }
        let made = self.changes.iter().map(|made| made.change.clone()).collect();
        Turn { of: self.id.clone(), changes: turned, made }
    }
}

/// Returns what changes are about: the first, and how many more there are.
fn subject<'a>(mut changes: impl ExactSizeIterator<Item = &'a Change>) -> String {
    let Some(first) = changes.next().map(Change::subject) else { return "nothing".to_owned() };
    match changes.len() {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

/// Checks a label for a snapshot.
///
/// # Errors
///
/// Returns why it can't be one: it is empty, or too long.
pub fn check_label(label: &str) -> Result<(), Refusal> {
    if label.trim().is_empty() {
        return Err(Refusal::EmptyLabel);
    }
    if label.chars().count() > MOST_NAME {
        return Err(Refusal::TooLong { bytes: label.len(), most: MOST_NAME });
    }
    Ok(())
}

/// The reason that is kept with the first step of an assessment that is made.
pub const MADE: &str = "created";

#[cfg(test)]
mod tests;
