//! Reads an assessment's folder without writing a byte to it.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use ulid::Ulid;

use crate::domain;
use crate::domain::assessment::Assessment;
use crate::domain::change::Change;
use crate::domain::history::difference;
use crate::domain::id::QuestionId;
use crate::storage::backups;
use crate::storage::disk::{Disk, RealDisk};
use crate::storage::error::StoreError;
use crate::storage::history::{History, Restored, includes};
use crate::storage::journal::{self, Damage, Entry, Page, Unfinished};
use crate::storage::notice::Notice;
use crate::storage::record::{OpId, RecordError};
use crate::storage::save_file::{self, SaveFileError, Saved};
use crate::storage::session;
use crate::storage::story;

/// The folder for what was set aside.
pub const QUARANTINE: &str = "quarantine";
/// The greatest number of bytes of a journal file; some million answers.
const MOST_JOURNAL: u64 = 1 << 30;
/// How often a read is tried: network drives, sync tools and virus scanners refuse one for a moment.
const TRIES: usize = 3;

/// What is stored of an assessment.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The state.
    pub assessment: Assessment,
    /// When its last change was made, as its author's clock had it.
    pub changed: Option<DateTime<Utc>>,
    /// What its user should know.
    pub notices: Vec<Notice>,
    pub(super) found: Found,
    pub(super) records: History,
}

impl Reading {
    /// Returns what was done to it, as far as the journal can be read.
    #[must_use]
    pub fn history(&self) -> domain::history::History {
        story::history(&self.records)
    }

    /// Returns what somebody has edited in `assessment.toml`, where somebody has.
    #[must_use]
    pub fn edits(&self) -> Option<Vec<Change>> {
        self.notices.iter().find_map(|notice| match notice {
            Notice::Edited { changes, .. } => Some(changes.clone()),
            _ => None,
        })
    }
}

/// What the folder holds, for the one who repairs it and goes on writing.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each tells of another thing that was found")]
pub struct Found {
    /// The last changes, which the next one comes after.
    pub heads: Vec<OpId>,
    /// The last change of each session.
    pub reach: Vec<OpId>,
    /// The highest clock.
    pub clock: u64,
    /// Whether no change is missing or unreadable that may have a higher one.
    pub clock_is_known: bool,
    /// How many changes the state lacks.
    pub lost: u64,
    /// The first change of each session whose file is there and can't be read.
    pub unread: Vec<OpId>,
    /// Why the names of the journal's files can't be read, where they can't.
    pub unlisted: Option<String>,
    /// Unfinished ends of journal files that were not set aside yet.
    pub tails: Vec<Tail>,
    /// Every damaged place, also those that no longer matter.
    pub damages: Vec<Notice>,
    /// Whether there is a save file that can't be used.
    pub save_file_is_bad: bool,
    /// Whether the save file holds this very state.
    pub save_file_is_current: bool,
    /// Whether the journal alone gives this state.
    pub journal_is_enough: bool,
    /// Whether the save file was edited by hand: it stays as it is until somebody decides.
    pub edit_waits: bool,
}

/// The unfinished end of a journal file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tail {
    /// The journal file.
    pub file: PathBuf,
    /// Where it starts.
    pub offset: usize,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The name under which it is set aside.
    pub name: String,
}

/// Reads an assessment.
///
/// # Errors
///
/// Fails when the folder isn't there or can't be read, when nothing in it is good enough to start from, and when a
/// newer version wrote it.
pub fn read(folder: &Path) -> Result<Reading, StoreError> {
    read_from(&RealDisk, folder)
}

/// Reads an assessment from a disk.
///
/// # Errors
///
/// As [`read`].
pub fn read_from(disk: &dyn Disk, folder: &Path) -> Result<Reading, StoreError> {
    disk.stamp(folder).map_err(|source| StoreError::Unreadable { path: folder.to_owned(), source })?;
    // The save file first: whatever it has seen is in the journal by then, also while another program writes.
    read_after(disk, folder, &SaveFile::read(disk, folder)?)
}

/// Reads what stands beside a save file that was read before.
pub(super) fn read_after(disk: &dyn Disk, folder: &Path, save_file: &SaveFile) -> Result<Reading, StoreError> {
    let history = History::default();
    let mut journals =
        Journals { disk, folder, history, places: vec![], found: vec![], unfinished: vec![], unlisted: None };
    let unreadable = journals.read_all()?;
    for op in save_file.good().into_iter().flat_map(|saved| &saved.heads) {
        journals.history.expect(*op);
    }
    assemble(journals, unreadable, save_file, folder)
}

