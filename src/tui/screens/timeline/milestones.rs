//! When each milestone is reached, in months and as dates.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::timeline::{Forecast, MilestoneForecast, told_day};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::column;
use crate::tui::widgets::paint;

/// The lines that it needs.
pub const HEIGHT: u16 = 5;
/// The cells of a milestone's name.
const NAME: usize = 22;

/// Draws it.
pub fn draw(frame: &mut Frame, area: Rect, forecast: &Forecast, theme: &Theme) {
    let heading =
        format!("{:<NAME$}{:>8}{:>8}{:>8}{:>8}   {:<14}{}", "", "10 %", "50 %", "80 %", "90 %", "50 % by", "80 % by");
    let title = Line::from(vec![
        Span::styled(column("Months from the start", NAME), theme.title),
        Span::styled(heading.get(NAME..).unwrap_or_default().to_owned(), theme.muted),
    ]);
    let rows = forecast.milestones.iter().map(|milestone| row(forecast, milestone, theme));
    for (line, place) in std::iter::once(title).chain(rows).zip(area.rows()) {
        paint::line(frame, line, place);
    }
}

fn row<'a>(forecast: &Forecast, milestone: &MilestoneForecast, theme: &Theme) -> Line<'a> {
    let months = milestone.months;
    let by = |months| told_day(forecast.start, months).format("%-d %b %Y").to_string();
    Line::from(vec![
        Span::styled(column(milestone.milestone.title(), NAME), theme.text),
        Span::styled(format!("{:>8.1}", months.p10), theme.muted),
        Span::styled(format!("{:>8.1}{:>8.1}", months.p50, months.p80), theme.accent),
        Span::styled(format!("{:>8.1}", months.p90), theme.muted),
        Span::styled(format!("   {:<14}{}", by(months.p50), by(months.p80)), theme.text),
    ])
}
