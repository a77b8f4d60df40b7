//! One question after the other: the heart of the program.
//!
//! ```text
//!  12 of 36 answered  ██████░░░░░░░░░   Stage 1  48 % +2   Stage 2  31 % +1
//!
//!  ✓ 4 Context   12/12   4.1-1  Have you worked out which …?   Why it matters
//!  ◐ 5 Leadership  3/9                                         Risks and plans rest on this picture.
//!  › ◐ 5.1 Lead…   1/3     ○ 0  Nobody has looked at …
//!    · 5.2 AI p…   0/4   › ● 1  A few people follow …          Evidence to show
//!  · 6 Planning   0/20     ○ 2  An approved overview …         document  Approved overview of laws
//! ```
//!
//! On a narrow screen the tree is left out, and what helps stands below the levels.

mod card;
mod decide;
mod detail;
mod panes;
#[cfg(test)]
mod tests;
mod top;
mod tree;
mod walk;

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::assessment::{Answer, Depth};
use crate::domain::flow::{Direction, open_question};
use crate::domain::id::QuestionId;
use crate::domain::level::Level;
use crate::domain::questionnaire::Item;
use crate::domain::report::words;
use crate::tui::action::Action;
use crate::tui::layout::keep_visible;
use crate::tui::memo::Memo;
use crate::tui::message::Size;
use crate::tui::overlay::forms;
use crate::tui::screens::assess::card::{Card, card};
use crate::tui::screens::assess::decide::{answer, clear, exclude, form, mark, not_applicable, remove_evidence};
use crate::tui::screens::assess::panes::{Panes, panes};
use crate::tui::screens::assess::top::Moved;
use crate::tui::session::Session;
use crate::tui::state::{Exit, Notice, Step};
use crate::tui::theme::Theme;
use crate::tui::widgets::page::{Page, rows};

/// What the screen remembers.
#[derive(Clone, Debug)]
pub struct State {
    question: QuestionId,
    /// The index of the level that the keys act on; none on an open question until one moves to a level.
    level: Option<usize>,
    /// The first line that is shown of what scrolls: everything on a narrow screen, what helps on a wide one.
    scroll: usize,
    moved: Option<Moved>,
    /// What helps, laid out for a width: it stays while the highlight moves.
    side: Memo<(QuestionId, u16, u64), Page>,
}

impl State {
    /// Returns the screen at the question that was looked at last, or at the first open one.
    #[must_use]
    pub fn new(session: &Session) -> Self {
        // A questionnaire that exists has questions.
        let question = walk::beginning(session).unwrap_or_else(|| QuestionId::from(""));
        Self::at(session, &question)
    }

    /// Returns the screen at a question.
    #[must_use]
    pub fn at(session: &Session, question: &QuestionId) -> Self {
        let mut state = Self { question: question.clone(), level: None, scroll: 0, moved: None, side: Memo::default() };
        state.show(session, question);
        state
    }

    /// Returns the question that is shown.
    #[must_use]
    pub fn question(&self) -> &QuestionId {
        &self.question
    }

    /// Returns the index of the level that the keys act on; none on an open question until one moves to a level.
    #[must_use]
    pub fn level(&self) -> Option<usize> {
        self.level
    }

    /// Shows a question, with the highlight on its answer.
    pub fn show(&mut self, session: &Session, question: &QuestionId) {
        let level = session.assessment().answer(question).and_then(Answer::level);
        *self = Self {
            question: question.clone(),
            level: level.map(|level| usize::from(level.number())),
            scroll: 0,
            moved: None,
            side: std::mem::take(&mut self.side),
        };
    }

    /// Goes on to the next question after an answer; returns what there is to say about the way.
    pub fn go_on(&mut self, session: &Session) -> Option<Notice> {
        let so_far = session.progress();
        let open = so_far.asked.saturating_sub(so_far.answered);
        let next = walk::next_asked(session, &self.question);
        let question = next.clone().unwrap_or_else(|| self.question.clone());
        self.show(session, &question);
        match next {
            _ if open == 0 && session.assessment().depth() == Depth::Quick => Some(Notice::done(
                "The quick scan is complete. F3 shows where you stand, F6 writes a report, F5 switches to everything.",
            )),
            _ if open == 0 => {
                Some(Notice::done("All questions are answered. F3 shows where you stand, F6 writes a report."))
            }
            None => {
                let open = words::count(open, "question");
                Some(Notice::done(format!("That was the last question. Still open: {open}; n leads there.")))
            }
            Some(_) => None,
        }
    }

