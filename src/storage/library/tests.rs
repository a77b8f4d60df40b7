//! The loader against valid, faulty and hostile questionnaires.

mod format;
mod hostile;

use std::fs;
use std::path::{Path, PathBuf};

use toml::de::DeTable;

use crate::domain::assessment::{Assessment, Depth, QuestionnaireRef, Seed};
use crate::domain::buyers::draft;
use crate::domain::check::Condition;
use crate::domain::crosswalk::{Detail, Kind, Reuse};
use crate::domain::level::Level;
use crate::domain::profile::{AiActRole, AiRole, ProfileKey};
use crate::domain::questionnaire::{EvidenceKind, Questionnaire};
use crate::domain::roadmap::{Chance, Milestone, Size};
use crate::domain::scoring::score;
use crate::storage::library::assemble::{assemble, assemble_compiled, inspect};
use crate::storage::library::catalog::{BUILT_IN, Origin};
use crate::storage::library::files::{File, complete, digest, embedded};
use crate::storage::library::tree::Fields;
use crate::storage::library::{Library, LibraryError, LocatedFlaw, compiled, demo};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/questionnaires");

/// Returns the TOML files below a folder of the fixtures, as if they lay in a folder `q`.
fn fixture(folder: &str) -> Vec<(String, Vec<u8>)> {
    fn walk(folder: &Path, below: &str, found: &mut Vec<(String, Vec<u8>)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{below}{}", path.file_name().unwrap().to_str().unwrap());
            if path.is_dir() {
                walk(&path, &format!("{name}/"), found);
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                found.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    let mut found = vec![];
    walk(&Path::new(FIXTURES).join(folder), "", &mut found);
    found
}

fn files(contents: Vec<(String, Vec<u8>)>) -> Vec<File> {
    complete("q", contents.into_iter().map(|(name, content)| File::new("q", name, content)).collect())
}

/// Returns the valid fixture with these files put over it.
fn valid_with(over: Vec<(String, Vec<u8>)>) -> Vec<File> {
    let mut all = fixture("valid");
    all.retain(|(name, _)| !over.iter().any(|(other, _)| other == name));
    all.extend(over);
    files(all)
}

fn valid_but(name: &str, content: impl Into<Vec<u8>>) -> Vec<File> {
    valid_with(vec![(name.to_owned(), content.into())])
}

fn valid_text(name: &str) -> String {
    fs::read_to_string(Path::new(FIXTURES).join("valid").join(name)).unwrap()
}

fn loaded(files: &[File]) -> Questionnaire {
    assemble(files).unwrap_or_else(|flaws| panic!("{}", shown(&flaws)))
}

fn shown(flaws: &[LocatedFlaw]) -> String {
    flaws.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n\n")
}

/// Returns what is shown for a faulty questionnaire.
fn told(files: &[File]) -> String {
    shown(&assemble(files).expect_err("the questionnaire is faulty"))
}

#[track_caller]
fn assert_told(name: &str, told: &str) {
    insta::with_settings!({
        snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots/library"),
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!(name, told) });
}

#[test]
fn a_valid_questionnaire_is_read_whole() {
    let questionnaire = loaded(&files(fixture("valid")));
    assert_eq!(questionnaire.header().id, "small");
    let areas: Vec<_> = questionnaire.areas().iter().map(|area| area.id.as_str()).collect();
    assert_eq!(areas, ["4", "A.2"], "areas come in the order of questionnaire.toml, not of file names");
    let first = questionnaire.item(&"4.1-1".into()).unwrap();
    assert_eq!((first.requirement.weight, first.question.weight), (2.0, 1.0));
    assert!(first.question.documented && first.question.showstopper && first.question.quick);
    assert_eq!(first.question.levels[5], "Reviews changed it.");
    assert_eq!(first.question.evidence[1].kind, EvidenceKind::Record);
    let second = questionnaire.item(&"4.1-2".into()).unwrap().question;
    assert_eq!((second.weight, second.roles.len(), second.documented), (0.5, 2, false));
    assert_eq!(second.replaces.as_ref().unwrap().as_str(), "4.1-0");
}

#[test]
fn crosswalks_are_read_whole_each_by_its_kind() {
    let questionnaire = loaded(&files(fixture("valid")));
    let kinds: Vec<_> = questionnaire.crosswalks().iter().map(|one| (one.id.as_str(), one.kind)).collect();
    assert_eq!(
        kinds,
        [("buyers", Kind::Buyers), ("certificate", Kind::Reuse), ("law", Kind::Obligations), ("other", Kind::Coverage)]
    );
    let [buyers, certificate, law, other] = questionnaire.crosswalks() else { panic!("four crosswalks") };
    assert_eq!((law.ours, other.ours, law.as_of.to_string().as_str()), (false, true, "2026-11-23"));
    let Detail::Obligation(article) = &law.entry("art-1").unwrap().detail else { panic!("an obligation") };
    assert_eq!((article.roles.as_slice(), article.high_risk), (&[AiActRole::Provider, AiActRole::Deployer][..], true));
    assert_eq!(
        (article.applies_from.to_string().as_str(), article.applies_note.as_str()),
        ("2027-12-02", "Later for some.")
    );
    let Detail::Coverage { text, gap, .. } = &other.entry("PART 2").unwrap().detail else { panic!("a coverage") };
    assert_eq!((text.as_str(), gap.as_str()), ("", ""));
    assert!(matches!(&certificate.entries[0].detail, Detail::Reuse { reuse: Reuse::Part, .. }));
    assert!(matches!(&buyers.entries[0].detail, Detail::Buyer { question, .. } if question == "Do you have a policy?"));
    let requirement = "4.1".into();
    let bear_on: Vec<_> = other.entries_of(&requirement).map(|entry| entry.id.as_str()).collect();
    assert_eq!(bear_on, ["PART 1"]);
}

#[test]
fn checks_and_glossary_are_read_whole() {
    let questionnaire = loaded(&files(fixture("valid")));
    let [first, second] = questionnaire.checks() else { panic!("two checks") };
    assert_eq!(
        first.when,
        [
            Condition::AtLeast("A.2.2-1".into(), Level::Operating),
            Condition::Below("4.1-1".into(), Level::Documented),
            Condition::EvidencedBelow("4.1-1".into(), Level::AdHoc),
        ]
    );
    assert_eq!(
        second.when,
        [Condition::Profile(ProfileKey::AiRole, "provider"), Condition::Excluded("A.2.2".into(), true)]
    );
    let glossary = questionnaire.glossary();
    assert_eq!((glossary.entries.len(), glossary.questions.len()), (2, 1));
    let aims = glossary.entry("aims").unwrap();
    assert_eq!((aims.also.as_slice(), aims.see.len()), (&["AI management system".to_owned()][..], 2));
    assert_eq!(glossary.question("what-is-it").unwrap().see, ["aims".into()]);
}

#[test]
fn a_control_says_for_whom_it_is_typically_left_out() {
    let questionnaire = loaded(&files(fixture("valid")));
    let exclusion = questionnaire.requirement(&"A.2.2".into()).unwrap().1.exclusion.as_ref().unwrap();
    assert_eq!((exclusion.roles.as_slice(), exclusion.because.as_str()), (&[AiRole::User][..], "We build no AI."));
    assert!(questionnaire.requirement(&"4.1".into()).unwrap().1.exclusion.is_none());
    let clause = valid_text("clause-04.toml").replacen(
        "intent =",
        "exclude_for = [\"user\"]\nexclude_because = \"No.\"\nintent =",
        1,
    );
    assert!(told(&valid_but("clause-04.toml", clause)).contains("a clause can't be excluded"));
}

#[test]
fn a_roadmap_is_sorted_so_that_each_package_comes_after_what_it_follows() {
    let questionnaire = loaded(&files(fixture("valid")));
    let roadmap = questionnaire.roadmap().unwrap();
    let order: Vec<_> = roadmap.packages.iter().map(|package| package.id.as_str()).collect();
    assert_eq!(order, ["scope-statement", "policy", "stage-1", "findings"]);
    let [scope, policy, stage, findings] = roadmap.packages.as_slice() else { panic!("four packages") };
    assert_eq!(policy.after, ["scope-statement".into()], "a phase stands for its packages");
    assert_eq!(stage.after, ["policy".into(), "scope-statement".into()]);
    assert_eq!((stage.step().unwrap().milestone, stage.step().unwrap().booking), (Some(Milestone::Stage1), true));
    assert_eq!((scope.workers, policy.workers, scope.scales.as_slice()), (3.0, 2.0, &[(Size::AiSystems, 0.6)][..]));
    assert_eq!((scope.waiting.high, policy.waiting.high, policy.effort.low), (10.0, 0.0, 1.5));
    assert_eq!(findings.step().unwrap().chance, Some(Chance { base: 0.3, unevidenced: 0.5 }));
}

#[test]
fn a_phase_in_after_stands_for_packages_and_not_for_steps() {
    let roadmap = valid_text("roadmap.toml").replace("after = [\"stage-1\"]", "after = [\"phase:certify\"]");
    let questionnaire = loaded(&valid_but("roadmap.toml", roadmap));
    let findings = questionnaire.roadmap().unwrap().packages.iter().find(|one| one.id.as_str() == "findings");
    assert_eq!(findings.unwrap().after, []);
}

#[test]
fn each_faulty_questionnaire_tells_all_its_flaws() {
    let mut cases: Vec<PathBuf> =
        fs::read_dir(Path::new(FIXTURES).join("faulty")).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 12, "the fixtures are there");
    for case in cases {
        let name = case.file_name().unwrap().to_str().unwrap().to_owned();
        assert_told(&name, &told(&valid_with(fixture(&format!("faulty/{name}")))));
    }
}

#[test]
fn advice_on_wording_has_its_place_and_refuses_nothing() {
    let wordy = "word ".repeat(31);
    let clause = valid_text("clause-04.toml")
        .replacen("\"A slogan.\"", &format!("\"{}.\"", wordy.trim()), 1)
        .replacen("Reviews changed it.", &"x".repeat(161), 1)
        .replacen("ask = \"", "ask = \"This and/or ", 1);
    let files = valid_but("clause-04.toml", clause);
    loaded(&files);
    let checked = inspect(&files);
    assert_eq!(checked.flaws, []);
    assert_told("advice", &shown(&checked.advice));
    assert!(inspect(&valid_with(fixture("faulty/levels"))).advice.is_empty(), "first the flaws");
}

#[test]
fn a_folder_tells_the_problems_of_all_its_files_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut contents = fixture("valid");
    contents.extend(["wrong_types", "references", "levels"].iter().flat_map(|case| fixture(&format!("faulty/{case}"))));
    for (name, content) in contents {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    let flaws = Library::new(None).check(folder.path()).unwrap().flaws;
    let in_file = |name: &str| flaws.iter().filter(|flaw| flaw.file.ends_with(name)).count();
    for (name, least) in [("clause-04.toml", 3), ("annex-a02.toml", 3), ("roadmap.toml", 3), ("other.toml", 3)] {
        assert!(in_file(name) >= least, "{name} has {} flaws", in_file(name));
    }
    let error = Library::new(None).load(folder.path()).unwrap_err();
    assert!(matches!(&error, LibraryError::Faulty { flaws: told } if *told == flaws));
}

#[test]
fn a_folder_without_questionnaire_toml_is_none() {
    let mut contents = fixture("valid");
    contents.retain(|(name, _)| name != "questionnaire.toml");
    assert_eq!(
        told(&files(contents)),
        "q/questionnaire.toml: the file is missing\n      = Add it, with a [questionnaire] table."
    );
}

#[test]
fn the_order_in_which_files_are_listed_changes_nothing() {
    let mut contents = fixture("valid");
    let forwards = files(contents.clone());
    contents.reverse();
    let backwards = files(contents);
    assert_eq!(loaded(&forwards), loaded(&backwards));
    assert_eq!(digest(&forwards), digest(&backwards));
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing_that_is_read() {
    let windows = |name: &str| format!("\u{feff}{}", valid_text(name).replace('\n', "\r\n")).into_bytes();
    let all = fixture("valid").into_iter().map(|(name, _)| (name.clone(), windows(&name))).collect();
    assert_eq!(loaded(&files(all)), loaded(&files(fixture("valid"))));
    let broken = String::from_utf8(windows("clause-04.toml")).unwrap().replace("quick = true", "quick = 2");
    let told = told(&valid_but("clause-04.toml", broken));
    assert!(told.contains("   33 | quick = 2\n      |         ^\n"), "{told}");
}

#[test]
fn the_last_line_needs_no_end() {
    loaded(&valid_but("clause-04.toml", valid_text("clause-04.toml").trim_end()));
}

#[test]
fn text_that_is_no_utf_8_is_refused_with_its_place() {
    let latin = valid_text("clause-04.toml").replace("Nobody", "Caf\u{1}").into_bytes();
    let latin: Vec<u8> = latin.into_iter().map(|byte| if byte == 1 { 0xe9 } else { byte }).collect();
    let offset = latin.iter().position(|byte| *byte == 0xe9).unwrap();
    let utf_16: Vec<u8> = std::iter::once(0xfeff).chain("[area]".encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (content, problem) in [
        (latin, format!("the file is not UTF-8: byte {offset} can't be read")),
        (utf_16, "the file is UTF-16: byte 0 can't be read".to_owned()),
    ] {
        let told = told(&valid_but("clause-04.toml", content));
        assert_eq!(told, format!("q/clause-04.toml: {problem}\n      = Save the file as UTF-8."));
    }
}

#[test]
fn a_lone_carriage_return_is_refused_with_its_line() {
    let told = told(&valid_but("clause-04.toml", valid_text("clause-04.toml").replace("?\"\nwhy", "?\"\rwhy")));
    assert!(told.starts_with("q/clause-04.toml:16:41: a carriage return without line feed\n   16 | ask = "), "{told}");
    assert!(told.contains("␍why"), "{told}");
}

#[test]
fn nothing_in_a_file_reaches_the_terminal_raw() {
    let spoilt = valid_text("clause-04.toml")
        .replace("\"4.1-1\"", "\"\\u001b[2J\\u202e\"")
        .replace("quick = true", "quick = \"\u{202e}\u{9b}31m\u{2028}\"")
        .replace("documented = true", "documented = \u{1b}]0;x\u{7}");
    let told = told(&valid_but("clause-04.toml", spoilt));
    assert!(told.chars().all(|c| c == '\n' || crate::domain::text::visible(&c.to_string()) == c.to_string()), "{told}");
}

#[test]
fn a_wide_character_before_a_flaw_moves_its_mark() {
    let told = told(&valid_but("clause-04.toml", valid_text("clause-04.toml").replace("\"A slogan.\"", "\"東京\" x")));
    assert!(told.contains("   30 | pitfall = \"東京\" x\n      |                  ^\n"), "{told}");
}

#[test]
fn a_folder_of_the_users_wins_over_the_built_in_one_of_its_id() {
    let config = tempfile::tempdir().unwrap();
    let library = Library::new(Some(config.path().to_owned()));
    assert_eq!(library.list().unwrap()[0].origin, Origin::BuiltIn);
    let own = config.path().join("questionnaires").join("iso42001");
    for (name, content) in fixture("valid") {
        let path = own.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    let loaded = library.load("iso42001").unwrap();
    assert_eq!(loaded.origin, Origin::Folder(own.clone()));
    assert_eq!(loaded.questionnaire.header().id, "small");
    assert_eq!(demo(&loaded), Some("[profile]\norganisation = \"Example\"\n"));
    assert_eq!(loaded.digest().len(), 64);
    let entries = library.list().unwrap();
    assert_eq!((entries[0].title.as_str(), &entries[0].origin), ("A small questionnaire", &Origin::Folder(own)));
}

#[test]
fn a_questionnaire_with_a_faulty_header_is_listed_with_its_flaw() {
    let config = tempfile::tempdir().unwrap();
    fs::create_dir_all(config.path().join("questionnaires/mine")).unwrap();
    let entries = Library::new(Some(config.path().to_owned())).list().unwrap();
    let mine = entries.iter().find(|entry| entry.id == "mine").unwrap();
    assert_eq!(mine.flaws[0].problem, "the file is missing");
}

#[test]
fn a_name_that_means_nothing_is_told_with_what_there_is() {
    let error = Library::new(None).load("iso9999").unwrap_err();
    assert_eq!(error.to_string(), "there is no questionnaire \"iso9999\"");
    assert!(error.remedy().starts_with("There are iso42001"), "{}", error.remedy());
    for name in ["", "..", "../nowhere", "a\u{1b}b"] {
        let told = Library::new(None).load(format!("{name}/nowhere")).unwrap_err().to_string();
        assert!(!told.contains('\u{1b}'));
    }
    let file = Path::new(FIXTURES).join("valid/demo.toml");
    assert!(matches!(Library::new(None).load(&file), Err(LibraryError::NoFolder { .. })));
}

#[test]
fn the_digest_changes_with_any_byte_and_with_any_name() {
    let original = digest(&files(fixture("valid")));
    let changed = valid_but("glossary.toml", valid_text("glossary.toml") + "\n");
    let mut renamed = fixture("valid");
    renamed[0].0.insert(0, 'x');
    assert!(![digest(&changed), digest(&files(renamed))].contains(&original));
}

#[test]
fn the_compiled_questionnaire_is_the_one_that_its_texts_make() {
    for folder in BUILT_IN.dirs() {
        let id = folder.path().to_str().unwrap();
        let texts = embedded(folder);
        let compiled: Vec<&str> = compiled::below(id).map(|(name, _)| name).collect();
        let is_used = |name: &&str| *name != "demo.toml" && !name.starts_with("i18n/");
        assert_eq!(compiled, texts.iter().map(|file| file.name.as_str()).filter(is_used).collect::<Vec<_>>());
        for (name, file) in compiled::below(id) {
            let text = texts.iter().find(|text| text.name == name).unwrap().text();
            let parsed = Fields::parsed(DeTable::parse(text).unwrap().into_inner());
            assert_eq!(file.fields().unwrap().placeless(), parsed.placeless(), "{name}");
        }
        assert_eq!(assemble_compiled(id), assemble(&texts).ok(), "{id}");
    }
}

#[test]
fn every_answer_to_a_buyer_is_filled_and_nothing_unknown_is_claimed() {
    let loaded = Library::new(None).load("iso42001").unwrap();
    let questionnaire = &loaded.questionnaire;
    let header = questionnaire.header();
    let reference = QuestionnaireRef { id: header.id.clone(), version: header.version.clone() };
    let empty = Assessment::new("Acme", reference, Depth::Full, Seed(1));
    let mut filled = empty.clone();
    let now = chrono::DateTime::UNIX_EPOCH + chrono::TimeDelta::days(21_000);
    let told = crate::storage::demo::read(demo(&loaded).unwrap(), &empty, questionnaire, now).unwrap();
    for change in told.profile.into_iter().chain(told.episodes.into_iter().flat_map(|episode| episode.changes)) {
        filled.apply(&change);
    }
    let day = "2026-11-23".parse().unwrap();
    let mut count = 0;
    for crosswalk in questionnaire.crosswalks_of(Kind::Buyers) {
        for entry in &crosswalk.entries {
            let Detail::Buyer { answer, .. } = &entry.detail else { panic!("a buyer's question") };
            for assessment in [&empty, &filled] {
                let draft = draft(answer, questionnaire, assessment, &score(questionnaire, assessment, day));
                assert!(!draft.text.contains(['{', '}']), "{}: {}", entry.id, draft.text);
                let unanswered = ["in practice", "on file", "our own account"].iter().any(|it| draft.text.contains(it));
                assert!(!(unanswered && assessment == &empty), "{}: {}", entry.id, draft.text);
            }
            count += 1;
        }
    }
    assert!(count >= 20, "{count}");
}
