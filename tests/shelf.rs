//! Names, copies, the archive, the trash, settings, completions and the manual, on the command line.

use serde_json::json;

use crate::program::Program;

#[test]
fn an_assessment_is_called_differently_and_the_old_name_is_free() {
    let program = Program::with_demo();
    program.ok(&["new", "other"]);
    program.fails(4, &["rename", "acme", "other"]);
    program.fails(4, &["rename", "acme", " "]);
    program.fails(3, &["rename", "nobody", "x"]);
    program.ok(&["rename", "acme", "Acme 2027"]);
    program.fails(3, &["show", "acme 2026"]);
    program.ok(&["new", "acme"]);
    let told = program.fails(4, &["undo", "Acme 2027"]);
    assert!(told.contains("acme"), "{told}");
    program.ok(&["rename", "acme", "acme again"]);
    program.ok(&["undo", "Acme 2027"]);
    program.ok(&["show", "acme"]);
}

#[test]
fn a_copy_has_answers_and_history_and_goes_its_own_way() {
    let program = Program::with_demo();
    program.ok(&["copy", "acme", "twin"]);
    program.fails(4, &["copy", "acme", "twin"]);
    let mut log = program.json(&["log", "twin"]);
    let last = log.as_array_mut().unwrap().pop().unwrap();
    assert_eq!((&last["old"], &last["new"]), (&json!("acme"), &json!("twin")));
    assert_eq!(log, program.json(&["log", "acme"]));
    program.ok(&["answer", "twin", "4.1-1", "5"]);
    assert_eq!(program.json(&["explain", "twin", "4.1-1"])["claimed"], 5);
    assert_ne!(program.json(&["explain", "acme", "4.1-1"])["claimed"], 5);
    assert_eq!(program.json(&["doctor"])["issues"], json!([]));
}

#[test]
fn what_is_put_away_is_whole_out_of_the_list_and_comes_back() {
    let program = Program::with_demo();
    let before = program.json(&["show", "acme"]);
    program.fails(2, &["delete", "acme"]);
    let gone = program.json(&["delete", "acme", "--yes"]);
    assert_eq!((&gone["name"], &gone["to"]), (&json!("acme"), &json!("trash")));
    assert_eq!(program.json(&["list"]), json!([]));
    assert_eq!(program.json(&["restore"]), json!([{ "name": "acme", "from": "trash" }]));
    assert!(program.ok(&["doctor"]).contains("1 in "));
    program.ok(&["new", "acme"]);
    program.fails(4, &["restore", "acme"]);
    program.ok(&["restore", "acme", "--as", "acme of old"]);
    program.ok(&["archive", "acme of old"]);
    program.ok(&["restore", "acme of old"]);
    program.ok(&["delete", "acme", "--yes"]);
    program.ok(&["rename", "acme of old", "acme"]);
    assert_eq!(program.json(&["show", "acme"])["answers"], before["answers"]);
    program.fails(3, &["restore", "nobody"]);
    program.fails(3, &["delete", "nobody", "--yes"]);
}

#[test]
fn settings_come_from_the_config_folder_and_an_unknown_one_is_refused_with_its_line() {
    let program = Program::new();
    let config = program.folder().join("config");
    std::fs::create_dir(&config).unwrap();
    let folder = config.to_str().unwrap();
    std::fs::write(config.join("config.toml"), "author = \"Zoë\"\n").unwrap();
    program.ok(&["new", "acme", "--config", folder]);
    assert_eq!(program.json(&["log", "acme"])[0]["who"], "Zoë");
    std::fs::write(config.join("config.toml"), "author = \"Zoë\"\ncolor = 1\n").unwrap();
    let told = program.fails(2, &["list", "--config", folder]);
    assert!(told.contains("line 2") && told.contains("color"), "{told}");
    program.fails(2, &["list", "--lang", "tlh"]);
    program.ok(&["list", "--lang", "en"]);
}

