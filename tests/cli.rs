//! The command line of the built program: what it prints, what it refuses, and its exit statuses.

use std::io::Write;
use std::process::Stdio;

use crate::program::{Program, Ran};

#[test]
fn an_answer_given_is_there_for_every_later_command() {
    let program = Program::new();
    program.ok(&["new", "Café 東京"]);
    program.ok(&["answer", "Café", "4.3-1", "3", "--evidence", "record:Decision of 3 March", "--note", "Agreed."]);
    let listed = program.json(&["list"]);
    assert_eq!(listed[0]["name"], "Café 東京");
    assert!(listed[0]["completion"].as_f64().unwrap() > 0.0);
    let score = program.json(&["score", "Café"]);
    assert_eq!(score["maturity"]["claimed"]["middle"], 3.0);
    assert_eq!(score["maturity"]["evidenced"]["middle"], 3.0);
    assert_eq!(score["verdict"]["claimed"], "not-ready");
    for range in [&score["maturity"]["claimed"], &score["readiness"]["stage1"], &score["readiness"]["stage2"]] {
        for key in ["low", "middle", "high", "coverage"] {
            assert!(range[key].is_number(), "{key} is missing in {range}");
        }
    }
}

#[test]
fn equal_inputs_give_equal_bytes() {
    let program = Program::with_demo();
    let all = [
        &["score", "acme", "--json"][..],
        &["timeline", "acme", "--json"],
        &["show", "acme"],
        &["questionnaire", "show", "iso42001", "--json"],
    ];
    for arguments in all {
        assert_eq!(program.ok(arguments), program.ok(arguments), "{arguments:?}");
    }
    program.ok(&["export", "acme", "--format", "md,json", "--out", "one"]);
    program.ok(&["export", "acme", "--format", "md,json", "--out", "two"]);
    for name in ["acme-readiness.md", "acme-readiness.json"] {
        let read = |folder: &str| std::fs::read(program.folder().join(folder).join(name)).unwrap();
        assert!(read("one") == read("two"), "{name} differs");
    }
}

#[test]
fn the_demo_prints_sensible_figures() {
    let program = Program::with_demo();
    let score = program.json(&["score", "acme"]);
    let maturity = score["maturity"]["claimed"]["middle"].as_f64().unwrap();
    let evidenced = score["maturity"]["evidenced"]["middle"].as_f64().unwrap();
    assert!((1.5..3.0).contains(&maturity) && evidenced <= maturity, "{maturity}, {evidenced}");
    let timeline = program.json(&["timeline", "acme"]);
    let months = &timeline["milestones"]["certificate"];
    let in_order: Vec<f64> = ["p10", "p50", "p80", "p90"].map(|key| months[key].as_f64().unwrap()).to_vec();
    assert!(in_order.is_sorted() && (2.0..24.0).contains(&in_order[1]), "{in_order:?}");
    assert!(!timeline["explanation"].as_str().unwrap().is_empty());
}

#[test]
fn every_exit_status_means_what_the_page_says() {
    let program = Program::new();
    program.ok(&["new", "acme"]);
    program.fails(2, &["answer", "acme", "4.3-1", "7"]);
    program.fails(2, &["export", "acme", "--format", "tarot"]);
    assert!(program.fails(3, &["score", "acne"]).contains("acme"), "near names are told");
    program.fails(3, &["answer", "acme", "99.9-9", "3"]);
    program.fails(3, &["new", "other", "--questionnaire", "nowhere"]);
    program.fails(4, &["new", "acme"]);
    program.fails(4, &["new", "  "]);
    program.fails(4, &["answer", "acme", "4.3-1", "na", "--because", "we like it so"]);
    program.fails(4, &["answer", "acme", "A.7.3-1", "na"]);
    program.fails(4, &["exclude", "acme", "6.1.2", "--because", "too hard"]);
    program.fails(4, &["profile", "acme", "headcount=many"]);
    program.fails(10, &["score", "acme", "--gate", "stage1"]);
    program.ok(&["--help"]);
    program.ok(&["--version"]);
}

