//! Reports where files, names and texts are against them: a report is whole or absent, and nothing else is touched.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::FileTypeExt;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::program::{PATH, Program};

/// The quickest report with several files, for faults of files: what stands in it doesn't matter here.
const QUICK: [&str; 6] = ["export", "acme", "--audience", "customer", "--format", "md,html,csv,docx"];

/// Texts that have come out changed, or done something, somewhere.
const AWKWARD: [&str; 16] = [
    "=HYPERLINK(\"http://x.example\",\"y\")",
    "+1+cmd|' /C calc'!A0",
    "'already quoted",
    "＝1＋1",
    "\ttab, comma; \"quote\"",
    "<script>alert(1)</script> ]]> &amp; _x0000_ {{7*7}}",
    "](javascript:alert(1)) | `x` ![](http://t.example/p.png)",
    "BEGIN:VEVENT\r\nEND:VCALENDAR",
    "e\u{301} é \u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467} \u{202e}abc",
    "שלום مرحبا 東京 Ђорђе",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \u{10ffff} \u{feff}",
    "null",
    "0.1e400",
    "\\\\n \\u0000 %s %n",
    "line one\nline two\n\n- item",
    "\u{1b}]0;title\u{7}\u{9b}31m",
];

fn bytes_in(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())).collect()
}

