//! How long it takes: the distribution, the plan, and what moves the end.
//!
//! ```text
//!  Certificate in 8.4 months (6 Aug 2027), as likely earlier as later; 10.1 (27 Sep 2027) to be 80 % sure.
//!  One or two sentences that say why.
//!
//!       ▂▅█▇▆▄▃▂▁                                   the histogram
//!  0    3    6    9    12 months                    with P10, P50, P80, P90 and what is typical
//!
//!  Scope      Agree the scope           ██          the plan, by phase
//! ```

mod distribution;
mod gantt;
mod tornado;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use crate::domain::roadmap::Milestone;
use crate::domain::timeline::{Forecast, day_after};
use crate::tui::action::Action;
use crate::tui::session::Session;
use crate::tui::state::{Exit, Step};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::Selection;

/// How many lines a page of the plan is taken for.
const PAGE: isize = 10;

/// What the screen remembers.
#[derive(Clone, Debug, Default)]
pub struct State {
    selection: Selection,
}

/// Takes an action.
pub fn update(state: &mut State, session: &mut Session, action: Action) -> Step {
    let len = session.forecast().map_or(0, |forecast| forecast.packages.len());
    match action {
        Action::Up => state.selection.step(-1, len),
        Action::Down => state.selection.step(1, len),
        Action::PageUp => state.selection.step(-PAGE, len),
        Action::PageDown => state.selection.step(PAGE, len),
        Action::First => state.selection.set(0, len),
        Action::Last => state.selection.set(usize::MAX, len),
        Action::Confirm => return open(state, session),
        Action::Back => return Step::exit(Exit::Home),
        _ => {}
    }
    Step::default()
}

/// Takes a click on a cell of the screen's area: it selects the package, and opens it when it was selected.
pub fn click(state: &mut State, session: &mut Session, area: Rect, at: (u16, u16)) -> Step {
    let Some(forecast) = session.forecast() else { return Step::default() };
    let len = forecast.packages.len();
    let place = gantt::rows(parts(area).gantt);
    match state.selection.under(at.1, place, len) {
        Some(line) if line == state.selection.of(len) => open(state, session),
        Some(line) => {
            state.selection.set(line, len);
            Step::default()
        }
        None => Step::default(),
    }
}

fn open(state: &State, session: &Session) -> Step {
    let Some(forecast) = session.forecast() else { return Step::default() };
    let order = gantt::order(forecast);
    let package = order.get(state.selection.of(order.len()));
    match package.and_then(|package| package.questions.first()) {
        Some(question) => Step::exit(Exit::Ask(question.clone())),
        None if package.is_some() => Step::problem("This step closes no question: it is there whatever you answer."),
        None => Step::default(),
    }
}

/// The parts of the screen.
struct Parts {
    summary: Rect,
    distribution: Rect,
    tornado: Option<Rect>,
    gantt: Rect,
}

fn parts(area: Rect) -> Parts {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let (summary, charts) = match area.height {
        ..=21 => (4, 6),
        22..=30 => (5, 8),
        _ => (5, 11),
    };
    let [summary, _, charts, _, gantt] = Layout::vertical([
        Constraint::Length(summary),
        Constraint::Length(u16::from(area.height > 21)),
        Constraint::Length(charts),
        Constraint::Length(1),
        Constraint::Min(0),
    ])
    .areas(area);
    if area.width < 100 {
        return Parts { summary, distribution: charts, tornado: None, gantt };
    }
    let [distribution, _, tornado] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(3), Constraint::Fill(1)]).areas(charts);
    Parts { summary, distribution, tornado: Some(tornado), gantt }
}

/// Draws the screen.
pub fn view(state: &State, session: &Session, theme: &Theme, frame: &mut Frame, area: Rect) {
    let Some(forecast) = session.forecast() else {
        let text = if session.is_simulating() {
            "Working out the timeline …"
        } else {
            "This questionnaire has no road map, so there is no timeline."
        };
        let place = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        frame.render_widget(Span::styled(text, theme.muted), place);
        return;
    };
    let parts = parts(area);
    let text = Paragraph::new(summary(forecast, session.is_simulating(), theme)).wrap(Wrap { trim: true });
    frame.render_widget(text, parts.summary);
    distribution::draw(frame, parts.distribution, forecast, theme);
    if let Some(place) = parts.tornado {
        tornado::draw(frame, place, forecast, theme);
    }
    gantt::draw(frame, parts.gantt, forecast, state.selection, theme);
}

fn summary<'a>(forecast: &Forecast, is_stale: bool, theme: &Theme) -> Vec<Line<'a>> {
    let Some(months) = forecast.milestone(Milestone::Certificate) else { return vec![] };
    let mut first = vec![
        Span::styled("Certificate  ", theme.text),
        Span::styled(format!("{:.1} months", months.p50), theme.accent),
        Span::styled(format!(", {} (50 %)   ", date(forecast, months.p50)), theme.text),
        Span::styled(format!("{:.1} months", months.p80), theme.accent),
        Span::styled(format!(", {} (80 %)", date(forecast, months.p80)), theme.text),
    ];
    if is_stale {
        first.push(Span::styled("   working …", theme.muted));
    }
    let mut lines = vec![Line::from(first)];
    if let Some(target) = &forecast.target {
        let text = format!("By {}: {:.0} % likely.", told(target.date), target.probability * 100.0);
        lines.push(Line::styled(text, theme.text));
    }
    lines.push(Line::styled(forecast.explanation.clone(), theme.muted));
    lines
}

fn date(forecast: &Forecast, months: f64) -> String {
    told(day_after(forecast.start, months))
}

/// Returns a date as people write it.
fn told(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}
