//! The stored forms of values that are more than a text, a number or a day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::assessment::{Answer, Depth, Evidence};
use crate::domain::level::Level;
use crate::domain::questionnaire::EvidenceKind;
use crate::domain::statement::{Approval, InclusionReason, OwnControl, Status};

/// The stored form of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerRecord {
    /// The number of the level.
    Level(u8),
    /// The justification.
    NotApplicable(String),
}

/// The stored form of an item of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceRecord {
    pub kind: String,
    pub what: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
}

/// The stored form of a control of the organisation's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnControlRecord {
    pub title: String,
    pub reason: String,
    pub status: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
}

/// The stored form of an approval of the Statement of Applicability.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovalRecord {
    pub version: u32,
    pub approver: String,
    pub on: NaiveDate,
    /// By control, what was approved.
    pub lines: BTreeMap<String, String>,
}

impl AnswerRecord {
    /// Returns the answer.
    ///
    /// # Errors
    ///
    /// Returns the level that this version doesn't know.
    pub fn to_answer(&self) -> Result<Answer, String> {
        match self {
            Self::Level(number) => Level::new(*number).map(Answer::Level).ok_or_else(|| format!("level {number}")),
            Self::NotApplicable(because) => Ok(Answer::NotApplicable { because: because.clone() }),
        }
    }
}

impl From<Answer> for AnswerRecord {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Level(level) => Self::Level(level.number()),
            Answer::NotApplicable { because } => Self::NotApplicable(because),
        }
    }
}

impl EvidenceRecord {
    /// Returns the item.
    ///
    /// # Errors
    ///
    /// Returns the kind that this version doesn't know.
    pub fn into_evidence(self) -> Result<Evidence, String> {
        let kind =
            EvidenceKind::from_word(&self.kind).ok_or_else(|| format!("evidence of the kind {:?}", self.kind))?;
        Ok(Evidence { kind, what: self.what, date: self.date, valid_until: self.valid_until })
    }
}

impl From<Evidence> for EvidenceRecord {
    fn from(evidence: Evidence) -> Self {
        Self {
            kind: evidence.kind.word().to_owned(),
            what: evidence.what,
            date: evidence.date,
            valid_until: evidence.valid_until,
        }
    }
}

impl OwnControlRecord {
    /// Returns the control.
    ///
    /// # Errors
    ///
    /// Returns the status that this version doesn't know.
    pub fn into_control(self) -> Result<OwnControl, String> {
        let status = Status::from_word(&self.status).ok_or_else(|| format!("a control that is {:?}", self.status))?;
        Ok(OwnControl { title: self.title, reason: self.reason, status, owner: self.owner })
    }
}

impl From<OwnControl> for OwnControlRecord {
    fn from(control: OwnControl) -> Self {
        let OwnControl { title, reason, status, owner } = control;
        Self { title, reason, status: status.word().to_owned(), owner }
    }
}

impl ApprovalRecord {
    /// Returns the approval.
    #[must_use]
    pub fn into_approval(self) -> Approval {
        let lines = self.lines.into_iter().map(|(control, line)| (control.as_str().into(), line)).collect();
        Approval { version: self.version, approver: self.approver, on: self.on, lines }
    }
}

impl From<Approval> for ApprovalRecord {
    fn from(approval: Approval) -> Self {
        let lines = approval.lines.into_iter().map(|(control, line)| (control.to_string(), line)).collect();
        Self { version: approval.version, approver: approval.approver, on: approval.on, lines }
    }
}

/// Returns the reasons with these words.
///
/// # Errors
///
/// Returns the word that this version doesn't know.
pub fn reasons(words: &[String]) -> Result<BTreeSet<InclusionReason>, String> {
    let reason = |word: &String| InclusionReason::from_word(word).ok_or_else(|| format!("the reason {word:?}"));
    words.iter().map(reason).collect()
}

/// Returns the words of reasons.
#[must_use]
pub fn words(reasons: &BTreeSet<InclusionReason>) -> Vec<String> {
    reasons.iter().map(|reason| reason.word().to_owned()).collect()
}

/// Returns the depth with this word.
///
/// # Errors
///
/// Returns the word, when this version doesn't know it.
pub fn depth(word: &str) -> Result<Depth, String> {
    Depth::from_word(word).ok_or_else(|| format!("depth {word:?}"))
}
