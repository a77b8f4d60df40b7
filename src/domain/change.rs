//! The only way in which an assessment changes: small, with what was there before, so that each can be taken back.

mod check;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::assessment::{Answer, Assessment, Depth, Evidence, Seed};
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::profile::ProfileKey;
use crate::domain::statement::{Approval, InclusionReason, OwnControl};

pub use check::{Refusal, check_name};

/// The greatest number of bytes of a note, a justification, an owner or an item of evidence.
pub const MOST_TEXT: usize = 60_000;
/// The greatest number of characters of an assessment's name.
pub const MOST_NAME: usize = 200;

/// A change of one value, from what was there to what is there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit<T> {
    /// The value before.
    pub old: T,
    /// The value after.
    pub new: T,
}

/// One change of an assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The assessment is called differently.
    Rename(Edit<String>),
    /// More or less of the questionnaire is walked through.
    Depth(Edit<Depth>),
    /// The timeline draws other numbers.
    Seed(Edit<Seed>),
    /// A field of the profile; the texts are those of [`Profile::recorded`](crate::domain::profile::Profile::recorded).
    Profile {
        /// The field.
        key: ProfileKey,
        /// Its text.
        edit: Edit<String>,
    },
    /// The answer to a question; none is open.
    Answer {
        /// The question.
        question: QuestionId,
        /// The answer.
        edit: Edit<Option<Answer>>,
    },
    /// The note of a question.
    Note {
        /// The question.
        question: QuestionId,
        /// The text.
        edit: Edit<String>,
    },
    /// Who owns the gap.
    Owner {
        /// The question.
        question: QuestionId,
        /// The owner; empty for nobody.
        edit: Edit<String>,
    },
    /// By when the gap is to be closed.
    Due {
        /// The question.
        question: QuestionId,
        /// The day.
        edit: Edit<Option<NaiveDate>>,
    },
    /// When the answer was last confirmed.
    Reviewed {
        /// The question.
        question: QuestionId,
        /// The day.
        edit: Edit<Option<NaiveDate>>,
    },
    /// Whether somebody wants to come back to it.
    Marked {
        /// The question.
        question: QuestionId,
        /// Marked or not.
        edit: Edit<bool>,
    },
    /// An item of evidence was added.
    EvidenceAdded {
        /// The question.
        question: QuestionId,
        /// The item.
        evidence: Evidence,
    },
    /// An item of evidence was taken away.
    EvidenceRemoved {
        /// The question.
        question: QuestionId,
        /// The item.
        evidence: Evidence,
    },
    /// A control is excluded with a justification, or included again.
    Exclusion {
        /// The control.
        requirement: RequirementId,
        /// The justification; none includes it.
        edit: Edit<Option<String>>,
    },
    /// Why a control is included in the Statement of Applicability.
    Inclusion {
        /// The control.
        requirement: RequirementId,
        /// The reasons; empty where nobody says.
        edit: Edit<BTreeSet<InclusionReason>>,
    },
    /// A control that the organisation adds to those of the questionnaire, alters or takes out.
    OwnControl {
        /// Its id, which no requirement of the questionnaire has.
        control: RequirementId,
        /// The control; none takes it out.
        edit: Box<Edit<Option<OwnControl>>>,
    },
    /// The Statement of Applicability is approved as it stands.
    Approval(Box<Edit<Option<Approval>>>),
}

impl<T> Edit<T> {
    /// Returns the edit that takes this one back.
    #[must_use]
    pub fn inverse(self) -> Self {
        Self { old: self.new, new: self.old }
    }
}

impl<T: PartialEq> Edit<T> {
    fn is_idle(&self) -> bool {
        self.old == self.new
    }
}

impl Change {
    /// Returns the change that answers a question, or leaves it open again.
    #[must_use]
    pub fn answer(assessment: &Assessment, question: &QuestionId, new: Option<Answer>) -> Self {
        let old = assessment.answer(question).cloned();
        Self::Answer { question: question.clone(), edit: Edit { old, new } }
    }

    /// Returns the change that writes a note.
    #[must_use]
    pub fn note(assessment: &Assessment, question: &QuestionId, new: String) -> Self {
        let old = assessment.response(question).map(|r| r.note.clone()).unwrap_or_default();
        Self::Note { question: question.clone(), edit: Edit { old, new } }
    }

    /// Returns the change that names an owner.
    #[must_use]
    pub fn owner(assessment: &Assessment, question: &QuestionId, new: String) -> Self {
        let old = assessment.response(question).map(|r| r.owner.clone()).unwrap_or_default();
        Self::Owner { question: question.clone(), edit: Edit { old, new } }
    }

