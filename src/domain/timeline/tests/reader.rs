//! The shipped questionnaire, small ones made by hand, and answers to them.

use std::sync::{Arc, LazyLock};

use toml::{Table, Value};

use crate::domain::assessment::{Answer, Assessment, Depth, Evidence, QuestionnaireRef, Seed};
use crate::domain::change::{Change, Edit};
use crate::domain::level::Level;
use crate::domain::profile::ProfileKey;
use crate::domain::questionnaire::{Area, EvidenceKind, Header, Question, Questionnaire};
use crate::domain::roadmap::Roadmap;
use crate::storage::library::Library;

/// The shipped questionnaire with its road map.
pub(super) static ISO42001: LazyLock<Arc<Questionnaire>> =
    LazyLock::new(|| Library::new(None).load("iso42001").unwrap().questionnaire);

/// Returns the questionnaire of these areas and this road map.
pub(super) fn questionnaire(areas: Vec<Area>, roadmap: Roadmap) -> Questionnaire {
    let header = Header {
        id: "x".to_owned(),
        version: String::new(),
        title: String::new(),
        language: String::new(),
        licence: String::new(),
        notice: String::new(),
    };
    Questionnaire::new(header, areas, Some(roadmap)).unwrap()
}

/// Returns a question that says nothing but its id.
pub(super) fn question(id: &str) -> Question {
    Question {
        id: id.into(),
        ask: "Is it?".to_owned(),
        why: String::new(),
        levels: ["0", "1", "2", "3", "4", "5"].map(str::to_owned),
        evidence: vec![],
        pitfall: String::new(),
        weight: 1.0,
        weight_reason: String::new(),
        documented: true,
        showstopper: false,
        quick: true,
        roles: vec![],
        replaces: None,
    }
}

/// Returns an assessment with this profile in which nothing is answered.
pub(super) fn assessment(profile: &[(ProfileKey, &str)]) -> Assessment {
    let reference = QuestionnaireRef { id: "x".to_owned(), version: String::new() };
    let mut assessment = Assessment::new("x", reference, Depth::Full, Seed(1));
    for (key, value) in profile {
        set(&mut assessment, *key, value);
    }
    assessment
}

/// Sets a key of the profile.
pub(super) fn set(assessment: &mut Assessment, key: ProfileKey, value: &str) {
    let mut trial = assessment.profile().clone();
    trial.set(key, value).unwrap();
    assessment.apply(&Change::Profile { key, edit: Edit { old: String::new(), new: value.to_owned() } });
}

/// Answers a question.
pub(super) fn answer(assessment: &mut Assessment, id: &str, level: u8) {
    let new = Some(Answer::Level(Level::new(level).unwrap()));
    assessment.apply(&Change::Answer { question: id.into(), edit: Edit { old: None, new } });
}

/// Gives a question a measurement as evidence, which carries every level.
pub(super) fn prove(assessment: &mut Assessment, id: &str) {
    let evidence =
        Evidence { kind: EvidenceKind::Measurement, what: "audit".to_owned(), date: None, valid_until: None };
    assessment.apply(&Change::EvidenceAdded { question: id.into(), evidence });
}

/// Returns the ids of all questions, in order.
pub(super) fn ids(questionnaire: &Questionnaire) -> Vec<String> {
    questionnaire.items().map(|item| item.question.id.to_string()).collect()
}

/// Answers all questions, so that their mean is this level, with the level above and the level below alone.
pub(super) fn answer_all(assessment: &mut Assessment, questionnaire: &Questionnaire, mean: f64) {
    let mut owed = 0.0;
    for id in ids(questionnaire) {
        owed += mean.fract();
        let up = owed >= 0.5;
        owed -= f64::from(u8::from(up));
        let low = (0..5).rev().find(|level| f64::from(*level) <= mean).unwrap_or(0);
        answer(assessment, &id, low + u8::from(up));
    }
}

pub(super) fn table(text: &str) -> Table {
    text.parse().unwrap()
}

pub(super) fn text(table: &Table, key: &str) -> String {
    table.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

pub(super) fn number(value: &Value) -> f64 {
    value.as_float().or_else(|| value.as_integer().and_then(|n| i32::try_from(n).ok()).map(f64::from)).unwrap()
}

pub(super) fn list<'a>(table: &'a Table, key: &str) -> Vec<&'a Value> {
    table.get(key).and_then(Value::as_array).into_iter().flatten().collect()
}
