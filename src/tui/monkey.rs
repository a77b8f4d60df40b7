//! Whatever anybody presses, pastes, clicks and resizes, on every screen: 200,000 events, the same ones each time.

use chrono::DateTime;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use crate::domain::assessment::Depth;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Opened, Outcome, Shelved, StoredStep};
use crate::tui::keymap::Keymap;
use crate::tui::message::{Event, Message, Size};
use crate::tui::session::SaveState;
use crate::tui::state::{State, Tab};
use crate::tui::testing::{act, at_home, drawn, entry, finish, opened, with_all_questions};
use crate::tui::update::{keep_typed, message, update};

const EVENTS: usize = 50_000;
/// After so many events what is shown is looked at: drawing costs most.
const LOOK: usize = 251;
const KEYS: [KeyCode; 26] = [
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::PageUp,
    KeyCode::PageDown,
    KeyCode::Home,
    KeyCode::End,
    KeyCode::Enter,
    KeyCode::Enter,
    KeyCode::Esc,
    KeyCode::Esc,
    KeyCode::Tab,
    KeyCode::BackTab,
    KeyCode::Backspace,
    KeyCode::Delete,
    KeyCode::F(2),
    KeyCode::F(3),
    KeyCode::F(4),
    KeyCode::F(5),
    KeyCode::F(6),
    KeyCode::F(7),
    KeyCode::F(8),
    KeyCode::F(9),
    KeyCode::F(10),
    KeyCode::Null,
];
const LETTERS: &str = "0123456789nNieEaxcmwdhjklgGu?[]fFvApr:/ ost";
const PASTES: [&str; 5] = ["", "3\n2\n", "a\u{202e}b\u{1b}[31m\r\n\t東👩‍👩‍👧", "\u{1b}[201~q", "2027-03-01"];
const SIZES: [(u16, u16); 12] = [
    (0, 0),
    (1, 1),
    (2, 2),
    (1, 500),
    (500, 1),
    (59, 16),
    (60, 15),
    (60, 16),
    (80, 24),
    (120, 40),
    (200, 60),
    (500, 200),
];

/// What stands for the shell: it remembers what was recorded.
struct Shell {
    records: usize,
    state: State,
    keymap: Keymap,
}

impl Shell {
    fn send(&mut self, event: Event) {
        let Some(message) = message(&self.state, &self.keymap, event) else { return };
        let effects = update(&mut self.state, message);
        self.perform(effects);
        let kept = keep_typed(&mut self.state);
        self.perform(kept);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let outcome = match effect {
                Effect::Record { ticket, .. } => {
                    self.records += 1;
                    let result = if self.records.is_multiple_of(50) { Err("disk full".to_owned()) } else { Ok(()) };
                    let name = format!("step:{}", self.records);
                    Outcome::Recorded {
                        ticket,
                        stored: vec![StoredStep { ticket, name, at: DateTime::UNIX_EPOCH }],
                        result,
                    }
                }
                Effect::Open { .. } | Effect::Demo | Effect::Create { .. } => {
                    Outcome::Opened(Ok(Box::new(Opened { ..opened("A\u{202e}\n東\u{1b}[31m", Depth::Full) })))
                }
                Effect::Shelve(order) => {
                    self.records += 1;
                    let shelved = Shelved {
                        key: "k".to_owned(),
                        name: "A\u{202e}".to_owned(),
                        place: Some("trash"),
                        mark: String::new(),
                        notices: vec![],
                    };
                    let result = if self.records.is_multiple_of(3) { Err("in use".to_owned()) } else { Ok(shelved) };
                    Outcome::Shelved { order, result }
                }
                Effect::ListShelved => Outcome::ShelvedListed(Ok(vec![Shelved {
                    key: "k".to_owned(),
                    name: "東\u{1b}[31m".to_owned(),
                    place: Some("archive"),
                    mark: String::new(),
                    notices: vec!["a\u{7}".to_owned()],
                }])),
                Effect::Edit { .. } => Outcome::Edited(Ok("edited\u{7}".to_owned())),
                _ => continue,
            };
            let effects = finish(&mut self.state, outcome);
            self.perform(effects);
        }
    }
}

