//! How long the timeline takes to be planned and played through.
//!
//! Run it with `cargo bench --bench timeline`. The aim: 10,000 trials of the real road map within 30 ms on one core, and
//! a first answer with fewer trials within a frame of 16 ms.
#![expect(clippy::unwrap_used, reason = "a benchmark that can't run may fail")]

use std::hint::black_box;

use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};
use ready42::{
    Answer, Assessment, Change, Depth, Level, Library, Plan, Questionnaire, QuestionnaireRef, Seed, TRIALS, plan,
    simulate,
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
        for trials in [1_000, TRIALS] {
            let name = format!("simulate {trials} trials, all {name}");
            criterion.bench_function(&name, |bencher| bencher.iter(|| simulate(black_box(&plan), Seed(1), trials)));
        }
    }
}

criterion_group! { name = benches; config = Criterion::default().sample_size(20); targets = timeline }
criterion_main!(benches);
