//! What a message changes, and what the shell shall do about it.

mod past;
#[cfg(test)]
mod tests;

use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use crate::domain::id::QuestionId;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Opened, Outcome};
use crate::tui::keymap::Keymap;
use crate::tui::message::{Event, Message};
use crate::tui::overlay::{self, Chosen, Goal, Help, Overlay, Palette};
use crate::tui::screens::questions::filter::Filter;
use crate::tui::screens::{
    assess, crosswalk, dashboard, export, history, home, plan, present, profile, questions, soa, timeline,
};
use crate::tui::session::{SaveState, Session};
use crate::tui::state::{Exit, Notice, Screen, State, Step, Tab};
use crate::tui::update::past::{look_back, recording, return_to_now};
use crate::tui::{layout, view};

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

/// Returns the effects that keep what was typed since they were asked for last. Once a batch of events is enough: it
/// costs as much as the text is long.
#[must_use]
pub fn keep_typed(state: &mut State) -> Vec<Effect> {
    overlay::keep_typed(state)
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
    state.overlay = None;
    match goal {
        None => vec![],
        Some(Goal::Act(action)) => act(state, action),
        Some(Goal::Help(help)) => {
            show_help(state, help);
            vec![]
        }
        Some(Goal::Ask(question)) => {
            ask(state, &question);
            vec![]
        }
        Some(Goal::Term(term)) => {
            state.overlay = Some(Overlay::Term(term));
            vec![]
        }
        Some(Goal::List(filter)) => {
            list(state, &filter);
            vec![]
        }
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
        Action::TakeOver => take_over(state),
        Action::NextScreen if has_session => go_by(state, 1),
        Action::PreviousScreen if has_session => go_by(state, -1),
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
                return go(state, tab);
            }
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
        Some(Exit::Back) => effects.extend(go(state, Tab::Assess)),
        Some(Exit::Home) if state.live.is_some() => effects.extend(return_to_now(state)),
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
        Some(Exit::Past(count)) => effects.extend(look_back(state, count)),
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

/// Shows a question; stepping back leads to where one was.
fn ask(state: &mut State, question: &QuestionId) {
    let Some(session) = &state.session else { return };
    let screen = Screen::Assess(assess::State::at(session, question));
    lead(state, screen);
}

/// Shows the list of questions; stepping back leads to where one was.
fn list(state: &mut State, filter: &Filter) {
    let Some(session) = &state.session else { return };
    let at = state.screen.question().or(session.place()).cloned();
    let screen = Screen::Questions(questions::State::new(session, &state.user, filter, at.as_ref()));
    lead(state, screen);
}

/// Shows the question that is looked at in large type.
fn present(state: &mut State) {
    stand(&state.screen, &mut state.session);
    let Some(session) = &state.session else { return };
    let questions = match &state.screen {
        Screen::Assess(screen) => screen.clone(),
        _ => assess::State::new(session),
    };
    lead(state, Screen::Present(present::State::new(questions)));
}

/// Shows a screen over the one that led to it. From question to question, and from list to list, one doesn't go back.
fn lead(state: &mut State, screen: Screen) {
    let before = std::mem::replace(&mut state.screen, screen);
    stand(&before, &mut state.session);
    if std::mem::discriminant(&before) != std::mem::discriminant(&state.screen) {
        let here = std::mem::discriminant(&state.screen);
        state.trail.push(before);
        state.trail.retain(|screen| std::mem::discriminant(screen) != here);
    }
}

fn step_back(state: &mut State) {
    stand(&state.screen, &mut state.session);
    let Some(before) = state.trail.pop() else { return };
    // Of two ways to look at the questions, the one shows what the other did.
    state.screen = match (before, &state.session) {
        (Screen::Assess(_), Some(session)) => Screen::Assess(assess::State::new(session)),
        (before, _) => before,
    };
}

/// Remembers the question that a screen looks at, so that others lead back to it.
fn stand(screen: &Screen, session: &mut Option<Session>) {
    if let (Some(question), Some(session)) = (screen.question(), session) {
        session.stand_at(question);
    }
}

fn go_by(state: &mut State, by: isize) -> Vec<Effect> {
    match state.tab() {
        Some(tab) => go(state, tab.step(by)),
        None => vec![],
    }
}

fn go(state: &mut State, tab: Tab) -> Vec<Effect> {
    if state.tab() == Some(tab) && !matches!(state.screen, Screen::Questions(_) | Screen::Present(_)) {
        return vec![];
    }
    stand(&state.screen, &mut state.session);
    let Some(session) = &mut state.session else { return vec![] };
    state.trail.clear();
    state.screen = match tab {
        Tab::Assess => Screen::Assess(assess::State::new(session)),
        Tab::Dashboard => Screen::Dashboard(dashboard::State::new(session)),
        Tab::Timeline => Screen::Timeline(timeline::State::default()),
        Tab::Soa => Screen::Soa(soa::State::default()),
        Tab::Plan => Screen::Plan(plan::State::new(session)),
        Tab::Crosswalk => Screen::Crosswalk(crosswalk::State::default()),
        Tab::Profile => Screen::Profile(profile::State::default()),
        Tab::Export => Screen::Export(export::State::default()),
        Tab::History => Screen::History(history::State::new(session)),
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
            match (&mut state.screen, turn.made.first().and_then(overlay::question)) {
                (Screen::Assess(screen), Some(question)) => screen.show(session, question),
                (Screen::Present(screen), Some(question)) => screen.show(session, question),
                _ => {}
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
        Some(Overlay::Help(_) | Overlay::Term(_)) => {
            state.overlay = None;
            return vec![];
        }
        Some(Overlay::Palette(ref mut palette)) => {
            let chosen = palette.click(overlay::place(state.size), x, y);
            return chose(state, chosen);
        }
        None => {}
    }
    let body = layout::screen(state.size).map(|parts| parts.body);
    match body.filter(|body| body.contains(Position { x, y })) {
        Some(area) => {
            let State { screen, session, entries, .. } = state;
            let step = match (screen, session) {
                (Screen::Home(home), _) => home::click(home, entries.as_deref().unwrap_or_default(), area, y),
                (Screen::Assess(screen), Some(session)) => assess::click(screen, session, area, (x, y)),
                (Screen::Questions(screen), Some(session)) => questions::click(screen, session, area, (x, y)),
                (Screen::Dashboard(screen), Some(session)) => dashboard::click(screen, session, area, (x, y)),
                (Screen::Timeline(screen), Some(session)) => timeline::click(screen, session, area, (x, y)),
                (Screen::Soa(screen), Some(session)) => soa::click(screen, session, area, (x, y)),
                (Screen::Plan(screen), Some(session)) => plan::click(screen, session, area, (x, y)),
                (Screen::Crosswalk(screen), Some(session)) => crosswalk::click(screen, session, area, (x, y)),
                (Screen::Profile(screen), Some(session)) => profile::click(screen, session, area, (x, y)),
                (Screen::Export(screen), Some(session)) => export::click(screen, session, area, (x, y)),
                (Screen::History(screen), Some(session)) => history::click(screen, session, area, (x, y)),
                // The large type is there to be looked at from afar.
                (Screen::Present(_), Some(_)) | (_, None) => Step::default(),
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
        Outcome::Followed { assessment, history } => {
            if let Some(session) = recording(state) {
                return session.follow(*assessment, *history);
            }
        }
        Outcome::Freed => freed(state),
        Outcome::Recorded { ticket, names, result } => {
            if let Some(session) = recording(state) {
                session.recorded(ticket, &names, result);
            }
        }
        Outcome::Simulated { ticket, forecast, comparison } => {
            if let Some(session) = &mut state.session {
                return session.simulated(ticket, *forecast, comparison);
            }
        }
        Outcome::Exporting { ticket, done, format } => {
            if let Some(session) = &mut state.session {
                session.is_exporting_now(ticket, done, format);
            }
        }
        Outcome::Consulted(Ok(questionnaire)) if state.overlay.is_none() => {
            state.overlay = Some(Overlay::Palette(Box::new(Palette::of_terms(&questionnaire))));
        }
        Outcome::Consulted(Ok(_)) | Outcome::Shown(Ok(())) => {}
        Outcome::Warned(why) | Outcome::Consulted(Err(why)) | Outcome::Shown(Err(why)) => {
            state.notice = Some(Notice::problem(why));
        }
        Outcome::Edited(result) => overlay::edited(state, result),
        Outcome::Exported { ticket, result } => {
            if let Some(session) = &mut state.session
                && session.exported(ticket, &result)
            {
                state.notice = Some(match result {
                    Ok(written) => export::told(&written),
                    Err(why) => Notice::problem(why),
                });
            }
        }
    }
    vec![]
}

/// Opens what is read beside another program for writing, once that one has closed it.
fn take_over(state: &mut State) -> Vec<Effect> {
    match recording(state) {
        Some(session) if session.is_freed() => vec![Effect::Open { key: session.assessment().name().to_owned() }],
        _ => {
            state.notice = Some(Notice::problem("There is nothing to take over: no other program has closed it."));
            vec![]
        }
    }
}

/// Tells that nobody else has the assessment open any more.
fn freed(state: &mut State) {
    let told = "The other program has closed it. Press Ctrl-T to change it here.";
    if recording(state).is_some_and(|session| session.keep_reading(told)) {
        state.notice = Some(Notice::done(told));
    }
}

fn open(state: &mut State, opened: Opened) -> Vec<Effect> {
    let told = opened.read_only.iter().chain(&opened.notices).cloned().collect::<Vec<_>>().join(" ");
    let is_new = opened.assessment.responses().len() == 0;
    let (session, effects) = Session::new(opened, state.today, &state.user);
    let mut left: Vec<&str> = session.drafted().collect();
    left.dedup();
    let left = match left.as_slice() {
        [] => String::new(),
        left => format!("What you were typing is there again: {}. Open the same form to go on.", left.join(", ")),
    };
    state.notice = match told.is_empty() {
        false => Some(Notice::problem(format!("{told} {left}").trim_end().to_owned())),
        true if !left.is_empty() => Some(Notice::done(left)),
        true if is_new => {
            let told = "Press 0 to 5 for the level that fits best. F5 describes your organisation.";
            Some(Notice::done(told))
        }
        true => None,
    };
    state.screen = Screen::Assess(assess::State::new(&session));
    state.session = Some(session);
    state.live = None;
    state.trail.clear();
    state.overlay = None;
    effects
}