#[test]
fn what_is_refused_changes_nothing() {
    let program = Program::new();
    program.ok(&["new", "acme"]);
    program.ok(&["answer", "acme", "4.3-1", "2"]);
    let before = program.snapshot();
    let csv = program.file("a.csv", "question,level\n4.1-1,3\n4.1-2,9\n0.0-0,1\n4.2-1,na\n");
    let told = program.fails(4, &["answer", "acme", "--from", &csv]);
    for fault in ["line 3", "line 4", "line 5"] {
        assert!(told.contains(fault), "{fault} is not told: {told}");
    }
    let toml = program.file("a.toml", "[[answer]]\nquestion = \"4.1-1\"\nlevel = 3\nlvel = 2\n");
    assert!(program.fails(4, &["answer", "acme", "--from", &toml]).contains("lvel"));
    let json = program.file("a.json", r#"[{"question": "4.1-1", "level": 3, "level": 4}]"#);
    assert!(program.fails(4, &["answer", "acme", "--from", &json]).contains("twice"));
    let latin = program.file("b.csv", b"question,level,note\n4.1-1,3,caf\xe9\n");
    assert!(program.fails(4, &["answer", "acme", "--from", &latin]).contains("UTF-8"));
    program.fails(4, &["profile", "acme", "headcount=60", "people=NaN"]);
    assert_eq!(program.snapshot(), before);
}

#[test]
fn answers_come_from_csv_toml_json_and_standard_input() {
    let program = Program::new();
    program.ok(&["new", "acme"]);
    let csv = "\u{feff}question,level,note,evidence_kind,evidence,evidence_date,owner,due,because,reviewed\r\n\
               4.1-1,3,\"two\nlines\",record,Minutes,2026-03-01,Eve,2027-01-31,,2026-11-01\r\n\
               A.7.3-1,na,,,,,,,We train nothing,\r\n4.1-2,,,,,,,,,\r\n";
    program.ok(&["answer", "acme", "--from", &program.file("a.csv", csv)]);
    let toml = "[[answer]]\nquestion = \"4.2-1\"\nlevel = 2\n\n[[answer]]\nquestion = \"4.2-2\"\nlevel = \"1\"\ndue = 2027-03-01\n";
    program.ok(&["answer", "acme", "--from", &program.file("a.toml", toml)]);
    let mut child = program
        .command()
        .args(["answer", "acme", "--from", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(br#"[{"question": "4.4-1", "level": 5, "note": null}]"#).unwrap();
    assert!(child.wait().unwrap().success());
    let score = program.json(&["score", "acme"]);
    let answered = score["completion"].as_f64().unwrap();
    let total = program.json(&["questionnaire", "show", "iso42001"])["counts"]["questions"].as_f64().unwrap();
    assert!((answered * total - 5.0).abs() < 0.01, "{answered} of {total}");
}

#[test]
fn two_rows_that_contradict_each_other_refuse_the_file() {
    let program = Program::new();
    program.ok(&["new", "acme"]);
    let rows = "[[answer]]\nquestion = \"4.1-1\"\nlevel = 3\n\n[[answer]]\nquestion = \"4.1-1\"\nlevel = 2\n";
    let ran = program.run(&["answer", "acme", "--from", &program.file("a.toml", rows)]);
    assert_eq!(ran.status, Some(4), "{}", ran.err);
    assert!(ran.err.contains("answer 2 (line 5): answer 1 (line 1) gives 4.1-1 another level"), "{}", ran.err);
    let csv =
        "question,level,evidence_kind,evidence\n4.1-1,3,record,Minutes\n4.1-1,3,document,Policy\n4.1-1,,record,Log\n";
    assert!(program.ok(&["answer", "acme", "--from", &program.file("a.csv", csv)]).contains("4 changes"));
}

#[test]
fn reading_writes_nothing_and_works_where_nothing_can_be_written() {
    let program = Program::with_demo();
    let before = program.snapshot();
    for command in
        [&["list"][..], &["show", "acme"], &["score", "acme"], &["timeline", "acme"], &["doctor"], &["profile", "acme"]]
    {
        program.ok(command);
    }
    program.ok(&["export", "acme", "--format", "md", "--out", "reports"]);
    assert_eq!(program.snapshot(), before);
}

#[test]
fn an_export_never_goes_over_a_file_that_is_there() {
    let program = Program::with_demo();
    program.ok(&["export", "acme", "--out", "reports"]);
    let path = program.folder().join("reports/acme-readiness.md");
    std::fs::write(&path, "mine").unwrap();
    program.fails(7, &["export", "acme", "--out", "reports"]);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    program.ok(&["export", "acme", "--out", "reports", "--force"]);
    assert!(std::fs::read_to_string(&path).unwrap().contains("self-assessment"));
}

#[test]
fn names_in_any_script_and_of_any_kind_stay_side_by_side() {
    let program = Program::new();
    let names = [
        "../../etc/x",
        "/abs",
        "-rf",
        "a/b",
        "CON",
        "Café",
        "Cafe\u{301}",
        "عيادة",
        "東京",
        "👩‍👩‍👧 & co",
        "x\u{1b}[31m",
        "line\nbreak",
    ];
    for name in names {
        program.ok(&["new", "--", name]);
    }
    let listed = program.json(&["list"]);
    assert_eq!(listed.as_array().unwrap().len(), names.len());
    for name in names {
        program.ok(&["answer", "--", name, "4.1-1", "3"]);
    }
    assert!(!program.ok(&["list"]).contains('\u{1b}'), "a name drives the terminal");
    let outside = std::fs::read_dir(program.folder()).unwrap().count();
    assert_eq!(outside, 1, "something was written outside the data folder");
}

#[cfg(unix)]
#[test]
fn files_and_folders_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;

    let program = Program::with_demo();
    program.ok(&["answer", "acme", "4.1-1", "3"]);
    let mut folders = vec![program.data()];
    while let Some(folder) = folders.pop() {
        assert_eq!(folder.metadata().unwrap().permissions().mode() & 0o777, 0o700, "{}", folder.display());
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{}", path.display());
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn a_full_or_closed_standard_output_is_told_or_passed_over_without_a_panic() {
    let program = Program::with_demo();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = program.command().args(["score", "acme"]).stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(7));
    let mut child =
        program.command().args(["score", "acme"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn without_a_terminal_the_interface_says_what_to_use_instead() {
    let program = Program::new();
    let Ran { status, out, err } = program.run(&[]);
    assert_eq!((status, out.as_str()), (Some(2), ""));
    assert!(err.contains("ready42 list"), "{err}");
}

#[test]
fn a_questionnaire_of_ones_own_is_kept_with_the_assessment() {
    let program = Program::new();
    let folder = program.folder().join("mine");
    copy("tests/fixtures/questionnaires/valid", &folder);
    program.ok(&["questionnaire", "check", "mine"]);
    program.ok(&["new", "own", "--questionnaire", "mine"]);
    std::fs::remove_dir_all(&folder).unwrap();
    program.ok(&["score", "own"]);
    program.fails(3, &["questionnaire", "check", "mine"]);
}

#[test]
fn a_faulty_questionnaire_tells_every_flaw_with_its_place() {
    let program = Program::new();
    let folder = program.folder().join("mine");
    copy("tests/fixtures/questionnaires/valid", &folder);
    let path = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| std::fs::read_to_string(path).is_ok_and(|text| text.contains("[[requirement.question]]")))
        .unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let text = text.replacen("ask =", "aks =", 1).replacen("kind = \"document\"", "kind = \"hearsay\"", 1);
    std::fs::write(&path, text).unwrap();
    let told = program.fails(4, &["questionnaire", "check", "mine"]);
    assert!(told.contains("aks") && told.contains("hearsay"), "{told}");
    program.fails(4, &["new", "own", "--questionnaire", "mine"]);
    assert_eq!(program.json(&["list"]).as_array().unwrap().len(), 0);
}

fn copy(from: &str, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(path.to_str().unwrap(), &target);
        } else {
            std::fs::copy(&path, target).unwrap();
        }
    }
}

#[test]
fn what_a_role_usually_leaves_out_is_proposed_and_excluded_only_when_accepted() {
    let program = Program::new();
    program.ok(&["new", "acme"]);
    assert_eq!(program.json(&["exclude", "acme", "--propose"])["proposals"], serde_json::json!([]), "several roles");
    program.ok(&["profile", "acme", "ai_role=user"]);
    let proposals = program.json(&["exclude", "acme", "--propose"])["proposals"].as_array().unwrap().clone();
    assert_eq!(proposals.len(), 14, "the controls that a pure user is not asked about");
    assert!(program.ok(&["exclude", "acme", "--propose"]).contains("Nothing is excluded yet."));
    let statement = |id: &str| {
        let score = program.json(&["score", "acme"]);
        let areas = score["areas"].as_array().unwrap().clone();
        areas
            .iter()
            .flat_map(|area| area["requirements"].as_array().unwrap().clone())
            .find(|requirement| requirement["id"] == id)
            .unwrap()["excluded"]
            .clone()
    };
    assert_eq!(statement("A.7.3"), false);
    program.ok(&["exclude", "acme", "A.7.3", "--accept"]);
    assert_eq!(statement("A.7.3"), true);
    assert_eq!(statement("A.7.5"), false);
    program.fails(4, &["exclude", "acme", "A.7.3", "--accept"]);
    program.fails(4, &["exclude", "acme", "A.9.2", "--accept"]);
    program.fails(3, &["exclude", "acme", "A.77", "--accept"]);
    program.fails(2, &["exclude", "acme", "A.7.5"]);
    program.fails(2, &["exclude", "acme", "A.7.5", "--accept", "--because", "Both."]);
    let excluded = program.json(&["exclude", "acme", "--accept"])["excluded"].as_array().unwrap().len();
    assert_eq!(excluded, 13);
    assert_eq!(statement("A.7.5"), true);
    assert!(program.ok(&["exclude", "acme", "--accept"]).contains("nothing to accept"));
}

#[test]
fn a_questionnaire_to_begin_with_is_sound_and_is_written_over_nothing() {
    let program = Program::new();
    let told = program.ok(&["questionnaire", "new", "our-own"]);
    assert!(told.contains("our-own/area-1.toml"), "{told}");
    let checked = program.json(&["questionnaire", "check", "our-own"]);
    assert_eq!(checked, serde_json::json!({ "flaws": [], "advice": [] }));
    program.ok(&["new", "acme", "--questionnaire", "our-own"]);
    program.ok(&["answer", "acme", "1.1-1", "3"]);
    std::fs::write(program.folder().join("our-own/area-1.toml"), "[area").unwrap();
    program.fails(7, &["questionnaire", "new", "our-own"]);
    assert_eq!(std::fs::read(program.folder().join("our-own/area-1.toml")).unwrap(), b"[area", "it is as it was");
    let told = program.fails(4, &["questionnaire", "check", "our-own"]);
    assert_eq!(program.fails(4, &["questionnaire", "check", "our-own", "--quiet"]), told, "flaws are errors");
    assert!(told.contains("area-1.toml:1:"), "{told}");
    let schema = program.json(&["questionnaire", "schema"]);
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
}
