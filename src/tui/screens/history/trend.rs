//! How readiness went from snapshot to snapshot and to now.

use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::domain::flow::Progress;
use crate::domain::scoring::{Range, least_answers};
use crate::tui::session::Session;
use crate::tui::theme::Theme;
use crate::tui::widgets::list::fit;
use crate::tui::widgets::{figure, spark};

/// Returns how readiness went from snapshot to snapshot and to now, in a line.
#[must_use]
pub fn trend<'a>(session: &Session, width: u16, theme: &Theme) -> Line<'a> {
    let waypoints = session.waypoints();
    let Some(first) = waypoints.first() else {
        let none = "No snapshot yet. s on History makes one; this line then shows how you moved.";
        let told = session.unknown_history().unwrap_or(none);
        return Line::styled(fit(told, usize::from(width)), theme.muted);
    };
    let now = &session.scorecard().overall.stage2.claimed;
    // From a few answers, readiness says more about what is assumed than about them, here too.
    let told = |range: &Range| {
        let Progress { answered, asked } = range.answered;
        if answered < least_answers(asked) { "–".to_owned() } else { figure::percent(range) }
    };
    let (old, new) = (told(&first.stage2), told(now));
    let to = session.past().map_or("now", |_| "then");
    let (label, since, answered) = match width {
        ..78 => ("Stage 2  ", String::new(), figure::short_coverage(now)),
        78..100 => ("Stage 2  ", format!(" on {}", first.day), figure::short_coverage(now)),
        _ => ("Stage 2, claimed  ", format!(" on {}", first.day), figure::coverage(now)),
    };
    let told = format!("{old}{since} → {new} {to}, {} → {answered}", figure::short_coverage(&first.stage2));
    // Of many snapshots the last ones are shown, where there is little room.
    let room = usize::from(width).saturating_sub(label.len() + told.width() + 3).max(2);
    let skip = waypoints.len().saturating_sub(room);
    let blocks = spark::spark(waypoints.iter().skip(skip).map(|waypoint| &waypoint.stage2).chain([now]));
    Line::from(vec![
        Span::styled(label, theme.muted),
        Span::styled(format!("{blocks}  "), theme.accent),
        Span::styled(told, theme.text),
    ])
}
