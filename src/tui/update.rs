//! What a message changes, and what the shell shall do about it.

mod mouse;
mod outcome;
mod past;
#[cfg(test)]
mod tests;
mod ways;

use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::keymap::{Context, Keymap};
use crate::tui::message::{Event, Message};
use crate::tui::overlay::{self, Chosen, Goal, Help, Overlay, Palette};
use crate::tui::screens::questions::filter::Filter;
use crate::tui::screens::{
    assess, crosswalk, dashboard, export, history, home, plan, present, profile, questions, soa, timeline,
};
use crate::tui::session::SaveState;
use crate::tui::state::{Exit, Notice, Screen, State, Step, Tab};
use crate::tui::update::mouse::{click, clicked};
use crate::tui::update::outcome::{finished, take_over};
use crate::tui::update::past::{look_back, recording, return_to_now};
use crate::tui::update::ways::{ask, go, go_by, list, present, step_back};
use crate::tui::view;

/// Returns what an event means in the state of the moment; none where it means nothing.
#[must_use]
pub fn message(state: &State, keymap: &Keymap, event: Event) -> Option<Message> {
    match event {
        Event::Key(key) if overlay::takes_text(state.overlay.as_ref()) => Some(Message::Type(key)),
        Event::Key(key) => keymap.action(state.context(), key).map(|action| meant(state, keymap, action)),
        Event::Mouse(mouse) => match clicked(mouse)? {
            Message::Click { x, y } => match view::target(state, keymap, x, y) {
                Some(view::Target::Hint(hint)) => message(state, keymap, Event::Key(hint.key)),
                Some(view::Target::Tab(tab)) if state.overlay.is_none() => Some(Message::Act(tab.action())),
                Some(view::Target::Tab(_)) | None => Some(Message::Click { x, y }),
            },
            other => Some(other),
        },
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Resize(size) => Some(Message::Resized(size)),
        Event::Finished(outcome) => Some(Message::Finished(outcome)),
    }
}

/// Returns what an action means: what is made of the key table is made here, where it is at hand.
fn meant(state: &State, keymap: &Keymap, action: Action) -> Message {
    match (action, &state.session) {
        (Action::Help, _) => Message::Help(Help::new(keymap, state.context())),
        (Action::Palette, session) => {
            let context = state.context();
            Message::Palette(Palette::of_everything(keymap, context, session.as_ref(), &state.user))
        }
        (Action::Search, Some(session)) => Message::Palette(Palette::of_questions(session)),
        (Action::Terms, Some(session)) => Message::Palette(Palette::of_terms(session.questionnaire())),
        _ => Message::Act(action),
    }
}

/// Returns the effects that keep what was typed since they were asked for last. Once a batch of events is enough: it
/// costs as much as the text is long.
#[must_use]
pub fn keep_typed(state: &mut State) -> Vec<Effect> {
    overlay::keep_typed(state)
}

/// Changes the state as a message says, and returns what the shell shall do, in order.
#[must_use]
pub fn update(state: &mut State, message: Message) -> Vec<Effect> {
    let mut effects = carry_out(state, message);
    // A forecast is worked out when a screen shows it, and not before.
    if let (Screen::Timeline(_) | Screen::Profile(_), Some(session)) = (&state.screen, &mut state.session) {
        effects.extend(session.ask_for_forecast());
    }
    effects
}

fn carry_out(state: &mut State, message: Message) -> Vec<Effect> {
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
        Message::Palette(palette) => {
            state.notice = None;
            if state.overlay.is_none() {
                state.overlay = Some(Overlay::Palette(Box::new(palette)));
            }
            vec![]
        }
        Message::Type(key) => {
            state.notice = None;
            match &mut state.overlay {
                Some(Overlay::Palette(palette)) => {
                    let chosen = palette.press(key);
                    chose(state, chosen)
                }
                Some(Overlay::Form(_) | Overlay::Help(_) | Overlay::Term(_)) | None => overlay::type_key(state, key),
            }
        }
        Message::Paste(text) => overlay::paste(state, &text),
        Message::Click { x, y } => click(state, x, y),
        Message::Resized(size) => {
            state.size = size;
            vec![]
        }
        Message::Finished(outcome) => finished(state, outcome),
        Message::Day(today) => {
            state.today = today;
            let live = state.live.as_deref_mut();
            state.session.iter_mut().chain(live).for_each(|session| session.begin_day(today));
            vec![]
        }
    }
}

