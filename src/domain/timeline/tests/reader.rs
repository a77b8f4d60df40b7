//! Reads the shipped questionnaire for these tests alone, without any of the checks that the loader makes.

use std::path::PathBuf;
use std::sync::LazyLock;

use toml::{Table, Value};

use crate::domain::assessment::{Answer, Assessment, Depth, Evidence, QuestionnaireRef, Seed};
use crate::domain::change::{Change, Edit};
use crate::domain::level::Level;
use crate::domain::profile::{AiRole, Certificate, ProfileKey};
use crate::domain::questionnaire::{Area, EvidenceKind, Header, Question, Questionnaire, Requirement, RequirementKind};
use crate::domain::roadmap::{
    Chance, Driver, Milestone, Package, PackageKind, Phase, Reference, Roadmap, Settings, Size, Step, ThreePoint,
};

/// The shipped questionnaire with its road map.
pub(super) static ISO42001: LazyLock<Questionnaire> = LazyLock::new(|| {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("questionnaires/iso42001");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let tables = files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "toml"));
    let tables: Vec<Table> = tables.map(|file| table(&std::fs::read_to_string(file).unwrap())).collect();
    let areas: Vec<Area> = tables.iter().filter(|table| table.contains_key("area")).map(area).collect();
    let roadmap = tables.iter().find(|table| table.contains_key("roadmap")).map(roadmap);
    questionnaire(areas, roadmap.unwrap())
});

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
        answer(assessment, &id, mean as u8 + u8::from(up));
    }
}

pub(super) fn table(text: &str) -> Table {
    text.parse().unwrap()
}

pub(super) fn text(table: &Table, key: &str) -> String {
    table.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

pub(super) fn number(value: &Value) -> f64 {
    value.as_float().or_else(|| value.as_integer().map(|n| n as f64)).unwrap()
}

fn numbered(table: &Table, key: &str, default: f64) -> f64 {
    table.get(key).map_or(default, number)
}

pub(super) fn list<'a>(table: &'a Table, key: &str) -> Vec<&'a Value> {
    table.get(key).and_then(Value::as_array).into_iter().flatten().collect()
}

fn tables<'a>(table: &'a Table, key: &str) -> Vec<&'a Table> {
    list(table, key).into_iter().map(|value| value.as_table().unwrap()).collect()
}

fn words(table: &Table, key: &str) -> Vec<String> {
    list(table, key).into_iter().map(|value| value.as_str().unwrap().to_owned()).collect()
}

fn flag(table: &Table, key: &str) -> bool {
    table.get(key).and_then(Value::as_bool).unwrap_or(false)
}

fn area(file: &Table) -> Area {
    let head = file["area"].as_table().unwrap();
    let requirements = tables(file, "requirement").into_iter().map(|requirement| Requirement {
        id: text(requirement, "id").as_str().into(),
        title: text(requirement, "title"),
        kind: if text(requirement, "kind") == "clause" { RequirementKind::Clause } else { RequirementKind::Control },
        weight: numbered(requirement, "weight", 1.0),
        weight_reason: String::new(),
        intent: String::new(),
        questions: tables(requirement, "question")
            .into_iter()
            .map(|row| Question {
                weight: numbered(row, "weight", 1.0),
                documented: flag(row, "documented"),
                showstopper: flag(row, "showstopper"),
                roles: words(row, "roles")
                    .iter()
                    .map(|word| AiRole::ALL.into_iter().find(|role| role.word() == word).unwrap())
                    .collect(),
                ..question(&text(row, "id"))
            })
            .collect(),
    });
    Area {
        id: text(head, "id").as_str().into(),
        title: String::new(),
        objective: String::new(),
        requirements: requirements.collect(),
    }
}

