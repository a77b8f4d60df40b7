//! Crashes, power cuts and errors at every call.

use std::io::ErrorKind;

use super::{Desk, answer, create, empty, meta, note, without_reasons};
use crate::domain::assessment::Assessment;
use crate::domain::change::Change;
use crate::domain::id::QuestionId;
use crate::storage::disk::Disk;
use crate::storage::disk::memory::{Fault, Lie, MemoryDisk};
use crate::storage::error::{Kind, StoreError};
use crate::storage::notice::Notice;
use crate::storage::reading;

/// What a session did before it ended: the state with all that was called saved, and the state with what was tried.
struct Done {
    saved: Assessment,
    tried: Option<Assessment>,
}

/// A session that answers, writes the save file in between, and records a group.
fn session(desk: &Desk, before: &Assessment) -> Done {
    let mut done = Done { saved: before.clone(), tried: None };
    let Ok(opened) = desk.open(100) else { return done };
    let mut store = opened.store;
    for n in 0..6 {
        let changes = if n == 3 {
            (10..14).map(|n| note(store.assessment(), n)).collect()
        } else {
            vec![answer(store.assessment(), n)]
        };
        let recorded = match changes.as_slice() {
            [change] => store.record(change, &meta(100)).is_ok(),
            changes => store.record_all(&without_reasons(changes), &meta(100)).is_ok(),
        };
        if recorded {
            for change in &changes {
                done.saved.apply(change);
            }
            assert_eq!(store.assessment(), &done.saved);
            done.tried = None;
        } else {
            let mut tried = done.saved.clone();
            for change in &changes {
                tried.apply(change);
            }
            // Whatever is tried after it finds no file that takes it.
            done.tried.get_or_insert(tried);
            assert_eq!(store.assessment(), &done.saved, "what is not saved is not in the state");
        }
        if n % 2 == 1 {
            drop(store.write_save_file());
        }
    }
    done
}

/// Looks twice, as a reader and as a writer, and again after the writer's repairs.
fn check(desk: &Desk, done: &Done, what: &str) {
    let read = desk.read().unwrap_or_else(|error| panic!("{what}: {error}"));
    let right = |found: &Assessment| *found == done.saved || Some(found) == done.tried.as_ref();
    assert!(right(&read.assessment), "{what}: a reader finds another state");
    assert!(read.notices.iter().all(|notice| !notice.is_loss()), "{what}: {:?}", read.notices);
    let opened = desk.open(200).unwrap();
    assert_eq!(opened.store.assessment(), &read.assessment, "{what}: the writer finds what the reader found");
    drop(opened);
    let again = desk.open(300).unwrap();
    assert_eq!(again.notices, [], "{what}: what was repaired is not told twice");
    assert_eq!(again.store.assessment(), &read.assessment);
    assert_eq!(desk.disk.misuse(), 0, "{what}: a file was used after its sync had failed");
}

/// Tries a fault at every call of a session; returns how many that were.
fn at_every_call(fault: Fault, after: impl Fn(&MemoryDisk, u64)) -> usize {
    for n in 0.. {
        let desk = Desk::new();
        let before = desk.answer(50, 20..23);
        let start = desk.disk.calls();
        desk.disk.plan(n, fault);
        let done = session(&desk, &before);
        let calls = desk.disk.calls() - start;
        after(&desk.disk, n as u64);
        check(&desk, &done, &format!("{fault:?} at call {n}"));
        if n > calls {
            return n;
        }
    }
    unreachable!()
}

#[test]
fn a_kill_at_any_call_loses_nothing_that_was_called_saved() {
    let calls = at_every_call(Fault::Kill, |disk, _| disk.restart());
    assert!(calls > 40, "a session of {calls} calls is no test");
}

#[test]
fn an_error_at_any_call_loses_nothing_that_was_called_saved() {
    for kind in [ErrorKind::StorageFull, ErrorKind::Other, ErrorKind::PermissionDenied, ErrorKind::NotFound] {
        at_every_call(Fault::Once(kind), |disk, _| disk.restart());
        at_every_call(Fault::From(kind), |disk, _| disk.restart());
    }
}

