//! A disk without room, and one without room for another file.

use std::fs;

use crate::ledger::{Ledger, NAME, check, questions};
use crate::machine::{Volume, no_mounts};
use crate::program::Program;
use crate::talk::Talk;
use crate::{Form, Outcome, Setting, Verdict, verdict};

/// The sizes of the rest that is left, in bytes.
const ROOM: [usize; 8] = [0, 1, 4, 8, 12, 20, 36, 60];

/// Answers until the disk is full, makes room, and goes on.
pub fn full(setting: Setting) -> Verdict {
    if let Some(why) = no_mounts() {
        return Ok(Outcome::Skipped(why));
    }
    let (mut wrong, mut acknowledged) = (vec![], 0);
    let rooms = if setting.form == Form::Short { &ROOM[1..4] } else { &ROOM[..] };
    for kilobytes in rooms {
        let volume = Volume::tmpfs("size=400k,mode=0700").unwrap();
        wrong.extend(answered_until_full(&volume, Some(kilobytes * 1024), &mut acknowledged));
    }
    let mut kinds = format!("{} small tmpfs", rooms.len());
    match Volume::on_a_loop("ext4", "defaults") {
        Ok(volume) => {
            wrong.extend(answered_until_full(&volume, Some(64 << 10), &mut acknowledged));
            kinds += " and ext4";
        }
        Err(why) => kinds += &format!(" (SKIPPED ext4: {why})"),
    }
    let without = without_inodes(&mut wrong);
    verdict(
        wrong,
        format!("{kinds}: {acknowledged} answers called saved, 0 lost; without room for a file: {without} went on"),
    )
}

/// Leaves so much room, and answers until that is used up.
fn answered_until_full(volume: &Volume, room: Option<usize>, acknowledged: &mut usize) -> Vec<String> {
    let (program, mut ledger, questions) = (Program::within(&volume.path()), Ledger::default(), questions());
    program.ok(&["new", NAME]);
    for (question, level) in questions.iter().zip([1, 2, 3]) {
        program.ok(&["answer", NAME, question, &level.to_string()]);
        ledger.tries(question, level);
        ledger.saved(question, level);
    }
    let filler = volume.path().join("filler");
    fill(&filler, room.unwrap_or(0));
    let what = format!("{room:?} bytes left");
    let mut talk = Talk::begin(program.command().args(["ask", NAME]));
    // Each note is longer than a page; so it ends soon, in the middle of a line.
    let note = "n ".to_owned() + &"a long note ".repeat(90) + "\n";
    let mut went_on = 0;
    for (n, question) in questions.iter().cycle().enumerate().take(40_000) {
        if !talk.answer(&mut ledger, question, u8::try_from(n % 6).unwrap()) {
            break;
        }
        went_on += 1;
        if n % 3 == 0 && !talk.say(&note) {
            break;
        }
    }
    let end = talk.end();
    *acknowledged += ledger.acknowledged;
    let mut wrong = vec![];
    // Where there was no room at all, it ends before the first answer.
    if end.status != Some(7) || !(end.told.contains("NOT SAVED") || went_on == 0 && end.told.contains("can't be")) {
        wrong.push(format!("{what}: it ended with {:?} after {went_on} answers: {}", end.status, end.told));
    }
    wrong.extend(check(&program, &mut ledger, &format!("{what}, still full")));
    fs::remove_file(filler).unwrap();
    let next = program.run(&["answer", NAME, &questions[100], "5"]);
    if next.status == Some(0) {
        ledger.tries(&questions[100], 5);
        ledger.saved(&questions[100], 5);
    } else {
        wrong.push(format!("{what}: there is room again, and still {:?}: {}", next.status, next.err));
    }
    wrong.extend(check(&program, &mut ledger, &format!("{what}, with room again")));
    wrong
}

/// Fills the disk, and then leaves so many bytes.
fn fill(filler: &std::path::Path, room: usize) {
    let mut size = 0_u64;
    let block = vec![b'x'; 4096];
    let mut file = fs::File::create(filler).unwrap();
    while std::io::Write::write_all(&mut file, &block).and_then(|()| file.sync_data()).is_ok() {
        size = file.metadata().unwrap().len();
    }
    file.set_len(size.saturating_sub(u64::try_from(room).unwrap())).unwrap();
    file.sync_all().unwrap();
}

/// Answers where no file can be made any more: a session that has its own goes on. Returns how many went on.
fn without_inodes(wrong: &mut Vec<String>) -> usize {
    let volume = Volume::tmpfs("size=2m,nr_inodes=40,mode=0700").unwrap();
    let (program, mut ledger, questions) = (Program::within(&volume.path()), Ledger::default(), questions());
    program.ok(&["new", NAME]);
    let mut talk = Talk::begin(program.command().args(["ask", NAME]));
    assert!(talk.answer(&mut ledger, &questions[0], 2));
    for n in 0.. {
        if fs::File::create(volume.path().join(format!("filler-{n}"))).is_err() {
            break;
        }
    }
    let went_on = questions[1..20].iter().take_while(|question| talk.answer(&mut ledger, question, 4)).count();
    let end = talk.end();
    if went_on != 19 || end.status != Some(0) {
        wrong.push(format!("without room for a file, {went_on} of 19 went on: {end:?}"));
    }
    wrong.extend(check(&program, &mut ledger, "without room for a file"));
    let refused = program.run(&["answer", NAME, &questions[30], "1"]);
    if refused.status != Some(7) {
        wrong.push(format!("without room for a file, a new session ended with {:?}: {}", refused.status, refused.err));
    }
    ledger.tries(&questions[30], 1);
    wrong.extend(check(&program, &mut ledger, "without room for a new session's file"));
    went_on
}
