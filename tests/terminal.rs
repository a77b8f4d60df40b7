//! The built program in a real pseudo-terminal.

#[cfg(target_os = "linux")]
mod stalled;

use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

use crate::program::{EPOCH, PATH, Program};

/// How long the screen may take to show what is waited for. Generous: machines are shared.
const PATIENCE: Duration = Duration::from_secs(20);

/// The program in a pseudo-terminal.
struct Terminal {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    screen: Arc<Mutex<vt100::Parser>>,
    bytes: Arc<Mutex<Vec<u8>>>,
    /// Whether nobody reads what the program writes, as after Ctrl-S.
    stopped: Arc<AtomicBool>,
}

impl Terminal {
    fn start(program: &Program, arguments: &[&str], size: (u16, u16)) -> Self {
        Self::start_with(program, arguments, size, &[])
    }

    fn start_with(program: &Program, arguments: &[&str], size: (u16, u16), environment: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(PATH);
        command.args(arguments);
        Self::start_command(program, command, size, environment)
    }

    fn run(program: &Program, path: &str, arguments: &[&str], size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new(path);
        command.args(arguments);
        Self::start_command(program, command, size, &[])
    }

    fn start_command(
        program: &Program,
        mut command: CommandBuilder,
        (width, height): (u16, u16),
        environment: &[(&str, &str)],
    ) -> Self {
        let size = PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        command.env_clear();
        for (key, value) in
            [("TERM", "xterm-256color"), ("TZ", "UTC"), ("SOURCE_DATE_EPOCH", EPOCH), ("LANG", "C.UTF-8")]
        {
            command.env(key, value);
        }
        for (key, value) in environment {
            command.env(key, value);
        }
        command.env("HOME", program.folder());
        command.env("READY42_DATA_DIR", program.data());
        command.cwd(program.folder());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(vt100::Parser::new(height.try_into().unwrap(), width.try_into().unwrap(), 0)));
        let bytes = Arc::new(Mutex::new(vec![]));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let stopped = Arc::new(AtomicBool::new(false));
        let (parser, record, is_stopped) = (Arc::clone(&screen), Arc::clone(&bytes), Arc::clone(&stopped));
        thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                parser.lock().unwrap().process(&buffer[..count]);
                record.lock().unwrap().extend_from_slice(&buffer[..count]);
                while is_stopped.load(Ordering::SeqCst) {
                    thread::sleep(Duration::from_millis(5));
                }
            }
        });
        Self { keys: pair.master.take_writer().unwrap(), master: pair.master, child, screen, bytes, stopped }
    }

    fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    #[track_caller]
    fn wait_for(&self, wanted: &str) {
        self.wait_until(wanted, |text| text.contains(wanted));
    }

    #[track_caller]
    fn wait_until(&self, what: &str, is_there: impl Fn(&str) -> bool) {
        let start = Instant::now();
        while !is_there(&self.text()) {
            assert!(start.elapsed() < PATIENCE, "waited for {what:?}, and the screen shows:\n{}", self.text());
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn keys(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.keys.write_all(bytes).unwrap();
        self.keys.flush().unwrap();
    }

    fn resize(&self, (width, height): (u16, u16)) {
        let size = PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 };
        self.screen.lock().unwrap().screen_mut().set_size(height.try_into().unwrap(), width.try_into().unwrap());
        self.master.resize(size).unwrap();
    }

    fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
    }

    /// Waits for the end, and returns the status.
    #[track_caller]
    fn end(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(start.elapsed() < PATIENCE, "it doesn't end, and the screen shows:\n{}", self.text());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Checks that nothing which was switched on in the terminal stays on.
    #[track_caller]
    fn is_restored(&self) {
        thread::sleep(Duration::from_millis(100));
        let bytes = String::from_utf8_lossy(&self.bytes.lock().unwrap()).into_owned();
        for (on, off, what) in [
            ("\u{1b}[?1049h", "\u{1b}[?1049l", "the alternate screen"),
            ("\u{1b}[?2004h", "\u{1b}[?2004l", "bracketed paste"),
            ("\u{1b}[?25l", "\u{1b}[?25h", "a hidden cursor"),
            ("\u{1b}[?1000h", "\u{1b}[?1000l", "the mouse"),
        ] {
            assert!(bytes.rfind(off) >= bytes.rfind(on), "{what} stays on");
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        drop(self.child.kill());
    }
}

#[test]
fn an_answer_is_there_after_quitting_and_starting_again() {
    let program = Program::new();
    let mut terminal = Terminal::start(&program, &[], (100, 30));
    terminal.wait_for("new");
    terminal.keys("n");
    terminal.wait_for("Name");
    // The name, then the depth: the quick scan, as it stands.
    terminal.keys("Acme\r");
    terminal.keys("\r");
    terminal.wait_for("4.1-2");
    terminal.keys("3");
    terminal.wait_until("saved", |text| text.contains("✓ saved") && text.contains("4.2-1"));
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.is_restored();
    let score = program.json(&["score", "Acme"]);
    assert!(score["maturity"]["claimed"]["low"].as_f64().unwrap() > 0.0, "{}", score["maturity"]);
    let mut terminal = Terminal::start(&program, &["open", "Acme"], (100, 30));
    terminal.wait_for("4.2-1");
    terminal.keys("h");
    terminal.wait_for("● 3");
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
}

#[cfg(unix)]
#[test]
fn an_answer_that_was_called_saved_survives_a_kill() {
    let program = Program::new();
    program.ok(&["new", "Acme"]);
    let mut terminal = Terminal::start(&program, &["open", "Acme"], (80, 24));
    terminal.wait_for("4.1-1");
    for (level, next) in [("2", "4.1-2"), ("3", "4.1-3"), ("4", "4.1-4")] {
        terminal.keys(level);
        terminal.wait_until("saved", |text| text.contains("✓ saved") && text.contains(next));
    }
    terminal.signal("KILL");
    terminal.end();
    let explained = program.json(&["score", "Acme"]);
    let low = explained["areas"][0]["maturity"]["claimed"]["low"].as_f64().unwrap();
    let questions = explained["areas"][0]["maturity"]["claimed"].clone();
    assert!((low * 10.0 - 9.0).abs() < 0.01, "2, 3 and 4 of ten questions: {questions}");
}

#[cfg(unix)]
#[test]
fn every_signal_gives_the_terminal_back_and_tells_its_status() {
    for (name, status) in [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)] {
        let program = Program::new();
        program.ok(&["new", "Acme"]);
        let mut terminal = Terminal::start(&program, &["open", "Acme"], (80, 24));
        terminal.wait_for("4.1-1");
        terminal.keys("3");
        terminal.signal(name);
        assert_eq!(terminal.end().exit_code(), status, "{name}");
        terminal.is_restored();
    }
}

