//! Which changes are accepted: what a questionnaire asks of them, and how long a text may be.

use crate::domain::assessment::Answer;
use crate::domain::change::{Change, MOST_NAME, MOST_TEXT};
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::questionnaire::{Questionnaire, RequirementKind};
use crate::domain::statement::{Approval, OwnControl};

/// Why a change was not accepted. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The question isn't in the questionnaire.
    #[error("there is no question {0}")]
    UnknownQuestion(QuestionId),
    /// The requirement isn't in the questionnaire.
    #[error("there is no requirement {0}")]
    UnknownRequirement(RequirementId),
    /// A clause can't be left out.
    #[error(
        "{0} is a clause of the management system: it can't be excluded or answered with not applicable, because the \
         standard lets an organisation choose among the controls of Annex A, and never among its clauses 4 to 10"
    )]
    Clause(RequirementId),
    /// Not applicable was said without a reason.
    #[error("not applicable needs a justification, which the Statement of Applicability will show")]
    NoJustification,
    /// Reasons for inclusion were given for what is no control.
    #[error("{0} is a clause of the management system: it always applies, so there is no reason to give")]
    NoControl(RequirementId),
    /// An own control has the id of a requirement.
    #[error("{0} is the id of a requirement: choose another one for a control of your own, such as X.1")]
    TakenId(RequirementId),
    /// An own control has no id that can be one.
    #[error("{0:?} can't be the id of a control: use 1 to 60 letters, digits, dots, dashes and underscores")]
    BadId(String),
    /// An own control lacks its title or its reason.
    #[error("a control of your own needs a title, and a reason for having it")]
    EmptyControl,
    /// Approved by nobody.
    #[error("an approval needs the name of the person who gives it")]
    NoApprover,
    /// A snapshot without a label.
    #[error("the label is empty")]
    EmptyLabel,
    /// A name without a letter.
    #[error("the name is empty")]
    EmptyName,
    /// An item of evidence without a text.
    #[error("the item of evidence is empty")]
    EmptyEvidence,
    /// A text longer than what is kept.
    #[error("the text has {bytes} bytes, and at most {most} are kept")]
    TooLong {
        /// Its length.
        bytes: usize,
        /// The most that is kept.
        most: usize,
    },
    /// A profile field that doesn't take the value.
    #[error(transparent)]
    Profile(#[from] crate::domain::profile::ProfileError),
}

impl Change {
    /// Checks the change against the questionnaire, before it is recorded.
    ///
    /// # Errors
    ///
    /// Returns why it can't be accepted.
    pub fn check(&self, questionnaire: &Questionnaire) -> Result<(), Refusal> {
        match self {
            Self::Rename(edit) => check_name(&edit.new),
            Self::Depth(_) | Self::Seed(_) | Self::Profile { .. } => Ok(()),
            Self::Answer { question, edit } => check_answer(questionnaire, question, edit.new.as_ref()),
            Self::Note { question, edit } | Self::Owner { question, edit } => {
                known(questionnaire, question)?;
                check_text(&edit.new)
            }
            Self::Due { question, .. } | Self::Reviewed { question, .. } | Self::Marked { question, .. } => {
                known(questionnaire, question).map(drop)
            }
            Self::EvidenceAdded { question, evidence } => {
                known(questionnaire, question)?;
                if evidence.what.trim().is_empty() {
                    return Err(Refusal::EmptyEvidence);
                }
                check_text(&evidence.what)
            }
            Self::EvidenceRemoved { question, .. } => known(questionnaire, question).map(drop),
            Self::Exclusion { requirement, edit } => {
                let (_, found) = questionnaire
                    .requirement(requirement)
                    .ok_or_else(|| Refusal::UnknownRequirement(requirement.clone()))?;
                match &edit.new {
                    None => Ok(()),
                    Some(_) if !found.can_be_excluded() => Err(Refusal::Clause(requirement.clone())),
                    Some(because) => check_justification(because),
                }
            }
            Self::Inclusion { requirement, .. } => match questionnaire.requirement(requirement) {
                None => Err(Refusal::UnknownRequirement(requirement.clone())),
                Some((_, found)) if !found.can_be_excluded() => Err(Refusal::NoControl(requirement.clone())),
                Some(_) => Ok(()),
            },
            Self::OwnControl { control, edit } => check_own_control(questionnaire, control, edit.new.as_ref()),
            Self::Approval(edit) => check_approval(edit.new.as_ref()),
        }
    }
}

/// Checks a name for an assessment.
///
/// # Errors
///
/// Returns why it can't be one: it is empty, or too long.
pub fn check_name(name: &str) -> Result<(), Refusal> {
    if name.trim().is_empty() {
        return Err(Refusal::EmptyName);
    }
    if name.chars().count() > MOST_NAME {
        return Err(Refusal::TooLong { bytes: name.len(), most: MOST_NAME });
    }
    Ok(())
}

fn known(questionnaire: &Questionnaire, question: &QuestionId) -> Result<RequirementKind, Refusal> {
    match questionnaire.item(question) {
        Some(item) => Ok(item.requirement.kind),
        None => Err(Refusal::UnknownQuestion(question.clone())),
    }
}

fn check_answer(questionnaire: &Questionnaire, question: &QuestionId, answer: Option<&Answer>) -> Result<(), Refusal> {
    let item = questionnaire.item(question).ok_or_else(|| Refusal::UnknownQuestion(question.clone()))?;
    match answer {
        None | Some(Answer::Level(_)) => Ok(()),
        Some(Answer::NotApplicable { .. }) if !item.requirement.can_be_excluded() => {
            Err(Refusal::Clause(item.requirement.id.clone()))
        }
        Some(Answer::NotApplicable { because }) => check_justification(because),
    }
}

fn check_own_control(
    questionnaire: &Questionnaire,
    id: &RequirementId,
    own: Option<&OwnControl>,
) -> Result<(), Refusal> {
    let Some(own) = own else { return Ok(()) };
    if questionnaire.requirement(id).is_some() {
        return Err(Refusal::TakenId(id.clone()));
    }
    if !is_plain(id.as_str()) {
        return Err(Refusal::BadId(id.to_string()));
    }
    if own.title.trim().is_empty() || own.reason.trim().is_empty() {
        return Err(Refusal::EmptyControl);
    }
    [&own.title, &own.reason, &own.owner].into_iter().try_for_each(|text| check_text(text))
}

fn check_approval(approval: Option<&Approval>) -> Result<(), Refusal> {
    let Some(approval) = approval else { return Ok(()) };
    if approval.approver.trim().is_empty() {
        return Err(Refusal::NoApprover);
    }
    check_text(&approval.approver)
}

/// Returns whether a text can be an id: what the ids of a questionnaire are made of.
fn is_plain(id: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-:".contains(&byte);
    (1..=60).contains(&id.len()) && id.bytes().all(is_plain)
}

fn check_justification(because: &str) -> Result<(), Refusal> {
    if because.trim().is_empty() {
        return Err(Refusal::NoJustification);
    }
    check_text(because)
}

fn check_text(text: &str) -> Result<(), Refusal> {
    if text.len() > MOST_TEXT {
        return Err(Refusal::TooLong { bytes: text.len(), most: MOST_TEXT });
    }
    Ok(())
}
