//! Which theme fits a terminal, by what its surroundings say. The terminal itself is asked nothing: an answer that
//! comes late would be taken for keys.

/// The themes that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ThemeName {
    /// Light letters on a dark ground.
    Dark,
    /// Dark letters on a light ground.
    Light,
    /// The terminal's own sixteen colours and ground.
    Sixteen,
    /// No colour at all.
    Monochrome,
    /// The greatest contrast.
    Contrast,
    /// Colours that stay apart for those who don't tell red from green.
    ColourBlind,
}

/// The letters that a terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Glyphs {
    /// Any.
    #[default]
    Unicode,
    /// Those of ASCII.
    Ascii,
}

/// What the surroundings of the program say about its terminal: the variables of these names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// `TERM`.
    pub term: String,
    /// `COLORTERM`.
    pub colorterm: String,
    /// `COLORFGBG`, such as `15;0`: letters and ground as numbers of the sixteen colours.
    pub colorfgbg: String,
    /// The locale of letters: the first of `LC_ALL`, `LC_CTYPE` and `LANG` that says anything.
    pub locale: String,
    /// Whether the user wants no colour: `NO_COLOR` says anything, or `--no-color` was given.
    pub no_colour: bool,
}

impl ThemeName {
    /// All themes.
    pub const ALL: [Self; 6] =
        [Self::Dark, Self::Light, Self::Sixteen, Self::Monochrome, Self::Contrast, Self::ColourBlind];

    /// Returns the word for it on the command line and in the settings.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Sixteen => "16",
            Self::Monochrome => "mono",
            Self::Contrast => "contrast",
            Self::ColourBlind => "colour-blind",
        }
    }

    /// Returns the theme with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.word() == word)
    }
}

impl Surroundings {
    /// Returns the theme that fits: none where no colour is wanted; dark or light where the ground is known and there
    /// are 256 colours; else the terminal's own sixteen, which fit any ground.
    #[must_use]
    pub fn theme(&self) -> ThemeName {
        if self.no_colour || self.term.ends_with("-m") || self.term.starts_with("vt") {
            return ThemeName::Monochrome;
        }
        match self.ground() {
            Some(ground) if self.has_256_colours() => ground,
            Some(_) | None => ThemeName::Sixteen,
        }
    }

    /// Returns the letters that can be shown: any where the locale is one of UTF-8, or says nothing.
    ///
    /// The Linux console has no letters for half blocks and dots of Braille, but for most of what is drawn.
    #[must_use]
    pub fn glyphs(&self) -> Glyphs {
        let locale = self.locale.to_ascii_lowercase();
        let is_utf8 = locale.contains("utf-8") || locale.contains("utf8");
        // macOS and Windows say nothing and mean UTF-8; elsewhere nothing means the locale "C", as POSIX has it.
        let says_nothing = locale.is_empty() && cfg!(any(windows, target_os = "macos"));
        if is_utf8 || says_nothing { Glyphs::Unicode } else { Glyphs::Ascii }
    }

    fn has_256_colours(&self) -> bool {
        let many = ["truecolor", "24bit"].contains(&self.colorterm.as_str());
        many || ["256color", "direct", "kitty", "alacritty", "ghostty"].iter().any(|word| self.term.contains(word))
    }

    /// Returns the theme that fits the ground, where that is known: 7 and 9 to 15 are light.
    fn ground(&self) -> Option<ThemeName> {
        let ground: u8 = self.colorfgbg.rsplit(';').next()?.trim().parse().ok()?;
        match ground {
            0..=6 | 8 => Some(ThemeName::Dark),
            7 | 9..=15 => Some(ThemeName::Light),
            _ => None,
        }
    }
}
