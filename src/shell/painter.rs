//! What was drawn, as the fewest bytes that bring the terminal there: only what differs from what the pen does already is
//! said, and a frame goes out in one piece.
//!
//! The usual backend says both colours of every run again, and asks for the size at each frame. Over a slow line, and in
//! a room where somebody holds a key down, that is felt.

mod pen;
#[cfg(test)]
mod tests;

use std::cell::Cell as Slot;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::crossterm::terminal;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::shell::painter::pen::{PLAIN, Pen, number};

/// What can be seen of a cell that has no letter. The colour of the letter and its weight can't.
const SEEN_ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);

/// Whether the terminal may have another size by now, or hide its cursor no longer.
static MAY_DIFFER: AtomicBool = AtomicBool::new(true);

/// Notes that the terminal may be other than it was: it was resized, or something else has used it.
pub fn may_differ() {
    MAY_DIFFER.store(true, Ordering::SeqCst);
}

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
    /// How many cells a row of the frame has.
    width: u16,
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
        let (is_hidden, size) = (Slot::new(None), Slot::new(None));
        Self { out, bytes: vec![], pen: None, at: None, width: 0, is_hidden, size, measure }
    }

    /// Paints what differs between what the terminal shows and what it shall show, which are of one size.
    pub fn paint(&mut self, shown: &Buffer, wanted: &Buffer) {
        // At the start of a frame nothing is taken for known: what something else has printed or switched on in the
        // meantime is mended by the next frame.
        (self.pen, self.at, self.width) = (None, None, wanted.area.width);
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
            // Where a full row leaves the cursor, terminals don't agree on.
            let next = x.saturating_add(1);
            self.at = (next < self.width).then_some((next, y));
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

    /// Goes to a cell, by the shortest way that every terminal understands alike.
    fn go_to(&mut self, x: u16, y: u16) {
        match self.at {
            Some(at) if at == (x, y) => {}
            Some((from, row)) if row == y && from < x => self.step(x - from),
            // To the start of the next line, which is there: nothing scrolls.
            Some((_, row)) if row.checked_add(1) == Some(y) && is_shorter_by_line(x, y) => {
                self.bytes.extend_from_slice(b"\r\n");
                self.step(x);
            }
            _ => {
                self.bytes.extend_from_slice(b"\x1b[");
                number(&mut self.bytes, y.saturating_add(1));
                self.bytes.push(b';');
                number(&mut self.bytes, x.saturating_add(1));
                self.bytes.push(b'H');
            }
        }
        self.at = Some((x, y));
    }

    /// Goes to the right.
    fn step(&mut self, by: u16) {
        if by == 0 {
            return;
        }
        self.bytes.extend_from_slice(b"\x1b[");
        if by > 1 {
            number(&mut self.bytes, by);
        }
        self.bytes.push(b'C');
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
        pen::dip(&mut self.bytes, self.pen, wanted);
        self.pen = Some(wanted);
    }
}

/// Returns whether a cell of the next row is reached in fewer bytes from the start of that row than by its place.
fn is_shorter_by_line(x: u16, y: u16) -> bool {
    let digits = |number: u16| number.checked_ilog10().unwrap_or(0) + 1;
    let steps = match x {
        0 => 0,
        1 => 3,
        _ => 3 + digits(x),
    };
    2 + steps < 4 + digits(x.saturating_add(1)) + digits(y.saturating_add(1))
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
