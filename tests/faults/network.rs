//! No command calls the network: strace would see it.

use std::collections::BTreeSet;

use crate::ledger::NAME;
use crate::machine::{memory, no_strace};
use crate::program::{PATH, Program};
use crate::{Outcome, Setting, Verdict, verdict};

/// Every command, each at least once. `{}` is the folder of the test.
const COMMANDS: &[&[&str]] = &[
    &["new", "fresh"],
    &["demo", "shown"],
    &["list"],
    &["show", NAME],
    &["profile", NAME, "headcount=12"],
    &["ask", NAME],
    &["answer", NAME, "4.1-1", "3"],
    &["exclude", NAME, "A.10.3", "--because", "nobody supplies us"],
    &["include", NAME, "A.10.3"],
    &["score", NAME],
    &["explain", NAME, "overall"],
    &["timeline", NAME, "--trials", "200"],
    &["soa", NAME],
    &["crosswalk", NAME],
    &["plan", NAME],
    &["export", NAME, "--format", "all", "--out", "reports"],
    &["template", "new", "looks"],
    &["log", NAME],
    &["snapshot", NAME, "now"],
    &["diff", NAME],
    &["rename", "fresh", "renamed"],
    &["copy", NAME, "twin"],
    &["archive", "twin"],
    &["delete", "renamed", "--yes"],
    &["restore", "renamed"],
    &["completions", "bash"],
    &["man"],
    &["undo", NAME],
    &["redo", NAME],
    &["questionnaire", "list"],
    &["questionnaire", "show", "iso42001"],
    &["questionnaire", "schema"],
    &["import", "reports/acme-readiness.json", "--as", "taken-in"],
    &["merge", NAME, "reports/acme-readiness.json"],
    &["doctor"],
    &["help"],
    // Without a terminal it says so, and ends; in one, `tests/terminal.rs` uses it.
    &["open", NAME],
];
/// Commands that end with another status than 0 here, and that.
const STATUS: [(&str, i32); 1] = [("open", 2)];

/// Runs every command under strace, and counts the calls that concern a network.
pub fn network(_: Setting) -> Verdict {
    if let Some(why) = no_strace() {
        return Ok(Outcome::Skipped(why));
    }
    let program = Program::within(&memory());
    program.ok(&["demo", NAME]);
    let (mut wrong, trace) = (vec![], program.folder().join("trace"));
    for arguments in COMMANDS {
        let mut command = program.command_of("strace");
        command.args(["-f", "-qq", "-e", "trace=network", "-o"]).arg(&trace).arg(PATH).args(*arguments);
        let output = command.stdin(std::process::Stdio::null()).output().unwrap();
        let expected = STATUS.iter().find(|(name, _)| *name == arguments[0]).map_or(0, |(_, status)| *status);
        if output.status.code() != Some(expected) {
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            wrong.push(format!("{arguments:?} ended with {:?}: {told}", output.status.code()));
        }
        let text = std::fs::read_to_string(&trace).unwrap();
        wrong.extend(text.lines().filter(|line| line.contains('(')).map(|line| format!("{arguments:?}: {line}")));
    }
    let tried: BTreeSet<&str> = COMMANDS.iter().map(|arguments| arguments[0]).collect();
    let missing: Vec<String> = commands(&program).into_iter().filter(|name| !tried.contains(name.as_str())).collect();
    wrong.extend(missing.into_iter().map(|name| format!("{name} is not tried here")));
    // A control: a program that does call the network is seen.
    let mut control = program.command_of("strace");
    control.args(["-f", "-qq", "-e", "trace=network", "-o"]).arg(&trace);
    drop(control.args(["/bin/bash", "-c", "exec 3<>/dev/udp/127.0.0.1/9"]).output());
    if !std::fs::read_to_string(&trace).unwrap_or_default().contains("socket(") {
        wrong.push("the control's call was not seen".to_owned());
    }
    verdict(wrong, format!("{} runs of all {} commands, 0 calls", COMMANDS.len(), tried.len()))
}

/// Returns the commands that `--help` tells.
fn commands(program: &Program) -> Vec<String> {
    let help = program.ok(&["--help"]);
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let named = lines.filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')));
    named.filter_map(|rest| rest.split(' ').next().map(str::to_owned)).collect()
}
