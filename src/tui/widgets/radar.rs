//! A radar: one axis for each area, the claimed and the evidenced maturity as outlines.

use std::f64::consts::TAU;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::symbols::Marker;
use ratatui::text::Span;
use ratatui::widgets::canvas::{Canvas, Line, Points};

use crate::tui::theme::Theme;

/// One axis of a radar.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What stands at its end.
    pub label: String,
    /// The outer outline, 0 to 1; none where it can't be told.
    pub outer: Option<f64>,
    /// The inner outline, 0 to 1.
    pub inner: Option<f64>,
}

/// Draws a radar. The outer outline is a line, the inner one dots: they differ without colour.
pub fn draw(frame: &mut Frame, area: Rect, axes: &[Axis], theme: &Theme) {
    if axes.len() < 3 || area.width < 20 || area.height < 9 {
        return;
    }
    let colour = |style: ratatui::style::Style| style.fg.unwrap_or(Color::Reset);
    let at = |index: usize, radius: f64| {
        #[expect(clippy::cast_precision_loss, reason = "a few axes")]
        let angle = TAU * index as f64 / axes.len() as f64;
        (angle.sin() * radius, angle.cos() * radius)
    };
    let line = |from: (f64, f64), to: (f64, f64), style| Line {
        x1: from.0,
        y1: from.1,
        x2: to.0,
        y2: to.1,
        color: colour(style),
    };
    let canvas = Canvas::default()
        .background_color(theme.text.bg.unwrap_or(Color::Reset))
        .marker(Marker::Braille)
        .x_bounds([-1.35, 1.35])
        .y_bounds([-1.2, 1.2])
        .paint(|context| {
            for index in 0..axes.len() {
                let next = (index + 1) % axes.len();
                context.draw(&line(at(index, 0.6), at(next, 0.6), theme.track));
                context.draw(&line(at(index, 1.0), at(next, 1.0), theme.track));
            }
            context.layer();
            for (index, axis) in axes.iter().enumerate() {
                let next = (index + 1) % axes.len();
                let outer = |at_index: usize| axes.get(at_index).and_then(|axis| axis.outer);
                if let (Some(here), Some(there)) = (outer(index), outer(next)) {
                    context.draw(&line(at(index, here), at(next, there), theme.text));
                }
                if let Some(inner) = axis.inner {
                    let (x, y) = at(index, inner);
                    let dots = [(x, y), (x + 0.03, y), (x - 0.03, y), (x, y + 0.05), (x, y - 0.05)];
                    context.draw(&Points { coords: &dots, color: colour(theme.accent) });
                }
            }
            context.layer();
            for (index, axis) in axes.iter().enumerate() {
                let (x, y) = at(index, 1.12);
                context.print(x - 0.06, y, Span::styled(axis.label.clone(), theme.muted));
            }
        });
    frame.render_widget(canvas, area);
}
