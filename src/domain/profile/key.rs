//! The profile's fields by name, as the command line, the form and the journal set them.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::domain::profile::{AiActRole, AiRole, Certificate, Profile};

/// The word for no certificates, where somebody tells that there are none.
const NOTHING: &str = "none";

/// The name of a field of the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProfileKey {
    /// [`Profile::organisation`].
    Organisation,
    /// [`Profile::sector`].
    Sector,
    /// [`Profile::headcount`].
    Headcount,
    /// [`Profile::sites`].
    Sites,
    /// [`Profile::ai_role`].
    AiRole,
    /// [`Profile::ai_systems`].
    AiSystems,
    /// [`Profile::ai_people`].
    AiPeople,
    /// [`Profile::suppliers`].
    Suppliers,
    /// [`Profile::ai_act_role`].
    AiActRole,
    /// [`Profile::high_risk`].
    HighRisk,
    /// [`Profile::certificates`].
    Certificates,
    /// [`Profile::people`].
    People,
    /// [`Profile::days_per_week`].
    DaysPerWeek,
    /// [`Profile::consultant`].
    Consultant,
    /// [`Profile::start`].
    Start,
    /// [`Profile::target`].
    Target,
    /// [`Profile::booking_weeks`].
    BookingWeeks,
    /// [`Profile::rate_internal`].
    RateInternal,
    /// [`Profile::rate_external`].
    RateExternal,
    /// [`Profile::currency`].
    Currency,
    /// [`Profile::core_to_product`].
    CoreToProduct,
    /// [`Profile::customers_ask`].
    CustomersAsk,
}

/// Why a value was not taken into the profile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key} can't be {value:?}: it takes {takes}", key = .key.word())]
pub struct ProfileError {
    /// The field.
    pub key: ProfileKey,
    /// What was given.
    pub value: String,
    /// What the field takes.
    pub takes: String,
}

impl ProfileKey {
    /// All keys, in the order of the form.
    pub const ALL: [Self; 22] = [
        Self::Organisation,
        Self::Sector,
        Self::Headcount,
        Self::Sites,
        Self::AiRole,
        Self::AiSystems,
        Self::AiPeople,
        Self::Suppliers,
        Self::AiActRole,
        Self::HighRisk,
        Self::Certificates,
        Self::CoreToProduct,
        Self::CustomersAsk,
        Self::People,
        Self::DaysPerWeek,
        Self::Consultant,
        Self::Start,
        Self::Target,
        Self::BookingWeeks,
        Self::RateInternal,
        Self::RateExternal,
        Self::Currency,
    ];

