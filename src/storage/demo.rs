//! The made-up company of a questionnaire, from its `demo.toml`.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::domain::assessment::{Answer, Assessment, Evidence};
use crate::domain::change::Change;
use crate::domain::history::difference;
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::level::Level;
use crate::domain::profile::ProfileKey;
use crate::domain::questionnaire::{EvidenceKind, Questionnaire};
use crate::storage::store::Episode;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// How it introduces itself; the one who makes it says how to call it.
    #[serde(default, rename = "demo")]
    _introduction: IgnoredAny,
    /// Where it stood before, oldest first.
    #[serde(default, rename = "snapshot")]
    snapshots: Vec<Snapshot>,
    #[serde(default)]
    profile: BTreeMap<String, toml::Value>,
    #[serde(default)]
    answer: Vec<Row>,
    #[serde(default)]
    exclude: Vec<Exclusion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Snapshot {
    label: String,
    date: NaiveDate,
    /// What was answered then; the rest was open.
    levels: BTreeMap<String, u8>,
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

/// What makes a new assessment the made-up company's.
#[derive(Clone, Debug, PartialEq)]
pub struct Demo {
    /// The company.
    pub profile: Vec<Change>,
    /// What it answered, from its first snapshot to this day.
    pub episodes: Vec<Episode>,
}

/// Returns what makes a new assessment the made-up company's at a moment.
///
/// # Errors
///
/// Returns what in the file can't be understood, or is refused.
pub fn read(
    text: &str,
    assessment: &Assessment,
    questionnaire: &Questionnaire,
    now: DateTime<Utc>,
) -> Result<Demo, String> {
    let file: File = toml::from_str(text).map_err(|error| error.message().to_owned())?;
    let mut profile = vec![];
    for (word, value) in &file.profile {
        let key = ProfileKey::from_word(word).ok_or_else(|| format!("there is no profile field {word:?}"))?;
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        profile.push(Change::profile(assessment, key, &text).map_err(|refusal| refusal.to_string())?);
    }
    let mut answers = vec![];
    for row in file.answer {
        let question = row.question.clone();
        answers.extend(row.changes(assessment).ok_or_else(|| format!("the answer to {question} can't be read"))?);
    }
    for Exclusion { control, because } in file.exclude {
        answers.push(Change::exclusion(assessment, &RequirementId::from(control.as_str()), Some(because)));
    }
    for change in profile.iter().chain(&answers) {
        change.check(questionnaire).map_err(|refusal| refusal.to_string())?;
    }
    let begun = applied(assessment, &profile);
    let end = applied(&begun, &answers);
    let mut episodes = vec![];
    let mut last = begun.clone();
    for snapshot in file.snapshots {
        let state = snapshot.state(&begun, &end, questionnaire)?;
        let noon = snapshot.date.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(12);
        let changes = difference(&last, &state);
        episodes.push(Episode { at: noon.min(now), changes, label: Some(snapshot.label) });
        last = state;
    }
    episodes.push(Episode { at: now, changes: difference(&last, &end), label: None });
    Ok(Demo { profile, episodes })
}

fn applied(assessment: &Assessment, changes: &[Change]) -> Assessment {
    let mut assessment = assessment.clone();
    for change in changes {
        assessment.apply(change);
    }
    assessment
}

impl Snapshot {
    /// Returns the state of its day: its levels, with the evidence that was there by then.
    fn state(&self, begun: &Assessment, end: &Assessment, questionnaire: &Questionnaire) -> Result<Assessment, String> {
        let mut state = begun.clone();
        for (id, number) in &self.levels {
            let question = QuestionId::from(id.as_str());
            let level = Level::new(*number).ok_or_else(|| format!("{id}: there is no level {number}"))?;
            let change = Change::answer(&state, &question, Some(Answer::Level(level)));
            change.check(questionnaire).map_err(|refusal| refusal.to_string())?;
            state.apply(&change);
            let items = end.response(&question).map(|response| response.evidence.clone()).unwrap_or_default();
            for evidence in items.into_iter().filter(|item| item.date.is_some_and(|date| date <= self.date)) {
                state.apply(&Change::EvidenceAdded { question: question.clone(), evidence });
            }
        }
        Ok(state)
    }
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
