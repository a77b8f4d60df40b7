//! What comes back from the shell: how an effect went, and what others have done.

use crate::tui::effect::{Effect, Entry, Opened, Outcome, Recalled, ShelfOrder, Shelved};
use crate::tui::overlay::{self, Overlay, Palette};
use crate::tui::screens::{assess, dashboard, export, history};
use crate::tui::session::{SaveState, Session};
use crate::tui::state::{Notice, Screen, State};
use crate::tui::update::past::recording;
use crate::tui::update::undo_or_redo;

/// Takes the outcome of an effect.
pub(super) fn finished(state: &mut State, outcome: Outcome) -> Vec<Effect> {
    match outcome {
        Outcome::Listed(listed) => take_list(state, listed),
        Outcome::Shelved { order, result } => return shelved(state, &order, result),
        Outcome::ShelvedListed(Ok(lying)) => lies_there(state, lying),
        Outcome::Opened(Ok(opened)) => open(state, *opened),
        Outcome::Opened(Err(why)) => {
            if let Screen::Home(home) = &mut state.screen {
                home.opened();
            }
            if !overlay::refused(&mut state.overlay, &why) {
                state.notice = Some(Notice::problem(why));
            }
        }
        Outcome::Recalled(recalled) => return recall(state, recalled),
        Outcome::Followed { assessment, history } => {
            if let Some(session) = recording(state) {
                session.follow(*assessment, *history);
            }
        }
        Outcome::Freed => freed(state),
        Outcome::Recorded { ticket, stored, result } => {
            if let Some(session) = recording(state) {
                session.recorded(ticket, &stored, result);
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
        Outcome::Warned(why)
        | Outcome::Consulted(Err(why))
        | Outcome::ShelvedListed(Err(why))
        | Outcome::Shown(Err(why)) => {
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

/// Takes over the list of assessments, or why it can't be read.
fn take_list(state: &mut State, listed: Result<Vec<Entry>, String>) {
    if let Err(why) = &listed {
        state.notice = Some(Notice::problem(why));
    }
    let entries = listed.unwrap_or_default();
    if let Screen::Home(home) = &mut state.screen {
        home.listed(&entries);
    }
    state.entries = Some(entries);
}

/// Tells what was done to an assessment of the list, and reads the list anew; or why it was not done.
fn shelved(state: &mut State, order: &ShelfOrder, result: Result<Shelved, String>) -> Vec<Effect> {
    match result {
        Ok(shelved) => {
            state.overlay.take_if(|overlay| matches!(overlay, Overlay::Form(form) if form.is_waiting));
            let told = overlay::shelf::told(order, &shelved);
            state.notice = Some(match shelved.notices.as_slice() {
                [] => Notice::done(told),
                // What was repaired or lost is told wherever it is opened.
                notices => Notice::problem(format!("{told} {}", notices.join(" "))),
            });
            match (&mut state.screen, shelved.place) {
                (_, Some(_)) => state.put_away.push(shelved),
                (Screen::Home(home), None) => {
                    state.put_away.retain(|away| away.key != shelved.key);
                    home.select(shelved.key);
                }
                _ => {}
            }
        }
        Err(why) if overlay::refused(&mut state.overlay, &why) => {}
        // Its name may be another one's by now, or it may be damaged: it lies where it was.
        Err(why) if matches!(order, ShelfOrder::Restore { .. }) => {
            state.notice = Some(Notice::problem(format!("{why} b brings it back under another name.")));
        }
        Err(why) => state.notice = Some(Notice::problem(why)),
    }
    vec![Effect::List]
}

/// Asks which of the assessments in the archive and the trash is to be brought back.
fn lies_there(state: &mut State, lying: Vec<Shelved>) {
    if lying.is_empty() {
        state.notice = Some(Notice::done("Nothing lies in the archive or in the trash."));
    } else if state.overlay.is_none() && matches!(state.screen, Screen::Home(_)) {
        state.notice = None;
        state.overlay = Some(Overlay::Form(Box::new(overlay::shelf::restore(lying))));
    }
}

/// Takes over what the journal says of what is shown, or that it can't be read.
fn recall(state: &mut State, recalled: Result<Box<Recalled>, String>) -> Vec<Effect> {
    let Some(session) = recording(state) else { return vec![] };
    let (wishes, told) = match recalled {
        Ok(recalled) => session.recall(*recalled),
        Err(why) => {
            session.cannot_recall(&why);
            (vec![], vec![session.unknown_history().unwrap_or_default().to_owned()])
        }
    };
    if let (Screen::History(screen), Some(session)) = (&mut state.screen, &state.session) {
        // Its filters are those of the history.
        *screen = history::State::new(session);
    }
    let effects = wishes.into_iter().flat_map(|action| undo_or_redo(state, action)).collect();
    if !told.is_empty() {
        // What was said on opening stays: that something that was typed is there again.
        let before = state.notice.take().map(|notice| notice.text);
        let told: Vec<String> = told.into_iter().chain(before).collect();
        state.notice = Some(Notice::problem(told.join(" ")));
    }
    effects
}

/// Opens what is read beside another program for writing, once that one has closed it.
pub(super) fn take_over(state: &mut State) -> Vec<Effect> {
    let told = match recording(state) {
        Some(session) if session.is_freed() => {
            return vec![Effect::Open { key: session.key().to_owned() }];
        }
        Some(session) => match session.save_state() {
            SaveState::ReadOnly(why) => format!("It can't be taken over yet: {why}"),
            _ => "Nothing has to be taken over: what you do here is recorded.".to_owned(),
        },
        None => "Nothing has to be taken over: no assessment is open.".to_owned(),
    };
    state.notice = Some(Notice::problem(told));
    vec![]
}

/// Tells that nobody else has the assessment open any more.
fn freed(state: &mut State) {
    let told = "The other program has closed it. Press Ctrl-T to change it here.";
    if recording(state).is_some_and(|session| session.keep_reading(told)) {
        state.notice = Some(Notice::done(told));
    }
}

fn open(state: &mut State, opened: Opened) {
    let told = opened.read_only.iter().chain(&opened.notices).cloned().collect::<Vec<_>>().join(" ");
    let is_new = opened.assessment.responses().len() == 0;
    let session = Session::new(opened, state.today, &state.user);
    let mut left: Vec<&str> = session.drafted().collect();
    left.dedup();
    let left = match left.as_slice() {
        [] => String::new(),
        left => format!(
            "What you were typing is there again: {}. Open the same form to go on, or to empty it.",
            left.join(", ")
        ),
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
    // Where nothing is left to ask, one wants to see what came of it.
    let so_far = session.progress();
    state.screen = if so_far.asked > 0 && so_far.answered == so_far.asked {
        Screen::Dashboard(dashboard::State::default())
    } else {
        Screen::Assess(assess::State::new(&session))
    };
    state.session = Some(session);
    state.live = None;
    state.trail.clear();
    state.overlay = None;
}
