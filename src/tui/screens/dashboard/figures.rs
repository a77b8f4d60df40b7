//! The verdict, and how ready and how mature, as bars with their bounds.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use crate::domain::flow::Progress;
use crate::domain::level::Level;
use crate::domain::scoring::{Range, Scorecard, Verdict, Views, least_answers};
use crate::tui::session::Session;
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{column, fit};
use crate::tui::widgets::{bar, figure, paint};

/// Returns the verdict, as claimed and by the evidence. Before the first answer nothing is claimed.
pub(super) fn verdict<'a>(card: &Scorecard, theme: &Theme) -> Line<'a> {
    if card.completion.answered == 0 {
        return Line::styled(
            "· Nothing is answered yet, so there is no verdict. F2 leads to the questions.",
            theme.muted,
        );
    }
    if card.is_early() {
        let Progress { answered, asked } = card.answered();
        let least = least_answers(asked);
        let told = format!("· {answered} of {asked} questions are answered: a verdict and readiness from {least} on.");
        return Line::styled(told, theme.muted);
    }
    let mark = |verdict| match verdict {
        Verdict::NotReady => ("○", theme.bad),
        Verdict::ReadyForStage1 => ("◐", theme.caution),
        Verdict::ReadyForStage2 => ("●", theme.good),
    };
    let told = |verdict: Verdict, title: &str| {
        // Where only what is open stands in the way, the verdict isn't that something is missing.
        let (mark, style) = if title == verdict.title() { mark(verdict) } else { ("·", theme.caution) };
        Span::styled(format!("{mark} {title}"), style.add_modifier(Modifier::BOLD))
    };
    let titles = card.verdict_titles();
    let claimed = told(card.verdict.claimed, titles.claimed);
    let evidenced = told(card.verdict.evidenced, titles.evidenced);
    Line::from(vec![
        claimed,
        Span::styled(" as claimed   ", theme.muted),
        evidenced,
        Span::styled(" by the evidence", theme.muted),
    ])
}

pub(super) fn gauges(session: &Session, theme: &Theme, frame: &mut Frame, area: Rect) {
    let overall = &session.scorecard().overall;
    let rows: [(&str, Views<Range>, f64); 3] = [
        ("Stage 1 readiness", overall.stage1, 1.0),
        ("Stage 2 readiness", overall.stage2, 1.0),
        ("Maturity, 0 to 5", overall.maturity, Level::MOST_POINTS),
    ];
    let bar_width = usize::from(area.width).saturating_sub(62).clamp(8, 40);
    for ((label, range, of), place) in rows.into_iter().zip(area.rows()) {
        let is_early = session.scorecard().is_early();
        let share = |range: &Range| figure::known(range).filter(|_| !is_early).unwrap_or(0.0) / of;
        let (value, bounds) = if is_early {
            ("–".to_owned(), String::new())
        } else if of > 1.0 {
            (figure::points(&range.claimed), figure::point_bounds(&range.claimed))
        } else {
            (figure::percent(&range.claimed), figure::percent_bounds(&range.claimed))
        };
        let mut spans = vec![Span::styled(column(label, 19), theme.text)];
        spans.extend(bar::two_shares(share(&range.evidenced), share(&range.claimed), bar_width, theme));
        spans.push(Span::styled(format!("{value:>7}  "), theme.title));
        spans.push(Span::styled(column(&bounds, 13), theme.muted));
        let is_narrow = usize::from(area.width) < 41 + bar_width + "170 of 170 answered".len();
        let coverage =
            if is_narrow { figure::short_coverage(&range.claimed) } else { figure::coverage(&range.claimed) };
        spans.push(Span::styled(fit(&coverage, usize::from(area.width).saturating_sub(41 + bar_width)), theme.muted));
        paint::line(frame, Line::from(spans), place);
    }
}
