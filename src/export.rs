//! What is handed on: a report as bytes, never as files. The same report gives the same bytes on every machine.

pub mod ics;
pub mod json;
pub mod markdown;

use crate::domain::report::Report;

/// A format that a report can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The summary and the full report, for people.
    Markdown,
    /// Everything, for programs and for safe keeping.
    Json,
    /// The timeline as a calendar.
    Calendar,
}

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The JSON text could not be made.
    #[error("the JSON text can't be made: {0}")]
    Json(#[from] serde_json::Error),
}

/// Returns the bytes of a report in a format.
///
/// # Errors
///
/// Returns why the bytes could not be made. Nothing is written either way.
pub fn render(format: Format, report: &Report) -> Result<Vec<u8>, ExportError> {
    match format {
        Format::Markdown => Ok(markdown::document(report).into_bytes()),
        Format::Json => Ok(json::text(&json::assessment(report))?.into_bytes()),
        Format::Calendar => Ok(ics::document(report).into_bytes()),
    }
}

impl Format {
    /// All formats, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Markdown, Self::Json, Self::Calendar];

    /// Returns the word for it on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Json => "json",
            Self::Calendar => "ics",
        }
    }

    /// Returns the ending of its files, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        self.word()
    }

    /// Returns the format with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }
}

impl ExportError {
    /// Returns what to do about it.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Json(_) => "Export as md instead, and report this: no assessment should cause it.",
        }
    }
}

#[cfg(test)]
mod tests;
