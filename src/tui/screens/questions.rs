//! The questions as a list: filtered, and several changed at once.
//!
//! ```text
//!  ‹ below level 3 ›  34 of 170 questions   2 selected
//!
//!    Question    Level  Owner         Due         
//!  › ✓ 4.1-1     1      Eve           2027-03-01  Have you worked out which …
//!      4.1-2   ◆ 2                                For each AI system, have you …
//! ```

pub mod filter;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::domain::assessment::{Answer, Response};
use crate::domain::change::Change;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::Item;
use crate::domain::text::visible;
use crate::tui::action::Action;
use crate::tui::memo::Memo;
use crate::tui::overlay::forms;
use crate::tui::screens::questions::filter::Filter;
use crate::tui::session::{SaveState, Session};
use crate::tui::state::{Exit, Notice, Step};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{self, Selection, column, cycled, fit};
use crate::tui::widgets::paint;

/// How many lines a page of the list is taken for.
const PAGE: isize = 10;
const ID: usize = 10;
/// The longest answer, and a space.
const ANSWER: usize = 13;
const DUE: usize = 12;

/// What the screen remembers.
#[derive(Clone, Debug)]
pub struct State {
    filters: Vec<Filter>,
    filter: usize,
    selection: Selection,
    selected: BTreeSet<QuestionId>,
    user: String,
    /// The questions that are shown with the filter.
    shown: Memo<(usize, u64), Vec<QuestionId>>,
}

impl State {
    /// Returns the list with a filter, at a question if that is among those that are shown.
    #[must_use]
    pub fn new(session: &Session, user: &str, filter: &Filter, at: Option<&QuestionId>) -> Self {
        let filters = Filter::all(session, user);
        let mut state = Self {
            filter: filters.iter().position(|one| one == filter).unwrap_or(0),
            filters,
            selection: Selection::default(),
            selected: BTreeSet::new(),
            user: user.to_owned(),
            shown: Memo::default(),
        };
        let shown = state.shown(session);
        let line = shown.iter().position(|id| Some(id) == at).unwrap_or(0);
        state.selection.set(line, shown.len());
        state
    }

    fn filter(&self) -> &Filter {
        self.filters.get(self.filter).unwrap_or(&Filter::All)
    }

    /// Returns the questions that are shown.
    fn shown(&self, session: &Session) -> Arc<Vec<QuestionId>> {
        self.shown.get((self.filter, session.revision()), || {
            let shown = session.questionnaire().items().filter(|item| self.filter().shows(session, item));
            shown.map(|item| item.question.id.clone()).collect()
        })
    }

    /// Returns the question that the keys act on.
    fn here(&self, session: &Session) -> Option<QuestionId> {
        let shown = self.shown(session);
        shown.get(self.selection.of(shown.len())).cloned()
    }

    /// Returns the selected questions that are shown, or the one that the keys act on when none is selected.
    fn targets(&self, session: &Session) -> Vec<QuestionId> {
        if self.selected.is_empty() {
            return self.here(session).into_iter().collect();
        }
        // Nothing is changed that isn't seen.
        self.shown(session).iter().filter(|id| self.selected.contains(*id)).cloned().collect()
    }
}

/// Takes an action.
pub fn update(state: &mut State, session: &mut Session, action: Action) -> Step {
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
        Action::Select => select(state, session),
        Action::SelectAll => select_all(state, session),
        Action::Confirm => return open(state, session),
        Action::Owner => return form(session, forms::owner, &state.targets(session)),
        Action::Due => return form(session, forms::due, &state.targets(session)),
        Action::Mark => return mark(state, session),
        Action::Back if !state.selected.is_empty() => state.selected.clear(),
        Action::Back => return Step::exit(Exit::Back),
        _ => {}
    }
    Step::default()
}

fn filter_by(state: &mut State, session: &Session, by: isize) {
    let here = state.here(session);
    state.filter = cycled(state.filter, by, state.filters.len());
    let shown = state.shown(session);
    let line = shown.iter().position(|id| Some(id) == here.as_ref()).unwrap_or(0);
    state.selection.set(line, shown.len());
}

fn select(state: &mut State, session: &Session) {
    if let Some(here) = state.here(session) {
        if !state.selected.remove(&here) {
            state.selected.insert(here);
        }
        state.selection.step(1, state.shown(session).len());
    }
}

fn select_all(state: &mut State, session: &Session) {
    let shown: BTreeSet<QuestionId> = state.shown(session).iter().cloned().collect();
    state.selected = if shown.is_subset(&state.selected) { BTreeSet::new() } else { shown };
}

fn open(state: &State, session: &Session) -> Step {
    match state.here(session) {
        Some(question) => Step::exit(Exit::Ask(question)),
        None => Step::problem("No question is shown: ← and → change the filter."),
    }
}

fn form(
    session: &Session,
    form: impl Fn(&Session, &[QuestionId]) -> crate::tui::overlay::Form,
    targets: &[QuestionId],
) -> Step {
    match session.save_state() {
        SaveState::ReadOnly(why) => Step::problem(why),
        _ if targets.is_empty() => Step::problem("None of the selected questions is shown: ← and → change the filter."),
        SaveState::Saved | SaveState::Saving | SaveState::NotSaved(_) => {
            Step::exit(Exit::Form(Box::new(form(session, targets))))
        }
    }
}

