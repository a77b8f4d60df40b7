//! The timeline as a calendar (RFC 5545), for whatever plans people's days.
//!
//! By hand, as it is some lines: the crate for it makes all-day events whose end is included, random identifiers, and
//! stamps from the clock, so that two exports of the same plan would be two calendars. Here an entry keeps its
//! identifier, and a calendar that is imported again moves its entries.

use chrono::{Days, NaiveDate};

use crate::domain::report::{Report, SELF_ASSESSMENT};
use crate::domain::text::visible;
use crate::domain::timeline::calendar::{Entry, EntryKind, calendar};

/// The most octets of a line, its end not counted.
const MOST_OCTETS: usize = 75;

/// Returns the calendar of a report; one without entries where there is no timeline.
#[must_use]
pub fn document(report: &Report) -> String {
    let mut lines = Lines(String::new());
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//ready42//ready42//EN");
    lines.add("CALSCALE", "GREGORIAN");
    lines.add("METHOD", "PUBLISH");
    lines.text("X-WR-CALNAME", &format!("ISO/IEC 42001: {}", report.organisation));
    lines.text("X-WR-CALDESC", SELF_ASSESSMENT);
    let name = slug(report.assessment.name());
    for entry in report.forecast.iter().flat_map(calendar) {
        event(&mut lines, &entry, &name, report);
    }
    lines.add("END", "VCALENDAR");
    lines.0
}

fn event(lines: &mut Lines, entry: &Entry, name: &str, report: &Report) {
    lines.add("BEGIN", "VEVENT");
    lines.add("UID", &format!("{}-{name}@ready42", slug(&entry.id)));
    lines.add("DTSTAMP", &format!("{}T000000Z", day(report.on)));
    lines.add("DTSTART;VALUE=DATE", &day(entry.first));
    // The end of an all-day event is the day after its last.
    lines.add("DTEND;VALUE=DATE", &day(entry.last.checked_add_days(Days::new(1)).unwrap_or(entry.last)));
    lines.text("SUMMARY", &format!("{}{}", mark(entry.kind), entry.title));
    // An entry stands alone in a calendar: that its day is a guess is told with it.
    let guess = report.first_guess();
    let gap = if guess.is_empty() { "" } else { " " };
    lines.text("DESCRIPTION", &format!("{}{gap}{guess} {SELF_ASSESSMENT}", entry.note));
    lines.add("CATEGORIES", category(entry.kind));
    lines.add("TRANSP", "TRANSPARENT");
    lines.add("END", "VEVENT");
}

fn mark(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Package => "",
        EntryKind::Milestone => "◆ ",
        EntryKind::Audit => "⌂ ",
        EntryKind::Target => "⚑ ",
    }
}

fn category(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Package => "WORK",
        EntryKind::Milestone => "MILESTONE",
        EntryKind::Audit => "AUDIT",
        EntryKind::Target => "TARGET",
    }
}

fn day(date: NaiveDate) -> String {
    date.format("%Y%m%d").to_string()
}

/// Returns a text as letters, digits and hyphens that tell texts apart: what is neither stands as its code point.
fn slug(text: &str) -> String {
    let told = |letter: char| match letter {
        _ if letter.is_ascii_alphanumeric() => letter.to_ascii_lowercase().to_string(),
        _ if letter.is_ascii() => "-".to_owned(),
        _ => format!("u{:x}", u32::from(letter)),
    };
    text.chars().map(told).collect()
}

/// Lines that end with CR and LF, folded where they are long.
struct Lines(String);

impl Lines {
    /// Adds a property with a text value.
    fn text(&mut self, name: &str, value: &str) {
        self.add(name, &escaped(value));
    }

    /// Adds a property whose value needs no escaping.
    fn add(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for letter in format!("{name}:{value}").chars() {
            if octets + letter.len_utf8() > MOST_OCTETS {
                self.0.push_str("\r\n ");
                // The space that marks a line as going on counts.
                octets = 1;
            }
            self.0.push(letter);
            octets += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// Returns a text as a value: what would end it or part it is escaped, what could drive a terminal is shown.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for line in text.lines() {
        if !escaped.is_empty() {
            escaped.push_str("\\n");
        }
        for letter in visible(line).chars() {
            if matches!(letter, '\\' | ';' | ',') {
                escaped.push('\\');
            }
            escaped.push(letter);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(name: &str, value: &str) -> String {
        let mut lines = Lines(String::new());
        lines.text(name, value);
        lines.0
    }

    #[test]
    fn long_lines_are_folded_and_never_inside_a_letter() {
        let value = "é東京, ".repeat(60);
        let told = folded("SUMMARY", &value);
        let lines: Vec<&str> = told.split_terminator("\r\n").collect();
        assert!(lines.len() > 5);
        for (index, line) in lines.iter().enumerate() {
            assert!(line.len() <= MOST_OCTETS && (index == 0 || line.starts_with(' ')), "{line}");
        }
        let unfolded = told.replace("\r\n ", "");
        assert_eq!(unfolded, format!("SUMMARY:{}\r\n", value.replace(',', "\\,")));
    }

    #[test]
    fn texts_can_neither_end_a_property_nor_begin_one() {
        let told = folded("SUMMARY", "a;b\\c,d\r\nEND:VEVENT\u{1b}[2J");
        assert_eq!(told, "SUMMARY:a\\;b\\\\c\\,d\\nEND:VEVENT␛[2J\r\n");
    }

    #[test]
    fn a_line_of_just_75_octets_is_not_folded() {
        let value = "x".repeat(MOST_OCTETS - "N:".len());
        assert_eq!(folded("N", &value), format!("N:{value}\r\n"));
        assert_eq!(folded("N", &format!("{value}y")), format!("N:{value}\r\n y\r\n"));
    }

    #[test]
    fn names_stay_apart_in_identifiers() {
        assert_ne!(slug("東京"), slug("京東"));
        assert_eq!(slug("Acme 2027"), "acme-2027");
    }
}
