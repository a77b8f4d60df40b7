//! What lies over a screen: the help, and forms that take text.

use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;

use crate::domain::change::Change;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::keymap::Keymap;
use crate::tui::layout::Parts;
use crate::tui::state::State;
use crate::tui::theme::Theme;

/// What lies over a screen.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// The keys of the screen.
    Help {
        /// The first line that is shown.
        scroll: usize,
    },
    /// A form.
    Form(Box<Form>),
}

/// A form that takes text.
#[derive(Clone, Debug)]
pub struct Form {}

/// Returns whether keys are text at the moment.
pub(super) fn takes_text(overlay: Option<&Overlay>) -> bool {
    matches!(overlay, Some(Overlay::Form(_)))
}

/// Takes an action; returns what lies over the screen afterwards.
pub(super) fn act(overlay: Overlay, action: Action) -> Option<Overlay> {
    None
}

/// Types a key into the form.
pub(super) fn type_key(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    vec![]
}

/// Pastes text into the form; without one, the text is dropped: it is no keys.
pub(super) fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    vec![]
}

/// Returns what the footer shows while something lies over the screen.
pub(super) fn hints(overlay: Option<&Overlay>) -> Option<Vec<(String, String)>> {
    None
}

/// Returns a change as words for a notice.
pub(super) fn told(change: &Change) -> String {
    String::new()
}

/// Draws what lies over the screen.
pub(super) fn view(state: &State, keymap: &Keymap, theme: &Theme, frame: &mut Frame, parts: &Parts) {}
