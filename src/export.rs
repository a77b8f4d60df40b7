//! What is handed on: a report as bytes, never as files. The same report gives the same bytes on every machine.
//!
//! What is said stands in [`document`], once; [`markdown`], [`html`], [`pdf`] and [`docx`] set it. [`xlsx`] and [`csv`]
//! are to be worked on, [`json`] and [`oscal`] are for programs.

mod asks;
pub mod brand;
pub mod chart;
mod columns;
pub mod csv;
pub mod document;
pub mod docx;
pub mod html;
pub mod ics;
pub mod json;
pub mod markdown;
pub mod oscal;
pub mod palette;
pub mod pdf;
pub mod picture;
pub mod plain;
pub mod template;
pub mod typeset;
pub mod xlsx;

pub use asks::Asks;

use std::cell::OnceCell;
use std::rc::Rc;

use crate::domain::questionnaire::Questionnaire;
use crate::domain::report::{Audience, Holds, Names, Report};
use crate::export::brand::Brand;
use crate::export::document::Document;
use crate::export::picture::Pictures;

/// A format that a report can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The summary and the full report, for people.
    Markdown,
    /// The same as a page for a browser.
    Html,
    /// The same, to be handed over.
    Pdf,
    /// The same, to be edited.
    Docx,
    /// A workbook, to be filled in and reckoned with.
    Xlsx,
    /// Tables for spreadsheets and scripts: a file each.
    Csv,
    /// Everything, for programs and for safe keeping.
    Json,
    /// A catalog of the questions and the results, for tools of the trade.
    Oscal,
    /// The timeline as a calendar.
    Calendar,
}

/// What is to be written. The report is made from an assessment that is redacted for the audience already.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// The report.
    pub report: &'a Report,
    /// The questionnaire that it is about.
    pub questionnaire: &'a Questionnaire,
    /// Who it is for.
    pub audience: Audience,
    /// Whether it names people.
    pub names: Names,
    /// How it looks.
    pub brand: &'a Brand,
}

/// A report that was rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Its files; most formats have one.
    pub files: Vec<File>,
    /// What its reader should know, such as characters that could not be shown: a sentence each.
    pub remarks: Vec<String>,
}

/// A file of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// What sets it apart from other files of the format: `-soa`, or nothing.
    pub suffix: &'static str,
    /// The ending, without the dot.
    pub extension: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// How many pages a board reads.
