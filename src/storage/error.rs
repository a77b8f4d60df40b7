//! Why the store could not do what was asked, and what helps.

use std::io;
use std::path::{Path, PathBuf};

use crate::domain::text::visible;

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no place for the data.
    #[error("no data folder can be found: neither HOME nor XDG_DATA_HOME names one")]
    NoHome,
    /// The data folder isn't one.
    #[error("{} can't be the data folder: {source}", shown(.path))]
    BadDataFolder {
        /// The path.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// No assessment has this name.
    #[error("there is no assessment {:?}{}", visible(.name), or_near(.near))]
    NotFound {
        /// What was asked for.
        name: String,
        /// Names that are like it.
        near: Vec<String>,
    },
    /// Several assessments have names that start so.
    #[error("{:?} could be {}", visible(.name), list(.found))]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// The names, or folders where two names are the same.
        found: Vec<String>,
    },
    /// Another assessment has this name.
    #[error("there is an assessment {:?} already", visible(.name))]
    NameTaken {
        /// The name.
        name: String,
    },
    /// What is to be merged isn't a copy of this assessment, or can't be merged as it is.
    #[error("{} can't be merged: {why}", shown(.path))]
    NoCopy {
        /// What was given.
        path: PathBuf,
        /// Why not.
        why: String,
    },
    /// What came in with a copy is recorded, and this program can't show it at this moment.
    #[error("what was merged is recorded, but {} can't be read as a whole at this moment: {why}", shown(.folder))]
    NotTakenOver {
        /// The folder.
        folder: PathBuf,
        /// What stands against it.
        why: String,
    },
    /// The domain doesn't accept it.
    #[error(transparent)]
    Refused(#[from] crate::domain::change::Refusal),
    /// A record with everything that goes with it is longer than a line of the journal may be.
    #[error("the change has {bytes} bytes with all that belongs to it, and at most {most} can be recorded")]
    TooLong {
        /// Its length.
        bytes: usize,
        /// The most.
        most: usize,
    },
    /// Another program works on it.
    #[error("{} is in use elsewhere", shown(.folder))]
    InUse {
        /// The folder.
        folder: PathBuf,
    },
    /// Nothing in the folder is good enough to start from.
    #[error("{} is damaged: {why}; all its files were kept", shown(.folder))]
    Damaged {
        /// The folder.
        folder: PathBuf,
        /// What was found.
        why: String,
    },
    /// A newer version of the program wrote it.
    #[error("{}: {why}", shown(.file))]
    Newer {
        /// The file.
        file: PathBuf,
        /// What is newer.
        why: String,
    },
    /// The folder can't be read.
    #[error("read {}: {source}", shown(.path))]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The names of the journal's files can't be read: what is recorded now might contradict what stands there.
    #[error("the files in {} can't be listed ({why}), so nothing may be recorded beside them", shown(.journal))]
    Unlisted {
        /// The journal's folder.
        journal: PathBuf,
        /// What the system says.
        why: String,
    },
    /// Something that was to be written is not.
    #[error("NOT SAVED: write {}: {source}", shown(.path))]
    NotSaved {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// What an error means for the one who asked; the command line gives each an exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The settings are wrong.
    Usage,
    /// What was asked for isn't there.
    NotFound,
    /// What was given isn't accepted; nothing was changed.
    Refused,
    /// Another program works on it.
    InUse,
    /// What is stored can't be read.
    Damaged,
    /// It could not be written, or not reached.
    NotWritten,
}

impl StoreError {
    /// Returns what the error means for the one who asked.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::NoHome | Self::BadDataFolder { .. } => Kind::Usage,
            Self::NotFound { .. } | Self::Ambiguous { .. } => Kind::NotFound,
            Self::NameTaken { .. } | Self::NoCopy { .. } | Self::Refused(_) | Self::TooLong { .. } => Kind::Refused,
            Self::InUse { .. } => Kind::InUse,
            Self::Damaged { .. } | Self::Newer { .. } | Self::NotTakenOver { .. } => Kind::Damaged,
            Self::Unreadable { source, .. } => match source.kind() {
                io::ErrorKind::NotFound => Kind::NotFound,
                io::ErrorKind::PermissionDenied => Kind::NotWritten,
                _ => Kind::Damaged,
            },
            Self::Unlisted { .. } | Self::NotSaved { .. } => Kind::NotWritten,
        }
    }

    /// Returns what helps, in a sentence.
    #[must_use]
    pub fn remedy(&self) -> String {
        match self {
            Self::NoHome => "Say where with --data-dir DIR or READY42_DATA_DIR.".to_owned(),
            Self::BadDataFolder { .. } => "Name another folder with --data-dir DIR or READY42_DATA_DIR.".to_owned(),
            Self::NotFound { .. } => "`ready42 list` shows all names; `ready42 new NAME` makes one.".to_owned(),
            Self::Ambiguous { .. } => "Write more of the name, or the name of the folder.".to_owned(),
            Self::NameTaken { .. } => "Choose another name, or open that one.".to_owned(),
            Self::NoCopy { .. } => {
                "Nothing was changed. `ready42 import FILE --as NAME` takes an export in as an assessment of its own."
                    .to_owned()
            }
            Self::NotTakenOver { .. } => {
                "It counts the next time that all of it can be read; nothing has to be merged again.".to_owned()
            }
            Self::Refused(_) => "Nothing was changed; correct it and try again.".to_owned(),
            Self::TooLong { .. } => "Shorten the text, or its reason.".to_owned(),
            Self::InUse { .. } => "Close it there, or try again in a moment; reading works meanwhile.".to_owned(),
            Self::Damaged { folder, .. } => {
                format!("Copy {} to a safe place, then put its files back from a copy or a backup.", shown(folder))
            }
            Self::Newer { .. } => "Use that version or a later one; nothing was changed.".to_owned(),
            Self::Unreadable { path, .. } => {
                format!("Check that {} is there and that you may read it.", shown(path))
            }
            Self::Unlisted { journal, .. } => {
                format!(
                    "Nothing was changed, and reading works from assessment.toml. Check that you may read {}.",
                    shown(journal)
                )
            }
            Self::NotSaved { path, source } => not_saved_remedy(path, source),
        }
    }
}

fn not_saved_remedy(path: &Path, source: &io::Error) -> String {
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "Free some space, then try again.".to_owned()
        }
        io::ErrorKind::ReadOnlyFilesystem => "The disk is read-only: choose another folder with --data-dir.".to_owned(),
        io::ErrorKind::PermissionDenied => format!("You may not write there: check the modes of {}.", shown(path)),
        io::ErrorKind::NotFound => "The folder was moved or removed: put it back, or choose another.".to_owned(),
        _ => "Try again; if it fails again, choose another folder with --data-dir.".to_owned(),
    }
}

fn shown(path: &Path) -> String {
    visible(&path.display().to_string()).into_owned()
}

fn or_near(names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!("; there is {}", list(names)) }
}

fn list(names: &[String]) -> String {
    names.iter().map(|name| format!("{:?}", visible(name))).collect::<Vec<_>>().join(", ")
}
