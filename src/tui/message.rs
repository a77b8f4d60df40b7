//! What happened, and what it means here.

use chrono::NaiveDate;
use ratatui::crossterm::event::{KeyEvent, MouseEvent};

use crate::tui::action::Action;
use crate::tui::effect::Outcome;
use crate::tui::overlay::{Help, Palette};

/// Something that happened: in the terminal, or to an effect that was asked for.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// The mouse was used.
    Mouse(MouseEvent),
    /// Text was pasted.
    Paste(String),
    /// The terminal has another size.
    Resize(Size),
    /// An effect came to its end.
    Finished(Outcome),
}

/// What an event means in the state of the moment.
#[derive(Clone, Debug)]
pub enum Message {
    /// The user means this.
    Act(Action),
    /// The user wants to see these keys, or no longer.
    Help(Help),
    /// The user wants to search.
    Palette(Palette),
    /// A key for the text field that has the focus.
    Type(KeyEvent),
    /// Text for the text field that has the focus.
    Paste(String),
    /// A click on a cell of the screen.
    Click {
        /// The column, from 0.
        x: u16,
        /// The row, from 0.
        y: u16,
    },
    /// The terminal has another size.
    Resized(Size),
    /// An effect came to its end.
    Finished(Outcome),
    /// It is another day.
    Day(NaiveDate),
}

/// The size of the terminal in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}
