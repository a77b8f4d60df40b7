//! How wide the columns of a table are, where there are pages.
//!
//! A column has its share of the width, but is never narrower than the longest word of its head or of its cells:
//! what it lacks, the columns with room to spare give in proportion to what they can spare.

use crate::export::chart::width::width;
use crate::export::document::{Column, Table, TextStyle};

/// How much wider semi-bold letters are than plain ones.
const STRONG: f64 = 1.06;
/// The share of the table's width up to which a word of a cell widens its column: longer ones are addresses and the
/// like, which may be broken.
const MOST: f64 = 0.22;

/// What a table is set in, in points.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The width of the whole table.
    pub measure: f32,
    /// The size of the letters.
    pub size: f32,
    /// What stays free on the left and on the right of a cell's text, together.
    pub padding: f32,
}

/// Returns the widths of a table's columns; together they are the table's width.
#[must_use]
pub fn widths(table: &Table, setting: Setting) -> Vec<f32> {
    let sum: f32 = table.columns.iter().map(|column| column.share).sum();
    let wanted: Vec<f32> = table.columns.iter().map(|column| setting.measure * column.share / sum.max(0.001)).collect();
    let least: Vec<f32> =
        table.columns.iter().enumerate().map(|(place, column)| least(table, place, column, setting)).collect();
    let pairs = || wanted.iter().zip(&least);
    let lack: f32 = pairs().map(|(wanted, least)| (least - wanted).max(0.0)).sum();
    let spare: f32 = pairs().map(|(wanted, least)| (wanted - least).max(0.0)).sum();
    if lack <= 0.0 || spare < lack {
        // Where not all words have room, the shares are as good as anything.
        return wanted;
    }
    let given = lack / spare;
    pairs().map(|(wanted, least)| if wanted < least { *least } else { wanted - (wanted - least) * given }).collect()
}

/// Returns how wide a column has to be, so that no word of it is broken.
fn least(table: &Table, place: usize, column: &Column, setting: Setting) -> f32 {
    let most = f64::from(setting.measure) * MOST;
    let head = longest(&column.title, f64::from(setting.size) * STRONG);
    let cells = table.rows.iter().filter(|row| !table.is_group(row)).filter_map(|row| row.get(place));
    let runs = cells.flat_map(|cell| cell.lines.iter().flatten());
    let words = runs.map(|run| {
        let strength = if run.style == TextStyle::Strong { STRONG } else { 1.0 };
        longest(&run.text, f64::from(setting.size) * strength)
    });
    let widest = words.filter(|word| *word <= most).fold(head, f64::max);
    #[expect(clippy::cast_possible_truncation, reason = "a share of a page's width")]
    let least = widest as f32 + setting.padding;
    least
}

/// Returns the width of the longest piece of a text that isn't broken: a word, or what stands before a hyphen in it.
fn longest(text: &str, size: f64) -> f64 {
    text.split_whitespace().flat_map(pieces).map(|piece| width(piece, size)).fold(0.0, f64::max)
}

/// Returns a word in the pieces that lines are broken between: after a hyphen that letters follow.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let hyphen = rest.match_indices('-').map(|(at, _)| at + 1);
        let mut breaks =
            hyphen.filter(|at| rest.get(*at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphabetic));
        let at = breaks.next().unwrap_or(rest.len());
        let (piece, after) = rest.split_at_checked(at)?;
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::document::Cell;

    const SETTING: Setting = Setting { measure: 480.0, size: 8.0, padding: 9.0 };

    #[test]
    fn no_head_is_broken_by_one_letter() {
        let mut table = Table::new("Rows", &[("Control", 9.0), ("Answered", 0.5), ("Owner", 1.0)]);
        table.row([Cell::text("A.2.2"), Cell::text("3 of 3"), Cell::text("Ana")]);
        let widths = widths(&table, SETTING);
        assert!(f64::from(widths[1]) >= width("Answered", 8.0) * STRONG + 9.0, "{widths:?}");
        assert!((widths.iter().sum::<f32>() - 480.0).abs() < 0.01, "{widths:?}");
    }

    #[test]
    fn columns_with_room_for_their_words_keep_their_shares() {
        let mut table = Table::new("Rows", &[("One", 3.0), ("Two", 1.0)]);
        table.row([Cell::text("short words alone"), Cell::text("the same")]);
        assert_eq!(widths(&table, SETTING), [360.0, 120.0]);
    }

    #[test]
    fn a_word_as_long_as_an_address_widens_nothing() {
        let mut table = Table::new("Rows", &[("One", 1.0), ("Two", 11.0)]);
        table.row([Cell::text("x".repeat(80)), Cell::text("the same")]);
        assert_eq!(widths(&table, SETTING), [40.0, 440.0]);
    }

    #[test]
    fn a_word_is_broken_after_a_hyphen_but_a_date_is_not() {
        assert_eq!(pieces("life-cycle").collect::<Vec<_>>(), ["life-", "cycle"]);
        assert_eq!(pieces("2027-03-01").collect::<Vec<_>>(), ["2027-03-01"]);
        assert_eq!(pieces("-").collect::<Vec<_>>(), ["-"]);
    }
}
