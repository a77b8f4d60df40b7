//! Limits of the system that would end the program where an error can be told.

/// Lets a write beyond the greatest size of a file (`ulimit -f`) fail like one on a full disk.
///
/// The system sends SIGXFSZ before it refuses such a write, and that signal ends a program which doesn't take it: the
/// answer would be neither saved nor called unsaved.
#[cfg(unix)]
pub fn prepare() {
    use std::sync::Arc;

    // Nobody looks at the flag: that the signal is taken is all. Where it can't be, everything else still holds.
    drop(signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default()));
}

/// Other systems have no such limit.
#[cfg(not(unix))]
pub fn prepare() {}
