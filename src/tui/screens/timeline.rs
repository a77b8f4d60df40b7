//! How long it takes: the plan, how likely each month is, what moves the end, and what other circumstances would change.
//!
//! ```text
//!  Certificate in 8.4 months, 6 Aug 2027 (50 %)   10.1 months, 27 Sep 2027 (80 %)      as recorded
//!  If so       in 6.9 months, 21 Jun 2027 (50 %)   8.2 months, 31 Jul 2027 (80 %)      what is tried out
//!  One or two sentences that say why.
//!
//!       ▂▅█▇▆▄▃▂▁                          What moves the end, or: What if
//!  0    3    6    9    12 months            the tornado, or the sliders
//!
//!  Plan to the certificate                  the plan, by phase
//!  + Scope     6 pieces    ██▒
//! ```

mod distribution;
mod gantt;
mod levers;
mod milestones;
mod parts;
mod scale;
mod summary;
mod tornado;
mod tree;

#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::crossterm::event::KeyCode;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::domain::report::first_guess;
use crate::domain::timeline::Forecast;
use crate::tui::action::Action;
use crate::tui::keymap::Hint;
use crate::tui::overlay::Help;
use crate::tui::session::Session;
use crate::tui::state::{Exit, Notice, Step};
use crate::tui::theme::Theme;
use crate::tui::view::ALWAYS_SHOWN;
use crate::tui::widgets::list::Selection;
use crate::tui::widgets::paint;
use gantt::Plan;
use parts::parts;
use scale::Zoom;
use tree::{Folds, Row};

/// How many lines a page of the plan is taken for.
const PAGE: isize = 10;

/// What the screen remembers.
#[derive(Clone, Debug, Default)]
pub struct State {
    focus: Focus,
    selection: Selection,
    lever: Selection,
    folds: Folds,
    zoom: Zoom,
}

/// What the keys act on, and where there is little room what is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Focus {
    #[default]
    Plan,
    Levers,
    Chances,
}

/// Returns what the footer shows: while something is tried out, the keys move the sliders.
#[must_use]
pub fn hints(state: &State, is_supposed: bool, footer: &[Hint]) -> Vec<Hint> {
    let as_recorded = || Hint::new("c", "as recorded", KeyCode::Char('c'));
    match state.focus {
        Focus::Plan if is_supposed => return [as_recorded()].into_iter().chain(footer.iter().cloned()).collect(),
        Focus::Plan => return footer.to_vec(),
        // Charts have no lines to open, and no time to zoom into.
        Focus::Chances => {
            let here = footer.iter().filter(|hint| !["open", "zoom"].contains(&&*hint.word)).cloned();
            return is_supposed.then(as_recorded).into_iter().chain(here).collect();
        }
        Focus::Levers => {}
    }
    let of = |action_word: &str| footer.iter().find(|hint| hint.word == action_word).cloned();
    let last = footer.iter().skip(footer.len().saturating_sub(ALWAYS_SHOWN)).cloned();
    let mut hints = vec![Hint::new("←→", "change", KeyCode::Right), Hint::new("↑↓", "move", KeyCode::Down)];
    hints.extend(of("keep"));
    hints.push(as_recorded());
    hints.push(Hint::new("Esc", "to the plan", KeyCode::Esc));
    hints.extend(last);
    hints
}

/// Takes an action.
pub fn update(state: &mut State, session: &mut Session, action: Action) -> Step {
    match action {
        Action::WhatIf => state.focus = if state.focus == Focus::Levers { Focus::Plan } else { Focus::Levers },
        Action::NextFilter => state.focus = if state.focus == Focus::Chances { Focus::Plan } else { Focus::Chances },
        Action::Back if state.focus != Focus::Plan => state.focus = Focus::Plan,
        Action::Back => return Step::exit(Exit::Back),
        Action::Keep => return keep(session),
        Action::Explain => {
            let guess = first_guess(session.scorecard(), session.assessment().profile());
            let told = |forecast| Step::exit(Exit::Read(Box::new(Help::forecast(forecast, guess))));
            return shown(session).map_or_else(Step::default, told);
        }
        Action::Clear if session.supposition().is_some() => {
            session.forget_supposition();
            return Step { notice: Some(Notice::done("Back to the profile as it is recorded.")), ..Step::default() };
        }
        _ if state.focus == Focus::Levers => return move_lever(state, session, action),
        _ if state.focus == Focus::Chances => {}
        _ => return walk(state, session, action),
    }
    Step::default()
}

fn keep(session: &mut Session) -> Step {
    if session.supposition().is_none() {
        return Step::problem("Nothing is tried out. Press s, and move something with ← and →.");
    }
    match session.keep_supposition() {
        Ok(effects) => {
            let told = "Recorded in the profile. u takes it back, field by field.";
            Step { effects, notice: Some(Notice::done(told)), ..Step::default() }
        }
        Err(why) => Step::problem(why),
    }
}

fn move_lever(state: &mut State, session: &mut Session, action: Action) -> Step {
    let len = levers::KEYS.len();
    let by = match action {
        Action::Up => return moved_selection(&mut state.lever, -1, len),
        Action::Down => return moved_selection(&mut state.lever, 1, len),
        Action::PageUp | Action::First => return moved_selection(&mut state.lever, isize::MIN + 1, len),
        Action::PageDown | Action::Last => return moved_selection(&mut state.lever, isize::MAX, len),
        Action::Left => -1,
        Action::Right | Action::Confirm => 1,
        _ => return Step::default(),
    };
    let Some(key) = levers::KEYS.get(state.lever.of(len)).copied() else { return Step::default() };
    let Some(text) = levers::moved(session, key, by) else { return Step::default() };
    match session.suppose(key, &text) {
        Ok(effects) => Step::effects(effects),
        Err(why) => Step::problem(why),
    }
}

