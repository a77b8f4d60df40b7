//! The maturity of each area, with how much of it is answered and how its requirements stand.
//!
//! ```text
//! A.6  ████▒▒░░░░  2.4  18/27  3 3 2 · 1 0 3 – 2  AI system life cycle
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::level::Level;
use crate::domain::scoring::{AreaScore, Range, RequirementScore};
use crate::domain::text::visible;
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{column, fit};
use crate::tui::widgets::{bar, figure, paint, radar};

/// The width of an area where several stand on a line.
const CELL: u16 = 19;

/// Returns how many lines the areas take in a width, below their title, when each has but a few cells.
pub(super) fn compact_rows(areas: usize, width: u16) -> u16 {
    let columns = usize::from(width / CELL).max(1);
    u16::try_from(areas.div_ceil(columns)).unwrap_or(u16::MAX)
}

/// Draws the areas: a line each where there is room for it, else a few cells each.
pub(super) fn draw(areas: &[AreaScore], theme: &Theme, frame: &mut Frame, area: Rect) {
    let rows = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let has_bars = usize::from(rows.height) >= areas.len();
    let legend = match rows.width {
        _ if !has_bars => "  as claimed, 0 to 5, questions answered",
        ..60 => "  █ evidenced  ▒ claimed",
        _ => "  █ evidenced  ▒ claimed   each requirement 0 to 5, – excluded, · open",
    };
    let title = vec![Span::styled("Maturity by area", theme.title), Span::styled(legend, theme.muted)];
    paint::line(frame, Line::from(title), area);
    if has_bars {
        for (score, place) in areas.iter().zip(rows.rows()) {
            paint::line(frame, area_line(score, place.width, theme), place);
        }
        return;
    }
    // Too low for a line each. Down the columns, as one reads a table.
    let height = usize::from(compact_rows(areas.len(), rows.width)).max(1);
    for (column, scores) in (0..).zip(areas.chunks(height)) {
        for (score, place) in scores.iter().zip(rows.rows()) {
            let place = Rect { x: place.x + column * CELL, width: CELL, ..place }.intersection(rows);
            paint::line(frame, Line::from(area_cells(score, theme)), place);
        }
    }
}

/// Returns an area in a few cells: its id, its claimed maturity as the height of a block and as a figure, its coverage.
fn area_cells<'a>(score: &AreaScore, theme: &Theme) -> Vec<Span<'a>> {
    let maturity = &score.figures.maturity.claimed;
    let known = figure::known(maturity);
    vec![
        Span::styled(column(score.id.as_str(), 5), theme.text),
        Span::styled(
            known.map_or("·", |points| bar::block(points / Level::MOST_POINTS)),
            known.map_or(theme.muted, |points| theme.level(points)),
        ),
        Span::styled(format!(" {:>3}", figure::points(maturity)), theme.title),
        Span::styled(format!("  {}", figure::short_coverage(maturity)), theme.muted),
    ]
}

fn area_line<'a>(score: &AreaScore, width: u16, theme: &Theme) -> Line<'a> {
    let maturity = &score.figures.maturity;
    let share = |range: &Range| figure::known(range).unwrap_or(0.0) / Level::MOST_POINTS;
    let bar_width = if width >= 48 { 14 } else { 8 };
    let mut spans = vec![Span::styled(column(score.id.as_str(), 5), theme.text)];
    spans.extend(bar::two_shares(share(&maturity.evidenced), share(&maturity.claimed), bar_width, theme));
    spans.push(Span::styled(format!("{:>5}", figure::points(&maturity.claimed)), theme.title));
    spans.push(Span::styled(format!("{:>6}  ", figure::short_coverage(&maturity.claimed)), theme.muted));
    let mut rest = usize::from(width).saturating_sub(5 + bar_width + 5 + 8);
    if width >= 60 {
        for requirement in &score.requirements {
            let (digit, style) = digit(requirement, theme);
            spans.push(Span::styled(digit, style));
            spans.push(Span::raw(" "));
        }
        let cells = 2 * MOST_REQUIREMENTS.max(score.requirements.len());
        spans.push(Span::raw(" ".repeat(cells - 2 * score.requirements.len() + 1)));
        rest = rest.saturating_sub(cells + 1);
    }
    if rest >= 8 {
        spans.push(Span::styled(fit(&visible(&score.title), rest), theme.muted));
    }
    Line::from(spans)
}

/// For how many requirements there is room before the title: no area of the standard has more.
const MOST_REQUIREMENTS: usize = 9;

/// Returns a requirement as a digit, with its style.
fn digit(requirement: &RequirementScore, theme: &Theme) -> (String, ratatui::style::Style) {
    match figure::known(&requirement.figures.maturity.claimed) {
        _ if requirement.excluded => ("–".to_owned(), theme.muted),
        // What isn't reached isn't shown as reached: 1.9 is below the bar of 2.
        Some(points) => (format!("{:.0}", (points + 1e-9).floor()), theme.level(points)),
        None => ("·".to_owned(), theme.muted),
    }
}

/// Returns the axes of the radar. An area without an answer has no point on it.
pub(super) fn axes(areas: &[AreaScore]) -> Vec<radar::Axis> {
    let share = |range: &Range| figure::known(range).map(|middle| middle / Level::MOST_POINTS);
    areas
        .iter()
        .map(|score| radar::Axis {
            label: score.id.to_string(),
            outer: share(&score.figures.maturity.claimed),
            inner: share(&score.figures.maturity.evidenced),
        })
        .collect()
}
