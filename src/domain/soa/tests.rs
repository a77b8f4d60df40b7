//! What the statement says, what an approval keeps, and what changed since.

use std::collections::BTreeSet;

use crate::domain::assessment::Assessment;
use crate::domain::change::{Change, Refusal};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::scoring::score;
use crate::domain::soa::{Decision, InclusionReason, OwnControl, Soa, Status, soa};
use crate::domain::testing::{answer, area, assessment, clause, control, exclude, include, question, today};

fn sample() -> (Questionnaire, Assessment) {
    let questionnaire = crate::domain::testing::questionnaire(vec![
        area("5", vec![clause("5.1", vec![question("c")])]),
        area("A.2", vec![control("A.2.2", vec![question("p")]), control("A.2.10", vec![question("q")])]),
    ]);
    let assessment = assessment(&questionnaire);
    (questionnaire, assessment)
}

fn stated(questionnaire: &Questionnaire, assessment: &Assessment) -> Soa {
    soa(questionnaire, assessment, &score(questionnaire, assessment, today()))
}

fn own(title: &str) -> OwnControl {
    let (reason, owner) = ("Robots move among people.".to_owned(), "Eve".to_owned());
    OwnControl { title: title.to_owned(), reason, status: Status::Partly, owner }
}

#[test]
fn every_control_is_there_and_no_clause() {
    let (questionnaire, mut assessment) = sample();
    answer(&mut assessment, "p", 3);
    exclude(&mut assessment, "A.2.10");
    let statement = stated(&questionnaire, &assessment);
    let rows: Vec<(&str, &str)> = statement.controls.iter().map(|c| (c.id.as_str(), c.decision.word())).collect();
    assert_eq!(rows, [("A.2.2", "applicable"), ("A.2.10", "excluded")]);
    let Decision::Applicable { status, .. } = &statement.controls[0].decision else { panic!("it applies") };
    assert_eq!((status.claimed, status.evidenced), (Status::Implemented, Status::NotImplemented));
    assert_eq!(statement.counts(), (1, 1, 0));
    assert_eq!(statement.undecided().without_reason, ["A.2.2".into()]);
}

#[test]
fn an_approval_holds_until_something_changes_and_says_what() {
    let (questionnaire, mut assessment) = sample();
    answer(&mut assessment, "p", 3);
    let first = stated(&questionnaire, &assessment);
    assert_eq!((first.version, first.is_approved()), (1, false));
    assessment.apply(&first.approved_by("Niamh".to_owned(), today()));
    let approved = stated(&questionnaire, &assessment);
    assert_eq!((approved.version, approved.is_approved(), approved.changes.len()), (1, true, 0));

    let reasons = BTreeSet::from([InclusionReason::Law, InclusionReason::RiskTreatment]);
    assessment.apply(&Change::inclusion(&assessment, &"A.2.2".into(), reasons));
    exclude(&mut assessment, "A.2.10");
    assessment.apply(&Change::own_control(&assessment, &"X.1".into(), Some(own("Kill switch"))));
    let changed = stated(&questionnaire, &assessment);
    assert_eq!((changed.version, changed.is_approved()), (2, false));
    let told: Vec<(&str, Option<&str>, Option<&str>)> =
        changed.changes.iter().map(|c| (c.control.as_str(), c.old.as_deref(), c.new.as_deref())).collect();
    let expected = [
        (
            "A.2.2",
            Some("applicable (no reason given), implemented"),
            Some("applicable (risk treatment, law), implemented"),
        ),
        ("A.2.10", Some("applicable (no reason given), open"), Some("excluded: We develop no AI.")),
        ("X.1", None, Some("own control, Kill switch, partly implemented: Robots move among people.")),
    ];
    assert_eq!(told, expected);

    include(&mut assessment, &"A.2.10".into());
    assessment.apply(&Change::own_control(&assessment, &"X.1".into(), None));
    assessment.apply(&Change::inclusion(&assessment, &"A.2.2".into(), BTreeSet::new()));
    assert!(stated(&questionnaire, &assessment).is_approved(), "what is as it was approved is approved");
}

#[test]
fn decisions_that_make_no_sense_are_refused() {
    let (questionnaire, a) = sample();
    let refused = |change: &Change| change.check(&questionnaire).err();
    let reasons = BTreeSet::from([InclusionReason::Law]);
    let clause = Change::inclusion(&a, &"5.1".into(), reasons.clone());
    assert_eq!(refused(&clause), Some(Refusal::NoControl("5.1".into())));
    let unknown = Change::inclusion(&a, &"A.9.9".into(), reasons);
    assert_eq!(refused(&unknown), Some(Refusal::UnknownRequirement("A.9.9".into())));
    for (id, own, refusal) in [
        ("A.2.2", own("Mine"), Refusal::TakenId("A.2.2".into())),
        ("5.1", own("Mine"), Refusal::TakenId("5.1".into())),
        ("no id", own("Mine"), Refusal::BadId("no id".to_owned())),
        ("X.1", own("  "), Refusal::EmptyControl),
        ("X.1", OwnControl { reason: String::new(), ..own("Mine") }, Refusal::EmptyControl),
    ] {
        assert_eq!(refused(&Change::own_control(&a, &id.into(), Some(own))), Some(refusal), "{id}");
    }
    let nobody = stated(&questionnaire, &a).approved_by("  ".to_owned(), today());
    assert_eq!(refused(&nobody), Some(Refusal::NoApprover));
    let excluded = Change::exclusion(&a, &"5.1".into(), Some("Too hard.".to_owned()));
    let told = refused(&excluded).map(|refusal| refusal.to_string()).unwrap_or_default();
    assert!(told.contains("choose among the controls"), "{told}");
}

#[test]
fn each_decision_can_be_taken_back() {
    let (_, start) = sample();
    let changes = [
        Change::inclusion(&start, &"A.2.2".into(), BTreeSet::from([InclusionReason::Contract])),
        Change::own_control(&start, &"X.1".into(), Some(own("Mine"))),
        stated(&sample().0, &start).approved_by("Niamh".to_owned(), today()),
    ];
    for change in changes {
        let mut other = start.clone();
        other.apply(&change);
        assert_ne!(other, start, "{change:?}");
        other.apply(&change.inverse());
        assert_eq!(other, start);
    }
}

#[test]
fn a_day_that_has_passed_is_no_plan() {
    let (questionnaire, mut assessment) = sample();
    answer(&mut assessment, "p", 1);
    for (day, is_planned) in
        [(None, false), (today().pred_opt(), false), (Some(today()), true), (today().succ_opt(), true)]
    {
        assessment.apply(&Change::due(&assessment, &"p".into(), day));
        let statement = stated(&questionnaire, &assessment);
        assert_eq!(statement.controls[0].is_planned, is_planned, "{day:?}");
    }
}
