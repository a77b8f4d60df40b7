//! Assessments that go out and come back, and the list of them: through the built program.

use serde_json::{Value, json};

use crate::program::Program;

/// Exports an assessment as JSON and returns the text.
fn exported(program: &Program, name: &str) -> String {
    let written = program.json(&["export", name, "--format", "json", "--out", "out", "--force"]);
    std::fs::read_to_string(program.folder().join(written["written"][0].as_str().unwrap())).unwrap()
}

/// What was recorded: everything but the name and what follows from the rest.
fn recorded(text: &str) -> Value {
    let mut value: Value = serde_json::from_str(text).unwrap();
    let fields = value.as_object_mut().unwrap();
    fields.remove("name");
    fields.remove("report");
    value
}

#[test]
fn an_exported_assessment_comes_back_without_loss() {
    let program = Program::with_demo();
    program.ok(&[
        "answer",
        "acme",
        "4.1-1",
        "2",
        "--note",
        "two\nlines \u{1b}[31m",
        "--owner",
        "Zoë",
        "--due",
        "2027-02-28",
    ]);
    // Told to be as it is by default, and never told: both stay so.
    program.ok(&["profile", "acme", "suppliers=5", "certificates=none", "currency="]);
    program.ok(&["soa", "acme", "--set", "A.5.2=law,contract"]);
    program.ok(&["soa", "acme", "--approve", "Zoë"]);
    let first = exported(&program, "acme");
    let path = program.file("acme.json", &first);
    program.fails(4, &["import", &path]); // The name is taken.
    program.ok(&["import", &path, "--as", "back again"]);
    let told = recorded(&first)["profile_told"].as_array().unwrap().clone();
    assert!(told.contains(&json!("suppliers")) && told.contains(&json!("certificates")), "{told:?}");
    assert!(!told.contains(&json!("currency")), "{told:?}");
    assert_eq!(recorded(&exported(&program, "back again")), recorded(&first));
    assert_eq!(program.json(&["score", "back again"]), program.json(&["score", "acme"]));
    assert_eq!(program.run(&["doctor"]).status, Some(0));
}

#[test]
fn an_answer_to_a_question_that_is_gone_comes_back_too() {
    let program = Program::with_demo();
    let text = exported(&program, "acme").replacen("\"question\": \"4.1-1\"", "\"question\": \"3.9-9\"", 1);
    program.ok(&["import", &program.file("old.json", &text), "--as", "old"]);
    let back = recorded(&exported(&program, "old"));
    let answers = back["answers"].as_array().unwrap();
    assert!(answers.iter().any(|answer| answer["question"] == "3.9-9"), "{answers:?}");
}

#[test]
fn a_file_that_is_no_sound_export_makes_nothing_and_says_where_it_is_faulty() {
    let program = Program::with_demo();
    let whole = exported(&program, "acme");
    let before = program.snapshot();
    let name = |text: &str| text.replacen("\"name\": \"acme\"", "\"name\": \"other\"", 1);
    let cases: [(&str, &str, &str); 11] = [
        ("\"seed\": 42", "\"seed\": 42, \"seed\": 43", "\"seed\" is there twice"),
        ("\"seed\": 42", "\"seed\": -1", "invalid value"),
        ("\"seed\": 42", "\"seed\": 42, \"sede\": 1", "sede"),
        ("\"version\": 1,", "\"version\": 2,", "newer version"),
        ("ready42/assessment", "somebody/else", "no export of an assessment"),
        ("\"depth\": \"full\"", "\"depth\": \"deep\"", "depth"),
        ("\"level\": 3", "\"level\": 9", "0 to 5"),
        ("\"marked\": false", "\"marked\": 0", "answers["),
        ("\"kind\": \"record\"", "\"kind\": \"hearsay\"", "hearsay"),
        ("\"headcount\": 60", "\"headcount\": 0", "headcount"),
        ("\"question\": \"4.1-2\"", "\"question\": \"4.1-1\"", "4.1-1 is there twice"),
    ];
    for (from, to, told) in cases {
        assert!(whole.contains(from), "the case {from:?} is out of date");
        let path = program.file("bad.json", name(&whole.replacen(from, to, 1)));
        let error = program.fails(4, &["import", &path]);
        assert!(error.contains(told), "{to}: {error}");
    }
    for text in
        ["", "{", "[]", "null", "\u{0}", &"[".repeat(100_000), &whole[..whole.floor_char_boundary(whole.len() / 2)]]
    {
        program.fails(4, &["import", &program.file("bad.json", text)]);
    }
    program.fails(4, &["import", &program.file("bad.json", b"{\"a\": \"caf\xe9\"}")]);
    program.fails(3, &["import", "nowhere.json"]);
    program.fails(3, &["import", "."]);
    assert_eq!(program.snapshot(), before);
}