#[cfg(unix)]
#[test]
fn it_sleeps_and_wakes_up_with_its_screen_in_the_size_that_it_has_then() {
    let program = Program::new();
    program.ok(&["new", "Acme"]);
    let mut terminal = Terminal::start(&program, &["open", "Acme"], (80, 24));
    terminal.wait_for("4.1-1");
    for (size, shows) in [
        ((80, 24), "4.1-1"),
        ((120, 40), "Evidence to show"),
        ((60, 16), "        included, affect your work with AI?"),
    ] {
        terminal.signal("STOP");
        terminal.resize(size);
        terminal.signal("CONT");
        terminal.wait_for(shows);
    }
    terminal.keys("3");
    terminal.wait_for("4.1-2");
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.is_restored();
}

/// Under a shell with job control, Ctrl-Z gives the terminal back, and `fg` takes it again in its new size.
#[cfg(target_os = "linux")]
#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_again() {
    let program = Program::new();
    program.ok(&["new", "Acme"]);
    let mut terminal = Terminal::run(&program, "/bin/bash", &["--norc", "-i"], (80, 24));
    terminal.keys(&format!("PS1='at the shell '; {PATH} open Acme\n"));
    terminal.wait_for("4.1-1");
    terminal.keys("\u{1a}");
    terminal.wait_for("Stopped");
    // What the shell switches on for its own prompt stays on; the program's screen doesn't.
    let seen = String::from_utf8_lossy(&terminal.bytes.lock().unwrap()).into_owned();
    assert!(seen.rfind("\u{1b}[?1049l") > seen.rfind("\u{1b}[?1049h"), "the alternate screen stays on");
    assert!(seen.rfind("\u{1b}[?25h") > seen.rfind("\u{1b}[?25l"), "the cursor stays hidden");
    terminal.resize((120, 40));
    terminal.keys("fg\n");
    terminal.wait_for("Evidence to show");
    terminal.keys("3");
    terminal.wait_for("4.1-2");
    terminal.keys("q");
    terminal.wait_until("the shell", |text| text.trim_end().ends_with("at the shell"));
    terminal.keys("exit\n");
    terminal.end();
}

