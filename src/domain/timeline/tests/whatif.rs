//! What-ifs, costs, capacity and the calendar, on the real road map.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::assessment::{Assessment, Seed};
use crate::domain::profile::ProfileKey;
use crate::domain::timeline::calendar::{EntryKind, calendar};
use crate::domain::timeline::tests::reader::{ISO42001, answer_all, assessment, ids, prove, set};
use crate::domain::timeline::{Forecast, capacity, compare, costs, plan, simulate, standard};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()
}

fn at_level(profile: &[(ProfileKey, &str)], mean: f64) -> Assessment {
    let mut assessment = assessment(profile);
    answer_all(&mut assessment, &ISO42001, mean);
    assessment
}

fn forecast(assessment: &Assessment) -> Forecast {
    simulate(&plan(&ISO42001, assessment, today()).unwrap(), Seed(1), 500)
}

#[test]
fn nothing_supposed_saves_nothing_in_any_trial() {
    let base = plan(&ISO42001, &at_level(&[], 1.0), today()).unwrap();
    let saved = compare(&base, &base, Seed(1), 200).saved;
    assert!([saved.p10, saved.p50, saved.p80, saved.p90].into_iter().all(|months| months.abs() < f64::EPSILON));
}

#[test]
fn every_standard_what_if_saves_time_in_every_trial_and_the_best_comes_first() {
    for mean in [0.4, 1.2, 2.4] {
        let told = standard(&ISO42001, &at_level(&[], mean), today());
        assert_eq!(told.len(), 7);
        assert!(told.iter().all(|(_, comparison)| comparison.saved.p10 >= 0.0));
        assert!(told.is_sorted_by(|a, b| a.1.saved.p50 >= b.1.saved.p50));
        assert!(told[0].1.saved.p50 > 0.1, "{mean}: {:?}", told[0]);
    }
}

#[test]
fn what_is_there_already_is_not_supposed() {
    use ProfileKey::{AiSystems, BookingWeeks, Certificates, Consultant, DaysPerWeek};
    let has_all =
        [(AiSystems, "1"), (BookingWeeks, "0"), (Certificates, "iso27001"), (Consultant, "true"), (DaysPerWeek, "5")];
    let mut whole = at_level(&has_all, 3.0);
    for id in ids(&ISO42001) {
        prove(&mut whole, &id);
    }
    let titles: Vec<String> = standard(&ISO42001, &whole, today()).into_iter().map(|(told, _)| told.title).collect();
    assert_eq!(titles, ["One person more"]);
}

#[test]
fn an_open_assessment_is_compared_with_the_same_draws_as_an_answered_one() {
    let open = plan(&ISO42001, &assessment(&[]), today()).unwrap();
    let closed = plan(&ISO42001, &at_level(&[], 3.0), today()).unwrap();
    let told = compare(&open, &closed, Seed(1), 300);
    assert!(told.saved.p10 > 0.0);
    let mirrored = compare(&closed, &open, Seed(1), 300);
    assert!((told.base.p50 - mirrored.changed.p50).abs() < 1e-12);
}

#[test]
fn the_capacity_that_is_told_is_enough_and_less_is_not() {
    let mut assessment = at_level(&[(ProfileKey::Target, "2027-10-01")], 1.0);
    let needed = capacity(&ISO42001, &assessment, today()).unwrap();
    let people = needed.people.unwrap();
    let probability = |assessment: &Assessment| forecast(assessment).target.unwrap().probability;
    set(&mut assessment, ProfileKey::People, &people.to_string());
    assert!(probability(&assessment) > 0.74, "{people}: {}", probability(&assessment));
    set(&mut assessment, ProfileKey::People, &(people - 0.5).to_string());
    assert!(probability(&assessment) < 0.86);
    set(&mut assessment, ProfileKey::Target, "2027-01-15");
    let never = capacity(&ISO42001, &assessment, today()).unwrap();
    assert_eq!((never.people, never.days_per_week), (None, None));
}

#[test]
fn costs_are_ranges_and_need_a_rate() {
    let profile = [(ProfileKey::RateInternal, "500"), (ProfileKey::Consultant, "true")];
    let assessment = at_level(&profile, 1.0);
    let told = costs(assessment.profile(), &forecast(&assessment));
    let (low, high) = told.internal.amount.unwrap();
    assert!(0.0 < low && low < high && (low / 500.0 - told.internal.days.0.round()).abs() < 1e-9);
    let external = told.external.unwrap();
    assert!(external.amount.is_none() && external.days.0 < external.days.1);
    assert!(told.audit.initial.0 < told.audit.initial.1);
}

#[test]
fn the_calendar_has_every_package_milestone_and_audit_once_and_in_order() {
    let told = forecast(&at_level(&[(ProfileKey::Target, "2027-10-01")], 1.0));
    let entries = calendar(&told);
    assert!(entries.is_sorted_by_key(|entry| entry.first));
    assert!(entries.iter().all(|entry| entry.first <= entry.last && entry.first >= told.start));
    let unique: HashSet<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(unique.len(), entries.len());
    let count = |kind| entries.iter().filter(|entry| entry.kind == kind).count();
    assert_eq!(count(EntryKind::Package), told.packages.len());
    assert_eq!([EntryKind::Milestone, EntryKind::Audit, EntryKind::Target].map(count), [4, 3, 1]);
}
