//! Long work beside the interface: simulations, of which only the newest counts, and exports.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::{io, thread};

use crate::domain::assessment::Seed;
use crate::domain::timeline::{Plan, compare};
use crate::shell::input::{Input, Teller};
use crate::shell::simulation::simulate;
use crate::tui::{Event, Outcome, Ticket, WrittenReports};

/// The name of the threads that write reports. One that panics is told on the screen, and everything goes on.
pub const EXPORT: &str = "export";

/// The most trials that two plans are compared in: each is compared with itself, so that few are enough.
const MOST_COMPARED: u32 = 1_000;

/// A simulation that is asked for.
#[derive(Debug)]
pub struct Simulation {
    /// What its outcome is told by.
    pub ticket: Ticket,
    /// The plan.
    pub plan: Box<Plan>,
    /// The seed of the draws.
    pub seed: Seed,
    /// The number of trials.
    pub trials: u32,
    /// The plan that it is compared with.
    pub against: Option<Box<Plan>>,
}

/// Runs long work. Dropping it lets the thread end after what it is doing.
#[derive(Debug)]
pub struct Jobs {
    inputs: Teller,
    simulations: Sender<Simulation>,
    /// The reports that are being made, and the flag that calls them off.
    export: Option<(Ticket, Arc<AtomicBool>)>,
}

/// Tells the interface how far reports are.
#[derive(Debug)]
pub struct Progress {
    ticket: Ticket,
    called_off: Arc<AtomicBool>,
    inputs: Teller,
}

impl Jobs {
    /// Starts the thread that simulates.
    ///
    /// # Errors
    ///
    /// Returns why it can't be started.
    pub fn start(inputs: Teller) -> io::Result<Self> {
        let (simulations, waiting) = channel();
        let outcomes = inputs.clone();
        thread::Builder::new().name("timeline".to_owned()).spawn(move || simulate_newest(&waiting, &outcomes))?;
        Ok(Self { inputs, simulations, export: None })
    }

    /// Simulates a plan. Plans that are still waiting are dropped: their outcome would be stale.
    pub fn simulate(&self, simulation: Simulation) {
        // The thread ends only after a panic in a simulation, which the user was told of.
        drop(self.simulations.send(simulation));
    }

    /// Makes reports in a thread of their own, telling how far they are, and sends what comes of it. A panic becomes a
    /// failure that is told.
    pub fn export(
        &mut self,
        ticket: Ticket,
        job: impl FnOnce(&Progress) -> Result<WrittenReports, String> + Send + 'static,
    ) {
        let called_off = Arc::new(AtomicBool::new(false));
        self.export = Some((ticket, Arc::clone(&called_off)));
        let progress = Progress { ticket, called_off, inputs: self.inputs.clone() };
        let inputs = self.inputs.clone();
        let run = move || {
            let result = catch_unwind(AssertUnwindSafe(|| job(&progress)))
                .unwrap_or_else(|_| Err("The report failed unexpectedly. Your answers are safe.".to_owned()));
            inputs.tell(Input::Event(Event::Finished(Outcome::Exported { ticket, result })));
        };
        if let Err(error) = thread::Builder::new().name(EXPORT.to_owned()).spawn(run) {
            let result = Err(format!("The report could not be started: {error}."));
            self.inputs.tell(Input::Event(Event::Finished(Outcome::Exported { ticket, result })));
        }
    }

    /// Opens a file with the program that the system has for it, which then lives by itself.
    pub fn show(&self, path: PathBuf) {
        let inputs = self.inputs.clone();
        let run = move || {
            let result = opener()
                .arg(&path)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .map_err(|error| match error.kind() {
                    io::ErrorKind::NotFound => "this computer has no program that opens files".to_owned(),
                    _ => error.to_string(),
                })
                .and_then(|status| if status.success() { Ok(()) } else { Err(format!("it ended with {status}")) })
                .map_err(|why| format!("The report can't be opened from here ({why}). It is at {}.", path.display()));
            inputs.tell(Input::Event(Event::Finished(Outcome::Shown(result))));
        };
        // Where no thread can be started, the path is on the screen all the same.
        drop(thread::Builder::new().name("show".to_owned()).spawn(run));
    }

    /// Calls the reports of a ticket off: nothing of them is written, unless it is written already.
    pub fn call_off(&mut self, ticket: Ticket) {
        if let Some((_, called_off)) = self.export.take_if(|(running, _)| *running == ticket) {
            called_off.store(true, Ordering::Relaxed);
        }
    }
}

impl Progress {
    /// Tells which report is being made, and returns whether anybody waits for it.
    pub fn proceed(&self, done: usize, format: &'static str) -> bool {
        let outcome = Outcome::Exporting { ticket: self.ticket, done, format };
        self.inputs.tell(Input::Event(Event::Finished(outcome)));
        !self.called_off.load(Ordering::Relaxed)
    }
}

/// Returns the command that opens a file on this system.
fn opener() -> Command {
    if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        Command::new("explorer")
    } else {
        Command::new("xdg-open")
    }
}

fn simulate_newest(waiting: &Receiver<Simulation>, outcomes: &Teller) {
    let run = || simulate_as_asked(waiting, outcomes);
    if catch_unwind(AssertUnwindSafe(run)).is_err() {
        outcomes.tell(Input::Broken);
    }
}

fn simulate_as_asked(waiting: &Receiver<Simulation>, outcomes: &Teller) {
    while let Ok(mut newest) = waiting.recv() {
        while let Ok(newer) = waiting.try_recv() {
            newest = newer;
        }
        let forecast = Box::new(simulate(&newest.plan, newest.seed, newest.trials));
        let compared = newest.trials.min(MOST_COMPARED);
        let comparison = newest.against.map(|base| compare(&base, &newest.plan, newest.seed, compared));
        let outcome = Outcome::Simulated { ticket: newest.ticket, forecast, comparison };
        if !outcomes.tell(Input::Event(Event::Finished(outcome))) {
            return;
        }
    }
}
