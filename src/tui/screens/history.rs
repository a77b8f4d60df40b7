//! What was done: who, when, what and why; the snapshots, what changed between two points, and any past state.
//!
//! ```text
//!  Stage 2 as claimed  ▁▃▅▆   12 % → 41 %, 62 of 170 answered
//!  ‹ all steps › 712 steps, 3 snapshots                          compared from “Board”
//!
//!    When (UTC)        Who       What
//!  › 2026-11-20 14:03  Eve       Snapshot “Board”
//!    2026-11-20 13:58  Eve       4.1-1 is answered with level 2 (documented), no longer open
//!
//!  4.1-1 is answered with …
//!  Because  the minutes are there
//! ```

mod compared;
mod filter;
mod steps;
#[cfg(test)]
mod tests;
mod trend;

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::{Line, Span};

use crate::domain::text::visible;
use crate::tui::action::Action;
use crate::tui::memo::Memo;
use crate::tui::overlay::{self, forms};
use crate::tui::screens::history::filter::Filter;
use crate::tui::session::{SaveState, Session};
use crate::tui::state::{Exit, Notice, Step};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{self, Selection, cycled};
use crate::tui::widgets::paint;

pub use trend::trend;

/// How many lines a page of the list is taken for.
const PAGE: isize = 10;
/// From this width on, the details stand beside the list.
const WIDE: u16 = 140;

/// What the screen remembers.
#[derive(Clone, Debug)]
pub struct State {
    filters: Vec<Filter>,
    filter: usize,
    selection: Selection,
    /// The number of steps up to the point that is compared from.
    marked: Option<usize>,
    /// The steps that are shown with the filter, newest first.
    shown: Memo<(usize, u64), Vec<usize>>,
}

impl State {
    /// Returns the screen: at the step whose state is looked at, else at the last one.
    #[must_use]
    pub fn new(session: &Session) -> Self {
        let mut state = Self {
            filters: Filter::all(session),
            filter: 0,
            selection: Selection::default(),
            marked: None,
            shown: Memo::default(),
        };
        if let Some((count, _)) = session.past() {
            let shown = state.shown(session);
            state.selection.set(shown.iter().position(|place| place + 1 == count).unwrap_or(0), shown.len());
        }
        state
    }

    fn filter(&self) -> &Filter {
        self.filters.get(self.filter).unwrap_or(&Filter::All)
    }

    /// Returns the places of the steps that are shown, the last one first.
    fn shown(&self, session: &Session) -> Arc<Vec<usize>> {
        self.shown.get((self.filter, session.revision()), || {
            let steps = session.history().steps().iter().enumerate().rev();
            steps.filter(|(_, step)| self.filter().shows(step)).map(|(place, _)| place).collect()
        })
    }

    /// Returns the place of the step that the keys act on.
    fn here(&self, session: &Session) -> Option<usize> {
        let shown = self.shown(session);
        shown.get(self.selection.of(shown.len())).copied()
    }
}

/// Takes an action.
pub fn update(state: &mut State, session: &mut Session, action: Action) -> Step {
    if let Some(why) = session.unknown_history().filter(|_| action != Action::Back) {
        return Step::problem(why);
    }
    let len = state.shown(session).len();
    match action {
        Action::Up => state.selection.step(-1, len),
        Action::Down => state.selection.step(1, len),
        Action::PageUp => state.selection.step(-PAGE, len),
        Action::PageDown => state.selection.step(PAGE, len),
        Action::First => state.selection.set(0, len),
        Action::Last => state.selection.set(usize::MAX, len),
        Action::NextFilter => filter_by(state, session, 1),
        Action::PreviousFilter => filter_by(state, session, -1),
        Action::Select => return mark(state, session),
        Action::Snapshot => {
            return match session.save_state() {
                SaveState::ReadOnly(why) => Step::problem(why),
                SaveState::Saved | SaveState::Saving | SaveState::NotSaved(_) => {
                    Step::exit(Exit::Form(Box::new(forms::snapshot(session))))
                }
            };
        }
        Action::Compare => return compare(state, session),
        Action::Confirm => return look(state, session),
        Action::OpenQuestion => return open(state, session),
        Action::Explain => return read(state, session),
        Action::Back if state.marked.is_some() => state.marked = None,
        Action::Back => return Step::exit(Exit::Home),
        _ => {}
    }
    Step::default()
}

fn filter_by(state: &mut State, session: &Session, by: isize) {
    let here = state.here(session);
    state.filter = cycled(state.filter, by, state.filters.len());
    let shown = state.shown(session);
    state.selection.set(shown.iter().position(|place| Some(*place) == here).unwrap_or(0), shown.len());
}

/// Marks the step to compare from, or takes the mark off.
fn mark(state: &mut State, session: &Session) -> Step {
    let here = state.here(session).map(|place| place + 1);
    if here.is_none() || state.marked == here {
        state.marked = None;
        return Step::default();
    }
    state.marked = here;
    let told = "Marked. Move to another step, and press d for what changed between the two.";
    Step { notice: Some(Notice::done(told)), ..Step::default() }
}

/// Shows what changed: between the marked step and the one that the keys act on, whichever came first; without a mark,
/// from the one that the keys act on to now.
fn compare(state: &State, session: &Session) -> Step {
    let Some(here) = state.here(session).map(|place| place + 1) else { return no_step() };
    let now = session.history().steps().len();
    let from = state.marked.filter(|marked| *marked != here);
    let (from, to) = from.map_or((here, now), |marked| (marked.min(here), marked.max(here)));
    match compared::compared(session, from, to) {
        Some(told) => Step::exit(Exit::Read(Box::new(told))),
        None => Step::problem("The history doesn't reach back so far: its beginning is lost."),
    }
}

