//! Which key means what, where. The table is data: `assets/keys.toml`.

mod key;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use serde::Deserialize;

use crate::tui::action::Action;
use crate::tui::keymap::key::{key_from_word, plain, written};

/// The table that is built in, as `build.rs` reads it from `assets/keys.toml`: no start of the program parses it.
static BUILT_IN: &[Row] = include!(concat!(env!("OUT_DIR"), "/keys.rs"));

/// A binding: its context, its keys, its action, and help, footer, label and hint.
type Row = (
    &'static str,
    &'static [&'static str],
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
    Option<&'static str>,
    Option<&'static str>,
);

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
    /// On the Statement of Applicability.
    Soa,
    /// On the action plan.
    Plan,
    /// On the crosswalks.
    Crosswalk,
    /// On the profile.
    Profile,
    /// On the export.
    Export,
    /// On the history.
    History,
}

/// What some keys mean somewhere.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Binding {
    /// Where it holds.
    pub context: Context,
    keys: Vec<Text>,
    action: Text,
    /// What the help says; a binding without is told by another one's label.
    pub help: Option<Text>,
    /// The short word in the footer, where it is shown there.
    pub footer: Option<Text>,
    label: Option<Text>,
    hint: Option<Text>,
}

/// A text of the table: the program's own, or one of the user's.
type Text = Cow<'static, str>;

/// The key table.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<Binding>,
    actions: HashMap<(Context, KeyCode, KeyModifiers), Action>,
    /// What the footer of each place shows. It is drawn at each key, so it is made once.
    footers: HashMap<Context, Vec<Hint>>,
    /// How the first key of each action that means something everywhere is written; the tabs show it at each key.
    written: HashMap<Action, String>,
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
    #[error("the key {key:?} would mean two things {}: {} and {}", .context.title(), .actions.0, .actions.1)]
    Collision {
        /// The key.
        key: String,
        /// The place.
        context: Context,
        /// What it would mean.
        actions: (String, String),
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    binding: Vec<Binding>,
}

/// What stands above the tables of keys for people.
#[cfg(test)]
const DOCUMENT_HEAD: &str = "\
# Keys

This page is made from `assets/keys.toml`, as the footer and the help (`?`) are. Every action can be found by a few letters
in the command palette too (`:` or `Ctrl-P`), and be clicked there.

To use other keys, put a `keys.toml` into your config directory (`ready42 doctor` tells where). Each entry gives an action
other keys in a place; an empty list takes its keys away:

```toml
[[binding]]
context = \"assess\"
action = \"mark\"
keys = [\"M\", \"ctrl-b\"]
```

Two meanings for one key in one place are refused, as unknown keys and actions are: the program says so, and starts with its
own table.
";

/// Returns the bindings that are built in.
fn built_in() -> Vec<Binding> {
    let binding = |row: &Row| {
        let &(context, keys, action, help, footer, label, hint) = row;
        let context = Context::ALL.into_iter().find(|known| known.word() == context)?;
        let text = Cow::Borrowed;
        Some(Binding {
            context,
            keys: keys.iter().copied().map(text).collect(),
            action: text(action),
            help: help.map(text),
            footer: footer.map(text),
            label: label.map(text),
            hint: hint.map(text),
        })
    };
    BUILT_IN.iter().filter_map(binding).collect()
}

fn parse(text: &str) -> Result<Vec<Binding>, KeyError> {
    let table: Table = toml::from_str(text).map_err(|error| KeyError::Unreadable(error.to_string()))?;
    Ok(table.binding)
}

impl Context {
    /// All places, in the order in which the docs tell of them.
    pub const ALL: [Self; 12] = [
        Self::Everywhere,
        Self::Home,
        Self::Assess,
        Self::Questions,
        Self::Dashboard,
        Self::Timeline,
        Self::Soa,
        Self::Plan,
        Self::Crosswalk,
        Self::Profile,
        Self::Export,
        Self::History,
    ];

    /// Returns the word for it in the table.
    fn word(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::Home => "home",
            Self::Assess => "assess",
            Self::Questions => "questions",
            Self::Dashboard => "dashboard",
            Self::Timeline => "timeline",
            Self::Soa => "soa",
            Self::Plan => "plan",
            Self::Crosswalk => "crosswalk",
            Self::Profile => "profile",
            Self::Export => "export",
            Self::History => "history",
        }
    }

    /// Returns its title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::Home => "on the list of assessments",
            Self::Assess => "on the questions",
            Self::Questions => "on the list of questions",
            Self::Dashboard => "on the dashboard",
            Self::Timeline => "on the timeline",
            Self::Soa => "on the Statement of Applicability",
            Self::Plan => "on the action plan",
            Self::Crosswalk => "on the crosswalks",
            Self::Profile => "on the profile",
            Self::Export => "on the export",
            Self::History => "on the history",
        }
    }
}

impl Hint {
    /// Returns the hint for the first of two keys that it names as `←→`; itself where it names others.
    #[must_use]
    pub fn first_of_pair(self) -> Self {
        let first = match self.keys.as_str() {
            "←→" => KeyCode::Left,
            "↑↓" => KeyCode::Up,
            "+-" => KeyCode::Char('+'),
            _ => return self,
        };
        Self { key: KeyEvent::new(first, KeyModifiers::NONE), ..self }
    }
}

