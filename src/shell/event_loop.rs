//! Waits for input, lets the interface change its state, performs what it asks for, and draws once a batch.
//!
//! Without input nothing runs: an idle interface costs no time.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use chrono::NaiveDate;

use crate::shell::canvas::Canvas;
use crate::shell::clock;
use crate::shell::drill::drill;
use crate::shell::input::{Input, Listener};
use crate::shell::terminal::Outlet;
use crate::tui::{Effect, Keymap, Message, Outcome, State, Theme, keep_typed, message, update, view};

/// Who sends a key within this time of the last frame sends more than a finger does, which repeats every 30 ms: the frame
/// then waits for a moment in which nothing comes, though never for longer than this.
const FLOOD: Duration = Duration::from_millis(12);
/// Such a moment.
const BREATH: Duration = Duration::from_millis(3);
/// What is opened at the start is mostly there within this time: until then, a frame that says that it is being read
/// would only flash.
const FLASH: Duration = Duration::from_millis(10);

/// How the interface ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The user left.
    Quit,
    /// The system asked for it: the number of the signal.
    Signal(i32),
    /// A part of the program has failed.
    Broken,
}

/// Performs what the interface asks for.
pub trait Perform {
    /// Starts an effect. Its outcome comes as an event.
    fn perform(&mut self, effect: Effect);

    /// Returns the day: an interface stays open over midnight.
    fn today(&self) -> NaiveDate;

    /// Gives the terminal back, sleeps until somebody wakes the program up, and takes the terminal again.
    ///
    /// # Errors
    ///
    /// Returns why the terminal can't be taken again.
    fn sleep(&mut self) -> io::Result<()>;

    /// Gives the terminal to the user's own editor until it ends, and takes it again. Returns what the editor has made
    /// of the text, or why the text stays as it was.
    ///
    /// # Errors
    ///
    /// Returns why the terminal can't be taken again.
    fn edit(&mut self, text: &str) -> io::Result<Result<String, String>>;

    /// Takes the terminal again after something else has used it.
    ///
    /// # Errors
    ///
    /// Returns why the terminal can't be taken again.
    fn wake(&mut self) -> io::Result<()>;
}

/// What the interface looks like: its keys and its colours.
#[derive(Clone, Debug)]
pub struct Appearance {
    /// The key table.
    pub keymap: Keymap,
    /// The styles.
    pub theme: Theme,
}

/// What is to be done after an input.
enum Next {
    /// Nothing has changed.
    Wait,
    Go,
    Redraw,
    End(Ending),
}

/// Runs the interface until it ends.
///
/// # Errors
///
/// Returns why the terminal can't be drawn on.
pub fn run<W: Outlet>(
    canvas: &mut Canvas<W>,
    state: &mut State,
    look: &Appearance,
    listener: &mut Listener,
    perform: &mut impl Perform,
) -> io::Result<Ending> {
    let mut has_changed = true;
    let mut drawn = None;
    let mut first = listener.next(Some(FLASH));
    loop {
        // While the terminal doesn't take the last frame, there is no other: keys and answers are taken all the same, and
        // the next frame shows what they came to.
        let is_through = canvas.out().is_through()?;
        if has_changed && is_through && first.is_none() {
            canvas.draw(|frame| view(state, &look.keymap, &look.theme, frame))?;
            drawn = Some(clock::instant());
            has_changed = false;
        }
        if state.session.is_some() {
            drill("loop");
        }
        // Nothing is on the screen before the first input is taken.
        let mut next = first.take().or_else(|| Some(listener.wait(canvas.out().line())));
        while let Some(input) = next {
            match take(state, look, input, perform)? {
                Next::Wait => {}
                Next::Go => has_changed = true,
                Next::Redraw => {
                    canvas.wipe()?;
                    has_changed = true;
                }
                Next::End(ending) => {
                    // What was typed in this very batch is kept too.
                    for effect in keep_typed(state) {
                        perform.perform(effect);
                    }
                    return Ok(ending);
                }
            }
            next = listener.next(match drawn.map(|drawn| drawn.elapsed()) {
                Some(ago) if has_changed && ago < FLOOD => Some(BREATH),
                _ => None,
            });
        }
        for effect in keep_typed(state) {
            perform.perform(effect);
        }
    }
}

fn take(state: &mut State, look: &Appearance, input: Input, perform: &mut impl Perform) -> io::Result<Next> {
    match input {
        Input::Room => Ok(Next::Wait),
        Input::End(signal) => Ok(Next::End(Ending::Signal(signal))),
        Input::Broken => Ok(Next::End(Ending::Broken)),
        Input::Sleep => perform.sleep().map(|()| Next::Redraw),
        Input::Woken => perform.wake().map(|()| Next::Redraw),
        Input::Event(event) => {
            let today = perform.today();
            if today != state.today {
                handle(state, Message::Day(today), perform)?;
            }
            match message(state, &look.keymap, event) {
                Some(message) => handle(state, message, perform),
                None => Ok(Next::Wait),
            }
        }
    }
}

fn handle(state: &mut State, message: Message, perform: &mut impl Perform) -> io::Result<Next> {
    let mut next = Next::Go;
    let mut effects = VecDeque::from(update(state, message));
    while let Some(effect) = effects.pop_front() {
        match effect {
            Effect::Quit => return Ok(Next::End(Ending::Quit)),
            Effect::Edit { text } => {
                let outcome = Outcome::Edited(perform.edit(&text)?);
                effects.extend(update(state, Message::Finished(outcome)));
                next = Next::Redraw;
            }
            Effect::Suspend => {
                perform.sleep()?;
                next = Next::Redraw;
            }
            other => perform.perform(other),
        }
    }
    Ok(next)
}
