//! Tables whose columns line up in the source as well.

use unicode_width::UnicodeWidthStr;

/// The width, in columns, beyond which a long cell no longer widens its whole column.
const WIDEST: usize = 60;

/// A table of cells that are Markdown already.
pub(super) struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Returns a table without rows.
    pub(super) fn new<const N: usize>(header: [&str; N]) -> Self {
        Self { header: header.map(str::to_owned).to_vec(), rows: vec![] }
    }

    /// Returns a table without rows whose columns are known only now.
    pub(super) fn of(header: Vec<String>) -> Self {
        Self { header, rows: vec![] }
    }

    /// Adds a row to a table whose columns are known only now.
    pub(super) fn line(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Adds a row.
    pub(super) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.into());
    }

    /// Returns the lines of the table; none where it has no rows.
    pub(super) fn lines(&self) -> Vec<String> {
        if self.rows.is_empty() {
            return vec![];
        }
        let widths: Vec<usize> = (0..self.header.len()).map(|column| self.width(column)).collect();
        let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
        [&self.header, &rule].into_iter().chain(&self.rows).map(|cells| line(cells, &widths)).collect()
    }

    fn width(&self, column: usize) -> usize {
        let cells = std::iter::once(&self.header).chain(&self.rows).filter_map(|row| row.get(column));
        cells.map(|cell| seen(cell)).filter(|width| *width <= WIDEST).max().unwrap_or(0).max(3)
    }
}

/// Returns how many columns a cell takes; a letter of ASCII takes one.
fn seen(cell: &str) -> usize {
    if cell.is_ascii() { cell.len() } else { cell.width() }
}

fn line(cells: &[String], widths: &[usize]) -> String {
    let mut line = "|".to_owned();
    for (cell, width) in cells.iter().zip(widths) {
        let gap = " ".repeat(width.saturating_sub(seen(cell)));
        line.extend([" ", cell.as_str(), gap.as_str(), " |"]);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_by_what_is_seen() {
        let mut table = Table::new(["", "Owner"]);
        table.row(["1".to_owned(), "東京".to_owned()]);
        table.row(["22222".to_owned(), "x".repeat(70)]);
        let lines = table.lines();
        assert_eq!(lines[..3], ["|       | Owner |", "| ----- | ----- |", "| 1     | 東京  |"]);
        assert_eq!(lines[3], format!("| 22222 | {} |", "x".repeat(70)));
    }

    #[test]
    fn a_table_without_rows_is_not_drawn() {
        assert_eq!(Table::new(["a"]).lines(), Vec::<String>::new());
    }
}
