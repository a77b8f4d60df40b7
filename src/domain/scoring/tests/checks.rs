//! Each rule on what doesn't fit together: where it strikes, and where it must not.

use std::collections::BTreeSet;

use crate::domain::assessment::Assessment;
use crate::domain::change::Change;
use crate::domain::check::{Check, Condition};
use crate::domain::documents::{Document, DocumentKind};
use crate::domain::glossary::Glossary;
use crate::domain::level::Level;
use crate::domain::profile::{AiRole, ProfileKey};
use crate::domain::questionnaire::{Area, EvidenceKind, Parts, Question, Questionnaire, Requirement, UsualExclusion};
use crate::domain::scoring::{Rule, Struck, checks, score};
use crate::domain::soa::{InclusionReason, soa};
use crate::domain::testing::{answer, area, assessment, clause, control, day, evidence, exclude, header};
use crate::domain::testing::{not_applicable, profile, question, questionnaire, today};

fn struck(questionnaire: &Questionnaire, assessment: &Assessment) -> Vec<Struck> {
    checks(questionnaire, assessment, &score(questionnaire, assessment, today()))
}

/// Returns what strikes of one rule.
fn of(rule: &Rule, questionnaire: &Questionnaire, assessment: &Assessment) -> Vec<Struck> {
    struck(questionnaire, assessment).into_iter().filter(|one| one.rule == *rule).collect()
}

/// Returns a questionnaire of a clause with the questions `p` and `q` and a control `A.2.2` with `r`, and one check.
fn with_check(when: Vec<Condition>) -> (Questionnaire, Assessment) {
    let areas = vec![
        area("4", vec![clause("4.1", vec![question("p"), question("q")])]),
        area("A.2", vec![control("A.2.2", vec![question("r")])]),
    ];
    let check = Check { id: "own".into(), when, says: "It doesn't fit.".into(), ask: "Why?".into() };
    let parts = Parts {
        header: header(),
        areas,
        roadmap: None,
        checks: vec![check],
        crosswalks: vec![],
        glossary: Glossary::default(),
        documents: vec![],
    };
    let questionnaire = Questionnaire::of(parts).unwrap();
    let assessment = assessment(&questionnaire);
    (questionnaire, assessment)
}

fn own() -> Rule {
    Rule::Own("own".into())
}

#[test]
fn a_rule_of_the_questionnaire_strikes_where_all_its_conditions_hold() {
    let when = vec![Condition::AtLeast("p".into(), Level::Operating), Condition::Below("q".into(), Level::Documented)];
    let (questionnaire, mut assessment) = with_check(when);
    for (p, q, strikes) in [
        (None, None, false),
        (Some(3), None, false),
        (None, Some(0), false),
        (Some(2), Some(1), false),
        (Some(3), Some(2), false),
        (Some(3), Some(1), true),
        (Some(5), Some(0), true),
    ] {
        answer(&mut assessment, "p", p);
        answer(&mut assessment, "q", q);
        let struck = of(&own(), &questionnaire, &assessment);
        assert_eq!(!struck.is_empty(), strikes, "p at {p:?}, q at {q:?}");
        for one in struck {
            assert_eq!((one.says.as_str(), one.ask.as_str()), ("It doesn't fit.", "Why?"));
            assert_eq!(one.questions, ["p".into(), "q".into()]);
        }
    }
}

#[test]
fn what_carries_less_than_it_claims_can_be_asked_for() {
    let (questionnaire, mut assessment) = with_check(vec![Condition::EvidencedBelow("p".into(), Level::Documented)]);
    assert!(of(&own(), &questionnaire, &assessment).is_empty(), "an open question fulfils nothing");
    answer(&mut assessment, "p", 4);
    assert_eq!(of(&own(), &questionnaire, &assessment).len(), 1);
    evidence(&mut assessment, "p", EvidenceKind::Document, None);
    assert!(of(&own(), &questionnaire, &assessment).is_empty());
}

#[test]
fn what_is_excluded_or_not_applicable_fulfils_no_condition_on_a_level() {
    let (questionnaire, mut assessment) = with_check(vec![Condition::Below("r".into(), Level::Documented)]);
    answer(&mut assessment, "r", 0);
    assert_eq!(of(&own(), &questionnaire, &assessment).len(), 1);
    let mut excluded = assessment.clone();
    exclude(&mut excluded, "A.2.2");
    assert!(of(&own(), &questionnaire, &excluded).is_empty());
    not_applicable(&mut assessment, "r");
    assert!(of(&own(), &questionnaire, &assessment).is_empty());
}

