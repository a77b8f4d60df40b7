//! What the built program says about the way to a certificate: what-ifs, costs, and the calendar as others read it.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::program::Program;

#[test]
fn a_what_if_prints_what_it_was_what_it_would_be_and_the_difference() {
    let program = Program::with_demo();
    let before = program.json(&["show", "acme"]);
    let told =
        program.ok(&["timeline", "acme", "--what-if", "people=12", "--what-if", "days_per_week=5", "--trials", "500"]);
    for word in ["As it is", "As supposed", "Saved, trial by trial"] {
        assert!(told.contains(word), "{word} is missing in {told}");
    }
    let told = program.json(&["timeline", "acme", "--what-if", "people=12", "--trials", "500"]);
    let months = |which: &str| told["what_if"][which]["p50"].as_f64().unwrap();
    assert!(months("changed") < months("base") && months("saved") > 0.0);
    assert_eq!(told["milestones"]["certificate"]["p50"], told["what_if"]["changed"]["p50"]);
    assert_eq!(program.json(&["show", "acme"]), before, "nothing is recorded");
    program.fails(4, &["timeline", "acme", "--what-if", "people=none"]);
}

#[test]
fn the_timeline_says_what_it_costs_what_comes_after_and_what_would_shorten_it() {
    let program = Program::with_demo();
    let told = program.json(&["timeline", "acme", "--trials", "500", "--target", "2027-06-01"]);
    assert!(told["costs"]["internal"]["days"]["from"].as_f64().unwrap() > 0.0);
    assert!(told["costs"]["audit_days"]["source"].as_str().unwrap().contains("Ask your certification body"));
    assert_eq!(told["after"].as_array().unwrap().len(), 3);
    assert!(told["what_ifs"].as_array().unwrap().len() >= 3);
    assert!(told["capacity"].is_object());
    assert_eq!(told["latest_starts"].as_array().unwrap().len(), told["packages"].as_array().unwrap().len());
    assert_eq!(told["target"]["date"], "2027-06-01");
    let text = program.ok(&["timeline", "acme", "--trials", "500", "--target", "2027-06-01"]);
    for word in ["COSTS", "After the certificate", "WHAT WOULD SHORTEN IT", "self-assessment"] {
        assert!(text.contains(word), "{word} is missing in {text}");
    }
}

/// Reads a calendar as strictly as RFC 5545 asks for, and returns the properties of each event.
fn events(text: &str) -> Vec<Vec<(String, String)>> {
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "a line ends with CR and LF");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "a line has 75 octets at most");
    let unfolded = text.replace("\r\n ", "");
    let mut lines = unfolded.strip_suffix("\r\n").expect("the last line ends").split("\r\n");
    assert_eq!(lines.next(), Some("BEGIN:VCALENDAR"));
    let (mut events, mut event, mut closed) = (vec![], None, false);
    for line in lines {
        assert!(!closed, "nothing follows the end");
        let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("{line:?} is no property"));
        match (name, value) {
            ("BEGIN", "VEVENT") => assert!(event.replace(vec![]).is_none(), "events are not nested"),
            ("END", "VEVENT") => events.push(event.take().expect("an event is open")),
            ("END", "VCALENDAR") => closed = true,
            _ => {
                if let Some(event) = &mut event {
                    event.push((name.to_owned(), value.to_owned()));
                }
            }
        }
    }
    assert!(closed && event.is_none());
    events
}

#[test]
fn the_calendar_is_what_other_programs_read() {
    let program = Program::with_demo();
    program.ok(&["export", "acme", "--format", "ics", "--out", "out"]);
    let text = std::fs::read_to_string(program.folder().join("out/acme-readiness.ics")).unwrap();
    let events = events(&text);
    let timeline = program.json(&["timeline", "acme"]);
    assert!(events.len() >= timeline["packages"].as_array().unwrap().len() + 7);
    let mut identifiers = HashSet::new();
    for event in &events {
        let value = |name: &str| {
            let mut values = event.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
            let value = values.next().unwrap_or_else(|| panic!("{name} is missing in {event:?}"));
            assert_eq!(values.next(), None, "{name} stands once");
            value
        };
        let day = |text: &str| NaiveDate::parse_from_str(text, "%Y%m%d").unwrap();
        assert!(day(value("DTSTART;VALUE=DATE")) < day(value("DTEND;VALUE=DATE")), "the end is not included");
        assert_eq!(value("DTSTAMP"), "20261124T000000Z");
        assert!(identifiers.insert(value("UID").to_owned()));
        assert!(!value("SUMMARY").is_empty() && value("DESCRIPTION").contains("accredited"));
    }
}
