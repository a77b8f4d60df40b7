//! What waits for the disk, for a moment in which it can be read, or for somebody else to be done.

use std::fs::{self, File};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::*;
use crate::domain::history::{StepId, Turn};
use crate::shell::clock;
use crate::shell::keeper::bell::Bell;
use crate::storage::digest::sha256;
use crate::storage::drafts;

/// Puts something in the place of `assessment.toml` that a newer version wrote, and takes it away again.
struct Newer {
    path: PathBuf,
    before: Vec<u8>,
}

impl Newer {
    fn put(scene: &Scene) -> Self {
        let path = scene.folder.join("assessment.toml");
        let before = fs::read(&path).unwrap();
        let body = "schema = 9\nwritten_by = \"9.0\"\n";
        fs::write(&path, format!("{body}# end n=0 sha256={}\n", sha256(body.as_bytes(), 32))).unwrap();
        Self { path, before }
    }

    fn take_away(self) {
        fs::write(&self.path, &self.before).unwrap();
    }
}

fn followed(heard: &Receiver<Input>) -> Assessment {
    match next(heard) {
        Outcome::Followed { assessment, .. } => *assessment,
        other => panic!("{other:?}"),
    }
}

/// The keeper looks at once; a look that fails has failed by then.
const MOMENT: Duration = Duration::from_millis(700);

#[test]
fn a_writer_looks_again_where_what_others_recorded_could_not_be_read_at_once() {
    let scene = Scene::new();
    let (keeper, heard) = scene.keeper();
    opened(&heard);
    recalled(&heard).unwrap();
    let mut other = scene.workspace().write("acme", &meta(2)).unwrap();
    let newer = Newer::put(&scene);
    let change = level(other.assessment(), "4.1-2", Level::Improving);
    other.record(&[(change, None)], &meta(3)).unwrap();
    thread::sleep(MOMENT);
    newer.take_away();
    assert_eq!(told(&followed(&heard), "4.1-2"), Some(Level::Improving));
    assert!(keeper.end().is_empty());
}

#[test]
fn a_reader_looks_again_where_what_others_recorded_could_not_be_read_at_once() {
    let scene = Scene::new();
    let mut holder = scene.workspace().write_alone("acme", &meta(2)).unwrap();
    let (keeper, heard) = scene.keeper();
    assert!(opened(&heard).read_only.is_some());
    let newer = Newer::put(&scene);
    let change = level(holder.assessment(), "4.1-2", Level::Improving);
    holder.record(&[(change, None)], &meta(3)).unwrap();
    thread::sleep(MOMENT);
    newer.take_away();
    assert_eq!(told(&followed(&heard), "4.1-2"), Some(Level::Improving));
    assert!(keeper.end().is_empty());
}

/// Whether somebody took the lock for a moment, once, just when it was free.
static PROBED: AtomicBool = AtomicBool::new(false);

/// Waits for the lock as the alarm does; the first time somebody else has it again when it rings.
fn when_free_and_probed(lock: &Path, wake: Box<dyn FnOnce() + Send>) {
    let file = File::options().write(true).open(lock).unwrap();
    thread::spawn(move || {
        file.lock().unwrap();
        if PROBED.swap(true, Ordering::SeqCst) {
            drop(file);
            wake();
        } else {
            wake();
            thread::sleep(MOMENT);
        }
    });
}

#[test]
fn a_reader_learns_that_it_is_free_though_somebody_took_the_lock_for_a_moment_just_then() {
    let scene = Scene::new();
    let holder = scene.workspace().write_alone("acme", &meta(2)).unwrap();
    let (teller, heard) = Teller::to_a_channel();
    let today = NaiveDate::from_ymd_opt(2027, 1, 15).unwrap();
    let bell = |orders| Bell::waiting_by(orders, when_free_and_probed);
    let keeper = Keeper::start_with(bell, scene.workspace(), "eve".to_owned(), teller, today).unwrap();
    keeper.order(Order::Open("acme".to_owned()));
    assert!(opened(&heard).read_only.is_some());
    drop(holder);
    assert!(matches!(next(&heard), Outcome::Freed));
    assert!(PROBED.load(Ordering::SeqCst), "nobody had the lock meanwhile");
    assert!(keeper.end().is_empty());
}

#[test]
fn typing_does_not_put_off_what_failed() {
    let scene = Scene::new();
    let file = newer(&scene);
    let (keeper, heard) = scene.keeper();
    keeper.order(answer("4.1-2", Level::Measured));
    opened(&heard);
    assert!(recalled(&heard).is_err());
    assert!(recorded(&heard).1.is_err());
    fs::remove_file(file).unwrap();
    // Somebody types on, for longer than it takes until it is tried again.
    let start = clock::instant();
    let read = loop {
        assert!(start.elapsed() < Duration::from_secs(12), "while somebody types nothing is tried again");
        keeper.order(Order::Draft("note 4.1-3/0".to_owned(), format!("{:?}", start.elapsed())));
        match heard.recv_timeout(Duration::from_millis(100)) {
            Ok(Input::Event(Event::Finished(outcome))) => break outcome,
            Err(RecvTimeoutError::Timeout) => {}
            other => panic!("{other:?}"),
        }
    };
    assert!(matches!(read, Outcome::Recalled(Ok(_))), "{read:?}");
    assert_eq!(recorded(&heard), (Ticket(1), Ok(())));
    assert!(keeper.end().is_empty());
}