impl Keymap {
    /// Returns the key table that is built in.
    ///
    /// # Errors
    ///
    /// Never, as `the_table_that_is_built_in_is_sound` tests.
    pub fn built_in() -> Result<Self, KeyError> {
        Self::new(built_in())
    }

    /// Returns the table that is built in, changed by one of the user's: each of its bindings gives an action other
    /// keys in a place, or none.
    ///
    /// # Errors
    ///
    /// Returns the first thing that is wrong with the user's table, or with both together.
    pub fn with_own(text: &str) -> Result<Self, KeyError> {
        let mut bindings = built_in();
        let mut altered = HashSet::new();
        for own in parse(text)? {
            let same = |binding: &&mut Binding| binding.context == own.context && binding.action == own.action;
            let is_first = altered.insert((own.context, own.action.clone()));
            match bindings.iter_mut().find(same) {
                Some(binding) if is_first => {
                    *binding = Binding { keys: own.keys, label: None, hint: None, ..binding.clone() }
                }
                Some(binding) => binding.keys.extend(own.keys),
                None => {
                    let help = bindings.iter().find(|binding| binding.action == own.action);
                    let help = help.and_then(|binding| binding.help.clone());
                    bindings.push(Binding { help: own.help.clone().or(help), ..own });
                }
            }
        }
        Self::new(bindings)
    }

    /// Reads a key table.
    ///
    /// # Errors
    ///
    /// Returns the first thing that is wrong with it.
    #[cfg(test)]
    pub fn read(text: &str) -> Result<Self, KeyError> {
        Self::new(parse(text)?)
    }

    fn new(bindings: Vec<Binding>) -> Result<Self, KeyError> {
        let mut actions = HashMap::new();
        for binding in &bindings {
            let action = Action::from_word(&binding.action)
                .ok_or_else(|| KeyError::UnknownAction(binding.action.to_string()))?;
            for key in &binding.keys {
                let (code, modifiers) = key_from_word(key).ok_or_else(|| KeyError::UnknownKey(key.to_string()))?;
                let before = actions.insert((binding.context, code, modifiers), action);
                if let Some(other) = before {
                    let word = |action| bindings.iter().find(|it| Action::from_word(&it.action) == Some(action));
                    let other = word(other).map(|binding| binding.action.to_string()).unwrap_or_default();
                    return Err(KeyError::Collision {
                        key: key.to_string(),
                        context: binding.context,
                        actions: (other, binding.action.to_string()),
                    });
                }
            }
        }
        let mut keymap = Self { bindings, actions, footers: HashMap::new(), written: HashMap::new() };
        keymap.footers = Context::ALL.into_iter().map(|context| (context, keymap.hints(context))).collect();
        keymap.written = keymap.written_keys();
        Ok(keymap)
    }

    fn hints(&self, context: Context) -> Vec<Hint> {
        let hint = |binding: &Binding| {
            let word = binding.footer.as_ref()?.to_string();
            let (code, modifiers) = binding.keys.first().and_then(|key| key_from_word(key))?;
            Some(Hint {
                keys: binding.hint.as_ref().map_or_else(|| binding.label(), ToString::to_string),
                word,
                key: KeyEvent::new(code, modifiers),
            })
        };
        self.help(context).filter_map(hint).collect()
    }

    fn written_keys(&self) -> HashMap<Action, String> {
        let mut keys = HashMap::new();
        // Of two bindings of one action, the first counts, also where it has no key.
        let mut met = HashSet::new();
        for (binding, action) in self.actions(Context::Everywhere) {
            if met.insert(action)
                && let Some(key) = binding.keys.first()
            {
                keys.insert(action, written(key));
            }
        }
        keys
    }

    /// Returns the table for people to read, as Markdown: a section a place.
    #[cfg(test)]
    #[must_use]
    pub fn document(&self) -> String {
        let mut text = DOCUMENT_HEAD.to_owned();
        for context in Context::ALL {
            let rows: Vec<&Binding> =
                self.bindings.iter().filter(|it| it.context == context && it.help.is_some()).collect();
            if rows.is_empty() {
                continue;
            }
            text.extend([format!("\n## {}\n\n| keys | what they do | action |\n|---|---|---|\n", context.title())]);
            for binding in rows {
                let keys: Vec<String> = binding.keys.iter().map(|key| format!("`{}`", written(key))).collect();
                let keys = binding
                    .label
                    .as_ref()
                    .filter(|label| label.contains('-'))
                    .map_or(keys.join(" "), |label| format!("`{label}`"));
                let help = binding.help.as_deref().unwrap_or_default();
                text.extend([format!("| {keys} | {help} | `{}` |\n", binding.action)]);
            }
        }
        text
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
    #[must_use]
    pub fn footer(&self, context: Context) -> &[Hint] {
        self.footers.get(&context).map_or(&[], Vec::as_slice)
    }

    /// Returns how the first key that means something everywhere is written.
    #[must_use]
    pub fn key(&self, action: Action) -> Option<&str> {
        self.written.get(&action).map(String::as_str)
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
        self.label.as_ref().map_or_else(|| self.keys_label(), ToString::to_string)
    }
}
