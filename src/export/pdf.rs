//! The report as PDF: set by parley, written by krilla, with vector charts, bookmarks and a structure for readers.
//!
//! Made in two passes. The first composes pages as plain data (what stands where, and what it is); only then is it
//! known how many pages there are and on which one a section begins. The second paints them.

mod chart;
mod company;
mod compose;
mod cover;
mod flow;
mod paint;
mod sheet;
mod structure;
mod table;

use std::rc::Rc;

use chrono::NaiveDate;

use crate::export::ExportError;
use crate::export::brand::Brand;
use crate::export::document::Document;
use crate::export::picture::Pictures;

/// A PDF with what its reader should know.
#[derive(Debug)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters that the fonts have no glyph for, and that show as boxes; sorted.
    pub without_glyph: Vec<char>,
}

/// Returns whether bytes are a font that can be embedded.
#[must_use]
pub fn is_font(bytes: &std::sync::Arc<Vec<u8>>) -> bool {
    krilla::text::Font::new(std::sync::Arc::clone(bytes).into(), 0).is_some()
}

/// Returns the document as PDF, dated on a day.
///
/// # Errors
///
/// Returns what krilla refused, such as a font of the brand that can't be embedded.
pub fn pdf(document: &Document, brand: &Brand, on: NaiveDate, pictures: &Rc<Pictures>) -> Result<Pdf, ExportError> {
    let composed = compose::compose(document, brand, pictures)?;
    let without_glyph = composed.without_glyph.clone();
    Ok(Pdf { pages: composed.sheets.len(), bytes: paint::paint(&composed, document, brand, on)?, without_glyph })
}