#[test]
fn completions_and_the_manual_know_every_command() {
    let program = Program::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(program.ok(&["completions", shell]).contains("snapshot"), "{shell}");
    }
    program.fails(2, &["completions", "tcsh"]);
    let manual = program.ok(&["man"]);
    for command in ["answer", "snapshot", "diff", "restore", "export"] {
        assert!(
            manual.contains(&format!("ready42-{command}")) || manual.contains(&format!("ready42\\-{command}")),
            "{command}"
        );
    }
}

#[test]
fn a_copy_has_the_looks_of_its_own_reports_too() {
    let program = Program::with_demo();
    let looks = |name: &str| {
        let folders = std::fs::read_dir(program.data().join("assessments")).unwrap().map(|it| it.unwrap().path());
        let of = |folder: &std::path::PathBuf| folder.file_name().unwrap().to_string_lossy().starts_with(name);
        folders.into_iter().find(of).unwrap().join("template")
    };
    program.ok(&["template", "new", looks("acme").to_str().unwrap()]);
    program.ok(&["copy", "acme", "twin"]);
    assert!(looks("twin").join("template.toml").is_file());
}

#[test]
fn a_command_to_copy_means_the_name_whatever_stands_in_it() {
    let program = Program::new();
    let name = "it's $(touch x) `y` \"z\"";
    let said = [program.run(&["new", name]), program.run(&["delete", name, "--yes"])];
    for (ran, verb) in said.iter().zip(["open", "restore"]) {
        let (_, command) = ran.err.split_once(&format!("ready42 {verb} ")).unwrap_or_else(|| panic!("{}", ran.err));
        // The shell itself says what it makes of it.
        let script = format!("printf %s {}", command.trim_end());
        let output = std::process::Command::new("sh").args(["-c", &script]).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), name, "{script}");
    }
}

#[test]
fn of_two_that_are_put_away_under_one_name_each_can_be_brought_back() {
    let program = Program::new();
    for level in ["1", "2"] {
        program.ok(&["new", "twin"]);
        program.ok(&["answer", "twin", "4.1-1", level]);
        program.ok(&["delete", "twin", "--yes"]);
    }
    let told = program.fails(3, &["restore", "twin"]);
    let lying = program.ok(&["restore"]);
    let folders: Vec<&str> = lying
        .lines()
        .filter_map(|line| line.split_once(", folder "))
        .map(|(_, folder)| folder.trim_end_matches(')'))
        .collect();
    assert_eq!(folders.len(), 2, "{lying}");
    assert!(folders.iter().all(|folder| told.contains(folder)), "{told}");
    program.ok(&["restore", folders[0], "--as", "first"]);
    program.ok(&["restore", folders[1], "--as", "second"]);
    let level = |name: &str| program.json(&["explain", name, "4.1-1"])["claimed"].as_u64();
    let mut levels = [level("first"), level("second")];
    levels.sort_unstable();
    assert_eq!(levels, [Some(1), Some(2)]);
}

#[test]
fn who_renames_what_is_damaged_is_told_so() {
    let program = Program::with_demo();
    let folder = std::fs::read_dir(program.data().join("assessments")).unwrap().next().unwrap().unwrap().path();
    let journal = std::fs::read_dir(folder.join("journal")).unwrap().next().unwrap().unwrap().path();
    let bytes = std::fs::read(&journal).unwrap();
    std::fs::write(&journal, &bytes[..300]).unwrap();
    let ran = program.run(&["rename", "acme", "other"]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert!(ran.err.contains("journal"), "what is gone of the history is told: {}", ran.err);
}

#[test]
fn who_wants_to_hear_more_is_told_which_folders_are_used() {
    let program = Program::new();
    let ran = program.run(&["list", "-v"]);
    assert!(ran.err.contains(program.data().to_str().unwrap()) && ran.err.contains("today"), "{}", ran.err);
    assert!(program.run(&["list"]).err.is_empty());
}
