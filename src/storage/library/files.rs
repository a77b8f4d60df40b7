//! The TOML files of a questionnaire's folder, as texts, within their limits.

use std::borrow::Cow;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry};
use sha2::{Digest, Sha256};

use crate::storage::library::error::LibraryError;
use crate::storage::library::header;
use crate::storage::library::notes::{Notes, Spot};

/// The largest file, in bytes.
const MOST_BYTES: u64 = 16 * 1024 * 1024;
/// The largest size of all files together, in bytes.
const MOST_BYTES_TOGETHER: u64 = 64 * 1024 * 1024;
/// The greatest number of marks (whatever is neither letter nor digit) in a file. Each can be a token of its own, and
/// the parser takes some 50 bytes a token: 16 MB of brackets would take 800 MB of memory and 3 seconds.
const MOST_MARKS: usize = 2_000_000;
/// The greatest number of files.
const MOST_FILES: usize = 1000;
/// How deep folders may lie in each other; the deepest of ours is `i18n/de/crosswalks`.
const MOST_DEPTH: usize = 4;

/// A file of a questionnaire.
#[derive(Clone, Debug, Default)]
pub(super) struct File {
    /// The path below the folder, with `/` on every system.
    pub name: String,
    /// The path as the user would name it.
    pub shown: String,
    content: Cow<'static, [u8]>,
    /// What kept it from being read, and the remedy.
    fault: Option<(String, String)>,
}

impl File {
    /// Returns a file with this content.
    pub fn new(folder: &str, name: String, content: impl Into<Cow<'static, [u8]>>) -> Self {
        Self { shown: format!("{folder}/{name}"), name, content: content.into(), fault: None }
    }

    fn faulty(folder: &str, name: String, problem: impl Into<String>, remedy: &str) -> Self {
        let fault = Some((problem.into(), remedy.to_owned()));
        Self { shown: format!("{folder}/{name}"), name, content: Cow::default(), fault }
    }

    /// Returns the bytes as they were read.
    pub fn bytes(&self) -> &[u8] {
        &self.content
    }

    /// Returns the text without a byte order mark; empty where it isn't UTF-8.
    pub fn text(&self) -> &str {
        let text = std::str::from_utf8(&self.content).unwrap_or_default();
        text.strip_prefix('\u{feff}').unwrap_or(text)
    }

    /// Returns the text where it can be read as one, and notes the flaw where it can't.
    pub fn checked_text(&self, index: usize, notes: &mut Notes<'_>) -> Option<&str> {
        let whole = Spot::whole(index);
        if let Some((problem, remedy)) = &self.fault {
            notes.add(whole, problem, remedy);
            return None;
        }
        let text = match std::str::from_utf8(&self.content) {
            Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
            Err(error) => {
                let kind = if self.content.starts_with(b"\xff\xfe") || self.content.starts_with(b"\xfe\xff") {
                    "the file is UTF-16"
                } else {
                    "the file is not UTF-8"
                };
                let problem = format!("{kind}: byte {} can't be read", error.valid_up_to());
                notes.add(whole, problem, "Save the file as UTF-8.");
                return None;
            }
        };
        let marks = || text.bytes().filter(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric()).count();
        if text.len() > MOST_MARKS && marks() > MOST_MARKS {
            let problem = format!("the file has more than {MOST_MARKS} lines, brackets, spaces and other marks");
            notes.add(whole, problem, "Split the file by area.");
            return None;
        }
        let is_lone = |at: &usize| text.as_bytes().get(at + 1) != Some(&b'\n');
        if let Some(at) = text.match_indices('\r').map(|(at, _)| at).find(is_lone) {
            let remedy = "Save the file with line ends of Unix (LF) or Windows (CR LF).";
            notes.add(Spot::new(index, at..at + 1), "a carriage return without line feed", remedy);
            return None;
        }
        Some(text)
    }
}

