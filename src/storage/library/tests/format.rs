//! The description of the format against the reader, and the schema that is made of it against our own files.

use serde_json::{Value, json};
use toml::Table;

use crate::storage::library::assemble::inspect;
use crate::storage::library::catalog::BUILT_IN;
use crate::storage::library::files::{File, complete, embedded};
use crate::storage::library::format::{self, FILES, Form, Need, Takes};
use crate::storage::library::tests::{fixture, shown, told, valid_but, valid_text};
use crate::storage::library::{schema, skeleton};

/// Returns the form of the fixture's file.
fn form_of(name: &str) -> Option<&'static Form> {
    Some(match name {
        "questionnaire.toml" => &format::HEADER_FILE,
        "roadmap.toml" => &format::ROADMAP_FILE,
        "checks.toml" => &format::CHECKS_FILE,
        "glossary.toml" => &format::GLOSSARY_FILE,
        "documents.toml" => &format::DOCUMENTS_FILE,
        name if name.starts_with("crosswalks/") => &format::CROSSWALK_FILE,
        name if name.starts_with("i18n/") || name == "demo.toml" => return None,
        _ => &format::AREA_FILE,
    })
}

/// A way to a table: keys, and positions in lists.
type Way = Vec<(&'static str, Option<usize>)>;

/// Returns the ways to all tables of a form below a table, with their forms.
fn tables(form: &'static Form, table: &Table, way: &Way) -> Vec<(Way, &'static Form)> {
    let mut found = vec![(way.clone(), form)];
    for field in form.fields {
        let Some(value) = table.get(field.key) else { continue };
        let forms = match field.takes {
            Takes::One(inner) | Takes::Many(inner) => vec![inner],
            Takes::ManyOf(forms) => forms.to_vec(),
            _ => continue,
        };
        let inner: Vec<(Option<usize>, &Table)> = match value {
            toml::Value::Table(table) => vec![(None, table)],
            toml::Value::Array(items) => {
                items.iter().enumerate().map(|(at, item)| (Some(at), item.as_table().unwrap())).collect()
            }
            other => panic!("{} is {other}", field.key),
        };
        for (at, table) in inner {
            let fits = |form: &&Form| table.keys().all(|key| form.keys().any(|known| known == key));
            let form = forms.iter().copied().find(|form| fits(form)).unwrap_or_else(|| panic!("{table}"));
            found.extend(tables(form, table, &[way.clone(), vec![(field.key, at)]].concat()));
        }
    }
    found
}

fn table_at<'t>(root: &'t mut Table, way: &Way) -> &'t mut Table {
    way.iter().fold(root, |table, (key, at)| {
        let value = table.get_mut(*key).unwrap();
        match at {
            Some(at) => value.as_array_mut().unwrap()[*at].as_table_mut().unwrap(),
            None => value.as_table_mut().unwrap(),
        }
    })
}

#[test]
fn a_key_is_missed_by_the_reader_exactly_where_the_format_says_that_it_must_be_there() {
    let mut seen = 0;
    for (name, content) in fixture("valid") {
        let Some(form) = form_of(&name) else { continue };
        let root: Table = String::from_utf8(content).unwrap().parse().unwrap();
        for (way, form) in tables(form, &root, &vec![]) {
            for field in form.fields {
                let mut without = root.clone();
                if table_at(&mut without, &way).remove(field.key).is_none() {
                    continue;
                }
                seen += 1;
                let checked = inspect(&valid_but(&name, without.to_string()));
                let told = shown(&checked.flaws);
                let key = field.key;
                // Each of these two may be left out, and needs the other.
                if ["exclude_for", "exclude_because"].contains(&key) {
                    assert!(told.contains("is missing"), "{told}");
                    continue;
                }
                let is_missed = [format!("`{key}` is missing"), format!("[{key}] is missing")]
                    .iter()
                    .any(|problem| told.contains(problem));
                // Without its subject, a condition is about nothing.
                let is_missed = is_missed || told.contains("the condition is about nothing");
                // Without its one key, a file is told to be none of this kind.
                let is_missed = is_missed || told.contains("the file has no [area]");
                assert_eq!(is_missed, field.need == Need::Must, "{key} of {way:?} in {name}:\n{told}");
            }
        }
    }
    assert!(seen > 100, "{seen} keys were taken out");
}

#[test]
fn every_table_and_every_key_of_the_format_is_in_the_valid_fixture() {
    let mut forms: Vec<&Form> = FILES.to_vec();
    let mut keys = vec![];
    while let Some(form) = forms.pop() {
        for field in form.fields {
            keys.push(field.key);
            match field.takes {
                Takes::One(inner) | Takes::Many(inner) => forms.push(inner),
                Takes::ManyOf(inner) => forms.extend(inner),
                _ => {}
            }
        }
    }
    let all: String = fixture("valid").into_iter().map(|(_, text)| String::from_utf8(text).unwrap()).collect();
    let is_there = |key: &str| all.contains(&format!("{key} =")) || all.contains(&format!("{key}]"));
    let missing: Vec<_> = keys.into_iter().filter(|key| !is_there(key)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "else the reader isn't held to the format there");
}

#[test]
fn the_skeleton_is_sound_and_needs_no_advice() {
    for (name, id) in [
        ("My Firm's AI 2027", "my-firm-s-ai-2027"),
        ("東京", "questionnaire"),
        ("a".repeat(90).as_str(), &"a".repeat(60)),
    ] {
        let files = skeleton(name).into_iter().map(|(path, text)| File::new("q", path.to_owned(), text.into_bytes()));
        let files = complete("q", files.collect());
        let checked = inspect(&files);
        assert_eq!((shown(&checked.flaws), shown(&checked.advice)), (String::new(), String::new()));
        assert!(files.iter().any(|file| file.text().contains(&format!("id = \"{id}\""))), "{name}");
    }
}

