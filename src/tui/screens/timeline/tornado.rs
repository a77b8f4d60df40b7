//! What moves the end most: the mean end when it turns out well, and when it turns out badly.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::text::visible;
use crate::domain::timeline::Forecast;
use crate::tui::theme::Theme;
use crate::tui::widgets::list::column;
use crate::tui::widgets::paint;

/// Draws the strongest of them, as many as there is room for.
pub fn draw(frame: &mut Frame, area: Rect, forecast: &Forecast, theme: &Theme) {
    let title = Line::from(vec![
        Span::styled("What moves the end", theme.title),
        Span::styled("   months when it goes well, and badly", theme.muted),
    ]);
    paint::line(frame, title, area);
    let shown: Vec<_> = forecast.sensitivities.iter().take(usize::from(area.height.saturating_sub(1))).collect();
    let least = shown.iter().map(|one| one.best).fold(f64::INFINITY, f64::min);
    let most = shown.iter().map(|one| one.worst).fold(f64::NEG_INFINITY, f64::max);
    let width = usize::from(area.width);
    let title_width = (width * 11 / 20).clamp(16, 44);
    let chart = width.saturating_sub(title_width + 14);
    let span = (most - least).max(f64::MIN_POSITIVE);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "clamped")]
    let cell = |month: f64| ((month - least) / span * chart as f64).clamp(0.0, chart as f64) as usize;
    for (row, one) in (1..).zip(&shown) {
        let (from, to) = (cell(one.best), cell(one.worst).max(cell(one.best) + 1).min(chart.max(1)));
        let line = Line::from(vec![
            Span::styled(column(&visible(&one.title), title_width), theme.text),
            Span::styled(format!("{:>6.1} ", one.best), theme.muted),
            Span::raw(" ".repeat(from)),
            Span::styled("█".repeat(to.saturating_sub(from)), theme.accent),
            Span::raw(" ".repeat(chart.saturating_sub(to))),
            Span::styled(format!(" {:<6.1}", one.worst), theme.muted),
        ]);
        paint::line(frame, line, Rect { y: area.y + row, height: 1, ..area }.intersection(area));
    }
}
