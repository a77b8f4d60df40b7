//! Who a report is for, and so what goes in and what stays out.

use crate::domain::profile::ProfileKey;

/// Who reads a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Top management: two pages to decide on.
    Board,
    /// Those who run the project: everything.
    #[default]
    Full,
    /// An auditor: scope, documents, Statement of Applicability, answers and evidence; no plan, cost or inner remark.
    Auditor,
    /// A customer: what applies, what is in place, and when; no gap, note or person.
    Customer,
    /// Those who own gaps: what each of them has to do, and by when.
    Owner,
}

/// What a format holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Pages to read: those parts that are meant for its reader.
    Pages,
    /// Tables to work with: those that are meant for its reader. A board has two pages to read, and no table.
    Tables,
    /// All answers with all notes, and every finding: they can't be had in part.
    Everything,
    /// The plan, day by day.
    Days,
}

/// A part of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Verdict, figures, dates and next actions.
    Summary,
    /// The organisation and its scope.
    Profile,
    /// The figures of every area.
    Areas,
    /// What an auditor would probably write.
    Findings,
    /// Whether a certificate is worth it.
    Worth,
    /// What doesn't fit together.
    Checks,
    /// The documents that an audit reads.
    Documents,
    /// The Statement of Applicability.
    Applicability,
    /// What is to be done, most pressing first.
    Actions,
    /// What is to be done, by who owns it.
    ActionsByOwner,
    /// When, how sure that is, and what it rests on.
    Timeline,
    /// What else the answers speak to: law, other standards, buyers' questions.
    Crosswalks,
    /// What changed since the last snapshot.
    Changes,
    /// Question by question: answers and evidence.
    Answers,
    /// How the figures came about, and what they can't say.
    Method,
}

/// Whether a report names people and organisations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Names {
    /// It does.
    #[default]
    Shown,
    /// It doesn't: names, and every text in which one may stand, are left out.
    LeftOut,
}

impl Audience {
    /// Returns whether it reads a field of the profile: resources and rates are nobody else's business.
    #[must_use]
    pub fn reads_field(self, key: ProfileKey) -> bool {
        let is_scope = matches!(
            key,
            ProfileKey::Organisation
                | ProfileKey::Sector
                | ProfileKey::Sites
                | ProfileKey::AiRole
                | ProfileKey::AiSystems
                | ProfileKey::AiActRole
                | ProfileKey::HighRisk
                | ProfileKey::Certificates
        );
        let is_size = matches!(key, ProfileKey::Headcount | ProfileKey::AiPeople | ProfileKey::Suppliers);
        match self {
            Self::Board | Self::Full | Self::Owner => true,
            Self::Auditor => is_scope || is_size,
            Self::Customer => is_scope,
        }
    }

    /// Returns whether a format that holds this has something for it that it may see.
    #[must_use]
    pub fn may_have(self, holds: Holds) -> bool {
        match holds {
            Holds::Pages => true,
            Holds::Tables => self != Self::Board,
            Holds::Everything => self == Self::Full,
            Holds::Days => self.reads_dates(),
        }
    }

    /// All audiences, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Full, Self::Board, Self::Auditor, Self::Customer, Self::Owner];

    /// Returns the word for it on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Board => "board",
            Self::Full => "full",
            Self::Auditor => "auditor",
            Self::Customer => "customer",
            Self::Owner => "owner",
        }
    }

    /// Returns the audience with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.word() == word)
    }

    /// Returns what the report for it is called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Board => "Board summary",
            Self::Full => "Full report",
            Self::Auditor => "Report for the auditor",
            Self::Customer => "Statement for customers",
            Self::Owner => "Actions by owner",
        }
    }

    /// Returns who reads it, within a sentence.
    #[must_use]
    pub fn reader(self) -> &'static str {
        match self {
            Self::Board => "the board",
            Self::Full => "those who run the project",
            Self::Auditor => "an auditor",
            Self::Customer => "a customer",
            Self::Owner => "an owner of actions",
        }
    }

    /// Returns what goes in, in a sentence.
    #[must_use]
    pub fn contents(self) -> &'static str {
        match self {
            Self::Board => "Two pages: verdict, figures, dates, what to do next.",
            Self::Full => "Everything that was recorded and what follows from it, notes and names included.",
            Self::Auditor => {
                "Scope, documents, Statement of Applicability, answers and evidence; no notes, plan or cost."
            }
            Self::Customer => "What applies and what is in place, on whose word; no levels, notes, plan or people.",
            Self::Owner => "What each owner has to do and by when; no summary, answers or cost.",
        }
    }

    /// Returns the parts that its report has, in order.
    #[must_use]
    pub fn parts(self) -> &'static [Part] {
        match self {
            Self::Board => &[Part::Summary],
            Self::Full => &[
                Part::Summary,
                Part::Worth,
                Part::Profile,
                Part::Areas,
                Part::Findings,
                Part::Checks,
                Part::Documents,
                Part::Applicability,
                Part::Actions,
                Part::Timeline,
                Part::Crosswalks,
                Part::Changes,
                Part::Answers,
                Part::Method,
            ],
            Self::Auditor => {
                &[Part::Profile, Part::Areas, Part::Documents, Part::Applicability, Part::Answers, Part::Method]
            }
            Self::Customer => &[Part::Profile, Part::Applicability, Part::Method],
            Self::Owner => &[Part::ActionsByOwner, Part::Timeline, Part::Method],
        }
    }

    /// Returns whether its report tells when the milestones are reached. To work that out takes longer than all the rest.
    #[must_use]
    pub fn reads_dates(self) -> bool {
        match self {
            Self::Board | Self::Full | Self::Owner => true,
            Self::Auditor | Self::Customer => false,
        }
    }

    /// Returns whether its report may hold the gaps: what is open, weak, or not evidenced.
    #[must_use]
    pub fn sees_gaps(self) -> bool {
        match self {
            Self::Board | Self::Full | Self::Auditor | Self::Owner => true,
            Self::Customer => false,
        }
    }
}
