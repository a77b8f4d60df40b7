//! Which entries concern an organisation, and how far its evidence goes for them.

use chrono::NaiveDate;

use crate::domain::assessment::Assessment;
use crate::domain::crosswalk::{Crosswalk, Detail, Entry, Kind, Obligation, Reuse};
use crate::domain::crosswalk_view::{CrosswalkView, Says, Timing, views};
use crate::domain::glossary::Glossary;
use crate::domain::profile::{AiActRole, ProfileKey};
use crate::domain::questionnaire::{EvidenceKind, Parts, Questionnaire};
use crate::domain::scoring::score;
use crate::domain::testing::today;
use crate::domain::testing::{answer, area, assessment, control, day, evidence, exclude, header, profile, question};

fn entry(id: &str, requirements: &[&str], detail: Detail) -> Entry {
    let requirements = requirements.iter().map(|id| (*id).into()).collect();
    Entry { id: id.into(), title: format!("Entry {id}"), requirements, detail }
}

fn crosswalk(id: &str, kind: Kind, entries: Vec<Entry>) -> Crosswalk {
    let text = || "Something.".to_owned();
    Crosswalk {
        id: id.into(),
        title: format!("Crosswalk {id}"),
        kind,
        reference: text(),
        source: text(),
        ours: true,
        as_of: today(),
        note: text(),
        entries,
    }
}

fn obligation(roles: Vec<AiActRole>, high_risk: bool, applies_from: NaiveDate) -> Detail {
    let text = || "Something.".to_owned();
    let applies_note = String::new();
    Detail::Obligation(Obligation { helps: text(), gap: text(), roles, high_risk, applies_from, applies_note })
}

fn sample() -> (Questionnaire, Assessment) {
    let law = crosswalk(
        "law",
        Kind::Obligations,
        vec![
            entry("1", &["A.2.2"], obligation(vec![AiActRole::Provider], false, day(2027, 3, 1))),
            entry("2", &["A.2.2", "A.2.3"], obligation(vec![], true, day(2027, 3, 11))),
            entry("3", &[], obligation(vec![], false, day(2030, 1, 1))),
        ],
    );
    let reuse = |reuse| Detail::Reuse { reuse, helps: "It helps.".to_owned(), gap: "A gap.".to_owned() };
    let held = crosswalk("iso27001", Kind::Reuse, vec![entry("a", &["A.2.2"], reuse(Reuse::Part))]);
    let parts = Parts {
        header: header(),
        areas: vec![area(
            "A.2",
            vec![control("A.2.2", vec![question("p"), question("q")]), control("A.2.3", vec![question("r")])],
        )],
        roadmap: None,
        checks: vec![],
        crosswalks: vec![law, held],
        glossary: Glossary::default(),
        documents: vec![],
    };
    let questionnaire = Questionnaire::of(parts).expect("the sample has no flaws");
    let assessment = assessment(&questionnaire);
    (questionnaire, assessment)
}

fn seen(questionnaire: &Questionnaire, assessment: &Assessment) -> Vec<CrosswalkView> {
    views(questionnaire, assessment, &score(questionnaire, assessment, today()))
}

fn ids(view: &CrosswalkView) -> Vec<&str> {
    view.lines.iter().map(|line| line.entry.id.as_str()).collect()
}

#[test]
fn only_what_concerns_the_role_and_the_systems_is_told() {
    let (questionnaire, mut assessment) = sample();
    profile(&mut assessment, ProfileKey::AiActRole, "deployer");
    let law = seen(&questionnaire, &assessment).remove(0);
    assert_eq!((ids(&law), law.other), (vec!["3"], 2));
    profile(&mut assessment, ProfileKey::AiActRole, "provider");
    profile(&mut assessment, ProfileKey::HighRisk, "some");
    let law = seen(&questionnaire, &assessment).remove(0);
    assert_eq!((ids(&law), law.other), (vec!["1", "2", "3"], 0));
    let told = law.told();
    assert!(told.starts_with(
        "By the profile (Role, EU AI Act: provider; High-risk AI systems: at least one) 3 obligations can"
    ));
    assert!(told.contains("each line says whom it binds"), "none is said to concern it for certain: {told}");
    let timing: Vec<&Says> = law.lines.iter().map(|line| &line.says).collect();
    assert_eq!(timing[..2], [&Says::Obligation(Timing::Applies), &Says::Obligation(Timing::In(10))]);
}

