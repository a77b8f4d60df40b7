//! The list of assessments, and the first start.
//!
//! ```text
//!  Your assessments
//!
//!    Name             Organisation    Answered          Stage 2   Last change
//!  › Acme 2027        Acme GmbH       █████░░░░  52 %      41 %   2026-11-24 03:12
//!    Old one                        ! ░░░░░░░░░   – %         –   2025-01-02 10:00
//!
//!  ! What is wrong with the one that is selected.
//! ```

#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::domain::text::visible;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Entry, ShelfOrder, Shelved};
use crate::tui::keymap::Hint;
use crate::tui::overlay::{forms, shelf};
use crate::tui::state::{Exit, Notice, Step, Tab};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::bar;
use crate::tui::widgets::list::{self, Selection, column};
use crate::tui::widgets::page::Page;
use crate::tui::widgets::paint;

/// How many lines a page of the list is taken for.
const PAGE: isize = 10;
/// The widest that the list gets.
const MOST_WIDTH: u16 = 140;
/// Below so many rows, the first start stands without empty lines between its parts.
const LEAST_FOR_SPACE: u16 = 14;
const BAR: usize = 10;
const CHANGED: usize = 16;

/// What the screen remembers.
#[derive(Clone, Debug, Default)]
pub struct State {
    selection: Selection,
    draft: String,
    /// What is being opened: until it is there, or isn't, keys that open are not taken.
    opening: Option<String>,
    /// The key of what is selected once the list was read anew.
    wanted: Option<String>,
}

impl State {
    /// Keeps a name that was typed for a new assessment.
    pub fn keep_draft(&mut self, name: String) {
        self.draft = name;
    }

    /// Selects what was last worked on, now that the list was read anew.
    pub fn listed(&mut self, entries: &[Entry]) {
        let wanted = self.wanted.take();
        if let Some(line) = entries.iter().position(|entry| Some(&entry.key) == wanted.as_ref()) {
            self.selection.set(line, entries.len());
        }
    }

    /// Selects an assessment once the list is read anew.
    pub fn select(&mut self, key: String) {
        self.wanted = Some(key);
    }

    /// Notes that nothing is being opened any more.
    pub fn opened(&mut self) {
        self.opening = None;
    }
}

/// Takes an action.
pub fn update(state: &mut State, (entries, put_away): (&[Entry], Option<&Shelved>), action: Action) -> Step {
    let len = entries.len();
    match action {
        Action::Up => state.selection.step(-1, len),
        Action::Down => state.selection.step(1, len),
        Action::PageUp => state.selection.step(-PAGE, len),
        Action::PageDown => state.selection.step(PAGE, len),
        Action::First => state.selection.set(0, len),
        Action::Last => state.selection.set(usize::MAX, len),
        // On the first start there is nothing to open yet.
        Action::Confirm if entries.is_empty() => return begin(state),
        Action::Confirm | Action::Right => return open(state, entries),
        Action::New => return begin(state),
        Action::Demo if state.opening.is_none() => {
            state.opening = Some("the made-up company".to_owned());
            return Step::effects(vec![Effect::Demo]);
        }
        Action::Rename | Action::Copy | Action::Archive | Action::Delete => return shelve(state, entries, action),
        Action::Restore => return Step::effects(vec![Effect::ListShelved]),
        Action::Undo => return bring_back(put_away),
        Action::Terms => return Step::effects(vec![Effect::Consult]),
        // Whoever steps back once too often is not to find themselves in the shell.
        Action::Back => {
            let told = "This is the first screen, and everything is saved. q leaves the program.";
            return Step { notice: Some(Notice::done(told)), ..Step::default() };
        }
        action if Tab::of(action).is_some() && !entries.is_empty() => {
            return Step::problem("Open an assessment first: Enter opens the one that is marked.");
        }
        _ => {}
    }
    Step::default()
}

