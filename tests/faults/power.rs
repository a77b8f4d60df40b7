//! The power is cut while answers are given: only what a sync has brought to the disk is there afterwards.

use std::process::Stdio;
use std::sync::Mutex;
use std::time::Duration;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::ledger::{Ledger, NAME, check, found, questions};
use crate::machine::{Volume, no_mounts, no_strace, run};
use crate::program::{PATH, Program};
use crate::talk::Talk;
use crate::{Form, Outcome, Setting, Verdict, verdict};

/// Syncs that say that they were done and did nothing, as strace plays them.
const LIES: [&str; 7] =
    ["-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "--inject=fsync,fdatasync:retval=0"];
/// The longest that is answered before a cut, in milliseconds.
const LONGEST: u32 = 90;

/// Cuts the power again and again, on each file system that can be had.
pub fn cuts(setting: Setting) -> Verdict {
    let (mut figures, mut skipped, mut wrong) = (vec![], vec![], vec![]);
    for kind in ["ext4", "xfs"] {
        match Volume::on_a_loop(kind, "defaults").and_then(|volume| tried(volume, setting)) {
            Ok((cuts, acknowledged, failures)) => {
                figures
                    .push(format!("{kind}: {cuts} cuts, {acknowledged} answers called saved, {} lost", failures.len()));
                wrong.extend(failures.into_iter().map(|failure| format!("{kind}, {failure}")));
            }
            Err(why) => skipped.push(why),
        }
    }
    if figures.is_empty() {
        return Ok(Outcome::Skipped(skipped.join("; ")));
    }
    figures.extend(skipped.into_iter().map(|why| format!("SKIPPED {why}")));
    verdict(wrong, figures.join("; "))
}

fn tried(volume: Volume, setting: Setting) -> Result<(u32, usize, Vec<String>), String> {
    let cuts = if setting.form == Form::Short { 20 } else { 150 };
    let mut chance = ChaCha8Rng::seed_from_u64(setting.seed);
    let (program, questions) = (Program::within(&volume.path()), questions());
    program.ok(&["new", NAME]);
    // So that the assessment is there, whatever happens.
    volume.unmount()?;
    volume.mount()?;
    let (mut ledger, mut wrong) = (Ledger::default(), vec![]);
    for cut in 0..cuts {
        let patience = Duration::from_millis(u64::from(chance.next_u32() % LONGEST));
        if cut % 2 == 0 {
            one_session(&program, &questions, &volume, patience, &mut ledger, &mut chance)?;
        } else {
            many_sessions(&program, &questions, &volume, patience, &mut ledger, &mut chance)?;
        }
        volume.unmount()?;
        volume.mount()?;
        wrong.extend(check(&program, &mut ledger, &format!("cut {cut}")));
    }
    Ok((cuts, ledger.acknowledged, wrong))
}

/// Answers in one conversation, and cuts the power in the middle of it.
fn one_session(
    program: &Program,
    questions: &[String],
    volume: &Volume,
    patience: Duration,
    ledger: &mut Ledger,
    chance: &mut ChaCha8Rng,
) -> Result<(), String> {
    let mut talk = Talk::begin(program.command().args(["ask", NAME]));
    let id = talk.id();
    std::thread::scope(|scope| {
        let talking = scope.spawn(move || {
            while {
                let (question, level) = drawn(questions, chance);
                talk.answer(ledger, question, level)
            } {}
            talk.end();
        });
        std::thread::sleep(Duration::from_millis(12) + patience);
        let cut = stop(id).and_then(|()| volume.cut_the_power());
        kill(id);
        talking.join().unwrap();
        cut
    })
}

/// Answers by a command each, and cuts the power in the middle of one.
fn many_sessions(
    program: &Program,
    questions: &[String],
    volume: &Volume,
    patience: Duration,
    ledger: &mut Ledger,
    chance: &mut ChaCha8Rng,
) -> Result<(), String> {
    // The one that runs; none between two. The second says that none may begin any more.
    let running: Mutex<(Option<u32>, bool)> = Mutex::new((None, false));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            loop {
                let (question, level) = drawn(questions, chance);
                let mut running_now = running.lock().unwrap();
                if running_now.1 {
                    break;
                }
                ledger.tries(question, level);
                let mut command = program.command();
                command.args(["answer", NAME, question, &level.to_string()]);
                let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
                running_now.0 = Some(child.id());
                drop(running_now);
                let output = child.wait_with_output().unwrap();
                running.lock().unwrap().0 = None;
                if String::from_utf8_lossy(&output.stdout).contains("saved") {
                    ledger.saved(question, level);
                }
            }
        });
        std::thread::sleep(Duration::from_millis(5) + patience);
        let mut running = running.lock().unwrap();
        running.1 = true;
        let stopped = running.0.map_or(Ok(()), stop);
        let cut = stopped.and_then(|()| volume.cut_the_power());
        running.0.map(kill);
        cut
    })
}

