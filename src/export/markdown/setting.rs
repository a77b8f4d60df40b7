//! Who was assessed, and how the figures came about.

use crate::domain::profile::ProfileKey;
use crate::domain::report::Report;
use crate::export::markdown::escape::{cell, inline};
use crate::export::markdown::page::Page;
use crate::export::markdown::table::Table;

/// Writes the profile, and method and limits.
pub(super) fn write(page: &mut Page, report: &Report) {
    page.section("Organisation and scope");
    let mut table = Table::new(["", ""]);
    table.row(["Assessment".to_owned(), cell(report.assessment.name())]);
    for key in ProfileKey::ALL {
        let value = cell(&report.assessment.profile().text(key));
        let value = if value.is_empty() { "not stated".to_owned() } else { value };
        table.row([key.label().to_owned(), value]);
    }
    page.table(&table);
    page.section("Method and limits");
    report.method.iter().for_each(|paragraph| page.paragraph(&inline(paragraph)));
}
