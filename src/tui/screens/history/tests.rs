//! What the history shows, and where it leads.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::assessment::Depth;
use crate::domain::level::Level;
use crate::domain::report::{Audience, Names};
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Outcome, StoredStep};
use crate::tui::message::{Event, Size};
use crate::tui::overlay::Overlay;
use crate::tui::session::{SaveState, Wanted};
use crate::tui::state::{Screen, State};
use crate::tui::testing::{FLOOR, NARROW, TODAY, WALL, WIDE, act, at_first_question, drawn, finish, send};

fn press(state: &mut State, code: KeyCode) -> Vec<Effect> {
    send(state, Event::Key(KeyEvent::new(code, KeyModifiers::NONE)))
}

fn snapshot(state: &mut State, label: &str) {
    act(state, &[Action::GoHistory, Action::Snapshot]);
    send(state, Event::Paste(label.to_owned()));
    press(state, KeyCode::Enter);
}

/// Returns the history of two answers, a snapshot, three answers more, and one of them taken back.
fn told(size: Size) -> State {
    let mut state = at_first_question(size, Depth::Full);
    act(&mut state, &[Action::Answer(Level::AdHoc), Action::Answer(Level::Documented)]);
    snapshot(&mut state, "Before the kick-off");
    act(&mut state, &[Action::GoAssess]);
    for level in [Level::Operating, Level::Operating, Level::Measured] {
        act(&mut state, &[Action::Answer(level)]);
    }
    act(&mut state, &[Action::Undo, Action::GoHistory]);
    state
}

#[test]
fn it_is_shown_at_every_size() {
    for (name, size) in [("60x16", FLOOR), ("80x24", NARROW), ("120x40", WIDE), ("200x60", WALL)] {
        insta::assert_snapshot!(name, drawn(&told(size)));
    }
}

#[test]
fn what_changed_since_the_snapshot_is_read_over_it() {
    let mut state = told(NARROW);
    act(&mut state, &[Action::NextFilter, Action::Compare]);
    insta::assert_snapshot!("difference_80x24", drawn(&state));
    press(&mut state, KeyCode::Esc);
    assert!(state.overlay.is_none());
}

#[test]
fn two_points_are_compared_whichever_is_marked_first() {
    let mut state = told(NARROW);
    act(&mut state, &[Action::Down, Action::Select, Action::Down, Action::Down, Action::Compare]);
    let box_of = |state: &State| {
        let text = drawn(state).to_string();
        let inside = |line: &str| line.split_once('│').and_then(|(_, rest)| Some(rest.rsplit_once('│')?.0.to_owned()));
        text.lines().filter_map(inside).collect::<Vec<_>>()
    };
    let one = box_of(&state);
    assert!(one.iter().any(|line| line.contains("What is different")), "{one:?}");
    act(&mut state, &[Action::Back, Action::Select, Action::Up, Action::Up, Action::Compare]);
    assert_eq!(box_of(&state), one, "the older point is compared with the newer one, whichever was marked");
}

#[test]
fn a_past_state_is_read_only_and_esc_leads_back_to_now() {
    let mut state = told(NARROW);
    let answered = |state: &State| state.session.as_ref().unwrap().scorecard().completion.answered;
    assert_eq!(answered(&state), 4);
    act(&mut state, &[Action::NextFilter, Action::Confirm]);
    assert_eq!(answered(&state), 2, "as it was at the snapshot");
    assert!(matches!(state.screen, Screen::Dashboard(_)));
    insta::assert_snapshot!("past_80x24", drawn(&state));
    act(&mut state, &[Action::GoAssess, Action::Answer(Level::Improving)]);
    assert_eq!(answered(&state), 2, "the past can't be changed");
    assert!(matches!(state.session.as_ref().unwrap().save_state(), SaveState::ReadOnly(_)));
    act(&mut state, &[Action::Note]);
    assert!(state.overlay.is_none(), "nothing takes text in the past");
    act(&mut state, &[Action::Back]);
    assert!(matches!(state.screen, Screen::History(_)));
    assert_eq!(answered(&state), 4);
    act(&mut state, &[Action::GoAssess, Action::Answer(Level::Improving)]);
    assert_eq!(answered(&state), 5, "now can be changed again");
}

#[test]
fn from_one_past_another_is_reached_and_now_is_one_step_away() {
    let mut state = told(NARROW);
    act(&mut state, &[Action::Last, Action::Confirm, Action::GoHistory, Action::First, Action::Confirm]);
    assert_eq!(state.session.as_ref().unwrap().scorecard().completion.answered, 4);
    act(&mut state, &[Action::Back]);
    assert!(state.live.is_none() && matches!(state.screen, Screen::History(_)));
}

#[test]
fn a_past_state_is_exported_as_of_its_day() {
    let mut state = told(NARROW);
    act(&mut state, &[Action::NextFilter, Action::Confirm]);
    let session = state.session.as_mut().unwrap();
    let last = session.history().steps().len();
    let (audience, names, formats) = (Audience::Full, Names::Shown, vec!["md"]);
    let effect = session.begin_export(Wanted { formats, audience, names, of: Some(last) });
    assert!(effect.is_ok(), "any point can be reported on from there");
    act(&mut state, &[Action::GoExport]);
    assert!(drawn(&state).to_string().contains("‹ “Before the kick-off”"));
}

#[test]
fn what_is_saved_while_one_looks_at_the_past_counts_for_now() {
    let mut state = at_first_question(NARROW, Depth::Full);
    // A change whose recording fails while the past is shown.
    let effects = press(&mut state, KeyCode::Char('3'));
    let Some(Effect::Record { ticket, .. }) = effects.first().cloned() else { panic!("{effects:?}") };
    act(&mut state, &[Action::GoHistory, Action::Last, Action::Confirm]);
    finish(&mut state, Outcome::Recorded { ticket, stored: vec![], result: Err("disk full".to_owned()) });
    state.notice = None;
    assert!(drawn(&state).to_string().contains("NOT SAVED: disk full"));
    act(&mut state, &[Action::Back]);
    assert!(matches!(state.session.as_ref().unwrap().save_state(), SaveState::NotSaved(_)));
}

#[test]
fn a_label_that_is_taken_is_refused_and_the_text_stays() {
    let mut state = told(NARROW);
    snapshot(&mut state, "before the KICK-OFF");
    assert!(matches!(&state.overlay, Some(Overlay::Form(form)) if form.error.is_some()));
    assert_eq!(state.session.as_ref().unwrap().history().snapshots().count(), 1);
}

#[test]
fn a_step_leads_to_its_question() {
    let mut state = told(NARROW);
    act(&mut state, &[Action::OpenQuestion]);
    assert!(matches!(&state.screen, Screen::Assess(_)));
    act(&mut state, &[Action::Back]);
    assert!(matches!(state.screen, Screen::History(_)));
}

#[test]
fn a_step_has_the_moment_that_the_journal_keeps_once_it_is_stored() {
    let mut state = at_first_question(WIDE, Depth::Full);
    let effects = press(&mut state, KeyCode::Char('3'));
    let Some(Effect::Record { ticket, .. }) = effects.first().cloned() else { panic!("{effects:?}") };
    let at = TODAY.and_hms_opt(14, 35, 7).unwrap().and_utc();
    let stored = vec![StoredStep { ticket, name: "step".to_owned(), at }];
    finish(&mut state, Outcome::Recorded { ticket, stored, result: Ok(()) });
    act(&mut state, &[Action::GoHistory]);
    let text = drawn(&state).to_string();
    assert!(text.contains("2026-11-24 14:35"), "{text}");
}
