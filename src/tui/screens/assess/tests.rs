//! What keys do to the questions, and what is seen of it.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::assessment::{Answer, Depth};
use crate::domain::change::Change;
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::level::Level;
use crate::domain::profile::ProfileKey;
use crate::tui::action::Action;
use crate::tui::message::{Event, Size};
use crate::tui::overlay::Overlay;
use crate::tui::state::{Screen, State};
use crate::tui::testing::{FLOOR, NARROW, WALL, WIDE, act, at_first_question, drawn, send};

fn here(state: &State) -> String {
    match &state.screen {
        Screen::Assess(screen) => screen.question().to_string(),
        other => panic!("it is at {other:?}"),
    }
}

fn answer<'a>(state: &'a State, question: &str) -> Option<&'a Answer> {
    state.session.as_ref().unwrap().assessment().answer(&QuestionId::from(question))
}

fn notice(state: &State) -> &str {
    state.notice.as_ref().map_or("", |notice| notice.text.as_str())
}

fn type_text(state: &mut State, text: &str) {
    for letter in text.chars() {
        send(state, Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE)));
    }
}

fn press(state: &mut State, code: KeyCode) {
    send(state, Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
}

/// Goes to the first control area by its id.
fn go_to(state: &mut State, requirement: &str) {
    for _ in 0..500 {
        if here(state).starts_with(&format!("{requirement}-")) {
            return;
        }
        act(state, &[Action::Right]);
    }
    panic!("there is no {requirement} on the way");
}

#[test]
fn a_number_answers_and_goes_on() {
    let mut state = at_first_question(NARROW, Depth::Full);
    act(&mut state, &[Action::Answer(Level::Operating)]);
    assert_eq!(answer(&state, "4.1-1"), Some(&Answer::Level(Level::Operating)));
    assert_eq!(here(&state), "4.1-2");
}

#[test]
fn enter_chooses_the_highlighted_level() {
    let mut state = at_first_question(NARROW, Depth::Full);
    act(&mut state, &[Action::Down, Action::Down, Action::Down, Action::Confirm]);
    assert_eq!(answer(&state, "4.1-1"), Some(&Answer::Level(Level::Documented)));
}

#[test]
fn enter_answers_nothing_that_nobody_has_chosen() {
    let mut state = at_first_question(NARROW, Depth::Full);
    act(&mut state, &[Action::Confirm]);
    assert_eq!(answer(&state, "4.1-1"), None);
    assert_eq!(here(&state), "4.1-1");
    assert!(drawn(&state).to_string().contains("No level is chosen yet"));
}

#[test]
fn the_highlight_stands_on_the_answer_of_a_question_that_one_comes_back_to() {
    let mut state = at_first_question(NARROW, Depth::Full);
    act(&mut state, &[Action::Answer(Level::Measured), Action::Left, Action::Confirm]);
    assert_eq!(answer(&state, "4.1-1"), Some(&Answer::Level(Level::Measured)));
}

#[test]
fn after_the_last_question_one_stays_and_is_told_what_is_open() {
    let mut state = at_first_question(NARROW, Depth::Quick);
    act(&mut state, &[Action::Last]);
    let last = here(&state);
    act(&mut state, &[Action::Answer(Level::AdHoc)]);
    assert_eq!(here(&state), last);
    assert!(notice(&state).contains("Still open: 7 questions"), "{}", notice(&state));
    for _ in 0..7 {
        act(&mut state, &[Action::NextOpen, Action::Answer(Level::AdHoc)]);
    }
    assert!(notice(&state).contains("quick scan is complete"), "{}", notice(&state));
    act(&mut state, &[Action::NextOpen]);
    assert_eq!(notice(&state), "No question is open.");
}

#[test]
fn undo_leads_to_the_question_that_it_changes() {
    let mut state = at_first_question(NARROW, Depth::Full);
    act(&mut state, &[Action::Answer(Level::Measured), Action::Last, Action::Undo]);
    assert_eq!(here(&state), "4.1-1");
    assert_eq!(answer(&state, "4.1-1"), None);
    assert_eq!(notice(&state), "Taken back: the answer to 4.1-1.");
    act(&mut state, &[Action::Redo]);
    assert_eq!(answer(&state, "4.1-1"), Some(&Answer::Level(Level::Measured)));
}

#[test]
fn a_clause_can_not_be_left_out() {
    let mut state = at_first_question(NARROW, Depth::Full);
    for action in [Action::NotApplicable, Action::Exclude] {
        act(&mut state, &[action]);
        assert!(notice(&state).starts_with("4.1 is a clause"), "{}", notice(&state));
        assert!(state.overlay.is_none());
    }
}

#[test]
fn an_excluded_control_stays_on_the_way_and_can_be_included_again() {
    let mut state = at_first_question(NARROW, Depth::Full);
    go_to(&mut state, "A.5.2");
    let question = here(&state);
    act(&mut state, &[Action::Exclude]);
    press(&mut state, KeyCode::Enter);
    assert!(matches!(&state.overlay, Some(Overlay::Form(form)) if form.error.is_some()), "it needs a reason");
    type_text(&mut state, "We assess nothing.");
    press(&mut state, KeyCode::Enter);
    let excluded = |state: &State| {
        state.session.as_ref().unwrap().assessment().exclusion(&RequirementId::from("A.5.2")).map(str::to_owned)
    };
    assert_eq!(excluded(&state).as_deref(), Some("We assess nothing."));
    act(&mut state, &[Action::Answer(Level::AdHoc)]);
    assert_eq!(answer(&state, &question), None, "it isn't asked");
    act(&mut state, &[Action::Left, Action::Right]);
    assert!(here(&state).starts_with("A.5.2-"));
    insta::assert_snapshot!("excluded", drawn(&state));
    act(&mut state, &[Action::Exclude]);
    assert_eq!(excluded(&state), None);
}

#[test]
fn an_exclusion_that_is_usual_in_the_role_is_proposed_and_recorded_only_with_enter() {
    let mut state = at_first_question(NARROW, Depth::Full);
    go_to(&mut state, "A.5.3");
    let session = state.session.as_mut().unwrap();
    let change = Change::profile(session.assessment(), ProfileKey::AiRole, "developer").unwrap();
    session.change(change).unwrap();
    let excluded = |state: &State| {
        state.session.as_ref().unwrap().assessment().exclusion(&RequirementId::from("A.5.3")).map(str::to_owned)
    };
    act(&mut state, &[Action::Exclude]);
    insta::assert_snapshot!("exclude_proposed", drawn(&state));
    assert_eq!(excluded(&state), None, "nothing is excluded before somebody says so");
    press(&mut state, KeyCode::Esc);
    assert_eq!(excluded(&state), None);
    act(&mut state, &[Action::Exclude]);
    type_text(&mut state, " At all.");
    press(&mut state, KeyCode::Enter);
    assert_eq!(excluded(&state).as_deref(), Some("Made up for tests: we document nothing. At all."));
}

#[test]
fn not_applicable_takes_a_reason_and_goes_on() {
    let mut state = at_first_question(NARROW, Depth::Full);
    go_to(&mut state, "A.5.2");
    let question = here(&state);
    act(&mut state, &[Action::NotApplicable]);
    type_text(&mut state, "No such system.");
    press(&mut state, KeyCode::Enter);
    assert_eq!(answer(&state, &question), Some(&Answer::NotApplicable { because: "No such system.".to_owned() }));
    assert_ne!(here(&state), question);
}

#[test]
fn evidence_is_added_and_taken_away_and_brought_back() {
    let mut state = at_first_question(NARROW, Depth::Full);
    act(&mut state, &[Action::Evidence]);
    type_text(&mut state, "Minutes");
    press(&mut state, KeyCode::Tab);
    press(&mut state, KeyCode::Down);
    press(&mut state, KeyCode::Tab);
    type_text(&mut state, "2026-13-01");
    press(&mut state, KeyCode::Enter);
    press(&mut state, KeyCode::Enter);
    assert!(matches!(&state.overlay, Some(Overlay::Form(form)) if form.error.is_some()), "there is no such day");
    insta::assert_snapshot!("evidence_with_an_error", drawn(&state));
    press(&mut state, KeyCode::Backspace);
    press(&mut state, KeyCode::Backspace);
    press(&mut state, KeyCode::Backspace);
    press(&mut state, KeyCode::Backspace);
    type_text(&mut state, "1-01");
    send(&mut state, Event::Key(KeyEvent::new(KeyCode::Char('s'), KeyModifiers::CONTROL)));
    let count = |state: &State| {
        let session = state.session.as_ref().unwrap();
        session.assessment().response(&QuestionId::from("4.1-1")).map_or(0, |response| response.evidence.len())
    };
    assert_eq!(count(&state), 1, "{}", drawn(&state));
    act(&mut state, &[Action::RemoveEvidence]);
    assert_eq!(count(&state), 0);
    act(&mut state, &[Action::Undo]);
    assert_eq!(count(&state), 1);
}

#[test]
fn a_note_is_kept_when_its_form_is_left() {
    let mut state = at_first_question(NARROW, Depth::Full);
    act(&mut state, &[Action::Note]);
    type_text(&mut state, "one");
    press(&mut state, KeyCode::Enter);
    send(&mut state, Event::Paste("two\r\nthree".to_owned()));
    press(&mut state, KeyCode::Esc);
    let session = state.session.as_ref().unwrap();
    assert_eq!(session.assessment().response(&QuestionId::from("4.1-1")).unwrap().note, "one\ntwo\nthree");
    assert_eq!(notice(&state), "The note is kept.");
}

#[test]
fn what_was_typed_into_a_form_that_is_left_is_there_again() {
    let mut state = at_first_question(NARROW, Depth::Full);
    act(&mut state, &[Action::Owner]);
    type_text(&mut state, "Eve");
    press(&mut state, KeyCode::Esc);
    assert_eq!(state.session.as_ref().unwrap().assessment().responses().len(), 0, "nothing was changed");
    act(&mut state, &[Action::Owner]);
    press(&mut state, KeyCode::Enter);
    let session = state.session.as_ref().unwrap();
    assert_eq!(session.assessment().response(&QuestionId::from("4.1-1")).unwrap().owner, "Eve");
}

#[test]
fn text_pasted_where_nothing_takes_it_presses_no_keys() {
    let mut state = at_first_question(NARROW, Depth::Full);
    send(&mut state, Event::Paste("5q".to_owned()));
    assert_eq!(answer(&state, "4.1-1"), None);
    assert!(notice(&state).contains("not used"));
}

#[test]
fn nothing_can_be_changed_in_an_assessment_that_is_read_only() {
    let mut opened = crate::tui::testing::opened("Acme", Depth::Full);
    opened.read_only = Some("Another program has it open.".to_owned());
    let mut state = crate::tui::testing::at_home(NARROW);
    crate::tui::testing::finish(&mut state, crate::tui::effect::Outcome::Opened(Ok(Box::new(opened))));
    for action in [Action::Answer(Level::AdHoc), Action::Note, Action::Mark, Action::Owner] {
        act(&mut state, &[action]);
        assert_eq!(notice(&state), "Another program has it open.");
        assert!(state.overlay.is_none());
    }
    assert_eq!(state.session.as_ref().unwrap().assessment().responses().len(), 0);
}

#[test]
fn the_question_is_found_again_after_a_look_at_another_screen() {
    let mut state = at_first_question(NARROW, Depth::Full);
    act(&mut state, &[Action::Right, Action::Right, Action::GoProfile, Action::GoAssess]);
    assert_eq!(here(&state), "4.1-3");
}

#[test]
fn areas_are_walked_through_and_end() {
    let mut state = at_first_question(NARROW, Depth::Full);
    act(&mut state, &[Action::NextArea]);
    assert!(here(&state).starts_with("5."));
    act(&mut state, &[Action::PreviousArea, Action::PreviousArea]);
    assert_eq!(notice(&state), "This is the first area.");
}

#[test]
fn a_click_on_a_level_highlights_it_and_a_second_one_chooses_it() {
    let mut state = at_first_question(WIDE, Depth::Full);
    let text = drawn(&state).to_string();
    let (row, line) = text.lines().enumerate().find(|(_, line)| line.contains("○ 2  ")).unwrap();
    let column = line.split("○ 2  ").next().unwrap().chars().count();
    let click = || {
        Event::Mouse(ratatui::crossterm::event::MouseEvent {
            kind: ratatui::crossterm::event::MouseEventKind::Down(ratatui::crossterm::event::MouseButton::Left),
            column: u16::try_from(column).unwrap(),
            row: u16::try_from(row).unwrap(),
            modifiers: KeyModifiers::NONE,
        })
    };
    send(&mut state, click());
    assert_eq!(answer(&state, "4.1-1"), None);
    send(&mut state, click());
    assert_eq!(answer(&state, "4.1-1"), Some(&Answer::Level(Level::Documented)));
}

#[test]
fn the_questions_at_80_columns() {
    let mut state = at_first_question(NARROW, Depth::Quick);
    insta::assert_snapshot!("first_80x24", drawn(&state));
    act(&mut state, &[Action::Answer(Level::Operating), Action::Answer(Level::AdHoc)]);
    insta::assert_snapshot!("third_80x24", drawn(&state));
    act(&mut state, &[Action::PageDown]);
    insta::assert_snapshot!("scrolled_80x24", drawn(&state));
}

#[test]
fn the_questions_at_120_columns() {
    let mut state = at_first_question(WIDE, Depth::Quick);
    act(&mut state, &[Action::Answer(Level::Operating), Action::Answer(Level::AdHoc), Action::Mark, Action::Left]);
    insta::assert_snapshot!("second_120x40", drawn(&state));
    act(&mut state, &[Action::Note]);
    insta::assert_snapshot!("note_120x40", drawn(&state));
}

#[test]
fn the_help_of_the_questions() {
    let mut state = at_first_question(NARROW, Depth::Quick);
    act(&mut state, &[Action::Help, Action::Last]);
    insta::assert_snapshot!("help_80x24", drawn(&state));
    act(&mut state, &[Action::Quit]);
    assert!(state.overlay.is_none());
    let mut state = at_first_question(WIDE, Depth::Quick);
    act(&mut state, &[Action::Help]);
    insta::assert_snapshot!("help_120x40", drawn(&state));
}

#[test]
#[ignore = "prints screens to look at"]
fn print() {
    for (width, height) in [(60, 16), (80, 24), (100, 30), (120, 40), (200, 60)] {
        let mut state = at_first_question(Size { width, height }, Depth::Full);
        println!("{}", drawn(&state));
        act(&mut state, &[Action::Answer(Level::AdHoc), Action::Answer(Level::Operating), Action::Left, Action::Mark]);
        for action in [Action::PageDown, Action::Help] {
            act(&mut state, &[action]);
            println!("{}", drawn(&state));
        }
        for action in [Action::Evidence, Action::Note, Action::Exclude] {
            state.overlay = None;
            act(&mut state, &[action]);
            println!("{}", drawn(&state));
        }
        state.overlay = None;
        act(&mut state, &[Action::GoProfile, Action::Down, Action::Down, Action::Down, Action::Right]);
        println!("{}", drawn(&state));
    }
}

#[test]
fn a_question_at_the_smallest_and_the_largest_size() {
    for (name, size) in [("second_60x16", FLOOR), ("second_200x60", WALL)] {
        let mut state = at_first_question(size, Depth::Full);
        act(&mut state, &[Action::Answer(Level::AdHoc)]);
        insta::assert_snapshot!(name, drawn(&state));
    }
}

#[test]
fn what_is_counted_once_a_change_is_what_a_walk_through_all_questions_counts() {
    let mut state = at_first_question(NARROW, Depth::Quick);
    act(&mut state, &[Action::Answer(Level::AdHoc), Action::Answer(Level::Operating), Action::Undo]);
    let session = state.session.as_ref().unwrap();
    let walked = crate::domain::flow::progress(session.questionnaire(), session.assessment());
    assert_eq!(walked.answered, 1);
    assert_eq!(session.flow().iter().copied().sum::<crate::domain::flow::Progress>(), walked);
}
