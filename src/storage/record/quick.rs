//! Reads a record as this program writes it, straight into its fields: most of what a long journal costs is reading it.
//!
//! Whatever is written in any other way, however little, is left to the reader of JSON: what this one takes, that one
//! takes too, and to the same record.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use ulid::Ulid;

use crate::storage::record::{AnswerRecord, ChangeRecord, Group, Link, MOST_CLOCK, OpId, Record, VERSION};

/// Reads records one after the other; what the next one has in common with the last is looked at once.
#[derive(Debug, Default)]
pub struct QuickReader {
    /// The session that was named last, as text and as what that means.
    session: Option<(String, Ulid)>,
    author: Option<Arc<str>>,
}

impl QuickReader {
    /// Returns the record, where it is written as this program does it.
    pub fn read(&mut self, json: &str) -> Option<Record> {
        let mut rest = Rest(json);
        rest.pass("{\"version\":")?;
        let version = rest.number().and_then(|version| u32::try_from(version).ok()).filter(|it| *it == VERSION)?;
        rest.pass(",\"op\":\"")?;
        let op = self.op(rest.text()?)?;
        let mut after = vec![];
        if rest.pass(",\"after\":[\"").is_some() {
            after.push(self.op(rest.text()?)?);
            while rest.pass(",\"").is_some() {
                after.push(self.op(rest.text()?)?);
            }
            rest.pass("]")?;
        }
        rest.pass(",\"clock\":")?;
        let clock = rest.number().filter(|clock| *clock <= MOST_CLOCK)?;
        rest.pass(",\"at\":\"")?;
        let at = moment(rest.text()?)?;
        rest.pass(",\"author\":\"")?;
        let author = self.author(rest.text()?);
        let because = match rest.pass(",\"because\":\"") {
            Some(()) => Some(rest.text()?.to_owned()),
            None => None,
        };
        let group = match rest.pass(",\"group\":{\"first\":") {
            Some(()) => Some(group(&mut rest)?),
            None => None,
        };
        rest.pass(",\"previous\":\"")?;
        let previous = Link::of(rest.text()?);
        rest.pass(",\"change\":")?;
        let change = rest.0.strip_suffix('}')?;
        let change = answer(change).or_else(|| serde_json::from_str(change).ok())?;
        Some(Record { version, op, after, clock, at, author, because, group, previous, change })
    }

    fn op(&mut self, text: &str) -> Option<OpId> {
        let (session, counter) = text.split_once(':')?;
        if let Some((known, id)) = &self.session
            && known == session
        {
            let mut rest = Rest(counter);
            let counter = rest.number().and_then(|counter| u32::try_from(counter).ok())?;
            return (rest.0.is_empty() && counter > 0).then_some(OpId { session: *id, counter });
        }
        let op: OpId = text.parse().ok()?;
        self.session = Some((session.to_owned(), op.session));
        Some(op)
    }

    fn author(&mut self, text: &str) -> Arc<str> {
        match &self.author {
            Some(author) if **author == *text => Arc::clone(author),
            _ => Arc::clone(self.author.insert(Arc::from(text))),
        }
    }
}

/// What was not read yet.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn pass(&mut self, text: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(text)?;
        Some(())
    }

    /// Reads a text without any escapes, and the quote after it.
    fn text(&mut self) -> Option<&'a str> {
        let is_special = |byte: u8| byte == b'"' || byte == b'\\' || byte < 0x20;
        let end = self.0.bytes().position(is_special)?;
        let (text, after) = self.0.split_at_checked(end)?;
        self.0 = after.strip_prefix('"')?;
        Some(text)
    }

    /// Reads a whole number as JSON writes it.
    fn number(&mut self) -> Option<u64> {
        let end = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, after) = self.0.split_at_checked(end)?;
        if digits.len() > 1 && digits.starts_with('0') {
            return None;
        }
        self.0 = after;
        digits.parse().ok()
    }
}

fn group(rest: &mut Rest<'_>) -> Option<Group> {
    let first = u32::try_from(rest.number()?).ok()?;
    rest.pass(",\"size\":")?;
    let size = u32::try_from(rest.number()?).ok()?;
    rest.pass("}")?;
    Some(Group { first, size })
}

/// Reads the answer to a question: most of what a journal tells.
fn answer(json: &str) -> Option<ChangeRecord> {
    let mut rest = Rest(json);
    rest.pass("{\"kind\":\"answer\",\"question\":\"")?;
    let question = rest.text()?.to_owned();
    rest.pass(",\"old\":")?;
    let old = value(&mut rest)?;
    rest.pass(",\"new\":")?;
    let new = value(&mut rest)?;
    (rest.0 == "}").then_some(ChangeRecord::Answer { question, old, new })
}

