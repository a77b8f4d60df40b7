//! The advice follows from the profile, and the reasons say why.

use crate::domain::assessment::Assessment;
use crate::domain::profile::ProfileKey;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::scoring::score;
use crate::domain::testing::{answer, area, assessment, clause, profile, question, questionnaire, today};
use crate::domain::worth::{Advice, Worth, worth};

/// Returns an assessment of an organisation that has told its size, and nothing else.
fn sample() -> (Questionnaire, Assessment) {
    let (questionnaire, mut assessment) = untold();
    profile(&mut assessment, ProfileKey::Headcount, "400");
    (questionnaire, assessment)
}

fn untold() -> (Questionnaire, Assessment) {
    let questionnaire = questionnaire(vec![area("5", vec![clause("5.1", vec![question("p"), question("q")])])]);
    let assessment = assessment(&questionnaire);
    (questionnaire, assessment)
}

fn of(questionnaire: &Questionnaire, assessment: &Assessment) -> Worth {
    worth(assessment, &score(questionnaire, assessment, today()), None)
}

#[test]
fn the_advice_turns_on_demand_and_on_what_is_sold() {
    let rows = [
        (&[][..], Advice::Wait),
        (&[("customers_ask", "true")], Advice::Certify),
        (&[("core_to_product", "true")], Advice::Certify),
        (&[("core_to_product", "true"), ("ai_role", "user")], Advice::Align),
        (&[("high_risk", "some"), ("ai_role", "user")], Advice::Align),
        (&[("ai_role", "provider")], Advice::Wait),
    ];
    for (fields, expected) in rows {
        let (questionnaire, mut assessment) = sample();
        for (key, value) in fields {
            profile(&mut assessment, ProfileKey::from_word(key).expect("the key exists"), value);
        }
        assert_eq!(of(&questionnaire, &assessment).advice, expected, "{fields:?}");
    }
}

#[test]
fn a_name_and_the_days_of_the_project_tell_nothing_of_an_organisation() {
    let (questionnaire, mut assessment) = untold();
    profile(&mut assessment, ProfileKey::Organisation, "Just Begun Ltd");
    profile(&mut assessment, ProfileKey::Start, "2027-03-01");
    assert_eq!(of(&questionnaire, &assessment).advice, Advice::Unknown);
    profile(&mut assessment, ProfileKey::Headcount, "12");
    assert_eq!(of(&questionnaire, &assessment).advice, Advice::Wait);
}

#[test]
fn a_default_is_never_told_as_somebodys_word() {
    let (questionnaire, assessment) = untold();
    let worth = of(&questionnaire, &assessment);
    assert_eq!(worth.advice, Advice::Unknown);
    assert_eq!((worth.reasons_for, worth.reasons_against, worth.takes), (vec![], vec![], None));
}

#[test]
fn a_name_and_a_sector_give_no_advice() {
    let (questionnaire, mut assessment) = untold();
    profile(&mut assessment, ProfileKey::Organisation, "Just Begun Ltd");
    profile(&mut assessment, ProfileKey::Sector, "logistics");
    profile(&mut assessment, ProfileKey::Start, "2026-12-01");
    assert_eq!(of(&questionnaire, &assessment).advice, Advice::Unknown);
}

#[test]
fn advice_that_rests_on_nothing_but_defaults_says_so_first() {
    let (questionnaire, mut assessment) = sample();
    let says = |worth: &Worth| worth.reasons_against[0].contains("before anybody fills it in");
    assert!(says(&of(&questionnaire, &assessment)));
    profile(&mut assessment, ProfileKey::AiRole, "provider");
    assert!(!says(&of(&questionnaire, &assessment)));
}

#[test]
fn what_is_hardly_answered_is_not_spoken_of() {
    let (questionnaire, mut assessment) = sample();
    let far = |worth: &Worth| worth.reasons_for.iter().any(|reason| reason.contains("Most of the way"));
    let near = |worth: &Worth| worth.reasons_against.iter().any(|reason| reason.contains("Nearly all of the way"));
    let nothing = of(&questionnaire, &assessment);
    assert!(!far(&nothing) && !near(&nothing));
    answer(&mut assessment, "p", 3);
    let done = of(&questionnaire, &assessment);
    assert!(far(&done), "{done:?}");
    let told = done.reasons_for.join(" ");
    assert!(told.contains("1 of 2 answered"), "a share never stands without its coverage: {told}");
    answer(&mut assessment, "p", 0);
    assert!(near(&of(&questionnaire, &assessment)));
}

#[test]
fn the_certificate_is_never_said_to_settle_the_law() {
    let (questionnaire, mut assessment) = sample();
    profile(&mut assessment, ProfileKey::HighRisk, "some");
    let worth = of(&questionnaire, &assessment);
    assert!(worth.reasons_against.iter().any(|reason| reason.contains("no presumption of conformity")), "{worth:?}");
}

#[test]
fn a_management_system_that_runs_is_a_head_start_and_an_attestation_is_none() {
    let (questionnaire, mut assessment) = sample();
    profile(&mut assessment, ProfileKey::Certificates, "soc2");
    assert!(of(&questionnaire, &assessment).reasons_for.is_empty());
    profile(&mut assessment, ProfileKey::Certificates, "soc2,iso9001");
    assert!(of(&questionnaire, &assessment).reasons_for[0].contains("(ISO 9001)"));
}