/// Shows the whole assessment as it was.
fn look(state: &State, session: &Session) -> Step {
    state.here(session).map_or_else(no_step, |place| Step::exit(Exit::Past(place + 1)))
}

/// Shows all that the step says.
fn read(state: &State, session: &Session) -> Step {
    let step = state.here(session).and_then(|place| session.history().steps().get(place));
    step.map_or_else(no_step, |step| Step::exit(Exit::Read(Box::new(steps::whole(step)))))
}

/// Shows the question that the step is about.
fn open(state: &State, session: &Session) -> Step {
    let Some(step) = state.here(session).and_then(|place| session.history().steps().get(place)) else {
        return no_step();
    };
    let question = step.changes.iter().find_map(|made| overlay::question(&made.change));
    match question.filter(|question| session.questionnaire().item(question).is_some()) {
        Some(question) => Step::exit(Exit::Ask(question.clone())),
        None => Step::problem("This step is about no question."),
    }
}

fn no_step() -> Step {
    Step::problem("No step is shown: ← and → change the filter.")
}

/// Takes a click on a cell of the screen's area: on the filter it shows the next, on a step it selects it, and shows
/// the state after it when it was selected.
pub fn click(state: &mut State, session: &mut Session, area: Rect, at: (u16, u16)) -> Step {
    let parts = parts(area);
    let len = state.shown(session).len();
    if parts.filter.contains(Position { x: at.0, y: at.1 }) {
        filter_by(state, session, 1);
        return Step::default();
    }
    if at.0 >= parts.list.right() {
        return Step::default();
    }
    match state.selection.under(at.1, parts.list, len) {
        Some(line) if line == state.selection.of(len) => look(state, session),
        Some(line) => {
            state.selection.set(line, len);
            Step::default()
        }
        None => Step::default(),
    }
}

/// The parts of the screen.
struct Parts {
    trend: Rect,
    filter: Rect,
    heading: Rect,
    list: Rect,
    details: Rect,
    /// The snapshots with their figures, where there is room for them.
    snapshots: Option<Rect>,
}

fn parts(area: Rect) -> Parts {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let gap = u16::from(area.height > 16);
    let [trend, filter, _, lower] =
        Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Length(gap), Constraint::Min(0)])
            .areas(area);
    let (list, details, snapshots) = if area.width >= WIDE {
        let [list, _, right] =
            Layout::horizontal([Constraint::Fill(3), Constraint::Length(3), Constraint::Fill(2)]).areas(lower);
        let [details, _, snapshots] =
            Layout::vertical([Constraint::Fill(1), Constraint::Length(1), Constraint::Fill(1)]).areas(right);
        (list, details, Some(snapshots))
    } else {
        // A third for what the step says, the rest for the steps.
        let most = (lower.height / 3).clamp(3, 12);
        let [list, _, details] =
            Layout::vertical([Constraint::Min(1), Constraint::Length(gap), Constraint::Length(most)]).areas(lower);
        (list, details, None)
    };
    let [heading, list] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(list);
    Parts { trend, filter, heading, list, details, snapshots }
}

/// Draws the screen.
pub fn view(state: &State, session: &Session, theme: &Theme, frame: &mut Frame, area: Rect) {
    let parts = parts(area);
    paint::line(frame, trend(session, parts.trend.width, theme), parts.trend);
    let shown = state.shown(session);
    paint::line(frame, filter_line(state, session, &shown, theme), parts.filter);
    if shown.is_empty() || session.unknown_history().is_some() {
        let empty = "Nothing is here yet. Each answer, note and decision becomes a step; s gives a moment a label.";
        let told = session.unknown_history().unwrap_or(empty);
        frame.render_widget(ratatui::widgets::Paragraph::new(told).wrap(ratatui::widgets::Wrap::default()), parts.list);
        return;
    }
    let columns = steps::Columns::new(usize::from(parts.list.width));
    paint::line(frame, Span::styled(columns.heading(), theme.muted), parts.heading);
    let all = session.history().steps();
    list::draw_table(frame, parts.list, (theme, 2 + 16), (Some(state.selection), shown.len()), |index| {
        let place = shown.get(index).copied().unwrap_or_default();
        let is_marked = state.marked == Some(place + 1);
        all.get(place).map(|step| columns.line(step, is_marked, theme)).unwrap_or_default()
    });
    if let Some(step) = state.here(session).and_then(|place| all.get(place)) {
        steps::details(step, parts.details).draw_cut_to(": w ", theme, frame, parts.details);
    }
    if let Some(place) = parts.snapshots {
        steps::waypoints(&session.waypoints(), place.width).draw_cut(theme, frame, place);
    }
}

fn filter_line<'a>(state: &State, session: &Session, shown: &[usize], theme: &Theme) -> Line<'a> {
    let snapshots = match session.snapshots() {
        1 => "1 snapshot".to_owned(),
        many => format!("{many} snapshots"),
    };
    let steps = if shown.len() == 1 { "1 step".to_owned() } else { format!("{} steps", shown.len()) };
    let mut spans = vec![
        Span::styled(format!("‹ {} ›", state.filter().title()), theme.title),
        Span::styled(format!("  {steps}, {snapshots} in all"), theme.muted),
    ];
    let marked = state.marked.and_then(|count| session.history().steps().get(count.checked_sub(1)?));
    if let Some(step) = marked {
        spans.push(Span::styled(format!("   ◆ compared from: {}", visible(&step.told())), theme.accent));
    }
    Line::from(spans)
}
