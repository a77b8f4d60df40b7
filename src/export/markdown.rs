//! Markdown: a summary that fits a page, then the full report. Clean tables; nothing that was typed can break out.

mod full;
mod summary;
mod text;

#[cfg(test)]
mod tests;

use crate::domain::report::Report;
use crate::export::markdown::text::Page;

/// Returns the report.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut page = Page::default();
    summary::write(&mut page, report);
    full::write(&mut page, report);
    page.text()
}
