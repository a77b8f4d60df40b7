//! Which key means what, where. The table is data: `assets/keys.toml`.

use std::collections::HashMap;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use serde::Deserialize;

use crate::tui::action::Action;

/// The table that is built in.
const BUILT_IN: &str = include_str!("../../assets/keys.toml");

/// Where a binding holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Context {
    /// On every screen that is no text field.
    Everywhere,
    /// On the list of assessments.
    Home,
    /// On the questions.
    Assess,
    /// On the list of questions.
    Questions,
    /// On the dashboard.
    Dashboard,
    /// On the timeline.
    Timeline,
    /// On the profile.
    Profile,
    /// On the export.
    Export,
}

/// What some keys mean somewhere.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Binding {
    /// Where it holds.
    pub context: Context,
    keys: Vec<String>,
    action: String,
    /// What the help says; a binding without is told by another one's label.
    pub help: Option<String>,
    /// The short word in the footer, where it is shown there.
    pub footer: Option<String>,
    label: Option<String>,
}

/// The key table.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<Binding>,
    actions: HashMap<(Context, KeyCode, KeyModifiers), Action>,
}

/// A key with what it does in a word, as the footer shows it. A click on it presses the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// How the keys are written.
    pub keys: String,
    /// What they do.
    pub word: String,
    /// The key that a click presses.
    pub key: KeyEvent,
}

/// Why a key table can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// It isn't TOML of the right shape.
    #[error("the key table can't be read: {0}")]
    Unreadable(String),
    /// It names a key that there isn't.
    #[error("there is no key {0:?}")]
    UnknownKey(String),
    /// It names an action that there isn't.
    #[error("there is no action {0:?}")]
    UnknownAction(String),
    /// One key would mean two things in one place.
    #[error("the key {key:?} means two things in {context:?}")]
    Collision {
        /// The key.
        key: String,
        /// The place.
        context: Context,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    binding: Vec<Binding>,
}

impl Keymap {
    /// Returns the key table that is built in.
    ///
    /// # Errors
    ///
    /// Never, as `the_table_that_is_built_in_is_sound` tests.
    pub fn built_in() -> Result<Self, KeyError> {
        Self::read(BUILT_IN)
    }

    /// Reads a key table.
    ///
    /// # Errors
    ///
    /// Returns the first thing that is wrong with it.
    pub fn read(text: &str) -> Result<Self, KeyError> {
        let table: Table = toml::from_str(text).map_err(|error| KeyError::Unreadable(error.message().to_owned()))?;
        let mut actions = HashMap::new();
        for binding in &table.binding {
            let action =
                Action::from_word(&binding.action).ok_or_else(|| KeyError::UnknownAction(binding.action.clone()))?;
            for key in &binding.keys {
                let (code, modifiers) = key_from_word(key).ok_or_else(|| KeyError::UnknownKey(key.clone()))?;
                if actions.insert((binding.context, code, modifiers), action).is_some() {
                    return Err(KeyError::Collision { key: key.clone(), context: binding.context });
                }
            }
        }
        Ok(Self { bindings: table.binding, actions })
    }

    /// Returns what a key means in a place; what holds there goes before what holds everywhere.
    #[must_use]
    pub fn action(&self, context: Context, key: KeyEvent) -> Option<Action> {
        let (code, modifiers) = plain(key);
        [context, Context::Everywhere]
            .into_iter()
            .find_map(|place| self.actions.get(&(place, code, modifiers)))
            .copied()
    }

    /// Returns the bindings of a place that the help tells of, those that hold there first.
    pub fn help(&self, context: Context) -> impl Iterator<Item = &Binding> {
        let here = self.bindings.iter().filter(move |binding| binding.context == context);
        let everywhere = self.bindings.iter().filter(move |binding| {
            binding.context == Context::Everywhere
                && context != Context::Everywhere
                && !self.is_overridden(binding, context)
        });
        here.chain(everywhere).filter(|binding| binding.help.is_some())
    }