#[test]
fn what_is_typed_while_the_journal_can_not_be_read_is_kept_too() {
    let scene = Scene::new();
    newer(&scene);
    let (keeper, heard) = scene.keeper();
    opened(&heard);
    assert!(recalled(&heard).is_err());
    keeper.order(Order::Draft("note 4.1-1/0".to_owned(), "half a thought".to_owned()));
    let start = clock::instant();
    while drafts::read(&scene.folder).is_empty() {
        assert!(start.elapsed() < Duration::from_secs(10), "it is on the screen alone");
        thread::sleep(Duration::from_millis(50));
    }
    keeper.order(Order::Draft("note 4.1-1/0".to_owned(), "half a thought, and".to_owned()));
    assert!(keeper.end().is_empty());
    assert_eq!(drafts::read(&scene.folder)["note 4.1-1/0"], "half a thought, and");
}

/// Takes a step back that was never recorded.
fn impossible(ticket: u64) -> Order {
    let edit = crate::domain::change::Edit { old: None, new: Some(Answer::Level(Level::AdHoc)) };
    let change = Change::Answer { question: "4.1-3".into(), edit };
    let turn = Turn { of: StepId::Pending(99), changes: vec![change.clone()], made: vec![change] };
    Order::Record(Ticket(ticket), Act::Undo(turn))
}

#[test]
fn what_is_refused_is_told_taken_off_the_screen_and_holds_up_nothing() {
    let scene = Scene::new();
    let (keeper, heard) = scene.keeper();
    opened(&heard);
    recalled(&heard).unwrap();
    keeper.order(impossible(1));
    keeper.order(answer("4.1-2", Level::Measured));
    let (mut shown, mut warned, mut saved) = (None, String::new(), false);
    let mut last_of_refused = None;
    let start = clock::instant();
    while !saved || warned.is_empty() {
        assert!(start.elapsed() < Duration::from_secs(20), "it holds up what comes after it");
        match next(&heard) {
            Outcome::Recorded { ticket: Ticket(1), result, stored } => {
                if stored.iter().any(|step| step.name.parse::<crate::storage::OpId>().is_ok()) {
                    saved = true;
                }
                last_of_refused.get_or_insert(result);
            }
            Outcome::Followed { assessment, history } => shown = Some((assessment, history)),
            Outcome::Warned(why) => warned = why,
            other => panic!("{other:?}"),
        }
    }
    assert!(last_of_refused.unwrap().is_err(), "it was called saved");
    let (assessment, history) = shown.expect("the screen is told what there is instead");
    assert_eq!(told(&assessment, "4.1-3"), None);
    assert_eq!(history.steps().len(), 2);
    assert!(warned.contains("the answer to 4.1-3") && warned.contains("not stored"), "{warned}");
    // What is open can be closed, and opened again.
    keeper.order(Order::Open("acme".to_owned()));
    assert_eq!(told(&opened(&heard).assessment, "4.1-2"), Some(Level::Measured));
    assert!(keeper.end().is_empty());
}

#[test]
fn a_name_that_another_assessment_has_is_refused_and_taken_back() {
    let scene = Scene::new();
    let draft = scene.workspace().draft("beta", USUAL, Depth::Full).unwrap();
    drop(scene.workspace().create(draft, &[], &meta(5)).unwrap());
    let (keeper, heard) = scene.keeper();
    opened(&heard);
    recalled(&heard).unwrap();
    let rename = |new: &str| {
        let edit = crate::domain::change::Edit { old: "acme".to_owned(), new: new.to_owned() };
        Order::Record(Ticket(1), Act::Change(vec![(Change::Rename(edit), None)]))
    };
    keeper.order(rename("beta"));
    assert!(recorded(&heard).1.unwrap_err().contains("here is an assessment \"beta\" already"));
    assert_eq!(followed(&heard).name(), "acme");
    assert_eq!(recorded(&heard), (Ticket(1), Ok(())));
    assert!(matches!(next(&heard), Outcome::Warned(why) if why.contains("taken back here")));
    // Its own name is no other's, and a free one is taken.
    for name in ["acme", "gamma"] {
        keeper.order(rename(name));
        assert_eq!(recorded(&heard), (Ticket(1), Ok(())));
    }
    assert!(keeper.end().is_empty());
    assert_eq!(scene.workspace().read("gamma").unwrap().assessment.name(), "gamma");
}

#[test]
fn what_can_not_be_closed_says_so() {
    let scene = Scene::new();
    newer(&scene);
    let (keeper, heard) = scene.keeper();
    opened(&heard);
    assert!(recalled(&heard).is_err());
    keeper.order(answer("4.1-2", Level::Measured));
    assert!(recorded(&heard).1.is_err());
    keeper.order(Order::Close);
    assert!(recorded(&heard).1.is_err(), "it is tried once more");
    assert!(matches!(next(&heard), Outcome::Warned(why) if why.contains("not saved yet")));
    assert_eq!(keeper.end(), ["the answer to 4.1-2"]);
}