#[test]
fn a_power_cut_at_any_call_loses_nothing_that_was_called_saved() {
    for chance in 0..40 {
        at_every_call(Fault::Kill, move |disk, n| disk.power_cut(chance * 1009 + n));
    }
}

#[test]
fn without_syncs_a_power_cut_loses_answers_which_shows_that_the_test_can_fail() {
    let lost = (0..40).filter(|chance| {
        let desk = Desk::new();
        let before = desk.answer(50, 20..23);
        desk.disk.lie(Lie::All);
        let done = session(&desk, &before);
        desk.disk.power_cut(*chance);
        desk.read().map_or(true, |read| read.assessment != done.saved)
    });
    assert!(lost.count() > 30);
}

#[test]
fn a_single_error_is_not_even_seen_by_the_one_who_answers() {
    let desk = Desk::new();
    let mut store = desk.open(100).unwrap().store;
    for n in 0..12 {
        desk.disk.plan(n % 5, Fault::Once(ErrorKind::Other));
        store.record(&answer(store.assessment(), n), &meta(100)).unwrap();
    }
}

#[test]
fn on_a_full_disk_the_answer_is_not_called_saved_and_is_once_there_is_room() {
    let desk = Desk::new();
    let mut store = desk.open(100).unwrap().store;
    let change = answer(store.assessment(), 1);
    desk.disk.plan(0, Fault::From(ErrorKind::StorageFull));
    for _ in 0..3 {
        let error = store.record(&change, &meta(100)).unwrap_err();
        assert_eq!(error.kind(), Kind::NotWritten);
    }
    desk.disk.restart();
    store.record(&change, &meta(100)).unwrap();
    assert_eq!(desk.read().unwrap().assessment, *store.assessment());
}

#[test]
fn a_failed_save_file_gates_no_answer() {
    let desk = Desk::new();
    let mut store = desk.open(100).unwrap().store;
    store.record(&answer(store.assessment(), 1), &meta(100)).unwrap();
    desk.disk.plan(0, Fault::From(ErrorKind::StorageFull));
    assert!(store.write_save_file().is_err());
    desk.disk.restart();
    assert_eq!(desk.read().unwrap().assessment, *store.assessment());
}

#[test]
fn a_backup_that_could_not_be_kept_gates_nothing_and_is_told() {
    let desk = Desk::new();
    let mut store = desk.open(100).unwrap().store;
    store.record(&answer(store.assessment(), 1), &meta(100)).unwrap();
    // Something else stands where the backups go.
    desk.disk.take_away(&desk.path("backups"));
    desk.disk.create_new(desk.path("backups").as_ref()).unwrap();
    store.write_save_file().unwrap();
    assert!(store.backup_failure().is_some());
    assert_eq!(desk.read().unwrap().assessment, *store.assessment());
    desk.disk.take_away(&desk.path("backups"));
    store.record(&answer(store.assessment(), 2), &meta(101)).unwrap();
    store.write_save_file().unwrap();
    assert_eq!(store.backup_failure(), None);
}

#[test]
fn a_creation_that_ends_anywhere_leaves_a_whole_assessment_or_none() {
    let (mut none, mut whole) = (0, 0);
    for fault in [Fault::Kill, Fault::Once(ErrorKind::StorageFull), Fault::From(ErrorKind::Other)] {
        for n in 0..60 {
            for power in [false, true] {
                let disk = MemoryDisk::new(&["/a"]);
                let mut assessment = empty("acme");
                (0..5).for_each(|n| assessment.apply(&answer(&assessment.clone(), n)));
                disk.plan(n, fault);
                let created = create(&disk, &assessment).map(|_| ());
                if power {
                    disk.power_cut(n as u64);
                } else {
                    disk.restart();
                }
                let names = disk.list("/a".as_ref()).unwrap();
                let folders: Vec<&String> = names.iter().filter(|name| !name.starts_with('.')).collect();
                for name in &folders {
                    let read = reading::read_from(&disk, format!("/a/{name}").as_ref()).unwrap();
                    assert_eq!((read.assessment, read.notices), (assessment.clone(), vec![]), "{fault:?} at {n}");
                }
                if created.is_ok() {
                    assert_eq!(folders.len(), 1, "{fault:?} at {n}: what was created is gone");
                }
                if folders.is_empty() { none += 1 } else { whole += 1 }
            }
        }
    }
    assert!(none > 50 && whole > 50, "{none} without, {whole} with it");
}

