//! When the certificate comes, as recorded and as tried out, how likely the target is, and why it takes so long.

use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::report::first_guess;
use crate::domain::roadmap::Milestone;
use crate::domain::timeline::{Forecast, Percentiles, TYPICAL_MONTHS, day_after, told_day};
use crate::tui::session::Session;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::page::Page;
use crate::tui::widgets::paint;

/// The width from which on a milestone's both dates stand on a line.
const ONE_LINE: u16 = 76;

/// Draws it.
pub fn draw(frame: &mut Frame, area: Rect, session: &Session, recorded: &Forecast, theme: &Theme) {
    let mut lines = when("Certificate", recorded, area.width, theme);
    let supposition = session.supposition();
    let supposed = supposition.and_then(|supposition| supposition.forecast());
    if supposition.is_some() {
        match supposed {
            Some(supposed) => lines.extend(when("If so", supposed, area.width, theme)),
            None => lines.push(Line::styled("If so        working …", theme.muted)),
        }
    }
    let mut pieces = vec![];
    if let Some(supposed) = supposed {
        let saved = supposition.and_then(|supposition| supposition.comparison()).map(|comparison| comparison.saved);
        pieces.push(difference(recorded, supposed, saved, theme));
    }
    pieces.extend(outlook(recorded, supposed).into_iter().map(|told| Span::styled(told, theme.text)));
    let late = late(supposed.unwrap_or(recorded), session.today());
    if late > 0 {
        let packages = if late == 1 { "package" } else { "packages" };
        pieces.push(Span::styled(format!("{late} {packages} late."), theme.caution));
    }
    if session.is_simulating() {
        pieces.push(Span::styled("Working …", theme.muted));
    }
    lines.extend(in_lines(pieces, usize::from(area.width)));
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(area.height);
    for (line, place) in lines.into_iter().zip(area.rows()) {
        paint::line(frame, line, place);
    }
    let mut why = Page::new(area.width);
    // The screen is looked at before the report is: what is only guessed is called so here too.
    let guess = first_guess(session.scorecard(), session.assessment().profile());
    if !guess.is_empty() {
        why.paragraph(Role::Caution, &guess);
    }
    why.paragraph(Role::Muted, &explained(recorded, supposed));
    let place = Rect { y: area.y + rows, height: area.height - rows, ..area };
    why.draw_cut_to(": w ", theme, frame, place);
}

/// Returns why it takes so long, as it would be where something is tried out.
fn explained(recorded: &Forecast, supposed: Option<&Forecast>) -> String {
    let Some(supposed) = supposed else { return recorded.explanation.clone() };
    let mut letters = supposed.explanation.chars();
    let first = letters.next().map(|letter| letter.to_lowercase().to_string()).unwrap_or_default();
    format!("If so: {first}{}", letters.as_str())
}

/// Returns pieces one after the other, in as many lines as they take.
fn in_lines(pieces: Vec<Span<'_>>, width: usize) -> Vec<Line<'_>> {
    let mut lines = vec![Line::default()];
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if line.width() == 0 => line.push_span(piece),
            Some(line) if line.width() + 2 + piece.width() <= width => {
                line.push_span(Span::raw("  "));
                line.push_span(piece);
            }
            Some(_) | None => lines.push(Line::from(piece)),
        }
    }
    lines
}

/// Returns when the certificate comes, in a line; in two where a date would be broken.
fn when<'a>(name: &str, forecast: &Forecast, width: u16, theme: &Theme) -> Vec<Line<'a>> {
    let Percentiles { p50, p80, .. } = forecast.milestone(Milestone::Certificate).unwrap_or_default();
    let told = |months: f64, sure: &str| {
        [
            Span::styled(format!("{months:.1} months"), theme.accent),
            Span::styled(format!(", {} ({sure} %)", date(forecast, months)), theme.text),
        ]
    };
    let mut line = Line::styled(format!("{name:<12} "), theme.text);
    line.extend(told(p50, "50"));
    if width < ONE_LINE {
        return vec![line, told(p80, "80").into_iter().collect()];
    }
    line.push_span(Span::raw("   "));
    line.extend(told(p80, "80"));
    vec![line]
}

/// Returns how much sooner or later it would be, with the range over the trials.
fn difference<'a>(recorded: &Forecast, supposed: &Forecast, saved: Option<Percentiles>, theme: &Theme) -> Span<'a> {
    let middle = |forecast: &Forecast| forecast.milestone(Milestone::Certificate).unwrap_or_default().p50;
    let months = saved.map_or_else(|| middle(recorded) - middle(supposed), |saved| saved.p50);
    let range = |sign: f64| {
        let ends = saved.map(|saved| (saved.p10 * sign, saved.p90 * sign)).map(|(a, b)| (a.min(b), a.max(b)));
        ends.map(|(least, most)| format!(" ({least:.1} to {most:.1})")).unwrap_or_default()
    };
    if months.abs() < 0.05 {
        let is_none = middle(recorded).total_cmp(&middle(supposed)).is_eq();
        Span::styled(if is_none { "No difference." } else { "Less than 0.1 months of difference." }, theme.muted)
    } else if months > 0.0 {
        Span::styled(format!("↓ {months:.1} months sooner{}.", range(1.0)), theme.good)
    } else {
        Span::styled(format!("↑ {:.1} months later{}.", -months, range(-1.0)), theme.caution)
    }
}

/// Returns how many packages would have to have started already for the target.
fn late(forecast: &Forecast, today: NaiveDate) -> usize {
    forecast.latest_starts.iter().filter(|latest| is_late(forecast, latest.months, today)).count()
}

/// Returns whether a latest start, in months from the project's start, is over on a day.
pub fn is_late(forecast: &Forecast, months: f64, today: NaiveDate) -> bool {
    months < 0.0 || day_after(forecast.start, months) < today
}

fn outlook(recorded: &Forecast, supposed: Option<&Forecast>) -> Vec<String> {
    let mut spans = vec![];
    let target = |forecast: &Forecast| {
        // A share of the trials is never certainty.
        let share = |probability: f64| {
            if probability > 0.99 { "over 99 %".to_owned() } else { format!("{:.0} %", probability * 100.0) }
        };
        forecast.target.map(|outlook| (told(outlook.date), share(outlook.probability)))
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
    spans
}

fn date(forecast: &Forecast, months: f64) -> String {
    told(told_day(forecast.start, months))
}

/// Returns a date as people write it.
fn told(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}
