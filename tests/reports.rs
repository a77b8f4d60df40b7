//! Reports as files: all of them or none, never over what is there, never where the answers are.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::program::Program;

fn export(program: &Program, arguments: &[&str]) -> Vec<String> {
    let mut all = vec!["export", "acme"];
    all.extend(arguments);
    let written = program.json(&all);
    written["written"].as_array().unwrap().iter().map(|path| path.as_str().unwrap().to_owned()).collect()
}

fn bytes_in(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())).collect()
}

#[test]
fn every_format_is_written_and_the_same_inputs_give_the_same_bytes() {
    let program = Program::with_demo();
    let written = export(&program, &["--format", "all", "--out", "one"]);
    assert!(written.len() >= 12, "{written:?}");
    export(&program, &["--format", "all", "--out", "two"]);
    let (one, two) = (bytes_in(&program.folder().join("one")), bytes_in(&program.folder().join("two")));
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(!bytes.is_empty() && two[name] == *bytes, "{name} differs between two runs");
    }
}

#[test]
fn where_one_file_is_there_already_none_is_written() {
    let program = Program::with_demo();
    fs::create_dir(program.folder().join("out")).unwrap();
    fs::write(program.folder().join("out/acme-readiness.json"), "kept").unwrap();
    let told = program.fails(7, &["export", "acme", "--format", "md,json,html", "--out", "out"]);
    assert!(told.contains("acme-readiness.json is there already"), "{told}");
    assert_eq!(bytes_in(&program.folder().join("out")).len(), 1);
    assert_eq!(fs::read_to_string(program.folder().join("out/acme-readiness.json")).unwrap(), "kept");
}

#[test]
fn the_data_folder_is_refused() {
    let program = Program::with_demo();
    let data = program.data();
    let told = program.fails(7, &["export", "acme", "--out", data.to_str().unwrap(), "--force"]);
    assert!(told.contains("where the assessments are kept"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed_even_by_force() {
    let program = Program::with_demo();
    let (out, outside) = (program.folder().join("out"), program.folder().join("outside"));
    fs::create_dir(&out).unwrap();
    fs::write(&outside, "kept").unwrap();
    std::os::unix::fs::symlink(&outside, out.join("acme-readiness.md")).unwrap();
    program.fails(7, &["export", "acme", "--out", "out", "--force"]);
    assert_eq!(fs::read_to_string(outside).unwrap(), "kept");
}

#[test]
fn a_customer_gets_no_file_that_holds_the_gaps() {
    let program = Program::with_demo();
    for format in ["json", "oscal"] {
        let told = program.fails(2, &["export", "acme", "--format", format, "--audience", "customer"]);
        assert!(told.contains("more than a customer is meant to see"), "{told}");
    }
    program.fails(2, &["export", "acme", "--audience", "press"]);
    let written = export(&program, &["--format", "csv,html", "--audience", "customer", "--out", "out"]);
    assert!(written.iter().all(|path| path.contains("-customer")), "{written:?}");
    assert_eq!(written.len(), 2, "{written:?}");
}

#[test]
fn whoever_shows_a_statement_that_is_not_finished_is_told_so() {
    let program = Program::with_demo();
    let remarks = |audience: &str| {
        let told = program.json(&["export", "acme", "--audience", audience, "--out", audience]);
        told["remarks"].as_array().unwrap().iter().map(|remark| remark.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let expected = "The Statement of Applicability, which a customer reads, is not approved as it stands and gives no reason \
                    for 37 controls.";
    assert_eq!(remarks("customer"), [expected]);
    assert_eq!(remarks("full"), [""; 0], "the full report says it itself");
}

#[test]
fn all_formats_are_those_that_suit_the_audience_and_what_is_left_out_is_named() {
    let program = Program::with_demo();
    let told = program.json(&["export", "acme", "--format", "all", "--audience", "board", "--out", "out"]);
    let written = told["written"].as_array().unwrap();
    assert_eq!(written.len(), 5, "{written:?}");
    let left_out = "Left out: xlsx, csv, json, oscal, as they hold more than the board is meant to see.";
    assert!(told["remarks"].as_array().unwrap().iter().any(|remark| remark == left_out), "{told}");
    let refused = program.fails(2, &["export", "acme", "--format", "xlsx", "--audience", "board"]);
    assert!(refused.contains("xlsx holds more than the board is meant to see"), "{refused}");
}

#[test]
fn no_name_of_the_demo_is_left_in_an_anonymous_report() {
    let program = Program::with_demo();
    export(&program, &["--format", "md,html,csv,json,oscal", "--anonymous", "--out", "out"]);
    for (name, bytes) in bytes_in(&program.folder().join("out")) {
        let text = String::from_utf8(bytes).unwrap();
        for person in ["Marlow", "Finch Ltd", "Aoife", "Niamh", "Femke", "acme"] {
            assert!(!text.contains(person) && !name.contains(person), "{person} in {name}");
        }
    }
}

#[test]
fn a_template_is_copied_out_edited_and_used_or_refused_with_its_line() {
    let program = Program::with_demo();
    program.ok(&["template", "new", "looks"]);
    program.fails(7, &["template", "new", "looks"]);
    program.ok(&["template", "check", "looks"]);
    let settings = program.folder().join("looks/template.toml");
    let text = fs::read_to_string(&settings)
        .unwrap()
        .replace("#1d4f6b", "#5a1e4c")
        .replace("prepared_by = \"\"", "prepared_by = \"Heron Consulting\"");
    fs::write(&settings, &text).unwrap();
    export(&program, &["--format", "html", "--template", "looks", "--out", "out"]);
    let page = fs::read_to_string(program.folder().join("out/acme-readiness.html")).unwrap();
    assert!(page.contains("#5a1e4c") && page.contains("Heron Consulting"));
    fs::write(program.folder().join("looks/report.html"), "<p>\n{{ policy }}\n{{ document.nothing }}").unwrap();
    let told = program.fails(4, &["export", "acme", "--format", "html", "--template", "looks", "--out", "other"]);
    assert!(told.contains("report.html, line 3"), "{told}");
    assert!(!program.folder().join("other").exists());
    program.fails(3, &["export", "acme", "--template", "nowhere"]);
}

#[test]
fn the_answers_of_the_table_come_back_as_they_were() {
    let program = Program::with_demo();
    export(&program, &["--format", "csv,json", "--out", "out"]);
    program.ok(&["new", "copy"]);
    program.ok(&["answer", "copy", "--from", "out/acme-readiness-answers.csv"]);
    program.ok(&["export", "copy", "--format", "csv", "--out", "back"]);
    let text = |path: &str| fs::read_to_string(program.folder().join(path)).unwrap();
    let lines = |text: String| text.lines().map(str::to_owned).collect::<std::collections::BTreeSet<_>>();
    let (one, back) = (lines(text("out/acme-readiness-answers.csv")), lines(text("back/copy-readiness-answers.csv")));
    let lost: Vec<_> = one.difference(&back).collect();
    assert!(lost.is_empty(), "{lost:#?}");
}
