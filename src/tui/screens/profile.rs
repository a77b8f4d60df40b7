//! The organisation, as a form: each field with what it changes.
//!
//! ```text
//!  AI                                           │ AI systems in scope
//!    Role towards AI         several            │
//!  › AI systems in scope     ‹ 3 ›              │ Risk and impact assessments are done once for
//!    People doing AI work    8                  │ each: the strongest driver of effort.
//! ```

mod field;
#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::domain::assessment::Depth;
use crate::domain::change::{Change, Edit};
use crate::domain::flow::progress;
use crate::domain::profile::ProfileKey;
use crate::domain::text::visible;
use crate::domain::worth;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::overlay::{Help, forms};
use crate::tui::screens::profile::field::{ROWS, Row};
use crate::tui::session::{SaveState, Session};
use crate::tui::state::{Exit, Notice, Step};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::list::{self, Selection, column, fit};
use crate::tui::widgets::page::Page;

/// From this width on, what a field changes stands beside the list instead of below it.
const SIDE_BY_SIDE: u16 = 100;
const LABEL: usize = 24;
/// What stands behind a value that nobody has set.
const ASSUMED: &str = "  assumed";
const PAGE: isize = 10;

/// What the screen remembers.
#[derive(Clone, Debug)]
pub struct State {
    selection: Selection,
}

impl Default for State {
    fn default() -> Self {
        let mut state = Self { selection: Selection::default() };
        state.step(1);
        state
    }
}

impl State {
    fn row(&self) -> Row {
        ROWS.get(self.selection.of(ROWS.len())).copied().unwrap_or(Row::Gap)
    }

    /// Moves by some lines, over headings and gaps, and stops at the ends.
    fn step(&mut self, by: isize) {
        let before = self.selection;
        self.selection.step(by, ROWS.len());
        while !self.row().is_field() {
            let here = self.selection;
            self.selection.step(by.signum(), ROWS.len());
            if here == self.selection {
                self.selection = before;
                return;
            }
        }
    }

    fn first(&mut self) {
        self.selection.set(0, ROWS.len());
        self.step(1);
    }

    fn last(&mut self) {
        self.selection.set(usize::MAX, ROWS.len());
    }
}

/// Takes an action.
pub fn update(state: &mut State, session: &mut Session, action: Action) -> Step {
    match action {
        Action::Up => state.step(-1),
        Action::Down => state.step(1),
        Action::PageUp => (0..PAGE).for_each(|_| state.step(-1)),
        Action::PageDown => (0..PAGE).for_each(|_| state.step(1)),
        Action::First => state.first(),
        Action::Last => state.last(),
        Action::Left => return adjust(state.row(), session, -1),
        Action::Right => return adjust(state.row(), session, 1),
        Action::Confirm => return edit(state.row(), session),
        Action::Explain => {
            let worth = worth::worth(session.assessment(), session.scorecard(), session.forecast());
            return Step::exit(Exit::Read(Box::new(Help::worth(&worth))));
        }
        Action::Back => return Step::exit(Exit::Home),
        _ => {}
    }
    Step::default()
}

/// Takes a click on a cell of the screen's area: it selects the field, and changes it when it was selected.
pub fn click(state: &mut State, session: &mut Session, area: Rect, at: (u16, u16)) -> Step {
    let list = parts(area).list;
    let line = state.selection.under(at.1, list, ROWS.len()).filter(|_| at.0 < list.right());
    match line {
        Some(line) if line == state.selection.of(ROWS.len()) => edit(state.row(), session),
        Some(line) if ROWS.get(line).is_some_and(|row| row.is_field()) => {
            state.selection.set(line, ROWS.len());
            Step::default()
        }
        Some(_) | None => Step::default(),
    }
}

/// Sets a field of the profile from text, and says what it is now.
///
/// # Errors
///
/// Returns what the field takes, or why nothing can be changed here.
pub fn set(session: &mut Session, key: ProfileKey, value: &str) -> Result<Step, String> {
    let change = Change::profile(session.assessment(), key, value).map_err(|_| {
        format!("“{}” was not taken: “{}” takes {}.", fit(&visible(value), 40), key.label(), field::takes(key))
    })?;
    let before = progress(session.questionnaire(), session.assessment()).asked;
    let effects = session.change(change)?;
    if effects.is_empty() {
        return Ok(Step::default());
    }
    let asked = progress(session.questionnaire(), session.assessment()).asked;
    let told = format!("{}: {}.", key.label(), field::shown(key, session));
    let told = if asked == before { told } else { format!("{told} You are asked {asked} questions now.") };
    Ok(Step { effects, notice: Some(Notice::done(told)), ..Step::default() })
}

/// Changes the field by a step: the next choice, or one more.
fn adjust(row: Row, session: &mut Session, by: isize) -> Step {
    match row {
        Row::Depth => {
            let depth = session.assessment().depth();
            set_depth(session, if depth == Depth::Quick { Depth::Full } else { Depth::Quick })
        }
        Row::Key(key) => match field::stepped(key, session, by) {
            Some(value) => set(session, key, &value).unwrap_or_else(Step::problem),
            None => Step::problem(format!("Press Enter to change “{}”.", key.label())),
        },
        Row::Name => Step::problem("Press Enter to change the name."),
        Row::Heading(_) | Row::Gap => Step::default(),
    }
}

