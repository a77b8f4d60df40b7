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

/// What can be seen: a blank that was written and one that was erased look alike.
fn seen(terminal: &Terminal) -> Vec<String> {
    terminal.text().lines().map(|line| line.trim_end().to_owned()).collect()
}

/// Sends whole screens until the terminal holds no more of them: whoever waited for it to be read would wait now.
fn fill(terminal: &mut Terminal) {
    terminal.stopped.store(true, Ordering::SeqCst);
    for round in 0..120 {
        // The profile and the questions, by F5 and F2.
        terminal.keys(if round % 2 == 0 { "\u{1b}[15~" } else { "\u{1b}OQ" });
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn what_was_answered_is_saved_and_memory_stays_while_nobody_reads() {
    let program = Program::new();
    program.ok(&["new", "Acme"]);
    let mut terminal = Terminal::start(&program, &["open", "Acme"], (200, 60));
    terminal.wait_for("4.1-1");
    let before = memory(&terminal);
    terminal.stopped.store(true, Ordering::SeqCst);
    terminal.keys("3");
    fill(&mut terminal);
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

#[test]
fn an_answer_that_is_given_while_the_terminal_holds_no_more_is_saved_and_then_shown_whole() {
    let program = Program::new();
    program.ok(&["new", "Acme"]);
    let mut terminal = Terminal::start(&program, &["open", "Acme"], (200, 60));
    terminal.wait_for("4.1-1");
    fill(&mut terminal);
    terminal.keys("3");
    let start = Instant::now();
    while answered(&program) == 0 {
        assert!(start.elapsed() < PATIENCE, "the key waits until somebody reads the screen");
        thread::sleep(Duration::from_millis(20));
    }
    terminal.stopped.store(false, Ordering::SeqCst);
    terminal.wait_until("saved", |text| text.contains("✓ saved") && text.contains("4.1-2"));
    // What is shown is what is drawn anew from nothing: no half of an older frame is left.
    terminal.keys("l");
    terminal.keys("h");
    thread::sleep(Duration::from_millis(300));
    let shown = seen(&terminal);
    terminal.signal("CONT");
    thread::sleep(Duration::from_millis(300));
    assert_eq!(seen(&terminal), shown);
    terminal.keys("q");
    assert_eq!(terminal.end().exit_code(), 0);
    terminal.is_restored();
}

#[test]
fn a_signal_ends_it_while_the_terminal_holds_no_more_and_what_was_typed_is_kept() {
    let program = Program::new();
    program.ok(&["new", "Acme"]);
    let mut terminal = Terminal::start(&program, &["open", "Acme"], (200, 60));
    terminal.wait_for("4.1-1");
    fill(&mut terminal);
    terminal.keys("4");
    terminal.signal("TERM");
    let status = terminal.end();
    assert!(!status.success(), "{status:?}");
    assert_eq!(answered(&program), 1);
}

/// What a terminal shows that was sent these bytes.
fn rendered(bytes: &[u8]) -> Vec<String> {
    let mut parser = vt100::Parser::new(60.try_into().unwrap(), 200.try_into().unwrap(), 0);
    parser.process(bytes);
    parser.screen().contents().lines().map(|line| line.trim_end().to_owned()).collect()
}

#[test]
fn the_frame_that_the_terminal_has_taken_half_of_is_whole_before_it_is_given_back() {
    let program = Program::new();
    program.ok(&["new", "Acme"]);
    let mut terminal = Terminal::start(&program, &["open", "Acme"], (200, 60));
    terminal.wait_for("4.1-1");
    // Both screens as they are shown when one comes from the other, without what is said on opening.
    let mut whole =
        [("\u{1b}[15~", "People employed"), ("\u{1b}OQ", "4.1-1")].repeat(2).into_iter().map(|(key, shown)| {
            terminal.keys(key);
            terminal.wait_for(shown);
            thread::sleep(Duration::from_millis(300));
            seen(&terminal)
        });
    let (_, _, profile, questions) = (whole.next(), whole.next(), whole.next().unwrap(), whole.next().unwrap());
    drop(whole);
    fill(&mut terminal);
    terminal.signal("TERM");
    thread::sleep(Duration::from_millis(300));
    terminal.stopped.store(false, Ordering::SeqCst);
    assert!(!terminal.end().success());
    thread::sleep(Duration::from_millis(300));
    let bytes = terminal.bytes.lock().unwrap().clone();
    let left = bytes.windows(8).rposition(|window| window == b"\x1b[?1049l").expect("it is given back");
    let shown = rendered(&bytes[..left]);
    let differs = |whole: &Vec<String>| shown.iter().zip(whole).filter(|(one, other)| one != other).count();
    let least = differs(&profile).min(differs(&questions));
    assert!(shown == profile || shown == questions, "{least} lines are of another frame:\n{}", shown.join("\n"));
}
