//! Lets the user's own editor work on a text: `$VISUAL`, else `$EDITOR`.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, ExitStatus};

use crate::domain::change::MOST_TEXT;

/// Runs the editor on a text and returns what it has made of it, or in words why the text stays as it was.
///
/// The text lies in a file in the data folder that its owner alone may read, and goes when the editor has ended.
///
/// # Errors
///
/// Returns a sentence for the user: which editor failed, and what to do.
pub fn edit(text: &str, folder: &Path) -> Result<String, String> {
    let said = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let Some(editor) = said("VISUAL").or_else(|| said("EDITOR")) else {
        return Err("No editor is named: set EDITOR, for instance to nano. The text is as it was.".to_owned());
    };
    let failed = |what: &str, error: &dyn std::fmt::Display| format!("{what}: {error}. The text is as it was.");
    let mut file = tempfile::Builder::new()
        .prefix("note-")
        .suffix(".txt")
        .tempfile_in(folder)
        .map_err(|error| failed("The text can't be given to the editor", &error))?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.flush())
        .map_err(|error| failed("The text can't be given to the editor", &error))?;
    let status = run(&editor, file.path()).map_err(|error| failed("The editor can't be started", &error))?;
    if !status.success() {
        return Err(format!("The editor {editor:?} has failed ({status}). The text is as it was."));
    }
    // Read by its name: many editors write a new file and rename it.
    let mut bytes = vec![];
    File::open(file.path())
        .and_then(|file| file.take(MOST_TEXT as u64 + 2).read_to_end(&mut bytes))
        .map_err(|error| failed("What the editor wrote can't be read", &error))?;
    let edited = String::from_utf8(bytes.clone()).ok().map(|text| text.trim_end_matches('\n').to_owned());
    match edited {
        Some(edited) if edited.len() <= MOST_TEXT => Ok(edited),
        Some(_) => {
            Err(kept(file, &format!("The editor wrote more than the {MOST_TEXT} bytes that are kept of a note")))
        }
        None if bytes.len() > MOST_TEXT => {
            Err(kept(file, &format!("The editor wrote more than the {MOST_TEXT} bytes that are kept of a note")))
        }
        None => Err(kept(file, "The editor wrote something that isn't UTF-8")),
    }
}

/// Says what is wrong, and where what the editor wrote can be found: it isn't thrown away.
fn kept(file: tempfile::NamedTempFile, what: &str) -> String {
    match file.keep() {
        Ok((_, path)) => format!("{what}. The text is as it was; what was written is in {}.", path.display()),
        Err(error) => format!("{what}, and it can't be kept: {error}. The text is as it was."),
    }
}

#[cfg(unix)]
fn run(editor: &str, path: &Path) -> std::io::Result<ExitStatus> {
    // By the shell, so that an editor with arguments and blanks works as elsewhere; the path is no part of the line.
    Command::new("/bin/sh").arg("-c").arg(format!("{editor} \"$1\"")).arg("sh").arg(path).status()
}

#[cfg(not(unix))]
fn run(editor: &str, path: &Path) -> std::io::Result<ExitStatus> {
    let mut words = editor.split_whitespace();
    Command::new(words.next().unwrap_or(editor)).args(words).arg(path).status()
}
