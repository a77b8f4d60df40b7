//! How keys are written: in a key table, and for people.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// Returns the key without what terminals add or leave out: a capital letter carries no shift.
pub(super) fn plain(key: KeyEvent) -> (KeyCode, KeyModifiers) {
    let modifiers = key.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
    (key.code, modifiers)
}

pub(super) fn key_from_word(word: &str) -> Option<(KeyCode, KeyModifiers)> {
    if let Some(rest) = word.strip_prefix("ctrl-") {
        let (code, modifiers) = key_from_word(rest)?;
        return Some((code, modifiers | KeyModifiers::CONTROL));
    }
    if let Some(rest) = word.strip_prefix("alt-") {
        let (code, modifiers) = key_from_word(rest)?;
        return Some((code, modifiers | KeyModifiers::ALT));
    }
    let mut letters = word.chars();
    let code = match (letters.next(), letters.next()) {
        (Some(letter), None) => KeyCode::Char(letter),
        _ => named_key(word)?,
    };
    Some((code, KeyModifiers::NONE))
}

fn named_key(word: &str) -> Option<KeyCode> {
    Some(match word {
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "page-up" => KeyCode::PageUp,
        "page-down" => KeyCode::PageDown,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "shift-tab" => KeyCode::BackTab,
        "backspace" => KeyCode::Backspace,
        "delete" => KeyCode::Delete,
        "insert" => KeyCode::Insert,
        "space" => KeyCode::Char(' '),
        _ => KeyCode::F(word.strip_prefix('f')?.parse().ok().filter(|number| (1..=12).contains(number))?),
    })
}

pub(super) fn written(key: &str) -> String {
    match key {
        "up" => "↑".to_owned(),
        "down" => "↓".to_owned(),
        "left" => "←".to_owned(),
        "right" => "→".to_owned(),
        "-" => "-".to_owned(),
        _ => {
            let mut words = key.split('-').map(|word| {
                let mut letters = word.chars();
                match (letters.next(), letters.as_str()) {
                    (Some(letter), "") => letter.to_string(),
                    (Some(letter), rest) => format!("{}{rest}", letter.to_uppercase()),
                    (None, _) => "-".to_owned(),
                }
            });
            let first = words.next().unwrap_or_default();
            // Of a key with a modifier, the letter is written as it stands on the keyboard.
            words.fold(first, |so_far, word| {
                let word = if word.chars().count() == 1 { word.to_uppercase() } else { word };
                format!("{so_far}-{word}")
            })
        }
    }
}
