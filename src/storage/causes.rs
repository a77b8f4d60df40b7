//! Which change knew of which: where two were made side by side, they may contradict each other.
//!
//! Sessions that follow each other without a fork make a strand: in it, place tells before from after. A history that
//! was never copied is one strand, and costs no more than a look at the first change of each session.

use std::collections::BTreeMap;
use std::ops::Bound;

use ulid::Ulid;

use crate::domain::conflict::{Field, Side};
use crate::storage::record::{OpId, Record};

/// Where each change stands among all others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Causes {
    /// The strand of each session, and how many places of it come before the session.
    sessions: BTreeMap<Ulid, (usize, u32)>,
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
    /// What it had seen when it began; none where its first change is lost.
    after: Option<&'a [OpId]>,
}

/// The writes of one field: of each strand the last one, which knew of those before it.
type Writes<'a> = BTreeMap<usize, (u32, &'a Record)>;

impl Causes {
    /// Returns how the changes hang together.
    #[must_use]
    pub fn of(records: &BTreeMap<OpId, Record>) -> Self {
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
    ) -> Vec<Vec<&'a Record>> {
        if self.is_linear() {
            return vec![];
        }
        let (states, changes): (Vec<&Record>, Vec<&Record>) = records.partition(|record| repeats(record));
        let mut fields: BTreeMap<Field, Writes<'a>> = BTreeMap::new();
        for record in changes {
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
        for writes in fields.values().filter(|writes| writes.len() > 1) {
            let all = || writes.values().map(|(_, record)| *record);
            let is_last = |record: &&Record| !all().any(|other| self.knew(record.op, other.op));
            let mut left: Vec<&Record> = all().filter(is_last).collect();
            left.sort_unstable_by_key(|record| (record.clock, record.op));
            if left.len() > 1 {
                contested.push(left);
            }
        }
        contested
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
        let seen = self.reached(session.after);
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

/// Returns a record as one side of a conflict; none where it changes nothing.
#[must_use]
pub fn side(record: &Record) -> Option<Side> {
    let change = record.change.to_change().ok()??;
    Some(Side { change, who: record.author.clone(), at: record.at })
}

/// Returns the sessions, cause before effect.
fn sessions(records: &BTreeMap<OpId, Record>) -> Vec<Seen<'_>> {
    let mut sessions = vec![];
    let mut next = records.first_key_value();
    while let Some((op, first)) = next {
        let end = OpId { counter: u32::MAX, ..*op };
        let last = records.range(*op..=end).next_back().map_or(op.counter, |(last, _)| last.counter);
        let after = (op.counter == 1).then_some(first.after.as_slice());
        sessions.push(Seen { session: op.session, clock: first.clock, last, after });
        next = records.range((Bound::Excluded(end), Bound::Unbounded)).next();
    }
    sessions.sort_unstable_by_key(|session| (session.clock, session.session));
    sessions
}
