//! The Statement of Applicability: every control, and what was decided about it. It is edited in place.
//!
//! ```text
//!  Version 2, not approved   31 apply, 5 excluded, 2 undecided   12 without a reason
//!
//!    Control                               Applies  Reasons         Claimed            By evidence    Answered  Owner
//!  › A.5.2  AI system impact assessment …  yes      risk, law       Implemented        Partly …       3/3       Eve
//!    A.7.3  Acquisition of data            no                       – the justification …
//! ```

#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::domain::change::Change;
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::soa::{Control, Decision, Soa};
use crate::domain::statement::{OwnControl, Status};
use crate::domain::text::visible;
use crate::tui::action::Action;
use crate::tui::overlay::forms;
use crate::tui::session::{SaveState, Session, Statement};
use crate::tui::state::{Exit, Notice, Step};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::list::{self, Selection, column, fit};
use crate::tui::widgets::page::Page;
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

/// A row: a control of the questionnaire, or one of the organisation's own.
enum Row<'a> {
    Control(&'a Control),
    Own(&'a RequirementId, &'a OwnControl),
}

impl Row<'_> {
    fn id(&self) -> &RequirementId {
        match self {
            Row::Control(control) => &control.id,
            Row::Own(id, _) => id,
        }
    }
}

fn row(soa: &Soa, index: usize) -> Option<Row<'_>> {
    match soa.controls.get(index) {
        Some(control) => Some(Row::Control(control)),
        None => soa.own.get(index.checked_sub(soa.controls.len())?).map(|(id, own)| Row::Own(id, own)),
    }
}

fn len(soa: &Soa) -> usize {
    soa.controls.len() + soa.own.len()
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
        Action::Confirm | Action::Exclude | Action::Reasons | Action::Owner | Action::Clear => {
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
    list::draw(frame, parts.list, theme, (Some(state.selection), len), |index| {
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
        Some(_) => Span::styled(format!("! {} changes since the approval", soa.changes.len()), theme.caution),
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

/// The cells of a status with its mark and the gap after it.
const STATUS: usize = 21;
const ANSWERED: usize = 9;

/// How wide the columns are.
struct Columns {
    title: usize,
    reasons: usize,
    status: usize,
    owner: usize,
}

impl Columns {
    fn new(width: usize) -> Self {
        // The mark of the list, the id, whether it applies, the coverage, and the gaps between them.
        let fixed = 2 + 9 + 6 + ANSWERED + 1 + 1;
        let rest = width.saturating_sub(fixed);
        let status = if width >= 110 { STATUS } else { 0 };
        let owner = if width >= 76 { (rest / 8).clamp(8, 22) } else { 0 };
        let reasons = (rest / 5).clamp(8, 30);
        Self { title: rest.saturating_sub(reasons + owner + STATUS + status), reasons, status, owner }
    }

    fn heading(&self) -> String {
        let mut heading = format!(
            "  {}{} {}{} {}",
            column("Control", 9),
            column("", self.title),
            column("Here", 6),
            column("Reasons", self.reasons),
            column("Claimed", STATUS)
        );
        if self.status > 0 {
            heading.push_str(&column("By the evidence", self.status));
        }
        heading.push_str(&column("Answered", ANSWERED));
        heading.push_str(&fit("Owner", self.owner));
        heading
    }

    fn line<'a>(&self, row: &Row<'_>, theme: &Theme) -> Line<'a> {
        let (title, owner) = match row {
            Row::Control(control) => (control.title.as_str(), control.owners.join(", ")),
            Row::Own(_, own) => (own.title.as_str(), own.owner.clone()),
        };
        let mut line = vec![
            Span::styled(column(&visible(row.id().as_str()), 9), theme.text),
            Span::styled(column(&visible(title), self.title), theme.text),
            Span::raw(" "),
        ];
        match row {
            Row::Control(Control { decision: Decision::Excluded { because }, .. }) => {
                line.push(Span::styled(column("– no", 6), theme.muted));
                let room = self.reasons + 1 + STATUS + self.status + ANSWERED;
                line.push(Span::styled(column(&visible(because), room), theme.muted));
            }
            Row::Control(Control { decision: Decision::Undecided, .. }) => {
                line.push(Span::styled(column("? open", 6), theme.caution));
                let room = self.reasons + 1 + STATUS + self.status + ANSWERED;
                let told = " no question of it concerns your role: decide";
                line.push(Span::styled(column(told, room), theme.caution));
            }
            Row::Control(control @ Control { decision: Decision::Applicable { status, .. }, .. }) => {
                let reasons: Vec<&str> = control.reasons.iter().map(|reason| reason.word()).collect();
                let (told, style) = if reasons.is_empty() {
                    ("! none".to_owned(), theme.caution)
                } else {
                    (reasons.join(", "), theme.text)
                };
                line.push(Span::styled(column("✓ yes", 6), theme.good));
                line.push(Span::styled(column(&told, self.reasons), style));
                line.push(Span::raw(" "));
                line.push(Span::styled(column(&mark(status.claimed), STATUS), style_of(status.claimed, theme)));
                if self.status > 0 {
                    line.push(Span::styled(
                        column(&mark(status.evidenced), self.status),
                        style_of(status.evidenced, theme),
                    ));
                }
                let answered = format!("{}/{}", control.answered.answered, control.answered.asked);
                line.push(Span::styled(column(&answered, ANSWERED), theme.muted));
            }
            Row::Own(_, own) => {
                line.push(Span::styled(column("✓ own", 6), theme.good));
                line.push(Span::styled(column(&visible(&own.reason), self.reasons), theme.text));
                line.push(Span::raw(" "));
                line.push(Span::styled(column(&mark(own.status), STATUS), style_of(own.status, theme)));
                line.push(Span::raw(" ".repeat(self.status + ANSWERED)));
            }
        }
        line.push(Span::styled(fit(&visible(&owner), self.owner), theme.text));
        Line::from(line)
    }
}

fn mark(status: Status) -> String {
    let mark = match status {
        Status::Open => "·",
        Status::NotImplemented => "○",
        Status::Partly => "◐",
        Status::Implemented => "●",
    };
    format!("{mark} {}", status.title())
}

fn style_of(status: Status, theme: &Theme) -> ratatui::style::Style {
    match status {
        Status::Open => theme.muted,
        Status::NotImplemented => theme.bad,
        Status::Partly => theme.caution,
        Status::Implemented => theme.good,
    }
}

fn details(soa: &Soa, row: &Row<'_>, width: u16) -> Page {
    let mut page = Page::new(width);
    match row {
        Row::Control(control) => {
            page.hanging(vec![(Role::Muted, format!("{}  ", control.id))], Role::Title, &control.title);
            page.paragraph(Role::Text, &control.line());
            let evidence: Vec<&str> = control.evidence.iter().map(|item| item.what.as_str()).collect();
            if !evidence.is_empty() {
                page.hanging(vec![(Role::Muted, "Evidence  ".to_owned())], Role::Text, &evidence.join("; "));
            }
        }
        Row::Own(id, own) => {
            page.hanging(vec![(Role::Muted, format!("{id}  "))], Role::Title, &own.title);
            page.paragraph(Role::Text, &own.reason);
        }
    }
    if let Some(change) = soa.changes.iter().find(|change| &change.control == row.id()) {
        let old = change.old.as_deref().unwrap_or("not in it");
        page.hanging(vec![(Role::Caution, "! Approved was  ".to_owned())], Role::Text, old);
    }
    page
}
