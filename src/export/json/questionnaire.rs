//! A questionnaire in JSON: areas, requirements and questions with their ids, and the counts.

use serde_json::{Map, Value, json};

use crate::domain::id::QuestionId;
use crate::domain::profile::AiRole;
use crate::domain::questionnaire::{Area, Question, Questionnaire, Requirement, UsualExclusion};

/// Returns a questionnaire as JSON.
///
/// At least: `id`, `version`, `title`, `counts` and `areas`, each with its requirements, each with its questions.
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
    let marked =
        |is_marked: fn(&Question) -> bool| questionnaire.items().filter(|item| is_marked(item.question)).count();
    let controls = questionnaire.requirements().filter(|(_, requirement)| requirement.can_be_excluded()).count();
    let requirements = questionnaire.requirements().count();
    let by_area: Map<String, Value> =
        questionnaire.areas().iter().map(|area| (area.id.to_string(), json!(questions_of(area)))).collect();
    let concerning = |role: AiRole| questionnaire.items().filter(|item| item.question.concerns(role)).count();
    let by_role: Map<String, Value> =
        AiRole::ALL.into_iter().map(|role| (role.word().to_owned(), json!(concerning(role)))).collect();
    let packages = |is_step: bool| {
        let roadmap = questionnaire.roadmap()?;
        Some(roadmap.packages.iter().filter(|package| package.step().is_some() == is_step).count())
    };
    let entries: Map<String, Value> = questionnaire
        .crosswalks()
        .iter()
        .map(|crosswalk| (crosswalk.id.to_string(), json!(crosswalk.entries.len())))
        .collect();
    json!({
        "areas": questionnaire.areas().len(),
        "requirements": requirements,
        "clauses": requirements - controls,
        "controls": controls,
        "questions": questionnaire.len(),
        "quick": marked(|question| question.quick),
        "documented": marked(|question| question.documented),
        "showstopper": marked(|question| question.showstopper),
        "packages": packages(false),
        "steps": packages(true),
        "checks": questionnaire.checks().len(),
        "glossary": questionnaire.glossary().entries.len(),
        "documents": questionnaire.documents().len(),
        "faq": questionnaire.glossary().questions.len(),
        "crosswalks": entries,
        "by_area": by_area,
        "by_role": by_role,
    })
}

fn questions_of(area: &Area) -> usize {
    area.requirements.iter().map(|requirement| requirement.questions.len()).sum()
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
        "intent": requirement.intent,
        "exclusion": requirement.exclusion.as_ref().map(exclusion),
        "questions": requirement.questions.iter().map(question).collect::<Vec<_>>(),
    })
}

fn exclusion(exclusion: &UsualExclusion) -> Value {
    json!({
        "for": exclusion.roles.iter().map(|role| role.word()).collect::<Vec<_>>(),
        "because": exclusion.because,
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
        "replaces": question.replaces.as_ref().map(QuestionId::as_str),
    })
}
