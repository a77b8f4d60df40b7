//! `ready42 ask NAME`: the questions line by line, without moving the cursor: for screen readers, dumb terminals, pipes.

mod command;
mod talk;

use std::io::{self, BufRead, Write};

use crate::cli::args::Ask;
use crate::cli::ask::command::Command;
use crate::cli::ask::talk::{Talk, Turn};
use crate::cli::context::Context;
use crate::cli::fault::{Fault, Status};
use crate::domain::flow::asked;
use crate::domain::id::{AreaId, QuestionId};
use crate::shell::workspace::Desk;

/// Asks until the end, until the user leaves, or until nothing more can be read.
pub fn run(context: &mut Context, arguments: &Ask) -> Result<(), Fault> {
    let desk = context.workspace()?.write(&arguments.name, &context.meta(None))?;
    context.tell_notices(desk.notices());
    let questions = questions(&desk, arguments)?;
    let mut talk = Talk::new(desk, questions, context.author(), context.today);
    let ended = converse(&mut talk, io::stdin().lock(), &mut io::stdout().lock());
    // However it ended: what was called saved is in the journal, and now in the state for people to read.
    context.write_save_file(&mut talk.into_desk());
    ended
}

/// Returns the questions that are asked, in order.
fn questions(desk: &Desk, arguments: &Ask) -> Result<Vec<QuestionId>, Fault> {
    let area = arguments.area.as_deref().map(AreaId::from);
    let known = |id: &AreaId| desk.questionnaire().areas().iter().any(|area| &area.id == id);
    if let Some(area) = area.as_ref().filter(|area| !known(area)) {
        let ids: Vec<&str> = desk.questionnaire().areas().iter().map(|area| area.id.as_str()).collect();
        return Err(Fault::not_found(format!("there is no area {area}"), format!("There are: {}", ids.join(", "))));
    }
    let is_wanted = |item: &crate::domain::questionnaire::Item<'_>| {
        area.as_ref().is_none_or(|area| &item.area.id == area) && (!arguments.quick || item.question.quick)
    };
    let questions: Vec<QuestionId> =
        asked(desk.questionnaire(), desk.assessment()).filter(is_wanted).map(|item| item.question.id.clone()).collect();
    if questions.is_empty() {
        let told = "no question of that kind is asked of you";
        return Err(Fault::not_found(
            told,
            "Leave out --area or --quick, or look at the profile: ready42 profile NAME",
        ));
    }
    Ok(questions)
}

/// Speaks, listens and answers, one line at a time. What a line changes is saved before the next one is read.
fn converse(talk: &mut Talk, mut lines: impl BufRead, out: &mut impl Write) -> Result<(), Fault> {
    say(out, &talk.greeting())?;
    say(out, &talk.question())?;
    loop {
        prompt(out, talk.prompt())?;
        let mut line = vec![];
        // Not `lines`: one that isn't UTF-8 is told, not the end.
        if lines.read_until(b'\n', &mut line).map_err(|error| unreadable(&error))? == 0 {
            say(out, "")?;
            return say(out, &talk.farewell());
        }
        let line = String::from_utf8_lossy(&line);
        let turn = if talk.is_waiting() { talk.fill_in(line.trim())? } else { talk.take(&Command::read(line.trim()))? };
        match turn {
            Turn::Say(told) => say(out, &told)?,
            Turn::Ask(told) => {
                say(out, &told)?;
                say(out, &talk.question())?;
            }
            Turn::Leave => return say(out, &talk.farewell()),
        }
    }
}

fn say(out: &mut impl Write, text: &str) -> Result<(), Fault> {
    if text.is_empty() {
        return Ok(());
    }
    writeln!(out, "{text}").and_then(|()| out.flush()).map_err(|error| unwritable(&error))
}

fn prompt(out: &mut impl Write, text: &str) -> Result<(), Fault> {
    write!(out, "{text} ").and_then(|()| out.flush()).map_err(|error| unwritable(&error))
}

fn unwritable(error: &io::Error) -> Fault {
    let told = format!("standard output can't be written: {error}");
    Fault::new(Status::NotWritten, told, "What was called saved is saved.")
}

fn unreadable(error: &io::Error) -> Fault {
    let told = format!("standard input can't be read: {error}");
    Fault::new(Status::Failure, told, "What was called saved is saved.")
}
