//! The colours of each theme.
//!
//! Those with a ground of their own take colours of the 256 that terminals agree on (16 to 255), so that the contrast
//! is known, and tested. The one of 16 colours leaves ground and letters to the terminal.

use ratatui::style::{Color, Modifier, Style};

use crate::tui::theme::{Glyphs, Theme, ThemeName};

/// The colours of a theme with a ground of its own, as numbers of the 256 colours.
struct Palette {
    ground: u8,
    text: u8,
    muted: u8,
    accent: u8,
    good: u8,
    caution: u8,
    bad: u8,
    border: u8,
}

/// Returns the theme with a name.
pub fn theme(name: ThemeName) -> Theme {
    match name {
        ThemeName::Dark => grounded(&Palette {
            ground: 234,
            text: 252,
            muted: 246,
            accent: 117,
            good: 114,
            caution: 221,
            bad: 210,
            border: 244,
        }),
        ThemeName::Light => grounded(&Palette {
            ground: 231,
            text: 235,
            muted: 241,
            accent: 25,
            good: 22,
            caution: 94,
            bad: 124,
            border: 243,
        }),
        ThemeName::Contrast => grounded(&Palette {
            ground: 16,
            text: 231,
            muted: 254,
            accent: 226,
            good: 120,
            caution: 226,
            bad: 217,
            border: 231,
        }),
        // Blue for good and orange for bad: they stay apart for those who don't tell red from green (Okabe and Ito,
        // "Color Universal Design", 2008), and their brightness differs too.
        ThemeName::ColourBlind => grounded(&Palette {
            ground: 234,
            text: 252,
            muted: 246,
            accent: 231,
            good: 75,
            caution: 229,
            bad: 208,
            border: 244,
        }),
        ThemeName::Sixteen => sixteen(),
        ThemeName::Monochrome => monochrome(),
    }
}

fn grounded(palette: &Palette) -> Theme {
    let on = |colour: u8| Style::new().fg(Color::Indexed(colour)).bg(Color::Indexed(palette.ground));
    let text = on(palette.text);
    Theme {
        text,
        muted: on(palette.muted),
        title: text.add_modifier(Modifier::BOLD),
        accent: on(palette.accent).add_modifier(Modifier::BOLD),
        selected: Style::new().fg(Color::Indexed(palette.ground)).bg(Color::Indexed(palette.accent)),
        good: on(palette.good),
        caution: on(palette.caution),
        bad: on(palette.bad),
        border: on(palette.border),
        track: on(palette.border),
        key: on(palette.accent),
        field: text.add_modifier(Modifier::UNDERLINED),
        glyphs: Glyphs::Unicode,
    }
}

/// The terminal's own sixteen colours, on its own ground: what is said in colour is told apart on a dark ground, and
/// what is read is in the terminal's own colour of letters, on any ground.
fn sixteen() -> Theme {
    let plain = Style::new();
    Theme {
        text: plain,
        // Bright black would vanish on many a ground; dimmed, the terminal's own letters don't.
        muted: plain.add_modifier(Modifier::DIM),
        title: plain.add_modifier(Modifier::BOLD),
        accent: plain.fg(Color::Cyan).add_modifier(Modifier::BOLD),
        selected: plain.add_modifier(Modifier::REVERSED),
        good: plain.fg(Color::Green),
        caution: plain.fg(Color::Yellow),
        bad: plain.fg(Color::LightRed),
        border: plain.add_modifier(Modifier::DIM),
        track: plain.add_modifier(Modifier::DIM),
        key: plain.fg(Color::Cyan),
        field: plain.add_modifier(Modifier::UNDERLINED),
        glyphs: Glyphs::Unicode,
    }
}

fn monochrome() -> Theme {
    let plain = Style::new();
    Theme {
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
        glyphs: Glyphs::Unicode,
    }
}
