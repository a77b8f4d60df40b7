//! What keys do to the profile, and what is seen of it.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use crate::domain::assessment::Depth;
use crate::domain::profile::{AiRole, Certificate, Profile, ProfileKey};
use crate::tui::action::Action;
use crate::tui::message::{Event, Size};
use crate::tui::overlay::Overlay;
use crate::tui::state::State;
use crate::tui::testing::{FLOOR, NARROW, WALL, WIDE, act, at_first_question, drawn, send};

fn at_profile(size: Size) -> State {
    let mut state = at_first_question(size, Depth::Quick);
    act(&mut state, &[Action::GoProfile]);
    state
}

fn go_to(state: &mut State, label: &str) {
    act(state, &[Action::First]);
    for _ in 0..40 {
        if drawn(state).to_string().contains(&format!("› {label}")) {
            return;
        }
        act(state, &[Action::Down]);
    }
    panic!("there is no {label}: {}", drawn(state));
}

fn profile(state: &State) -> &Profile {
    state.session.as_ref().unwrap().assessment().profile()
}

fn row(label: &str) -> ProfileKey {
    ProfileKey::ALL.into_iter().find(|key| key.label() == label).unwrap()
}

fn notice(state: &State) -> &str {
    state.notice.as_ref().map_or("", |notice| notice.text.as_str())
}

