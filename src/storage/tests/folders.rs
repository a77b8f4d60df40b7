//! Names, folders and modes, on a real disk.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{answer, empty, meta};
use crate::storage::catalog::{self, Catalog};
use crate::storage::doctor::{self, Issue};
use crate::storage::error::StoreError;
use crate::storage::paths::DataDir;
use crate::storage::reading;
use crate::storage::store::{Birth, Store};

fn data() -> (TempDir, DataDir) {
    let folder = tempfile::tempdir().unwrap();
    let data = DataDir::find(Some(folder.path().join("data")), None).unwrap();
    (folder, data)
}

fn add(data: &DataDir, name: &str) {
    drop(catalog::create(data, &Birth::of(&empty(name)), &meta(0)).unwrap());
}

fn all(path: &Path) -> Vec<std::path::PathBuf> {
    let mut found = vec![path.to_owned()];
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            found.extend(all(&entry.unwrap().path()));
        }
    }
    found.sort();
    found
}

/// Every file with its bytes and the time of its last change.
fn snapshot(path: &Path) -> Vec<(std::path::PathBuf, Option<Vec<u8>>, std::time::SystemTime)> {
    all(path)
        .into_iter()
        .map(|path| (path.clone(), fs::read(&path).ok(), path.metadata().unwrap().modified().unwrap()))
        .collect()
}

#[test]
fn any_name_in_any_script_keeps_its_folder_to_itself() {
    let (_folder, data) = data();
    let names = [
        "../../etc/x",
        "/abs",
        ".",
        "..",
        "-rf",
        "a/b",
        "a\\b",
        "C:x",
        "CON",
        "NUL.txt",
        "aux",
        "dot.",
        "space ",
        "a\0b",
        "a\nb",
        "\u{1b}[31m",
        "東京 GmbH",
        "عيادة",
        "👩‍👩‍👧",
        "Caf\u{e9}",
        "Cafe\u{301}",
        "STRASSE",
        "straße",
        "ＡＣＭＥ",
        "acme",
        "аcme",
        &"x".repeat(200),
        &"é".repeat(200),
    ];
    for name in names {
        add(&data, name);
    }
    let catalog = Catalog::read(&data).unwrap();
    assert_eq!(Catalog::read(&data).unwrap().into_entries().len(), names.len());
    for name in names {
        let entry = catalog.find(name).unwrap();
        assert_eq!(entry.name, name);
        let folder = entry.folder.file_name().unwrap().to_str().unwrap();
        assert!(
            folder.len() <= 60 && folder.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        );
        assert!(!folder.starts_with('-'), "{folder}");
    }
    assert_eq!(fs::read_dir(data.root()).unwrap().count(), 2, "a name reached out of its folder");
}

#[test]
fn a_name_is_given_once_and_an_empty_one_never() {
    let (_folder, data) = data();
    add(&data, "acme");
    add(&data, "Acme");
    let again = |name: &str| catalog::create(&data, &Birth::of(&empty(name)), &meta(1)).map(|_| ()).unwrap_err();
    assert!(matches!(again("acme"), StoreError::NameTaken { .. }));
    assert!(matches!(again(" "), StoreError::Refused(_)));
    assert!(matches!(again(&"x".repeat(201)), StoreError::Refused(_)));
    assert_eq!(Catalog::read(&data).unwrap().into_entries().len(), 2);
}

#[test]
fn a_beginning_will_do_where_it_is_the_only_one() {
    let (_folder, data) = data();
    for name in ["Acme Berlin", "Acme Bern", "acme", "Zürich"] {
        add(&data, name);
    }
    let catalog = Catalog::read(&data).unwrap();
    let found = |name: &str| catalog.find(name).map(|entry| entry.name.as_str());
    assert_eq!(found("acme").unwrap(), "acme");
    assert_eq!(found("Acme Berl").unwrap(), "Acme Berlin");
    assert_eq!(found("acme bern").unwrap(), "Acme Bern");
    assert_eq!(found("zÜ").unwrap(), "Zürich");
    assert!(
        matches!(found("Acme B"), Err(StoreError::Ambiguous { found, .. }) if found == ["Acme Berlin", "Acme Bern"])
    );
    assert!(matches!(found("Zurich"), Err(StoreError::NotFound { near, .. }) if near == ["Zürich"]));
    assert!(matches!(found(""), Err(StoreError::NotFound { .. })));
}

