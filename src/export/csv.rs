//! Answers, Statement of Applicability, actions and findings as separate tables for spreadsheets and scripts.
//!
//! The file of answers is what `ready42 answer NAME --from FILE` reads. What a spreadsheet would run as a formula is
//! guarded by an apostrophe, which that import takes off again. The files begin with a mark by which spreadsheets know
//! that they are UTF-8.

use crate::domain::assessment::{Answer, Evidence, Response};
use crate::domain::change::Change;
use crate::domain::report::{Audience, FindingEntry, Report};
use crate::domain::scoring::Grade;
use crate::domain::soa::{Decision, Standing};
use crate::export::plain::guarded;

/// By this a spreadsheet knows that the file is UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Returns the tables for an audience, each with what sets its file apart.
///
/// # Errors
///
/// Returns what the library came to; in memory, nothing is known to cause it.
pub fn tables(report: &Report, audience: Audience) -> Result<Vec<(&'static str, Vec<u8>)>, csv::Error> {
    if audience == Audience::Owner {
        // What everybody answered is no owner's business.
        return Ok(vec![("-actions", table(&actions(report))?)]);
    }
    let mut tables = vec![("-soa", table(&applicability(report, audience))?)];
    if audience.sees_gaps() {
        tables.insert(0, ("-answers", table(&answers(report))?));
        if audience != Audience::Auditor {
            tables.push(("-actions", table(&actions(report))?));
            tables.push(("-findings", table(&findings(report))?));
        }
        if audience == Audience::Full && !report.assessment.conflicts().is_empty() {
            tables.push(("-conflicts", table(&conflicts(report))?));
        }
        if audience == Audience::Full && report.changes.is_some() {
            tables.push(("-changes", table(&changes(report))?));
        }
    }
    Ok(tables)
}

/// The columns of the answers, which are the keys of a row of a file with answers too.
pub const ANSWER_KEYS: [&str; 11] = [
    "question",
    "level",
    "note",
    "evidence_kind",
    "evidence",
    "evidence_date",
    "owner",
    "due",
    "because",
    "reviewed",
    "evidence_valid_until",
];

