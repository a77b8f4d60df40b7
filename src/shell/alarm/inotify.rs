//! Linux tells of writes in a folder (inotify).

use std::io;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::inotify::{CreateFlags, ReadFlags, Reader, WatchFlags, add_watch, init, remove_watch};
use rustix::fs::statfs;
use rustix::io::Errno;

/// File systems whose files other computers change unseen, or whose driver tells nothing: the numbers that `statfs`
/// gives (linux/magic.h, and the sources of those that aren't in it). In order: NFS, SMB, CIFS, SMB 2, FUSE, 9P, AFS, AFS
/// of the kernel, Coda, Ceph, Lustre, `VirtualBox`, OCFS 2, GFS 2.
const FAR: [u64; 14] = [
    0x6969,
    0x517b,
    0xff53_4d42,
    0xfe53_4d42,
    0x6573_5546,
    0x0102_1997,
    0x5346_414f,
    0x6b41_4653,
    0x7375_7245,
    0x00c3_6400,
    0x0bd0_0bd0,
    0x786f_4256,
    0x7461_636f,
    0x0116_1970,
];

/// How long the system takes to forget a watch that was removed, mostly. Who closes the descriptor before that waits for
/// it, some 10 ms, and so does the end of the process: measured on Linux 6.18.
const FORGETTING: Duration = Duration::from_millis(3);

/// Wakes until it is dropped.
#[derive(Debug)]
pub struct Alarm {
    is_set: Arc<AtomicBool>,
    thread: JoinHandle<()>,
    /// The thread ends when this is closed.
    _stop: UnixStream,
}

impl Alarm {
    /// Calls `wake` after anything in a folder is written, until the alarm is dropped.
    ///
    /// # Errors
    ///
    /// Fails where the system doesn't tell of all writes, or of no more folders.
    pub fn set(folder: &Path, wake: impl Fn() + Send + 'static) -> io::Result<Self> {
        let kind = statfs(folder)?.f_type;
        #[expect(
            clippy::cast_sign_loss,
            reason = "its type differs between machines; the numbers are those of 32 bits"
        )]
        if FAR.contains(&(kind as u64 & 0xffff_ffff)) {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let told = init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK)?;
        let of = WatchFlags::CREATE
            | WatchFlags::MODIFY
            | WatchFlags::MOVE
            | WatchFlags::DELETE
            | WatchFlags::DELETE_SELF
            | WatchFlags::MOVE_SELF
            | WatchFlags::ONLYDIR;
        let watched = add_watch(&told, folder, of)?;
        let (stop, stopped) = UnixStream::pair()?;
        let is_set = Arc::new(AtomicBool::new(true));
        let still = Arc::clone(&is_set);
        let watch = move || {
            // An error of the system's is told by the flag: the look stands in then.
            let _ended = wake_until_stopped(&told, &stopped, wake, &still);
            still.store(false, Ordering::SeqCst);
            // It fails where the folder is gone, and the watch with it.
            if remove_watch(&told, watched).is_ok() {
                thread::sleep(FORGETTING);
            }
        };
        let thread = thread::Builder::new().name("alarm".to_owned()).stack_size(64 * 1024).spawn(watch)?;
        Ok(Self { is_set, thread, _stop: stop })
    }

    /// Stops it, and returns its thread to wait for before the process ends.
    #[must_use]
    #[expect(clippy::unnecessary_wraps, reason = "where we don't ask the system there is no thread")]
    pub fn stop(self) -> Option<JoinHandle<()>> {
        Some(self.thread)
    }

    /// Returns whether it still wakes: no longer once the folder itself was moved or replaced.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.is_set.load(Ordering::SeqCst)
    }
}

fn wake_until_stopped(told: &OwnedFd, stopped: &UnixStream, wake: impl Fn(), is_set: &AtomicBool) -> Result<(), Errno> {
    loop {
        let mut waiting = [PollFd::new(told, PollFlags::IN), PollFd::new(stopped, PollFlags::IN)];
        match poll(&mut waiting, None) {
            Err(Errno::INTR) => continue,
            other => other?,
        };
        let [told_now, stopped_now] = &waiting;
        if !stopped_now.revents().is_empty() {
            return Ok(());
        }
        if told_now.revents().is_empty() {
            continue;
        }
        let is_gone = drain(told)?;
        if is_gone {
            // Said before it wakes, so that who is woken goes on by looking.
            is_set.store(false, Ordering::SeqCst);
        }
        wake();
        if is_gone {
            return Ok(());
        }
    }
}

/// Reads what was told so far: what it was doesn't matter. Returns whether the folder itself is gone.
fn drain(told: &OwnedFd) -> Result<bool, Errno> {
    let mut buffer = [MaybeUninit::uninit(); 4096];
    let mut reader = Reader::new(told, &mut buffer);
    let mut is_gone = false;
    loop {
        match reader.next() {
            Ok(event) => {
                let gone = ReadFlags::IGNORED | ReadFlags::DELETE_SELF | ReadFlags::MOVE_SELF | ReadFlags::UNMOUNT;
                is_gone |= event.events().intersects(gone);
            }
            Err(Errno::WOULDBLOCK) => return Ok(is_gone),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::mpsc::{Receiver, channel};
    use std::time::Duration;

    use super::*;

    fn set(folder: &Path) -> (Alarm, Receiver<()>) {
        let (woken, wakes) = channel();
        (Alarm::set(folder, move || woken.send(()).unwrap_or(())).unwrap(), wakes)
    }

    #[test]
    fn what_is_written_wakes_and_nothing_does_before() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("old"), "1").unwrap();
        let (alarm, wakes) = set(folder.path());
        assert!(wakes.recv_timeout(Duration::from_millis(100)).is_err());
        fs::write(folder.path().join("old"), "12").unwrap();
        wakes.recv_timeout(Duration::from_secs(10)).unwrap();
        assert!(alarm.is_set());
    }

    #[test]
    fn an_alarm_that_is_dropped_lets_its_thread_end() {
        let folder = tempfile::tempdir().unwrap();
        let (alarm, wakes) = set(folder.path());
        drop(alarm);
        // The thread has the other end of the channel: it is gone when that is closed.
        assert_eq!(wakes.recv_timeout(Duration::from_secs(10)), Err(std::sync::mpsc::RecvTimeoutError::Disconnected));
    }

    #[test]
    fn an_alarm_that_is_stopped_can_be_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let (alarm, wakes) = set(folder.path());
        alarm.stop().unwrap().join().unwrap();
        fs::write(folder.path().join("new"), "1").unwrap();
        assert_eq!(wakes.try_recv(), Err(std::sync::mpsc::TryRecvError::Disconnected));
    }

    #[test]
    fn a_folder_that_is_replaced_wakes_a_last_time_and_is_told() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("journal");
        fs::create_dir(&folder).unwrap();
        let (alarm, wakes) = set(&folder);
        fs::rename(&folder, parent.path().join("other")).unwrap();
        wakes.recv_timeout(Duration::from_secs(10)).unwrap();
        assert!(!alarm.is_set());
    }
}
