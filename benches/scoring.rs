//! How long judging takes: scoring after one answer, with all that follows from it, and by the number of questions.
//!
//! Run it with `cargo bench --bench scoring`. The budget is 1 ms for score, findings, statement and ranking together.
#![expect(clippy::unwrap_used, reason = "a benchmark that can't run may fail")]

use std::hint::black_box;
use std::sync::Arc;

use chrono::NaiveDate;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use ready42::{
    Answer, Assessment, Change, Depth, Level, Library, Questionnaire, QuestionnaireRef, Seed, multiplied, plan, rank,
    score, soa, work,
};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()
}

/// Returns answers to all questions, levels 0 to 5 in turn.
fn answered(questionnaire: &Questionnaire) -> Assessment {
    let reference = QuestionnaireRef { id: "iso42001".to_owned(), version: String::new() };
    let mut assessment = Assessment::new("bench", reference, Depth::Full, Seed(1));
    for (item, level) in questionnaire.items().zip(Level::ALL.into_iter().cycle()) {
        let change = Change::answer(&assessment, &item.question.id, Some(Answer::Level(level)));
        assessment.apply(&change);
    }
    assessment
}

fn judging(criterion: &mut Criterion) {
    let questionnaire: Arc<Questionnaire> = Library::new(None).load("iso42001").unwrap().questionnaire;
    let assessment = answered(&questionnaire);
    let card = score(&questionnaire, &assessment, today());
    let left = work(&plan(&questionnaire, &assessment, today()).unwrap(), Seed(1), 0);
    criterion.bench_function("score the whole questionnaire, findings and verdict", |bencher| {
        bencher.iter(|| score(&questionnaire, black_box(&assessment), today()));
    });
    criterion.bench_function("the Statement of Applicability", |bencher| {
        bencher.iter(|| soa(&questionnaire, black_box(&assessment), &card));
    });
    criterion.bench_function("the ranking of all gaps", |bencher| {
        bencher.iter(|| rank(&questionnaire, black_box(&assessment), &card, &left));
    });
    criterion.bench_function("all three after one answer", |bencher| {
        bencher.iter(|| {
            let card = score(&questionnaire, black_box(&assessment), today());
            let statement = soa(&questionnaire, &assessment, &card);
            (rank(&questionnaire, &assessment, &card, &left), statement, card)
        });
    });
    criterion.bench_function("the months that each package saves, 200 trials", |bencher| {
        let plan = plan(&questionnaire, &assessment, today()).unwrap();
        bencher.iter(|| work(black_box(&plan), Seed(1), 200));
    });
    criterion.bench_function("load the questionnaire", |bencher| {
        bencher.iter(|| Library::new(None).load("iso42001").unwrap());
    });
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/questionnaires/iso42001");
    criterion.bench_function("load the same from its TOML", |bencher| {
        bencher.iter(|| Library::new(None).load(folder).unwrap());
    });
}

fn growing(criterion: &mut Criterion) {
    let questionnaire = Library::new(None).load("iso42001").unwrap().questionnaire;
    let mut group = criterion.benchmark_group("score by the number of questions");
    group.sample_size(20);
    for times in [1, 6, 13, 27, 54] {
        let large = multiplied(&questionnaire, times);
        let assessment = answered(&large);
        group.throughput(Throughput::Elements(large.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(large.len()), &large, |bencher, large| {
            bencher.iter(|| score(large, black_box(&assessment), today()));
        });
    }
    group.finish();
}

criterion_group!(benches, judging, growing);
criterion_main!(benches);
