//! How screens look in colour, without it, and in ASCII: the styles as text, where colour is the point.

use std::fmt::Write;

use ratatui::backend::TestBackend;
use ratatui::style::Style;

use crate::domain::assessment::Depth;
use crate::domain::level::Level;
use crate::tui::action::Action;
use crate::tui::message::Size;
use crate::tui::state::{State, Tab};
use crate::tui::testing::{FLOOR, NARROW, WALL, WIDE, act, at_first_question, drawn_as};
use crate::tui::theme::{Glyphs, Theme, ThemeName};

/// Returns each row's runs of one style, as `columns: style`; what looks like running text is left out.
fn styles(shown: &TestBackend, theme: &Theme) -> String {
    let buffer = shown.buffer();
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut runs: Vec<(u16, u16, Style)> = vec![];
        for x in 0..buffer.area.width {
            let style = buffer[(x, y)].style();
            match runs.last_mut().filter(|(_, end, same)| *end == x && *same == style) {
                Some(run) => run.1 = x + 1,
                None => runs.push((x, x + 1, style)),
            }
        }
        let name = |style: Style| {
            let roles = [
                ("title", theme.title),
                ("muted", theme.muted),
                ("accent", theme.accent),
                ("selected", theme.selected),
                ("good", theme.good),
                ("caution", theme.caution),
                ("bad", theme.bad),
                ("border", theme.border),
                ("key", theme.key),
                ("field", theme.field),
            ];
            let is = |role: Style| {
                let whole = theme.text.patch(role);
                (whole.fg, whole.bg) == (theme.text.patch(style).fg, theme.text.patch(style).bg)
                    && whole.add_modifier == style.add_modifier
            };
            let names: Vec<&str> = roles.iter().filter(|(_, role)| is(*role)).map(|(name, _)| *name).collect();
            if names.is_empty() { format!("{:?} {:?}", style.fg, style.add_modifier) } else { names.join("|") }
        };
        let plain = theme.text;
        let told: Vec<String> = runs
            .into_iter()
            .filter(|(_, _, style)| theme.text.patch(*style).fg != plain.fg || !style.add_modifier.is_empty())
            .map(|(from, to, style)| format!("{from}..{to} {}", name(style)))
            .collect();
        writeln!(text, "{y:>2}  {}", told.join(", ")).unwrap();
    }
    text
}

fn answered(size: Size) -> State {
    let mut state = at_first_question(size, Depth::Full);
    for level in [Level::Operating, Level::Documented, Level::AdHoc] {
        act(&mut state, &[Action::Answer(level)]);
    }
    act(&mut state, &[Action::Left]);
    state
}

#[test]
fn what_colour_says_in_two_themes() {
    for name in [ThemeName::Dark, ThemeName::Monochrome] {
        let theme = Theme::named(name);
        for (screen, action) in [
            ("assess", Action::Left),
            ("dashboard", Action::GoDashboard),
            ("applicability", Action::GoSoa),
            ("plan", Action::GoPlan),
            ("timeline", Action::GoTimeline),
            ("crosswalk", Action::GoCrosswalk),
            ("profile", Action::GoProfile),
            ("export", Action::GoExport),
            ("history", Action::GoHistory),
            ("questions", Action::Questions),
            ("present", Action::Present),
            ("help", Action::Help),
        ] {
            let mut state = answered(NARROW);
            act(&mut state, &[action]);
            let shown = drawn_as(&state, &theme);
            insta::assert_snapshot!(format!("{screen}_{}", name.word()), styles(&shown, &theme));
        }
    }
}

#[test]
fn every_screen_is_ascii_where_there_is_no_more() {
    let theme = Theme::named(ThemeName::Monochrome).with_glyphs(Glyphs::Ascii);
    for size in [FLOOR, NARROW, WIDE, WALL] {
        for action in Tab::ALL.map(Tab::action).into_iter().chain([Action::Left, Action::Questions, Action::Help]) {
            let mut state = answered(size);
            act(&mut state, &[action]);
            let (all, ascii) = (drawn_as(&state, &theme.with_glyphs(Glyphs::Unicode)), drawn_as(&state, &theme));
            for (all, ascii) in all.buffer().content().iter().zip(ascii.buffer().content()) {
                let is_told = all.symbol().is_ascii() || ascii.symbol() != "?";
                assert!(ascii.symbol().is_ascii() && is_told, "nothing stands for {} ({action:?})", all.symbol());
            }
        }
    }
    let mut state = answered(NARROW);
    act(&mut state, &[Action::GoDashboard]);
    insta::assert_snapshot!("dashboard_ascii", drawn_as(&state, &theme));
}