#[test]
fn an_exclusion_and_a_word_of_the_profile_are_conditions() {
    let when = vec![Condition::Profile(ProfileKey::HighRisk, "some"), Condition::Excluded("A.2.2".into(), true)];
    let (questionnaire, mut assessment) = with_check(when);
    exclude(&mut assessment, "A.2.2");
    assert!(of(&own(), &questionnaire, &assessment).is_empty());
    profile(&mut assessment, ProfileKey::HighRisk, "some");
    let struck = of(&own(), &questionnaire, &assessment);
    assert_eq!((struck.len(), struck[0].controls.as_slice()), (1, &["A.2.2".into()][..]));
}

/// Returns a questionnaire of one area with these questions.
fn one_area(questions: Vec<Question>) -> (Questionnaire, Assessment) {
    let questionnaire = questionnaire(vec![area("4", vec![clause("4.1", questions)])]);
    let assessment = assessment(&questionnaire);
    (questionnaire, assessment)
}

#[test]
fn conforming_without_valid_evidence_is_told_once_an_area_with_what_to_ask_for() {
    let (questionnaire, mut assessment) = one_area(["a", "b", "c", "d"].map(question).to_vec());
    for (id, level) in [("a", 3), ("b", 4), ("c", 2), ("d", 5)] {
        answer(&mut assessment, id, level);
    }
    evidence(&mut assessment, "b", EvidenceKind::Document, Some(day(2027, 2, 28)));
    evidence(&mut assessment, "d", EvidenceKind::Document, None);
    let struck = of(&Rule::Unsupported, &questionnaire, &assessment);
    assert_eq!(struck.len(), 1);
    assert_eq!(struck[0].questions, ["a".into(), "b".into()], "what is no longer valid shows nothing");
    assert_eq!(struck[0].says, "2 answers of area 4 claim 3 or more, and nothing valid on file shows it.");
    assert_eq!(struck[0].ask, "For a: could you put this on the table today: Minutes about a?");
}

#[test]
fn stale_evidence_is_told_once_a_question() {
    let (questionnaire, mut assessment) = one_area(vec![question("a")]);
    answer(&mut assessment, "a", 2);
    evidence(&mut assessment, "a", EvidenceKind::Document, Some(day(2026, 12, 31)));
    evidence(&mut assessment, "a", EvidenceKind::Record, Some(day(2027, 2, 28)));
    evidence(&mut assessment, "a", EvidenceKind::Measurement, Some(today()));
    let struck = of(&Rule::Stale, &questionnaire, &assessment);
    assert_eq!(struck.len(), 1);
    assert_eq!(
        struck[0].says,
        "“A document”, on file for a, was valid until 31 December 2026. So was “A record”, until 28 February 2027."
    );
}

#[test]
fn an_owner_without_a_date_is_told_where_there_is_a_gap() {
    let (questionnaire, mut assessment) = one_area(["a", "b", "c", "d"].map(question).to_vec());
    for (id, level) in [("a", Some(1)), ("b", Some(2)), ("c", Some(3)), ("d", None)] {
        answer(&mut assessment, id, level);
        assessment.apply(&Change::owner(&assessment, &id.into(), "Dana".to_owned()));
    }
    assessment.apply(&Change::due(&assessment, &"b".into(), Some(day(2027, 6, 1))));
    let struck = of(&Rule::Undated, &questionnaire, &assessment);
    assert_eq!(struck.len(), 1, "one an owner");
    assert_eq!(struck[0].questions, ["a".into(), "d".into()], "b has a date, and c has no gap");
    assert_eq!(struck[0].says, "Dana owns 2 gaps, and has no date for them.");
}

