//! How a questionnaire's requirements relate to another framework, as data.
//!
//! A crosswalk never shows that something is met: it says what helps to produce evidence, and what stays uncovered.

use chrono::NaiveDate;

use crate::domain::id::{CrosswalkId, EntryId, RequirementId};
use crate::domain::profile::{AiActRole, Profile};

/// A mapping between the requirements and another framework.
#[derive(Clone, Debug, PartialEq)]
pub struct Crosswalk {
    /// The id, such as `eu-ai-act`.
    pub id: CrosswalkId,
    /// The title that a person reads.
    pub title: String,
    /// What kind of mapping it is; each entry's [`Detail`] is of this kind.
    pub kind: Kind,
    /// The framework, exactly: number, edition, date.
    pub reference: String,
    /// Who made the mapping, from what.
    pub source: String,
    /// Whether the mapping is ours, rather than published by who made the framework.
    pub ours: bool,
    /// The day whose state it shows.
    pub as_of: NaiveDate,
    /// How to read it, and what it can't say.
    pub note: String,
    /// Its entries, in the framework's order; never empty, ids unique.
    pub entries: Vec<Entry>,
}

/// What kind of mapping a crosswalk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Legal obligations that the requirements help to evidence.
    Obligations,
    /// What a certificate that is held brings along, requirement by requirement.
    Reuse,
    /// A framework whose parts the requirements help to evidence.
    Coverage,
    /// Questions of buyers, with drafts of answers.
    Buyers,
}

/// One part of the other framework.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The id, unique in its crosswalk; the framework's own where it has one.
    pub id: EntryId,
    /// The short title.
    pub title: String,
    /// The requirements that bear on it; empty where none does.
    pub requirements: Vec<RequirementId>,
    /// What its kind adds.
    pub detail: Detail,
}

/// What an entry says, by the kind of its crosswalk.
#[derive(Clone, Debug, PartialEq)]
pub enum Detail {
    /// A legal obligation.
    Obligation(Obligation),
    /// What is there already.
    Reuse {
        /// How much of it can be used again.
        reuse: Reuse,
        /// What the certificate brings.
        helps: String,
        /// What is left to do.
        gap: String,
    },
    /// A part of a framework.
    Coverage {
        /// The framework's own text, where it is free; empty otherwise.
        text: String,
        /// What of the requirements helps to evidence it.
        helps: String,
        /// What stays uncovered; empty where nothing does.
        gap: String,
    },
    /// What a buyer asks.
    Buyer {
        /// The question.
        question: String,
        /// A draft with `{fields}` that the assessment fills, and `[gaps]` that a person fills.
        answer: String,
    },
}

/// A legal obligation that the requirements help to evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Obligation {
    /// What of the requirements helps to evidence it.
    pub helps: String,
    /// What stays uncovered.
    pub gap: String,
    /// The roles in the sense of the law that it falls on; empty for everybody.
    pub roles: Vec<AiActRole>,
    /// Whether it concerns high-risk AI systems only.
    pub high_risk: bool,
    /// The first day on which it applies.
    pub applies_from: NaiveDate,
    /// What the date leaves out: exceptions, later dates, amendments. Empty where nothing does.
    pub applies_note: String,
}

/// How much of what is there can be used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reuse {
    /// The same mechanism, with a wider scope.
    Full,
    /// The same shape, with new content.
    Part,
    /// It is new.
    None,
}

impl Crosswalk {
    /// Returns the entry with this id.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id.as_str() == id)
    }

    /// Returns the entries that a requirement bears on, in order.
    pub fn entries_of<'a>(&'a self, requirement: &'a RequirementId) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| entry.requirements.contains(requirement))
    }
}

impl Detail {
    /// Returns the kind of crosswalk that such an entry belongs to.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Obligation(_) => Kind::Obligations,
            Self::Reuse { .. } => Kind::Reuse,
            Self::Coverage { .. } => Kind::Coverage,
            Self::Buyer { .. } => Kind::Buyers,
        }
    }
}

impl Obligation {
    /// Returns whether it falls on an organisation with this profile: by its role under the law, and by whether it has
    /// high-risk AI systems. A profile with several roles has every role.
    #[must_use]
    pub fn concerns(&self, profile: &Profile) -> bool {
        let role = profile.ai_act_role;
        let by_role = role == AiActRole::Several || self.roles.is_empty() || self.roles.contains(&role);
        by_role && (profile.high_risk || !self.high_risk)
    }

    /// Returns whether it applies on a day.
    #[must_use]
    pub fn applies_on(&self, day: NaiveDate) -> bool {
        self.applies_from <= day
    }
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Obligations, Self::Reuse, Self::Coverage, Self::Buyers];

    /// Returns the word for it in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Obligations => "obligations",
            Self::Reuse => "reuse",
            Self::Coverage => "coverage",
            Self::Buyers => "buyers",
        }
    }
}

impl Reuse {
    /// All degrees, the fullest first.
    pub const ALL: [Self; 3] = [Self::Full, Self::Part, Self::None];

    /// Returns the word for it in files and on screens.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Part => "part",
            Self::None => "none",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::day;

    fn obligation(roles: Vec<AiActRole>, high_risk: bool) -> Obligation {
        let text = || "Something.".to_owned();
        let applies_from = day(2027, 12, 2);
        Obligation { helps: text(), gap: text(), roles, high_risk, applies_from, applies_note: String::new() }
    }

    #[test]
    fn an_obligation_falls_on_its_roles_and_on_whoever_has_several() {
        let provider = obligation(vec![AiActRole::Provider], false);
        let as_role = |ai_act_role| Profile { ai_act_role, ..Profile::default() };
        let concerned = AiActRole::ALL.map(|role| provider.concerns(&as_role(role)));
        assert_eq!(concerned, [true, false, false, false, true]);
        assert!(AiActRole::ALL.iter().all(|role| obligation(vec![], false).concerns(&as_role(*role))));
    }

    #[test]
    fn a_high_risk_obligation_falls_on_nobody_without_a_high_risk_system() {
        let profile = |high_risk| Profile { high_risk, ..Profile::default() };
        assert!(!obligation(vec![], true).concerns(&profile(false)));
        assert!(obligation(vec![], true).concerns(&profile(true)));
        assert!(obligation(vec![], false).concerns(&profile(false)));
    }

    #[test]
    fn an_obligation_applies_from_its_first_day() {
        let obligation = obligation(vec![], false);
        assert_eq!((obligation.applies_on(day(2027, 12, 1)), obligation.applies_on(day(2027, 12, 2))), (false, true));
    }
}
