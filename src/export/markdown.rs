//! The report as Markdown (`CommonMark` with the tables of GFM): a summary on one page, then the full report.
//!
//! Text of the user or of a questionnaire is escaped: it can't become a heading, a link, a picture or raw HTML.

mod answers;
mod beside;
mod escape;
mod laid_out;
mod page;
mod plan;
mod results;
mod setting;
mod soa;
mod summary;
mod table;

pub use escape::inline as escaped_inline;
pub use laid_out::laid_out;

use crate::domain::report::{Report, SELF_ASSESSMENT};
use crate::export::markdown::page::Page;

/// Returns the whole document.
#[must_use]
pub fn document(report: &Report) -> String {
    let mut page = Page::default();
    summary::write(&mut page, report);
    page.rule();
    results::write(&mut page, report);
    beside::checks(&mut page, &report.checks);
    plan::write(&mut page, report);
    beside::documents(&mut page, report);
    soa::write(&mut page, report);
    plan::timeline(&mut page, report);
    beside::worth(&mut page, report);
    beside::crosswalks(&mut page, &report.crosswalks);
    answers::write(&mut page, report);
    setting::write(&mut page, report);
    page.rule();
    page.paragraph(&format!("*{SELF_ASSESSMENT}*"));
    page.into_text()
}