#[test]
fn a_data_folder_that_is_not_there_is_empty_and_stays_away() {
    let (_folder, data) = data();
    assert_eq!(Catalog::read(&data).unwrap().into_entries().len(), 0);
    assert!(doctor::examine(&data).unwrap().is_whole());
    assert!(!data.root().exists());
}

#[test]
fn what_was_recorded_is_there_the_next_time_also_without_a_save_file() {
    let (_folder, data) = data();
    let mut store = catalog::create(&data, &Birth::of(&empty("acme")), &meta(0)).unwrap().store;
    for n in 0..3 {
        store.record(&answer(store.assessment(), n), &meta(1)).unwrap();
    }
    let state = store.assessment().clone();
    drop(store);
    let catalog = Catalog::read(&data).unwrap();
    let entry = catalog.find("acme").unwrap();
    let read = entry.reading().as_ref().unwrap();
    assert_eq!((&read.assessment, read.changed), (&state, Some(meta(1).at)));
    assert_eq!(Store::open(&entry.folder, &meta(2)).unwrap().store.assessment(), &state);
}

#[test]
fn reading_writes_nothing_whatever_it_finds() {
    let (_folder, data) = data();
    add(&data, "whole");
    add(&data, "torn");
    add(&data, "gone");
    let folders: Vec<_> = Catalog::read(&data).unwrap().into_entries().into_iter().map(|entry| entry.folder).collect();
    for folder in &folders {
        if folder.to_str().unwrap().contains("torn") {
            fs::write(folder.join("assessment.toml"), "broken").unwrap();
            let journal = fs::read_dir(folder.join("journal")).unwrap().next().unwrap().unwrap().path();
            let mut bytes = fs::read(&journal).unwrap();
            bytes.extend(b"torn");
            fs::write(&journal, bytes).unwrap();
        }
        if folder.to_str().unwrap().contains("gone") {
            fs::remove_dir_all(folder.join("journal")).unwrap();
            fs::remove_file(folder.join("assessment.toml")).unwrap();
            fs::remove_dir_all(folder.join("backups")).unwrap();
        }
    }
    let before = snapshot(data.root());
    let health = doctor::examine(&data).unwrap();
    for folder in &folders {
        drop(reading::read(folder));
    }
    assert_eq!(snapshot(data.root()), before);
    let issues: Vec<usize> = health.assessments.iter().map(|(_, issues)| issues.len()).collect();
    assert_eq!((health.is_whole(), issues), (false, vec![1, 2, 0]), "gone, torn, whole");
    assert_eq!(health.assessments[0].0.name, health.assessments[0].0.folder.file_name().unwrap().to_str().unwrap());
}

