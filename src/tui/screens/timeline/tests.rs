//! What the timeline shows, how it folds and zooms, and what is tried out on it.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::domain::assessment::{Assessment, Depth, QuestionnaireRef, Seed};
use crate::domain::history::History;
use crate::domain::level::Level;
use crate::domain::profile::ProfileKey;
use crate::domain::roadmap::{Milestone, Phase};
use crate::domain::timeline::{
    Binding, Comparison, Forecast, Histogram, LatestStart, MilestoneForecast, Outlook, PackageForecast, Percentiles,
    Sensitivity, TRIALS,
};
use crate::storage::library::Library;
use crate::tui::action::Action;
use crate::tui::effect::{Effect, Opened, Outcome, Ticket};
use crate::tui::message::Message;
use crate::tui::message::Size;
use crate::tui::session::FIRST_TRIALS;
use crate::tui::state::{Screen, State};
use crate::tui::testing::{FLOOR, NARROW, TODAY, WALL, WIDE, act, at_home, begun, drawn, finish};
use crate::tui::update::update;

const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/questionnaires/valid");

/// Returns a package of a made-up plan.
fn package(phase: Phase, title: &str, months: (f64, f64), effort: f64, criticality: f64) -> PackageForecast {
    PackageForecast {
        id: title.to_lowercase().replace(' ', "-").as_str().into(),
        title: title.to_owned(),
        phase,
        is_step: false,
        months,
        effort,
        criticality,
        questions: vec!["4.1-1".into(), "4.1-2".into()],
        milestone: None,
    }
}

fn step(phase: Phase, title: &str, months: (f64, f64), milestone: Option<Milestone>) -> PackageForecast {
    PackageForecast { is_step: true, questions: vec![], milestone, ..package(phase, title, months, 2.0, 0.9) }
}

fn packages() -> Vec<PackageForecast> {
    use Phase::{Certify, Check, Design, Implement, Operate, Scope};
    vec![
        package(Scope, "Set the project up with top management", (0.0, 0.3), 1.5, 0.9),
        package(Scope, "Find every AI system and list it", (0.3, 0.7), 2.5, 0.3),
        package(Scope, "Agree the scope", (0.7, 1.0), 1.0, 0.8),
        package(Design, "Write the AI policy and have it approved", (1.0, 1.6), 2.5, 0.8),
        package(Design, "Define AI risk criteria and the risk method", (1.1, 1.5), 3.0, 0.2),
        package(Implement, "Assess the risks of each AI system", (1.5, 2.6), 4.5, 0.7),
        package(Implement, "Assess the impact of each AI system", (1.6, 3.0), 5.0, 0.7),
        step(Operate, "Run the system until there are records", (1.6, 4.5), None),
        step(Check, "Internal audit", (3.4, 3.9), None),
        step(Check, "Hand the documents to the certification body", (4.2, 4.3), Some(Milestone::ReadyForStage1)),
        PackageForecast { criticality: 0.1, ..step(Certify, "Choose and book a certification body", (1.0, 3.0), None) },
        step(Certify, "Stage 1 audit", (4.3, 4.6), Some(Milestone::Stage1)),
        step(Certify, "Stage 2 audit", (5.6, 5.9), Some(Milestone::Stage2)),
        step(Certify, "Decision of the certification body", (6.2, 6.5), Some(Milestone::Certificate)),
    ]
}

