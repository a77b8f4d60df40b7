//! What follows from the answers, on the command line: the statement, the plan, explanations, crosswalks.

use crate::program::Program;

#[test]
fn a_statement_takes_reasons_own_controls_and_an_approval() {
    let program = Program::with_demo();
    let approve = ["soa", "acme", "--set", "A.5.2=law,risk", "--set", "A.2.2=contract", "--approve", "Niamh"];
    assert!(program.ok(&approve).contains("version 1, approved by Niamh on 2026-11-24"));
    let statement = program.json(&["soa", "acme"]);
    assert_eq!((&statement["version"], &statement["approved"]), (&1.into(), &true.into()));
    let control = |id: &str| {
        let statement = program.json(&["soa", "acme"]);
        statement["controls"].as_array().unwrap().iter().find(|control| control["control"] == id).unwrap().clone()
    };
    assert_eq!(control("A.5.2")["reasons"], serde_json::json!(["risk", "law"]));
    program.ok(&["soa", "acme", "--add-control", "X.1=Kill switch", "--because", "Robots.", "--status", "implemented"]);
    let statement = program.json(&["soa", "acme"]);
    assert_eq!((&statement["version"], &statement["approved"]), (&2.into(), &false.into()));
    assert_eq!(statement["changes"][0]["control"], "X.1");
    assert_eq!(statement["own_controls"][0]["status"], "implemented");
    program.ok(&["soa", "acme", "--remove-control", "X.1", "--set", "A.5.2=law,risk"]);
    assert_eq!(program.json(&["soa", "acme"])["approved"], true, "what is as it was approved is approved");
    program.ok(&["soa", "acme", "--set", "A.5.2="]);
    assert_eq!(control("A.5.2")["reasons"], serde_json::json!([]));
}

#[test]
fn a_statement_refuses_what_makes_no_sense_and_changes_nothing() {
    let program = Program::with_demo();
    let before = program.snapshot();
    let told = program.fails(4, &["soa", "acme", "--set", "6.1.2=law", "--set", "A.5.2=whim", "--set", "A.5.3=risk"]);
    assert!(told.contains("6.1.2") && told.contains("whim"), "{told}");
    program.fails(4, &["soa", "acme", "--add-control", "A.5.2=Mine", "--because", "So."]);
    program.fails(4, &["soa", "acme", "--remove-control", "A.5.2"]);
    program.fails(4, &["soa", "acme", "--approve", "  "]);
    program.fails(2, &["soa", "acme", "--add-control", "X.1=Mine"]);
    program.fails(4, &["exclude", "acme", "6.1.2", "--because", "too hard"]);
    assert_eq!(program.snapshot(), before);
}

#[test]
fn an_explanation_names_the_terms_and_its_figures_are_those_of_the_score() {
    let program = Program::with_demo();
    let question = program.json(&["explain", "acme", "5.2-1"]);
    assert_eq!((&question["id"], &question["of"]), (&"5.2-1".into(), &"question".into()));
    assert!(question["claimed"].is_u64() && question["terms"].as_array().unwrap().len() == 1);
    let whole = program.json(&["explain", "acme", "overall"]);
    let score = program.json(&["score", "acme"]);
    assert_eq!(whole["claimed"], score["maturity"]["claimed"]);
    assert_eq!(whole["figures"][2]["evidenced"], score["readiness_evidenced"]["stage2"]);
    for id in ["6.1.2", "A.5", "timeline"] {
        assert!(!program.json(&["explain", "acme", id])["terms"].as_array().unwrap().is_empty(), "{id}");
        assert!(program.ok(&["explain", "acme", id]).contains("self-assessment"), "{id}");
    }
    program.fails(3, &["explain", "acme", "99.9"]);
    program.ok(&["new", "blank"]);
    assert!(program.json(&["explain", "blank", "5.2-1"])["claimed"].is_null());
}

#[test]
fn a_plan_is_in_order_and_says_how() {
    let program = Program::with_demo();
    let plan = program.json(&["plan", "acme"]);
    let actions = plan["actions"].as_array().unwrap();
    let urgencies = ["showstopper", "undocumented", "operation", "major", "minor", "unsupported"];
    let place = |action: &serde_json::Value| {
        let urgency = urgencies.iter().position(|word| action["urgency"] == *word).unwrap();
        (urgency, action["step"].as_u64().unwrap())
    };
    let places: Vec<(usize, u64)> = actions.iter().map(place).collect();
    assert!(places.is_sorted() && places.len() > 20, "{places:?}");
    for (at, action) in actions.iter().enumerate().filter(|(_, action)| action["reason"] != "unsupported") {
        for package in action["builds_on"].as_array().unwrap() {
            let later = |other: &serde_json::Value| {
                other["package"] == *package && other["reason"] != "unsupported" && other["level"].as_u64().unwrap() < 2
            };
            let after = actions.iter().skip(at).find(|other| later(other));
            assert!(after.is_none(), "{action} stands before what it builds on: {after:?}");
        }
    }
    assert_eq!(actions.iter().filter(|action| action["quick_win"] == true).count(), 5);
    assert!(plan["ranked"].as_str().unwrap().contains("gains most for a person-day"));
    assert!(plan["completion"].as_f64().is_some());
    assert!(program.ok(&["plan", "acme"]).contains("The next best hour: "));
}

#[test]
fn crosswalks_say_what_concerns_the_organisation() {
    let program = Program::with_demo();
    let all = program.json(&["crosswalk", "acme"]);
    let ids: Vec<&str> =
        all["crosswalks"].as_array().unwrap().iter().map(|view| view["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["buyer-questions", "eu-ai-act", "iso27001", "iso9001", "nist-ai-rmf"]);
    let count = |program: &Program, name: &str| {
        let law = program.json(&["crosswalk", name, "eu-ai-act"]);
        law["crosswalks"][0]["entries"].as_array().unwrap().len()
    };
    let before = count(&program, "acme");
    program.ok(&["profile", "acme", "ai_act_role=deployer", "high_risk=none"]);
    assert!(count(&program, "acme") < before / 2, "a deployer without high-risk systems has few obligations");
    let law = program.json(&["crosswalk", "acme", "eu-ai-act"]);
    for entry in law["crosswalks"][0]["entries"].as_array().unwrap() {
        for view in ["claimed", "evidenced"] {
            assert!(entry["support"][view]["coverage"].is_number(), "a share stands with its coverage: {entry}");
        }
        assert!(!entry["gap"].as_str().unwrap().is_empty(), "what stays uncovered is told: {entry}");
    }
    program.fails(3, &["crosswalk", "acme", "tarot"]);
}

#[test]
fn every_document_of_the_questionnaire_is_told_with_its_coverage() {
    let program = Program::with_demo();
    let shown = program.json(&["show", "acme"]);
    let documents = shown["report"]["documents"].as_array().unwrap();
    assert!(documents.len() >= 20, "{}", documents.len());
    for id in ["scope", "policy", "statement-of-applicability", "audit-results", "review-results", "impact-results"] {
        let document = documents.iter().find(|document| document["id"] == id).unwrap();
        assert!(document["asked"].as_u64().unwrap() > 0 && document["claimed"].is_string(), "{document}");
    }
}
