//! A change in words.

use crate::domain::change::Change;
use crate::domain::id::QuestionId;

/// Returns a change as words for a notice, such as "the answer to 4.1-1".
#[must_use]
pub fn told(change: &Change) -> String {
    match change {
        Change::Rename(_) => "the name of the assessment".to_owned(),
        Change::Depth(_) => "how many questions are asked".to_owned(),
        Change::Seed(_) => "the seed of the timeline".to_owned(),
        Change::Profile { key, .. } => format!("“{}” in the profile", key.label()),
        Change::Answer { question, .. } => format!("the answer to {question}"),
        Change::Note { question, .. } => format!("the note on {question}"),
        Change::Owner { question, .. } => format!("the owner of {question}"),
        Change::Due { question, .. } => format!("the due date of {question}"),
        Change::Reviewed { question, .. } => format!("the review of {question}"),
        Change::Marked { question, edit } if edit.new => format!("the mark on {question}"),
        Change::Marked { question, .. } => format!("taking the mark off {question}"),
        Change::EvidenceAdded { question, .. } => format!("new evidence for {question}"),
        Change::EvidenceRemoved { question, .. } => format!("taking evidence away from {question}"),
        Change::Exclusion { requirement, edit } if edit.new.is_some() => format!("the exclusion of {requirement}"),
        Change::Exclusion { requirement, .. } => format!("including {requirement} again"),
        Change::Inclusion { .. } | Change::OwnControl { .. } | Change::Approval(_) => change.subject(),
    }
}

/// Returns the question that a change is about, where it is about one.
#[must_use]
pub fn question(change: &Change) -> Option<&QuestionId> {
    match change {
        Change::Answer { question, .. }
        | Change::Note { question, .. }
        | Change::Owner { question, .. }
        | Change::Due { question, .. }
        | Change::Reviewed { question, .. }
        | Change::Marked { question, .. }
        | Change::EvidenceAdded { question, .. }
        | Change::EvidenceRemoved { question, .. } => Some(question),
        Change::Rename(_)
        | Change::Depth(_)
        | Change::Seed(_)
        | Change::Profile { .. }
        | Change::Exclusion { .. }
        | Change::Inclusion { .. }
        | Change::OwnControl { .. }
        | Change::Approval(_) => None,
    }
}
