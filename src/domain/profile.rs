//! The organisation that is assessed: what it is, what it has, and what it can spend on the way.

mod key;

use std::collections::BTreeSet;

use chrono::NaiveDate;

pub use key::{ProfileError, ProfileKey, date};

/// The organisation that is assessed. Every field has a sensible default.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of the form that is answered with yes or no")]
pub struct Profile {
    /// The name of the organisation, as reports print it.
    pub organisation: String,
    /// People employed.
    pub headcount: u32,
    /// AI systems in scope.
    pub ai_systems: u32,
    /// People who do AI work in scope; certification bodies reckon audit days from it (ISO/IEC 42006).
    pub ai_people: u32,
    /// Sites in scope.
    pub sites: u32,
    /// Suppliers of AI systems, models or data.
    pub suppliers: u32,
    /// The role towards AI in the sense of ISO/IEC 22989.
    pub ai_role: AiRole,
    /// The role in the sense of the EU AI Act; it doesn't follow from the other.
    pub ai_act_role: AiActRole,
    /// Whether an AI system in scope is high-risk in the sense of the EU AI Act.
    pub high_risk: bool,
    /// The sector, in the organisation's own words.
    pub sector: String,
    /// The certificates held.
    pub certificates: BTreeSet<Certificate>,
    /// People who work on the project.
    pub people: f64,
    /// Days a week that each of them gives to it.
    pub days_per_week: f64,
    /// Whether a consultant helps.
    pub consultant: bool,
    /// The project's first day; the day of the report where there is none.
    pub start: Option<NaiveDate>,
    /// The day by which the certificate is wanted.
    pub target: Option<NaiveDate>,
    /// Weeks between booking the certification body and its first audit day.
    pub booking_weeks: u32,
    /// What a day of one's own people costs.
    pub rate_internal: Option<f64>,
    /// What a day of a consultant costs.
    pub rate_external: Option<f64>,
    /// The currency of the rates, as an ISO 4217 code.
    pub currency: String,
    /// Whether AI is at the core of what the organisation sells.
    pub core_to_product: bool,
    /// Whether customers ask for proof.
    pub customers_ask: bool,
    /// The fields that somebody has told to be as they are by default. Of the others that are, nobody has said anything.
    pub told: BTreeSet<ProfileKey>,
}

/// What an organisation does with AI (ISO/IEC 22989, simplified to what changes the questions).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AiRole {
    /// It uses AI systems of others.
    User,
    /// It develops AI systems.
    Developer,
    /// It provides AI systems to customers.
    Provider,
    /// More than one of these.
    Several,
}

/// The role in the sense of the EU AI Act, article 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AiActRole {
    /// Develops an AI system, or has one developed, and places it on the market under its own name.
    Provider,
    /// Uses an AI system under its authority.
    Deployer,
    /// Places on the Union market an AI system of somebody established outside.
    Importer,
    /// Makes an AI system available without being provider or importer.
    Distributor,
    /// More than one of these.
    Several,
}

/// A certificate or attestation that carries over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certificate {
    /// ISO/IEC 27001, information security.
    Iso27001,
    /// ISO 9001, quality.
    Iso9001,
    /// ISO/IEC 27701, privacy.
    Iso27701,
    /// SOC 2, an attestation.
    Soc2,
    /// ISO 22301, continuity.
    Iso22301,
}

impl Profile {
    /// Returns whether nobody has told what the organisation is and does: every field that a judgement of it rests on is
    /// as it is by default. Its name, its sector, the project's people and days, and money say nothing of that.
    #[must_use]
    pub fn is_untold(&self) -> bool {
        ProfileKey::ALL.into_iter().all(|key| !key.tells_of_the_organisation() || !self.is_told(key))
    }

    /// Returns whether somebody has told a field: to be other than by default, or just so.
    #[must_use]
    pub fn is_told(&self, key: ProfileKey) -> bool {
        self.told.contains(&key) || self.text(key) != Self::default().text(key)
    }

    /// Returns whether nobody has told any of the fields by which the advice on a certificate goes.
    #[must_use]
    pub fn leaves_advice_open(&self) -> bool {
        let decides = [ProfileKey::CustomersAsk, ProfileKey::CoreToProduct, ProfileKey::AiRole, ProfileKey::HighRisk];
        decides.into_iter().all(|key| !self.is_told(key))
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            organisation: String::new(),
            headcount: 50,
            ai_systems: 3,
            ai_people: 8,
            sites: 1,
            suppliers: 5,
            ai_role: AiRole::Several,
            ai_act_role: AiActRole::Several,
            high_risk: false,
            sector: String::new(),
            certificates: BTreeSet::new(),
            people: 2.0,
            days_per_week: 2.0,
            consultant: false,
            start: None,
            target: None,
            booking_weeks: 8,
            rate_internal: None,
            rate_external: None,
            currency: "EUR".to_owned(),
            core_to_product: false,
            customers_ask: false,
            told: BTreeSet::new(),
        }
    }
}

impl AiRole {
    /// All roles.
    pub const ALL: [Self; 4] = [Self::User, Self::Developer, Self::Provider, Self::Several];

    /// Returns the word for it in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Developer => "developer",
            Self::Provider => "provider",
            Self::Several => "several",
        }
    }
}

impl AiActRole {
    /// All roles.
    pub const ALL: [Self; 5] = [Self::Provider, Self::Deployer, Self::Importer, Self::Distributor, Self::Several];

    /// Returns the word for it in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Deployer => "deployer",
            Self::Importer => "importer",
            Self::Distributor => "distributor",
            Self::Several => "several",
        }
    }
}

impl Certificate {
    /// All certificates.
    pub const ALL: [Self; 5] = [Self::Iso27001, Self::Iso9001, Self::Iso27701, Self::Soc2, Self::Iso22301];

    /// Returns the word for it in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Iso27001 => "iso27001",
            Self::Iso9001 => "iso9001",
            Self::Iso27701 => "iso27701",
            Self::Soc2 => "soc2",
            Self::Iso22301 => "iso22301",
        }
    }

    /// Returns its name as people write it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Iso27001 => "ISO/IEC 27001",
            Self::Iso9001 => "ISO 9001",
            Self::Iso27701 => "ISO/IEC 27701",
            Self::Soc2 => "SOC 2",
            Self::Iso22301 => "ISO 22301",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_a_sector_a_day_or_money_tells_nothing_of_what_the_organisation_is() {
        let mut profile = Profile::default();
        for (key, value) in [
            (ProfileKey::Organisation, "Just Begun Ltd"),
            (ProfileKey::Sector, "Toys"),
            (ProfileKey::Start, "2026-12-01"),
            (ProfileKey::People, "1"),
            (ProfileKey::RateInternal, "500"),
        ] {
            assert_eq!(profile.set(key, value), Ok(()));
            assert!(profile.is_untold() && profile.is_told(key), "{}", key.word());
        }
        assert_eq!(profile.set(ProfileKey::Headcount, "12"), Ok(()));
        assert!(!profile.is_untold() && profile.leaves_advice_open(), "its size is told, and nothing that decides");
        assert_eq!(profile.set(ProfileKey::AiRole, "user"), Ok(()));
        assert!(!profile.leaves_advice_open());
    }
}
