//! ready42: how ready an organisation is for ISO/IEC 42001 certification, and how long the way takes.
//!
//! The library is the program in layers; ARCHITECTURE.md draws them. What is named here is all that the binary, the
//! tests and the benchmarks see.

mod cli;
mod domain;
mod export;
mod shell;
mod storage;
mod tui;

#[cfg(fuzzing)]
pub use cli::fuzzing;
pub use cli::main;
pub use domain::actions::rank;
pub use domain::assessment::{Answer, Assessment, Depth, QuestionnaireRef, Seed};
pub use domain::buyers::{Draft, draft};
pub use domain::change::Change;
pub use domain::id::QuestionId;
pub use domain::level::Level;
pub use domain::questionnaire::{Questionnaire, multiplied};
pub use domain::scoring::{Rule, Scorecard, Struck, checks, score};
pub use domain::soa::soa;
pub use domain::timeline::{Forecast, Plan, TRIALS, draws_alone, plan, simulate, standard, work};
pub use shell::simulation::simulate_on;
pub use shell::stage::{Scene, cast, scenes};
pub use shell::workspace::Workspace;
pub use storage::Meta;
pub use storage::library::Library;
