//! The plan as bars over months, by phase. What binds the end is solid, the rest is shaded.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::text::visible;
use crate::domain::timeline::{Forecast, PackageForecast};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{self, Selection, column, fit};

/// The share of the trials from which on a package counts as critical.
const CRITICAL: f64 = 0.5;
/// The cells of the phase's name.
const PHASE: usize = 11;

/// Returns the packages as they stand in the plan: by phase, then by start.
pub fn order(forecast: &Forecast) -> Vec<&PackageForecast> {
    let mut packages: Vec<&PackageForecast> = forecast.packages.iter().collect();
    packages.sort_by(|a, b| a.phase.cmp(&b.phase).then(a.months.0.total_cmp(&b.months.0)));
    packages
}

/// Returns the area of the rows, below the title.
pub fn rows(area: Rect) -> Rect {
    Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }
}

/// Draws the plan.
pub fn draw(frame: &mut Frame, area: Rect, forecast: &Forecast, selection: Selection, theme: &Theme) {
    let packages = order(forecast);
    let width = usize::from(area.width).saturating_sub(2);
    let title_width = (width * 9 / 20).clamp(20, 52);
    let chart = width.saturating_sub(PHASE + title_width + 2 + 7);
    let end = packages.iter().map(|package| package.months.1).fold(1.0, f64::max);
    frame.render_widget(heading(PHASE + title_width + 4, chart, end, theme), area);
    if packages.is_empty() {
        frame.render_widget(Span::styled("Nothing is left to do.", theme.good), rows(area));
    }
    list::draw(frame, rows(area), theme, (Some(selection), packages.len()), |index| {
        let Some(package) = packages.get(index) else { return Line::default() };
        let before = index.checked_sub(1).and_then(|before| packages.get(before));
        let phase = if before.is_some_and(|before| before.phase == package.phase) { "" } else { package.phase.title() };
        row(package, phase, (title_width, chart, end), theme)
    });
}

fn heading<'a>(indent: usize, chart: usize, end: f64, theme: &Theme) -> Line<'a> {
    let months = format!("0 to {end:.1} months");
    let legend = "█ binds the end  ▒ has slack  ◆ milestone";
    let mut spans = vec![Span::styled("Plan", theme.title)];
    if chart >= months.len() + legend.len() + 3 {
        spans.push(Span::raw(" ".repeat(indent.saturating_sub(4))));
        spans.push(Span::styled(format!("{months}   {legend}"), theme.muted));
    } else {
        spans.push(Span::styled(format!("   {months}   {legend}"), theme.muted));
    }
    Line::from(spans)
}

fn row<'a>(
    package: &PackageForecast,
    phase: &'static str,
    (title_width, chart, end): (usize, usize, f64),
    theme: &Theme,
) -> Line<'a> {
    let (start, finish) = (cell(package.months.0, end, chart), cell(package.months.1, end, chart));
    let len = finish.saturating_sub(start).max(1).min(chart.saturating_sub(start).max(1));
    let (mark, style) = if package.criticality >= CRITICAL { ("█", theme.accent) } else { ("▒", theme.text) };
    let mut bar = mark.repeat(len);
    if package.milestone.is_some() {
        bar.pop();
        bar.push('◆');
    }
    Line::from(vec![
        Span::styled(column(phase, PHASE), theme.muted),
        Span::styled(column(&visible(&package.title), title_width), theme.text),
        Span::raw("  "),
        Span::raw(" ".repeat(start.min(chart.saturating_sub(1)))),
        Span::styled(bar, style),
        Span::styled(fit(&" ".repeat(chart.saturating_sub(start + len)), chart), theme.track),
        Span::styled(format!("{:>6.1}", package.months.1), theme.muted),
    ])
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "clamped")]
fn cell(month: f64, end: f64, cells: usize) -> usize {
    (month / end * cells as f64).round().clamp(0.0, cells as f64) as usize
}
