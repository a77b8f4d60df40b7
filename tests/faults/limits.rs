//! Limits of the system, missing rights, and disks that may only be read.

use std::fs;
use std::path::{Path, PathBuf};

use crate::ledger::{Ledger, NAME, check, found, questions};
use crate::machine::{Volume, memory, no_mounts, run};
use crate::program::{PATH, Program, Ran};
use crate::talk::Talk;
use crate::{Outcome, Setting, Verdict, verdict};

/// A user without rights.
const NOBODY: &str = "65534";

/// Limits on sizes and open files, files that can't be changed, folders of a user without rights.
pub fn limits(_: Setting) -> Verdict {
    let mut wrong = vec![];
    let mut figures = vec![sizes(&mut wrong), open_files(&mut wrong)];
    figures.push(unchangeable(&mut wrong));
    figures.push(without_rights(&mut wrong));
    verdict(wrong, figures.join("; "))
}

/// Returns a program with an assessment and three answers.
fn begun(parent: &Path) -> (Program, Ledger) {
    let (program, mut ledger) = (Program::within(parent), Ledger::default());
    program.ok(&["new", NAME]);
    for (question, level) in questions().iter().zip([1, 2, 3]) {
        program.ok(&["answer", NAME, question, &level.to_string()]);
        ledger.saved(question, level);
    }
    (program, ledger)
}

/// Files may have so many blocks of 512 bytes.
fn sizes(wrong: &mut Vec<String>) -> String {
    let limits = [0, 1, 2, 4, 8, 16];
    for limit in limits {
        let (program, mut ledger) = begun(&memory());
        let limited = format!("ulimit -f {limit}; exec \"$0\" \"$@\"");
        let mut talk = Talk::begin(program.command_of("sh").args(["-c", &limited, PATH, "ask", NAME]));
        let questions = questions();
        let went_on = questions[10..60].iter().take_while(|question| talk.answer(&mut ledger, question, 4)).count();
        let end = talk.end();
        // Who may write nothing is told; who may write a little begins another file once one is full.
        let is_right =
            if limit == 0 { end.status == Some(7) && went_on == 0 } else { matches!(end.status, Some(0 | 7)) };
        if !is_right || end.status == Some(7) && !end.told.contains("NOT SAVED") && !end.told.contains("can't be") {
            wrong.push(format!("files of {limit} blocks: {went_on} went on: {end:?}"));
        }
        wrong.extend(check(&program, &mut ledger, &format!("files of {limit} blocks")));
    }
    format!("{} limits on the size of a file", limits.len())
}

/// So many files may be open.
fn open_files(wrong: &mut Vec<String>) -> String {
    let limits = 3..12;
    for limit in limits.clone() {
        let (program, mut ledger) = begun(&memory());
        let limited = format!("ulimit -n {limit}; exec \"$0\" \"$@\"");
        let output =
            program.command_of("sh").args(["-c", &limited, PATH, "answer", NAME, "4.2-1", "5"]).output().unwrap();
        ledger.tries("4.2-1", 5);
        match output.status.code() {
            Some(0) => ledger.saved("4.2-1", 5),
            // With 3 not even the system's libraries can be loaded.
            Some(1..=7 | 127) if !output.stderr.is_empty() => {}
            status => wrong.push(format!("{limit} open files: {status:?} {}", String::from_utf8_lossy(&output.stderr))),
        }
        wrong.extend(check(&program, &mut ledger, &format!("{limit} open files")));
    }
    format!("{} on open files", limits.len())
}

/// Each file and folder in turn can't be changed, then only be appended to.
fn unchangeable(wrong: &mut Vec<String>) -> String {
    let volume = match Volume::on_a_loop("ext4", "defaults") {
        Ok(volume) => volume,
        Err(why) => return format!("SKIPPED chattr: {why}"),
    };
    let (program, mut ledger) = begun(&volume.path());
    let mut tried = 0;
    for attribute in ["i", "a"] {
        for path in everything(&program.data()) {
            if !path.exists() {
                continue; // The summary is made anew by every command.
            }
            let name = path.to_str().unwrap();
            let level = u8::try_from(tried % 6).unwrap();
            ledger.tries("5.2-1", level);
            run("chattr", &[&format!("+{attribute}"), name]).unwrap();
            let ran = program.run(&["answer", NAME, "5.2-1", &level.to_string()]);
            run("chattr", &[&format!("-{attribute}"), name]).unwrap();
            match ran.status {
                Some(0) => ledger.saved("5.2-1", level),
                Some(7) if names_a_file(&ran) => {}
                status => wrong.push(format!("chattr +{attribute} {name}: {status:?} {}", ran.err)),
            }
            wrong.extend(check(&program, &mut ledger, &format!("chattr +{attribute} {name}")));
            tried += 1;
        }
    }
    format!("{tried} files and folders that can't be changed")
}

/// Returns all files and folders below one, itself too.
fn everything(folder: &Path) -> Vec<PathBuf> {
    let mut all = vec![folder.to_owned()];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(everything(&path)) } else { all.push(path) }
    }
    all
}

fn names_a_file(ran: &Ran) -> bool {
    ran.err.contains("assessments") || ran.err.contains("data")
}

