//! The built program with a data folder of its own, for the tests of its command line.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// The path of the built program.
pub const PATH: &str = env!("CARGO_BIN_EXE_ready42");
/// The day on which the tests take place.
pub const EPOCH: &str = "1795478400"; // 2026-11-24

/// A program with a data folder of its own.
pub struct Program {
    folder: TempDir,
}

/// What a command came to.
#[derive(Debug)]
pub struct Ran {
    /// Its exit status; none where a signal ended it.
    pub status: Option<i32>,
    /// What it printed on standard output.
    pub out: String,
    /// What it told on standard error.
    pub err: String,
}

impl Program {
    /// Returns a program with an empty data folder.
    pub fn new() -> Self {
        Self::within(&std::env::temp_dir())
    }

    /// Returns a program whose empty data folder lies below this one.
    pub fn within(parent: &Path) -> Self {
        Self { folder: tempfile::tempdir_in(parent).expect("a temporary folder can be made there") }
    }

    /// Returns a program with the demo in its data folder.
    pub fn with_demo() -> Self {
        let program = Self::new();
        program.ok(&["demo", "acme"]);
        program
    }

    /// Returns a folder for files of the test.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Returns a command of the program that sees nothing of this machine.
    pub fn command(&self) -> Command {
        self.command_of(PATH)
    }

    /// Returns a command of another program, such as one that runs this one, that sees nothing of this machine.
    pub fn command_of(&self, tool: &str) -> Command {
        let mut command = Command::new(tool);
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .env("USER", "tester")
            .env("TZ", "UTC")
            .env("SOURCE_DATE_EPOCH", EPOCH)
            .env("READY42_DATA_DIR", self.data())
            .current_dir(self.folder.path());
        command
    }

    /// Runs a command.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        let output = self.command().args(arguments).output().expect("the program can be started");
        Ran {
            status: output.status.code(),
            out: String::from_utf8(output.stdout).expect("what it prints is UTF-8"),
            err: String::from_utf8(output.stderr).expect("what it tells is UTF-8"),
        }
    }

    /// Runs a command that has to succeed, and returns what it printed.
    #[track_caller]
    pub fn ok(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.status, Some(0), "{arguments:?}: {}", ran.err);
        ran.out
    }

    /// Runs a command with `--json` that has to succeed, and returns what it printed.
    #[track_caller]
    pub fn json(&self, arguments: &[&str]) -> Value {
        let out = self.ok(&[arguments, &["--json"]].concat());
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {out}"))
    }

    /// Runs a command that has to fail with a status, and returns what it told.
    #[track_caller]
    pub fn fails(&self, status: i32, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.status, Some(status), "{arguments:?}: {}{}", ran.out, ran.err);
        assert!(!ran.err.is_empty(), "{arguments:?} failed without a word");
        ran.err
    }

    /// Writes a file for the test, and returns its path.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).expect("the file can be written");
        path.to_str().expect("the path is UTF-8").to_owned()
    }

    /// Returns every file below the data folder with its content.
    pub fn snapshot(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = vec![];
        let mut folders = vec![self.data()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let content = std::fs::read(&path).expect("it can be read");
                    files.push((path, content));
                }
            }
        }
        files.sort();
        files
    }
}
