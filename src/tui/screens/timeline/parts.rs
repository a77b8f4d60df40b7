//! How the screen is divided.

use ratatui::layout::{Constraint, Layout, Rect};

use crate::tui::screens::timeline::{Focus, milestones};

/// The least width that shows two things side by side.
const TWO: u16 = 100;
/// The least width that shows three.
const THREE: u16 = 160;
/// The least height of the screen's area that shows charts and plan at once.
const TALL: u16 = 26;
/// The least height at which the plan by phases leaves lines empty.
const SPARE: u16 = 34;
/// The least height that shows when each milestone is reached, too.
const ROOMY: u16 = 44;

/// The parts of the screen; what there is no room for is not shown.
pub(super) struct Parts {
    pub summary: Rect,
    pub distribution: Option<Rect>,
    pub tornado: Option<Rect>,
    pub levers: Option<Rect>,
    pub milestones: Option<Rect>,
    pub gantt: Option<Rect>,
}

/// Returns how many rows say why it takes so long. It is left out where the charts need the room.
fn why_rows(area: Rect, focus: Focus) -> u16 {
    match area.width {
        _ if area.height < 15 || (area.height < TALL && focus == Focus::Levers) => 0,
        TWO.. if area.height >= ROOMY => 6,
        // Where the plan leaves lines empty, the sentences are whole.
        TWO.. if area.height >= SPARE && focus == Focus::Plan => 8,
        TWO.. => 4,
        _ => 5,
    }
}

pub(super) fn parts(area: Rect, focus: Focus, is_supposing: bool) -> Parts {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let lines = 2 + u16::from(is_supposing);
    let is_tall = area.height >= TALL;
    let why = why_rows(area, focus);
    let [summary, _, rest] =
        Layout::vertical([Constraint::Length(lines + why), Constraint::Length(1), Constraint::Min(0)]).areas(area);
    let mut parts = Parts { summary, distribution: None, tornado: None, levers: None, milestones: None, gantt: None };
    if focus == Focus::Chances {
        chances(&mut parts, rest);
        return parts;
    }
    if !is_tall {
        match focus {
            Focus::Plan | Focus::Chances => parts.gantt = Some(rest),
            Focus::Levers => {
                let [levers, charts] = Layout::vertical([Constraint::Length(8), Constraint::Min(0)]).areas(rest);
                (parts.levers, parts.distribution) = (Some(levers), Some(charts));
            }
        }
        return parts;
    }
    let charts = if area.height > 44 { 14 } else { 9 };
    let [charts, _, gantt] =
        Layout::vertical([Constraint::Length(charts), Constraint::Length(1), Constraint::Min(0)]).areas(rest);
    parts.gantt = Some(gantt);
    if area.height >= ROOMY {
        let [gantt, _, table] =
            Layout::vertical([Constraint::Min(0), Constraint::Length(1), Constraint::Length(milestones::HEIGHT)])
                .areas(gantt);
        (parts.gantt, parts.milestones) = (Some(gantt), Some(table));
    }
    match area.width {
        THREE.. => {
            let [distribution, _, tornado, _, levers] = Layout::horizontal([
                Constraint::Fill(4),
                Constraint::Length(3),
                Constraint::Fill(4),
                Constraint::Length(3),
                Constraint::Fill(4),
            ])
            .areas(charts);
            (parts.distribution, parts.tornado, parts.levers) = (Some(distribution), Some(tornado), Some(levers));
        }
        TWO.. => {
            let [distribution, _, right] =
                Layout::horizontal([Constraint::Fill(1), Constraint::Length(3), Constraint::Fill(1)]).areas(charts);
            parts.distribution = Some(distribution);
            match focus {
                Focus::Levers => parts.levers = Some(right),
                Focus::Plan | Focus::Chances => parts.tornado = Some(right),
            }
        }
        _ => match focus {
            Focus::Levers => parts.levers = Some(charts),
            Focus::Plan | Focus::Chances => parts.distribution = Some(charts),
        },
    }
    parts
}

/// Divides the screen where the chances have all of it.
fn chances(parts: &mut Parts, area: Rect) {
    if area.width >= TWO {
        let [charts, _, table] =
            Layout::vertical([Constraint::Max(18), Constraint::Length(1), Constraint::Length(milestones::HEIGHT)])
                .areas(area);
        let [left, _, right] =
            Layout::horizontal([Constraint::Fill(1), Constraint::Length(3), Constraint::Fill(1)]).areas(charts);
        (parts.distribution, parts.tornado, parts.milestones) = (Some(left), Some(right), Some(table));
    } else if area.height >= 24 {
        let [top, _, middle, _, bottom] = Layout::vertical([
            Constraint::Fill(1),
            Constraint::Length(1),
            Constraint::Fill(1),
            Constraint::Length(1),
            Constraint::Length(milestones::HEIGHT),
        ])
        .areas(area);
        (parts.distribution, parts.tornado, parts.milestones) = (Some(top), Some(middle), Some(bottom));
    } else {
        let [top, _, bottom] =
            Layout::vertical([Constraint::Fill(1), Constraint::Length(1), Constraint::Fill(1)]).areas(area);
        (parts.distribution, parts.tornado) = (Some(top), Some(bottom));
    }
}