/// Runs the program where no file can grow beyond so many blocks of 512 bytes, as on a disk that is full there.
fn export_where_files_end_at(program: &Program, blocks: u32, arguments: &[&str]) -> Option<i32> {
    let mut command = Command::new("sh");
    command
        .args(["-c", "trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"", "sh", &blocks.to_string(), PATH])
        .args(arguments)
        .env_clear()
        .env("HOME", program.folder())
        .env("READY42_DATA_DIR", program.data())
        .env("SOURCE_DATE_EPOCH", "1795478400")
        .current_dir(program.folder());
    command.output().unwrap().status.code()
}

#[test]
fn where_the_disk_is_full_at_any_byte_no_report_is_there_and_the_old_ones_are_whole() {
    let program = Program::with_demo();
    let old = program.folder().join("old");
    program.ok(&[&QUICK[..], &["--out", "old"]].concat());
    let before = bytes_in(&old);
    let longest = before.values().map(Vec::len).max().unwrap();
    let mut failed = 0;
    for blocks in [0, 1, 7, 15, 31, 63] {
        let status = export_where_files_end_at(&program, blocks, &[&QUICK[..], &["--out", "old", "--force"]].concat());
        let is_too_long = longest > usize::try_from(blocks).unwrap() * 512;
        assert_eq!(status, if is_too_long { Some(7) } else { Some(0) }, "{blocks} blocks");
        assert!(bytes_in(&old) == before, "{blocks} blocks: an old report is another, or something is left");
        let status = export_where_files_end_at(&program, blocks, &[&QUICK[..], &["--out", "new"]].concat());
        let left = fs::read_dir(program.folder().join("new")).map_or(0, Iterator::count);
        if is_too_long {
            failed += 1;
            assert_eq!((status, left), (Some(7), 0), "{blocks} blocks");
        }
    }
    assert!(failed >= 4, "only {failed} of the limits were below {longest} bytes");
}

#[test]
fn a_pipe_or_a_folder_in_the_place_of_a_report_is_left_as_it_is() {
    let program = Program::with_demo();
    let out = program.folder().join("out");
    fs::create_dir(&out).unwrap();
    let pipe = out.join("acme-readiness-customer.html");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    // Were it opened, the program would wait for a reader for ever.
    let told = program.fails(7, &[&QUICK[..], &["--out", "out", "--force"]].concat());
    assert!(told.contains("is no ordinary file"), "{told}");
    assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
    fs::remove_file(&pipe).unwrap();
    fs::create_dir(&pipe).unwrap();
    program.fails(7, &[&QUICK[..], &["--out", "out", "--force"]].concat());
    assert_eq!(fs::read_dir(&out).unwrap().count(), 1, "something was written beside the folder");
}

#[test]
fn a_file_or_a_broken_link_in_the_place_of_the_folder_is_left_as_it_is() {
    let program = Program::with_demo();
    let file = program.file("out", "kept");
    program.fails(7, &[&QUICK[..], &["--out", &file, "--force"]].concat());
    assert_eq!(fs::read_to_string(&file).unwrap(), "kept");
    let link = program.folder().join("link");
    std::os::unix::fs::symlink(program.folder().join("nowhere"), &link).unwrap();
    program.fails(7, &[&QUICK[..], &["--out", "link"]].concat());
    assert!(!program.folder().join("nowhere").exists());
}

#[test]
fn a_hard_link_keeps_what_it_had_where_a_report_is_written_over() {
    let program = Program::with_demo();
    program.ok(&[&QUICK[..], &["--out", "out"]].concat());
    let (report, twin) = (program.folder().join("out/acme-readiness-customer.md"), program.folder().join("twin"));
    fs::write(&report, "an older report").unwrap();
    fs::hard_link(&report, &twin).unwrap();
    program.ok(&[&QUICK[..], &["--out", "out", "--force"]].concat());
    assert_eq!(fs::read_to_string(&twin).unwrap(), "an older report");
    assert!(fs::read_to_string(&report).unwrap().starts_with("# Self-assessment"));
}

#[test]
fn paths_of_any_bytes_any_length_and_any_depth_work_or_are_refused_in_words() {
    let program = Program::with_demo();
    let (long, deep) = ("x/".repeat(2048), "d/".repeat(500));
    let segment = "y".repeat(300);
    let paths: [(&[u8], bool); 4] =
        [(b"caf\xe9-\xff", true), (deep.as_bytes(), true), (long.as_bytes(), false), (segment.as_bytes(), false)];
    for (path, works) in paths {
        let path = OsStr::from_bytes(path);
        let output = program.command().args(QUICK).arg("--out").arg(path).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(!told.contains("panicked"), "{told}");
        assert_eq!(output.status.code(), Some(if works { 0 } else { 7 }), "{told}");
        if works {
            assert!(program.folder().join(path).join("acme-readiness-customer.md").is_file());
        } else {
            assert!(told.contains("can't be written"), "{told}");
        }
    }
}

#[test]
fn whatever_an_assessment_is_called_its_reports_stay_in_the_folder_under_plain_names() {
    let program = Program::new();
    let names = [
        "../../etc/x".to_owned(),
        "/abs".to_owned(),
        "-rf".to_owned(),
        "a\\b C:x".to_owned(),
        "CON".to_owned(),
        "NUL.txt. ".to_owned(),
        "🎉".to_owned(),
        "𝔄".repeat(90),
        "x".repeat(100),
    ];
    for name in &names {
        program.ok(&["new", "--", name]);
        program.ok(&["export", "--format", "md", "--audience", "customer", "--out", "out", "--force", "--", name]);
    }
    let written = bytes_in(&program.folder().join("out"));
    for name in written.keys() {
        let stem = name.strip_suffix("-readiness-customer.md").unwrap_or_else(|| panic!("{name}"));
        assert!(stem.chars().all(|c| c.is_alphanumeric() || c == '-') && !stem.starts_with('-'), "{name}");
        assert!(name.len() <= 200, "{} bytes", name.len());
    }
    assert_eq!(written.len(), names.len(), "{:?}", written.keys());
    let mut there: Vec<String> = fs::read_dir(program.folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    there.sort();
    assert_eq!(there, ["data", "out"], "something was written elsewhere");
}

/// Puts an awkward text into every field of an export that holds a free text. Returns how many there were.
fn filled(exported: &mut Value) -> usize {
    let mut texts = AWKWARD.iter().cycle();
    let mut count = 0;
    let mut put = |field: &mut Value| {
        if field.is_string() {
            *field = Value::from(*texts.next().unwrap());
            count += 1;
        }
    };
    for answer in exported["answers"].as_array_mut().unwrap() {
        put(&mut answer["note"]);
        put(&mut answer["owner"]);
        put(&mut answer["because"]);
        answer["evidence"].as_array_mut().unwrap().iter_mut().for_each(|item| put(&mut item["what"]));
    }
    put(&mut exported["profile"]["sector"]);
    count
}

#[test]
fn whatever_a_text_says_it_comes_back_from_json_as_it_was_and_every_format_can_be_made_of_it() {
    let program = Program::with_demo();
    program.ok(&["export", "acme", "--format", "json", "--out", "one"]);
    let path = program.folder().join("one/acme-readiness.json");
    let mut given: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    assert!(filled(&mut given) > 300);
    let file = program.file("awkward.json", given.to_string());
    program.ok(&["import", &file, "--as", "awkward"]);
    program.ok(&["export", "awkward", "--format", "all", "--out", "all"]);
    let text = fs::read_to_string(program.folder().join("all/awkward-readiness.json")).unwrap();
    let back: Value = serde_json::from_str(&text).unwrap();
    for key in ["answers", "exclusions", "statement", "profile", "depth", "seed", "questionnaire"] {
        assert_eq!(back[key], given[key], "{key}");
    }
    let calendar = fs::read_to_string(program.folder().join("all/awkward-readiness.ics")).unwrap();
    assert_eq!(calendar.matches("BEGIN:VCALENDAR").count(), 1);
    let events = calendar.lines().filter(|line| line.starts_with("BEGIN:VEVENT")).count();
    assert_eq!(events, calendar.lines().filter(|line| line.starts_with("END:VEVENT")).count());
}

#[test]
fn where_the_119th_of_120_answers_is_faulty_none_is_taken_and_its_row_is_told() {
    let program = Program::new();
    program.ok(&["new", "acme"]);
    let shown = program.json(&["questionnaire", "show", "iso42001"]);
    let mut rows = vec!["question,level".to_owned()];
    for area in shown["areas"].as_array().unwrap() {
        for requirement in area["requirements"].as_array().unwrap() {
            for question in requirement["questions"].as_array().unwrap() {
                rows.push(format!("{},3", question["id"].as_str().unwrap()));
            }
        }
    }
    rows.truncate(121);
    rows[119] = rows[119].replace(",3", ",seven");
    let before = program.snapshot();
    let told = program.fails(4, &["answer", "acme", "--from", &program.file("answers.csv", rows.join("\n"))]);
    assert!(told.contains("120"), "the row of the file isn't told: {told}");
    assert!(program.snapshot() == before, "something was recorded");
}

#[test]
fn what_changed_since_the_last_snapshot_stands_in_every_format_of_the_full_report() {
    let program = Program::with_demo();
    program.ok(&["export", "acme", "--format", "md,html,csv,json,oscal", "--out", "out"]);
    let files = bytes_in(&program.folder().join("out"));
    let text = |ending: &str| {
        let (_, bytes) = files.iter().find(|(name, _)| name.ends_with(ending)).unwrap_or_else(|| panic!("{ending}"));
        String::from_utf8(bytes.clone()).unwrap()
    };
    for ending in [".md", ".html", "-changes.csv", "-readiness.json", "-oscal-results.json"] {
        assert!(text(ending).contains("Second workshop"), "{ending}");
    }
    let oscal: Value = serde_json::from_str(&text("-oscal-results.json")).unwrap();
    let results = oscal["assessment-results"]["results"].as_array().unwrap();
    let days: Vec<&str> = results.iter().map(|result| result["start"].as_str().unwrap()).collect();
    assert_eq!(days, ["2026-11-24T00:00:00Z", "2026-09-17T00:00:00Z", "2026-06-11T00:00:00Z"]);
    // As of the first snapshot there is no later one, and nothing came before.
    program.ok(&["export", "acme", "--at", "Kick-off workshop", "--format", "json", "--out", "then"]);
    let then = fs::read_to_string(program.folder().join("then/acme-readiness.json")).unwrap();
    let then: Value = serde_json::from_str(&then).unwrap();
    let labels: Vec<&str> =
        then["report"]["history"].as_array().unwrap().iter().map(|one| one["label"].as_str().unwrap()).collect();
    assert_eq!(labels, ["Kick-off workshop"]);
    assert_eq!(then["report"]["changes"]["answers"], serde_json::json!([]));
}
