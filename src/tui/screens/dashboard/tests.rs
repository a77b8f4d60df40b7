//! What the dashboard shows, and where it leads.

use crate::domain::assessment::Depth;
use crate::domain::level::Level;
use crate::tui::action::Action;
use crate::tui::message::Size;
use crate::tui::state::{Screen, State};
use crate::tui::testing::{FLOOR, NARROW, WALL, WIDE, act, at_first_question, drawn};

/// Returns the dashboard with the first area answered, and nothing else.
fn dashboard(size: Size) -> State {
    let mut state = at_first_question(size, Depth::Full);
    for level in [Level::Operating, Level::Documented, Level::AdHoc, Level::Measured, Level::Absent] {
        act(&mut state, &[Action::Answer(level)]);
    }
    act(&mut state, &[Action::GoDashboard]);
    state
}

#[test]
fn the_overview_at_every_size() {
    for (name, size) in [("60x16", FLOOR), ("80x24", NARROW), ("120x40", WIDE), ("200x60", WALL)] {
        insta::assert_snapshot!(format!("overview_{name}"), drawn(&dashboard(size)));
    }
}

#[test]
fn all_requirements_at_every_size() {
    for (name, size) in [("60x16", FLOOR), ("80x24", NARROW), ("120x40", WIDE)] {
        let mut state = dashboard(size);
        act(&mut state, &[Action::NextFilter, Action::Right]);
        insta::assert_snapshot!(format!("requirements_{name}"), drawn(&state));
    }
}

#[test]
fn an_area_without_an_answer_has_no_figure_and_says_how_little_is_answered() {
    for size in [NARROW, WIDE] {
        let text = drawn(&dashboard(size)).to_string();
        let line =
            text.lines().find(|line| line.contains("A.5 ") && line.contains("0/11")).expect("it has its coverage");
        assert!(line.contains('–'), "{line}");
    }
}

#[test]
fn a_requirement_leads_to_its_open_question_and_back() {
    let mut state = dashboard(NARROW);
    act(&mut state, &[Action::NextFilter, Action::Right, Action::Confirm]);
    assert!(matches!(&state.screen, Screen::Assess(screen) if screen.question().as_str() == "4.2-2"));
    act(&mut state, &[Action::Back]);
    assert!(matches!(state.screen, Screen::Dashboard(_)));
}

#[test]
fn the_keys_stop_at_the_edges_of_the_map() {
    let mut state = dashboard(NARROW);
    act(&mut state, &[Action::NextFilter, Action::Up, Action::Left, Action::Last, Action::Right, Action::Down]);
    act(&mut state, &[Action::Confirm]);
    assert!(matches!(&state.screen, Screen::Assess(screen) if screen.question().as_str().starts_with("A.5.5")));
}
