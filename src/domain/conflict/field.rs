//! What of an assessment a change sets, and when two of them come to the same.

use crate::domain::assessment::Evidence;
use crate::domain::change::Change;
use crate::domain::id::{QuestionId, RequirementId};

/// The value that a change sets. Two changes of one field can contradict each other; changes of two can't.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The name of the assessment.
    Name,
    /// How much is walked through.
    Depth,
    /// The seed of the timeline.
    Seed,
    /// A field of the profile, by its word.
    Profile(&'static str),
    /// The answer to a question.
    Answer(QuestionId),
    /// The note of a question.
    Note(QuestionId),
    /// The owner of a gap.
    Owner(QuestionId),
    /// The due date of a gap.
    Due(QuestionId),
    /// When an answer was confirmed.
    Reviewed(QuestionId),
    /// Whether a question is marked.
    Marked(QuestionId),
    /// Whether an item of evidence is there.
    Evidence(QuestionId, Evidence),
    /// Whether, and why, a control is excluded.
    Exclusion(RequirementId),
    /// Why a control is included.
    Inclusion(RequirementId),
    /// A control of the organisation's own.
    OwnControl(RequirementId),
    /// The approval of the Statement of Applicability.
    Approval,
}

impl Change {
    /// Returns the field that it sets.
    #[must_use]
    pub fn field(&self) -> Field {
        match self {
            Self::Rename(_) => Field::Name,
            Self::Depth(_) => Field::Depth,
            Self::Seed(_) => Field::Seed,
            Self::Profile { key, .. } => Field::Profile(key.word()),
            Self::Answer { question, .. } => Field::Answer(question.clone()),
            Self::Note { question, .. } => Field::Note(question.clone()),
            Self::Owner { question, .. } => Field::Owner(question.clone()),
            Self::Due { question, .. } => Field::Due(question.clone()),
            Self::Reviewed { question, .. } => Field::Reviewed(question.clone()),
            Self::Marked { question, .. } => Field::Marked(question.clone()),
            Self::EvidenceAdded { question, evidence } | Self::EvidenceRemoved { question, evidence } => {
                Field::Evidence(question.clone(), evidence.clone())
            }
            Self::Exclusion { requirement, .. } => Field::Exclusion(requirement.clone()),
            Self::Inclusion { requirement, .. } => Field::Inclusion(requirement.clone()),
            Self::OwnControl { control, .. } => Field::OwnControl(control.clone()),
            Self::Approval(_) => Field::Approval,
        }
    }

    /// Returns whether both lead to the same value.
    #[must_use]
    pub fn agrees_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Depth(one), Self::Depth(two)) => one.new == two.new,
            (Self::Seed(one), Self::Seed(two)) => one.new == two.new,
            (Self::Answer { edit: one, .. }, Self::Answer { edit: two, .. }) => one.new == two.new,
            (Self::Rename(one), Self::Rename(two))
            | (Self::Note { edit: one, .. }, Self::Note { edit: two, .. })
            | (Self::Owner { edit: one, .. }, Self::Owner { edit: two, .. })
            | (Self::Profile { edit: one, .. }, Self::Profile { edit: two, .. }) => one.new == two.new,
            (Self::Due { edit: one, .. }, Self::Due { edit: two, .. })
            | (Self::Reviewed { edit: one, .. }, Self::Reviewed { edit: two, .. }) => one.new == two.new,
            (Self::Marked { edit: one, .. }, Self::Marked { edit: two, .. }) => one.new == two.new,
            (Self::Exclusion { edit: one, .. }, Self::Exclusion { edit: two, .. }) => one.new == two.new,
            (Self::Inclusion { edit: one, .. }, Self::Inclusion { edit: two, .. }) => one.new == two.new,
            (Self::OwnControl { edit: one, .. }, Self::OwnControl { edit: two, .. }) => one.new == two.new,
            (Self::Approval(one), Self::Approval(two)) => one.new == two.new,
            (one, two) => one == two,
        }
    }

    /// Returns whether it takes a value away rather than setting one.
    pub(super) fn is_removal(&self) -> bool {
        match self {
            Self::Answer { edit, .. } => edit.new.is_none(),
            Self::Note { edit, .. } | Self::Owner { edit, .. } | Self::Profile { edit, .. } => edit.new.is_empty(),
            Self::Due { edit, .. } | Self::Reviewed { edit, .. } => edit.new.is_none(),
            Self::Marked { edit, .. } => !edit.new,
            Self::EvidenceRemoved { .. } => true,
            Self::Inclusion { edit, .. } => edit.new.is_empty(),
            Self::OwnControl { edit, .. } => edit.new.is_none(),
            Self::Approval(edit) => edit.new.is_none(),
            // A control that is included counts: that claims less than leaving it out.
            Self::Exclusion { edit, .. } => edit.new.is_some(),
            Self::Rename(_) | Self::Depth(_) | Self::Seed(_) | Self::EvidenceAdded { .. } => false,
        }
    }
}
