//! The findings by their gravity, with the questions that they rest on.

use crate::domain::id::QuestionId;
use crate::domain::level::Level;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::report::contribution;
use crate::domain::scoring::{Finding, Scorecard};

/// A finding with the texts of its questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingEntry {
    /// The finding.
    pub finding: Finding,
    /// The questions that it rests on.
    pub questions: Vec<Asked>,
}

/// A question with its levels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The question.
    pub question: QuestionId,
    /// Its text.
    pub ask: String,
    /// The level that was chosen; none where it is open.
    pub claimed: Option<Level>,
    /// The level that the evidence carries; none where it is open.
    pub evidenced: Option<Level>,
}

/// Returns the findings, gravest first; those of one gravity in the order of the questionnaire.
pub(super) fn entries(questionnaire: &Questionnaire, scorecard: &Scorecard) -> Vec<FindingEntry> {
    let mut entries: Vec<FindingEntry> = scorecard
        .findings
        .iter()
        .map(|finding| FindingEntry {
            finding: finding.clone(),
            questions: finding.questions.iter().map(|id| asked(questionnaire, scorecard, id)).collect(),
        })
        .collect();
    entries.sort_by_key(|entry| entry.finding.grade);
    entries
}

fn asked(questionnaire: &Questionnaire, scorecard: &Scorecard, id: &QuestionId) -> Asked {
    let contribution = contribution(scorecard, id);
    Asked {
        question: id.clone(),
        ask: questionnaire.item(id).map(|item| item.question.ask.clone()).unwrap_or_default(),
        claimed: contribution.and_then(|c| c.claimed),
        evidenced: contribution.and_then(|c| c.evidenced),
    }
}
