//! The order of the plan, what each action gains, and the next best hour.

use crate::domain::actions::{Action, HOUR, Status, next_hour, rank};
use crate::domain::assessment::Assessment;
use crate::domain::change::Change;
use crate::domain::level::Level;
use crate::domain::questionnaire::{EvidenceKind, Question, Questionnaire};
use crate::domain::report::gain;
use crate::domain::roadmap::{Package, PackageKind, Phase, Reference, Roadmap, Settings, ThreePoint};
use crate::domain::scoring::score;
use crate::domain::testing::{answer, area, assessment, clause, day, evidence, header, question, today};
use crate::domain::timeline::{FEW_TRIALS, plan, work};

fn package(id: &str, phase: Phase, closes: &[&str], after: &[&str]) -> Package {
    Package {
        id: id.into(),
        title: format!("Package {id}"),
        phase,
        kind: PackageKind::Work { closes: closes.iter().map(|id| (*id).into()).collect() },
        effort: ThreePoint { low: 2.0, mode: 4.0, high: 6.0 },
        waiting: ThreePoint::default(),
        after: after.iter().map(|id| (*id).into()).collect(),
        workers: 2.0,
        scales: vec![],
        reuse: vec![],
        source: "made up".to_owned(),
    }
}

/// Returns a questionnaire with a scope, a method that builds on it, and an audit.
fn sample() -> (Questionnaire, Assessment) {
    let stopper = |id: &str| Question { showstopper: true, documented: true, ..question(id) };
    let areas = vec![
        area("4", vec![clause("4.1", vec![question("a"), question("b")])]),
        area("6", vec![clause("6.1", vec![stopper("m"), question("n")])]),
        area("9", vec![clause("9.2", vec![stopper("x")])]),
    ];
    let settings = Settings {
        reference: Reference { headcount: 50.0, ai_systems: 3.0, ai_people: 8.0, sites: 1.0, suppliers: 5.0 },
        utilisation: 1.0,
        consultant_saves: 0.0,
        source: String::new(),
    };
    let packages = vec![
        package("scope", Phase::Scope, &["a", "b"], &[]),
        package("method", Phase::Design, &["m", "n"], &["scope"]),
        package("audit", Phase::Check, &["x"], &[]),
    ];
    let roadmap = Roadmap { settings, drivers: vec![], packages };
    let questionnaire = Questionnaire::new(header(), areas, Some(roadmap)).expect("the sample has no flaws");
    let assessment = assessment(&questionnaire);
    (questionnaire, assessment)
}

fn ranked(questionnaire: &Questionnaire, assessment: &Assessment) -> Vec<Action> {
    let card = score(questionnaire, assessment, today());
    let plan = plan(questionnaire, assessment, today()).expect("the sample has a road map");
    rank(questionnaire, assessment, &card, &work(&plan, assessment.seed(), FEW_TRIALS))
}

fn answered(levels: &[(&str, u8)]) -> Vec<Action> {
    let (questionnaire, mut assessment) = sample();
    for (id, level) in levels {
        answer(&mut assessment, id, *level);
    }
    ranked(&questionnaire, &assessment)
}

fn ids(actions: &[Action]) -> Vec<&str> {
    actions.iter().map(|action| action.question.as_str()).collect()
}

#[test]
fn what_others_build_on_comes_before_what_weighs_more() {
    let actions = answered(&[("a", 1), ("b", 1), ("m", 0), ("n", 0), ("x", 2)]);
    let steps: Vec<(&str, usize)> = actions.iter().map(|a| (a.question.as_str(), a.step)).collect();
    assert_eq!(steps, [("a", 1), ("b", 1), ("m", 2), ("n", 2), ("x", 3)]);
    assert_eq!(actions[2].builds_on, ["Package scope"]);
    assert_eq!(
        actions[4].builds_on,
        ["Package scope", "Package method"],
        "an audit is held when the rest is practised"
    );
}

