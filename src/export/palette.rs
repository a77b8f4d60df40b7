//! The colours of reports. Each is told apart by its lightness as well, so that nothing is lost in grey.

use std::fmt;

/// A colour, as red, green and blue, 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour(pub u8, pub u8, pub u8);

/// What a colour stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Text and what matters most.
    Ink,
    /// Text on a shade that stays light, whatever the page looks like.
    Dark,
    /// What is said beside.
    Muted,
    /// Lines and frames.
    Rule,
    /// The ground that things stand on.
    Ground,
    /// The paper.
    Paper,
    /// The house's own colour.
    Accent,
    /// The same, lighter.
    Soft,
    /// Well.
    Good,
    /// In between.
    Middling,
    /// Badly.
    Bad,
    /// The shade of a level, 0 to 5.
    Level(u8),
}

/// The colours of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// The house's own colour; what stands on it is white.
    pub accent: Colour,
    /// Text.
    pub ink: Colour,
}

impl Default for Palette {
    fn default() -> Self {
        Self { accent: Colour(0x1d, 0x4f, 0x6b), ink: Colour(0x1a, 0x22, 0x2d) }
    }
}

const WHITE: Colour = Colour(0xff, 0xff, 0xff);

impl Colour {
    /// Returns the colour that is written like `#1d4f6b`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |from: usize| u8::from_str_radix(digits.get(from..from + 2)?, 16).ok();
        Some(Self(part(0)?, part(2)?, part(4)?))
    }

    /// Returns the colour with so much of white in it, 0 to 1.
    #[must_use]
    pub fn lightened(self, share: f64) -> Self {
        let mixed = |part: u8| {
            let mixed = f64::from(part) + (255.0 - f64::from(part)) * share.clamp(0.0, 1.0);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
            let rounded = mixed.round() as u8;
            rounded
        };
        Self(mixed(self.0), mixed(self.1), mixed(self.2))
    }

    /// Returns how light the colour is to the eye, 0 to 1 (WCAG's relative luminance, with the gamma at 2.2).
    #[must_use]
    pub fn lightness(self) -> f64 {
        let linear = |part: u8| (f64::from(part) / 255.0).powf(2.2);
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

impl Palette {
    /// Returns the colour of a role.
    #[must_use]
    pub fn of(self, role: Role) -> Colour {
        match role {
            Role::Ink | Role::Dark => self.ink,
            Role::Muted => self.ink.lightened(0.38),
            Role::Rule => self.ink.lightened(0.82),
            Role::Ground => self.accent.lightened(0.94),
            Role::Paper => WHITE,
            Role::Accent => self.accent,
            Role::Soft => self.accent.lightened(0.62),
            Role::Good => Colour(0x1f, 0x7a, 0x57),
            Role::Middling => Colour(0xb7, 0x79, 0x0f),
            Role::Bad => Colour(0xa6, 0x2b, 0x2b),
            Role::Level(level) => self.accent.lightened(LEVEL_LIGHT.get(usize::from(level)).copied().unwrap_or(0.0)),
        }
    }
}

/// How much white the shade of each level has: the darker, the further.
const LEVEL_LIGHT: [f64; 6] = [0.92, 0.78, 0.58, 0.30, 0.12, 0.0];

impl Role {
    /// Returns its class in a page, where a style sheet may give it another colour.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Ink => "ink",
            Self::Dark => "dark",
            Self::Muted => "muted",
            Self::Rule => "rule",
            Self::Ground => "ground",
            Self::Paper => "paper",
            Self::Accent => "accent",
            Self::Soft => "soft",
            Self::Good => "good",
            Self::Middling => "middling",
            Self::Bad => "bad",
            Self::Level(0) => "level0",
            Self::Level(1) => "level1",
            Self::Level(2) => "level2",
            Self::Level(3) => "level3",
            Self::Level(4) => "level4",
            Self::Level(_) => "level5",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_reads_back_as_it_is_written() {
        assert_eq!(Colour::parse("#1d4f6b").map(|colour| colour.to_string()), Some("#1d4f6b".to_owned()));
        for wrong in ["1d4f6b", "#1d4f6", "#1d4f6bb", "#gggggg", "red", "#é4f6b"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_levels_are_told_apart_in_grey() {
        let palette = Palette::default();
        let lightness: Vec<f64> = (0..6).map(|level| palette.of(Role::Level(level)).lightness()).collect();
        assert!(lightness.windows(2).all(|pair| pair[0] > pair[1] + 0.005), "{lightness:?}");
    }
}