#[cfg(unix)]
#[test]
fn every_file_and_folder_is_for_its_owner_alone_and_the_doctor_sees_one_that_is_not() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, data) = data();
    let mut store = catalog::create(&data, &Birth::of(&empty("acme")), &meta(0)).unwrap().store;
    store.record(&answer(store.assessment(), 1), &meta(1)).unwrap();
    store.write_save_file().unwrap();
    for path in all(data.root()) {
        let should_be = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, should_be, "{}", path.display());
    }
    let file = store.folder().join("assessment.toml");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let health = doctor::examine(&data).unwrap();
    let [Issue::OpenToOthers { path, mode: 0o644, .. }] = health.assessments[0].1.as_slice() else {
        panic!("{health:?}")
    };
    assert_eq!(path, &file);
    assert!(health.assessments[0].1[0].command().unwrap().starts_with("chmod 600 '"));
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_file_is_never_followed() {
    let (folder, data) = data();
    let store = catalog::create(&data, &Birth::of(&empty("acme")), &meta(0)).unwrap().store;
    let inside = store.folder().to_owned();
    drop(store);
    let secret = folder.path().join("secret");
    fs::write(&secret, "secret").unwrap();
    for part in ["assessment.toml", "journal/01ARZ3NDEKTSV4RRFFQ69G5FAV.jsonl"] {
        drop(fs::remove_file(inside.join(part)));
        std::os::unix::fs::symlink(&secret, inside.join(part)).unwrap();
    }
    let opened = Store::open(&inside, &meta(1)).unwrap();
    assert_eq!(opened.notices.len(), 3, "{:?}", opened.notices);
    assert!(opened.store.assessment().name() == "acme");
    assert_eq!(fs::read_to_string(&secret).unwrap(), "secret");
    drop(opened);
    fs::remove_file(inside.join("lock")).unwrap();
    std::os::unix::fs::symlink(folder.path().join("made"), inside.join("lock")).unwrap();
    assert!(Store::open(&inside, &meta(2)).is_err());
    assert!(!folder.path().join("made").exists());
}

#[test]
fn a_stale_file_of_a_kill_is_told_and_removed_by_the_next_writer() {
    let (_folder, data) = data();
    add(&data, "acme");
    let folder = Catalog::read(&data).unwrap().into_entries().remove(0).folder;
    let stale =
        ["assessment.toml", "drafts.json"].map(|name| folder.join(format!(".{name}.01ARZ3NDEKTSV4RRFFQ69G5FAV.tmp")));
    for stale in &stale {
        fs::write(stale, "half").unwrap();
    }
    fs::create_dir(data.assessments().join(".new-01ARZ3NDEKTSV4RRFFQ69G5FAV")).unwrap();
    let health = doctor::examine(&data).unwrap();
    assert!(stale.iter().all(|stale| health.assessments[0].1.contains(&Issue::Stale(stale.clone()))));
    assert!(matches!(health.issues.as_slice(), [Issue::Stale(_)]));
    assert_eq!(Catalog::read(&data).unwrap().into_entries().len(), 1);
    drop(Store::open(&folder, &meta(1)).unwrap());
    assert!(stale.iter().all(|stale| !stale.exists()));
}

#[test]
fn what_a_killed_merge_left_in_the_journal_is_told_and_set_aside_by_a_repair() {
    let (_folder, data) = data();
    add(&data, "acme");
    let folder = Catalog::read(&data).unwrap().into_entries().remove(0).folder;
    let stale = folder.join("journal/.01ARZ3NDEKTSV4RRFFQ69G5FAV.merged.jsonl.01ARZ3NDEKTSV4RRFFQ69G5FAV.tmp");
    fs::write(&stale, "half").unwrap();
    let issue = Issue::Stale(stale.clone());
    assert!(doctor::examine(&data).unwrap().assessments[0].1.contains(&issue));
    assert!(doctor::mend(&data, &issue).unwrap());
    assert!(!stale.exists());
    assert!(!doctor::examine(&data).unwrap().assessments[0].1.contains(&issue));
}

#[test]
fn the_lock_holds_on_a_real_disk_and_ends_with_its_holder() {
    let (_folder, data) = data();
    let first = catalog::create(&data, &Birth::of(&empty("acme")), &meta(0)).unwrap();
    let folder = first.store.folder().to_owned();
    assert!(matches!(Store::open(&folder, &meta(1)).map(drop), Err(StoreError::InUse { .. })));
    assert!(reading::read(&folder).is_ok());
    drop(first);
    assert!(Store::open(&folder, &meta(2)).is_ok());
}
