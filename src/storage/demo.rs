//! The made-up company of a questionnaire, from its `demo.toml`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::domain::assessment::{Answer, Assessment, Evidence};
use crate::domain::change::Change;
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::level::Level;
use crate::domain::profile::ProfileKey;
use crate::domain::questionnaire::{EvidenceKind, Questionnaire};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// How it introduces itself; the one who makes it says how to call it.
    #[serde(default, rename = "demo")]
    _introduction: IgnoredAny,
    /// Where it stood before. A history begins when it is made; these are for the day when one can be given along.
    #[serde(default, rename = "snapshot")]
    _snapshots: IgnoredAny,
    #[serde(default)]
    profile: BTreeMap<String, toml::Value>,
    #[serde(default)]
    answer: Vec<Row>,
    #[serde(default)]
    exclude: Vec<Exclusion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    question: String,
    level: Option<toml::Value>,
    because: Option<String>,
    note: Option<String>,
    owner: Option<String>,
    due: Option<NaiveDate>,
    reviewed: Option<NaiveDate>,
    #[serde(default)]
    marked: bool,
    #[serde(default)]
    evidence: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    kind: String,
    what: String,
    date: Option<NaiveDate>,
    valid_until: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exclusion {
    control: String,
    because: String,
}

/// Returns the changes that make a new assessment the made-up company's.
///
/// # Errors
///
/// Returns what in the file can't be understood, or is refused.
pub fn changes(text: &str, assessment: &Assessment, questionnaire: &Questionnaire) -> Result<Vec<Change>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.message().to_owned())?;
    let mut changes = vec![];
    for (word, value) in &file.profile {
        let key = ProfileKey::from_word(word).ok_or_else(|| format!("there is no profile field {word:?}"))?;
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        changes.push(Change::profile(assessment, key, &text).map_err(|refusal| refusal.to_string())?);
    }
    for row in file.answer {
        let question = row.question.clone();
        changes.extend(row.changes(assessment).ok_or_else(|| format!("the answer to {question} can't be read"))?);
    }
    for Exclusion { control, because } in file.exclude {
        changes.push(Change::exclusion(assessment, &RequirementId::from(control.as_str()), Some(because)));
    }
    for change in &changes {
        change.check(questionnaire).map_err(|refusal| refusal.to_string())?;
    }
    Ok(changes)
}

impl Row {
    fn changes(self, assessment: &Assessment) -> Option<Vec<Change>> {
        let question = QuestionId::from(self.question.as_str());
        let mut changes = vec![];
        match &self.level {
            None => {}
            Some(toml::Value::Integer(number)) => {
                let level = Level::new(u8::try_from(*number).ok()?)?;
                changes.push(Change::answer(assessment, &question, Some(Answer::Level(level))));
            }
            Some(word) if word.as_str() == Some("na") => {
                let because = self.because?;
                changes.push(Change::answer(assessment, &question, Some(Answer::NotApplicable { because })));
            }
            Some(_) => return None,
        }
        if let Some(note) = self.note {
            changes.push(Change::note(assessment, &question, note));
        }
        if let Some(owner) = self.owner {
            changes.push(Change::owner(assessment, &question, owner));
        }
        if self.due.is_some() {
            changes.push(Change::due(assessment, &question, self.due));
        }
        if self.reviewed.is_some() {
            changes.push(Change::reviewed(assessment, &question, self.reviewed));
        }
        if self.marked {
            changes.push(Change::toggle_mark(assessment, &question));
        }
        for Item { kind, what, date, valid_until } in self.evidence {
            let kind = EvidenceKind::from_word(&kind)?;
            let evidence = Evidence { kind, what, date, valid_until };
            changes.push(Change::EvidenceAdded { question: question.clone(), evidence });
        }
        Some(changes)
    }
}