/// The save file as it was found.
pub(super) struct SaveFile {
    /// What it holds, or what is wrong with it.
    saved: Result<Saved, String>,
    /// What it says after somebody edited it.
    edited: Option<Saved>,
    /// Whether anything stands there.
    is_there: bool,
}

impl SaveFile {
    /// Returns what it holds, where it is as it was written.
    pub(super) fn good(&self) -> Option<&Saved> {
        self.saved.as_ref().ok()
    }

    /// Reads it, also where it isn't there or can't be used.
    ///
    /// # Errors
    ///
    /// Fails where a newer version wrote it.
    pub(super) fn read(disk: &dyn Disk, folder: &Path) -> Result<Self, StoreError> {
        let file = folder.join(save_file::NAME);
        let bytes = match tried(|| disk.read(&file, save_file::MOST_BYTES)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Self { saved: Err("it is gone".to_owned()), edited: None, is_there: false });
            }
            Err(error) => return Ok(Self { saved: Err(error.to_string()), edited: None, is_there: true }),
        };
        let mut edited = None;
        let saved = match Saved::read(&bytes) {
            Ok(saved) => Ok(saved),
            Err(SaveFileError::Damaged(why)) => Err(why),
            Err(error @ SaveFileError::Edited(_)) => {
                let why = error.to_string();
                if let SaveFileError::Edited(saved) = error {
                    edited = Some(*saved);
                }
                Err(why)
            }
            Err(newer @ SaveFileError::Newer(_)) => return Err(StoreError::Newer { file, why: newer.to_string() }),
        };
        Ok(Self { saved, edited, is_there: true })
    }
}

struct Journals<'a> {
    disk: &'a dyn Disk,
    folder: &'a Path,
    history: History,
    /// Every damaged place, with the change that it touches.
    places: Vec<(OpId, Notice)>,
    found: Vec<Tail>,
    unfinished: Vec<Half>,
    /// Why the names of the files can't be read.
    unlisted: Option<String>,
}

/// A group that isn't whole in its file.
struct Half {
    file: PathBuf,
    group: Unfinished,
    /// What is unfinished where the rest of it stands nowhere.
    tail: Option<Tail>,
    /// What is unfinished where the rest of it stands in another file.
    behind: Option<Tail>,
}

impl Journals<'_> {
    /// Reads all files; returns what couldn't be read at all.
    fn read_all(&mut self) -> Result<Vec<Notice>, StoreError> {
        let journal = self.folder.join(session::FOLDER);
        let mut unreadable = Vec::new();
        let names = match tried(|| self.disk.list(&journal)) {
            Ok(names) => names,
            Err(error) if error.kind() == io::ErrorKind::NotFound => vec![],
            Err(error) => {
                self.unlisted = Some(error.to_string());
                unreadable.push(Notice::Unreadable { file: journal.clone(), why: error.to_string() });
                vec![]
            }
        };
        for name in names.iter().filter(|name| name.strip_suffix(".jsonl").is_some()) {
            let file = journal.join(name);
            match tried(|| self.disk.read(&file, MOST_JOURNAL)) {
                Ok(bytes) => self.read_one(file, name, &bytes)?,
                Err(error) => {
                    if let Some(session) = named_session(name) {
                        self.history.cannot_read(session);
                    }
                    unreadable.push(Notice::Unreadable { file, why: error.to_string() });
                }
            }
        }
        self.join_groups();
        Ok(unreadable)
    }

    fn read_one(&mut self, file: PathBuf, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let newer = |newer: RecordError| StoreError::Newer { file: file.clone(), why: newer.to_string() };
        let Page { entries, damage, tail, unfinished } = journal::read(bytes).map_err(newer)?;
        let session = entries.first().map(|entry| entry.record.op.session).or_else(|| named_session(name));
        for Damage { line, offset, why, counter } in damage {
            // A file that was merged holds several sessions: what is damaged belongs to the line before it.
            let before = entries.iter().rfind(|entry| entry.offset < offset).map(|entry| entry.record.op.session);
            let op = OpId { session: before.or(session).unwrap_or_default(), counter };
            self.history.expect(op);
            self.places.push((op, Notice::Damaged { file: file.clone(), line, offset, why }));
        }
        self.add(&file, entries);
        let tail = tail.and_then(|offset| self.tail(&file, name, offset, bytes));
        match unfinished {
            Some(Unfinished { entries, tail: behind }) => {
                let behind = behind.and_then(|offset| self.tail(&file, name, offset, bytes));
                self.unfinished.push(Half { file, group: Unfinished { entries, tail: None }, tail, behind });
            }
            None => self.found.extend(tail),
        }
        Ok(())
    }

    fn add(&mut self, file: &Path, entries: Vec<Entry>) {
        for entry in entries {
            let (op, offset) = (entry.record.op, entry.offset);
            if !self.history.add(entry.record) {
                let why = format!("another file holds a different change of the name {op}");
                self.places.push((op, Notice::Damaged { file: file.to_owned(), line: 0, offset, why }));
            }
        }
    }

    /// Takes the groups that aren't whole in their file, once all files are read: those of which the rest is there count.
    fn join_groups(&mut self) {
        let halves = std::mem::take(&mut self.unfinished);
        let there: BTreeSet<OpId> =
            halves.iter().flat_map(|half| &half.group.entries).map(|entry| entry.record.op).collect();
        for Half { file, group, tail, behind } in halves {
            let is_whole = group.group().all(|op| there.contains(&op) || self.history.contains(op));
            if is_whole {
                self.add(&file, group.entries);
            }
            self.found.extend(if is_whole { behind } else { tail });
        }
    }

    /// Returns what is torn from a place of a file on; none where it was set aside before.
    fn tail(&self, file: &Path, name: &str, offset: usize, bytes: &[u8]) -> Option<Tail> {
        let bytes = bytes.get(offset..).unwrap_or_default();
        let name = format!("{name}.{offset}.tail");
        let aside = self.folder.join(QUARANTINE).join(&name);
        let is_aside = self.disk.read(&aside, bytes.len() as u64).is_ok_and(|aside| aside == bytes);
        (!is_aside).then(|| Tail { file: file.to_owned(), offset, bytes: bytes.to_owned(), name })
    }
}