#[test]
fn a_removed_journal_is_noticed_before_the_next_answer_is_called_saved() {
    let desk = Desk::new();
    let mut store = desk.open(100).unwrap().store;
    store.record(&answer(store.assessment(), 1), &meta(100)).unwrap();
    desk.disk.take_away(&desk.path("journal"));
    store.record(&answer(store.assessment(), 2), &meta(101)).unwrap();
    let read = desk.read().unwrap();
    assert_eq!((&read.assessment, &read.notices), (store.assessment(), &vec![]));
    desk.disk.take_away(desk.folder.to_str().unwrap());
    let error = store.record(&answer(store.assessment(), 3), &meta(102)).unwrap_err();
    assert!(matches!(&error, StoreError::NotSaved { .. }) && error.remedy().contains("removed"), "{error}");
    assert!(store.write_save_file().is_err());
}

#[test]
fn a_journal_that_was_replaced_by_an_older_one_loses_nothing() {
    let desk = Desk::new();
    let mut store = desk.open(100).unwrap().store;
    store.record(&answer(store.assessment(), 1), &meta(100)).unwrap();
    let file = desk.journals().pop().unwrap();
    let mut old = vec![];
    desk.disk.edit(&file, |bytes| old.clone_from(bytes));
    store.record(&answer(store.assessment(), 2), &meta(100)).unwrap();
    desk.disk.take_away(&file);
    desk.disk.create_new(file.as_ref()).unwrap().append(&old).unwrap();
    store.record(&answer(store.assessment(), 3), &meta(100)).unwrap();
    assert_eq!(desk.read().unwrap().assessment, *store.assessment());
}

/// A change whose sync fails may stand in the journal all the same, and must not override what comes after it.
#[test]
fn what_could_not_be_saved_never_overrides_what_was() {
    let desk = Desk::new();
    let mut store = desk.open(100).unwrap().store;
    store.record(&answer(store.assessment(), 1), &meta(100)).unwrap();
    // Both tries are written whole, and neither can be synced.
    let unsaved = note(store.assessment(), 1);
    let calls = desk.disk.calls();
    desk.disk.plan(3, Fault::From(ErrorKind::Other));
    assert!(store.record(&unsaved, &meta(101)).is_err());
    assert!(desk.disk.calls() > calls + 3);
    desk.disk.restart();
    let saved = Change::note(store.assessment(), &QuestionId::new("q1"), "the one that counts".to_owned());
    store.record(&saved, &meta(102)).unwrap();
    // Then the session's file is replaced, and all of it is written anew.
    let file = store.session_file().unwrap().to_str().unwrap().to_owned();
    desk.disk.take_away(&file);
    store.record(&answer(store.assessment(), 2), &meta(103)).unwrap();
    let read = desk.read().unwrap();
    assert_eq!((&read.assessment, read.notices), (store.assessment(), vec![]));
}

