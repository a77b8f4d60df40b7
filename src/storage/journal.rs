//! The journal's lines: how one is written, and what is left of a file that was torn or damaged.
//!
//! A line is `crc32c SP length SP json LF`: eight hexadecimal digits, the number of bytes of the JSON, the JSON. No
//! other byte is free: every flip of a bit is found, and what comes after it is still read.

use std::sync::Arc;

use ulid::Ulid;

use crate::storage::digest::sha256_start;
use crate::storage::record::{Link, OpId, QuickReader, Record, RecordError};

/// The greatest number of bytes of a record.
///
/// A note may have 60,000 bytes, a record holds it before and after, and JSON writes a control character in six: what
/// the domain accepts can always be recorded.
pub const MOST_LINE: usize = 2 << 20;
/// From so many lines on, a file is read by several threads: below, they cost more than they save.
const LONG: usize = 4_096;
/// About how many bytes the line of an answer has, at least.
const USUAL_LINE: usize = 200;
/// The most threads that read one file.
const MOST_THREADS: usize = 8;

/// What a journal file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The records of its whole lines, in order, without those of a group that was not finished.
    pub entries: Vec<Entry>,
    /// What is no line of ours, or doesn't follow the line before it.
    pub damage: Vec<Damage>,
    /// Where the last write was torn: from there on nothing was ever called saved.
    pub tail: Option<usize>,
    /// The group that was not finished at the end of it.
    pub unfinished: Option<Unfinished>,
}

/// A group at the end of a file that isn't whole there.
///
/// A kill leaves it so, and then it never counts. In a file of a merge it is what this copy lacked of a group, and then it
/// counts: the rest stands in another file.
#[derive(Clone, Debug, PartialEq)]
pub struct Unfinished {
    /// What of it is there, in order.
    pub entries: Vec<Entry>,
    /// Where the last write was torn behind it, where it was.
    pub tail: Option<usize>,
}

/// A whole line.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The byte where it starts.
    pub offset: usize,
    /// The digest that the next line names.
    pub digest: Link,
    /// The record.
    pub record: Arc<Record>,
}

/// A place in a journal file that isn't as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The first line of it, from 1.
    pub line: usize,
    /// The first byte of it, from 0.
    pub offset: usize,
    /// What is wrong.
    pub why: String,
    /// The number of the change that should stand there, or would come next.
    pub counter: u32,
}

/// Returns a record as a line of the journal, with the digest that the next one names.
#[must_use]
pub fn line(record: &Record) -> (Vec<u8>, Link) {
    let json = record.to_json();
    let line = format!("{:08x} {} {json}\n", crc32c::crc32c(json.as_bytes()), json.len());
    (line.into_bytes(), digest(json.as_bytes()))
}

/// Reads a journal file, as far as it can be read.
///
/// # Errors
///
/// Returns what a newer version wrote there: to leave it out would be to read another assessment.
pub fn read(bytes: &[u8]) -> Result<Page, RecordError> {
    let (pieces, tail) = cut(bytes);
    let mut reader = Reader { page: Page { tail, ..Page::default() }, line: 0, at: 0 };
    reader.page.entries.reserve_exact(pieces.len());
    for (piece, content) in pieces.iter().zip(parsed(&pieces).into_iter().flatten()) {
        reader.take(piece, content)?;
    }
    let mut page = reader.page;
    page.set_unfinished_group_apart();
    Ok(page)
}

/// Returns the digest of a line's JSON: 64 bits of SHA-256, enough to tell that a line was exchanged or left out.
fn digest(json: &[u8]) -> Link {
    Link::Line(sha256_start(json))
}

/// What stands between two line feeds, or where the first of them should be.
struct Piece<'a> {
    /// The byte where it starts.
    offset: usize,
    /// The JSON, where its length and checksum are right.
    json: Option<&'a [u8]>,
    /// Whether a line feed follows.
    ends: bool,
}

/// The digest of a line's JSON, and the record that it is.
type Content = (Link, Result<Arc<Record>, RecordError>);

