//! Listening where there are signals and poll(2).
//!
//! The loop waits itself, for the terminal and for what other threads tell, and lets crossterm read only when there are
//! keys: so it sees the terminal go away, which crossterm hides, and no key has to wake two threads.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read, Write, stdin};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use ratatui::crossterm::event::{poll as has_event, read};
use ratatui::crossterm::terminal::size;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, ioctl_fionread};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use crate::shell::input::{HANG_UP, Input, Teller, event_of};
use crate::shell::painter::may_differ;
use crate::tui::{Event, Size};

/// Whether another program has the keys: what they mean to the system is meant for it then.
static PAUSED: AtomicBool = AtomicBool::new(false);

/// Crossterm asks for more than no time at all; there is something to read whenever it is asked.
const AT_ONCE: Duration = Duration::from_millis(1);

/// Leaves the keys to another program: what they mean to the system, too.
pub fn pause() {
    PAUSED.store(true, Ordering::SeqCst);
}

/// Takes the keys again.
pub fn resume() {
    PAUSED.store(false, Ordering::SeqCst);
}

/// Wakes who waits for inputs.
#[derive(Clone, Debug)]
pub struct Waker(Arc<UnixStream>);

impl Waker {
    /// Wakes it, or sees to it that it doesn't fall asleep.
    pub fn wake(&self) {
        // Where it is full, there is enough in it to wake anybody; where it is closed, nobody waits.
        let _woken = (&*self.0).write(&[0]);
    }
}

/// Waits for inputs.
#[derive(Debug)]
pub struct Listener {
    told: Receiver<Input>,
    woken: UnixStream,
    /// What was read and not taken yet.
    read: VecDeque<Input>,
}

/// Starts to listen.
///
/// # Errors
///
/// Returns why a thread or a signal handler can't be set up.
pub fn listen() -> io::Result<(Teller, Listener)> {
    let (waker, woken) = UnixStream::pair()?;
    waker.set_nonblocking(true)?;
    woken.set_nonblocking(true)?;
    let (inputs, told) = channel();
    let teller = Teller { inputs, waker: Waker(Arc::new(waker)) };
    Ok((teller, Listener { told, woken, read: VecDeque::new() }))
}

impl Listener {
    /// Listens to signals too, from when the terminal is taken.
    ///
    /// # Errors
    ///
    /// Returns why a thread or a signal handler can't be set up.
    #[expect(clippy::unused_self, reason = "on other systems it listens to keys in a thread")]
    pub fn listen_to_system(&self, teller: &Teller) -> io::Result<()> {
        listen_to_signals(teller.clone())
    }

    /// Waits for the next input, or until a terminal takes more of what was drawn.
    pub fn wait(&mut self, line: Option<&File>) -> Input {
        loop {
            if let Some(input) = self.known() {
                return input;
            }
            self.listen(None, line);
        }
    }

    /// Returns the next input where there is one, or comes within a time.
    pub fn next(&mut self, patience: Option<Duration>) -> Option<Input> {
        self.known().or_else(|| {
            let patience = patience.and_then(|patience| Timespec::try_from(patience).ok());
            self.listen(Some(&patience.unwrap_or(Timespec { tv_sec: 0, tv_nsec: 0 })), None);
            self.known()
        })
    }

    /// Returns what a thread tells within a time, whatever the terminal has.
    #[cfg(test)]
    pub fn told(&mut self, patience: Duration) -> Option<Input> {
        self.told.recv_timeout(patience).ok()
    }

    /// Returns what is told, without the terminal.
    #[cfg(test)]
    pub fn into_told(self) -> Receiver<Input> {
        self.told
    }

    fn known(&mut self) -> Option<Input> {
        self.read.pop_front().or_else(|| self.told.try_recv().ok())
    }

    fn listen(&mut self, patience: Option<&Timespec>, line: Option<&File>) {
        // The terminal is gone: nobody can see or type anything any more.
        if self.try_listen(patience, line).is_err() {
            self.read.push_back(Input::End(HANG_UP));
        }
    }

    /// Waits until there is something, and reads what there is.
    ///
    /// # Errors
    ///
    /// Returns that the terminal is gone.
    fn try_listen(&mut self, patience: Option<&Timespec>, line: Option<&File>) -> io::Result<()> {
        let stdin = stdin();
        // Without a line, standard input stands in its place, asked for nothing: the number of places is the same.
        let room = line.map_or(PollFd::new(&stdin, PollFlags::empty()), |line| PollFd::new(line, PollFlags::OUT));
        let mut waiting = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(&self.woken, PollFlags::IN), room];
        match poll(&mut waiting, patience) {
            Err(Errno::INTR) => return Ok(()),
            Err(error) => return Err(error.into()),
            Ok(_) => {}
        }
        let [keys, woken, room] = &waiting;
        let (keys, woken, room) = (keys.revents(), woken.revents(), room.revents());
        if room.contains(PollFlags::OUT) {
            self.read.push_back(Input::Room);
        }
        if !woken.is_empty() {
            // What woke is told by the channel.
            while (&self.woken).read(&mut [0; 64]).is_ok_and(|count| count > 0) {}
        }
        if keys.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        if keys.contains(PollFlags::IN) {
            // Of one byte comes one key at most: nothing is left to wait for.
            let is_one = ioctl_fionread(&stdin).is_ok_and(|waiting| waiting == 1);
            while has_event(AT_ONCE)? {
                self.read.extend(event_of(read()?).map(Input::Event));
                if is_one {
                    break;
                }
            }
        }
        Ok(())
    }
}

fn listen_to_signals(teller: Teller) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            let is_paused = PAUSED.load(Ordering::SeqCst);
            let input = match signal {
                SIGINT | SIGQUIT | SIGTSTP | SIGCONT if is_paused => continue,
                SIGTSTP => Input::Sleep,
                SIGCONT => Input::Woken,
                SIGWINCH => match resized() {
                    Ok((width, height)) => Input::Event(Event::Resize(Size { width, height })),
                    Err(_) => continue,
                },
                other => Input::End(other),
            };
            if !teller.tell(input) {
                return;
            }
        }
    })?;
    Ok(())
}

fn resized() -> io::Result<(u16, u16)> {
    may_differ();
    size()
}

/// Stops the process until it is woken up, as the terminal's suspend key does.
pub fn sleep() {
    // Where the process can't be stopped, it goes on: nothing is lost by that.
    drop(signal_hook::low_level::emulate_default_handler(SIGTSTP));
}
