//! How things look, by the role that they play. Meaning is always carried by a symbol or a word too.

mod choice;
mod palette;
#[cfg(test)]
mod tests;

use ratatui::style::Style;

use crate::domain::scoring::Grade;

pub use choice::{Glyphs, Surroundings, ThemeName};

/// The styles of the roles that things on the screen play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Running text, and the ground that everything stands on.
    pub text: Style,
    /// What helps, and is not what one came to read.
    pub muted: Style,
    /// Titles.
    pub title: Style,
    /// What draws the eye to one thing: the question, the mark of the selection.
    pub accent: Style,
    /// What the keys act on, and the open tab.
    pub selected: Style,
    /// Good news.
    pub good: Style,
    /// Something to look at.
    pub caution: Style,
    /// Bad news.
    pub bad: Style,
    /// Frames and rules.
    pub border: Style,
    /// The track of a bar or gauge.
    pub track: Style,
    /// Keys in the footer and the help.
    pub key: Style,
    /// A field that takes text.
    pub field: Style,
    /// What the terminal can show.
    pub glyphs: Glyphs,
}

/// The role that a piece of text plays, where the text is laid out before it is known how that looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// [`Theme::text`].
    Text,
    /// [`Theme::muted`].
    Muted,
    /// [`Theme::title`].
    Title,
    /// [`Theme::accent`].
    Accent,
    /// [`Theme::good`].
    Good,
    /// [`Theme::caution`].
    Caution,
    /// [`Theme::bad`].
    Bad,
    /// [`Theme::key`].
    Key,
}

impl Theme {
    /// Returns the theme with a name, for a terminal that can show any letter.
    #[must_use]
    pub fn named(name: ThemeName) -> Self {
        palette::theme(name)
    }

    /// Returns the theme for a terminal that shows these letters.
    #[must_use]
    pub fn with_glyphs(self, glyphs: Glyphs) -> Self {
        Self { glyphs, ..self }
    }

    /// Returns the style of a role.
    #[must_use]
    pub fn role(&self, role: Role) -> Style {
        match role {
            Role::Text => self.text,
            Role::Muted => self.muted,
            Role::Title => self.title,
            Role::Accent => self.accent,
            Role::Good => self.good,
            Role::Caution => self.caution,
            Role::Bad => self.bad,
            Role::Key => self.key,
        }
    }

    /// Returns the style of a level, 0 to 5: below 2 neither audit is passed, below 3 the second isn't.
    #[must_use]
    pub fn level(&self, points: f64) -> Style {
        if points >= 3.0 {
            self.good
        } else if points >= 2.0 {
            self.caution
        } else {
            self.bad
        }
    }

    /// Returns the style of a finding.
    #[must_use]
    pub fn grade(&self, grade: Grade) -> Style {
        match grade {
            Grade::Major => self.bad,
            Grade::Minor | Grade::Observation => self.caution,
            Grade::Open => self.muted,
            Grade::Strength => self.good,
        }
    }
}
