//! What lies over a screen: the help, and forms that take text.

mod accept;
mod draw;
mod field;
mod form;
pub mod forms;
mod help;
mod told;

use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;

use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::layout::Parts;
use crate::tui::message::Size;
use crate::tui::overlay::field::Value;
use crate::tui::overlay::form::Asked;
use crate::tui::state::{Notice, State};
use crate::tui::theme::Theme;

pub use form::Form;
pub use help::Help;
pub use told::{question, told};

/// What lies over a screen.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// The keys of the screen.
    Help(Help),
    /// A form.
    Form(Box<Form>),
}

/// Returns whether keys are text at the moment.
pub(super) fn takes_text(overlay: Option<&Overlay>) -> bool {
    matches!(overlay, Some(Overlay::Form(_)))
}

/// Takes an action; returns what lies over the screen afterwards.
pub(super) fn act(overlay: Overlay, action: Action, size: Size) -> Option<Overlay> {
    match overlay {
        Overlay::Help(mut help) => {
            let area = crate::tui::layout::screen(size).map(|parts| under(&parts)).unwrap_or_default();
            help.act(action, area).then_some(Overlay::Help(help))
        }
        // Keys are text there, and wheels turn in vain.
        Overlay::Form(form) => Some(Overlay::Form(form)),
    }
}

/// Types a key into the form.
pub(super) fn type_key(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    let Some(Overlay::Form(form)) = &mut state.overlay else { return vec![] };
    match form.press(key) {
        Asked::Nothing => vec![],
        Asked::Accept => accept::accept(state),
        Asked::Leave => accept::leave(state),
    }
}

/// Pastes text into the form; without one, the text is dropped: it is no keys.
pub(super) fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    if let Some(Overlay::Form(form)) = &mut state.overlay {
        form.paste(text);
    } else {
        let told = "The pasted text was not used: nothing here takes text. Open a note or a form first.";
        state.notice = Some(Notice::problem(told));
    }
    vec![]
}

/// Tells the form that waits why it was not carried out; returns whether one waits.
pub(super) fn refused(overlay: &mut Option<Overlay>, why: &str) -> bool {
    match overlay {
        Some(Overlay::Form(form)) if form.is_waiting => {
            form.is_waiting = false;
            form.focus = 0;
            form.error = Some(why.to_owned());
            true
        }
        Some(Overlay::Form(_) | Overlay::Help(_)) | None => false,
    }
}

/// Returns what the footer shows while something lies over the screen.
pub(super) fn hints(overlay: Option<&Overlay>) -> Option<Vec<(String, String)>> {
    let hints: &[(&str, &str)] = match overlay? {
        Overlay::Help(_) => &[("↑↓", "scroll"), ("Esc", "close")],
        Overlay::Form(form) => match form.field().map(|field| &field.value) {
            Some(Value::Lines(_)) => &[("Enter", "new line"), ("Ctrl-Z", "undo"), ("Esc", "close and keep")],
            Some(Value::Any { .. }) => &[("↑↓", "move"), ("Space", "choose"), ("Enter", "accept"), ("Esc", "leave")],
            Some(Value::One { .. }) if form.is_last() => &[("↑↓", "choose"), ("Enter", "accept"), ("Esc", "leave")],
            Some(Value::One { .. }) => &[("↑↓", "choose"), ("Enter", "next field"), ("Esc", "leave")],
            Some(Value::Line(_)) if form.is_last() => &[("Enter", "accept"), ("Ctrl-Z", "undo"), ("Esc", "leave")],
            Some(Value::Line(_)) | None => &[("Enter", "next field"), ("Ctrl-S", "accept"), ("Esc", "leave")],
        },
    };
    Some(hints.iter().map(|(keys, word)| ((*keys).to_owned(), (*word).to_owned())).collect())
}

/// Draws what lies over the screen.
pub(super) fn view(state: &State, theme: &Theme, frame: &mut Frame, parts: &Parts) {
    match &state.overlay {
        Some(Overlay::Help(help)) => help.view(theme, frame, under(parts)),
        Some(Overlay::Form(form)) => draw::view(form, theme, frame, under(parts)),
        None => {}
    }
}

/// Returns what an overlay may cover: all but the notices and the keys.
fn under(parts: &Parts) -> Rect {
    parts.header.union(parts.body)
}
