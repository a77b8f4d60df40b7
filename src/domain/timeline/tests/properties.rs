//! What must always be true, whatever the road map, the answers and the profile.

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::domain::assessment::{Assessment, Seed};
use crate::domain::profile::{Certificate, ProfileKey};
use crate::domain::questionnaire::{Area, Questionnaire, Requirement, RequirementKind};
use crate::domain::roadmap::{
    Chance, Driver, Milestone, Package, PackageKind, Phase, Reference, Roadmap, Settings, Size, Step, ThreePoint,
};
use crate::domain::timeline::tests::reader::{
    ISO42001, answer, answer_all, assessment, ids, prove, question, questionnaire, set,
};
use crate::domain::timeline::{
    DAYS_PER_MONTH, Forecast, Percentiles, Plan, merge, parts, plan, simulate, simulate_part,
};

/// Something that must never make the way longer.
#[derive(Clone, Copy, Debug)]
enum Better {
    Answer,
    Evidence,
    Set(ProfileKey, &'static str),
    Certificate(Certificate),
}

/// What the better situation starts from.
#[derive(Clone, Debug)]
struct Situation {
    levels: Vec<Option<u8>>,
    proven: Vec<bool>,
    profile: Vec<(ProfileKey, String)>,
    held: Option<Certificate>,
    which: Index,
}

fn better() -> impl Strategy<Value = Better> {
    use ProfileKey::{AiPeople, AiSystems, BookingWeeks, Consultant, DaysPerWeek, Headcount, People, Sites, Suppliers};
    let keys = [
        (People, "40"),
        (DaysPerWeek, "5"),
        (Consultant, "true"),
        (Headcount, "2"),
        (AiSystems, "1"),
        (AiPeople, "1"),
        (Sites, "1"),
        (Suppliers, "0"),
        (BookingWeeks, "1"),
    ];
    prop_oneof![
        4 => Just(Better::Answer),
        1 => Just(Better::Evidence),
        6 => proptest::sample::select(keys.to_vec()).prop_map(|(key, value)| Better::Set(key, value)),
        1 => proptest::sample::select(Certificate::ALL.to_vec()).prop_map(Better::Certificate),
    ]
}

fn situation() -> impl Strategy<Value = Situation> {
    use ProfileKey::{AiPeople, AiSystems, BookingWeeks, DaysPerWeek, Headcount, People, Sites, Suppliers};
    let profile = (0.2..30.0, 0.2..5.0, 2..4000_u32, 1..60_u32, (1..300_u32, 1..9_u32, 0..50_u32, 1..60_u32)).prop_map(
        |(people, days, headcount, systems, (ai_people, sites, suppliers, weeks))| {
            vec![
                (People, format!("{people:.1}")),
                (DaysPerWeek, format!("{days:.1}")),
                (Headcount, headcount.to_string()),
                (AiSystems, systems.to_string()),
                (AiPeople, ai_people.to_string()),
                (Sites, sites.to_string()),
                (Suppliers, suppliers.to_string()),
                (BookingWeeks, weeks.to_string()),
            ]
        },
    );
    let held = proptest::option::of(proptest::sample::select(Certificate::ALL.to_vec()));
    let levels = prop_oneof![
        3 => proptest::collection::vec(proptest::option::weighted(0.8, 0..6_u8), 40),
        1 => Just(vec![None; 40]),
    ];
    (levels, proptest::collection::vec(any::<bool>(), 40), profile, held, any::<Index>())
        .prop_map(|(levels, proven, profile, held, which)| Situation { levels, proven, profile, held, which })
}

fn share() -> impl Strategy<Value = f64> {
    (0..=10_u32).prop_map(|tenths| f64::from(tenths) / 10.0)
}

fn three_points() -> impl Strategy<Value = ThreePoint> {
    (0..20_u32, 0..20_u32, 0..40_u32).prop_map(|(low, more, most)| ThreePoint {
        low: f64::from(low),
        mode: f64::from(low + more),
        high: f64::from(low + more + most),
    })
}

fn package(number: usize) -> impl Strategy<Value = Package> {
    let chance = proptest::option::of((share(), share()));
    let step = (any::<bool>(), any::<bool>(), chance, share(), proptest::option::of(0..Milestone::ALL.len()));
    let scales = proptest::collection::vec((proptest::sample::select(Size::ALL.to_vec()), share()), 0..3);
    let reuse = proptest::collection::vec((proptest::sample::select(Certificate::ALL.to_vec()), share()), 0..3);
    let after = proptest::collection::vec(any::<Index>(), 0..3);
    (step, three_points(), three_points(), after, (1..9_u32, scales, reuse)).prop_map(
        move |(
            (is_step, booking, chance, eased_by_evidence, milestone),
            effort,
            waiting,
            after,
            (workers, scales, reuse),
        )| {
            let step = Step {
                milestone: milestone.map(|index| Milestone::ALL[index]),
                booking,
                chance: chance.map(|(base, unevidenced)| Chance { base, unevidenced }),
                eased_by_evidence,
            };
            let work = PackageKind::Work {
                closes: vec![format!("{number}-1").as_str().into(), format!("{number}-2").as_str().into()],
            };
            let after =
                after.iter().filter(|_| number > 0).map(|index| format!("p{}", index.index(number)).as_str().into());
            Package {
                id: format!("p{number}").as_str().into(),
                title: format!("Package {number}"),
                phase: Phase::Implement,
                kind: if is_step && number > 0 { PackageKind::Step(step) } else { work },
                effort,
                waiting,
                after: after.collect(),
                workers: f64::from(workers) / 2.0,
                scales,
                reuse,
                source: String::new(),
            }
        },
    )
}

fn random_questionnaire() -> impl Strategy<Value = Questionnaire> {
    let packages = (1..10_usize).prop_flat_map(|count| (0..count).map(package).collect::<Vec<_>>());
    (packages, proptest::collection::vec(0..7_u32, 0..3), share(), share()).prop_map(
        |(packages, pulls, used, saves)| {
            let drivers = pulls.iter().enumerate().map(|(index, tenths)| Driver {
                id: format!("d{index}").as_str().into(),
                title: String::new(),
                pull: f64::from(*tenths) / 10.0,
                source: String::new(),
            });
            let closed = packages.iter().flat_map(Package::closes);
            let requirements = closed.map(|id| Requirement {
                id: id.as_str().into(),
                title: String::new(),
                kind: RequirementKind::Clause,
                weight: 1.0,
                weight_reason: String::new(),
                intent: String::new(),
                exclusion: None,
                questions: vec![question(id.as_str())],
            });
            let area = Area {
                id: "1".into(),
                title: String::new(),
                objective: String::new(),
                requirements: requirements.collect(),
            };
            let reference = Reference { headcount: 60.0, ai_systems: 3.0, ai_people: 10.0, sites: 1.0, suppliers: 8.0 };
            let settings =
                Settings { reference, utilisation: used.max(0.1), consultant_saves: saves, source: String::new() };
            questionnaire(vec![area], Roadmap { settings, drivers: drivers.collect(), packages })
        },
    )
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()
}

fn forecast(questionnaire: &Questionnaire, assessment: &Assessment, trials: u32) -> Forecast {
    simulate(&plan(questionnaire, assessment, today()).unwrap(), Seed(5), trials)
}

impl Situation {
    fn assessment(&self, questionnaire: &Questionnaire) -> Assessment {
        let mut assessment = assessment(&[]);
        for (key, value) in &self.profile {
            set(&mut assessment, *key, value);
        }
        if let Some(held) = self.held {
            set(&mut assessment, ProfileKey::Certificates, held.word());
        }
        for (index, id) in ids(questionnaire).iter().enumerate() {
            if let Some(level) = self.levels[index % self.levels.len()] {
                answer(&mut assessment, id, level);
            }
            if self.proven[index % self.proven.len()] {
                prove(&mut assessment, id);
            }
        }
        assessment
    }

