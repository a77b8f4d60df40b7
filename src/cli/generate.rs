//! `ready42 completions SHELL` and `ready42 man`: made from the command line's own description, so that they fit it.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::args::Cli;
use crate::cli::context::Context;
use crate::cli::fault::{Fault, Status};

/// Prints what a shell needs to complete commands and options.
pub fn completions(context: &mut Context, shell: Shell) {
    let mut text = vec![];
    clap_complete::generate(shell, &mut Cli::command(), "ready42", &mut text);
    context.line(String::from_utf8_lossy(&text).trim_end());
}

/// Prints the manual page, with a section for each command.
pub fn man(context: &mut Context) -> Result<(), Fault> {
    let mut text = vec![];
    let mut command = Cli::command();
    command.build();
    let written = clap_mangen::Man::new(command.clone()).render(&mut text).and_then(|()| {
        command
            .get_subcommands()
            .filter(|it| it.get_name() != "help")
            .try_for_each(|sub| clap_mangen::Man::new(sub.clone()).render(&mut text))
    });
    written.map_err(|error| Fault::new(Status::Failure, format!("the manual can't be made: {error}"), ""))?;
    context.line(String::from_utf8_lossy(&text).trim_end());
    Ok(())
}