#[test]
fn it_follows_the_size_of_the_terminal_and_says_what_it_needs() {
    let program = Program::with_demo();
    let mut terminal = Terminal::start(&program, &["open", "acme"], (80, 24));
    terminal.wait_for("saved");
    for size in [(20, 5), (1, 1), (200, 60), (59, 16), (300, 20)] {
        terminal.resize(size);
    }
    terminal.resize((40, 10));
    terminal.wait_for("60x16");
    terminal.resize((120, 40));
    terminal.wait_for("saved");
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.is_restored();
}

#[test]
fn text_from_the_data_never_drives_the_terminal() {
    let program = Program::new();
    let evil = "x\u{1b}]0;owned\u{7}\u{1b}[31m\u{202e}\u{9b}5n";
    program.ok(&["new", evil]);
    program.ok(&["profile", evil, &format!("organisation={evil}")]);
    program.ok(&[
        "answer",
        evil,
        "4.1-1",
        "2",
        "--note",
        evil,
        "--evidence",
        &format!("record:{evil}"),
        "--owner",
        evil,
    ]);
    let mut terminal = Terminal::start(&program, &[], (120, 40));
    terminal.wait_for("x␛");
    terminal.keys("\r");
    terminal.wait_for("saved");
    terminal.keys("h\t");
    terminal.wait_for("Stage 1 readiness");
    terminal.keys("\t\t\t");
    terminal.wait_for("Markdown");
    terminal.keys("q");
    terminal.end();
    let bytes = terminal.bytes.lock().unwrap().clone();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    for forbidden in ["\u{1b}]0;", "\u{1b}[31mx", "\u{202e}", "\u{9b}"] {
        assert!(!text.contains(forbidden), "{forbidden:?} reached the terminal");
    }
}

/// What is typed into a note is there again after the program was killed, and after every gentler end.
#[cfg(unix)]
#[test]
fn a_half_typed_note_survives_every_end() {
    for signal in ["KILL", "TERM", "HUP"] {
        let program = Program::new();
        program.ok(&["new", "Acme"]);
        let mut terminal = Terminal::start(&program, &["open", "Acme"], (80, 24));
        terminal.wait_for("4.1-1");
        terminal.keys("i");
        terminal.wait_for("Note on");
        terminal.keys("they never said");
        terminal.wait_for("they never said");
        if signal == "KILL" {
            // At most a second of typing may be lost: wait until it is written.
            let start = Instant::now();
            let is_kept = || program.snapshot().iter().any(|(path, _)| path.ends_with("drafts.json"));
            while !is_kept() {
                assert!(start.elapsed() < PATIENCE, "the draft is not written");
                thread::sleep(Duration::from_millis(20));
            }
        }
        terminal.signal(signal);
        terminal.end();
        let mut terminal = Terminal::start(&program, &["open", "Acme"], (80, 24));
        terminal.wait_for("is there again: note 4.1-1");
        terminal.keys("i");
        terminal.wait_for("they never said");
        terminal.keys("\u{1b}");
        terminal.wait_for("The note is kept.");
        terminal.keys("q");
        assert_eq!(terminal.end().exit_code(), 0);
        let drafts = program.snapshot().into_iter().find(|(path, _)| path.ends_with("drafts.json"));
        assert!(drafts.is_none(), "{signal}: what was taken is no draft any more");
    }
}

#[test]
fn a_pasted_megabyte_is_cut_and_told_and_changes_no_answer() {
    let program = Program::new();
    program.ok(&["new", "Acme"]);
    let mut terminal = Terminal::start(&program, &["open", "Acme"], (80, 24));
    terminal.wait_for("4.1-1");
    let paste = |text: &str| format!("\u{1b}[200~{text}\u{1b}[201~");
    terminal.keys(&paste("3333\n"));
    terminal.wait_for("The pasted text was not used");
    terminal.keys("i");
    terminal.wait_for("Note on");
    terminal.keys(&paste(&"0123456789".repeat(100_000)));
    terminal.wait_for("Only the first 60000");
    terminal.keys("\u{1b}");
    terminal.wait_for("The note is kept.");
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    assert_eq!(program.json(&["score", "Acme"])["areas"][0]["completion"], 0.0);
}

