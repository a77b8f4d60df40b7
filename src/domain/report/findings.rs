//! The findings by their gravity, with the questions that they rest on.

use crate::domain::id::QuestionId;
use crate::domain::level::Level;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::scoring::{Basis, Finding, Grade, Scorecard, SystemicFailure};

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

/// A systemic failure with the findings that it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemicEntry {
    /// The failure.
    pub failure: SystemicFailure,
    /// The findings, in order.
    pub findings: Vec<FindingEntry>,
}

/// Returns the findings, gravest first; those of one gravity in the order of the questionnaire. What is part of a systemic
/// failure is left to [`systemic`].
pub(super) fn entries(questionnaire: &Questionnaire, scorecard: &Scorecard) -> Vec<FindingEntry> {
    let own = scorecard.findings.iter().filter(|finding| finding.basis == Basis::Own);
    let mut entries: Vec<FindingEntry> = own.map(|finding| entry(questionnaire, scorecard, finding)).collect();
    entries.sort_by_key(|entry| entry.finding.grade);
    entries
}

/// Returns the systemic failures with the findings that they are made of, in order.
pub(super) fn systemic(questionnaire: &Questionnaire, scorecard: &Scorecard) -> Vec<SystemicEntry> {
    let findings = |failure: &SystemicFailure| {
        let of = scorecard.findings.iter().filter(|finding| failure.requirements.contains(&finding.requirement));
        of.map(|finding| entry(questionnaire, scorecard, finding)).collect()
    };
    let entry = |failure: &SystemicFailure| SystemicEntry { failure: failure.clone(), findings: findings(failure) };
    scorecard.systemic.iter().map(entry).collect()
}

/// Returns how many potential majors there are by themselves, and how many areas fail systematically. What is part of a
/// systemic failure is counted by its area and nowhere else: every report counts so.
#[must_use]
pub fn majors(scorecard: &Scorecard) -> (usize, usize) {
    let own = |finding: &&Finding| finding.grade == Grade::Major && finding.basis == Basis::Own;
    (scorecard.findings.iter().filter(own).count(), scorecard.systemic.len())
}

/// Returns every finding in the order of the questionnaire.
pub(super) fn all(questionnaire: &Questionnaire, scorecard: &Scorecard) -> Vec<FindingEntry> {
    scorecard.findings.iter().map(|finding| entry(questionnaire, scorecard, finding)).collect()
}

fn entry(questionnaire: &Questionnaire, scorecard: &Scorecard, finding: &Finding) -> FindingEntry {
    FindingEntry {
        finding: finding.clone(),
        questions: finding.questions.iter().map(|id| asked(questionnaire, scorecard, id)).collect(),
    }
}

fn asked(questionnaire: &Questionnaire, scorecard: &Scorecard, id: &QuestionId) -> Asked {
    let contribution = scorecard.contribution(id);
    Asked {
        question: id.clone(),
        ask: questionnaire.item(id).map(|item| item.question.ask.clone()).unwrap_or_default(),
        claimed: contribution.and_then(|c| c.claimed),
        evidenced: contribution.and_then(|c| c.evidenced),
    }
}
