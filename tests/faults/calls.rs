//! A kill before each call of the system, and each error at each call: by strace, which sits between program and kernel.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::machine::no_strace;
use crate::program::Program;
use crate::scenario::{SCENARIOS, Scenario, State, Stocks, state};
use crate::{Form, Outcome, Setting, Verdict, verdict};

/// The calls that change something, or end something: before each of them the disk is in another state.
const CHANGING: [&str; 18] = [
    "openat",
    "write",
    "pwrite64",
    "fdatasync",
    "fsync",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "rmdir",
    "mkdir",
    "mkdirat",
    "flock",
    "close",
    "copy_file_range",
    "ftruncate",
    "exit_group",
];

/// The errors that a call may meet. Each is a kind.
const ERRORS: [(&str, &[&str]); 13] = [
    ("openat", &["ENOSPC", "EACCES", "EMFILE", "EROFS", "EIO"]),
    ("write", &["ENOSPC", "EDQUOT", "EFBIG", "EIO", "EINTR"]),
    ("fdatasync", &["EIO", "ENOSPC"]),
    ("fsync", &["EIO", "EINVAL"]),
    ("rename", &["EXDEV", "EBUSY", "EACCES"]),
    ("mkdir", &["ENOSPC", "EROFS"]),
    ("unlink", &["EACCES"]),
    ("read", &["EIO"]),
    ("statx", &["EIO"]),
    ("getdents64", &["EIO"]),
    ("flock", &["ENOLCK", "EIO"]),
    ("close", &["EIO"]),
    ("copy_file_range", &["ENOSPC"]),
];

/// A place where something goes wrong: the scenario, and what strace is told.
struct Point {
    scenario: usize,
    injection: String,
    kind: String,
}

/// Kills every scenario before each call that changes something.
pub fn kills(setting: Setting) -> Verdict {
    if let Some(why) = no_strace() {
        return Ok(Outcome::Skipped(why));
    }
    let stocks = Stocks::new();
    let mut points = vec![];
    for (scenario, calls) in traced(&stocks, &CHANGING) {
        for (call, numbers) in calls {
            points.extend(numbers.into_iter().map(|number| Point {
                scenario,
                injection: format!("{call}:signal=SIGKILL:when={number}"),
                kind: call.clone(),
            }));
        }
    }
    let all = points.len();
    let points = thinned(points, if setting.form == Form::Short { KILLS_TRIED } else { all }, setting.seed);
    let (wrong, tally) = tried(&stocks, &points, |_, ran| match ran.status {
        None => None,
        status => Some(format!("it ended with {status:?} where it should be killed")),
    });
    let figures = format!(
        "{} of {all} calls of {} scenarios, 0 lost, each state whole; {}",
        points.len(),
        SCENARIOS.len(),
        told(&tally)
    );
    verdict(wrong, figures)
}

/// Lets each call of every scenario meet each error, once and from then on.
pub fn errors(setting: Setting) -> Verdict {
    if let Some(why) = no_strace() {
        return Ok(Outcome::Skipped(why));
    }
    let stocks = Stocks::new();
    let calls: Vec<&str> = ERRORS.iter().map(|(call, _)| *call).collect();
    let mut points = vec![];
    for (scenario, calls) in traced(&stocks, &calls) {
        for (call, numbers) in calls {
            let errors = ERRORS.iter().find(|(name, _)| *name == call).map_or(&[][..], |(_, errors)| errors);
            for number in numbers {
                for error in errors {
                    points.extend(["", "+"].into_iter().filter(|lasting| (*lasting, *error) != ("+", "EINTR")).map(
                        |lasting| Point {
                            scenario,
                            injection: format!("{call}:error={error}:when={number}{lasting}"),
                            kind: format!("{call} {error}"),
                        },
                    ));
                }
            }
        }
    }
    let all = points.len();
    let most = match setting.form {
        Form::Short => ERRORS_TRIED[0],
        Form::Whole => ERRORS_TRIED[1],
        Form::Night => all,
    };
    let points = thinned(points, most, setting.seed);
    let (wrong, tally) = tried(&stocks, &points, |point, ran| match ran.status {
        Some(0) => None,
        // A failure is told, unless it is that nothing can be told.
        Some(1..=7) if !ran.err.is_empty() || point.injection.starts_with("write") => None,
        // Rust's own library insists that the end of reading a folder can't fail. What was called saved is safe.
        Some(70) if point.injection.starts_with("close") => None,
        status => Some(format!("{status:?} {}", ran.err)),
    });
    let figures = format!(
        "{} of {all} errors of {} kinds in {} scenarios, once and lasting, 0 lost; {} were told, the rest not even seen",
        points.len(),
        tally.len(),
        SCENARIOS.len(),
        tally.values().map(|(_, told)| told).sum::<usize>()
    );
    verdict(wrong, figures)
}

/// Returns the calls that each scenario makes once it touches the data folder, by the number that strace counts.
fn traced(stocks: &Stocks, calls: &[&str]) -> Vec<(usize, BTreeMap<String, BTreeSet<usize>>)> {
    let wanted = calls.iter().map(|call| format!("?{call}")).collect::<Vec<_>>().join(",");
    let mut traced = vec![];
    for (index, scenario) in SCENARIOS.iter().enumerate() {
        let program = stocks.program(scenario.stock);
        let trace = program.folder().join("trace");
        let tool = ["strace", "-f", "-qq", "-s", "1", "-o", trace.to_str().unwrap(), "-e", &format!("trace={wanted}")];
        let ran = scenario.run(&program, &tool.map(str::to_owned));
        assert_eq!(ran.status, Some(0), "{}: {}", scenario.name, ran.err);
        let text = String::from_utf8_lossy(&std::fs::read(&trace).unwrap()).into_owned();
        traced.push((index, numbers(&text, program.data().to_str().unwrap())));
    }
    traced
}

