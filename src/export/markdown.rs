//! The report as Markdown (`CommonMark` with the tables of GFM): what every format says, without the pictures.
//!
//! Text of the user or of a questionnaire is escaped: it can't become a heading, a link, a picture or raw HTML.

mod blocks;
mod escape;
mod page;
mod table;

pub use blocks::document;
pub use escape::inline as escaped_inline;
