//! From the journal's records to the state: what is missing, where to start, in which order to apply.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use ulid::Ulid;

use crate::domain::assessment::Assessment;
use crate::domain::change::Change;
use crate::domain::conflict::Settlement;
use crate::domain::id::QuestionId;
use crate::storage::causes::{Causes, Contest};
use crate::storage::record::{Base, ChangeRecord, Group, Names, OpId, Record};
use crate::storage::save_file::Saved;

/// How far each session is included in something.
pub type Seen = BTreeMap<Ulid, u32>;

/// All records that could be read, and how many there should be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    records: BTreeMap<OpId, Arc<Record>>,
    /// The records that a whole state begins with.
    bases: BTreeSet<OpId>,
    /// What records of other sessions have seen of each session.
    followed: Seen,
    /// The place of the last change in the order of all, and when it was made.
    last: Option<((u64, Ulid, u32), DateTime<Utc>)>,
    /// The highest clock.
    clock: u64,
    /// The highest number of each session that is there or that something speaks of.
    reach: Seen,
    /// Sessions whose file is there and can't be read: each has a change at least, and nobody knows how many.
    unread: BTreeSet<Ulid>,
}

/// A state made from a history.
#[derive(Clone, Debug, PartialEq)]
pub struct Restored {
    /// The state.
    pub assessment: Assessment,
    /// What is in it because of where it started; the rest was applied.
    pub seen: Seen,
    /// Changes that something speaks of and that are not in the state.
    pub missing: u64,
    /// Changes that it lacks for good, told when that was found.
    pub lost: u64,
    /// Changes that only the save file had.
    pub from_save_file: u64,
    /// The questions whose note is put together from several that were written side by side.
    pub joined: Vec<QuestionId>,
}

/// Something that the state can be made from.
struct Start<'a> {
    from: Source<'a>,
    order: (u64, Ulid, u32),
    seen: Seen,
    /// What it lacks.
    missing: u64,
    /// What it lacked when it was written, and never had.
    lost: u64,
}

impl Start<'_> {
    /// Returns how many changes it lacks, in whatever way.
    fn lacks(&self) -> u64 {
        self.missing.saturating_add(self.lost)
    }
}

enum Source<'a> {
    Base(&'a Base, &'a Record),
    SaveFile(&'a Saved),
}

impl History {
    /// Adds a record. Returns whether it fits: the same name twice with different contents does not; the first stays.
    pub fn add(&mut self, record: impl Into<Arc<Record>>) -> bool {
        let record = record.into();
        self.expect(record.op);
        record.after.iter().for_each(|op| self.expect(*op));
        self.keep(record)
    }

    /// Keeps a record, with what is told of all of them. Returns whether it fits.
    fn keep(&mut self, record: Arc<Record>) -> bool {
        let place = match self.records.entry(record.op) {
            Entry::Occupied(known) => return *known.get() == record,
            Entry::Vacant(place) => place,
        };
        for op in record.after.iter().filter(|op| op.session != record.op.session) {
            let most = self.followed.entry(op.session).or_default();
            *most = op.counter.max(*most);
        }
        if matches!(record.change, ChangeRecord::Base(_)) {
            self.bases.insert(record.op);
        }
        self.clock = record.clock.max(self.clock);
        if self.last.is_none_or(|(place, _)| place < order(&record)) {
            self.last = Some((order(&record), record.at));
        }
        place.insert(record);
        true
    }

    /// Notes that a change must have been there: something speaks of it.
    pub fn expect(&mut self, op: OpId) {
        let reach = self.reach.entry(op.session).or_default();
        *reach = op.counter.max(*reach);
    }

    /// Notes that the file of a session is there and can't be read.
    ///
    /// That is no change that somebody speaks of: a file that was never finished has none, and who comes after it hasn't
    /// seen any.
    pub fn cannot_read(&mut self, session: Ulid) {
        self.unread.insert(session);
    }

    /// Returns the first change of each session whose file can't be read.
    #[must_use]
    pub fn unread(&self) -> Vec<OpId> {
        self.unread.iter().map(|session| OpId { session: *session, counter: 1 }).collect()
    }

    /// Returns whether a change could be read.
    #[must_use]
    pub fn contains(&self, op: OpId) -> bool {
        self.records.contains_key(&op)
    }

    /// Returns all records that could be read, cause before effect.
    #[must_use]
    pub fn in_order(&self) -> Vec<&Record> {
        let mut records: Vec<&Record> = self.records.values().map(Arc::as_ref).collect();
        records.sort_unstable_by_key(|record| order(record));
        records
    }

    /// Returns the last change of each session.
    #[must_use]
    pub fn reach(&self) -> Vec<OpId> {
        self.reach.iter().map(|(session, counter)| OpId { session: *session, counter: *counter }).collect()
    }

    /// Returns the last changes that no other session has seen.
    #[must_use]
    pub fn heads(&self) -> Vec<OpId> {
        let is_followed = |op: &OpId| self.followed.get(&op.session).is_some_and(|most| *most >= op.counter);
        self.reach().into_iter().filter(|op| !is_followed(op)).collect()
    }