/// Takes a click on a row of the screen: it selects the assessment, and opens it when it was selected.
pub fn click(state: &mut State, entries: &[Entry], area: Rect, y: u16) -> Step {
    match state.selection.under(y, parts(area).list, entries.len()) {
        Some(line) if line == state.selection.of(entries.len()) => open(state, entries),
        Some(line) => {
            state.selection.set(line, entries.len());
            Step::default()
        }
        None => Step::default(),
    }
}

fn begin(state: &State) -> Step {
    Step::exit(Exit::Form(Box::new(forms::new_assessment(&state.draft))))
}

fn open(state: &mut State, entries: &[Entry]) -> Step {
    let Some(entry) = entries.get(state.selection.of(entries.len())).filter(|_| state.opening.is_none()) else {
        return Step::default();
    };
    state.opening = Some(entry.name.clone());
    Step::effects(vec![Effect::Open { key: entry.key.clone() }])
}

/// Does something to the assessment that is selected; what can't be taken back by a key is asked first.
fn shelve(state: &State, entries: &[Entry], action: Action) -> Step {
    let Some(entry) = entries.get(state.selection.of(entries.len())) else {
        return Step::problem("There is no assessment yet: n begins one.");
    };
    if state.opening.is_some() {
        return Step::default();
    }
    let form = match action {
        Action::Archive => {
            return Step::effects(vec![Effect::Shelve(ShelfOrder::Archive { key: entry.key.clone() })]);
        }
        Action::Rename => shelf::rename(entry),
        Action::Copy => shelf::copy(entry),
        _ => shelf::delete(entry),
    };
    Step::exit(Exit::Form(Box::new(form)))
}

/// Brings back what was put away last.
fn bring_back(put_away: Option<&Shelved>) -> Step {
    match put_away {
        Some(away) => Step::effects(vec![Effect::Shelve(ShelfOrder::Restore { key: away.key.clone(), name: None })]),
        None => Step::problem("Nothing was put away here. b shows what lies in the archive and in the trash."),
    }
}

/// Returns what the footer shows on the first start: there is nothing to open, and nothing to do something to.
#[must_use]
pub fn hints_of_the_first_start(footer: &[Hint]) -> Vec<Hint> {
    let is_for_one = |hint: &Hint| ["open", "rename", "copy", "archive", "delete"].contains(&hint.word.as_str());
    footer.iter().filter(|hint| !is_for_one(hint)).cloned().collect()
}

/// The parts of the screen.
struct Parts {
    title: Rect,
    heading: Rect,
    list: Rect,
    told: Rect,
}

fn parts(area: Rect) -> Parts {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2).min(MOST_WIDTH), ..area };
    let [title, heading, list, told] =
        Layout::vertical([Constraint::Length(2), Constraint::Length(1), Constraint::Min(1), Constraint::Length(3)])
            .areas(area);
    Parts { title, heading, list, told }
}

/// Draws the screen; no entries means that they are still being read.
pub fn view(state: &State, entries: Option<&[Entry]>, theme: &Theme, frame: &mut Frame, area: Rect) {
    let parts = parts(area);
    match entries {
        None => paint::line(frame, Span::styled("· Reading your assessments …", theme.muted), parts.title),
        Some([]) => first_start(theme, frame, area),
        Some(entries) => {
            paint::line(frame, Span::styled("Your assessments", theme.title), parts.title);
            let columns = Columns::new(usize::from(parts.list.width), entries);
            paint::line(frame, Span::styled(format!("  {}", columns.heading()), theme.muted), parts.heading);
            list::draw(frame, parts.list, theme, (Some(state.selection), entries.len()), |index| {
                entries.get(index).map(|entry| columns.line(entry, theme)).unwrap_or_default()
            });
        }
    }
    let mut told = Page::new(parts.told.width);
    if let Some(name) = &state.opening {
        told.paragraph(Role::Muted, &format!("· Opening {name} …"));
    } else if let Some(entry) = entries.and_then(|entries| entries.get(state.selection.of(entries.len())))
        && let Some(damage) = &entry.damage
    {
        told.hanging(vec![(Role::Bad, "! ".to_owned())], Role::Text, damage);
    }
    told.draw_cut(theme, frame, parts.told);
}

