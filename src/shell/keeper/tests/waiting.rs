//! What waits for the disk, for a moment in which it can be read, or for somebody else to be done.

use std::fs::{self, File};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::thread;
use std::time::Duration;

use super::*;
use crate::shell::keeper::bell::Bell;
use crate::storage::digest::sha256;

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
