//! How the screen is divided.

use ratatui::layout::Rect;

/// From this width on, the tree and what helps stand beside the question.
const THREE_PANES: u16 = 100;
/// A text that is wider is hard to read.
const MOST_TEXT_WIDTH: u16 = 90;
const GAP: u16 = 2;

/// The parts of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Panes {
    /// The line with progress and readiness.
    pub top: Rect,
    /// The areas and requirements.
    pub tree: Option<Rect>,
    /// The question with its levels.
    pub card: Rect,
    /// What helps, and what was recorded.
    pub side: Option<Rect>,
}

/// Divides the screen.
pub(super) fn panes(area: Rect) -> Panes {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let top = Rect { height: area.height.min(1), ..area };
    let below = Rect { y: area.y + area.height.min(2), height: area.height.saturating_sub(2), ..area };
    if area.width + 2 < THREE_PANES {
        let card = Rect { width: below.width.min(MOST_TEXT_WIDTH), ..below };
        return Panes { top, tree: None, card, side: None };
    }
    let tree_width = (area.width * 23 / 100).clamp(24, 44);
    let rest = area.width - tree_width - 2 * GAP;
    let card_width = (u32::from(rest) * 60 / 100).try_into().unwrap_or(rest).min(MOST_TEXT_WIDTH);
    let side_width = (rest - card_width).min(MOST_TEXT_WIDTH);
    let tree = Rect { width: tree_width, ..below };
    let card = Rect { x: tree.right() + GAP, width: card_width, ..below };
    let side = Rect { x: card.right() + GAP, width: side_width, ..below };
    Panes { top, tree: Some(tree), card, side: Some(side) }
}
