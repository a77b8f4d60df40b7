//! Controls that must fail: a store without its digest, without its look at the file, without its lock. Where one of
//! them passed, the tests of that protection would see nothing. (Without syncs: `faults.rs` and `storm.rs`.)

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Desk, answer, meta};
use crate::domain::assessment::Assessment;
use crate::storage::digest::sha256;
use crate::storage::disk::memory::MemoryDisk;
use crate::storage::disk::{Disk, DiskFile, Lock, Stamp};
use crate::storage::error::StoreError;
use crate::storage::reading;
use crate::storage::store::Store;

/// A protection that is taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Without {
    Digest,
    Look,
    Lock,
}

/// A disk that takes a protection away from who uses it.
#[derive(Clone)]
struct Careless {
    disk: MemoryDisk,
    without: Without,
    appended: Arc<AtomicU64>,
}

struct CarelessFile {
    file: Box<dyn DiskFile>,
    disk: Careless,
}

struct NoLock;

impl Lock for NoLock {}

impl Careless {
    fn new(desk: &Desk, without: Without) -> Self {
        Self { disk: desk.disk.clone(), without, appended: Arc::default() }
    }

    /// What a look sees that sees nothing: always the same file, as long as it was left.
    fn blind(&self) -> Stamp {
        Stamp { device: 1, inode: 1, names: 1, size: self.appended.load(Ordering::Relaxed) }
    }
}

impl DiskFile for CarelessFile {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.disk.appended.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        self.file.append(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.sync()
    }

    fn stamp(&self) -> io::Result<Stamp> {
        if self.disk.without == Without::Look { Ok(self.disk.blind()) } else { self.file.stamp() }
    }
}

impl Disk for Careless {
    fn chance(&self) -> u128 {
        self.disk.chance()
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.disk.create_folder(path)
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(CarelessFile { file: self.disk.create_new(path)?, disk: self.clone() }))
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let bytes = self.disk.read(path, most)?;
        Ok(if self.without == Without::Digest { with_a_right_digest(bytes) } else { bytes })
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.disk.list(folder)
    }

    fn stamp(&self, path: &Path) -> io::Result<Stamp> {
        let is_session = path.extension().is_some_and(|ending| ending == "jsonl");
        if self.without == Without::Look && is_session { Ok(self.blind()) } else { self.disk.stamp(path) }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.disk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.disk.remove(path)
    }

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        self.disk.sync_file(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.disk.sync_folder(path)
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Lock>>> {
        if self.without == Without::Lock { Ok(Some(Box::new(NoLock))) } else { self.disk.lock(path) }
    }
}

/// Gives a save file or a journal the checksums that its bytes have now, whatever they are.
fn with_a_right_digest(bytes: Vec<u8>) -> Vec<u8> {
    let Ok(text) = String::from_utf8(bytes.clone()) else { return bytes };
    if let Some((body, end)) = text.rsplit_once("\n# end ") {
        let body = format!("{body}\n");
        let answers = end.split(' ').next().unwrap_or_default();
        return format!("{body}# end {answers} sha256={}\n", sha256(body.as_bytes(), 32)).into_bytes();
    }
    let lines = text.lines().map(|line| match line.splitn(3, ' ').nth(2) {
        Some(json) => format!("{:08x} {} {json}\n", crc32c::crc32c(json.as_bytes()), json.len()),
        None => format!("{line}\n"),
    });
    lines.collect::<String>().into_bytes()
}

/// Flips bits all over a file; returns how many flips changed what is read and were not told.
fn unseen_flips(desk: &Desk, disk: &dyn Disk, file: &str, whole: &Assessment) -> usize {
    let size = desk.disk.read(file.as_ref(), 1 << 20).unwrap().len();
    let flips = (0..size).step_by(3).map(|at| {
        desk.disk.edit(file, |bytes| bytes[at] ^= 1);
        let unseen = reading::read_from(disk, &desk.folder).is_ok_and(|read| {
            read.assessment != *whole && read.found.damages.is_empty() && read.found.tails.is_empty()
        });
        desk.disk.edit(file, |bytes| bytes[at] ^= 1);
        usize::from(unseen)
    });
    flips.sum()
}

#[test]
fn without_digests_flipped_bits_pass_unseen() {
    for part in ["assessment.toml", "journal"] {
        let desk = Desk::new();
        let whole = desk.answer(50, 0..8);
        let other = if part == "journal" { "assessment.toml" } else { "journal" };
        let file = match part {
            "journal" => desk.journals().pop().unwrap(),
            name => desk.path(name),
        };
        desk.disk.take_away(&desk.path(other));
        assert_eq!(unseen_flips(&desk, &desk.disk.clone(), &file, &whole), 0, "{part}");
        let unseen = unseen_flips(&desk, &Careless::new(&desk, Without::Digest), &file, &whole);
        println!("control, no digest: {unseen} flips of {part} pass unseen, as they must");
        assert!(unseen > 0, "{part}: no flip passed");
    }
}

/// Answers on a disk, takes the journal away, answers again; returns whether all of it is there.
fn is_there_after_the_journal_was_taken_away(desk: &Desk, disk: Box<dyn Disk>) -> bool {
    let mut store = Store::open_on(disk, &desk.folder, &meta(100)).unwrap().store;
    store.record(&answer(store.assessment(), 1), &meta(100)).unwrap();
    desk.disk.take_away(&desk.path("journal"));
    store.record(&answer(store.assessment(), 2), &meta(101)).unwrap();
    desk.read().is_ok_and(|read| read.assessment == *store.assessment())
}

#[test]
fn without_a_look_at_the_file_answers_are_called_saved_that_are_nowhere() {
    let desk = Desk::new();
    assert!(is_there_after_the_journal_was_taken_away(&desk, Box::new(desk.disk.clone())));
    let desk = Desk::new();
    assert!(!is_there_after_the_journal_was_taken_away(&desk, Box::new(Careless::new(&desk, Without::Look))));
}

#[test]
fn without_a_lock_a_second_writer_is_not_told() {
    let desk = Desk::new();
    let is_told = |disk: &dyn Fn() -> Box<dyn Disk>| {
        let _first = Store::open_on(disk(), &desk.folder, &meta(100)).unwrap();
        matches!(Store::open_on(disk(), &desk.folder, &meta(101)), Err(StoreError::InUse { .. }))
    };
    assert!(is_told(&|| Box::new(desk.disk.clone())));
    assert!(!is_told(&|| Box::new(Careless::new(&desk, Without::Lock))));
}