fn show_help(state: &mut State, help: Help) {
    match &state.overlay {
        None => state.overlay = Some(Overlay::Help(help)),
        Some(Overlay::Help(_)) => state.overlay = None,
        Some(Overlay::Form(_) | Overlay::Palette(_) | Overlay::Term(_)) => {}
    }
}

/// Carries out what was chosen in the palette.
fn chose(state: &mut State, chosen: Chosen) -> Vec<Effect> {
    let goal = match chosen {
        Chosen::Nothing => return vec![],
        Chosen::Leave => None,
        Chosen::Goal(goal) => Some(goal),
    };
    let palette = match state.overlay.take() {
        Some(Overlay::Palette(palette)) => Some(palette),
        _ => None,
    };
    match goal {
        None => vec![],
        Some(Goal::Act(action)) => act(state, action),
        Some(Goal::Elsewhere { context, action, told }) => elsewhere(state, context, action, told),
        Some(Goal::Help(help)) => {
            show_help(state, help);
            vec![]
        }
        Some(Goal::Ask(question)) => {
            ask(state, &question);
            vec![]
        }
        Some(Goal::Term(term)) => {
            state.overlay = Some(Overlay::Term(match palette {
                Some(palette) => term.found_in(palette),
                None => term,
            }));
            vec![]
        }
        Some(Goal::List(filter)) => {
            list(state, &filter);
            vec![]
        }
    }
}

/// Goes where an action is at home, and does it where it only shows something; else its key is told, as what it would
/// act on is to be seen first.
fn elsewhere(state: &mut State, context: Context, action: Action, told: String) -> Vec<Effect> {
    let mut effects = if let Some(tab) = Tab::ALL.into_iter().find(|tab| tab.context() == context) {
        act(state, tab.action())
    } else {
        state.trail.clear();
        take(state, Step::exit(Exit::Home))
    };
    if action == Action::Explain {
        effects.extend(act(state, action));
    } else if state.context() == context {
        state.notice = Some(Notice::problem(told));
    }
    effects
}

fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let has_session = state.session.is_some();
    // What is only read makes way for another screen.
    let makes_way = has_session && Tab::of(action).is_some();
    state.overlay.take_if(|overlay| makes_way && matches!(overlay, Overlay::Help(_) | Overlay::Term(_)));
    if let Some(overlay) = state.overlay.take_if(|_| action != Action::Suspend) {
        state.overlay = overlay::act(overlay, action, state.size);
        return vec![];
    }
    match action {
        Action::Quit => vec![Effect::Quit],
        Action::Suspend => vec![Effect::Suspend],
        Action::Undo | Action::Redo if has_session => undo_or_redo(state, action),
        Action::TakeOver => take_over(state),
        Action::NextScreen | Action::PreviousScreen if has_session => {
            go_by(state, if action == Action::NextScreen { 1 } else { -1 });
            vec![]
        }
        Action::Present if has_session && !matches!(state.screen, Screen::Present(_)) => {
            present(state);
            vec![]
        }
        // As chosen in the palette: it leads to another one.
        Action::Search | Action::Terms if has_session => {
            state.overlay = state.session.as_ref().map(|session| {
                let terms = || Palette::of_terms(session.questionnaire());
                let palette = if action == Action::Terms { terms() } else { Palette::of_questions(session) };
                Overlay::Palette(Box::new(palette))
            });
            vec![]
        }
        Action::Questions if has_session => {
            list(state, &Filter::All);
            vec![]
        }
        _ => {
            if let Some(tab) = Tab::of(action).filter(|_| has_session) {
                go(state, tab);
                return vec![];
            }
            let step = screen_update(state, action);
            take(state, step)
        }
    }
}

