//! Text that came from a file or a person, made safe to show.

use std::borrow::Cow;

/// Returns the text with everything that could drive a terminal, or turn its reading direction, made visible.
///
/// Control characters become their pictures (`ESC` becomes `␛`), others that hide or reorder text
/// become `�`. Line feeds and tabs become a space: what is shown here is shown on a line. Use [`visible_lines`] where
/// several lines are wanted.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    // Nearly all of it is plain, and screens ask at each key.
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if is_plain || !text.chars().any(|c| is_hidden(c) || c == '\n' || c == '\t') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if c == '\n' || c == '\t' { ' ' } else { picture(c) }).collect())
}

/// Returns the lines of the text, each safe to show; tabs become four spaces.
pub fn visible_lines(text: &str) -> impl Iterator<Item = String> + '_ {
    text.lines().map(|line| line.trim_end_matches('\r')).map(|line| visible(&line.replace('\t', "    ")).into_owned())
}

fn picture(c: char) -> char {
    match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        c if is_hidden(c) => '\u{fffd}',
        c => c,
    }
}

/// Returns whether the character is a control, or one of those that reorder or hide text (UAX #9, UTR #36).
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_in_any_script_is_left_alone() {
        for text in ["Café", "東京 GmbH", "عيادة", "👩‍👩‍👧 & co"] {
            assert_eq!(visible(text), text);
        }
    }

    #[test]
    fn what_could_drive_a_terminal_is_made_visible() {
        assert_eq!(visible("a\u{1b}[31mb"), "a␛[31mb");
        assert_eq!(visible("a\u{9b}31m\u{7f}"), "a\u{fffd}31m␡");
        assert_eq!(visible("in\u{202e}voice\nnext"), "in\u{fffd}voice next");
    }
}
