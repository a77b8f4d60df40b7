//! One question after the other: the heart of the program.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::tui::action::Action;
use crate::tui::session::Session;
use crate::tui::state::{Exit, Step};
use crate::tui::theme::Theme;

/// What the screen remembers.
#[derive(Clone, Debug, Default)]
pub struct State {
    selected: usize,
}

impl State {
    /// Returns the screen at the first open question.
    #[must_use]
    pub fn new(session: &Session) -> Self {
        Self::default()
    }

    /// Returns the screen at a question.
    #[must_use]
    pub fn at(session: &Session, question: &crate::domain::id::QuestionId) -> Self {
        Self::default()
    }
}

/// Takes an action.
pub fn update(state: &mut State, session: &mut Session, size: crate::tui::message::Size, action: Action) -> Step {
    match action {
        Action::Back => Step::exit(Exit::Home),
        _ => Step::default(),
    }
}

/// Takes a click on a cell of the screen's area.
pub fn click(state: &mut State, session: &mut Session, area: Rect, at: (u16, u16)) -> Step {
    Step::default()
}

/// Draws the screen.
pub fn view(state: &State, session: &Session, theme: &Theme, frame: &mut Frame, area: Rect) {}