/// Cuts a file into lines, and tells where its last write was torn.
fn cut(bytes: &[u8]) -> (Vec<Piece<'_>>, Option<usize>) {
    // Room for lines as an answer writes them; what isn't used of it costs nothing.
    let (mut pieces, mut at) = (Vec::with_capacity(bytes.len() / USUAL_LINE + 1), 0);
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        let (json, length, ends) = match frame(rest) {
            // Where all of it is there but the line feed, the write ended here, and was not acknowledged.
            Some((json, length)) => match rest.get(length) {
                None => return (pieces, Some(at)),
                Some(after) => (Some(json), length, *after == b'\n'),
            },
            None => match rest.iter().position(|byte| *byte == b'\n') {
                None => return (pieces, Some(at)),
                Some(length) => (None, length, true),
            },
        };
        pieces.push(Piece { offset: at, json, ends });
        at += length + 1;
    }
    (pieces, None)
}

/// Returns what stands in each piece, in order and in parts; nothing for one without a checksum.
///
/// Of a long file several parts are read at once: each line says by itself what it holds.
fn parsed(pieces: &[Piece<'_>]) -> Vec<Vec<Option<Content>>> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    if pieces.len() < LONG || threads < 2 {
        return vec![contents(pieces)];
    }
    std::thread::scope(|scope| {
        let parts: Vec<_> = pieces
            .chunks(pieces.len().div_ceil(threads))
            .map(|part| {
                let read = move || contents(part);
                std::thread::Builder::new().spawn_scoped(scope, read).map_err(|_| part)
            })
            .collect();
        let mut all = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Ok(thread) => match thread.join() {
                    Ok(read) => all.push(read),
                    Err(panic) => std::panic::resume_unwind(panic),
                },
                // Where no thread can be had, this one reads.
                Err(part) => all.push(contents(part)),
            }
        }
        all
    })
}

