//! Where we don't ask the system.

use std::io;
use std::path::Path;

/// Wakes nobody.
#[derive(Debug)]
pub struct Alarm;

impl Alarm {
    /// Fails always.
    ///
    /// # Errors
    ///
    /// Says that the system isn't asked here.
    pub fn set(_folder: &Path, _wake: impl Fn() + Send + 'static) -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Stops it: there is nothing to wait for.
    #[must_use]
    pub fn stop(self) -> Option<std::thread::JoinHandle<()>> {
        None
    }

    /// Returns whether it still wakes.
    #[must_use]
    pub fn is_set(&self) -> bool {
        false
    }
}