fn press(state: &mut State, code: KeyCode) {
    send(state, Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
}

#[test]
fn the_profile_at_the_smallest_and_the_largest_size() {
    insta::assert_snapshot!("top_60x16", drawn(&at_profile(FLOOR)));
    insta::assert_snapshot!("top_200x60", drawn(&at_profile(WALL)));
}

#[test]
fn the_profile_at_both_sizes() {
    let mut state = at_profile(NARROW);
    insta::assert_snapshot!("top_80x24", drawn(&state));
    act(&mut state, &[Action::Last]);
    insta::assert_snapshot!("end_80x24", drawn(&state));
    let mut state = at_profile(WIDE);
    go_to(&mut state, "Role towards AI");
    insta::assert_snapshot!("role_120x40", drawn(&state));
}

#[test]
fn left_and_right_step_numbers_and_choices() {
    let mut state = at_profile(NARROW);
    go_to(&mut state, "Sites in scope");
    act(&mut state, &[Action::Right, Action::Right]);
    assert_eq!(profile(&state).sites, 3);
    act(&mut state, &[Action::Left, Action::Left, Action::Left]);
    assert_eq!(profile(&state).sites, 1);
    assert!(notice(&state).contains("takes a whole number from 1"), "{}", notice(&state));
    go_to(&mut state, "Role towards AI");
    act(&mut state, &[Action::Right]);
    assert_eq!(profile(&state).text(ProfileKey::AiRole), "user");
}

#[test]
fn enter_opens_a_form_whose_refusal_keeps_the_text() {
    let mut state = at_profile(NARROW);
    go_to(&mut state, "People employed");
    act(&mut state, &[Action::Confirm]);
    press(&mut state, KeyCode::Char('x'));
    press(&mut state, KeyCode::Enter);
    insta::assert_snapshot!("refused_80x24", drawn(&state));
    press(&mut state, KeyCode::Backspace);
    for digit in ['1', '2'] {
        press(&mut state, KeyCode::Char(digit));
    }
    press(&mut state, KeyCode::Enter);
    assert_eq!(profile(&state).headcount, 12);
    assert_eq!(notice(&state), "People employed: 12.");
}

#[test]
fn what_is_typed_takes_the_place_of_the_value_that_was_there() {
    let mut state = at_profile(NARROW);
    go_to(&mut state, "People employed");
    act(&mut state, &[Action::Confirm]);
    for digit in ['1', '2'] {
        press(&mut state, KeyCode::Char(digit));
    }
    press(&mut state, KeyCode::Enter);
    assert_eq!(profile(&state).headcount, 12);
}

#[test]
fn certificates_are_chosen_from_a_list() {
    let mut state = at_profile(NARROW);
    go_to(&mut state, "Certificates held");
    act(&mut state, &[Action::Confirm]);
    press(&mut state, KeyCode::Char(' '));
    press(&mut state, KeyCode::Down);
    press(&mut state, KeyCode::Char(' '));
    insta::assert_snapshot!("certificates_80x24", drawn(&state));
    press(&mut state, KeyCode::Enter);
    assert!(profile(&state).certificates.iter().eq(&[Certificate::Iso27001, Certificate::Iso9001]));
}

#[test]
fn what_is_accepted_as_it_stands_is_no_longer_called_assumed() {
    let mut state = at_profile(NARROW);
    for label in ["AI core to the product", "People employed", "Certificates held"] {
        go_to(&mut state, label);
        assert!(!profile(&state).is_told(row(label)), "{label}");
        act(&mut state, &[Action::Confirm]);
        press(&mut state, KeyCode::Enter);
        assert!(profile(&state).is_told(row(label)), "{label}");
        let line = drawn(&state).to_string().lines().find(|line| line.contains(label)).unwrap().to_owned();
        assert!(!line.contains("assumed"), "{line}");
        act(&mut state, &[Action::Undo]);
        assert!(!profile(&state).is_told(row(label)), "{label}");
    }
}

#[test]
fn a_choice_is_made_in_a_box_that_says_what_each_means_and_esc_changes_nothing() {
    let mut state = at_profile(NARROW);
    go_to(&mut state, "Role towards AI");
    act(&mut state, &[Action::Confirm]);
    insta::assert_snapshot!("role_box_80x24", drawn(&state));
    press(&mut state, KeyCode::Up);
    press(&mut state, KeyCode::Esc);
    assert_eq!(profile(&state).ai_role, AiRole::Several);
    go_to(&mut state, "Depth");
    act(&mut state, &[Action::Confirm]);
    press(&mut state, KeyCode::Down);
    press(&mut state, KeyCode::Enter);
    assert_eq!(state.session.as_ref().unwrap().assessment().depth(), Depth::Full);
}

#[test]
fn the_depth_can_be_changed_and_says_how_many_questions_there_are() {
    let mut state = at_profile(NARROW);
    go_to(&mut state, "Depth");
    act(&mut state, &[Action::Right]);
    assert_eq!(state.session.as_ref().unwrap().assessment().depth(), Depth::Full);
    assert_eq!(notice(&state), "You are asked 30 questions now. No answer is lost.");
}

#[test]
fn the_name_can_be_changed() {
    let mut state = at_profile(NARROW);
    act(&mut state, &[Action::First, Action::Confirm]);
    send(&mut state, Event::Paste(" b".to_owned()));
    assert!(matches!(&state.overlay, Some(Overlay::Form(_))));
    press(&mut state, KeyCode::Enter);
    assert_eq!(state.session.as_ref().unwrap().assessment().name(), "Acme 2027 b");
}

/// Returns the cell of the first letter of a text on the screen.
fn cell_of(state: &State, text: &str) -> (u16, u16) {
    let shown = drawn(state).to_string();
    let (row, line) =
        shown.lines().enumerate().find(|(_, line)| line.contains(text)).unwrap_or_else(|| panic!("{shown}"));
    let column = line.split(text).next().unwrap().chars().count() - 1;
    (column.try_into().unwrap(), row.try_into().unwrap())
}

fn click(state: &mut State, text: &str) {
    let (column, row) = cell_of(state, text);
    let kind = MouseEventKind::Down(MouseButton::Left);
    send(state, Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
}

#[test]
fn a_choice_can_be_made_with_the_mouse_alone() {
    let mut state = at_profile(NARROW);
    go_to(&mut state, "Role towards AI");
    act(&mut state, &[Action::Confirm]);
    click(&mut state, "user: you use AI systems");
    assert!(state.overlay.is_some(), "the first click chooses");
    click(&mut state, "user: you use AI systems");
    assert!(state.overlay.is_none(), "the second accepts");
    assert_eq!(profile(&state).ai_role, AiRole::User);
    go_to(&mut state, "Certificates held");
    act(&mut state, &[Action::Confirm]);
    click(&mut state, "ISO 9001");
    click(&mut state, "Enter accept");
    assert!(profile(&state).certificates.iter().eq(&[Certificate::Iso9001]));
}
