//! What an export holds outside its `report`, and the assessment that it makes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::cli::import::strict;
use crate::domain::assessment::{Answer, Assessment, Depth, Evidence, QuestionnaireRef, Seed};
use crate::domain::change::{Change, Edit, Refusal};
use crate::domain::id::QuestionId;
use crate::domain::level::Level;
use crate::domain::profile::{Profile, ProfileKey, date};
use crate::domain::questionnaire::EvidenceKind;
use crate::domain::statement::{Approval, InclusionReason, OwnControl, Status};
use crate::export::json::{FORMAT, VERSION};
use crate::shell::workspace::Draft;

/// An exported assessment: its shape is sound, its values are not looked at yet.
#[derive(Debug)]
pub struct Form {
    /// Its name.
    pub name: String,
    /// The questionnaire that it answers.
    pub questionnaire: QuestionnaireForm,
    /// How much of it is walked through.
    pub depth: Depth,
    seed: u64,
    profile: BTreeMap<String, Value>,
    profile_told: Option<Vec<String>>,
    answers: Vec<AnswerForm>,
    exclusions: Vec<ExclusionForm>,
    statement: StatementForm,
}

/// The file's own keys. `report` and `note` follow from the rest and are passed over.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Top {
    format: String,
    version: u32,
    #[serde(default, rename = "note")]
    _note: Value,
    name: String,
    questionnaire: QuestionnaireForm,
    depth: String,
    seed: u64,
    profile: BTreeMap<String, Value>,
    #[serde(default)]
    profile_told: Option<Vec<String>>,
    answers: Vec<Value>,
    exclusions: Vec<Value>,
    #[serde(default)]
    statement: Option<Value>,
    #[serde(default, rename = "report")]
    _report: Value,
}

