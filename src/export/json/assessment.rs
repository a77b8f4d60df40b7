//! Assessments, with everything that is needed to have them back.

use serde_json::{Map, Value, json};

use crate::domain::assessment::{Answer, Assessment, Evidence, Response};
use crate::domain::id::QuestionId;
use crate::domain::profile::{Profile, ProfileKey};

/// Returns an assessment with all its answers.
#[must_use]
pub fn assessment(assessment: &Assessment) -> Value {
    let exclusions =
        assessment.exclusions().map(|(control, because)| json!({ "control": control.as_str(), "because": because }));
    json!({
        "name": assessment.name(),
        "questionnaire": {
            "id": assessment.questionnaire().id,
            "version": assessment.questionnaire().version,
        },
        "depth": assessment.depth().word(),
        "seed": assessment.seed().0,
        "profile": profile(assessment.profile()),
        "answers": assessment.responses().map(|(id, response)| answer(id, response)).collect::<Vec<_>>(),
        "exclusions": exclusions.collect::<Vec<_>>(),
    })
}

/// Returns a profile: every field as the text that sets it, numbers as numbers.
#[must_use]
pub fn profile(profile: &Profile) -> Value {
    let fields = ProfileKey::ALL.into_iter().map(|key| (key.word().to_owned(), field(profile, key)));
    Value::Object(fields.collect::<Map<_, _>>())
}

fn field(profile: &Profile, key: ProfileKey) -> Value {
    match key {
        ProfileKey::Headcount => json!(profile.headcount),
        ProfileKey::Sites => json!(profile.sites),
        ProfileKey::AiSystems => json!(profile.ai_systems),
        ProfileKey::AiPeople => json!(profile.ai_people),
        ProfileKey::Suppliers => json!(profile.suppliers),
        ProfileKey::BookingWeeks => json!(profile.booking_weeks),
        ProfileKey::People => json!(profile.people),
        ProfileKey::DaysPerWeek => json!(profile.days_per_week),
        ProfileKey::RateInternal => json!(profile.rate_internal),
        ProfileKey::RateExternal => json!(profile.rate_external),
        ProfileKey::Consultant => json!(profile.consultant),
        ProfileKey::CoreToProduct => json!(profile.core_to_product),
        ProfileKey::CustomersAsk => json!(profile.customers_ask),
        ProfileKey::Certificates => {
            json!(profile.certificates.iter().map(|certificate| certificate.word()).collect::<Vec<_>>())
        }
        ProfileKey::Start => json!(profile.start.map(|date| date.to_string())),
        ProfileKey::Target => json!(profile.target.map(|date| date.to_string())),
        ProfileKey::Organisation
        | ProfileKey::Sector
        | ProfileKey::AiRole
        | ProfileKey::AiActRole
        | ProfileKey::HighRisk
        | ProfileKey::Currency => json!(profile.text(key)),
    }
}

fn answer(question: &QuestionId, response: &Response) -> Value {
    let (level, because) = match &response.answer {
        None => (Value::Null, Value::Null),
        Some(Answer::Level(level)) => (json!(level.number()), Value::Null),
        Some(Answer::NotApplicable { because }) => (json!("na"), json!(because)),
    };
    json!({
        "question": question.as_str(),
        "level": level,
        "because": because,
        "note": response.note,
        "evidence": response.evidence.iter().map(evidence).collect::<Vec<_>>(),
        "owner": response.owner,
        "due": response.due.map(|date| date.to_string()),
        "reviewed": response.reviewed.map(|date| date.to_string()),
        "marked": response.marked,
    })
}

fn evidence(evidence: &Evidence) -> Value {
    json!({
        "kind": evidence.kind.word(),
        "what": evidence.what,
        "date": evidence.date.map(|date| date.to_string()),
        "valid_until": evidence.valid_until.map(|date| date.to_string()),
    })
}
