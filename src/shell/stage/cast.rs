//! A short film of the program as an asciicast: the real escape codes of each step, at made-up times.

use std::io::{self, Write};
use std::sync::mpsc::{Sender, channel};

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use serde_json::json;

use crate::shell::stage::Stage;
use crate::tui::{Size, ThemeName, view};

const SIZE: Size = Size { width: 100, height: 30 };
/// What is pressed, and how many seconds one looks at it.
const SCRIPT: [(&str, f64); 19] = [
    ("", 3.0),
    ("d", 3.0),
    ("j", 0.4),
    ("j", 1.0),
    ("3", 1.5),
    ("2", 1.5),
    ("i", 1.0),
    ("The board ", 0.4),
    ("looked at it ", 0.4),
    ("in May.", 1.2),
    ("<esc>", 2.0),
    (":", 1.5),
    ("where", 1.5),
    ("<enter>", 3.5),
    ("v", 3.0),
    ("<f4>", 3.5),
    ("<f8>", 3.0),
    ("<f2>", 1.0),
    ("p", 3.0),
];

/// Takes what is written, and hands it on in one piece.
struct Sink(Sender<Vec<u8>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Who takes it lives longer than the terminal.
        drop(self.0.send(bytes.to_vec()));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns the film (asciicast, version 2).
///
/// # Errors
///
/// Returns which step can't be played, and why.
pub fn cast() -> Result<String, String> {
    // As the program itself does: without, what this returned would depend on NO_COLOR.
    ratatui::crossterm::style::force_color_output(true);
    let mut stage = Stage::new(SIZE, ThemeName::Dark)?;
    let (sink, written) = channel();
    let area = Rect::new(0, 0, SIZE.width, SIZE.height);
    let options = TerminalOptions { viewport: Viewport::Fixed(area) };
    let mut terminal =
        Terminal::with_options(CrosstermBackend::new(Sink(sink)), options).map_err(|error| error.to_string())?;
    let header = json!({ "version": 2, "width": SIZE.width, "height": SIZE.height, "title": "ready42" });
    let mut lines = vec![header.to_string()];
    let mut seconds = 0.0;
    for (keys, look) in SCRIPT {
        stage.press(keys).map_err(|why| format!("{keys:?}: {why}"))?;
        terminal
            .draw(|frame| view(&stage.state, &stage.keymap, &stage.theme, frame))
            .map_err(|error| error.to_string())?;
        let bytes: Vec<u8> = written.try_iter().flatten().collect();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        lines.push(json!([seconds, "o", text]).to_string());
        seconds += look;
    }
    lines.push(json!([seconds, "o", ""]).to_string());
    Ok(lines.join("\n") + "\n")
}
