//! What the verdict asks for, and what it names as standing in the way.

use crate::domain::assessment::Assessment;
use crate::domain::profile::{AiRole, ProfileKey};
use crate::domain::questionnaire::{EvidenceKind, Question, Questionnaire};
use crate::domain::scoring::{Obstacle, Scorecard, Verdict, score};
use crate::domain::testing::{answer, area, assessment, clause, control, evidence, exclude, not_applicable};
use crate::domain::testing::{profile, question, questionnaire, today};

/// Returns a questionnaire with a documented question, a showstopper, a plain one, and a control.
fn sample() -> (Questionnaire, Assessment) {
    let documented = Question { documented: true, ..question("doc") };
    let stopper = Question { showstopper: true, ..question("stop") };
    let questionnaire = questionnaire(vec![
        area("5", vec![clause("5.1", vec![documented, question("plain")]), clause("5.2", vec![stopper])]),
        area("A.2", vec![control("A.2.2", vec![question("con")])]),
    ]);
    let assessment = assessment(&questionnaire);
    (questionnaire, assessment)
}

fn card(levels: [Option<u8>; 4]) -> Scorecard {
    let (questionnaire, mut assessment) = sample();
    for (id, level) in ["doc", "plain", "stop", "con"].into_iter().zip(levels) {
        answer(&mut assessment, id, level);
        evidence(&mut assessment, id, EvidenceKind::Measurement, None);
    }
    score(&questionnaire, &assessment, today())
}

#[test]
fn each_condition_of_the_verdict_holds_it_back() {
    use Verdict::{NotReady, ReadyForStage1, ReadyForStage2};
    let rows = [
        ([None, None, None, None], NotReady, "nothing is answered"),
        ([None, Some(5), Some(5), Some(5)], NotReady, "a documented question is open"),
        ([Some(1), Some(5), Some(5), Some(5)], NotReady, "a documented question is below 2"),
        ([Some(2), Some(2), Some(0), Some(0)], ReadyForStage1, "Stage 1 asks for documents alone"),
        ([Some(3), Some(3), Some(2), Some(3)], ReadyForStage1, "a showstopper is below 3"),
        ([Some(3), Some(3), Some(3), Some(1)], ReadyForStage1, "a potential major"),
        ([Some(3), None, Some(3), Some(3)], ReadyForStage1, "a question is open"),
        ([Some(2), Some(3), Some(3), Some(2)], ReadyForStage2, "minors don't hold back"),
        ([Some(3), Some(3), Some(3), Some(3)], ReadyForStage2, "everything is in operation"),
    ];
    for (levels, expected, why) in rows {
        assert_eq!(card(levels).verdict.claimed, expected, "{why}");
        assert_eq!(card(levels).verdict.evidenced, expected, "{why}, all of it evidenced");
    }
}

#[test]
fn a_control_that_nobody_decided_on_holds_back_stage_2_alone() {
    let (questionnaire, mut assessment) = sample();
    let mut areas = questionnaire.areas().to_vec();
    let mut developers = question("dev");
    developers.roles = vec![AiRole::Developer];
    areas.push(area("A.6", vec![control("A.6.1", vec![developers])]));
    let questionnaire = crate::domain::testing::questionnaire(areas);
    profile(&mut assessment, ProfileKey::AiRole, "user");
    for id in ["doc", "plain", "stop", "con"] {
        answer(&mut assessment, id, 3);
    }
    let card = score(&questionnaire, &assessment, today());
    assert_eq!(card.verdict.claimed, Verdict::ReadyForStage1);
    assert_eq!(card.obstacles.claimed, [Obstacle::Undecided("A.6.1".into())]);
    exclude(&mut assessment, "A.6.1");
    let card = score(&questionnaire, &assessment, today());
    assert_eq!((card.verdict.claimed, card.obstacles.claimed), (Verdict::ReadyForStage2, vec![]));
}

#[test]
fn the_obstacles_name_what_holds_back() {
    let rows = [
        ([None, Some(5), Some(5), Some(5)], vec![Obstacle::Open("doc".into())]),
        ([Some(1), Some(5), None, Some(0)], vec![Obstacle::Undocumented("doc".into())]),
        (
            [Some(3), None, Some(2), Some(1)],
            vec![Obstacle::Major("A.2.2".into()), Obstacle::Open("plain".into()), Obstacle::Showstopper("stop".into())],
        ),
        ([Some(3), Some(3), Some(3), Some(3)], vec![]),
    ];
    for (levels, expected) in rows {
        assert_eq!(card(levels).obstacles.claimed, expected, "{levels:?}");
    }
}

#[test]
fn where_nothing_but_open_questions_stands_in_the_way_it_is_not_known_rather_than_not_ready() {
    let titles = |levels| card(levels).verdict_titles().claimed;
    assert_eq!(titles([None, None, None, None]), "Not known yet");
    assert_eq!(titles([None, Some(5), Some(5), Some(5)]), "Not known yet");
    assert_eq!(titles([Some(1), None, None, None]), "Not ready", "what is answered stands in the way");
    assert_eq!(titles([Some(3), None, Some(3), Some(3)]), "Ready for Stage 1");
}

#[test]
fn claims_without_evidence_are_ready_as_claimed_alone() {
    let (questionnaire, mut assessment) = sample();
    for id in ["doc", "plain", "stop", "con"] {
        answer(&mut assessment, id, 5);
    }
    let card = score(&questionnaire, &assessment, today());
    assert_eq!(card.verdict.claimed, Verdict::ReadyForStage2);
    assert_eq!(card.verdict.evidenced, Verdict::NotReady);
    assert_eq!(card.obstacles.claimed, []);
    assert_eq!(card.obstacles.evidenced, [Obstacle::Undocumented("doc".into())]);
}

#[test]
fn excluding_a_control_takes_its_gap_away() {
    let (questionnaire, mut assessment) = sample();
    for id in ["doc", "plain", "stop"] {
        answer(&mut assessment, id, 3);
    }
    assert_eq!(score(&questionnaire, &assessment, today()).verdict.claimed, Verdict::ReadyForStage1);
    exclude(&mut assessment, "A.2.2");
    assert_eq!(score(&questionnaire, &assessment, today()).verdict.claimed, Verdict::ReadyForStage2);
}

#[test]
fn with_everything_out_of_scope_one_is_ready_for_nothing() {
    let questionnaire = questionnaire(vec![area(
        "A.2",
        vec![control("A.2.2", vec![question("p")]), control("A.2.3", vec![question("q")])],
    )]);
    let mut assessment = assessment(&questionnaire);
    exclude(&mut assessment, "A.2.2");
    not_applicable(&mut assessment, "q");
    let card = score(&questionnaire, &assessment, today());
    assert_eq!(card.verdict.claimed, Verdict::NotReady);
    assert_eq!((card.completion.answered, card.completion.asked), (1, 1));
    assert!(!card.overall.maturity.claimed.applies());
}
