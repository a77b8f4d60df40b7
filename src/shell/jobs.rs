//! Long work beside the interface: simulations, of which only the newest counts, and exports.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::{io, thread};

use crate::domain::assessment::Seed;
use crate::domain::timeline::{Plan, compare};
use crate::shell::input::Input;
use crate::shell::simulation::simulate;
use crate::tui::{Event, Outcome, Ticket};

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
    inputs: Sender<Input>,
    simulations: Sender<Simulation>,
}

impl Jobs {
    /// Starts the thread that simulates.
    ///
    /// # Errors
    ///
    /// Returns why it can't be started.
    pub fn start(inputs: Sender<Input>) -> io::Result<Self> {
        let (simulations, waiting) = channel();
        let outcomes = inputs.clone();
        thread::Builder::new().name("timeline".to_owned()).spawn(move || simulate_newest(&waiting, &outcomes))?;
        Ok(Self { inputs, simulations })
    }

    /// Simulates a plan. Plans that are still waiting are dropped: their outcome would be stale.
    pub fn simulate(&self, simulation: Simulation) {
        // The thread ends only after a panic in a simulation, which the user was told of.
        drop(self.simulations.send(simulation));
    }

    /// Runs a job in its own thread, and sends what comes of it. A panic becomes a failure that is told.
    pub fn export(&self, ticket: Ticket, job: impl FnOnce() -> Result<PathBuf, String> + Send + 'static) {
        let inputs = self.inputs.clone();
        let run = move || {
            let result = catch_unwind(AssertUnwindSafe(job))
                .unwrap_or_else(|_| Err("The report failed unexpectedly. Your answers are safe.".to_owned()));
            drop(inputs.send(Input::Event(Event::Finished(Outcome::Exported { ticket, result }))));
        };
        if let Err(error) = thread::Builder::new().name(EXPORT.to_owned()).spawn(run) {
            let result = Err(format!("The report could not be started: {error}."));
            drop(self.inputs.send(Input::Event(Event::Finished(Outcome::Exported { ticket, result }))));
        }
    }
}

fn simulate_newest(waiting: &Receiver<Simulation>, outcomes: &Sender<Input>) {
    let run = || simulate_as_asked(waiting, outcomes);
    if catch_unwind(AssertUnwindSafe(run)).is_err() {
        drop(outcomes.send(Input::Broken));
    }
}

fn simulate_as_asked(waiting: &Receiver<Simulation>, outcomes: &Sender<Input>) {
    while let Ok(mut newest) = waiting.recv() {
        while let Ok(newer) = waiting.try_recv() {
            newest = newer;
        }
        let forecast = Box::new(simulate(&newest.plan, newest.seed, newest.trials));
        let compared = newest.trials.min(MOST_COMPARED);
        let comparison = newest.against.map(|base| compare(&base, &newest.plan, newest.seed, compared));
        let outcome = Outcome::Simulated { ticket: newest.ticket, forecast, comparison };
        if outcomes.send(Input::Event(Event::Finished(outcome))).is_err() {
            return;
        }
    }
}
