//! Reports: which there are, what goes in, and where they were written.
//!
//! ```text
//!  Write a report
//!  › Markdown   the summary and the full report, for people
//!    JSON       everything, for programs
//!
//!  Folder   /home/eve
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use crate::domain::report::Report;
use crate::domain::text::visible;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::session::Session;
use crate::tui::state::{Exit, Notice, Step};
use crate::tui::theme::Theme;
use crate::tui::widgets::figure;
use crate::tui::widgets::list::{self, Selection, column};

/// The formats, as (word, title, what it is).
const FORMATS: [(&str, &str, &str); 3] = [
    ("md", "Markdown", "the summary and the full report, for people"),
    ("json", "JSON", "everything, for programs and for safe keeping"),
    ("ics", "Calendar", "packages, milestones and audits, for your calendar"),
];

/// What the screen remembers.
#[derive(Clone, Debug, Default)]
pub struct State {
    selection: Selection,
}

/// Takes an action.
pub fn update(state: &mut State, session: &mut Session, action: Action) -> Step {
    match action {
        Action::Up => state.selection.step(-1, FORMATS.len()),
        Action::Down => state.selection.step(1, FORMATS.len()),
        Action::First => state.selection.set(0, FORMATS.len()),
        Action::Last => state.selection.set(usize::MAX, FORMATS.len()),
        Action::Confirm => return write(state, session),
        Action::Back if session.is_exporting() => {
            session.forget_export();
            return Step { notice: Some(Notice::done("Not waiting for the report any more.")), ..Step::default() };
        }
        Action::Back => return Step::exit(Exit::Home),
        _ => {}
    }
    Step::default()
}

/// Takes a click on a cell of the screen's area: it selects the format, and writes it when it was selected.
pub fn click(state: &mut State, session: &mut Session, area: Rect, at: (u16, u16)) -> Step {
    let place = parts(area).formats;
    match state.selection.under(at.1, place, FORMATS.len()) {
        Some(line) if line == state.selection.of(FORMATS.len()) => write(state, session),
        Some(line) => {
            state.selection.set(line, FORMATS.len());
            Step::default()
        }
        None => Step::default(),
    }
}

fn write(state: &State, session: &mut Session) -> Step {
    let Some((format, _, _)) = FORMATS.get(state.selection.of(FORMATS.len())) else { return Step::default() };
    if session.is_simulating() {
        return Step::problem("The timeline is still being worked out. Try again in a moment.");
    }
    let Some(ticket) = session.begin_export() else {
        return Step::problem("A report is being written; wait for it, or step back with Esc.");
    };
    let report = Report::new(
        session.questionnaire(),
        session.assessment(),
        session.scorecard().clone(),
        session.forecast().cloned(),
        session.today(),
    );
    let folder = session.export_folder().clone();
    let name = session.assessment().name().to_owned();
    Step::effects(vec![Effect::Export { ticket, report: Box::new(report), format, name, folder }])
}

/// The parts of the screen.
struct Parts {
    title: Rect,
    formats: Rect,
    details: Rect,
}

fn parts(area: Rect) -> Parts {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2).min(100), ..area };
    let rows = u16::try_from(FORMATS.len()).unwrap_or(u16::MAX);
    let [title, formats, _, details] =
        Layout::vertical([Constraint::Length(2), Constraint::Length(rows), Constraint::Length(1), Constraint::Min(0)])
            .areas(area);
    Parts { title, formats, details }
}

/// Draws the screen.
pub fn view(state: &State, session: &Session, theme: &Theme, frame: &mut Frame, area: Rect) {
    let parts = parts(area);
    frame.render_widget(Span::styled("Write a report", theme.title), parts.title);
    list::draw(frame, parts.formats, theme, (Some(state.selection), FORMATS.len()), |index| {
        let Some((_, title, what)) = FORMATS.get(index) else { return Line::default() };
        Line::from(vec![Span::styled(column(title, 12), theme.text), Span::styled(*what, theme.muted)])
    });
    let details = Paragraph::new(details(session, theme)).wrap(Wrap { trim: false });
    frame.render_widget(details, parts.details);
}

fn details<'a>(session: &Session, theme: &Theme) -> Vec<Line<'a>> {
    let card = session.scorecard();
    let row = |label: &str, text: String| {
        Line::from(vec![Span::styled(column(label, 14), theme.muted), Span::styled(text, theme.text)])
    };
    let folder = session.export_folder().display().to_string();
    let mut lines = vec![
        Line::styled("What goes in", theme.title),
        row(
            "Verdict",
            format!("{}, by the evidence: {}", card.verdict.claimed.title(), card.verdict.evidenced.title()),
        ),
        row("Readiness", readiness(session)),
        row("Answers", format!("{}, with notes, evidence and owners", figure::coverage(&card.overall.stage2.claimed))),
        row("Findings", format!("{}, and the Statement of Applicability", card.findings.len())),
        row(
            "Timeline",
            if session.forecast().is_some() { "with its milestones and packages" } else { "none" }.to_owned(),
        ),
        Line::default(),
        row("Folder", visible(&folder).into_owned()),
    ];
    if session.is_exporting() {
        lines.push(Line::default());
        lines.push(Line::styled("· writing …", theme.muted));
    }
    for path in session.written().iter().rev().take(5) {
        lines.push(row("Written", visible(&path.display().to_string()).into_owned()));
    }
    lines.push(Line::default());
    lines.push(Line::styled(
        "A report holds everything that was written down here, names and notes included: read it before you hand it on.",
        theme.muted,
    ));
    lines
}

fn readiness(session: &Session) -> String {
    let overall = &session.scorecard().overall;
    let told = |range| format!("{} ({})", figure::percent(range), figure::coverage(range));
    format!("Stage 1 {}, Stage 2 {}", told(&overall.stage1.claimed), told(&overall.stage2.claimed))
}
