//! JSON as text that can be printed on a terminal.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

use crate::domain::text::is_hidden;

/// Returns the text of a value, indented, with a line feed at the end.
///
/// Characters that could drive a terminal, or hide or reorder text, are escaped: nothing is lost, and nothing acts.
///
/// # Errors
///
/// Returns the error of the serializer. No value of ours causes one.
pub fn text(value: &Value) -> Result<String, serde_json::Error> {
    printable(value)
}

/// Returns the text of anything that has a form in JSON, made as [`text`] makes it.
///
/// # Errors
///
/// Returns the error of the serializer.
pub fn printable(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut bytes = vec![];
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Printable(PrettyFormatter::new())))?;
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(serde::ser::Error::custom)
}

/// Writes indented JSON in which no string holds a hidden character as itself.
struct Printable(PrettyFormatter<'static>);

impl Formatter for Printable {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, hidden)) = rest.char_indices().find(|(_, c)| is_hidden(*c)) {
            let (plain, tail) = rest.split_at(at);
            writer.write_all(plain.as_bytes())?;
            for unit in hidden.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = tail.get(hidden.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_could_drive_a_terminal_is_escaped_and_read_back_the_same() {
        let hostile = "\u{1b}[2J \u{9b}31m \u{7f} \u{202e}abc \u{2028} \u{e0041} Café 東京 👩‍👩‍👧 \"\\";
        let value = json!({ "a\u{200b}b": [hostile, 1, {}, []], "empty": "" });
        let text = text(&value).expect("every value has a text");
        assert!(!text.chars().any(|c| is_hidden(c) && c != '\n'), "{text:?}");
        assert!(text.contains("\\u009b31m") && text.contains("\\udb40\\udc41") && text.contains("東京 👩‍👩‍👧"), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("it is JSON"), value);
    }

    #[test]
    fn the_text_is_indented_and_ends_with_a_line_feed() {
        let text = text(&json!({ "b": [1, 2], "a": null })).expect("every value has a text");
        assert_eq!(text, "{\n  \"b\": [\n    1,\n    2\n  ],\n  \"a\": null\n}\n");
    }
}
