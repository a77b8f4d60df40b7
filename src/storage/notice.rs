//! What opening an assessment found that its user should know.

use std::fmt;
use std::path::PathBuf;

use chrono::{DateTime, Utc};

use crate::domain::change::Change;
use crate::domain::conflict::Conflict;
use crate::domain::history::sentence;
use crate::domain::id::QuestionId;
use crate::domain::text::visible;

/// How many of the edits of a file are told at the most.
const MOST_TOLD: usize = 3;

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
    /// `assessment.toml` was edited by hand: what it says differs from what was recorded, and doesn't count yet.
    Edited {
        /// The file.
        file: PathBuf,
        /// What would be recorded, from what is there now.
        changes: Vec<Change>,
    },
    /// Two copies were merged that say different things; somebody has to decide.
    Conflicts {
        /// What contradicts each other.
        conflicts: Vec<Conflict>,
    },
    /// Two copies changed a note in different lines, and it has the changes of both now.
    Joined {
        /// The questions.
        questions: Vec<QuestionId>,
    },
    /// Neither journal nor `assessment.toml` could be used: the state is that of a backup.
    FromBackup {
        /// The backup.
        file: PathBuf,
        /// When its last change was made.
        changed: Option<DateTime<Utc>>,
    },
    /// `assessment.toml` is damaged or is gone; the journal holds everything.
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
        matches!(self, Self::Lost { .. } | Self::FromBackup { .. })
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
            Self::Edited { file, changes } => {
                let (count, values) =
                    (changes.len(), if changes.len() == 1 { "value differs" } else { "values differ" });
                write!(formatter, "{} was edited by hand, and {count} {values} from what was recorded: ", show(file))?;
                let told: Vec<String> = changes.iter().take(MOST_TOLD).map(sentence).collect();
                formatter.write_str(&told.join("; "))?;
                if count > MOST_TOLD {
                    write!(formatter, "; and {} more", count - MOST_TOLD)?;
                }
                formatter.write_str(
                    ". The edits don't count yet: `ready42 doctor NAME` shows them all, and with --repair it records them",
                )
            }
            Self::Conflicts { conflicts } => in_conflict(formatter, conflicts),
            Self::Joined { questions } => formatter.write_str(&joined(questions)),
            Self::FromBackup { file, changed } => write!(
                formatter,
                "neither the journal nor assessment.toml can be used: this is the state of the backup {}{}; what was \
                 changed after it is lost, unless a copy of the folder has it",
                show(file),
                changed.map(|at| format!(", as of {} UTC", at.format("%Y-%m-%d %H:%M"))).unwrap_or_default()
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

/// Returns what was joined, and where the single texts are, in a sentence.
#[must_use]
pub fn joined(questions: &[QuestionId]) -> String {
    let notes = if questions.len() == 1 { "the note on" } else { "the notes on" };
    let told: Vec<String> = questions.iter().take(MOST_TOLD).map(|id| visible(id.as_str()).into_owned()).collect();
    let more = questions.len().saturating_sub(MOST_TOLD);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!(
        "{notes} {}{more}: two copies changed different lines, and all of these changes are in it now; `ready42 log \
         NAME` has each text as it was written",
        told.join(", ")
    )
}

fn in_conflict(formatter: &mut fmt::Formatter<'_>, conflicts: &[Conflict]) -> fmt::Result {
    let is = if conflicts.len() == 1 { "value is" } else { "values are" };
    write!(
        formatter,
        "{} {is} in conflict, set side by side, as in two copies or while a file could not be read: ",
        conflicts.len()
    )?;
    let told: Vec<String> = conflicts.iter().take(MOST_TOLD).map(Conflict::subject).collect();
    formatter.write_str(&told.join("; "))?;
    if conflicts.len() > MOST_TOLD {
        write!(formatter, "; and {} more", conflicts.len() - MOST_TOLD)?;
    }
    formatter.write_str(
        ". Both are kept, and the lower level counts, until you set the value again: `ready42 show NAME` tells them",
    )
}
