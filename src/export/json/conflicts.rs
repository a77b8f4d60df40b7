//! The values that contradict each other, for programs: what they are about, and the levels where they are answers.
//!
//! Texts and names are left out: a report without names has none here either. `ready42 show NAME` tells all of it.

use serde_json::{Value, json};

use crate::domain::assessment::{Answer, Assessment};
use crate::domain::change::Change;
use crate::domain::conflict::Conflict;

/// Returns the open conflicts, in the order of the assessment.
pub fn conflicts(assessment: &Assessment) -> Value {
    let told = assessment.conflicts().iter().map(|conflict| {
        json!({
            "what": conflict.subject(),
            "question": conflict.question().map(ToString::to_string),
            "levels": levels(conflict),
        })
    });
    told.collect()
}

/// Returns the levels that contradict each other, null for no answer; null alone where it is about something else.
fn levels(conflict: &Conflict) -> Option<Vec<Value>> {
    let level = |change: &Change| match change {
        Change::Answer { edit, .. } => Some(match &edit.new {
            Some(Answer::Level(level)) => json!(level.number()),
            Some(Answer::NotApplicable { .. }) => json!("na"),
            None => Value::Null,
        }),
        _ => None,
    };
    conflict.sides.iter().map(|side| level(&side.change)).collect()
}
