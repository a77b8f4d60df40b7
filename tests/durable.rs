//! Hand edits, backups, repairs and merges, on the command line.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::Program;

/// Returns the folder of the only assessment.
fn folder(program: &Program) -> PathBuf {
    fs::read_dir(program.data().join("assessments")).unwrap().next().unwrap().unwrap().path()
}

fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-r").arg(from).arg(to).status().unwrap().success());
}

fn edit(path: &Path, alter: impl FnOnce(String) -> String) {
    fs::write(path, alter(fs::read_to_string(path).unwrap())).unwrap();
}

fn claimed(program: &Program, question: &str) -> serde_json::Value {
    program.json(&["explain", "acme", question])["claimed"].clone()
}

fn acme() -> Program {
    let program = Program::new();
    program.ok(&["new", "acme"]);
    program.ok(&["answer", "acme", "4.1-1", "4"]);
    program.ok(&["answer", "acme", "4.1-2", "2", "--note", "Agreed"]);
    program
}

#[test]
fn an_edit_by_hand_is_told_shown_and_taken_over_on_request() {
    let program = acme();
    let path = folder(&program).join("assessment.toml");
    edit(&path, |text| text.replace("level = 4", "level = 1").replace("Agreed", "Agreed in March"));
    assert_eq!(claimed(&program, "4.1-1"), 4, "it doesn't count before somebody says so");
    let ran = program.run(&["score", "acme"]);
    assert!(ran.err.contains("was edited by hand, and 2 values differ"), "{}", ran.err);
    let shown = program.ok(&["doctor", "acme"]);
    assert!(shown.contains("4.1-1 goes from level 4 (Measured) to level 1"), "{shown}");
    assert!(shown.contains("ready42 doctor 'acme' --repair"), "{shown}");
    // What is recorded meanwhile stays, and so does the edit.
    program.ok(&["answer", "acme", "4.1-3", "3"]);
    // Whoever names no assessment may not know of its edits.
    program.ok(&["doctor", "--repair"]);
    assert_eq!(claimed(&program, "4.1-1"), 4);

    let told = program.ok(&["doctor", "acme", "--repair"]);
    assert!(told.contains("✓ repaired"), "{told}");
    assert_eq!(claimed(&program, "4.1-1"), 1);
    assert_eq!(claimed(&program, "4.1-3"), 3);
    assert!(program.ok(&["log", "acme"]).contains("edited by hand"));
    assert_eq!(program.json(&["doctor"])["issues"], serde_json::json!([]));
    program.ok(&["undo", "acme"]);
    assert_eq!(claimed(&program, "4.1-1"), 4);
}

#[test]
fn an_edit_that_no_answer_can_be_changes_nothing_and_is_kept() {
    let program = acme();
    let path = folder(&program).join("assessment.toml");
    edit(&path, |text| text.replace("level = 4", "level = 9"));
    program.fails(6, &["doctor"]);
    program.ok(&["doctor", "acme", "--repair"]);
    assert_eq!(claimed(&program, "4.1-1"), 4);
    let kept = fs::read_dir(folder(&program).join("quarantine")).unwrap().next().unwrap().unwrap().path();
    assert!(fs::read_to_string(kept).unwrap().contains("level = 9"));
}

#[test]
fn conflict_marks_of_git_are_recognised_and_the_journal_counts() {
    let program = acme();
    let path = folder(&program).join("assessment.toml");
    edit(&path, |text| text.replace("level = 4", "<<<<<<< HEAD\nlevel = 0\n=======\nlevel = 5\n>>>>>>> theirs"));
    let ran = program.run(&["show", "acme"]);
    assert_eq!(ran.status, Some(0));
    assert!(ran.err.contains("a conflict that git could not settle"), "{}", ran.err);
    assert_eq!(claimed(&program, "4.1-1"), 4);
    program.ok(&["doctor", "acme", "--repair"]);
    assert_eq!(program.json(&["doctor"])["issues"], serde_json::json!([]));
    assert!(!fs::read_to_string(&path).unwrap().contains("<<<<"));
}

