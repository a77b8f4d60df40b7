//! The list of questions, its filters and what is done to several at once; and the palette that leads there.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::assessment::Depth;
use crate::domain::id::QuestionId;
use crate::domain::level::Level;
use crate::tui::action::Action;
use crate::tui::message::Event;
use crate::tui::overlay::Overlay;
use crate::tui::state::{Screen, State};
use crate::tui::testing::{FLOOR, NARROW, WALL, WIDE, act, at_first_question, drawn, send, with_all_questions};

fn press(state: &mut State, code: KeyCode) {
    send(state, Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
}

fn type_text(state: &mut State, text: &str) {
    text.chars().for_each(|letter| press(state, KeyCode::Char(letter)));
}

fn owner(state: &State, question: &str) -> String {
    let response = state.session.as_ref().unwrap().assessment().response(&QuestionId::from(question));
    response.map(|response| response.owner.clone()).unwrap_or_default()
}

fn shown(state: &State) -> String {
    drawn(state).to_string()
}

#[test]
fn a_filter_shows_what_it_says_and_one_steps_back_to_the_question() {
    let mut state = at_first_question(NARROW, Depth::Full);
    act(&mut state, &[Action::Answer(Level::AdHoc), Action::Answer(Level::Operating), Action::Mark]);
    act(&mut state, &[Action::Questions, Action::NextFilter]);
    assert!(shown(&state).contains("‹ open ›"), "{}", shown(&state));
    assert!(!shown(&state).contains("1 Ad hoc"));
    act(&mut state, &[Action::NextFilter, Action::NextFilter]);
    assert!(shown(&state).contains("‹ below level 3 ›   1 of"), "{}", shown(&state));
    act(&mut state, &[Action::Confirm]);
    assert!(matches!(&state.screen, Screen::Assess(screen) if screen.question().as_str() == "4.1-1"));
    act(&mut state, &[Action::Back]);
    assert!(shown(&state).contains("‹ below level 3 ›"));
    act(&mut state, &[Action::Back]);
    assert!(matches!(state.screen, Screen::Assess(_)));
}

#[test]
fn several_questions_get_an_owner_at_once_and_are_his_from_then_on() {
    let mut state = at_first_question(WIDE, Depth::Full);
    act(&mut state, &[Action::Questions, Action::Select, Action::Select, Action::Owner]);
    type_text(&mut state, "Eve");
    press(&mut state, KeyCode::Enter);
    assert_eq!((owner(&state, "4.1-1"), owner(&state, "4.1-2")), ("Eve".to_owned(), "Eve".to_owned()));
    assert_eq!(owner(&state, "4.2-1"), "");
    insta::assert_snapshot!("selected_120x40", drawn(&state));
    act(&mut state, &[Action::Back, Action::Back, Action::Questions, Action::PreviousFilter]);
    assert!(shown(&state).contains("‹ mine (Eve) ›   2 of"), "{}", shown(&state));
}

#[test]
fn a_due_date_that_is_none_is_refused_and_nothing_is_changed() {
    let mut state = at_first_question(NARROW, Depth::Full);
    act(&mut state, &[Action::Questions, Action::SelectAll, Action::Due]);
    type_text(&mut state, "soon");
    press(&mut state, KeyCode::Enter);
    assert!(matches!(&state.overlay, Some(Overlay::Form(form)) if form.error.is_some()));
    let session = state.session.as_ref().unwrap();
    assert_eq!(session.assessment().responses().len(), 0);
}

#[test]
fn the_palette_finds_questions_by_id_and_words_and_commands_by_some_letters() {
    let mut state = at_first_question(NARROW, Depth::Full);
    act(&mut state, &[Action::Palette]);
    insta::assert_snapshot!("palette_80x24", drawn(&state));
    type_text(&mut state, "a.5.2");
    insta::assert_snapshot!("palette_found_80x24", drawn(&state));
    press(&mut state, KeyCode::Enter);
    assert!(matches!(&state.screen, Screen::Assess(screen) if screen.question().as_str().starts_with("A.5.2")));
    act(&mut state, &[Action::Palette]);
    type_text(&mut state, "organis");
    press(&mut state, KeyCode::Enter);
    assert!(matches!(state.screen, Screen::Profile(_)), "{:?}", state.screen);
    act(&mut state, &[Action::Palette]);
    type_text(&mut state, "list below");
    press(&mut state, KeyCode::Enter);
    assert!(shown(&state).contains("‹ below level 3 ›"), "{}", shown(&state));
}

#[test]
fn searching_for_what_there_is_not_says_so_and_esc_closes() {
    let mut state = at_first_question(NARROW, Depth::Full);
    act(&mut state, &[Action::Search]);
    type_text(&mut state, "zzzzqqq");
    assert!(shown(&state).contains("Nothing is called so."));
    press(&mut state, KeyCode::Enter);
    assert!(state.overlay.is_some());
    press(&mut state, KeyCode::Esc);
    assert!(state.overlay.is_none());
}

#[test]
fn every_hint_of_the_footer_can_be_clicked() {
    let mut state = at_first_question(NARROW, Depth::Full);
    let text = shown(&state);
    let footer = text.lines().last().unwrap();
    let column = footer.split(": commands").next().unwrap().chars().count() - 1;
    let click = ratatui::crossterm::event::MouseEvent {
        kind: ratatui::crossterm::event::MouseEventKind::Down(ratatui::crossterm::event::MouseButton::Left),
        column: column.try_into().unwrap(),
        row: 23,
        modifiers: KeyModifiers::NONE,
    };
    send(&mut state, Event::Mouse(click));
    assert!(matches!(state.overlay, Some(Overlay::Palette(_))), "{footer}");
}

#[test]
fn the_list_at_every_other_size() {
    for (name, size) in [("60x16", FLOOR), ("80x24", NARROW), ("200x60", WALL)] {
        let mut state = at_first_question(size, Depth::Full);
        act(&mut state, &[Action::Answer(Level::AdHoc), Action::Answer(Level::Operating), Action::Mark]);
        act(&mut state, &[Action::Questions, Action::Select]);
        insta::assert_snapshot!(name, drawn(&state));
    }
}

#[test]
fn letters_that_only_stand_scattered_in_a_command_do_not_run_it() {
    let mut state = with_all_questions(NARROW);
    act(&mut state, &[Action::GoExport, Action::Palette]);
    // "write the reports that are ticked" has these letters in order; a command of the profile has the word.
    type_text(&mut state, "worth");
    press(&mut state, KeyCode::Enter);
    assert!(matches!(state.screen, Screen::Profile(_)), "{}", shown(&state));
    assert!(state.session.as_ref().unwrap().exporting().is_none());
}

#[test]
fn what_is_found_on_another_screen_is_shown_there_or_its_key_is_told() {
    let mut state = with_all_questions(NARROW);
    act(&mut state, &[Action::Palette]);
    type_text(&mut state, "certificate is worth it");
    press(&mut state, KeyCode::Enter);
    assert!(
        matches!((&state.screen, &state.overlay), (Screen::Profile(_), Some(Overlay::Help(_)))),
        "{}",
        shown(&state)
    );
    press(&mut state, KeyCode::Esc);
    act(&mut state, &[Action::Palette]);
    type_text(&mut state, "approve the statement");
    press(&mut state, KeyCode::Enter);
    assert!(matches!((&state.screen, &state.overlay), (Screen::Soa(_), None)), "{}", shown(&state));
    assert!(shown(&state).contains("Press A here: approve the statement"), "{}", shown(&state));
    act(&mut state, &[Action::Palette]);
    type_text(&mut state, "into the trash");
    press(&mut state, KeyCode::Enter);
    assert!(matches!(state.screen, Screen::Home(_)) && state.session.is_none(), "{}", shown(&state));
}

#[test]
fn who_looks_one_thing_up_is_led_back_to_look_up_the_next() {
    let mut state = with_all_questions(NARROW);
    act(&mut state, &[Action::Terms]);
    type_text(&mut state, "cost");
    press(&mut state, KeyCode::Enter);
    assert!(matches!(state.overlay, Some(Overlay::Term(_))));
    press(&mut state, KeyCode::Esc);
    assert!(matches!(state.overlay, Some(Overlay::Palette(_))));
    press(&mut state, KeyCode::Esc);
    assert!(state.overlay.is_none());
}

#[test]
fn what_can_be_done_on_another_screen_is_found_too_and_leads_there_without_being_done() {
    let mut state = with_all_questions(NARROW);
    act(&mut state, &[Action::Palette]);
    type_text(&mut state, "approve the statement");
    assert!(shown(&state).contains("SoA: approve the statement"), "{}", shown(&state));
    press(&mut state, KeyCode::Enter);
    assert!(matches!(state.screen, Screen::Soa(_)) && state.overlay.is_none());
}

#[test]
fn a_question_is_found_by_the_words_of_its_levels_after_those_that_are_called_so() {
    let mut state = at_first_question(NARROW, Depth::Full);
    act(&mut state, &[Action::Search]);
    type_text(&mut state, "approved list roles");
    press(&mut state, KeyCode::Enter);
    assert!(matches!(&state.screen, Screen::Assess(screen) if screen.question().as_str() == "4.1-2"));
}

#[test]
fn nothing_is_changed_that_is_not_shown() {
    let mut state = at_first_question(NARROW, Depth::Full);
    act(&mut state, &[Action::Answer(Level::AdHoc), Action::Mark, Action::Questions, Action::SelectAll]);
    act(&mut state, &[Action::NextFilter, Action::NextFilter]);
    let text = shown(&state);
    assert!(text.contains("selected, 29 not shown"), "{text}");
    act(&mut state, &[Action::Owner]);
    let text = shown(&state);
    assert!(!text.contains("Owner of 30 questions"), "{text}");
}
