//! Listening where there are no signals: a thread reads the keys.

use std::fs::File;
use std::io;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use ratatui::crossterm::event::read;

use crate::shell::input::{HANG_UP, Input, Teller, event_of};

/// Here keys can't be left to another program: at most one event is read while that runs.
pub fn pause() {}

/// See [`pause`].
pub fn resume() {}

/// The channel wakes.
#[derive(Clone, Debug)]
pub struct Waker;

impl Waker {
    /// Does nothing.
    pub fn wake(&self) {}
}

/// Waits for inputs.
#[derive(Debug)]
pub struct Listener(Receiver<Input>);

/// Starts to listen.
///
/// # Errors
///
/// None here.
pub fn listen() -> io::Result<(Teller, Listener)> {
    let (inputs, told) = channel();
    Ok((Teller { inputs, waker: Waker }, Listener(told)))
}

impl Listener {
    /// Listens to keys, from when the terminal is taken. The thread ends with the process.
    ///
    /// # Errors
    ///
    /// Returns why the thread can't be started.
    #[expect(clippy::unused_self, reason = "only who listens is told")]
    pub fn listen_to_system(&self, teller: &Teller) -> io::Result<()> {
        let teller = teller.clone();
        let listen = move || {
            loop {
                let input = match read() {
                    Ok(event) => event_of(event).map(Input::Event),
                    // The terminal is gone: nobody can see or type anything any more.
                    Err(_) => Some(Input::End(HANG_UP)),
                };
                let ends = matches!(input, Some(Input::End(_)));
                if input.is_some_and(|input| !teller.tell(input)) || ends {
                    return;
                }
            }
        };
        thread::Builder::new().name("keys".to_owned()).spawn(listen)?;
        Ok(())
    }

    /// Waits for the next input. Here nothing is left to be written: writing waits.
    pub fn wait(&mut self, _line: Option<&File>) -> Input {
        // The channel closes only when every thread that tells is gone, and nobody could end the program any more.
        self.0.recv().unwrap_or(Input::End(HANG_UP))
    }

    /// Returns what a thread tells within a time.
    #[cfg(test)]
    pub fn told(&mut self, patience: Duration) -> Option<Input> {
        self.0.recv_timeout(patience).ok()
    }

    /// Returns the next input where there is one, or comes within a time.
    pub fn next(&mut self, patience: Option<Duration>) -> Option<Input> {
        patience.map_or_else(|| self.0.try_recv().ok(), |patience| self.0.recv_timeout(patience).ok())
    }
}

/// There is no such thing as sleeping here: the program goes on.
pub fn sleep() {}
