//! The profile as a person reads it.

use crate::domain::profile::{AiActRole, AiRole, Profile, ProfileKey};
use crate::domain::report::words;

/// Returns a field of the profile as a person reads it; empty where nothing is stated.
#[must_use]
pub fn profile_text(profile: &Profile, key: ProfileKey) -> String {
    let yes_or_no = |is_so: bool| if is_so { "yes" } else { "no" }.to_owned();
    match key {
        ProfileKey::Certificates => {
            let titles: Vec<&str> = profile.certificates.iter().map(|certificate| certificate.title()).collect();
            if titles.is_empty() { "none".to_owned() } else { titles.join(", ") }
        }
        ProfileKey::Consultant => yes_or_no(profile.consultant),
        ProfileKey::CoreToProduct => yes_or_no(profile.core_to_product),
        ProfileKey::CustomersAsk => yes_or_no(profile.customers_ask),
        ProfileKey::Start => profile.start.map(words::date).unwrap_or_default(),
        ProfileKey::Target => profile.target.map(words::date).unwrap_or_default(),
        ProfileKey::AiRole => match profile.ai_role {
            AiRole::User => "uses AI systems of others",
            AiRole::Developer => "develops AI systems",
            AiRole::Provider => "provides AI systems to customers",
            AiRole::Several => "more than one of user, developer and provider",
        }
        .to_owned(),
        ProfileKey::AiActRole => match profile.ai_act_role {
            AiActRole::Several => "more than one".to_owned(),
            role => role.word().to_owned(),
        },
        ProfileKey::HighRisk => if profile.high_risk { "at least one" } else { "none" }.to_owned(),
        ProfileKey::Headcount => words::whole(profile.headcount),
        ProfileKey::Sites => words::whole(profile.sites),
        ProfileKey::AiSystems => words::whole(profile.ai_systems),
        ProfileKey::AiPeople => words::whole(profile.ai_people),
        ProfileKey::Suppliers => words::whole(profile.suppliers),
        ProfileKey::Organisation
        | ProfileKey::Sector
        | ProfileKey::People
        | ProfileKey::DaysPerWeek
        | ProfileKey::BookingWeeks
        | ProfileKey::RateInternal
        | ProfileKey::RateExternal
        | ProfileKey::Currency => profile.text(key),
    }
}