/// A user without rights reads where reading is allowed, is told where nothing is, and never loses anything.
fn without_rights(wrong: &mut Vec<String>) -> String {
    let (program, mut ledger) = begun(&memory());
    // It may lie where that user can't go.
    let tool = program.folder().join("ready42");
    fs::copy(PATH, &tool).unwrap();
    set_mode(program.folder(), "755");
    let user = ["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"];
    let probe = program.command_of("setpriv").args(user).arg(&tool).arg("--version").output();
    if !probe.is_ok_and(|output| output.status.success()) {
        return "SKIPPED a user without rights: setpriv can't be used".to_owned();
    }
    run("chown", &["-R", NOBODY, program.data().to_str().unwrap()]).unwrap();
    let mut tried = 0;
    let all = everything(&program.data());
    for modes in [("500", "400"), ("000", "000")] {
        for path in &all {
            let (dir, file) = modes;
            set_mode(path, if path.is_dir() { dir } else { file });
            let ran = program.command_of("setpriv").args(user).arg(&tool).args(["answer", NAME, "5.2-1", "1"]).output();
            let ran = ran.unwrap();
            set_mode(path, if path.is_dir() { "700" } else { "600" });
            ledger.tries("5.2-1", 1);
            let told = String::from_utf8_lossy(&ran.stderr).into_owned();
            match ran.status.code() {
                Some(0) => ledger.saved("5.2-1", 1),
                Some(3 | 6 | 7) if !told.is_empty() => {}
                status => wrong.push(format!("modes {modes:?}, {}: {status:?} {told}", path.display())),
            }
            wrong.extend(check(&program, &mut ledger, &format!("modes {modes:?}, {}", path.display())));
            run("chown", &["-R", NOBODY, program.data().to_str().unwrap()]).unwrap();
            drop(program.command_of("setpriv").args(user).arg(&tool).args(["answer", NAME, "5.2-1", "2"]).output());
            ledger.tries("5.2-1", 2);
            wrong.extend(check(&program, &mut ledger, "with rights again"));
            tried += 1;
        }
    }
    format!("{tried} files and folders that a user has no rights on")
}

fn set_mode(path: &Path, mode: &str) {
    // What was removed meanwhile needs none.
    drop(run("chmod", &[mode, path.to_str().unwrap()]));
}

/// A disk that may only be read, from the start and from the middle of a session on.
pub fn read_only(_: Setting) -> Verdict {
    if let Some(why) = no_mounts() {
        return Ok(Outcome::Skipped(why));
    }
    let mut wrong = vec![];
    let volume = match Volume::on_a_loop("ext4", "errors=remount-ro") {
        Ok(volume) => volume,
        Err(why) => return Ok(Outcome::Skipped(why)),
    };
    let (program, mut ledger) = begun(&volume.path());
    let place = volume.path().to_str().unwrap().to_owned();
    let elsewhere = tempfile::tempdir().unwrap();
    run("mount", &["-o", "remount,ro", &place]).unwrap();
    let out = elsewhere.path().to_str().unwrap();
    for arguments in [
        &["list"][..],
        &["show", NAME],
        &["score", NAME],
        &["timeline", NAME, "--trials", "100"],
        &["log", NAME],
        &["doctor"],
        &["export", NAME, "--format", "md,json", "--out", out],
    ] {
        let ran = program.run(arguments);
        if ran.status != Some(0) {
            wrong.push(format!("{arguments:?} on a disk that may only be read: {:?} {}", ran.status, ran.err));
        }
    }
    for arguments in [&["answer", NAME, "5.2-1", "1"][..], &["new", "other"], &["ask", NAME], &["undo", NAME]] {
        let ran = program.run(arguments);
        if ran.status != Some(7) || ran.err.is_empty() {
            wrong.push(format!("{arguments:?} on a disk that may only be read: {:?} {}", ran.status, ran.err));
        }
    }
    run("mount", &["-o", "remount,rw", &place]).unwrap();
    wrong.extend(check(&program, &mut ledger, "afterwards"));
    let middle = in_the_middle(&volume, &program, ledger, &mut wrong);
    verdict(wrong, format!("7 commands read, 4 that write say that they can't; {middle}"))
}

/// The system takes the right to write away while a session goes on, as it does when a disk begins to fail.
fn in_the_middle(volume: &Volume, program: &Program, mut ledger: Ledger, wrong: &mut Vec<String>) -> String {
    let place = volume.path();
    let source = std::process::Command::new("findmnt").args(["-no", "SOURCE"]).arg(&place).output();
    let device =
        source.map(|output| String::from_utf8_lossy(&output.stdout).trim().replace("/dev/", "")).unwrap_or_default();
    let switch = PathBuf::from(format!("/sys/fs/ext4/{device}/trigger_fs_error"));
    if device.is_empty() || !switch.exists() {
        return format!("SKIPPED the middle of a session: {} isn't there", switch.display());
    }
    let questions = questions();
    let mut talk = Talk::begin(program.command().args(["ask", NAME]));
    assert!(talk.answer(&mut ledger, &questions[20], 2));
    fs::write(&switch, "a test").unwrap();
    if talk.answer(&mut ledger, &questions[21], 2) {
        wrong.push("an answer was called saved on a disk that takes none".to_owned());
    }
    let end = talk.end();
    if end.status != Some(7) || !end.told.contains("NOT SAVED") {
        wrong.push(format!("the disk takes nothing any more: {end:?}"));
    }
    match found(program) {
        Ok(found) => wrong.extend(ledger.settle(found)),
        Err(error) => wrong.push(error),
    }
    volume.unmount().unwrap();
    volume.mount().unwrap();
    wrong.extend(check(program, &mut ledger, "mounted anew"));
    "in the middle of a session the next answer is not called saved".to_owned()
}
