//! What commands print with `--json` has the shape that `docs/json` promises to scripts.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::program::Program;

/// The words of JSON Schema that the schemas use. The check below knows these and no other.
const WORDS: [&str; 10] =
    ["$schema", "title", "description", "type", "enum", "required", "properties", "items", "minimum", "maximum"];

/// Tells what in a value isn't as its schema says, with where it is.
fn flaws(schema: &Value, value: &Value, place: &str, found: &mut Vec<String>) {
    let words = schema.as_object().expect("a schema is an object");
    for word in words.keys() {
        assert!(WORDS.contains(&word.as_str()), "{place}: the check doesn't know {word:?}");
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        _ => vec![],
    };
    let is = |name: &&str| match *name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{place}: there is no type {other:?}"),
    };
    if !types.is_empty() && !types.iter().any(is) {
        found.push(format!("{place}: {value} is no {types:?}"));
    }
    if schema["enum"].as_array().is_some_and(|all| !all.contains(value)) {
        found.push(format!("{place}: {value} is none of {}", schema["enum"]));
    }
    if let Some(number) = value.as_f64() {
        let below = schema["minimum"].as_f64().is_some_and(|least| number < least);
        let above = schema["maximum"].as_f64().is_some_and(|most| number > most);
        if below || above {
            found.push(format!("{place}: {number} is out of range"));
        }
    }
    if let Some(fields) = value.as_object() {
        for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !fields.contains_key(key) {
                found.push(format!("{place}: {key} is missing"));
            }
        }
        for (key, field) in fields {
            if let Some(schema) = schema["properties"].get(key) {
                flaws(schema, field, &format!("{place}.{key}"), found);
            }
        }
    }
    if let (Some(list), Some(schema)) = (value.as_array(), schema.get("items")) {
        list.iter().enumerate().for_each(|(index, item)| flaws(schema, item, &format!("{place}[{index}]"), found));
    }
}

fn schema(name: &str) -> Value {
    let path = format!("docs/json/{name}.schema.json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn what_commands_print_has_the_documented_shape() {
    let program = Program::with_demo();
    let exported = program.json(&["export", "acme", "--format", "json", "--out", "out"]);
    let path = program.folder().join(exported["written"][0].as_str().unwrap()).to_str().unwrap().to_owned();
    let outputs: Vec<(&str, Vec<&str>)> = vec![
        ("new", vec!["new", "other"]),
        ("list", vec!["list"]),
        ("profile", vec!["profile", "acme"]),
        ("profile", vec!["profile", "other", "headcount=7"]),
        ("answer", vec!["answer", "other", "4.1-1", "3"]),
        ("answer", vec!["answer", "other", "4.1-1", "3"]),
        ("score", vec!["score", "acme"]),
        ("score", vec!["score", "other"]),
        ("timeline", vec!["timeline", "acme"]),
        ("timeline", vec!["timeline", "other"]),
        ("soa", vec!["soa", "acme"]),
        ("soa", vec!["soa", "other"]),
        ("plan", vec!["plan", "acme"]),
        ("plan", vec!["plan", "other"]),
        ("crosswalk", vec!["crosswalk", "acme"]),
        ("show", vec!["show", "acme"]),
        ("show", vec!["show", "other"]),
        ("export", vec!["export", "other", "--format", "md", "--out", "out"]),
        ("import", vec!["import", &path, "--as", "third"]),
        ("questionnaire-list", vec!["questionnaire", "list"]),
        ("questionnaire-show", vec!["questionnaire", "show", "iso42001"]),
        ("questionnaire-check", vec!["questionnaire", "check", "iso42001"]),
        ("doctor", vec!["doctor"]),
        ("doctor", vec!["doctor", "acme", "--repair"]),
        ("merge", vec!["merge", "third", &path]),
        ("explain", vec!["explain", "acme", "4.1-1"]),
        ("explain", vec!["explain", "other", "4.1-2"]),
        ("snapshot", vec!["snapshot", "other", "Today"]),
        ("undo", vec!["undo", "other"]),
        ("undo", vec!["redo", "other"]),
        ("log", vec!["log", "acme"]),
        ("log", vec!["log", "other"]),
        ("diff", vec!["diff", "acme", "Kick-off workshop"]),
        ("diff", vec!["diff", "other"]),
        ("name", vec!["rename", "other", "bare"]),
        ("name", vec!["copy", "bare", "twin"]),
        ("put-away", vec!["archive", "twin"]),
        ("put-away", vec!["delete", "bare", "--yes"]),
        ("shelves", vec!["restore"]),
        ("name", vec!["restore", "bare"]),
    ];
    let mut found = vec![];
    let mut used = BTreeSet::new();
    for (name, arguments) in outputs {
        let value = program.json(&arguments);
        flaws(&schema(name), &value, &format!("{name} ({})", arguments.join(" ")), &mut found);
        used.insert(format!("{name}.schema.json"));
    }
    let written: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    flaws(&schema("assessment"), &written, "the exported file", &mut found);
    used.insert("assessment.schema.json".to_owned());
    assert!(found.is_empty(), "{}", found.join("\n"));
    let there = std::fs::read_dir("docs/json").unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let idle: Vec<String> = there.filter(|name| name.ends_with(".schema.json") && !used.contains(name)).collect();
    assert!(idle.is_empty(), "no output is held to {idle:?}");
}

#[test]
fn a_value_of_another_shape_is_told() {
    let schema = schema("list");
    let mut found = vec![];
    let value =
        serde_json::json!([{ "name": 7, "organisation": "", "completion": 1.5, "readiness": null, "damage": null }]);
    flaws(&schema, &value, "list", &mut found);
    for told in ["list[0].name: 7", "list[0].completion: 1.5 is out of range", "changed is missing"] {
        assert!(found.iter().any(|flaw| flaw.contains(told)), "{told}: {found:?}");
    }
}
