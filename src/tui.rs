//! The terminal interface, as a pure machine: an event becomes a message, the message changes the state and asks for
//! effects, and the view draws the state.
//!
//! ```text
//!  key ─► Event ─► Keymap ─► Message ─► update(State) ─► Effect ─► shell ─► Outcome ─┐
//!                                          │                                        │
//!                                          └─► view(State) ─► Frame                 └─► Event
//! ```
//!
//! Nothing here reads a clock, a file or the terminal: the tests beside the screens play whole sessions through it, and `monkey`
//! whatever anybody presses.

mod action;
mod ascii;
mod effect;
#[cfg(test)]
mod hostile;
mod keymap;
mod layout;
#[cfg(test)]
mod looks;
mod memo;
mod message;
#[cfg(test)]
mod monkey;
mod overlay;
mod screens;
mod session;
mod state;
#[cfg(test)]
mod testing;
mod theme;
mod update;
mod view;
mod widgets;

pub use effect::{
    Effect, Entry, Opened, Outcome, Recalled, ReportOrder, ShelfOrder, Shelved, StoredStep, Ticket, WrittenReports,
};
pub use keymap::Keymap;
pub use message::{Event, Message, Size};
pub use state::{Notice, State};
pub use theme::{Surroundings, Theme, ThemeName};
pub use update::{keep_typed, message, update};
pub use view::view;
