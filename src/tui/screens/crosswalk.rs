//! What of the work other frameworks can use: the obligations of the EU AI Act, certificates that are held, the NIST
//! framework, the questions of buyers. It never says that something is met.
//!
//! ```text
//!  ‹ EU AI Act ›  2 of 5
//!  Of 12 obligations … 41 % by the claims, 20 % by the evidence, 30 of 60 questions answered
//!
//!    Article 9  Risk management system     ████▒▒░░  52 %  12/20  applies from 2027-12-02
//! ```

#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::{Line, Span};

use crate::domain::crosswalk::{Detail, Reuse};
use crate::domain::crosswalk_view::{CrosswalkLine, CrosswalkView, Says};
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::report::words;
use crate::domain::scoring::Range;
use crate::domain::text::visible;
use crate::tui::action::Action;
use crate::tui::overlay::Help;
use crate::tui::session::Session;
use crate::tui::state::{Exit, Step};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::list::{self, Selection, column, cycled, fit};
use crate::tui::widgets::page::Page;
use crate::tui::widgets::{bar, figure, paint};

/// How many lines a page of the list is taken for.
const PAGE: isize = 10;
/// From this width on, what an entry says stands beside the list instead of below it.
const SIDE_BY_SIDE: u16 = 130;
const BAR: usize = 10;

/// What the screen remembers.
#[derive(Clone, Debug, Default)]
pub struct State {
    view: usize,
    selection: Selection,
}

impl State {
    fn view<'a>(&self, views: &'a [CrosswalkView]) -> Option<&'a CrosswalkView> {
        views.get(self.view.min(views.len().saturating_sub(1)))
    }
}

/// Takes an action.
pub fn update(state: &mut State, session: &mut Session, action: Action) -> Step {
    let views = session.crosswalks();
    let len = state.view(&views).map_or(0, |view| view.lines.len());
    match action {
        Action::Up => state.selection.step(-1, len),
        Action::Down => state.selection.step(1, len),
        Action::PageUp => state.selection.step(-PAGE, len),
        Action::PageDown => state.selection.step(PAGE, len),
        Action::First => state.selection.set(0, len),
        Action::Last => state.selection.set(usize::MAX, len),
        Action::Right | Action::NextFilter => turn(state, views.len(), 1),
        Action::Left | Action::PreviousFilter => turn(state, views.len(), -1),
        Action::Confirm => return open(state, session, &views),
        Action::Explain => {
            let view = state.view(&views);
            let line = view.and_then(|view| view.lines.get(state.selection.of(len)));
            return match view.zip(line) {
                Some((view, line)) => Step::exit(Exit::Read(Box::new(whole(view, line)))),
                None => Step::default(),
            };
        }
        Action::Back => return Step::exit(Exit::Home),
        _ => {}
    }
    Step::default()
}

fn turn(state: &mut State, len: usize, by: isize) {
    state.view = cycled(state.view, by, len);
    state.selection = Selection::default();
}

fn open(state: &State, session: &Session, views: &[CrosswalkView]) -> Step {
    let line = state.view(views).and_then(|view| view.lines.get(state.selection.of(view.lines.len())));
    match line.and_then(|line| question(session, line)) {
        Some(question) => Step::exit(Exit::Ask(question)),
        None => Step::problem("No requirement bears on it: what it asks for stays to be done outside the AIMS."),
    }
}

/// Returns the first question that bears on an entry: an open one where there is one.
fn question(session: &Session, line: &CrosswalkLine) -> Option<QuestionId> {
    let requirements = line.entry.requirements.iter();
    let known = requirements.filter_map(|id| session.questionnaire().requirement(id));
    let ids: Vec<&QuestionId> =
        known.flat_map(|(_, requirement)| requirement.questions.iter().map(|question| &question.id)).collect();
    let open = ids.iter().find(|id| session.assessment().answer(id).is_none());
    open.or(ids.first()).map(|id| (*id).clone())
}

