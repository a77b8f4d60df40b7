//! What the store promises, tried on a disk that fails, dies and loses power.

mod controls;
mod damage;
mod faults;
mod folders;
mod merges;
mod released;
mod storm;
mod unread;

use std::path::PathBuf;

use chrono::DateTime;

use crate::domain::assessment::{Answer, Assessment, Depth, QuestionnaireRef, Seed};
use crate::domain::change::Change;
use crate::domain::id::QuestionId;
use crate::domain::level::Level;
use crate::storage::catalog;
use crate::storage::disk::memory::MemoryDisk;
use crate::storage::error::StoreError;
use crate::storage::reading::{self, Reading};
use crate::storage::record::Meta;
use crate::storage::store::Birth;
use crate::storage::store::{Opened, Store};

/// A day in 2027, and so many seconds later.
fn meta(seconds: i64) -> Meta {
    let at = DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap();
    Meta { at, author: "Zoë".to_owned(), because: None }
}

fn empty(name: &str) -> Assessment {
    let questionnaire = QuestionnaireRef { id: "iso42001".to_owned(), version: "1.0.0".to_owned() };
    Assessment::new(name, questionnaire, Depth::Full, Seed(7))
}

/// The change that answers the n-th question of forty with a level that depends on n.
fn answer(assessment: &Assessment, n: usize) -> Change {
    let question = QuestionId::new(format!("q{}", n % 40));
    let level = Level::ALL[(n * 7 + n / 40) % 6];
    Change::answer(assessment, &question, Some(Answer::Level(level)))
}

fn note(assessment: &Assessment, n: usize) -> Change {
    Change::note(assessment, &QuestionId::new(format!("q{}", n % 40)), format!("note {n}"))
}

/// An assessment on a disk in memory.
struct Desk {
    disk: MemoryDisk,
    folder: PathBuf,
}

impl Desk {
    fn new() -> Self {
        let disk = MemoryDisk::new(&["/a"]);
        let opened = create(&disk, &empty("acme")).unwrap();
        Self { disk, folder: opened.store.folder().to_owned() }
    }

    fn open(&self, seconds: i64) -> Result<Opened, StoreError> {
        Store::open_on(Box::new(self.disk.clone()), &self.folder, &meta(seconds))
    }

    fn read(&self) -> Result<Reading, StoreError> {
        reading::read_from(&self.disk, &self.folder)
    }

    /// Answers in a session of its own, which ends well.
    fn answer(&self, seconds: i64, questions: std::ops::Range<usize>) -> Assessment {
        let mut store = self.open(seconds).unwrap().store;
        for n in questions {
            store.record(&answer(store.assessment(), n), &meta(seconds)).unwrap();
        }
        store.write_save_file().unwrap();
        store.assessment().clone()
    }

    fn path(&self, rest: &str) -> String {
        self.folder.join(rest).to_str().unwrap().to_owned()
    }

    /// The paths of the journal's files, oldest first.
    fn journals(&self) -> Vec<String> {
        use crate::storage::disk::Disk;
        let names = self.disk.list(&self.folder.join("journal")).unwrap();
        names.iter().map(|name| self.path(&format!("journal/{name}"))).collect()
    }
}

fn create(disk: &MemoryDisk, assessment: &Assessment) -> Result<Opened, StoreError> {
    let disk = disk.clone();
    catalog::create_on(&move || Box::new(disk.clone()), "/a".as_ref(), &Birth::of(assessment), &meta(0))
}

/// Returns the changes as [`Store::record_all`] takes them.
fn without_reasons(changes: &[Change]) -> Vec<(Change, Option<String>)> {
    changes.iter().map(|change| (change.clone(), None)).collect()
}
