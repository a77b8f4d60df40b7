//! Folders that people keep in git: two clones answer, push and pull with the real git, and nothing is lost.
//!
//! The set-up is that of `docs/data.md`; a test holds that the page says the same lines.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::program::Program;

/// What `docs/data.md` tells to leave out: conveniences, and what is made anew from the journal.
const IGNORED: [&str; 6] = ["lock", ".interface", ".summary", "drafts.json", "assessment.toml", "backups/"];

/// Two clones of one data folder, and what they push to.
struct Clones {
    program: Program,
}

/// Returns whether git is here.
fn has_git() -> bool {
    Command::new("git").arg("--version").output().is_ok_and(|output| output.status.success())
}

impl Clones {
    /// Returns two clones of a folder with one assessment. Whether what is made anew is left out, as the page says.
    fn new(leaves_out: bool) -> Self {
        let clones = Self { program: Program::new() };
        let one = clones.path("one");
        clones.ok("one", &["new", "acme"]);
        clones.ok("one", &["answer", "acme", "4.1-1", "4", "--note", "Scope.\n\nSystems.\n\nBoard."]);
        let ignored = if leaves_out { IGNORED.join("\n") } else { "lock\n.summary".to_owned() };
        fs::write(one.join(".gitignore"), format!("{ignored}\n")).unwrap();
        clones.git(clones.program.folder(), &["init", "--bare", "--initial-branch=main", "origin"]);
        clones.git(&one, &["init", "--initial-branch=main"]);
        clones.git(&one, &["remote", "add", "origin", clones.path("origin").to_str().unwrap()]);
        clones.commit("one");
        clones.git(&one, &["push", "-u", "origin", "main"]);
        clones
    }

    fn clone_to(&self, name: &str, options: &[&str]) {
        let origin = self.path("origin");
        let arguments = [options, &["clone", origin.to_str().unwrap(), name]].concat();
        self.git(self.program.folder(), &arguments);
    }

    fn path(&self, name: &str) -> PathBuf {
        self.program.folder().join(name)
    }

    /// Runs git, and returns whether it succeeded and what it said.
    fn try_git(&self, folder: &Path, arguments: &[&str]) -> (bool, String) {
        let mut command = self.program.command_of("git");
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("GIT_CONFIG_NOSYSTEM", "1");
        for who in ["GIT_AUTHOR", "GIT_COMMITTER"] {
            command.env(format!("{who}_NAME"), "Zoë").env(format!("{who}_EMAIL"), "zoe@example.org");
        }
        let output = command.current_dir(folder).args(arguments).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    #[track_caller]
    fn git(&self, folder: &Path, arguments: &[&str]) -> String {
        let (is_done, said) = self.try_git(folder, arguments);
        assert!(is_done, "git {arguments:?}: {said}");
        said
    }

    fn commit(&self, name: &str) {
        self.git(&self.path(name), &["add", "--all"]);
        self.git(&self.path(name), &["commit", "--message", "answers"]);
    }

    #[track_caller]
    fn ok(&self, name: &str, arguments: &[&str]) -> String {
        let path = self.path(name);
        self.program.ok(&[&["--data-dir", path.to_str().unwrap()], arguments].concat())
    }

    #[track_caller]
    fn json(&self, name: &str, arguments: &[&str]) -> Value {
        let path = self.path(name);
        self.program.json(&[&["--data-dir", path.to_str().unwrap()], arguments].concat())
    }

    /// Answers questions at a level in one clone.
    fn answer(&self, name: &str, questions: &[String], level: u8) {
        let rows: Vec<String> = questions.iter().map(|question| format!("{question},{level}\n")).collect();
        let file = self.program.file(&format!("{name}.csv"), format!("question,level\n{}", rows.concat()));
        self.ok(name, &["answer", "acme", "--from", &file]);
    }

    /// The answers, notes and conflicts of a clone, as an export tells them.
    fn state(&self, name: &str) -> Value {
        let written = self.json(name, &["export", "acme", "--format", "json", "--out", "out", "--force"]);
        let path = self.program.folder().join(written["written"][0].as_str().unwrap());
        let mut exported: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        serde_json::json!({ "answers": exported["answers"].take(), "conflicts": exported["report"]["conflicts"].take() })
    }

    /// How many lines the journal of a clone has: its changes.
    fn changes(&self, name: &str) -> usize {
        let mut files = vec![];
        below(&self.path(name).join("assessments"), &mut files);
        let journals = files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
        journals.map(|path| fs::read_to_string(path).unwrap().lines().count()).sum()
    }
}

fn below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { below(&path, files) } else { files.push(path) }
    }
}

/// The ids of the built-in questions, but for those of the first requirement.
fn questions() -> Vec<String> {
    let ids = include_str!("fixtures/question-ids.txt").lines();
    ids.filter(|id| !id.starts_with("4.1-")).map(str::to_owned).collect()
}

fn answer<'a>(state: &'a Value, question: &str) -> &'a Value {
    let answers = state["answers"].as_array().unwrap();
    answers.iter().find(|answer| answer["question"] == question).unwrap()
}

