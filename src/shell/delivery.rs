//! Hands reports over as files: all of them whole, or none.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// What to do about a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Fail.
    Keep,
    /// Write over it.
    Replace,
    /// Write beside it, under the first name that is free: `acme-readiness-2.md`.
    Beside,
}

/// A file that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Its name, without the ending.
    pub stem: String,
    /// The ending, without the dot.
    pub extension: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Why files could not be written. What was there is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Something is there already.
    #[error("{0} is there already, and was left as it is")]
    Exists(PathBuf),
    /// What is there is no ordinary file: a folder, a link, a pipe.
    #[error("{0} is no ordinary file, and was left as it is")]
    NoFile(PathBuf),
    /// The folder holds assessments.
    #[error("{0} is where the assessments are kept: nothing else is written there")]
    DataFolder(PathBuf),
    /// The disk refused.
    #[error("{0} can't be written: {1}")]
    Io(PathBuf, #[source] io::Error),
}

/// Writes files into a folder, which is made where there is none: all of them, or none. Returns where they are.
///
/// Each is written beside its place and synced before the first takes its name, so that a full disk changes nothing.
///
/// # Errors
///
/// Returns why nothing was written. Links and pipes are refused even where files are to be replaced, and so is a folder
/// within `kept`, where the assessments are.
pub fn write_all(
    folder: &Path,
    files: &[Planned],
    existing: Existing,
    kept: &Path,
) -> Result<Vec<PathBuf>, WriteError> {
    std::fs::create_dir_all(folder).map_err(|error| WriteError::Io(folder.to_owned(), error))?;
    refuse_kept(folder, kept)?;
    let mut staged: Vec<(NamedTempFile, PathBuf)> = vec![];
    for file in files {
        let path = place(folder, file, existing)?;
        let temporary = stage(folder, &file.bytes).map_err(|error| WriteError::Io(path.clone(), error))?;
        staged.push((temporary, path));
    }
    let mut written = vec![];
    for (temporary, path) in staged {
        let result = match existing {
            Existing::Keep | Existing::Beside => temporary.persist_noclobber(&path),
            Existing::Replace => temporary.persist(&path),
        };
        if let Err(error) = result {
            if existing != Existing::Replace {
                // All or none: what this call made goes again; what others made meanwhile stays.
                for path in &written {
                    drop(std::fs::remove_file(path));
                }
            }
            return Err(match error.error.kind() {
                io::ErrorKind::AlreadyExists => WriteError::Exists(path),
                _ => WriteError::Io(path, error.error),
            });
        }
        written.push(path);
    }
    Ok(written)
}

fn stage(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Returns where a file goes.
fn place(folder: &Path, file: &Planned, existing: Existing) -> Result<PathBuf, WriteError> {
    let named = |stem: &str| folder.join(format!("{stem}.{}", file.extension));
    let path = named(&file.stem);
    // Links are not followed: what is there is looked at itself.
    let Ok(found) = path.symlink_metadata() else { return Ok(path) };
    match existing {
        Existing::Beside => {
            let mut names = (2..1000_u32).map(|number| named(&format!("{}-{number}", file.stem)));
            names.find(|path| path.symlink_metadata().is_err()).ok_or(WriteError::Exists(path))
        }
        _ if !found.is_file() => Err(WriteError::NoFile(path)),
        Existing::Keep => Err(WriteError::Exists(path)),
        Existing::Replace => Ok(path),
    }
}

/// Refuses a folder within the one that the assessments are kept in.
fn refuse_kept(folder: &Path, kept: &Path) -> Result<(), WriteError> {
    let real = folder.canonicalize().map_err(|error| WriteError::Io(folder.to_owned(), error))?;
    match kept.canonicalize() {
        Ok(kept) if real.starts_with(&kept) => Err(WriteError::DataFolder(folder.to_owned())),
        // Where there is no data folder, nothing can be hurt in it.
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(stem: &str, bytes: &[u8]) -> Planned {
        Planned { stem: stem.to_owned(), extension: "md", bytes: bytes.to_vec() }
    }

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a temporary folder can be made")
    }

    #[test]
    fn nothing_is_written_where_one_of_the_files_is_there_already() {
        let folder = folder();
        std::fs::write(folder.path().join("b.md"), "kept").unwrap();
        let result =
            write_all(folder.path(), &[planned("a", b"1"), planned("b", b"2")], Existing::Keep, Path::new("/no"));
        assert!(matches!(result, Err(WriteError::Exists(path)) if path.ends_with("b.md")));
        let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names, ["b.md"], "neither a file nor a temporary one is left");
        assert_eq!(std::fs::read_to_string(folder.path().join("b.md")).unwrap(), "kept");
    }

    #[test]
    fn beside_takes_the_first_name_that_is_free() {
        let folder = folder();
        for expected in ["a.md", "a-2.md", "a-3.md"] {
            let written = write_all(folder.path(), &[planned("a", b"1")], Existing::Beside, Path::new("/no")).unwrap();
            assert_eq!(written, [folder.path().join(expected)]);
        }
    }

    #[test]
    fn the_data_folder_is_refused_also_by_a_detour() {
        let data = folder();
        std::fs::create_dir(data.path().join("assessments")).unwrap();
        let detour = data.path().join("assessments").join("..").join("assessments");
        for target in [data.path().to_owned(), detour] {
            let result = write_all(&target, &[planned("a", b"1")], Existing::Replace, data.path());
            assert!(matches!(result, Err(WriteError::DataFolder(_))), "{result:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_and_folders_are_refused_even_where_files_are_replaced() {
        let folder = folder();
        let outside = folder.path().join("outside");
        std::fs::write(&outside, "kept").unwrap();
        std::os::unix::fs::symlink(&outside, folder.path().join("a.md")).unwrap();
        std::fs::create_dir(folder.path().join("b.md")).unwrap();
        for stem in ["a", "b"] {
            let result = write_all(folder.path(), &[planned(stem, b"1")], Existing::Replace, Path::new("/no"));
            assert!(matches!(result, Err(WriteError::NoFile(_))), "{result:?}");
        }
        assert_eq!(std::fs::read_to_string(&outside).unwrap(), "kept");
    }
}
