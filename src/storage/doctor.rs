//! What is whole, damaged, left over, or open to others: [`examine`] looks and writes no byte, [`mend`] puts right what
//! needs no opening. Nothing is removed: what is left over goes to `quarantine/`.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::domain::change::Change;
use crate::domain::history::sentence;
use crate::storage::backups;
use crate::storage::catalog::{Catalog, Entry};
use crate::storage::disk::{self, Disk, RealDisk};
use crate::storage::error::StoreError;
use crate::storage::notice::Notice;
use crate::storage::paths::DataDir;
use crate::storage::reading::QUARANTINE;
use crate::storage::session;

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
    /// `assessment.toml` was edited by hand; these changes would be recorded.
    Edited(Vec<Change>),
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
            Self::Edited(changes) => {
                let told: Vec<String> = changes.iter().map(|change| format!("\n  {}", sentence(change))).collect();
                write!(formatter, "assessment.toml was edited by hand, and doesn't count yet:{}", told.concat())
            }
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
    /// Returns what a repair does about it, in a sentence; none where it does nothing.
    #[must_use]
    pub fn remedy(&self) -> Option<&'static str> {
        match self {
            Self::Damaged(_) => Some(
                "What is damaged is kept in quarantine/ or where it is, and the state is written anew from what is whole.",
            ),
            Self::Unfinished(_) => Some("What was cut short is copied to quarantine/."),
            Self::Edited(_) => Some("The edits are recorded as changes of yours; `ready42 undo NAME` takes them back."),
            Self::Stale(_) => Some("It is moved to quarantine/."),
            Self::OpenToOthers { .. } => Some("Its mode is set so that only you can read it."),
            Self::OldDamage(_) => None,
        }
    }

    /// Returns whether a repair has to open the assessment for it.
    #[must_use]
    pub fn needs_opening(&self) -> bool {
        matches!(self, Self::Damaged(_) | Self::Unfinished(_) | Self::Edited(_))
    }

    /// Returns the command that puts it right, where one does.
    #[must_use]
    pub fn command(&self) -> Option<String> {
        match self {
            Self::OpenToOthers { path, should_be, .. } => {
                Some(format!("chmod {should_be:o} {}", quoted(&path.display().to_string())))
            }
            Self::Stale(path) => Some(format!("rm -r -- {}", quoted(&path.display().to_string()))),
            Self::Damaged(_) | Self::OldDamage(_) | Self::Unfinished(_) | Self::Edited(_) => None,
        }
    }
}

/// Puts something right that needs no opening. Returns whether it was something of that kind.
///
/// # Errors
///
/// Fails as the system does; it is as it was then.
pub fn mend(data: &DataDir, issue: &Issue) -> io::Result<bool> {
    match issue {
        Issue::OpenToOthers { path, should_be, .. } => set_mode(path, *should_be).map(|()| true),
        Issue::Stale(path) => {
            let quarantine = data.root().join(QUARANTINE);
            disk::create_folders(&quarantine)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let aside = (0..u32::MAX).map(|n| quarantine.join(format!("{}.{n}", name.trim_start_matches('.'))));
            let free = aside.into_iter().find(|path| path.symlink_metadata().is_err());
            let free = free.ok_or_else(|| io::Error::from(io::ErrorKind::AlreadyExists))?;
            RealDisk.rename(path, &free)?;
            RealDisk.sync_folder(&quarantine)?;
            Ok(true)
        }
        Issue::Damaged(_) | Issue::OldDamage(_) | Issue::Unfinished(_) | Issue::Edited(_) => Ok(false),
    }
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

fn entry_issues(entry: &Entry) -> Vec<Issue> {
    let mut issues = Vec::new();
    match entry.reading() {
        Err(error) => issues.push(Issue::Damaged(error.to_string())),
        Ok(reading) => {
            issues.extend(reading.notices.iter().filter_map(|notice| match notice {
                Notice::Edited { changes, .. } => Some(Issue::Edited(changes.clone())),
                // Nothing is wrong with the files.
                Notice::Conflicts { .. } | Notice::Joined { .. } => None,
                notice => Some(Issue::Damaged(notice.to_string())),
            }));
            let old = reading.found.damages.iter().filter(|notice: &&Notice| !reading.notices.contains(notice));
            issues.extend(old.map(|notice| Issue::OldDamage(notice.to_string())));
            issues.extend(reading.found.tails.iter().map(|tail| Issue::Unfinished(tail.file.clone())));
        }
    }
    let within = [session::FOLDER, QUARANTINE, backups::FOLDER].map(|name| entry.folder.join(name));
    for folder in std::iter::once(entry.folder.clone()).chain(within) {
        for name in RealDisk.list(&folder).unwrap_or_default() {
            if disk::is_unfinished(&name) {
                issues.push(Issue::Stale(folder.join(name)));
            }
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

/// Returns a text as a word of the shell, on one line.
#[must_use]
pub fn quoted(text: &str) -> String {
    let shown = crate::domain::text::visible(text);
    format!("'{}'", shown.replace('\'', r"'\''"))
}
