//! Which change knew of which: where two were made side by side, they may contradict each other.
//!
//! Sessions that follow each other without a fork make a strand: in it, place tells before from after. A history that
//! was never copied is one strand, and costs no more than a look at the first change of each session.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use ulid::Ulid;

use crate::domain::conflict::{self, Field, Settlement, Side};
use crate::storage::record::{ChangeRecord, OpId, Record};

/// Where each change stands among all others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Causes {
    /// The strand of each session, and how many places of it come before the session.
    sessions: BTreeMap<Ulid, (usize, u32)>,
    /// What sessions say that they could not read, and when.
    blind: BTreeMap<Ulid, (BTreeSet<Ulid>, DateTime<Utc>)>,
    strands: Vec<Strand>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Strand {
    /// How far it had seen each other strand when it began; strands beyond the end not at all.
    seen: Vec<u32>,
    /// How many places it has.
    length: u32,
}

/// A session as its readable changes show it.
struct Seen<'a> {
    session: Ulid,
    clock: u64,
    last: u32,
    /// Its first change; none where that is lost.
    first: Option<&'a Record>,
}

/// Values of one field that were set side by side and that nobody has replaced knowing of all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contest<'a> {
    /// Their changes, in the order of the history.
    pub sides: Vec<&'a Record>,
    /// Whether there were others that one of these took the place of, though it could not be read then.
    pub is_cleared: bool,
    /// Of a note, the text that all of them began with, where that is known.
    pub base: Option<&'a str>,
}

/// The writes of one field: of each strand the last one, which knew of those before it.
type Writes<'a> = BTreeMap<usize, (u32, &'a Record)>;

impl Causes {
    /// Returns how the changes hang together.
    #[must_use]
    pub fn of(records: &BTreeMap<OpId, Arc<Record>>) -> Self {
        let mut causes = Self::default();
        for session in sessions(records) {
            causes.add(&session);
        }
        causes
    }

    /// Returns whether nothing was ever made side by side.
    #[must_use]
    pub fn is_linear(&self) -> bool {
        self.strands.len() <= 1
    }

    /// Returns whether the second change knew of the first.
    #[must_use]
    pub fn knew(&self, first: OpId, second: OpId) -> bool {
        let (Some((one, before)), Some((two, after))) = (self.place(first), self.place(second)) else { return false };
        if one == two { before < after } else { self.seen(two, one) >= before }
    }

