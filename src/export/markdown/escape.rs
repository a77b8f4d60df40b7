//! Text of others, made to stand in Markdown as nothing but text.

use crate::domain::text::visible;

/// The most characters of a character reference such as `&CounterClockwiseContourIntegral;`.
const LONGEST_REFERENCE: usize = 40;

/// Returns a text on one line that Markdown shows as it is: line breaks become spaces.
pub fn inline(text: &str) -> String {
    if is_plain(text) {
        return guard_start(text);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = visible(&words.join(" ")).into_owned();
    guard_start(&escaped(&line))
}

/// Returns whether a text is letters, digits and signs that do nothing anywhere, with single spaces between them: nearly all
/// are.
fn is_plain(text: &str) -> bool {
    let mut before = b' ';
    let is_plain = text.bytes().all(|byte| {
        let is_spaced_twice = byte == b' ' && before == b' ';
        before = byte;
        let does_something = matches!(
            byte,
            b'\\' | b'`' | b'*' | b'[' | b']' | b'<' | b'|' | b'~' | b'$' | b'^' | b'{' | b'_' | b'@' | b'#' | b'&'
        );
        matches!(byte, b' '..=b'~') && !does_something && !is_spaced_twice
    });
    is_plain && (before != b' ' || text.is_empty())
}

fn escaped(line: &str) -> String {
    let mut safe = String::with_capacity(line.len());
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        let rest = line.get(at + c.len_utf8()..).unwrap_or_default();
        if acts(c, before, rest) {
            safe.push('\\');
        }
        safe.push(c);
        before = c;
    }
    safe
}

/// Returns whether a character would do something between these neighbours. What does nothing stays as it is, so that
/// the source reads well too.
fn acts(c: char, before: char, rest: &str) -> bool {
    let in_word = before.is_alphanumeric() && rest.starts_with(char::is_alphanumeric);
    match c {
        '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' | '$' | '^' | '{' => true,
        '_' => !in_word,
        '@' => !before.is_alphanumeric(),
        '#' => before == ' ' || before == '#',
        '&' => is_reference(rest),
        _ => false,
    }
}

fn is_reference(rest: &str) -> bool {
    let name = rest.split(';').next().filter(|name| name.len() < rest.len());
    name.is_some_and(|name| {
        !name.is_empty()
            && name.len() <= LONGEST_REFERENCE
            && name.strip_prefix('#').unwrap_or(name).chars().all(|c| c.is_ascii_alphanumeric())
    })
}

/// Escapes what would start a list, a quote or an underline at the beginning of a line.
fn guard_start(line: &str) -> String {
    if line.starts_with(['-', '+', '=', '>']) {
        return format!("\\{line}");
    }
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    match line.split_at_checked(digits) {
        Some((number, rest)) if digits > 0 && rest.starts_with(['.', ')']) && starts_item(rest) => {
            format!("{number}\\{rest}")
        }
        _ => line.to_owned(),
    }
}

/// Returns whether a number before this would number a list: the mark is followed by a space, or ends the line.
fn starts_item(rest: &str) -> bool {
    rest.chars().nth(1).is_none_or(|c| c == ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_stays_as_it_is() {
        for text in ["A.5.2-1 (see below), 50 % & more!", "AI_policy_v2", "ana@acme.example", "C# 東京", "6.1.2 Risk"]
        {
            assert_eq!(inline(text), text);
        }
    }

    #[test]
    fn the_short_way_comes_to_the_same_as_the_long_one() {
        let long = |text: &str| {
            let words: Vec<&str> = text.split_whitespace().collect();
            guard_start(&escaped(&visible(&words.join(" "))))
        };
        for text in ["", " ", "a", " a", "a ", "a  b", "1. a", "-", "a-b, (c)", "a_b", "é", "a\tb", "a & b", "a\u{7f}"]
        {
            assert_eq!(inline(text), long(text), "{text:?}");
        }
    }

    #[test]
    fn what_would_act_is_escaped() {
        let rows = [
            ("a|b", "a\\|b"),
            ("`x`", "\\`x\\`"),
            ("<script>", "\\<script>"),
            ("![x](http://y.example)", "!\\[x\\](http://y.example)"),
            ("](javascript:alert(1))", "\\](javascript:alert(1))"),
            ("# Title", "\\# Title"),
            ("Title ##", "Title \\#\\#"),
            ("- item", "\\- item"),
            ("1. item", "1\\. item"),
            ("> quote", "\\> quote"),
            ("--- ", "\\---"),
            ("*b* _i_ ~~s~~ $x$ {{y}}", "\\*b\\* \\_i\\_ \\~\\~s\\~\\~ \\$x\\$ \\{\\{y}}"),
            ("&lt;b&gt; &#60; R&D;ok AT&T", "\\&lt;b\\&gt; \\&#60; R\\&D;ok AT&T"),
            ("@everyone", "\\@everyone"),
            ("back\\", "back\\\\"),
            ("  two\nlines\t\u{1b}[2J\u{202e}", "two lines ␛\\[2J\u{fffd}"),
        ];
        for (text, expected) in rows {
            assert_eq!(inline(text), expected, "{text:?}");
        }
    }
}
