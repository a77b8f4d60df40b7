//! The finished screen for a terminal that shows ASCII alone: each sign becomes one that says the same.
//!
//! It is done once, on what was drawn, so that no screen can forget it.

use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr;

/// Each sign that screens draw, with what stands for it. Signs that mean different things stay different.
const SIGNS: [(&str, &str); 50] = [
    ("✓", "+"),
    ("●", "*"),
    ("○", "o"),
    ("◐", "~"),
    ("◆", "*"),
    ("·", "."),
    ("›", ">"),
    ("‹", "<"),
    ("–", "-"),
    ("−", "-"),
    ("—", "-"),
    ("±", "~"),
    ("…", "~"),
    ("“", "\""),
    ("”", "\""),
    ("‘", "'"),
    ("’", "'"),
    ("€", "E"),
    ("↑", "^"),
    ("↓", "v"),
    ("←", "<"),
    ("→", ">"),
    ("█", "#"),
    ("▓", "%"),
    ("▒", "="),
    ("░", "."),
    ("▁", "_"),
    ("▂", "_"),
    ("▃", "-"),
    ("▄", "-"),
    ("▅", "="),
    ("▆", "="),
    ("▇", "#"),
    ("┌", "+"),
    ("┐", "+"),
    ("└", "+"),
    ("┘", "+"),
    ("├", "+"),
    ("┤", "+"),
    ("┬", "+"),
    ("┴", "+"),
    ("┼", "+"),
    ("─", "-"),
    ("│", "|"),
    ("║", "|"),
    ("═", "="),
    ("▏", "|"),
    ("▎", "|"),
    ("▐", "|"),
    ("×", "x"),
];

/// Replaces what isn't ASCII; what nothing stands for becomes as many question marks as it is wide.
pub fn fold(buffer: &mut Buffer) {
    let area = buffer.area;
    for y in area.rows().map(|row| row.y) {
        let mut x = area.x;
        while x < area.right() {
            let Some(cell) = buffer.cell_mut((x, y)) else { break };
            let width = u16::try_from(cell.symbol().width()).unwrap_or(1).max(1);
            if !cell.symbol().is_ascii() {
                let sign = folded(cell.symbol());
                cell.set_symbol(sign);
                for right in x + 1..(x + width).min(area.right()) {
                    if let Some(cell) = buffer.cell_mut((right, y)) {
                        cell.set_symbol(sign);
                    }
                }
            }
            x += width;
        }
    }
}

fn folded(symbol: &str) -> &'static str {
    if let Some((_, sign)) = SIGNS.iter().find(|(known, _)| *known == symbol) {
        return sign;
    }
    match symbol.chars().next() {
        // Braille: a curve is drawn as dots, the more the denser.
        Some('\u{2800}') => " ",
        Some(dots @ '\u{2801}'..='\u{28ff}') => {
            let count = (u32::from(dots) - 0x2800).count_ones();
            if count > 3 { "*" } else { "." }
        }
        // Quarters of a block: large type.
        Some('\u{2596}'..='\u{259f}' | '▀' | '▌') => "#",
        _ => "?",
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn signs_become_what_says_the_same_and_wide_letters_keep_their_place() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 16, 1));
        buffer.set_string(0, 0, "› ✓ 東é│█▒░ ⡜", Style::new());
        fold(&mut buffer);
        let text: String = buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect();
        assert_eq!(text, "> + ???|#=. *   ");
    }
}
