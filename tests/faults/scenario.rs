//! What is done while something goes wrong, and the states that it may leave.

use std::fs::File;
use std::path::Path;
use std::process::Command;

use chrono::NaiveDate;
use tempfile::TempDir;

use crate::ledger::{Ledger, NAME, workspace};
use crate::machine::{copy, memory};
use crate::program::{PATH, Program, Ran};
use crate::talk::Talk;

/// A command, and what it finds.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// What it is called in figures.
    pub name: &'static str,
    /// The command.
    pub arguments: &'static [&'static str],
    /// What is typed: each piece saves one thing, and each state after a piece is a whole one.
    pub input: &'static [&'static str],
    /// What it finds.
    pub stock: Stock,
}

/// What a scenario begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stock {
    /// Everything is as a good end leaves it.
    Whole,
    /// The journal is ahead of `assessment.toml`, as a kill leaves it.
    Ahead,
    /// The last line is torn, a file that a kill left lies about, and there is no summary.
    Torn,
}

/// The core scenarios.
pub const SCENARIOS: [Scenario; 15] = [
    Scenario {
        name: "answer",
        arguments: &["answer", NAME, "4.2-1", "4", "--note", "n"],
        input: &[],
        stock: Stock::Whole,
    },
    Scenario {
        name: "answer, journal ahead",
        arguments: &["answer", NAME, "4.2-1", "4"],
        input: &[],
        stock: Stock::Ahead,
    },
    Scenario { name: "answer, torn", arguments: &["answer", NAME, "4.2-1", "4"], input: &[], stock: Stock::Torn },
    Scenario {
        name: "ask",
        arguments: &["ask", NAME],
        input: &["g 4.2-1\n4\n", "g 4.2-2\n5\n", "b\nn a note\n"],
        stock: Stock::Ahead,
    },
    Scenario {
        name: "answers of a file",
        arguments: &["answer", NAME, "--from", "answers.csv"],
        input: &[],
        stock: Stock::Ahead,
    },
    Scenario { name: "new", arguments: &["new", "other"], input: &[], stock: Stock::Whole },
    Scenario {
        name: "import",
        arguments: &["import", "exported.json", "--as", "again"],
        input: &[],
        stock: Stock::Whole,
    },
    Scenario {
        name: "profile",
        arguments: &["profile", NAME, "headcount=120", "sites=3"],
        input: &[],
        stock: Stock::Ahead,
    },
    Scenario { name: "undo", arguments: &["undo", NAME], input: &[], stock: Stock::Ahead },
    Scenario { name: "snapshot", arguments: &["snapshot", NAME, "second"], input: &[], stock: Stock::Whole },
    Scenario { name: "rename", arguments: &["rename", NAME, "renamed"], input: &[], stock: Stock::Ahead },
    Scenario { name: "copy", arguments: &["copy", NAME, "twin"], input: &[], stock: Stock::Ahead },
    Scenario { name: "delete", arguments: &["delete", NAME, "--yes"], input: &[], stock: Stock::Whole },
    Scenario { name: "restore", arguments: &["restore", "old"], input: &[], stock: Stock::Whole },
    Scenario { name: "export", arguments: &["export", NAME, "--format", "md,json"], input: &[], stock: Stock::Ahead },
];

/// Everything that a data folder holds, as its reader sees it.
pub type State = Vec<String>;

/// The three data folders that scenarios begin with, and the files that they read.
pub struct Stocks(TempDir);

impl Stocks {
    /// Makes them.
    pub fn new() -> Self {
        let folder = tempfile::tempdir_in(memory()).unwrap();
        let program = Program::within(folder.path());
        for arguments in [
            &["new", "old"][..],
            &["answer", "old", "4.1-1", "1"],
            &["archive", "old"],
            &["new", NAME],
            &["answer", NAME, "4.1-1", "2"],
            &["answer", NAME, "4.1-2", "3", "--note", "as it was"],
            &["snapshot", NAME, "first"],
            &["export", NAME, "--format", "json", "--out", "out"],
        ] {
            program.ok(arguments);
        }
        let rows: Vec<String> = (1..=5).map(|n| format!("4.2-{n},{n}")).collect();
        let rows: Vec<String> = crate::ledger::questions()
            .iter()
            .filter(|id| id.starts_with("4.2-"))
            .zip(&rows)
            .map(|(id, row)| row.replacen(row.split(',').next().unwrap(), id, 1))
            .collect();
        std::fs::write(folder.path().join("answers.csv"), format!("question,level\n{}\n", rows.join("\n"))).unwrap();
        copy(&program.folder().join("out/acme-readiness.json"), &folder.path().join("exported.json"));
        copy(&program.data(), &folder.path().join("whole"));
        let mut talk = Talk::begin(program.command().args(["ask", NAME]));
        let mut ledger = Ledger::default();
        for (question, level) in [("4.1-3", 1), ("4.1-1", 5), ("4.1-2", 4)] {
            assert!(talk.answer(&mut ledger, question, level));
        }
        crate::machine::run("kill", &["-KILL", &talk.id().to_string()]).unwrap();
        talk.end();
        copy(&program.data(), &folder.path().join("ahead"));
        tear(&program);
        copy(&program.data(), &folder.path().join("torn"));
        Self(folder)
    }

