//! Whole outputs for five organisations (`tests/fixtures/profiles`): what an auditor would read of each.
//!
//! The snapshots hold ids, figures, grades and words of ours. Texts of the questionnaire are left out of the JSON, so that
//! whoever words a question better changes nothing here.

use std::fmt::Write as _;

use serde_json::Value;

use crate::program::Program;

/// The keys whose texts are the questionnaire's.
const TEXTS: [&str; 12] = [
    "ask",
    "next_text",
    "text",
    "says",
    "title",
    "note",
    "because",
    "told",
    "package",
    "builds_on",
    "clauses",
    "ranked",
];

const FIXTURES: [(&str, &str); 5] = [
    ("startup-user", include_str!("fixtures/profiles/startup-user.toml")),
    ("provider-60", include_str!("fixtures/profiles/provider-60.toml")),
    ("iso27001-400", include_str!("fixtures/profiles/iso27001-400.toml")),
    ("regulated-3000", include_str!("fixtures/profiles/regulated-3000.toml")),
    ("unanswered", include_str!("fixtures/profiles/unanswered.toml")),
];

/// The verdicts that an auditor would come to, as claimed and by the evidence.
const VERDICTS: [(&str, &str); 5] = [
    ("not-ready", "not-ready"),
    ("not-ready", "not-ready"),
    ("not-ready", "not-ready"),
    ("ready-for-stage-2", "ready-for-stage-1"),
    ("not-ready", "not-ready"),
];

#[test]
fn each_profile_gives_the_whole_outputs_that_were_looked_at() {
    for ((name, text), (claimed, evidenced)) in FIXTURES.into_iter().zip(VERDICTS) {
        let program = made(name, text);
        let score = program.json(&["score", name]);
        assert_eq!(score["verdict"]["claimed"], claimed, "{name}");
        assert_eq!(score["verdict"]["evidenced"], evidenced, "{name}");
        insta::with_settings!({ snapshot_path => "snapshots/profiles", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(format!("{name}-score"), lines(&score));
            insta::assert_snapshot!(format!("{name}-soa"), lines(&program.json(&["soa", name])));
            insta::assert_snapshot!(format!("{name}-plan"), lines(&program.json(&["plan", name])));
            insta::assert_snapshot!(format!("{name}-show"), program.ok(&["show", name]));
        });
    }
}

/// Returns a program with the organisation in its data folder.
fn made(name: &str, text: &str) -> Program {
    let program = Program::new();
    let fixture: toml::Table = text.parse().unwrap();
    let table = |key: &str| fixture.get(key).and_then(toml::Value::as_table).cloned().unwrap_or_default();
    let profile = program.file("profile.toml", toml::to_string(&table("profile")).unwrap());
    program.ok(&["new", name, "--profile", &profile]);
    for (control, because) in table("exclude") {
        program.ok(&["exclude", name, &control, "--because", because.as_str().unwrap()]);
    }
    let csv = answers(&program, &table("levels"), &table("evidence"));
    if csv.lines().count() > 1 {
        program.ok(&["answer", name, "--from", &program.file("answers.csv", csv)]);
    }
    for (control, reasons) in table("include") {
        let words: Vec<&str> = reasons.as_array().unwrap().iter().filter_map(toml::Value::as_str).collect();
        program.ok(&["soa", name, "--set", &format!("{control}={}", words.join(","))]);
    }
    program
}

fn answers(program: &Program, levels: &toml::Table, evidence: &toml::Table) -> String {
    let mut csv = String::from("question,level,evidence_kind,evidence\n");
    let shown = program.json(&["questionnaire", "show", "iso42001"]);
    for area in shown["areas"].as_array().unwrap() {
        for requirement in area["requirements"].as_array().unwrap() {
            for question in requirement["questions"].as_array().unwrap() {
                let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
                let ids = [id(question), id(requirement), id(area), "all".to_owned()];
                let of = |table: &toml::Table| ids.iter().find_map(|id| table.get(id)).cloned();
                let Some(level) = of(levels).and_then(|level| level.as_integer()) else { continue };
                let kind = of(evidence).and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default();
                let what = if kind.is_empty() { "" } else { "On file" };
                writeln!(csv, "{},{level},{kind},{what}", id(question)).unwrap();
            }
        }
    }
    csv
}

/// Returns a value as lines, one for each object at the bottom, without the questionnaire's texts.
fn lines(value: &Value) -> String {
    let mut text = String::new();
    write_lines(value, "", &mut text);
    text
}

fn write_lines(value: &Value, path: &str, text: &mut String) {
    match value {
        Value::Object(fields) if is_flat(fields) => {
            let told: Vec<String> =
                fields.iter().filter(|(key, _)| is_ours(key)).map(|(key, field)| format!("{key}={field}")).collect();
            writeln!(text, "{path}: {}", told.join(" ")).unwrap();
        }
        Value::Object(fields) => {
            for (key, field) in fields.iter().filter(|(key, _)| is_ours(key)) {
                write_lines(field, &format!("{path}/{key}"), text);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for (index, item) in items.iter().enumerate() {
                write_lines(item, &format!("{path}[{index}]"), text);
            }
        }
        Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            writeln!(text, "{path}: {value}").unwrap();
        }
    }
}

/// Returns whether something has no list of objects in it: it is told in one line.
fn is_flat(fields: &serde_json::Map<String, Value>) -> bool {
    fields.values().all(|field| match field {
        Value::Object(inner) => is_flat(inner),
        Value::Array(items) => !items.iter().any(Value::is_object),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    })
}

fn is_ours(key: &str) -> bool {
    !TEXTS.contains(&key)
}
