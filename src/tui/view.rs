//! Draws the state. A pure function: what it needs to remember lives in the state.
//!
//! ```text
//!  ready42 › Acme › Dashboard › Assess                                            header: where one is
//!  Assess  Dashboard  Timeline  Profile  Export                                   tabs
//!  what the screen shows                                                          body
//!
//!  ✓ saved   A self-assessment: only an accredited body certifies.                status
//!  0-5 answer  → next  i note  …                                                  footer, from the key table
//! ```

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph, Wrap};
use unicode_width::UnicodeWidthStr;

use crate::domain::text::visible;
use crate::tui::ascii;
use crate::tui::keymap::{Hint, Keymap};
use crate::tui::layout::{LEAST_HEIGHT, LEAST_WIDTH, Parts, parts, screen};
use crate::tui::overlay;
use crate::tui::screens::{
    assess, crosswalk, dashboard, export, history, home, plan, present, profile, questions, soa, timeline,
};
use crate::tui::session::{SaveState, Session};
use crate::tui::state::{Notice, Screen, State, Tab, Tone};
use crate::tui::theme::{Glyphs, Role, Theme};
use crate::tui::widgets::list::fit;
use crate::tui::widgets::page::Page;
use crate::tui::widgets::paint;

/// How many hints at the end of the footer are always shown.
pub const ALWAYS_SHOWN: usize = 3;

/// Draws the state.
pub fn view(state: &State, keymap: &Keymap, theme: &Theme, frame: &mut Frame) {
    let area = frame.area();
    if theme.text != Style::new() {
        frame.buffer_mut().content.iter_mut().for_each(|cell| {
            cell.set_style(theme.text);
        });
    }
    if let Some(parts) = parts(area) {
        whole(state, keymap, theme, frame, &parts);
    } else {
        let text = format!("ready42 needs {LEAST_WIDTH}x{LEAST_HEIGHT}; this is {}x{}.", area.width, area.height);
        frame.render_widget(Paragraph::new(text).wrap(Wrap { trim: true }), area);
    }
    if theme.glyphs == Glyphs::Ascii {
        ascii::fold(frame.buffer_mut());
    }
}

fn whole(state: &State, keymap: &Keymap, theme: &Theme, frame: &mut Frame, parts: &Parts) {
    if let (Screen::Present(screen), Some(session)) = (&state.screen, &state.session) {
        let area = parts.header.union(parts.body);
        present::view(screen, session, theme, frame, area);
        status(state, theme, frame, parts.status.union(parts.footer));
        return overlay::view(state, theme, frame, parts);
    }
    header(state, theme, frame, parts.header);
    tabs(state, keymap, theme, frame, parts.tabs);
    match (&state.screen, &state.session) {
        (Screen::Home(screen), _) => home::view(screen, state.entries.as_deref(), theme, frame, parts.body),
        (Screen::Assess(screen), Some(session)) => assess::view(screen, session, theme, frame, parts.body),
        (Screen::Questions(screen), Some(session)) => questions::view(screen, session, theme, frame, parts.body),
        (Screen::Dashboard(screen), Some(session)) => dashboard::view(screen, session, theme, frame, parts.body),
        (Screen::Timeline(screen), Some(session)) => timeline::view(screen, session, theme, frame, parts.body),
        (Screen::Soa(screen), Some(session)) => soa::view(screen, session, theme, frame, parts.body),
        (Screen::Plan(screen), Some(session)) => plan::view(screen, session, theme, frame, parts.body),
        (Screen::Crosswalk(screen), Some(session)) => crosswalk::view(screen, session, theme, frame, parts.body),
        (Screen::Profile(screen), Some(session)) => profile::view(screen, session, theme, frame, parts.body),
        (Screen::Export(screen), Some(session)) => export::view(screen, session, theme, frame, parts.body),
        (Screen::History(screen), Some(session)) => history::view(screen, session, theme, frame, parts.body),
        (Screen::Present(_), _) | (_, None) => {}
    }
    status(state, theme, frame, parts.status);
    footer(state, keymap, theme, frame, parts.footer);
    overlay::view(state, theme, frame, parts);
}

