//! All integration tests, in one binary: it links once.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "these are tests: a panic is how they fail"
)]

mod architecture;
mod ask;
mod cli;
mod durable;
mod git;
mod history;
mod judgement;
mod portable;
mod profiles;
mod program;
mod questionnaires;
mod report_faults;
mod reports;
mod saves;
mod screenshots;
mod shapes;
mod shelf;
mod terminal;
mod timeline;

/// A test file that is not named above would be forgotten in silence.
#[test]
fn no_test_file_is_forgotten() {
    let named = include_str!("main.rs");
    for entry in std::fs::read_dir("tests").expect("the tests are there") {
        let path = entry.expect("the folder can be read").path();
        let is_test = path.extension().is_some_and(|extension| extension == "rs");
        let name = path.file_stem().expect("it has a name").to_string_lossy().into_owned();
        assert!(!is_test || name == "main" || named.contains(&format!("mod {name};")), "{name} is not in main.rs");
    }
}
