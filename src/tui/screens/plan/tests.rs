//! The action plan, shown and edited.

use crate::domain::assessment::Depth;
use crate::domain::level::Level;
use crate::tui::action::Action;
use crate::tui::message::Size;
use crate::tui::state::{Screen, State};
use crate::tui::testing::{FLOOR, NARROW, WALL, WIDE, act, at_first_question, drawn};

fn planned(size: Size) -> State {
    let mut state = at_first_question(size, Depth::Full);
    for level in [Level::AdHoc, Level::Absent, Level::Documented, Level::Operating, Level::AdHoc] {
        act(&mut state, &[Action::Answer(level)]);
    }
    act(&mut state, &[Action::GoPlan]);
    state
}

#[test]
fn it_is_shown_at_every_size() {
    for (name, size) in [("60x16", FLOOR), ("80x24", NARROW), ("120x40", WIDE), ("200x60", WALL)] {
        insta::assert_snapshot!(name, drawn(&planned(size)));
    }
}

#[test]
fn without_an_answer_it_says_where_to_begin() {
    let mut state = at_first_question(NARROW, Depth::Full);
    act(&mut state, &[Action::GoPlan]);
    assert!(drawn(&state).to_string().contains("F2 leads to the questions"));
}

#[test]
fn a_gap_leads_to_its_question_and_back() {
    let mut state = planned(NARROW);
    act(&mut state, &[Action::Down, Action::Confirm]);
    assert!(matches!(state.screen, Screen::Assess(_)));
    act(&mut state, &[Action::Back]);
    assert!(matches!(state.screen, Screen::Plan(_)));
}
