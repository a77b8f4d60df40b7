//! Puts the interface together, runs it, and takes it apart again.

use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::export::Format;
use crate::export::brand::Brand;
use crate::shell::clock;
use crate::shell::delivery::{Existing, WriteError};
use crate::shell::editor;
use crate::shell::event_loop::{Appearance, Ending, Perform, run as run_loop};
use crate::shell::input::{Teller, listen, pause, resume, sleep};
use crate::shell::jobs::{Jobs, Progress, Simulation};
use crate::shell::keeper::{Keeper, Order};
use crate::shell::reports::{Commission, Destination, ReportError, Written, write_reports};
use crate::shell::template::read_template;
use crate::shell::terminal::{Mouse, Takeover, screen};
use crate::shell::workspace::Workspace;
use crate::tui::{Effect, Keymap, Notice, ReportOrder, Size, State, Theme, WrittenReports};

/// What the system says of a terminal that is gone (`EIO`).
const GONE: i32 = 5;
/// The number of the signal for it (`SIGHUP`).
const HANG_UP: i32 = 1;
/// The name of the user's own key table, in the config folder.
const KEYS: &str = "keys.toml";

/// How to start.
#[derive(Clone, Debug)]
pub struct Start {
    /// The key of the assessment to open at once.
    pub key: Option<String>,
    /// Today's date.
    pub today: NaiveDate,
    /// Who makes changes.
    pub author: String,
    /// What things look like.
    pub theme: Theme,
    /// Whether the mouse is taken.
    pub mouse: Mouse,
}

/// How the interface ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The user left; everything is saved.
    Quit,
    /// A signal ended it; everything is saved.
    Signal(i32),
    /// This could not be saved.
    NotSaved(Vec<String>),
    /// A part of the program has failed, and said so; everything that was shown as saved is.
    Broken,
}

/// Runs the interface.
///
/// # Errors
///
/// Fails when the terminal can't be taken over or drawn on; it is given back then.
pub fn run(workspace: Workspace, start: Start) -> io::Result<Ended> {
    match show(workspace, start) {
        // Whichever call notices first: a terminal that is gone ends the program as a hang-up does.
        Err(error) if error.raw_os_error() == Some(GONE) => Ok(Ended::Signal(HANG_UP)),
        ended => ended,
    }
}

fn show(workspace: Workspace, start: Start) -> io::Result<Ended> {
    let (keymap, refused) = keys(&workspace)?;
    let look = Appearance { keymap, theme: start.theme };
    let (inputs, mut listener) = listen()?;
    let folder = workspace.data_folder().to_owned();
    let keeper = Keeper::start(workspace, start.author.clone(), inputs.clone(), start.today)?;
    let jobs = Jobs::start(inputs.clone())?;
    let takeover = Takeover::begin(start.mouse)?;
    let mut screen = screen()?;
    listener.listen_to_system(&inputs)?;
    let size = screen.size()?;
    let size = Size { width: size.width, height: size.height };
    let (mut state, effects) = State::new(size, start.today, &start.author);
    state.notice = refused.map(Notice::problem);
    // Where the day is another than the clock's, somebody has set it.
    let set = Some(start.today).filter(|today| *today != clock::today());
    let mut performer = Performer { keeper, jobs, takeover, folder, set, _inputs: inputs };
    match start.key {
        Some(key) => performer.perform(Effect::Open { key }),
        None => effects.into_iter().for_each(|effect| performer.perform(effect)),
    }
    let result = run_loop(&mut screen, &mut state, &look, &mut listener, &mut performer);
    let Performer { keeper, takeover, .. } = performer;
    drop(takeover);
    let lost = keeper.end();
    if !lost.is_empty() {
        return Ok(Ended::NotSaved(lost));
    }
    let ending = result?;
    Ok(match ending {
        Ending::Quit => Ended::Quit,
        Ending::Signal(signal) => Ended::Signal(signal),
        Ending::Broken => Ended::Broken,
    })
}

/// Returns the key table: the user's own over the one that is built in. What is wrong with it is said, and the one that
/// is built in is used.
fn keys(workspace: &Workspace) -> io::Result<(Keymap, Option<String>)> {
    let own = workspace.config_file(KEYS).map_err(|error| error.to_string());
    let keymap =
        own.and_then(|own| own.map(|text| Keymap::with_own(&text).map_err(|error| error.to_string())).transpose());
    let built_in = || Keymap::built_in().map_err(io::Error::other);
    match keymap {
        Ok(Some(keymap)) => Ok((keymap, None)),
        Ok(None) => Ok((built_in()?, None)),
        Err(why) => {
            let told = format!("Your {KEYS} is not used: {why}. The keys are those that the program comes with.");
            Ok((built_in()?, Some(told)))
        }
    }
}

