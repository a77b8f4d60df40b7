//! Breaks text into lines of a width: between words, and within a word only where it is wider than a line.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Returns how many cells a text takes. The terminal library places cluster by cluster, so they are counted so.
#[must_use]
pub fn cells(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// Returns the lines of a text for a width in cells; one empty line for an empty text.
///
/// Nothing but spaces at breaks is lost. A line is wider than asked for only where a single character is.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = vec![];
    let mut line = Line::default();
    for (index, word) in text.split(' ').enumerate() {
        let needs = cells(word);
        let gap = usize::from(index > 0);
        if line.width + gap + needs <= width {
            line.push(if gap == 1 { " " } else { "" }, gap);
            line.push(word, needs);
        } else if needs <= width {
            lines.push(line.take());
            line.push(word, needs);
        } else {
            if line.width + gap < width {
                line.push(if gap == 1 { " " } else { "" }, gap);
            } else if line.width > 0 {
                lines.push(line.take());
            }
            for cluster in word.graphemes(true) {
                if line.width > 0 && line.width + cluster.width() > width {
                    lines.push(line.take());
                }
                line.push(cluster, cluster.width());
            }
        }
    }
    lines.push(line.take());
    lines
}

#[derive(Default)]
struct Line {
    text: String,
    width: usize,
}

impl Line {
    fn push(&mut self, text: &str, width: usize) {
        self.text.push_str(text);
        self.width += width;
    }

    fn take(&mut self) -> String {
        self.width = 0;
        std::mem::take(&mut self.text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("", 7), [""]);
        assert_eq!(wrap("seven77 a", 7), ["seven77", "a"]);
    }

    #[test]
    fn a_word_that_is_wider_than_a_line_is_broken_without_loss() {
        assert_eq!(wrap("a 人工知能の影響評価", 8), ["a 人工知", "能の影響", "評価"]);
        assert_eq!(wrap("0123456789", 4), ["0123", "4567", "89"]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_nothing_but_spaces_is_lost(text in "[a-c 人é]{0,60}", width in 2usize..20) {
            let lines = wrap(&text, width);
            prop_assert!(lines.iter().all(|line| cells(line) <= width), "{:?}", lines);
            prop_assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        }
    }
}
