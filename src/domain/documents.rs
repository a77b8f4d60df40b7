//! The documented information that an audit reads: present, partial or missing, by the answers.
//!
//! Which documents and records there are is data of the questionnaire. How many the standard asks for depends on how one
//! counts, so that nothing here states a number as a fact of the standard.

#[cfg(test)]
mod tests;

use crate::domain::flow::Progress;
use crate::domain::id::{DocumentId, QuestionId, RequirementId};
use crate::domain::level::Level;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::scoring::{Contribution, Scorecard, Views};

/// A document or record that an audit wants to see, as the questionnaire describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The id, such as `scope`.
    pub id: DocumentId,
    /// What it is, as a noun phrase.
    pub title: String,
    /// Whether it says how things are to be done, or shows that they were.
    pub kind: DocumentKind,
    /// Whether the Stage 1 audit reads it.
    pub stage1: bool,
    /// The clauses and controls that ask for it; never empty.
    pub requirements: Vec<RequirementId>,
    /// The questions whose answers tell whether it is there; never empty.
    pub questions: Vec<QuestionId>,
}

/// What kind of documented information it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// To be kept current: a policy, a method, a plan. It is there from level 2 on.
    Document,
    /// To be kept as it was: results, minutes, reports. It is there from level 3 on.
    Record,
}

/// A document with how far it is there.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentState {
    /// The document.
    pub document: Document,
    /// How far it is there, as claimed and by the evidence.
    pub presence: Views<Presence>,
    /// How many of its questions are answered.
    pub answered: Progress,
}

/// How far a document is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presence {
    /// A question of it is unanswered, and nothing answered says that it is missing.
    #[default]
    Open,
    /// Every answer is below level 2: there is nothing to read.
    Missing,
    /// Something is there, and something is wanting.
    Partial,
    /// Every answer reaches the level at which it is there.
    Present,
    /// Nothing of it applies to the organisation.
    NotNeeded,
}

/// Returns the documents of the questionnaire with how far each is there, in the order of the questionnaire.
#[must_use]
pub fn documents(questionnaire: &Questionnaire, card: &Scorecard) -> Vec<DocumentState> {
    questionnaire.documents().iter().map(|document| state(document, card)).collect()
}

fn state(document: &Document, card: &Scorecard) -> DocumentState {
    let counted: Vec<&Contribution> = document.questions.iter().filter_map(|id| card.contribution(id)).collect();
    let claimed: Vec<Option<Level>> = counted.iter().map(|c| c.claimed).collect();
    let evidenced: Vec<Option<Level>> = counted.iter().map(|c| c.evidenced).collect();
    DocumentState {
        presence: Views {
            claimed: presence(&claimed, document.kind.bar()),
            evidenced: presence(&evidenced, document.kind.bar()),
        },
        answered: Progress { answered: claimed.iter().flatten().count(), asked: claimed.len() },
        document: document.clone(),
    }
}

fn presence(levels: &[Option<Level>], bar: Level) -> Presence {
    let answered: Vec<Level> = levels.iter().flatten().copied().collect();
    if levels.is_empty() {
        Presence::NotNeeded
    } else if answered.is_empty() {
        Presence::Open
    } else if answered.iter().all(|level| *level < Level::Documented) {
        Presence::Missing
    } else if answered.iter().any(|level| *level < bar) {
        Presence::Partial
    } else if answered.len() < levels.len() {
        Presence::Open
    } else {
        Presence::Present
    }
}

impl DocumentKind {
    /// All kinds.
    pub const ALL: [Self; 2] = [Self::Document, Self::Record];

    /// Returns the level from which on it is there.
    #[must_use]
    pub fn bar(self) -> Level {
        match self {
            Self::Document => Level::Documented,
            Self::Record => Level::Operating,
        }
    }

    /// Returns the word for it in files and on screens.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Record => "record",
        }
    }
}

impl Presence {
    /// Returns the word for it in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Missing => "missing",
            Self::Partial => "partial",
            Self::Present => "present",
            Self::NotNeeded => "not-needed",
        }
    }

    /// Returns the words for it on screens and in reports.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Missing => "missing",
            Self::Partial => "partial",
            Self::Present => "present",
            Self::NotNeeded => "not asked",
        }
    }
}