    /// Puts what a scenario begins with into a folder of its own.
    pub fn program(&self, stock: Stock) -> Program {
        let program = Program::within(self.0.path());
        let name = match stock {
            Stock::Whole => "whole",
            Stock::Ahead => "ahead",
            Stock::Torn => "torn",
        };
        copy(&self.0.path().join(name), &program.data());
        for file in ["answers.csv", "exported.json"] {
            copy(&self.0.path().join(file), &program.folder().join(file));
        }
        program
    }
}

/// Cuts the last line of the journal, and leaves what a kill in the middle of writing `assessment.toml` leaves.
fn tear(program: &Program) {
    let files = program.snapshot();
    let is_live = |path: &Path| path.components().any(|part| part.as_os_str() == "assessments");
    let mut journals = files.iter().filter(|(path, _)| is_live(path) && path.extension().is_some_and(|e| e == "jsonl"));
    let (last, bytes) = journals.next_back().unwrap();
    std::fs::write(last, &bytes[..bytes.len() - 9]).unwrap();
    let folder = last.parent().unwrap().parent().unwrap();
    let half = &std::fs::read(folder.join("assessment.toml")).unwrap()[..200];
    std::fs::write(folder.join(".assessment.toml.0000.tmp"), half).unwrap();
    std::fs::remove_file(folder.join(".summary")).unwrap();
}

impl Scenario {
    /// Returns the command, run by a tool where one is given.
    pub fn command(&self, program: &Program, tool: &[String]) -> Command {
        let input = program.folder().join("input");
        std::fs::write(&input, self.input.concat()).unwrap();
        let mut command = match tool {
            [] => program.command(),
            [tool, arguments @ ..] => {
                let mut command = program.command_of(tool);
                command.args(arguments).arg(PATH);
                command
            }
        };
        command.args(self.arguments).stdin(File::open(input).unwrap());
        command
    }

    /// Runs it, by a tool where one is given.
    pub fn run(&self, program: &Program, tool: &[String]) -> Ran {
        let output = self.command(program, tool).output().unwrap();
        Ran {
            status: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Returns the states that it may leave: what it finds, and that after each of its pieces.
    pub fn states(&self, stocks: &Stocks) -> Vec<State> {
        let mut states = vec![state(&stocks.program(self.stock))];
        for pieces in 1..=self.input.len().max(1) {
            let program = stocks.program(self.stock);
            let part = Self { input: &self.input[..pieces.min(self.input.len())], ..*self };
            let ran = part.run(&program, &[]);
            assert_eq!(ran.status, Some(0), "{}: {}", self.name, ran.err);
            states.push(state(&program));
        }
        states
    }

    /// Returns how many of its pieces were called saved.
    pub fn acknowledged(&self, ran: &Ran) -> usize {
        if self.input.is_empty() { usize::from(ran.status == Some(0)) } else { ran.out.matches("Saved:").count() }
    }
}

/// Returns what a reader finds in the data folder.
pub fn state(program: &Program) -> State {
    let workspace = workspace(program);
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let mut state: State = match workspace.list(today) {
        Ok(listed) => listed
            .iter()
            .map(|listed| match workspace.read(&listed.key) {
                Ok(document) => format!("{:?}", document.assessment),
                Err(error) => format!("{}: {}", listed.name, error.message),
            })
            .collect(),
        Err(error) => vec![error.message],
    };
    match workspace.lying() {
        Ok(lying) => state.extend(lying.into_iter().map(|it| format!("{}: {}", it.shelf.word(), it.name))),
        Err(error) => state.push(error.message),
    }
    state.sort();
    state
}
