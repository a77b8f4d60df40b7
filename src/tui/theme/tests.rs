//! What can be read on every theme, and which one is chosen.

use ratatui::style::{Color, Modifier, Style};

use super::*;

/// The least contrast of text that WCAG 2.2 asks for (1.4.3).
const LEAST: f64 = 4.5;
/// The colours 0 to 15 of xterm, as (red, green, blue).
const XTERM: [(u8, u8, u8); 16] = [
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
];

fn rgb(colour: Color) -> (u8, u8, u8) {
    let step = |level: u8| if level == 0 { 0 } else { 55 + level * 40 };
    match colour {
        Color::Indexed(index @ 16..=231) => {
            let index = index - 16;
            (step(index / 36), step(index / 6 % 6), step(index % 6))
        }
        Color::Indexed(index @ 232..) => {
            let grey = 8 + (index - 232) * 10;
            (grey, grey, grey)
        }
        Color::Indexed(index) => XTERM[usize::from(index)],
        Color::Green => XTERM[2],
        Color::Yellow => XTERM[3],
        Color::Cyan => XTERM[6],
        Color::LightRed => XTERM[9],
        other => panic!("{other:?} is in no theme"),
    }
}

/// The relative luminance of WCAG 2.2.
fn luminance(colour: Color) -> f64 {
    let channel = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let (red, green, blue) = rgb(colour);
    0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue)
}

fn contrast(style: Style, ground: Color) -> f64 {
    let front = luminance(style.fg.unwrap_or(Color::Indexed(15)));
    let back = luminance(style.bg.unwrap_or(ground));
    (front.max(back) + 0.05) / (front.min(back) + 0.05)
}

fn roles(theme: &Theme) -> [(&'static str, Style); 12] {
    [
        ("text", theme.text),
        ("muted", theme.muted),
        ("title", theme.title),
        ("accent", theme.accent),
        ("selected", theme.selected),
        ("good", theme.good),
        ("caution", theme.caution),
        ("bad", theme.bad),
        ("border", theme.border),
        ("track", theme.track),
        ("key", theme.key),
        ("field", theme.field),
    ]
}

#[test]
fn everything_can_be_read_on_every_theme() {
    for name in ThemeName::ALL {
        for (role, style) in roles(&Theme::named(name)) {
            let contrast = contrast(style, Color::Indexed(0));
            // Frames and tracks carry no text: WCAG 2.2 asks 3 of them (1.4.11).
            let least = if ["border", "track"].contains(&role) { 3.0 } else { LEAST };
            assert!(contrast >= least, "{role} of {}: {contrast:.2}", name.word());
        }
    }
}

#[test]
fn the_theme_of_high_contrast_has_more_of_it() {
    for (role, style) in roles(&Theme::named(ThemeName::Contrast)) {
        assert!(contrast(style, Color::Indexed(0)) >= 7.0, "{role}");
    }
}

#[test]
fn without_colour_there_is_none_and_the_selection_is_seen() {
    let theme = Theme::named(ThemeName::Monochrome);
    assert!(roles(&theme).iter().all(|(_, style)| style.fg.is_none() && style.bg.is_none()));
    assert!(theme.selected.add_modifier.contains(Modifier::REVERSED));
}

/// How bright good and bad are differs for the eye that takes red and green for one.
#[test]
fn good_and_bad_of_the_colour_blind_set_differ_in_blue() {
    let theme = Theme::named(ThemeName::ColourBlind);
    let (good, bad) = (rgb(theme.good.fg.unwrap()), rgb(theme.bad.fg.unwrap()));
    assert!(good.2.abs_diff(bad.2) > 150, "{good:?} and {bad:?}");
}

#[test]
fn the_theme_follows_what_the_terminal_says() {
    let told = |term: &str, colorterm: &str, colorfgbg: &str| {
        let surroundings = Surroundings {
            term: term.to_owned(),
            colorterm: colorterm.to_owned(),
            colorfgbg: colorfgbg.to_owned(),
            ..Surroundings::default()
        };
        surroundings.theme()
    };
    assert_eq!(told("xterm-256color", "", "15;0"), ThemeName::Dark);
    assert_eq!(told("xterm", "truecolor", "0;15"), ThemeName::Light);
    assert_eq!(told("rxvt", "", "0;default;15"), ThemeName::Sixteen);
    assert_eq!(told("xterm-256color", "", ""), ThemeName::Sixteen);
    assert_eq!(told("xterm-256color", "", "nonsense"), ThemeName::Sixteen);
    assert_eq!(told("linux", "", ""), ThemeName::Sixteen);
    assert_eq!(told("xterm-m", "", ""), ThemeName::Monochrome);
    let no_colour = Surroundings { no_colour: true, colorfgbg: "15;0".to_owned(), ..Surroundings::default() };
    assert_eq!(no_colour.theme(), ThemeName::Monochrome);
}

#[test]
fn letters_beyond_ascii_are_drawn_only_where_the_locale_has_them() {
    let glyphs = |locale: &str| Surroundings { locale: locale.to_owned(), ..Surroundings::default() }.glyphs();
    assert_eq!(glyphs("en_GB.UTF-8"), Glyphs::Unicode);
    assert_eq!(glyphs("C.utf8"), Glyphs::Unicode);
    assert_eq!(glyphs("C"), Glyphs::Ascii);
    assert_eq!(glyphs("de_DE.ISO-8859-1"), Glyphs::Ascii);
}
