//! What the keeper promises while it opens an assessment.

mod deaf;
mod waiting;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::time::Duration;

use chrono::{DateTime, NaiveDate};
use tempfile::TempDir;

use crate::domain::assessment::{Answer, Assessment, Depth};
use crate::domain::change::Change;
use crate::domain::history::Act;
use crate::domain::level::Level;
use crate::shell::input::{Input, Teller};
use crate::shell::keeper::{Keeper, Order};
use crate::shell::workspace::{USUAL, Workspace};
use crate::storage::Meta;
use crate::storage::summary::{self, Files};
use crate::tui::{Event, Opened, Outcome, Recalled, Ticket};

const PATIENCE: Duration = Duration::from_secs(30);

fn meta(seconds: i64) -> Meta {
    let at = DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap();
    Meta { at, author: "eve".to_owned(), because: None }
}

fn level(assessment: &Assessment, question: &str, level: Level) -> Change {
    Change::answer(assessment, &question.into(), Some(Answer::Level(level)))
}

fn told(assessment: &Assessment, question: &str) -> Option<Level> {
    match assessment.answer(&question.into()) {
        Some(Answer::Level(level)) => Some(*level),
        _ => None,
    }
}

/// An assessment on the disk, whose summary calls it whole.
struct Scene {
    data: TempDir,
    folder: PathBuf,
}

impl Scene {
    fn new() -> Self {
        let data = tempfile::tempdir().unwrap();
        let workspace = Self::workspace_in(data.path());
        let draft = workspace.draft("acme", USUAL, Depth::Full).unwrap();
        let mut desk = workspace.create(draft, &[], &meta(0)).unwrap();
        let change = level(desk.assessment(), "4.1-1", Level::Documented);
        desk.record(&[(change, None)], &meta(1)).unwrap();
        desk.write_save_file().unwrap();
        let folder = desk.folder().to_owned();
        drop(desk);
        assert!(summary::read(&folder).unwrap().whole);
        Self { data, folder }
    }

    fn workspace_in(data: &Path) -> Workspace {
        Workspace::new(Some(data.join("data")), Some(data.join("config"))).unwrap()
    }

    fn workspace(&self) -> Workspace {
        Self::workspace_in(self.data.path())
    }

    fn keeper(&self) -> (Keeper, Receiver<Input>) {
        let (teller, heard) = Teller::to_a_channel();
        let today = NaiveDate::from_ymd_opt(2027, 1, 15).unwrap();
        let keeper = Keeper::start(self.workspace(), "eve".to_owned(), teller, today).unwrap();
        keeper.order(Order::Open("acme".to_owned()));
        (keeper, heard)
    }

    fn stored(&self) -> Assessment {
        self.workspace().read("acme").unwrap().assessment
    }

    fn journal(&self) -> Vec<PathBuf> {
        let files = fs::read_dir(self.folder.join("journal")).unwrap();
        let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
        files.sort();
        files
    }

    /// Lets the summary hold for files that were changed after it was written, as a copied time stamp would.
    fn deceive(&self, alter: impl FnOnce()) {
        let summary = summary::read(&self.folder).unwrap();
        alter();
        summary::write(&self.folder, &summary, &Files::of(&self.folder).unwrap()).unwrap();
        assert!(summary::read(&self.folder).unwrap().whole);
    }
}

fn next(heard: &Receiver<Input>) -> Outcome {
    match heard.recv_timeout(PATIENCE).expect("the keeper tells something") {
        Input::Event(Event::Finished(outcome)) => outcome,
        other => panic!("{other:?}"),
    }
}

fn opened(heard: &Receiver<Input>) -> Opened {
    match next(heard) {
        Outcome::Opened(Ok(opened)) => *opened,
        other => panic!("{other:?}"),
    }
}

fn recalled(heard: &Receiver<Input>) -> Result<Recalled, String> {
    match next(heard) {
        Outcome::Recalled(recalled) => recalled.map(|recalled| *recalled),
        other => panic!("{other:?}"),
    }
}

fn recorded(heard: &Receiver<Input>) -> (Ticket, Result<(), String>) {
    match next(heard) {
        Outcome::Recorded { ticket, result, .. } => (ticket, result),
        other => panic!("{other:?}"),
    }
}

fn answer(question: &str, new: Level) -> Order {
    let edit = crate::domain::change::Edit { old: None, new: Some(Answer::Level(new)) };
    let change = Change::Answer { question: question.into(), edit };
    Order::Record(Ticket(1), Act::Change(vec![(change, None)]))
}

#[test]
fn what_it_says_is_shown_first_and_an_answer_given_then_is_saved_after_the_history_is_read() {
    let scene = Scene::new();
    let (keeper, heard) = scene.keeper();
    keeper.order(answer("4.1-2", Level::Measured));
    let shown = opened(&heard);
    assert!(shown.history.is_none() && shown.read_only.is_none() && shown.notices.is_empty());
    assert_eq!(told(&shown.assessment, "4.1-1"), Some(Level::Documented));
    let recalled = recalled(&heard).unwrap();
    assert_eq!(recalled.assessment, None);
    assert_eq!(recalled.history.steps().len(), 2, "the making and one answer");
    assert_eq!(recorded(&heard), (Ticket(1), Ok(())));
    assert!(keeper.end().is_empty());
    assert_eq!(told(&scene.stored(), "4.1-1"), Some(Level::Documented));
    assert_eq!(told(&scene.stored(), "4.1-2"), Some(Level::Measured));
}

