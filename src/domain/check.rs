//! What doesn't fit together, as an experienced consultant would notice it: rules as data.
//!
//! [`crate::domain::scoring::checks`] says which of them strike.

use crate::domain::id::{CheckId, QuestionId, RequirementId};
use crate::domain::level::Level;
use crate::domain::profile::ProfileKey;

/// A rule that strikes where all its conditions hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The id.
    pub id: CheckId,
    /// The conditions; never empty. All have to hold.
    pub when: Vec<Condition>,
    /// What doesn't fit together, in a sentence.
    pub says: String,
    /// What to ask next.
    pub ask: String,
}

/// One condition of a check. What is open, excluded, not applicable or of another role fulfils no condition on a level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// A question is answered at this level or above, as claimed.
    AtLeast(QuestionId, Level),
    /// A question is answered below this level, as claimed.
    Below(QuestionId, Level),
    /// A question is answered, and its evidence carries less than this level.
    EvidencedBelow(QuestionId, Level),
    /// A control is excluded (or, with false, is not).
    Excluded(RequirementId, bool),
    /// A field of the profile that chooses from words has this one.
    Profile(ProfileKey, &'static str),
}

impl Condition {
    /// Returns the question that the condition is about, where it is about one.
    #[must_use]
    pub fn question(&self) -> Option<&QuestionId> {
        match self {
            Self::AtLeast(question, _) | Self::Below(question, _) | Self::EvidencedBelow(question, _) => Some(question),
            Self::Excluded(..) | Self::Profile(..) => None,
        }
    }

    /// Returns the control that the condition is about, where it is about one.
    #[must_use]
    pub fn requirement(&self) -> Option<&RequirementId> {
        match self {
            Self::Excluded(requirement, _) => Some(requirement),
            Self::AtLeast(..) | Self::Below(..) | Self::EvidencedBelow(..) | Self::Profile(..) => None,
        }
    }
}
