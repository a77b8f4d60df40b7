//! Holds the arrows that ARCHITECTURE.md draws, and what each layer may touch.

use std::path::{Path, PathBuf};

/// Each layer with the layers that it may use.
const MAY_USE: [(&str, &[&str]); 6] = [
    ("domain", &[]),
    ("export", &["domain"]),
    ("storage", &["domain"]),
    ("tui", &["domain"]),
    ("shell", &["tui", "export", "storage", "domain"]),
    ("cli", &["shell", "export", "storage", "domain"]),
];

/// What a layer must not mention, outside its tests.
const MUST_NOT_MENTION: [(&str, &[&str]); 3] = [
    (
        "domain",
        &["std::fs", "std::env", "std::thread", "std::net", "std::process", "ratatui", "crossterm", "serde", "::now()"],
    ),
    ("export", &["std::fs", "std::env", "std::thread", "std::net", "std::process", "ratatui", "crossterm", "::now()"]),
    ("tui", &["std::fs", "std::env", "std::thread", "std::net", "std::process", "::now()"]),
];

/// Files of the interface that decide: they know no terminal.
const DECIDE: [&str; 4] = ["tui/action.rs", "tui/effect.rs", "tui/session.rs", "tui/state.rs"];

#[test]
fn arrows_point_inwards() {
    let mut wrong = vec![];
    for (path, text) in sources() {
        let layer = layer(&path);
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == layer) else { continue };
        for used in text.split("crate::").skip(1).map(first_word) {
            if used != layer && !allowed.contains(&used) {
                wrong.push(format!("{path}: {layer} -> {used:?}"));
            }
        }
        // So that the scan above is complete, paths are written out.
        let is_top = !path.contains('/');
        if text.contains("super::super") || (is_top && text.contains("super::") && !text.contains("pub(super)")) {
            wrong.push(format!("{path}: a path that goes up past its parent"));
        }
    }
    assert!(wrong.is_empty(), "arrows that ARCHITECTURE.md does not draw:\n{}", wrong.join("\n"));
}

#[test]
fn the_pure_layers_do_not_touch_the_world() {
    let mut wrong = vec![];
    for (path, text) in sources() {
        let layer = layer(&path);
        let forbidden = MUST_NOT_MENTION.iter().find(|(name, _)| *name == layer).map_or(&[][..], |(_, words)| words);
        let code = without_comments(&text);
        wrong.extend(forbidden.iter().filter(|word| code.contains(**word)).map(|word| format!("{path}: {word}")));
        if DECIDE.contains(&path.as_str()) && (code.contains("ratatui") || code.contains("crossterm")) {
            wrong.push(format!("{path}: knows the terminal"));
        }
    }
    assert!(wrong.is_empty(), "what only the shell may touch:\n{}", wrong.join("\n"));
}

#[test]
fn the_test_sees_the_layers_that_it_speaks_of() {
    let seen: Vec<String> = sources().into_iter().map(|(path, _)| layer(&path).to_owned()).collect();
    for (name, _) in MAY_USE {
        assert!(seen.iter().any(|layer| layer == name), "there is no layer {name} any more");
    }
}

/// Returns the source files without their tests, with paths relative to `src`.
fn sources() -> Vec<(String, String)> {
    let root = Path::new("src");
    let mut files = vec![];
    collect(root, &mut files);
    files
        .into_iter()
        .filter(|path| !is_test(path))
        .map(|path| {
            let name = path.strip_prefix(root).expect("it is below src").to_string_lossy().replace('\\', "/");
            let text = std::fs::read_to_string(&path).expect("it can be read");
            let production = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
            (name, production)
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn is_test(path: &Path) -> bool {
    let is_test_name = |name: &str| matches!(name, "tests" | "testing" | "tests.rs" | "testing.rs");
    path.components().any(|part| part.as_os_str().to_str().is_some_and(is_test_name))
}

fn layer(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap_or_default()
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

fn without_comments(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}
