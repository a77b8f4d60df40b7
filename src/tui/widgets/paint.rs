//! A line of text on the screen. The most of what is drawn at a key is plain text, which needs none of what the library
//! does for any text: finding clusters of characters and their widths takes longer than all the rest together.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Alignment, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

/// Draws a line into the first row of an area, cut where it ends.
pub fn line<'a>(frame: &mut Frame, line: impl Into<Line<'a>>, area: Rect) {
    let line = bare(line.into());
    let buffer = frame.buffer_mut();
    let area = Rect { height: area.height.min(1), ..area }.intersection(buffer.area);
    if !area.is_empty() && !plain(buffer, &line, area) {
        line.render(area, buffer);
    }
}

/// Returns the line with what fills its columns not underlined: a word is, not the room behind it.
fn bare(mut line: Line<'_>) -> Line<'_> {
    let is_filled =
        |span: &Span<'_>| span.style.add_modifier.contains(Modifier::UNDERLINED) && span.content.ends_with(' ');
    if !line.spans.iter().any(is_filled) {
        return line;
    }
    let mut spans = Vec::with_capacity(line.spans.len() + 2);
    for span in std::mem::take(&mut line.spans) {
        if !is_filled(&span) {
            spans.push(span);
            continue;
        }
        let word = span.content.trim_end_matches(' ');
        let fill = " ".repeat(span.content.len() - word.len());
        let style = span.style.remove_modifier(Modifier::UNDERLINED);
        spans.extend([Span::styled(word.to_owned(), span.style), Span::styled(fill, style)]);
    }
    line.spans = spans;
    line
}

/// Draws a line of which every character fills one cell and stands for itself. Returns whether it is such a line.
fn plain(buffer: &mut Buffer, line: &Line<'_>, area: Rect) -> bool {
    let is_left = matches!(line.alignment, None | Some(Alignment::Left));
    if !is_left || !line.spans.iter().all(|span| span.content.chars().all(is_simple)) {
        return false;
    }
    if line.spans.iter().all(|span| span.content.is_empty()) {
        return true;
    }
    let width = usize::from(area.width);
    let start =
        usize::from(area.y - buffer.area.y) * usize::from(buffer.area.width) + usize::from(area.x - buffer.area.x);
    let mut cells = buffer.content.iter_mut().skip(start).take(width);
    for span in &line.spans {
        let style = line.style.patch(span.style);
        let text = span.content.as_ref();
        for (place, letter) in text.char_indices() {
            let Some(cell) = cells.next() else { return true };
            let symbol = text.get(place..place + letter.len_utf8()).unwrap_or(" ");
            cell.set_symbol(symbol).set_style(style);
        }
    }
    // The style of the line holds beyond its text too.
    cells.for_each(|cell| {
        cell.set_style(line.style);
    });
    true
}

/// Returns whether a character fills one cell and never joins another: letters of Latin, and the signs that screens draw.
fn is_simple(letter: char) -> bool {
    matches!(letter,
        ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}'
        | '‐'..='‧' | '‰'..='⁞' | '₠'..='₿' | '←'..='⇿' | '−' | '≤' | '≥'
        | '─'..='◼' | '✓' | '⠀'..='⣿')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::{Color, Style};
    use unicode_width::UnicodeWidthChar;

    use super::*;

    fn drawn(line: &Line<'_>, area: Rect) -> (Buffer, Buffer, bool) {
        let mut buffers = [0, 1].map(|_| Buffer::filled(Rect::new(0, 0, 12, 3), ratatui::buffer::Cell::new("x")));
        let [ours, theirs] = &mut buffers;
        let area = Rect { height: area.height.min(1), ..area }.intersection(ours.area);
        let is_plain = plain(ours, line, area);
        line.render(area, theirs);
        let [ours, theirs] = buffers;
        (ours, theirs, is_plain)
    }

    #[test]
    fn what_fills_a_column_is_not_underlined() {
        let underlined = Style::new().add_modifier(Modifier::UNDERLINED);
        let line = bare(Line::from(vec![Span::styled("below 2   ", underlined), Span::raw("x ")]));
        let told: Vec<(&str, bool)> = line
            .spans
            .iter()
            .map(|span| (span.content.as_ref(), span.style.add_modifier.contains(Modifier::UNDERLINED)))
            .collect();
        assert_eq!(told, [("below 2", true), ("   ", false), ("x ", false)]);
    }

    #[test]
    fn every_simple_character_fills_one_cell() {
        for letter in ('\0'..=char::MAX).filter(|letter| is_simple(*letter)) {
            assert_eq!(letter.width(), Some(1), "{letter:?}");
        }
    }

    #[test]
    fn a_line_with_any_other_character_is_left_to_the_library() {
        for text in ["東京", "e\u{301}", "👩", "a\u{200d}b", "\u{202e}a", "\u{1b}[31m", "↔\u{fe0f}", "a\tb"] {
            assert!(!drawn(&Line::raw(text), Rect::new(0, 0, 12, 1)).2, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_plain_line_looks_as_the_library_draws_it(
            texts in prop::collection::vec(("[ -~·…●█é]{0,6}", any::<u8>(), any::<bool>()), 0..5),
            (x, y, width) in (0u16..14, 0u16..4, 0u16..14),
            is_styled in any::<bool>(),
        ) {
            let spans = texts.into_iter().map(|(text, colour, is_bold)| {
                let style = Style::new().fg(Color::Indexed(colour));
                Span::styled(text, if is_bold { style.add_modifier(Modifier::BOLD) } else { style })
            });
            let line: Line<'_> = spans.collect();
            let line = if is_styled { line.style(Style::new().bg(Color::Red).add_modifier(Modifier::ITALIC)) } else { line };
            let (ours, theirs, is_plain) = drawn(&line, Rect::new(x, y, width, 1));
            prop_assert!(is_plain);
            prop_assert_eq!(ours, theirs);
        }
    }
}
