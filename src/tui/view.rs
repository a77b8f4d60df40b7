//! Draws the state. A pure function: what it needs to remember lives in the state.
//!
//! ```text
//!  ready42 / Acme                Assess  Dashboard  Timeline  Profile  Export     header, tabs
//!
//!  what the screen shows                                                          body
//!
//!  ✓ saved   A self-assessment: only an accredited body certifies.                status
//!  0-5 answer  → next  i note  …                                                  footer, from the key table
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph};
use unicode_width::UnicodeWidthStr;

use crate::domain::text::visible;
use crate::tui::keymap::Keymap;
use crate::tui::layout::{LEAST_HEIGHT, LEAST_WIDTH, Parts, parts, screen};
use crate::tui::overlay;
use crate::tui::screens::{assess, dashboard, export, home, profile, timeline};
use crate::tui::session::SaveState;
use crate::tui::state::{Notice, Screen, State, Tab, Tone};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::list::fit;
use crate::tui::widgets::page::Page;

/// What a click can be on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A tab.
    Tab(Tab),
    /// The body of the screen, with its place.
    Screen(Rect),
}

/// Draws the state.
pub fn view(state: &State, keymap: &Keymap, theme: &Theme, frame: &mut Frame) {
    let area = frame.area();
    let Some(parts) = parts(area) else {
        let text = format!("ready42 needs {LEAST_WIDTH}x{LEAST_HEIGHT}; this is {}x{}.", area.width, area.height);
        frame.render_widget(Paragraph::new(text), area);
        return;
    };
    header(state, theme, frame, parts.header);
    match (&state.screen, &state.session) {
        (Screen::Home(screen), _) => home::view(screen, state.entries.as_deref(), theme, frame, parts.body),
        (Screen::Assess(screen), Some(session)) => assess::view(screen, session, theme, frame, parts.body),
        (Screen::Dashboard(screen), Some(session)) => dashboard::view(screen, session, theme, frame, parts.body),
        (Screen::Timeline(screen), Some(session)) => timeline::view(screen, session, theme, frame, parts.body),
        (Screen::Profile(screen), Some(session)) => profile::view(screen, session, theme, frame, parts.body),
        (Screen::Export(screen), Some(session)) => export::view(screen, session, theme, frame, parts.body),
        (_, None) => {}
    }
    status(state, theme, frame, parts.status);
    footer(state, keymap, theme, frame, parts.footer);
    overlay::view(state, theme, frame, &parts);
}

fn header(state: &State, theme: &Theme, frame: &mut Frame, area: Rect) {
    let tabs = tabs(state, area);
    let mut left = vec![Span::styled(" ready42", theme.title)];
    if let Some(session) = &state.session {
        let end = tabs.last().map_or(area.right(), |(_, place)| place.x);
        let room = usize::from(end.saturating_sub(area.x)).saturating_sub(" ready42 / ".width() + 1);
        left.push(Span::styled(" / ", theme.muted));
        left.push(Span::styled(fit(&visible(session.assessment().name()), room), theme.text));
    }
    frame.render_widget(Line::from(left), area);
    for (tab, place) in tabs {
        let style = if state.tab() == Some(tab) { theme.selected } else { theme.muted };
        frame.render_widget(Span::styled(format!(" {} ", tab.title()), style), place);
    }
}

/// Returns where the tabs stand, from the right edge.
fn tabs(state: &State, area: Rect) -> Vec<(Tab, Rect)> {
    if state.session.is_none() {
        return vec![];
    }
    let mut right = area.right();
    let mut places = vec![];
    for tab in Tab::ALL.into_iter().rev() {
        let width = u16::try_from(tab.title().width() + 2).unwrap_or(0);
        right = right.saturating_sub(width).max(area.x);
        places.push((tab, Rect { x: right, y: area.y, width, height: 1 }.intersection(area)));
    }
    places
}

/// Draws the notice, or the state of saving. A notice that needs more than its line grows upwards over the screen.
fn status(state: &State, theme: &Theme, frame: &mut Frame, area: Rect) {
    let line = match (&state.notice, &state.session) {
        (Some(notice), _) => return told(notice, theme, frame, area),
        (None, Some(session)) => save_state(session.save_state(), theme),
        (None, None) => {
            Line::styled(" A self-assessment. Only an accredited certification body certifies.", theme.muted)
        }
    };
    frame.render_widget(line, area);
}

fn told(notice: &Notice, theme: &Theme, frame: &mut Frame, area: Rect) {
    let (mark, role) = match notice.tone {
        Tone::Done => (" ✓ ", Role::Good),
        Tone::Problem => (" ! ", Role::Bad),
    };
    let mut page = Page::new(area.width.saturating_sub(1));
    page.hanging(vec![(role, mark.to_owned())], Role::Text, &notice.text);
    let height = u16::try_from(page.len()).unwrap_or(u16::MAX).min(area.y);
    let area = Rect { y: area.bottom() - height, height, ..area };
    frame.render_widget(Clear, area);
    page.draw(theme, frame, area, 0);
}

fn save_state<'a>(state: SaveState<'_>, theme: &Theme) -> Line<'a> {
    let told = "A self-assessment: only an accredited certification body certifies.";
    match state {
        SaveState::Saved => {
            Line::from(vec![Span::styled(" ✓ saved", theme.good), Span::styled(format!("   {told}"), theme.muted)])
        }
        SaveState::Saving => {
            Line::from(vec![Span::styled(" · saving", theme.muted), Span::styled(format!("  {told}"), theme.muted)])
        }
        SaveState::NotSaved(why) => Line::styled(format!(" ! NOT SAVED: {}", visible(why)), theme.bad),
        SaveState::ReadOnly(why) => Line::styled(format!(" ! Read only: {}", visible(why)), theme.caution),
    }
}

fn footer(state: &State, keymap: &Keymap, theme: &Theme, frame: &mut Frame, area: Rect) {
    let hints: Vec<(String, String)> = match overlay::hints(state.overlay.as_ref()) {
        Some(hints) => hints,
        None => keymap.footer(state.context()).map(|(keys, word)| (keys, word.to_owned())).collect(),
    };
    let width = |(keys, word): &(String, String)| keys.width() + word.width() + 3;
    let mut room = usize::from(area.width).saturating_sub(1);
    // The last ones hold everywhere: help and leaving are always shown, what stands before them as far as there is room.
    let (first, last) = hints.split_at(hints.len().saturating_sub(2));
    room = room.saturating_sub(last.iter().map(width).sum());
    let first = first.iter().take_while(|hint| {
        let fits = width(hint) <= room;
        room = room.saturating_sub(width(hint));
        fits
    });
    let mut spans = vec![Span::raw(" ")];
    for (keys, word) in first.chain(last) {
        spans.push(Span::styled(keys.as_str(), theme.key));
        spans.push(Span::styled(format!(" {word}  "), theme.muted));
    }
    frame.render_widget(Line::from(spans), area);
}

/// Returns what stands on a cell.
pub(super) fn target(state: &State, x: u16, y: u16) -> Option<Target> {
    let Parts { header, body, .. } = screen(state.size)?;
    let at = ratatui::layout::Position { x, y };
    if let Some((tab, _)) = tabs(state, header).into_iter().find(|(_, place)| place.contains(at)) {
        return Some(Target::Tab(tab));
    }
    body.contains(at).then_some(Target::Screen(body))
}
