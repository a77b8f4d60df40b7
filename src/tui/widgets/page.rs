//! A text that is laid out for a width, line by line, and scrolls. It knows roles instead of styles, so that `update`
//! can measure what the view draws.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::text::{visible, visible_lines};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::paint;
use crate::tui::widgets::wrap::{cells, wrap};

/// A piece of a line.
pub type Piece = (Role, String);

/// A text that is laid out for a width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    width: usize,
    lines: Vec<Vec<Piece>>,
    /// Whether there is more than was laid out.
    is_cut_short: bool,
}

impl Page {
    /// Returns an empty page for a width in cells.
    #[must_use]
    pub fn new(width: u16) -> Self {
        Self { width: usize::from(width), lines: vec![], is_cut_short: false }
    }

    /// Returns the number of lines.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Says that there is more than was laid out: what nobody can see needn't be.
    pub fn cut_short(&mut self) {
        self.is_cut_short = true;
    }

    /// Adds an empty line.
    pub fn blank(&mut self) {
        self.lines.push(vec![]);
    }

    /// Adds a paragraph. Text from anywhere is safe here: it is made visible.
    pub fn paragraph(&mut self, role: Role, text: &str) {
        self.hanging(vec![], role, text);
    }

    /// Adds a paragraph whose first line begins with some pieces, and whose others stand below where it goes on.
    pub fn hanging(&mut self, lead: Vec<Piece>, role: Role, text: &str) {
        let lead: Vec<Piece> = lead.into_iter().map(|(role, text)| (role, visible(&text).into_owned())).collect();
        let indent = lead.iter().map(|(_, text)| cells(text)).sum::<usize>();
        let width = self.width.saturating_sub(indent);
        let mut start = lead;
        let mut lines = visible_lines(text).peekable();
        if lines.peek().is_none() {
            self.lines.push(start);
            return;
        }
        for line in lines {
            for part in wrap(&line, width) {
                start.push((role, part));
                self.lines.push(std::mem::replace(&mut start, vec![(Role::Text, " ".repeat(indent))]));
            }
        }
    }

    /// Returns the greatest offset to scroll to in so many rows.
    #[must_use]
    pub fn most(&self, height: usize) -> usize {
        self.len().saturating_sub(rows(self.len(), height))
    }

    /// Draws the visible lines. Where lines are left, the last row says how many, and which key leads there.
    pub fn draw(&self, theme: &Theme, frame: &mut Frame, area: Rect, offset: usize) {
        self.draw_with(theme, frame, area, (offset, ": Space ", ": PgUp "));
    }

    /// Draws the first lines, where no key scrolls: the last row says how many there would be with more room.
    pub fn draw_cut(&self, theme: &Theme, frame: &mut Frame, area: Rect) {
        self.draw_with(theme, frame, area, (0, " lines ", ""));
    }

    /// Draws the first lines, where a key leads to the whole: the last row says how many are left, and which key.
    pub fn draw_cut_to(&self, key: &'static str, theme: &Theme, frame: &mut Frame, area: Rect) {
        self.draw_with(theme, frame, area, (0, key, ""));
    }

    fn draw_with(
        &self,
        theme: &Theme,
        frame: &mut Frame,
        area: Rect,
        (offset, down, up): (usize, &'static str, &'static str),
    ) {
        let height = usize::from(area.height);
        let rows = rows(self.len(), height);
        let offset = offset.min(self.most(height));
        for (line, row) in self.lines.iter().skip(offset).take(rows).zip(area.rows()) {
            let spans = line.iter().map(|(role, text)| Span::styled(text.as_str(), theme.role(*role)));
            paint::line(frame, spans.collect::<Line<'_>>(), row);
        }
        if rows < height && self.len() > rows {
            let below = self.len() - offset - rows;
            let told = if self.is_cut_short {
                "↓ and more".to_owned()
            } else if below > 0 {
                format!("↓ {below} more{down}")
            } else {
                format!("↑ {offset} above{up}")
            };
            let place = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
            paint::line(frame, Line::styled(told, theme.muted).right_aligned(), place);
        }
    }
}

/// Returns how many rows show text, of a height, when there are so many lines: the last row tells of what is left.
#[must_use]
pub fn rows(len: usize, height: usize) -> usize {
    if len > height { height.saturating_sub(1) } else { height }
}