fn contents(pieces: &[Piece<'_>]) -> Vec<Option<Content>> {
    let mut reader = QuickReader::default();
    pieces.iter().map(|piece| piece.json.map(|json| (digest(json), record(&mut reader, json)))).collect()
}

/// Returns the record that some JSON is. Its checksum was right: what can't be read now was written so.
fn record(reader: &mut QuickReader, json: &[u8]) -> Result<Arc<Record>, RecordError> {
    let json = std::str::from_utf8(json).map_err(|error| RecordError::Malformed(error.to_string()))?;
    reader.read(json).map_or_else(|| Record::from_json(json), Ok).map(Arc::new)
}

struct Reader {
    page: Page,
    /// The line that is looked at, from 1.
    line: usize,
    /// Where it starts.
    at: usize,
}

impl Reader {
    /// Takes a piece: a line, or damage up to a line feed.
    fn take(&mut self, piece: &Piece<'_>, content: Option<Content>) -> Result<(), RecordError> {
        self.line += 1;
        self.at = piece.offset;
        match content {
            Some(content) => {
                self.take_line(content)?;
                if !piece.ends {
                    self.note("the line doesn't end where it should", self.next_counter().saturating_sub(1));
                }
            }
            None => self.note("the line doesn't have its checksum", self.next_counter()),
        }
        Ok(())
    }

    fn take_line(&mut self, (digest, record): Content) -> Result<(), RecordError> {
        match record {
            Ok(record) => {
                let last = self.page.entries.last();
                let follows = *last.map_or(&Link::Start, |entry| &entry.digest) == record.previous;
                // A file that was merged holds several sessions, one after the other.
                let is_next = last.is_none_or(|entry| entry.record.op.session == record.op.session)
                    && self.next_counter() == record.op.counter;
                if is_next && !follows {
                    self.note("it was written after another line than the one before it", record.op.counter);
                }
                self.page.entries.push(Entry { offset: self.at, digest, record });
                Ok(())
            }
            Err(RecordError::Malformed(why)) => {
                self.note(&why, self.next_counter());
                Ok(())
            }
            Err(newer @ RecordError::Newer(_)) => Err(newer),
        }
    }

    /// Returns the number that the next change of the session should have.
    fn next_counter(&self) -> u32 {
        self.page.entries.last().map_or(1, |entry| entry.record.op.counter.saturating_add(1))
    }

    fn note(&mut self, why: &str, counter: u32) {
        // Damage that goes on is one: a file of random bytes is told in one sentence.
        if self.page.damage.last().is_none_or(|last| last.counter != counter) {
            let damage = Damage { line: self.line, offset: self.at, why: why.to_owned(), counter };
            self.page.damage.push(damage);
        }
    }
}

impl Page {
    /// Takes a group off the end whose last change isn't there; the torn tail begins before it.
    ///
    /// A session writes nothing after a write that failed: so whatever stands behind a group shows that it was whole.
    fn set_unfinished_group_apart(&mut self) {
        let Some(last) = self.entries.last() else { return };
        let Some(group) = last.record.group.filter(|group| last.record.op.counter < group.last()) else { return };
        // A file that was merged holds several sessions, and another one has its own group of these numbers.
        let session = last.record.op.session;
        let is_of_it = |entry: &&Entry| entry.record.op.session == session && entry.record.group == Some(group);
        let unfinished = self.entries.iter().rev().take_while(is_of_it).count();
        let entries = self.entries.split_off(self.entries.len().saturating_sub(unfinished));
        let start = entries.first().map(|entry| entry.offset);
        self.unfinished = Some(Unfinished { entries, tail: std::mem::replace(&mut self.tail, start) });
    }
}

impl Unfinished {
    /// Returns the changes of its group, those that aren't there as well.
    pub fn group(&self) -> impl Iterator<Item = OpId> + use<> {
        let last = self.entries.last().map(|entry| (entry.record.op, entry.record.group));
        let (session, group) = last.map_or((Ulid::nil(), None), |(op, group)| (op.session, group));
        let counters = group.map(|group| group.first..=group.last());
        counters.into_iter().flatten().map(move |counter| OpId { session, counter })
    }
}

/// Returns the JSON that starts here and the number of bytes up to its end, when its length and checksum are right.
fn frame(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let (crc, rest) = bytes.split_at_checked(8)?;
    let rest = rest.strip_prefix(b" ")?;
    let digits = rest.iter().take(8).take_while(|byte| byte.is_ascii_digit()).count();
    let (length, rest) = rest.split_at_checked(digits)?;
    let json = rest.strip_prefix(b" ")?;
    if length.first().is_none_or(|digit| *digit == b'0') {
        return None;
    }
    let length: usize = std::str::from_utf8(length).ok()?.parse().ok()?;
    let json = json.get(..length).filter(|_| length <= MOST_LINE)?;
    (checksum(crc)? == crc32c::crc32c(json)).then_some((json, 8 + 1 + digits + 1 + length))
}

/// Returns the checksum that these digits write; capital letters are none of ours.
fn checksum(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |sum: u32, digit| {
        let value = match digit {
            b'0'..=b'9' => digit - b'0',
            b'a'..=b'f' => digit - b'a' + 10,
            _ => return None,
        };
        Some((sum << 4) | u32::from(value))
    })
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use ulid::Ulid;

    use super::*;
    use crate::storage::record::{ChangeRecord, Group, OpId, VERSION};

    fn record(counter: u32, group: Option<Group>, previous: &Link) -> Record {
        Record {
            version: VERSION,
            op: OpId { session: Ulid(7), counter },
            after: vec![],
            clock: u64::from(counter),
            at: DateTime::UNIX_EPOCH,
            author: "Zoë".into(),
            because: None,
            group,
            previous: previous.clone(),
            change: ChangeRecord::Rename { old: String::new(), new: format!("name {counter}") },
        }
    }

    fn file(groups: &[Option<Group>]) -> Vec<u8> {
        let (mut bytes, mut previous) = (Vec::new(), Link::Start);
        for (counter, group) in (1..).zip(groups) {
            let (line, digest) = line(&record(counter, *group, &previous));
            bytes.extend(line);
            previous = digest;
        }
        bytes
    }

    fn counters(page: &Page) -> Vec<u32> {
        page.entries.iter().map(|entry| entry.record.op.counter).collect()
    }

    #[test]
    fn what_was_written_is_read_back() {
        let page = read(&file(&[None; 5])).unwrap();
        assert_eq!((counters(&page), page.damage, page.tail), (vec![1, 2, 3, 4, 5], vec![], None));
    }

    #[test]
    fn a_file_cut_at_any_byte_keeps_its_whole_lines_and_tells_the_rest() {
        let bytes = file(&[None; 5]);
        let mut ends = vec![0];
        ends.extend((1..=bytes.len()).filter(|end| bytes[end - 1] == b'\n'));
        for cut in 0..bytes.len() {
            let page = read(&bytes[..cut]).unwrap();
            let whole = ends.iter().filter(|end| **end <= cut).count() - 1;
            assert_eq!(page.entries.len(), whole);
            assert_eq!(page.tail, (!ends.contains(&cut)).then(|| ends[whole]), "cut at {cut}");
            assert_eq!(page.damage, []);
        }
    }

    #[test]
    fn every_flipped_bit_is_told_and_costs_one_line_at_most() {
        let bytes = file(&[None; 12]);
        let whole = read(&bytes).unwrap();
        let mut flips = 0;
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut bytes = bytes.clone();
                bytes[at] ^= 1 << bit;
                let page = read(&bytes).unwrap();
                assert!(page.tail.is_some() || !page.damage.is_empty(), "byte {at} bit {bit} passed");
                assert!(page.entries.len() + 1 >= whole.entries.len(), "byte {at} bit {bit} cost more than a line");
                assert!(page.entries.iter().all(|entry| whole.entries.iter().any(|e| e.record == entry.record)));
                flips += 1;
            }
        }
        assert!(flips >= 10_000, "{flips}");
    }

    #[test]
    fn a_line_that_was_taken_out_or_exchanged_is_told() {
        let bytes = file(&[None; 3]);
        let exchanged = {
            let other = line(&record(2, None, &Link::of("0011223344556677"))).0;
            let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
            [lines[0], &other, lines[2]].concat()
        };
        let page = read(&exchanged).unwrap();
        assert_eq!(page.damage[0].line, 2);
        assert_eq!(counters(&page), [1, 2, 3]);
    }

    #[test]
    fn a_group_counts_once_its_last_change_is_there() {
        let group = Some(Group { first: 2, size: 3 });
        let bytes = file(&[None, group, group, group, None]);
        let lines: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] == b'\n').map(|at| at + 1).collect();
        for (cut, whole) in
            [(lines[0], 1), (lines[1], 1), (lines[2], 1), (lines[3] - 1, 1), (lines[3], 4), (lines[4], 5)]
        {
            let page = read(&bytes[..cut]).unwrap();
            assert_eq!(page.entries.len(), whole, "cut at {cut}");
            assert_eq!(page.tail.is_some(), ![lines[0], lines[3], lines[4]].contains(&cut));
        }
    }

    /// The lines of two sessions, one after the other, each with the same group of two; of the second so many are there.
    fn two_sessions(second: usize) -> Vec<u8> {
        let group = Some(Group { first: 1, size: 2 });
        let (mut bytes, mut previous) = (file(&[group, group, None]), Link::Start);
        for counter in 1..=u32::try_from(second).unwrap() {
            let record = record(counter, group, &previous);
            let (line, digest) = line(&Record { op: OpId { session: Ulid(8), counter }, ..record });
            bytes.extend(line);
            previous = digest;
        }
        bytes
    }

    #[test]
    fn what_is_unfinished_of_the_last_session_of_a_file_costs_no_other_session_its_group() {
        assert_eq!(counters(&read(&two_sessions(2)).unwrap()), [1, 2, 3, 1, 2]);
        let page = read(&two_sessions(1)).unwrap();
        assert_eq!(counters(&page), [1, 2, 3]);
        assert_eq!(page.tail, Some(two_sessions(0).len()));
    }

    #[test]
    fn what_there_is_of_an_unfinished_group_is_set_apart_with_what_is_torn_behind_it() {
        let (mut bytes, start) = (two_sessions(1), two_sessions(0).len());
        let torn = bytes.len();
        bytes.extend(b"0123abcd 77 {");
        let Page { tail, unfinished, .. } = read(&bytes).unwrap();
        let unfinished = unfinished.unwrap();
        assert_eq!((tail, unfinished.tail), (Some(start), Some(torn)));
        assert_eq!(unfinished.entries.iter().map(|entry| entry.offset).collect::<Vec<_>>(), [start]);
        let group: Vec<String> = unfinished.group().map(|op| op.to_string()).collect();
        assert_eq!(group, [1, 2].map(|counter| OpId { session: Ulid(8), counter }.to_string()));
        assert_eq!(read(&two_sessions(2)).unwrap().unfinished, None);
    }

    #[test]
    fn zeros_and_noise_are_told_once() {
        assert_eq!(read(&[0; 4096]).unwrap().tail, Some(0));
        let page = read(&b"\0\n".repeat(5000)).unwrap();
        assert_eq!((page.entries.len(), page.damage.len()), (0, 1));
    }
}
