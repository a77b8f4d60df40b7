//! Files with many answers: CSV, TOML, JSON. A row that is faulty refuses the file, and all faulty rows are told at
//! once.

mod rows;

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::cli::args::AnswersFormat;
use crate::domain::assessment::{Answer, Assessment, Evidence};
use crate::domain::change::Change;
use crate::domain::id::QuestionId;
use crate::domain::level::Level;
use crate::domain::profile::date;
use crate::domain::questionnaire::{EvidenceKind, Questionnaire};
use crate::domain::text::visible;
use crate::export::csv::ANSWER_KEYS;

pub use rows::{MOST_BYTES, Row};

/// Those of which a question has one.
const SINGLE: [&str; 6] = ["level", "note", "owner", "due", "because", "reviewed"];

/// Reads a file with answers into changes of an assessment, each with its reason.
///
/// # Errors
///
/// Returns every fault of the file, each with where it is and what would be right.
pub fn changes(
    bytes: &[u8],
    format: AnswersFormat,
    questionnaire: &Questionnaire,
    assessment: &Assessment,
) -> Result<Vec<(Change, Option<String>)>, Vec<String>> {
    let rows = rows::read(bytes, format)?;
    let mut faults = contradictions(&rows);
    let mut changes = vec![];
    let mut scratch = assessment.clone();
    for row in &rows {
        match row_changes(row, questionnaire, &scratch) {
            Ok(of_row) => {
                let because = row.text("because").map(str::to_owned);
                for change in of_row {
                    if !change.is_idle(&scratch) {
                        scratch.apply(&change);
                        changes.push((change, because.clone()));
                    }
                }
            }
            Err(of_row) => faults.extend(of_row.into_iter().map(|fault| format!("{}: {fault}", row.place))),
        }
    }
    if faults.is_empty() { Ok(changes) } else { Err(faults) }
}

/// Returns what two rows say differently of one question: which of them is meant, only their author knows.
///
/// A question may have several rows, one for each item of evidence.
fn contradictions(rows: &[Row]) -> Vec<String> {
    let mut said: HashMap<(&str, &str), (&str, &str)> = HashMap::new();
    let mut faults = vec![];
    for row in rows {
        let Some(question) = row.text("question") else { continue };
        for key in SINGLE {
            let Some(value) = row.text(key) else { continue };
            let (place, first) = said.entry((question, key)).or_insert((&row.place, value));
            if *first != value {
                faults.push(format!("{}: {place} gives {} another {key}", row.place, visible(question)));
            }
        }
    }
    faults
}

fn row_changes(row: &Row, questionnaire: &Questionnaire, assessment: &Assessment) -> Result<Vec<Change>, Vec<String>> {
    let mut faults = vec![];
    for key in row.keys().filter(|key| !ANSWER_KEYS.contains(key)) {
        faults.push(format!("unknown key {:?}; the keys are {}", visible(key), ANSWER_KEYS.join(", ")));
    }
    let Some(question) = row.text("question").map(QuestionId::from) else {
        faults.push("there is no question; give its id, such as 4.3-1".to_owned());
        return Err(faults);
    };
    let mut changes = vec![];
    match answer(row) {
        Ok(Some(answer)) => changes.push(Change::answer(assessment, &question, Some(answer))),
        Ok(None) => {}
        Err(fault) => faults.push(fault),
    }
    if let Some(note) = row.text("note") {
        changes.push(Change::note(assessment, &question, note.to_owned()));
    }
    match evidence(row) {
        Ok(Some(evidence)) if !is_recorded(&evidence, &question, assessment) => {
            changes.push(Change::EvidenceAdded { question: question.clone(), evidence });
        }
        Ok(_) => {}
        Err(fault) => faults.push(fault),
    }
    if let Some(owner) = row.text("owner") {
        changes.push(Change::owner(assessment, &question, owner.to_owned()));
    }
    match day(row, "due") {
        Ok(Some(due)) => changes.push(Change::due(assessment, &question, Some(due))),
        Ok(None) => {}
        Err(fault) => faults.push(fault),
    }
    match day(row, "reviewed") {
        Ok(Some(reviewed)) => changes.push(Change::reviewed(assessment, &question, Some(reviewed))),
        Ok(None) => {}
        Err(fault) => faults.push(fault),
    }
    if questionnaire.item(&question).is_none() {
        faults.push(format!("there is no question {}", visible(question.as_str())));
    } else {
        faults.extend(
            changes.iter().filter_map(|change| change.check(questionnaire).err()).map(|refusal| refusal.to_string()),
        );
    }
    if faults.is_empty() { Ok(changes) } else { Err(faults) }
}

fn answer(row: &Row) -> Result<Option<Answer>, String> {
    match row.text("level") {
        None => Ok(None),
        Some("na") => Ok(Some(Answer::NotApplicable { because: row.text("because").unwrap_or_default().to_owned() })),
        Some(text) => text
            .parse()
            .ok()
            .and_then(Level::new)
            .map(|level| Some(Answer::Level(level)))
            .ok_or_else(|| format!("the level {:?} is not 0 to 5, na, or empty", visible(text))),
    }
}

/// Returns whether an item is recorded already. One of which no last day is said is the one that has one: files of older
/// versions don't say it.
fn is_recorded(item: &Evidence, question: &QuestionId, assessment: &Assessment) -> bool {
    let says = |known: &Evidence| {
        (known.kind, &known.what, known.date) == (item.kind, &item.what, item.date)
            && (item.valid_until.is_none() || known.valid_until == item.valid_until)
    };
    assessment.response(question).is_some_and(|response| response.evidence.iter().any(says))
}

fn evidence(row: &Row) -> Result<Option<Evidence>, String> {
    let (kind, what) = (row.text("evidence_kind"), row.text("evidence"));
    let (date, valid_until) = (day(row, "evidence_date")?, day(row, "evidence_valid_until")?);
    match (kind, what) {
        (None, None) if date.is_none() && valid_until.is_none() => Ok(None),
        (Some(kind), Some(what)) => match EvidenceKind::from_word(kind) {
            Some(kind) => Ok(Some(Evidence { kind, what: what.to_owned(), date, valid_until })),
            None => Err(format!("the evidence_kind {:?} is not document, record or measurement", visible(kind))),
        },
        _ => Err("evidence and evidence_kind go together".to_owned()),
    }
}

fn day(row: &Row, key: &str) -> Result<Option<NaiveDate>, String> {
    match row.text(key) {
        None => Ok(None),
        Some(text) => date(text)
            .map(Some)
            .ok_or_else(|| format!("the {key} {:?} is no date such as 2027-03-01, from 1970 to 2199", visible(text))),
    }
}
