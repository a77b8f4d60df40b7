use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::key::key_from_word;
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
fn the_rows_that_are_built_in_are_those_of_the_table() {
    let table = parse(include_str!("../../../assets/keys.toml")).unwrap();
    assert_eq!(format!("{:#?}", built_in()), format!("{table:#?}"));
}

#[test]
fn a_key_that_would_mean_two_things_is_refused() {
    let twice = "[[binding]]\ncontext = \"home\"\nkeys = [\"n\", \"n\"]\naction = \"new\"\n";
    let actions = ("new".to_owned(), "new".to_owned());
    let refused = KeyError::Collision { key: "n".to_owned(), context: Context::Home, actions };
    assert_eq!(Keymap::read(twice).map(drop), Err(refused));
}

#[test]
fn a_table_of_ones_own_gives_other_keys_and_takes_some_away() {
    let own = "[[binding]]\ncontext = \"assess\"\naction = \"mark\"\nkeys = [\"M\", \"ctrl-b\"]\n\
               [[binding]]\ncontext = \"everywhere\"\naction = \"suspend\"\nkeys = []\n";
    let keymap = Keymap::with_own(own).unwrap();
    let press = |code, modifiers| keymap.action(Context::Assess, KeyEvent::new(code, modifiers));
    assert_eq!(press(KeyCode::Char('M'), KeyModifiers::SHIFT), Some(Action::Mark));
    assert_eq!(press(KeyCode::Char('b'), KeyModifiers::CONTROL), Some(Action::Mark));
    assert_eq!(press(KeyCode::Char('m'), KeyModifiers::NONE), None);
    assert_eq!(press(KeyCode::Char('z'), KeyModifiers::CONTROL), None);
    let marked = keymap.help(Context::Assess).find(|binding| binding.action == "mark").unwrap();
    assert_eq!(marked.label(), "M Ctrl-B");
}

#[test]
fn a_table_of_ones_own_that_can_not_be_used_says_why() {
    let told = |context: &str, action: &str, key: &str| {
        let own = format!("[[binding]]\ncontext = \"{context}\"\naction = \"{action}\"\nkeys = [\"{key}\"]\n");
        Keymap::with_own(&own).map(drop).unwrap_err().to_string()
    };
    assert_eq!(told("assess", "mark", "i"), "the key \"i\" would mean two things on the questions: note and mark");
    assert_eq!(told("assess", "fly", "i"), "there is no action \"fly\"");
    assert_eq!(told("assess", "mark", "f99"), "there is no key \"f99\"");
    assert!(told("nowhere", "mark", "i").contains("line 2"));
}

/// Run with `READY42_BLESS=1` to write the page anew.
#[test]
fn the_page_of_keys_tells_of_this_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/keys.md");
    let document = Keymap::built_in().unwrap().document();
    if std::env::var_os("READY42_BLESS").is_some() {
        std::fs::write(path, &document).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), document, "docs/keys.md tells of another table");
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
