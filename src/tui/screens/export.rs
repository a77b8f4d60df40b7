//! Reports: for whom, in which formats, what goes in, how far they are, and where they were written.
//!
//! ```text
//!  Write reports
//!  › For       ‹ Full report ›
//!    Names     ‹ shown ›
//!    ✓ PDF     to hand over: paginated, with charts
//!      HTML    one page for a browser, with charts
//!
//!  What goes in
//!  Folder   /home/eve
//! ```

mod choice;
mod details;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use crate::domain::text::visible;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, WrittenReports};
use crate::tui::screens::export::choice::{Choice, FORMATS};
use crate::tui::session::Session;
use crate::tui::state::{Exit, Notice, Step};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{self, Selection, column};

/// The lines before the formats: for whom, and whether names are shown.
const BEFORE: usize = 2;
const LINES: usize = BEFORE + FORMATS.len();

/// What the screen remembers.
#[derive(Clone, Debug, Default)]
pub struct State {
    selection: Selection,
    choice: Choice,
}

/// Takes an action.
pub fn update(state: &mut State, session: &mut Session, action: Action) -> Step {
    match action {
        Action::Up => state.selection.step(-1, LINES),
        Action::Down => state.selection.step(1, LINES),
        Action::First => state.selection.set(0, LINES),
        Action::Last => state.selection.set(usize::MAX, LINES),
        Action::Left => state.choice.turn(state.selection.of(LINES), -1),
        Action::Right => state.choice.turn(state.selection.of(LINES), 1),
        Action::Confirm => return write(state, session),
        Action::OpenReport => return open(session),
        Action::Back => {
            return match session.call_export_off() {
                Some(effect) => {
                    let notice = Some(Notice::done("Called off; nothing is written."));
                    Step { effects: vec![effect], notice, ..Step::default() }
                }
                None => Step::exit(Exit::Home),
            };
        }
        _ => {}
    }
    Step::default()
}

/// Takes a click on a cell of the screen's area: it selects a line, and changes it when it was selected.
pub fn click(state: &mut State, _session: &mut Session, area: Rect, at: (u16, u16)) -> Step {
    if let Some(line) = state.selection.under(at.1, parts(area).choices, LINES) {
        if line == state.selection.of(LINES) {
            state.choice.turn(line, 1);
        }
        state.selection.set(line, LINES);
    }
    Step::default()
}

/// Returns what to say when reports were written.
pub fn told(written: &WrittenReports) -> Notice {
    let paths = written.paths.iter().map(|path| visible(&path.display().to_string()).into_owned());
    let told = format!("Written: {}.", paths.collect::<Vec<_>>().join(", "));
    if written.remarks.is_empty() {
        return Notice::done(told);
    }
    Notice::problem(format!("{told} {}", written.remarks.join(" ")))
}

fn write(state: &State, session: &mut Session) -> Step {
    if session.is_simulating() {
        return Step::problem("The timeline is still being worked out. Try again in a moment.");
    }
    let formats = state.choice.formats();
    if formats.is_empty() {
        return Step::problem("No format is ticked. Move to one, and tick it with →.");
    }
    match session.begin_export(formats, state.choice.audience(), state.choice.names()) {
        Some(effect) => Step::effects(vec![effect]),
        None => Step::problem("Reports are being written; wait for them, or call them off with Esc."),
    }
}

fn open(session: &Session) -> Step {
    match session.written().last() {
        Some(path) => Step::effects(vec![Effect::Show { path: path.clone() }]),
        None => Step::problem("Nothing was written yet. Enter writes what is ticked."),
    }
}

/// The parts of the screen.
struct Parts {
    title: Rect,
    choices: Rect,
    details: Rect,
}

fn parts(area: Rect) -> Parts {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2).min(110), ..area };
    let rows = u16::try_from(LINES).unwrap_or(u16::MAX);
    let [title, choices, _, details] =
        Layout::vertical([Constraint::Length(1), Constraint::Length(rows), Constraint::Length(1), Constraint::Min(0)])
            .areas(area);
    Parts { title, choices, details }
}

/// Draws the screen.
pub fn view(state: &State, session: &Session, theme: &Theme, frame: &mut Frame, area: Rect) {
    let parts = parts(area);
    frame.render_widget(Span::styled("Write reports", theme.title), parts.title);
    list::draw(frame, parts.choices, theme, (Some(state.selection), LINES), |index| line(&state.choice, index, theme));
    let details = details::lines(&state.choice, session, theme);
    frame.render_widget(Paragraph::new(details).wrap(Wrap { trim: false }), parts.details);
}

fn line<'a>(choice: &Choice, index: usize, theme: &Theme) -> Line<'a> {
    let turned = |label: &str, value: &str| {
        Line::from(vec![Span::styled(column(label, 10), theme.muted), Span::styled(format!("‹ {value} ›"), theme.text)])
    };
    match index {
        0 => turned("For", choice.audience().title()),
        1 => turned("Names", choice.told_names()),
        index => match FORMATS.get(index - BEFORE) {
            None => Line::default(),
            Some(format) => {
                let (mark, style) = match (choice.has(format.word), format.suits(choice.audience())) {
                    (_, false) => ("– ", theme.muted),
                    (true, true) => ("✓ ", theme.good),
                    (false, true) => ("· ", theme.muted),
                };
                Line::from(vec![
                    Span::styled(mark, style),
                    Span::styled(column(format.title, 10), theme.text),
                    Span::styled(format.what, theme.muted),
                ])
            }
        },
    }
}
