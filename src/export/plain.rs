//! Text for office files: nothing in it that XML forbids, that hides, or that a spreadsheet would run.

use crate::domain::text::{is_hidden, visible};

/// Returns text that may stand in an office file: line feeds stay, everything hidden is made visible.
#[must_use]
pub fn clean(text: &str) -> String {
    // Nearly every text is plain.
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.to_owned();
    }
    let mut clean = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' => clean.push('\n'),
            '\r' => {}
            '\t' => clean.push_str("    "),
            '\u{fffe}' | '\u{ffff}' => clean.push('\u{fffd}'),
            letter if is_hidden(letter) => clean.push_str(&visible(letter.encode_utf8(&mut [0; 4]))),
            letter => clean.push(letter),
        }
    }
    clean
}

/// Returns text for a cell of a CSV file: where a spreadsheet would take it for a formula, an apostrophe stands before it.
///
/// The import of answers takes the apostrophe off again. A text that begins with apostrophes before such a sign gets one
/// more, so that nothing is lost.
#[must_use]
pub fn guarded(text: &str) -> String {
    if would_run(text.trim_start_matches('\'')) { format!("'{text}") } else { text.to_owned() }
}

/// Returns the text that [`guarded`] was given.
#[must_use]
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if would_run(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

/// Returns whether a spreadsheet might take the text for a formula (OWASP's list, with the full-width signs).
fn would_run(text: &str) -> bool {
    let bare = text.trim_start_matches([' ', '"', '\u{a0}', '\u{3000}']);
    text.starts_with(['\t', '\r', '\n', ' ', '"']) && bare.starts_with(SIGNS)
        || bare.starts_with(SIGNS)
        || text.starts_with(['\t', '\r', '\n'])
}

const SIGNS: [char; 9] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '|'];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_guarded() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n", "＝1", " =1", "\"=1", "'=1", "|cmd"] {
            assert!(guarded(text).starts_with('\''), "{text:?}");
        }
        for text in ["", "Minutes", "'tis", "3 - 2", "a=b", "''"] {
            assert_eq!(guarded(text), text);
        }
    }

    proptest! {
        #[test]
        fn guarding_is_taken_back_without_loss(text in "[='+@\t\r\n \"\\-a\u{ff1d}]{0,6}|\\PC{0,12}") {
            let guarded = guarded(&text);
            prop_assert_eq!(unguarded(&guarded), text.as_str());
            prop_assert!(!guarded.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
        }

        #[test]
        fn a_clean_text_holds_nothing_that_xml_forbids(text in any::<String>()) {
            let forbidden = |c: char| (is_hidden(c) && c != '\n') || matches!(c, '\u{fffe}' | '\u{ffff}');
            let has_some = clean(&text).chars().any(forbidden);
            prop_assert!(!has_some);
        }
    }
}
