//! Files that were cut, flipped, emptied, edited or taken away.

use super::{Desk, answer, meta, note, without_reasons};
use crate::domain::assessment::{Answer, Assessment};
use crate::domain::change::Change;
use crate::domain::level::Level;
use crate::storage::disk::Disk;
use crate::storage::disk::memory::Fault;
use crate::storage::error::{Kind, StoreError};
use crate::storage::notice::Notice;
use crate::storage::record::tests::any_change;

/// An assessment with three sessions behind it; the last ended without a save file when `behind`.
fn desk(behind: Option<usize>) -> (Desk, Assessment) {
    let desk = Desk::new();
    desk.answer(10, 0..8);
    let mut whole = desk.answer(20, 4..12);
    if let Some(changes) = behind {
        let mut store = desk.open(30).unwrap().store;
        for n in 0..changes {
            store.record(&note(store.assessment(), n), &meta(30)).unwrap();
        }
        whole = store.assessment().clone();
    }
    (desk, whole)
}

/// Opens for writing and checks that the repair keeps the state, is told once, and leaves a whole assessment.
fn check_repair(desk: &Desk, what: &str) {
    let read = desk.read().unwrap();
    let opened = desk.open(100).unwrap();
    assert_eq!(opened.store.assessment(), &read.assessment, "{what}");
    assert!(read.notices.iter().all(|notice| opened.notices.contains(notice)), "{what}");
    drop(opened);
    let again = desk.open(101).unwrap();
    assert_eq!((again.store.assessment(), &again.notices), (&read.assessment, &vec![]), "{what}");
}

#[test]
fn a_journal_cut_at_any_byte_costs_nothing_that_the_save_file_has() {
    let (pristine, whole) = desk(None);
    for file in pristine.journals() {
        let size = pristine.disk.read(file.as_ref(), 1 << 20).unwrap().len();
        for cut in (0..size).step_by(3) {
            let (desk, _) = desk(None);
            let file = &desk.journals()[pristine.journals().iter().position(|name| *name == file).unwrap()];
            desk.disk.edit(file, |bytes| bytes.truncate(cut));
            let read = desk.read().unwrap();
            assert_eq!(read.assessment, whole, "{file} cut at {cut}");
            assert!(!read.notices.is_empty(), "{file} cut at {cut} was not told");
            if cut % 30 == 0 {
                check_repair(&desk, &format!("{file} cut at {cut}"));
            }
        }
    }
}

#[test]
fn every_flip_in_a_journal_is_told_or_harmless_and_what_is_lost_is_called_lost() {
    let (desk, whole) = desk(Some(10));
    let mut flips = 0;
    for file in desk.journals() {
        let size = desk.disk.read(file.as_ref(), 1 << 20).unwrap().len();
        for at in (0..size).step_by(3) {
            for bit in 0..8 {
                let what = format!("{file} byte {at} bit {bit}");
                desk.disk.edit(&file, |bytes| bytes[at] ^= 1 << bit);
                let read = desk.read().unwrap_or_else(|error| panic!("{what}: {error}"));
                // Nobody has seen the end of the last file yet: a torn end there can't be told from an interrupted one.
                let told = read.notices.iter().any(Notice::is_loss) || !read.found.tails.is_empty();
                assert!(read.assessment == whole || told, "{what}: another state, and nothing was said");
                assert!(!read.found.damages.is_empty() || !read.found.tails.is_empty(), "{what} passed");
                desk.disk.edit(&file, |bytes| bytes[at] ^= 1 << bit);
                flips += 1;
            }
        }
    }
    assert!(flips >= 10_000, "{flips}");
    assert_eq!(desk.read().unwrap().notices, []);
}

