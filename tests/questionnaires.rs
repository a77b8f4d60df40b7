//! The questionnaires that we ship: complete, true to the standard's skeleton, and never renamed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::program::Program;

/// Every id that was ever shipped. Ids are only ever added: answers hang on them.
const IDS: &str = include_str!("fixtures/question-ids.txt");
/// The identifiers and short titles of the standard.
const SKELETON: &str = include_str!("fixtures/iso42001-skeleton.toml");

#[test]
fn the_shipped_questionnaire_has_no_flaw_and_needs_no_advice() {
    let checked = Program::new().json(&["questionnaire", "check", "iso42001"]);
    assert_eq!(checked, json!({ "flaws": [], "advice": [] }));
}

#[test]
fn the_shipped_questionnaire_is_as_large_as_we_say() {
    let shown = shown();
    let counts = &shown["counts"];
    for (key, least) in [("questions", 140), ("packages", 45), ("checks", 20), ("glossary", 60), ("faq", 12)] {
        assert!(counts[key].as_u64().unwrap() >= least, "{key}: {}", counts[key]);
    }
    for (key, exactly) in [("clauses", 32), ("controls", 38), ("areas", 16)] {
        assert_eq!(counts[key], exactly, "{key}");
    }
}

#[test]
fn the_crosswalks_cover_what_they_are_for() {
    let requirements: BTreeSet<String> =
        list(&shown(), "areas").iter().flat_map(|area| list(area, "requirements")).map(id).collect();
    for name in ["iso27001", "iso9001"] {
        let entries = crosswalk(name);
        let told: BTreeSet<String> =
            entries.iter().flat_map(|entry| entry["requirements"].as_array().unwrap()).map(text).collect();
        assert_eq!(told, requirements, "{name} says for each requirement what is there already");
    }
    assert_eq!(crosswalk("nist-ai-rmf").len(), 72, "the subcategories of NIST AI RMF 1.0");
    assert!(crosswalk("buyer-questions").len() >= 20);
    let articles: BTreeSet<String> = crosswalk("eu-ai-act").iter().map(|entry| text(&entry["id"])).collect();
    for number in [4, 5, 6].into_iter().chain(9..=27).chain([43, 47, 48, 49, 50, 53, 54, 55, 71, 72, 73]) {
        let is_article = |id: &String| id.split(['-', '.', ' ', '(']).nth(1) == Some(&number.to_string());
        assert!(articles.iter().any(is_article), "article {number} is missing: {articles:?}");
    }
}

#[test]
fn a_role_that_is_not_asked_about_a_control_is_proposed_to_exclude_it() {
    for area in list(&shown(), "areas") {
        for control in list(area, "requirements").iter().filter(|requirement| requirement["kind"] == "control") {
            let asked = |role: &str| {
                list(control, "questions").iter().any(|question| {
                    let roles = texts(&question["roles"]);
                    roles.is_empty() || roles.iter().any(|one| one == role)
                })
            };
            let proposed = texts(&control["exclusion"]["for"]);
            for role in ["user", "developer", "provider"] {
                assert_eq!(!asked(role), proposed.iter().any(|one| one == role), "{} for a {role}", id(control));
            }
        }
    }
}

#[test]
fn every_clause_and_control_of_the_standard_is_there_with_its_title_in_its_area() {
    let skeleton: toml::Table = SKELETON.parse().unwrap();
    let mut expected = BTreeMap::new();
    for (list, kind) in [("clause", "clause"), ("control", "control")] {
        for entry in skeleton[list].as_array().unwrap() {
            let text = |key: &str| entry[key].as_str().unwrap().to_owned();
            expected.insert(text("id"), (text("area"), text("title"), kind.to_owned()));
        }
    }
    assert_eq!(expected.len(), 32 + 38);
    let mut found = BTreeMap::new();
    let shown = shown();
    for area in list(&shown, "areas") {
        for requirement in list(area, "requirements") {
            let text = |key: &str| requirement[key].as_str().unwrap().to_owned();
            let area = area["id"].as_str().unwrap().to_owned();
            found.insert(text("id"), (area, text("title"), text("kind")));
        }
    }
    assert_eq!(found, expected);
}

#[test]
fn no_question_id_was_ever_dropped_or_slipped_in_unnoticed() {
    let ids: BTreeSet<String> = questions(&shown()).iter().map(|question| id(question)).collect();
    let known: BTreeSet<String> = IDS.lines().map(str::to_owned).collect();
    let dropped: Vec<_> = known.difference(&ids).collect();
    let new: Vec<_> = ids.difference(&known).collect();
    assert!(dropped.is_empty(), "answers hang on these: {dropped:?}");
    assert!(new.is_empty(), "add these to tests/fixtures/question-ids.txt: {new:?}");
}

