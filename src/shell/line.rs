//! The way to the terminal on which nobody waits: what it doesn't take now goes out once it does.
//!
//! A terminal that isn't read (a stopped window, a stalled connection) holds some thousand bytes and then lets whoever writes
//! to it wait. The loop that draws is the one that takes keys: it must not.

use std::fs::File;
use std::io::{self, Write};
use std::sync::OnceLock;

/// How long the terminal may take nothing before it is left as it is, when the program gives it back.
#[cfg(target_os = "linux")]
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(3);

/// The terminal, opened once more: that writing doesn't wait is a matter of an opening, and standard output's is shared with
/// the shell that started the program.
static LINE: OnceLock<Option<File>> = OnceLock::new();

/// Opens the way. Where it can't be had, writing waits.
pub fn open() {
    LINE.get_or_init(reopened);
}

/// Returns the way, where there is one.
pub fn line() -> Option<&'static File> {
    LINE.get()?.as_ref()
}

#[cfg(target_os = "linux")]
fn reopened() -> Option<File> {
    use rustix::fs::{Mode, OFlags, open};
    let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = File::from(open("/proc/self/fd/1", flags, Mode::empty()).ok()?);
    std::io::IsTerminal::is_terminal(&file).then_some(file)
}

#[cfg(not(target_os = "linux"))]
fn reopened() -> Option<File> {
    None
}

/// Writes what the terminal takes now. Returns how many bytes that were.
///
/// # Errors
///
/// Returns why it takes nothing any more.
pub fn offer(mut line: impl Write, bytes: &[u8]) -> io::Result<usize> {
    let mut taken = 0;
    while let Some(rest) = bytes.get(taken..).filter(|rest| !rest.is_empty()) {
        match line.write(rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => taken += count,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(taken)
}

/// Writes something that has to be there when the program goes on, as long as the terminal takes anything.
///
/// # Errors
///
/// Returns why it can't be written, or that nobody reads.
#[cfg(target_os = "linux")]
pub fn insist(line: &File, bytes: &[u8]) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let mut rest = bytes;
    loop {
        let taken = offer(line, rest)?;
        rest = rest.get(taken..).unwrap_or_default();
        if rest.is_empty() {
            return Ok(());
        }
        let patience = Timespec::try_from(PATIENCE).unwrap_or(Timespec { tv_sec: 3, tv_nsec: 0 });
        if poll(&mut [PollFd::new(line, PollFlags::OUT)], Some(&patience))? == 0 {
            return Err(io::ErrorKind::TimedOut.into());
        }
    }
}

/// There is no such way here.
///
/// # Errors
///
/// As writing does.
#[cfg(not(target_os = "linux"))]
pub fn insist(mut line: &File, bytes: &[u8]) -> io::Result<()> {
    line.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes so many bytes, each time at most three, then no more for now.
    struct Narrow(usize, Vec<u8>);

    impl Write for Narrow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let count = bytes.len().min(3).min(self.0);
            if count == 0 {
                return Err(io::ErrorKind::WouldBlock.into());
            }
            self.0 -= count;
            self.1.extend_from_slice(&bytes[..count]);
            Ok(count)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_is_not_taken_is_told_and_nothing_is_written_twice() {
        let mut narrow = Narrow(7, vec![]);
        assert_eq!(offer(&mut narrow, b"0123456789").unwrap(), 7);
        assert_eq!(offer(&mut narrow, b"789").unwrap(), 0);
        narrow.0 = 9;
        assert_eq!(offer(&mut narrow, b"789").unwrap(), 3);
        assert_eq!(narrow.1, b"0123456789");
    }

    #[test]
    fn a_terminal_that_is_gone_is_told() {
        assert!(offer(File::open("/dev/null").unwrap(), b"x").is_err(), "it was opened for reading alone");
    }
}