/// Returns a made-up forecast that is so many months longer than another.
fn forecast(later: f64, trials: u32) -> Forecast {
    let months = |p50: f64| Percentiles { p10: p50 - 0.9, p50, p80: p50 + 0.8, p90: p50 + 1.3 };
    let reached = [4.3, 4.6, 5.9, 6.5].into_iter().zip(Milestone::ALL);
    let factor = |title: &str, reach: f64| Sensitivity {
        title: title.to_owned(),
        correlation: reach / 2.0,
        best: 6.5 + later - reach,
        worst: 6.6 + later + reach,
    };
    Forecast {
        seed: Seed(42),
        trials,
        start: NaiveDate::from_ymd_opt(2026, 11, 16).unwrap(),
        milestones: reached
            .map(|(at, milestone)| MilestoneForecast { milestone, months: months(at + later) })
            .collect(),
        histogram: Histogram { from: 5.0 + later, width: 0.5, counts: vec![20, 180, 320, 240, 130, 70, 30, 10] },
        binding: Binding { path: 0.4, people: 0.6 },
        packages: packages(),
        sensitivities: vec![
            factor("Support by top management", 1.2),
            factor("Growth of the scope on the way", 0.9),
            factor("Close nonconformities", 0.5),
        ],
        target: Some(Outlook { date: NaiveDate::from_ymd_opt(2027, 7, 31).unwrap(), probability: 0.83 }),
        effort: months(40.0),
        explanation: "Expect about 6.5 months, or 7.3 to be 80 % sure: inside the typical 6 to 12. Your people's time \
                      sets the pace: at 4.8 person-days a week the work fills 3.1 months."
            .to_owned(),
        inputs: vec![],
        latest_starts: vec![LatestStart { id: "agree-the-scope".into(), title: String::new(), months: -0.2 }],
    }
}

fn opened() -> Opened {
    let questionnaire = Library::new(None).load(FIXTURE).expect("it is valid").questionnaire;
    let header = questionnaire.header();
    let reference = QuestionnaireRef { id: header.id.clone(), version: header.version.clone() };
    Opened {
        key: "key".to_owned(),
        assessment: Assessment::new("Acme 2027", reference, Depth::Full, Seed(42)),
        history: Some(History::default()),
        questionnaire,
        read_only: None,
        notices: vec![],
        drafts: std::collections::BTreeMap::new(),
        export_folder: PathBuf::from("/home/eve/reports"),
        template: None,
    }
}

/// Returns the ticket of the simulation that was asked for, and its number of trials.
fn asked(effects: &[Effect]) -> Option<(Ticket, u32)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Simulate { ticket, trials, .. } => Some((*ticket, *trials)),
        _ => None,
    })
}

fn answer(state: &mut State, (ticket, trials): (Ticket, u32), later: f64) -> Vec<Effect> {
    let forecast = Box::new(forecast(later, trials));
    let saved = Percentiles { p10: -later - 0.3, p50: -later, p80: 0.2 - later, p90: 0.4 - later };
    let comparison = Comparison { base: Percentiles::default(), changed: Percentiles::default(), saved, met: None };
    finish(state, Outcome::Simulated { ticket, forecast, comparison: Some(comparison) })
}

/// Returns the timeline of an assessment in which nothing is answered.
fn timeline(size: Size) -> State {
    let mut state = at_home(size);
    assert!(finish(&mut state, Outcome::Opened(Ok(Box::new(opened())))).is_empty());
    let effects = update(&mut state, Message::Act(Action::GoTimeline));
    let first = asked(&effects).expect("there is a road map");
    assert!(answer(&mut state, first, 0.0).is_empty());
    state
}

/// Does something, and lets the simulation that it asks for end with this difference.
fn try_out(state: &mut State, action: Action, later: f64) {
    let effects = update(state, Message::Act(action));
    let first = asked(&effects).expect("it is tried out");
    assert_eq!(first.1, FIRST_TRIALS);
    let refined = asked(&answer(state, first, later)).expect("it is refined");
    assert_eq!(refined.1, TRIALS);
    assert!(answer(state, refined, later).is_empty());
}

#[test]
fn the_plan_at_every_size() {
    for (name, size) in [("60x16", FLOOR), ("80x24", NARROW), ("120x40", WIDE), ("200x60", WALL)] {
        insta::assert_snapshot!(format!("plan_{name}"), drawn(&timeline(size)));
    }
}

#[test]
fn a_phase_opens_to_its_packages_and_a_package_to_its_questions() {
    for (name, size) in [("80x24", NARROW), ("120x40", WIDE)] {
        let mut state = timeline(size);
        act(&mut state, &[Action::Confirm, Action::Down, Action::Right]);
        insta::assert_snapshot!(format!("open_{name}"), drawn(&state));
    }
}

