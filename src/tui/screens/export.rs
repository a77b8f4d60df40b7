//! Reports: for whom, of which moment, in which looks and formats, what goes in, how far they are, and where they were
//! written.
//!
//! ```text
//!  Write reports                         · writing, 1 of 2 made: docx. Esc calls it off.
//!  › For       ‹ Full report ›
//!    Names     ‹ shown ›
//!    As of     ‹ now ›
//!    Looks     ‹ those of ready42 ›
//!    Folder    ‹ /home/eve ›
//!    ✓ PDF     to hand over: paginated, with charts
//!      HTML    one page for a browser, with charts
//!
//!  Written   /home/eve/acme-readiness.pdf
//!  What goes in
//! ```

mod choice;
mod details;
#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use crate::domain::text::visible;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, WrittenReports};
use crate::tui::overlay::forms;
use crate::tui::screens::export::choice::{Choice, FORMATS, Offered};
use crate::tui::session::{Session, Wanted};
use crate::tui::state::{Exit, Notice, Step};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{self, Selection, column, fit};
use crate::tui::widgets::paint;

/// The lines before the formats.
const BEFORE: [Row; 5] = [Row::Audience, Row::Names, Row::Moment, Row::Looks, Row::Folder];
const LINES: usize = BEFORE.len() + FORMATS.len();
/// From this width on, the details stand beside the choices.
const WIDE: u16 = 118;
/// The rows of the details that are always there.
const DETAILS: u16 = 4;

/// What the screen remembers.
#[derive(Clone, Debug, Default)]
pub struct State {
    selection: Selection,
    choice: Choice,
}

