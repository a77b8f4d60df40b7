//! Which steps of the history are shown.

use crate::domain::history::{Deed, Step};
use crate::domain::id::QuestionId;
use crate::tui::overlay;
use crate::tui::session::Session;

/// Which steps are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// All of them.
    All,
    /// The snapshots.
    Snapshots,
    /// Those about a question.
    Question(QuestionId),
}

impl Filter {
    /// Returns the filters that there are: the question is the one that was looked at last.
    #[must_use]
    pub fn all(session: &Session) -> Vec<Self> {
        let question = session.place().cloned().map(Self::Question);
        [Self::All, Self::Snapshots].into_iter().chain(question).collect()
    }

    /// Returns its title.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::All => "all steps".to_owned(),
            Self::Snapshots => "snapshots".to_owned(),
            Self::Question(question) => format!("on {question}"),
        }
    }

    /// Returns whether it shows a step.
    #[must_use]
    pub fn shows(&self, step: &Step) -> bool {
        match self {
            Self::All => true,
            Self::Snapshots => matches!(step.deed, Deed::Snapshot(_)),
            Self::Question(question) => {
                step.changes.iter().any(|made| overlay::question(&made.change) == Some(question))
            }
        }
    }
}
