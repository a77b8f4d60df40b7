//! The stored form of where a history starts.

use serde::{Deserialize, Serialize};

use crate::domain::assessment::{Assessment, QuestionnaireRef, Seed};
use crate::storage::record::OpId;
use crate::storage::record::change::value::depth;

/// Where a history starts: an assessment without answers. The rest of its group fills it.
///
/// Written when an assessment is made, and when its history was lost or damaged: what comes after needs nothing that
/// came before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Base {
    /// The name.
    pub name: String,
    /// The id of the questionnaire.
    pub questionnaire: String,
    /// Its version.
    pub questionnaire_version: String,
    /// The depth, as a word.
    pub depth: String,
    /// The seed.
    pub seed: u64,
    /// How many changes the state lacks because they could not be read when this was written.
    ///
    /// Should they turn up again, a start that lacks fewer is better than this one.
    #[serde(default, skip_serializing_if = "is_none")]
    pub lost: u64,
    /// Changes that could not be made safe and yet may stand in the journal: they are neither in the state nor wanted.
    ///
    /// Nobody was told that they are saved. Each stands for those of its session before it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed_over: Vec<OpId>,
    /// The first change of each session whose file was there when this was written, and could not be read.
    ///
    /// What its author changed after it, the same author's earlier changes in these sessions don't contradict.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<OpId>,
}

impl Base {
    /// Returns the start of an assessment that lacks some changes.
    #[must_use]
    pub fn of(assessment: &Assessment, lost: u64, passed_over: Vec<OpId>, unread: Vec<OpId>) -> Self {
        Self {
            name: assessment.name().to_owned(),
            questionnaire: assessment.questionnaire().id.clone(),
            questionnaire_version: assessment.questionnaire().version.clone(),
            depth: assessment.depth().word().to_owned(),
            seed: assessment.seed().0,
            lost,
            passed_over,
            unread,
        }
    }

    /// Returns the assessment that it starts.
    ///
    /// # Errors
    ///
    /// Returns the word that this version doesn't know.
    pub fn to_assessment(&self) -> Result<Assessment, String> {
        let questionnaire =
            QuestionnaireRef { id: self.questionnaire.clone(), version: self.questionnaire_version.clone() };
        Ok(Assessment::new(self.name.clone(), questionnaire, depth(&self.depth)?, Seed(self.seed)))
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
fn is_none(number: &u64) -> bool {
    *number == 0
}
