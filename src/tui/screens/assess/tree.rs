//! The areas with their state, and the requirements of the area where one stands.
//!
//! ```text
//!   ✓ 4 Context of the organiz…  12/12
//!   ◐ 5 Leadership                 3/9
//!   ✓   5.1 Leadership and com…    3/3
//! › ·   5.2 AI policy              0/4
//!   –   A.5.2 Impact assessm… excluded
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::domain::flow::Progress;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::{Area, Item, Requirement};
use crate::domain::text::visible;
use crate::tui::screens::assess::walk;
use crate::tui::session::{Session, is_excluded};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{self, Selection, column};

/// A line of the tree.
pub(super) struct Branch<'a> {
    area: &'a Area,
    /// The requirement; none for the line of the area.
    requirement: Option<&'a Requirement>,
    progress: Progress,
    is_excluded: bool,
}

/// Returns the lines of the tree, and which of them is where one stands.
pub(super) fn branches<'a>(session: &'a Session, here: &QuestionId) -> (Vec<Branch<'a>>, Selection) {
    let current = session.questionnaire().item(here);
    let mut branches = vec![];
    let mut selected = 0;
    for (area, told) in session.questionnaire().areas().iter().zip(session.areas().iter()) {
        branches.push(Branch { area, requirement: None, progress: told.progress, is_excluded: told.is_excluded });
        if current.is_none_or(|item| item.area.id != area.id) {
            continue;
        }
        let flow = session.flow().iter().copied().skip(told.first_requirement);
        for (requirement, progress) in area.requirements.iter().zip(flow) {
            if current.is_some_and(|item| item.requirement.id == requirement.id) {
                selected = branches.len();
            }
            let is_excluded = is_excluded(session.assessment(), requirement);
            branches.push(Branch { area, requirement: Some(requirement), progress, is_excluded });
        }
    }
    let mut selection = Selection::default();
    selection.set(selected, branches.len());
    (branches, selection)
}

/// Draws the tree.
pub(super) fn draw(branches: &[Branch<'_>], selection: Selection, theme: &Theme, frame: &mut Frame, area: Rect) {
    let width = usize::from(area.width);
    list::draw(frame, area, theme, (Some(selection), branches.len()), |index| {
        branches.get(index).map(|branch| branch.line(width, theme)).unwrap_or_default()
    });
}

impl Branch<'_> {
    /// Returns the question that a click leads to: the first stop of the walk there.
    pub(super) fn target(&self, session: &Session, here: &QuestionId) -> Option<QuestionId> {
        let stops = walk::walk(session, here);
        let is_there = |stop: &&Item<'_>| match self.requirement {
            Some(requirement) => stop.requirement.id == requirement.id,
            None => stop.area.id == self.area.id,
        };
        stops.iter().find(is_there).map(|stop| stop.question.id.clone())
    }

    fn name(&self) -> String {
        match self.requirement {
            Some(requirement) => format!("  {} {}", requirement.id, requirement.title),
            None => format!("{} {}", self.area.id, self.area.title),
        }
    }

    fn line<'a>(&self, width: usize, theme: &Theme) -> Line<'a> {
        let Progress { answered, asked } = self.progress;
        let (mark, style) = match (answered, asked) {
            _ if self.is_excluded => ("– ", theme.muted),
            (_, 0) => ("  ", theme.muted),
            (answered, asked) if answered == asked => ("✓ ", theme.good),
            (0, _) => ("· ", theme.muted),
            _ => ("◐ ", theme.caution),
        };
        let count = match asked {
            _ if self.is_excluded => "excluded".to_owned(),
            0 => String::new(),
            _ => format!("{answered}/{asked}"),
        };
        // Two cells for the mark of the selection and two for that of the state; one before the count.
        let room = width.saturating_sub(4 + 1 + count.width());
        let name = if self.requirement.is_none() { theme.text } else { theme.muted };
        Line::from(vec![
            Span::styled(mark, style),
            Span::styled(column(&visible(&self.name()), room), name),
            Span::styled(format!(" {count}"), theme.muted),
        ])
    }
}
