//! Twenty organisations that nobody published: the estimate is sane across sizes, certificates, maturity and capacity.

use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::domain::assessment::Seed;
use crate::domain::profile::ProfileKey;
use crate::domain::timeline::tests::reader::{ISO42001, answer_all, assessment, set};
use crate::domain::timeline::{plan, simulate};

/// A name; headcount, AI systems, people doing AI work; people on the project and their days a week; certificates;
/// whether a consultant helps; the mean level; the months that somebody who has done it would find sane for the P50.
type Case = (&'static str, [u32; 3], (f64, f64), &'static str, bool, f64, (f64, f64));

#[rustfmt::skip]
const CASES: [Case; 20] = [
    ("start-up of 5, one product, founder half-time",   [5, 1, 4],      (1.0, 2.5), "",                 false, 0.8, (5.0, 10.0)),
    ("the same, with a consultant",                     [5, 1, 4],      (1.0, 2.5), "",                 true,  0.8, (5.0, 9.0)),
    ("the same, a day a week",                          [5, 1, 4],      (1.0, 1.0), "",                 false, 0.8, (9.0, 20.0)),
    ("start-up of 12 with SOC 2",                       [12, 2, 8],     (2.0, 2.0), "soc2",             false, 1.2, (5.0, 10.0)),
    ("agency of 25 that only uses AI",                  [25, 3, 5],     (1.0, 2.0), "",                 false, 0.7, (9.0, 20.0)),
    ("SaaS of 40, ISO/IEC 27001 live",                  [40, 2, 8],     (2.0, 2.5), "iso27001",         false, 1.5, (4.0, 8.0)),
    ("SaaS of 40, ISO/IEC 27001, all hands",            [40, 2, 8],     (4.0, 4.0), "iso27001",         true,  1.5, (4.0, 7.0)),
    ("health start-up of 60, from zero",                [60, 3, 20],    (2.0, 3.0), "",                 true,  0.5, (6.0, 12.0)),
    ("consultancy of 80 with ISO 9001",                 [80, 3, 10],    (2.0, 2.0), "iso9001",          false, 1.2, (6.0, 12.0)),
    ("scale-up of 120, 27001 and 27701",                [120, 5, 30],   (3.0, 2.5), "iso27001,iso27701", false, 1.6, (4.0, 9.0)),
    ("manufacturer of 250, from zero",                  [250, 4, 10],   (2.0, 2.0), "iso9001",          false, 0.8, (9.0, 17.0)),
    ("insurer of 400, well governed",                   [400, 8, 40],   (4.0, 3.0), "iso27001",         true,  2.0, (4.0, 9.0)),
    ("insurer of 400, from zero",                       [400, 8, 40],   (4.0, 3.0), "",                 false, 0.5, (9.0, 16.0)),
    ("public agency of 700",                            [700, 6, 25],   (3.0, 2.0), "",                 false, 0.9, (10.0, 20.0)),
    ("bank of 2,000 with 30 systems",                   [2000, 30, 150], (6.0, 3.0), "iso27001",        true,  1.3, (9.0, 18.0)),
    ("group of 10,000 with 60 systems",                 [10_000, 60, 400], (10.0, 4.0), "iso27001",     true,  1.0, (9.0, 24.0)),
    ("group of 10,000 that staffs it thinly",           [10_000, 60, 400], (3.0, 2.0), "",              false, 1.0, (36.0, 120.0)),
    ("an AIMS that runs, no evidence noted",            [60, 3, 10],    (2.0, 2.0), "iso27001",         false, 3.0, (4.0, 7.0)),
    ("documented throughout, not lived yet",            [60, 3, 10],    (2.0, 2.0), "iso27001",         false, 2.0, (4.5, 8.0)),
    ("documented throughout, ten people full-time",     [60, 3, 10],    (10.0, 5.0), "iso27001",        true,  2.0, (4.0, 7.0)),
];

#[test]
fn no_organisation_gets_an_absurd_estimate() {
    let today = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
    let mut told = format!("{:<48} {:>13} {:>6}  {:>12}\n", "organisation", "P10 .. P90", "P50", "person-days");
    let mut absurd = vec![];
    for (name, [headcount, systems, ai_people], (people, days), certificates, consultant, mean, (from, to)) in CASES {
        let mut assessment = assessment(&[]);
        for (key, value) in [
            (ProfileKey::Headcount, headcount.to_string()),
            (ProfileKey::AiSystems, systems.to_string()),
            (ProfileKey::AiPeople, ai_people.to_string()),
            (ProfileKey::People, people.to_string()),
            (ProfileKey::DaysPerWeek, days.to_string()),
            (ProfileKey::Certificates, certificates.to_owned()),
            (ProfileKey::Consultant, consultant.to_string()),
        ] {
            set(&mut assessment, key, &value);
        }
        answer_all(&mut assessment, &ISO42001, mean);
        let forecast = simulate(&plan(&ISO42001, &assessment, today).unwrap(), Seed(1), 1_000);
        let months = forecast.milestones[3].months;
        let (low, middle, high, effort) = (months.p10, months.p50, months.p90, forecast.effort.p50);
        writeln!(told, "{name:<48} {low:>5.1} .. {high:>5.1} {middle:>6.1}  {effort:>11.0}").unwrap();
        if !(from..=to).contains(&middle) || high > 2.2 * low {
            absurd.push(name);
        }
    }
    insta::assert_snapshot!(told);
    assert!(absurd.is_empty(), "{absurd:?}\n{told}");
}
