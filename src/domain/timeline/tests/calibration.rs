//! Holds the forecast against what vendors, certification bodies and consultants have published.

use std::fmt::Write as _;

use chrono::NaiveDate;
use toml::{Table, Value};

use crate::domain::assessment::{Assessment, Seed};
use crate::domain::profile::ProfileKey;
use crate::domain::roadmap::Milestone;
use crate::domain::timeline::tests::reader::{ISO42001, answer_all, assessment, list, number, set, table, text};
use crate::domain::timeline::{Forecast, plan, simulate};

const ROWS: &str = include_str!("../../../../tests/fixtures/timelines.toml");

#[test]
fn calibration() {
    let mut inside = 0;
    let mut told = format!("{:<42} {:>9}   {:>13} {:>5}  \n", "source", "published", "P10 .. P90", "P50");
    for row in list(&table(ROWS), "row") {
        let row = row.as_table().unwrap();
        let name = text(row, "milestone");
        let milestone =
            Milestone::ALL.into_iter().find(|milestone| milestone.word() == name).unwrap_or(Milestone::Certificate);
        let forecast = forecast(&organisation(row));
        let months = forecast.milestone(milestone).unwrap();
        let [from, to] = list(row, "months").try_into().unwrap();
        let is_inside = (number(from)..=number(to)).contains(&months.p50);
        inside += u32::from(is_inside);
        writeln!(
            told,
            "{:<42.42} {:>4} - {:<4} {:>5.1} .. {:<4.1} {:>5.1}  {} ({:.0} person-days, people bind {:.0} %)",
            text(row, "source"),
            number(from),
            number(to),
            months.p10,
            months.p90,
            months.p50,
            if is_inside { "inside" } else { "OUTSIDE" },
            forecast.effort.p50,
            forecast.binding.people * 100.0
        )
        .unwrap();
    }
    println!("{told}");
    assert!(inside >= 7, "{told}");
    let page = include_str!("../../../../docs/timeline.md");
    assert!(page.contains(&told), "docs/timeline.md has another table than this one:\n{told}");
}

fn organisation(row: &Table) -> Assessment {
    let profile = row["profile"].as_table().unwrap();
    let mut assessment = assessment(&[]);
    for (word, value) in profile {
        let Some(key) = ProfileKey::from_word(word) else { continue };
        let value = match value {
            Value::String(text) => text.clone(),
            Value::Array(words) => words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","),
            other => other.to_string(),
        };
        set(&mut assessment, key, &value);
    }
    answer_all(&mut assessment, &ISO42001, number(&profile["maturity"]));
    assessment
}

fn forecast(assessment: &Assessment) -> Forecast {
    let today = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
    simulate(&plan(&ISO42001, assessment, today).unwrap(), Seed(1), 4_000)
}
