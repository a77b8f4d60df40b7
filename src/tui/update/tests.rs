//! What must hold whatever anybody does.

use proptest::prelude::*;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use crate::domain::assessment::Depth;
use crate::tui::effect::{Effect, Entry, Outcome};
use crate::tui::message::{Event, Size};
use crate::tui::testing::{at_home, drawn, finish, opened, send};

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
        let entry = Entry {
            key: "a".to_owned(),
            name: "A\u{1b}[31m".to_owned(),
            organisation: String::new(),
            completion: Some(f64::NAN),
            readiness: None,
            changed: String::new(),
            damage: None,
        };
        finish(&mut state, Outcome::Listed(Ok(vec![entry])));
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
