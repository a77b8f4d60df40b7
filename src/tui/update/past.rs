//! The way into the past and back: the assessment as it is now is set aside meanwhile.

use crate::tui::screens::{dashboard, history};
use crate::tui::session::Session;
use crate::tui::state::{Notice, Screen, State};

/// Returns the session that is recorded in: while one looks at the past, it is set aside.
pub fn recording(state: &mut State) -> Option<&mut Session> {
    state.live.as_deref_mut().or(state.session.as_mut())
}

/// Shows the whole assessment as it was after so many steps, from the dashboard on.
pub fn look_back(state: &mut State, count: usize) {
    let Some(session) = state.session.take() else { return };
    // From one past to another, what was begun there goes along.
    let live = match state.live.take() {
        Some(mut live) => {
            live.resume(session);
            live
        }
        None => Box::new(session),
    };
    match live.as_of(count) {
        Ok(past) => {
            let told =
                format!("Everything as it was, {}. Esc leads back to now.", past.past().map_or("", |(_, title)| title));
            state.notice = Some(Notice::done(told));
            state.screen = Screen::Dashboard(dashboard::State::default());
            (state.session, state.live) = (Some(past), Some(live));
        }
        Err(why) => {
            state.notice = Some(Notice::problem(why));
            state.session = Some(*live);
        }
    }
    state.trail.clear();
}

/// Shows the assessment as it is, at the step whose state was looked at.
pub fn return_to_now(state: &mut State) {
    let (Some(mut live), Some(past)) = (state.live.take(), state.session.take()) else { return };
    state.trail.clear();
    state.screen = Screen::History(history::State::new(&past));
    live.resume(past);
    state.session = Some(*live);
    state.notice = Some(Notice::done("This is now again."));
}
