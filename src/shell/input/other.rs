//! Listening where there are no signals.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;

use ratatui::crossterm::event::read;

use crate::shell::input::{HANG_UP, Input, event_of};

/// Stands for the thread that listens. Here it can't be told to leave the keys to another program: it reads at most
/// one event while that runs.
#[derive(Debug)]
pub struct Listener;

impl Listener {
    /// Leaves the keys to another program.
    pub fn pause(&self) {}

    /// Takes the keys again.
    pub fn resume(&self) {}
}

/// Starts the thread that listens. It ends with the process.
///
/// # Errors
///
/// Returns why the thread can't be started.
pub fn listen(inputs: &Sender<Input>) -> io::Result<Listener> {
    let inputs = inputs.clone();
    let listen = move || {
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
    };
    thread::Builder::new().name("keys".to_owned()).spawn(listen)?;
    Ok(Listener)
}

/// There is no such thing as sleeping here: the program goes on.
pub fn sleep() {}
