//! The journal's records as the steps that people see, take back and make again.

use std::collections::{BTreeMap, BTreeSet};

use ulid::Ulid;

use crate::domain;
use crate::domain::history::{Deed, MADE, Made, Step, StepId};
use crate::storage::history::History;
use crate::storage::record::{ChangeRecord, Record};

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
    for record in records {
        let session = record.op.session;
        let known = record.group.and_then(|group| groups.get(&(session, group.first)).copied());
        if let Some(step) = known.and_then(|place| steps.get_mut(place)) {
            step.take(record);
            continue;
        }
        if let Some(group) = record.group {
            groups.insert((session, group.first), steps.len());
        }
        if matches!(record.change, ChangeRecord::Base(_)) && record.because.as_deref() == Some(MADE) {
            makings.insert(session);
        }
        let Some(deed) = deed(record, makings.contains(&session)) else { continue };
        let mut step = Step {
            id: StepId::Stored(record.op.to_string()),
            at: record.at,
            who: record.author.clone(),
            because: record.because.clone(),
            deed,
            changes: vec![],
        };
        step.take(record);
        steps.push(step);
    }
    steps
}

/// Returns what a record begins; none for a state that this version can't read.
fn deed(record: &Record, is_making: bool) -> Option<Deed> {
    Some(match &record.change {
        ChangeRecord::Base(base) => Deed::Begin(Box::new(base.to_assessment().ok()?)),
        ChangeRecord::Undo { of } => Deed::Undo(StepId::Stored(of.to_string())),
        ChangeRecord::Redo { of } => Deed::Redo(StepId::Stored(of.to_string())),
        ChangeRecord::Snapshot { label } => Deed::Snapshot(label.clone()),
        _ if is_making => Deed::Making,
        _ => Deed::Change,
    })
}

impl Step {
    fn take(&mut self, record: &Record) {
        let Ok(Some(change)) = record.change.to_change() else { return };
        if let Deed::Begin(assessment) = &mut self.deed {
            assessment.apply(&change);
            return;
        }
        // A reason for the whole is told once.
        let because = record.because.clone().filter(|because| self.because.as_ref() != Some(because));
        self.changes.push(Made { id: StepId::Stored(record.op.to_string()), change, because });
    }
}
