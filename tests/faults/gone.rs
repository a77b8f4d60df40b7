//! Folders and files that are taken away or replaced while a session goes on.

use std::fs;
use std::path::{Path, PathBuf};

use crate::ledger::{Ledger, NAME, check, found, questions};
use crate::machine::{copy, memory};
use crate::program::Program;
use crate::talk::Talk;
use crate::{Setting, Verdict, verdict};

/// What is done behind the program's back, and whether the next answer can still be saved.
const TRICKS: [(&str, fn(&Case), bool); 7] = [
    ("the folder is removed", |case| fs::remove_dir_all(&case.folder).unwrap(), false),
    ("the folder is moved away", |case| fs::rename(&case.folder, case.elsewhere()).unwrap(), false),
    ("the data folder is removed", |case| fs::remove_dir_all(case.program.data()).unwrap(), false),
    ("the journal is removed", |case| fs::remove_dir_all(case.folder.join("journal")).unwrap(), true),
    (
        "the journal's files are replaced by older ones",
        |case| {
            fs::remove_dir_all(case.folder.join("journal")).unwrap();
            copy(&case.before.join("journal"), &case.folder.join("journal"));
        },
        true,
    ),
    (
        "the session's file is cut",
        |case| {
            let file = case.session();
            fs::write(&file, &fs::read(&file).unwrap()[..40]).unwrap();
        },
        true,
    ),
    (
        "the folder is replaced by an older copy",
        |case| {
            fs::rename(&case.folder, case.elsewhere()).unwrap();
            copy(&case.before, &case.folder);
        },
        true,
    ),
];

/// A session that goes on.
struct Case {
    program: Program,
    folder: PathBuf,
    /// A copy of the folder from before the last answers.
    before: PathBuf,
}

impl Case {
    fn elsewhere(&self) -> PathBuf {
        self.program.folder().join("elsewhere")
    }

    /// Returns the newest file of the journal.
    fn session(&self) -> PathBuf {
        let files = fs::read_dir(self.folder.join("journal")).unwrap().map(|entry| entry.unwrap().path());
        files.max().unwrap()
    }
}

/// Answers, takes away, answers on: what is called saved has to be there.
pub fn gone(_: Setting) -> Verdict {
    let mut wrong = vec![];
    for (what, trick, goes_on) in TRICKS {
        wrong.extend(tried(trick, goes_on).into_iter().map(|why| format!("{what}: {why}")));
    }
    verdict(
        wrong,
        format!("{} ways of taking away what is being written, 0 answers called saved that are not", TRICKS.len()),
    )
}

fn tried(trick: fn(&Case), goes_on: bool) -> Vec<String> {
    let (program, questions) = (Program::within(&memory()), questions());
    program.ok(&["new", NAME]);
    let mut ledger = Ledger::default();
    let mut talk = Talk::begin(program.command().args(["ask", NAME]));
    answer(&mut talk, &mut ledger, &questions[..5]);
    let folder = only_folder(&program.data().join("assessments"));
    let before = program.folder().join("before");
    copy(&folder, &before);
    let case = Case { program, folder, before };
    answer(&mut talk, &mut ledger, &questions[5..10]);
    trick(&case);
    let went_on = answer(&mut talk, &mut ledger, &questions[10..15]);
    let end = talk.end();
    let mut wrong = vec![];
    if goes_on {
        if went_on != 5 || end.status != Some(0) {
            wrong.push(format!("{went_on} of 5 went on: {end:?}"));
        }
        wrong.extend(check(&case.program, &mut ledger, "afterwards"));
    } else {
        if went_on != 0 || end.status != Some(7) || !end.told.contains("NOT SAVED") {
            wrong.push(format!("{went_on} went on: {end:?}"));
        }
        if case.elsewhere().exists() {
            fs::rename(case.elsewhere(), &case.folder).unwrap();
            wrong.extend(check(&case.program, &mut ledger, "moved back"));
        } else if found(&case.program).is_ok() {
            wrong.push("something is found where everything was removed".to_owned());
        }
    }
    wrong
}

/// Answers these questions; returns how many were called saved.
fn answer(talk: &mut Talk, ledger: &mut Ledger, questions: &[String]) -> usize {
    questions.iter().take_while(|question| talk.answer(ledger, question, 3)).count()
}

fn only_folder(parent: &Path) -> PathBuf {
    fs::read_dir(parent).unwrap().next().unwrap().unwrap().path()
}