    /// Returns the key with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.word() == word)
    }

    /// Returns the word for it on the command line and in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Sector => "sector",
            Self::Headcount => "headcount",
            Self::Sites => "sites",
            Self::AiRole => "ai_role",
            Self::AiSystems => "ai_systems",
            Self::AiPeople => "ai_people",
            Self::Suppliers => "suppliers",
            Self::AiActRole => "ai_act_role",
            Self::HighRisk => "high_risk",
            Self::Certificates => "certificates",
            Self::People => "people",
            Self::DaysPerWeek => "days_per_week",
            Self::Consultant => "consultant",
            Self::Start => "start",
            Self::Target => "target",
            Self::BookingWeeks => "booking_weeks",
            Self::RateInternal => "rate_internal",
            Self::RateExternal => "rate_external",
            Self::Currency => "currency",
            Self::CoreToProduct => "core_to_product",
            Self::CustomersAsk => "customers_ask",
        }
    }

    /// Returns the label that the form shows.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Organisation => "Organisation",
            Self::Sector => "Sector",
            Self::Headcount => "People employed",
            Self::Sites => "Sites in scope",
            Self::AiRole => "Role towards AI",
            Self::AiSystems => "AI systems in scope",
            Self::AiPeople => "People doing AI work",
            Self::Suppliers => "AI suppliers",
            Self::AiActRole => "Role, EU AI Act",
            Self::HighRisk => "High-risk AI systems",
            Self::Certificates => "Certificates held",
            Self::People => "People on the project",
            Self::DaysPerWeek => "Days a week, each",
            Self::Consultant => "Consultant helps",
            Self::Start => "Start",
            Self::Target => "Target date",
            Self::BookingWeeks => "Weeks to book audits",
            Self::RateInternal => "Own day rate",
            Self::RateExternal => "Consultant day rate",
            Self::Currency => "Currency",
            Self::CoreToProduct => "AI core to the product",
            Self::CustomersAsk => "Customers ask for it",
        }
    }

    /// Returns whether the field says what the organisation is and does, rather than how it is called, when it begins and
    /// what it can spend.
    #[must_use]
    pub fn tells_of_the_organisation(self) -> bool {
        match self {
            Self::Headcount
            | Self::Sites
            | Self::AiRole
            | Self::AiSystems
            | Self::AiPeople
            | Self::Suppliers
            | Self::AiActRole
            | Self::HighRisk
            | Self::Certificates
            | Self::CoreToProduct
            | Self::CustomersAsk => true,
            Self::Organisation
            | Self::Sector
            | Self::People
            | Self::DaysPerWeek
            | Self::Consultant
            | Self::Start
            | Self::Target
            | Self::BookingWeeks
            | Self::RateInternal
            | Self::RateExternal
            | Self::Currency => false,
        }
    }

    /// Returns what the field changes, in a sentence that the form shows.
    #[must_use]
    pub fn changes(self) -> &'static str {
        match self {
            Self::Organisation => "The name that reports print.",
            Self::Sector => "Printed in reports; some buyers ask by sector.",
            Self::Headcount => "More people to make aware and to train: some work packages grow with it.",
            Self::Sites => "Each site in scope is visited or sampled by internal audit and certification body.",
            Self::AiRole => {
                "Decides which questions you are asked: a pure user of AI is not asked about training data."
            }
            Self::AiSystems => "Risk and impact assessments are done once for each: the strongest driver of effort.",
            Self::AiPeople => {
                "Those who develop, run, oversee or decide with AI in scope. Certification bodies reckon audit days from it, not from the headcount."
            }
            Self::Suppliers => "Each supplier of AI systems, models or data has to be assessed.",
            Self::AiActRole => "Decides which obligations of the EU AI Act are shown.",
            Self::HighRisk => {
                "Adds obligations of the EU AI Act, and audit days. High-risk is, above all, AI that judges people (jobs, schooling, credit, insurance, benefits), biometrics, safety parts of products, and use by authorities."
            }
            Self::Certificates => "A management system that runs already saves effort, ISO/IEC 27001 above all.",
            Self::People => "With the days a week: the capacity that all work has to pass through.",
            Self::DaysPerWeek => "Days that each of them really has for the project.",
            Self::Consultant => "Experienced help saves effort, and costs its own rate.",
            Self::Start => "The day from which the timeline counts; empty means today.",
            Self::Target => "The day by which you want the certificate: you see how likely that is.",
            Self::BookingWeeks => {
                "Certification bodies are booked weeks ahead: how many, from asking to the first audit day. Booking early runs beside the work."
            }
            Self::RateInternal => "With it reports show what the effort of your own people costs.",
            Self::RateExternal => "With it reports show what external help costs.",
            Self::Currency => "The currency of the day rates.",
            Self::CoreToProduct => "A reason for certification now: buyers will look at it.",
            Self::CustomersAsk => "A reason for certification now: it answers due diligence.",
        }
    }

    /// Returns what a choice of the field means, as a line of the form.
    #[must_use]
    pub fn meaning(self, choice: &'static str) -> &'static str {
        match (self, choice) {
            (Self::AiRole, "user") => "user: you use AI systems of others",
            (Self::AiRole, "developer") => "developer: you develop AI systems, or have them developed",
            (Self::AiRole, "provider") => "provider: your customers get AI systems, or products with AI, from you",
            (Self::AiActRole, "provider") => "provider: you put AI on the market under your own name",
            (Self::AiActRole, "deployer") => "deployer: you use AI in your work",
            (Self::AiActRole, "importer") => "importer: you bring AI into the EU from a maker outside",
            (Self::AiActRole, "distributor") => "distributor: you pass AI of others on",
            (Self::AiRole | Self::AiActRole, "several") => "several: more than one of these",
            (Self::HighRisk, "none") => "none, as far as you know",
            (Self::HighRisk, "some") => "some, or you aren't sure",
            (_, "true") => "yes",
            (_, "false") => "no",
            (_, other) => other,
        }
    }

    /// Returns what the field takes, for the form and for errors.
    #[must_use]
    pub fn takes(self) -> String {
        match self {
            Self::Organisation | Self::Sector => "up to 200 characters".to_owned(),
            Self::Headcount | Self::AiSystems | Self::AiPeople | Self::Sites => {
                "a whole number from 1 to 1000000".to_owned()
            }
            Self::Suppliers => "a whole number from 0 to 1000000".to_owned(),
            Self::BookingWeeks => "a whole number of weeks from 0 to 104".to_owned(),
            Self::AiRole => words(AiRole::ALL.map(AiRole::word)),
            Self::AiActRole => words(AiActRole::ALL.map(AiActRole::word)),
            Self::HighRisk => "none or some".to_owned(),
            Self::Certificates => {
                format!("none, or a comma-separated list of {}", words(Certificate::ALL.map(Certificate::word)))
            }
            Self::People => "a number from 0.1 to 1000".to_owned(),
            Self::DaysPerWeek => "a number from 0.1 to 7".to_owned(),
            Self::Consultant | Self::CoreToProduct | Self::CustomersAsk => "true or false".to_owned(),
            Self::Start | Self::Target => "a date such as 2027-03-01, from 1970 to 2199, or nothing".to_owned(),
            Self::RateInternal | Self::RateExternal => "an amount from 0 to 1000000, or nothing".to_owned(),
            Self::Currency => "three letters such as EUR".to_owned(),
        }
    }

    /// Returns the words that the field chooses from, where there are few.
    #[must_use]
    pub fn choices(self) -> &'static [&'static str] {
        match self {
            Self::AiRole => &["user", "developer", "provider", "several"],
            Self::AiActRole => &["provider", "deployer", "importer", "distributor", "several"],
            Self::HighRisk => &["none", "some"],
            Self::Consultant | Self::CoreToProduct | Self::CustomersAsk => &["false", "true"],
            Self::Organisation
            | Self::Sector
            | Self::Headcount
            | Self::Sites
            | Self::AiSystems
            | Self::AiPeople
            | Self::Suppliers
            | Self::Certificates
            | Self::People
            | Self::DaysPerWeek
            | Self::Start
            | Self::Target
            | Self::BookingWeeks
            | Self::RateInternal
            | Self::RateExternal
            | Self::Currency => &[],
        }
    }
}

