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
    // From ten answers on there is a verdict.
    for level in [Level::Operating, Level::Documented, Level::AdHoc, Level::Measured, Level::Absent].repeat(2) {
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
fn below_ten_answers_there_is_no_verdict_and_no_readiness() {
    let mut state = at_first_question(NARROW, Depth::Full);
    act(&mut state, &[Action::Answer(Level::Operating), Action::Answer(Level::Operating), Action::GoDashboard]);
    insta::assert_snapshot!("early_80x24", drawn(&state));
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
    assert!(matches!(&state.screen, Screen::Assess(screen) if screen.question().as_str() == "4.2-1"));
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

#[test]
fn without_an_answer_there_is_no_verdict() {
    let mut state = at_first_question(NARROW, Depth::Full);
    act(&mut state, &[Action::GoDashboard]);
    let text = drawn(&state).to_string();
    assert!(text.contains("Nothing is answered yet") && !text.contains("Not ready"), "{text}");
}

#[test]
fn the_title_over_the_list_is_that_of_what_is_seen_below_it() {
    let mut state = dashboard(NARROW);
    let title = |state: &State| {
        let text = drawn(state).to_string();
        text.lines().nth(11).unwrap_or_default().trim_matches('"').trim().to_owned()
    };
    assert!(title(&state).starts_with("The next best actions"), "{}", title(&state));
    act(&mut state, &[Action::Last]);
    assert!(title(&state).starts_with("What stands in the way"), "{}", title(&state));
}

#[test]
fn an_action_tells_where_its_figures_come_from() {
    let mut state = dashboard(WIDE);
    act(&mut state, &[Action::Explain]);
    let text = drawn(&state).to_string();
    assert!(text.contains("What closing the gap gains") && text.contains("percentage points of readiness"), "{text}");
    // What is only read makes way for another screen.
    act(&mut state, &[Action::GoPlan]);
    assert!(matches!(state.screen, Screen::Plan(_)) && state.overlay.is_none());
}
