//! A conversation with `ready42 ask`, which answers one question after the other and hears what is called saved.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::ledger::Ledger;

/// A conversation that goes on.
pub struct Talk {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

/// How a conversation ended.
#[derive(Debug)]
pub struct End {
    /// Its exit status; none where a signal ended it.
    pub status: Option<i32>,
    /// What it told on standard error.
    pub told: String,
}

impl Talk {
    /// Begins a conversation with a command that runs `ask`.
    pub fn begin(command: &mut Command) -> Self {
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = child.unwrap();
        let (input, output) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, input, output }
    }

    /// Returns the number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Gives an answer. Returns whether it was called saved; otherwise the conversation is over.
    pub fn answer(&mut self, ledger: &mut Ledger, question: &str, level: u8) -> bool {
        ledger.tries(question, level);
        let is_saved = self.say(&format!("g {question}\n{level}\n"));
        if is_saved {
            ledger.saved(question, level);
        }
        is_saved
    }

    /// Says something, and returns whether the next that is said of it is that it was saved.
    pub fn say(&mut self, text: &str) -> bool {
        // Who has ended hears nothing: that is seen by its silence.
        let input = self.input.as_mut().unwrap();
        drop(input.write_all(text.as_bytes()).and_then(|()| input.flush()));
        let mut line = String::new();
        while self.output.read_line(&mut line).is_ok_and(|bytes| bytes > 0) {
            if line.contains("Saved:") {
                return true;
            }
            line.clear();
        }
        false
    }

    /// Says nothing more, and waits for the end.
    pub fn end(mut self) -> End {
        drop(self.input.take());
        let mut rest = String::new();
        drop(std::io::Read::read_to_string(&mut self.output, &mut rest));
        let output = self.child.wait_with_output().unwrap();
        End { status: output.status.code(), told: String::from_utf8_lossy(&output.stderr).into_owned() }
    }
}
