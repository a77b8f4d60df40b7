//! Why the workspace could not do what was asked.

use crate::storage::StoreError;
use crate::storage::library::LibraryError;

pub use crate::storage::Kind;

/// Why the workspace could not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct WorkspaceError {
    /// What it means for the one who asked.
    pub kind: Kind,
    /// What happened.
    pub message: String,
    /// What helps, in a sentence.
    pub remedy: String,
}

impl WorkspaceError {
    pub(super) fn new(kind: Kind, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { kind, message: message.into(), remedy: remedy.into() }
    }
}

impl From<StoreError> for WorkspaceError {
    fn from(error: StoreError) -> Self {
        Self::new(error.kind(), error.to_string(), error.remedy())
    }
}

impl From<LibraryError> for WorkspaceError {
    fn from(error: LibraryError) -> Self {
        let kind = match &error {
            LibraryError::Unknown { .. } | LibraryError::NoFolder { .. } => Kind::NotFound,
            LibraryError::Read { .. } | LibraryError::Faulty { .. } => Kind::Refused,
        };
        Self::new(kind, error.to_string(), error.remedy())
    }
}
