//! How long scoring takes: after one answer, and by the number of questions.
//!
//! Run it with `cargo bench --bench scoring`.
#![expect(clippy::unwrap_used, reason = "a benchmark that can't run may fail")]

use std::hint::black_box;

use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};
use ready42::{Answer, Assessment, Change, Depth, Level, Library, QuestionnaireRef, Seed, score};

fn scoring(criterion: &mut Criterion) {
    let questionnaire = Library::new(None).load("iso42001").unwrap().questionnaire;
    let reference = QuestionnaireRef { id: "iso42001".to_owned(), version: String::new() };
    let mut assessment = Assessment::new("bench", reference, Depth::Full, Seed(1));
    for (item, level) in questionnaire.items().zip(Level::ALL.into_iter().cycle()) {
        let change = Change::answer(&assessment, &item.question.id, Some(Answer::Level(level)));
        assessment.apply(&change);
    }
    let today = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
    criterion.bench_function("score the whole questionnaire", |bencher| {
        bencher.iter(|| score(&questionnaire, black_box(&assessment), today));
    });
    criterion.bench_function("load the questionnaire", |bencher| {
        bencher.iter(|| Library::new(None).load("iso42001").unwrap());
    });
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/questionnaires/iso42001");
    criterion.bench_function("load the same from its TOML", |bencher| {
        bencher.iter(|| Library::new(None).load(folder).unwrap());
    });
}

criterion_group!(benches, scoring);
criterion_main!(benches);
