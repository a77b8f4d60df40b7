//! The terminal shows what was drawn, and is told nothing twice.

use std::num::NonZero;

use proptest::prelude::*;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::*;

const AREA: Rect = Rect { x: 0, y: 0, width: 24, height: 4 };

fn colour() -> impl Strategy<Value = Color> {
    prop_oneof![
        Just(Color::Reset),
        Just(Color::Red),
        Just(Color::White),
        any::<u8>().prop_map(Color::Indexed),
        any::<(u8, u8, u8)>().prop_map(|(red, green, blue)| Color::Rgb(red, green, blue)),
    ]
}

fn style() -> impl Strategy<Value = Style> {
    let modifier = prop::sample::subsequence(
        vec![Modifier::BOLD, Modifier::ITALIC, Modifier::UNDERLINED, Modifier::REVERSED],
        0..4,
    );
    (colour(), colour(), modifier).prop_map(|(letter, ground, modifiers)| {
        let modifier = modifiers.into_iter().fold(Modifier::empty(), Modifier::union);
        Style::new().fg(letter).bg(ground).add_modifier(modifier)
    })
}

fn frame() -> impl Strategy<Value = Buffer> {
    let text = prop::collection::vec(prop::sample::select(vec!["a", "B", " ", "  ", "·", "東", "e\u{301}"]), 0..20);
    prop::collection::vec((0u16..24, 0u16..4, text, style()), 0..12).prop_map(|texts| {
        let mut buffer = Buffer::empty(AREA);
        for (x, y, text, style) in texts {
            buffer.set_stringn(x, y, text.concat(), usize::from(AREA.width - x), style);
        }
        buffer
    })
}

fn number(colour: Color) -> vt100::Color {
    match colour {
        Color::Red => vt100::Color::Idx(1),
        Color::White => vt100::Color::Idx(15),
        Color::Indexed(index) => vt100::Color::Idx(index),
        Color::Rgb(red, green, blue) => vt100::Color::Rgb(red, green, blue),
        _ => vt100::Color::Default,
    }
}

fn side(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).unwrap()
}

fn painter() -> Painter<Vec<u8>> {
    Painter::with_measure(vec![], || Ok(Size { width: AREA.width, height: AREA.height }))
}

proptest! {
    #[test]
    fn frame_after_frame_the_terminal_shows_what_was_drawn(frames in prop::collection::vec(frame(), 1..6)) {
        let mut painter = painter();
        let mut terminal = vt100::Parser::new(side(AREA.height), side(AREA.width), 0);
        let mut shown = Buffer::empty(AREA);
        for frame in frames {
            painter.paint(&shown, &frame);
            painter.flush().unwrap();
            terminal.process(&std::mem::take(&mut painter.out));
            shown = frame;
            for position in AREA.positions() {
                let (wanted, seen) = (&shown[position], terminal.screen().cell(position.y, position.x).unwrap());
                if seen.is_wide_continuation() {
                    continue;
                }
                prop_assert_eq!(wanted.symbol().trim_end(), seen.contents().trim_end(), "at {}", position);
                prop_assert_eq!(number(wanted.bg), seen.bgcolor(), "the ground at {}", position);
                prop_assert_eq!(wanted.modifier.contains(Modifier::REVERSED), seen.inverse(), "at {}", position);
                prop_assert_eq!(wanted.modifier.contains(Modifier::UNDERLINED), seen.underline(), "{}", position);
                if !is_blank(wanted) {
                    prop_assert_eq!(number(wanted.fg), seen.fgcolor(), "the letter at {}", position);
                    prop_assert_eq!(wanted.modifier.contains(Modifier::BOLD), seen.bold(), "at {}", position);
                    prop_assert_eq!(wanted.modifier.contains(Modifier::ITALIC), seen.italic(), "at {}", position);
                }
            }
        }
    }
}

#[test]
fn what_can_not_be_seen_is_not_drawn() {
    let mut painter = painter();
    let mut shown = Buffer::empty(AREA);
    shown.set_string(0, 0, "  and  ", Style::new().add_modifier(Modifier::BOLD).fg(Color::Red));
    let mut wanted = Buffer::empty(AREA);
    wanted.set_string(0, 0, "  and  ", Style::new().add_modifier(Modifier::BOLD).fg(Color::Red));
    wanted.set_style(Rect { width: 2, height: 1, ..AREA }, Style::new().fg(Color::Green).add_modifier(Modifier::DIM));
    painter.paint(&shown, &wanted);
    assert_eq!(String::from_utf8(std::mem::take(&mut painter.bytes)).unwrap(), "");
    painter.paint(&wanted, &Buffer::empty(AREA));
    assert_eq!(String::from_utf8(std::mem::take(&mut painter.bytes)).unwrap(), "\u{1b}[1;3H\u{1b}[0m\u{1b}[K");
}

#[test]
fn what_the_pen_does_already_is_not_said_again() {
    let mut painter = painter();
    let mut buffer = Buffer::empty(AREA);
    buffer.set_string(0, 0, "one", Style::new().fg(Color::Indexed(114)));
    buffer.set_string(5, 0, "two three", Style::new().fg(Color::Indexed(114)).add_modifier(Modifier::BOLD));
    painter.paint(&Buffer::empty(AREA), &buffer);
    painter.hide_cursor().unwrap();
    painter.hide_cursor().unwrap();
    painter.flush().unwrap();
    let said = String::from_utf8(std::mem::take(&mut painter.out)).unwrap();
    assert_eq!(said, "\u{1b}[1;1H\u{1b}[0;38;5;114mone  \u{1b}[1mtwo three\u{1b}[?25l");
}

#[test]
fn the_next_row_is_reached_by_a_new_line_where_that_is_shorter() {
    let mut painter = painter();
    let mut buffer = Buffer::empty(AREA);
    buffer.set_string(1, 0, "one", Style::new());
    buffer.set_string(1, 1, "two", Style::new());
    buffer.set_string(0, 2, "a row that is wholly full", Style::new());
    buffer.set_string(0, 3, "x", Style::new());
    painter.paint(&Buffer::empty(AREA), &buffer);
    let said = String::from_utf8(std::mem::take(&mut painter.bytes)).unwrap();
    assert_eq!(said, "\u{1b}[1;2H\u{1b}[0mone\r\n\u{1b}[Ctwo\r\na row that is wholly ful\u{1b}[4;1Hx");
}