/// A questionnaire by its id and version.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionnaireForm {
    /// Its id.
    pub id: String,
    version: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerForm {
    question: String,
    level: Value,
    because: Option<String>,
    note: String,
    evidence: Vec<EvidenceForm>,
    owner: String,
    due: Option<String>,
    reviewed: Option<String>,
    marked: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EvidenceForm {
    kind: String,
    what: String,
    date: Option<String>,
    valid_until: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExclusionForm {
    control: String,
    because: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct StatementForm {
    inclusions: Vec<InclusionForm>,
    own_controls: Vec<OwnControlForm>,
    approval: Option<ApprovalForm>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InclusionForm {
    control: String,
    reasons: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnControlForm {
    control: String,
    title: String,
    reason: String,
    status: String,
    owner: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ApprovalForm {
    version: u32,
    approver: String,
    on: String,
    lines: Vec<LineForm>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LineForm {
    control: String,
    says: String,
}

/// Reads the text of an export.
///
/// # Errors
///
/// Returns what in it has not the shape of one, each with where it is.
pub fn read(text: &str) -> Result<Form, Vec<String>> {
    let value = strict::read(text).map_err(|fault| vec![fault])?;
    let known = value.get("format").and_then(Value::as_str) == Some(FORMAT);
    if !known {
        return Err(vec![format!("it is no export of an assessment: its format is not {FORMAT:?}")]);
    }
    if value.get("version").and_then(Value::as_u64).is_some_and(|version| version > u64::from(VERSION)) {
        return Err(vec!["a newer version of ready42 wrote it; use that one or a later one".to_owned()]);
    }
    let top: Top = serde_json::from_value(value).map_err(|error| vec![error.to_string()])?;
    let mut faults = vec![];
    if top.format != FORMAT || top.version != VERSION {
        faults.push(format!("version: there is no version {}", top.version));
    }
    let answers = all("answers", top.answers, &mut faults);
    let exclusions = all("exclusions", top.exclusions, &mut faults);
    let statement = match top.statement.map(serde_json::from_value).transpose() {
        Ok(statement) => statement.unwrap_or_default(),
        Err(error) => {
            faults.push(format!("statement: {error}"));
            StatementForm::default()
        }
    };
    let depth = Depth::from_word(&top.depth);
    if depth.is_none() {
        faults.push(format!("depth: there is no {:?}; it is full or quick", top.depth));
    }
    let form = Form {
        name: top.name,
        questionnaire: top.questionnaire,
        depth: depth.unwrap_or_default(),
        seed: top.seed,
        profile: top.profile,
        profile_told: top.profile_told,
        answers,
        exclusions,
        statement,
    };
    if faults.is_empty() { Ok(form) } else { Err(faults) }
}

fn all<T: DeserializeOwned>(what: &str, values: Vec<Value>, faults: &mut Vec<String>) -> Vec<T> {
    let mut read = vec![];
    for (index, value) in values.into_iter().enumerate() {
        match serde_json::from_value(value) {
            Ok(one) => read.push(one),
            Err(error) => faults.push(format!("{what}[{index}]: {error}")),
        }
    }
    read
}

impl Form {
    /// Fills an assessment that is about to be made. Returns how many values it took.
    ///
    /// What the questionnaire doesn't know (any more) is kept: nothing that was answered is dropped.
    ///
    /// # Errors
    ///
    /// Returns every value that isn't accepted, with where it is.
    pub fn fill(self, draft: &mut Draft) -> Result<usize, Vec<String>> {
        let Self { questionnaire, seed, profile, profile_told, answers, exclusions, statement, .. } = self;
        let name = draft.assessment.name().to_owned();
        let depth = draft.assessment.depth();
        let reference = QuestionnaireRef { id: questionnaire.id, version: questionnaire.version };
        draft.assessment = Assessment::new(name, reference, depth, Seed(seed));
        let mut filler = Filler { draft, faults: vec![], count: 0, seen: BTreeSet::new() };
        filler.profile(profile, profile_told.as_deref());
        answers.into_iter().enumerate().for_each(|(index, answer)| filler.answer(index, answer));
        for (index, ExclusionForm { control, because }) in exclusions.into_iter().enumerate() {
            filler.once("exclusions", index, &control);
            let change = Change::exclusion(&filler.draft.assessment, &control.as_str().into(), Some(because));
            filler.take(&format!("exclusions[{index}]"), &change);
        }
        filler.statement(statement);
        if filler.faults.is_empty() { Ok(filler.count) } else { Err(filler.faults) }
    }
}

struct Filler<'a> {
    draft: &'a mut Draft,
    faults: Vec<String>,
    count: usize,
    seen: BTreeSet<(&'static str, String)>,
}

impl Filler<'_> {
    fn take(&mut self, place: &str, change: &Change) {
        match self.draft.check(change) {
            Ok(()) | Err(Refusal::UnknownQuestion(_) | Refusal::UnknownRequirement(_)) => {
                if !change.is_idle(&self.draft.assessment) {
                    self.draft.assessment.apply(change);
                    self.count += 1;
                }
            }
            Err(refusal) => self.faults.push(format!("{place}: {refusal}")),
        }
    }

    fn fault(&mut self, place: &str, fault: &str) {
        self.faults.push(format!("{place}: {fault}"));
    }

    fn once(&mut self, list: &'static str, index: usize, id: &str) {
        if !self.seen.insert((list, id.to_owned())) {
            self.fault(&format!("{list}[{index}]"), &format!("{id} is there twice"));
        }
    }

    fn day(&mut self, place: &str, text: Option<&str>) -> Option<NaiveDate> {
        let text = text?;
        let day = date(text);
        if day.is_none() {
            self.fault(place, &format!("{text:?} is no date such as 2027-03-01, from 1970 to 2199"));
        }
        day
    }

    /// Takes the fields of the profile. Which of them somebody has told, older exports don't say: those that are other than
    /// by default.
    fn profile(&mut self, profile: BTreeMap<String, Value>, told: Option<&[String]>) {
        let default = Profile::default();
        for word in told.into_iter().flatten().filter(|word| ProfileKey::from_word(word).is_none()) {
            self.fault("profile_told", &format!("there is no profile field {word:?}"));
        }
        for (word, value) in profile {
            let place = format!("profile.{word}");
            let (Some(key), Some(text)) = (ProfileKey::from_word(&word), cell(&value)) else {
                self.fault(&place, "there is no such field, or it has no text, number, truth value or list");
                continue;
            };
            let is_told = told.is_some_and(|told| told.contains(&word));
            let mut alone = Profile::default();
            // Numbers are written in more ways than one: what the field takes from the text is what counts.
            let is_default = alone.set(key, &text).is_ok() && alone.text(key) == default.text(key);
            let text = match (is_default, is_told) {
                (false, _) => text,
                (true, true) => Profile { told: [key].into(), ..Profile::default() }.recorded(key),
                (true, false) => continue,
            };
            match Change::profile(&self.draft.assessment, key, &text) {
                Ok(change) => self.take(&place, &change),
                Err(refusal) => self.fault(&place, &refusal.to_string()),
            }
        }
    }

    fn answer(&mut self, index: usize, form: AnswerForm) {
        let place = format!("answers[{index}]");
        self.once("answers", index, &form.question);
        let question = QuestionId::from(form.question.as_str());
        let answer = match (&form.level, form.because) {
            (Value::Null, None) => None,
            (Value::String(word), Some(because)) if word == "na" => Some(Answer::NotApplicable { because }),
            (Value::Number(number), None) => {
                let level = number.as_u64().and_then(|number| Level::new(u8::try_from(number).ok()?));
                if level.is_none() {
                    self.fault(&place, &format!("the level {number} is not 0 to 5"));
                }
                level.map(Answer::Level)
            }
            _ => {
                self.fault(&place, "level is 0 to 5 or null without because, or \"na\" with because");
                None
            }
        };
        let due = self.day(&format!("{place}.due"), form.due.as_deref());
        let reviewed = self.day(&format!("{place}.reviewed"), form.reviewed.as_deref());
        let mut changes = vec![
            Change::answer(&self.draft.assessment, &question, answer),
            Change::note(&self.draft.assessment, &question, form.note),
            Change::owner(&self.draft.assessment, &question, form.owner),
            Change::due(&self.draft.assessment, &question, due),
            Change::reviewed(&self.draft.assessment, &question, reviewed),
            Change::Marked { question: question.clone(), edit: Edit { old: false, new: form.marked } },
        ];
        for (number, item) in form.evidence.into_iter().enumerate() {
            let place = format!("{place}.evidence[{number}]");
            let date = self.day(&place, item.date.as_deref());
            let valid_until = self.day(&place, item.valid_until.as_deref());
            let Some(kind) = EvidenceKind::from_word(&item.kind) else {
                self.fault(&place, &format!("the kind {:?} is not document, record or measurement", item.kind));
                continue;
            };
            let evidence = Evidence { kind, what: item.what, date, valid_until };
            changes.push(Change::EvidenceAdded { question: question.clone(), evidence });
        }
        for change in changes {
            if !change.is_idle(&self.draft.assessment) {
                self.take(&place, &change);
            }
        }
    }

    fn statement(&mut self, form: StatementForm) {
        for (index, InclusionForm { control, reasons }) in form.inclusions.into_iter().enumerate() {
            let place = format!("statement.inclusions[{index}]");
            self.once("statement.inclusions", index, &control);
            let known: Option<BTreeSet<_>> = reasons.iter().map(|word| InclusionReason::from_word(word)).collect();
            match known {
                Some(reasons) => {
                    let change = Change::inclusion(&self.draft.assessment, &control.as_str().into(), reasons);
                    self.take(&place, &change);
                }
                None => self.fault(&place, "a reason is risk, law, contract or best-practice"),
            }
        }
        for (index, own) in form.own_controls.into_iter().enumerate() {
            let place = format!("statement.own_controls[{index}]");
            self.once("statement.own_controls", index, &own.control);
            let Some(status) = Status::from_word(&own.status) else {
                self.fault(&place, &format!("there is no status {:?}", own.status));
                continue;
            };
            let control = OwnControl { title: own.title, reason: own.reason, status, owner: own.owner };
            let id = own.control.as_str().into();
            let change = Change::own_control(&self.draft.assessment, &id, Some(control));
            self.take(&place, &change);
        }
        let Some(approval) = form.approval else { return };
        let Some(on) = self.day("statement.approval.on", Some(&approval.on)) else { return };
        let lines = approval.lines.into_iter().map(|line| (line.control.as_str().into(), line.says)).collect();
        let new = Some(Approval { version: approval.version, approver: approval.approver, on, lines });
        self.take("statement.approval", &Change::Approval(Box::new(Edit { old: None, new })));
    }
}

/// Returns a value of the profile as the text that its field takes.
fn cell(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Array(words) => {
            let words: Option<Vec<&str>> = words.iter().map(Value::as_str).collect();
            words.map(|words| words.join(","))
        }
        Value::Object(_) => None,
    }
}