#[test]
fn a_question_of_a_package_leads_to_where_it_is_answered_and_back() {
    let mut state = timeline(NARROW);
    act(&mut state, &[Action::Confirm, Action::Down, Action::Confirm, Action::Down, Action::Confirm]);
    assert!(matches!(&state.screen, Screen::Assess(screen) if screen.question().as_str() == "4.1-1"));
    act(&mut state, &[Action::Back]);
    assert!(drawn(&state).to_string().contains("4.1-1"), "the plan is as open as it was");
}

#[test]
fn closing_steps_up_to_what_the_line_stands_below() {
    let mut state = timeline(NARROW);
    act(&mut state, &[Action::Confirm, Action::Down, Action::Right, Action::Down, Action::Down]);
    act(&mut state, &[Action::Left, Action::Left]);
    let text = drawn(&state).to_string();
    assert!(text.contains("› + Scope") && !text.contains("Agree the scope"), "{text}");
}

#[test]
fn zooming_shows_a_phase_by_weeks_and_the_whole_cycle() {
    let mut state = timeline(WIDE);
    act(&mut state, &[Action::Confirm, Action::ZoomIn]);
    insta::assert_snapshot!("phase_120x40", drawn(&state));
    act(&mut state, &[Action::ZoomOut, Action::ZoomOut]);
    insta::assert_snapshot!("cycle_120x40", drawn(&state));
}

#[test]
fn chances_and_what_moves_the_end() {
    for (name, size) in [("80x24", NARROW), ("120x40", WIDE)] {
        let mut state = timeline(size);
        act(&mut state, &[Action::NextFilter]);
        insta::assert_snapshot!(format!("chances_{name}"), drawn(&state));
    }
}

#[test]
fn what_is_tried_out_is_seen_beside_what_is_recorded() {
    for (name, size) in [("80x24", NARROW), ("120x40", WIDE), ("200x60", WALL)] {
        let mut state = timeline(size);
        act(&mut state, &[Action::WhatIf]);
        try_out(&mut state, Action::Right, -0.9);
        try_out(&mut state, Action::Right, -1.2);
        insta::assert_snapshot!(format!("what_if_{name}"), drawn(&state));
    }
}

#[test]
fn what_is_tried_out_is_recorded_only_when_the_user_says_so() {
    let mut state = timeline(NARROW);
    act(&mut state, &[Action::WhatIf]);
    try_out(&mut state, Action::Right, -0.9);
    let people = |state: &State| state.session.as_ref().unwrap().assessment().profile().text(ProfileKey::People);
    assert_eq!(people(&state), "2");
    let effects = update(&mut state, Message::Act(Action::Keep));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Record { .. })));
    assert_eq!(people(&state), "2.5");
    assert!(state.session.as_ref().unwrap().supposition().is_none());
    act(&mut state, &[Action::Undo]);
    assert_eq!(people(&state), "2");
}

#[test]
fn moving_back_and_clearing_end_the_trying_out() {
    let mut state = timeline(NARROW);
    act(&mut state, &[Action::WhatIf]);
    try_out(&mut state, Action::Right, -0.9);
    let effects = update(&mut state, Message::Act(Action::Left));
    assert!(effects.is_empty() && !drawn(&state).to_string().contains("If so"));
    try_out(&mut state, Action::Left, 2.0);
    assert!(drawn(&state).to_string().contains("2.0 months later"));
    act(&mut state, &[Action::Clear]);
    assert!(!drawn(&state).to_string().contains("If so"));
}

