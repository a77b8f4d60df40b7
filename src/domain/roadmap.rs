//! The work that leads to a certificate, as data: packages that close questions, and steps that are always there.

use crate::domain::id::{PackageId, QuestionId};
use crate::domain::profile::{Certificate, Profile};

/// The work packages and audit steps, in an order in which each comes after all that it follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Roadmap {
    /// What holds for all packages.
    pub settings: Settings,
    /// What pulls all draws in one direction.
    pub drivers: Vec<Driver>,
    /// Packages and steps, in topological order.
    pub packages: Vec<Package>,
}

/// What holds for all packages of a roadmap.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The organisation that the efforts are stated for.
    pub reference: Reference,
    /// The share of the planned project days that goes into the work, above 0 and up to 1.
    pub utilisation: f64,
    /// The share of the effort that experienced help saves, 0 to 1.
    pub consultant_saves: f64,
    /// Where these figures come from.
    pub source: String,
}

/// The size of the organisation that the efforts are stated for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reference {
    /// People employed.
    pub headcount: f64,
    /// AI systems in scope.
    pub ai_systems: f64,
    /// People who do AI work in scope.
    pub ai_people: f64,
    /// Sites in scope.
    pub sites: f64,
    /// Suppliers of AI systems, models or data.
    pub suppliers: f64,
}

/// What a package's effort grows with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Size {
    /// People employed.
    Headcount,
    /// AI systems in scope.
    AiSystems,
    /// People who do AI work in scope.
    AiPeople,
    /// Sites in scope.
    Sites,
    /// Suppliers of AI systems, models or data.
    Suppliers,
}

/// Something that makes the whole project easier or harder, and so correlates the draws (Hulett's risk drivers).
#[derive(Clone, Debug, PartialEq)]
pub struct Driver {
    /// The id.
    pub id: PackageId,
    /// What a person reads.
    pub title: String,
    /// The correlation of each draw with this driver, 0 to 1; the squares of all drivers sum to less than 1.
    pub pull: f64,
    /// Why it is there, and why it pulls so strongly.
    pub source: String,
}

/// The least, the most likely and the greatest amount.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ThreePoint {
    /// The optimistic amount.
    pub low: f64,
    /// The most likely amount.
    pub mode: f64,
    /// The pessimistic amount.
    pub high: f64,
}

/// The phase of the project that a package belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Agree what is covered and who leads.
    Scope,
    /// Write down how things are to be done.
    Design,
    /// Do it, for each AI system.
    Implement,
    /// Run it until there are records.
    Operate,
    /// Audit and review it yourselves.
    Check,
    /// Have it audited by a certification body.
    Certify,
}

/// A point in the project that people plan by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Milestone {
    /// The documentation is complete, and internal audit and management review are done.
    ReadyForStage1,
    /// The Stage 1 audit is over.
    Stage1,
    /// The Stage 2 audit is over.
    Stage2,
    /// The certification body has decided.
    Certificate,
}

/// A piece of work, or a step that is always there.
#[derive(Clone, Debug, PartialEq)]
pub struct Package {
    /// The id.
    pub id: PackageId,
    /// What a person reads.
    pub title: String,
    /// The phase.
    pub phase: Phase,
    /// What it closes; a step closes nothing and is always there.
    pub kind: PackageKind,
    /// The effort in person-days, for the way from level 0 to level 3 in the reference organisation.
    pub effort: ThreePoint,
    /// The time in working days that costs nobody's effort.
    pub waiting: ThreePoint,
    /// What has to be finished before it.
    pub after: Vec<PackageId>,
    /// How many people can work on it at once.
    pub workers: f64,
    /// What the effort grows with: the exponent to which the ratio to the reference organisation is raised, 0 or more.
    pub scales: Vec<(Size, f64)>,
    /// The share of effort and waiting that a certificate saves, 0 to 1. Of several, the greatest counts.
    pub reuse: Vec<(Certificate, f64)>,
    /// Where the figures come from, or why they are our estimate.
    pub source: String,
}