#[test]
fn a_damaged_line_that_only_the_journal_had_costs_that_line_and_comes_back_with_the_file() {
    let (desk, whole) = desk(Some(10));
    let file = desk.journals().pop().unwrap();
    let mut copy = vec![];
    desk.disk.edit(&file, |bytes| {
        copy.clone_from(bytes);
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
    });
    let read = desk.read().unwrap();
    assert!(read.notices.contains(&Notice::Lost { changes: 1 }), "{:?}", read.notices);
    let differences = whole.responses().filter(|(id, response)| read.assessment.response(id) != Some(response)).count();
    assert_eq!(differences, 1);
    check_repair(&desk, "a flipped bit");
    // The user finds a copy of the damaged file.
    desk.disk.edit(&file, |bytes| bytes.clone_from(&copy));
    let opened = desk.open(200).unwrap();
    assert_eq!(opened.store.assessment(), &whole);
    assert!(matches!(opened.notices.as_slice(), [Notice::SaveFile { .. }]), "it lacks what came back");
    drop(opened);
    assert_eq!(desk.read().unwrap().notices, []);
}

#[test]
fn the_save_file_alone_is_enough_and_so_is_the_journal() {
    for part in ["journal", "assessment.toml"] {
        let (desk, whole) = desk(None);
        desk.disk.take_away(&desk.path(part));
        let read = desk.read().unwrap();
        assert_eq!(read.assessment, whole);
        assert_eq!(read.notices.len(), 1, "{part}: {:?}", read.notices);
        check_repair(&desk, part);
        // After the repair either will do again.
        for part in ["journal", "assessment.toml"] {
            let (desk, whole) = super::damage::desk(None);
            desk.disk.take_away(&desk.path(part));
            drop(desk.open(100).unwrap());
            let other = if part == "journal" { "assessment.toml" } else { "journal" };
            desk.disk.take_away(&desk.path(other));
            assert_eq!(desk.read().unwrap().assessment, whole);
        }
    }
}

#[test]
fn with_nothing_left_the_assessment_is_damaged_and_never_empty() {
    for (journal, save_file) in [("", ""), ("\0\0\0\n", "name = \"x\"\n")] {
        let (desk, _) = desk(None);
        for file in desk.journals() {
            desk.disk.edit(&file, |bytes| *bytes = journal.as_bytes().to_vec());
        }
        desk.disk.edit(&desk.path("assessment.toml"), |bytes| *bytes = save_file.as_bytes().to_vec());
        desk.disk.take_away(&desk.path("backups"));
        for error in [desk.read().unwrap_err(), desk.open(100).map(|_| ()).unwrap_err()] {
            assert!(matches!(error, StoreError::Damaged { .. }));
            assert_eq!(error.kind(), Kind::Damaged);
        }
        assert!(!desk.journals().is_empty());
    }
}

#[test]
fn a_save_file_that_was_edited_or_damaged_is_kept_aside_and_written_anew() {
    for edit in [
        |text: String| text.replace("level = ", "level = 9 # "),
        |_| String::new(),
        |text: String| format!("<<<<<<< ours\n{text}=======\n>>>>>>> theirs\n"),
        |text: String| "\0".repeat(text.len()),
    ] {
        let (desk, whole) = desk(None);
        desk.disk.edit(&desk.path("assessment.toml"), |bytes| {
            *bytes = edit(String::from_utf8(bytes.clone()).unwrap()).into_bytes();
        });
        assert_eq!(desk.read().unwrap().assessment, whole);
        let opened = desk.open(100).unwrap();
        assert!(matches!(opened.notices.as_slice(), [Notice::SaveFile { .. }]), "{:?}", opened.notices);
        drop(opened);
        assert_eq!(desk.open(101).unwrap().notices, []);
        assert_eq!(desk.disk.list(&desk.folder.join("quarantine")).unwrap().len(), 1);
    }
}

