//! The command line: one file a command. Standard output carries what was asked for, standard error everything else.

mod answer;
mod answers_file;
mod applicability;
mod args;
mod ask;
mod context;
mod crash;
mod crosswalk;
mod demo;
mod diff;
mod doctor;
mod explain;
mod export;
mod fault;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
mod generate;
mod import;
mod interface;
mod list;
mod log;
mod merge;
mod new;
mod plan;
mod profile;
mod questionnaire;
mod score;
mod shelf;
mod show;
mod snapshot;
mod soa;
mod table;
mod template;
mod timeline;
mod undo;

use std::ffi::OsString;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use crate::cli::args::{Cli, Command};
use crate::cli::context::Context;
use crate::cli::fault::{Fault, Status};
use crate::shell::limits;

/// Runs the program with these arguments, and returns its exit status.
///
/// A panic gives the terminal back, saves what waits to be saved, and ends with status 70.
#[must_use]
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    crash::prepare();
    limits::prepare();
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(told) => return usage(&told),
    };
    let result = catch_unwind(AssertUnwindSafe(|| run(cli)));
    result.unwrap_or(ExitCode::from(Status::Internal as u8))
}

fn run(cli: Cli) -> ExitCode {
    let mut context = match Context::new(cli.global) {
        Ok(context) => context,
        Err(fault) => return tell(&fault),
    };
    context.tell_surroundings();
    if context.global.at.is_some() && !cli.command.as_ref().is_some_and(Command::can_look_back) {
        return tell(&Fault::new(
            Status::Usage,
            "--at looks at a past state, and this command doesn't read one",
            "Use it with show, profile, score, explain, timeline, soa, crosswalk, plan or export.",
        ));
    }
    let result = match cli.command {
        None => interface::run(&mut context, None),
        Some(Command::Open(named)) => interface::run(&mut context, Some(&named.name)),
        Some(command) => run_command(&mut context, command).map(|()| ExitCode::SUCCESS),
    };
    finish(&context, result)
}

fn run_command(context: &mut Context, command: Command) -> Result<(), Fault> {
    match command {
        Command::Open(_) => Ok(()), // Taken by `run`.
        Command::New(arguments) => new::run(context, &arguments),
        Command::Demo { name } => demo::run(context, &name),
        Command::List => list::run(context),
        Command::Show(named) => show::run(context, &named.name),
        Command::Profile { name, fields } => profile::run(context, &name, &fields),
        Command::Ask(arguments) => ask::run(context, &arguments),
        Command::Answer(arguments) => answer::run(context, &arguments),
        Command::Exclude(arguments) => applicability::exclude(context, arguments),
        Command::Include { name, control } => applicability::run(context, &name, &control, None),
        Command::Score { name, gate } => score::run(context, &name, gate),
        Command::Explain { name, id } => explain::run(context, &name, &id),
        Command::Crosswalk { name, id } => crosswalk::run(context, &name, id.as_deref()),
        Command::Soa(arguments) => soa::run(context, &arguments),
        Command::Plan(named) => plan::run(context, &named.name),
        Command::Timeline(arguments) => timeline::run(context, &arguments),
        Command::Export(arguments) => export::run(context, &arguments),
        Command::Template(arguments) => template::run(context, &arguments),
        Command::Log(named) => log::run(context, &named.name),
        Command::Snapshot { name, label } => snapshot::run(context, &name, label.as_deref()),
        Command::Diff { name, from, to } => diff::run(context, &name, from.as_deref(), to.as_deref()),
        Command::Rename { name, new } => shelf::rename(context, &name, &new),
        Command::Copy { name, new } => shelf::copy(context, &name, &new),
        Command::Archive(named) => shelf::archive(context, &named.name),
        Command::Delete(arguments) => shelf::delete(context, &arguments),
        Command::Restore(arguments) => shelf::restore(context, &arguments),
        Command::Completions { shell } => {
            generate::completions(context, shell);
            Ok(())
        }
        Command::Man => generate::man(context),
        Command::Undo(named) => undo::run(context, &named.name, undo::Way::Back),
        Command::Redo(named) => undo::run(context, &named.name, undo::Way::Again),
        Command::Questionnaire(arguments) => questionnaire::run(context, &arguments),
        Command::Import(arguments) => import::run(context, &arguments),
        Command::Merge(arguments) => merge::run(context, &arguments),
        Command::Doctor(arguments) => doctor::run(context, &arguments),
    }
}

/// Prints what clap has to say: help and version on standard output, a mistake on standard error.
fn usage(told: &clap::Error) -> ExitCode {
    let is_asked_for = matches!(told.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    // Nobody listens to what can't be printed, and the status says it.
    drop(told.print());
    if is_asked_for { ExitCode::SUCCESS } else { ExitCode::from(Status::Usage as u8) }
}

/// Writes what the command printed, tells its fault, and returns the exit status.
fn finish(context: &Context, result: Result<ExitCode, Fault>) -> ExitCode {
    // All at once: nothing is printed by halves, and a pipe that closes early is no reason to complain.
    let mut out = io::stdout().lock();
    // Nothing printed is nothing that could fail: the interface may have ended because the terminal is gone.
    let written = match context.printed() {
        [] => Ok(()),
        printed => out.write_all(printed).and_then(|()| out.flush()),
    };
    match (written, result) {
        (_, Err(fault)) => tell(&fault),
        (Ok(()), Ok(status)) => status,
        (Err(error), Ok(status)) if error.kind() == io::ErrorKind::BrokenPipe => status,
        (Err(error), Ok(_)) => tell(&Fault::new(
            Status::NotWritten,
            format!("standard output can't be written: {error}"),
            "What was to be saved is saved; print it again to somewhere with room.",
        )),
    }
}

/// Tells a fault on standard error, and returns its exit status.
fn tell(fault: &Fault) -> ExitCode {
    drop(writeln!(io::stderr(), "ready42: {fault}"));
    ExitCode::from(fault.status as u8)
}
