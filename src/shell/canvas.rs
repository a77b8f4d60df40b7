//! The screen as it is shown, and the next one: a frame is drawn on a clean sheet, and what differs is painted.

use std::io::{self, Write};

use ratatui::backend::Backend;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::{Frame, Terminal};

use crate::shell::painter::Painter;

/// The screen.
#[derive(Debug)]
pub struct Canvas<W: Write> {
    /// Hands out frames to draw on. What it draws itself isn't used: it compares more than can be seen.
    sheet: Terminal<Painter<W>>,
    /// The other one of the sheet's two buffers: a screen has some 200 KB, and memory is what a start costs most.
    shown: Buffer,
}

impl<W: Write> Canvas<W> {
    /// Returns the canvas on a terminal of which nothing is known.
    ///
    /// # Errors
    ///
    /// Returns why the size of the terminal can't be told.
    pub fn new(painter: Painter<W>) -> io::Result<Self> {
        let mut sheet = Terminal::new(painter)?;
        // The terminal's own first screen is taken for blank, as it is when it was just switched to.
        let shown = take_other(&mut sheet);
        Ok(Self { sheet, shown })
    }

    /// Returns what frames go out through.
    pub fn out(&mut self) -> &mut W {
        self.sheet.backend_mut().out()
    }

    /// Returns the size of the terminal.
    ///
    /// # Errors
    ///
    /// Returns why it can't be told.
    pub fn size(&self) -> io::Result<Size> {
        self.sheet.backend().size()
    }

    /// Draws a frame, and shows it.
    ///
    /// # Errors
    ///
    /// Returns why the terminal can't be drawn on.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame)) -> io::Result<()> {
        if size_of(self.size()?) != self.shown.area {
            self.wipe()?;
        }
        draw(&mut self.sheet.get_frame());
        let wanted = std::mem::take(self.sheet.current_buffer_mut());
        let painter = self.sheet.backend_mut();
        painter.paint(&self.shown, &wanted);
        let told = painter.hide_cursor().and_then(|()| painter.flush());
        // Where it couldn't be shown, the next one would differ from what the terminal has; then nothing is drawn any more.
        let mut clean = std::mem::replace(&mut self.shown, wanted);
        clean.reset();
        *self.sheet.current_buffer_mut() = clean;
        told
    }

    /// Wipes the terminal, so that the next frame draws all of it.
    ///
    /// # Errors
    ///
    /// Returns why the size of the terminal can't be told.
    pub fn wipe(&mut self) -> io::Result<()> {
        let area = size_of(self.size()?);
        // It goes out with what is drawn next: an empty screen would flicker.
        self.sheet.resize(area)?;
        self.shown = take_other(&mut self.sheet);
        Ok(())
    }
}

/// Takes the buffer that the sheet keeps beside the one that is drawn on: it is clean.
fn take_other<W: Write>(sheet: &mut Terminal<Painter<W>>) -> Buffer {
    sheet.swap_buffers();
    let other = std::mem::take(sheet.current_buffer_mut());
    sheet.swap_buffers();
    other
}

fn size_of(size: Size) -> Rect {
    Rect { x: 0, y: 0, width: size.width, height: size.height }
}