#[test]
fn two_clones_answer_push_and_pull_and_nothing_is_lost_nor_conflicts_in_git() {
    if !has_git() {
        println!("SKIPPED: there is no git here");
        return;
    }
    let questions = questions();
    for overlap in [0, 45, 90] {
        let clones = Clones::new(true);
        clones.clone_to("two", &[]);
        clones.ok("two", &["doctor", "--repair"]);
        // Each answers 90 questions beside the one that both have.
        let (of_one, of_two) = (&questions[..90], &questions[90 - overlap..180 - overlap]);
        clones.answer("one", of_one, 4);
        clones.answer("two", of_two, 2);
        clones.ok("one", &["answer", "acme", "4.1-1", "4", "--note", "Scope, by one.\n\nSystems.\n\nBoard."]);
        clones.ok("two", &["answer", "acme", "4.1-1", "4", "--note", "Scope.\n\nSystems.\n\nBoard, by two."]);
        for name in ["one", "two"] {
            clones.commit(name);
        }
        clones.git(&clones.path("one"), &["push"]);
        clones.git(&clones.path("two"), &["pull", "--no-rebase", "--no-edit"]);
        clones.git(&clones.path("two"), &["push"]);
        clones.git(&clones.path("one"), &["pull", "--no-rebase", "--no-edit"]);

        // The readable state is made anew by the next change, what was joined is told then, and both go on.
        let folder = clones.path("one");
        let told = clones.program.run(&["--data-dir", folder.to_str().unwrap(), "answer", "acme", "4.1-2", "3"]);
        assert!(told.err.contains("the note on 4.1-1: two copies changed different lines"), "{}", told.err);
        clones.commit("one");
        clones.git(&clones.path("one"), &["push"]);
        clones.git(&clones.path("two"), &["pull", "--no-rebase", "--no-edit"]);

        let (one, two) = (clones.state("one"), clones.state("two"));
        assert_eq!(one, two, "overlap {overlap}");
        assert_eq!(clones.changes("one"), clones.changes("two"));
        for id in of_one {
            let lower = if of_two.contains(id) { 2 } else { 4 };
            assert_eq!(answer(&one, id)["level"], lower, "{id}: the lower level counts");
        }
        for id in of_two.iter().filter(|id| !of_one.contains(id)) {
            assert_eq!(answer(&one, id)["level"], 2, "{id}");
        }
        assert_eq!(answer(&one, "4.1-2")["level"], 3);
        assert_eq!(one["conflicts"].as_array().map_or(0, Vec::len), overlap);
        assert_eq!(answer(&one, "4.1-1")["note"], "Scope, by one.\n\nSystems.\n\nBoard, by two.");
        for name in ["one", "two"] {
            clones.ok(name, &["doctor", "--repair"]);
            assert_eq!(clones.json(name, &["doctor"])["issues"], serde_json::json!([]), "{name}");
        }
    }
}

#[test]
fn a_rebase_and_a_checkout_that_converts_line_ends_keep_every_answer() {
    if !has_git() {
        println!("SKIPPED: there is no git here");
        return;
    }
    let clones = Clones::new(true);
    clones.clone_to("two", &["-c", "core.autocrlf=true"]);
    clones.ok("two", &["doctor", "--repair"]);
    let questions = questions();
    clones.answer("one", &questions[..10], 4);
    clones.answer("two", &questions[5..15], 2);
    for name in ["one", "two"] {
        clones.commit(name);
    }
    clones.git(&clones.path("one"), &["push"]);
    clones.git(&clones.path("two"), &["-c", "core.autocrlf=true", "pull", "--rebase"]);
    clones.git(&clones.path("two"), &["push"]);
    clones.git(&clones.path("one"), &["pull", "--rebase"]);
    let state = clones.state("one");
    assert_eq!(state, clones.state("two"));
    assert_eq!((state["answers"].as_array().unwrap().len(), state["conflicts"].as_array().unwrap().len()), (16, 5));
}

#[test]
fn marks_that_git_leaves_where_the_readable_state_is_tracked_too_cost_nothing() {
    if !has_git() {
        println!("SKIPPED: there is no git here");
        return;
    }
    let clones = Clones::new(false);
    clones.clone_to("two", &[]);
    clones.ok("one", &["answer", "acme", "4.1-1", "3"]);
    clones.ok("two", &["answer", "acme", "4.1-1", "5"]);
    clones.ok("two", &["answer", "acme", "4.1-2", "2"]);
    for name in ["one", "two"] {
        clones.commit(name);
    }
    clones.git(&clones.path("one"), &["push"]);
    let (is_clean, said) = clones.try_git(&clones.path("two"), &["pull", "--no-rebase", "--no-edit"]);
    assert!(!is_clean && said.contains("assessment.toml"), "{said}");
    // In the middle of git's merge already, the journal counts.
    let state = clones.state("two");
    assert_eq!((&answer(&state, "4.1-1")["level"], &answer(&state, "4.1-2")["level"]), (&3.into(), &2.into()));
    clones.ok("two", &["doctor", "acme", "--repair"]);
    clones.commit("two");
    clones.git(&clones.path("two"), &["push"]);
    clones.git(&clones.path("one"), &["pull"]);
    assert_eq!(clones.state("one"), clones.state("two"));
    let marks = below_all(&clones.path("one"));
    assert!(marks.iter().all(|text| !text.contains("<<<<<<<")), "git's marks are left");
}

/// The texts of all readable states below a folder.
fn below_all(folder: &Path) -> Vec<String> {
    let mut files = vec![];
    below(folder, &mut files);
    files
        .iter()
        .filter(|path| path.ends_with("assessment.toml"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect()
}

#[test]
fn the_page_on_data_tells_the_set_up_that_is_tested() {
    let page = include_str!("../docs/data.md");
    assert!(page.contains(&format!("printf '%s\\n' {} > .gitignore", IGNORED.join(" "))));
}
