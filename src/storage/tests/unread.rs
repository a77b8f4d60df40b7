//! A part of the journal that can't be read for a while, and can again: nothing of it is lost, and what was answered
//! meanwhile counts.

use std::io::ErrorKind;
use std::path::Path;

use super::{Desk, answer, meta};
use crate::domain::assessment::{Answer, Assessment};
use crate::domain::change::Change;
use crate::domain::id::QuestionId;
use crate::domain::level::Level;
use crate::storage::disk::Disk;
use crate::storage::disk::memory::Fault;
use crate::storage::error::StoreError;
use crate::storage::notice::Notice;
use crate::storage::record::Meta;
use crate::storage::store::Store;

/// Puts something else in the place of a file, which can't be read.
pub(super) fn hide(desk: &Desk, file: &str) {
    desk.disk.rename(file.as_ref(), format!("{file}.away").as_ref()).unwrap();
    desk.disk.create_folder(file.as_ref()).unwrap();
}

pub(super) fn show(desk: &Desk, file: &str) {
    desk.disk.remove(file.as_ref()).unwrap();
    desk.disk.rename(format!("{file}.away").as_ref(), file.as_ref()).unwrap();
}

fn level(assessment: &Assessment, question: &str, level: Level) -> Change {
    Change::answer(assessment, &QuestionId::new(question), Some(Answer::Level(level)))
}

/// Answers a question in a session of its own; returns its file.
fn one_answer(desk: &Desk, meta: &Meta, question: &str, given: Level) -> String {
    let mut store = desk.open_as(meta);
    store.record(&level(store.assessment(), question, given), meta).unwrap();
    store.session_file().unwrap().to_str().unwrap().to_owned()
}

impl Desk {
    fn open_as(&self, meta: &Meta) -> Store {
        Store::open_on(Box::new(self.disk.clone()), &self.folder, meta).unwrap().store
    }
}

fn found(desk: &Desk, question: &str) -> Option<Level> {
    desk.read().unwrap().assessment.answer(&QuestionId::new(question)).and_then(Answer::level)
}

/// Found by a long life on a bad disk: a readable state that was written while a file could not be read was taken for
/// whole, because the journal lacked one change, which in truth had never been there.
#[test]
fn a_state_that_was_written_while_a_file_could_not_be_read_is_not_believed_before_the_journal() {
    let desk = Desk::new();
    desk.answer(50, 20..23);
    // Two files: one with an answer, and one of a session that was killed before its first line was whole.
    let answered = one_answer(&desk, &meta(100), "q1", Level::Measured);
    let torn = desk.path("journal/01MCC67W90X91AAZDT4WDZP3JF.jsonl");
    desk.disk.create_new(torn.as_ref()).unwrap().append(b"0123abcd 500 {\"version\":1,\"op").unwrap();
    // Neither can be read when the next session begins.
    hide(&desk, &answered);
    hide(&desk, &torn);
    let mut store = desk.open(200).unwrap().store;
    store.record(&answer(store.assessment(), 30), &meta(200)).unwrap();
    store.write_save_file().unwrap();
    drop(store);
    show(&desk, &answered);
    show(&desk, &torn);
    assert_eq!(found(&desk, "q1"), Some(Level::Measured));
    let notices = desk.read().unwrap().notices;
    assert!(!notices.iter().any(Notice::is_loss), "nothing is lost, and yet it is told: {notices:?}");
}

#[test]
fn while_a_file_can_not_be_read_its_loss_is_told_and_the_state_is_not_called_whole() {
    let desk = Desk::new();
    let file = one_answer(&desk, &meta(100), "q1", Level::Measured);
    hide(&desk, &file);
    for seconds in [200, 300] {
        let opened = desk.open(seconds).unwrap();
        assert!(opened.notices.iter().any(Notice::is_loss), "{:?}", opened.notices);
        assert!(!opened.store.is_whole());
    }
}

#[test]
fn who_answers_again_what_could_not_be_read_contradicts_nobody() {
    let desk = Desk::new();
    let file = one_answer(&desk, &meta(100), "q1", Level::AdHoc);
    hide(&desk, &file);
    one_answer(&desk, &meta(200), "q1", Level::Measured);
    show(&desk, &file);
    let read = desk.read().unwrap();
    assert_eq!((read.assessment.conflicts(), found(&desk, "q1")), (&[][..], Some(Level::Measured)));
    // The same once it was opened for writing, and whatever the state starts from.
    one_answer(&desk, &meta(300), "q2", Level::Measured);
    assert_eq!((desk.read().unwrap().assessment.conflicts().len(), found(&desk, "q1")), (0, Some(Level::Measured)));
}

#[test]
fn what_somebody_else_has_answered_in_a_file_that_could_not_be_read_is_a_conflict() {
    let desk = Desk::new();
    let ann = Meta { author: "Ann".to_owned(), ..meta(100) };
    let file = one_answer(&desk, &ann, "q1", Level::AdHoc);
    hide(&desk, &file);
    one_answer(&desk, &meta(200), "q1", Level::Measured);
    show(&desk, &file);
    assert_eq!((desk.read().unwrap().assessment.conflicts().len(), found(&desk, "q1")), (1, Some(Level::AdHoc)));
}

#[test]
fn what_was_answered_later_in_a_file_that_could_not_be_read_before_is_a_conflict() {
    let desk = Desk::new();
    // Another computer of the same person goes on with its file after this one could not read it.
    let mut other = desk.open(100).unwrap().store;
    other.record(&level(other.assessment(), "q3", Level::AdHoc), &meta(100)).unwrap();
    let file = other.session_file().unwrap().to_str().unwrap().to_owned();
    desk.disk.take_away(&desk.path("lock"));
    hide(&desk, &file);
    one_answer(&desk, &meta(200), "q1", Level::Measured);
    show(&desk, &file);
    other.record(&level(other.assessment(), "q1", Level::AdHoc), &meta(300)).unwrap();
    assert_eq!((desk.read().unwrap().assessment.conflicts().len(), found(&desk, "q1")), (1, Some(Level::AdHoc)));
}

#[test]
fn a_read_that_fails_for_a_moment_is_tried_again() {
    let desk = Desk::new();
    let before = desk.answer(100, 0..4);
    for call in 0..20 {
        desk.disk.plan(call, Fault::Once(ErrorKind::Other));
        // The first look at the folder is not a read.
        let Ok(read) = desk.read() else { continue };
        assert_eq!((read.assessment, read.notices), (before.clone(), vec![]), "an error at call {call}");
        desk.disk.restart();
    }
}

#[test]
fn where_the_journal_can_not_be_listed_it_can_be_read_from_the_readable_state_and_not_written() {
    let desk = Desk::new();
    let before = desk.answer(100, 0..4);
    hide(&desk, &desk.path("journal"));
    desk.disk.remove(desk.path("journal").as_ref()).unwrap();
    desk.disk.create_new(desk.path("journal").as_ref()).unwrap();
    assert_eq!(desk.read().unwrap().assessment, before);
    let error = desk.open(200).map(|_| ()).unwrap_err();
    assert!(
        matches!(&error, StoreError::Unlisted { journal, .. } if journal == Path::new(&desk.path("journal"))),
        "{error}"
    );
}
