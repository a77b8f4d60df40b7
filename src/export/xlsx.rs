//! The report as a workbook: to be sorted, filtered, filled in and reckoned with.
//!
//! Texts are strings and nothing else, figures are numbers, days are days. Changing a level in the sheet of answers
//! changes the figures of the summary: they are formulas, with our results beside them for readers that don't reckon.

mod answers;
mod areas;
mod beside;
mod grid;
mod lists;
mod summary;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use crate::domain::report::{Audience, Names};
use crate::export::Order;
use crate::export::palette::Palette;
use crate::export::plain::clean;
use crate::export::xlsx::grid::Look;

/// A workbook with what its reader should know.
#[derive(Debug)]
pub struct Xlsx {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many texts were cut, because a cell holds no more.
    pub cut: usize,
}

/// How hard the workbook is packed, 0 to 9: harder takes longer than all cells, for some kilobytes.
const PACKED: u8 = 2;

/// Returns the report as a workbook.
///
/// # Errors
///
/// Returns what the library refused; no report causes it.
pub fn xlsx(order: &Order<'_>) -> Result<Xlsx, XlsxError> {
    let report = order.report;
    let mut look = Look::new(order.brand.palette);
    let sees_gaps = order.audience.sees_gaps();
    let mut sheets = vec![];
    if order.audience == Audience::Owner {
        // What everybody answered is no owner's business.
        sheets.push(lists::actions(report, &mut look)?);
        sheets.extend(lists::timeline(report, &mut look)?);
        sheets.extend(beside::assumptions(report, &mut look)?);
        return finished(order, sheets, look.cut);
    }
    if sees_gaps {
        let answers = answers::sheet(order, &mut look)?;
        sheets.push(summary::sheet(order, answers.last_row, &mut look)?);
        sheets.push(areas::sheet(report, answers.last_row, &mut look)?);
        sheets.push(answers.sheet);
    }
    sheets.push(lists::applicability(report, order.audience, &mut look)?);
    if sees_gaps {
        if order.audience != Audience::Auditor {
            sheets.push(lists::actions(report, &mut look)?);
            sheets.push(lists::findings(report, &mut look)?);
        }
        sheets.extend(lists::documents(report, &mut look)?);
        if order.audience != Audience::Auditor {
            sheets.extend(lists::timeline(report, &mut look)?);
            sheets.extend(beside::assumptions(report, &mut look)?);
            sheets.extend(lists::crosswalks(report, &mut look)?);
        }
        if order.audience == Audience::Full {
            sheets.extend(beside::costs(report, &mut look)?);
            sheets.extend(beside::changes(report, &mut look)?);
        }
    }
    finished(order, sheets, look.cut)
}

fn finished(order: &Order<'_>, sheets: Vec<Worksheet>, cut: usize) -> Result<Xlsx, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(PACKED);
    workbook.set_properties(&properties(order)?);
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
    Ok(Xlsx { bytes: workbook.save_to_buffer()?, cut })
}

fn properties(order: &Order<'_>) -> Result<DocProperties, XlsxError> {
    let author = if order.names == Names::Shown { order.brand.texts.prepared_by.as_str() } else { "" };
    Ok(DocProperties::new()
        .set_title(clean(&order.report.title))
        .set_subject(order.audience.title())
        .set_author(clean(author))
        .set_comment(crate::domain::report::SELF_ASSESSMENT)
        .set_creation_datetime(&day(order.report.on)?))
}

/// Returns a day as the workbook holds it. Days before 1900 and after 9999 don't exist there.
fn day(day: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(day.year()).unwrap_or(1900).clamp(1900, 9999);
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    ExcelDateTime::from_ymd(year, part(day.month()), part(day.day()))
}

/// Returns a colour of the palette as the workbook takes it.
fn colour(palette: Palette, role: crate::export::palette::Role) -> u32 {
    let colour = palette.of(role);
    (u32::from(colour.0) << 16) | (u32::from(colour.1) << 8) | u32::from(colour.2)
}
