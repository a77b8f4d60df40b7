//! Charts, drawn once and used by every format that shows pictures.
//!
//! A drawing names its fonts and gives each shape both a colour and a class, so that a page may recolour it (dark
//! mode) and a printer doesn't need to. Nothing is told by colour alone: figures, patterns and places say it too.

mod areas;
mod distribution;
mod drawing;
mod gantt;
mod heat;
mod radar;
mod svg;
pub(in crate::export) mod width;

pub use areas::areas;
pub use distribution::distribution;
pub use drawing::{Anchor, DASHES, Drawing, Letters, Piece, Point, Stroke};
pub use gantt::gantt;
pub use heat::heat;
pub use radar::radar;

#[cfg(test)]
mod tests;
