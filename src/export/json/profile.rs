//! The profile in JSON, by the keys that the command line takes.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use crate::domain::profile::{Profile, ProfileKey};

/// Returns the profile as JSON: every field by its key, as a number, a truth value, a list or a text.
///
/// Nothing is rounded, so that what is read back is what was there.
#[must_use]
pub fn profile(profile: &Profile) -> Value {
    let field = |key: ProfileKey| (key.word().to_owned(), value(profile, key));
    Value::Object(ProfileKey::ALL.into_iter().map(field).collect::<Map<_, _>>())
}

/// Returns the keys of the fields that somebody has told; of the others the default stands in the profile.
#[must_use]
pub fn told(profile: &Profile) -> Vec<&'static str> {
    ProfileKey::ALL.into_iter().filter(|key| profile.is_told(*key)).map(ProfileKey::word).collect()
}

fn value(profile: &Profile, key: ProfileKey) -> Value {
    match key {
        ProfileKey::Organisation => json!(profile.organisation),
        ProfileKey::Sector => json!(profile.sector),
        ProfileKey::Headcount => json!(profile.headcount),
        ProfileKey::Sites => json!(profile.sites),
        ProfileKey::AiRole => json!(profile.ai_role.word()),
        ProfileKey::AiSystems => json!(profile.ai_systems),
        ProfileKey::AiPeople => json!(profile.ai_people),
        ProfileKey::Suppliers => json!(profile.suppliers),
        ProfileKey::AiActRole => json!(profile.ai_act_role.word()),
        ProfileKey::HighRisk => json!(profile.text(key)),
        ProfileKey::Certificates => profile.certificates.iter().map(|certificate| json!(certificate.word())).collect(),
        ProfileKey::People => json!(profile.people),
        ProfileKey::DaysPerWeek => json!(profile.days_per_week),
        ProfileKey::Consultant => json!(profile.consultant),
        ProfileKey::Start => json!(profile.start.map(day)),
        ProfileKey::Target => json!(profile.target.map(day)),
        ProfileKey::BookingWeeks => json!(profile.booking_weeks),
        ProfileKey::RateInternal => json!(profile.rate_internal),
        ProfileKey::RateExternal => json!(profile.rate_external),
        ProfileKey::Currency => json!(profile.currency),
        ProfileKey::CoreToProduct => json!(profile.core_to_product),
        ProfileKey::CustomersAsk => json!(profile.customers_ask),
    }
}

fn day(day: NaiveDate) -> String {
    day.to_string()
}
