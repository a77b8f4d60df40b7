//! Files made to break the loader: no panic, no overflow, no end of memory, and always a reason.

use std::fs;

use proptest::prelude::*;

use crate::storage::library::assemble::assemble;
use crate::storage::library::tests::{told, valid_but, valid_text};
use crate::storage::library::{Library, LocatedFlaw};

const FILES: [&str; 7] = [
    "clause-04.toml",
    "questionnaire.toml",
    "roadmap.toml",
    "checks.toml",
    "glossary.toml",
    "crosswalks/other.toml",
    "crosswalks/law.toml",
];

/// Checks that what is shown of each flaw is bounded, whatever the file holds.
fn assert_presentable(flaws: &[LocatedFlaw]) {
    assert!(!flaws.is_empty());
    for flaw in flaws {
        assert!(flaw.source_line.chars().count() <= 130, "{}", flaw.source_line.len());
        assert!(flaw.problem.chars().count() <= 401 && !flaw.problem.is_empty() && !flaw.remedy.is_empty());
    }
}

#[test]
fn deep_nesting_is_refused_without_overflow() {
    let deep = 100_000;
    for content in [
        format!("a = {}", "[".repeat(deep)),
        format!("a = {}{}", "[".repeat(deep), "]".repeat(deep)),
        format!("a = {}1{}", "{ b = ".repeat(deep), " }".repeat(deep)),
        format!("{}a = 1", "a.".repeat(deep)),
        format!("[{}a]\nb = 1", "a.".repeat(deep)),
        format!("[[{}a]]\nb = 1", "a.".repeat(deep)),
        format!("[area]\n{}", "[area.b]\n".repeat(1000)),
    ] {
        let flaws = assemble(&valid_but("clause-04.toml", content)).unwrap_err();
        assert_presentable(&flaws);
        assert!(flaws[0].file.ends_with("clause-04.toml"), "{}", flaws[0]);
    }
}

#[test]
fn a_file_beyond_the_limit_is_refused_unread() {
    let folder = tempfile::tempdir().unwrap();
    let large = fs::File::create(folder.path().join("clause-04.toml")).unwrap();
    large.set_len(100 * 1024 * 1024).unwrap();
    let flaws = Library::new(None).check(folder.path()).unwrap().flaws;
    assert_eq!(flaws[0].problem, "the file is larger than 16 MB");
}

#[test]
fn a_file_that_would_take_the_parser_too_long_is_refused_before() {
    for content in ["[".repeat(3_000_000), "\n".repeat(3_000_000)] {
        let flaws = assemble(&valid_but("clause-04.toml", content)).unwrap_err();
        assert!(flaws[0].problem.starts_with("the file has more than 2000000 lines"), "{}", flaws[0]);
    }
}

#[test]
fn of_many_flaws_not_all_are_kept() {
    let content = (0..50_000).map(|number| format!("k{number} = 1")).collect::<Vec<_>>().join("\n");
    let flaws = assemble(&valid_but("clause-04.toml", format!("[area]\n{content}"))).unwrap_err();
    assert_presentable(&flaws);
    assert_eq!(flaws.len(), 1001);
    assert!(flaws.iter().any(|flaw| flaw.problem == "there are more problems than are shown"));
}

#[test]
fn a_long_line_with_many_flaws_is_shown_in_parts() {
    let content = format!("area = [{}]", "{ é = 1 }, ".repeat(100_000));
    assert_presentable(&assemble(&valid_but("clause-04.toml", content)).unwrap_err());
    let told = told(&valid_but("demo.toml", format!("a = \"{}\" b", "é".repeat(1000))));
    assert!(told.contains("   1 | …"), "{told}");
    assert!(told.contains('^'), "{told}");
}

#[test]
fn a_long_cycle_and_a_dense_one_are_named_in_short() {
    let step = |id: usize, after: String| {
        format!(
            "[[step]]\nid = \"s{id}\"\ntitle = \"T\"\nphase = \"scope\"\neffort = [1, 2, 3]\nafter = {after}\nsource = \"s\"\n"
        )
    };
    let ring: String = (0..900).map(|id| step(id, format!("[\"s{}\"]", (id + 1) % 900))).collect();
    let told_ring = told(&valid_but("roadmap.toml", valid_text("roadmap.toml") + &ring));
    assert!(told_ring.contains("wait for each other: s0 -> s1 -> s2 -> s3 -> s4 -> s5 -> … ->"), "{told_ring}");
    let all = format!("[{}]", (0..200).map(|id| format!("\"s{id}\"")).collect::<Vec<_>>().join(", "));
    let dense: String = (0..200).map(|id| step(id, all.clone())).collect();
    let told_dense = told(&valid_but("roadmap.toml", valid_text("roadmap.toml") + &dense));
    assert!(told_dense.contains("s0 -> s0"), "{told_dense}");
}