fn roadmap(file: &Table) -> Roadmap {
    let settings = file["roadmap"].as_table().unwrap();
    let reference = file["reference"].as_table().unwrap();
    let drivers = tables(file, "driver").into_iter().map(|driver| Driver {
        id: text(driver, "id").as_str().into(),
        title: text(driver, "title"),
        pull: numbered(driver, "pull", 0.0),
        source: text(driver, "source"),
    });
    // The loader sorts: here it is enough that the two lists of the file are joined so that each comes after what it follows.
    let work: Vec<(&Table, bool)> = tables(file, "package").into_iter().map(|row| (row, false)).collect();
    let mut rows: Vec<(&Table, bool)> = tables(file, "step").into_iter().map(|row| (row, true)).collect();
    rows.splice(0..0, work.iter().copied());
    let all: Vec<Package> = rows.into_iter().map(|(row, is_step)| package(row, is_step, &work)).collect();
    Roadmap {
        settings: Settings {
            reference: Reference {
                headcount: number(&reference["headcount"]),
                ai_systems: number(&reference["ai_systems"]),
                ai_people: number(&reference["ai_people"]),
                sites: number(&reference["sites"]),
                suppliers: number(&reference["suppliers"]),
            },
            utilisation: number(&settings["utilisation"]),
            consultant_saves: number(&settings["consultant_saves"]),
            source: text(settings, "source"),
        },
        drivers: drivers.collect(),
        packages: sorted(all),
    }
}

fn sorted(mut waiting: Vec<Package>) -> Vec<Package> {
    let mut done: Vec<Package> = vec![];
    while !waiting.is_empty() {
        let ready = waiting.iter().position(|p| p.after.iter().all(|id| done.iter().any(|d| &d.id == id)));
        done.push(waiting.remove(ready.expect("no cycle")));
    }
    done
}

fn package(row: &Table, is_step: bool, work: &[(&Table, bool)]) -> Package {
    let id = text(row, "id");
    let after = words(row, "after").into_iter().flat_map(|name| match name.strip_prefix("phase:") {
        None => vec![name],
        Some(phase) => {
            let of_phase = work.iter().filter(|(other, _)| text(other, "phase") == phase);
            of_phase.map(|(other, _)| text(other, "id")).filter(|other| other != &id).collect()
        }
    });
    Package {
        id: id.as_str().into(),
        title: text(row, "title"),
        phase: Phase::ALL.into_iter().find(|phase| phase.word() == text(row, "phase")).unwrap(),
        kind: if is_step { PackageKind::Step(step(row)) } else { work_of(row) },
        effort: points(row, "effort"),
        waiting: points(row, "waiting"),
        after: after.map(|id| id.as_str().into()).collect(),
        workers: numbered(row, "workers", 2.0),
        scales: shares(row, "scales", |word| Size::ALL.into_iter().find(|size| size.word() == word)),
        reuse: shares(row, "reuse", |word| Certificate::ALL.into_iter().find(|held| held.word() == word)),
        source: text(row, "source"),
    }
}

fn work_of(row: &Table) -> PackageKind {
    PackageKind::Work { closes: words(row, "closes").iter().map(|id| id.as_str().into()).collect() }
}

fn step(row: &Table) -> Step {
    Step {
        milestone: Milestone::ALL.into_iter().find(|milestone| milestone.word() == text(row, "milestone")),
        booking: flag(row, "booking"),
        chance: row.get("chance").and_then(Value::as_table).map(|chance| Chance {
            base: numbered(chance, "base", 0.0),
            unevidenced: numbered(chance, "unevidenced", 0.0),
        }),
        eased_by_evidence: numbered(row, "eased_by_evidence", 0.0),
    }
}

fn points(row: &Table, key: &str) -> ThreePoint {
    match list(row, key).as_slice() {
        [low, mode, high] => ThreePoint { low: number(low), mode: number(mode), high: number(high) },
        _ => ThreePoint::default(),
    }
}

fn shares<T>(row: &Table, key: &str, word: impl Fn(&str) -> Option<T>) -> Vec<(T, f64)> {
    let table = row.get(key).and_then(Value::as_table);
    table.into_iter().flatten().map(|(key, value)| (word(key).unwrap(), number(value))).collect()
}
