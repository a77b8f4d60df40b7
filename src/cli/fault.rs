//! Why a command failed, with the exit status and what to do.

use std::fmt;

/// The exit statuses, as `docs/command-line.md` tells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// A failure that is told.
    Failure = 1,
    /// Wrong usage.
    Usage = 2,
    /// There is no such assessment, question or questionnaire.
    NotFound = 3,
    /// The input was refused; nothing was changed.
    Refused = 4,
    /// The assessment is in use elsewhere.
    InUse = 5,
    /// Something stored is damaged.
    Damaged = 6,
    /// It could not be written.
    NotWritten = 7,
    /// The gate isn't reached.
    GateShort = 10,
    /// An internal fault.
    Internal = 70,
}

/// Why a command failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The exit status.
    pub status: Status,
    /// What happened; it may have several lines.
    pub message: String,
    /// What to do, in a sentence; empty where the message says it.
    pub remedy: String,
}

impl Fault {
    /// Returns a fault with what to do about it.
    pub fn new(status: Status, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { status, message: message.into(), remedy: remedy.into() }
    }

    /// Returns the fault of an input that was refused.
    pub fn refused(message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::new(Status::Refused, message, remedy)
    }

    /// Returns the fault of something that isn't there.
    pub fn not_found(message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::new(Status::NotFound, message, remedy)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.message)?;
        if !self.remedy.is_empty() {
            write!(formatter, "\n  {}", self.remedy)?;
        }
        Ok(())
    }
}
