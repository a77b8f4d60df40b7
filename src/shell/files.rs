//! Writes reports: whole or not at all.

use std::io::{self, Write};
use std::path::Path;

/// What to do about a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Fail.
    Keep,
    /// Write over it.
    Replace,
}

/// Writes a file whole or not at all.
///
/// # Errors
///
/// Returns what went wrong; what was there under the name is as it was.
pub fn write(path: &Path, bytes: &[u8], existing: Existing) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    match existing {
        Existing::Keep => file.persist_noclobber(path).map(drop).map_err(|error| error.error),
        Existing::Replace => file.persist(path).map(drop).map_err(|error| error.error),
    }
}
