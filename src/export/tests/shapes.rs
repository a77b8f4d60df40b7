//! The JSON shapes that scripts outside the project rely on.

use serde_json::{Value, json};

use crate::domain::assessment::Answer;
use crate::domain::change::{Change, Edit};
use crate::domain::conflict::{Side, settle};
use crate::domain::level::Level;
use crate::domain::report::{Audience, Names, Report};
use crate::domain::scoring::score;
use crate::domain::testing::today;
use crate::export::tests::sample::{self, plain};
use crate::export::{Format, json};

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("it is an object").keys().map(String::as_str).collect()
}

fn score_of_the_sample() -> Value {
    let questionnaire = sample::questionnaire(&plain);
    json!(json::score(&score(&questionnaire, &sample::answered(&plain), today()), &questionnaire, &[]))
}

/// Calls a function on every object in a value, with the path to it.
fn walk(value: &Value, path: &str, visit: &mut dyn FnMut(&str, &serde_json::Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            visit(path, object);
            object.iter().for_each(|(key, inner)| walk(inner, &format!("{path}.{key}"), visit));
        }
        Value::Array(list) => list.iter().for_each(|inner| walk(inner, &format!("{path}[]"), visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The sample with an answer that two copies gave differently, and a note.
fn in_conflict() -> Report {
    let side = |level: u8| Side {
        change: Change::Answer {
            question: "5.1-1".into(),
            edit: Edit { old: None, new: Level::new(level).map(Answer::Level) },
        },
        who: "Ana Silva".into(),
        at: chrono::DateTime::UNIX_EPOCH,
    };
    let note = |text: &str| Side {
        change: Change::Note { question: "5.1-2".into(), edit: Edit { old: String::new(), new: text.to_owned() } },
        ..side(0)
    };
    let mut report = sample::report(&plain);
    let settled = [vec![side(1), side(4)], vec![note("Ana says yes"), note("Bea says no")]];
    report.assessment.settle(settled.into_iter().filter_map(settle).collect());
    report
}

#[test]
fn what_is_in_conflict_is_told_by_every_table_and_names_nobody() {
    let report = in_conflict();
    let json = json::assessment(&report);
    let expected = json!([
        { "what": "the answer to 5.1-1", "question": "5.1-1", "levels": [1, 4] },
        { "what": "the note on 5.1-2", "question": "5.1-2", "levels": null },
    ]);
    assert_eq!(json["report"]["conflicts"], expected);
    let text = |format| -> String {
        let files = sample::rendered(format, &report, Audience::Full, Names::Shown).files;
        files.iter().map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).collect()
    };
    let csv = text(Format::Csv);
    assert!(csv.contains("5.1-1,the answer to 5.1-1,1 4\r\n5.1-2,the note on 5.1-2,\r\n"), "{csv}");
    assert!(text(Format::Oscal).contains("2 values are in conflict"));
}

#[test]
fn a_score_has_the_keys_of_the_contract() {
    let score = score_of_the_sample();
    let expected = [
        "on",
        "note",
        "completion",
        "answered",
        "asked",
        "maturity",
        "readiness",
        "readiness_evidenced",
        "verdict",
        "obstacles",
        "findings",
        "systemic",
        "areas",
        "checks",
        "stale",
    ];
    assert_eq!(keys(&score), expected);
    assert_eq!(score["on"], "2027-03-01");
    assert_eq!(score["completion"], json!(0.75));
    for (outer, inner) in [("maturity", "claimed"), ("maturity", "evidenced"), ("readiness", "stage1")] {
        assert_eq!(keys(&score[outer][inner]), ["low", "middle", "high", "coverage", "answered", "asked"]);
    }
    assert_eq!(keys(&score["readiness_evidenced"]), ["stage1", "stage2"]);
    assert_eq!(score["verdict"], json!({ "claimed": "not-ready", "evidenced": "not-ready" }));
    let first = json!({ "kind": "undocumented", "question": "5.2-1", "text": "Is 5.2-1 done?" });
    assert_eq!(score["obstacles"]["claimed"][0], first);
    assert_eq!(keys(&score["findings"][0]), ["requirement", "title", "grade", "systemic", "because", "questions"]);
    assert_eq!(score["stale"][0]["valid_until"], "2026-12-31");
}

#[test]
fn an_obstacle_that_is_a_requirement_names_it() {
    let questionnaire = sample::questionnaire(&plain);
    let mut assessment = sample::answered(&plain);
    crate::domain::testing::answer(&mut assessment, "5.2-1", 2);
    crate::domain::testing::answer(&mut assessment, "6.1-1", 0);
    let card = score(&questionnaire, &assessment, today());
    let score = json!(json::score(&card, &questionnaire, &[]));
    let first = json!({ "kind": "major", "requirement": "6.1", "text": "Requirement 6.1" });
    assert_eq!(score["obstacles"]["claimed"][0], first);
}

#[test]
fn areas_and_requirements_have_the_figures_of_the_whole() {
    let score = score_of_the_sample();
    let figures = ["completion", "answered", "asked", "maturity", "readiness", "readiness_evidenced"];
    let area = &score["areas"][2];
    assert_eq!(keys(area), [&["id", "title"], &figures[..], &["requirements"]].concat());
    let requirement = &area["requirements"][1];
    assert_eq!(keys(requirement), [&["id", "title", "excluded", "rating"], &figures[..]].concat());
    assert_eq!((&requirement["id"], &requirement["excluded"]), (&json!("A.2.3"), &json!(true)));
    assert_eq!(requirement["rating"], json!({ "claimed": null, "evidenced": null }));
    assert_eq!(score["areas"][0]["requirements"][0]["rating"], json!({ "claimed": "F", "evidenced": "F" }));
}

#[test]
fn every_figure_of_a_score_stands_with_its_coverage_and_in_its_bounds() {
    let mut figures = 0;
    walk(&score_of_the_sample(), "", &mut |path, object| {
        if object.contains_key("middle") {
            figures += 1;
            let part = |key: &str| object[key].as_f64().unwrap_or_else(|| panic!("{path}.{key} is no number"));
            let middle = object["middle"].as_f64().unwrap_or(part("low"));
            assert!(0.0 <= part("low") && part("low") <= middle && middle <= part("high"), "{path}: {object:?}");
            assert!((0.0..=1.0).contains(&part("coverage")), "{path}: {object:?}");
        }
    });
    assert_eq!(figures, 6 * (1 + 4 + 8), "the whole, four areas, eight requirements");
}

#[test]
fn where_nothing_is_answered_there_is_no_middle() {
    let questionnaire = sample::questionnaire(&plain);
    let assessment = crate::domain::testing::assessment(&questionnaire);
    let card = score(&questionnaire, &assessment, today());
    let score = json!(json::score(&card, &questionnaire, &[]));
    let whole = json!({ "low": 0.0, "middle": null, "high": 5.0, "coverage": 0.0, "answered": 0, "asked": 11 });
    assert_eq!(score["maturity"]["claimed"], whole);
    assert_eq!(score["completion"], json!(0.0));
}

#[test]
fn where_everything_is_excluded_the_score_is_empty_and_still_whole() {
    let json = json::assessment(&sample::all_excluded());
    let score = &json["report"]["score"];
    let nothing = json!({ "low": 0.0, "middle": null, "high": 0.0, "coverage": 1.0, "answered": 0, "asked": 0 });
    assert_eq!(score["readiness"]["stage2"], nothing);
    assert_eq!(score["verdict"]["claimed"], "not-ready");
    assert_eq!(json["report"]["statement_of_applicability"]["controls"][0]["decision"], "excluded");
}

#[test]
fn a_timeline_has_the_keys_of_the_contract() {
    let timeline = json::timeline(&sample::forecast(&plain));
    for key in ["note", "seed", "trials", "start", "milestones", "typical", "target", "binding", "effort"] {
        assert!(!timeline[key].is_null(), "{key} is missing");
    }
    for key in ["explanation", "packages", "sensitivities", "histogram", "inputs"] {
        assert!(!timeline[key].is_null(), "{key} is missing");
    }
    let milestones = ["ready-for-stage-1", "stage-1", "stage-2", "certificate"];
    assert_eq!(keys(&timeline["milestones"]), milestones);
    let certificate = json!({
        "p10": 7.0, "p50": 8.0, "p80": 9.5, "p90": 10.123_457,
        "dates": { "p10": "2027-10-01", "p50": "2027-11-01", "p80": "2027-12-16", "p90": "2028-01-04" },
    });
    assert_eq!(timeline["milestones"]["certificate"], certificate);
    assert_eq!(timeline["binding"], json!({ "path": 0.25, "people": 0.75 }));
    assert_eq!(timeline["typical"], json!({ "from": 6.0, "to": 12.0 }));
    assert_eq!(timeline["packages"][1]["milestone"], "certificate");
    assert_eq!(timeline["packages"][0]["effort"], json!(3.333_333));
    assert_eq!(timeline["inputs"][0], json!({ "what": "People", "value": "1.5" }));
}

#[test]
fn the_whole_assessment_holds_everything_that_was_recorded() {
    let report = sample::report(&plain);
    let json = json::assessment(&report);
    assert_eq!((&json["format"], &json["version"]), (&json!("ready42/assessment"), &json!(1)));
    assert_eq!((&json["name"], &json["depth"], &json["seed"]), (&json!("Acme 2027"), &json!("full"), &json!(42)));
    assert_eq!(json["questionnaire"], json!({ "id": "sample", "version": "1.0.0" }));
    assert_eq!(json["answers"].as_array().map(Vec::len), Some(report.assessment.responses().len()));
    let gap = json["answers"].as_array().and_then(|all| all.iter().find(|answer| answer["question"] == "5.2-1"));
    let expected = json!({
        "question": "5.2-1", "level": 1, "because": null, "note": "", "evidence": [],
        "owner": "Ana Silva", "due": "2027-06-30", "reviewed": "2027-02-01", "marked": true,
    });
    assert_eq!(gap, Some(&expected));
    let out = json["answers"].as_array().and_then(|all| all.iter().find(|answer| answer["level"] == "na"));
    assert_eq!(out.map(|answer| &answer["because"]), Some(&json!("We have none.")));
    assert_eq!(json["exclusions"][1], json!({ "control": "A.9.9", "because": "It was never there." }));
    assert_eq!(json["report"]["orphaned"]["answers"][0], json!({ "question": "A.2.3-1", "followed_by": "A.2.3-2" }));
    assert!(json["report"]["timeline"]["explanation"].is_string());
}

#[test]
fn the_profile_has_every_key_of_the_command_line() {
    use crate::domain::profile::{Profile, ProfileKey};
    let json = json::profile(sample::answered(&plain).profile());
    assert_eq!(keys(&json), ProfileKey::ALL.map(ProfileKey::word));
    assert_eq!((&json["people"], &json["certificates"]), (&json!(1.5), &json!(["iso27001"])));
    assert_eq!((&json["target"], &json["start"]), (&json!("2028-01-31"), &Value::Null));
    assert_eq!((&json["high_risk"], &json["consultant"]), (&json!("none"), &json!(false)));
    let awkward = Profile { people: 0.1 + 0.2, ..Profile::default() };
    assert_eq!(json::profile(&awkward)["people"].as_f64(), Some(0.1 + 0.2), "nothing is rounded");
}

#[test]
fn a_questionnaire_has_its_ids_and_counts() {
    let json = json::questionnaire(&sample::questionnaire(&plain));
    let expected = json!({
        "areas": 4, "requirements": 8, "clauses": 4, "controls": 4, "questions": 11, "quick": 1, "documented": 2,
        "showstopper": 1, "packages": null,
        "steps": null, "checks": 0, "glossary": 0, "documents": 0, "faq": 0, "crosswalks": {},
        "by_area": { "5": 4, "6": 2, "A.2": 3, "A.6": 2 },
        "by_role": { "user": 9, "developer": 10, "provider": 10, "several": 11 },
    });
    assert_eq!(json["counts"], expected);
    let question = &json["areas"][0]["requirements"][1]["questions"][0];
    assert_eq!((&question["id"], &question["showstopper"]), (&json!("5.2-1"), &json!(true)));
    assert_eq!(question["levels"].as_array().map(Vec::len), Some(6));
    assert_eq!(json["areas"][2]["requirements"][1]["questions"][0]["replaces"], "A.2.3-1");
}