#[test]
fn what_an_empty_profile_does_not_say_is_called_assumed() {
    let (questionnaire, assessment) = sample();
    let views = seen(&questionnaire, &assessment);
    assert!(views[0].told().starts_with("The profile doesn't say your role or your systems, so every role"));
    assert!(!views[0].told().contains("don't concern you"), "{}", views[0].told());
    assert!(views[1].told().starts_with("The profile doesn't say whether you hold it."), "{}", views[1].told());
}

#[test]
fn who_sells_no_ai_is_told_that_buyers_hardly_ask() {
    let draft = |answer: &str| Detail::Buyer { question: "What?".to_owned(), answer: answer.to_owned() };
    let buyers = crosswalk("buyers", Kind::Buyers, vec![entry("b", &[], draft("This."))]);
    let (questionnaire, mut assessment) = sample();
    let parts = Parts {
        header: header(),
        areas: questionnaire.areas().to_vec(),
        roadmap: None,
        checks: vec![],
        crosswalks: vec![buyers],
        glossary: Glossary::default(),
        documents: vec![],
    };
    let questionnaire = Questionnaire::of(parts).expect("the sample has no flaws");
    assert!(!seen(&questionnaire, &assessment)[0].told().contains("sell none"));
    profile(&mut assessment, ProfileKey::AiRole, "user");
    assert!(seen(&questionnaire, &assessment)[0].told().contains("sell none"));
    profile(&mut assessment, ProfileKey::CoreToProduct, "true");
    assert!(!seen(&questionnaire, &assessment)[0].told().contains("sell none"));
}

#[test]
fn the_share_is_that_of_the_requirements_with_its_coverage() {
    let (questionnaire, mut assessment) = sample();
    profile(&mut assessment, ProfileKey::HighRisk, "some");
    answer(&mut assessment, "p", 3);
    answer(&mut assessment, "r", 1);
    evidence(&mut assessment, "p", EvidenceKind::Document, None);
    let law = seen(&questionnaire, &assessment).remove(0);
    let second = &law.lines[1].support;
    // p at 3, q open, r at 1: from (1 + 0 + 1/3) / 3 to (1 + 1 + 1/3) / 3; q is assumed like p.
    let near = |figure: f64, expected: f64| (figure - expected).abs() < 1e-9;
    assert!(near(second.claimed.low, 4.0 / 9.0) && near(second.claimed.high, 7.0 / 9.0), "{second:?}");
    assert_eq!((second.claimed.answered.answered, second.claimed.answered.asked), (2, 3));
    assert!(near(second.evidenced.low, (2.0 / 3.0 + 1.0 / 3.0) / 3.0), "{second:?}");
    assert!(!law.lines[2].support.claimed.applies(), "nothing bears on it");
    exclude(&mut assessment, "A.2.3");
    let law = seen(&questionnaire, &assessment).remove(0);
    assert_eq!(law.lines[1].excluded, ["A.2.3".into()]);
    assert_eq!(law.lines[1].support.claimed.answered.asked, 2, "what is excluded helps nobody");
}

#[test]
fn a_reuse_is_told_as_held_by_those_who_hold_the_certificate() {
    let (questionnaire, mut assessment) = sample();
    assert!(!seen(&questionnaire, &assessment)[1].is_held);
    profile(&mut assessment, ProfileKey::Sector, "Toys");
    assert!(
        seen(&questionnaire, &assessment)[1].told().contains("doesn't say whether you hold it"),
        "a sector says nothing"
    );
    profile(&mut assessment, ProfileKey::AiSystems, "7");
    assert!(seen(&questionnaire, &assessment)[1].told().contains("doesn't name it among your certificates"));
    profile(&mut assessment, ProfileKey::Certificates, "iso27001");
    let held = seen(&questionnaire, &assessment).remove(1);
    assert!(held.is_held);
    assert_eq!(held.told(), "Of 1 requirements, 0 carry over, 1 in part, 0 are new.");
}