#[test]
fn with_journal_and_save_file_gone_the_newest_whole_backup_is_opened_and_said_loudly() {
    let (desk, whole) = desk(None);
    desk.disk.take_away(&desk.path("journal"));
    desk.disk.edit(&desk.path("assessment.toml"), |bytes| bytes.truncate(40));
    let backups = desk.disk.list(&desk.folder.join("backups")).unwrap();
    assert!(backups.len() >= 3, "{backups:?}");
    let read = desk.read().unwrap();
    assert_eq!(read.assessment, whole);
    assert!(read.notices.iter().any(|notice| matches!(notice, Notice::FromBackup { .. })), "{:?}", read.notices);
    // The newest one is torn: the one before it is used, and nobody is told that all is well.
    desk.disk.edit(&desk.path(&format!("backups/{}", backups.last().unwrap())), |bytes| bytes.truncate(100));
    let read = desk.read().unwrap();
    assert_ne!(read.assessment, whole);
    assert!(read.notices.iter().any(Notice::is_loss));
    check_repair(&desk, "a backup");
}

#[test]
fn a_backup_fills_what_a_damaged_journal_lacks_where_the_save_file_is_unusable() {
    let (desk, whole) = desk(None);
    let file = &desk.journals()[1];
    desk.disk.edit(file, |bytes| bytes[30] ^= 1);
    desk.disk.edit(&desk.path("assessment.toml"), |bytes| *bytes = b"\0\0".to_vec());
    assert_eq!(desk.read().unwrap().assessment, whole);
    check_repair(&desk, "a damaged journal without a save file");
}

#[test]
fn an_edit_by_hand_is_told_waits_and_is_recorded_on_request() {
    let (desk, whole) = desk(None);
    let (question, response) = whole.responses().find(|(_, r)| r.claimed() != Some(Level::AdHoc)).unwrap();
    let level = response.claimed().unwrap().number();
    let edit = |text: String| {
        let (before, after) = text.split_once(&format!("question = \"{question}\"\n")).unwrap();
        let after = after.replacen(&format!("level = {level}"), "level = 1", 1);
        format!("{before}question = \"{question}\"\n{after}")
    };
    desk.disk.edit(&desk.path("assessment.toml"), |bytes| {
        *bytes = edit(String::from_utf8(bytes.clone()).unwrap()).into_bytes();
    });
    let edited = Change::answer(&whole, question, Some(Answer::Level(Level::AdHoc)));
    let read = desk.read().unwrap();
    assert_eq!((read.edits(), &read.assessment), (Some(vec![edited.clone()]), &whole));
    let kept = desk.disk.read(desk.path("assessment.toml").as_ref(), 1 << 20).unwrap();

    // Work goes on: the edit waits, and what is recorded meanwhile stays.
    let mut store = desk.open(100).unwrap().store;
    let other = note(store.assessment(), 30);
    store.record(&other, &meta(100)).unwrap();
    store.write_save_file().unwrap();
    assert_eq!(desk.disk.read(desk.path("assessment.toml").as_ref(), 1 << 20).unwrap(), kept);
    drop(store);
    assert_eq!(desk.read().unwrap().edits(), Some(vec![edited.clone()]));

    let mut store = desk.open(200).unwrap().store;
    store.record(&edited, &meta(200)).unwrap();
    store.settle_edit().unwrap();
    drop(store);
    let read = desk.read().unwrap();
    assert_eq!(read.notices, []);
    assert_eq!(read.assessment.answer(question), Some(&Answer::Level(Level::AdHoc)));
    assert!(read.assessment.responses().any(|(_, response)| response.note == "note 30"));
    assert_eq!(desk.disk.list(&desk.folder.join("quarantine")).unwrap().len(), 1);
}

#[test]
fn a_save_file_in_which_only_the_layout_was_edited_is_written_anew() {
    let (desk, whole) = desk(None);
    desk.disk.edit(&desk.path("assessment.toml"), |bytes| {
        let text = String::from_utf8(bytes.clone()).unwrap();
        *bytes = text.replace("level = ", "level  =  ").into_bytes();
    });
    assert_eq!(desk.read().unwrap().edits(), None);
    check_repair(&desk, "another layout");
    assert_eq!(desk.read().unwrap().assessment, whole);
}

