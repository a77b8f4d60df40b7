//! The JSON Schema of a questionnaire's files, so that an editor completes them and marks what is wrong while one types.

use serde_json::{Map, Value, json};

use crate::storage::library::format::{FILES, Field, Form, Need, Takes, Words};

/// Returns the JSON Schema (draft 2020-12) of the files, each of which is one of its alternatives.
///
/// It says what a file can look like; whether what it names exists, only `questionnaire check` says.
#[must_use]
pub fn schema() -> Value {
    let mut definitions = Map::new();
    for form in FILES {
        define(form, &mut definitions);
    }
    let alternatives: Vec<Value> = FILES.iter().map(|form| reference(form)).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of a questionnaire of ready42",
        "anyOf": alternatives,
        "$defs": definitions,
    })
}

/// Adds the definition of a form and of all that it holds.
fn define(form: &'static Form, definitions: &mut Map<String, Value>) {
    if definitions.contains_key(form.name) {
        return;
    }
    let properties: Map<String, Value> =
        form.fields.iter().map(|field| (field.key.to_owned(), property(field))).collect();
    let required: Vec<&str> =
        form.fields.iter().filter(|field| field.need == Need::Must).map(|field| field.key).collect();
    let definition = json!({
        "type": "object",
        "description": form.about,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    definitions.insert(form.name.to_owned(), definition);
    for field in form.fields {
        match field.takes {
            Takes::One(inner) | Takes::Many(inner) => define(inner, definitions),
            Takes::ManyOf(forms) => forms.iter().for_each(|inner| define(inner, definitions)),
            _ => {}
        }
    }
}

fn property(field: &Field) -> Value {
    let mut schema = value(field.takes);
    if let Some(object) = schema.as_object_mut() {
        object.insert("description".to_owned(), json!(field.about));
    }
    schema
}

fn value(takes: Takes) -> Value {
    match takes {
        Takes::Text => text(),
        Takes::Number(least) => json!({ "type": "number", "minimum": least }),
        Takes::Flag => json!({ "type": "boolean" }),
        Takes::Day => json!({ "type": "string", "format": "date" }),
        Takes::Level => json!({ "type": "integer", "minimum": 1, "maximum": 5 }),
        Takes::Word(words) => one_of(words),
        Takes::Texts => json!({ "type": "array", "items": text() }),
        Takes::WordList(words) => json!({ "type": "array", "minItems": 1, "items": one_of(words) }),
        Takes::SomeTexts(count) => json!({ "type": "array", "minItems": count, "maxItems": count, "items": text() }),
        Takes::ThreeNumbers => {
            json!({ "type": "array", "minItems": 3, "maxItems": 3, "items": { "type": "number", "minimum": 0 } })
        }
        Takes::NumberBy(words) => {
            let number = json!({ "type": "number", "minimum": 0 });
            let properties: Map<String, Value> =
                words().into_iter().map(|word| (word.to_owned(), number.clone())).collect();
            json!({ "type": "object", "properties": properties, "additionalProperties": false })
        }
        Takes::One(form) => json!({ "allOf": [reference(form)] }),
        Takes::Many(form) => json!({ "type": "array", "minItems": 1, "items": reference(form) }),
        Takes::ManyOf(forms) => {
            let alternatives: Vec<Value> = forms.iter().map(|form| reference(form)).collect();
            json!({ "type": "array", "minItems": 1, "items": { "anyOf": alternatives } })
        }
    }
}

fn text() -> Value {
    json!({ "type": "string", "minLength": 1 })
}

fn one_of(words: Words) -> Value {
    json!({ "enum": words() })
}

fn reference(form: &Form) -> Value {
    json!({ "$ref": format!("#/$defs/{}", form.name) })
}
