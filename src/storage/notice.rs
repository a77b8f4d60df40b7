//! What opening an assessment found that its user should know.

use std::fmt;
use std::path::PathBuf;

use crate::domain::text::visible;

/// Something that opening an assessment found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The last write was cut short, by a crash or a full disk. Nothing in it was ever called saved.
    Unfinished {
        /// The journal file.
        file: PathBuf,
        /// The byte from which on it is unfinished.
        offset: usize,
    },
    /// A journal file isn't as it was written.
    Damaged {
        /// The journal file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The byte, from 0.
        offset: usize,
        /// What is wrong.
        why: String,
    },
    /// A journal file that can't be read at all.
    Unreadable {
        /// The file or folder.
        file: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The journal lacks changes, and `assessment.toml` had them: the state is complete.
    TakenFromSaveFile {
        /// How many.
        changes: u64,
    },
    /// Changes that were recorded are neither in the journal nor in `assessment.toml`.
    Lost {
        /// How many, at the most.
        changes: u64,
    },
    /// `assessment.toml` is damaged, was edited or is gone; the journal holds everything.
    SaveFile {
        /// The file.
        file: PathBuf,
        /// What is wrong.
        why: String,
    },
}

impl Notice {
    /// Returns whether something that was called saved may be lost.
    #[must_use]
    pub fn is_loss(&self) -> bool {
        matches!(self, Self::Lost { .. })
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |path: &PathBuf| visible(&path.display().to_string()).into_owned();
        match self {
            Self::Unfinished { file, offset } => write!(
                formatter,
                "{}: the last write was cut short at byte {offset}; nothing in it had been called saved, and it is set \
                 aside in quarantine/",
                show(file)
            ),
            Self::Damaged { file, line, offset, why } => {
                write!(formatter, "{}: line {line} (byte {offset}) is damaged: {}", show(file), visible(why))
            }
            Self::Unreadable { file, why } => write!(formatter, "{} can't be read: {}", show(file), visible(why)),
            Self::TakenFromSaveFile { changes } => write!(
                formatter,
                "the journal lacks {changes} changes; the state was taken from assessment.toml, which has them"
            ),
            Self::Lost { changes } => write!(
                formatter,
                "up to {changes} changes that were recorded could not be read; everything else is there, and no file \
                 was removed: put the damaged file back from a copy of the folder, or answer again"
            ),
            Self::SaveFile { file, why } => write!(
                formatter,
                "{} can't be used ({}); the journal holds everything, and the next change writes it anew",
                show(file),
                visible(why)
            ),
        }
    }
}
