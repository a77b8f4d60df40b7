//! What was drawn, as the fewest bytes that bring the terminal there: only what differs from what the pen does already is
//! said, and a frame goes out in one piece.
//!
//! The usual backend says both colours of every run again, and asks for the size at each frame. Over a slow line, and in
//! a room where somebody holds a key down, that is felt.

use std::cell::Cell as Slot;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::crossterm::terminal;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What can be seen of a cell that has no letter. The colour of the letter and its weight can't.
const SEEN_ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);

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

/// Whether the terminal may have another size by now, or hide its cursor no longer.
static MAY_DIFFER: AtomicBool = AtomicBool::new(true);

/// Notes that the terminal may be other than it was: it was resized, or something else has used it.
pub fn may_differ() {
    MAY_DIFFER.store(true, Ordering::SeqCst);
}

/// How letters come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pen {
    letter: Color,
    ground: Color,
    modifier: Modifier,
}

/// The pen after a reset.
const PLAIN: Pen = Pen { letter: Color::Reset, ground: Color::Reset, modifier: Modifier::empty() };

/// Says how large the terminal is.
type Measure = fn() -> io::Result<Size>;

/// Paints on a terminal.
#[derive(Debug)]
pub struct Painter<W> {
    out: W,
    /// What goes out with the next flush.
    bytes: Vec<u8>,
    /// What the terminal's pen does; none where that isn't known.
    pen: Option<Pen>,
    /// The cell that the next letter goes to; none where that isn't known.
    at: Option<(u16, u16)>,
    /// Whether the cursor is hidden; none where that isn't known.
    is_hidden: Slot<Option<bool>>,
    /// The size, as long as nobody says that it may have changed.
    size: Slot<Option<Size>>,
    measure: Measure,
}

impl<W: Write> Painter<W> {
    /// Returns one that knows nothing of the terminal.
    pub fn new(out: W) -> Self {
        Self::with_measure(out, || terminal::size().map(|(width, height)| Size { width, height }))
    }

    /// Returns what it paints on.
    pub fn out(&mut self) -> &mut W {
        &mut self.out
    }

    fn with_measure(out: W, measure: Measure) -> Self {
        Self { out, bytes: vec![], pen: None, at: None, is_hidden: Slot::new(None), size: Slot::new(None), measure }
    }

    /// Paints what differs between what the terminal shows and what it shall show, which are of one size.
    pub fn paint(&mut self, shown: &Buffer, wanted: &Buffer) {
        // At the start of a frame nothing is taken for known: what something else has printed or switched on in the
        // meantime is mended by the next frame.
        (self.pen, self.at) = (None, None);
        let width = usize::from(wanted.area.width.max(1));
        let rows = shown.content.chunks(width).zip(wanted.content.chunks(width));
        for ((shown, wanted), y) in rows.zip(0..) {
            self.row(shown, wanted, y);
        }
    }

    fn row(&mut self, shown: &[Cell], wanted: &[Cell], y: u16) {
        // How many of the next cells the right half of a wide sign covers, and how many it has covered until now.
        let (mut covered, mut bared) = (0_usize, 0_usize);
        for ((old, new), x) in shown.iter().zip(wanted).zip(0_u16..) {
            let is_bared = bared > 0;
            bared = bared.saturating_sub(1);
            if covered > 0 {
                covered -= 1;
                bared = bared.max(cells(old) - 1);
                continue;
            }
            let width = cells(new);
            covered = width - 1;
            if looks_alike(old, new) && !is_bared {
                continue;
            }
            bared = bared.max(cells(old) - 1);
            if is_blank_from(wanted, x) {
                // All that is left of the row is blank.
                self.go_to(x, y);
                self.dip(new);
                self.bytes.extend_from_slice(b"\x1b[K");
                return;
            }
            self.pass_over(wanted, x, y);
            self.go_to(x, y);
            self.dip(new);
            self.put(new, width, (x, y));
        }
    }

