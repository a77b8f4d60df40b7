//! What is always true of a score, on the questionnaire that we ship: random answers, evidence, exclusions and roles.

use std::sync::{Arc, LazyLock};

use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_assert, proptest};
use proptest::sample::select;
use proptest::test_runner::Config;

use crate::domain::actions::rank;
use crate::domain::assessment::{Answer, Assessment, Evidence};
use crate::domain::change::Change;
use crate::domain::explain::{OVERALL, explain};
use crate::domain::level::Level;
use crate::domain::profile::{AiRole, ProfileKey};
use crate::domain::questionnaire::{EvidenceKind, Questionnaire};
use crate::domain::scoring::{Scorecard, score};
use crate::domain::soa::soa;
use crate::domain::testing::{assessment, exclude, profile, today};
use crate::storage::library::Library;

static QUESTIONNAIRE: LazyLock<Arc<Questionnaire>> =
    LazyLock::new(|| Library::new(None).load("iso42001").expect("it is built in").questionnaire);

/// Returns 2,000 cases a property in CI, and few elsewhere: each answers the whole questionnaire.
fn config() -> Config {
    let asked = Config::default();
    let cases = if std::env::var_os("CI").is_some() { asked.cases.max(2000) } else { 48 };
    Config { cases, ..asked }
}

/// Stands for no answer among the drawn levels.
const OPEN: u8 = 6;

/// Draws an assessment: a level and a kind of evidence for each question, some excluded controls, a role.
fn assessments() -> impl Strategy<Value = Assessment> {
    let answers = vec((0..=OPEN, 0..4_usize), 256);
    (answers, vec(any::<bool>(), 64), vec(any::<bool>(), 64), select(AiRole::ALL.to_vec())).prop_map(
        |(answers, one, other, role)| {
            let mut assessment = assessment(&QUESTIONNAIRE);
            profile(&mut assessment, ProfileKey::AiRole, role.word());
            for (item, (level, kind)) in QUESTIONNAIRE.items().zip(answers.iter().cycle()) {
                let question = &item.question.id;
                let answer = Level::new(*level).filter(|_| *level != OPEN).map(Answer::Level);
                assessment.apply(&Change::answer(&assessment, question, answer));
                if let Some(kind) = EvidenceKind::ALL.get(*kind) {
                    let evidence = Evidence { kind: *kind, what: "On file".into(), date: None, valid_until: None };
                    assessment.apply(&Change::EvidenceAdded { question: question.clone(), evidence });
                }
            }
            let controls = QUESTIONNAIRE.requirements().filter(|(_, requirement)| requirement.can_be_excluded());
            for ((_, control), (one, other)) in controls.zip(one.into_iter().zip(other)) {
                if one && other {
                    exclude(&mut assessment, control.id.as_str());
                }
            }
            assessment
        },
    )
}

fn figures(card: &Scorecard) -> [f64; 6] {
    let overall = &card.overall;
    let middle = |range: &crate::domain::scoring::Range| range.middle.unwrap_or(0.0);
    [
        middle(&overall.maturity.claimed),
        middle(&overall.maturity.evidenced),
        middle(&overall.stage1.claimed),
        middle(&overall.stage1.evidenced),
        middle(&overall.stage2.claimed),
        middle(&overall.stage2.evidenced),
    ]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn raising_an_answer_never_lowers_a_figure_or_a_verdict_of_the_real_questionnaire(
        assessment in assessments(), pick: usize,
    ) {
        let before = score(&QUESTIONNAIRE, &assessment, today());
        let low: Vec<_> = before.contributions.iter().filter(|c| c.claimed.is_some_and(|l| l < Level::Improving)).collect();
        let Some(raised) = pick.checked_rem(low.len()).and_then(|at| low.get(at)) else { return Ok(()) };
        let mut better = assessment.clone();
        let answer = Some(Answer::Level(Level::Improving));
        better.apply(&Change::answer(&assessment, &raised.question, answer));
        let after = score(&QUESTIONNAIRE, &better, today());
        for (before, after) in figures(&before).into_iter().zip(figures(&after)) {
            prop_assert!(after >= before - 1e-12, "{before} fell to {after}");
        }
        prop_assert!(after.verdict.claimed >= before.verdict.claimed);
        prop_assert!(after.verdict.evidenced >= before.verdict.evidenced);
    }

    #[test]
    fn figures_explanations_statement_and_plan_of_the_real_questionnaire_fit_together(assessment in assessments()) {
        let card = score(&QUESTIONNAIRE, &assessment, today());
        let whole = explain(&QUESTIONNAIRE, &assessment, &card, OVERALL).expect("the whole is explained");
        for sum in &whole.figures {
            for (sums, range) in [(sum.sums.claimed, sum.ranges.claimed), (sum.sums.evidenced, sum.ranges.evidenced)] {
                prop_assert!((sums.low / sum.weight - range.low).abs() < 1e-9, "{sum:?}");
                prop_assert!((sums.high / sum.weight - range.high).abs() < 1e-9, "{sum:?}");
                prop_assert!(range.low <= range.high && range.low >= 0.0);
            }
            prop_assert!(sum.ranges.evidenced.low <= sum.ranges.claimed.low);
        }
        let statement = soa(&QUESTIONNAIRE, &assessment, &card);
        let (applicable, excluded, undecided) = statement.counts();
        prop_assert!(applicable + excluded + undecided == statement.controls.len());
        let actions = rank(&QUESTIONNAIRE, &assessment, &card, &[]);
        for action in &actions {
            prop_assert!(action.value.is_finite() && action.gain.points() >= 0.0, "{action:?}");
            let is_excluded = assessment.exclusion(&action.requirement).is_some();
            prop_assert!(!is_excluded, "nobody is asked to do what is excluded: {action:?}");
        }
    }
}