    /// Returns the change that sets a due date.
    #[must_use]
    pub fn due(assessment: &Assessment, question: &QuestionId, new: Option<NaiveDate>) -> Self {
        let old = assessment.response(question).and_then(|r| r.due);
        Self::Due { question: question.clone(), edit: Edit { old, new } }
    }

    /// Returns the change that says when an answer was confirmed.
    #[must_use]
    pub fn reviewed(assessment: &Assessment, question: &QuestionId, new: Option<NaiveDate>) -> Self {
        let old = assessment.response(question).and_then(|r| r.reviewed);
        Self::Reviewed { question: question.clone(), edit: Edit { old, new } }
    }

    /// Returns the change that marks a question, or takes the mark away.
    #[must_use]
    pub fn toggle_mark(assessment: &Assessment, question: &QuestionId) -> Self {
        let old = assessment.response(question).is_some_and(|r| r.marked);
        Self::Marked { question: question.clone(), edit: Edit { old, new: !old } }
    }

    /// Returns the change that excludes a control, or includes it again.
    #[must_use]
    pub fn exclusion(assessment: &Assessment, requirement: &RequirementId, new: Option<String>) -> Self {
        let old = assessment.exclusion(requirement).map(str::to_owned);
        Self::Exclusion { requirement: requirement.clone(), edit: Edit { old, new } }
    }

    /// Returns the change that says why a control is included.
    #[must_use]
    pub fn inclusion(assessment: &Assessment, requirement: &RequirementId, new: BTreeSet<InclusionReason>) -> Self {
        let old = assessment.inclusion(requirement).collect();
        Self::Inclusion { requirement: requirement.clone(), edit: Edit { old, new } }
    }

    /// Returns the change that adds or alters a control of the organisation's own, or takes it out.
    #[must_use]
    pub fn own_control(assessment: &Assessment, control: &RequirementId, new: Option<OwnControl>) -> Self {
        let old = assessment.own_controls().find(|(id, _)| *id == control).map(|(_, own)| own.clone());
        Self::OwnControl { control: control.clone(), edit: Box::new(Edit { old, new }) }
    }

    /// Returns the change of a profile field.
    ///
    /// # Errors
    ///
    /// Returns what the field takes when it doesn't take the value.
    pub fn profile(assessment: &Assessment, key: ProfileKey, value: &str) -> Result<Self, Refusal> {
        let mut profile = assessment.profile().clone();
        profile.set(key, value)?;
        Ok(Self::Profile { key, edit: Edit { old: assessment.profile().recorded(key), new: profile.recorded(key) } })
    }

    /// Returns the change that calls the assessment differently.
    #[must_use]
    pub fn rename(assessment: &Assessment, new: String) -> Self {
        Self::Rename(Edit { old: assessment.name().to_owned(), new })
    }