/// Takes a click on a cell of the screen's area: on the title it shows the next one, on an entry it selects it, and
/// opens its question when it was selected.
pub fn click(state: &mut State, session: &mut Session, area: Rect, at: (u16, u16)) -> Step {
    let views = session.crosswalks();
    let len = state.view(&views).map_or(0, |view| view.lines.len());
    let parts = parts(area, len);
    if parts.title.contains(Position { x: at.0, y: at.1 }) {
        turn(state, views.len(), 1);
        return Step::default();
    }
    match state.selection.under(at.1, parts.list, len).filter(|_| at.0 < parts.list.right()) {
        Some(line) if line == state.selection.of(len) => open(state, session, &views),
        Some(line) => {
            state.selection.set(line, len);
            Step::default()
        }
        None => Step::default(),
    }
}

/// The parts of the screen.
struct Parts {
    title: Rect,
    told: Rect,
    list: Rect,
    details: Rect,
}

fn parts(area: Rect, len: usize) -> Parts {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let [title, told, below] =
        Layout::vertical([Constraint::Length(1), Constraint::Length(3), Constraint::Min(0)]).areas(area);
    let (list, details) = if area.width >= SIDE_BY_SIDE {
        let [list, _, details] =
            Layout::horizontal([Constraint::Fill(3), Constraint::Length(3), Constraint::Fill(2)]).areas(below);
        (list, details)
    } else {
        // No more rows than there are lines: the details need them.
        let most = u16::try_from(len.max(1)).unwrap_or(u16::MAX);
        let list = Constraint::Length(most.min(below.height.saturating_sub(1) / 2));
        let [list, _, details] = Layout::vertical([list, Constraint::Length(1), Constraint::Fill(1)]).areas(below);
        (list, details)
    };
    Parts { title, told, list, details }
}

/// Draws the screen.
pub fn view(state: &State, session: &Session, theme: &Theme, frame: &mut Frame, area: Rect) {
    let views = session.crosswalks();
    let len = state.view(&views).map_or(0, |view| view.lines.len());
    let parts = parts(area, len);
    let Some(view) = state.view(&views) else {
        let told = "This questionnaire is not mapped to other frameworks.";
        paint::line(frame, Span::styled(told, theme.muted), parts.title);
        return;
    };
    let at = state.view.min(views.len().saturating_sub(1)) + 1;
    paint::line(frame, title(view, (at, views.len()), theme), parts.title);
    let mut told = Page::new(parts.told.width);
    told.paragraph(Role::Text, &view.told());
    told.draw_cut(theme, frame, parts.told);
    if len == 0 {
        let told = "Nothing of it concerns you, by your role and your systems. F5 describes them.";
        paint::line(frame, Span::styled(told, theme.muted), parts.list);
    }
    list::draw_table(frame, parts.list, (theme, 14), (Some(state.selection), len), |index| {
        view.lines.get(index).map(|line| entry_line(line, usize::from(parts.list.width), theme)).unwrap_or_default()
    });
    let mut page = Page::new(parts.details.width);
    if let Some(line) = view.lines.get(state.selection.of(len)) {
        details(&mut page, line);
        page.blank();
    }
    page.paragraph(
        Role::Muted,
        &format!("{}. As of {}. {}", view.reference.trim_end_matches('.'), view.as_of, view.note),
    );
    page.draw_cut_to(": w ", theme, frame, parts.details);
}

fn title<'a>(view: &CrosswalkView, (at, of): (usize, usize), theme: &Theme) -> Line<'a> {
    let mut line = vec![
        Span::styled("‹ ", theme.key),
        Span::styled(visible(&view.title).into_owned(), theme.title),
        Span::styled(" ›", theme.key),
        Span::styled(format!("   {at} of {of}"), theme.muted),
    ];
    // What the profile doesn't say stands below.
    if !view.is_held && !view.is_assumed {
        line.push(Span::styled("   you don't hold this certificate", theme.muted));
    }
    Line::from(line)
}

