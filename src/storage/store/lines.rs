//! What is about to be recorded, as the lines that a session appends at once.

use std::sync::Arc;

use chrono::SubsecRound;

use crate::storage::error::StoreError;
use crate::storage::journal;
use crate::storage::rebuild;
use crate::storage::record::{Base, ChangeRecord, Group, Link, Meta, OpId, Record, VERSION};
use crate::storage::session::Session;
use crate::storage::store::{Store, ops};

/// A change that is about to be recorded, with the group that it belongs to.
pub(super) struct Draft {
    pub(super) change: ChangeRecord,
    /// Why, where it was said for this change alone.
    pub(super) because: Option<String>,
    /// Its place in its group, from 0, and the size of the group; none where it stands alone.
    pub(super) group: Option<(u32, u32)>,
}

/// Lines that are written and synced at once, and what the session is after them.
pub(super) struct Lines {
    pub(super) bytes: Vec<u8>,
    pub(super) records: Vec<Record>,
    pub(super) count: u32,
    pub(super) digest: Link,
    pub(super) last: OpId,
    pub(super) clock: u64,
}

impl Store {
    /// Returns the lines for these changes.
    pub(super) fn lines(&self, session: &Session, drafts: &[&Draft], meta: &Meta) -> Result<Lines, StoreError> {
        let author: Arc<str> = meta.author.as_str().into();
        let mut op = session.next();
        let mut lines = Lines {
            bytes: vec![],
            records: vec![],
            count: 0,
            digest: session.digest().clone(),
            last: op,
            clock: self.clock,
        };
        for draft in drafts {
            let starts = session.is_blank() && lines.count == 0;
            lines.clock = lines.clock.saturating_add(1);
            let record = Record {
                version: VERSION,
                op,
                after: if starts { self.after() } else { vec![] },
                clock: lines.clock,
                at: meta.at.trunc_subsecs(3),
                author: Arc::clone(&author),
                because: draft.because.clone().or_else(|| meta.because.clone()),
                group: draft.group.map(|(place, size)| Group { first: op.counter.saturating_sub(place), size }),
                previous: lines.digest,
                change: draft.change.clone(),
            };
            let (line, digest) = journal::line(&record);
            if line.len() > journal::MOST_LINE {
                return Err(StoreError::TooLong { bytes: line.len(), most: journal::MOST_LINE });
            }
            lines.bytes.extend(line);
            lines.records.push(record);
            (lines.digest, lines.last) = (digest, op);
            lines.count = lines.count.saturating_add(1);
            op.counter = op.counter.saturating_add(1);
        }
        Ok(lines)
    }

    /// Returns what the next session has seen. A base names every session: it must not need their links.
    fn after(&self) -> Vec<OpId> {
        if self.needs_base { ops(&self.reach) } else { self.heads.clone() }
    }

    /// Returns the whole state as one group.
    pub(super) fn base(&self) -> Vec<Draft> {
        let changes = rebuild::changes(&self.assessment);
        let base =
            ChangeRecord::Base(Box::new(Base::of(&self.assessment, self.lost, ops(&self.failed), self.unread.clone())));
        let all = std::iter::once(base).chain(changes.iter().map(ChangeRecord::from));
        group(all.map(|change| (change, None)).collect())
    }
}

/// Returns the changes as one group; a change that is alone needs none.
pub(super) fn group(changes: Vec<(ChangeRecord, Option<String>)>) -> Vec<Draft> {
    let size = u32::try_from(changes.len()).unwrap_or(u32::MAX);
    let place = |place| (size > 1).then_some((place, size));
    (0..).zip(changes).map(|(index, (change, because))| Draft { change, because, group: place(index) }).collect()
}
