//! An assessment as the changes that make it from an empty one.

use crate::domain::assessment::Assessment;
use crate::domain::change::Change;
use crate::domain::history::difference;

/// Returns the changes that make the assessment from one without answers that has its name, depth and seed.
#[must_use]
pub fn changes(assessment: &Assessment) -> Vec<Change> {
    let (name, questionnaire) = (assessment.name(), assessment.questionnaire().clone());
    difference(&Assessment::new(name, questionnaire, assessment.depth(), assessment.seed()), assessment)
}

#[cfg(test)]
pub mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::assessment::{Depth, QuestionnaireRef, Response, Seed};
    use crate::domain::history::response_difference;
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
        fn a_response_restored_is_what_its_changes_make(assessment in any_assessment()) {
            let reference = assessment.questionnaire().clone();
            let mut by_changes = Assessment::new("", reference, Depth::Full, Seed(1));
            let mut restored = by_changes.clone();
            for (question, response) in assessment.responses() {
                for change in response_difference(question, &Response::default(), response) {
                    by_changes.apply(&change);
                }
                restored.restore(question.clone(), response.clone());
            }
            prop_assert_eq!(restored, by_changes);
        }

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