#[test]
fn requirements_of_weight_have_at_least_two_questions() {
    let weighty = ["6.1.2", "6.1.3", "6.1.4", "8.2", "8.3", "8.4", "9.2.2", "9.3.2", "A.6.2.4", "A.6.2.6", "A.10.3"];
    for area in list(&shown(), "areas") {
        for requirement in list(area, "requirements") {
            let id = id(requirement);
            let is_weighty =
                weighty.contains(&id.as_str()) || ["A.5.", "A.7.", "A.9."].iter().any(|start| id.starts_with(start));
            let least = if is_weighty { 2 } else { 1 };
            assert!(list(requirement, "questions").len() >= least, "{id}");
        }
    }
}

#[test]
fn the_quick_scan_covers_every_area_and_every_showstopper() {
    let shown = shown();
    let quick: Vec<&Value> = questions(&shown).into_iter().filter(|question| question["quick"] == true).collect();
    assert!((30..=40).contains(&quick.len()), "{}", quick.len());
    for area in list(&shown, "areas") {
        let has_quick = list(area, "requirements")
            .iter()
            .flat_map(|requirement| list(requirement, "questions"))
            .any(|question| question["quick"] == true);
        assert!(has_quick, "{}", id(area));
    }
    for question in questions(&shown) {
        assert!(question["showstopper"] != true || question["quick"] == true, "{}", id(question));
    }
}

#[test]
fn a_pure_user_of_ai_is_not_asked_about_building_it() {
    let skeleton: toml::Table = SKELETON.parse().unwrap();
    let without_user: BTreeSet<&str> = skeleton["control"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|control| !control["roles"].as_str().unwrap().contains('U'))
        .map(|control| control["id"].as_str().unwrap())
        .collect();
    assert_eq!(without_user.len(), 14);
    for question in questions(&shown()) {
        let id = id(question);
        let requirement = id.rsplit_once('-').unwrap().0;
        if without_user.contains(requirement) {
            let roles: Vec<&str> = question["roles"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            assert!(!roles.is_empty() && !roles.contains(&"user"), "{id}: {roles:?}");
        }
    }
}

#[test]
fn every_question_is_worded_as_the_authors_page_asks() {
    let mut faults = vec![];
    let mut asked = BTreeSet::new();
    for question in &questions(&shown()) {
        let id = id(question);
        let ask = question["ask"].as_str().unwrap();
        let words: Vec<String> =
            ask.to_lowercase().split_whitespace().map(|word| word.trim_matches([',', ':', '?']).to_owned()).collect();
        let levels: Vec<&str> = question["levels"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let evidence = list(question, "evidence");
        let carries_practice = evidence.iter().any(|item| item["kind"] != "document");
        for (holds, fault) in [
            (ask.ends_with('?'), "doesn't end with a question mark"),
            (words.len() <= 20, "is longer than 20 words"),
            (!words.iter().any(|word| word == "and/or"), "asks and/or"),
            (levels.len() == 6 && levels.iter().collect::<BTreeSet<_>>().len() == 6, "has levels alike"),
            (levels.iter().all(|level| level.chars().count() <= 160), "has a level over 160 characters"),
            ((2..=5).contains(&evidence.len()), "has not two to five items of evidence"),
            (carries_practice, "could be answered at 3 by documents alone"),
            (asked.insert(ask.to_lowercase()), "asks what another one asks"),
        ] {
            if !holds {
                faults.push(format!("{id} {fault}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn shown() -> Value {
    Program::new().json(&["questionnaire", "show", "iso42001"])
}

/// Returns the entries of a crosswalk that we ship.
fn crosswalk(name: &str) -> Vec<toml::Value> {
    let path = format!("{}/questionnaires/iso42001/crosswalks/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let table: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
    table["entry"].as_array().unwrap().clone()
}

fn text(value: &toml::Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a Vec<Value> {
    value[key].as_array().unwrap_or_else(|| panic!("{key} is no list"))
}

/// Returns the texts of a list; none where there is no list.
fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn questions(shown: &Value) -> Vec<&Value> {
    let requirements = list(shown, "areas").iter().flat_map(|area| list(area, "requirements"));
    requirements.flat_map(|requirement| list(requirement, "questions")).collect()
}

fn id(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}