    fn item<'a>(&self, session: &'a Session) -> Option<Item<'a>> {
        session.questionnaire().item(&self.question)
    }
}

/// Takes an action.
pub fn update(state: &mut State, session: &mut Session, size: Size, action: Action) -> Step {
    let here = state.question.clone();
    match action {
        Action::Answer(level) => answer(state, session, level),
        Action::Confirm => match state.level.and_then(|level| Level::ALL.get(level)) {
            Some(level) => answer(state, session, *level),
            None => Step::problem("No level is chosen yet: 0 to 5, or ↑↓ and then Enter."),
        },
        Action::Up => highlight(state, session, size, state.level.map_or(0, |level| level.saturating_sub(1))),
        Action::Down => highlight(state, session, size, state.level.map_or(0, |level| level + 1)),
        Action::PageUp => scroll(state, session, size, -1),
        Action::PageDown => scroll(state, session, size, 1),
        Action::Left => show(state, session, walk::step(session, &here, false), "This is the first question."),
        Action::Right => show(state, session, walk::step(session, &here, true), "This is the last question."),
        Action::First => show(state, session, walk::end(session, &here, false), ""),
        Action::Last => show(state, session, walk::end(session, &here, true), ""),
        Action::NextArea => show(state, session, walk::step_area(session, &here, 1), "This is the last area."),
        Action::PreviousArea => show(state, session, walk::step_area(session, &here, -1), "This is the first area."),
        Action::NextOpen => show_open(state, session, Direction::Forward),
        Action::PreviousOpen => show_open(state, session, Direction::Backward),
        Action::Note => form(session, forms::note(session, &here)),
        Action::Evidence => form(session, forms::evidence(session, &here)),
        Action::Owner => form(session, forms::owner(session, std::slice::from_ref(&here))),
        Action::Due => form(session, forms::due(session, std::slice::from_ref(&here))),
        Action::Explain => Step::exit(Exit::Explain(here.to_string())),
        Action::NotApplicable => not_applicable(state, session),
        Action::Exclude => exclude(state, session),
        Action::RemoveEvidence => remove_evidence(state, session),
        Action::Clear => clear(state, session),
        Action::Mark => mark(state, session),
        Action::Back => Step::exit(Exit::Home),
        Action::BeyondScale => Step::problem("The levels go from 0 to 5. F2 to F10 lead to the other screens."),
        _ => Step::default(),
    }
}

/// Takes a click on a cell of the screen's area: on the tree it leads there, on a level it highlights it, and chooses
/// it when it was highlighted.
pub fn click(state: &mut State, session: &mut Session, area: Rect, at: (u16, u16)) -> Step {
    let panes = panes(area);
    let place = ratatui::layout::Position { x: at.0, y: at.1 };
    if let Some(tree) = panes.tree.filter(|tree| tree.contains(place)) {
        let (branches, selection) = tree::branches(session, &state.question);
        let target = selection.under(at.1, tree, branches.len()).and_then(|line| branches.get(line));
        let target = target.and_then(|branch| branch.target(session, &state.question));
        return show(state, session, target, "Nothing is asked there.");
    }
    let Some(laid_out) = state.item(session).filter(|_| panes.card.contains(place)).map(|item| {
        let card = lay_out(state, session, &item, &panes);
        let offset = offset(state, &card, &panes);
        (card, offset + usize::from(at.1 - panes.card.y))
    }) else {
        return Step::default();
    };
    let (card, line) = laid_out;
    match card.levels.iter().position(|lines| lines.contains(&line)) {
        Some(level) if Some(level) == state.level => match Level::ALL.get(level) {
            Some(level) => answer(state, session, *level),
            None => Step::default(),
        },
        Some(level) => {
            state.level = Some(level);
            Step::default()
        }
        None => Step::default(),
    }
}