    /// Writes the few cells again that lie between the last one that was written and this one, where that takes fewer
    /// bytes than going there.
    fn pass_over(&mut self, wanted: &[Cell], x: u16, y: u16) {
        let Some((from, row)) = self.at else { return };
        let between = wanted.get(usize::from(from)..usize::from(x)).unwrap_or_default();
        let is_alike = |cell: &Cell| cell.symbol().len() == 1 && self.pen == Some(self.wanted(cell));
        if row == y && between.len() <= 3 && between.iter().all(is_alike) {
            for cell in between {
                self.bytes.extend_from_slice(cell.symbol().as_bytes());
            }
            self.at = Some((x, y));
        }
    }

    fn put(&mut self, cell: &Cell, width: usize, (x, y): (u16, u16)) {
        if width == 1 && is_narrow(cell.symbol()) {
            self.bytes.extend_from_slice(cell.symbol().as_bytes());
            self.at = Some((x.saturating_add(1), y));
            return;
        }
        // How far any other sign goes, terminals don't agree on: what is under it is blanked first, and what follows it is
        // placed anew.
        self.bytes.extend(std::iter::repeat_n(b' ', width));
        self.at = None;
        self.go_to(x, y);
        self.bytes.extend_from_slice(cell.symbol().as_bytes());
        self.at = None;
    }

    fn go_to(&mut self, x: u16, y: u16) {
        match self.at {
            Some(at) if at == (x, y) => {}
            Some((from, row)) if row == y && from < x => {
                self.bytes.extend_from_slice(b"\x1b[");
                if x - from > 1 {
                    self.number(x - from);
                }
                self.bytes.push(b'C');
            }
            _ => {
                self.bytes.extend_from_slice(b"\x1b[");
                self.number(y.saturating_add(1));
                self.bytes.push(b';');
                self.number(x.saturating_add(1));
                self.bytes.push(b'H');
            }
        }
        self.at = Some((x, y));
    }

    /// Returns how the pen has to be for a cell. What can't be seen stays as it is.
    fn wanted(&self, cell: &Cell) -> Pen {
        let mut wanted = Pen { letter: cell.fg, ground: cell.bg, modifier: cell.modifier };
        if is_blank(cell) {
            let pen = self.pen.unwrap_or(PLAIN);
            if !cell.modifier.contains(Modifier::REVERSED) {
                wanted.letter = pen.letter;
            }
            wanted.modifier = (cell.modifier & SEEN_ON_BLANK) | (pen.modifier - SEEN_ON_BLANK);
        }
        wanted
    }

    fn dip(&mut self, cell: &Cell) {
        let wanted = self.wanted(cell);
        if self.pen == Some(wanted) {
            return;
        }
        self.bytes.extend_from_slice(b"\x1b[");
        let pen = self.pen.unwrap_or_else(|| {
            self.bytes.extend_from_slice(b"0;");
            PLAIN
        });
        self.modify(pen.modifier, wanted.modifier);
        if pen.letter != wanted.letter {
            self.colour(wanted.letter, 0);
        }
        if pen.ground != wanted.ground {
            self.colour(wanted.ground, 10);
        }
        // Each number is followed by a separator; the last one ends the sequence.
        if let Some(last) = self.bytes.last_mut() {
            *last = b'm';
        }
        self.pen = Some(wanted);
    }

    fn modify(&mut self, now: Modifier, wanted: Modifier) {
        let mut left = now;
        for (modifier, _, off) in MODIFIERS {
            if left.contains(modifier) && !wanted.contains(modifier) {
                self.part(off);
                for (other, _, _) in MODIFIERS.into_iter().filter(|(_, _, other)| *other == off) {
                    left.remove(other);
                }
            }
        }
        for (modifier, on, _) in MODIFIERS {
            if wanted.contains(modifier) && !left.contains(modifier) {
                self.part(on);
            }
        }
    }

