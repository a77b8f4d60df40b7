//! Figures that a person can recompute by hand.

use crate::domain::questionnaire::{EvidenceKind, Question, Questionnaire, Requirement};
use crate::domain::scoring::{Range, Rating, score};
use crate::domain::testing::{answer, area, assessment, clause, evidence, not_applicable};
use crate::domain::testing::{control, header, question, questionnaire, today};

fn told(range: Range) -> (f64, Option<f64>, f64, usize, usize) {
    (range.low, range.middle, range.high, range.answered.answered, range.answered.asked)
}

#[test]
fn weights_of_requirement_and_question_multiply() {
    let heavy = Question { weight: 2.0, documented: true, ..question("p") };
    let clauses = vec![
        Requirement { weight: 1.5, ..clause("5.1", vec![heavy, question("q")]) },
        clause("5.2", vec![Question { weight: 0.5, ..question("r") }]),
    ];
    let questionnaire = questionnaire(vec![area("5", clauses)]);
    let mut assessment = assessment(&questionnaire);
    answer(&mut assessment, "p", 4);
    answer(&mut assessment, "q", 0);
    answer(&mut assessment, "r", 2);
    evidence(&mut assessment, "p", EvidenceKind::Document, None);
    let overall = score(&questionnaire, &assessment, today()).overall;
    // Weights 3, 1.5 and 0.5: (3 x 4 + 1.5 x 0 + 0.5 x 2) / 5.
    assert_eq!(told(overall.maturity.claimed), (2.6, Some(2.6), 2.6, 3, 3));
    // Evidenced at 2, 0 and 1.
    assert_eq!(told(overall.maturity.evidenced), (1.3, Some(1.3), 1.3, 3, 3));
    assert_eq!(told(overall.stage1.claimed), (1.0, Some(1.0), 1.0, 1, 1));
    let stage2 = (3.0 + 0.5 * (2.0 / 3.0)) / 5.0;
    assert_eq!(told(overall.stage2.claimed), (stage2, Some(stage2), stage2, 3, 3));
}

#[test]
fn an_open_question_is_taken_from_its_requirement_else_its_area_else_the_whole() {
    let clauses = vec![clause("5.1", vec![question("p"), question("q")]), clause("5.2", vec![question("r")])];
    let questionnaire = questionnaire(vec![area("5", clauses), area("6", vec![clause("6.1", vec![question("s")])])]);
    let mut assessment = assessment(&questionnaire);
    answer(&mut assessment, "p", 2);
    let card = score(&questionnaire, &assessment, today());
    assert_eq!(told(card.overall.maturity.claimed), (0.5, Some(2.0), 4.25, 1, 4));
    answer(&mut assessment, "r", 4);
    let card = score(&questionnaire, &assessment, today());
    let assumed: Vec<_> = card.contributions.iter().map(|c| (c.question.as_str(), c.assumed.claimed)).collect();
    assert_eq!(assumed, [("p", Some(2.0)), ("q", Some(2.0)), ("r", Some(4.0)), ("s", Some(3.0))]);
}

#[test]
fn with_no_answer_there_is_no_middle() {
    let questionnaire = questionnaire(vec![area("5", vec![clause("5.1", vec![question("p")])])]);
    let card = score(&questionnaire, &assessment(&questionnaire), today());
    assert_eq!(told(card.overall.maturity.claimed), (0.0, None, 5.0, 0, 1));
    assert_eq!(told(card.overall.stage2.evidenced), (0.0, None, 1.0, 0, 1));
}

#[test]
fn not_applicable_leaves_the_sum_and_counts_as_answered() {
    let questions = vec![question("p"), question("q")];
    let questionnaire = questionnaire(vec![area("A.2", vec![control("A.2.2", questions)])]);
    let mut assessment = assessment(&questionnaire);
    answer(&mut assessment, "p", 2);
    not_applicable(&mut assessment, "q");
    let card = score(&questionnaire, &assessment, today());
    assert_eq!(told(card.overall.maturity.claimed), (2.0, Some(2.0), 2.0, 1, 1));
    assert_eq!((card.completion.answered, card.completion.asked), (2, 2));
}

#[test]
fn a_weight_that_a_product_could_lose_is_refused() {
    let weighing = |weight| {
        let questions = vec![Question { weight, ..question("p") }];
        Questionnaire::new(header(), vec![area("5", vec![clause("5.1", questions)])], None)
    };
    for weight in [0.0, -1.0, f64::NAN, f64::INFINITY, f64::MIN_POSITIVE, 0.0009, 1000.1] {
        assert_eq!(weighing(weight).map_err(|flaws| flaws.len()), Err(1), "{weight}");
    }
    assert!([0.001, 1000.0].into_iter().all(|weight| weighing(weight).is_ok()));
}

#[test]
fn a_rating_turns_at_15_50_and_85_percent() {
    let rows = [
        (0.0, Rating::Not),
        (0.15, Rating::Not),
        (0.16, Rating::Partially),
        (0.5, Rating::Partially),
        (0.51, Rating::Largely),
        (0.85, Rating::Largely),
        (0.86, Rating::Fully),
        (1.0, Rating::Fully),
    ];
    for (share, expected) in rows {
        assert_eq!(Rating::of(share), expected, "{share}");
    }
}

#[test]
fn an_open_question_leaves_a_requirement_unrated() {
    let questionnaire = questionnaire(vec![area("5", vec![clause("5.1", vec![question("p"), question("q")])])]);
    let mut assessment = assessment(&questionnaire);
    answer(&mut assessment, "p", 3);
    assert_eq!(score(&questionnaire, &assessment, today()).areas[0].requirements[0].rating.claimed, None);
    answer(&mut assessment, "q", 3);
    let rating = score(&questionnaire, &assessment, today()).areas[0].requirements[0].rating;
    assert_eq!((rating.claimed, rating.evidenced), (Some(Rating::Fully), Some(Rating::Partially)));
}
