//! The terminal's pen: what it does already isn't said again.

use ratatui::style::{Color, Modifier};

/// Each modifier with the number that switches it on, and the one that switches it off, which two of them share.
const MODIFIERS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// How letters come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pen {
    pub(super) letter: Color,
    pub(super) ground: Color,
    pub(super) modifier: Modifier,
}

/// The pen after a reset.
pub(super) const PLAIN: Pen = Pen { letter: Color::Reset, ground: Color::Reset, modifier: Modifier::empty() };

/// Says what makes the pen another one; `now` is none where nobody knows how it is.
pub(super) fn dip(bytes: &mut Vec<u8>, now: Option<Pen>, wanted: Pen) {
    bytes.extend_from_slice(b"\x1b[");
    let pen = now.unwrap_or_else(|| {
        bytes.extend_from_slice(b"0;");
        PLAIN
    });
    modify(bytes, pen.modifier, wanted.modifier);
    if pen.letter != wanted.letter {
        colour(bytes, wanted.letter, 0);
    }
    if pen.ground != wanted.ground {
        colour(bytes, wanted.ground, 10);
    }
    // Each number is followed by a separator; the last one ends the sequence.
    if let Some(last) = bytes.last_mut() {
        *last = b'm';
    }
}

fn modify(bytes: &mut Vec<u8>, now: Modifier, wanted: Modifier) {
    let mut left = now;
    for (modifier, _, off) in MODIFIERS {
        if left.contains(modifier) && !wanted.contains(modifier) {
            part(bytes, off);
            for (other, _, _) in MODIFIERS.into_iter().filter(|(_, _, other)| *other == off) {
                left.remove(other);
            }
        }
    }
    for (modifier, on, _) in MODIFIERS {
        if wanted.contains(modifier) && !left.contains(modifier) {
            part(bytes, on);
        }
    }
}

/// Says a colour: of the letters, or with 10 on top, of the ground.
fn colour(bytes: &mut Vec<u8>, colour: Color, on_top: u8) {
    let named = match colour {
        Color::Reset => 39,
        Color::Black => 30,
        Color::Red => 31,
        Color::Green => 32,
        Color::Yellow => 33,
        Color::Blue => 34,
        Color::Magenta => 35,
        Color::Cyan => 36,
        Color::Gray => 37,
        Color::DarkGray => 90,
        Color::LightRed => 91,
        Color::LightGreen => 92,
        Color::LightYellow => 93,
        Color::LightBlue => 94,
        Color::LightMagenta => 95,
        Color::LightCyan => 96,
        Color::White => 97,
        Color::Indexed(index) => {
            return parts(bytes, &[38 + on_top, 5, index]);
        }
        Color::Rgb(red, green, blue) => {
            return parts(bytes, &[38 + on_top, 2, red, green, blue]);
        }
    };
    part(bytes, named + on_top);
}

fn parts(bytes: &mut Vec<u8>, parts: &[u8]) {
    for number in parts {
        part(bytes, *number);
    }
}

fn part(bytes: &mut Vec<u8>, part: u8) {
    number(bytes, part.into());
    bytes.push(b';');
}

/// Writes the digits of a number.
pub(super) fn number(bytes: &mut Vec<u8>, number: u16) {
    let mut digits = [0; 5];
    let mut rest = number;
    let mut len = 0;
    for digit in &mut digits {
        // A digit is below 10.
        *digit = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
        len += 1;
        if rest == 0 {
            break;
        }
    }
    bytes.extend(digits.into_iter().take(len).rev());
}
