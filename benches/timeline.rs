//! How long the timeline takes to be planned and played through.
//!
//! Run it with `cargo bench --bench timeline`. The aim: 10,000 trials of the real road map within 30 ms on one core, and
//! a first answer with fewer trials within a frame of 16 ms.
#![expect(dead_code, unused_imports, clippy::unwrap_used, reason = "the domain is compiled in, as the library keeps it private")]

use std::hint::black_box;

use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};

use crate::domain::assessment::{Assessment, Seed};
use crate::domain::timeline::{Plan, TRIALS, plan, simulate};
use crate::reader::{ISO42001, answer_all, assessment};
use crate::source::domain;

#[path = "../src"]
mod source {
    pub mod domain;
}

#[path = "../src/domain/timeline/tests/reader.rs"]
mod reader;

fn planned(assessment: &Assessment) -> Plan {
    plan(&ISO42001, assessment, NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()).unwrap()
}

fn timeline(criterion: &mut Criterion) {
    let open = assessment(&[]);
    let mut answered = assessment(&[]);
    answer_all(&mut answered, &ISO42001, 1.0);
    criterion.bench_function("plan", |bencher| bencher.iter(|| planned(black_box(&answered))));
    for (name, assessment) in [("answered", &answered), ("open", &open)] {
        let plan = planned(assessment);
        for trials in [1_000, TRIALS] {
            let name = format!("simulate {trials} trials, all {name}");
            criterion.bench_function(&name, |bencher| bencher.iter(|| simulate(black_box(&plan), Seed(1), trials)));
        }
    }
}

criterion_group! { name = benches; config = Criterion::default().sample_size(20); targets = timeline }
criterion_main!(benches);
