//! What other frameworks can use.

use crate::domain::assessment::Depth;
use crate::domain::level::Level;
use crate::tui::action::Action;
use crate::tui::message::Size;
use crate::tui::state::{Screen, State};
use crate::tui::testing::{FLOOR, NARROW, WALL, WIDE, act, at_first_question, drawn};

fn crosswalks(size: Size) -> State {
    let mut state = at_first_question(size, Depth::Full);
    for level in [Level::AdHoc, Level::Operating, Level::Documented] {
        act(&mut state, &[Action::Answer(level)]);
    }
    act(&mut state, &[Action::GoCrosswalk]);
    state
}

#[test]
fn a_crosswalk_of_every_kind_is_shown() {
    for (name, size) in [("60x16", FLOOR), ("80x24", NARROW), ("120x40", WIDE), ("200x60", WALL)] {
        let mut state = crosswalks(size);
        for index in 0..3 {
            assert!(drawn(&state).to_string().contains(&format!("{} of 3", index + 1)), "{}", drawn(&state));
            insta::assert_snapshot!(format!("{name}_{index}"), drawn(&state));
            act(&mut state, &[Action::Right]);
        }
    }
}

#[test]
fn an_entry_leads_to_a_question_and_back() {
    let mut state = crosswalks(NARROW);
    act(&mut state, &[Action::Confirm]);
    assert!(matches!(state.screen, Screen::Assess(_)));
    act(&mut state, &[Action::Back]);
    assert!(matches!(state.screen, Screen::Crosswalk(_)));
}
