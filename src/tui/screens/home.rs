//! The list of assessments, and the first start.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::tui::action::Action;
use crate::tui::effect::{Effect, Entry};
use crate::tui::state::Step;
use crate::tui::theme::Theme;

/// What the screen remembers.
#[derive(Clone, Debug, Default)]
pub struct State {
    selected: usize,
}

/// Takes an action.
pub fn update(state: &mut State, entries: &[Entry], action: Action) -> Step {
    match action {
        Action::Back => Step::effects(vec![Effect::Quit]),
        _ => Step::default(),
    }
}

/// Takes a click on a row of the screen.
pub fn click(state: &mut State, entries: &[Entry], area: Rect, y: u16) -> Step {
    Step::default()
}

/// Draws the screen; no entries means that they are still being read.
pub fn view(state: &State, entries: Option<&[Entry]>, theme: &Theme, frame: &mut Frame, area: Rect) {}
