//! The documented information that an audit reads, in JSON.

use serde_json::{Value, json};

use crate::domain::documents::DocumentState;
use crate::domain::id::{QuestionId, RequirementId};

/// Returns a document with how far it is there.
pub(super) fn document(state: &DocumentState) -> Value {
    let document = &state.document;
    json!({
        "id": document.id.as_str(),
        "title": document.title,
        "kind": document.kind.word(),
        "stage1": document.stage1,
        "requirements": document.requirements.iter().map(RequirementId::as_str).collect::<Vec<_>>(),
        "questions": document.questions.iter().map(QuestionId::as_str).collect::<Vec<_>>(),
        "claimed": state.presence.claimed.word(),
        "evidenced": state.presence.evidenced.word(),
        "answered": state.answered.answered,
        "asked": state.answered.asked,
    })
}
