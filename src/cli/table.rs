//! Columns of text, aligned by what a terminal shows.

use unicode_width::UnicodeWidthStr;

use crate::domain::text::visible;

/// Returns the rows as lines with aligned columns, two spaces apart; the last column is not filled up.
#[must_use]
pub fn aligned<const N: usize>(rows: &[[String; N]]) -> Vec<String> {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(visible(cell).width());
        }
    }
    rows.iter()
        .map(|row| {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(widths) {
                let cell = visible(cell);
                line.push_str(&cell);
                line.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 2));
            }
            line.trim_end().to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_and_controls_keep_the_columns_aligned() {
        let rows = [["東京", "1"], ["a\u{1b}b", "2"]].map(|row| row.map(str::to_owned));
        assert_eq!(aligned(&rows), ["東京  1", "a␛b   2"]);
    }
}
