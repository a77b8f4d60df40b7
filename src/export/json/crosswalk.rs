//! What a crosswalk says about the organisation, in JSON: a contract with scripts outside the project.

use serde_json::{Map, Value, json};

use crate::domain::crosswalk::Detail;
use crate::domain::crosswalk_view::{CrosswalkLine, CrosswalkView, Says, Timing};
use crate::domain::id::RequirementId;
use crate::domain::report::SELF_ASSESSMENT;
use crate::export::json::figures::views;

/// Returns the crosswalks as JSON.
///
/// At least: `crosswalks`, each with `id`, `title`, `kind`, `reference`, `held`, `told`, `support` and `entries`; each
/// entry with `id`, `title`, `requirements`, `support` and what its kind adds. `support` is the Stage 2 readiness over
/// the requirements, claimed and evidenced, with its coverage.
#[must_use]
pub fn crosswalks(views: &[CrosswalkView]) -> Value {
    json!({ "note": SELF_ASSESSMENT, "crosswalks": views.iter().map(crosswalk).collect::<Vec<_>>() })
}

/// Returns one crosswalk.
pub(super) fn crosswalk(view: &CrosswalkView) -> Value {
    json!({
        "id": view.id.as_str(),
        "title": view.title,
        "kind": view.kind.word(),
        "reference": view.reference,
        "source": view.source,
        "as_of": view.as_of.to_string(),
        "note": view.note,
        "held": view.is_held,
        "told": view.told(),
        "others": view.other,
        "support": views(&view.support),
        "entries": view.lines.iter().map(line).collect::<Vec<_>>(),
    })
}

fn line(line: &CrosswalkLine) -> Value {
    let entry = &line.entry;
    let ids = |ids: &[RequirementId]| ids.iter().map(RequirementId::as_str).map(str::to_owned).collect::<Vec<_>>();
    let mut value = Map::new();
    let mut add = |key: &str, field: Value| drop(value.insert(key.to_owned(), field));
    add("id", json!(entry.id.as_str()));
    add("title", json!(entry.title));
    add("requirements", json!(ids(&entry.requirements)));
    add("excluded", json!(ids(&line.excluded)));
    add("support", views(&line.support));
    match &entry.detail {
        Detail::Obligation(obligation) => {
            add("helps", json!(obligation.helps));
            add("gap", json!(obligation.gap));
            add("applies_from", json!(obligation.applies_from.to_string()));
            add("applies_note", json!(obligation.applies_note));
            add("applies", json!(line.says == Says::Obligation(Timing::Applies)));
        }
        Detail::Reuse { reuse, helps, gap } => {
            add("reuse", json!(reuse.word()));
            add("helps", json!(helps));
            add("gap", json!(gap));
        }
        Detail::Coverage { text, helps, gap } => {
            add("text", json!(text));
            add("helps", json!(helps));
            add("gap", json!(gap));
        }
        Detail::Buyer { question, .. } => add("question", json!(question)),
    }
    if let Says::Draft { text, gaps } = &line.says {
        add("draft", json!(text));
        add("gaps", json!(gaps));
    }
    Value::Object(value)
}