fn assemble(
    journals: Journals<'_>,
    unreadable: Vec<Notice>,
    save_file: &SaveFile,
    folder: &Path,
) -> Result<Reading, StoreError> {
    let Journals { disk, mut history, places, found: tails, unlisted, .. } = journals;
    let newer = |unknown| StoreError::Newer {
        file: folder.to_owned(),
        why: format!("it was written by a newer version of ready42 (it knows {unknown})"),
    };
    let mut restored = history.restore(save_file.good()).map_err(newer)?;
    let mut backup = None;
    if save_file.good().is_none() && restored.as_ref().is_none_or(|restored| restored.missing > 0) {
        // The last resort, and not read before: one that has more than the journal replaces an unusable save file.
        backup = backups::newest(disk, folder);
        let saved = backup.as_ref().map(|(_, saved)| saved);
        saved.into_iter().flat_map(|saved| &saved.heads).for_each(|op| history.expect(*op));
        restored = history.restore(saved).map_err(newer)?;
    }
    let Some(restored) = restored else {
        return Err(nothing_good(folder, save_file, places, unreadable));
    };
    let heads = history.heads();
    let mut notices = what_is_missing(&places, &unreadable, backup.as_ref(), &restored);
    let journal_is_enough = notices.is_empty();
    let saved_now = save_file.good().filter(|saved| same(&saved.heads, &heads));
    let save_file_is_current = saved_now.is_some_and(|saved| restored.assessment.has_values_of(&saved.assessment));
    let why = match &save_file.saved {
        Err(why) => Some(why.clone()),
        Ok(_) if saved_now.is_some() && !save_file_is_current => {
            Some("it says something else than the journal".to_owned())
        }
        Ok(_) => None,
    };
    let file = folder.join(save_file::NAME);
    let edited = save_file.edited.as_ref().filter(|_| journal_is_enough);
    let changes = edited.map(|edited| edits(&history, edited, &restored.assessment)).unwrap_or_default();
    let edit_waits = !changes.is_empty();
    let save_file_is_bad = save_file.is_there && why.is_some() && !edit_waits;
    if edit_waits {
        notices.push(Notice::Edited { file, changes });
    } else {
        notices.extend(why.map(|why| Notice::SaveFile { file, why }));
    }
    notices.extend(set_side_by_side(&restored, save_file.good()));
    let saved = save_file.good().or(backup.as_ref().map(|(_, saved)| saved));
    let found = Found {
        reach: history.reach(),
        lost: restored.lost + restored.missing + unreadable.len() as u64,
        unread: history.unread(),
        unlisted,
        clock: history.clock().max(saved.map_or(0, |saved| saved.clock)),
        clock_is_known: unreadable.is_empty() && restored.missing == 0,
        tails,
        damages: places.into_iter().map(|(_, notice)| notice).chain(unreadable).collect(),
        save_file_is_bad,
        save_file_is_current,
        journal_is_enough,
        edit_waits,
        heads,
    };
    let changed = history.changed().max(saved.and_then(|saved| saved.changed));
    Ok(Reading { assessment: restored.assessment, changed, notices, found, records: history })
}

