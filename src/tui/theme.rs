//! How things look, by the role that they play. Meaning is always carried by a symbol or a word too.

use ratatui::style::{Color, Modifier, Style};

use crate::domain::scoring::Grade;

/// The styles of the roles that things on the screen play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Running text.
    pub text: Style,
    /// What helps, and is not what one came to read.
    pub muted: Style,
    /// Titles.
    pub title: Style,
    /// What draws the eye to one thing: the open tab, the question.
    pub accent: Style,
    /// What the keys act on.
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
    /// Returns the theme for terminals of 16 colours or more: it uses the terminal's own palette, so that it fits a
    /// dark and a light one.
    #[must_use]
    pub fn ansi() -> Self {
        let plain = Style::new();
        Self {
            text: plain,
            muted: plain.fg(Color::DarkGray),
            title: plain.add_modifier(Modifier::BOLD),
            accent: plain.fg(Color::Cyan).add_modifier(Modifier::BOLD),
            selected: plain.add_modifier(Modifier::REVERSED),
            good: plain.fg(Color::Green),
            caution: plain.fg(Color::Yellow),
            bad: plain.fg(Color::Red),
            border: plain.fg(Color::DarkGray),
            track: plain.fg(Color::DarkGray),
            key: plain.fg(Color::Cyan),
            field: plain.add_modifier(Modifier::UNDERLINED),
        }
    }

    /// Returns the theme without any colour.
    #[must_use]
    pub fn monochrome() -> Self {
        let plain = Style::new();
        Self {
            text: plain,
            muted: plain.add_modifier(Modifier::DIM),
            title: plain.add_modifier(Modifier::BOLD),
            accent: plain.add_modifier(Modifier::BOLD),
            selected: plain.add_modifier(Modifier::REVERSED),
            good: plain,
            caution: plain.add_modifier(Modifier::BOLD),
            bad: plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            border: plain.add_modifier(Modifier::DIM),
            track: plain.add_modifier(Modifier::DIM),
            key: plain.add_modifier(Modifier::BOLD),
            field: plain.add_modifier(Modifier::UNDERLINED),
        }
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
