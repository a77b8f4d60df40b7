//! Writes files that a user asks for: whole or not at all.

use std::io;
use std::path::Path;

use crate::shell::delivery::stage;

/// Writes a new file whole or not at all.
///
/// # Errors
///
/// Returns what went wrong; what was there under the name is as it was.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    stage(folder, bytes)?.persist_noclobber(path).map(drop).map_err(|error| error.error)
}

/// Makes a folder with these files, by their path below it: whole or not at all.
///
/// # Errors
///
/// Returns what went wrong; a folder that was there already is as it was.
pub fn write_folder(folder: &Path, files: &[(&str, String)]) -> io::Result<()> {
    if let Some(parent) = folder.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::create_dir(folder)?;
    let written = files.iter().try_for_each(|(path, text)| write(&folder.join(path), text.as_bytes()));
    if written.is_err() {
        // What was written is ours, and of no use alone. Where it can't be removed either, the first error tells more.
        drop(std::fs::remove_dir_all(folder));
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_can_not_be_written_whole_is_not_left_behind() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("deep/er");
        let twice = [("a/b.toml", String::new()), ("a/b.toml", String::new())];
        assert!(write_folder(&folder, &twice).is_err());
        assert!(!folder.exists());
        write_folder(&folder, &twice[..1]).unwrap();
        assert_eq!(write_folder(&folder, &twice[..1]).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert!(folder.join("a/b.toml").exists());
    }
}
