//! What was called saved is there: after `kill -9` at any moment, and with many programs at once.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::program::Program;

/// How often a program is killed. `READY42_KILLS` raises it; CI takes 500.
const KILLS: u32 = 60;

/// Every other kill comes at a time of its own, from before a command does anything until after it would have ended by
/// itself; the others come with the word saved, while the readable state is still being written.
#[cfg(unix)]
#[test]
fn nothing_that_was_called_saved_is_lost_by_a_kill() {
    let kills: u32 = std::env::var("READY42_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(KILLS);
    let program = Program::new();
    program.ok(&["new", "acme"]);
    let ids = ids(&program);
    let usual = usual_time(&program, &ids[0]);
    let mut saved = std::collections::BTreeMap::new();
    let (mut with_the_word, mut by_time) = (0_u32, 0_u32);
    for round in 0..kills {
        let question = &ids[usize::try_from(round).unwrap() % ids.len()];
        let level = (round % 6).to_string();
        let mut child = answering(&program, question, &level).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let waits_for_the_word = round % 2 == 0;
        let early = waits_for_the_word && out.any(|line| line.contains("saved"));
        if !waits_for_the_word {
            // Small steps that don't fall in with the levels or the questions.
            thread::sleep(usual.mul_f64(f64::from(round * 37 % 150) / 100.0));
        }
        drop(child.kill());
        let is_saved = early || out.any(|line| line.contains("saved"));
        drop(child.wait());
        if is_saved {
            *(if waits_for_the_word { &mut with_the_word } else { &mut by_time }) += 1;
            saved.insert(question.clone(), level);
        } else {
            saved.remove(question); // It may be there, or what was there before it.
        }
    }
    let answers = answers(&program);
    let lost: Vec<String> = saved
        .iter()
        .filter(|(question, level)| answers.get(*question) != Some(*level))
        .map(|(question, level)| format!("{question}: saved {level}, found {:?}", answers.get(question)))
        .collect();
    println!("{kills} kills, {with_the_word} with the word saved and {by_time} after it, {} lost", lost.len());
    assert!(lost.is_empty(), "{lost:?}");
    assert!(with_the_word >= kills / 2, "without an answer that was saved, nothing was tested");
    let health = program.run(&["doctor"]);
    assert!(health.status == Some(0), "{}{}", health.out, health.err);
    program.ok(&["answer", "acme", &ids[0], "3"]);
}

#[cfg(unix)]
fn answering(program: &Program, question: &str, level: &str) -> std::process::Command {
    let mut command = program.command();
    command.args(["answer", "acme", question, level]).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// Returns how long a command takes that nobody kills: the median of five.
#[cfg(unix)]
fn usual_time(program: &Program, question: &str) -> Duration {
    let mut times = [0; 5].map(|_| {
        let begin = Instant::now();
        assert!(answering(program, question, "2").output().unwrap().status.success());
        begin.elapsed()
    });
    times.sort_unstable();
    times[2]
}

#[test]
fn many_programs_at_once_lose_nothing() {
    let program = Program::new();
    program.ok(&["new", "acme"]);
    let ids = ids(&program);
    let saved: usize = thread::scope(|scope| {
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                let (program, ids) = (&program, &ids);
                scope.spawn(move || {
                    ids.iter()
                        .skip(writer)
                        .step_by(4)
                        .take(12)
                        .filter(|id| match program.run(&["answer", "acme", id, "4"]).status {
                            Some(0) => true,
                            Some(5) => false, // It waited for 2 s, and said that it wasn't saved.
                            other => panic!("{other:?}"),
                        })
                        .count()
                })
            })
            .collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).sum()
    });
    let found = answers(&program).len();
    assert_eq!(found, saved);
    assert!(found >= 12, "only {found} answers got through");
}

/// The system would end the program with a signal, and nobody would know whether the answer was saved.
#[cfg(unix)]
#[test]
fn a_limit_on_the_size_of_files_is_told_like_a_full_disk() {
    let program = Program::new();
    program.ok(&["new", "acme"]);
    let mut command = program.command_of("sh");
    command.args(["-c", "ulimit -f 0; exec \"$0\" \"$@\"", crate::program::PATH, "answer", "acme", "4.1-1", "3"]);
    let output = command.stdin(Stdio::null()).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(7), "{told}");
    assert!(told.contains("too large"), "{told}");
    assert!(answers(&program).is_empty());
    program.ok(&["answer", "acme", "4.1-1", "3"]);
}

#[test]
fn a_torn_last_line_is_set_aside_and_told() {
    let program = Program::new();
    program.ok(&["new", "acme"]);
    program.ok(&["answer", "acme", "4.1-1", "3"]);
    program.ok(&["answer", "acme", "4.1-2", "2"]);
    let (path, content) = program
        .snapshot()
        .into_iter()
        .find(|(path, content)| {
            path.extension().is_some_and(|ending| ending == "jsonl")
                && String::from_utf8_lossy(content).contains("4.1-2")
        })
        .unwrap();
    std::fs::write(&path, &content[..content.len() - 7]).unwrap();
    std::fs::remove_file(path.parent().unwrap().parent().unwrap().join("assessment.toml")).unwrap();
    let ran = program.run(&["answer", "acme", "4.2-1", "1"]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert!(ran.err.contains("cut short"), "{}", ran.err);
    let answers = answers(&program);
    assert_eq!(answers.get("4.1-1").map(String::as_str), Some("3"));
    assert_eq!(answers.get("4.2-1").map(String::as_str), Some("1"));
    assert_eq!(answers.get("4.1-2"), None);
}

fn ids(program: &Program) -> Vec<String> {
    let shown = program.json(&["questionnaire", "show", "iso42001"]);
    let areas = shown["areas"].as_array().unwrap();
    let requirements = areas.iter().flat_map(|area| area["requirements"].as_array().unwrap());
    let questions = requirements.flat_map(|requirement| requirement["questions"].as_array().unwrap());
    questions.map(|question| question["id"].as_str().unwrap().to_owned()).collect()
}

/// Returns the levels of all answers, as the JSON export has them.
fn answers(program: &Program) -> std::collections::BTreeMap<String, String> {
    program.ok(&["export", "acme", "--format", "json", "--out", "found", "--force"]);
    let text = std::fs::read_to_string(program.folder().join("found/acme-readiness.json")).unwrap();
    let exported: serde_json::Value = serde_json::from_str(&text).unwrap();
    let answers = exported["answers"].as_array().unwrap();
    answers
        .iter()
        .filter(|answer| answer["level"].is_number())
        .map(|answer| (answer["question"].as_str().unwrap().to_owned(), answer["level"].to_string()))
        .collect()
}