/// Whether a package closes questions or is there whatever the answers.
#[derive(Clone, Debug, PartialEq)]
pub enum PackageKind {
    /// Work that closes these questions, and drops out when they are closed.
    Work {
        /// The questions.
        closes: Vec<QuestionId>,
    },
    /// A step of the way that every organisation goes.
    Step(Step),
}

/// What is particular to a step that is always there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// The milestone that is reached with its end.
    pub milestone: Option<Milestone>,
    /// Whether the waiting is the certification body's booking lead time, as the profile states it.
    pub booking: bool,
    /// How likely it is to be needed; always, where there is none.
    pub chance: Option<Chance>,
    /// The share of its waiting that evidence which exists already saves, 0 to 1.
    pub eased_by_evidence: f64,
}

/// The probability that a step is needed: `base + unevidenced x (1 - evidenced Stage 2 readiness)`, at most 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance {
    /// The probability when everything is evidenced.
    pub base: f64,
    /// What is added when nothing is.
    pub unevidenced: f64,
}

impl Size {
    /// All sizes.
    pub const ALL: [Self; 5] = [Self::Headcount, Self::AiSystems, Self::AiPeople, Self::Sites, Self::Suppliers];

    /// Returns the word for it in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Headcount => "headcount",
            Self::AiSystems => "ai_systems",
            Self::AiPeople => "ai_people",
            Self::Sites => "sites",
            Self::Suppliers => "suppliers",
        }
    }

    /// Returns how large the profile's organisation is in this respect.
    #[must_use]
    pub fn of(self, profile: &Profile) -> f64 {
        f64::from(match self {
            Self::Headcount => profile.headcount,
            Self::AiSystems => profile.ai_systems,
            Self::AiPeople => profile.ai_people,
            Self::Sites => profile.sites,
            Self::Suppliers => profile.suppliers,
        })
    }

    /// Returns how large the reference organisation is in this respect.
    #[must_use]
    pub fn of_reference(self, reference: &Reference) -> f64 {
        match self {
            Self::Headcount => reference.headcount,
            Self::AiSystems => reference.ai_systems,
            Self::AiPeople => reference.ai_people,
            Self::Sites => reference.sites,
            Self::Suppliers => reference.suppliers,
        }
    }
}

impl Phase {
    /// All phases, in order.
    pub const ALL: [Self; 6] = [Self::Scope, Self::Design, Self::Implement, Self::Operate, Self::Check, Self::Certify];

    /// Returns the word for it in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Scope => "scope",
            Self::Design => "design",
            Self::Implement => "implement",
            Self::Operate => "operate",
            Self::Check => "check",
            Self::Certify => "certify",
        }
    }

    /// Returns the word for it on screens.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Scope => "Scope",
            Self::Design => "Design",
            Self::Implement => "Implement",
            Self::Operate => "Operate",
            Self::Check => "Check",
            Self::Certify => "Certify",
        }
    }
}

impl Milestone {
    /// All milestones, in order.
    pub const ALL: [Self; 4] = [Self::ReadyForStage1, Self::Stage1, Self::Stage2, Self::Certificate];

    /// Returns the word for it in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::ReadyForStage1 => "ready-for-stage-1",
            Self::Stage1 => "stage-1",
            Self::Stage2 => "stage-2",
            Self::Certificate => "certificate",
        }
    }

    /// Returns the words for it on screens.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::ReadyForStage1 => "Work for Stage 1 done",
            Self::Stage1 => "Stage 1 audit done",
            Self::Stage2 => "Stage 2 audit done",
            Self::Certificate => "Certificate decided",
        }
    }
}

impl Package {
    /// Returns the questions that the package closes; none for a step.
    #[must_use]
    pub fn closes(&self) -> &[QuestionId] {
        match &self.kind {
            PackageKind::Work { closes } => closes,
            PackageKind::Step(_) => &[],
        }
    }

    /// Returns what is particular to a step, where the package is one.
    #[must_use]
    pub fn step(&self) -> Option<&Step> {
        match &self.kind {
            PackageKind::Work { .. } => None,
            PackageKind::Step(step) => Some(step),
        }
    }
}
