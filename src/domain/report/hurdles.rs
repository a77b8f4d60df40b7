//! What stands in the way of the next audit, in words.

use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::scoring::Obstacle;

/// An obstacle with the text of what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hurdle {
    /// The obstacle.
    pub obstacle: Obstacle,
    /// The question, or the title of the requirement.
    pub text: String,
}

/// Returns obstacles with the texts of what they are about, in the same order.
#[must_use]
pub fn hurdles(questionnaire: &Questionnaire, obstacles: &[Obstacle]) -> Vec<Hurdle> {
    let text = |obstacle: &Obstacle| match (obstacle.question(), obstacle.requirement()) {
        (Some(question), _) => questionnaire.item(question).map(|item| item.question.ask.clone()),
        (None, Some(requirement)) => questionnaire.requirement(requirement).map(|(_, r)| r.title.clone()),
        (None, None) => None,
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
            Self::Open(_) => "open",
        }
    }

    /// Returns why it stands in the way: a sentence.
    #[must_use]
    pub fn because(&self) -> &'static str {
        match self {
            Self::Undocumented(_) => "Below level 2, and Stage 1 reads a document here.",
            Self::Showstopper(_) => "Below level 3, and Stage 2 does not pass without it.",
            Self::Major(_) => "A potential major nonconformity.",
            Self::Open(_) => "Not answered yet.",
        }
    }

    /// Returns the question that it is about, where it is about one.
    #[must_use]
    pub fn question(&self) -> Option<&QuestionId> {
        match self {
            Self::Undocumented(id) | Self::Showstopper(id) | Self::Open(id) => Some(id),
            Self::Major(_) => None,
        }
    }

    /// Returns the requirement that it is about, where it is about one as a whole.
    #[must_use]
    pub fn requirement(&self) -> Option<&RequirementId> {
        match self {
            Self::Major(id) => Some(id),
            Self::Undocumented(_) | Self::Showstopper(_) | Self::Open(_) => None,
        }
    }
}
