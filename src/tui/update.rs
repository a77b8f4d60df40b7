//! What a message changes, and what the shell shall do about it.

#[cfg(test)]
mod tests;

use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use crate::domain::id::QuestionId;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Opened, Outcome};
use crate::tui::keymap::Keymap;
use crate::tui::message::{Event, Message};
use crate::tui::overlay::{self, Help, Overlay};
use crate::tui::screens::{assess, dashboard, export, home, profile, timeline};
use crate::tui::session::{SaveState, Session};
use crate::tui::state::{Exit, Notice, Screen, State, Step, Tab};
use crate::tui::view;

/// Returns what an event means in the state of the moment; none where it means nothing.
#[must_use]
pub fn message(state: &State, keymap: &Keymap, event: Event) -> Option<Message> {
    match event {
        Event::Key(key) if overlay::takes_text(state.overlay.as_ref()) => Some(Message::Type(key)),
        Event::Key(key) => keymap.action(state.context(), key).map(|action| match action {
            Action::Help => Message::Help(Help::new(keymap, state.context())),
            _ => Message::Act(action),
        }),
        Event::Mouse(mouse) => clicked(mouse),
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Resize(size) => Some(Message::Resized(size)),
        Event::Finished(outcome) => Some(Message::Finished(outcome)),
    }
}

fn clicked(mouse: MouseEvent) -> Option<Message> {
    match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Message::Click { x: mouse.column, y: mouse.row }),
        MouseEventKind::ScrollDown => Some(Message::Act(Action::Down)),
        MouseEventKind::ScrollUp => Some(Message::Act(Action::Up)),
        MouseEventKind::Down(_)
        | MouseEventKind::Up(_)
        | MouseEventKind::Drag(_)
        | MouseEventKind::Moved
        | MouseEventKind::ScrollLeft
        | MouseEventKind::ScrollRight => None,
    }
}

/// Changes the state as a message says, and returns what the shell shall do, in order.
#[must_use]
pub fn update(state: &mut State, message: Message) -> Vec<Effect> {
    match message {
        Message::Act(action) => {
            state.notice = None;
            act(state, action)
        }
        Message::Help(help) => {
            state.notice = None;
            show_help(state, help);
            vec![]
        }
        Message::Type(key) => {
            state.notice = None;
            overlay::type_key(state, key)
        }
        Message::Paste(text) => overlay::paste(state, &text),
        Message::Click { x, y } => click(state, x, y),
        Message::Resized(size) => {
            state.size = size;
            vec![]
        }
        Message::Finished(outcome) => finished(state, outcome),
    }
}

fn show_help(state: &mut State, help: Help) {
    match &state.overlay {
        None => state.overlay = Some(Overlay::Help(help)),
        Some(Overlay::Help(_)) => state.overlay = None,
        Some(Overlay::Form(_)) => {}
    }
}

fn act(state: &mut State, action: Action) -> Vec<Effect> {
    if let Some(overlay) = state.overlay.take_if(|_| action != Action::Suspend) {
        state.overlay = overlay::act(overlay, action, state.size);
        return vec![];
    }
    let has_session = state.session.is_some();
    match action {
        Action::Quit => vec![Effect::Quit],
        Action::Suspend => vec![Effect::Suspend],
        Action::Undo | Action::Redo => undo_or_redo(state, action),
        Action::NextScreen if has_session => go_by(state, 1),
        Action::PreviousScreen if has_session => go_by(state, -1),
        Action::GoAssess if has_session => go(state, Tab::Assess),
        Action::GoDashboard if has_session => go(state, Tab::Dashboard),
        Action::GoTimeline if has_session => go(state, Tab::Timeline),
        Action::GoProfile if has_session => go(state, Tab::Profile),
        Action::GoExport if has_session => go(state, Tab::Export),
        _ => {
            let step = screen_update(state, action);
            take(state, step)
        }
    }
}

/// Lets the screen that is shown take an action.
fn screen_update(state: &mut State, action: Action) -> Step {
    let State { screen, session, entries, size, .. } = state;
    match (screen, session) {
        (Screen::Home(home), _) => home::update(home, entries.as_deref().unwrap_or_default(), action),
        (Screen::Assess(screen), Some(session)) => assess::update(screen, session, *size, action),
        (Screen::Dashboard(screen), Some(session)) => dashboard::update(screen, session, action),
        (Screen::Timeline(screen), Some(session)) => timeline::update(screen, session, action),
        (Screen::Profile(screen), Some(session)) => profile::update(screen, session, action),
        (Screen::Export(screen), Some(session)) => export::update(screen, session, action),
        (_, None) => Step::exit(Exit::Home),
    }
}

/// Carries out what came of an action.
pub(super) fn take(state: &mut State, step: Step) -> Vec<Effect> {
    let mut effects = step.effects;
    if step.notice.is_some() {
        state.notice = step.notice;
    }
    match step.exit {
        None => {}
        Some(Exit::Home) if is_unsaved(state) => {
            let told = "Your last changes are not saved yet; they are tried again every 5 s. Stay until they are.";
            state.notice = Some(Notice::problem(told));
        }
        Some(Exit::Home) => {
            if state.session.take().is_some() {
                effects.extend([Effect::Close, Effect::List]);
            }
            state.screen = Screen::Home(home::State::default());
        }
        Some(Exit::Ask(question)) => ask(state, &question),
        Some(Exit::Form(form)) => state.overlay = Some(Overlay::Form(form)),
    }
    effects
}

