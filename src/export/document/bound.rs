//! Keeps together on a line what is read together: a figure and its per cent, what is answered of what is asked, and what
//! something was and is, and a short date.

use crate::export::document::{Block, Document, Run};

/// What stands between two words that stay on one line.
const TOGETHER: char = '\u{a0}';

/// The months as a short date has them. A day with the whole name of its month would be too long for a narrow column.
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Returns a document whose figures stay together, for formats that break lines.
#[must_use]
pub fn bound(mut document: Document) -> Document {
    for part in document.sections.iter_mut().flat_map(|section| &mut section.blocks) {
        block(part);
    }
    document
}

fn block(block: &mut Block) {
    match block {
        Block::Heading(_, text) => *text = told(text),
        Block::Paragraph(line) | Block::Remark(line) => runs(line),
        Block::List { items, .. } => {
            for line in items {
                runs(line);
            }
        }
        Block::KeyFigures(figures) => {
            for figure in figures {
                (figure.value, figure.detail) = (told(&figure.value), told(&figure.detail));
            }
        }
        Block::Table(table) => {
            for line in table.rows.iter_mut().flatten().flat_map(|cell| &mut cell.lines) {
                runs(line);
            }
        }
        Block::Figure(figure) => figure.caption = told(&figure.caption),
        Block::Signatures(_) | Block::PageBreak => {}
    }
}

fn runs(line: &mut [Run]) {
    for run in line {
        run.text = told(&run.text);
    }
}

/// Returns a text with the spaces of its figures made such as don't break.
fn told(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(' ') {
        told.push_str(before);
        told.push(if stays(before, after) { TOGETHER } else { ' ' });
        rest = after;
    }
    told.push_str(rest);
    told
}

/// Returns whether no line ends between two stretches of text.
fn stays(before: &str, after: &str) -> bool {
    let is_figure = |text: &str| text.ends_with(|letter: char| letter.is_ascii_digit());
    let follows = |word: &str| after.strip_prefix(word).and_then(|rest| rest.strip_prefix(' '));
    let begins_with_figure = |text: &str| text.starts_with(|letter: char| letter.is_ascii_digit());
    let is_per_cent = is_figure(before) && after.starts_with('%');
    let is_share = is_figure(before) && follows("of").is_some_and(begins_with_figure);
    let is_rest_of_share = before == "of" && begins_with_figure(after);
    let is_day = is_figure(before) && MONTHS.iter().any(|month| follows(month).is_some_and(begins_with_figure));
    let is_year = MONTHS.contains(&before) && begins_with_figure(after);
    is_day || is_year || is_per_cent || is_share || is_rest_of_share || before == "→" || follows("→").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stay_on_a_line_and_words_do_not() {
        assert_eq!(
            told("58 % (41 to 77 %), 62 of 80 answered"),
            "58\u{a0}% (41 to 77\u{a0}%), 62\u{a0}of\u{a0}80 answered"
        );
        assert_eq!(told("by 14 May 2027, in 3 May"), "by 14\u{a0}May\u{a0}2027, in 3 May");
        assert_eq!(told("1 → 2. Next"), "1\u{a0}→\u{a0}2. Next");
        assert_eq!(told("a part of 3 sites, one of us"), "a part of\u{a0}3 sites, one of us");
        assert_eq!(told(" two  spaces "), " two  spaces ");
    }
}
