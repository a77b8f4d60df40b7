//! When the certificate comes, as recorded and as tried out, how likely the target is, and why it takes so long.

use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use crate::domain::roadmap::Milestone;
use crate::domain::timeline::{Forecast, Percentiles, TYPICAL_MONTHS, day_after};
use crate::tui::session::Session;
use crate::tui::theme::Theme;

/// Draws it.
pub fn draw(frame: &mut Frame, area: Rect, session: &Session, recorded: &Forecast, theme: &Theme) {
    let mut lines = vec![when("Certificate", recorded, theme)];
    let supposition = session.supposition();
    let supposed = supposition.and_then(|supposition| supposition.forecast());
    if supposition.is_some() {
        lines.push(match supposed {
            Some(supposed) => when("If so", supposed, theme),
            None => Line::styled("If so        working …", theme.muted),
        });
    }
    lines.push(outlook(recorded, supposed, session.is_simulating(), theme));
    let told = supposed.unwrap_or(recorded).explanation.clone();
    lines.push(Line::styled(told, theme.muted));
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: true }), area);
}

fn when<'a>(name: &str, forecast: &Forecast, theme: &Theme) -> Line<'a> {
    let Percentiles { p50, p80, .. } = forecast.milestone(Milestone::Certificate).unwrap_or_default();
    Line::from(vec![
        Span::styled(format!("{name:<12} "), theme.text),
        Span::styled(format!("{p50:.1} months"), theme.accent),
        Span::styled(format!(", {} (50 %)   ", date(forecast, p50)), theme.text),
        Span::styled(format!("{p80:.1} months"), theme.accent),
        Span::styled(format!(", {} (80 %)", date(forecast, p80)), theme.text),
    ])
}

/// Returns how much sooner or later it would be.
fn difference<'a>(recorded: &Forecast, supposed: &Forecast, theme: &Theme) -> Span<'a> {
    let middle = |forecast: &Forecast| forecast.milestone(Milestone::Certificate).unwrap_or_default().p50;
    let saved = middle(recorded) - middle(supposed);
    if saved.abs() < 0.05 {
        Span::styled("No difference.", theme.muted)
    } else if saved > 0.0 {
        Span::styled(format!("↓ {saved:.1} months sooner."), theme.good)
    } else {
        Span::styled(format!("↑ {:.1} months later.", -saved), theme.caution)
    }
}

fn outlook<'a>(recorded: &Forecast, supposed: Option<&Forecast>, is_stale: bool, theme: &Theme) -> Line<'a> {
    let mut spans = vec![];
    let target = |forecast: &Forecast| {
        forecast.target.map(|outlook| (told(outlook.date), format!("{:.0} %", outlook.probability * 100.0)))
    };
    match (target(recorded), supposed.map(target)) {
        (Some((date, likely)), None) => spans.push(format!("By {date}: {likely} likely.")),
        (Some((date, likely)), Some(Some((then, so)))) if date == then => {
            spans.push(format!("By {date}: {likely} likely, {so} if so."));
        }
        (_, Some(Some((date, likely)))) => spans.push(format!("By {date}: {likely} likely if so.")),
        (None, None | Some(None)) => spans.push("No target is set.".to_owned()),
        (Some((date, likely)), Some(None)) => spans.push(format!("By {date}: {likely} likely; no target if so.")),
    }
    if supposed.is_none() {
        let (from, to) = TYPICAL_MONTHS;
        spans.push(format!("Typical: {from:.0} to {to:.0} months."));
    }
    if is_stale {
        spans.push("Working …".to_owned());
    }
    let mut line = Line::styled(spans.join("  "), theme.text);
    if let Some(supposed) = supposed {
        line.spans.splice(0..0, [difference(recorded, supposed, theme), Span::raw("  ")]);
    }
    line
}

fn date(forecast: &Forecast, months: f64) -> String {
    told(day_after(forecast.start, months))
}

/// Returns a date as people write it.
fn told(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}
