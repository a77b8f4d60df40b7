//! The Statement of Applicability: every control, and what was decided about it. It is edited in place.
//!
//! ```text
//!  Version 2, not approved   31 apply, 5 excluded, 2 undecided   12 without a reason
//!
//!    Control                               Applies  Reasons         Claimed            By evidence    Answered  Owner
//!  › A.5.2  AI system impact assessment …  yes      risk, law       Implemented        Partly …       3/3       Eve
//!    A.7.3  Acquisition of data            no                       – the justification …
//! ```

mod table;
#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::domain::change::Change;
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::report::words;
use crate::domain::text::visible;
use crate::tui::action::Action;
use crate::tui::overlay::forms;
use crate::tui::screens::soa::table::{Columns, Row, details, len, row};
use crate::tui::session::{SaveState, Session, Statement};
use crate::tui::state::{Exit, Notice, Step};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{self, Selection};
use crate::tui::widgets::paint;

/// How many lines a page of the list is taken for.
const PAGE: isize = 10;
/// The lines that tell of the control that the keys act on.
const DETAILS: u16 = 4;

/// What the screen remembers.
#[derive(Clone, Debug, Default)]
pub struct State {
    selection: Selection,
}

/// Takes an action.
pub fn update(state: &mut State, session: &mut Session, action: Action) -> Step {
    let statement = session.statement();
    let soa = &statement.soa;
    let len = len(soa);
    match action {
        Action::Up => state.selection.step(-1, len),
        Action::Down => state.selection.step(1, len),
        Action::PageUp => state.selection.step(-PAGE, len),
        Action::PageDown => state.selection.step(PAGE, len),
        Action::First => state.selection.set(0, len),
        Action::Last => state.selection.set(usize::MAX, len),
        Action::Back => return Step::exit(Exit::Home),
        Action::Approve => return form(session, |session| forms::approve(session, soa)),
        Action::New => return form(session, forms::own_control),
        Action::Confirm | Action::Explain | Action::Exclude | Action::Reasons | Action::Owner | Action::Clear => {
            return match row(soa, state.selection.of(len)) {
                Some(row) => on_row(session, &row, action),
                None => Step::problem("The questionnaire has no controls. n adds one of your own."),
            };
        }
        _ => {}
    }
    Step::default()
}

fn on_row(session: &mut Session, row: &Row<'_>, action: Action) -> Step {
    let id = row.id();
    let questions = questions(session, id);
    match (row, action) {
        (Row::Control(_), Action::Confirm) => match questions.first() {
            Some(question) => Step::exit(Exit::Ask(question.clone())),
            None => Step::default(),
        },
        (Row::Control(_), Action::Explain) => Step::exit(Exit::Explain(id.to_string())),
        (Row::Control(_), Action::Exclude) if session.assessment().exclusion(id).is_none() => {
            form(session, |session| forms::exclude(session, id))
        }
        (Row::Control(_), Action::Exclude) => {
            let change = Change::exclusion(session.assessment(), id, None);
            made(session, change, format!("{id} is included again. What was recorded for it counts."))
        }
        (Row::Control(_), Action::Reasons) => form(session, |session| forms::reasons(session, id)),
        (Row::Control(_), Action::Owner) => form(session, |session| forms::owner(session, &questions)),
        (Row::Own(_, _), Action::Clear) => {
            let change = Change::own_control(session.assessment(), id, None);
            made(session, change, format!("{id} is taken out. u brings it back."))
        }
        (Row::Control(_), _) => {
            Step::problem(format!("{id} belongs to the standard: x excludes it with a justification."))
        }
        (Row::Own(_, _), Action::Explain) => Step::problem(format!(
            "{id} is a control of your own: its status is what you said, and no figure rests on it."
        )),
        (Row::Own(_, _), _) => Step::problem(format!("{id} is a control of your own: c takes it out.")),
    }
}

fn questions(session: &Session, id: &RequirementId) -> Vec<QuestionId> {
    let requirement = session.questionnaire().requirement(id);
    let questions = requirement.into_iter().flat_map(|(_, requirement)| &requirement.questions);
    questions.map(|question| question.id.clone()).collect()
}

fn form(session: &Session, form: impl FnOnce(&Session) -> crate::tui::overlay::Form) -> Step {
    match session.save_state() {
        SaveState::ReadOnly(why) => Step::problem(why),
        SaveState::Saved | SaveState::Saving | SaveState::NotSaved(_) => {
            Step::exit(Exit::Form(Box::new(form(session))))
        }
    }
}

fn made(session: &mut Session, change: Change, told: String) -> Step {
    match session.change(change) {
        Ok(effects) => Step { effects, notice: Some(Notice::done(told)), ..Step::default() },
        Err(why) => Step::problem(why),
    }
}

/// Takes a click on a cell of the screen's area: it selects the control, and opens it when it was selected.
pub fn click(state: &mut State, session: &mut Session, area: Rect, at: (u16, u16)) -> Step {
    let len = len(&session.statement().soa);
    match state.selection.under(at.1, parts(area).list, len) {
        Some(line) if line == state.selection.of(len) => update(state, session, Action::Confirm),
        Some(line) => {
            state.selection.set(line, len);
            Step::default()
        }
        None => Step::default(),
    }
}

/// The parts of the screen.
struct Parts {
    summary: Rect,
    heading: Rect,
    list: Rect,
    details: Rect,
}

fn parts(area: Rect) -> Parts {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let gap = u16::from(area.height > 16);
    let [summary, heading, list, _, details] = Layout::vertical([
        Constraint::Length(1 + gap),
        Constraint::Length(1),
        Constraint::Min(1),
        Constraint::Length(gap),
        Constraint::Length(DETAILS),
    ])
    .areas(area);
    Parts { summary, heading, list, details }
}

/// Draws the screen.
pub fn view(state: &State, session: &Session, theme: &Theme, frame: &mut Frame, area: Rect) {
    let parts = parts(area);
    let statement = session.statement();
    let soa = &statement.soa;
    let len = len(soa);
    paint::line(frame, summary(&statement, theme), parts.summary);
    let columns = Columns::new(usize::from(parts.list.width));
    paint::line(frame, Span::styled(columns.heading(), theme.muted), parts.heading);
    list::draw_table(frame, parts.list, (theme, 9), (Some(state.selection), len), |index| {
        row(soa, index).map(|row| columns.line(&row, theme)).unwrap_or_default()
    });
    if let Some(row) = row(soa, state.selection.of(len)) {
        details(soa, &row, parts.details.width).draw_cut(theme, frame, parts.details);
    }
}

fn summary<'a>(statement: &Statement, theme: &Theme) -> Line<'a> {
    let Statement { soa, counts: (applies, excluded, undecided), undecided: open } = statement;
    let (undecided, open) = (*undecided, open.without_reason.len());
    let approved = match &soa.approval {
        Some(approval) if soa.is_approved() => {
            Span::styled(format!("✓ approved by {} on {}", visible(&approval.approver), approval.on), theme.good)
        }
        Some(_) => {
            Span::styled(format!("! {} since the approval", words::count(soa.changes.len(), "change")), theme.caution)
        }
        None => Span::styled("· not approved", theme.muted),
    };
    let mut line = vec![
        Span::styled(format!("Version {}  ", soa.version), theme.title),
        approved,
        Span::styled(format!("  {applies} apply, {excluded} excluded"), theme.text),
    ];
    if undecided > 0 {
        line.push(Span::styled(format!(", {undecided} undecided"), theme.caution));
    }
    if open > 0 {
        line.push(Span::styled(format!(", {open} without reason"), theme.caution));
    }
    Line::from(line)
}