#[test]
fn ten_thousand_questions_are_read() {
    let content = valid_text("annex-a02.toml");
    let at = content.find("[[requirement.question]]").unwrap();
    let question = &content[at..];
    let many: String = (1..10_000).map(|number| question.replace("A.2.2-1", &format!("A.2.2-{number}"))).collect();
    let flaws = assemble(&valid_but("annex-a02.toml", format!("{}{many}", &content[..at]))).unwrap_err();
    assert_eq!(flaws[0].problem, "no package of the roadmap closes A.2.2-10");
    assert_eq!(flaws.last().unwrap().problem, "there are more problems than are shown");
}

#[test]
fn folders_that_lead_into_each_other_are_left() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("a")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path(), folder.path().join("a/again")).unwrap();
    let flaws = Library::new(None).check(folder.path()).unwrap().flaws;
    assert!(flaws.iter().any(|flaw| flaw.problem.contains("deep in each other")));
}

const WORDS: [&str; 57] = [
    "[area]",
    "[[requirement]]",
    "[[requirement.question]]",
    "[questionnaire]",
    "[roadmap]",
    "[reference]",
    "[[package]]",
    "[[step]]",
    "[[driver]]",
    "[[entry]]",
    "[crosswalk]",
    "id",
    "title",
    "levels",
    "evidence",
    "weight",
    "after",
    "closes",
    "effort",
    "waiting",
    "phase",
    "areas",
    "requirements",
    "roles",
    "kind",
    "chance",
    "scales",
    "=",
    "=",
    "=",
    "\n",
    "\n",
    "\n",
    "[",
    "]",
    "{",
    "}",
    ",",
    ".",
    "\"4\"",
    "\"4.1\"",
    "\"4.1-1\"",
    "\"unnamed:1\"",
    "\"phase:scope\"",
    "\"scope\"",
    "1",
    "-1",
    "nan",
    "1e999",
    "true",
    "2026-11-23",
    "\"\"",
    "\"",
    "'''",
    "\r",
    "\u{feff}",
    "é",
];

/// A word of the format, or something that stands between words.
fn token() -> impl Strategy<Value = String> {
    prop_oneof![9 => proptest::sample::select(&WORDS[..]).prop_map(str::to_owned), 1 => ".{0,3}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_give_flaws_or_a_questionnaire(
        name in proptest::sample::select(&FILES[..]),
        content in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        if let Err(flaws) = assemble(&valid_but(name, content)) {
            assert_presentable(&flaws);
        }
    }

    #[test]
    fn arbitrary_words_of_the_format_give_flaws_or_a_questionnaire(
        name in proptest::sample::select(&FILES[..]),
        tokens in proptest::collection::vec(token(), 0..80),
    ) {
        if let Err(flaws) = assemble(&valid_but(name, tokens.join(" "))) {
            assert_presentable(&flaws);
        }
    }

    #[test]
    fn mutations_of_a_valid_file_give_flaws_or_a_questionnaire(
        name in proptest::sample::select(&FILES[..]),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), 0..40usize, token()), 1..4),
    ) {
        let mut characters: Vec<char> = valid_text(name).chars().collect();
        for (at, removed, added) in edits {
            let at = at.index(characters.len() + 1);
            let end = (at + removed).min(characters.len());
            characters.splice(at..end, added.chars());
        }
        if let Err(flaws) = assemble(&valid_but(name, characters.into_iter().collect::<String>())) {
            assert_presentable(&flaws);
        }
    }

    #[test]
    fn a_value_in_another_ones_place_gives_flaws_or_a_questionnaire(
        name in proptest::sample::select(&FILES[..]),
        at in any::<prop::sample::Index>(),
        value in proptest::sample::select(&["1", "-0.0", "nan", "\"\"", "\"x\"", "[]", "[[1]]", "{}", "{ a = 1 }", "true", "[{}]", "2026-11-23"][..]),
    ) {
        let text = valid_text(name);
        let lines: Vec<&str> = text.lines().collect();
        let at = at.index(lines.len());
        let changed: Vec<String> = lines.iter().enumerate().map(|(number, line)| match line.split_once(" = ") {
            Some((key, _)) if number == at => format!("{key} = {value}"),
            _ => (*line).to_owned(),
        }).collect();
        if let Err(flaws) = assemble(&valid_but(name, changed.join("\n"))) {
            assert_presentable(&flaws);
        }
    }
}

#[test]
fn a_file_cut_off_anywhere_is_never_half_read() {
    for name in FILES {
        let text = valid_text(name);
        for end in (0..text.len()).step_by(7) {
            match assemble(&valid_but(name, &text[..end])) {
                Ok(questionnaire) => assert!(questionnaire.len() >= 3, "{name} cut at {end}"),
                Err(flaws) => assert_presentable(&flaws),
            }
        }
    }
}
