//! Where the system doesn't tell of writes, the keeper looks for itself: on network file systems, and on systems that we
//! don't ask.

use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use tempfile::TempDir;

use crate::domain::assessment::{Answer, Assessment, Depth};
use crate::domain::change::Change;
use crate::domain::level::Level;
use crate::shell::input::{Input, Listener, listen};
use crate::shell::keeper::bell::Bell;
use crate::shell::keeper::{Keeper, Order};
use crate::shell::workspace::{Desk, USUAL, Workspace};
use crate::storage::Meta;
use crate::tui::{Event, Opened, Outcome};

/// How long to wait for something: the look comes every 2 s, and machines are shared.
const PATIENCE: Duration = Duration::from_secs(20);

/// A keeper that hears nothing of what others write, and what it tells.
struct Deaf {
    folder: TempDir,
    keeper: Keeper,
    listener: Listener,
}

fn meta() -> Meta {
    Meta { at: DateTime::<Utc>::from_timestamp(1_800_000_000, 0).unwrap(), author: "Ann".to_owned(), because: None }
}

impl Deaf {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let workspace = workspace(&folder);
        let draft = workspace.draft("Acme", USUAL, Depth::Full).unwrap();
        drop(workspace.create(draft, &[], &meta()).unwrap());
        let (inputs, listener) = listen().unwrap();
        let today = NaiveDate::from_ymd_opt(2027, 1, 15).unwrap();
        let keeper = Keeper::start_with(Bell::deaf, workspace, "Zoë".to_owned(), inputs, today).unwrap();
        Self { folder, keeper, listener }
    }

    fn opens(&mut self) -> Box<Opened> {
        self.keeper.order(Order::Open("Acme".to_owned()));
        loop {
            let Outcome::Opened(opened) = self.told() else { continue };
            let opened = opened.unwrap();
            // What it says comes first, and its history then.
            if opened.history.is_none() {
                assert!(matches!(self.told(), Outcome::Recalled(Ok(_))));
            }
            return opened;
        }
    }

    #[track_caller]
    fn told(&mut self) -> Outcome {
        match self.listener.told(PATIENCE) {
            Some(Input::Event(Event::Finished(outcome))) => outcome,
            other => panic!("{other:?}"),
        }
    }

    /// What it tells of the answers of others next.
    #[track_caller]
    fn follows(&mut self) -> Assessment {
        match self.told() {
            Outcome::Followed { assessment, .. } => *assessment,
            other => panic!("{other:?}"),
        }
    }
}

fn workspace(folder: &TempDir) -> Workspace {
    Workspace::new(Some(folder.path().join("data")), Some(folder.path().join("config"))).unwrap()
}

fn answers(desk: &mut Desk, level: Level) {
    let change = Change::answer(desk.assessment(), &"4.1-1".into(), Some(Answer::Level(level)));
    desk.record(&[(change, None)], &meta()).unwrap();
}

fn level(assessment: &Assessment) -> Option<Level> {
    assessment.answer(&"4.1-1".into()).and_then(Answer::level)
}

#[test]
fn a_writer_sees_what_a_command_records_beside_it_though_the_system_tells_nothing() {
    let mut deaf = Deaf::new();
    assert_eq!(deaf.opens().read_only, None);
    let others = workspace(&deaf.folder);
    for wanted in [Level::AdHoc, Level::Operating] {
        answers(&mut others.write("Acme", &meta()).unwrap(), wanted);
        assert_eq!(level(&deaf.follows()), Some(wanted));
    }
    // Looking costs little, and tells nothing where nothing has changed.
    assert!(deaf.listener.told(Duration::from_millis(4500)).is_none(), "told though nobody wrote");
}

#[test]
fn a_reader_follows_and_learns_that_the_assessment_is_free_though_the_system_tells_nothing() {
    let mut deaf = Deaf::new();
    let others = workspace(&deaf.folder);
    let mut holder = others.write_alone("Acme", &meta()).unwrap();
    assert!(deaf.opens().read_only.is_some());
    answers(&mut holder, Level::Documented);
    assert_eq!(level(&deaf.follows()), Some(Level::Documented));
    drop(holder);
    assert!(matches!(deaf.told(), Outcome::Freed));
    // Once it is free, it opens for writing, and sees others from there too.
    assert_eq!(deaf.opens().read_only, None);
    answers(&mut others.write("Acme", &meta()).unwrap(), Level::Improving);
    assert_eq!(level(&deaf.follows()), Some(Level::Improving));
}