/// Opens the form of a field.
fn edit(row: Row, session: &mut Session) -> Step {
    if let SaveState::ReadOnly(why) = session.save_state() {
        return Step::problem(why);
    }
    match row {
        Row::Depth => Step::exit(Exit::Form(Box::new(forms::depth(session)))),
        Row::Key(key) => Step::exit(Exit::Form(Box::new(forms::profile(session, key)))),
        // The list is read anew: what others are called is not to be taken.
        Row::Name => Step { effects: vec![Effect::List], ..Step::exit(Exit::Form(Box::new(forms::name(session)))) },
        Row::Heading(_) | Row::Gap => Step::default(),
    }
}

/// Sets how many of the questions are asked, and says how many that are.
pub fn set_depth(session: &mut Session, new: Depth) -> Step {
    let old = session.assessment().depth();
    match session.change(Change::Depth(Edit { old, new })) {
        Ok(effects) if effects.is_empty() => Step::default(),
        Ok(effects) => {
            let asked = progress(session.questionnaire(), session.assessment()).asked;
            let told = format!("You are asked {asked} questions now. No answer is lost.");
            Step { effects, notice: Some(Notice::done(told)), ..Step::default() }
        }
        Err(why) => Step::problem(why),
    }
}

/// The parts of the screen.
struct Parts {
    list: Rect,
    told: Rect,
}

fn parts(area: Rect) -> Parts {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2).min(150), ..area };
    let (list, told) = if area.width + 2 >= SIDE_BY_SIDE {
        let [list, _, told] =
            Layout::horizontal([Constraint::Max(70), Constraint::Length(4), Constraint::Min(30)]).areas(area);
        (list, told)
    } else {
        let [list, _, told] =
            Layout::vertical([Constraint::Min(3), Constraint::Length(1), Constraint::Length(5)]).areas(area);
        (list, told)
    };
    Parts { list, told }
}

/// Draws the screen.
pub fn view(state: &State, session: &Session, theme: &Theme, frame: &mut Frame, area: Rect) {
    let parts = parts(area);
    let selected = state.selection.of(ROWS.len());
    let width = usize::from(parts.list.width).saturating_sub(LABEL + 4 + ASSUMED.len());
    list::draw(frame, parts.list, theme, (Some(state.selection), ROWS.len()), |index| {
        ROWS.get(index).map(|row| line(*row, session, (index == selected, width), theme)).unwrap_or_default()
    });
    let mut told = Page::new(parts.told.width);
    told.paragraph(Role::Title, state.row().label());
    told.paragraph(Role::Text, state.row().changes());
    if let Some(takes) = state.row().takes() {
        told.hanging(vec![(Role::Muted, "Takes ".to_owned())], Role::Muted, &takes);
    }
    worth(&mut told, session, usize::from(parts.told.height));
    told.draw_cut(theme, frame, parts.told);
}

/// Adds whether a certificate is worth it for this organisation, where there is room for all of it.
fn worth(page: &mut Page, session: &Session, height: usize) {
    let worth = worth::worth(session.assessment(), session.scorecard(), session.forecast());
    let mut with = page.clone();
    with.blank();
    with.paragraph(Role::Title, "Is a certificate worth it?");
    with.paragraph(Role::Text, &format!("{}.", worth.advice.title()));
    for (mark, reasons) in [("+ ", &worth.reasons_for), ("- ", &worth.reasons_against)] {
        for reason in reasons {
            with.hanging(vec![(Role::Muted, mark.to_owned())], Role::Text, reason);
        }
    }
    with.blank();
    with.paragraph(Role::Muted, worth.advice.alternative());
    if with.len() <= height {
        *page = with;
    }
}

fn line<'a>(row: Row, session: &Session, (is_selected, width): (bool, usize), theme: &Theme) -> Line<'a> {
    match row {
        Row::Heading(heading) => return Line::styled(heading, theme.accent),
        Row::Gap => return Line::default(),
        Row::Name | Row::Depth | Row::Key(_) => {}
    }
    let value = row.value(session);
    let is_assumed = row.is_assumed(session);
    let (text, style) = match value.as_str() {
        _ if !row.is_field() => (String::new(), theme.text),
        "" => ("not set".to_owned(), theme.muted),
        _ => (fit(&visible(&value), width), if is_assumed { theme.muted } else { theme.text }),
    };
    let text = if is_selected && row.is_adjustable(session) { format!("‹ {text} ›") } else { text };
    let assumed = if is_assumed { ASSUMED } else { "" };
    Line::from(vec![
        Span::styled(column(row.label(), LABEL), theme.muted),
        Span::styled(text, style),
        Span::styled(assumed, theme.muted),
    ])
}