/// Draws the screen.
pub fn view(state: &State, session: &Session, theme: &Theme, frame: &mut Frame, area: Rect) {
    let panes = panes(area);
    top::draw(session, state.moved, theme, frame, panes.top);
    let Some(item) = state.item(session) else { return };
    if let Some(place) = panes.tree {
        let (branches, selection) = tree::branches(session, &state.question);
        tree::draw(&branches, selection, theme, frame, place);
    }
    let card = lay_out(state, session, &item, &panes);
    card.page.draw(theme, frame, panes.card, offset(state, &card, &panes));
    if let Some(place) = panes.side {
        side(state, session, &item, place).draw(theme, frame, place, state.scroll);
    }
}

/// Lays out what the middle shows: on a narrow screen with all that helps below.
fn lay_out(state: &State, session: &Session, item: &Item<'_>, panes: &Panes) -> Card {
    let mut card = card(session, item, state.level, panes);
    if panes.side.is_none() {
        card.page.blank();
        detail::lay_out(&mut card.page, session, item);
    }
    card
}

fn side(state: &State, session: &Session, item: &Item<'_>, place: Rect) -> Arc<Page> {
    state.side.get((item.question.id.clone(), place.width, session.revision()), || {
        let mut page = Page::new(place.width);
        detail::lay_out(&mut page, session, item);
        page
    })
}

/// Returns the first line of the middle that is shown: on a wide screen, where nothing else scrolls it, the one that
/// keeps the highlighted level visible.
fn offset(state: &State, card: &Card, panes: &Panes) -> usize {
    let offset = if panes.side.is_none() { state.scroll } else { level_visible(0, state, card, panes) };
    offset.min(card.page.most(usize::from(panes.card.height)))
}

fn level_visible(offset: usize, state: &State, card: &Card, panes: &Panes) -> usize {
    let Some(lines) = state.level.and_then(|level| card.levels.get(level)) else { return offset };
    let height = rows(card.page.len(), usize::from(panes.card.height));
    // The question itself comes back into view with the first level.
    let first = if state.level == Some(0) { 0 } else { lines.start };
    keep_visible(keep_visible(offset, lines.end.saturating_sub(1), height), first, height)
}

fn highlight(state: &mut State, session: &Session, size: Size, level: usize) -> Step {
    state.level = Some(level.min(Level::ALL.len() - 1));
    if let (Some(parts), Some(item)) = (crate::tui::layout::screen(size), state.item(session)) {
        let panes = panes(parts.body);
        if panes.side.is_none() {
            let card = lay_out(state, session, &item, &panes);
            state.scroll = level_visible(state.scroll, state, &card, &panes);
        }
    }
    Step::default()
}

fn scroll(state: &mut State, session: &Session, size: Size, by: isize) -> Step {
    let (Some(parts), Some(item)) = (crate::tui::layout::screen(size), state.item(session)) else {
        return Step::default();
    };
    let panes = panes(parts.body);
    let (page, place) = match panes.side {
        Some(place) => (side(state, session, &item, place), place),
        None => (Arc::new(lay_out(state, session, &item, &panes).page), panes.card),
    };
    let height = usize::from(place.height);
    // One line stays, so that the eye finds where it was.
    let step = rows(page.len(), height).saturating_sub(1).max(1).cast_signed();
    let most = page.most(height);
    let before = state.scroll.min(most);
    state.scroll = before.saturating_add_signed(by.saturating_mul(step)).min(most);
    if state.scroll == before && by > 0 {
        return Step { notice: Some(Notice::done("There is nothing more below.")), ..Step::default() };
    }
    Step::default()
}

fn show(state: &mut State, session: &Session, question: Option<QuestionId>, otherwise: &str) -> Step {
    match question {
        Some(question) => {
            state.show(session, &question);
            Step::default()
        }
        None => Step { notice: Some(Notice::done(otherwise)), ..Step::default() },
    }
}

fn show_open(state: &mut State, session: &Session, direction: Direction) -> Step {
    let open = open_question(session.questionnaire(), session.assessment(), &state.question, direction);
    let is_open = session.assessment().answer(&state.question).is_none();
    let otherwise = if is_open { "This is the only open question." } else { "No question is open." };
    show(state, session, open, otherwise)
}
