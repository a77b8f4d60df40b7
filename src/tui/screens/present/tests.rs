//! One question in large type.

use crate::domain::assessment::Depth;
use crate::domain::level::Level;
use crate::tui::action::Action;
use crate::tui::state::Screen;
use crate::tui::testing::{FLOOR, NARROW, WALL, WIDE, act, at_first_question, drawn};

#[test]
fn one_question_at_every_size() {
    for (name, size) in [("60x16", FLOOR), ("80x24", NARROW), ("120x40", WIDE), ("200x60", WALL)] {
        let mut state = at_first_question(size, Depth::Full);
        act(&mut state, &[Action::Present, Action::Down]);
        insta::assert_snapshot!(name, drawn(&state));
    }
}

#[test]
fn it_answers_as_the_questions_do_and_leads_back_to_where_one_is() {
    let mut state = at_first_question(WIDE, Depth::Full);
    act(&mut state, &[Action::Present, Action::Answer(Level::Operating), Action::Back]);
    assert!(matches!(&state.screen, Screen::Assess(screen) if screen.question().as_str() == "4.1-2"));
}
