//! What a panic says: that the program failed, that the data is safe, and where. Never a word of a client's text.

use std::io::{self, Write};
use std::panic;

/// Sees to it that a panic is told in a few plain lines. With `RUST_BACKTRACE` set, color-eyre tells all of it.
pub fn prepare() {
    if std::env::var_os("RUST_BACKTRACE").is_some() && color_eyre::install().is_ok() {
        return;
    }
    panic::set_hook(Box::new(|panic| {
        // The message of a panic may quote what was typed: the place is enough for a report.
        let place = panic.location().map(|place| format!("{}:{}", place.file(), place.line())).unwrap_or_default();
        drop(writeln!(
            io::stderr(),
            "ready42 has failed at {place} (version {}).\n\
             Everything that was shown as saved is safe. Please report the line above; it holds nothing of your data.",
            env!("CARGO_PKG_VERSION"),
        ));
    }));
}
