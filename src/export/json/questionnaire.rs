//! Questionnaires, with their counts.

use serde_json::{Map, Value, json};

use crate::domain::profile::AiRole;
use crate::domain::questionnaire::{Area, Question, Questionnaire, Requirement};

/// Returns a questionnaire with all its questions, and how many there are of each kind.
#[must_use]
pub fn questionnaire(questionnaire: &Questionnaire) -> Value {
    let header = questionnaire.header();
    json!({
        "id": header.id,
        "version": header.version,
        "title": header.title,
        "language": header.language,
        "licence": header.licence,
        "notice": header.notice,
        "counts": counts(questionnaire),
        "areas": questionnaire.areas().iter().map(area).collect::<Vec<_>>(),
    })
}

fn counts(questionnaire: &Questionnaire) -> Value {
    let count = |counts: &dyn Fn(&Question) -> bool| questionnaire.items().filter(|item| counts(item.question)).count();
    let by_area = questionnaire.areas().iter().map(|area| {
        let questions: usize = area.requirements.iter().map(|requirement| requirement.questions.len()).sum();
        (area.id.to_string(), json!(questions))
    });
    let roles = [AiRole::User, AiRole::Developer, AiRole::Provider];
    let by_role = roles.map(|role| (role.word().to_owned(), json!(count(&|question| question.concerns(role)))));
    json!({
        "areas": questionnaire.areas().len(),
        "requirements": questionnaire.requirements().count(),
        "questions": questionnaire.len(),
        "quick": count(&|question| question.quick),
        "showstoppers": count(&|question| question.showstopper),
        "documented": count(&|question| question.documented),
        "packages": questionnaire.roadmap().map_or(0, |roadmap| roadmap.packages.len()),
        "by_area": Value::Object(by_area.collect()),
        "by_role": Value::Object(by_role.into_iter().collect::<Map<_, _>>()),
    })
}

fn area(area: &Area) -> Value {
    json!({
        "id": area.id.as_str(),
        "title": area.title,
        "objective": area.objective,
        "requirements": area.requirements.iter().map(requirement).collect::<Vec<_>>(),
    })
}

fn requirement(requirement: &Requirement) -> Value {
    json!({
        "id": requirement.id.as_str(),
        "title": requirement.title,
        "kind": requirement.kind.word(),
        "weight": requirement.weight,
        "weight_reason": requirement.weight_reason,
        "intent": requirement.intent,
        "questions": requirement.questions.iter().map(question).collect::<Vec<_>>(),
    })
}

fn question(question: &Question) -> Value {
    let evidence = question.evidence.iter().map(|hint| json!({ "kind": hint.kind.word(), "what": hint.what }));
    json!({
        "id": question.id.as_str(),
        "ask": question.ask,
        "why": question.why,
        "levels": question.levels,
        "evidence": evidence.collect::<Vec<_>>(),
        "pitfall": question.pitfall,
        "weight": question.weight,
        "documented": question.documented,
        "showstopper": question.showstopper,
        "quick": question.quick,
        "roles": question.roles.iter().map(|role| role.word()).collect::<Vec<_>>(),
    })
}
