//! An assessment without what a reader is not meant to see.
//!
//! What is left out leaves before the report is made: nothing that follows from an assessment can bring it back.

use crate::domain::assessment::{Answer, Assessment, Evidence};
use crate::domain::change::Change;
use crate::domain::id::QuestionId;
use crate::domain::profile::ProfileKey;
use crate::domain::report::audience::{Audience, Names};

/// What stands where an organisation's name was.
pub const NO_ORGANISATION: &str = "The organisation";
/// What stands where a text was that may name somebody.
pub const LEFT_OUT: &str = "(left out)";

/// Returns the assessment as an audience may see it, without names where they are to be left out.
///
/// Levels, dates and kinds of evidence stay as they are, so that every figure stays as it is.
#[must_use]
pub fn redacted(assessment: &Assessment, audience: Audience, names: Names) -> Assessment {
    let mut redacted = assessment.clone();
    let questions: Vec<QuestionId> = assessment.responses().map(|(id, _)| id.clone()).collect();
    let keeps_notes = names == Names::Shown && matches!(audience, Audience::Full | Audience::Board);
    let keeps_owners = names == Names::Shown && audience != Audience::Customer;
    let keeps_evidence = names == Names::Shown && audience != Audience::Customer;
    for question in &questions {
        if !keeps_notes {
            redacted.apply(&Change::note(&redacted, question, String::new()));
            unmark(&mut redacted, question);
        }
        if !keeps_owners {
            redacted.apply(&Change::owner(&redacted, question, String::new()));
        }
        if !keeps_evidence {
            blank_evidence(&mut redacted, question);
        }
    }
    if matches!(audience, Audience::Auditor | Audience::Customer | Audience::Owner) {
        clear(&mut redacted, &[ProfileKey::RateInternal, ProfileKey::RateExternal]);
    }
    if names == Names::LeftOut {
        anonymise(&mut redacted, &questions);
    }
    redacted
}

/// Sets fields of the profile back to what an empty one says.
fn clear(assessment: &mut Assessment, keys: &[ProfileKey]) {
    for key in keys {
        // Every field takes an empty text.
        if let Ok(change) = Change::profile(assessment, *key, "") {
            assessment.apply(&change);
        }
    }
}

fn unmark(assessment: &mut Assessment, question: &QuestionId) {
    if assessment.response(question).is_some_and(|response| response.marked) {
        assessment.apply(&Change::toggle_mark(assessment, question));
    }
}

/// Leaves out what the evidence is and where it lies; its kind and dates stay.
fn blank_evidence(assessment: &mut Assessment, question: &QuestionId) {
    let items = assessment.response(question).map(|response| response.evidence.clone()).unwrap_or_default();
    for evidence in &items {
        assessment.apply(&Change::EvidenceRemoved { question: question.clone(), evidence: evidence.clone() });
    }
    for (index, item) in items.into_iter().enumerate() {
        let evidence = Evidence { what: format!("Item {}", index + 1), ..item };
        assessment.apply(&Change::EvidenceAdded { question: question.clone(), evidence });
    }
}

fn anonymise(assessment: &mut Assessment, questions: &[QuestionId]) {
    assessment.apply(&Change::rename(assessment, NO_ORGANISATION.to_owned()));
    clear(assessment, &[ProfileKey::Organisation, ProfileKey::Sector]);
    for question in questions {
        if let Some(Answer::NotApplicable { .. }) = assessment.answer(question) {
            let answer = Answer::NotApplicable { because: LEFT_OUT.to_owned() };
            assessment.apply(&Change::answer(assessment, question, Some(answer)));
        }
    }
    let controls: Vec<_> = assessment.exclusions().map(|(control, _)| control.clone()).collect();
    for control in controls {
        assessment.apply(&Change::exclusion(assessment, &control, Some(LEFT_OUT.to_owned())));
    }
}
