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
    shown: Buffer,
    /// A clean buffer, which the sheet gets for the one that was drawn on.
    spare: Buffer,
}

impl<W: Write> Canvas<W> {
    /// Returns the canvas on a terminal of which nothing is known.
    ///
    /// # Errors
    ///
    /// Returns why the size of the terminal can't be told.
    pub fn new(painter: Painter<W>) -> io::Result<Self> {
        let sheet = Terminal::new(painter)?;
        let area = size_of(sheet.backend().size()?);
        // The terminal's own first screen is taken for blank, as it is when it was just switched to.
        Ok(Self { sheet, shown: Buffer::empty(area), spare: Buffer::empty(area) })
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
        std::mem::swap(self.sheet.current_buffer_mut(), &mut self.spare);
        let (painter, wanted) = (self.sheet.backend_mut(), &mut self.spare);
        painter.paint(&self.shown, wanted);
        painter.hide_cursor()?;
        painter.flush()?;
        std::mem::swap(&mut self.shown, wanted);
        wanted.reset();
        Ok(())
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
        (self.shown, self.spare) = (Buffer::empty(area), Buffer::empty(area));
        Ok(())
    }
}

fn size_of(size: Size) -> Rect {
    Rect { x: 0, y: 0, width: size.width, height: size.height }
}
