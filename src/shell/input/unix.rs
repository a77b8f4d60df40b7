//! Listening where there are signals and poll(2).
//!
//! The thread waits for the terminal itself, and lets crossterm read only when there is something: so it sees the
//! terminal go away, which crossterm hides, and can be told to leave the keys to another program.

use std::io::{self, Read, Write, stdin};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use ratatui::crossterm::event::{poll as has_event, read};
use ratatui::crossterm::terminal::size;
use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use crate::shell::input::{HANG_UP, Input, event_of};
use crate::shell::painter::may_differ;
use crate::tui::{Event, Size};

/// Whether another program has the keys: what they mean to the system is meant for it then.
static PAUSED: AtomicBool = AtomicBool::new(false);

/// Crossterm asks for more than no time at all; there is something to read whenever it is asked.
const AT_ONCE: Duration = Duration::from_millis(1);

/// Tells the thread that listens to leave the keys to another program, and to take them again.
#[derive(Debug)]
pub struct Listener {
    wake: UnixStream,
    paused: Receiver<()>,
    resume: Sender<()>,
}

impl Listener {
    /// Leaves the keys to another program, from when this returns.
    pub fn pause(&self) {
        PAUSED.store(true, Ordering::SeqCst);
        if (&self.wake).write_all(&[0]).is_ok() {
            // The thread is gone only when the terminal is, and then the keys are nobody's.
            let _gone = self.paused.recv();
        }
    }

    /// Takes the keys again.
    pub fn resume(&self) {
        PAUSED.store(false, Ordering::SeqCst);
        let _gone = self.resume.send(());
    }
}

/// What the thread waited for.
enum Ready {
    Keys,
    Gone,
    Pause,
}

/// Starts the threads that listen. They end with the process.
///
/// # Errors
///
/// Returns why a thread or a signal handler can't be set up.
pub fn listen(inputs: &Sender<Input>) -> io::Result<Listener> {
    let (wake, woken) = UnixStream::pair()?;
    let (pausing, paused) = channel();
    let (resume, resumed) = channel();
    let keys = inputs.clone();
    let listen = move || {
        let ending = listen_to_terminal(&keys, &woken, &pausing, &resumed);
        if ending.is_err() {
            // The terminal is gone: nobody can see or type anything any more.
            drop(keys.send(Input::End(HANG_UP)));
        }
    };
    thread::Builder::new().name("keys".to_owned()).spawn(listen)?;
    listen_to_signals(inputs.clone())?;
    Ok(Listener { wake, paused, resume })
}

/// Listens until nobody takes the inputs any more.
///
/// # Errors
///
/// Returns that the terminal is gone.
fn listen_to_terminal(
    inputs: &Sender<Input>,
    mut woken: &UnixStream,
    pausing: &Sender<()>,
    resumed: &Receiver<()>,
) -> io::Result<()> {
    loop {
        match wait(woken)? {
            Ready::Gone => return Err(io::ErrorKind::BrokenPipe.into()),
            Ready::Pause => {
                woken.read_exact(&mut [0])?;
                if pausing.send(()).is_err() || resumed.recv().is_err() {
                    return Ok(());
                }
            }
            Ready::Keys => {
                // Of one byte comes one key at most: nothing is left to wait for.
                let is_one = rustix::io::ioctl_fionread(stdin()).is_ok_and(|waiting| waiting == 1);
                while has_event(AT_ONCE)? {
                    let input = event_of(read()?).map(Input::Event);
                    if input.is_some_and(|input| inputs.send(input).is_err()) {
                        return Ok(());
                    }
                    if is_one {
                        break;
                    }
                }
            }
        }
    }
}

fn wait(woken: &UnixStream) -> io::Result<Ready> {
    let stdin = stdin();
    loop {
        let mut waiting = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(woken, PollFlags::IN)];
        match poll(&mut waiting, None) {
            Err(rustix::io::Errno::INTR) => continue,
            Err(error) => return Err(error.into()),
            Ok(_) => {}
        }
        let [keys, wake] = &waiting;
        if !wake.revents().is_empty() {
            return Ok(Ready::Pause);
        }
        if keys.revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return Ok(Ready::Gone);
        }
        if keys.revents().contains(PollFlags::IN) {
            return Ok(Ready::Keys);
        }
    }
}

fn resized() -> io::Result<(u16, u16)> {
    may_differ();
    size()
}

fn listen_to_signals(inputs: Sender<Input>) -> io::Result<()> {
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
            if inputs.send(input).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

/// Stops the process until it is woken up, as the terminal's suspend key does.
pub fn sleep() {
    // Where the process can't be stopped, it goes on: nothing is lost by that.
    drop(signal_hook::low_level::emulate_default_handler(SIGTSTP));
}