const BOARD_PAGES: usize = 2;

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The JSON text could not be made.
    #[error("the JSON text can't be made: {0}")]
    Json(#[from] serde_json::Error),
    /// A template has a fault.
    #[error("{0}")]
    Template(#[from] html::TemplateFault),
    /// A font file of the template can't be used.
    #[error("the template's {0} is no font that can be used")]
    Font(&'static str),
    /// The PDF could not be made.
    #[error("the PDF can't be made: {0}")]
    Pdf(String),
    /// The document could not be made.
    #[error("the document can't be made: {0}")]
    Document(String),
    /// The tables could not be made.
    #[error("the tables can't be made: {0}")]
    Tables(String),
    /// The workbook could not be made.
    #[error("the workbook can't be made: {0}")]
    Workbook(String),
    /// The format holds more than the audience may see.
    #[error("{} holds more than {} is meant to see", .0.word(), .1.reader())]
    NotForAudience(Format, Audience),
}

/// Renders what was ordered, in one format after the other: what several of them show is made once.
pub struct Press<'a> {
    order: Order<'a>,
    /// The document as it is laid out, and with its figures kept together on a line.
    document: OnceCell<Document>,
    bound: OnceCell<Document>,
    pictures: OnceCell<Rc<Pictures>>,
}

impl<'a> Press<'a> {
    /// Returns a press for an order.
    #[must_use]
    pub fn new(order: Order<'a>) -> Self {
        Self { order, document: OnceCell::new(), bound: OnceCell::new(), pictures: OnceCell::new() }
    }

    fn document(&self) -> &Document {
        let Order { report, audience, names, brand, .. } = self.order;
        self.document.get_or_init(|| document::document(report, audience, names, brand))
    }

    fn bound(&self) -> &Document {
        let Order { report, audience, names, brand, .. } = self.order;
        let made =
            || self.document.get().cloned().unwrap_or_else(|| document::document(report, audience, names, brand));
        self.bound.get_or_init(|| document::bound(made()))
    }

    fn pictures(&self) -> &Rc<Pictures> {
        self.pictures.get_or_init(|| Rc::new(Pictures::new(&self.order.brand.faces)))
    }

    /// Returns the report in a format.
    ///
    /// # Errors
    ///
    /// Returns why it could not be made. Nothing is written either way.
    pub fn render(&self, format: Format) -> Result<Rendered, ExportError> {
        if !format.suits(self.order.audience) {
            return Err(ExportError::NotForAudience(format, self.order.audience));
        }
        rendered(format, self)
    }
}

fn rendered(format: Format, press: &Press<'_>) -> Result<Rendered, ExportError> {
    let order = &press.order;
    match format {
        Format::Markdown => Ok(format.only(markdown::document(press.document()).into_bytes())),
        Format::Html => Ok(format.only(html::page(press.bound(), order.brand)?.into_bytes())),
        Format::Pdf => {
            let pdf = pdf::pdf(press.bound(), order.brand, order.report.on, press.pictures())?;
            let mut rendered = format.only(pdf.bytes);
            rendered.remarks.extend(without_glyph(&pdf.without_glyph));
            if order.audience == Audience::Board && pdf.pages > BOARD_PAGES {
                let told = format!("The board summary takes {} pages instead of {BOARD_PAGES}.", pdf.pages);
                rendered.remarks.push(told);
            }
            Ok(rendered)
        }
        Format::Docx => {
            let bytes = docx::docx(press.bound(), order.brand, order.report.on, press.pictures())?;
            Ok(format.only(bytes))
        }
        Format::Csv => {
            let tables =
                csv::tables(order.report, order.audience).map_err(|error| ExportError::Tables(error.to_string()))?;
            let file = |(suffix, bytes)| File { suffix, extension: format.extension(), bytes };
            Ok(Rendered { files: tables.into_iter().map(file).collect(), remarks: vec![] })
        }
        Format::Xlsx => {
            let xlsx = xlsx::xlsx(order).map_err(|error| ExportError::Workbook(error.to_string()))?;
            let mut rendered = format.only(xlsx.bytes);
            rendered.remarks.extend(cut(xlsx.cut));
            Ok(rendered)
        }
        Format::Oscal => {
            let file = |suffix, text: String| File { suffix, extension: format.extension(), bytes: text.into_bytes() };
            let catalog = json::printable(&oscal::catalog(order.questionnaire, order.report.on))?;
            let results = json::printable(&oscal::results(order.report))?;
            let files = vec![file("-oscal-catalog", catalog), file("-oscal-results", results)];
            Ok(Rendered { files, remarks: vec![] })
        }
        Format::Json => Ok(format.only(json::text(&json::assessment(order.report))?.into_bytes())),
        Format::Calendar => Ok(format.only(ics::document(order.report).into_bytes())),
    }
}

fn without_glyph(missing: &[char]) -> Option<String> {
    if missing.is_empty() {
        return None;
    }
    let shown: String = missing.iter().take(12).collect();
    let more = if missing.len() > 12 { " and others" } else { "" };
    Some(format!(
        "The PDF's typeface has no sign for {}{more}: boxes stand there. A template can name a font that has them.",
        crate::domain::text::visible(&shown)
    ))
}

fn cut(texts: usize) -> Option<String> {
    let told = crate::domain::report::words::count(texts, "text");
    (texts > 0)
        .then(|| format!("{told} of more than 32,767 characters had to be cut in the workbook: JSON has all of it."))
}

impl Format {
    /// All formats, in the order in which they are offered.
    pub const ALL: [Self; 9] = [
        Self::Markdown,
        Self::Html,
        Self::Pdf,
        Self::Docx,
        Self::Xlsx,
        Self::Csv,
        Self::Json,
        Self::Oscal,
        Self::Calendar,
    ];

    /// Returns the word for it on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Oscal => "oscal",
            Self::Calendar => "ics",
        }
    }

    /// Returns the ending of its files, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Oscal => "json",
            Self::Markdown
            | Self::Html
            | Self::Pdf
            | Self::Docx
            | Self::Xlsx
            | Self::Csv
            | Self::Json
            | Self::Calendar => self.word(),
        }
    }

    /// Returns the format with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    /// Returns whether the format has something for an audience that it may see.
    #[must_use]
    pub fn suits(self, audience: Audience) -> bool {
        audience.may_have(match self {
            Self::Markdown | Self::Html | Self::Pdf | Self::Docx => Holds::Pages,
            Self::Xlsx | Self::Csv => Holds::Tables,
            Self::Json | Self::Oscal => Holds::Everything,
            Self::Calendar => Holds::Days,
        })
    }

    fn only(self, bytes: Vec<u8>) -> Rendered {
        Rendered { files: vec![File { suffix: "", extension: self.extension(), bytes }], remarks: vec![] }
    }
}

impl ExportError {
    /// Returns what to do about it.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Json(_) => "Export as md instead, and report this: no assessment should cause it.",
            Self::Template(_) => {
                "Mend the template, or compare it with the one that `ready42 template new DIR` writes."
            }
            Self::Font(_) => "Name a TrueType or OpenType file in template.toml, or leave the line out.",
            Self::Pdf(_) => "Export as html instead and print it, and report this: no assessment should cause it.",
            Self::Document(_) => "Export as html instead, and report this: no assessment should cause it.",
            Self::Tables(_) => "Export as json instead, and report this: no assessment should cause it.",
            Self::Workbook(_) => "Export as csv instead, and report this: no assessment should cause it.",
            Self::NotForAudience(..) => {
                "Leave the format out, or write for the audience full, for your own use. `--format all` writes what suits \
                 the audience."
            }
        }
    }
}

#[cfg(test)]
mod tests;