    /// Returns the change that takes this one back.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Rename(edit) => Self::Rename(edit.inverse()),
            Self::Depth(edit) => Self::Depth(edit.inverse()),
            Self::Seed(edit) => Self::Seed(edit.inverse()),
            Self::Profile { key, edit } => Self::Profile { key, edit: edit.inverse() },
            Self::Answer { question, edit } => Self::Answer { question, edit: edit.inverse() },
            Self::Note { question, edit } => Self::Note { question, edit: edit.inverse() },
            Self::Owner { question, edit } => Self::Owner { question, edit: edit.inverse() },
            Self::Due { question, edit } => Self::Due { question, edit: edit.inverse() },
            Self::Reviewed { question, edit } => Self::Reviewed { question, edit: edit.inverse() },
            Self::Marked { question, edit } => Self::Marked { question, edit: edit.inverse() },
            Self::EvidenceAdded { question, evidence } => Self::EvidenceRemoved { question, evidence },
            Self::EvidenceRemoved { question, evidence } => Self::EvidenceAdded { question, evidence },
            Self::Exclusion { requirement, edit } => Self::Exclusion { requirement, edit: edit.inverse() },
            Self::Inclusion { requirement, edit } => Self::Inclusion { requirement, edit: edit.inverse() },
            Self::OwnControl { control, edit } => Self::OwnControl { control, edit: Box::new(edit.inverse()) },
            Self::Approval(edit) => Self::Approval(Box::new(edit.inverse())),
        }
    }

    /// Returns the change that leads to the same value from what is there now.
    #[must_use]
    pub fn from_now(self, assessment: &Assessment) -> Self {
        match self {
            Self::Rename(edit) => Self::rename(assessment, edit.new),
            Self::Depth(edit) => Self::Depth(Edit { old: assessment.depth(), new: edit.new }),
            Self::Seed(edit) => Self::Seed(Edit { old: assessment.seed(), new: edit.new }),
            Self::Profile { key, edit } => {
                Self::Profile { key, edit: Edit { old: assessment.profile().recorded(key), new: edit.new } }
            }
            Self::Answer { question, edit } => Self::answer(assessment, &question, edit.new),
            Self::Note { question, edit } => Self::note(assessment, &question, edit.new),
            Self::Owner { question, edit } => Self::owner(assessment, &question, edit.new),
            Self::Due { question, edit } => Self::due(assessment, &question, edit.new),
            Self::Reviewed { question, edit } => Self::reviewed(assessment, &question, edit.new),
            Self::Marked { question, edit } => {
                let old = assessment.response(&question).is_some_and(|r| r.marked);
                Self::Marked { question, edit: Edit { old, new: edit.new } }
            }
            Self::Exclusion { requirement, edit } => Self::exclusion(assessment, &requirement, edit.new),
            Self::Inclusion { requirement, edit } => Self::inclusion(assessment, &requirement, edit.new),
            Self::OwnControl { control, edit } => Self::own_control(assessment, &control, edit.new),
            Self::Approval(edit) => {
                Self::Approval(Box::new(Edit { old: assessment.approval().cloned(), new: edit.new }))
            }
            Self::EvidenceAdded { .. } | Self::EvidenceRemoved { .. } => self,
        }
    }

    /// Returns what the change is about, in words: `the answer to 4.1-1`.
    #[must_use]
    pub fn subject(&self) -> String {
        match self {
            Self::Rename(_) => "the name".to_owned(),
            Self::Depth(_) => "how much is asked".to_owned(),
            Self::Seed(_) => "the seed".to_owned(),
            Self::Profile { key, .. } => format!("the profile's {:?}", key.label()),
            Self::Answer { question, .. } => format!("the answer to {question}"),
            Self::Note { question, .. } => format!("the note on {question}"),
            Self::Owner { question, .. } => format!("the owner of {question}"),
            Self::Due { question, .. } => format!("the due date of {question}"),
            Self::Reviewed { question, .. } => format!("the review date of {question}"),
            Self::Marked { question, .. } => format!("the mark on {question}"),
            Self::EvidenceAdded { question, .. } => format!("an item of evidence for {question}"),
            Self::EvidenceRemoved { question, .. } => format!("the removal of an item of evidence for {question}"),
            Self::Exclusion { requirement, edit } if edit.new.is_some() => format!("the exclusion of {requirement}"),
            Self::Exclusion { requirement, .. } => format!("the inclusion of {requirement}"),
            Self::Inclusion { requirement, .. } => format!("why {requirement} is included"),
            Self::OwnControl { control, edit } if edit.new.is_none() => {
                format!("the removal of your control {control}")
            }
            Self::OwnControl { control, .. } => format!("your control {control}"),
            Self::Approval(edit) if edit.new.is_none() => "the withdrawal of an approval".to_owned(),
            Self::Approval(_) => "the approval of the Statement of Applicability".to_owned(),
        }
    }

    /// Returns whether the change would alter nothing in the assessment.
    #[must_use]
    pub fn is_idle(&self, assessment: &Assessment) -> bool {
        match self {
            Self::Depth(edit) => edit.is_idle(),
            Self::Seed(edit) => edit.is_idle(),
            Self::Rename(edit) | Self::Profile { edit, .. } | Self::Note { edit, .. } | Self::Owner { edit, .. } => {
                edit.is_idle()
            }
            Self::Answer { edit, .. } => edit.is_idle(),
            Self::Due { edit, .. } | Self::Reviewed { edit, .. } => edit.is_idle(),
            Self::Marked { edit, .. } => edit.is_idle(),
            Self::Exclusion { edit, .. } => edit.is_idle(),
            Self::Inclusion { edit, .. } => edit.is_idle(),
            Self::OwnControl { edit, .. } => edit.is_idle(),
            Self::Approval(edit) => edit.is_idle(),
            Self::EvidenceAdded { question, evidence } => {
                assessment.response(question).is_some_and(|r| r.evidence.contains(evidence))
            }
            Self::EvidenceRemoved { question, evidence } => {
                !assessment.response(question).is_some_and(|r| r.evidence.contains(evidence))
            }
        }
    }
}
