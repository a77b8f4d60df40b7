//! Blocks of Markdown, one below the other with a blank line between them.

use crate::export::markdown::table::Table;

/// A document that is being written.
#[derive(Default)]
pub(super) struct Page {
    blocks: Vec<String>,
}

impl Page {
    /// Adds the title of the document.
    pub(super) fn title(&mut self, text: &str) {
        self.blocks.push(format!("# {text}"));
    }

    /// Adds the heading of a section.
    pub(super) fn section(&mut self, text: &str) {
        self.blocks.push(format!("## {text}"));
    }

    /// Adds a heading below a section.
    pub(super) fn subheading(&mut self, text: &str) {
        self.blocks.push(format!("### {text}"));
    }

    /// Adds a heading below a subheading.
    pub(super) fn minor_heading(&mut self, text: &str) {
        self.blocks.push(format!("#### {text}"));
    }

    /// Adds a paragraph.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.blocks.push(text.to_owned());
    }

    /// Adds lines that belong together, such as a list or a quote; nothing where there are none.
    pub(super) fn lines(&mut self, lines: &[String]) {
        if !lines.is_empty() {
            self.blocks.push(lines.join("\n"));
        }
    }

    /// Adds a table; nothing where it has no rows.
    pub(super) fn table(&mut self, table: &Table) {
        self.lines(&table.lines());
    }

    /// Adds a line across.
    pub(super) fn rule(&mut self) {
        self.blocks.push("---".to_owned());
    }

    /// Returns the document.
    pub(super) fn into_text(self) -> String {
        let mut text = self.blocks.join("\n\n");
        text.push('\n');
        text
    }
}
