//! A row of blocks whose heights tell how a share went: readiness from snapshot to snapshot.

use crate::domain::scoring::Range;
use crate::tui::widgets::{bar, figure};

/// Returns a block for each range, oldest first; a dot where nothing was answered yet.
#[must_use]
pub fn spark<'a>(ranges: impl Iterator<Item = &'a Range>) -> String {
    ranges.map(|range| figure::known(range).map_or("·", bar::block)).collect()
}
