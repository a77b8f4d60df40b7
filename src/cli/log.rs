//! `ready42 log NAME`

use serde_json::{Map, Value, json};

use crate::cli::context::Context;
use crate::cli::fault::Fault;
use crate::cli::table::aligned;
use crate::domain::change::Change;
use crate::domain::history::{Deed, Made, Step, StepId, sentence};
use crate::domain::text::visible;
use crate::storage::record::ChangeRecord;

/// Prints what was done to an assessment, oldest first: when, who, what and why.
pub fn run(context: &mut Context, name: &str) -> Result<(), Fault> {
    let document = context.read(name)?;
    context.tell_notices(&document.notices);
    let steps = document.history.steps();
    if context.global.json {
        let entries = Value::Array(steps.iter().flat_map(entries).collect());
        context.json(&entries);
        return Ok(());
    }
    let mut rows = vec![["WHEN (UTC)", "WHO", "WHAT"].map(str::to_owned)];
    for step in steps {
        rows.push([moment(step), step.who.to_string(), with_reason(step.told(), step.because.as_deref())]);
        let parts = if step.changes.len() > 1 { step.changes.as_slice() } else { &[] };
        rows.extend(parts.iter().map(|made| {
            let told = with_reason(format!("  {}", sentence(&made.change)), made.because.as_deref());
            [String::new(), String::new(), told]
        }));
    }
    for line in aligned(&rows) {
        context.line(line);
    }
    Ok(())
}

/// Returns when a step was done, to the minute.
pub fn moment(step: &Step) -> String {
    step.at.format("%Y-%m-%d %H:%M").to_string()
}

/// Returns how a step is known.
pub fn id(id: &StepId) -> String {
    match id {
        StepId::Stored(name) => name.to_string(),
        StepId::Pending(number) => format!("pending {number}"),
    }
}

fn with_reason(told: String, because: Option<&str>) -> String {
    match because {
        Some(because) => format!("{told} ({})", visible(because)),
        None => told,
    }
}

/// Returns a step as its changes; where it has none, as itself.
fn entries(step: &Step) -> Vec<Value> {
    if step.changes.is_empty() {
        let label = if let Deed::Snapshot(label) = &step.deed { json!(label) } else { Value::Null };
        return vec![entry(step, &step.id, &step.told(), None, (Value::Null, label))];
    }
    let made =
        |Made { id, change, because }: &Made| entry(step, id, &sentence(change), because.as_deref(), values(change));
    step.changes.iter().map(made).collect()
}

fn entry(step: &Step, own: &StepId, what: &str, because: Option<&str>, (old, new): (Value, Value)) -> Value {
    let (deed, of) = match &step.deed {
        Deed::Begin(_) => ("begin", None),
        Deed::Making | Deed::Change => ("change", None),
        Deed::Undo(of) => ("undo", Some(id(of))),
        Deed::Redo(of) => ("redo", Some(id(of))),
        Deed::Snapshot(_) => ("snapshot", None),
    };
    json!({
        "id": id(own),
        "at": step.at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
        "who": &*step.who,
        "what": what,
        "old": old,
        "new": new,
        "why": because.or(step.because.as_deref()),
        "deed": deed,
        "step": id(&step.id),
        "of": of,
    })
}

/// Returns a change in JSON: its kind, what it is about, the value before and the value after.
pub fn change(change: &Change) -> Value {
    let (old, new) = values(change);
    let mut value = stored(change);
    value.remove("evidence");
    value.insert("what".to_owned(), json!(sentence(change)));
    value.insert("old".to_owned(), old);
    value.insert("new".to_owned(), new);
    Value::Object(value)
}

/// Returns the value before and the value after: numbers, texts and dates as the journal has them.
fn values(change: &Change) -> (Value, Value) {
    let mut stored = stored(change);
    let mut take = |key| stored.remove(key).unwrap_or(Value::Null);
    match change {
        Change::EvidenceAdded { .. } => (Value::Null, take("evidence")),
        Change::EvidenceRemoved { .. } => (take("evidence"), Value::Null),
        _ => (level(take("old")), level(take("new"))),
    }
}

/// Returns a level as its number.
fn level(value: Value) -> Value {
    value.get("level").cloned().unwrap_or(value)
}

fn stored(change: &Change) -> Map<String, Value> {
    match serde_json::to_value(ChangeRecord::from(change)) {
        Ok(Value::Object(object)) => object,
        Ok(_) | Err(_) => Map::new(),
    }
}
