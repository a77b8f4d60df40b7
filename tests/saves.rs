//! What was called saved is there: after `kill -9` at any moment, and with many programs at once.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crate::program::Program;

/// How often a program is killed. `READY42_KILLS` raises it.
const KILLS: u32 = 40;

#[cfg(unix)]
#[test]
fn nothing_that_was_called_saved_is_lost_by_a_kill() {
    let kills: u32 = std::env::var("READY42_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(KILLS);
    let program = Program::new();
    program.ok(&["new", "acme"]);
    let ids = ids(&program);
    let mut saved = std::collections::BTreeMap::new();
    let mut lost = vec![];
    let mut acknowledged = 0_u32;
    for round in 0..kills {
        // Answers come one command after the other, and the last one is killed after a time that moves on in small steps.
        let question = &ids[usize::try_from(round).unwrap() % ids.len()];
        let level = (round % 6).to_string();
        let mut child = program
            .command()
            .args(["answer", "acme", question, &level])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_micros(u64::from(round) * 613 % 20_000));
        drop(child.kill());
        let out = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok)
            .any(|line| line.contains("saved"));
        drop(child.wait());
        if out {
            acknowledged += 1;
            saved.insert(question.clone(), level);
        } else {
            saved.remove(question); // It may be there, or what was there before it.
        }
    }
    let answers = answers(&program);
    for (question, level) in &saved {
        if answers.get(question) != Some(level) {
            lost.push(format!("{question}: saved {level}, found {:?}", answers.get(question)));
        }
    }
    println!("{kills} kills, {acknowledged} acknowledged, {} lost", lost.len());
    assert!(lost.is_empty(), "{lost:?}");
    let health = program.run(&["doctor"]);
    assert!(health.status == Some(0), "{}{}", health.out, health.err);
    program.ok(&["answer", "acme", &ids[0], "3"]);
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