/// Reads an answer; the inner one is none where the question is open.
#[expect(clippy::option_option, reason = "an open question is a value too")]
fn value(rest: &mut Rest<'_>) -> Option<Option<AnswerRecord>> {
    if rest.pass("null").is_some() {
        return Some(None);
    }
    let answer = if rest.pass("{\"level\":").is_some() {
        AnswerRecord::Level(u8::try_from(rest.number()?).ok()?)
    } else {
        rest.pass("{\"not_applicable\":\"")?;
        AnswerRecord::NotApplicable(rest.text()?.to_owned())
    };
    rest.pass("}")?;
    Some(Some(answer))
}

/// Reads a moment such as `2026-11-29T19:50:27.139Z`.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    let (whole, fraction) = text.strip_suffix('Z')?.split_at_checked(19)?;
    let [year, month, day, hour, minute, second] =
        [(0, 4), (5, 7), (8, 10), (11, 13), (14, 16), (17, 19)].map(|(from, to)| digits(whole.get(from..to)?));
    let signs = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    if !signs.iter().all(|(at, sign)| whole.as_bytes().get(*at) == Some(sign)) {
        return None;
    }
    let nanos = match fraction.strip_prefix('.') {
        None if fraction.is_empty() => 0,
        Some(part) if part.len() == 3 => digits(part)? * 1_000_000,
        Some(part) if part.len() == 6 => digits(part)? * 1_000,
        Some(part) if part.len() == 9 => digits(part)?,
        _ => return None,
    };
    let date = NaiveDate::from_ymd_opt(i32::try_from(year?).ok()?, month?, day?)?;
    date.and_hms_nano_opt(hour?, minute?, second?, nanos).map(|moment| moment.and_utc())
}

/// Reads up to nine digits.
fn digits(text: &str) -> Option<u32> {
    text.bytes().try_fold(0_u32, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::storage::record::tests::any_record;

    /// Checks that nothing is taken that JSON's own reader refuses, or takes for something else.
    fn agrees(json: &str) -> bool {
        let quick = QuickReader::default().read(json);
        quick.is_none() || quick == Record::from_json(json).ok()
    }

    proptest! {
        #[test]
        fn it_takes_what_json_takes_and_to_the_same_record(record in any_record()) {
            prop_assert!(agrees(&record.to_json()));
        }

        #[test]
        fn it_takes_nothing_that_json_refuses(record in any_record(), at in any::<prop::sample::Index>(), by in 0..128_u8) {
            let mut bytes = record.to_json().into_bytes();
            let at = at.index(bytes.len());
            for edit in 0..3 {
                let mut bytes = bytes.clone();
                match edit {
                    0 => bytes[at] = by,
                    1 => bytes.insert(at, by),
                    _ => drop(bytes.remove(at)),
                }
                if let Ok(json) = String::from_utf8(bytes) {
                    prop_assert!(agrees(&json), "{json}");
                }
            }
            bytes.truncate(at);
            if let Ok(json) = String::from_utf8(bytes) {
                prop_assert!(agrees(&json), "{json}");
            }
        }

        #[test]
        fn it_takes_what_has_no_escapes(record in any_record(), author in "[a-zß ]{0,9}", because in "[a-z]{0,9}") {
            let plain = Record {
                author: author.as_str().into(),
                because: Some(because),
                change: ChangeRecord::Answer { question: "4.1-1".to_owned(), old: None, new: Some(AnswerRecord::Level(3)) },
                ..record
            };
            let mut reader = QuickReader::default();
            prop_assert_eq!(reader.read(&plain.to_json()), Some(plain.clone()));
            let next = Record { op: OpId { counter: plain.op.counter.saturating_add(1), ..plain.op }, ..plain };
            prop_assert_eq!(reader.read(&next.to_json()), Some(next));
        }
    }

    #[test]
    fn a_number_or_a_moment_in_another_form_is_left_to_json() {
        let line = |clock: &str, at: &str, op: &str| {
            format!(
                "{{\"version\":1,\"op\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV:{op}\",\"clock\":{clock},\"at\":\"{at}\",\"author\":\"\",\
                 \"previous\":\"\",\"change\":{{\"kind\":\"answer\",\"question\":\"q\",\"old\":null,\"new\":null}}}}"
            )
        };
        let moment = "2027-01-01T00:00:00Z";
        assert!(QuickReader::default().read(&line("1", moment, "1")).is_some());
        for clock in ["01", "1.0", "1e3", "-1", "", "9007199254740993", "18446744073709551616"] {
            assert_eq!(QuickReader::default().read(&line(clock, moment, "1")), None, "{clock}");
        }
        for moment in
            ["2027-01-01T00:00:60Z", "2027-1-01T00:00:00Z", "2027-13-01T00:00:00Z", "2027-01-01 00:00:00Z", ""]
        {
            assert_eq!(QuickReader::default().read(&line("1", moment, "1")), None, "{moment}");
        }
        for op in ["0", "01", "", "4294967296", "+1"] {
            let mut reader = QuickReader::default();
            assert_eq!(reader.read(&line("1", moment, op)), None, "{op}");
            assert!(reader.read(&line("1", moment, "7")).is_some());
            assert_eq!(reader.read(&line("1", moment, op)), None, "{op}, of a session that is known");
        }
    }
}
