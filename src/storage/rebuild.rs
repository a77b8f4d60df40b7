//! An assessment as the changes that make it from an empty one.

use std::collections::BTreeSet;

use crate::domain::assessment::{Assessment, Response};
use crate::domain::change::{Change, Edit};
use crate::domain::id::QuestionId;
use crate::domain::profile::{Profile, ProfileKey};

/// Returns the changes that make the assessment from one without answers that has its name, depth and seed.
#[must_use]
pub fn changes(assessment: &Assessment) -> Vec<Change> {
    let default = Profile::default();
    let profile = ProfileKey::ALL.into_iter().filter_map(|key| {
        let edit = Edit { old: default.text(key), new: assessment.profile().text(key) };
        (edit.old != edit.new).then_some(Change::Profile { key, edit })
    });
    let responses = assessment.responses().flat_map(|(question, response)| response_changes(question, response));
    let exclusions = assessment.exclusions().map(|(requirement, because)| Change::Exclusion {
        requirement: requirement.clone(),
        edit: Edit { old: None, new: Some(because.to_owned()) },
    });
    profile.chain(responses).chain(exclusions).chain(statement_changes(assessment)).collect()
}

/// Returns the changes that make what was decided for the Statement of Applicability, beside the exclusions.
fn statement_changes(assessment: &Assessment) -> impl Iterator<Item = Change> {
    let inclusions = assessment.inclusions().map(|(requirement, reasons)| Change::Inclusion {
        requirement: requirement.clone(),
        edit: Edit { old: BTreeSet::new(), new: reasons.clone() },
    });
    let own = assessment.own_controls().map(|(control, own)| Change::OwnControl {
        control: control.clone(),
        edit: Edit { old: None, new: Some(own.clone()) },
    });
    let approval =
        assessment.approval().map(|approval| Change::Approval(Edit { old: None, new: Some(approval.clone()) }));
    inclusions.chain(own).chain(approval)
}

/// Returns the changes that make a response from none.
#[must_use]
pub fn response_changes(question: &QuestionId, response: &Response) -> Vec<Change> {
    let question = || question.clone();
    let Response { answer, note, evidence, owner, due, reviewed, marked } = response.clone();
    let mut changes = Vec::new();
    if answer.is_some() {
        changes.push(Change::Answer { question: question(), edit: Edit { old: None, new: answer } });
    }
    if !note.is_empty() {
        changes.push(Change::Note { question: question(), edit: Edit { old: String::new(), new: note } });
    }
    for evidence in evidence {
        changes.push(Change::EvidenceAdded { question: question(), evidence });
    }
    if !owner.is_empty() {
        changes.push(Change::Owner { question: question(), edit: Edit { old: String::new(), new: owner } });
    }
    if due.is_some() {
        changes.push(Change::Due { question: question(), edit: Edit { old: None, new: due } });
    }
    if reviewed.is_some() {
        changes.push(Change::Reviewed { question: question(), edit: Edit { old: None, new: reviewed } });
    }
    if marked {
        changes.push(Change::Marked { question: question(), edit: Edit { old: false, new: true } });
    }
    changes
}

#[cfg(test)]
pub mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::assessment::{Depth, QuestionnaireRef, Seed};
    use crate::storage::record::tests::any_change;

    /// Any assessment that changes can make.
    pub fn any_assessment() -> impl Strategy<Value = Assessment> {
        (any::<String>(), any::<u64>(), proptest::collection::vec(any_change(), 0..40)).prop_map(
            |(name, seed, changes)| {
                let questionnaire = QuestionnaireRef { id: "iso42001".to_owned(), version: "1.0.0".to_owned() };
                let mut assessment = Assessment::new(name, questionnaire, Depth::Full, Seed(seed));
                for change in &changes {
                    assessment.apply(change);
                }
                assessment
            },
        )
    }

    proptest! {
        #[test]
        fn its_changes_make_the_same_assessment(assessment in any_assessment()) {
            let mut copy = Assessment::new(
                assessment.name(), assessment.questionnaire().clone(), assessment.depth(), assessment.seed(),
            );
            for change in changes(&assessment) {
                copy.apply(&change);
            }
            prop_assert_eq!(copy, assessment);
        }
    }
}