fn numbers(trace: &str, data: &str) -> BTreeMap<String, BTreeSet<usize>> {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut numbers: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut is_ours = false;
    for line in trace.lines() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let Some((call, _)) = rest.trim_start().split_once('(') else { continue };
        let count = counts.entry((thread.to_owned(), call.to_owned())).or_default();
        *count += 1;
        is_ours |= line.contains(data);
        if is_ours {
            numbers.entry(call.to_owned()).or_default().insert(*count);
        }
    }
    numbers
}

/// How many errors are tried in the short form and in the whole; at night all are.
const ERRORS_TRIED: [usize; 2] = [150, 2_400];
/// How many kills are tried in the short form; else all are.
const KILLS_TRIED: usize = 120;

/// Returns so many of the points, spread evenly and shifted by the seed.
fn thinned(points: Vec<Point>, most: usize, seed: u64) -> Vec<Point> {
    let step = points.len().div_ceil(most).max(1);
    let shift = usize::try_from(seed).unwrap() % step;
    points.into_iter().skip(shift).step_by(step).collect()
}

/// For each kind, how many points there were and how many of them the program told.
type Tally = BTreeMap<String, (usize, usize)>;

/// Tries all points; returns what is wrong.
fn tried(
    stocks: &Stocks,
    points: &[Point],
    ends: impl Fn(&Point, &crate::program::Ran) -> Option<String> + Sync,
) -> (Vec<String>, Tally) {
    let states: Vec<Vec<State>> = SCENARIOS.iter().map(|scenario| scenario.states(stocks)).collect();
    let (next, wrong, tally) = (AtomicUsize::new(0), Mutex::new(vec![]), Mutex::new(Tally::new()));
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(point) = points.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let scenario = &SCENARIOS[point.scenario];
                    let program = stocks.program(scenario.stock);
                    let call = point.injection.split(':').next().unwrap();
                    let (trace, inject) = (format!("trace={call}"), format!("inject={}", point.injection));
                    let tool = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject];
                    let ran = scenario.run(&program, &tool.map(str::to_owned));
                    let failures =
                        ends(point, &ran).into_iter().chain(check(scenario, &program, &ran, &states[point.scenario]));
                    let failures = failures.map(|why| format!("{}, {}: {why}", scenario.name, point.injection));
                    wrong.lock().unwrap().extend(failures);
                    let mut tally = tally.lock().unwrap();
                    let (tried, told) = tally.entry(point.kind.clone()).or_default();
                    *tried += 1;
                    *told += usize::from(ran.status != Some(0));
                }
            });
        }
    });
    (wrong.into_inner().unwrap(), tally.into_inner().unwrap())
}

/// Checks what is left: a whole state, no older than what was called saved; nothing damaged; and it goes on.
fn check(scenario: &Scenario, program: &Program, ran: &crate::program::Ran, states: &[State]) -> Vec<String> {
    let mut wrong = vec![];
    let found = state(program);
    match states.iter().rposition(|state| *state == found) {
        // Where the last steps can't be read, which is told, another is the last.
        None if scenario.name == "undo" && ran.err.contains("can't be read") => {}
        // What was recorded while a file could not be read stands beside it afterwards: both are kept, and told.
        None if found.iter().any(|one| one.contains("conflicts: [Conflict")) => {}
        None => wrong.push(format!("a state that is none: {}", difference(&found, states))),
        Some(place) if place < scenario.acknowledged(ran) => wrong.push("what was called saved is lost".to_owned()),
        Some(_) => {}
    }
    let name = program.json(&["list"])[0]["name"].as_str().unwrap_or_default().to_owned();
    let doctor = program.run(&["doctor"]);
    // After an error it may tell of damage that the next opening mends; after a kill there is none.
    let is_told = ran.status.is_some() && doctor.status == Some(6) && doctor.out.contains("\n! ");
    if doctor.status != Some(0) && !is_told {
        wrong.push(format!("doctor ended with {:?}: {}{}", doctor.status, doctor.out, doctor.err));
    }
    if !name.is_empty() {
        let next = program.run(&["answer", &name, "5.1-1", "3"]);
        if next.status != Some(0) {
            wrong.push(format!("the next answer: {:?} {}", next.status, next.err));
        }
        let (mut before, after) = (found, state(program));
        before.retain(|one| !after.contains(one));
        if before.len() != 1 {
            wrong.push(format!("the next answer changed {} assessments", before.len()));
        }
        let doctor = program.run(&["doctor"]);
        if doctor.status != Some(0) {
            wrong.push(format!("doctor still ended with {:?}: {}{}", doctor.status, doctor.out, doctor.err));
        }
    }
    wrong
}

/// Returns where a state leaves the likest of those that may be.
fn difference(found: &State, states: &[State]) -> String {
    let wrong: Vec<&String> = found.iter().filter(|one| !states.iter().any(|state| state.contains(one))).collect();
    let lacks = states.iter().map(|state| state.iter().filter(|one| !found.contains(one)).count()).min();
    format!("{} parts that no state has, {lacks:?} lacking: {:.600}", wrong.len(), format!("{wrong:?}"))
}

fn told(tally: &Tally) -> String {
    tally.iter().map(|(kind, (tried, _))| format!("{kind} {tried}")).collect::<Vec<_>>().join(", ")
}
