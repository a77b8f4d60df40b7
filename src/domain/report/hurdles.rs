//! What stands in the way of the next audit, in words.

use std::borrow::Cow;

use crate::domain::id::{AreaId, QuestionId, RequirementId};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::scoring::Obstacle;

/// An obstacle with the text of what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hurdle {
    /// The obstacle.
    pub obstacle: Obstacle,
    /// The question, or the title of the requirement or the area.
    pub text: String,
}

/// Returns obstacles with the texts of what they are about, in the same order.
#[must_use]
pub fn hurdles(questionnaire: &Questionnaire, obstacles: &[Obstacle]) -> Vec<Hurdle> {
    let title_of = |area: &AreaId| questionnaire.areas().iter().find(|a| &a.id == area).map(|a| a.title.clone());
    let text = |obstacle: &Obstacle| match obstacle {
        Obstacle::Undocumented(question) | Obstacle::Showstopper(question) | Obstacle::Open(question) => {
            questionnaire.item(question).map(|item| item.question.ask.clone())
        }
        Obstacle::Major(requirement) | Obstacle::Undecided(requirement) => {
            questionnaire.requirement(requirement).map(|(_, r)| r.title.clone())
        }
        Obstacle::Systemic { area, .. } => title_of(area),
    };
    let hurdle = |obstacle: &Obstacle| Hurdle { obstacle: obstacle.clone(), text: text(obstacle).unwrap_or_default() };
    obstacles.iter().map(hurdle).collect()
}

impl Obstacle {
    /// Returns the word for its kind in JSON.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Undocumented(_) => "undocumented",
            Self::Showstopper(_) => "showstopper",
            Self::Major(_) => "major",
            Self::Systemic { .. } => "systemic",
            Self::Open(_) => "open",
            Self::Undecided(_) => "undecided",
        }
    }

    /// Returns why it stands in the way: a sentence.
    #[must_use]
    pub fn because(&self) -> Cow<'static, str> {
        match self {
            Self::Undocumented(_) => "Below level 2, and Stage 1 reads a document here.".into(),
            Self::Showstopper(_) => "Below level 3, and Stage 2 does not pass without it.".into(),
            Self::Major(_) => "A potential major nonconformity.".into(),
            Self::Systemic { requirements, .. } => {
                let ids: Vec<&str> = requirements.iter().map(RequirementId::as_str).collect();
                format!("A systemic failure: {} fall short together.", ids.join(", ")).into()
            }
            Self::Open(_) => "Not answered yet.".into(),
            Self::Undecided(_) => {
                "Neither included nor excluded: the Statement of Applicability has to say which, and why.".into()
            }
        }
    }

    /// Returns the id of what it is about.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Undocumented(id) | Self::Showstopper(id) | Self::Open(id) => id.as_str(),
            Self::Major(id) | Self::Undecided(id) => id.as_str(),
            Self::Systemic { area, .. } => area.as_str(),
        }
    }

    /// Returns the question that it is about, where it is about one.
    #[must_use]
    pub fn question(&self) -> Option<&QuestionId> {
        match self {
            Self::Undocumented(id) | Self::Showstopper(id) | Self::Open(id) => Some(id),
            Self::Major(_) | Self::Systemic { .. } | Self::Undecided(_) => None,
        }
    }

    /// Returns the requirement that it is about, where it is about one as a whole.
    #[must_use]
    pub fn requirement(&self) -> Option<&RequirementId> {
        match self {
            Self::Major(id) | Self::Undecided(id) => Some(id),
            Self::Undocumented(_) | Self::Showstopper(_) | Self::Open(_) | Self::Systemic { .. } => None,
        }
    }
}
