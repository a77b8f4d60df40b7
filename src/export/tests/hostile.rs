//! Texts that try to be more than text: in Markdown they change nothing but themselves.

use crate::domain::report::Report;
use crate::export::Format;
use crate::export::tests::sample::{self, plain};

/// Texts that would act in one renderer of Markdown or another.
const HOSTILE: [&str; 22] = [
    "| a | b |",
    "`code` ``more``",
    "<script>alert(1)</script>",
    "<!-- gone",
    "![x](http://tracker.example/x.png)",
    "[x](javascript:alert(1))",
    "](javascript:alert(1))",
    "[x]: http://tracker.example",
    "# heading",
    "heading ##",
    "- item",
    "1. item",
    "1) item",
    "> quote",
    "--- ",
    "===",
    "*** bold **",
    "~~~ fence",
    "``` fence",
    "trailing \\",
    "&lt;script&gt; $x$ {{y}} @everyone [^1]",
    "\u{1b}[2J\u{9b}31m\u{202e}rtl\u{7}\u{0}",
];

fn markdown(report: &Report) -> String {
    String::from_utf8(sample::only(Format::Markdown, report)).expect("it is UTF-8")
}

/// What a line is to a renderer.
#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Blank,
    Heading(usize),
    Row(usize),
    Item,
    Numbered,
    Quote,
    Rule,
    Plain,
}

/// Returns the line without what a backslash takes its meaning from.
fn unescaped(line: &str) -> String {
    let mut rest = String::new();
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        if c == '\\' {
            characters.next();
        } else {
            rest.push(c);
        }
    }
    rest
}

fn kind(line: &str) -> Kind {
    let bare = unescaped(line);
    let text = bare.trim_start();
    let number = text.chars().take_while(char::is_ascii_digit).count();
    match text.chars().next() {
        None => Kind::Blank,
        Some('#') => Kind::Heading(text.chars().take_while(|c| *c == '#').count()),
        Some('|') => Kind::Row(bare.matches('|').count()),
        Some('>') => Kind::Quote,
        Some('-') if text.starts_with("---") => Kind::Rule,
        Some('-' | '+' | '*') if text.get(1..2) == Some(" ") => Kind::Item,
        Some(_) if number > 0 && text.get(number..).is_some_and(|rest| rest.starts_with(['.', ')'])) => Kind::Numbered,
        Some(_) => Kind::Plain,
    }
}

fn skeleton(text: &str) -> Vec<Kind> {
    text.lines().map(kind).collect()
}

#[test]
fn a_hostile_text_in_every_field_leaves_the_skeleton_as_it_is() {
    let ordinary = skeleton(&markdown(&sample::report(&plain)));
    for hostile in HOSTILE {
        let text = markdown(&sample::report(&|text| format!("{hostile} {text}")));
        assert_eq!(skeleton(&text), ordinary, "before the text: {hostile:?}\n{text}");
        let text = markdown(&sample::report(&|text| format!("{text} {hostile}")));
        assert_eq!(skeleton(&text), ordinary, "after the text: {hostile:?}\n{text}");
    }
}

#[test]
fn nothing_of_a_hostile_text_acts() {
    for hostile in HOSTILE {
        // The ordinary text stays: a questionnaire whose levels are alike is refused.
        let text = markdown(&sample::report(&|text| format!("{hostile}{text}{hostile}")));
        for line in text.lines() {
            let bare = unescaped(&line.replace("<br>", ""));
            for active in ["<", "`", "[", "]", "~", "$", "{", "\u{1b}", "\u{9b}", "\u{202e}", "\0", "\u{7}"] {
                assert!(!bare.contains(active), "{hostile:?} left {active:?} active in {line:?}");
            }
        }
    }
}

#[test]
fn line_breaks_stay_within_the_block_they_came_in() {
    let ordinary = skeleton(&markdown(&sample::report(&plain)));
    let text = markdown(&sample::report(&|text| format!("{text}\n\n# two\r\n| three |\n\n---\n")));
    assert_eq!(skeleton(&text), ordinary, "{text}");
    assert!(text.contains("<br>*\\# two*<br>*\\| three \\|*"), "{text}");
}