impl Profile {
    /// Returns a field as the text that [`Profile::set`] takes; empty where it is not set.
    #[must_use]
    pub fn text(&self, key: ProfileKey) -> String {
        match key {
            ProfileKey::Organisation => self.organisation.clone(),
            ProfileKey::Sector => self.sector.clone(),
            ProfileKey::Headcount => self.headcount.to_string(),
            ProfileKey::Sites => self.sites.to_string(),
            ProfileKey::AiRole => self.ai_role.word().to_owned(),
            ProfileKey::AiSystems => self.ai_systems.to_string(),
            ProfileKey::AiPeople => self.ai_people.to_string(),
            ProfileKey::Suppliers => self.suppliers.to_string(),
            ProfileKey::AiActRole => self.ai_act_role.word().to_owned(),
            ProfileKey::HighRisk => if self.high_risk { "some" } else { "none" }.to_owned(),
            ProfileKey::Certificates => {
                self.certificates.iter().map(|certificate| certificate.word()).collect::<Vec<_>>().join(",")
            }
            ProfileKey::People => self.people.to_string(),
            ProfileKey::DaysPerWeek => self.days_per_week.to_string(),
            ProfileKey::Consultant => self.consultant.to_string(),
            ProfileKey::Start => self.start.map(|date| date.to_string()).unwrap_or_default(),
            ProfileKey::Target => self.target.map(|date| date.to_string()).unwrap_or_default(),
            ProfileKey::BookingWeeks => self.booking_weeks.to_string(),
            ProfileKey::RateInternal => self.rate_internal.map(|rate| rate.to_string()).unwrap_or_default(),
            ProfileKey::RateExternal => self.rate_external.map(|rate| rate.to_string()).unwrap_or_default(),
            ProfileKey::Currency => self.currency.clone(),
            ProfileKey::CoreToProduct => self.core_to_product.to_string(),
            ProfileKey::CustomersAsk => self.customers_ask.to_string(),
        }
    }