    /// Returns the values that were set side by side and that nobody has replaced knowing of all of them, by field, each
    /// in the order of the history. `repeats` tells a record that repeats a state rather than changing it.
    #[must_use]
    pub fn contested<'a>(
        &self,
        records: impl Iterator<Item = &'a Record>,
        repeats: impl Fn(&Record) -> bool,
    ) -> Vec<Contest<'a>> {
        if self.is_linear() {
            return vec![];
        }
        let (states, changes): (Vec<&Record>, Vec<&Record>) = records.partition(|record| repeats(record));
        let repeated: BTreeSet<OpId> = states.iter().map(|record| record.op).collect();
        let mut fields: BTreeMap<Field, Writes<'a>> = BTreeMap::new();
        for record in changes.iter().copied() {
            self.note(&mut fields, record);
        }
        for record in states {
            // What a state repeats was set before it; where that is lost, or never was, the state stands for it.
            let field = record.change.to_change().ok().flatten().map(|change| change.field());
            let Some(writes) = field.as_ref().and_then(|field| fields.get(field)) else { continue };
            if !writes.values().any(|(_, write)| self.knew(write.op, record.op)) {
                self.note(&mut fields, record);
            }
        }
        let mut contested = vec![];
        for (field, writes) in fields.iter().filter(|(_, writes)| writes.len() > 1) {
            let all = || writes.values().map(|(_, record)| *record);
            let is_last = |record: &&Record| !all().any(|other| self.knew(record.op, other.op));
            let mut left: Vec<&Record> = all().filter(is_last).collect();
            left.sort_unstable_by_key(|record| (record.clock, record.op));
            if left.len() > 1 {
                let is_passed = |one: &Record| left.iter().any(|it| !repeated.contains(&it.op) && self.passes(it, one));
                let sides: Vec<&Record> = left.iter().copied().filter(|one| !is_passed(one)).collect();
                let is_cleared = sides.len() < left.len();
                let base = matches!(field, Field::Note(_)).then(|| self.base(field, &changes, &sides)).flatten();
                contested.push(Contest { sides, is_cleared, base });
            }
        }
        contested
    }

    /// Returns the text of a note that all sides began with: what each of them changed first, after the past that all of
    /// them know, tells what was there before. None where they tell different things, as where a part of it is lost.
    fn base<'a>(&self, field: &Field, changes: &[&'a Record], sides: &[&'a Record]) -> Option<&'a str> {
        let knows = |side: &Record, op: OpId| side.op == op || self.knew(op, side.op);
        let mut firsts: BTreeMap<usize, (u32, &'a Record)> = BTreeMap::new();
        for record in changes.iter().chain(sides).copied() {
            let is_of_this = matches!((&record.change, field),
                (ChangeRecord::Note { question, .. }, Field::Note(id)) if question == id.as_str());
            let known = || sides.iter().filter(|side| knows(side, record.op)).count();
            if is_of_this
                && (1..sides.len()).contains(&known())
                && let Some((strand, place)) = self.place(record.op)
                && firsts.get(&strand).is_none_or(|(first, _)| place < *first)
            {
                firsts.insert(strand, (place, record));
            }
        }
        let is_first = |record: &Record| !firsts.values().any(|(_, other)| self.knew(other.op, record.op));
        let mut olds = firsts.values().filter(|(_, record)| is_first(record)).map(|(_, record)| old_note(record));
        let base = olds.next()?;
        olds.all(|old| old == base).then_some(base)?
    }

    /// Returns whether a change takes the place of an earlier one of the same author, which stood in a file that could not
    /// be read: whoever was told that something is lost, and answers again, contradicts nobody. A note never does: its
    /// words are not written twice.
    fn passes(&self, later: &Record, earlier: &Record) -> bool {
        let Some((unread, at)) = self.blind.get(&later.op.session) else { return false };
        unread.contains(&earlier.op.session)
            && later.author == earlier.author
            && earlier.at <= *at
            && earlier.clock < later.clock
            && !matches!(earlier.change, ChangeRecord::Note { .. })
    }

    fn note<'a>(&self, fields: &mut BTreeMap<Field, Writes<'a>>, record: &'a Record) {
        let (Some((strand, place)), Ok(Some(change))) = (self.place(record.op), record.change.to_change()) else {
            return;
        };
        let writes = fields.entry(change.field()).or_default();
        if writes.get(&strand).is_none_or(|(known, _)| *known < place) {
            writes.insert(strand, (place, record));
        }
    }

    fn add(&mut self, session: &Seen<'_>) {
        // What it had seen when it began: not known where its first change is lost.
        let seen = self.reached(session.first.map(|first| first.after.as_slice()));
        if let Some(Record { change: ChangeRecord::Base(base), at, .. }) = session.first
            && !base.unread.is_empty()
        {
            let unread = base.unread.iter().map(|op| op.session).collect();
            self.blind.insert(session.session, (unread, *at));
        }
        // It goes on with a strand whose end it knew, where it knew nothing beyond.
        let goes_on = (0..self.strands.len()).find(|strand| {
            let length = self.strands.get(*strand).map_or(0, |strand| strand.length);
            let at_end = |other: usize| if other == *strand { length } else { self.seen(*strand, other) };
            (0..self.strands.len()).all(|other| seen.get(other).copied().unwrap_or(0) == at_end(other))
        });
        let strand = goes_on.unwrap_or(self.strands.len());
        if goes_on.is_none() {
            self.strands.push(Strand { seen, length: 0 });
        }
        if let Some(Strand { length, .. }) = self.strands.get_mut(strand) {
            self.sessions.insert(session.session, (strand, *length));
            *length = length.saturating_add(session.last);
        }
    }

    /// Returns how far each strand is known to who knows of these changes; of all there is, where that isn't told.
    fn reached(&self, after: Option<&[OpId]>) -> Vec<u32> {
        let Some(after) = after else { return self.strands.iter().map(|strand| strand.length).collect() };
        let mut reached = vec![0; self.strands.len()];
        for (strand, place) in after.iter().filter_map(|op| self.place(*op)) {
            for (other, most) in reached.iter_mut().enumerate() {
                let known = if other == strand { place } else { self.seen(strand, other) };
                *most = known.max(*most);
            }
        }
        reached
    }

    fn place(&self, op: OpId) -> Option<(usize, u32)> {
        let (strand, before) = self.sessions.get(&op.session)?;
        Some((*strand, before.saturating_add(op.counter)))
    }

    fn seen(&self, strand: usize, other: usize) -> u32 {
        self.strands.get(strand).and_then(|strand| strand.seen.get(other)).copied().unwrap_or(0)
    }
}

impl Contest<'_> {
    /// Returns what the values come to; none where all agree and nothing else stands in their way.
    #[must_use]
    pub fn settlement(&self) -> Option<Settlement> {
        let sides: Vec<Side> = self.sides.iter().copied().filter_map(side).collect();
        let first = sides.first()?.change.clone();
        let cleared = self.is_cleared.then_some(Settlement { change: first, conflict: None, is_joined: false });
        conflict::settle_from(self.base, sides).or(cleared)
    }
}

/// Returns what a note was before a change of it.
fn old_note(record: &Record) -> Option<&str> {
    match &record.change {
        ChangeRecord::Note { old, .. } => Some(old),
        _ => None,
    }
}

/// Returns a record as one side of a conflict; none where it changes nothing.
fn side(record: &Record) -> Option<Side> {
    let change = record.change.to_change().ok()??;
    Some(Side { change, who: record.author.to_string(), at: record.at })
}

/// Returns the sessions, cause before effect.
fn sessions(records: &BTreeMap<OpId, Arc<Record>>) -> Vec<Seen<'_>> {
    let mut sessions = vec![];
    let mut next = records.first_key_value();
    while let Some((op, first)) = next {
        let end = OpId { counter: u32::MAX, ..*op };
        let last = records.range(*op..=end).next_back().map_or(op.counter, |(last, _)| last.counter);
        let (clock, first) = (first.clock, (op.counter == 1).then_some(&**first));
        sessions.push(Seen { session: op.session, clock, last, first });
        next = records.range((Bound::Excluded(end), Bound::Unbounded)).next();
    }
    sessions.sort_unstable_by_key(|session| (session.clock, session.session));
    sessions
}