    /// Returns the assessment in which one thing is better; what is as good already stays.
    fn bettered(&self, questionnaire: &Questionnaire, better: Better) -> Assessment {
        let mut assessment = self.assessment(questionnaire);
        let ids = ids(questionnaire);
        let at = self.which.index(ids.len());
        match better {
            Better::Answer => {
                if let Some(level) = self.levels[at % self.levels.len()].filter(|level| *level < 5) {
                    answer(&mut assessment, &ids[at], level + 1);
                }
            }
            Better::Evidence => prove(&mut assessment, &ids[at]),
            Better::Set(key, value) => set(&mut assessment, key, value),
            Better::Certificate(certificate) => {
                let held = self.held.map_or("", Certificate::word);
                set(
                    &mut assessment,
                    ProfileKey::Certificates,
                    format!("{held},{}", certificate.word()).trim_matches(','),
                );
            }
        }
        assessment
    }
}

fn points(percentiles: Percentiles) -> [f64; 4] {
    [percentiles.p10, percentiles.p50, percentiles.p80, percentiles.p90]
}

fn never_longer(
    questionnaire: &Questionnaire,
    situation: &Situation,
    better: Better,
    trials: u32,
) -> Result<(), TestCaseError> {
    let before = forecast(questionnaire, &situation.assessment(questionnaire), trials);
    let after = forecast(questionnaire, &situation.bettered(questionnaire, better), trials);
    for (before, after) in before.milestones.iter().zip(&after.milestones) {
        for (before, after) in points(before.months).into_iter().zip(points(after.months)) {
            prop_assert!(after <= before, "{better:?}: {after} after {before}");
        }
    }
    for (before, after) in points(before.effort).into_iter().zip(points(after.effort)) {
        prop_assert!(after <= before, "{better:?}: effort {after} after {before}");
    }
    Ok(())
}

fn is_sound(forecast: &Forecast) -> Result<(), TestCaseError> {
    for months in forecast.milestones.iter().map(|milestone| milestone.months).chain([forecast.effort]) {
        prop_assert!(
            0.0 <= months.p10 && months.p10 <= months.p50 && months.p50 <= months.p80 && months.p80 <= months.p90
        );
        prop_assert!(months.p90.is_finite());
    }
    for pair in forecast.milestones.windows(2) {
        prop_assert!(pair[0].milestone < pair[1].milestone);
        for (earlier, later) in points(pair[0].months).into_iter().zip(points(pair[1].months)) {
            prop_assert!(earlier <= later);
        }
    }
    prop_assert_eq!(forecast.histogram.counts.iter().sum::<u32>(), forecast.trials);
    prop_assert!(forecast.histogram.counts.len() <= 40);
    prop_assert!((forecast.binding.path + forecast.binding.people - 1.0).abs() < 1e-12);
    for package in &forecast.packages {
        prop_assert!((0.0..=1.0).contains(&package.criticality));
        prop_assert!(0.0 <= package.months.0 && package.months.0 <= package.months.1 + 1e-9);
    }
    for sensitivity in &forecast.sensitivities {
        prop_assert!(sensitivity.correlation.abs() <= 1.0);
    }
    prop_assert!(!forecast.explanation.contains("NaN") && !forecast.explanation.contains("inf"));
    Ok(())
}

/// Returns the least and the most effort that the plan can come to: no draw leaves its bounds.
fn effort_bounds(plan: &Plan) -> (f64, f64) {
    let mut bounds = (0.0, 0.0);
    for activity in &plan.activities {
        let points = activity.effort.points();
        let open: f64 = plan.shares[activity.shares.clone()].iter().map(|share| share.weight).sum();
        bounds.0 += if activity.chance < 1.0 { 0.0 } else { points.low * activity.known_gap };
        bounds.1 += points.high * (activity.known_gap + open);
    }
    bounds
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn what_is_better_never_takes_longer(
        questionnaire in random_questionnaire(), situation in situation(), better in better()
    ) {
        never_longer(&questionnaire, &situation, better, 40)?;
    }

    #[test]
    fn a_forecast_is_sound(questionnaire in random_questionnaire(), situation in situation(), trials in 1..60_u32) {
        let assessment = situation.assessment(&questionnaire);
        let told = forecast(&questionnaire, &assessment, trials);
        is_sound(&told)?;
        prop_assert_eq!(&told, &forecast(&questionnaire, &assessment, trials));
        let (least, most) = effort_bounds(&plan(&questionnaire, &assessment, today()).unwrap());
        let slack = 1e-9 * (1.0 + most);
        prop_assert!(least - slack <= told.effort.p10 && told.effort.p90 <= most + slack);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn on_the_real_road_map_what_is_better_never_takes_longer(situation in situation(), better in better()) {
        never_longer(&ISO42001, &situation, better, 40)?;
    }

    #[test]
    fn on_the_real_road_map_a_forecast_is_sound(situation in situation()) {
        is_sound(&forecast(&ISO42001, &situation.assessment(&ISO42001), 40))?;
    }
}

#[test]
fn no_number_of_people_makes_the_way_from_zero_shorter_than_five_months() {
    let mut tiny = assessment(&[
        (ProfileKey::People, "1000"),
        (ProfileKey::DaysPerWeek, "7"),
        (ProfileKey::Headcount, "1"),
        (ProfileKey::AiSystems, "1"),
        (ProfileKey::AiPeople, "1"),
        (ProfileKey::Suppliers, "0"),
        (ProfileKey::Consultant, "true"),
        (ProfileKey::BookingWeeks, "0"),
    ]);
    answer_all(&mut tiny, &ISO42001, 0.0);
    let told = forecast(&ISO42001, &tiny, 2_000);
    let months = told.milestone(Milestone::Certificate).unwrap();
    assert!(months.p50 >= 5.0 && months.p10 >= 4.0, "{months:?}");
    assert!(told.binding.path > 0.9);
}

#[test]
fn with_everything_at_three_and_evidenced_only_steps_remain() {
    let mut whole = assessment(&[]);
    answer_all(&mut whole, &ISO42001, 3.0);
    for id in ids(&ISO42001) {
        prove(&mut whole, &id);
    }
    let told = forecast(&ISO42001, &whole, 500);
    assert!(told.packages.iter().all(|package| package.is_step));
    assert!(told.explanation.contains("no gap is left to close"));
}

#[test]
fn open_answers_make_the_range_wider() {
    let open = forecast(&ISO42001, &assessment(&[]), 2_000);
    let mut known = assessment(&[]);
    answer_all(&mut known, &ISO42001, 1.0);
    let known = forecast(&ISO42001, &known, 2_000);
    let width = |forecast: &Forecast| forecast.milestones[3].months.p90 - forecast.milestones[3].months.p10;
    assert!(width(&open) > 1.15 * width(&known), "{} and {}", width(&open), width(&known));
    assert!(open.sensitivities.iter().any(|sensitivity| sensitivity.title.contains("open answers")));
}

#[test]
fn two_good_answers_do_not_make_the_estimate_shorter_by_much() {
    let open = forecast(&ISO42001, &assessment(&[]), 2_000);
    let mut few = assessment(&[]);
    answer(&mut few, "4.1-1", 2);
    answer(&mut few, "4.1-2", 3);
    let few = forecast(&ISO42001, &few, 2_000);
    let (before, after) = (open.milestones[3].months, few.milestones[3].months);
    assert!(before.p50 - after.p50 < 0.05 * before.p50, "{before:?} {after:?}");
    assert!(after.p90 - after.p10 > 0.9 * (before.p90 - before.p10), "{before:?} {after:?}");
}

#[test]
fn the_forecast_is_the_same_however_the_trials_are_cut_into_parts() {
    let plan = plan(&ISO42001, &assessment(&[(ProfileKey::Target, "2027-09-01")]), today()).unwrap();
    let whole = simulate(&plan, Seed(3), 2_500);
    for count in [1, 2, 3, 7, 2_500, 9_000] {
        let played = parts(2_500, count).into_iter().rev().map(|part| simulate_part(&plan, Seed(3), part));
        assert_eq!(whole, merge(&plan, Seed(3), played.collect()), "{count} parts");
    }
}

#[test]
fn the_latest_starts_move_with_the_target_and_keep_the_order() {
    let starts = |target: &str| {
        let told = forecast(&ISO42001, &assessment(&[(ProfileKey::Target, target)]), 500);
        told.latest_starts
    };
    let (soon, late) = (starts("2027-03-01"), starts("2027-03-31"));
    assert!(soon.iter().any(|start| start.months < 0.0), "three months are not enough");
    let shift = 30.0 / DAYS_PER_MONTH;
    for (soon, late) in soon.iter().zip(&late) {
        assert!((late.months - soon.months - shift).abs() < 1e-9, "{}", soon.id);
    }
    let of = |id: &str| soon.iter().find(|start| start.id.as_str() == id).unwrap().months;
    assert!(of("kick-off") < of("scope-statement") && of("scope-statement") < of("stage-1"));
    assert!(of("stage-1") < of("stage-2") && of("stage-2") < of("decision"));
    assert!(forecast(&ISO42001, &assessment(&[]), 50).latest_starts.is_empty());
}

#[test]
fn drivers_keep_the_range_from_cancelling_out() {
    let mut known = assessment(&[]);
    answer_all(&mut known, &ISO42001, 1.0);
    let plan = plan(&ISO42001, &known, today()).unwrap();
    let mut alone = plan.clone();
    alone.own_pull = 1.0;
    for driver in &mut alone.drivers {
        driver.1 = 0.0;
    }
    let width = |plan: &Plan| {
        let months = simulate(plan, Seed(5), 2_000).milestones[3].months;
        months.p90 - months.p10
    };
    assert!(width(&plan) > 1.5 * width(&alone));
}

#[test]
fn a_change_of_one_answer_is_seen_without_noise() {
    let mut before = assessment(&[]);
    answer_all(&mut before, &ISO42001, 1.0);
    let mut after = before.clone();
    answer(&mut after, "8.2-1", 3);
    let (before, after) = (forecast(&ISO42001, &before, 300), forecast(&ISO42001, &after, 300));
    let months = before.milestones[3].months.p50 - after.milestones[3].months.p50;
    assert!((0.001..1.0).contains(&months), "{months} months saved");
}

#[test]
fn the_probability_of_a_target_is_the_share_of_the_trials_that_meet_it() {
    let told = |target: &str| {
        let target = forecast(&ISO42001, &assessment(&[(ProfileKey::Target, target)]), 500).target.unwrap();
        target.probability
    };
    assert!(told("2026-12-02") < 1e-12 && told("2060-01-01") > 0.999_999);
    let soon = told("2027-08-01");
    assert!((0.01..0.99).contains(&soon) && soon < told("2027-10-01"));
}

#[test]
fn the_start_is_the_profiles_day_or_today() {
    let plan_of = |profile: &[(ProfileKey, &str)]| plan(&ISO42001, &assessment(profile), today()).unwrap().start;
    assert_eq!(plan_of(&[]), today());
    assert_eq!(plan_of(&[(ProfileKey::Start, "2027-02-03")]), NaiveDate::from_ymd_opt(2027, 2, 3).unwrap());
}

#[test]
fn working_days_become_months_by_the_calendar() {
    let per_month = 5.0 / 7.0 * DAYS_PER_MONTH;
    assert!((crate::domain::timeline::forecast::MONTHS_PER_WORKING_DAY * per_month - 1.0).abs() < 1e-12);
}

#[test]
fn the_plan_around_the_middle_ends_where_the_middle_is() {
    let told = forecast(&ISO42001, &assessment(&[]), 2_000);
    let end = told.packages.iter().find(|package| package.milestone == Some(Milestone::Certificate)).unwrap().months.1;
    assert!((end - told.milestones[3].months.p50).abs() < 0.1);
}
