//! What lies between two states, as the changes that lead from one to the other.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::assessment::{Assessment, Response};
use crate::domain::change::{Change, Edit};
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::profile::ProfileKey;
use crate::domain::statement::OwnControl;

/// Returns the changes that make the second assessment from the first: name, depth, seed and profile, then the
/// questions by id, then the exclusions by id. Applied in this order, they do.
#[must_use]
pub fn difference(from: &Assessment, to: &Assessment) -> Vec<Change> {
    let mut changes = vec![];
    push(&mut changes, from.name().to_owned(), to.name().to_owned(), Change::Rename);
    push(&mut changes, from.depth(), to.depth(), Change::Depth);
    push(&mut changes, from.seed(), to.seed(), Change::Seed);
    for key in ProfileKey::ALL {
        let (old, new) = (from.profile().recorded(key), to.profile().recorded(key));
        push(&mut changes, old, new, |edit| Change::Profile { key, edit });
    }
    let none = Response::default();
    let questions: BTreeSet<&QuestionId> = from.responses().chain(to.responses()).map(|(id, _)| id).collect();
    for question in questions {
        let (old, new) = (from.response(question).unwrap_or(&none), to.response(question).unwrap_or(&none));
        changes.extend(response_difference(question, old, new));
    }
    let requirements: BTreeSet<&RequirementId> = from.exclusions().chain(to.exclusions()).map(|(id, _)| id).collect();
    for requirement in requirements {
        let (old, new) = (from.exclusion(requirement), to.exclusion(requirement));
        push(&mut changes, old.map(str::to_owned), new.map(str::to_owned), |edit| Change::Exclusion {
            requirement: requirement.clone(),
            edit,
        });
    }
    changes.extend(statement_difference(from, to));
    changes
}

/// Returns the changes of what was decided for the Statement of Applicability, beside the exclusions.
fn statement_difference(from: &Assessment, to: &Assessment) -> Vec<Change> {
    let mut changes = vec![];
    let controls: BTreeSet<&RequirementId> = from.inclusions().chain(to.inclusions()).map(|(id, _)| id).collect();
    for control in controls {
        let (old, new) = (from.inclusion(control).collect(), to.inclusion(control).collect());
        push(&mut changes, old, new, |edit| Change::Inclusion { requirement: control.clone(), edit });
    }
    let (old, new): (BTreeMap<_, _>, BTreeMap<_, _>) = (from.own_controls().collect(), to.own_controls().collect());
    for control in old.keys().chain(new.keys()).copied().collect::<BTreeSet<_>>() {
        let own = |controls: &BTreeMap<&RequirementId, &OwnControl>| controls.get(control).map(|own| (*own).clone());
        push(&mut changes, own(&old), own(&new), |edit| Change::OwnControl {
            control: control.clone(),
            edit: Box::new(edit),
        });
    }
    push(&mut changes, from.approval().cloned(), to.approval().cloned(), |edit| Change::Approval(Box::new(edit)));
    changes
}

/// Returns the changes that make the second response to a question from the first.
///
/// Evidence keeps the order that it was given in: from where the two part, the old items go and the new ones come.
#[must_use]
pub fn response_difference(question: &QuestionId, old: &Response, new: &Response) -> Vec<Change> {
    let question = || question.clone();
    let mut changes = vec![];
    push(&mut changes, old.answer.clone(), new.answer.clone(), |edit| Change::Answer { question: question(), edit });
    push(&mut changes, old.note.clone(), new.note.clone(), |edit| Change::Note { question: question(), edit });
    // Items that stay must stand in the same order before those that come.
    let stay = old.evidence.iter().filter(|item| new.evidence.contains(item));
    let same = stay.clone().zip(&new.evidence).take_while(|(old, new)| old == new).count();
    let kept: Vec<_> = stay.take(same).collect();
    for evidence in old.evidence.iter().filter(|item| !kept.contains(item)) {
        changes.push(Change::EvidenceRemoved { question: question(), evidence: evidence.clone() });
    }
    for evidence in new.evidence.iter().skip(same) {
        changes.push(Change::EvidenceAdded { question: question(), evidence: evidence.clone() });
    }
    push(&mut changes, old.owner.clone(), new.owner.clone(), |edit| Change::Owner { question: question(), edit });
    push(&mut changes, old.due, new.due, |edit| Change::Due { question: question(), edit });
    push(&mut changes, old.reviewed, new.reviewed, |edit| Change::Reviewed { question: question(), edit });
    push(&mut changes, old.marked, new.marked, |edit| Change::Marked { question: question(), edit });
    changes
}

fn push<T: PartialEq>(changes: &mut Vec<Change>, old: T, new: T, change: impl FnOnce(Edit<T>) -> Change) {
    if old != new {
        changes.push(change(Edit { old, new }));
    }
}