    /// Returns a field as it is recorded: as the text that sets it to what it is, and tells it where somebody has.
    #[must_use]
    pub fn recorded(&self, key: ProfileKey) -> String {
        match self.text(key) {
            _ if !self.is_told(key) => String::new(),
            text if text.is_empty() => NOTHING.to_owned(),
            text => text,
        }
    }

    /// Sets a field from text: somebody tells it. An empty text sets the default again, which nobody has told then, or
    /// unsets what may be unset.
    ///
    /// # Errors
    ///
    /// Returns what the field takes when the value is not of that kind; the profile is as it was.
    pub fn set(&mut self, key: ProfileKey, value: &str) -> Result<(), ProfileError> {
        let value = value.trim();
        if self.take(key, value).is_some() {
            self.told.remove(&key);
            if !value.is_empty() && !self.is_told(key) {
                self.told.insert(key);
            }
            return Ok(());
        }
        Err(ProfileError { key, value: value.to_owned(), takes: key.takes() })
    }

    fn take(&mut self, key: ProfileKey, value: &str) -> Option<()> {
        let default = Self::default().text(key);
        let text = if value.is_empty() { default.as_str() } else { value };
        match key {
            ProfileKey::Organisation => self.organisation = short(value, 200)?,
            ProfileKey::Sector => self.sector = short(value, 200)?,
            ProfileKey::Headcount => self.headcount = count(text, 1, 1_000_000)?,
            ProfileKey::Sites => self.sites = count(text, 1, 1_000_000)?,
            ProfileKey::AiRole => self.ai_role = AiRole::ALL.into_iter().find(|role| role.word() == text)?,
            ProfileKey::AiSystems => self.ai_systems = count(text, 1, 1_000_000)?,
            ProfileKey::AiPeople => self.ai_people = count(text, 1, 1_000_000)?,
            ProfileKey::Suppliers => self.suppliers = count(text, 0, 1_000_000)?,
            ProfileKey::AiActRole => {
                self.ai_act_role = AiActRole::ALL.into_iter().find(|role| role.word() == text)?;
            }
            ProfileKey::HighRisk => self.high_risk = either(text, "some", "none")?,
            ProfileKey::Certificates => self.certificates = certificates(value)?,
            ProfileKey::People => self.people = amount(text, 0.1, 1000.0)?,
            ProfileKey::DaysPerWeek => self.days_per_week = amount(text, 0.1, 7.0)?,
            ProfileKey::Consultant => self.consultant = either(text, "true", "false")?,
            ProfileKey::Start => set_optional(&mut self.start, value, date)?,
            ProfileKey::Target => set_optional(&mut self.target, value, date)?,
            ProfileKey::BookingWeeks => self.booking_weeks = count(text, 0, 104)?,
            ProfileKey::RateInternal => set_optional(&mut self.rate_internal, value, |text| amount(text, 0.0, 1e6))?,
            ProfileKey::RateExternal => set_optional(&mut self.rate_external, value, |text| amount(text, 0.0, 1e6))?,
            ProfileKey::Currency => self.currency = currency(text)?,
            ProfileKey::CoreToProduct => self.core_to_product = either(text, "true", "false")?,
            ProfileKey::CustomersAsk => self.customers_ask = either(text, "true", "false")?,
        }
        Some(())
    }
}

/// Reads a date in the form 2027-03-01, from 1970 to 2199.
#[must_use]
pub fn date(text: &str) -> Option<NaiveDate> {
    let shape = text.len() == 10 && text.bytes().enumerate().all(|(i, b)| (b == b'-') == (i == 4 || i == 7));
    let date = text.parse::<NaiveDate>().ok().filter(|_| shape)?;
    (1970..2200).contains(&date.year()).then_some(date)
}

