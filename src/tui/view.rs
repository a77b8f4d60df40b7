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
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use crate::domain::text::visible;
use crate::tui::keymap::Keymap;
use crate::tui::layout::{LEAST_HEIGHT, LEAST_WIDTH, Parts, parts};
use crate::tui::overlay;
use crate::tui::screens::{assess, dashboard, export, home, profile, timeline};
use crate::tui::session::SaveState;
use crate::tui::state::{Screen, State, Tab, Tone};
use crate::tui::theme::Theme;

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
    overlay::view(state, keymap, theme, frame, &parts);
}

fn header(state: &State, theme: &Theme, frame: &mut Frame, area: Rect) {
    let mut left = vec![Span::styled(" ready42", theme.title)];
    if let Some(session) = &state.session {
        left.push(Span::styled(" / ", theme.muted));
        left.push(Span::styled(visible(session.assessment().name()).into_owned(), theme.text));
    }
    frame.render_widget(Line::from(left), area);
    for (tab, place) in tabs(state, area) {
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

fn status(state: &State, theme: &Theme, frame: &mut Frame, area: Rect) {
    let line = match (&state.notice, &state.session) {
        (Some(notice), _) => {
            let (mark, style) = match notice.tone {
                Tone::Done => ("✓", theme.good),
                Tone::Problem => ("!", theme.bad),
            };
            Line::from(vec![
                Span::styled(format!(" {mark} "), style),
                Span::styled(visible(&notice.text).into_owned(), theme.text),
            ])
        }
        (None, Some(session)) => save_state(session.save_state(), theme),
        (None, None) => {
            Line::styled(" A self-assessment. Only an accredited certification body certifies.", theme.muted)
        }
    };
    frame.render_widget(line, area);
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
    let mut spans = vec![Span::raw(" ")];
    let mut width = 1;
    for (keys, word) in hints {
        let needs = keys.width() + word.width() + 3;
        if width + needs > usize::from(area.width) {
            break;
        }
        width += needs;
        spans.push(Span::styled(keys, theme.key));
        spans.push(Span::styled(format!(" {word}  "), theme.muted));
    }
    frame.render_widget(Line::from(spans), area);
}

/// Returns what stands on a cell.
pub(super) fn target(state: &State, x: u16, y: u16) -> Option<Target> {
    let area = Rect { x: 0, y: 0, width: state.size.width, height: state.size.height };
    let Parts { header, body, .. } = parts(area)?;
    let at = ratatui::layout::Position { x, y };
    if let Some((tab, _)) = tabs(state, header).into_iter().find(|(_, place)| place.contains(at)) {
        return Some(Target::Tab(tab));
    }
    body.contains(at).then_some(Target::Screen(body))
}