#[test]
fn only_the_newest_of_what_is_tried_out_is_shown() {
    let mut state = timeline(NARROW);
    act(&mut state, &[Action::WhatIf]);
    let older = asked(&update(&mut state, Message::Act(Action::Right))).unwrap();
    let newer = asked(&update(&mut state, Message::Act(Action::Right))).unwrap();
    assert!(answer(&mut state, older, 5.0).is_empty());
    assert!(!drawn(&state).to_string().contains("months later"));
    assert!(asked(&answer(&mut state, newer, -1.0)).is_some());
    assert!(drawn(&state).to_string().contains("1.0 months sooner"));
}

#[test]
fn an_answer_that_is_recorded_meanwhile_is_waited_for_and_then_tried_out_again() {
    let mut state = timeline(NARROW);
    act(&mut state, &[Action::WhatIf]);
    try_out(&mut state, Action::Right, -0.9);
    let question = "4.1-1".into();
    let session = state.session.as_mut().unwrap();
    let level = Some(crate::domain::assessment::Answer::Level(Level::Documented));
    let change = crate::domain::change::Change::answer(session.assessment(), &question, level);
    assert_eq!(asked(&session.change(change).unwrap()), None);
    let base = asked(&update(&mut state, Message::Act(Action::Right))).expect("the forecast itself comes first");
    assert_eq!(base.1, TRIALS);
    assert!(update(&mut state, Message::Act(Action::Right)).is_empty());
    assert_eq!(asked(&answer(&mut state, base, 0.0)).expect("then what is tried out").1, FIRST_TRIALS);
}

#[test]
fn what_was_tried_out_when_one_looked_at_the_past_is_tried_out_again() {
    let mut opened = opened();
    opened.history = Some(begun(&opened.assessment));
    let mut state = at_home(NARROW);
    assert!(finish(&mut state, Outcome::Opened(Ok(Box::new(opened)))).is_empty());
    let base = asked(&update(&mut state, Message::Act(Action::GoTimeline))).expect("there is a road map");
    assert!(answer(&mut state, base, 0.0).is_empty());
    act(&mut state, &[Action::WhatIf]);
    let on_its_way = asked(&update(&mut state, Message::Act(Action::Right))).expect("it is tried out");
    act(&mut state, &[Action::GoHistory, Action::Confirm]);
    assert!(state.live.is_some());
    assert!(answer(&mut state, on_its_way, -0.9).is_empty(), "the past takes no part in it");
    act(&mut state, &[Action::Back]);
    let base = asked(&update(&mut state, Message::Act(Action::GoTimeline))).expect("the forecast itself comes first");
    assert_eq!(asked(&answer(&mut state, base, 0.0)).expect("then what is tried out").1, FIRST_TRIALS);
}

#[test]
fn a_forecast_is_worked_out_when_a_screen_shows_it_and_not_before() {
    let mut state = at_home(NARROW);
    let mut effects = finish(&mut state, Outcome::Opened(Ok(Box::new(opened()))));
    for action in [Action::Answer(Level::Documented), Action::GoDashboard, Action::GoPlan, Action::GoExport] {
        effects.extend(update(&mut state, Message::Act(action)));
    }
    assert_eq!(asked(&effects), None);
    assert!(asked(&update(&mut state, Message::Act(Action::GoProfile))).is_some());
    assert_eq!(asked(&update(&mut state, Message::Act(Action::GoTimeline))), None, "it is on its way");
}

#[test]
fn the_sliders_stop_at_their_ends() {
    let mut state = timeline(NARROW);
    act(&mut state, &[Action::WhatIf]);
    for _ in 0..40 {
        update(&mut state, Message::Act(Action::Right)).clear();
    }
    assert!(drawn(&state).to_string().contains("20, not 2"));
    act(&mut state, &[Action::Last]);
    for _ in 0..60 {
        update(&mut state, Message::Act(Action::Left)).clear();
    }
    assert_eq!(state.session.as_ref().unwrap().supposed().profile().target, None);
}

#[test]
fn the_footer_tells_how_to_try_something_out() {
    let text = drawn(&timeline(WIDE)).to_string();
    assert!(text.contains("s what if") && text.contains("K keep"), "{text}");
    assert!(TODAY > forecast(0.0, 1).start, "today's line stands inside the plan");
}
