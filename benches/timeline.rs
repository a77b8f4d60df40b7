//! How long the timeline takes to be planned and played through.
//!
//! Run it with `cargo bench --bench timeline`. The aim: 10,000 trials of the real road map within 30 ms on one core, in
//! 1.3 times what their draws alone take, near half of it on two threads, and a first answer with 500 trials within a
//! frame of 16 ms. docs/performance.md has what was measured.
#![expect(clippy::unwrap_used, reason = "a benchmark that can't run may fail")]

use std::hint::black_box;

use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};
use ready42::{
    Answer, Assessment, Change, Depth, Level, Library, Plan, Questionnaire, QuestionnaireRef, Seed, TRIALS,
    draws_alone, plan, simulate, simulate_on, standard,
};

fn planned(questionnaire: &Questionnaire, assessment: &Assessment) -> Plan {
    plan(questionnaire, assessment, NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()).unwrap()
}

fn timeline(criterion: &mut Criterion) {
    let questionnaire = Library::new(None).load("iso42001").unwrap().questionnaire;
    let reference = QuestionnaireRef { id: "iso42001".to_owned(), version: String::new() };
    let open = Assessment::new("open", reference, Depth::Full, Seed(1));
    let mut answered = open.clone();
    for item in questionnaire.items() {
        let change = Change::answer(&answered, &item.question.id, Some(Answer::Level(Level::AdHoc)));
        answered.apply(&change);
    }
    criterion.bench_function("plan", |bencher| bencher.iter(|| planned(&questionnaire, black_box(&answered))));
    for (name, assessment) in [("answered", &answered), ("open", &open)] {
        let plan = planned(&questionnaire, assessment);
        for trials in [500, TRIALS] {
            let name = format!("simulate {trials} trials, all {name}");
            criterion.bench_function(&name, |bencher| bencher.iter(|| simulate(black_box(&plan), Seed(1), trials)));
        }
        let alone = format!("the draws of {TRIALS} trials alone, all {name}");
        criterion.bench_function(&alone, |bencher| bencher.iter(|| draws_alone(black_box(&plan), Seed(1), TRIALS)));
        let two = format!("simulate {TRIALS} trials on two threads, all {name}");
        criterion.bench_function(&two, |bencher| bencher.iter(|| simulate_on(2, black_box(&plan), Seed(1), TRIALS)));
    }
    let today = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
    criterion.bench_function("the standard what-ifs, all answered", |bencher| {
        bencher.iter(|| standard(&questionnaire, black_box(&answered), today));
    });
}

criterion_group! { name = benches; config = Criterion::default().sample_size(20); targets = timeline }
criterion_main!(benches);