    /// Says a colour: of the letters, or with 10 on top, of the ground.
    fn colour(&mut self, colour: Color, on_top: u8) {
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
                return self.parts(&[38 + on_top, 5, index]);
            }
            Color::Rgb(red, green, blue) => {
                return self.parts(&[38 + on_top, 2, red, green, blue]);
            }
        };
        self.part(named + on_top);
    }

    fn parts(&mut self, parts: &[u8]) {
        for part in parts {
            self.part(*part);
        }
    }

    fn part(&mut self, part: u8) {
        self.number(part.into());
        self.bytes.push(b';');
    }

    fn number(&mut self, number: u16) {
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
        self.bytes.extend(digits.into_iter().take(len).rev());
    }
}

/// Returns whether a sign is one character that fills one cell.
fn is_narrow(symbol: &str) -> bool {
    let mut letters = symbol.chars();
    symbol.len() == 1 || (letters.next().and_then(UnicodeWidthChar::width) == Some(1) && letters.next().is_none())
}

fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " "
}

/// Returns whether the rest of a row is so blank, and so long, that it is erased rather than written. Not on a ground
/// of its own: some terminals erase to theirs.
fn is_blank_from(wanted: &[Cell], x: u16) -> bool {
    let rest = wanted.get(usize::from(x)..).unwrap_or_default();
    rest.len() > 4
        && rest
            .iter()
            .all(|cell| is_blank(cell) && cell.bg == Color::Reset && (cell.modifier & SEEN_ON_BLANK).is_empty())
}

/// Returns how many cells the sign of a cell takes, at least one.
fn cells(cell: &Cell) -> usize {
    let symbol = cell.symbol();
    // No sign of one or two bytes is wide.
    if symbol.len() < 3 { 1 } else { symbol.width().max(1) }
}

/// Returns whether nobody can tell two cells apart.
fn looks_alike(one: &Cell, other: &Cell) -> bool {
    if one.bg != other.bg || one.symbol() != other.symbol() {
        return false;
    }
    if one.fg == other.fg && one.modifier == other.modifier {
        return true;
    }
    let seen = |cell: &Cell| cell.modifier & SEEN_ON_BLANK;
    is_blank(one) && seen(one) == seen(other) && (one.fg == other.fg || !one.modifier.contains(Modifier::REVERSED))
}

impl<W: Write> Backend for Painter<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        // For whoever draws without knowing what was shown: the interface doesn't.
        for (x, y, cell) in content {
            self.go_to(x, y);
            self.dip(cell);
            self.put(cell, cells(cell), (x, y));
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.is_hidden.replace(Some(true)) != Some(true) {
            self.bytes.extend_from_slice(b"\x1b[?25l");
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.is_hidden.replace(Some(false)) != Some(false) {
            self.bytes.extend_from_slice(b"\x1b[?25h");
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        // Asking the terminal would wait for its answer. Nobody asks: the interface takes the whole screen.
        Err(io::ErrorKind::Unsupported.into())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let Position { x, y } = position.into();
        self.at = None;
        self.go_to(x, y);
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.bytes.extend_from_slice(b"\x1b[0m");
        self.pen = Some(PLAIN);
        self.bytes.extend_from_slice(match clear_type {
            ClearType::All => b"\x1b[2J",
            ClearType::AfterCursor => b"\x1b[0J",
            ClearType::BeforeCursor => b"\x1b[1J",
            ClearType::CurrentLine => b"\x1b[2K",
            ClearType::UntilNewLine => b"\x1b[0K",
        });
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        if MAY_DIFFER.swap(false, Ordering::SeqCst) {
            self.size.set(None);
            self.is_hidden.set(None);
        }
        if let Some(size) = self.size.get() {
            return Ok(size);
        }
        let size = (self.measure)()?;
        self.size.set(Some(size));
        Ok(size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        let written = self.out.write_all(&self.bytes).and_then(|()| self.out.flush());
        self.bytes.clear();
        written
    }
}

#[cfg(test)]
mod tests {
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
        wanted
            .set_style(Rect { width: 2, height: 1, ..AREA }, Style::new().fg(Color::Green).add_modifier(Modifier::DIM));
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
}