/// Draws where one is: the assessment, the screen, and what led there.
fn header(state: &State, theme: &Theme, frame: &mut Frame, area: Rect) {
    let mut left = vec![Span::styled(" ready42", theme.title)];
    let mut room = usize::from(area.width).saturating_sub(" ready42".width() + 1);
    let crumbs = crumbs(state);
    // The last crumbs say most: of the first ones, the name of the assessment is cut.
    let rest: usize = crumbs.iter().skip(1).map(|crumb| crumb.width() + 3).sum();
    for (index, crumb) in crumbs.iter().enumerate() {
        let most = if index == 0 { room.saturating_sub(rest + 3).max(8) } else { room.saturating_sub(3) };
        let text = fit(crumb, most);
        room = room.saturating_sub(text.width() + 3);
        let is_last = index + 1 == crumbs.len();
        left.push(Span::styled(" › ", theme.muted));
        left.push(Span::styled(text, if is_last { theme.text } else { theme.muted }));
    }
    paint::line(frame, Line::from(left), area);
}

fn crumbs(state: &State) -> Vec<String> {
    let Some(session) = &state.session else { return vec![] };
    let mut crumbs = vec![visible(session.assessment().name()).into_owned()];
    if let Some((_, title)) = session.past() {
        crumbs.push(fit(&format!("as of {title}"), 40));
    }
    for screen in state.trail.iter().chain([&state.screen]) {
        crumbs.push(screen.title().to_owned());
    }
    crumbs
}

/// Draws the tabs, on a line of their own.
fn tabs(state: &State, keymap: &Keymap, theme: &Theme, frame: &mut Frame, area: Rect) {
    for (tab, title, place) in tab_places(state, keymap, area) {
        let style = if state.tab() == Some(tab) { theme.selected } else { theme.muted };
        paint::line(frame, Span::styled(title, style), place);
    }
}

/// Returns where the tabs stand and what they say: with their keys where there is room, shortened where there is little.
fn tab_places(state: &State, keymap: &Keymap, area: Rect) -> Vec<(Tab, String, Rect)> {
    if state.session.is_none() || matches!(state.screen, Screen::Present(_)) {
        return vec![];
    }
    let long = Tab::ALL.map(|tab| format!(" {} {} ", keymap.key(tab.action()).unwrap_or_default(), tab.title()));
    let plain = Tab::ALL.map(|tab| format!(" {} ", tab.title()));
    let keyed = Tab::ALL.map(|tab| format!(" {} {}", keymap.key(tab.action()).unwrap_or_default(), tab.short_title()));
    let short = Tab::ALL.map(|tab| format!(" {} ", tab.short_title()));
    let width = |titles: &[String]| titles.iter().map(|title| title.width()).sum::<usize>();
    let titles =
        [long, keyed, plain].into_iter().find(|titles| width(titles) < usize::from(area.width)).unwrap_or(short);
    let mut x = area.x;
    let mut places = vec![];
    for (tab, title) in Tab::ALL.into_iter().zip(titles) {
        let width = u16::try_from(title.width()).unwrap_or(0);
        places.push((tab, title, Rect { x, width, ..area }.intersection(area)));
        x = x.saturating_add(width);
    }
    places
}

/// Draws the notice, or the state of saving. A notice that needs more than its line grows upwards over the screen.
fn status(state: &State, theme: &Theme, frame: &mut Frame, area: Rect) {
    // What is not saved is said before anything else, also while one looks at the past.
    let unsaved = state.live.as_deref().filter(|live| matches!(live.save_state(), SaveState::NotSaved(_)));
    let line = match (&state.notice, unsaved.or(state.session.as_ref())) {
        (Some(notice), _) => return told(notice, theme, frame, area),
        (None, Some(session)) => save_state(session, area.width, theme),
        (None, None) => {
            let told = if area.width < 80 {
                " Only an accredited body certifies."
            } else {
                " A self-assessment. Only an accredited certification body certifies."
            };
            Line::styled(told, theme.muted)
        }
    };
    paint::line(frame, line, area);
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
    frame.buffer_mut().set_style(area, theme.text);
    page.draw(theme, frame, area, 0);
}

