//! How long it takes to list many assessments, and to open one with a long history: both have to grow by the number. And
//! what recording an answer costs beside what it can't cost less than: an append and a sync on the same disk.
//!
//! Run it with `cargo bench --bench storage`.
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark that can't run may fail, and one prints")]

use std::fs::OpenOptions;
use std::hint::black_box;
use std::io::Write;
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use ready42::{Answer, Assessment, Change, Depth, Level, Meta, Workspace};
use tempfile::TempDir;

/// How many changes are recorded at once while a history is made.
const AT_ONCE: usize = 1_000;

fn workspace() -> (TempDir, Workspace) {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::new(Some(folder.path().join("data")), Some(folder.path().join("config"))).unwrap();
    (folder, workspace)
}

fn meta() -> Meta {
    Meta { at: DateTime::from_timestamp(1_800_000_000, 0).unwrap(), author: "bench".to_owned(), because: None }
}

/// Returns the n-th of endlessly many answers.
fn answer(assessment: &Assessment, questions: &[ready42::QuestionId], n: usize) -> Change {
    let question = questions.get(n % questions.len()).unwrap();
    let level = Level::ALL.get((n / questions.len() + n) % Level::ALL.len()).copied().unwrap();
    Change::answer(assessment, question, Some(Answer::Level(level)))
}

fn list(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("list assessments");
    group.sample_size(20).measurement_time(Duration::from_secs(5));
    let today = NaiveDate::from_ymd_opt(2027, 1, 15).unwrap();
    let (_folder, workspace) = workspace();
    let mut there = 0;
    for number in [100, 300, 1_000] {
        for n in there..number {
            let draft = workspace.draft(&format!("Client {n}"), "iso42001", Depth::Full).unwrap();
            let questionnaire = workspace.questionnaire("iso42001").unwrap().questionnaire;
            let questions: Vec<_> = questionnaire.items().map(|item| item.question.id.clone()).collect();
            let changes: Vec<Change> = (0..100).map(|k| answer(&draft.assessment, &questions, k)).collect();
            drop(workspace.create(draft, &changes, &meta()).unwrap());
        }
        there = number;
        group.throughput(Throughput::Elements(u64::try_from(number).unwrap()));
        group.bench_function(BenchmarkId::from_parameter(number), |bencher| {
            bencher.iter(|| assert_eq!(black_box(workspace.list(today).unwrap()).len(), number));
        });
    }
    group.finish();
}

fn open(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("open a history");
    group.sample_size(10).measurement_time(Duration::from_secs(8));
    for number in [30_000, 100_000, 300_000] {
        let (_folder, workspace) = workspace();
        let draft = workspace.draft("bench", "iso42001", Depth::Full).unwrap();
        let mut desk = workspace.create(draft, &[], &meta()).unwrap();
        let questions: Vec<_> = desk.questionnaire().items().map(|item| item.question.id.clone()).collect();
        for start in (0..number).step_by(AT_ONCE) {
            let mut scratch = desk.assessment().clone();
            let mut changes = vec![];
            for n in start..start + AT_ONCE {
                let change = answer(&scratch, &questions, n);
                scratch.apply(&change);
                changes.push((change, None));
            }
            desk.record(&changes, &meta()).unwrap();
        }
        desk.write_save_file().unwrap();
        drop(desk);
        group.throughput(Throughput::Elements(u64::try_from(number).unwrap()));
        group.bench_function(BenchmarkId::new("for reading", number), |bencher| {
            bencher.iter(|| black_box(workspace.read("bench").unwrap()));
        });
        group.bench_function(BenchmarkId::new("for writing", number), |bencher| {
            bencher.iter(|| drop(black_box(workspace.write("bench", &meta()).unwrap())));
        });
    }
    group.finish();
}

/// How many answers are timed, each followed by a bare append and sync.
const TIMED: usize = 1_000;

/// Prints the times of recording and of a bare append and sync, in turn on the same disk. Criterion tells no percentiles.
fn record(_: &mut Criterion) {
    let (folder, workspace) = workspace();
    let draft = workspace.draft("bench", "iso42001", Depth::Full).unwrap();
    let mut desk = workspace.create(draft, &[], &meta()).unwrap();
    let questions: Vec<_> = desk.questionnaire().items().map(|item| item.question.id.clone()).collect();
    let mut bare = OpenOptions::new().create(true).append(true).open(folder.path().join("bare")).unwrap();
    // A line of the journal with an answer has about so many bytes.
    let line = [b'x'; 240];
    let (mut recorded, mut appended) = (vec![], vec![]);
    for n in 0..TIMED {
        let change = answer(desk.assessment(), &questions, n);
        let start = Instant::now();
        desk.record(&[(change, None)], &meta()).unwrap();
        recorded.push(start.elapsed());
        let start = Instant::now();
        bare.write_all(&line).and_then(|()| bare.sync_data()).unwrap();
        appended.push(start.elapsed());
    }
    let [recorded, appended] = [recorded, appended].map(percentiles);
    for (name, [middle, p95, p99]) in [("record an answer", recorded), ("bare append and sync", appended)] {
        println!("{name}: p50 {middle:.3} ms, p95 {p95:.3} ms, p99 {p99:.3} ms ({TIMED} in turn)");
    }
    println!("ratio: p50 {:.2}, p95 {:.2}", recorded[0] / appended[0], recorded[1] / appended[1]);
}

/// Returns the median, the 95th and the 99th percentile, in milliseconds.
fn percentiles(mut times: Vec<Duration>) -> [f64; 3] {
    times.sort_unstable();
    [50, 95, 99].map(|percent| times.get(times.len() * percent / 100).unwrap().as_secs_f64() * 1000.0)
}

criterion_group!(benches, record, list, open);
criterion_main!(benches);