#[test]
fn bytes_that_are_no_keys_are_passed_over() {
    let program = Program::new();
    program.ok(&["new", "Acme"]);
    let mut terminal = Terminal::start(&program, &["open", "Acme"], (80, 24));
    terminal.wait_for("4.1-1");
    for junk in [&b"\xff\xfe\xc3"[..], b"\x1b[", b"999;999Z", b"\x1b[<99999;1;1M", b"\x1b[I", b"\x1b[O"] {
        terminal.bytes(junk);
        thread::sleep(Duration::from_millis(30));
    }
    terminal.keys("3");
    terminal.wait_for("4.1-2");
    terminal.keys("\u{3}");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.is_restored();
}

/// An editor that works, and those that fail in every way that one can.
#[cfg(unix)]
#[test]
fn the_users_editor_works_on_a_note_and_one_that_fails_leaves_it_alone() {
    let program = Program::new();
    program.ok(&["new", "Acme"]);
    program.ok(&["answer", "Acme", "4.1-1", "2", "--note", "the old text"]);
    let script = |name: &str, text: &str| {
        let path = program.file(name, format!("#!/bin/sh\n{text}\n"));
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
        path
    };
    let good = script("my editor", "printf 'the new text' > \"$2\"");
    for (editor, told) in [
        (script("fails", "exit 3"), "has failed"),
        (script("killed", "kill -9 $$"), "has failed"),
        (script("deletes", "rm \"$1\""), "can't be read"),
        (script("huge", "head -c 200000000 /dev/zero > \"$1\""), "more than the 60000 bytes"),
        (script("no-text", "printf '\\377\\376' > \"$1\""), "isn't UTF-8"),
        ("/nowhere/to/be/found".to_owned(), "has failed"),
        (format!("'{good}' --wait"), "the new text"),
    ] {
        let arguments = ["open", "Acme"];
        let mut terminal = Terminal::start_with(&program, &arguments, (100, 30), &[("EDITOR", editor.as_str())]);
        terminal.wait_for("4.1-2");
        terminal.keys("hi");
        terminal.wait_for("the old text");
        terminal.keys("\u{f}");
        terminal.wait_for(told);
        if told != "the new text" {
            terminal.wait_for("the old text");
        }
        terminal.keys("\u{1b}");
        terminal.wait_until("closed", |text| !text.contains("Note on"));
        terminal.keys("q");
        assert_eq!(terminal.end().exit_code(), 0, "{editor}");
        terminal.is_restored();
    }
    let shown = program.ok(&["show", "Acme", "--json"]);
    assert!(shown.contains("the new text") && !shown.contains("the old text"));
}

/// As after `nohup`: the terminal goes away, and no signal says so. Nobody else may hold its other end.
#[cfg(target_os = "linux")]
#[test]
fn it_ends_when_the_terminal_is_gone_though_no_signal_says_so() {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

    let program = Program::new();
    program.ok(&["new", "Acme"]);
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let name = ptsname(&master, vec![]).unwrap().into_string().unwrap();
    let slave = std::fs::File::options().read(true).write(true).open(name).unwrap();
    let mut child = program
        .command()
        .args(["open", "Acme"])
        .env("TERM", "xterm-256color")
        .stdin(slave.try_clone().unwrap())
        .stdout(slave.try_clone().unwrap())
        .stderr(slave)
        .spawn()
        .unwrap();
    let mut master = std::fs::File::from(master);
    let mut seen = vec![];
    while !String::from_utf8_lossy(&seen).contains("\u{1b}[?1049h") {
        let mut buffer = [0; 4096];
        let count = master.read(&mut buffer).unwrap();
        seen.extend_from_slice(&buffer[..count]);
    }
    drop(master);
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("it doesn't end");
        }
        thread::sleep(Duration::from_millis(5));
    };
    assert_eq!(status.code(), Some(129), "as after SIGHUP");
}

#[cfg(debug_assertions)]
#[test]
fn a_panic_gives_the_terminal_back_and_tells_nothing_of_the_data() {
    for place in ["loop", "keeper"] {
        let program = Program::new();
        program.ok(&["new", "Confidential Client"]);
        program.ok(&["answer", "Confidential Client", "4.1-1", "3"]);
        let arguments = ["open", "Confidential Client"];
        let mut terminal = Terminal::start_with(&program, &arguments, (80, 24), &[("READY42_PANIC", place)]);
        if place == "keeper" {
            terminal.wait_for("4.1-2");
            terminal.keys("3");
        }
        let status = terminal.end().exit_code();
        assert!([70, 7].contains(&status), "{place}: {status}");
        terminal.is_restored();
        let text = terminal.text();
        assert!(text.contains("ready42 has failed at"), "{place}: {text}");
        assert!(!text.contains("a drill"), "the message of a panic may quote what was typed: {text}");
        assert_eq!(program.json(&["score", "Confidential Client"])["areas"][0]["completion"], 0.1);
    }
}