/// Returns the digest of the files: SHA-256 over the name, the length and the content of each, in hexadecimal.
pub(super) fn digest(files: &[File]) -> String {
    let mut hasher = Sha256::new();
    for file in files {
        for part in [file.name.as_bytes(), &file.content] {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    hasher.finalize().iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

/// Returns the TOML files of a built-in questionnaire, sorted by name.
pub(super) fn embedded(folder: &'static Dir<'static>) -> Vec<File> {
    let shown = format!("questionnaires/{}", folder.path().display());
    let mut files = vec![];
    let mut open = vec![folder];
    while let Some(next) = open.pop() {
        for entry in next.entries() {
            match entry {
                DirEntry::Dir(inner) => open.push(inner),
                DirEntry::File(file) if is_toml(file.path()) => {
                    let name = file.path().strip_prefix(folder.path()).unwrap_or(file.path());
                    files.push(File::new(&shown, slashed(name), file.contents()));
                }
                DirEntry::File(_) => {}
            }
        }
    }
    complete(&shown, files)
}

/// Returns the TOML files of a folder, sorted by name. Hidden files and folders are no part of a questionnaire.
///
/// # Errors
///
/// Returns an error where the folder itself can't be listed; what is wrong with a file is kept with the file.
pub(super) fn on_disk(folder: &Path) -> Result<Vec<File>, LibraryError> {
    let shown = folder.display().to_string();
    let mut files = vec![];
    let mut left = MOST_BYTES_TOGETHER;
    let mut open = vec![(folder.to_owned(), 0)];
    while let Some((next, depth)) = open.pop() {
        for path in entries(&next)? {
            let name = slashed(path.strip_prefix(folder).unwrap_or(&path));
            if files.len() >= MOST_FILES {
                let problem = format!("there are more than {MOST_FILES} files");
                files.push(File::faulty(&shown, name, problem, "Keep each questionnaire in a folder of its own."));
                open.clear();
                break;
            }
            if path.is_dir() {
                if depth < MOST_DEPTH {
                    open.push((path, depth + 1));
                } else {
                    let problem = format!("folders lie more than {MOST_DEPTH} deep in each other");
                    files.push(File::faulty(&shown, name, problem, "Move the folder out of the questionnaire."));
                }
            } else if is_toml(&path) {
                let file = read(&path, &shown, name, left);
                left -= file.content.len() as u64;
                files.push(file);
            }
        }
    }
    Ok(complete(&shown, files))
}

/// Returns the `questionnaire.toml` of a folder, and none of its other files.
pub(super) fn header_on_disk(folder: &Path) -> Vec<File> {
    let shown = folder.display().to_string();
    let path = folder.join(header::NAME);
    let file = path.exists().then(|| read(&path, &shown, header::NAME.to_owned(), MOST_BYTES));
    complete(&shown, file.into_iter().collect())
}

/// Returns the files sorted by name, with a faulty `questionnaire.toml` where there is none.
pub(super) fn complete(folder: &str, mut files: Vec<File>) -> Vec<File> {
    if !files.iter().any(|file| file.name == header::NAME) {
        let problem = "the file is missing";
        files.push(File::faulty(folder, header::NAME.to_owned(), problem, "Add it, with a [questionnaire] table."));
    }
    files.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    files
}

/// Returns what lies in a folder, sorted, without what is hidden.
pub(super) fn entries(folder: &Path) -> Result<Vec<PathBuf>, LibraryError> {
    let failed = |source| LibraryError::Read { path: folder.to_owned(), source };
    let mut paths = vec![];
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            paths.push(entry.path());
        }
    }
    paths.sort_unstable();
    Ok(paths)
}

fn read(path: &Path, folder: &str, name: String, left: u64) -> File {
    let most = MOST_BYTES.min(left);
    let content = (|| {
        // A pipe would be waited for without end.
        if !fs::metadata(path)?.is_file() {
            return Err(std::io::Error::other("it is no regular file"));
        }
        let mut content = vec![];
        fs::File::open(path)?.take(most + 1).read_to_end(&mut content)?;
        Ok(content)
    })();
    match content {
        Ok(content) if content.len() as u64 <= most => File::new(folder, name, content),
        Ok(_) if most < MOST_BYTES => {
            let problem = format!("the files together are larger than {} MB", MOST_BYTES_TOGETHER >> 20);
            File::faulty(folder, name, problem, "Keep each questionnaire in a folder of its own.")
        }
        Ok(_) => {
            let problem = format!("the file is larger than {} MB", MOST_BYTES >> 20);
            File::faulty(folder, name, problem, "Split the file by area.")
        }
        Err(error) => {
            let problem = format!("the file can't be read: {error}");
            File::faulty(folder, name, problem, "Check that the file is there and that you may read it.")
        }
    }
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

fn slashed(path: &Path) -> String {
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}
