//! The answers of `assessment.toml`, read line by line as this program writes them: they are most of the file, and most
//! of what opening an assessment costs is reading them.
//!
//! Whatever is written in any other way is left to the reader of TOML. Only a file whose digest is right is read so.

use chrono::NaiveDate;

use crate::storage::record::EvidenceRecord;
use crate::storage::save_file::ResponseForm;

const ANSWER: &str = "[[answer]]";
const EVIDENCE: &str = "[[answer.evidence]]";

/// Returns the answers and the file without them, where they are written as this program does it.
pub(super) fn take(body: &str) -> Option<(Vec<ResponseForm>, String)> {
    let (head, rest) = body.split_once("\n[[answer]]\n")?;
    // A text of several lines may hold anything.
    if head.contains("\"\"\"") || head.contains("'''") {
        return None;
    }
    let mut answers = vec![];
    let mut lines = Lines(rest);
    loop {
        answers.push(answer(&mut lines)?);
        match lines.peek() {
            Some(ANSWER) => lines.pass(),
            // What has no end of a line is none that this program writes.
            None if lines.0.is_empty() => return Some((answers, format!("{head}\n"))),
            Some(line) if line.starts_with('[') => return Some((answers, format!("{head}\n{}", lines.0))),
            Some(_) | None => return None,
        }
    }
}

/// Reads an answer up to the next table.
fn answer(lines: &mut Lines<'_>) -> Option<ResponseForm> {
    let mut form = ResponseForm {
        question: lines.value("question")?.text(lines)?,
        level: None,
        not_applicable: None,
        note: String::new(),
        owner: String::new(),
        due: None,
        reviewed: None,
        marked: false,
        evidence: vec![],
    };
    if let Some(value) = lines.value("level") {
        form.level = Some(value.number()?);
    }
    if let Some(value) = lines.value("not_applicable") {
        form.not_applicable = Some(value.text(lines)?);
    }
    if let Some(value) = lines.value("note") {
        form.note = value.text(lines)?;
    }
    if let Some(value) = lines.value("owner") {
        form.owner = value.text(lines)?;
    }
    if let Some(value) = lines.value("due") {
        form.due = Some(value.date(lines)?);
    }
    if let Some(value) = lines.value("reviewed") {
        form.reviewed = Some(value.date(lines)?);
    }
    form.marked = match lines.value("marked")?.0 {
        "true" => true,
        "false" => false,
        _ => return None,
    };
    lines.pass_blank();
    while lines.peek() == Some(EVIDENCE) {
        lines.pass();
        let mut evidence = EvidenceRecord {
            kind: lines.value("kind")?.text(lines)?,
            what: lines.value("what")?.text(lines)?,
            date: None,
            valid_until: None,
        };
        if let Some(value) = lines.value("date") {
            evidence.date = Some(value.date(lines)?);
        }
        if let Some(value) = lines.value("valid_until") {
            evidence.valid_until = Some(value.date(lines)?);
        }
        form.evidence.push(evidence);
        lines.pass_blank();
    }
    Some(form)
}

/// The lines that were not read yet.
struct Lines<'a>(&'a str);

/// What stands after a key and its sign.
struct Value<'a>(&'a str);

impl<'a> Lines<'a> {
    /// Returns the next line, whose end must be there.
    fn peek(&self) -> Option<&'a str> {
        self.0.split_once('\n').map(|(line, _)| line)
    }

    fn pass(&mut self) {
        self.0 = self.0.split_once('\n').map_or("", |(_, rest)| rest);
    }

    fn pass_blank(&mut self) {
        while let Some(rest) = self.0.strip_prefix('\n') {
            self.0 = rest;
        }
    }

    /// Returns the value of the next line, where it is that of this key.
    fn value(&mut self, key: &str) -> Option<Value<'a>> {
        let value = self.peek()?.strip_prefix(key)?.strip_prefix(" = ")?;
        self.pass();
        Some(Value(value))
    }
}

impl Value<'_> {
    fn number(&self) -> Option<u8> {
        // JSON and TOML know no leading zeros.
        let is_plain = self.0.bytes().all(|byte| byte.is_ascii_digit()) && (self.0 == "0" || !self.0.starts_with('0'));
        self.0.parse().ok().filter(|_| is_plain)
    }

    fn date(&self, lines: &mut Lines<'_>) -> Option<NaiveDate> {
        self.text(lines)?.parse().ok()
    }

    /// Reads a text without escapes, which may have several lines.
    fn text(&self, lines: &mut Lines<'_>) -> Option<String> {
        for (mark, many) in [("\"", "\"\"\""), ("'", "'''")] {
            if let Some(start) = self.0.strip_prefix(many) {
                return text_of_many(start, many, lines);
            }
            if let Some(start) = self.0.strip_prefix(mark) {
                return start.strip_suffix(mark).filter(|text| is_plain(text, mark)).map(str::to_owned);
            }
        }
        None
    }
}

/// Reads a text of several lines, whose first one is empty: the end of that line doesn't count.
fn text_of_many(start: &str, mark: &str, lines: &mut Lines<'_>) -> Option<String> {
    if !start.is_empty() {
        return None;
    }
    let (text, after) = lines.0.split_once(mark)?;
    // A quote before the mark could belong to either.
    let sign = mark.get(..1)?;
    if text.ends_with(sign) || !text.split('\n').all(|line| is_plain(line, mark)) {
        return None;
    }
    lines.0 = after.strip_prefix('\n')?;
    Some(text.to_owned())
}

/// Returns whether a text means what it says: there is no escape in it, no mark, and nothing that can't be seen.
fn is_plain(text: &str, mark: &str) -> bool {
    !text.contains(mark) && !text.chars().any(|letter| letter == '\\' || letter.is_control())
}
