//! Every parser of what comes from outside, by name: for the fuzz targets in `fuzz/` and the property tests below.
//!
//! None of it is in the program that is built: it is compiled for tests and for fuzzing alone.

use std::sync::OnceLock;

use crate::cli::answers_file;
use crate::cli::args::AnswersFormat;
use crate::cli::import::form;
use crate::domain::assessment::{Assessment, Depth};
use crate::shell::settings::Settings;
use crate::shell::workspace::{Draft, Workspace};
use crate::storage::digest::sha256;
use crate::storage::history::History;
use crate::storage::save_file::Saved;
use crate::storage::{journal, library};

/// Takes bytes from outside. It must return, whatever they are.
pub type Parser = fn(&[u8]);

/// Each parser by the name of its fuzz target, which is also that of its folder in `fuzz/corpus`.
pub const PARSERS: [(&str, Parser); 8] = [
    ("questionnaire", questionnaire),
    ("journal", journal),
    ("save_file", save_file),
    ("answers_toml", answers_toml),
    ("answers_csv", answers_csv),
    ("answers_json", answers_json),
    ("config", config),
    ("import", import),
];

/// The files of a questionnaire in which the first byte of an input chooses one to replace.
const FILES: [(&str, &str); 8] = [
    ("questionnaire.toml", include_str!("../../tests/fixtures/questionnaires/valid/questionnaire.toml")),
    ("clause-04.toml", include_str!("../../tests/fixtures/questionnaires/valid/clause-04.toml")),
    ("annex-a02.toml", include_str!("../../tests/fixtures/questionnaires/valid/annex-a02.toml")),
    ("checks.toml", include_str!("../../tests/fixtures/questionnaires/valid/checks.toml")),
    ("documents.toml", include_str!("../../tests/fixtures/questionnaires/valid/documents.toml")),
    ("glossary.toml", include_str!("../../tests/fixtures/questionnaires/valid/glossary.toml")),
    ("roadmap.toml", include_str!("../../tests/fixtures/questionnaires/valid/roadmap.toml")),
    ("demo.toml", include_str!("../../tests/fixtures/questionnaires/valid/demo.toml")),
];

/// Reads a questionnaire in which one file is another.
pub fn questionnaire(bytes: &[u8]) {
    let Some((choice, content)) = bytes.split_first() else { return };
    let replaced = usize::from(*choice) % FILES.len();
    let files = FILES.iter().enumerate().map(|(index, (name, text))| {
        let content = if index == replaced { content } else { text.as_bytes() };
        ((*name).to_owned(), content.to_vec())
    });
    drop(library::flaws(files.collect()));
}

/// Reads a journal as it is, and one whose lines have the checksums that they need to be looked into.
pub fn journal(bytes: &[u8]) {
    replay(bytes);
    let framed: Vec<u8> = bytes
        .split(|byte| *byte == b'\n')
        .flat_map(|line| {
            // A line of a real journal has its frame before the first brace.
            let json = line.iter().position(|byte| *byte == b'{').and_then(|at| line.get(at..)).unwrap_or(line);
            [format!("{:08x} {} ", crc32c::crc32c(json), json.len()).as_bytes(), json, b"\n"].concat()
        })
        .collect();
    replay(&framed);
}

fn replay(bytes: &[u8]) {
    let Ok(page) = journal::read(bytes) else { return };
    let mut history = History::default();
    for entry in page.entries {
        history.add(entry.record);
    }
    drop(history.restore(None));
    drop(crate::storage::story::history(&history));
}

/// Reads the readable state as it is, and with the digest that it needs to be looked into.
pub fn save_file(bytes: &[u8]) {
    drop(Saved::read(bytes));
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let body = text.rsplit_once("\n# end ").map_or(text, |(body, _)| body);
    let body = format!("{body}\n");
    let answers = body.matches("[[answer]]").count();
    drop(Saved::read(format!("{body}# end n={answers} sha256={}\n", sha256(body.as_bytes(), 32)).as_bytes()));
}

/// Reads answers in TOML.
pub fn answers_toml(bytes: &[u8]) {
    answers(bytes, AnswersFormat::Toml);
}

/// Reads answers in CSV.
pub fn answers_csv(bytes: &[u8]) {
    answers(bytes, AnswersFormat::Csv);
}

/// Reads answers in JSON.
pub fn answers_json(bytes: &[u8]) {
    answers(bytes, AnswersFormat::Json);
}