#[test]
fn with_only_backups_left_the_newest_is_opened_and_said_loudly() {
    let program = acme();
    let folder = folder(&program);
    fs::remove_dir_all(folder.join("journal")).unwrap();
    fs::write(folder.join("assessment.toml"), vec![0; 4096]).unwrap();
    let ran = program.run(&["show", "acme"]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert!(ran.err.contains("this is the state of the backup"), "{}", ran.err);
    program.fails(6, &["doctor"]);
    let told = program.ok(&["doctor", "acme", "--repair"]);
    assert!(told.contains("✓ everything is whole"), "{told}");
    assert_eq!(claimed(&program, "4.1-2"), 2);
    program.ok(&["answer", "acme", "4.1-3", "3"]);
    assert_eq!(program.run(&["show", "acme"]).err, "");
}

#[test]
fn a_repair_says_what_it_does_and_throws_nothing_away() {
    let program = acme();
    let left = program.data().join("assessments/.new-01ARZ3NDEKTSV4RRFFQ69G5FAV");
    fs::create_dir(&left).unwrap();
    fs::write(left.join("assessment.toml"), "half").unwrap();
    let told = program.run(&["doctor", "--repair"]);
    assert_eq!(told.status, Some(0), "{}", told.err);
    assert!(told.err.contains("It is moved to quarantine/"), "{}", told.err);
    assert!(!left.exists());
    let kept = program.data().join("quarantine/new-01ARZ3NDEKTSV4RRFFQ69G5FAV.0/assessment.toml");
    assert_eq!(fs::read_to_string(kept).unwrap(), "half");
    assert_eq!(program.json(&["doctor"])["issues"], serde_json::json!([]));
}

#[test]
fn a_repair_tells_that_no_backup_could_be_kept_and_repairs_all_the_same() {
    let program = acme();
    let folder = folder(&program);
    edit(&folder.join("assessment.toml"), |text| text.replace("level = 4", "level = 9"));
    fs::rename(folder.join("backups"), folder.join("backups-before")).unwrap();
    fs::write(folder.join("backups"), "in the way").unwrap();
    let ran = program.run(&["doctor", "acme", "--repair"]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert!(ran.err.contains("acme: no backup of assessment.toml could be kept in "), "{}", ran.err);
    assert!(!ran.err.contains("not repaired"), "{}", ran.err);
    assert_eq!(program.json(&["doctor"])["issues"], serde_json::json!([]));
    assert_eq!(claimed(&program, "4.1-1"), 4);
}

#[test]
fn two_copies_that_were_changed_apart_merge_and_a_later_answer_decides() {
    let program = acme();
    let other = program.folder().join("laptop");
    copy(&program.data(), &other);
    let other = other.to_str().unwrap();
    program.ok(&["--data-dir", other, "answer", "acme", "4.1-1", "2", "--note", "from the laptop"]);
    program.ok(&["--data-dir", other, "answer", "acme", "4.2-1", "3"]);
    program.ok(&["answer", "acme", "4.1-1", "5"]);
    program.ok(&["answer", "acme", "4.3-1", "1"]);

    let told = program.ok(&["merge", "acme", other]);
    assert!(told.contains("✓ merged, 3 changes") && told.contains("1 conflict is open"), "{told}");
    assert!(told.contains("the answer to 4.1-1") && told.contains("level 5") && told.contains("level 2"), "{told}");
    assert_eq!(claimed(&program, "4.1-1"), 2, "the lower level counts");
    assert_eq!((claimed(&program, "4.2-1"), claimed(&program, "4.3-1")), (3.into(), 1.into()));
    assert!(program.ok(&["score", "acme"]).starts_with("1 conflict is open"));
    assert_eq!(program.json(&["score", "acme"])["conflicts"], 1);
    assert_eq!(program.json(&["show", "acme"])["conflicts"][0]["question"], "4.1-1");
    program.ok(&["export", "acme", "--format", "md", "--out", "out"]);
    let report = fs::read_dir(program.folder().join("out")).unwrap().next().unwrap().unwrap().path();
    assert!(fs::read_to_string(report).unwrap().contains("in conflict, set side by side"));
    let told = in_conflict(&program);
    assert!(told.contains("1 value is in conflict") && told.contains("the answer to 4.1-1"), "{told}");
    assert!(program.ok(&["merge", "acme", other]).contains("nothing to merge"));
    assert_eq!(program.json(&["doctor"])["issues"], serde_json::json!([]));

    // The laptop merges the other way round, and comes to the same.
    let ours = program.data();
    program.ok(&["--data-dir", other, "merge", "acme", ours.to_str().unwrap()]);
    let state = |data: &str| {
        let mut state = program.json(&["--data-dir", data, "show", "acme"]);
        state["report"].take();
        state
    };
    assert_eq!(state(other), state(ours.to_str().unwrap()));

    program.ok(&["answer", "acme", "4.1-1", "5"]);
    assert_eq!(claimed(&program, "4.1-1"), 5);
    assert_eq!(program.json(&["score", "acme"])["conflicts"], 0);
    assert_eq!(in_conflict(&program), "", "nothing is in conflict any more");
}

/// Returns what the workbook says in the row on conflicts; nothing where it has none.
fn in_conflict(program: &Program) -> String {
    let written = program.json(&["export", "acme", "--format", "xlsx", "--out", "books", "--force"]);
    let book = fs::File::open(program.folder().join(written["written"][0].as_str().unwrap())).unwrap();
    let mut book = zip::ZipArchive::new(book).unwrap();
    let mut text = |part: &str| std::io::read_to_string(book.by_name(part).unwrap()).unwrap();
    // Texts of cells stand in a list of their own, and a cell has the number of its text.
    let texts = text("xl/sharedStrings.xml");
    let texts: Vec<&str> = texts.split("<si>").skip(1).collect();
    let Some(head) = texts.iter().position(|text| text.contains(">In conflict<")) else { return String::new() };
    let sheet = text("xl/worksheets/sheet1.xml");
    let row = sheet.split("<row ").find(|row| row.contains(&format!("<v>{head}</v>"))).unwrap();
    let cells: Vec<usize> =
        row.split("<v>").skip(1).map(|cell| cell.split('<').next().unwrap().parse().unwrap()).collect();
    texts[cells[1]].to_owned()
}

#[test]
fn a_note_that_both_changed_in_different_lines_is_joined_and_said() {
    let program = acme();
    program.ok(&["answer", "acme", "4.1-2", "2", "--note", "Agreed.\n\nBy whom: the board."]);
    let other = program.folder().join("laptop");
    copy(&program.data(), &other);
    let other = other.to_str().unwrap();
    program.ok(&["--data-dir", other, "answer", "acme", "4.1-2", "2", "--note", "Agreed.\n\nBy whom: the chair."]);
    program.ok(&["answer", "acme", "4.1-2", "2", "--note", "Agreed in March.\n\nBy whom: the board."]);
    let told = program.ok(&["merge", "acme", other]);
    assert!(told.contains("joined: the note on 4.1-2: two copies changed different lines"), "{told}");
    assert!(!told.contains("open"), "{told}");
    let note = |program: &Program| {
        let written = program.json(&["export", "acme", "--format", "json", "--out", "out", "--force"]);
        let path = program.folder().join(written["written"][0].as_str().unwrap());
        let exported: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let answers = exported["answers"].as_array().unwrap();
        answers.iter().find(|answer| answer["question"] == "4.1-2").unwrap()["note"].clone()
    };
    assert_eq!(note(&program), "Agreed in March.\n\nBy whom: the chair.");
    let log = program.ok(&["log", "acme"]);
    assert!(log.contains("By whom: the chair") && log.contains("Agreed in March"), "{log}");
    // In one line it stays open, with both texts.
    program.ok(&["--data-dir", other, "answer", "acme", "4.1-2", "2", "--note", "Agreed.\n\nBy whom: nobody."]);
    program.ok(&["answer", "acme", "4.1-2", "2", "--note", "Agreed in March.\n\nBy whom: everybody."]);
    let merged = program.json(&["merge", "acme", other]);
    assert_eq!(
        (merged["joined"].clone(), merged["conflicts"][0]["question"].clone()),
        (serde_json::json!([]), "4.1-2".into())
    );
    let note = note(&program);
    assert!(note.as_str().is_some_and(|note| note.contains("nobody") && note.contains("everybody")), "{note}");
}

#[test]
fn an_export_merges_into_what_is_open_and_another_questionnaire_or_assessment_is_refused() {
    let program = acme();
    program.ok(&["copy", "acme", "twin"]);
    program.ok(&["answer", "twin", "4.2-1", "3"]);
    program.ok(&["answer", "twin", "4.1-1", "1"]);
    let written = program.json(&["export", "twin", "--format", "json", "--out", "out"]);
    let file = program.folder().join(written["written"][0].as_str().unwrap());
    let file = file.to_str().unwrap();
    let merged = program.json(&["merge", "acme", file, "--because", "workshop in Bern"]);
    assert_eq!((&merged["changes"], merged["conflicts"].as_array().unwrap().len()), (&2.into(), 1));
    assert_eq!((claimed(&program, "4.1-1"), claimed(&program, "4.2-1")), (1.into(), 3.into()));
    assert_eq!(program.json(&["merge", "acme", file])["changes"], 0);
    assert!(program.ok(&["log", "acme"]).contains("workshop in Bern"));

    program.ok(&["new", "stranger"]);
    let all = fs::read_dir(program.data().join("assessments")).unwrap().map(|entry| entry.unwrap().path());
    let stranger = all.into_iter().find(|path| path.to_str().unwrap().contains("stranger")).unwrap();
    let told = program.fails(4, &["merge", "acme", stranger.to_str().unwrap()]);
    assert!(told.contains("shares no history"), "{told}");
    program.fails(3, &["merge", "acme", "nowhere"]);
}

#[test]
fn copies_that_a_sync_tool_made_are_read_as_sessions() {
    let program = acme();
    let journal = folder(&program).join("journal");
    let other = program.folder().join("laptop");
    copy(&program.data(), &other);
    program.ok(&["--data-dir", other.to_str().unwrap(), "answer", "acme", "4.2-1", "3"]);
    let theirs = fs::read_dir(other.join("assessments")).unwrap().next().unwrap().unwrap().path().join("journal");
    for entry in fs::read_dir(theirs).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        fs::copy(&path, journal.join(format!("{stem} (Zoe's conflicted copy 2027-03-01).jsonl"))).unwrap();
        fs::copy(&path, journal.join(format!("{stem}.sync-conflict-20270301-101500-ABCDEFG.jsonl"))).unwrap();
    }
    assert_eq!((claimed(&program, "4.1-1"), claimed(&program, "4.2-1")), (4.into(), 3.into()));
    program.ok(&["answer", "acme", "4.3-1", "2"]);
    assert_eq!(program.json(&["score", "acme"])["conflicts"], 0);
}
