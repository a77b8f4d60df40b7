//! What lies over a screen: the help, the command palette, and forms that take text.

mod accept;
mod draw;
mod field;
mod form;
pub mod forms;
mod help;
mod palette;
pub mod shelf;
mod term;
mod told;

use ratatui::Frame;
use ratatui::crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::keymap::Hint;
use crate::tui::layout::{Parts, screen};
use crate::tui::message::Size;
use crate::tui::overlay::field::Value;
use crate::tui::overlay::form::Asked;
use crate::tui::state::{Notice, State};
use crate::tui::theme::Theme;

pub use form::Form;
pub use help::Help;
pub use palette::{Chosen, Goal, Palette};
pub use term::Term;
pub use told::{question, told};

/// What lies over a screen.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// The keys of the screen.
    Help(Help),
    /// What a word means.
    Term(Term),
    /// The command palette.
    Palette(Box<Palette>),
    /// A form.
    Form(Box<Form>),
}

/// Returns whether keys are text at the moment.
pub(super) fn takes_text(overlay: Option<&Overlay>) -> bool {
    matches!(overlay, Some(Overlay::Form(_) | Overlay::Palette(_)))
}

/// Takes an action; returns what lies over the screen afterwards.
pub(super) fn act(overlay: Overlay, action: Action, size: Size) -> Option<Overlay> {
    match overlay {
        Overlay::Help(mut help) => help.act(action, place(size)).then_some(Overlay::Help(help)),
        Overlay::Term(mut term) => {
            if term.act(action, place(size)) {
                Some(Overlay::Term(term))
            } else {
                term.close()
            }
        }
        Overlay::Palette(mut palette) => {
            palette.act(action);
            Some(Overlay::Palette(palette))
        }
        // Keys are text there; the wheel moves the choice.
        Overlay::Form(mut form) => {
            form.turn(action);
            Some(Overlay::Form(form))
        }
    }
}

/// Types a key into the form.
pub(super) fn type_key(state: &mut State, key: KeyEvent) -> Vec<Effect> {
    let Some(Overlay::Form(form)) = &mut state.overlay else { return vec![] };
    let asked = form.press(key);
    do_what_is(asked, state)
}

/// Takes a click on a cell while a form lies there. Beside its fields it means nothing: a form holds text, and only a key
/// closes it.
pub(super) fn click_form(state: &mut State, x: u16, y: u16) -> Vec<Effect> {
    let area = place(state.size);
    let Some(Overlay::Form(form)) = &mut state.overlay else { return vec![] };
    match draw::field_at(form, area, x, y) {
        Some((field, row)) => {
            let asked = form.click(field, row);
            do_what_is(asked, state)
        }
        None => vec![],
    }
}

fn do_what_is(asked: Asked, state: &mut State) -> Vec<Effect> {
    match asked {
        Asked::Nothing => vec![],
        Asked::Accept => accept::accept(state),
        Asked::Leave => accept::leave(state),
        Asked::Edit(text) => vec![Effect::Edit { text }],
    }
}

/// Keeps what is being typed as drafts; returns the effects that bring them to the disk.
pub(super) fn keep_typed(state: &mut State) -> Vec<Effect> {
    let Some(session) = &mut state.session else { return vec![] };
    if let Some(Overlay::Form(form)) = &state.overlay {
        accept::keep_in(session, form);
    }
    let mut effects = session.take_unkept();
    // What was typed before one looked at the past is kept too.
    effects.extend(state.live.iter_mut().flat_map(|live| live.take_unkept()));
    effects
}

/// Takes what the user's own editor has made of the text in the form.
pub(super) fn edited(state: &mut State, result: Result<String, String>) {
    match (result, &mut state.overlay) {
        (Ok(text), Some(Overlay::Form(form))) => form.replace(&text),
        (Ok(_), _) => {}
        (Err(why), Some(Overlay::Form(form))) => form.error = Some(why),
        (Err(why), _) => state.notice = Some(Notice::problem(why)),
    }
}

/// Returns what an overlay may cover, on a screen of a size.
pub(super) fn place(size: Size) -> Rect {
    screen(size).map(|parts| under(&parts)).unwrap_or_default()
}

/// Pastes text into the form; without one, the text is dropped: it is no keys.
pub(super) fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    match &mut state.overlay {
        Some(Overlay::Form(form)) => form.paste(text),
        Some(Overlay::Palette(palette)) => palette.paste(text),
        Some(Overlay::Help(_) | Overlay::Term(_)) | None => {
            let told = "The pasted text was not used: nothing here takes text. Open a note or a form first.";
            state.notice = Some(Notice::problem(told));
        }
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
        Some(Overlay::Form(_) | Overlay::Help(_) | Overlay::Term(_) | Overlay::Palette(_)) | None => false,
    }
}

/// Returns what the footer shows while something lies over the screen. A click on a hint presses its key.
pub(super) fn hints(overlay: Option<&Overlay>) -> Option<Vec<Hint>> {
    let move_by = |word: &str| Hint::new("↑↓", word, KeyCode::Down);
    let leave = |word: &str| Hint::new("Esc", word, KeyCode::Esc);
    let enter = |word: &str| Hint::new("Enter", word, KeyCode::Enter);
    let next = || Hint::new("Enter", "next field", KeyCode::Tab);
    let hints = match overlay? {
        Overlay::Help(_) | Overlay::Term(_) => vec![move_by("scroll"), leave("close")],
        Overlay::Palette(_) => vec![move_by("move"), enter("choose"), leave("close")],
        Overlay::Form(form) => match form.field().map(|field| &field.value) {
            Some(Value::Lines(_)) => {
                vec![enter("new line"), Hint::ctrl('z', "undo"), Hint::ctrl('o', "editor"), leave("close and keep")]
            }
            Some(Value::Any { .. }) => {
                vec![move_by("move"), Hint::new("Space", "choose", KeyCode::Char(' ')), enter("accept"), leave("leave")]
            }
            Some(Value::One { .. }) if form.is_last() => vec![move_by("choose"), enter("accept"), leave("leave")],
            Some(Value::One { .. }) => vec![move_by("choose"), next(), leave("leave")],
            Some(Value::Line(_)) if form.is_last() => vec![enter("accept"), Hint::ctrl('z', "undo"), leave("leave")],
            Some(Value::Line(_)) | None => vec![next(), Hint::ctrl('s', "accept"), leave("leave")],
        },
    };
    Some(hints)
}

/// Draws what lies over the screen.
pub(super) fn view(state: &State, theme: &Theme, frame: &mut Frame, parts: &Parts) {
    match &state.overlay {
        Some(Overlay::Help(help)) => help.view(theme, frame, under(parts)),
        Some(Overlay::Term(term)) => term.view(theme, frame, under(parts)),
        Some(Overlay::Palette(palette)) => palette.view(theme, frame, under(parts)),
        Some(Overlay::Form(form)) => draw::view(form, theme, frame, under(parts)),
        None => {}
    }
}

/// Returns what an overlay may cover: all but the notices and the keys.
fn under(parts: &Parts) -> Rect {
    parts.tabs.union(parts.body)
}
