//! Takes the terminal over and gives it back: on quitting, on a signal, on suspending, and on a panic.
//!
//! Everything is here because `ratatui::init` restores raw mode and the alternate screen only: the mouse and
//! bracketed paste would stay on after a panic.

use std::fs::File;
use std::io::{self, Stdout, Write};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use ratatui::crossterm::cursor::{Hide, Show};
use ratatui::crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use ratatui::crossterm::style::ResetColor;
use ratatui::crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::crossterm::{execute, style};

use crate::shell::canvas::Canvas;
use crate::shell::jobs;
use crate::shell::line;
use crate::shell::painter::{Painter, may_differ};

/// Whether the terminal is ours, so that giving it back twice does nothing.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// What was drawn and the terminal hasn't taken yet: the rest of a frame, never more than one. It stands here and not in the
/// gate so that it goes out before the terminal is given back, whoever does that.
static REST: Mutex<Vec<u8>> = Mutex::new(vec![]);

/// The terminal that the interface draws on.
pub type Screen = Canvas<Gate>;

/// Whether the terminal reports the mouse. Its own selection of text works only without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// Clicks and the wheel work.
    On,
    /// The terminal keeps the mouse.
    Off,
}

/// The terminal while it is ours. Dropping it gives the terminal back.
#[derive(Debug)]
pub struct Takeover {
    mouse: Mouse,
}

impl Takeover {
    /// Takes the terminal over, and sees to it that a panic gives it back before it is told.
    ///
    /// # Errors
    ///
    /// Returns why the terminal can't be taken over; it is as it was.
    pub fn begin(mouse: Mouse) -> io::Result<Self> {
        let told = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if thread::current().name() != Some(jobs::EXPORT) {
                give_back();
                told(panic);
            }
        }));
        // crossterm 0.29 writes a bare reset instead of a colour under NO_COLOR, which also resets what is reversed.
        // We choose a theme without colour instead (crossterm-rs/crossterm#1069).
        style::force_color_output(true);
        line::open();
        let takeover = Self { mouse };
        takeover.take()?;
        Ok(takeover)
    }

    /// Takes the terminal, at the start or after it was given back for a while.
    ///
    /// # Errors
    ///
    /// Returns what went wrong; the terminal is given back.
    pub fn take(&self) -> io::Result<()> {
        TAKEN.store(true, Ordering::SeqCst);
        may_differ();
        let result = enable_raw_mode().and_then(|()| {
            execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, Hide)?;
            match self.mouse {
                Mouse::On => execute!(io::stdout(), EnableMouseCapture),
                Mouse::Off => Ok(()),
            }
        });
        if result.is_err() {
            give_back();
        }
        result
    }

    /// Gives the terminal back for a while, or for good.
    #[expect(clippy::unused_self, reason = "only who has taken the terminal over gives it back")]
    pub fn give_back(&self) {
        give_back();
    }
}

/// Standard output while the terminal is ours. What is drawn after it was given back goes nowhere: it would stand in
/// the middle of what is told then.
#[derive(Debug)]
pub struct Gate {
    out: Stdout,
}

/// What frames go out through. The next frame has to wait until the last one is through: half of it would garble the
/// screen.
pub trait Outlet: Write {
    /// Returns whether everything that was drawn has gone out. What hasn't is offered once more.
    ///
    /// # Errors
    ///
    /// Returns why the terminal takes nothing any more.
    fn is_through(&mut self) -> io::Result<bool>;

    /// Returns what to wait for until it takes more.
    fn line(&self) -> Option<&File>;
}

impl Write for Gate {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !TAKEN.load(Ordering::SeqCst) {
            return Ok(bytes.len());
        }
        let Some(line) = line::line() else { return self.out.write(bytes) };
        // Behind what waits, and otherwise at once.
        let mut rest = rest();
        let taken = if rest.is_empty() { line::offer(line, bytes)? } else { 0 };
        rest.extend_from_slice(bytes.get(taken..).unwrap_or_default());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if TAKEN.load(Ordering::SeqCst) && line::line().is_none() { self.out.flush() } else { Ok(()) }
    }
}

impl Outlet for Gate {
    fn is_through(&mut self) -> io::Result<bool> {
        let mut rest = rest();
        if let Some(line) = line::line()
            && !rest.is_empty()
        {
            let taken = line::offer(line, &rest)?;
            drop(rest.drain(..taken));
        }
        Ok(rest.is_empty())
    }

    fn line(&self) -> Option<&File> {
        line::line().filter(|_| !rest().is_empty())
    }
}

/// Returns the screen to draw on.
///
/// # Errors
///
/// Returns why its size can't be told.
pub fn screen() -> io::Result<Screen> {
    Canvas::new(Painter::new(Gate { out: io::stdout() }))
}

impl Drop for Takeover {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the terminal back, if it is ours. What can't be restored is passed over: there is nobody to tell.
fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    // Where nobody reads the terminal, there is nobody to give it back to: the program ends all the same.
    match line::line() {
        Some(line) => {
            // Half of a frame may end in the middle of a sequence. A panic while it is drawn leaves it so: who has panicked
            // holds what is left.
            let mut bytes = REST.try_lock().map(|mut rest| std::mem::take(&mut *rest)).unwrap_or_default();
            drop(give_back_on(&mut bytes));
            drop(line::insist(line, &bytes));
        }
        None => drop(give_back_on(&mut io::stdout())),
    }
    drop(disable_raw_mode());
}

/// Returns what the terminal hasn't taken yet, for oneself alone.
fn rest() -> MutexGuard<'static, Vec<u8>> {
    REST.lock().unwrap_or_else(PoisonError::into_inner)
}

fn give_back_on(out: &mut impl Write) -> io::Result<()> {
    execute!(out, ResetColor, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show)?;
    out.flush()
}
