//! The ways from screen to screen, and back.

use crate::domain::id::QuestionId;
use crate::tui::screens::questions::filter::Filter;
use crate::tui::screens::{
    assess, crosswalk, dashboard, export, history, plan, present, profile, questions, soa, timeline,
};
use crate::tui::session::Session;
use crate::tui::state::{Screen, State, Tab};

/// Shows a question; stepping back leads to where one was.
pub(super) fn ask(state: &mut State, question: &QuestionId) {
    let Some(session) = &state.session else { return };
    let screen = Screen::Assess(assess::State::at(session, question));
    lead(state, screen);
}

/// Shows the list of questions; stepping back leads to where one was.
pub(super) fn list(state: &mut State, filter: &Filter) {
    let Some(session) = &state.session else { return };
    let at = state.screen.question().or(session.place()).cloned();
    let screen = Screen::Questions(questions::State::new(session, &state.user, filter, at.as_ref()));
    lead(state, screen);
}

/// Shows the question that is looked at in large type.
pub(super) fn present(state: &mut State) {
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

/// Shows the screen that led here.
pub(super) fn step_back(state: &mut State) {
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

/// Shows the screen so many tabs further on.
pub(super) fn go_by(state: &mut State, by: isize) {
    if let Some(tab) = state.tab() {
        go(state, tab.step(by));
    }
}

/// Shows the screen of a tab.
pub(super) fn go(state: &mut State, tab: Tab) {
    if state.tab() == Some(tab) && !matches!(state.screen, Screen::Questions(_) | Screen::Present(_)) {
        return;
    }
    stand(&state.screen, &mut state.session);
    let Some(session) = &mut state.session else { return };
    state.trail.clear();
    state.screen = match tab {
        Tab::Assess => Screen::Assess(assess::State::new(session)),
        Tab::Dashboard => Screen::Dashboard(dashboard::State::default()),
        Tab::Timeline => Screen::Timeline(timeline::State::default()),
        Tab::Soa => Screen::Soa(soa::State::default()),
        Tab::Plan => Screen::Plan(plan::State::default()),
        Tab::Crosswalk => Screen::Crosswalk(crosswalk::State::default()),
        Tab::Profile => Screen::Profile(profile::State::default()),
        Tab::Export => Screen::Export(export::State::default()),
        Tab::History => Screen::History(history::State::new(session)),
    };
}
