//! The journal's records as the steps that people see, take back and make again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

use ulid::Ulid;

use crate::domain;
use crate::domain::history::{Deed, MADE, Made, Step, StepId};
use crate::storage::history::History;
use crate::storage::record::{ChangeRecord, Names, OpId, Record};

/// Returns the history that these records tell. What can't be understood is left out of it.
#[must_use]
pub fn history(records: &History) -> domain::history::History {
    let mut history = domain::history::History::default();
    for step in steps(records.in_order()) {
        history.push(step);
    }
    history
}

/// Returns records as steps: what counts together is one step, where its first record stands.
pub fn steps<'a>(records: impl IntoIterator<Item = &'a Record>) -> Vec<Step> {
    let mut steps: Vec<Step> = vec![];
    let mut groups: BTreeMap<(Ulid, u32), usize> = BTreeMap::new();
    let mut makings = BTreeSet::new();
    let mut clerk = Clerk::default();
    for record in records {
        let session = record.op.session;
        let known = record.group.and_then(|group| groups.get(&(session, group.first)).copied());
        if let Some(step) = known.and_then(|place| steps.get_mut(place)) {
            step.take(record, &clerk.name(record.op), &mut clerk.names);
            continue;
        }
        if let Some(group) = record.group {
            groups.insert((session, group.first), steps.len());
        }
        if matches!(record.change, ChangeRecord::Base(_)) && record.because.as_deref() == Some(MADE) {
            makings.insert(session);
        }
        let Some(deed) = deed(record, makings.contains(&session)) else { continue };
        let name = clerk.name(record.op);
        let size = record.group.map_or(1, |group| group.size);
        let mut step = Step {
            id: name.clone(),
            at: record.at,
            who: Arc::clone(&record.author),
            because: record.because.clone(),
            deed,
            // Most steps are one change; a group that says that it is huge is not believed before it is there.
            changes: Vec::with_capacity(usize::try_from(size).unwrap_or(1).clamp(1, MOST_AT_ONCE)),
        };
        step.take(record, &name, &mut clerk.names);
        steps.push(step);
    }
    steps
}

/// The most changes that room is made for before they are seen.
const MOST_AT_ONCE: usize = 1_000;

/// Knows what was named before.
#[derive(Default)]
struct Clerk {
    names: Names,
    /// The session that was named last, with its name and a colon.
    session: Option<(Ulid, String)>,
}

impl Clerk {
    /// Returns the name of a change.
    fn name(&mut self, op: OpId) -> StepId {
        let (_, prefix) = match &mut self.session {
            Some(known) if known.0 == op.session => known,
            other => other.insert((op.session, format!("{}:", op.session))),
        };
        let length = prefix.len();
        // A text takes whatever is written to it.
        let _written = write!(prefix, "{}", op.counter);
        let name = StepId::Stored(prefix.as_str().into());
        prefix.truncate(length);
        name
    }
}

/// Returns what a record begins; none for a state that this version can't read.
fn deed(record: &Record, is_making: bool) -> Option<Deed> {
    Some(match &record.change {
        ChangeRecord::Base(base) => Deed::Begin(Box::new(base.to_assessment().ok()?)),
        ChangeRecord::Undo { of } => Deed::Undo(StepId::Stored(of.to_string().into())),
        ChangeRecord::Redo { of } => Deed::Redo(StepId::Stored(of.to_string().into())),
        ChangeRecord::Snapshot { label } => Deed::Snapshot(label.clone()),
        _ if is_making => Deed::Making,
        _ => Deed::Change,
    })
}

impl Step {
    fn take(&mut self, record: &Record, name: &StepId, names: &mut Names) {
        let Ok(Some(change)) = record.change.to_change_with(names) else { return };
        if let Deed::Begin(assessment) = &mut self.deed {
            assessment.apply(&change);
            return;
        }
        // A reason for the whole is told once.
        let because = record.because.clone().filter(|because| self.because.as_ref() != Some(because));
        self.changes.push(Made { id: name.clone(), change, because });
    }
}
