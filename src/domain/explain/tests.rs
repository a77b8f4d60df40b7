//! Every figure can be recomputed from its explanation.

use proptest::prelude::{prop_assert, proptest};
use proptest::test_runner::Config;

use crate::domain::explain::{Explanation, OVERALL, Subject, explain};
use crate::domain::questionnaire::EvidenceKind;
use crate::domain::scoring::{Range, score};
use crate::domain::testing::{answer, area, assessment, cases, clause, control, evidence, exclude, question};
use crate::domain::testing::{questionnaire, today};

/// Returns an error where a figure isn't the quotient of its sums, or the sums aren't those of the terms.
fn recomputed(explanation: &Explanation) -> Result<(), String> {
    for sum in &explanation.figures {
        for (sums, range) in [(&sum.sums.claimed, &sum.ranges.claimed), (&sum.sums.evidenced, &sum.ranges.evidenced)] {
            let near = |sum_of: f64, figure: f64| (sum_of / sum.weight - figure).abs() < 1e-9;
            let Range { low, middle, high, .. } = *range;
            let middles = match (sums.middle, middle) {
                (Some(of), Some(figure)) => near(of, figure),
                (None, None) => true,
                (Some(_), None) | (None, Some(_)) => false,
            };
            if !(near(sums.low, low) && near(sums.high, high) && middles) {
                return Err(format!("{} {:?}: {sums:?} / {} is not {range:?}", explanation.id, sum.figure, sum.weight));
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(Config { cases: Config::default().cases.min(128), ..Config::default() })]

    #[test]
    fn every_figure_is_the_quotient_of_the_sums_that_are_told(case in cases()) {
        let (questionnaire, assessment) = (case.questionnaire(), case.assessment());
        let card = score(&questionnaire, &assessment, today());
        let areas = questionnaire.areas().iter();
        let requirements = questionnaire.requirements().map(|(_, requirement)| requirement.id.to_string());
        let questions = questionnaire.items().map(|item| item.question.id.to_string());
        let ids = areas.map(|area| area.id.to_string()).chain(requirements).chain(questions);
        for id in ids.chain([OVERALL.to_owned()]) {
            let explained = explain(&questionnaire, &assessment, &card, &id);
            let explained = explained.ok_or("everything can be explained").expect("every id is explained");
            prop_assert!(recomputed(&explained).is_ok(), "{:?}", recomputed(&explained));
        }
        let whole = explain(&questionnaire, &assessment, &card, OVERALL).expect("the whole is explained");
        prop_assert!(whole.terms.len() + whole.left_out.len() == questionnaire.len());
    }
}

#[test]
fn an_open_question_says_what_it_is_assumed_at_and_whose_mean_that_is() {
    let clauses = vec![clause("5.1", vec![question("p"), question("q")]), clause("5.2", vec![question("r")])];
    let areas = vec![area("5", clauses), area("6", vec![clause("6.1", vec![question("s")])])];
    let questionnaire = questionnaire(areas);
    let mut assessment = assessment(&questionnaire);
    answer(&mut assessment, "p", 2);
    let card = score(&questionnaire, &assessment, today());
    let from = |id: &str| {
        let explained = explain(&questionnaire, &assessment, &card, id).expect("it is explained");
        explained.terms[0].assumed.map(|assumed| (assumed.from, assumed.levels.claimed))
    };
    assert_eq!(from("p"), None);
    assert_eq!(from("q"), Some((Subject::Requirement, 2.0)));
    assert_eq!(from("r"), Some((Subject::Area, 2.0)));
    assert_eq!(from("s"), Some((Subject::Overall, 2.0)));
}

#[test]
fn what_counts_for_nothing_says_why() {
    let questionnaire = questionnaire(vec![area("A.2", vec![control("A.2.2", vec![question("p"), question("q")])])]);
    let mut assessment = assessment(&questionnaire);
    answer(&mut assessment, "p", 3);
    evidence(&mut assessment, "p", EvidenceKind::Record, None);
    crate::domain::testing::not_applicable(&mut assessment, "q");
    let left = |assessment: &crate::domain::assessment::Assessment| {
        let card = score(&questionnaire, assessment, today());
        let explained = explain(&questionnaire, assessment, &card, "A.2.2").expect("it is explained");
        explained.left_out.into_iter().map(|left| left.because).collect::<Vec<_>>()
    };
    assert_eq!(left(&assessment), ["not applicable: We have none."]);
    exclude(&mut assessment, "A.2.2");
    assert_eq!(left(&assessment), ["its control A.2.2 is excluded", "its control A.2.2 is excluded"]);
}