/// Returns whether everything is saved, what was done last, and who certifies.
fn save_state<'a>(session: &Session, width: u16, theme: &Theme) -> Line<'a> {
    let (mark, style) = match session.save_state() {
        SaveState::Saved => (" ✓ saved   ", theme.good),
        SaveState::Saving => (" · saving  ", theme.muted),
        SaveState::NotSaved(why) => return Line::styled(format!(" ! NOT SAVED: {}", visible(why)), theme.bad),
        SaveState::ReadOnly(why) => return Line::styled(format!(" ! Read only: {}", visible(why)), theme.caution),
    };
    let told = match session.last_deed() {
        Some(_) => "Only an accredited body certifies.",
        None if width < 80 => "Only an accredited body certifies.",
        None => "A self-assessment: only an accredited certification body certifies.",
    };
    let room = usize::from(width).saturating_sub(mark.width() + told.width() + 3);
    // What doesn't fit is told by what it is about: half a sentence looks as if something was wrong.
    let deed = session.last_deed().and_then(|deed| {
        let told = [deed.told, deed.subject].map(|text| visible(&text).into_owned());
        told.into_iter().find(|text| text.width() <= room)
    });
    let mut spans = vec![Span::styled(mark, style)];
    spans.extend(deed.map(|deed| Span::styled(format!("{deed}   "), theme.text)));
    spans.push(Span::styled(told, theme.muted));
    Line::from(spans)
}

fn footer(state: &State, keymap: &Keymap, theme: &Theme, frame: &mut Frame, area: Rect) {
    for (hint, place) in hint_places(state, keymap, area) {
        let line = Line::from(vec![
            Span::styled(hint.keys.as_str(), theme.key),
            Span::styled(format!(" {}", hint.word), theme.muted),
        ]);
        paint::line(frame, line, place);
    }
}

/// Returns the hints of the footer with their places.
fn hint_places(state: &State, keymap: &Keymap, area: Rect) -> Vec<(Hint, Rect)> {
    let hints = match overlay::hints(state.overlay.as_ref()) {
        Some(hints) => hints,
        None if matches!(state.screen, Screen::Present(_)) => return vec![],
        None => match &state.screen {
            Screen::Timeline(screen) => {
                let is_supposed = state.session.as_ref().is_some_and(|session| session.supposition().is_some());
                timeline::hints(screen, is_supposed, keymap.footer(state.context()))
            }
            // On the first start there is nothing to open yet.
            Screen::Home(_) if state.entries.as_ref().is_some_and(Vec::is_empty) => {
                home::hints_of_the_first_start(keymap.footer(state.context()))
            }
            _ => keymap.footer(state.context()).to_vec(),
        },
    };
    let width = |hint: &Hint| u16::try_from(hint.keys.width() + hint.word.width() + 1).unwrap_or(u16::MAX);
    // The last ones hold everywhere: help, commands and leaving are always shown, what stands before them as far as
    // there is room.
    let last: Vec<Hint> = hints.iter().skip(hints.len().saturating_sub(ALWAYS_SHOWN)).cloned().collect();
    let mut room = area.width.saturating_sub(1).saturating_sub(last.iter().map(|hint| width(hint) + 2).sum());
    let first = hints.iter().take(hints.len().saturating_sub(ALWAYS_SHOWN)).take_while(|hint| {
        let fits = width(hint) + 2 <= room;
        room = room.saturating_sub(width(hint) + 2);
        fits
    });
    let mut x = area.x.saturating_add(1);
    let mut places = vec![];
    for hint in first.cloned().chain(last) {
        let width = width(&hint);
        places.push((hint, Rect { x, width, ..area }.intersection(area)));
        x = x.saturating_add(width + 2);
    }
    places
}

/// What of the frame around the screen stands on a cell.
#[derive(Clone, Debug)]
pub(super) enum Target {
    /// A tab.
    Tab(Tab),
    /// A hint of the footer.
    Hint(Hint),
}

/// Returns what of the frame around the screen stands on a cell.
pub(super) fn target(state: &State, keymap: &Keymap, x: u16, y: u16) -> Option<Target> {
    let Parts { tabs, footer, .. } = screen(state.size)?;
    let at = Position { x, y };
    let tab = tab_places(state, keymap, tabs).into_iter().find(|(_, _, place)| place.contains(at));
    let hint = hint_places(state, keymap, footer).into_iter().find(|(_, place)| place.contains(at));
    let hint = hint.map(|(hint, place)| if x == place.x { hint.first_of_pair() } else { hint });
    tab.map(|(tab, _, _)| Target::Tab(tab)).or(hint.map(Target::Hint))
}