#[test]
fn an_audit_is_planned_at_once_and_held_when_the_rest_is_practised() {
    let at = |x: u8, others: u8| {
        let actions = answered(&[("a", others), ("b", others), ("m", others), ("n", others), ("x", x)]);
        actions.into_iter().find(|action| action.question.as_str() == "x").map(|action| action.step)
    };
    assert_eq!(at(0, 1), Some(1), "a plan for the audit needs nothing");
    assert_eq!(at(2, 2), Some(2));
    assert_eq!(at(2, 3), Some(1));
}

#[test]
fn the_gain_of_an_audit_that_is_not_planned_is_that_of_planning_it_and_says_so() {
    let of = |x: u8| {
        let actions = answered(&[("a", 3), ("b", 3), ("m", 3), ("n", 3), ("x", x)]);
        let audit = actions.into_iter().find(|action| action.question.as_str() == "x").expect("it is a gap");
        (audit.is_to_plan, gain(&audit).ends_with("That is for planning it; to hold it is work of its own, later."))
    };
    assert_eq!(of(1), (true, true));
    assert_eq!(of(2), (false, false), "it is planned: what is left is to hold it");
}

#[test]
fn the_next_step_is_told_by_what_is_reached_and_not_by_what_falls_short() {
    let (questionnaire, mut assessment) = sample();
    let mut areas = questionnaire.areas().to_vec();
    let levels =
        ["None.", "Some.", "It is approved; some are missing.", "It is done; nothing is due.", "Seen.", "Better."];
    areas[0].requirements[0].questions[0].levels = levels.map(str::to_owned);
    let questionnaire = Questionnaire::new(header(), areas, None).expect("the sample has no flaws");
    let mut next = |level: u8| {
        answer(&mut assessment, "a", level);
        let card = score(&questionnaire, &assessment, today());
        rank(&questionnaire, &assessment, &card, &[]).remove(0).next_text
    };
    assert_eq!(next(1), "It is approved.");
    assert_eq!(next(2), "It is done; nothing is due.", "the other levels use a semicolon for other things");
}

#[test]
fn within_a_step_an_audit_stops_come_first_and_reviews_last_of_their_kind() {
    let actions = answered(&[("a", 2), ("b", 2), ("m", 1), ("n", 1), ("x", 0)]);
    assert_eq!(ids(&actions), ["m", "x", "n", "a", "b"]);
    let reasons: Vec<&str> = actions.iter().map(|action| action.reason.word()).collect();
    assert_eq!(reasons, ["showstopper", "showstopper", "major", "minor", "minor"]);
}

#[test]
fn a_gain_can_be_recomputed_by_hand() {
    let actions = answered(&[("a", 3), ("b", 3), ("m", 1), ("n", 3), ("x", 3)]);
    let action = &actions[0];
    assert_eq!((action.question.as_str(), action.level.number(), action.next.number()), ("m", 1, 2));
    // One of two documented questions from 1 to 2; one of five questions from 1 to 3, claimed and evidenced.
    assert!((action.gain.stage1 - 25.0).abs() < 1e-9, "{:?}", action.gain);
    let stage2 = 100.0 / 5.0 * 2.0 / 3.0;
    assert!((action.gain.stage2 - stage2).abs() < 1e-9 && (action.gain.evidenced - stage2).abs() < 1e-9);
    // The package's four days, of which the gap is seven eighths of a half: what is done now and then saves an eighth.
    let effort = 4.0 * 7.0 / 8.0 / 2.0;
    assert!(action.effort.is_some_and(|days| (days - effort).abs() < 1e-9), "{:?}", action.effort);
    assert!(action.gain.months.is_some(), "{:?}", action.gain);
    assert!((action.value - action.gain.points() / effort).abs() < 1e-9);
    let claims: Vec<&str> = actions.iter().skip(1).map(|action| action.reason.word()).collect();
    assert_eq!(claims, ["unsupported"; 4], "what is claimed without evidence stands at the end");
    assert_eq!(actions[1].effort, Some(HOUR));
}