fn is_unsaved(state: &State) -> bool {
    state.session.as_ref().is_some_and(|session| matches!(session.save_state(), SaveState::NotSaved(_)))
}

fn ask(state: &mut State, question: &QuestionId) {
    if let Some(session) = &state.session {
        state.screen = Screen::Assess(assess::State::at(session, question));
    }
}

fn go_by(state: &mut State, by: isize) -> Vec<Effect> {
    match state.tab() {
        Some(tab) => go(state, tab.step(by)),
        None => vec![],
    }
}

fn go(state: &mut State, tab: Tab) -> Vec<Effect> {
    if state.tab() == Some(tab) {
        return vec![];
    }
    let Some(session) = &mut state.session else { return vec![] };
    if let Screen::Assess(screen) = &state.screen {
        session.stand_at(screen.question());
    }
    state.screen = match tab {
        Tab::Assess => Screen::Assess(assess::State::new(session)),
        Tab::Dashboard => Screen::Dashboard(dashboard::State::default()),
        Tab::Timeline => Screen::Timeline(timeline::State::default()),
        Tab::Profile => Screen::Profile(profile::State::default()),
        Tab::Export => Screen::Export(export::State::default()),
    };
    vec![]
}

fn undo_or_redo(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(session) = &mut state.session else { return vec![] };
    let result = if action == Action::Undo { session.undo() } else { session.redo() };
    match result {
        Ok((turn, effects)) => {
            let verb = if action == Action::Undo { "Taken back" } else { "Made again" };
            let what = match turn.made.as_slice() {
                [change] => overlay::told(change),
                _ => turn.subject(),
            };
            state.notice = Some(Notice::done(format!("{verb}: {what}.")));
            let question = turn.made.first().and_then(overlay::question);
            if let (Screen::Assess(screen), Some(question)) = (&mut state.screen, question) {
                screen.show(session, question);
            }
            effects
        }
        Err(why) => {
            state.notice = Some(Notice::problem(why));
            vec![]
        }
    }
}

fn click(state: &mut State, x: u16, y: u16) -> Vec<Effect> {
    state.notice = None;
    match state.overlay {
        // A form holds text: only a key closes it.
        Some(Overlay::Form(_)) => return vec![],
        Some(Overlay::Help(_)) => {
            state.overlay = None;
            return vec![];
        }
        None => {}
    }
    match view::target(state, x, y) {
        Some(view::Target::Tab(tab)) => go(state, tab),
        Some(view::Target::Screen(area)) => {
            let State { screen, session, entries, .. } = state;
            let step = match (screen, session) {
                (Screen::Home(home), _) => home::click(home, entries.as_deref().unwrap_or_default(), area, y),
                (Screen::Assess(screen), Some(session)) => assess::click(screen, session, area, (x, y)),
                (Screen::Dashboard(screen), Some(session)) => dashboard::click(screen, session, area, (x, y)),
                (Screen::Timeline(screen), Some(session)) => timeline::click(screen, session, area, (x, y)),
                (Screen::Profile(screen), Some(session)) => profile::click(screen, session, area, (x, y)),
                (Screen::Export(screen), Some(session)) => export::click(screen, session, area, (x, y)),
                (_, None) => Step::default(),
            };
            take(state, step)
        }
        None => vec![],
    }
}

fn finished(state: &mut State, outcome: Outcome) -> Vec<Effect> {
    match outcome {
        Outcome::Listed(Ok(entries)) => state.entries = Some(entries),
        Outcome::Listed(Err(why)) => {
            state.entries = Some(vec![]);
            state.notice = Some(Notice::problem(why));
        }
        Outcome::Opened(Ok(opened)) => return open(state, *opened),
        Outcome::Opened(Err(why)) => {
            if let Screen::Home(home) = &mut state.screen {
                home.opened();
            }
            if !overlay::refused(&mut state.overlay, &why) {
                state.notice = Some(Notice::problem(why));
            }
        }
        Outcome::Recorded { ticket, names, result } => {
            if let Some(session) = &mut state.session {
                session.recorded(ticket, &names, result);
            }
        }
        Outcome::Simulated { ticket, forecast } => {
            if let Some(session) = &mut state.session {
                session.simulated(ticket, *forecast);
            }
        }
        Outcome::Exported { ticket, result } => {
            if let Some(session) = &mut state.session
                && session.exported(ticket, &result)
            {
                state.notice = Some(match result {
                    Ok(path) => Notice::done(format!("Written: {}", path.display())),
                    Err(why) => Notice::problem(why),
                });
            }
        }
    }
    vec![]
}

fn open(state: &mut State, opened: Opened) -> Vec<Effect> {
    let told = opened.read_only.iter().chain(&opened.notices).cloned().collect::<Vec<_>>().join(" ");
    let is_new = opened.assessment.responses().len() == 0;
    let (session, effects) = Session::new(opened, state.today);
    state.notice = match told.is_empty() {
        false => Some(Notice::problem(told)),
        true if is_new => {
            let told = "Press 0 to 5 for the level that fits best. F5 describes your organisation.";
            Some(Notice::done(told))
        }
        true => None,
    };
    state.screen = Screen::Assess(assess::State::new(&session));
    state.session = Some(session);
    state.overlay = None;
    effects
}