    /// Returns what the footer of a place shows.
    pub fn footer(&self, context: Context) -> impl Iterator<Item = Hint> {
        self.help(context).filter_map(|binding| {
            let word = binding.footer.clone()?;
            let (code, modifiers) = binding.keys.first().and_then(|key| key_from_word(key))?;
            Some(Hint { keys: binding.label(), word, key: KeyEvent::new(code, modifiers) })
        })
    }

    /// Returns how the first key that means something everywhere is written.
    #[must_use]
    pub fn key(&self, action: Action) -> Option<String> {
        let (binding, _) = self.actions(Context::Everywhere).find(|(_, meant)| *meant == action)?;
        Some(written(binding.keys.first()?))
    }

    /// Returns the bindings of a place with what they mean, those that hold there first; one for each action.
    pub fn actions(&self, context: Context) -> impl Iterator<Item = (&Binding, Action)> {
        let here = self.bindings.iter().filter(move |binding| binding.context == context);
        let everywhere = self.bindings.iter().filter(move |it| {
            it.context == Context::Everywhere && context != Context::Everywhere && !self.is_overridden(it, context)
        });
        here.chain(everywhere).filter_map(|binding| Some((binding, Action::from_word(&binding.action)?)))
    }

    fn is_overridden(&self, binding: &Binding, context: Context) -> bool {
        self.bindings.iter().any(|other| other.context == context && other.action == binding.action)
    }
}

impl Hint {
    /// Returns a hint for a key without modifiers.
    #[must_use]
    pub fn new(keys: &str, word: &str, code: KeyCode) -> Self {
        Self { keys: keys.to_owned(), word: word.to_owned(), key: KeyEvent::new(code, KeyModifiers::NONE) }
    }

    /// Returns a hint for a letter that is pressed together with Ctrl.
    #[must_use]
    pub fn ctrl(letter: char, word: &str) -> Self {
        Self {
            keys: format!("Ctrl-{}", letter.to_ascii_uppercase()),
            word: word.to_owned(),
            key: KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL),
        }
    }
}

impl Binding {
    /// Returns all its keys, whatever its label.
    #[must_use]
    pub fn keys_label(&self) -> String {
        self.keys.iter().map(|key| written(key)).collect::<Vec<_>>().join(" ")
    }

    /// Returns how its keys are written.
    #[must_use]
    pub fn label(&self) -> String {
        self.label.clone().unwrap_or_else(|| self.keys_label())
    }
}

/// Returns the key without what terminals add or leave out: a capital letter carries no shift.
fn plain(key: KeyEvent) -> (KeyCode, KeyModifiers) {
    let modifiers = key.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
    (key.code, modifiers)
}

fn key_from_word(word: &str) -> Option<(KeyCode, KeyModifiers)> {
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

fn written(key: &str) -> String {
    match key {
        "up" => "↑".to_owned(),
        "down" => "↓".to_owned(),
        "left" => "←".to_owned(),
        "right" => "→".to_owned(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_that_is_built_in_is_sound() {
        let keymap = Keymap::built_in().unwrap();
        let context = |key: &str, place| {
            let (code, modifiers) = key_from_word(key).unwrap();
            keymap.action(place, KeyEvent::new(code, modifiers))
        };
        assert_eq!(context("n", Context::Home), Some(Action::New));
        assert_eq!(context("n", Context::Assess), Some(Action::NextOpen));
        assert_eq!(context("ctrl-c", Context::Export), Some(Action::Quit));
        assert_eq!(context("z", Context::Export), None);
    }

    #[test]
    fn a_key_that_would_mean_two_things_is_refused() {
        let twice = "[[binding]]\ncontext = \"home\"\nkeys = [\"n\", \"n\"]\naction = \"new\"\n";
        let refused = KeyError::Collision { key: "n".to_owned(), context: Context::Home };
        assert_eq!(Keymap::read(twice).map(drop), Err(refused));
    }

    #[test]
    fn every_binding_is_told_of_in_the_help_or_by_a_label() {
        let keymap = Keymap::built_in().unwrap();
        for binding in &keymap.bindings {
            let told = binding.help.is_some()
                || keymap.bindings.iter().any(|other| {
                    other.label.is_some()
                        && other.context == binding.context
                        && other.action.split('-').next() == binding.action.split('-').next()
                });
            assert!(told, "{binding:?}");
        }
    }
}