#[test]
fn leaving_before_the_history_is_read_loses_no_answer() {
    let scene = Scene::new();
    let (keeper, _heard) = scene.keeper();
    keeper.order(answer("4.1-2", Level::Measured));
    assert!(keeper.end().is_empty());
    assert_eq!(told(&scene.stored(), "4.1-2"), Some(Level::Measured));
}

#[test]
fn where_the_journal_says_something_else_than_the_summary_believes_the_journal_counts() {
    let scene = Scene::new();
    scene.deceive(|| {
        let mut desk = scene.workspace().write_alone("acme", &meta(2)).unwrap();
        let change = level(desk.assessment(), "4.1-1", Level::Improving);
        desk.record(&[(change, None)], &meta(3)).unwrap();
    });
    let (keeper, heard) = scene.keeper();
    keeper.order(answer("4.1-2", Level::Measured));
    assert_eq!(told(&opened(&heard).assessment, "4.1-1"), Some(Level::Documented));
    let recalled = recalled(&heard).unwrap();
    assert_eq!(told(&recalled.assessment.unwrap(), "4.1-1"), Some(Level::Improving));
    assert_eq!(recorded(&heard), (Ticket(1), Ok(())));
    assert!(keeper.end().is_empty());
    let stored = scene.stored();
    assert_eq!(told(&stored, "4.1-1"), Some(Level::Improving));
    assert_eq!(told(&stored, "4.1-2"), Some(Level::Measured));
}

#[test]
fn damage_in_the_journal_that_the_summary_does_not_see_is_told_and_costs_no_answer() {
    let scene = Scene::new();
    let file = scene.journal().pop().unwrap();
    let modified = fs::metadata(&file).unwrap().modified().unwrap();
    let mut bytes = fs::read(&file).unwrap();
    let place = bytes.len() - 40;
    bytes[place] ^= 1;
    fs::write(&file, bytes).unwrap();
    fs::File::options().write(true).open(&file).unwrap().set_modified(modified).unwrap();
    assert!(summary::read(&scene.folder).unwrap().whole, "the summary doesn't see it");
    let (keeper, heard) = scene.keeper();
    keeper.order(answer("4.1-2", Level::Measured));
    assert_eq!(told(&opened(&heard).assessment, "4.1-1"), Some(Level::Documented));
    let recalled = recalled(&heard).unwrap();
    assert!(!recalled.notices.is_empty());
    assert_eq!(recorded(&heard), (Ticket(1), Ok(())));
    assert!(keeper.end().is_empty());
    let stored = scene.stored();
    assert_eq!(told(&stored, "4.1-1"), Some(Level::Documented));
    assert_eq!(told(&stored, "4.1-2"), Some(Level::Measured));
}

#[test]
fn while_another_program_has_it_it_is_opened_for_reading_with_its_history() {
    let scene = Scene::new();
    let desk = scene.workspace().write_alone("acme", &meta(2)).unwrap();
    let (keeper, heard) = scene.keeper();
    let shown = opened(&heard);
    assert!(shown.read_only.is_some() && shown.history.is_some());
    assert!(keeper.end().is_empty());
    drop(desk);
}

/// Puts a file into the journal that a newer version wrote.
fn newer(scene: &Scene) -> PathBuf {
    let json = r#"{"version":9}"#;
    let line = format!("{:08x} {} {json}\n", crc32c::crc32c(json.as_bytes()), json.len());
    let file = scene.folder.join("journal").join("01ARZ3NDEKTSV4RRFFQ69G5FAV.jsonl");
    scene.deceive(|| fs::write(&file, line).unwrap());
    file
}

#[test]
fn an_answer_is_never_called_saved_where_the_journal_can_not_be_read() {
    let scene = Scene::new();
    newer(&scene);
    let (keeper, heard) = scene.keeper();
    keeper.order(answer("4.1-2", Level::Measured));
    opened(&heard);
    assert!(recalled(&heard).unwrap_err().contains("newer version"));
    let (ticket, result) = recorded(&heard);
    assert_eq!(ticket, Ticket(1));
    assert!(result.unwrap_err().contains("newer version"));
    assert_eq!(keeper.end(), ["the answer to 4.1-2"]);
}

#[test]
fn an_answer_that_waits_is_saved_once_the_journal_can_be_read() {
    let scene = Scene::new();
    let file = newer(&scene);
    let (keeper, heard) = scene.keeper();
    opened(&heard);
    assert!(recalled(&heard).is_err());
    fs::remove_file(file).unwrap();
    keeper.order(answer("4.1-2", Level::Measured));
    let recalled = recalled(&heard).unwrap();
    assert_eq!(told(&recalled.assessment.unwrap(), "4.1-1"), Some(Level::Documented));
    assert_eq!(recorded(&heard), (Ticket(1), Ok(())));
    assert!(keeper.end().is_empty());
    assert_eq!(told(&scene.stored(), "4.1-2"), Some(Level::Measured));
}
