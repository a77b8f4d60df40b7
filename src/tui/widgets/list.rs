//! A list of lines, of which one is selected and some are visible.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::tui::layout::keep_visible;
use crate::tui::theme::Theme;
use crate::tui::widgets::paint;

/// Up to so many rows, a list shows lines in all of them, and says in the last one how many follow.
const LEAST_WITH_COUNT: usize = 2;

/// Which line of a list is selected. The offset is worked out while drawing: nothing else depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection(usize);

/// Returns the place so many steps on, round and round; 0 where there are no places.
#[must_use]
pub fn cycled(at: usize, by: isize, len: usize) -> usize {
    at.cast_signed().wrapping_add(by).rem_euclid(len.max(1).cast_signed()).cast_unsigned()
}

impl Selection {
    /// Returns the selected line of a list of so many; 0 for an empty one.
    #[must_use]
    pub fn of(self, len: usize) -> usize {
        self.0.min(len.saturating_sub(1))
    }

    /// Moves by some lines, and stops at the ends.
    pub fn step(&mut self, by: isize, len: usize) {
        self.0 = self.of(len).saturating_add_signed(by).min(len.saturating_sub(1));
    }

    /// Selects a line; beyond the end, the last.
    pub fn set(&mut self, line: usize, len: usize) {
        self.0 = line.min(len.saturating_sub(1));
    }

    /// Returns the lines of a list of so many that are visible in so many rows.
    ///
    /// Where lines follow, the last row says how many: it would cover what stands at the end of a line.
    #[must_use]
    pub fn visible(self, len: usize, height: usize) -> Range<usize> {
        let with_count = if height > LEAST_WITH_COUNT { height - 1 } else { height };
        // As if one had come down from the top: the selected line is in the lower half until the end is reached.
        let lead = height / 3;
        let first = keep_visible(0, (self.of(len) + lead).min(len.saturating_sub(1)), with_count);
        if first + height < len { first..first + with_count } else { len.saturating_sub(height)..len }
    }

    /// Returns the line under a row of the list's area.
    #[must_use]
    pub fn under(self, row: u16, area: Rect, len: usize) -> Option<usize> {
        let visible = self.visible(len, usize::from(area.height));
        let line = visible.start + usize::from(row.checked_sub(area.y)?);
        (row < area.bottom() && visible.contains(&line)).then_some(line)
    }
}

/// Draws the visible lines, the selected one marked. Only those are built.
pub fn draw<'a>(
    frame: &mut Frame,
    area: Rect,
    theme: &Theme,
    lines: (Option<Selection>, usize),
    build: impl Fn(usize) -> Line<'a>,
) {
    draw_marked(frame, area, (theme, theme.title, area.width), lines, build);
}

/// Draws the visible lines of a wide table, of the selected one its mark and its first cells. The eye finds it there, and
/// a terminal at the end of a slow line isn't sent the whole row again, twice for each key.
pub fn draw_table<'a>(
    frame: &mut Frame,
    area: Rect,
    (theme, first): (&Theme, usize),
    lines: (Option<Selection>, usize),
    build: impl Fn(usize) -> Line<'a>,
) {
    // The mark stands before them.
    let first = u16::try_from(first + 2).unwrap_or(u16::MAX);
    draw_marked(frame, area, (theme, theme.accent, first), lines, build);
}

fn draw_marked<'a>(
    frame: &mut Frame,
    area: Rect,
    (theme, style, marked): (&Theme, Style, u16),
    (selection, len): (Option<Selection>, usize),
    build: impl Fn(usize) -> Line<'a>,
) {
    let visible = selection.unwrap_or_default().visible(len, usize::from(area.height));
    let selected = selection.map(|selection| selection.of(len));
    for (row, index) in (0..).zip(visible.clone()) {
        let place = Rect { y: area.y + row, height: 1, ..area };
        let mark = if selected == Some(index) { Span::styled("› ", theme.accent) } else { Span::raw("  ") };
        let mut line = build(index);
        line.spans.insert(0, mark);
        paint::line(frame, line, place);
        if selected == Some(index) {
            // Bold and dim at once is neither.
            let style = style.remove_modifier(Modifier::DIM);
            frame.buffer_mut().set_style(Rect { width: marked.min(place.width), ..place }, style);
        }
    }
    if visible.end < len && area.height > 0 {
        let more = format!(" {} more ↓", len - visible.end);
        let width = u16::try_from(more.width()).unwrap_or(0).min(area.width);
        let place = Rect { x: area.right() - width, y: area.bottom() - 1, width, height: 1 };
        paint::line(frame, Span::styled(more, theme.muted), place);
    }
}

/// Returns the text cut to a width, with an ellipsis where something was cut.
#[must_use]
pub fn fit(text: &str, width: usize) -> String {
    if text.is_ascii() {
        // A letter a cell.
        return match text.get(..width.saturating_sub(1)) {
            Some(start) if text.len() > width => [start, if width > 0 { "…" } else { "" }].concat(),
            _ => text.to_owned(),
        };
    }
    if text.width() <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut used = 0;
    for cluster in text.graphemes(true) {
        if used + cluster.width() + 1 > width {
            break;
        }
        used += cluster.width();
        cut.push_str(cluster);
    }
    if width > 0 {
        cut.push('…');
    }
    cut
}

/// Returns the text cut or filled up to exactly a width.
#[must_use]
pub fn column(text: &str, width: usize) -> String {
    let mut cell = fit(text, width);
    let fill = width.saturating_sub(if cell.is_ascii() { cell.len() } else { cell.width() });
    cell.extend(std::iter::repeat_n(' ', fill));
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_ends_with_an_ellipsis_and_never_splits_a_wide_character() {
        assert_eq!(fit("short", 10), "short");
        assert_eq!(fit("rather long", 8), "rather …");
        assert_eq!(fit("東京東京", 6), "東京…");
        assert_eq!(column("東京", 6), "東京  ");
        assert_eq!(fit("any", 0), "");
        assert_eq!(fit("any", 1), "…");
        assert_eq!(fit("any", 3), "any");
        assert_eq!(fit("", 0), "");
        assert_eq!(column("any", 2), "a…");
    }

    #[test]
    fn the_selection_stays_in_range_and_visible() {
        let mut selection = Selection::default();
        selection.step(-3, 0);
        assert_eq!(selection.of(0), 0);
        selection.step(100, 30);
        assert_eq!(selection.of(30), 29);
        assert_eq!(selection.of(5), 4);
        for line in 0..30 {
            selection.set(line, 30);
            let visible = selection.visible(30, 7);
            assert!(visible.contains(&line) && visible.end <= 30, "line {line} is not in {visible:?}");
            // The last row is for the count of those that follow.
            assert_eq!(visible.len(), if visible.end < 30 { 6 } else { 7 });
        }
    }
}
