//! An assessment that has one of everything, whatever is put into its texts.

use crate::domain::assessment::{Answer, Assessment, Evidence, Seed};
use crate::domain::change::Change;
use crate::domain::id::QuestionId;
use crate::domain::level::Level;
use crate::domain::profile::{AiRole, ProfileKey};
use crate::domain::questionnaire::{Area, EvidenceHint, EvidenceKind, Header, Question, Questionnaire, Requirement};
use crate::domain::report::{Audience, Names, Report, Snapshot, redacted};
use crate::domain::roadmap::{Milestone, Phase};
use crate::domain::scoring::score;
use crate::domain::testing::{answer, area, assessment, clause, control, day, header, profile, question, today};
use crate::domain::timeline::{Binding, Forecast, Histogram, MilestoneForecast, Outlook, PackageForecast};
use crate::domain::timeline::{Comparison, Percentiles, Sensitivity, Supposition};
use crate::export::brand::Brand;
use crate::export::{Format, Order, Press, Rendered};

/// Makes the texts of a sample, each from what it would ordinarily say.
pub(in crate::export) type Say<'a> = &'a dyn Fn(&str) -> String;

/// Returns a text as it is.
pub(in crate::export) fn plain(text: &str) -> String {
    text.to_owned()
}

/// Returns the report on the sample with texts made by a function.
pub(in crate::export) fn report(say: Say<'_>) -> Report {
    let (questionnaire, assessment) = (questionnaire(say), answered(say));
    let card = score(&questionnaire, &assessment, today());
    let report = Report::new(&questionnaire, &assessment, card, Some(forecast(say)), today());
    report.since(&questionnaire, &[snapshot(say)]).supposing(what_ifs(say))
}

/// Returns a snapshot of the sample, when less of it was answered.
fn snapshot(say: Say<'_>) -> Snapshot {
    let mut state = answered(say);
    for id in ["5.1-1", "6.1-1"] {
        state.apply(&Change::answer(&state, &id.into(), None));
    }
    answer(&mut state, "5.1-2", 2);
    answer(&mut state, "5.2-2", 3);
    state.apply(&Change::owner(&state, &"5.2-1".into(), String::new()));
    profile(&mut state, ProfileKey::Sector, &say("Games"));
    Snapshot { label: say("With Ana Silva"), on: day(2026, 11, 30), state }
}

/// Returns what would shorten the way of the sample.
fn what_ifs(say: Say<'_>) -> Vec<(Supposition, Comparison)> {
    let months = |p50: f64| Percentiles { p10: p50 - 0.5, p50, p80: p50 + 0.2, p90: p50 + 0.4 };
    let comparison = |saved: f64| Comparison {
        base: months(8.0),
        changed: months(8.0 - saved),
        saved: months(saved),
        met: Some((0.91, 0.95)),
    };
    [("One person more", 1.25), ("A consultant helps", 0.0)]
        .map(|(title, saved)| (Supposition { title: say(title), changes: vec![] }, comparison(saved)))
        .to_vec()
}

/// Returns a report in a format, in ready42's own looks.
pub(in crate::export) fn rendered(format: Format, report: &Report, audience: Audience, names: Names) -> Rendered {
    let (questionnaire, brand) = (questionnaire(&plain), Brand::default());
    let order = Order { report, questionnaire: &questionnaire, audience, names, brand: &brand };
    Press::new(order).render(format).expect("every report can be rendered")
}

/// Returns the one file of a full report in a format.
pub(in crate::export) fn only(format: Format, report: &Report) -> Vec<u8> {
    let files = rendered(format, report, Audience::Full, Names::Shown).files;
    files.into_iter().next().expect("every format has a file").bytes
}

/// Returns the report on the sample for an audience.
pub(in crate::export) fn shared(audience: Audience, names: Names) -> Report {
    let (questionnaire, assessment) = (questionnaire(&plain), redacted(&answered(&plain), audience, names));
    let card = score(&questionnaire, &assessment, today());
    let report = Report::new(&questionnaire, &assessment, card, Some(forecast(&plain)), today());
    report.since(&questionnaire, &[snapshot(&plain).redacted(audience, names)])
}