fn answers(bytes: &[u8], format: AnswersFormat) {
    // Made once: reading the questionnaire again for each input took nearly all of the time.
    static ASSESSMENT: OnceLock<Assessment> = OnceLock::new();
    static QUESTIONNAIRE: OnceLock<std::sync::Arc<crate::domain::questionnaire::Questionnaire>> = OnceLock::new();
    let questionnaire = QUESTIONNAIRE.get_or_init(|| {
        library::Library::new(None).load("iso42001").expect("it is built in, and tests read it").questionnaire
    });
    let assessment = ASSESSMENT.get_or_init(|| draft().assessment);
    drop(answers_file::changes(bytes, format, questionnaire, assessment));
}

/// Reads settings.
pub fn config(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        drop(Settings::read(text));
    }
}

/// Reads an exported assessment, and fills another with it.
pub fn import(bytes: &[u8]) {
    if let Ok(form) = std::str::from_utf8(bytes).map_err(|_| vec![]).and_then(form::read) {
        drop(form.fill(&mut draft()));
    }
}

fn draft() -> Draft {
    let nowhere = Some(std::path::PathBuf::from("/nowhere"));
    let workspace = Workspace::new(nowhere.clone(), nowhere).expect("both folders are named");
    workspace.draft("acme", "iso42001", Depth::Full).expect("it is built in, and tests read it")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;

    /// What parsers look for, and what they may stumble over.
    const WORDS: [&str; 24] = [
        "\"",
        "'''",
        "\n",
        "\r",
        "\0",
        "[",
        "]]",
        "{",
        "}",
        "=",
        ":",
        ",",
        "-1",
        "nan",
        "1e999",
        "18446744073709551616",
        "\u{feff}",
        "\u{202e}",
        "\\u0000",
        "null",
        "true",
        "2026-02-30",
        "é",
        "question",
    ];

    fn corpus(target: &str) -> Vec<Vec<u8>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
        let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths.into_iter().map(|path| std::fs::read(path).unwrap()).collect()
    }

    #[test]
    fn every_fuzz_target_has_its_parser_and_its_corpus() {
        for (target, parse) in PARSERS {
            let file = format!("fuzz/fuzz_targets/{target}.rs");
            let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file)).unwrap();
            assert!(text.contains(&format!("ready42::fuzzing::{target}(")), "{file}");
            let inputs = corpus(target);
            assert!(!inputs.is_empty(), "{target}");
            for input in &inputs {
                parse(input);
            }
        }
    }

    #[test]
    fn the_corpus_is_good_where_it_says_so() {
        for input in corpus("journal") {
            let page = journal::read(&input).unwrap();
            assert!(!page.entries.is_empty() && page.damage.is_empty());
        }
        assert!(corpus("save_file").iter().all(|input| Saved::read(input).is_ok()));
        let imports = corpus("import");
        assert!(imports.iter().all(|input| form::read(std::str::from_utf8(input).unwrap()).is_ok()));
        assert!(corpus("config").iter().all(|input| Settings::read(std::str::from_utf8(input).unwrap()).is_ok()));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn arbitrary_bytes_are_taken_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            for (_, parse) in PARSERS {
                parse(&bytes);
            }
        }

        #[test]
        fn mutated_good_files_are_taken_or_refused(
            target in 0..PARSERS.len(),
            which in any::<prop::sample::Index>(),
            edits in proptest::collection::vec(
                (any::<prop::sample::Index>(), 0..30_usize, proptest::sample::select(&WORDS[..])), 1..5),
        ) {
            let (name, parse) = PARSERS[target];
            let inputs = corpus(name);
            let mut bytes = which.get(&inputs).clone();
            for (at, removed, added) in edits {
                let at = at.index(bytes.len() + 1);
                let end = (at + removed).min(bytes.len());
                bytes.splice(at..end, added.bytes());
            }
            parse(&bytes);
        }
    }

    #[test]
    fn a_good_file_cut_anywhere_or_with_any_flipped_bit_is_taken_or_refused() {
        for (name, parse) in PARSERS {
            for input in corpus(name) {
                // The questionnaire is assembled each time, which takes longest.
                let step = if name == "questionnaire" { 97 } else { 13 };
                for at in (0..input.len()).step_by(step) {
                    parse(&input[..at]);
                    let mut flipped = input.clone();
                    flipped[at] ^= 1 << (at % 8);
                    parse(&flipped);
                }
            }
        }
    }
}
