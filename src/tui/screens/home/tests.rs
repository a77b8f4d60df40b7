//! What keys do to the list of assessments, and what is seen of it.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::assessment::Depth;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Entry, Outcome, ShelfOrder, Shelved};
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
        quick: None,
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
            quick: None,
            readiness: Some(1.0),
            ..entry("東京 AI ガバナンス評価 2027 年度版 Ελληνικά")
        },
        Entry { completion: Some(0.0), readiness: None, organisation: String::new(), ..entry("Empty") },
        Entry {
            damage: Some("The journal ends in the middle of a line: ready42 doctor tells more.".to_owned()),
            completion: None,
            quick: None,
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
fn a_quick_scan_that_is_finished_is_called_so_and_names_have_the_room_of_organisations_that_nobody_told() {
    let mut state = at_home(NARROW);
    let quick = |name: &str, share| Entry { quick: Some(share), organisation: String::new(), ..entry(name) };
    finish(&mut state, Outcome::Listed(Ok(vec![quick("Lindqvist Arkitekter 2027", 1.0), quick("Half", 0.5)])));
    insta::assert_snapshot!("quick_80x24", drawn(&state));
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

/// Types into the form that is open, in place of what is selected, and accepts it.
fn answer(state: &mut State, text: &str) -> Vec<Effect> {
    for letter in text.chars() {
        press(state, KeyCode::Char(letter));
    }
    press(state, KeyCode::Enter)
}

fn is_done(state: &mut State, effects: &[Effect], key: &str, name: &str, place: Option<&'static str>) -> Vec<Effect> {
    let [Effect::Shelve(order)] = effects else { panic!("{effects:?}") };
    let shelved = Shelved { key: key.to_owned(), name: name.to_owned(), place, mark: String::new(), notices: vec![] };
    let after = finish(state, Outcome::Shelved { order: order.clone(), result: Ok(shelved) });
    assert!(matches!(after.as_slice(), [Effect::List]), "the list is read anew: {after:?}");
    after
}

#[test]
fn another_name_takes_the_place_of_the_old_one_and_the_assessment_stays_selected() {
    let mut state = with_entries(NARROW);
    act(&mut state, &[Action::Down]);
    press(&mut state, KeyCode::Char('r'));
    insta::assert_snapshot!("rename_80x24", drawn(&state));
    let effects = answer(&mut state, "Tokyo");
    let key = entries()[1].key.clone();
    assert!(
        matches!(effects.as_slice(), [Effect::Shelve(ShelfOrder::Rename { key: of, name })] if *of == key && name == "Tokyo"),
        "{effects:?}"
    );
    is_done(&mut state, &effects, &key, "Tokyo", None);
    assert!(state.overlay.is_none());
    let mut renamed = entries();
    renamed.swap(0, 1);
    renamed[0].name = "Tokyo".to_owned();
    finish(&mut state, Outcome::Listed(Ok(renamed)));
    let shown = drawn(&state).to_string();
    assert!(shown.contains("› Tokyo") && shown.contains("It is called Tokyo now."), "{shown}");
}

#[test]
fn a_name_that_is_taken_leaves_the_form_open_with_the_reason() {
    let mut state = with_entries(NARROW);
    press(&mut state, KeyCode::Char('c'));
    let effects = answer(&mut state, "Empty");
    let [Effect::Shelve(order @ ShelfOrder::Copy { .. })] = effects.as_slice() else { panic!("{effects:?}") };
    let why = "There is an assessment called Empty already.".to_owned();
    finish(&mut state, Outcome::Shelved { order: order.clone(), result: Err(why) });
    assert!(drawn(&state).to_string().contains("called Empty already"));
    assert!(
        matches!(answer(&mut state, " 2").as_slice(), [Effect::Shelve(ShelfOrder::Copy { name, .. })] if name == "Empty 2")
    );
}

#[test]
fn an_empty_name_is_refused_before_anything_is_done() {
    let mut state = with_entries(NARROW);
    press(&mut state, KeyCode::Char('r'));
    press(&mut state, KeyCode::Backspace);
    assert!(press(&mut state, KeyCode::Enter).is_empty());
    assert!(matches!(&state.overlay, Some(Overlay::Form(form)) if form.error.is_some()), "{:?}", state.overlay);
}

#[test]
fn nothing_is_deleted_unless_somebody_says_yes_and_u_brings_it_back() {
    let mut state = with_entries(NARROW);
    press(&mut state, KeyCode::Char('x'));
    insta::assert_snapshot!("delete_80x24", drawn(&state));
    assert!(press(&mut state, KeyCode::Enter).is_empty(), "no is what stands there");
    assert!(state.overlay.is_none());
    press(&mut state, KeyCode::Char('x'));
    press(&mut state, KeyCode::Down);
    let effects = press(&mut state, KeyCode::Enter);
    assert!(matches!(effects.as_slice(), [Effect::Shelve(ShelfOrder::Delete { .. })]), "{effects:?}");
    is_done(&mut state, &effects, "there", "Acme 2027", Some("trash"));
    assert!(drawn(&state).to_string().contains("Acme 2027 lies in the trash. u brings it back."));
    let effects = press(&mut state, KeyCode::Char('u'));
    assert!(
        matches!(effects.as_slice(), [Effect::Shelve(ShelfOrder::Restore { key, name: None })] if key == "there"),
        "{effects:?}"
    );
    is_done(&mut state, &effects, "there", "Acme 2027", None);
    assert!(press(&mut state, KeyCode::Char('u')).is_empty(), "it is back already");
}

#[test]
fn what_lies_in_the_archive_and_the_trash_is_shown_to_choose_from() {
    let mut state = with_entries(NARROW);
    let effects = press(&mut state, KeyCode::Char('b'));
    assert!(matches!(effects.as_slice(), [Effect::ListShelved]), "{effects:?}");
    finish(&mut state, Outcome::ShelvedListed(Ok(vec![])));
    assert!(drawn(&state).to_string().contains("Nothing lies in the archive or in the trash."));
    let shelved = |name: &str, place| Shelved {
        key: format!("key of {name}"),
        name: name.to_owned(),
        place: Some(place),
        mark: String::new(),
        notices: vec![],
    };
    let lying = vec![shelved("Acme 2025", "archive"), shelved("Trial", "trash")];
    finish(&mut state, Outcome::ShelvedListed(Ok(lying)));
    insta::assert_snapshot!("restore_80x24", drawn(&state));
    press(&mut state, KeyCode::Down);
    press(&mut state, KeyCode::Tab);
    let effects = answer(&mut state, "Trial again");
    assert!(
        matches!(
            effects.as_slice(),
            [Effect::Shelve(ShelfOrder::Restore { key, name: Some(name) })] if key == "key of Trial" && name == "Trial again"
        ),
        "{effects:?}"
    );
}

#[test]
fn on_the_first_start_there_is_nothing_to_do_something_to() {
    for key in ['r', 'c', 'a', 'x'] {
        let mut state = at_home(NARROW);
        assert!(press(&mut state, KeyCode::Char(key)).is_empty());
        assert!(state.overlay.is_none() && drawn(&state).to_string().contains("There is no assessment yet"), "{key}");
    }
}

#[test]
fn each_of_several_that_were_put_away_is_brought_back_the_last_one_first() {
    let mut state = with_entries(NARROW);
    for name in ["one", "two"] {
        let effects = press(&mut state, KeyCode::Char('a'));
        is_done(&mut state, &effects, name, name, Some("archive"));
    }
    for name in ["two", "one"] {
        let effects = press(&mut state, KeyCode::Char('u'));
        assert!(
            matches!(effects.as_slice(), [Effect::Shelve(ShelfOrder::Restore { key, .. })] if key == name),
            "{effects:?}"
        );
        is_done(&mut state, &effects, name, name, None);
    }
}