#[test]
fn the_actions_of_a_package_share_its_effort_and_its_months() {
    let (questionnaire, mut assessment) = sample();
    for (id, level) in [("a", 0), ("b", 1), ("m", 3), ("n", 3), ("x", 2)] {
        answer(&mut assessment, id, level);
    }
    let plan = plan(&questionnaire, &assessment, today()).expect("the sample has a road map");
    let left = work(&plan, assessment.seed(), FEW_TRIALS);
    let [scope, _] = left.as_slice() else { panic!("two packages are left: {left:?}") };
    assert!(scope.months.is_some_and(|months| months > 0.0), "{scope:?}");
    let actions = ranked(&questionnaire, &assessment);
    let of_scope = || actions.iter().filter(|action| action.package == "Package scope" && action.level.number() < 3);
    let effort: f64 = of_scope().filter_map(|action| action.effort).sum();
    let months: f64 = of_scope().filter_map(|action| action.gain.months).sum();
    assert!((effort - scope.effort).abs() < 1e-9 && (months - scope.months.unwrap_or_default()).abs() < 1e-9);
}

#[test]
fn an_action_says_whether_somebody_takes_care_of_it() {
    let (questionnaire, mut a) = sample();
    for id in ["a", "b", "m", "n"] {
        answer(&mut a, id, 2);
    }
    a.apply(&Change::owner(&a, &"b".into(), "Eve".to_owned()));
    for (id, due) in [("m", day(2027, 2, 28)), ("n", day(2027, 3, 1))] {
        a.apply(&Change::owner(&a, &id.into(), "Eve".to_owned()));
        a.apply(&Change::due(&a, &id.into(), Some(due)));
    }
    let actions = ranked(&questionnaire, &a);
    let of = |id: &str| actions.iter().find(|action| action.question.as_str() == id).map(|action| action.status);
    assert_eq!(of("a"), Some(Status::WithoutOwner));
    assert_eq!(of("b"), Some(Status::WithoutDate));
    assert_eq!(of("m"), Some(Status::Overdue));
    assert_eq!(of("n"), Some(Status::Planned), "the day itself is still in time");
}

#[test]
fn the_next_hour_answers_then_notes_then_begins() {
    let (questionnaire, mut assessment) = sample();
    let kind = |assessment: &Assessment| {
        let card = score(&questionnaire, assessment, today());
        next_hour(&questionnaire, &card, &ranked(&questionnaire, assessment)).map(|hour| hour.kind.word())
    };
    assert_eq!(kind(&assessment), Some("answer"));
    for id in ["a", "b", "m", "n", "x"] {
        answer(&mut assessment, id, 3);
    }
    assert_eq!(kind(&assessment), Some("note-evidence"));
    for id in ["a", "b", "m", "n", "x"] {
        evidence(&mut assessment, id, EvidenceKind::Record, None);
    }
    assert_eq!(kind(&assessment), None, "nothing is left to do");
    answer(&mut assessment, "a", 1);
    assert_eq!(kind(&assessment), Some("begin"));
}

#[test]
fn without_a_road_map_gaps_are_ranked_by_their_points() {
    let questions = vec![question("p"), Question { weight: 3.0, ..question("q") }];
    let questionnaire = crate::domain::testing::questionnaire(vec![area("4", vec![clause("4.1", questions)])]);
    let mut assessment = assessment(&questionnaire);
    answer(&mut assessment, "p", 1);
    answer(&mut assessment, "q", 1);
    let card = score(&questionnaire, &assessment, today());
    let actions = rank(&questionnaire, &assessment, &card, &[]);
    assert_eq!(ids(&actions), ["q", "p"]);
    assert!(actions.iter().all(|action| action.effort.is_none() && action.gain.months.is_none() && action.step == 1));
}

#[test]
fn what_is_to_be_reached_is_told_without_what_is_missing_at_that_level() {
    let question = Question {
        levels: [
            "Nothing.",
            "Some notes; nothing is approved.",
            "A list is approved; it is not used yet.",
            "It is used; records show it.",
            "It is measured.",
            "It is improved.",
        ]
        .map(str::to_owned),
        ..question("q")
    };
    assert_eq!(question.goal(Level::Documented), "A list is approved.");
    assert_eq!(question.goal(Level::Operating), "It is used; records show it.");
    assert_eq!(question.goal(Level::Absent), "Nothing.");
}