fn entry_line<'a>(line: &CrosswalkLine, width: usize, theme: &Theme) -> Line<'a> {
    let share = |range: &Range| figure::known(range).unwrap_or(0.0);
    let says = says(line);
    let says_width = if width >= 90 { 26 } else { 0 };
    let id = 14;
    let rest = width.saturating_sub(2 + id + BAR + 7 + 8 + says_width + 2);
    let mut spans = vec![
        Span::styled(column(&visible(line.entry.id.as_str()), id), theme.muted),
        Span::styled(column(&visible(&line.entry.title), rest), theme.text),
        Span::raw("  "),
    ];
    if line.entry.requirements.is_empty() {
        spans.push(Span::styled(column("nothing bears on it", BAR + 15), theme.muted));
    } else {
        spans.extend(bar::two_shares(share(&line.support.evidenced), share(&line.support.claimed), BAR, theme));
        spans.push(Span::styled(format!("{:>6} ", figure::percent(&line.support.claimed)), theme.title));
        spans.push(Span::styled(column(&figure::short_coverage(&line.support.claimed), 8), theme.muted));
    }
    spans.push(Span::styled(fit(&says, says_width), theme.text));
    Line::from(spans)
}

fn says(line: &CrosswalkLine) -> String {
    match (&line.says, &line.entry.detail) {
        (Says::Obligation(timing), Detail::Obligation(obligation)) => timing.told(obligation.applies_from),
        (Says::Obligation(_) | Says::Coverage, _) => String::new(),
        (Says::Reuse(Reuse::Full), _) => "can be used again".to_owned(),
        (Says::Reuse(Reuse::Part), _) => "in part".to_owned(),
        (Says::Reuse(Reuse::None), _) => "is new".to_owned(),
        (Says::Draft { gaps, .. }, _) if gaps.is_empty() => "draft complete".to_owned(),
        (Says::Draft { gaps, .. }, _) => format!("draft with {}", words::count(gaps.len(), "gap")),
    }
}

/// Returns all that is said of an entry, to be read over the screen.
fn whole(view: &CrosswalkView, line: &CrosswalkLine) -> Help {
    let entry = &line.entry;
    let mut rows = vec![(String::new(), entry.title.clone())];
    rows.extend(parts_of(line).into_iter().map(|(word, _, text)| (word.to_owned(), text)));
    let source = format!("{}. As of {}. {}", view.reference.trim_end_matches('.'), view.as_of, view.note);
    Help::entry(entry.id.as_str(), rows, source)
}

/// Returns what is said of an entry below its title, each part with the word before it and how that is meant.
fn parts_of(line: &CrosswalkLine) -> Vec<(&'static str, Role, String)> {
    let entry = &line.entry;
    let mut parts = vec![("", Role::Text, says(line))];
    if let (Detail::Buyer { question, .. }, Says::Draft { text, .. }) = (&entry.detail, &line.says) {
        parts.push(("", Role::Text, question.clone()));
        parts.push(("Draft", Role::Muted, text.clone()));
    } else {
        let (helps, gap) = entry.helps_and_gap();
        parts.push(("Helps", Role::Muted, helps.to_owned()));
        parts.push(("Missing", Role::Caution, gap.to_owned()));
    }
    if let Detail::Obligation(obligation) = &entry.detail {
        parts.push(("", Role::Muted, obligation.applies_note.clone()));
    }
    let told = |ids: &[RequirementId]| ids.iter().map(RequirementId::as_str).collect::<Vec<_>>().join(", ");
    parts.push(("Rests on", Role::Muted, told(&entry.requirements)));
    parts.push(("Excluded", Role::Caution, told(&line.excluded)));
    parts.retain(|(_, _, text)| !text.is_empty());
    parts
}

fn details(page: &mut Page, line: &CrosswalkLine) {
    page.hanging(vec![(Role::Muted, format!("{}  ", line.entry.id))], Role::Title, &line.entry.title);
    for (word, role, text) in parts_of(line) {
        match word {
            "" => page.paragraph(role, &text),
            word => page.hanging(vec![(role, format!("{word:<7} "))], Role::Text, &text),
        }
    }
}
