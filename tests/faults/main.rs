//! The proofs that nothing is lost, with the built program on real file systems: `just faults`.
//!
//! Each part prints its figures and its seed. What this machine doesn't allow is skipped aloud; a fault of ours ends it
//! with status 1. Run it as `cargo test --release --test faults -- [--short | --night] [--seed N] [PART ...]`.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "this is a test: a panic is how it fails, and its figures are printed"
)]

mod calls;
mod crowd;
mod full;
mod gone;
mod ledger;
mod limits;
mod machine;
mod network;
mod power;
#[path = "../program.rs"]
#[expect(dead_code, reason = "the other tests use the rest of it")]
mod program;
mod scenario;
mod talk;

use std::process::ExitCode;
use std::time::Instant;

/// How much is tried, and what chance starts from.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// How much is tried.
    pub form: Form,
    /// What all draws follow from.
    pub seed: u64,
}

/// How much is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// What two minutes take, for each run of CI.
    Short,
    /// What a change deserves, in some ten minutes.
    Whole,
    /// Every error at every call, for a night.
    Night,
}

/// What a part came to.
pub enum Outcome {
    /// It held; these are its figures.
    Held(String),
    /// It can't be tried here, for this reason.
    Skipped(String),
}

/// What a part returns: its outcome, or each case in which it didn't hold.
pub type Verdict = Result<Outcome, Vec<String>>;

/// The parts: the word for each, and what is tried.
const PARTS: [(&str, fn(Setting) -> Verdict); 10] = [
    ("kills-at-calls", calls::kills),
    ("errors-at-calls", calls::errors),
    ("power-cuts", power::cuts),
    ("power-cuts-without-syncs", power::control),
    ("full-disk", full::full),
    ("limits", limits::limits),
    ("read-only", limits::read_only),
    ("taken-away", gone::gone),
    ("crowd", crowd::crowd),
    ("network", network::network),
];

/// How many failures of a part are printed.
const SHOWN: usize = 12;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1)?.parse().ok()
    };
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let form = match (has("--short"), has("--night")) {
        (true, _) => Form::Short,
        (false, true) => Form::Night,
        (false, false) => Form::Whole,
    };
    let setting = Setting { form, seed: value("--seed").unwrap_or(42) };
    let wanted: Vec<&String> = arguments.iter().filter(|word| PARTS.iter().any(|(name, _)| name == word)).collect();
    let known = |word: &&String| word.starts_with('-') || wanted.contains(word) || word.parse::<u64>().is_ok();
    if let Some(word) = arguments.iter().find(|word| !known(word)) {
        let names: Vec<&str> = PARTS.iter().map(|(name, _)| *name).collect();
        println!("there is no part {word}; there are: {}", names.join(", "));
        return ExitCode::from(2);
    }
    println!("faults: seed {}, {:?} form", setting.seed, setting.form);
    let mut failed = 0;
    for (name, run) in PARTS {
        if !wanted.is_empty() && !wanted.iter().any(|word| *word == name) {
            continue;
        }
        let start = Instant::now();
        let verdict = run(setting);
        let took = start.elapsed().as_secs_f64();
        match verdict {
            Ok(Outcome::Held(figures)) => println!("  held     {name}: {figures} ({took:.0} s)"),
            Ok(Outcome::Skipped(why)) => println!("  SKIPPED  {name}: {why}"),
            Err(failures) => {
                failed += 1;
                println!("  FAILED   {name}: {} cases ({took:.0} s)", failures.len());
                for failure in failures.iter().take(SHOWN) {
                    println!("           {failure}");
                }
            }
        }
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Returns the outcome of a part: it held where there is no failure.
pub fn verdict(failures: Vec<String>, figures: String) -> Verdict {
    if failures.is_empty() { Ok(Outcome::Held(figures)) } else { Err(failures) }
}
