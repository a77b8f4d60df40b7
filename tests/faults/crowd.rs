//! Many programs at once on one assessment.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::ledger::{Ledger, NAME, check, questions};
use crate::machine::memory;
use crate::program::Program;
use crate::{Form, Setting, Verdict, verdict};

/// How many programs write at once.
const WRITERS: usize = 8;
/// How many answers of a writer go into one file: a command takes all of them or none.
const AT_ONCE: usize = 25;

/// What a writer did.
#[derive(Default)]
struct Written {
    levels: BTreeMap<String, u8>,
    answers: usize,
    busy: usize,
    wrong: Vec<String>,
}

/// Lets eight programs answer at once; all of it has to be in the history, in the order of each.
pub fn crowd(setting: Setting) -> Verdict {
    let each = if setting.form == Form::Short { 100 } else { 1_000 };
    let (program, questions) = (Program::within(&memory()), questions());
    program.ok(&["new", NAME]);
    let written: Vec<Written> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let own: Vec<&String> = questions.iter().skip(writer).step_by(WRITERS).take(AT_ONCE - 2).collect();
                let program = &program;
                scope.spawn(move || write(program, writer, &own, each))
            })
            .collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    let (mut ledger, mut wrong) = (Ledger::default(), vec![]);
    let (answers, busy) = written.iter().fold((0, 0), |(answers, busy), one| (answers + one.answers, busy + one.busy));
    for one in written {
        one.levels.iter().for_each(|(question, level)| ledger.saved(question, *level));
        wrong.extend(one.wrong);
    }
    let log = program.json(&["log", NAME]);
    let in_log = log.as_array().map_or(0, |entries| entries.iter().filter(|entry| is_answer(entry)).count());
    if in_log != answers {
        wrong.push(format!("{answers} answers were called saved, and the history has {in_log}"));
    }
    wrong.extend(check(&program, &mut ledger, "afterwards"));
    let figures = format!(
        "{WRITERS} programs at once, {answers} answers called saved, {in_log} in the history; {busy} times one was told that another is at it, and tried again"
    );
    verdict(wrong, figures)
}

fn is_answer(entry: &serde_json::Value) -> bool {
    entry["deed"] == "change"
}

/// Answers its own questions, one command in two with one answer, the others with many; tries again where it must.
fn write(program: &Program, writer: usize, own: &[&String], each: usize) -> Written {
    let mut written = Written::default();
    let mut round = 0;
    while written.answers < each {
        let several = if round % 2 == 0 { 1 } else { own.len().min(each - written.answers) };
        let rows: Vec<(&String, u8)> = own
            .iter()
            .enumerate()
            .skip(if several == 1 { round / 2 % own.len() } else { 0 })
            .take(several)
            .map(|(n, question)| {
                let before = written.levels.get(*question).copied();
                // Another than before: the same again would be no change.
                (*question, before.map_or(u8::try_from((n + writer) % 6).unwrap(), |level| (level + 1) % 6))
            })
            .collect();
        let file = program.folder().join(format!("{writer}.csv"));
        let text: String = rows.iter().map(|(question, level)| format!("{question},{level}\n")).collect();
        std::fs::write(&file, format!("question,level\n{text}")).unwrap();
        let start = Instant::now();
        let mut command = program.command();
        command.args(["answer", NAME, "--from", file.to_str().unwrap()]);
        let output = command.stdout(Stdio::piped()).stderr(Stdio::piped()).output().unwrap();
        match output.status.code() {
            Some(0) => {
                written.answers += rows.len();
                written.levels.extend(rows.into_iter().map(|(question, level)| (question.clone(), level)));
                round += 1;
            }
            Some(5) => written.busy += 1,
            status => {
                written.wrong.push(format!("{status:?}: {}", String::from_utf8_lossy(&output.stderr)));
                return written;
            }
        }
        if start.elapsed() > Duration::from_secs(30) {
            written.wrong.push(format!("a command took {} s", start.elapsed().as_secs()));
        }
    }
    written
}