/// Returns what values that were set side by side came to, where somebody should know: what is open, and what was joined
/// since the save file was written, which is told once.
fn set_side_by_side(restored: &Restored, saved: Option<&Saved>) -> impl Iterator<Item = Notice> {
    let conflicts = restored.assessment.conflicts().to_vec();
    let note = |assessment: &Assessment, id: &QuestionId| assessment.response(id).map(|response| response.note.clone());
    let is_new =
        |id: &&QuestionId| saved.is_none_or(|saved| note(&saved.assessment, id) != note(&restored.assessment, id));
    let questions: Vec<QuestionId> = restored.joined.iter().filter(is_new).cloned().collect();
    let conflicts = (!conflicts.is_empty()).then_some(Notice::Conflicts { conflicts });
    conflicts.into_iter().chain((!questions.is_empty()).then_some(Notice::Joined { questions }))
}

/// Returns what the state lacks, and what stood in for it.
fn what_is_missing(
    places: &[(OpId, Notice)],
    unreadable: &[Notice],
    backup: Option<&(PathBuf, Saved)>,
    restored: &Restored,
) -> Vec<Notice> {
    let mut notices: Vec<Notice> =
        places.iter().filter(|(op, _)| !includes(&restored.seen, *op)).map(|(_, notice)| notice.clone()).collect();
    notices.extend(unreadable.iter().cloned());
    match backup {
        Some((file, saved)) if restored.from_save_file > 0 => {
            notices.push(Notice::FromBackup { file: file.clone(), changed: saved.changed });
        }
        _ if restored.from_save_file > 0 => {
            notices.push(Notice::TakenFromSaveFile { changes: restored.from_save_file });
        }
        _ => {}
    }
    if restored.missing > 0 {
        notices.push(Notice::Lost { changes: restored.missing });
    }
    notices
}

/// Returns what somebody has edited in the save file, as changes of the state that there is now.
///
/// They are found against the state that the file was written from: what was recorded after it stays as it is. Nothing
/// counts as an edit where that state can't be told, or where the file speaks of another questionnaire.
fn edits(history: &History, edited: &Saved, now: &Assessment) -> Vec<Change> {
    if edited.heads.is_empty() || edited.assessment.questionnaire() != now.questionnaire() {
        return vec![];
    }
    let Ok(Some(before)) = history.until(&edited.heads).restore(None) else { return vec![] };
    if before.missing > 0 {
        return vec![];
    }
    let mut reached = now.clone();
    let mut changes = vec![];
    for change in difference(&before.assessment, &edited.assessment) {
        let change = change.from_now(&reached);
        if !change.is_idle(&reached) {
            reached.apply(&change);
            changes.push(change);
        }
    }
    changes
}

fn nothing_good(
    folder: &Path,
    save_file: &SaveFile,
    places: Vec<(OpId, Notice)>,
    unreadable: Vec<Notice>,
) -> StoreError {
    let save_file = save_file.saved.as_ref().err().map(|why| format!("{}: {why}", save_file::NAME));
    let rest = places.into_iter().map(|(_, notice)| notice).chain(unreadable);
    let mut whys: Vec<String> = save_file.into_iter().chain(rest.map(|notice| notice.to_string())).collect();
    let more = whys.len().saturating_sub(3);
    whys.truncate(3);
    if more > 0 {
        whys.push(format!("and {more} more"));
    }
    if whys.len() == 1 {
        whys.push("the journal has no start".to_owned());
    }
    StoreError::Damaged { folder: folder.to_owned(), why: whys.join("; ") }
}

/// Returns what reading comes to in the end. What isn't there is not looked for again.
fn tried<T>(mut read: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    let mut outcome = read();
    for _ in 1..TRIES {
        match &outcome {
            Err(error) if error.kind() != io::ErrorKind::NotFound => outcome = read(),
            _ => break,
        }
    }
    outcome
}

fn named_session(name: &str) -> Option<Ulid> {
    Ulid::from_string(name.get(..26)?).ok()
}

fn same(one: &[OpId], other: &[OpId]) -> bool {
    one.len() == other.len() && one.iter().all(|op| other.contains(op))
}