/// Performs what the interface asks for.
struct Performer {
    keeper: Keeper,
    jobs: Jobs,
    takeover: Takeover,
    /// The folder with all data: a text lies there while the user's own editor works on it, and no report goes there.
    folder: PathBuf,
    /// The day, where it is not the clock's.
    set: Option<NaiveDate>,
    /// Keeps the channel open while the threads that listen come and go.
    _inputs: Teller,
}

impl Perform for Performer {
    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::List => self.keeper.order(Order::List),
            Effect::Open { key } => self.keeper.order(Order::Open(key)),
            Effect::Create { name, depth } => self.keeper.order(Order::Create(name, depth)),
            Effect::Demo => self.keeper.order(Order::Demo),
            Effect::Shelve(order) => self.keeper.order(Order::Shelve(order)),
            Effect::ListShelved => self.keeper.order(Order::ListShelved),
            Effect::Consult => self.keeper.order(Order::Consult),
            Effect::Close => self.keeper.order(Order::Close),
            Effect::Record { ticket, act } => self.keeper.order(Order::Record(ticket, act)),
            Effect::Simulate { ticket, plan, seed, trials, against } => {
                self.jobs.simulate(Simulation { ticket, plan, seed, trials, against });
            }
            Effect::Export { ticket, order } => {
                let kept = self.folder.clone();
                self.jobs.export(ticket, move |progress| export(*order, &kept, progress));
            }
            Effect::Show { path } => self.jobs.show(path),
            Effect::CallOff { ticket } => self.jobs.call_off(ticket),
            Effect::Draft { field, text } => self.keeper.order(Order::Draft(field, text)),
            // The loop takes these itself.
            Effect::Edit { .. } | Effect::Suspend | Effect::Quit => {}
        }
    }

    fn today(&self) -> NaiveDate {
        self.set.unwrap_or_else(clock::today)
    }

    fn sleep(&mut self) -> io::Result<()> {
        self.takeover.give_back();
        sleep();
        self.takeover.take()
    }

    fn edit(&mut self, text: &str) -> io::Result<Result<String, String>> {
        pause();
        self.takeover.give_back();
        let edited = editor::edit(text, &self.folder);
        let taken = self.takeover.take();
        resume();
        taken.map(|()| edited)
    }

    fn wake(&mut self) -> io::Result<()> {
        self.takeover.take()
    }
}

/// Makes reports and writes them beside what is there: `acme-readiness.md`, `acme-readiness-2.md` and so on.
fn export(order: ReportOrder, kept: &Path, progress: &Progress) -> Result<WrittenReports, String> {
    let brand = match order.template.as_deref().map(at_home) {
        Some(folder) => read_template(&folder).map_err(|error| format!("Nothing was written: {error}."))?,
        None => Brand::default(),
    };
    let folder = at_home(&order.folder);
    let commission = Commission {
        questionnaire: order.questionnaire,
        assessment: order.assessment,
        // That of a past state was never worked out, and that of the last answer may be on its way.
        forecast: order.forecast,
        snapshots: order.snapshots,
        on: order.on,
        formats: order.formats.iter().filter_map(|word| Format::from_word(word)).collect(),
        audience: order.audience,
        names: order.names,
        brand,
    };
    let destination = Destination { folder: &folder, existing: Existing::Beside, kept };
    let written = write_reports(&commission, destination, |done, format| progress.proceed(done, format.word()));
    let Written { paths, remarks } = written.map_err(|error| match error {
        ReportError::Write(WriteError::Io(..)) => {
            format!("Nothing was written: {error}. Choose another folder above, one that you may write to.")
        }
        ReportError::Write(WriteError::Halfway { .. }) => format!("{error}. {}", error.remedy()),
        ReportError::Write(WriteError::DataFolder(_)) => {
            format!("Nothing was written: {error}. Choose another folder above.")
        }
        error => format!("Nothing was written: {error}. {}", error.remedy()),
    })?;
    Ok(WrittenReports { paths, remarks })
}

/// Returns a folder as people type it: what begins with `~/` lies in their home.
fn at_home(folder: &Path) -> PathBuf {
    match (folder.strip_prefix("~"), std::env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => folder.to_owned(),
    }
}
