//! An assessment without what a reader is not meant to see.
//!
//! What is left out leaves before the report is made: nothing that follows from an assessment can bring it back.

use crate::domain::assessment::{Answer, Assessment, Evidence};
use crate::domain::change::{Change, Edit};
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::profile::ProfileKey;
use crate::domain::report::audience::{Audience, Names};
use crate::domain::soa::own_line;
use crate::domain::statement::{Approval, OwnControl, Status};

/// What stands where an organisation's name was.
pub const NO_ORGANISATION: &str = "The organisation";
/// What stands where a text was that may name somebody.
pub const LEFT_OUT: &str = "(left out)";
/// What stands for a text that was approved and is another one now.
const LEFT_OUT_OTHER: &str = "(left out, another text than now)";

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
    if names == Names::LeftOut || audience == Audience::Customer {
        blank_statement(&mut redacted, assessment, names);
    }
    redacted
}

/// Leaves out who approved the Statement of Applicability and who owns the organisation's own controls; without names,
/// their texts too.
fn blank_statement(assessment: &mut Assessment, original: &Assessment, names: Names) {
    let own: Vec<_> = assessment.own_controls().map(|(id, own)| (id.clone(), own.clone())).collect();
    for (id, control) in own {
        let mut blank = OwnControl { owner: String::new(), ..control };
        if names == Names::LeftOut {
            (blank.title, blank.reason) = (LEFT_OUT.to_owned(), LEFT_OUT.to_owned());
        }
        assessment.apply(&Change::own_control(assessment, &id, Some(blank)));
    }
    if let Some(approval) = assessment.approval().cloned() {
        let mut blank = Approval { approver: LEFT_OUT.to_owned(), ..approval.clone() };
        if names == Names::LeftOut {
            let blanked = approval.lines.into_iter().map(|(id, line)| {
                let left_out = if still_says(original, &id, &line) { LEFT_OUT } else { LEFT_OUT_OTHER };
                let blank = blank_line(&line, left_out);
                (id, blank)
            });
            blank.lines = blanked.collect();
        }
        let old = assessment.approval().cloned();
        assessment.apply(&Change::Approval(Box::new(Edit { old, new: Some(blank) })));
    }
}

/// Returns whether what was approved of a control is what is recorded for it now. What is left out on both sides would
/// look the same, and the statement approved as it stands.
fn still_says(original: &Assessment, id: &RequirementId, line: &str) -> bool {
    if let Some((_, own)) = original.own_controls().find(|(own, _)| *own == id) {
        return own_line(own) == line;
    }
    match (line.strip_prefix("excluded: "), original.exclusion(id)) {
        (Some(approved), Some(because)) => approved == because,
        // It is left out where all of its questions are not applicable, for the reasons of these.
        (Some(approved), None) => approved.split('\n').all(|reason| {
            let says = |answer: &Answer| matches!(answer, Answer::NotApplicable { because } if because == reason);
            original.responses().any(|(_, response)| response.answer.as_ref().is_some_and(says))
        }),
        (None, _) => true,
    }
}

/// Returns what an approved statement said about a control, without the texts that somebody wrote.
fn blank_line(line: &str, left_out: &str) -> String {
    if line.starts_with("excluded:") {
        return format!("excluded: {left_out}");
    }
    if line.starts_with("own control,") {
        let status = Status::ALL.into_iter().map(|status| status.title().to_lowercase());
        let status = status.into_iter().find(|status| line.contains(&format!(", {status}: ")));
        return format!("own control, {LEFT_OUT}, {}: {left_out}", status.unwrap_or_default());
    }
    line.to_owned()
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
    // What was never stated is not left out.
    for key in [ProfileKey::Organisation, ProfileKey::Sector] {
        if assessment.profile().is_told(key)
            && let Ok(change) = Change::profile(assessment, key, LEFT_OUT)
        {
            assessment.apply(&change);
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::scoring::score;
    use crate::domain::soa::soa;
    use crate::domain::testing::{area, assessment, clause, control, day, profile, question, questionnaire};

    #[test]
    fn what_is_withheld_is_called_left_out_and_what_was_never_stated_is_not() {
        let mut stated = assessment(&questionnaire(vec![area("4", vec![clause("4.1", vec![question("4.1-1")])])]));
        profile(&mut stated, ProfileKey::Organisation, "Acme");
        let redacted = redacted(&stated, Audience::Customer, Names::LeftOut);
        assert_eq!((redacted.profile().organisation.as_str(), redacted.profile().sector.as_str()), (LEFT_OUT, ""));
    }

    #[test]
    fn without_names_a_statement_that_changed_since_its_approval_is_not_called_approved() {
        let controls = area("A.5", vec![control("A.5.2", vec![question("A.5.2-1")])]);
        let questionnaire = questionnaire(vec![controls]);
        let mut approved = assessment(&questionnaire);
        let id = RequirementId::from("A.5.2");
        let exclude = |assessment: &mut Assessment, because: &str| {
            assessment.apply(&Change::exclusion(assessment, &id, Some(because.to_owned())));
        };
        let statement = |assessment: &Assessment| {
            let card = score(&questionnaire, assessment, day(2026, 11, 29));
            soa(&questionnaire, assessment, &card)
        };
        exclude(&mut approved, "We have none");
        let approval = statement(&approved).approved_by("Zoë".to_owned(), day(2026, 11, 29));
        approved.apply(&approval);
        let mut changed = approved.clone();
        exclude(&mut changed, "We sold it");
        for (assessment, is_approved) in [(approved, true), (changed, false)] {
            for names in [Names::Shown, Names::LeftOut] {
                let told = statement(&redacted(&assessment, Audience::Auditor, names));
                assert_eq!(told.is_approved(), is_approved, "{names:?}");
                assert_eq!(told.version, statement(&assessment).version, "{names:?}");
            }
        }
    }
}
