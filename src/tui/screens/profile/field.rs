//! The lines of the profile: which fields there are, how their values read, and what one step more is.

use crate::domain::profile::{Certificate, ProfileKey};
use crate::tui::session::Session;

/// A line of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// A heading over the fields below.
    Heading(&'static str),
    /// An empty line.
    Gap,
    /// The name of the assessment.
    Name,
    /// How much of the questionnaire is walked through.
    Depth,
    /// A field of the profile.
    Key(ProfileKey),
}

/// All lines, in order: the last one is a field.
pub(super) const ROWS: [Row; 33] = [
    Row::Heading("This assessment"),
    Row::Name,
    Row::Depth,
    Row::Gap,
    Row::Heading("The organisation"),
    Row::Key(ProfileKey::Organisation),
    Row::Key(ProfileKey::Sector),
    Row::Key(ProfileKey::Headcount),
    Row::Key(ProfileKey::Sites),
    Row::Key(ProfileKey::Certificates),
    Row::Key(ProfileKey::CoreToProduct),
    Row::Key(ProfileKey::CustomersAsk),
    Row::Gap,
    Row::Heading("Its AI"),
    Row::Key(ProfileKey::AiRole),
    Row::Key(ProfileKey::AiSystems),
    Row::Key(ProfileKey::AiPeople),
    Row::Key(ProfileKey::Suppliers),
    Row::Key(ProfileKey::AiActRole),
    Row::Key(ProfileKey::HighRisk),
    Row::Gap,
    Row::Heading("The project"),
    Row::Key(ProfileKey::People),
    Row::Key(ProfileKey::DaysPerWeek),
    Row::Key(ProfileKey::Consultant),
    Row::Key(ProfileKey::Start),
    Row::Key(ProfileKey::Target),
    Row::Key(ProfileKey::BookingWeeks),
    Row::Gap,
    Row::Heading("What it costs"),
    Row::Key(ProfileKey::RateInternal),
    Row::Key(ProfileKey::RateExternal),
    Row::Key(ProfileKey::Currency),
];

impl Row {
    /// Returns whether it holds a value.
    pub fn is_field(self) -> bool {
        !matches!(self, Self::Heading(_) | Self::Gap)
    }

    /// Returns what stands before the value.
    pub fn label(self) -> &'static str {
        match self {
            Self::Heading(heading) => heading,
            Self::Gap => "",
            Self::Name => "Name",
            Self::Depth => "Depth",
            Self::Key(key) => key.label(),
        }
    }

    /// Returns what the field changes.
    pub fn changes(self) -> &'static str {
        match self {
            Self::Heading(_) | Self::Gap => "",
            Self::Name => "It stands in the list and in reports.",
            Self::Depth => {
                "The quick scan asks one or two questions for each requirement. What it leaves out stays open, and widens \
                 the range of every figure."
            }
            Self::Key(key) => key.changes(),
        }
    }

    /// Returns what the field takes.
    pub fn takes(self) -> Option<String> {
        match self {
            Self::Heading(_) | Self::Gap | Self::Name => None,
            Self::Depth => Some("the quick scan or everything.".to_owned()),
            Self::Key(key) if key.choices().len() > 2 => {
                Some(format!("{}. Enter shows what each of them means.", takes(key)))
            }
            Self::Key(key) => Some(format!("{}.", takes(key))),
        }
    }

    /// Returns the value as people read it; empty where there is none.
    pub fn value(self, session: &Session) -> String {
        match self {
            Self::Heading(_) | Self::Gap => String::new(),
            Self::Name => session.assessment().name().to_owned(),
            Self::Depth => session.assessment().depth().told().to_owned(),
            Self::Key(key) => shown(key, session),
        }
    }

    /// Returns whether the value is the one that everybody begins with, so that most likely nobody has set it: figures are
    /// reckoned with it all the same. The start is the day of the beginning, which is a fact.
    pub fn is_assumed(self, session: &Session) -> bool {
        let Self::Key(key) = self else { return false };
        let profile = session.assessment().profile();
        key != ProfileKey::Start && !profile.text(key).is_empty() && !profile.is_told(key)
    }

    /// Returns whether left and right change it.
    pub fn is_adjustable(self, session: &Session) -> bool {
        match self {
            Self::Heading(_) | Self::Gap | Self::Name => false,
            Self::Depth => true,
            Self::Key(key) => stepped(key, session, 1).is_some(),
        }
    }
}

/// Returns what a field takes, as people say it.
pub(super) fn takes(key: ProfileKey) -> String {
    match key {
        ProfileKey::Certificates => format!("any of {}", Certificate::ALL.map(Certificate::title).join(", ")),
        _ if key.choices() == ["false", "true"] => "yes or no".to_owned(),
        _ => key.takes(),
    }
}

/// Returns the value of a field as people read it; empty where there is none.
pub(super) fn shown(key: ProfileKey, session: &Session) -> String {
    let profile = session.assessment().profile();
    let text = profile.text(key);
    match (key, text.as_str()) {
        (ProfileKey::Certificates, "") => "none".to_owned(),
        (ProfileKey::Certificates, _) => {
            profile.certificates.iter().map(|it| it.title()).collect::<Vec<_>>().join(", ")
        }
        (_, "true") if !key.choices().is_empty() => "yes".to_owned(),
        (_, "false") if !key.choices().is_empty() => "no".to_owned(),
        _ => text,
    }
}

/// Returns the text of a field one step further; none where left and right don't change it.
pub(super) fn stepped(key: ProfileKey, session: &Session, by: isize) -> Option<String> {
    let text = session.assessment().profile().text(key);
    let choices = key.choices();
    if !choices.is_empty() {
        let here = choices.iter().position(|choice| *choice == text).unwrap_or(0);
        let there = here.cast_signed().saturating_add(by).rem_euclid(choices.len().cast_signed());
        return choices.get(there.cast_unsigned()).map(|choice| (*choice).to_owned());
    }
    let step = step(key)?;
    let number: f64 = text.parse().ok()?;
    Some((if by < 0 { number - step } else { number + step }).to_string())
}

/// Returns how much left and right change a number by.
fn step(key: ProfileKey) -> Option<f64> {
    match key {
        ProfileKey::Headcount
        | ProfileKey::Sites
        | ProfileKey::AiSystems
        | ProfileKey::AiPeople
        | ProfileKey::Suppliers
        | ProfileKey::BookingWeeks => Some(1.0),
        ProfileKey::People | ProfileKey::DaysPerWeek => Some(0.5),
        ProfileKey::RateInternal | ProfileKey::RateExternal => Some(10.0),
        ProfileKey::Organisation
        | ProfileKey::Sector
        | ProfileKey::AiRole
        | ProfileKey::AiActRole
        | ProfileKey::HighRisk
        | ProfileKey::Certificates
        | ProfileKey::Consultant
        | ProfileKey::Start
        | ProfileKey::Target
        | ProfileKey::Currency
        | ProfileKey::CoreToProduct
        | ProfileKey::CustomersAsk => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_the_profile_has_its_line() {
        for key in ProfileKey::ALL {
            assert_eq!(ROWS.iter().filter(|row| **row == Row::Key(key)).count(), 1, "{}", key.word());
        }
        assert!(ROWS.last().is_some_and(|row| row.is_field()));
    }
}
