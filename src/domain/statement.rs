//! What a person decides for the Statement of Applicability, beside the answers: reasons, own controls, approvals.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::id::RequirementId;

/// Why a control is included in the Statement of Applicability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InclusionReason {
    /// It treats a risk that the risk assessment found.
    RiskTreatment,
    /// A law or regulation asks for it.
    Law,
    /// A contract asks for it.
    Contract,
    /// It is what a careful organisation does.
    BestPractice,
}

/// A control that the organisation added, because its risks ask for more than the questionnaire's controls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnControl {
    /// The short title; never empty.
    pub title: String,
    /// Why there is one; never empty.
    pub reason: String,
    /// How far it is put into practice.
    pub status: Status,
    /// Who owns it; empty for nobody.
    pub owner: String,
}

/// How far a control is put into practice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// A question of it is unanswered.
    #[default]
    Open,
    /// Every answer is below level 2.
    NotImplemented,
    /// Some answer is at 2 or more, and some below 3.
    Partly,
    /// Every answer is at 3 or more.
    Implemented,
}

/// A version of the Statement of Applicability that somebody entitled to do so approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The number of the version, from 1.
    pub version: u32,
    /// Who approved it; never empty.
    pub approver: String,
    /// When.
    pub on: NaiveDate,
    /// What was approved: of each control what the statement said, in a line.
    pub lines: BTreeMap<RequirementId, String>,
}

impl InclusionReason {
    /// All reasons.
    pub const ALL: [Self; 4] = [Self::RiskTreatment, Self::Law, Self::Contract, Self::BestPractice];

    /// Returns the word for it in files and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::RiskTreatment => "risk",
            Self::Law => "law",
            Self::Contract => "contract",
            Self::BestPractice => "best-practice",
        }
    }

    /// Returns the reason with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }

    /// Returns the words for it on screens and in reports.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::RiskTreatment => "risk treatment",
            Self::Law => "law",
            Self::Contract => "contract",
            Self::BestPractice => "best practice",
        }
    }

    /// Returns the key that gives it, one each.
    #[must_use]
    pub fn key(self) -> char {
        match self {
            Self::RiskTreatment => 'r',
            Self::Law => 'l',
            Self::Contract => 'c',
            Self::BestPractice => 'b',
        }
    }
}

impl Status {
    /// All states.
    pub const ALL: [Self; 4] = [Self::Open, Self::NotImplemented, Self::Partly, Self::Implemented];

    /// Returns the word for it in JSON and in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::NotImplemented => "not-implemented",
            Self::Partly => "partly-implemented",
            Self::Implemented => "implemented",
        }
    }

    /// Returns the state with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }

    /// Returns the words for it in reports.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::NotImplemented => "Not implemented",
            Self::Partly => "Partly implemented",
            Self::Implemented => "Implemented",
        }
    }
}