#[test]
fn a_step_is_taken_back_after_a_restart_and_made_again_on_the_command_line() {
    let program = Program::new();
    program.ok(&["new", "Acme"]);
    let mut terminal = Terminal::start(&program, &["open", "Acme"], (100, 30));
    terminal.wait_for("4.1-1");
    terminal.keys("3");
    terminal.wait_until("saved", |text| text.contains("✓ saved") && text.contains("4.1-2"));
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    let mut terminal = Terminal::start(&program, &["open", "Acme"], (100, 30));
    terminal.wait_for("4.1-2");
    terminal.keys("u");
    terminal.wait_for("Taken back: the answer to 4.1-1");
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    assert!(program.json(&["explain", "Acme", "4.1-1"])["claimed"].is_null());
    program.ok(&["redo", "Acme"]);
    assert_eq!(program.json(&["explain", "Acme", "4.1-1"])["claimed"], 3);
}

#[test]
fn a_second_interface_reads_and_follows_and_a_command_is_seen_in_both() {
    let program = Program::new();
    program.ok(&["new", "Acme"]);
    let mut first = Terminal::start(&program, &["open", "Acme"], (100, 30));
    first.wait_for("4.1-1");
    let mut second = Terminal::start(&program, &["open", "Acme"], (100, 30));
    second.wait_for("4.1-1");
    second.keys("2");
    second.wait_for("Another program has");
    first.keys("5");
    first.wait_until("saved", |text| text.contains("✓ saved") && text.contains("4.1-2"));
    second.wait_for("1 of 187");
    // A command records beside the first one, which goes on writing after it.
    program.ok(&["answer", "Acme", "4.1-2", "2", "--note", "from a script"]);
    program.ok(&["answer", "Acme", "4.1-3", "1"]);
    first.wait_for("3 of 187");
    second.wait_for("3 of 187");
    first.keys("0");
    first.wait_until("saved", |text| text.contains("✓ saved") && text.contains("4.1-3"));
    second.wait_until("what was answered here after the command", |text| text.contains("3 of 187"));
    // What alters more than values waits until the interface is gone.
    let told = program.fails(5, &["rename", "Acme", "Other"]);
    assert!(told.contains("in use elsewhere"), "{told}");
    first.keys("q");
    assert_eq!(first.end().exit_code(), 0);
    second.wait_for("Press Ctrl-T to change it here");
    let said = |question: &str| program.json(&["explain", "Acme", question])["claimed"].clone();
    assert_eq!((said("4.1-1"), said("4.1-2"), said("4.1-3")), (5.into(), 0.into(), 1.into()));
    assert_eq!(program.json(&["doctor"])["issues"], serde_json::json!([]));
    // The second takes over by one key.
    second.keys("\u{14}");
    second.wait_until("open for writing", |text| text.contains("3 of 187") && !text.contains("has closed it"));
    second.keys("5");
    second.wait_until("saved", |text| text.contains("✓ saved") && text.contains("4 of 187"));
    second.keys("q");
    assert_eq!(second.end().exit_code(), 0);
    assert_eq!(program.json(&["doctor"])["issues"], serde_json::json!([]));
}

#[test]
fn an_interface_that_was_killed_leaves_the_way_free_for_a_command_and_for_another_interface() {
    let program = Program::new();
    program.ok(&["new", "Acme"]);
    let mut first = Terminal::start(&program, &["open", "Acme"], (100, 30));
    first.wait_for("4.1-1");
    first.keys("3");
    first.wait_until("saved", |text| text.contains("✓ saved") && text.contains("4.1-2"));
    first.child.kill().unwrap();
    first.child.wait().unwrap();
    program.ok(&["answer", "Acme", "4.1-2", "2"]);
    assert!(program.json(&["log", "Acme"]).as_array().unwrap().len() >= 2);
    let mut second = Terminal::start(&program, &["open", "Acme"], (100, 30));
    second.wait_for("2 of 187");
    second.keys("1");
    second.wait_until("saved", |text| text.contains("✓ saved") && text.contains("3 of 187"));
}
