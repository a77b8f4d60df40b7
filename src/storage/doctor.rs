//! What is whole, damaged, left over, or open to others, without writing a byte.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::storage::catalog::{Catalog, Entry};
use crate::storage::disk::{self, Disk, RealDisk};
use crate::storage::error::StoreError;
use crate::storage::notice::Notice;
use crate::storage::paths::DataDir;
use crate::storage::save_file;

/// How deep under the data folder files lie: assessments, one of them, its journal, a file.
const DEPTH: usize = 4;

/// What was found in a data folder.
#[derive(Debug)]
pub struct Health {
    /// The assessments, by name, each with what was found in it.
    pub assessments: Vec<(Entry, Vec<Issue>)>,
    /// What was found in the data folder itself.
    pub issues: Vec<Issue>,
}

/// Something that isn't as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issue {
    /// It is damaged, or lacks something; the text says what, and what was kept.
    Damaged(String),
    /// It was damaged, and the state no longer depends on it: a part of the history can't be read.
    OldDamage(String),
    /// The last write was cut short; opening it for writing sets the rest aside.
    Unfinished(PathBuf),
    /// A file that a kill left behind; nothing needs it.
    Stale(PathBuf),
    /// Others than its owner may read or change it.
    OpenToOthers {
        /// The file or folder.
        path: PathBuf,
        /// The mode it has.
        mode: u32,
        /// The mode it should have.
        should_be: u32,
    },
}

/// Examines a data folder.
///
/// # Errors
///
/// Fails when the folder is there but can't be read.
pub fn examine(data: &DataDir) -> Result<Health, StoreError> {
    let mut issues = Vec::new();
    let assessments = data.assessments();
    for name in RealDisk.list(&assessments).unwrap_or_default() {
        if name.starts_with(".new-") {
            issues.push(Issue::Stale(assessments.join(name)));
        }
    }
    for path in [data.root(), &assessments] {
        issues.extend(open_to_others(path));
    }
    let entries = Catalog::read(data)?.into_entries();
    let assessments = entries.into_iter().map(|entry| {
        let issues = entry_issues(&entry);
        (entry, issues)
    });
    Ok(Health { assessments: assessments.collect(), issues })
}

impl Health {
    /// Returns whether nothing that was saved is damaged or lost.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let all = self.assessments.iter().flat_map(|(_, issues)| issues).chain(&self.issues);
        all.into_iter().all(|issue| !matches!(issue, Issue::Damaged(_)))
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(text) | Self::OldDamage(text) => formatter.write_str(text),
            Self::Unfinished(path) => write!(
                formatter,
                "{}: the last write was cut short; nothing in it had been called saved, and opening it sets the rest aside",
                path.display()
            ),
            Self::Stale(path) => write!(formatter, "{} was left behind, and nothing needs it", path.display()),
            Self::OpenToOthers { path, mode, .. } => {
                write!(formatter, "{} is open to others (mode {mode:o})", path.display())
            }
        }
    }
}

impl Issue {
    /// Returns the command that puts it right, where one does.
    #[must_use]
    pub fn command(&self) -> Option<String> {
        match self {
            Self::OpenToOthers { path, should_be, .. } => Some(format!("chmod {should_be:o} {}", quoted(path))),
            Self::Stale(path) => Some(format!("rm -r -- {}", quoted(path))),
            Self::Damaged(_) | Self::OldDamage(_) | Self::Unfinished(_) => None,
        }
    }
}

fn entry_issues(entry: &Entry) -> Vec<Issue> {
    let mut issues = Vec::new();
    match entry.reading() {
        Err(error) => issues.push(Issue::Damaged(error.to_string())),
        Ok(reading) => {
            issues.extend(reading.notices.iter().map(|notice| Issue::Damaged(notice.to_string())));
            let old = reading.found.damages.iter().filter(|notice: &&Notice| !reading.notices.contains(notice));
            issues.extend(old.map(|notice| Issue::OldDamage(notice.to_string())));
            issues.extend(reading.found.tails.iter().map(|tail| Issue::Unfinished(tail.file.clone())));
        }
    }
    for name in RealDisk.list(&entry.folder).unwrap_or_default() {
        if disk::is_temporary(&name, save_file::NAME) {
            issues.push(Issue::Stale(entry.folder.join(name)));
        }
    }
    walk(&entry.folder, DEPTH, &mut issues);
    issues
}

fn walk(path: &Path, depth: usize, issues: &mut Vec<Issue>) {
    issues.extend(open_to_others(path));
    if depth > 0 && path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
        for name in RealDisk.list(path).unwrap_or_default() {
            walk(&path.join(name), depth - 1, issues);
        }
    }
}

#[cfg(unix)]
fn open_to_others(path: &Path) -> Option<Issue> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = path.symlink_metadata().ok().filter(|metadata| !metadata.is_symlink())?;
    let mode = metadata.permissions().mode() & 0o777;
    let should_be = if metadata.is_dir() { 0o700 } else { 0o600 };
    (mode & 0o077 != 0).then(|| Issue::OpenToOthers { path: path.to_owned(), mode, should_be })
}

#[cfg(not(unix))]
fn open_to_others(_: &Path) -> Option<Issue> {
    None
}

/// Returns the path as a word of the shell, on one line.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let shown = crate::domain::text::visible(&path);
    format!("'{}'", shown.replace('\'', r"'\''"))
}
