//! What the mouse means, and what a click changes.

use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::layout;
use crate::tui::message::Message;
use crate::tui::overlay::{self, Overlay};
use crate::tui::screens::{
    assess, crosswalk, dashboard, export, history, home, plan, profile, questions, soa, timeline,
};
use crate::tui::state::{Screen, State, Step};
use crate::tui::update::{chose, take};

/// Returns what a movement of the mouse means; none where it means nothing.
pub(super) fn clicked(mouse: MouseEvent) -> Option<Message> {
    match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Message::Click { x: mouse.column, y: mouse.row }),
        MouseEventKind::ScrollDown => Some(Message::Act(Action::Down)),
        MouseEventKind::ScrollUp => Some(Message::Act(Action::Up)),
        MouseEventKind::Down(_)
        | MouseEventKind::Up(_)
        | MouseEventKind::Drag(_)
        | MouseEventKind::Moved
        | MouseEventKind::ScrollLeft
        | MouseEventKind::ScrollRight => None,
    }
}

/// Takes a click on a cell.
pub(super) fn click(state: &mut State, x: u16, y: u16) -> Vec<Effect> {
    state.notice = None;
    match state.overlay {
        Some(Overlay::Form(_)) => return overlay::click_form(state, x, y),
        Some(Overlay::Help(_) | Overlay::Term(_)) => {
            state.overlay = match state.overlay.take() {
                Some(Overlay::Term(term)) => term.close(),
                _ => None,
            };
            return vec![];
        }
        Some(Overlay::Palette(ref mut palette)) => {
            let chosen = palette.click(overlay::place(state.size), x, y);
            return chose(state, chosen);
        }
        None => {}
    }
    let body = layout::screen(state.size).map(|parts| parts.body);
    match body.filter(|body| body.contains(Position { x, y })) {
        Some(area) => {
            let State { screen, session, entries, .. } = state;
            let step = match (screen, session) {
                (Screen::Home(home), _) => home::click(home, entries.as_deref().unwrap_or_default(), area, y),
                (Screen::Assess(screen), Some(session)) => assess::click(screen, session, area, (x, y)),
                (Screen::Questions(screen), Some(session)) => questions::click(screen, session, area, (x, y)),
                (Screen::Dashboard(screen), Some(session)) => dashboard::click(screen, session, area, (x, y)),
                (Screen::Timeline(screen), Some(session)) => timeline::click(screen, session, area, (x, y)),
                (Screen::Soa(screen), Some(session)) => soa::click(screen, session, area, (x, y)),
                (Screen::Plan(screen), Some(session)) => plan::click(screen, session, area, (x, y)),
                (Screen::Crosswalk(screen), Some(session)) => crosswalk::click(screen, session, area, (x, y)),
                (Screen::Profile(screen), Some(session)) => profile::click(screen, session, area, (x, y)),
                (Screen::Export(screen), Some(session)) => export::click(screen, session, area, (x, y)),
                (Screen::History(screen), Some(session)) => history::click(screen, session, area, (x, y)),
                // The large type is there to be looked at from afar.
                (Screen::Present(_), Some(_)) | (_, None) => Step::default(),
            };
            take(state, step)
        }
        None => vec![],
    }
}
