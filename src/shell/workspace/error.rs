//! Why the workspace could not do what was asked.

use crate::storage;
use crate::storage::StoreError;
use crate::storage::library::LibraryError;

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

/// What an error means for the one who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The settings are wrong.
    Usage,
    /// It isn't there.
    NotFound,
    /// It was refused; nothing was changed.
    Refused,
    /// Another program has it open.
    InUse,
    /// What is stored is damaged.
    Damaged,
    /// It could not be written.
    NotWritten,
}

impl WorkspaceError {
    pub(super) fn new(kind: Kind, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { kind, message: message.into(), remedy: remedy.into() }
    }
}

impl From<StoreError> for WorkspaceError {
    fn from(error: StoreError) -> Self {
        let kind = match error.kind() {
            storage::Kind::Usage => Kind::Usage,
            storage::Kind::NotFound => Kind::NotFound,
            storage::Kind::Refused => Kind::Refused,
            storage::Kind::InUse => Kind::InUse,
            storage::Kind::Damaged => Kind::Damaged,
            storage::Kind::NotWritten => Kind::NotWritten,
        };
        Self::new(kind, error.to_string(), error.remedy())
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
