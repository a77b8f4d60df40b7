//! The areas with their state, and the requirements of the area where one stands.
//!
//! ```text
//!   ✓ 4 Context of the organiz…  12/12
//!   ◐ 5 Leadership                 3/9
//!   ✓   5.1 Leadership and com…    3/3
//! › ·   5.2 AI policy              0/4
//!   –   A.5.2 Impact assessm… excluded
//! ```

use std::collections::BTreeMap;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::domain::flow::{Progress, asked};
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::questionnaire::{Area, Requirement};
use crate::domain::text::visible;
use crate::tui::screens::assess::walk;
use crate::tui::session::Session;
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{self, Selection, column};

/// A line of the tree.
pub(super) struct Branch {
    name: String,
    progress: Progress,
    is_area: bool,
    is_excluded: bool,
    /// The question that a click leads to.
    pub target: Option<QuestionId>,
}

/// Returns the lines of the tree, and which of them is where one stands.
pub(super) fn branches(session: &Session, here: &QuestionId) -> (Vec<Branch>, Selection) {
    let mut counts: BTreeMap<&RequirementId, Progress> = BTreeMap::new();
    for item in asked(session.questionnaire(), session.assessment()) {
        let progress = counts.entry(&item.requirement.id).or_default();
        progress.asked += 1;
        progress.answered += usize::from(session.assessment().answer(&item.question.id).is_some());
    }
    let stops = walk::walk(session, here);
    let current = session.questionnaire().item(here);
    let mut branches = vec![];
    let mut selected = 0;
    for area in session.questionnaire().areas() {
        let first = stops.iter().find(|stop| stop.area.id == area.id);
        let target = first.map(|stop| stop.question.id.clone());
        let is_left_out = area.requirements.iter().all(|requirement| is_excluded(session, requirement));
        branches.push(Branch { is_excluded: is_left_out, target, ..of_area(area, &counts) });
        if current.is_none_or(|item| item.area.id != area.id) {
            continue;
        }
        for requirement in &area.requirements {
            if current.is_some_and(|item| item.requirement.id == requirement.id) {
                selected = branches.len();
            }
            let stop = stops.iter().find(|stop| stop.requirement.id == requirement.id);
            branches.push(Branch {
                name: format!("  {} {}", requirement.id, requirement.title),
                progress: counts.get(&requirement.id).copied().unwrap_or_default(),
                is_area: false,
                is_excluded: is_excluded(session, requirement),
                target: stop.map(|stop| stop.question.id.clone()),
            });
        }
    }
    let mut selection = Selection::default();
    selection.set(selected, branches.len());
    (branches, selection)
}

fn of_area(area: &Area, counts: &BTreeMap<&RequirementId, Progress>) -> Branch {
    let mut progress = Progress::default();
    for Requirement { id, .. } in &area.requirements {
        let of_requirement = counts.get(id).copied().unwrap_or_default();
        progress.asked += of_requirement.asked;
        progress.answered += of_requirement.answered;
    }
    Branch { name: format!("{} {}", area.id, area.title), progress, is_area: true, is_excluded: false, target: None }
}

fn is_excluded(session: &Session, requirement: &Requirement) -> bool {
    requirement.can_be_excluded() && session.assessment().exclusion(&requirement.id).is_some()
}

/// Draws the tree.
pub(super) fn draw(branches: &[Branch], selection: Selection, theme: &Theme, frame: &mut Frame, area: Rect) {
    let width = usize::from(area.width);
    list::draw(frame, area, theme, (Some(selection), branches.len()), |index| {
        branches.get(index).map(|branch| branch.line(width, theme)).unwrap_or_default()
    });
}

impl Branch {
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
        let name = if self.is_area { theme.text } else { theme.muted };
        Line::from(vec![
            Span::styled(mark, style),
            Span::styled(column(&visible(&self.name), room), name),
            Span::styled(format!(" {count}"), theme.muted),
        ])
    }
}