/// Returns the questionnaire of the sample.
pub(in crate::export) fn questionnaire(say: Say<'_>) -> Questionnaire {
    let header = Header { title: say("Sample of a standard"), notice: say("No substitute."), ..header() };
    let header = Header { licence: say("CC BY 4.0"), ..header };
    Questionnaire::new(header, areas(say), None).expect("the sample has no flaws")
}

fn areas(say: Say<'_>) -> Vec<Area> {
    let stopper = Question { showstopper: true, documented: true, quick: true, ..question("5.2-1") };
    let policy = vec![stopper, Question { documented: true, ..question("5.2-2") }];
    let others = vec![Question { roles: vec![AiRole::Developer], ..question("A.6.1-1") }];
    let mixed = vec![question("A.2.2-1"), Question { roles: vec![AiRole::Provider], ..question("A.2.2-2") }];
    let follower = Question { replaces: Some("A.2.3-1".into()), ..question("A.2.3-2") };
    let mut areas = vec![
        area("5", vec![clause("5.1", vec![question("5.1-1"), question("5.1-2")]), clause("5.2", policy)]),
        area("6", vec![clause("6.1", vec![question("6.1-1")]), clause("6.2", vec![question("6.2-1")])]),
        area("A.2", vec![control("A.2.2", mixed), control("A.2.3", vec![follower])]),
        area("A.6", vec![control("A.6.1", others), control("A.6.2", vec![question("A.6.2-1")])]),
    ];
    for area in &mut areas {
        area.title = say(&area.title);
        area.objective = say(&area.objective);
        area.requirements.iter_mut().for_each(|requirement| worded(requirement, say));
    }
    areas
}

fn worded(requirement: &mut Requirement, say: Say<'_>) {
    requirement.title = say(&requirement.title);
    requirement.intent = say(&requirement.intent);
    for question in &mut requirement.questions {
        question.ask = say(&question.ask);
        question.why = say(&question.why);
        question.pitfall = say(&question.pitfall);
        question.levels = question.levels.clone().map(|level| say(&level));
        question.evidence = vec![EvidenceHint { kind: EvidenceKind::Record, what: say("Minutes") }];
    }
}

/// Returns the answers of the sample.
pub(in crate::export) fn answered(say: Say<'_>) -> Assessment {
    let mut a = assessment(&questionnaire(&plain));
    a.apply(&Change::rename(&a, say("Acme 2027")));
    let texts = [(ProfileKey::Organisation, say("Acme GmbH")), (ProfileKey::Sector, say("Toys"))];
    for (key, text) in &texts {
        profile(&mut a, *key, text);
    }
    for (key, value) in [("ai_role", "user"), ("certificates", "iso27001"), ("people", "1.5"), ("target", "2028-01-31")]
    {
        profile(&mut a, ProfileKey::from_word(key).expect("the key exists"), value);
    }
    for (id, level) in [("5.1-1", 4), ("5.1-2", 5), ("5.2-1", 1), ("5.2-2", 2), ("6.1-1", 3), ("A.2.3-1", 2)] {
        answer(&mut a, id, level);
    }
    let none = Answer::NotApplicable { because: say("We have none.") };
    a.apply(&Change::answer(&a, &"A.6.2-1".into(), Some(none)));
    a.apply(&Change::exclusion(&a, &"A.2.3".into(), Some(say("Everything is covered elsewhere."))));
    a.apply(&Change::exclusion(&a, &"A.9.9".into(), Some(say("It was never there."))));
    let (ask, gap): (QuestionId, QuestionId) = ("5.1-1".into(), "5.2-1".into());
    a.apply(&Change::note(&a, &ask, say("The board asked for it.")));
    a.apply(&Change::note(&a, &"A.2.3-1".into(), say("An old note.")));
    a.apply(&Change::owner(&a, &gap, say("Ana Silva")));
    a.apply(&Change::due(&a, &gap, Some(day(2027, 6, 30))));
    a.apply(&Change::reviewed(&a, &gap, Some(day(2027, 2, 1))));
    a.apply(&Change::toggle_mark(&a, &gap));
    let item = |kind, what: &str, date, valid_until| Evidence { kind, what: say(what), date, valid_until };
    let measured = item(EvidenceKind::Measurement, "Survey", Some(day(2027, 1, 15)), Some(day(2028, 1, 15)));
    let expired = item(EvidenceKind::Record, "Minutes of 2025", None, Some(day(2026, 12, 31)));
    let items = [(ask.clone(), measured.clone()), ("5.1-2".into(), measured), ("6.1-1".into(), expired)];
    for (question, evidence) in items {
        a.apply(&Change::EvidenceAdded { question, evidence });
    }
    a
}