#[test]
fn a_session_that_is_there_twice_counts_once() {
    let (desk, whole) = desk(Some(3));
    for file in desk.journals() {
        let bytes = desk.disk.read(file.as_ref(), 1 << 20).unwrap();
        let copy = file.replace(".jsonl", " (Zoë's conflicted copy 2027-03-01).jsonl");
        desk.disk.create_new(copy.as_ref()).unwrap().append(&bytes).unwrap();
        let copy = file.replace(".jsonl", ".sync-conflict-20270301-101500-ABCDEFG.jsonl");
        desk.disk.create_new(copy.as_ref()).unwrap().append(&bytes).unwrap();
    }
    let read = desk.read().unwrap();
    assert_eq!((read.assessment, read.notices), (whole, vec![]));
}

#[test]
fn a_newer_version_is_named_and_nothing_is_written() {
    let (desk, _) = desk(None);
    let file = desk.journals().pop().unwrap();
    desk.disk.edit(&file, |bytes| {
        let json = r#"{"version":2,"wonder":true}"#;
        bytes.extend(format!("{:08x} {} {json}\n", crc32c::crc32c(json.as_bytes()), json.len()).into_bytes());
    });
    let error = desk.open(100).map(|_| ()).unwrap_err();
    assert!(error.to_string().contains("newer version"), "{error}");
    assert!(matches!(desk.read(), Err(StoreError::Newer { .. })));
}

#[test]
fn a_clock_that_goes_back_changes_no_order() {
    let desk = Desk::new();
    let late = desk.answer(1_000_000, 0..5);
    let mut store = desk.open(-1_000_000).unwrap().store;
    store.record(&answer(&late, 45), &meta(-1_000_000)).unwrap();
    store.record(&answer(store.assessment(), 1), &meta(-1_000_000)).unwrap();
    assert_eq!(desk.read().unwrap().assessment, *store.assessment());
}

#[test]
fn a_repair_that_is_killed_anywhere_is_repeated_with_the_same_end() {
    let broken = || {
        let (desk, whole) = desk(None);
        let files = desk.journals();
        desk.disk.edit(&files[0], |bytes| bytes[20] ^= 1);
        desk.disk.edit(&files[2], |bytes| bytes.extend(b"torn"));
        (desk, whole)
    };
    for n in 0.. {
        let (desk, whole) = broken();
        let start = desk.disk.calls();
        desk.disk.plan(n, Fault::Kill);
        drop(desk.open(100));
        let calls = desk.disk.calls() - start;
        desk.disk.power_cut(n as u64);
        assert_eq!(desk.read().unwrap().assessment, whole, "killed at {n}");
        drop(desk.open(101).unwrap());
        let opened = desk.open(102).unwrap();
        assert_eq!((opened.store.assessment(), opened.notices), (&whole, vec![]), "killed at {n}");
        if n > calls {
            assert!(n > 15, "a repair of {n} calls is no test");
            return;
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_is_recorded_is_read_back_from_either_place(
        sessions in proptest::collection::vec(proptest::collection::vec(any_change(), 0..6), 0..5),
    ) {
        let desk = Desk::new();
        let mut expected = desk.read().unwrap().assessment;
        for (seconds, changes) in (10..).zip(&sessions) {
            let mut store = desk.open(seconds).unwrap().store;
            store.record_all(&without_reasons(changes), &meta(seconds)).unwrap();
            for change in changes {
                expected.apply(change);
            }
            store.write_save_file().unwrap();
        }
        let read = desk.read().unwrap();
        proptest::prop_assert_eq!((&read.assessment, read.notices), (&expected, vec![]));
        desk.disk.take_away(&desk.path("journal"));
        proptest::prop_assert_eq!(&desk.read().unwrap().assessment, &expected);
    }
}