/// A killed session leaves a change in the system's cache alone; whoever shows it has to make it safe.
#[test]
fn what_a_kill_left_in_the_cache_is_made_safe_before_it_is_built_on() {
    for chance in 0..40 {
        let desk = Desk::new();
        let mut store = desk.open(100).unwrap().store;
        store.record(&answer(store.assessment(), 1), &meta(100)).unwrap();
        // The next is written, and the program dies before its sync.
        desk.disk.plan(3, Fault::Kill);
        assert!(store.record(&answer(store.assessment(), 2), &meta(100)).is_err());
        drop(store);
        desk.disk.restart();
        let mut store = desk.open(200).unwrap().store;
        assert!(store.assessment().answer(&QuestionId::new("q2")).is_some(), "it is in the cache");
        store.record(&answer(store.assessment(), 3), &meta(200)).unwrap();
        let whole = store.assessment().clone();
        drop(store);
        desk.disk.power_cut(chance);
        let read = desk.read().unwrap();
        assert_eq!((&read.assessment, read.notices), (&whole, vec![]));
    }
}

/// An unreadable file may hold any clock, and must not override what was recorded while it couldn't be read.
#[test]
fn what_can_be_read_again_never_overrides_what_was_saved_meanwhile() {
    let desk = Desk::new();
    let mut files = vec![];
    for seconds in [100, 200, 300] {
        let mut store = desk.open(seconds).unwrap().store;
        for n in 0..5 {
            let change = Change::note(store.assessment(), &QuestionId::new("q1"), format!("{seconds} {n}"));
            store.record(&change, &meta(seconds)).unwrap();
        }
        let file = store.session_file().unwrap().to_str().unwrap().to_owned();
        drop(store);
        // The next session finds something else in its place, which can't be read.
        desk.disk.rename(file.as_ref(), format!("{file}.away").as_ref()).unwrap();
        desk.disk.create_folder(file.as_ref()).unwrap();
        files.push(file);
    }
    for file in files {
        desk.disk.remove(file.as_ref()).unwrap();
        desk.disk.rename(format!("{file}.away").as_ref(), file.as_ref()).unwrap();
    }
    let read = desk.read().unwrap();
    // Neither session knew of the others: both texts are kept, and the conflict is told.
    let note = &read.assessment.response(&QuestionId::new("q1")).unwrap().note;
    assert!(["100 4", "200 4", "300 4"].iter().all(|text| note.contains(text)), "{note}");
    assert_eq!(read.assessment.conflicts().len(), 1);
}

#[test]
fn a_second_writer_is_told_and_a_reader_is_not_held_up() {
    let desk = Desk::new();
    let first = desk.open(100).unwrap();
    assert!(matches!(desk.open(101).map(|_| ()), Err(StoreError::InUse { .. })));
    assert!(desk.read().is_ok());
    drop(first);
    assert!(desk.open(102).is_ok());
}

#[test]
fn two_writers_without_a_lock_lose_nothing() {
    let desk = Desk::new();
    let mut one = desk.open(100).unwrap().store;
    desk.disk.take_away(&desk.path("lock"));
    let mut other = desk.open(101).unwrap().store;
    for n in 0..5 {
        one.record(&answer(one.assessment(), n), &meta(100)).unwrap();
        other.record(&answer(other.assessment(), n + 20), &meta(100)).unwrap();
    }
    one.write_save_file().unwrap();
    other.write_save_file().unwrap();
    let read = desk.read().unwrap();
    assert_eq!((read.assessment.responses().len(), read.notices), (10, vec![]));
}

#[test]
fn an_unfinished_end_is_set_aside_once_and_the_journal_is_never_cut() {
    let desk = Desk::new();
    let before = desk.answer(50, 0..3);
    let file = desk.journals().pop().unwrap();
    let mut torn = vec![];
    desk.disk.edit(&file, |bytes| {
        bytes.extend(b"0123abcd 500 {\"version\":1,\"op");
        torn.clone_from(bytes);
    });
    let opened = desk.open(100).unwrap();
    assert!(matches!(opened.notices.as_slice(), [Notice::Unfinished { .. }]));
    drop(opened);
    let opened = desk.open(101).unwrap();
    assert_eq!((opened.notices, opened.store.assessment()), (vec![], &before));
    assert_eq!(desk.disk.read(file.as_ref(), 1 << 20).unwrap(), torn);
    assert_eq!(desk.disk.list(&desk.folder.join("quarantine")).unwrap().len(), 1);
}