/// Draws what somebody sees who starts the program for the first time.
fn first_start(theme: &Theme, frame: &mut Frame, area: Rect) {
    let width = area.width.saturating_sub(8).min(76);
    let is_low = area.height < LEAST_FOR_SPACE;
    let mut page = Page::new(width);
    let space = |page: &mut Page| {
        if !is_low {
            page.blank();
        }
    };
    page.paragraph(Role::Title, "How ready are you for ISO/IEC 42001, and how long will it take to get there?");
    space(&mut page);
    page.paragraph(Role::Text, "You answer questions about how you work with AI, one at a time.");
    page.paragraph(Role::Text, "You see where you stand, what stands in the way, and how long it takes.");
    page.paragraph(Role::Text, "Each answer is saved at once, on this machine only.");
    page.blank();
    space(&mut page);
    page.hanging(vec![(Role::Key, "n  ".to_owned())], Role::Text, "begin; the quick scan takes about half an hour");
    page.hanging(vec![(Role::Key, "d  ".to_owned())], Role::Text, "look around in a made-up company first");
    let told = "what people ask first: what is this, is it worth it, who certifies, what does it cost";
    page.hanging(vec![(Role::Key, "t  ".to_owned())], Role::Text, told);
    let height = u16::try_from(page.len()).unwrap_or(u16::MAX).min(area.height);
    let y = area.y + (area.height - height) / 3;
    page.draw(theme, frame, Rect { x: area.x + 4, y, width, height }, 0);
}

/// How wide the columns are.
struct Columns {
    name: usize,
    organisation: usize,
}

impl Columns {
    fn new(width: usize, entries: &[Entry]) -> Self {
        // Mark, damage, bar with its figure, readiness, change, and the gaps between them.
        let fixed = 2 + 2 + (BAR + 6) + 2 + 7 + 2 + CHANGED + 2;
        let rest = width.saturating_sub(fixed);
        // Where there is little room, the name needs it more than the organisation does; where none is told, all of it.
        let has_organisations = entries.iter().any(|entry| !entry.organisation.is_empty());
        let name = if width < 76 || !has_organisations { rest } else { rest * 3 / 5 };
        Self { name, organisation: rest - name }
    }

    fn heading(&self) -> String {
        let organisation = if self.organisation == 0 { "" } else { "Organisation" };
        let (name, organisation) = (column("Name", self.name), column(organisation, self.organisation));
        format!("{name}  {organisation}  {}{:>9}  Last change", column("Answered", BAR + 6), "Stage 2")
    }

    fn line<'a>(&self, entry: &Entry, theme: &Theme) -> Line<'a> {
        let percent = |share: Option<f64>| {
            share.filter(|share| share.is_finite()).map_or("–".to_owned(), crate::domain::report::words::percent)
        };
        let damage = if entry.damage.is_some() { "! " } else { "  " };
        let mut line = vec![
            Span::styled(column(&visible(&entry.name), self.name), theme.text),
            Span::styled(damage, theme.bad),
            Span::styled(column(&visible(&entry.organisation), self.organisation), theme.muted),
            Span::raw("  "),
        ];
        // What is asked is what is to be done: of a quick scan, that.
        if entry.quick.is_some_and(|share| share >= 1.0) {
            line.push(Span::styled(column("quick scan done", BAR + 6), theme.good));
        } else {
            let share = entry.quick.or(entry.completion);
            line.extend(bar::share(share.unwrap_or(0.0), BAR, theme));
            line.push(Span::styled(format!("{:>6}", percent(share)), theme.text));
        }
        line.push(Span::styled(format!("{:>9}  ", percent(entry.readiness)), theme.text));
        line.push(Span::styled(column(&visible(&entry.changed), CHANGED), theme.muted));
        Line::from(line)
    }
}