/// Returns the schema's objections to a value: as much of JSON Schema as the schema uses.
fn objections(schema: &Value, value: &Value, root: &Value) -> Vec<String> {
    let mut found = vec![];
    let mut claim = |holds: bool, what: &str| {
        if !holds {
            found.push(format!("{value} against {what}"));
        }
    };
    let length = |value: &Value| value.as_array().map_or(0, Vec::len) as u64;
    for (keyword, wanted) in schema.as_object().unwrap() {
        let number = wanted.as_f64().unwrap_or_default();
        match keyword.as_str() {
            "type" => claim(
                match wanted.as_str().unwrap() {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "boolean" => value.is_boolean(),
                    "number" => value.is_number(),
                    "integer" => value.is_u64() || value.is_i64(),
                    other => panic!("type {other}"),
                },
                &wanted.to_string(),
            ),
            "minimum" => claim(value.as_f64().is_none_or(|value| value >= number), "minimum"),
            "maximum" => claim(value.as_f64().is_none_or(|value| value <= number), "maximum"),
            "minLength" => claim(value.as_str().is_none_or(|text| !text.is_empty()), "minLength"),
            "minItems" => claim(!value.is_array() || length(value) >= wanted.as_u64().unwrap(), "minItems"),
            "maxItems" => claim(!value.is_array() || length(value) <= wanted.as_u64().unwrap(), "maxItems"),
            "enum" => claim(wanted.as_array().unwrap().contains(value), &wanted.to_string()),
            "format" => claim(value.as_str().is_some_and(|day| crate::domain::profile::date(day).is_some()), "format"),
            "required" => {
                for key in wanted.as_array().unwrap() {
                    claim(value.get(key.as_str().unwrap()).is_some(), &format!("required {key}"));
                }
            }
            _ => nested(keyword, schema, value, root).iter().for_each(|objection| claim(false, objection)),
        }
    }
    found
}

/// Returns the objections of a keyword that holds schemas.
fn nested(keyword: &str, schema: &Value, value: &Value, root: &Value) -> Vec<String> {
    let wanted = &schema[keyword];
    match keyword {
        "$ref" => {
            let pointer = wanted.as_str().unwrap().trim_start_matches('#');
            objections(root.pointer(pointer).unwrap(), value, root)
        }
        "allOf" => wanted.as_array().unwrap().iter().flat_map(|one| objections(one, value, root)).collect(),
        "anyOf" => {
            let all: Vec<_> = wanted.as_array().unwrap().iter().map(|one| objections(one, value, root)).collect();
            if all.iter().any(Vec::is_empty) { vec![] } else { all.into_iter().flatten().collect() }
        }
        "items" => value.as_array().into_iter().flatten().flat_map(|item| objections(wanted, item, root)).collect(),
        "properties" => {
            let of = |(key, inner): (&String, &Value)| value.get(key).map(|value| objections(inner, value, root));
            wanted.as_object().unwrap().iter().filter_map(of).flatten().collect()
        }
        "additionalProperties" => {
            let known = schema["properties"].as_object().unwrap();
            let keys = value.as_object().into_iter().flat_map(|object| object.keys());
            keys.filter(|key| !known.contains_key(*key)).map(|key| format!("{key} is not known")).collect()
        }
        "description" | "title" | "$schema" | "$defs" => vec![],
        other => panic!("the keyword {other} is not checked"),
    }
}

/// Returns a file as JSON, its dates as texts.
fn as_json(text: &str) -> Value {
    fn json_of(value: &toml::Value) -> Value {
        match value {
            toml::Value::Datetime(moment) => json!(moment.to_string()),
            toml::Value::Array(items) => items.iter().map(json_of).collect(),
            toml::Value::Table(table) => table.iter().map(|(key, value)| (key.clone(), json_of(value))).collect(),
            other => serde_json::to_value(other).unwrap(),
        }
    }
    json_of(&toml::Value::Table(text.parse().unwrap()))
}

#[test]
fn our_own_files_are_as_the_schema_says() {
    let schema = schema();
    for folder in BUILT_IN.dirs() {
        for file in embedded(folder) {
            if file.name != "demo.toml" && !file.name.starts_with("i18n/") {
                let told = objections(&schema, &as_json(file.text()), &schema);
                assert!(told.is_empty(), "{}: {:?}", file.name, told.iter().take(5).collect::<Vec<_>>());
            }
        }
    }
}

#[test]
fn what_the_reader_refuses_by_its_shape_the_schema_refuses_too() {
    let schema = schema();
    for (name, from, to) in [
        ("clause-04.toml", "ask =", "asks ="),
        ("clause-04.toml", "kind = \"clause\"", "kind = \"rule\""),
        ("clause-04.toml", "documented = true", "documented = \"yes\""),
        ("clause-04.toml", "  \"Nobody knows.\",\n", ""),
        ("questionnaire.toml", "title = \"A small questionnaire\"", "title = \"\""),
        ("checks.toml", "at_least = 3", "at_least = 0"),
        ("crosswalks/law.toml", "applies_from = 2027-12-02", "applies_from = \"soon\""),
        ("roadmap.toml", "utilisation = ", "utilization = "),
    ] {
        let text = valid_text(name);
        assert!(objections(&schema, &as_json(&text), &schema).is_empty(), "{name}");
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{name} has {from}");
        assert!(!objections(&schema, &as_json(&changed), &schema).is_empty(), "{name}: {to}");
        told(&valid_but(name, changed));
    }
}