/// Marks the targets, or takes the mark off when all of them have it.
fn mark(state: &State, session: &mut Session) -> Step {
    let targets = state.targets(session);
    let is_marked = |session: &Session, id: &QuestionId| session.assessment().response(id).is_some_and(|it| it.marked);
    let all = targets.iter().all(|id| is_marked(session, id));
    let altered = targets.iter().filter(|id| is_marked(session, id) == all);
    let changes = altered.map(|id| Change::toggle_mark(session.assessment(), id)).collect();
    // One step: it is taken back together.
    let effects = match session.change_all(changes) {
        Ok(effects) => effects,
        Err(why) => return Step::problem(why),
    };
    let told = format!("{} {}.", if all { "No longer marked:" } else { "Marked for review:" }, told(&targets));
    Step { effects, notice: Some(Notice::done(told)), ..Step::default() }
}

/// Returns some questions in words: one by its id, several by their number.
#[must_use]
pub fn told(questions: &[QuestionId]) -> String {
    match questions {
        [one] => one.to_string(),
        many => format!("{} questions", many.len()),
    }
}

/// Takes a click on a cell of the screen's area: on the filter it shows the next, on a question it selects it with the
/// keys, and opens it when it was.
pub fn click(state: &mut State, session: &mut Session, area: Rect, at: (u16, u16)) -> Step {
    let parts = parts(area);
    let len = state.shown(session).len();
    if parts.filter.contains(ratatui::layout::Position { x: at.0, y: at.1 }) {
        filter_by(state, session, 1);
        return Step::default();
    }
    match state.selection.under(at.1, parts.list, len) {
        Some(line) if at.0 < parts.list.x + 4 => {
            state.selection.set(line, len);
            select(state, session);
            Step::default()
        }
        Some(line) if line == state.selection.of(len) => open(state, session),
        Some(line) => {
            state.selection.set(line, len);
            Step::default()
        }
        None => Step::default(),
    }
}

/// The parts of the screen.
struct Parts {
    filter: Rect,
    heading: Rect,
    list: Rect,
}

fn parts(area: Rect) -> Parts {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let [filter, heading, list] =
        Layout::vertical([Constraint::Length(2), Constraint::Length(1), Constraint::Min(0)]).areas(area);
    Parts { filter, heading, list }
}

/// Draws the screen.
pub fn view(state: &State, session: &Session, theme: &Theme, frame: &mut Frame, area: Rect) {
    let parts = parts(area);
    let shown = state.shown(session);
    let mut head = vec![
        Span::styled("‹ ", theme.key),
        Span::styled(visible(&state.filter().title(&state.user)).into_owned(), theme.title),
        Span::styled(" ›", theme.key),
        Span::styled(format!("   {} of {} questions", shown.len(), session.questionnaire().len()), theme.muted),
    ];
    if !state.selected.is_empty() {
        let hidden = state.selected.len() - shown.iter().filter(|id| state.selected.contains(*id)).count();
        let hidden = if hidden == 0 { String::new() } else { format!(", {hidden} not shown") };
        head.push(Span::styled(format!("   {} selected{hidden}", state.selected.len()), theme.accent));
    }
    paint::line(frame, Line::from(head), parts.filter);
    if shown.is_empty() {
        let told = "There is no such question. ← and → show others.";
        paint::line(frame, Span::styled(told, theme.muted), parts.heading);
        return;
    }
    let columns = Columns::new(usize::from(parts.list.width));
    paint::line(frame, Span::styled(columns.heading(), theme.muted), parts.heading);
    list::draw_table(frame, parts.list, (theme, 2 + ID), (Some(state.selection), shown.len()), |index| {
        let item = shown.get(index).and_then(|id| session.questionnaire().item(id));
        item.map(|item| columns.line(&item, session, state.selected.contains(&item.question.id), theme))
            .unwrap_or_default()
    });
}

/// How wide the columns are.
struct Columns {
    owner: usize,
    ask: usize,
}

impl Columns {
    fn new(width: usize) -> Self {
        // The marks of the list and of what is selected, the id, the level and its mark, the due date.
        let fixed = 2 + 2 + ID + 2 + ANSWER + DUE;
        let rest = width.saturating_sub(fixed);
        let owner = (rest / 4).min(24);
        Self { owner, ask: rest.saturating_sub(owner + 1) }
    }

    fn heading(&self) -> String {
        let owner = column("Owner", self.owner);
        format!("    {}  {}{owner} {}Question", column("", ID), column("Answer", ANSWER), column("Due", DUE))
    }

    fn line<'a>(&self, item: &Item<'_>, session: &Session, is_selected: bool, theme: &Theme) -> Line<'a> {
        let response = session.assessment().response(&item.question.id);
        let (answer, style) = match response.and_then(|response| response.answer.as_ref()) {
            Some(Answer::Level(level)) => (level.to_string(), theme.level(level.points())),
            Some(Answer::NotApplicable { .. }) => ("– n/a".to_owned(), theme.muted),
            None => ("· open".to_owned(), theme.muted),
        };
        let due = response.and_then(|response| response.due);
        let is_late = due.is_some_and(|due| due < session.today());
        let due = due.map_or(String::new(), |due| format!("{}{due}", if is_late { "!" } else { "" }));
        Line::from(vec![
            Span::styled(if is_selected { "✓ " } else { "  " }, theme.accent),
            Span::styled(column(item.question.id.as_str(), ID), theme.text),
            Span::styled(if response.is_some_and(|it| it.marked) { "◆ " } else { "  " }, theme.caution),
            Span::styled(column(&answer, ANSWER), style),
            Span::styled(column(&visible(response.map_or("", owner)), self.owner), theme.text),
            Span::raw(" "),
            Span::styled(column(&due, DUE), if is_late { theme.caution } else { theme.muted }),
            Span::styled(fit(&visible(&item.question.ask), self.ask), theme.text),
        ])
    }
}

fn owner(response: &Response) -> &str {
    &response.owner
}