    /// Returns the history as it was when these were the last changes.
    #[must_use]
    pub fn until(&self, heads: &[OpId]) -> Self {
        let seen = self.seen(heads.iter().map(|op| (*op, None)).collect());
        let mut until = Self::default();
        for (_, record) in self.records.iter().filter(|(op, _)| includes(&seen, **op)) {
            until.keep(Arc::clone(record));
        }
        Self { reach: seen, ..until }
    }

    /// Returns the highest clock.
    #[must_use]
    pub fn clock(&self) -> u64 {
        self.clock
    }

    /// Returns when the last change was made.
    #[must_use]
    pub fn changed(&self) -> Option<DateTime<Utc>> {
        self.last.map(|(_, at)| at)
    }

    /// Returns the state: from the journal where that lacks nothing, else from whatever start lacks the least.
    ///
    /// None where there is nothing to start from.
    ///
    /// # Errors
    ///
    /// Returns the word that this version doesn't know.
    pub fn restore(&self, saved: Option<&Saved>) -> Result<Option<Restored>, String> {
        let mut starts: Vec<Start<'_>> = self.bases().filter_map(|record| self.base(record)).collect();
        starts.sort_unstable_by_key(|start| std::cmp::Reverse(start.order));
        // The newest of those that lack least: `min_by_key` takes the first of equals.
        let base = starts.into_iter().min_by_key(Start::lacks);
        let alone = base.as_ref().map(Start::lacks);
        let saved = saved.map(|saved| self.save_file(saved));
        // One that was written while a file could not be read lacks what it holds: it may be no better than the journal.
        let saved = saved.filter(|saved| alone.is_none_or(|lacks| saved.lacks() < lacks));
        let from_save_file = match (&saved, alone) {
            (Some(saved), Some(lacks)) => lacks.saturating_sub(saved.lacks()),
            (Some(_), None) => self.reach.values().map(|reach| u64::from(*reach)).sum(),
            (None, _) => 0,
        };
        let Some(start) = saved.or(base) else { return Ok(None) };
        let mut names = Names::default();
        let mut assessment = match start.from {
            Source::SaveFile(saved) => saved.assessment.clone(),
            Source::Base(base, record) => {
                let mut assessment = base.to_assessment()?;
                self.group_of(record).try_for_each(|record| apply(&mut assessment, record, &mut names))?;
                assessment
            }
        };
        let is_left = |record: &&Arc<Record>| !includes(&start.seen, record.op) && !self.belongs_to_a_base(record);
        let mut rest: Vec<&Record> = self.records.values().filter(is_left).map(Arc::as_ref).collect();
        rest.sort_unstable_by_key(|record| order(record));
        rest.into_iter().try_for_each(|record| apply(&mut assessment, record, &mut names))?;
        let settlements = self.settlements();
        let joined = joined(&settlements);
        assessment.settle(settlements);
        let Start { seen, missing, lost, .. } = start;
        Ok(Some(Restored { assessment, seen, missing, lost, from_save_file, joined }))
    }

    /// Returns the questions whose note is put together from several that were written side by side.
    #[must_use]
    pub fn joined(&self) -> Vec<QuestionId> {
        joined(&self.settlements())
    }

    /// Returns what values that were set side by side come to: the same in every copy that has these records.
    fn settlements(&self) -> Vec<Settlement> {
        let passed_over = self.passed_over();
        let counts = |record: &&Record| !passed_over.contains(&record.op);
        let records = self.records.values().map(Arc::as_ref).filter(counts);
        let contested = Causes::of(&self.records).contested(records, |record| self.belongs_to_a_base(record));
        contested.iter().filter_map(Contest::settlement).collect()
    }

    /// Returns the changes that were never called saved, as a whole state written after them tells.
    fn passed_over(&self) -> BTreeSet<OpId> {
        let mut passed_over = BTreeSet::new();
        for record in self.bases() {
            let ChangeRecord::Base(base) = &record.change else { continue };
            if base.passed_over.is_empty() {
                continue;
            }
            let seen = self.seen(record.after.iter().map(|op| (*op, None)).collect());
            for last in &base.passed_over {
                let saved = seen.get(&last.session).copied().unwrap_or(0);
                let first = OpId { counter: saved.saturating_add(1), ..*last };
                if first <= *last {
                    passed_over.extend(self.records.range(first..=*last).map(|(op, _)| *op));
                }
            }
        }
        passed_over
    }

    /// Returns the records that another history lacks, in the order of their sessions.
    #[must_use]
    pub fn beyond(&self, other: &Self) -> Vec<&Record> {
        self.records.values().filter(|record| !other.records.contains_key(&record.op)).map(Arc::as_ref).collect()
    }

    /// Returns a change that both histories name alike and that is not the same: one of them was forged, or forked.
    #[must_use]
    pub fn fork(&self, other: &Self) -> Option<OpId> {
        let is_other = |record: &&Arc<Record>| other.records.get(&record.op).is_some_and(|known| known != *record);
        self.records.values().find(is_other).map(|record| record.op)
    }

