//! A report as bytes. Files are written elsewhere; equal reports give equal bytes.

pub mod json;
pub mod markdown;

use crate::domain::report::Report;

/// A format that a report can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Markdown,
    /// For programs and for safe keeping.
    Json,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 2] = [Self::Markdown, Self::Json];

    /// Returns the format with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    /// Returns the word for it on the command line, which is the ending of its files too.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Json => "json",
        }
    }
}

/// Returns a report as the bytes of a file.
#[must_use]
pub fn render(format: Format, report: &Report) -> Vec<u8> {
    match format {
        Format::Markdown => markdown::render(report).into_bytes(),
        Format::Json => format!("{:#}\n", json::report(report)).into_bytes(),
    }
}
