//! Which questions a list shows.

use crate::domain::assessment::Response;
use crate::domain::flow::{Applicability, applicability};
use crate::domain::level::Level;
use crate::domain::profile::AiRole;
use crate::domain::questionnaire::Item;
use crate::tui::session::Session;

/// Which questions a list shows. Those of excluded controls and of other roles are never among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// All of them.
    #[default]
    All,
    /// Those without an answer.
    Open,
    /// Those that somebody wants to come back to.
    Marked,
    /// Those that are answered below level 3, the bar of Stage 2.
    Below,
    /// Those that claim level 2 or more, and have no evidence.
    Unproven,
    /// Those that Stage 1 reads a document for.
    Documented,
    /// Those that an audit stops at.
    Showstoppers,
    /// Those that concern a role towards AI in particular.
    Role(AiRole),
    /// Those with this owner.
    Owner(String),
    /// Those below level 3 that nobody owns.
    Nobody,
}

impl Filter {
    /// Returns the filters that there are in an assessment: owners are those who own something there, `user` first.
    #[must_use]
    pub fn all(session: &Session, user: &str) -> Vec<Self> {
        let mut filters = vec![
            Self::All,
            Self::Open,
            Self::Marked,
            Self::Below,
            Self::Unproven,
            Self::Documented,
            Self::Showstoppers,
            Self::Role(AiRole::User),
            Self::Role(AiRole::Developer),
            Self::Role(AiRole::Provider),
            Self::Nobody,
        ];
        let owners = session.assessment().responses().map(|(_, response)| response.owner.trim());
        let mut owners: Vec<String> = owners.filter(|owner| !owner.is_empty()).map(str::to_owned).collect();
        owners.sort();
        owners.dedup();
        owners.sort_by_key(|owner| !is_user(owner, user));
        filters.extend(owners.into_iter().map(Self::Owner));
        filters
    }

    /// Returns its title.
    #[must_use]
    pub fn title(&self, user: &str) -> String {
        match self {
            Self::All => "all questions".to_owned(),
            Self::Open => "open".to_owned(),
            Self::Marked => "marked for review".to_owned(),
            Self::Below => "below level 3".to_owned(),
            Self::Unproven => "without evidence".to_owned(),
            Self::Documented => "Stage 1 reads a document".to_owned(),
            Self::Showstoppers => "an audit stops there".to_owned(),
            Self::Role(role) => format!("for the role of {}", role.word()),
            Self::Owner(owner) if is_user(owner, user) => format!("mine ({owner})"),
            Self::Owner(owner) => format!("owned by {owner}"),
            Self::Nobody => "below level 3 and nobody's".to_owned(),
        }
    }

    /// Returns whether the filter shows a question.
    #[must_use]
    pub fn shows(&self, session: &Session, item: &Item<'_>) -> bool {
        let assessment = session.assessment();
        if applicability(assessment, item.requirement, item.question) != Applicability::Applies {
            return false;
        }
        let response = assessment.response(&item.question.id);
        let claimed = response.and_then(Response::claimed);
        let owner = response.map_or("", |response| response.owner.trim());
        match self {
            Self::All => true,
            Self::Open => response.is_none_or(|response| response.answer.is_none()),
            Self::Marked => response.is_some_and(|response| response.marked),
            Self::Below => claimed.is_some_and(|level| level < Level::Operating),
            Self::Unproven => {
                claimed.is_some_and(|level| level >= Level::Documented)
                    && response.is_some_and(|response| {
                        !response.evidence.iter().any(|evidence| evidence.is_valid_on(session.today()))
                    })
            }
            Self::Documented => item.question.documented,
            Self::Showstoppers => item.question.showstopper,
            Self::Role(role) => item.question.roles.contains(role),
            Self::Owner(wanted) => owner == wanted,
            Self::Nobody => owner.is_empty() && claimed.is_some_and(|level| level < Level::Operating),
        }
    }
}

/// Returns whether an owner is the one who sits here: the names are the same, whatever their case.
fn is_user(owner: &str, user: &str) -> bool {
    !user.is_empty() && owner.to_lowercase() == user.to_lowercase()
}
