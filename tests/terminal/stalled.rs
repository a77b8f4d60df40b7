//! Nobody reads what the program writes, as after Ctrl-S: it must lose nothing, and not grow.

use super::*;

/// The most that the program may grow by while nobody reads, in bytes.
const MOST_GROWTH: u64 = 10 * 1024 * 1024;

/// Returns the memory of the program that is in use, in bytes.
fn memory(terminal: &Terminal) -> u64 {
    let id = terminal.child.process_id().unwrap();
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

fn answered(program: &Program) -> u64 {
    program.json(&["score", "Acme"])["answered"].as_u64().unwrap()
}

#[test]
fn what_was_answered_is_saved_and_memory_stays_while_nobody_reads() {
    let program = Program::new();
    program.ok(&["new", "Acme"]);
    let mut terminal = Terminal::start(&program, &["open", "Acme"], (200, 60));
    terminal.wait_for("4.1-1");
    let before = memory(&terminal);
    terminal.stopped.store(true, Ordering::SeqCst);
    // Far more than the terminal holds: whole screens, one after the other, each batch drawn by itself.
    terminal.keys("3");
    for round in 0..120 {
        // The profile and the questions, by F5 and F2.
        terminal.keys(if round % 2 == 0 { "\u{1b}[15~" } else { "\u{1b}OQ" });
        thread::sleep(Duration::from_millis(20));
    }
    let start = Instant::now();
    while answered(&program) == 0 {
        assert!(start.elapsed() < PATIENCE, "the answer is not saved while nobody reads");
        thread::sleep(Duration::from_millis(20));
    }
    let grown = memory(&terminal).saturating_sub(before);
    assert!(grown < MOST_GROWTH, "it grew by {grown} bytes");
    terminal.stopped.store(false, Ordering::SeqCst);
    terminal.keys("\u{1b}OQ");
    terminal.wait_for("4.1-2");
    terminal.keys("3");
    terminal.wait_for("4.1-3");
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    assert_eq!(answered(&program), 2);
}
