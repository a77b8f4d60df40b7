//! What keys do to the list of assessments, and what is seen of it.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::assessment::Depth;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Entry, Outcome};
use crate::tui::message::{Event, Size};
use crate::tui::overlay::Overlay;
use crate::tui::state::State;
use crate::tui::testing::{FLOOR, NARROW, TODAY, WALL, WIDE, act, at_home, drawn, finish, opened, send};

fn entry(name: &str) -> Entry {
    Entry {
        key: format!("key of {name}"),
        name: name.to_owned(),
        organisation: "Acme GmbH".to_owned(),
        completion: Some(0.52),
        readiness: Some(0.41),
        changed: "2026-11-24 03:12".to_owned(),
        damage: None,
    }
}

fn entries() -> Vec<Entry> {
    vec![
        entry("Acme 2027"),
        Entry {
            organisation: "株式会社エーアイ研究所 \u{202e}x".to_owned(),
            completion: Some(1.0),
            readiness: Some(1.0),
            ..entry("東京 AI ガバナンス評価 2027 年度版 Ελληνικά")
        },
        Entry { completion: Some(0.0), readiness: None, organisation: String::new(), ..entry("Empty") },
        Entry {
            damage: Some("The journal ends in the middle of a line: ready42 doctor tells more.".to_owned()),
            completion: None,
            readiness: None,
            ..entry("Broken")
        },
    ]
}

fn with_entries(size: Size) -> State {
    let mut state = at_home(size);
    finish(&mut state, Outcome::Listed(Ok(entries())));
    state
}

fn press(state: &mut State, code: KeyCode) -> Vec<Effect> {
    send(state, Event::Key(KeyEvent::new(code, KeyModifiers::NONE)))
}

#[test]
fn the_first_start_at_every_size() {
    insta::assert_snapshot!("first_start_80x24", drawn(&at_home(NARROW)));
    insta::assert_snapshot!("first_start_120x40", drawn(&at_home(WIDE)));
    insta::assert_snapshot!("first_start_60x16", drawn(&at_home(FLOOR)));
    insta::assert_snapshot!("reading_80x24", drawn(&State::new(NARROW, TODAY, "").0));
}

#[test]
fn the_list_at_every_size() {
    let mut state = with_entries(NARROW);
    act(&mut state, &[Action::Last]);
    insta::assert_snapshot!("list_80x24", drawn(&state));
    insta::assert_snapshot!("list_120x40", drawn(&with_entries(WIDE)));
    insta::assert_snapshot!("list_60x16", drawn(&with_entries(FLOOR)));
    insta::assert_snapshot!("list_200x60", drawn(&with_entries(WALL)));
}

#[test]
fn a_list_that_is_longer_than_the_screen_scrolls() {
    let mut state = at_home(NARROW);
    let many = (0..100).map(|number| entry(&format!("Assessment {number}"))).collect();
    finish(&mut state, Outcome::Listed(Ok(many)));
    act(&mut state, &[Action::Last]);
    assert!(drawn(&state).to_string().contains("› Assessment 99"));
}

#[test]
fn enter_opens_what_is_selected_and_only_once() {
    let mut state = with_entries(NARROW);
    act(&mut state, &[Action::Down]);
    let effects = press(&mut state, KeyCode::Enter);
    assert!(matches!(effects.as_slice(), [Effect::Open { key }] if key.contains("東京")), "{effects:?}");
    assert!(press(&mut state, KeyCode::Enter).is_empty(), "it is being opened already");
    finish(&mut state, Outcome::Opened(Err("it is open elsewhere".to_owned())));
    assert_eq!(press(&mut state, KeyCode::Enter).len(), 1);
}

#[test]
fn a_new_assessment_takes_a_name_and_begins_at_the_first_question() {
    let mut state = at_home(NARROW);
    act(&mut state, &[Action::New]);
    press(&mut state, KeyCode::Enter);
    press(&mut state, KeyCode::Enter);
    insta::assert_snapshot!("new_without_a_name_80x24", drawn(&state));
    for letter in "Acme".chars() {
        press(&mut state, KeyCode::Char(letter));
    }
    press(&mut state, KeyCode::Enter);
    let effects = press(&mut state, KeyCode::Enter);
    assert!(
        matches!(effects.as_slice(), [Effect::Create { name, depth: Depth::Quick }] if name == "Acme"),
        "{effects:?}"
    );
    finish(&mut state, Outcome::Opened(Ok(Box::new(opened("Acme", Depth::Quick)))));
    assert!(state.overlay.is_none());
    assert!(drawn(&state).to_string().contains("4.1-2"));
}

#[test]
fn a_name_that_is_refused_stays_in_the_form() {
    let mut state = at_home(NARROW);
    act(&mut state, &[Action::New]);
    send(&mut state, Event::Paste("Acme".to_owned()));
    press(&mut state, KeyCode::Enter);
    press(&mut state, KeyCode::Enter);
    finish(&mut state, Outcome::Opened(Err("There is an assessment of this name.".to_owned())));
    assert!(
        matches!(&state.overlay, Some(Overlay::Form(form)) if form.error.is_some() && form.text(0) == "Acme"),
        "{:?}",
        state.overlay
    );
}

#[test]
fn a_name_that_was_typed_is_there_when_the_form_is_opened_again() {
    let mut state = at_home(NARROW);
    act(&mut state, &[Action::New]);
    send(&mut state, Event::Paste("Acme".to_owned()));
    press(&mut state, KeyCode::Esc);
    act(&mut state, &[Action::New]);
    assert!(matches!(&state.overlay, Some(Overlay::Form(form)) if form.text(0) == "Acme"));
}

#[test]
fn stepping_back_once_too_often_does_not_leave_the_program() {
    let mut state = with_entries(NARROW);
    assert!(press(&mut state, KeyCode::Esc).is_empty());
    assert!(drawn(&state).to_string().contains("q leaves the program"));
    assert!(matches!(press(&mut state, KeyCode::Char('q')).as_slice(), [Effect::Quit]));
}

#[test]
fn a_key_of_a_screen_says_that_an_assessment_has_to_be_opened_first() {
    let mut state = with_entries(NARROW);
    press(&mut state, KeyCode::F(3));
    assert!(drawn(&state).to_string().contains("Open an assessment first"));
}