/// Lets the screen that is shown take an action.
fn screen_update(state: &mut State, action: Action) -> Step {
    let State { screen, session, entries, put_away, size, .. } = state;
    match (screen, session) {
        (Screen::Home(home), _) => {
            home::update(home, (entries.as_deref().unwrap_or_default(), put_away.last()), action)
        }
        (Screen::Assess(screen), Some(session)) => assess::update(screen, session, *size, action),
        (Screen::Present(screen), Some(session)) => present::update(screen, session, *size, action),
        (Screen::Questions(screen), Some(session)) => questions::update(screen, session, action),
        (Screen::Dashboard(screen), Some(session)) => dashboard::update(screen, session, *size, action),
        (Screen::Timeline(screen), Some(session)) => timeline::update(screen, session, action),
        (Screen::Soa(screen), Some(session)) => soa::update(screen, session, action),
        (Screen::Plan(screen), Some(session)) => plan::update(screen, session, action),
        (Screen::Crosswalk(screen), Some(session)) => crosswalk::update(screen, session, action),
        (Screen::Profile(screen), Some(session)) => profile::update(screen, session, action),
        (Screen::Export(screen), Some(session)) => export::update(screen, session, action),
        (Screen::History(screen), Some(session)) => history::update(screen, session, action),
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
        Some(Exit::Home | Exit::Back) if !state.trail.is_empty() => step_back(state),
        Some(Exit::Back) => go(state, Tab::Assess),
        Some(Exit::Home) if state.live.is_some() => return_to_now(state),
        Some(Exit::Home) if is_unsaved(state) => {
            let told = "Your last changes are not saved yet; they are tried again every 5 s. Stay until they are.";
            state.notice = Some(Notice::problem(told));
        }
        Some(Exit::Home) => {
            if state.session.take().is_some() {
                effects.extend([Effect::Close, Effect::List]);
            }
            state.screen = Screen::Home(home::State::default());
            state.trail.clear();
        }
        Some(Exit::Ask(question)) => ask(state, &question),
        Some(Exit::Form(form)) => state.overlay = Some(Overlay::Form(form)),
        Some(Exit::Explain(id)) => explain(state, &id),
        Some(Exit::Past(count)) => look_back(state, count),
        Some(Exit::Read(told)) => state.overlay = Some(Overlay::Help(*told)),
    }
    effects
}

/// Shows how the figures of something came about.
fn explain(state: &mut State, id: &str) {
    let explained = state.session.as_ref().and_then(|session| {
        crate::domain::explain::explain(session.questionnaire(), session.assessment(), session.scorecard(), id)
    });
    state.overlay = explained.map(|explanation| Overlay::Help(Help::explanation(&explanation)));
}

fn is_unsaved(state: &mut State) -> bool {
    recording(state).is_some_and(|session| matches!(session.save_state(), SaveState::NotSaved(_)))
}

pub(super) fn undo_or_redo(state: &mut State, action: Action) -> Vec<Effect> {
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
            match (&mut state.screen, turn.made.first().and_then(overlay::question)) {
                (Screen::Assess(screen), Some(question)) => screen.show(session, question),
                (Screen::Present(screen), Some(question)) => screen.show(session, question),
                _ => {}
            }
            effects
        }
        Err(_) if session.wish(action) => {
            let what = if action == Action::Undo { "The last step is taken back" } else { "It is made again" };
            state.notice = Some(Notice::done(format!("{what} once the history is read.")));
            vec![]
        }
        Err(why) => {
            state.notice = Some(Notice::problem(why));
            vec![]
        }
    }
}
