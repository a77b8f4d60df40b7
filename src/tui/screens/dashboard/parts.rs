//! How the screen is divided.

use ratatui::layout::{Constraint, Layout, Rect};

use crate::tui::screens::dashboard::areas;

/// The width from which on areas and list stand side by side.
const WIDE: u16 = 100;
/// The width from which on all requirements stand beside the rest.
const WALL: u16 = 190;
/// The parts of the first page.
pub(super) struct Parts {
    pub verdict: Rect,
    pub gauges: Rect,
    pub trend: Rect,
    pub areas: Rect,
    pub radar: Option<Rect>,
    /// All requirements, where there is room for them beside the rest.
    pub map: Option<Rect>,
    pub list_title: Rect,
    pub list: Rect,
}

pub(super) fn inner(area: Rect) -> Rect {
    Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area }
}

pub(super) fn below_title(area: Rect) -> Rect {
    Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area }.intersection(area)
}

pub(super) fn parts(area: Rect, areas_len: usize, trend: u16) -> Parts {
    let area = inner(area);
    let gap = u16::from(area.height > 16);
    let trend = if gap > 0 { trend } else { 0 };
    // Where it is low, the line of the trend takes the place of the gaps: the list needs the rows.
    let above = if trend > 0 && area.height < 24 { 0 } else { gap };
    let [verdict, _, gauges, trend, _, lower] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(above),
        Constraint::Length(3),
        Constraint::Length(trend),
        Constraint::Length(above),
        Constraint::Min(0),
    ])
    .areas(area);
    if area.width < WIDE {
        // One under the other: the list needs the width, and the areas fit into a few cells each.
        let rows = areas::compact_rows(areas_len, area.width) + 1;
        // Where it is too low for both, the list goes first; all requirements are a key away.
        let rows = if lower.height >= rows + gap + 4 { rows } else { 0 };
        let [areas, _, list_title, list] = Layout::vertical([
            Constraint::Length(rows),
            Constraint::Length(if rows > 0 { gap } else { 0 }),
            Constraint::Length(1),
            Constraint::Min(0),
        ])
        .areas(lower);
        return Parts { verdict, gauges, trend, areas, radar: None, map: None, list_title, list };
    }
    let [left, _, right] = if area.width < WALL {
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(3), Constraint::Fill(1)]).areas(lower)
    } else {
        Layout::horizontal([Constraint::Length(90), Constraint::Length(3), Constraint::Fill(1)]).areas(lower)
    };
    // The areas need a line each below their title; what is left under them is room for the radar.
    let lines = u16::try_from(areas_len + 1).unwrap_or(u16::MAX);
    let [areas, _, radar] =
        Layout::vertical([Constraint::Max(lines), Constraint::Length(1), Constraint::Min(0)]).areas(left);
    let (map, right) = if area.width >= WALL && right.height >= 45 {
        let [map, _, rest] =
            Layout::vertical([Constraint::Length(26), Constraint::Length(1), Constraint::Min(0)]).areas(right);
        (Some(below_title(map)), rest)
    } else {
        (None, right)
    };
    let [list_title, list] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(right);
    let radar = (radar.height >= 12).then_some(radar);
    Parts { verdict, gauges, trend, areas, radar, map, list_title, list }
}
