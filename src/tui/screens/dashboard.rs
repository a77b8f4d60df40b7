//! Where one stands: verdict, readiness, maturity, and what stands in the way. A second page shows all requirements.
//!
//! ```text
//!  ○ Not ready                                      by evidence: Not ready
//!
//!  Stage 1 readiness  ██████▒▒▒░░░░░   58 %   41 to 77 %   27 of 38 answered
//!  Stage 2 readiness  ████▒▒░░░░░░░░   41 %   30 to 60 %   62 of 170 answered
//!  Maturity, 0 to 5   ███▒▒░░░░░░░░░    1.9   1.2 to 3.0   62 of 170 answered
//!
//!  Maturity by area                    The next best actions
//!  4    ███▒░░  2.1  Context …         › 4.3-1   +1.9     0.8 days  Is it written down which …
//!                                        What stands in the way of Stage 1  12
//! ```

mod areas;
mod figures;
mod heat;
mod leads;
mod parts;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::domain::explain::OVERALL;
use crate::tui::action::Action;
use crate::tui::layout;
use crate::tui::memo::Memo;
use crate::tui::message::Size;
use crate::tui::overlay::Help;
use crate::tui::screens::dashboard::figures::{gauges, verdict};
use crate::tui::screens::dashboard::leads::{Lead, lead_line, leads, title};
use crate::tui::screens::dashboard::parts::{below_title, inner, parts};
use crate::tui::screens::history;
use crate::tui::session::Session;
use crate::tui::state::{Exit, Step};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::Selection;
use crate::tui::widgets::{list, paint, radar};

/// How many lines a page of the list is taken for.
const PAGE: isize = 10;

/// What the screen remembers.
#[derive(Clone, Debug, Default)]
pub struct State {
    page: Page,
    selection: Selection,
    requirement: usize,
    leads: Memo<u64, Vec<Lead>>,
}

impl State {
    /// Returns what leads to questions.
    fn leads(&self, session: &Session) -> Arc<Vec<Lead>> {
        self.leads.get(session.revision(), || leads(session))
    }
}

/// Returns how many rows tell how readiness went.
fn trend_rows(session: &Session) -> u16 {
    u16::from(!session.waypoints().is_empty())
}

/// What the screen shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Page {
    /// The figures, and what stands in the way.
    #[default]
    Overview,
    /// All requirements.
    Requirements,
}

/// Takes an action.
pub fn update(state: &mut State, session: &mut Session, size: Size, action: Action) -> Step {
    if action == Action::NextFilter || action == Action::PreviousFilter {
        state.page = if state.page == Page::Overview { Page::Requirements } else { Page::Overview };
        return Step::default();
    }
    if state.page == Page::Requirements {
        return on_map(state, session, size, action);
    }
    let leads = state.leads(session);
    match action {
        Action::Up => step(state, &leads, -1),
        Action::Down => step(state, &leads, 1),
        Action::PageUp => step(state, &leads, -PAGE),
        Action::PageDown => step(state, &leads, PAGE),
        Action::First => state.selection.set(0, leads.len()),
        Action::Last => state.selection.set(usize::MAX, leads.len()),
        Action::Confirm => return open(state, &leads),
        Action::Explain => {
            let lead = leads.get(state.selection.of(leads.len()));
            let gaps = session.gaps();
            let gap = lead
                .filter(|lead| lead.is_action)
                .and_then(|lead| gaps.all.iter().find(|gap| gap.question.as_str() == lead.id));
            return Step::exit(match (gap, lead) {
                (Some(gap), _) => Exit::Read(Box::new(Help::action(gap))),
                (None, lead) => Exit::Explain(lead.map_or_else(|| OVERALL.to_owned(), |lead| lead.id.clone())),
            });
        }
        Action::Back => return Step::exit(Exit::Home),
        _ => {}
    }
    Step::default()
}

/// Moves by some lines; no title is stopped at.
fn step(state: &mut State, leads: &[Lead], by: isize) {
    state.selection.step(by, leads.len());
    // A title is never the last line, nor the first.
    while leads.get(state.selection.of(leads.len())).is_some_and(Lead::is_title) {
        state.selection.step(by.signum(), leads.len());
    }
}

