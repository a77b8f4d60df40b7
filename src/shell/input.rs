//! Keys, signals, resizes and what other threads have to tell, as one stream of events for the loop.

#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

use std::sync::mpsc::Sender;

use ratatui::crossterm::event::{Event as TerminalEvent, KeyEventKind};

use crate::tui::{Event, Size};

#[cfg(not(unix))]
use other as system;
#[cfg(unix)]
use unix as system;

pub use system::{Listener, listen, pause, resume, sleep};

/// Tells the loop something, from any thread.
#[derive(Clone, Debug)]
pub struct Teller {
    inputs: Sender<Input>,
    waker: system::Waker,
}

impl Teller {
    /// Tells it. Returns whether anybody listens; nobody does only when the program ends.
    pub fn tell(&self, input: Input) -> bool {
        let is_heard = self.inputs.send(input).is_ok();
        self.waker.wake();
        is_heard
    }
}

#[cfg(test)]
#[cfg(unix)]
impl Teller {
    /// Returns one that nobody's loop hears, with what it is told.
    pub fn to_a_channel() -> (Self, std::sync::mpsc::Receiver<Input>) {
        let (teller, listener) = listen().expect("a channel can be had");
        (teller, listener.into_told())
    }
}

/// Something that the loop has to take.
#[derive(Debug)]
#[cfg_attr(not(unix), expect(dead_code, reason = "without signals nobody tells of sleep, and there writing waits"))]
pub enum Input {
    /// Something for the interface.
    Event(Event),
    /// The system asks the program to end: the number of the signal.
    End(i32),
    /// The system asks the program to sleep.
    Sleep,
    /// A thread has failed that the interface can't do without.
    Broken,
    /// The terminal takes more of what was drawn.
    Room,
    /// The program was woken up, or the terminal was used by another one: draw everything again.
    Woken,
}

/// SIGHUP, also where there are no signals: the shell's status for it is 128 + 1.
const HANG_UP: i32 = 1;

fn event_of(event: TerminalEvent) -> Option<Event> {
    match event {
        TerminalEvent::Key(key) if key.kind == KeyEventKind::Release => None,
        TerminalEvent::Key(key) => Some(Event::Key(key)),
        TerminalEvent::Mouse(mouse) => Some(Event::Mouse(mouse)),
        TerminalEvent::Paste(text) => Some(Event::Paste(text)),
        TerminalEvent::Resize(width, height) => Some(Event::Resize(Size { width, height })),
        TerminalEvent::FocusGained | TerminalEvent::FocusLost => None,
    }
}