#[test]
fn an_answer_far_from_all_others_of_its_area_is_told() {
    let ids = ["a", "b", "c", "d", "e"];
    for (levels, lonely) in [
        ([0, 2, 3, 2, 3], Some("a is at 0, and the other 4 answers of area 4 are at 2 or more.")),
        ([5, 3, 0, 2, 3], Some("a is at 5, and the other 4 answers of area 4 are at 3 or less.")),
        ([1, 2, 3, 2, 3], None),
        ([2, 0, 0, 4, 4], None),
        ([3, 3, 3, 3, 3], None),
    ] {
        let (questionnaire, mut assessment) = one_area(ids.map(question).to_vec());
        for (id, level) in ids.iter().zip(levels) {
            answer(&mut assessment, id, level);
        }
        let says = of(&Rule::Lonely, &questionnaire, &assessment).first().map(|one| one.says.clone());
        assert_eq!(says.as_deref(), lonely, "{levels:?}");
    }
    let (questionnaire, mut assessment) = one_area(ids[..4].iter().map(|id| question(id)).collect());
    for (id, level) in ids.iter().zip([0, 5, 5, 5]) {
        answer(&mut assessment, id, level);
    }
    assert!(of(&Rule::Lonely, &questionnaire, &assessment).is_empty(), "of four answers none can be far from all");
}

/// Returns a control that is usually left out by a role.
fn usually_left_out(by: AiRole) -> Area {
    let usual = UsualExclusion { roles: vec![by], because: "We don't.".to_owned() };
    area("A.7", vec![Requirement { exclusion: Some(usual), ..control("A.7.2", vec![question("a")]) }])
}

#[test]
fn an_exclusion_that_the_role_usually_does_without_is_left_alone() {
    for (role, is_told) in
        [(AiRole::User, false), (AiRole::Developer, true), (AiRole::Provider, true), (AiRole::Several, true)]
    {
        let questionnaire = questionnaire(vec![usually_left_out(AiRole::User)]);
        let mut assessment = assessment(&questionnaire);
        profile(&mut assessment, ProfileKey::AiRole, role.word());
        assert!(of(&Rule::Needed, &questionnaire, &assessment).is_empty());
        exclude(&mut assessment, "A.7.2");
        let struck = of(&Rule::Needed, &questionnaire, &assessment);
        assert_eq!(!struck.is_empty(), is_told, "{}", role.word());
        assert!(struck.iter().all(|one| one.controls == ["A.7.2".into()]));
    }
}

#[test]
fn an_exclusion_that_a_rule_of_the_questionnaire_tells_is_told_once() {
    let (questionnaire, mut assessment) = with_check(vec![Condition::Excluded("A.2.2".into(), true)]);
    exclude(&mut assessment, "A.2.2");
    assert_eq!(struck(&questionnaire, &assessment).len(), 1);
}

#[test]
fn where_nothing_is_answered_nothing_strikes() {
    let (questionnaire, assessment) = with_check(vec![Condition::Excluded("A.2.2".into(), true)]);
    assert_eq!(struck(&questionnaire, &assessment), []);
}

#[test]
fn a_statement_that_is_claimed_and_not_finished_is_asked_about() {
    let document = Document {
        id: "statement-of-applicability".into(),
        title: "Statement of Applicability".to_owned(),
        kind: DocumentKind::Document,
        stage1: true,
        requirements: vec!["4.1".into()],
        questions: vec!["p".into()],
    };
    let areas = vec![
        area("4", vec![clause("4.1", vec![question("p")])]),
        area("A.2", vec![control("A.2.2", vec![question("r")])]),
    ];
    let parts = Parts {
        header: header(),
        areas,
        roadmap: None,
        checks: vec![],
        crosswalks: vec![],
        glossary: Glossary::default(),
        documents: vec![document],
    };
    let questionnaire = Questionnaire::of(parts).unwrap();
    let mut assessment = assessment(&questionnaire);
    let says = |assessment: &Assessment| {
        of(&Rule::Statement, &questionnaire, assessment).into_iter().map(|one| one.says).collect::<Vec<_>>()
    };
    assert!(says(&assessment).is_empty(), "nobody claims it");
    answer(&mut assessment, "p", 1);
    assert!(says(&assessment).is_empty(), "nobody claims that it is approved");
    answer(&mut assessment, "p", 3);
    let expected = "p is claimed at 3, and the Statement of Applicability that is kept here is not approved as it stands and \
                    gives no reason for 1 control.";
    assert_eq!(says(&assessment), [expected]);
    assessment.apply(&Change::inclusion(
        &assessment,
        &"A.2.2".into(),
        BTreeSet::from([InclusionReason::RiskTreatment]),
    ));
    let approve = |assessment: &Assessment| {
        let card = score(&questionnaire, assessment, today());
        soa(&questionnaire, assessment, &card).approved_by("Ana".to_owned(), today())
    };
    let change = approve(&assessment);
    assessment.apply(&change);
    assert!(says(&assessment).is_empty(), "{:?}", says(&assessment));
}
