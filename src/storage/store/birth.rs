//! How an assessment begins: all of it in the journal and in the readable state, with what happened before it was made.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::domain::assessment::Assessment;
use crate::domain::change::Change;
use crate::domain::history::{History, MADE};
use crate::storage::disk::Disk;
use crate::storage::error::StoreError;
use crate::storage::record::Meta;
use crate::storage::store::{Mark, Store};

/// What an assessment begins with.
#[derive(Clone, Copy, Debug)]
pub struct Birth<'a> {
    /// Its first state.
    pub assessment: &'a Assessment,
    /// The files that are kept with it, by their path below its folder.
    pub files: &'a [(PathBuf, Vec<u8>)],
    /// What happened to it before it was made here, oldest first.
    pub episodes: &'a [Episode],
}

/// Something that happened to an assessment before it was made here.
#[derive(Clone, Debug, PartialEq)]
pub struct Episode {
    /// When.
    pub at: DateTime<Utc>,
    /// What changed.
    pub changes: Vec<Change>,
    /// The label that the state has after it.
    pub label: Option<String>,
}

impl Store {
    /// Starts an assessment in a folder that was just made: all of it in the journal and in the save file, with what
    /// happened before it was made, as far as that is told.
    ///
    /// # Errors
    ///
    /// Fails when it can't be written; what is in the folder then is not an assessment.
    pub(in crate::storage) fn start(
        disk: Box<dyn Disk>,
        folder: &Path,
        birth: &Birth<'_>,
        meta: &Meta,
    ) -> Result<(), StoreError> {
        let mut store = Self {
            disk,
            folder: folder.to_owned(),
            assessment: birth.assessment.clone(),
            history: History::default(),
            heads: vec![],
            reach: BTreeMap::new(),
            failed: BTreeMap::new(),
            clock: 0,
            lost: 0,
            unread: vec![],
            changed: None,
            session: None,
            needs_base: true,
            save_file_is_current: false,
            backup_failure: None,
            edit_waits: false,
            beside: false,
            lock: None,
        };
        let first = birth.episodes.first().map_or(meta.at, |episode| episode.at.min(meta.at));
        store.append(&[], &Meta { at: first, because: Some(MADE.to_owned()), ..meta.clone() })?;
        for Episode { at, changes, label } in birth.episodes {
            let meta = Meta { at: *at, ..meta.clone() };
            let changes: Vec<(Change, Option<String>)> = changes.iter().map(|change| (change.clone(), None)).collect();
            store.record_step(&changes, None, &meta)?;
            if let Some(label) = label {
                store.record_step(&[], Some(&Mark::Snapshot(label.clone())), &meta)?;
            }
        }
        store.write_save_file()
    }
}

#[cfg(test)]
impl<'a> Birth<'a> {
    /// Returns what an assessment begins with that has nothing beside its state.
    pub fn of(assessment: &'a Assessment) -> Self {
        Self { assessment, files: &[], episodes: &[] }
    }
}

impl Birth<'_> {
    /// Returns the name that it has in the end.
    #[must_use]
    pub fn name(&self) -> &str {
        self.assessment.name()
    }
}