/// What a line chooses.
#[derive(Clone, Copy, Debug)]
enum Row {
    Audience,
    Names,
    Moment,
    Looks,
    Folder,
    Format(&'static Offered),
}

fn row(index: usize) -> Option<Row> {
    let formats = FORMATS.iter().map(Row::Format);
    BEFORE.into_iter().chain(formats).nth(index)
}

/// Takes an action.
pub fn update(state: &mut State, session: &mut Session, action: Action) -> Step {
    match action {
        Action::Up => state.selection.step(-1, LINES),
        Action::Down => state.selection.step(1, LINES),
        Action::First => state.selection.set(0, LINES),
        Action::Last => state.selection.set(usize::MAX, LINES),
        Action::Left => return turn(state, session, -1),
        Action::Right => return turn(state, session, 1),
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
pub fn click(state: &mut State, session: &mut Session, area: Rect, at: (u16, u16)) -> Step {
    let place = parts(area).choices;
    match state.selection.under(at.1, place, LINES).filter(|_| at.0 < place.right()) {
        Some(line) if line == state.selection.of(LINES) => turn(state, session, 1),
        Some(line) => {
            state.selection.set(line, LINES);
            Step::default()
        }
        None => Step::default(),
    }
}

/// Changes the line that the keys act on.
fn turn(state: &mut State, session: &Session, by: isize) -> Step {
    match row(state.selection.of(LINES)) {
        Some(Row::Audience) => state.choice.turn_audience(by),
        Some(Row::Names) => state.choice.turn_names(),
        Some(Row::Moment) if session.past().is_some() => {
            return Step::problem("You are looking at the past: reports tell of it. Esc leads back to now.");
        }
        Some(Row::Moment) => {
            let snapshots: Vec<usize> = session.history().snapshots().rev().map(|(count, _, _)| count).collect();
            if snapshots.is_empty() {
                let none = "There is no snapshot yet. F10 leads to the history, and s makes one there.";
                return Step::problem(session.unknown_history().unwrap_or(none));
            }
            state.choice.turn_to_past(&snapshots, by);
        }
        Some(Row::Looks) => return Step::exit(Exit::Form(Box::new(forms::template(session)))),
        Some(Row::Folder) => return Step::exit(Exit::Form(Box::new(forms::export_folder(session)))),
        Some(Row::Format(format)) if !format.suits(state.choice.audience()) => {
            return Step::problem(format!(
                "{} isn't written for “{}”: it would hold more than that reader is promised. Choose another one on the \
                 first line.",
                format.title,
                state.choice.audience().title()
            ));
        }
        Some(Row::Format(format)) => state.choice.tick(format),
        None => {}
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
    let choice = &state.choice;
    let formats = choice.formats();
    if formats.is_empty() {
        return Step::problem("No format is ticked. Move to one, and tick it with →.");
    }
    let (audience, names, of) = (choice.audience(), choice.names(), choice.of());
    match session.begin_export(Wanted { formats, audience, names, of }) {
        Ok(effect) => Step::effects(vec![effect]),
        Err(why) => Step::problem(why),
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
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let rows = u16::try_from(LINES).unwrap_or(u16::MAX);
    let [title, lower] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(area);
    if area.width >= WIDE {
        let [choices, _, details] =
            Layout::horizontal([Constraint::Length(64), Constraint::Length(3), Constraint::Fill(1)]).areas(lower);
        return Parts { title, choices, details };
    }
    let gap = u16::from(lower.height > rows + DETAILS);
    let rows = rows.min(lower.height.saturating_sub(DETAILS));
    let [choices, _, details] =
        Layout::vertical([Constraint::Length(rows), Constraint::Length(gap), Constraint::Min(0)]).areas(lower);
    Parts { title, choices, details }
}

/// Draws the screen.
pub fn view(state: &State, session: &Session, theme: &Theme, frame: &mut Frame, area: Rect) {
    let parts = parts(area);
    paint::line(frame, title(session, theme), parts.title);
    list::draw(frame, parts.choices, theme, (Some(state.selection), LINES), |index| {
        row(index).map(|row| line(row, &state.choice, session, (parts.choices.width, theme))).unwrap_or_default()
    });
    let details = details::lines(&state.choice, session, theme);
    frame.render_widget(Paragraph::new(details).wrap(Wrap { trim: false }), parts.details);
}

/// Returns the title, with how far the reports are that are being made.
fn title<'a>(session: &Session, theme: &Theme) -> Line<'a> {
    let mut line = vec![Span::styled("Write reports", theme.title)];
    if let Some(exporting) = session.exporting() {
        let now = exporting.format.map(|format| format!(": {format}")).unwrap_or_default();
        let told = format!("   · {} of {} made{now}. Esc calls it off.", exporting.done, exporting.of);
        line.push(Span::styled(told, theme.accent));
    }
    Line::from(line)
}

fn line<'a>(row: Row, choice: &Choice, session: &Session, (width, theme): (u16, &Theme)) -> Line<'a> {
    let turned = |label: &str, value: &str| {
        let value = fit(&visible(value), usize::from(width).saturating_sub(16));
        Line::from(vec![Span::styled(column(label, 10), theme.muted), Span::styled(format!("‹ {value} ›"), theme.text)])
    };
    match row {
        Row::Audience => turned("For", choice.audience().title()),
        Row::Names => turned("Names", choice.told_names()),
        Row::Moment => turned("As of", &moment(choice, session)),
        Row::Looks => {
            let own = || "built in".to_owned();
            turned("Template", &session.template().map_or_else(own, |folder| folder.display().to_string()))
        }
        Row::Folder => turned("Folder", &session.export_folder().display().to_string()),
        Row::Format(format) => {
            let (mark, style) = match (choice.has(format.word), format.suits(choice.audience())) {
                (_, false) => ("– ", theme.muted),
                (true, true) => ("✓ ", theme.good),
                (false, true) => ("· ", theme.muted),
            };
            Line::from(vec![
                Span::styled(mark, style),
                Span::styled(column(format.title, 10), theme.text),
                Span::styled(fit(format.what, usize::from(width).saturating_sub(14)), theme.muted),
            ])
        }
    }
}

/// Returns which moment the reports tell of.
fn moment(choice: &Choice, session: &Session) -> String {
    let now = || session.past().map_or("now", |(_, title)| title).to_owned();
    let past = choice.of().and_then(|count| session.history().past(count));
    past.map_or_else(now, |past| past.title)
}
