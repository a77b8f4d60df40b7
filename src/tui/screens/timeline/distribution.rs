//! The histogram of the months to the certificate, with its percentiles and what is typical.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::roadmap::Milestone;
use crate::domain::timeline::{Forecast, Histogram, TYPICAL_MONTHS};
use crate::tui::screens::timeline::gantt::Cells;
use crate::tui::theme::Theme;
use crate::tui::widgets::paint;

/// Eighths of a cell, from nothing to all of it.
const EIGHTHS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// The months that the axis spans, in so many cells.
#[derive(Clone, Copy, Debug)]
struct Axis {
    most: f64,
    cells: u16,
}

/// Draws the histogram: bars, an axis in months, the percentiles below it, and the typical band as a line. Where
/// something is tried out, what is recorded stays in sight behind it.
pub fn draw(frame: &mut Frame, area: Rect, forecast: &Forecast, recorded: Option<&Forecast>, theme: &Theme) {
    if area.height < 5 || area.width < 30 {
        return;
    }
    let months = forecast.milestone(Milestone::Certificate).unwrap_or_default();
    let ends = [Some(forecast), recorded].into_iter().flatten().map(|forecast| end(&forecast.histogram));
    let axis = Axis { most: (ends.fold(TYPICAL_MONTHS.1, f64::max) * 1.04).ceil(), cells: area.width };
    let lines = 4 + u16::from(recorded.is_some());
    let bars = area.height.saturating_sub(lines);
    let behind = recorded.map(|recorded| heights(&recorded.histogram, axis, bars)).unwrap_or_default();
    let heights = heights(&forecast.histogram, axis, bars);
    for row in 0..bars {
        let floor = usize::from(bars - 1 - row) * 8;
        let cells = heights.iter().enumerate().map(|(cell, height)| {
            let is_behind = behind.get(cell).is_some_and(|height| *height > floor);
            match EIGHTHS.get(height.saturating_sub(floor).min(8)).copied().unwrap_or(" ") {
                " " if is_behind => ("░", theme.track),
                bar => (bar, theme.accent),
            }
        });
        let spans = cells.map(|(sign, style)| Span::styled(sign, style));
        paint::line(frame, spans.collect::<Line<'_>>(), row_of(area, row));
    }
    paint::line(frame, Span::styled(ruler(axis), theme.border), row_of(area, bars));
    paint::line(frame, Span::styled(labels(axis), theme.muted), row_of(area, bars + 1));
    let marks = [("10", months.p10), ("50", months.p50), ("80", months.p80), ("90", months.p90)];
    paint::line(frame, Span::styled(percentiles(axis, &marks), theme.title), row_of(area, bars + 2));
    paint::line(frame, band(axis, theme), row_of(area, bars + 3));
    if let Some(recorded) = recorded.and_then(|recorded| recorded.milestone(Milestone::Certificate)) {
        let mut line = Cells::new(usize::from(axis.cells));
        line.write(axis.cell(recorded.p50), "↑P50 as recorded ░");
        paint::line(frame, Span::styled(line.text(), theme.muted), row_of(area, bars + 4));
    }
}

/// Returns the month at which a histogram ends.
fn end(histogram: &Histogram) -> f64 {
    histogram.from + histogram.width * as_f64(histogram.counts.len())
}

fn row_of(area: Rect, row: u16) -> Rect {
    Rect { y: area.y + row, height: 1, ..area }.intersection(area)
}

impl Axis {
    /// Returns the cell that a month falls into.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the cells")]
    fn cell(self, month: f64) -> usize {
        let last = f64::from(self.cells.saturating_sub(1));
        (month / self.most * f64::from(self.cells)).clamp(0.0, last) as usize
    }
}

/// Returns the height of each cell's bar, in eighths of a row: the trials are spread evenly over their bin's cells.
fn heights(histogram: &Histogram, axis: Axis, rows: u16) -> Vec<usize> {
    let mut density = vec![0.0_f64; usize::from(axis.cells)];
    let cell_width = axis.most / f64::from(axis.cells);
    for (cell, sum) in density.iter_mut().enumerate() {
        let (from, to) = (as_f64(cell) * cell_width, as_f64(cell + 1) * cell_width);
        for (bin, count) in histogram.counts.iter().enumerate() {
            let start = histogram.from + histogram.width * as_f64(bin);
            let shared = to.min(start + histogram.width) - from.max(start);
            if shared > 0.0 {
                *sum += f64::from(*count) * shared / histogram.width.max(f64::MIN_POSITIVE);
            }
        }
    }
    let most = density.iter().copied().fold(0.0, f64::max);
    if most <= 0.0 {
        return vec![0; density.len()];
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a few rows")]
    let eighths = |share: f64| (share * f64::from(rows) * 8.0).round() as usize;
    density.into_iter().map(|value| eighths(value / most)).collect()
}

/// Returns the months that the axis names: not more than fit.
fn ticks(axis: Axis) -> impl Iterator<Item = f64> {
    let step = [1.0, 2.0, 3.0, 6.0, 12.0, 24.0, 60.0, 120.0]
        .into_iter()
        .find(|step| axis.most / step * 5.0 <= f64::from(axis.cells))
        .unwrap_or(240.0);
    (0_u32..).map(move |number| f64::from(number) * step).take_while(move |month| *month <= axis.most)
}

fn ruler(axis: Axis) -> String {
    let mut cells = vec!['─'; usize::from(axis.cells)];
    for month in ticks(axis) {
        if let Some(cell) = cells.get_mut(axis.cell(month)) {
            *cell = '┴';
        }
    }
    cells.into_iter().collect()
}

fn labels(axis: Axis) -> String {
    let mut line = Cells::new(usize::from(axis.cells));
    for month in ticks(axis) {
        line.write(axis.cell(month), &format!("{month:.0}"));
    }
    line.write(usize::from(axis.cells).saturating_sub(7), " months");
    line.text()
}

fn percentiles(axis: Axis, marks: &[(&str, f64)]) -> String {
    let mut line = Cells::new(usize::from(axis.cells));
    for (name, month) in marks {
        line.write(axis.cell(*month), &format!("↑P{name}"));
    }
    line.text()
}

fn band<'a>(axis: Axis, theme: &Theme) -> Line<'a> {
    let (from, to) = (axis.cell(TYPICAL_MONTHS.0), axis.cell(TYPICAL_MONTHS.1));
    let width = (to + 1).saturating_sub(from);
    let word = " typical 6 to 12 ";
    let inner = width.saturating_sub(2);
    let text = if inner >= word.len() {
        let left = (inner - word.len()) / 2;
        format!("├{}{word}{}┤", "─".repeat(left), "─".repeat(inner - word.len() - left))
    } else {
        format!("├{}┤{word}", "─".repeat(inner))
    };
    Line::from(vec![Span::raw(" ".repeat(from)), Span::styled(text, theme.muted)])
}

#[expect(clippy::cast_precision_loss, reason = "counts of cells and bins")]
fn as_f64(number: usize) -> f64 {
    number as f64
}