/// Takes an action on the page of all requirements.
fn on_map(state: &mut State, session: &Session, size: Size, action: Action) -> Step {
    let areas = &session.scorecard().areas;
    let width = layout::screen(size).map_or(0, |parts| inner(parts.body).width);
    let by = match action {
        Action::Up => (0, -1),
        Action::Down => (0, 1),
        Action::Left => (-1, 0),
        Action::Right => (1, 0),
        Action::PageUp => (0, -PAGE),
        Action::PageDown => (0, PAGE),
        Action::First => (isize::MIN, 0),
        Action::Last => (isize::MAX, 0),
        Action::Confirm => return ask(heat::question(session, state.requirement)),
        Action::Explain => {
            let mut all = areas.iter().flat_map(|area| &area.requirements);
            let id = all.nth(state.requirement).map_or_else(|| OVERALL.to_owned(), |score| score.id.to_string());
            return Step::exit(Exit::Explain(id));
        }
        Action::Back => {
            state.page = Page::Overview;
            return Step::default();
        }
        _ => return Step::default(),
    };
    state.requirement = heat::step(areas, width, state.requirement, by);
    Step::default()
}

/// Takes a click on a cell of the screen's area: it opens the question behind what stands there.
pub fn click(state: &mut State, session: &mut Session, area: Rect, at: (u16, u16)) -> Step {
    let map = match state.page {
        Page::Requirements => Some(below_title(inner(area))),
        Page::Overview => parts(area, session.scorecard().areas.len(), trend_rows(session)).map,
    };
    if let Some(map) = map.filter(|map| map.contains(Position { x: at.0, y: at.1 })) {
        return match heat::under(&session.scorecard().areas, map, state.requirement, at) {
            Some(requirement) => {
                state.requirement = requirement;
                ask(heat::question(session, requirement))
            }
            None => Step::default(),
        };
    }
    let leads = state.leads(session);
    let place = parts(area, session.scorecard().areas.len(), trend_rows(session)).list;
    if state.page == Page::Requirements || !place.contains(Position { x: at.0, y: at.1 }) {
        return Step::default();
    }
    match state.selection.under(at.1, place, leads.len()) {
        Some(line) => {
            state.selection.set(line, leads.len());
            open(state, &leads)
        }
        None => Step::default(),
    }
}

fn open(state: &State, leads: &[Lead]) -> Step {
    ask(leads.get(state.selection.of(leads.len())).and_then(|lead| lead.question.clone()))
}

fn ask(question: Option<crate::domain::id::QuestionId>) -> Step {
    question.map_or_else(Step::default, |question| Step::exit(Exit::Ask(question)))
}

/// Draws the screen.
pub fn view(state: &State, session: &Session, theme: &Theme, frame: &mut Frame, area: Rect) {
    if state.page == Page::Requirements {
        let area = inner(area);
        paint::line(frame, map_title(area.width, theme), area);
        heat::draw(session, state.requirement, theme, frame, below_title(area));
        return;
    }
    let card = session.scorecard();
    let parts = parts(area, card.areas.len(), trend_rows(session));
    paint::line(frame, verdict(card, theme), parts.verdict);
    gauges(session, theme, frame, parts.gauges);
    if parts.trend.height > 0 {
        paint::line(frame, history::trend(session, parts.trend.width, theme), parts.trend);
    }
    areas::draw(&card.areas, theme, frame, parts.areas);
    if let Some(place) = parts.radar {
        radar::draw(frame, place, &areas::axes(&card.areas), theme);
    }
    if let Some(map) = parts.map {
        let title = Rect { y: map.y.saturating_sub(2), height: 1, ..map };
        paint::line(frame, map_title(title.width, theme), title);
        heat::draw(session, state.requirement, theme, frame, map);
    }
    let leads = state.leads(session);
    let offset = state.selection.visible(leads.len(), usize::from(parts.list.height)).start;
    paint::line(frame, title(session, (&leads, offset), theme), parts.list_title);
    if leads.is_empty() {
        paint::line(frame, Span::styled("Nothing that an auditor would write down.", theme.good), parts.list);
    }
    list::draw_table(frame, parts.list, (theme, leads::ID), (Some(state.selection), leads.len()), |index| {
        leads.get(index).map(|lead| lead_line(lead, parts.list.width, theme)).unwrap_or_default()
    });
}

fn map_title<'a>(width: u16, theme: &Theme) -> Line<'a> {
    let legend = if width >= 100 {
        "  as claimed, 0 to 5, with the questions answered; 2 is the bar of Stage 1, 3 of Stage 2"
    } else {
        "  as claimed, 0 to 5, questions answered"
    };
    Line::from(vec![Span::styled("All requirements", theme.title), Span::styled(legend, theme.muted)])
}