/// The control: where no sync is done, a cut has to lose what was called saved. Else the test above sees nothing.
pub fn control(setting: Setting) -> Verdict {
    if let Some(why) = no_strace().or_else(no_mounts) {
        return Ok(Outcome::Skipped(why));
    }
    let cuts = if setting.form == Form::Short { 4 } else { 20 };
    let (mut figures, mut wrong) = (vec![], vec![]);
    for kind in ["ext4", "xfs"] {
        let volume = match Volume::on_a_loop(kind, "defaults") {
            Ok(volume) => volume,
            Err(why) => {
                figures.push(format!("SKIPPED {why}"));
                continue;
            }
        };
        let lost = match (0..cuts).map(|_| loses(&volume)).collect::<Result<Vec<bool>, String>>() {
            Ok(lost) => lost.into_iter().filter(|lost| *lost).count(),
            Err(why) => {
                figures.push(format!("SKIPPED {kind}: {why}"));
                continue;
            }
        };
        figures.push(format!("{kind}: {lost} of {cuts} cuts lose answers when no sync is done, as they must"));
        if lost * 3 < cuts * 2 {
            wrong.push(format!(
                "{kind}: only {lost} of {cuts} cuts lost something: the test doesn't see a missing sync"
            ));
        }
    }
    verdict(wrong, figures.join("; "))
}

/// Answers without any sync, and cuts the power; returns whether something is lost, or why that can't be tried.
fn loses(volume: &Volume) -> Result<bool, String> {
    let (program, questions) = (Program::within(&volume.path()), questions());
    program.ok(&["new", NAME]);
    volume.unmount()?;
    volume.mount()?;
    let mut ledger = Ledger::default();
    let mut talk = Talk::begin(program.command_of("strace").args(LIES).arg(PATH).args(["ask", NAME]));
    for question in questions.iter().take(10) {
        assert!(talk.answer(&mut ledger, question, 3), "{:?}", talk.end());
    }
    let cut = volume.cut_the_power();
    // What strace runs ends with its input.
    talk.end();
    cut?;
    volume.unmount()?;
    volume.mount()?;
    Ok(found(&program).map_or(true, |found| !ledger.settle(found).is_empty()))
}

fn drawn<'a>(questions: &'a [String], chance: &mut ChaCha8Rng) -> (&'a str, u8) {
    let at = usize::try_from(chance.next_u32()).unwrap() % questions.len();
    (&questions[at], u8::try_from(chance.next_u32() % 6).unwrap())
}

/// Stops a process, and returns once it stands still: a call in flight is over, and its end isn't told any more.
fn stop(id: u32) -> Result<(), String> {
    // It may have ended by itself.
    drop(run("kill", &["-STOP", &id.to_string()]));
    for _ in 0..2_000 {
        let state = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        let state = state.rsplit(')').next().and_then(|rest| rest.trim().chars().next());
        if matches!(state, None | Some('T' | 't' | 'Z' | 'X')) {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    Err(format!("process {id} doesn't stop"))
}

fn kill(id: u32) {
    drop(run("kill", &["-KILL", &id.to_string()]));
}
