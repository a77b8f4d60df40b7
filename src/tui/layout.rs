//! How the screen is divided, as pure functions of its size: the view and the mouse ask the same ones.

use ratatui::layout::{Constraint, Layout, Rect};

use crate::tui::message::Size;

/// The least width that the interface works at.
pub const LEAST_WIDTH: u16 = 60;
/// The least height that the interface works at.
pub const LEAST_HEIGHT: u16 = 16;

/// The parts of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The line that says where one is.
    pub header: Rect,
    /// The line with the tabs.
    pub tabs: Rect,
    /// What the screen shows.
    pub body: Rect,
    /// The line with a notice, or the state of saving.
    pub status: Rect,
    /// The line with the keys.
    pub footer: Rect,
}

/// Divides the screen; none where it is too small to work with.
#[must_use]
pub fn parts(area: Rect) -> Option<Parts> {
    if area.width < LEAST_WIDTH || area.height < LEAST_HEIGHT {
        return None;
    }
    let [header, tabs, body, status, footer] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(area);
    Some(Parts { header, tabs, body, status, footer })
}

/// Divides a screen of a size; none where it is too small to work with.
#[must_use]
pub fn screen(size: Size) -> Option<Parts> {
    parts(Rect { x: 0, y: 0, width: size.width, height: size.height })
}

/// Returns a rectangle in the middle of another, at most as large as it.
#[must_use]
pub fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let width = width.min(area.width);
    let height = height.min(area.height);
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// Returns the scroll offset that keeps a line visible, moved as little as possible.
#[must_use]
pub fn keep_visible(offset: usize, line: usize, height: usize) -> usize {
    if line < offset {
        line
    } else if height > 0 && line >= offset + height {
        line + 1 - height
    } else {
        offset
    }
}