fn moved_selection(selection: &mut Selection, by: isize, len: usize) -> Step {
    selection.step(by, len);
    Step::default()
}

/// Walks through the plan.
fn walk(state: &mut State, session: &Session, action: Action) -> Step {
    let Some(forecast) = shown(session) else { return Step::default() };
    let rows = state.folds.rows(forecast);
    let len = rows.len();
    let here = rows.get(state.selection.of(len)).copied();
    match action {
        Action::Up => state.selection.step(-1, len),
        Action::Down => state.selection.step(1, len),
        Action::PageUp => state.selection.step(-PAGE, len),
        Action::PageDown => state.selection.step(PAGE, len),
        Action::First => state.selection.set(0, len),
        Action::Last => state.selection.set(usize::MAX, len),
        Action::ZoomIn => state.zoom = state.zoom.closer(here.map(|row| row.phase())),
        Action::ZoomOut => state.zoom = state.zoom.wider(),
        Action::Right => return here.map_or_else(Step::default, |row| unfold(state, row)),
        Action::Left => {
            if let Some(row) = here {
                let closed = state.folds.close(&row);
                let rows = state.folds.rows(forecast);
                let at = rows.iter().position(|row| *row == closed).unwrap_or(0);
                state.selection.set(at, rows.len());
            }
        }
        Action::Confirm => return here.map_or_else(Step::default, |row| open(state, row)),
        _ => {}
    }
    Step::default()
}

/// Opens a line or, where it is open, closes it; a question leads to where it is answered.
fn open(state: &mut State, row: Row<'_>) -> Step {
    match row {
        Row::Question(_, question) => Step::exit(Exit::Ask(question.clone())),
        _ if state.folds.is_open(&row) => {
            state.folds.close(&row);
            Step::default()
        }
        _ => unfold(state, row),
    }
}

fn unfold(state: &mut State, row: Row<'_>) -> Step {
    match row {
        Row::Package(package) if package.questions.is_empty() => {
            Step::problem("This step closes no question: it is there whatever you answer.")
        }
        _ => {
            state.folds.open(&row);
            Step::default()
        }
    }
}

/// Takes a click on a cell of the screen's area: it selects the line, and opens it when it was selected.
pub fn click(state: &mut State, session: &mut Session, area: Rect, at: (u16, u16)) -> Step {
    let parts = parts(area, state.focus, session.supposition().is_some());
    let position = ratatui::layout::Position { x: at.0, y: at.1 };
    if let Some(place) = parts.levers.map(levers::rows).filter(|place| place.contains(position)) {
        if let Some(line) = state.lever.under(at.1, place, levers::KEYS.len()) {
            state.focus = Focus::Levers;
            state.lever.set(line, levers::KEYS.len());
        }
        return Step::default();
    }
    let Some(forecast) = shown(session) else { return Step::default() };
    let rows = state.folds.rows(forecast);
    let Some(place) = parts.gantt.map(gantt::rows).filter(|place| place.contains(position)) else {
        return Step::default();
    };
    let Some(line) = state.selection.under(at.1, place, rows.len()) else { return Step::default() };
    let was_selected = state.focus == Focus::Plan && line == state.selection.of(rows.len());
    state.focus = Focus::Plan;
    state.selection.set(line, rows.len());
    match rows.get(line).copied().filter(|_| was_selected) {
        Some(row) => open(state, row),
        None => Step::default(),
    }
}

/// Returns the forecast that the plan shows: what is tried out, or what is recorded.
fn shown(session: &Session) -> Option<&Forecast> {
    session.supposition().and_then(|supposition| supposition.forecast()).or(session.forecast())
}

/// Draws the screen.
pub fn view(state: &State, session: &Session, theme: &Theme, frame: &mut Frame, area: Rect) {
    let (Some(recorded), Some(shown)) = (session.forecast(), shown(session)) else {
        let text = if session.is_simulating() {
            "Working out the timeline …"
        } else {
            "This questionnaire has no road map, so there is no timeline."
        };
        let place = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        paint::line(frame, Span::styled(text, theme.muted), place);
        return;
    };
    let supposition = session.supposition();
    let parts = parts(area, state.focus, supposition.is_some());
    summary::draw(frame, parts.summary, session, recorded, theme);
    let base = supposition.is_some().then_some(recorded);
    if let Some(place) = parts.distribution {
        distribution::draw(frame, place, shown, base, theme);
    }
    if let Some(place) = parts.tornado {
        tornado::draw(frame, place, shown, theme);
    }
    if let Some(place) = parts.levers {
        let selection = (state.focus == Focus::Levers).then_some(state.lever);
        levers::draw(frame, place, session, selection, theme);
    }
    if let Some(place) = parts.milestones {
        milestones::draw(frame, place, shown, theme);
    }
    if let Some(place) = parts.gantt {
        let plan = Plan {
            forecast: shown,
            questionnaire: session.questionnaire(),
            folds: &state.folds,
            zoom: state.zoom,
            today: session.today(),
        };
        let selection = (state.focus == Focus::Plan).then_some(state.selection);
        gantt::draw(frame, place, plan, selection, theme);
    }
}
