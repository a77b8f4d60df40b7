//! The history of an assessment on the command line: log, undo, redo, snapshot, diff, and past states.

use serde_json::{Value, json};

use crate::program::Program;

fn level(program: &Program, question: &str) -> Value {
    let explained = program.json(&["explain", "acme", question]);
    explained["claimed"].clone()
}

fn with_answers() -> Program {
    let program = Program::new();
    program.ok(&["new", "acme"]);
    program.ok(&["answer", "acme", "4.1-1", "1"]);
    program.ok(&["answer", "acme", "4.1-1", "3", "--note", "Seen", "--because", "workshop"]);
    program
}

#[test]
fn the_log_tells_who_did_what_when_and_why_oldest_first() {
    let program = with_answers();
    let log = program.json(&["log", "acme"]);
    let told: Vec<(&str, &Value, &Value, &Value)> = log
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (entry["what"].as_str().unwrap(), &entry["old"], &entry["new"], &entry["why"]))
        .collect();
    let (one, three, created, workshop) = (json!(1), json!(3), json!("created"), json!("workshop"));
    let (nothing, seen) = (json!(""), json!("Seen"));
    assert_eq!(
        told,
        [
            ("The assessment is made", &Value::Null, &Value::Null, &created),
            ("4.1-1 is answered: level 1 (Ad hoc)", &Value::Null, &one, &Value::Null),
            ("4.1-1 goes from level 1 (Ad hoc) to level 3 (Operating)", &one, &three, &workshop),
            ("The note on 4.1-1 is “Seen”", &nothing, &seen, &workshop),
        ]
    );
    assert!(log.as_array().unwrap().iter().all(|entry| entry["who"] == "tester" && entry["at"].is_string()));
    assert!(program.ok(&["log", "acme"]).contains("2 changes at once (workshop)"));
}

#[test]
fn steps_are_taken_back_and_made_again_across_programs_until_something_new_is_done() {
    let program = with_answers();
    program.ok(&["undo", "acme"]);
    assert_eq!(level(&program, "4.1-1"), json!(1));
    let undone = program.json(&["undo", "acme"]);
    assert_eq!(undone["changes"][0]["old"], json!(1));
    assert_eq!(level(&program, "4.1-1"), Value::Null);
    let told = program.fails(1, &["undo", "acme"]);
    assert!(told.contains("nothing to take back"), "{told}");
    program.ok(&["redo", "acme"]);
    assert_eq!(level(&program, "4.1-1"), json!(1));
    program.ok(&["answer", "acme", "4.2-1", "2"]);
    let told = program.fails(1, &["redo", "acme"]);
    assert!(told.contains("nothing to make again"), "{told}");
    program.ok(&["undo", "acme"]);
    program.ok(&["undo", "acme"]);
    program.fails(1, &["undo", "acme"]);
    assert_eq!((level(&program, "4.1-1"), level(&program, "4.2-1")), (Value::Null, Value::Null));
}

#[test]
fn two_places_of_the_history_are_compared_and_a_past_state_is_read_scored_and_exported() {
    let program = with_answers();
    let label = program.json(&["snapshot", "acme", "Kick-off"]);
    assert_eq!(label["label"], "Kick-off");
    program.fails(4, &["snapshot", "acme", "kick-OFF"]);
    program.fails(4, &["snapshot", "acme", " "]);
    assert_eq!(program.json(&["snapshot", "acme"])["label"], "Snapshot of 2026-11-24");
    assert_eq!(program.json(&["snapshot", "acme"])["label"], "Snapshot of 2026-11-24 (2)");
    program.ok(&["answer", "acme", "4.1-1", "5"]);
    let diff = program.json(&["diff", "acme", "Kick-off"]);
    let changes = diff["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(
        (&changes[0]["question"], &changes[0]["old"], &changes[0]["new"]),
        (&json!("4.1-1"), &json!(3), &json!(5))
    );
    assert!(diff["from"]["readiness"]["stage2"]["coverage"].is_number());
    let text = program.ok(&["diff", "acme"]);
    assert!(text.contains("4.1-1 goes from level 3 (Operating) to level 5 (Improving)"), "{text}");
    assert!(text.contains("accredited") && text.contains("COVERAGE"), "{text}");
    let first = program.json(&["log", "acme"])[1]["id"].as_str().unwrap().to_owned();
    assert_eq!(program.json(&["diff", "acme", &first, "Kick-off"])["changes"].as_array().unwrap().len(), 2);
    assert_eq!(program.json(&["explain", "acme", "4.1-1", "--at", &first])["claimed"], 1);
    assert_eq!(program.json(&["explain", "acme", "4.1-1", "--at", "Kick-off"])["claimed"], 3);
    let before = program.snapshot();
    for command in ["show", "score", "timeline", "soa", "plan"] {
        program.ok(&[command, "acme", "--at", "Kick-off"]);
    }
    program.ok(&["export", "acme", "--at", "Kick-off", "--out", "past"]);
    assert_eq!(program.snapshot(), before, "looking back writes nothing");
    let told = program.fails(3, &["show", "acme", "--at", "Kickoff"]);
    assert!(told.contains("Kick-off"), "{told}");
    program.fails(3, &["show", "acme", "--at", "1999-01-01"]);
    program.fails(2, &["answer", "acme", "4.1-1", "5", "--at", "Kick-off"]);
}

#[test]
fn the_demo_has_a_past_that_is_not_taken_back() {
    let program = Program::with_demo();
    let log = program.ok(&["log", "acme"]);
    assert!(log.contains("Snapshot “Kick-off workshop”") && log.contains("Snapshot “Second workshop”"), "{log}");
    let score = |point: &str| {
        program.json(&["score", "acme", "--at", point])["readiness"]["stage2"]["middle"].as_f64().unwrap()
    };
    assert!(score("Kick-off workshop") < score("Second workshop"));
    assert!(score("2026-06-12") < score("2026-09-18"), "days mean the same places");
    assert!(!program.json(&["diff", "acme"])["changes"].as_array().unwrap().is_empty());
    program.fails(1, &["undo", "acme"]);
}
