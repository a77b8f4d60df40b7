//! Assessments that former versions wrote open for good.

use std::fs;
use std::path::{Path, PathBuf};

use super::meta;
use crate::domain::assessment::{Answer, Assessment, Depth, Seed};
use crate::domain::level::Level;
use crate::domain::profile::ProfileKey;
use crate::domain::questionnaire::EvidenceKind;
use crate::storage::reading;
use crate::storage::store::Store;

/// The folder of the assessments that a version wrote.
fn written_by(version: &str) -> PathBuf {
    Path::new("tests/fixtures/saves").join(version)
}

/// Copies the files of an assessment that a test may change, without one of them.
fn copy(from: &Path, to: &Path, without: &str) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        match name.to_str() {
            Some(name) if name == without => {}
            _ if path.is_dir() => copy(&path, &to.join(name), without),
            _ => drop(fs::copy(&path, to.join(name)).unwrap()),
        }
    }
}

/// What stands in `0.1/cafe-tokyo`: every kind of change that 0.1 knew how to make on the command line.
fn check_cafe(assessment: &Assessment) {
    assert_eq!((assessment.name(), assessment.depth(), assessment.seed()), ("Café 東京", Depth::Quick, Seed(42)));
    let field = |key| assessment.profile().text(key);
    assert_eq!(field(ProfileKey::Organisation), "Café 東京 GmbH");
    assert_eq!(field(ProfileKey::Headcount), "42");
    assert_eq!(field(ProfileKey::Certificates), "iso27001,soc2");
    assert_eq!(field(ProfileKey::Start), "2026-12-01");
    assert_eq!(field(ProfileKey::RateInternal), "480.5");
    let response = assessment.response(&"4.1-1".into()).unwrap();
    assert_eq!(response.claimed(), Some(Level::Operating));
    assert_eq!((response.note.as_str(), response.owner.as_str()), ("Two\nlines", "Eve"));
    assert_eq!(response.due.unwrap().to_string(), "2027-01-29");
    assert_eq!(response.evidence[0].what, "Minutes of 3 March");
    let measured = assessment.response(&"4.3-1".into()).unwrap();
    assert_eq!(measured.claimed(), Some(Level::Measured));
    assert_eq!(measured.evidence[0].kind, EvidenceKind::Measurement);
    assert_eq!(measured.reviewed.unwrap().to_string(), "2026-11-01");
    let because = "We train nothing".to_owned();
    assert_eq!(assessment.answer(&"A.7.3-1".into()), Some(&Answer::NotApplicable { because }));
    assert_eq!(assessment.responses().len(), 4);
    assert_eq!(assessment.exclusions().map(|(id, _)| id.to_string()).collect::<Vec<_>>(), ["A.7.6"]);
}

#[test]
fn an_assessment_of_0_1_opens_for_good() {
    let reading = reading::read(&written_by("0.1").join("cafe-tokyo")).unwrap();
    assert_eq!(reading.notices, []);
    check_cafe(&reading.assessment);
}

#[test]
fn either_half_of_an_assessment_of_0_1_is_enough() {
    let folder = tempfile::tempdir().unwrap();
    for without in ["assessment.toml", "journal"] {
        let half = folder.path().join(without);
        copy(&written_by("0.1").join("cafe-tokyo"), &half, without);
        check_cafe(&reading::read(&half).unwrap().assessment);
    }
}

#[test]
fn an_assessment_of_0_1_is_written_on_without_a_repair() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cafe");
    copy(&written_by("0.1").join("cafe-tokyo"), &path, "");
    let mut opened = Store::open(&path, &meta(0)).unwrap();
    assert_eq!(opened.notices, []);
    let before = opened.store.assessment().clone();
    opened.store.record(&super::answer(&before, 3), &meta(1)).unwrap();
    let mut expected = before.clone();
    expected.apply(&super::answer(&before, 3));
    drop(opened);
    assert_eq!(reading::read(&path).unwrap().assessment, expected);
}
