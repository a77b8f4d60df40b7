//! Hands reports over as files: all of them whole, or none.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

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

/// Why files could not be written. What was there is as it was, unless it says otherwise.
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
    /// The disk refused, and refused to have back what was there before, too.
    #[error("{path} can't be written ({source}), and these could not be made again what they were: {}", listed(.altered))]
    Halfway {
        /// The file that could not be written.
        path: PathBuf,
        /// Why.
        source: io::Error,
        /// The files that are new, or have new contents.
        altered: Vec<PathBuf>,
    },
}

/// Writes files into a folder, which is made where there is none: all of them, or none. Returns where they are.
///
/// Each is written beside its place and synced before the first takes its name, so that a full disk changes nothing. What
/// is replaced stays beside until the last has its name. A program that is killed between two names leaves both.
///
/// # Errors
///
/// Returns why nothing was written, or [`WriteError::Halfway`]. Links and pipes are refused even where files are to be replaced, and so is a folder
/// within `kept`, where the assessments are.
pub fn write_all(
    folder: &Path,
    files: &[Planned],
    existing: Existing,
    kept: &Path,
) -> Result<Vec<PathBuf>, WriteError> {
    // Before it is made, and after: a way through folders that aren't there yet can lead anywhere.
    refuse_kept(folder, kept)?;
    std::fs::create_dir_all(folder).map_err(|error| WriteError::Io(folder.to_owned(), error))?;
    refuse_kept(folder, kept)?;
    let mut staged = vec![];
    for file in files {
        let path = place(folder, file, existing)?;
        let failed = |error| WriteError::Io(path.clone(), error);
        let temporary = stage(folder, &file.bytes).map_err(failed)?;
        let before = if existing == Existing::Replace { set_aside(folder, &path).map_err(failed)? } else { None };
        staged.push((temporary, Placed { path, before }));
    }
    let mut written: Vec<Placed> = vec![];
    for (temporary, placed) in staged {
        let result = match existing {
            Existing::Keep | Existing::Beside => temporary.persist_noclobber(&placed.path),
            Existing::Replace => temporary.persist(&placed.path),
        };
        if let Err(error) = result {
            let altered: Vec<PathBuf> = written.into_iter().rev().filter_map(Placed::take_back).collect();
            let (path, source) = (placed.path, error.error);
            return Err(match source.kind() {
                _ if !altered.is_empty() => WriteError::Halfway { path, source, altered },
                io::ErrorKind::AlreadyExists => WriteError::Exists(path),
                _ => WriteError::Io(path, source),
            });
        }
        written.push(placed);
    }
    Ok(written.into_iter().map(|placed| placed.path).collect())
}

/// A file that has its name, and what had that name before.
struct Placed {
    path: PathBuf,
    /// It goes when this is dropped.
    before: Option<TempPath>,
}

impl Placed {
    /// Makes it again what it was. Returns its path where that fails.
    fn take_back(self) -> Option<PathBuf> {
        let is_back = match self.before {
            Some(before) => before.persist(&self.path).is_ok(),
            // What this call made goes again; what others made meanwhile stays.
            None => std::fs::remove_file(&self.path).is_ok(),
        };
        (!is_back).then_some(self.path)
    }
}

/// Gives a file that is to be replaced a second name, to have it back from: a copy where a file can't have two.
fn set_aside(folder: &Path, path: &Path) -> io::Result<Option<TempPath>> {
    if path.symlink_metadata().is_err() {
        return Ok(None);
    }
    let second = |aside: &Path| match std::fs::hard_link(path, aside) {
        // A name is drawn again that somebody has.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            let mut copy = File::options().write(true).create_new(true).open(aside)?;
            io::copy(&mut File::open(path)?, &mut copy).map(drop)
        }
        linked => linked,
    };
    Ok(Some(tempfile::Builder::new().make_in(folder, second)?.into_temp_path()))
}

/// Writes a file beside its place, whole and synced.
pub(super) fn stage(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
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

/// Refuses a folder within the one that the assessments are kept in, also where it isn't there yet.
fn refuse_kept(folder: &Path, kept: &Path) -> Result<(), WriteError> {
    let here =
        |path: &Path| if path.as_os_str().is_empty() { Path::new(".").canonicalize() } else { path.canonicalize() };
    let real = folder.ancestors().find_map(|path| here(path).ok());
    match kept.canonicalize() {
        Ok(kept) if real.is_some_and(|real| real.starts_with(&kept)) => Err(WriteError::DataFolder(folder.to_owned())),
        // Where there is no data folder, nothing can be hurt in it.
        _ => Ok(()),
    }
}

fn listed(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
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

    /// A name that no file can have: the file is made beside, and can't take it.
    fn unnameable() -> Planned {
        planned(&"x".repeat(300), b"2")
    }

    fn names_in(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn where_the_last_can_not_be_put_there_those_before_it_are_as_they_were() {
        for existing in [Existing::Keep, Existing::Replace, Existing::Beside] {
            let folder = folder();
            if existing != Existing::Keep {
                std::fs::write(folder.path().join("a.md"), "kept").unwrap();
            }
            let before = names_in(folder.path());
            let files = [planned("a", b"1"), planned("b", b"1"), unnameable()];
            let result = write_all(folder.path(), &files, existing, Path::new("/no"));
            assert!(matches!(result, Err(WriteError::Io(..))), "{result:?}");
            assert_eq!(names_in(folder.path()), before, "{existing:?}");
            if existing != Existing::Keep {
                assert_eq!(std::fs::read_to_string(folder.path().join("a.md")).unwrap(), "kept");
            }
        }
    }

    #[test]
    fn what_is_replaced_leaves_nothing_beside() {
        let folder = folder();
        std::fs::write(folder.path().join("a.md"), "old").unwrap();
        write_all(folder.path(), &[planned("a", b"1"), planned("b", b"2")], Existing::Replace, Path::new("/no"))
            .unwrap();
        assert_eq!(names_in(folder.path()), ["a.md", "b.md"]);
        assert_eq!(std::fs::read_to_string(folder.path().join("a.md")).unwrap(), "1");
    }

    #[test]
    fn a_folder_that_is_refused_is_not_made() {
        let data = folder();
        std::fs::create_dir(data.path().join("assessments")).unwrap();
        for target in ["assessments/x/y", "x", "assessments/../assessments/x"] {
            let result = write_all(&data.path().join(target), &[planned("a", b"1")], Existing::Replace, data.path());
            assert!(matches!(result, Err(WriteError::DataFolder(_))), "{result:?}");
        }
        assert_eq!(names_in(data.path()), ["assessments"]);
        assert_eq!(names_in(&data.path().join("assessments")), [""; 0]);
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
