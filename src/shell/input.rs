//! Keys, signals and resizes, as one ordered stream of events.

use std::sync::mpsc::Sender;
use std::{io, thread};

use ratatui::crossterm::event::{Event as TerminalEvent, KeyEventKind, read};

use crate::tui::{Event, Size};

/// Something that the loop has to take.
#[derive(Debug)]
pub enum Input {
    /// Something for the interface.
    Event(Event),
    /// The system asks the program to end: the number of the signal.
    End(i32),
    /// The system asks the program to sleep.
    Sleep,
    /// A thread has failed that the interface can't do without.
    Broken,
    /// The program was woken up, or the terminal was used by another one: draw everything again.
    Woken,
}

/// Starts the threads that listen. They end with the process.
///
/// # Errors
///
/// Returns why a thread or a signal handler can't be set up.
pub fn listen(inputs: &Sender<Input>) -> io::Result<()> {
    let keys = inputs.clone();
    thread::Builder::new().name("keys".to_owned()).spawn(move || listen_to_terminal(&keys))?;
    listen_to_signals(inputs.clone())
}

fn listen_to_terminal(inputs: &Sender<Input>) {
    loop {
        let input = match read() {
            Ok(event) => event_of(event).map(Input::Event),
            // The terminal is gone: nobody can see or type anything any more.
            Err(_) => Some(Input::End(HANG_UP)),
        };
        let ends = matches!(input, Some(Input::End(_)));
        if input.is_some_and(|input| inputs.send(input).is_err()) || ends {
            return;
        }
    }
}

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

/// SIGHUP, also where there are no signals: the shell's status for it is 128 + 1.
const HANG_UP: i32 = 1;

#[cfg(unix)]
fn listen_to_signals(inputs: Sender<Input>) -> io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    use signal_hook::iterator::Signals;

    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT])?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            let input = match signal {
                SIGTSTP => Input::Sleep,
                SIGCONT => Input::Woken,
                other => Input::End(other),
            };
            if inputs.send(input).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the other systems can fail here")]
fn listen_to_signals(_inputs: Sender<Input>) -> io::Result<()> {
    Ok(())
}

/// Stops the process until it is woken up, as the terminal's suspend key does.
pub fn sleep() {
    #[cfg(unix)]
    {
        // Where the process can't be stopped, it goes on: nothing is lost by that.
        drop(signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP));
    }
}
