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
fn what_was_answered_stands_in_the_readable_state_and_in_a_backup_too() {
    let program = Program::new();
    program.ok(&["new", "Acme"]);
    let backups = |program: &Program| {
        program.snapshot().into_iter().filter(|(path, _)| path.to_string_lossy().contains("/backups/")).count()
    };
    let before = backups(&program);
    // A pipe that ends is an end like any other.
    assert_eq!(ask(&program, &["Acme"], "3\n2\n").status, Some(0));
    let files = program.snapshot();
    let (_, state) = files.iter().find(|(path, _)| path.ends_with("assessment.toml")).unwrap();
    assert_eq!(String::from_utf8_lossy(state).matches("[[answer]]").count(), 2);
    assert_eq!(backups(&program), before + 1);
    assert!(files.iter().any(|(path, _)| path.ends_with(".summary")));
}

#[test]
fn taking_back_is_the_same_as_everywhere_and_reaches_beyond_the_session() {
    let program = Program::new();
    program.ok(&["new", "Acme"]);
    program.ok(&["answer", "Acme", "4.3-1", "4"]);
    let ran = ask(&program, &["Acme"], "3\nu\nu\nu\nq\n");
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert_eq!(ran.out.matches("is taken back").count(), 2, "{}", ran.out);
    assert!(ran.out.contains("the answer to 4.3-1 is taken back"), "{}", ran.out);
    assert!(ran.out.contains("There is nothing to take back."), "{}", ran.out);
    assert_eq!(program.json(&["score", "Acme"])["answered"].as_u64(), Some(0));
    // What was taken back stays so, and can be made again.
    program.fails(1, &["undo", "Acme"]);
    program.ok(&["redo", "Acme"]);
    assert_eq!(program.json(&["score", "Acme"])["answered"].as_u64(), Some(1));
}

#[test]
fn an_answer_that_is_there_already_is_no_step() {
    let program = Program::new();
    program.ok(&["new", "Acme"]);
    let ran = ask(&program, &["Acme"], "3\nb\n3\nq\n");
    assert_eq!(ran.out.matches("Saved: 3 Operating.").count(), 2, "{}", ran.out);
    program.ok(&["undo", "Acme"]);
    assert_eq!(program.json(&["score", "Acme"])["answered"].as_u64(), Some(0));
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