/// Returns a forecast with round figures.
pub(in crate::export) fn forecast(say: Say<'_>) -> Forecast {
    let months = |p50: f64| Percentiles { p10: p50 - 1.0, p50, p80: p50 + 1.5, p90: p50 + 2.123_456_789 };
    let reached = [4.0, 6.0, 7.25, 8.0].into_iter().zip(Milestone::ALL);
    let package = |id: &str, title: &str, is_step| PackageForecast {
        id: id.into(),
        title: say(title),
        phase: Phase::Scope,
        is_step,
        months: (0.0, 1.1),
        effort: 3.333_333_333,
        criticality: 0.5,
        questions: vec!["5.2-1".into()],
        milestone: None,
    };
    Forecast {
        seed: Seed(42),
        trials: 10_000,
        start: today(),
        milestones: reached.map(|(at, milestone)| MilestoneForecast { milestone, months: months(at) }).collect(),
        histogram: Histogram { from: 6.0, width: 0.5, counts: vec![1, 5, 3] },
        binding: Binding { path: 0.25, people: 0.75 },
        packages: vec![
            package("policy", "Write the policy", false),
            PackageForecast {
                phase: Phase::Certify,
                milestone: Some(Milestone::Certificate),
                ..package("decision", "Decision", true)
            },
        ],
        sensitivities: vec![Sensitivity { title: say("Support"), correlation: -0.6, best: 6.5, worst: 9.9 }],
        target: Some(Outlook { date: day(2028, 1, 31), probability: 0.91 }),
        effort: months(40.0),
        latest_starts: vec![],
        explanation: say("The time of your people sets the pace."),
        inputs: vec![(say("People"), say("1.5"))],
    }
}

/// Returns the sample with nothing answered and nothing excluded.
pub(in crate::export) fn unanswered() -> Report {
    let questionnaire = questionnaire(&plain);
    let assessment = assessment(&questionnaire);
    let card = score(&questionnaire, &assessment, today());
    Report::new(&questionnaire, &assessment, card, None, today())
}

/// Returns a report in which every control is excluded, and there is nothing but controls.
pub(in crate::export) fn all_excluded() -> Report {
    let areas = vec![area("A.2", vec![control("A.2.2", vec![question("A.2.2-1")])])];
    let questionnaire = crate::domain::testing::questionnaire(areas);
    let mut assessment = assessment(&questionnaire);
    crate::domain::testing::exclude(&mut assessment, "A.2.2");
    let card = score(&questionnaire, &assessment, today());
    Report::new(&questionnaire, &assessment, card, None, today())
}

/// Returns a report in which an area fails systematically: each of its requirements would be a minor alone.
pub(in crate::export) fn systemic() -> Report {
    let clauses = ["5.1", "5.2", "5.3", "5.4"].map(|id| clause(id, vec![question(&format!("{id}-1"))]));
    let questionnaire = crate::domain::testing::questionnaire(vec![area("5", clauses.to_vec())]);
    let mut assessment = assessment(&questionnaire);
    for id in ["5.1-1", "5.2-1", "5.3-1", "5.4-1"] {
        answer(&mut assessment, id, 2);
    }
    let card = score(&questionnaire, &assessment, today());
    Report::new(&questionnaire, &assessment, card, None, today())
}

/// Returns a report in which everything is at 4, and evidenced.
pub(in crate::export) fn all_strong() -> Report {
    let questionnaire = questionnaire(&plain);
    let mut assessment = assessment(&questionnaire);
    for item in questionnaire.items() {
        let id = &item.question.id;
        assessment.apply(&Change::answer(&assessment, id, Some(Answer::Level(Level::Measured))));
        crate::domain::testing::evidence(&mut assessment, id.as_str(), EvidenceKind::Measurement, None);
    }
    let card = score(&questionnaire, &assessment, today());
    Report::new(&questionnaire, &assessment, card, None, today())
}