fn event(chance: &mut ChaCha8Rng) -> Event {
    let key = |code, modifiers| Event::Key(KeyEvent::new(code, modifiers));
    let letters: Vec<char> = LETTERS.chars().collect();
    match chance.random_range(0..100) {
        0..45 => key(KeyCode::Char(letters[chance.random_range(0..letters.len())]), KeyModifiers::NONE),
        45..80 => key(KEYS[chance.random_range(0..KEYS.len())], KeyModifiers::NONE),
        80..84 => key(KeyCode::Char(char::from(chance.random_range(b'a'..=b'z'))), KeyModifiers::CONTROL),
        84..86 => {
            key(KeyCode::Char(char::from_u32(chance.random_range(0..0x1_1000)).unwrap_or('q')), KeyModifiers::ALT)
        }
        86..88 => Event::Paste(PASTES[chance.random_range(0..PASTES.len())].to_owned()),
        88..98 => {
            let kinds = [MouseEventKind::Down(MouseButton::Left), MouseEventKind::ScrollUp, MouseEventKind::ScrollDown];
            Event::Mouse(MouseEvent {
                kind: kinds[chance.random_range(0..kinds.len())],
                column: chance.random_range(0..220),
                row: chance.random_range(0..70),
                modifiers: KeyModifiers::NONE,
            })
        }
        _ => {
            let (width, height) = SIZES[chance.random_range(0..SIZES.len())];
            Event::Resize(Size { width, height })
        }
    }
}

/// Checks what must hold whatever happened.
fn look(state: &State, seed: u64, count: usize) {
    let place = format!("seed {seed}, event {count}");
    if let Some(session) = &state.session {
        let is_past = session.past().is_some();
        assert_eq!(matches!(session.save_state(), SaveState::ReadOnly(_)), is_past, "{place}");
        assert_eq!(state.live.is_some(), is_past, "{place}: the present is set aside only for the past");
        let card = session.scorecard();
        assert!(card.completion.answered <= card.completion.asked, "{place}");
        if let Some(question) = state.screen.question() {
            assert!(session.questionnaire().item(question).is_some(), "{place}: there is no {question}");
        }
        assert!(state.trail.len() < 12, "{place}: the way back has {} steps", state.trail.len());
    }
    let shown = drawn(state);
    let hidden = shown
        .buffer()
        .content()
        .iter()
        .find(|cell| cell.symbol().chars().any(|c| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)));
    assert!(hidden.is_none(), "{place}: {hidden:?}");
}

fn play(seed: u64) {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let mut shell =
        Shell { records: 0, state: at_home(Size { width: 80, height: 24 }), keymap: Keymap::built_in().unwrap() };
    finish(&mut shell.state, Outcome::Listed(Ok(vec![entry("A\u{1b}[31m")])));
    let mut screens = std::collections::HashSet::new();
    for count in 0..EVENTS {
        shell.send(event(&mut chance));
        screens.insert(shell.state.screen.title());
        if count % LOOK == 0 {
            look(&shell.state, seed, count);
        }
    }
    assert!(screens.len() >= 12, "only {screens:?} were seen");
}

#[test]
fn fifty_thousand_events_leave_everything_in_order() {
    play(1);
}

#[test]
fn and_so_do_fifty_thousand_others() {
    play(2);
}

#[test]
fn and_fifty_thousand_more() {
    play(3);
}

#[test]
fn and_the_last_fifty_thousand() {
    play(4);
}

/// Each screen of the questionnaire that the program comes with can be drawn at any size.
#[test]
fn every_screen_can_be_drawn_at_every_size() {
    let mut state = with_all_questions(Size { width: 80, height: 24 });
    let actions = Tab::ALL.map(Tab::action).into_iter().chain([Action::Questions, Action::Present]);
    for action in actions {
        act(&mut state, &[action]);
        for (width, height) in SIZES {
            let effects = update(&mut state, Message::Resized(Size { width, height }));
            assert!(effects.is_empty());
            drawn(&state);
        }
    }
}
