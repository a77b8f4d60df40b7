//! A step as a line of the list, and with all that it says.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::history::{Deed, Step, Waypoint, sentence};
use crate::domain::text::visible;
use crate::tui::overlay::{self, Help};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::figure;
use crate::tui::widgets::list::{column, fit};
use crate::tui::widgets::page::Page;

/// The widths of the columns.
pub struct Columns {
    when: usize,
    who: usize,
    what: usize,
}

impl Columns {
    /// Returns the columns of a list of a width.
    #[must_use]
    pub fn new(width: usize) -> Self {
        let (when, who) = (18, if width < 90 { 12 } else { 20 });
        // Two cells are the list's own, two tell what kind of step it is.
        Self { when, who, what: width.saturating_sub(when + who + 4) }
    }

    /// Returns the heading.
    #[must_use]
    pub fn heading(&self) -> String {
        format!("    {}{}What", column("When (UTC)", self.when), column("Who", self.who))
    }

    /// Returns the line of a step.
    #[must_use]
    pub fn line<'a>(&self, step: &Step, is_marked: bool, theme: &Theme) -> Line<'a> {
        let (mark, style) = match step.deed {
            _ if is_marked => ("◆ ", theme.accent),
            Deed::Snapshot(_) => ("● ", theme.accent),
            Deed::Undo(_) => ("← ", theme.muted),
            Deed::Redo(_) => ("→ ", theme.muted),
            Deed::Begin(_) | Deed::Making | Deed::Change => ("  ", theme.text),
        };
        let what = match step.deed {
            Deed::Snapshot(_) => theme.accent,
            Deed::Undo(_) | Deed::Redo(_) => theme.muted,
            Deed::Begin(_) | Deed::Making | Deed::Change => theme.text,
        };
        Line::from(vec![
            Span::styled(mark, style),
            Span::styled(column(&when(step), self.when), theme.muted),
            Span::styled(column(&format!("{} ", who(step)), self.who), theme.muted),
            Span::styled(fit(&visible(&step.told()), self.what), what),
        ])
    }
}

/// Returns when a step was done.
fn when(step: &Step) -> String {
    step.told_moment()
}

fn who(step: &Step) -> String {
    if step.who.is_empty() { "–".to_owned() } else { visible(&step.who).into_owned() }
}

/// Returns what a step says, laid out for a place: all of it, unless it is far more than can be seen.
#[must_use]
pub fn details(step: &Step, place: Rect) -> Page {
    let mut page = Page::new(place.width);
    page.hanging(vec![(Role::Title, format!("{}  ", when(step)))], Role::Title, &who(step));
    if let [made] = step.changes.as_slice() {
        page.paragraph(Role::Text, &format!("{}.", step.told()));
        because(&mut page, made.because.as_deref());
    } else {
        page.paragraph(Role::Text, &format!("{}.", step.told()));
        for made in &step.changes {
            if page.len() > usize::from(place.height) {
                page.cut_short();
                return page;
            }
            page.hanging(vec![(Role::Muted, "· ".to_owned())], Role::Text, &format!("{}.", sentence(&made.change)));
            because(&mut page, made.because.as_deref());
        }
    }
    because(&mut page, step.because.as_deref());
    page
}

fn because(page: &mut Page, reason: Option<&str>) {
    if let Some(reason) = reason {
        page.hanging(vec![(Role::Muted, "  Because  ".to_owned())], Role::Text, reason);
    }
}

/// Returns all that a step says, to be read over the screen.
#[must_use]
pub fn whole(step: &Step) -> Help {
    let row = |word: &str, text: String| (word.to_owned(), text);
    let mut figures = vec![row("When (UTC)", when(step)), row("Who", who(step))];
    figures.extend(step.because.iter().map(|because| row("Because", because.clone())));
    let mut lines = vec![];
    for made in &step.changes {
        let question = overlay::question(&made.change).map(ToString::to_string).unwrap_or_default();
        lines.push((question, format!("{}.", sentence(&made.change))));
        lines.extend(made.because.iter().map(|because| row("Because", because.clone())));
    }
    Help::difference(&step.told(), figures, lines)
}

/// Returns the snapshots with their figures, the last one first.
#[must_use]
pub fn waypoints(waypoints: &[Waypoint], width: u16) -> Page {
    let mut page = Page::new(width);
    page.paragraph(Role::Title, "Snapshots, as claimed");
    if waypoints.is_empty() {
        page.paragraph(Role::Muted, "None yet: s gives this moment a label.");
    }
    for waypoint in waypoints.iter().rev() {
        page.paragraph(Role::Text, &waypoint.title);
        for (name, range) in [("Stage 1", &waypoint.stage1), ("Stage 2", &waypoint.stage2)] {
            let figures = format!("{:>5}  {}", figure::percent(range), figure::coverage(range));
            page.hanging(vec![(Role::Muted, format!("  {name}  "))], Role::Muted, &figures);
        }
    }
    page
}
