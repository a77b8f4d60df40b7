//! What `--json` prints is what `docs/json/` says, for every command.

use serde_json::Value;

use crate::program::Program;

/// Every command that prints JSON, in an order in which each has something to print, with the name of its schema.
const COMMANDS: &[(&str, &[&str])] = &[
    ("new", &["new", "empty"]),
    ("new", &["demo", "acme"]),
    ("list", &["list"]),
    ("assessment", &["show", "acme"]),
    ("assessment", &["show", "empty"]),
    ("profile", &["profile", "acme"]),
    ("answer", &["answer", "acme", "4.1-1", "5", "--note", "Seen", "--evidence", "record:Minutes"]),
    ("score", &["score", "acme"]),
    ("score", &["score", "empty"]),
    ("explain", &["explain", "acme", "4.1-1"]),
    ("explain", &["explain", "empty", "4.1-1"]),
    ("timeline", &["timeline", "acme", "--trials", "500"]),
    ("timeline", &["timeline", "empty", "--trials", "500"]),
    ("plan", &["plan", "acme"]),
    ("plan", &["plan", "empty"]),
    ("soa", &["soa", "acme"]),
    ("soa", &["soa", "empty"]),
    ("undo", &["undo", "acme"]),
    ("undo", &["redo", "acme"]),
    ("snapshot", &["snapshot", "acme", "Today"]),
    ("log", &["log", "acme"]),
    ("log", &["log", "empty"]),
    ("diff", &["diff", "acme", "Kick-off workshop"]),
    ("diff", &["diff", "empty"]),
    ("name", &["rename", "empty", "bare"]),
    ("name", &["copy", "bare", "twin"]),
    ("put-away", &["archive", "twin"]),
    ("put-away", &["delete", "bare", "--yes"]),
    ("shelves", &["restore"]),
    ("name", &["restore", "bare"]),
    ("export", &["export", "acme", "--format", "md", "--out", "reports"]),
    ("doctor", &["doctor"]),
    ("questionnaires", &["questionnaire", "list"]),
];

#[test]
fn what_is_printed_is_what_its_schema_says() {
    let program = Program::new();
    let mut used = std::collections::BTreeSet::new();
    for (name, arguments) in COMMANDS {
        let schema = schema(name);
        let printed = program.json(arguments);
        let mut faults = vec![];
        check(&schema, &printed, "", &mut faults);
        assert!(faults.is_empty(), "{arguments:?}:\n{}", faults.join("\n"));
        used.insert(format!("{name}.schema.json"));
    }
    let there: std::collections::BTreeSet<String> = std::fs::read_dir("docs/json")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".schema.json"))
        .collect();
    assert_eq!(there, used, "a schema that nothing is held to");
}

#[test]
fn a_schema_refuses_what_it_does_not_say() {
    let list = schema("list");
    for wrong in [r#"{}"#, r#"[{"name": 1}]"#, r#"[{}]"#] {
        let mut faults = vec![];
        check(&list, &serde_json::from_str(wrong).unwrap(), "", &mut faults);
        assert!(!faults.is_empty(), "{wrong}");
    }
}

fn schema(name: &str) -> Value {
    let text = std::fs::read_to_string(format!("docs/json/{name}.schema.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Checks a value against the part of JSON Schema that ours use; any other word in one is a mistake.
fn check(schema: &Value, value: &Value, place: &str, faults: &mut Vec<String>) {
    for (word, wanted) in schema.as_object().unwrap() {
        match word.as_str() {
            "$schema" | "title" | "description" => {}
            "type" => {
                let is = |kind: &Value| is_of(kind.as_str().unwrap(), value);
                if !wanted.as_array().map_or_else(|| is(wanted), |kinds| kinds.iter().any(is)) {
                    faults.push(format!("{place}: {value} is not {wanted}"));
                }
            }
            "enum" => {
                if !wanted.as_array().unwrap().contains(value) {
                    faults.push(format!("{place}: {value} is none of {wanted}"));
                }
            }
            "required" => {
                let missing =
                    wanted.as_array().unwrap().iter().filter(|key| value.get(key.as_str().unwrap()).is_none());
                faults.extend(missing.filter(|_| value.is_object()).map(|key| format!("{place}: {key} is missing")));
            }
            "properties" => {
                for (key, schema) in wanted.as_object().unwrap() {
                    if let Some(value) = value.get(key) {
                        check(schema, value, &format!("{place}/{key}"), faults);
                    }
                }
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(wanted, item, &format!("{place}/{index}"), faults);
                }
            }
            "additionalProperties" => {
                for (key, value) in value.as_object().into_iter().flatten() {
                    check(wanted, value, &format!("{place}/{key}"), faults);
                }
            }
            other => panic!("{other} is no word that the schemas use"),
        }
    }
}

fn is_of(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("{other} is no type"),
    }
}