fn short(text: &str, most: usize) -> Option<String> {
    (text.chars().count() <= most).then(|| text.to_owned())
}

fn count(text: &str, least: u32, most: u32) -> Option<u32> {
    text.parse().ok().filter(|number| (least..=most).contains(number))
}

fn amount(text: &str, least: f64, most: f64) -> Option<f64> {
    text.parse::<f64>().ok().filter(|number| (least..=most).contains(number)).map(|number| number + 0.0)
}

fn either(text: &str, yes: &str, no: &str) -> Option<bool> {
    (text == yes || text == no).then_some(text == yes)
}

fn set_optional<T>(field: &mut Option<T>, text: &str, read: impl Fn(&str) -> Option<T>) -> Option<()> {
    *field = if text.is_empty() { None } else { Some(read(text)?) };
    Some(())
}

fn currency(text: &str) -> Option<String> {
    (text.len() == 3 && text.bytes().all(|b| b.is_ascii_alphabetic())).then(|| text.to_ascii_uppercase())
}

fn certificates(text: &str) -> Option<BTreeSet<Certificate>> {
    text.split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty() && *word != NOTHING)
        .map(|word| Certificate::ALL.into_iter().find(|certificate| certificate.word() == word))
        .collect()
}

fn words<const N: usize>(words: [&str; N]) -> String {
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_takes_the_text_that_it_gives() {
        let profile = Profile {
            organisation: "Café 東京".to_owned(),
            certificates: BTreeSet::from([Certificate::Iso27001, Certificate::Soc2]),
            start: date("2027-02-28"),
            rate_internal: Some(640.5),
            ..Profile::default()
        };
        let mut copy = Profile::default();
        for key in ProfileKey::ALL {
            assert_eq!(copy.set(key, &profile.text(key)), Ok(()), "{}", key.word());
            assert_eq!(ProfileKey::from_word(key.word()), Some(key));
        }
        assert!(ProfileKey::ALL.into_iter().all(|key| copy.text(key) == profile.text(key)));
    }

    #[test]
    fn what_somebody_tells_to_be_as_by_default_is_told_until_it_is_emptied() {
        let default = Profile::default();
        for key in ProfileKey::ALL {
            let mut profile = Profile::default();
            assert!(!profile.is_told(key) && profile.recorded(key).is_empty(), "{}", key.word());
            let text = default.text(key);
            let value = if key == ProfileKey::Certificates { "none" } else { &text };
            assert_eq!(profile.set(key, value), Ok(()));
            assert_eq!(profile.is_told(key), !value.is_empty(), "{}", key.word());
            assert_eq!(profile.recorded(key), value);
            let mut copy = Profile::default();
            assert_eq!(copy.set(key, &profile.recorded(key)), Ok(()));
            assert_eq!(copy, profile, "{}", key.word());
            assert_eq!(profile.set(key, ""), Ok(()));
            assert_eq!(profile, default, "{}", key.word());
        }
    }

    #[test]
    fn what_was_told_otherwise_and_then_as_by_default_stays_told() {
        let mut profile = Profile::default();
        for value in ["12", "50"] {
            assert_eq!(profile.set(ProfileKey::Headcount, value), Ok(()));
            assert!(profile.is_told(ProfileKey::Headcount));
        }
    }

    #[test]
    fn what_a_field_does_not_take_changes_nothing() {
        let refused = [
            (ProfileKey::Headcount, "0"),
            (ProfileKey::Headcount, "99999999999999999999"),
            (ProfileKey::People, "NaN"),
            (ProfileKey::People, "inf"),
            (ProfileKey::DaysPerWeek, "-1"),
            (ProfileKey::Start, "2027-2-3"),
            (ProfileKey::Start, "10000-01-01"),
            (ProfileKey::Start, "2100-02-29"),
            (ProfileKey::Certificates, "iso27001,iso42"),
            (ProfileKey::Currency, "€€€"),
            (ProfileKey::HighRisk, "yes"),
        ];
        let mut profile = Profile::default();
        for (key, value) in refused {
            assert!(profile.set(key, value).is_err(), "{} took {value:?}", key.word());
            assert_eq!(profile, Profile::default());
        }
    }
}
