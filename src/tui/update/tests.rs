//! What must hold whatever anybody does.

use proptest::prelude::*;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use crate::domain::assessment::Depth;
use crate::domain::change::Change;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Outcome};
use crate::tui::keymap::Keymap;
use crate::tui::message::{Event, Message, Size};
use crate::tui::state::Tab;
use crate::tui::testing::{NARROW, TODAY, WALL, act, at_home, drawn, entry, finish, opened, send, with_all_questions};
use crate::tui::update::update;

const KEYS: [KeyCode; 18] = [
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::PageUp,
    KeyCode::PageDown,
    KeyCode::Home,
    KeyCode::End,
    KeyCode::Enter,
    KeyCode::Esc,
    KeyCode::Tab,
    KeyCode::BackTab,
    KeyCode::Backspace,
    KeyCode::Delete,
    KeyCode::F(2),
    KeyCode::F(3),
    KeyCode::F(4),
    KeyCode::F(5),
];

fn event() -> impl Strategy<Value = Event> {
    let letters = prop_oneof![
        8 => prop::sample::select("012345nNieEaxcmwdhjklgGuq?[] -".chars().collect::<Vec<_>>()),
        1 => any::<char>(),
    ];
    let key = |code, modifiers| Event::Key(KeyEvent::new(code, modifiers));
    prop_oneof![
        10 => letters.prop_map(move |letter| key(KeyCode::Char(letter), KeyModifiers::NONE)),
        2 => prop::sample::select("crszymjuwkv".chars().collect::<Vec<_>>())
            .prop_map(move |letter| key(KeyCode::Char(letter), KeyModifiers::CONTROL)),
        10 => prop::sample::select(KEYS.to_vec()).prop_map(move |code| key(code, KeyModifiers::NONE)),
        1 => "\\PC{0,40}|[a\u{202e}\u{1b}東\n\r\t]{0,20}".prop_map(Event::Paste),
        2 => (0u16..210, 0u16..70).prop_map(|(column, row)| Event::Mouse(MouseEvent {
            kind: MouseEventKind::Down(MouseButton::Left),
            column,
            row,
            modifiers: KeyModifiers::NONE,
        })),
        1 => (1u16..210, 1u16..70).prop_map(|(width, height)| Event::Resize(Size { width, height })),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Whatever is pressed, pasted, clicked and resized: nothing panics, at any size, and what is shown carries no
    /// control character.
    #[test]
    fn any_events_leave_a_screen_that_can_be_drawn(events in prop::collection::vec(event(), 0..120)) {
        let mut state = at_home(Size { width: 80, height: 24 });
        finish(&mut state, Outcome::Listed(Ok(vec![entry("A\u{1b}[31m")])));
        for event in events {
            for effect in send(&mut state, event) {
                match effect {
                    Effect::Open { .. } | Effect::Demo | Effect::Create { .. } => {
                        finish(&mut state, Outcome::Opened(Ok(Box::new(opened("A\u{202e}\n東", Depth::Quick)))));
                    }
                    _ => {}
                }
            }
            let shown = drawn(&state);
            let hidden = shown.buffer().content().iter().find(|cell| {
                cell.symbol().chars().any(|c| c.is_control() || c == '\u{202e}')
            });
            prop_assert!(hidden.is_none(), "{hidden:?}");
        }
    }
}

#[test]
fn what_is_done_after_midnight_is_of_the_new_day() {
    let mut state = with_all_questions(NARROW);
    let tomorrow = TODAY.succ_opt().unwrap();
    drop(update(&mut state, Message::Day(tomorrow)));
    assert_eq!(state.today, tomorrow);
    assert_eq!(state.session.as_ref().unwrap().today(), tomorrow);
    act(&mut state, &[Action::GoHistory, Action::Snapshot]);
    assert!(drawn(&state).to_string().contains(&tomorrow.to_string()), "{}", drawn(&state));
}

#[test]
fn a_note_that_was_only_looked_at_is_not_changed() {
    let mut state = with_all_questions(NARROW);
    let question = state.screen.question().unwrap().clone();
    let change = Change::note(state.session.as_ref().unwrap().assessment(), &question, "a\tb \n".to_owned());
    let recorded = state.session.as_mut().unwrap().change(change).unwrap();
    assert_eq!(recorded.len(), 1);
    let effects = send(&mut state, Event::Key(KeyEvent::new(KeyCode::Char('i'), KeyModifiers::NONE)));
    assert!(effects.is_empty());
    let effects = send(&mut state, Event::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE)));
    assert!(effects.is_empty(), "{effects:?}");
    assert_eq!(state.session.as_ref().unwrap().assessment().response(&question).unwrap().note, "a\tb \n");
}

#[test]
fn a_name_that_another_assessment_has_is_refused_in_the_profile_too() {
    let mut state = with_all_questions(NARROW);
    act(&mut state, &[Action::GoProfile, Action::First]);
    let effects = send(&mut state, Event::Key(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE)));
    assert!(matches!(effects.as_slice(), [Effect::List]), "the list is read anew: {effects:?}");
    finish(&mut state, Outcome::Listed(Ok(vec![entry("Other")])));
    send(&mut state, Event::Key(KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL)));
    for letter in "Other".chars() {
        send(&mut state, Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE)));
    }
    send(&mut state, Event::Key(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE)));
    assert!(drawn(&state).to_string().contains("Another assessment is called so."), "{}", drawn(&state));
}

/// Every key that the help of a screen names does something there, or says why it doesn't.
#[test]
fn no_key_of_a_screen_is_dead() {
    let keymap = Keymap::built_in().unwrap();
    let moves = [Action::Up, Action::Down, Action::PageUp, Action::PageDown, Action::First, Action::Last, Action::Left];
    let mut dead = vec![];
    // The timeline has nothing to act on before its forecast is there: its own tests press its keys.
    for tab in Tab::ALL.into_iter().filter(|tab| *tab != Tab::Timeline) {
        for (binding, action) in keymap.actions(tab.context()).filter(|(binding, _)| binding.context == tab.context()) {
            if moves.contains(&action) {
                continue;
            }
            let mut state = with_all_questions(WALL);
            act(&mut state, &[tab.action()]);
            let before = format!("{:?} {:?} {:?}", state.screen, state.overlay, state.notice);
            let effects = update(&mut state, Message::Act(action));
            let after = format!("{:?} {:?} {:?}", state.screen, state.overlay, state.notice);
            if effects.is_empty() && before == after {
                dead.push(format!("{} on {}: {:?}", binding.label(), tab.title(), binding.help));
            }
        }
    }
    assert_eq!(dead, Vec::<String>::new());
}