    /// Returns whether both have a change in common: they are copies of one assessment.
    #[must_use]
    pub fn is_akin(&self, other: &Self) -> bool {
        self.records.keys().any(|op| other.records.contains_key(op))
    }

    /// Returns the records that a whole state begins with.
    fn bases(&self) -> impl Iterator<Item = &Record> {
        self.bases.iter().filter_map(|op| self.records.get(op)).map(Arc::as_ref)
    }

    fn base<'a>(&'a self, record: &'a Record) -> Option<Start<'a>> {
        let ChangeRecord::Base(base) = &record.change else { return None };
        let last = record.group.map_or(record.op.counter, Group::last);
        let size = u64::from(last.saturating_sub(record.op.counter)) + 1;
        let seen = self.seen(vec![(OpId { counter: last, ..record.op }, None)]);
        let missing = self.missing(&seen) + size.saturating_sub(self.group_of(record).count() as u64);
        Some(Start { from: Source::Base(base, record), order: order(record), seen, missing, lost: base.lost })
    }

    fn save_file<'a>(&self, saved: &'a Saved) -> Start<'a> {
        let bound = Some(saved.clock.saturating_add(1));
        let seen = self.seen(saved.heads.iter().map(|op| (*op, bound)).collect());
        let missing = self.missing(&seen);
        Start { from: Source::SaveFile(saved), order: (saved.clock, Ulid::nil(), 0), seen, missing, lost: saved.lost }
    }

    /// Returns the records of a base's group that are there, in order.
    fn group_of(&self, base: &Record) -> impl Iterator<Item = &Record> {
        let last = base.group.map_or(base.op.counter, Group::last);
        self.records.range(base.op..=OpId { counter: last, ..base.op }).map(|(_, record)| &**record)
    }

    /// Returns whether a record repeats a state rather than changing it: it counts where one starts from it alone.
    fn belongs_to_a_base(&self, record: &Record) -> bool {
        let first = record.group.map_or(record.op, |group| OpId { counter: group.first, ..record.op });
        self.bases.contains(&first)
    }

    /// Returns everything that these changes had seen, with themselves.
    ///
    /// Where the start of a session is lost, what it had seen is not known any more: everything below its clock counts
    /// then. The second of each pair is that bound, where one may be drawn: a base names all that it has seen.
    fn seen(&self, mut heads: Vec<(OpId, Option<u64>)>) -> Seen {
        let mut seen = Seen::new();
        while let Some((head, bound)) = heads.pop() {
            let known = seen.insert(head.session, head.counter.max(seen.get(&head.session).copied().unwrap_or(0)));
            if known.is_some() {
                continue;
            }
            if let Some(first) = self.records.get(&OpId { counter: 1, ..head }) {
                let (bound, passed_over) = match &first.change {
                    ChangeRecord::Base(base) => (None, base.passed_over.as_slice()),
                    _ => (Some(first.clock), &[][..]),
                };
                heads.extend(first.after.iter().chain(passed_over).map(|op| (*op, bound)));
                continue;
            }
            let session = OpId { counter: 1, ..head }..=OpId { counter: u32::MAX, ..head };
            let first_kept = self.records.range(session).next().map(|(_, record)| record.clock);
            if let Some(bound) = bound.map(|bound| first_kept.unwrap_or(bound).min(bound)) {
                heads.extend(self.records.values().filter(|r| r.clock < bound).map(|r| (r.op, Some(bound))));
            }
        }
        seen
    }

    /// Returns how many changes something speaks of that are neither there nor seen.
    fn missing(&self, seen: &Seen) -> u64 {
        let is_unknown = |session: &&Ulid| !self.reach.contains_key(session) && !seen.contains_key(session);
        let mut missing = self.unread.iter().filter(is_unknown).count() as u64;
        for (session, reach) in &self.reach {
            let from = seen.get(session).copied().unwrap_or(0).saturating_add(1);
            if from > *reach {
                continue;
            }
            let span = OpId { session: *session, counter: from }..=OpId { session: *session, counter: *reach };
            let there = self.records.range(span).count() as u64;
            missing += (u64::from(reach - from) + 1).saturating_sub(there);
        }
        missing
    }
}

fn joined(settlements: &[Settlement]) -> Vec<QuestionId> {
    let question = |settlement: &Settlement| match &settlement.change {
        Change::Note { question, .. } if settlement.is_joined => Some(question.clone()),
        _ => None,
    };
    settlements.iter().filter_map(question).collect()
}

/// Returns whether a change is included.
#[must_use]
pub fn includes(seen: &Seen, op: OpId) -> bool {
    seen.get(&op.session).is_some_and(|most| *most >= op.counter)
}

/// Cause before effect, and the same on every machine: no wall clock takes part.
fn order(record: &Record) -> (u64, Ulid, u32) {
    (record.clock, record.op.session, record.op.counter)
}

fn apply(assessment: &mut Assessment, record: &Record, names: &mut Names) -> Result<(), String> {
    if let Some(change) = record.change.to_change_with(names)? {
        assessment.apply(&change);
    }
    Ok(())
}
