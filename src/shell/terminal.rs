//! Takes the terminal over and gives it back: on quitting, on a signal, on suspending, and on a panic.
//!
//! Everything is here because `ratatui::init` restores raw mode and the alternate screen only: the mouse and
//! bracketed paste would stay on after a panic.

use std::io::{self, Stdout, Write};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use ratatui::crossterm::cursor::{Hide, Show};
use ratatui::crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use ratatui::crossterm::style::ResetColor;
use ratatui::crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::crossterm::{execute, style};

use crate::shell::canvas::Canvas;
use crate::shell::jobs;
use crate::shell::painter::{Painter, may_differ};

/// Whether the terminal is ours, so that giving it back twice does nothing.
static TAKEN: AtomicBool = AtomicBool::new(false);

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
pub struct Gate(Stdout);

impl Write for Gate {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if TAKEN.load(Ordering::SeqCst) { self.0.write(bytes) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        if TAKEN.load(Ordering::SeqCst) { self.0.flush() } else { Ok(()) }
    }
}

/// Returns the screen to draw on.
///
/// # Errors
///
/// Returns why its size can't be told.
pub fn screen() -> io::Result<Screen> {
    Canvas::new(Painter::new(Gate(io::stdout())))
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
    let mut out = io::stdout();
    drop(execute!(out, ResetColor, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show));
    drop(out.flush());
    drop(disable_raw_mode());
}
