//! Paragraphs, lists and tables, with what was typed made harmless.

use unicode_width::UnicodeWidthStr;

use crate::domain::text::visible;

/// A page that is being written.
#[derive(Clone, Debug, Default)]
pub struct Page {
    text: String,
}

impl Page {
    /// Writes a heading of a rank, from 1.
    pub fn heading(&mut self, rank: usize, text: &str) {
        self.paragraph(&format!("{} {text}", "#".repeat(rank)));
    }

    /// Writes a paragraph of text that is Markdown already.
    pub fn paragraph(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push_str("\n\n");
    }

    /// Writes a list of items that are Markdown already; nothing for an empty one.
    pub fn list(&mut self, items: impl IntoIterator<Item = String>) {
        let before = self.text.len();
        for item in items {
            self.text.push_str("- ");
            self.text.push_str(&item);
            self.text.push('\n');
        }
        if self.text.len() > before {
            self.text.push('\n');
        }
    }

    /// Writes a table of cells that are Markdown already, its columns aligned in the source too.
    pub fn table<const N: usize>(&mut self, head: [&str; N], rows: &[[String; N]]) {
        let mut widths = head.map(|cell| cell.width().max(3));
        for row in rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.width().min(MOST_ALIGNED));
            }
        }
        self.row(&head.map(str::to_owned), &widths);
        self.row(&widths.map(|width| "-".repeat(width)), &widths);
        for row in rows {
            self.row(row, &widths);
        }
        self.text.push('\n');
    }

    fn row<const N: usize>(&mut self, cells: &[String; N], widths: &[usize; N]) {
        for (cell, width) in cells.iter().zip(widths) {
            self.text.push_str("| ");
            self.text.push_str(cell);
            self.text.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 1));
        }
        self.text.push_str("|\n");
    }

    /// Returns what was written, with one line feed at its end.
    #[must_use]
    pub fn text(self) -> String {
        format!("{}\n", self.text.trim_end())
    }
}

/// The width up to which columns are aligned in the source: beyond it, lines would only get longer.
const MOST_ALIGNED: usize = 60;

/// Returns text that was typed, as Markdown that shows it and does nothing: on one line, for cells and sentences.
#[must_use]
pub fn plain(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| escaped(visible(line.trim_end_matches('\r')).trim())).collect();
    lines.join("<br>")
}

/// Escapes every character that Markdown, or HTML in it, could take for a sign.
fn escaped(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len());
    for (index, c) in line.char_indices() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                escaped.push('\\');
                escaped.push(c);
            }
            // Only at the beginning of a line do these mean something; `!` only before a bracket, which is escaped.
            '#' | '+' | '-' | '=' if index == 0 => {
                escaped.push('\\');
                escaped.push(c);
            }
            // A bare address would become a link that loads something when somebody clicks.
            ':' if line.get(index..).is_some_and(|rest| rest.starts_with("://")) => escaped.push_str("&#58;"),
            '.' if index > 0 && line.get(..index).is_some_and(|start| start.bytes().all(|b| b.is_ascii_digit())) => {
                escaped.push_str("\\.");
            }
            c => escaped.push(c),
        }
    }
    escaped
}
