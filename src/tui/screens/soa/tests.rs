//! The Statement of Applicability, shown and edited.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::assessment::Depth;
use crate::domain::id::RequirementId;
use crate::domain::level::Level;
use crate::tui::action::Action;
use crate::tui::message::{Event, Size};
use crate::tui::state::State;
use crate::tui::testing::{FLOOR, NARROW, WALL, WIDE, act, at_first_question, drawn, send};

fn statement(size: Size) -> State {
    let mut state = at_first_question(size, Depth::Full);
    act(&mut state, &[Action::Last]);
    for level in [Level::Operating, Level::AdHoc] {
        act(&mut state, &[Action::Answer(level), Action::Left, Action::Left]);
    }
    act(&mut state, &[Action::GoSoa]);
    state
}

fn press(state: &mut State, code: KeyCode) {
    send(state, Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
}

fn type_text(state: &mut State, text: &str) {
    text.chars().for_each(|letter| press(state, KeyCode::Char(letter)));
}

#[test]
fn it_is_shown_at_every_size() {
    for (name, size) in [("60x16", FLOOR), ("80x24", NARROW), ("120x40", WIDE), ("200x60", WALL)] {
        insta::assert_snapshot!(name, drawn(&statement(size)));
    }
}

#[test]
fn it_is_edited_in_place_and_approved() {
    let mut state = statement(WIDE);
    act(&mut state, &[Action::Reasons]);
    press(&mut state, KeyCode::Char(' '));
    press(&mut state, KeyCode::Enter);
    act(&mut state, &[Action::Down, Action::Exclude]);
    type_text(&mut state, "We document nothing.");
    press(&mut state, KeyCode::Enter);
    act(&mut state, &[Action::New]);
    for text in ["X.1", "Red team", "Our largest customer asks", "Eve"] {
        type_text(&mut state, text);
        press(&mut state, KeyCode::Enter);
    }
    press(&mut state, KeyCode::Enter);
    act(&mut state, &[Action::Approve]);
    type_text(&mut state, "Ada, managing director");
    press(&mut state, KeyCode::Enter);
    insta::assert_snapshot!("approved_120x40", drawn(&state));
    let assessment = state.session.as_ref().unwrap().assessment();
    assert_eq!(assessment.exclusion(&RequirementId::from("A.5.3")), Some("We document nothing."));
    assert_eq!(assessment.inclusion(&RequirementId::from("A.5.2")).count(), 1);
    assert_eq!(assessment.own_controls().count(), 1);
    assert!(assessment.approval().is_some());
    act(&mut state, &[Action::Undo, Action::Undo]);
    assert_eq!(state.session.as_ref().unwrap().assessment().own_controls().count(), 0);
}
