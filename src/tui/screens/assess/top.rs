//! The line on top: how far one is, and how ready, with what the last answer moved.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::domain::assessment::Depth;
use crate::domain::scoring::{Figures, Range, least_answers};
use crate::tui::session::Session;
use crate::tui::theme::Theme;
use crate::tui::widgets::{bar, figure, paint};

/// From this width on, figures stand in words.
const WIDE: u16 = 136;
/// From this width on, there is room for a bar, whatever the figures are.
const WITH_BAR: u16 = 92;
/// The cells of the bar as long as there are no figures.
const BAR_BEFORE: u16 = 10;

/// By how many percentage points the last answer moved the readiness for Stage 1 and Stage 2, as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moved(pub i64, pub i64);

impl Moved {
    /// Returns what moved between two states of the figures; none where there was no figure before.
    pub fn between(before: &Figures, after: &Figures) -> Option<Self> {
        let moved = |from: &Range, to: &Range| Some(shown(to)? - shown(from)?);
        let stage1 = moved(&before.stage1.claimed, &after.stage1.claimed);
        let stage2 = moved(&before.stage2.claimed, &after.stage2.claimed)?;
        Some(Self(stage1.unwrap_or(0), stage2))
    }
}

/// Returns a share as the whole percentage that is shown.
#[expect(clippy::cast_possible_truncation, reason = "a share is from 0 to 1")]
fn shown(range: &Range) -> Option<i64> {
    figure::known(range).map(|middle| (middle * 100.0).round() as i64)
}

/// Returns the bounds of a share as `2–98`, for where there is little room.
fn bounds(range: &Range) -> String {
    if figure::percent_bounds(range).is_empty() {
        return String::new();
    }
    format!("({:.0}–{:.0})", range.low * 100.0, range.high * 100.0)
}

/// Returns how sure a figure is: what it can still become where there is room, and of how much it speaks.
fn sureness(range: &Range, (width, is_tight): (u16, bool)) -> String {
    let coverage = figure::short_coverage(range);
    match width {
        WIDE.. => format!("{} {}", figure::percent_bounds(range), figure::coverage(range)),
        // The bounds are the first to go: what is left is a score with its coverage.
        _ if is_tight || width < 78 => coverage,
        _ => format!("{:<8} {coverage:<7}", bounds(range)),
    }
}

/// Draws the line.
pub(super) fn draw(session: &Session, moved: Option<Moved>, theme: &Theme, frame: &mut Frame, area: Rect) {
    let so_far = session.progress();
    let is_wide = area.width >= WIDE;
    let is_quick = session.assessment().depth() == Depth::Quick;
    let scan = if is_wide && is_quick { "Quick scan: " } else { "" };
    let answered = format!("{scan}{} of {}{} ", so_far.answered, so_far.asked, if is_wide { " answered" } else { "" });
    let overall = &session.scorecard().overall;
    let least = least_answers(so_far.asked);
    if so_far.answered < least {
        let told = match area.width {
            ..64 => format!("  Readiness: from {least} answers on."),
            _ => format!("  How ready you are is shown from {least} answers on."),
        };
        let mut line = vec![Span::styled(answered, theme.text)];
        line.extend(bar::share(so_far.share(), usize::from(BAR_BEFORE), theme));
        line.push(Span::styled(told, theme.muted));
        return paint::line(frame, Line::from(line), area);
    }
    let readiness = [
        ("Stage 1", &overall.stage1.claimed, moved.map(|moved| moved.0)),
        ("Stage 2", &overall.stage2.claimed, moved.map(|moved| moved.1)),
    ];
    let of = |is_tight| readiness.iter().flat_map(|it| figure(it, (area.width, is_tight), theme)).collect::<Vec<_>>();
    let taken = |figures: &[Span<'_>]| answered.width() + figures.iter().map(Span::width).sum::<usize>();
    let with_bounds = of(false);
    let figures = if taken(&with_bounds) > usize::from(area.width) { of(true) } else { with_bounds };
    let room = usize::from(area.width).saturating_sub(taken(&figures)).min(40);
    let mut line = vec![Span::styled(answered, theme.text)];
    if area.width >= WITH_BAR && room >= 5 {
        line.extend(bar::share(so_far.share(), room, theme));
    }
    line.extend(figures);
    paint::line(frame, Line::from(line), area);
}

/// Returns a figure with what moved it and how sure it is. Where it is tight, less is said of the latter.
fn figure<'a>(
    (label, range, by): &(&str, &Range, Option<i64>),
    (width, is_tight): (u16, bool),
    theme: &Theme,
) -> [Span<'a>; 4] {
    let gap = if width >= WIDE { "  " } else { " " };
    let label = if width < 64 { label.replace("Stage ", "S") } else { (*label).to_owned() };
    [
        Span::styled(format!("{gap}{label} "), theme.muted),
        Span::styled(format!("{:>5}", figure::percent(range)), theme.title),
        match by {
            Some(by) if *by > 0 => Span::styled(format!("{:<3} ", format!(" +{by}")), theme.good),
            Some(by) if *by < 0 => Span::styled(format!("{:<3} ", format!(" −{}", by.abs())), theme.bad),
            Some(_) => Span::styled(" ±0 ", theme.muted),
            None => Span::raw("    "),
        },
        Span::styled(sureness(range, (width, is_tight)), theme.muted),
    ]
}
