//! Why a questionnaire isn't there.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::storage::library::flaw::LocatedFlaw;

/// Why a questionnaire could not be loaded. The texts are safe to show on a terminal.
#[derive(Debug, Error)]
pub enum LibraryError {
    /// There is no questionnaire of this name.
    #[error("there is no questionnaire {name:?}")]
    Unknown {
        /// The name that was asked for, safe to show.
        name: String,
        /// The ids that there are.
        known: Vec<String>,
    },
    /// A path that names something else than a folder.
    #[error("{:?} is no folder", path.display().to_string())]
    NoFolder {
        /// The path.
        path: PathBuf,
    },
    /// A folder that can't be read.
    #[error("failed to read the folder {:?}: {source}", path.display().to_string())]
    Read {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Files that aren't a questionnaire: all their flaws.
    #[error("{}", shown(flaws))]
    Faulty {
        /// The flaws, by file and then from top to bottom; never empty.
        flaws: Vec<LocatedFlaw>,
    },
}

impl LibraryError {
    /// Returns what the user can do: a sentence.
    #[must_use]
    pub fn remedy(&self) -> String {
        match self {
            Self::Unknown { known, .. } => format!("There are {}; or give the path of a folder.", known.join(", ")),
            Self::NoFolder { .. } => "Name the folder in which questionnaire.toml lies.".to_owned(),
            Self::Read { .. } => "Check that the folder is there and that you may read it.".to_owned(),
            Self::Faulty { .. } => {
                "Mend the files; `ready42 questionnaire check` shows what is left to mend.".to_owned()
            }
        }
    }
}

fn shown(flaws: &[LocatedFlaw]) -> String {
    flaws.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
