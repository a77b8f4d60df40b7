//! What things look like: as the user wants it, else as it fits the terminal.

use std::env::var;

use crate::tui::{Surroundings, Theme};

pub use crate::tui::ThemeName;

/// What the user wants things to look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The theme, where one is named.
    pub theme: Option<ThemeName>,
    /// Whether there is to be no colour.
    pub no_colour: bool,
}

/// Returns the theme: the one that is named, else the one that fits the terminal. The terminal is asked nothing.
#[must_use]
pub fn theme(wanted: Wanted) -> Theme {
    let surroundings = surroundings(wanted.no_colour);
    let name = wanted.theme.unwrap_or_else(|| surroundings.theme());
    Theme::named(name).with_glyphs(surroundings.glyphs())
}

fn surroundings(no_colour: bool) -> Surroundings {
    let said = |name: &str| var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(said);
    Surroundings {
        term: said("TERM").unwrap_or_default(),
        colorterm: said("COLORTERM").unwrap_or_default(),
        colorfgbg: said("COLORFGBG").unwrap_or_default(),
        locale: locale.unwrap_or_default(),
        no_colour: no_colour || said("NO_COLOR").is_some(),
    }
}
