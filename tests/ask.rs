//! The questions line by line.

use std::io::Write;
use std::process::Stdio;

use crate::program::{Program, Ran};

/// Runs `ask` with lines as they would come from a pipe.
fn ask(program: &Program, arguments: &[&str], lines: &str) -> Ran {
    let mut child = program
        .command()
        .arg("ask")
        .args(arguments)
        .env("TERM", "dumb")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    Ran {
        status: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn a_whole_conversation_is_saved_line_by_line() {
    let program = Program::new();
    program.ok(&["new", "Acme"]);
    let lines = "3\n2\nb\nn we asked the board\ne record:Minutes of 3 March\nu\n1\nq\n";
    let ran = ask(&program, &["Acme"], lines);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    for told in
        ["Question 1 of", "Saved: 3 Operating.", "Saved: 2 Documented.", "Saved: the note.", "Saved: the evidence."]
    {
        assert!(ran.out.contains(told), "{told} is not in {}", ran.out);
    }
    assert!(ran.out.contains("an item of evidence for 4.1-2 is taken back"), "{}", ran.out);
    assert!(ran.out.contains("2 of"), "the end tells the coverage: {}", ran.out);
    assert!(ran.out.contains("certif"), "it says what it is not");
    let score = program.json(&["score", "Acme"]);
    assert_eq!(score["maturity"]["claimed"]["coverage"].as_f64().map(|share| share > 0.0), Some(true));
    assert!(program.ok(&["show", "Acme", "--json"]).contains("we asked the board"));
}

#[test]
fn nothing_it_prints_moves_a_cursor() {
    let program = Program::new();
    program.ok(&["new", "x\u{1b}[31m"]);
    let ran = ask(&program, &["x"], "?\nn a\u{1b}[2Jb\nr\n3\n");
    assert!(!ran.out.contains('\u{1b}'), "{:?}", ran.out);
    assert!(ran.out.contains("␛[2J"));
    assert!(ran.out.contains("Why it matters:") && ran.out.contains("You can type:"));
}

#[test]
fn what_is_not_understood_or_refused_changes_nothing_and_says_so() {
    let program = Program::new();
    program.ok(&["new", "Acme"]);
    let before = program.json(&["score", "Acme"]);
    let ran = ask(&program, &["Acme"], "6\nperhaps\nna\n\nna it is a clause\ne nothing\nb\nu\ng 99-1\nq\n");
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert_eq!(ran.out.matches("says nothing to me").count(), 2, "{}", ran.out);
    assert!(ran.out.contains("can't be excluded"), "{}", ran.out);
    assert!(ran.out.contains("This is the first question."));
    assert_eq!(before, program.json(&["score", "Acme"]));
}

#[test]
fn a_pipe_that_ends_and_bytes_that_are_no_text_are_no_failure() {
    let program = Program::new();
    program.ok(&["new", "Acme"]);
    let ran = ask(&program, &["Acme", "--quick"], "");
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    let ran = ask(&program, &["Acme", "--area", "A.6"], "3");
    assert!(ran.out.contains("Question 1 of") && ran.out.contains("A.6"), "{}", ran.out);
    assert!(ran.out.contains("Saved: 3 Operating."));
    assert_eq!(ask(&program, &["Acme", "--area", "Z"], "").status, Some(3));
    assert_eq!(ask(&program, &["Nobody"], "").status, Some(3));
}

#[test]
fn where_the_interface_can_not_be_shown_it_offers_the_plain_way() {
    let program = Program::new();
    for arguments in [&[][..], &["open", "Acme"]] {
        let told = program.fails(2, arguments);
        assert!(told.contains("ready42 ask"), "{told}");
        assert!(!told.contains('\u{1b}'));
    }
}