fn table(rows: &[Vec<String>]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(MARK.to_vec());
    for row in rows {
        writer.write_record(row.iter().map(|cell| guarded(cell)))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

fn header<const N: usize>(titles: [&str; N]) -> Vec<Vec<String>> {
    vec![titles.map(str::to_owned).to_vec()]
}

fn answers(report: &Report) -> Vec<Vec<String>> {
    let mut rows = header(ANSWER_KEYS);
    for area in &report.areas {
        for entry in area.requirements.iter().flat_map(|requirement| &requirement.answers) {
            let (first, rest) = match entry.response.evidence.split_first() {
                Some((first, rest)) => (Some(first), rest),
                None => (None, &[][..]),
            };
            rows.push(answer(entry.question.as_str(), &entry.response, first));
            // A question has a row for each item of evidence; what it has once is said once.
            rows.extend(rest.iter().map(|item| answer(entry.question.as_str(), &Response::default(), Some(item))));
        }
    }
    rows
}

fn answer(question: &str, response: &Response, evidence: Option<&Evidence>) -> Vec<String> {
    let (level, because) = match &response.answer {
        None => (String::new(), String::new()),
        Some(Answer::Level(level)) => (level.number().to_string(), String::new()),
        Some(Answer::NotApplicable { because }) => ("na".to_owned(), because.clone()),
    };
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    vec![
        question.to_owned(),
        level,
        response.note.clone(),
        evidence.map(|item| item.kind.word().to_owned()).unwrap_or_default(),
        evidence.map(|item| item.what.clone()).unwrap_or_default(),
        day(evidence.and_then(|item| item.date)),
        response.owner.clone(),
        day(response.due),
        because,
        day(response.reviewed),
        day(evidence.and_then(|item| item.valid_until)),
    ]
}

fn applicability(report: &Report, audience: Audience) -> Vec<Vec<String>> {
    let sees_gaps = audience.sees_gaps();
    let mut rows = if sees_gaps {
        header(["control", "title", "decision", "status_claimed", "status_evidenced", "reasons", "justification"])
    } else {
        header(["control", "title", "decision", "status", "reasons", "justification"])
    };
    for control in &report.soa.controls {
        let (status, because) = match &control.decision {
            Decision::Applicable { status, .. } if sees_gaps => {
                (vec![status.claimed.word().to_owned(), status.evidenced.word().to_owned()], String::new())
            }
            Decision::Applicable { status, .. } => {
                (vec![Standing::of(control, *status).title().to_owned()], String::new())
            }
            Decision::Excluded { because } => (vec![String::new(); 1 + usize::from(sees_gaps)], because.clone()),
            Decision::Undecided => (vec![String::new(); 1 + usize::from(sees_gaps)], String::new()),
        };
        let mut row = vec![control.id.to_string(), control.title.clone(), control.decision.word().to_owned()];
        row.extend(status);
        let reasons: Vec<&str> = control.reasons.iter().map(|reason| reason.word()).collect();
        row.push(reasons.join(" "));
        row.push(because);
        rows.push(row);
    }
    for (id, own) in &report.soa.own {
        let mut row = vec![id.to_string(), own.title.clone(), "own".to_owned()];
        if sees_gaps {
            row.extend([own.status.word().to_owned(), String::new()]);
        } else {
            row.push(Standing::of_own(own).title().to_owned());
        }
        row.extend([String::new(), own.reason.clone()]);
        rows.push(row);
    }
    rows
}

fn actions(report: &Report) -> Vec<Vec<String>> {
    let mut rows = header([
        "rank",
        "question",
        "requirement",
        "what",
        "reason",
        "level",
        "next_level",
        "next",
        "effort_days",
        "value",
        "step",
        "owner",
        "due",
    ]);
    for (index, action) in report.actions.iter().enumerate() {
        rows.push(vec![
            (index + 1).to_string(),
            action.question.to_string(),
            action.requirement.to_string(),
            action.ask.clone(),
            action.reason.word().to_owned(),
            action.level.number().to_string(),
            action.next.number().to_string(),
            action.next_text.clone(),
            action.effort.map(|days| format!("{days:.2}")).unwrap_or_default(),
            format!("{:.2}", action.value),
            action.step.to_string(),
            action.owner.clone(),
            action.due.map(|day| day.to_string()).unwrap_or_default(),
        ]);
    }
    rows
}

fn findings(report: &Report) -> Vec<Vec<String>> {
    let mut rows = header(["requirement", "title", "grade", "because", "questions"]);
    let row = |entry: &FindingEntry, grade: String| {
        let finding = &entry.finding;
        let questions: Vec<&str> = finding.questions.iter().map(crate::domain::id::QuestionId::as_str).collect();
        let (requirement, title) = (finding.requirement.to_string(), finding.title.clone());
        vec![requirement, title, grade, finding.because.clone(), questions.join(" ")]
    };
    rows.extend(report.findings.iter().map(|entry| row(entry, entry.finding.grade.word().to_owned())));
    for entry in &report.systemic {
        // The area is one major; what it is made of is none by itself.
        let (area, major) = (&entry.failure.area, Grade::Major.word().to_owned());
        rows.push(vec![area.to_string(), entry.failure.title.clone(), major, entry.failure.because(), String::new()]);
        rows.extend(entry.findings.iter().map(|part| row(part, format!("part-of-{area}"))));
    }
    rows
}

/// Returns the values that contradict each other. Texts are left out: of an answer, the levels are told.
fn conflicts(report: &Report) -> Vec<Vec<String>> {
    let mut rows = header(["question", "what", "levels"]);
    for conflict in report.assessment.conflicts() {
        let levels = conflict.sides.iter().filter_map(|side| match &side.change {
            Change::Answer { edit, .. } if edit.new.is_none() => Some("open".to_owned()),
            Change::Answer { edit, .. } => Some(level(edit.new.as_ref())),
            _ => None,
        });
        let question = conflict.question().map(ToString::to_string).unwrap_or_default();
        rows.push(vec![question, conflict.subject(), levels.collect::<Vec<_>>().join(" ")]);
    }
    rows
}

fn level(answer: Option<&Answer>) -> String {
    match answer {
        None => String::new(),
        Some(Answer::Level(level)) => level.number().to_string(),
        Some(Answer::NotApplicable { .. }) => "na".to_owned(),
    }
}

fn changes(report: &Report) -> Vec<Vec<String>> {
    let mut rows = header(["since", "on", "question", "what", "from", "to"]);
    let Some(changes) = &report.changes else { return rows };
    let head = || vec![changes.since.clone(), changes.on.to_string()];
    for change in &changes.answers {
        let told =
            [change.question.to_string(), change.ask.clone(), level(change.old.as_ref()), level(change.new.as_ref())];
        rows.push(head().into_iter().chain(told).collect());
    }
    for told in &changes.others {
        let told = [String::new(), told.clone(), String::new(), String::new()];
        rows.push(head().into_iter().chain(told).collect());
    }
    rows
}