#[test]
fn all_faulty_answers_of_an_export_are_told_at_once() {
    let program = Program::with_demo();
    let text = exported(&program, "acme").replace("\"level\": 1", "\"level\": 7");
    let told = program.fails(4, &["import", &program.file("bad.json", &text), "--as", "other"]);
    assert!(told.matches("is not 0 to 5").count() >= 3, "{told}");
}

#[test]
fn the_list_follows_every_change_of_the_files_behind_its_summary() {
    let program = Program::new();
    program.ok(&["new", "acme"]);
    program.ok(&["answer", "acme", "4.1-1", "3"]);
    let listed = |program: &Program| program.json(&["list"])[0].clone();
    let with = listed(&program);
    let summary = program.snapshot().into_iter().find(|(path, _)| path.ends_with(".summary")).unwrap().0;
    std::fs::remove_file(&summary).unwrap();
    assert_eq!(listed(&program), with, "the list without a summary is another");
    assert!(!summary.exists(), "reading wrote");
    program.ok(&["answer", "acme", "4.1-2", "4"]);
    let stale = std::fs::read(&summary).unwrap();
    program.ok(&["answer", "acme", "4.1-3", "4"]);
    let newest = listed(&program);
    std::fs::write(&summary, stale).unwrap();
    assert_eq!(listed(&program), newest, "a summary of other files was believed");
}

#[test]
fn a_score_is_the_same_from_the_readable_state_as_from_the_journal() {
    let program = Program::with_demo();
    let scored = |program: &Program| program.ok(&["score", "acme", "--json"]);
    let quick = scored(&program);
    let summary = program.snapshot().into_iter().find(|(path, _)| path.ends_with(".summary")).unwrap().0;
    let (folder, kept) = (summary.parent().unwrap().to_owned(), std::fs::read(&summary).unwrap());
    std::fs::remove_file(&summary).unwrap();
    assert_eq!(scored(&program), quick, "the journal says something else");
    std::fs::write(&summary, &kept).unwrap();
    assert_eq!(scored(&program), quick);
    let state = folder.join("assessment.toml");
    let good = std::fs::read_to_string(&state).unwrap();
    let modified = state.metadata().unwrap().modified().unwrap();
    std::fs::write(&state, good.replacen("level = 3", "level = 5", 1)).unwrap();
    std::fs::File::options().write(true).open(&state).unwrap().set_modified(modified).unwrap();
    assert_eq!(scored(&program), quick, "a state was believed whose digest doesn't fit");
    std::fs::write(&state, good).unwrap();
    program.ok(&["answer", "acme", "4.1-1", "0"]);
    assert_ne!(scored(&program), quick, "a change isn't seen");
}

#[test]
fn answers_that_go_out_as_csv_and_come_back_unchanged_change_nothing() {
    let program = Program::with_demo();
    let item = "question,level,evidence_kind,evidence,evidence_date,evidence_valid_until\n\
                4.1-1,3,record,Lapsed certificate,2020-01-01,2021-01-01\n";
    program.ok(&["answer", "acme", "--from", &program.file("item.csv", item)]);
    let before = program.json(&["explain", "acme", "4.1-1"]);
    let out = program.folder().join("out");
    program.ok(&["export", "acme", "--format", "csv", "--out", out.to_str().unwrap()]);
    let answers = std::fs::read_dir(&out).unwrap().map(|it| it.unwrap().path());
    let answers = answers.into_iter().find(|path| path.to_string_lossy().ends_with("-answers.csv")).unwrap();
    program.ok(&["answer", "acme", "--from", answers.to_str().unwrap()]);
    assert_eq!(program.json(&["explain", "acme", "4.1-1"]), before, "what has lapsed counts no more");
    let told = program.ok(&["answer", "acme", "--from", answers.to_str().unwrap()]);
    assert!(told.contains(" 0 changes"), "{told}");
}

#[test]
fn an_export_of_an_assessment_with_a_questionnaire_of_its_own_comes_back_by_a_merge() {
    let program = Program::new();
    program.ok(&["questionnaire", "new", "our-own"]);
    program.ok(&["new", "acme", "--questionnaire", "our-own"]);
    program.ok(&["answer", "acme", "1.1-1", "3"]);
    let json = program.ok(&["export", "acme", "--format", "json", "--out", "."]);
    assert!(json.contains(".json"), "{json}");
    program.ok(&["undo", "acme"]);
    // What it was made from is needed no more.
    std::fs::remove_dir_all(program.folder().join("our-own")).unwrap();
    assert!(program.ok(&["merge", "acme", "acme-readiness.json"]).contains("1 change"));
    assert_eq!(program.json(&["score", "acme"])["answered"].as_u64(), Some(1));
}
