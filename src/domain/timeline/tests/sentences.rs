//! The sentence of explanation, for very different organisations.

use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::domain::assessment::{Assessment, Seed};
use crate::domain::profile::ProfileKey::{
    self, AiPeople, AiSystems, BookingWeeks, Certificates, Consultant, DaysPerWeek, Headcount, People, Suppliers,
};
use crate::domain::timeline::tests::reader::{ISO42001, answer, answer_all, assessment, ids, prove};
use crate::domain::timeline::{plan, simulate};

/// A name, what differs from the default profile, and the mean level of all answers; none where nothing is answered.
type Case = (&'static str, &'static [(ProfileKey, &'static str)], Option<f64>);

const CASES: [Case; 9] = [
    ("default, nothing answered", &[], None),
    ("default, at level 1", &[], Some(1.0)),
    ("default with ISO/IEC 27001, at level 1", &[(Certificates, "iso27001")], Some(1.0)),
    (
        "a start-up of three on its own",
        &[(Headcount, "3"), (AiSystems, "1"), (AiPeople, "2"), (Suppliers, "2"), (People, "1"), (DaysPerWeek, "1")],
        Some(0.6),
    ),
    ("from zero with a hundred people", &[(People, "100"), (DaysPerWeek, "5")], Some(0.0)),
    (
        "a tiny firm from zero with a hundred people",
        &[
            (Headcount, "3"),
            (AiSystems, "1"),
            (AiPeople, "1"),
            (People, "100"),
            (DaysPerWeek, "5"),
            (Consultant, "true"),
        ],
        Some(0.0),
    ),
    (
        "a bank",
        &[(Headcount, "3000"), (AiSystems, "40"), (AiPeople, "200"), (People, "6"), (DaysPerWeek, "3")],
        Some(1.2),
    ),
    ("nearly done, a late certification body", &[(BookingWeeks, "40")], Some(2.8)),
    ("all at 3, without evidence", &[], Some(3.0)),
];

#[test]
fn the_sentence_of_explanation() {
    let mut told = String::new();
    for (name, profile, mean) in CASES {
        let mut assessment = assessment(profile);
        if let Some(mean) = mean {
            answer_all(&mut assessment, &ISO42001, mean);
        }
        tell(&mut told, name, &assessment);
    }
    let mut half = assessment(&[(People, "3"), (DaysPerWeek, "3")]);
    for id in ids(&ISO42001).iter().step_by(2) {
        answer(&mut half, id, 2);
    }
    tell(&mut told, "every other question at 2", &half);
    let mut whole = assessment(&[]);
    for id in ids(&ISO42001) {
        answer(&mut whole, &id, 3);
        prove(&mut whole, &id);
    }
    tell(&mut told, "all at 3, with evidence", &whole);
    insta::assert_snapshot!(told);
}

fn tell(told: &mut String, name: &str, assessment: &Assessment) {
    let today = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
    let forecast = simulate(&plan(&ISO42001, assessment, today).unwrap(), Seed(1), 2_000);
    let last = forecast.milestones.last().unwrap().months;
    writeln!(told, "{name} (P10 {:.1}, P90 {:.1}):\n{}", last.p10, last.p90, forecast.explanation).unwrap();
    for sensitivity in forecast.sensitivities.iter().take(5) {
        let (title, correlation) = (&sensitivity.title, sensitivity.correlation);
        writeln!(told, "    {correlation:>5.2} {:.1} .. {:.1} {title}", sensitivity.best, sensitivity.worst).unwrap();
    }
    told.push('\n');
}
