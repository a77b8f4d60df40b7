//! `.summary`: what the list of assessments shows of one, so that listing many doesn't read all their answers, and
//! whether `assessment.toml` may be taken for the state, so that a score doesn't read the journal.
//!
//! It is a convenience and never the truth. It names every file of the state with its size and the time of its last
//! change; where one of them is another now, or a byte of the summary is, it says nothing, and the files are read.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::storage::digest::sha256;
use crate::storage::disk::{Disk, RealDisk};
use crate::storage::{save_file, session};

/// The name of the file.
pub const NAME: &str = ".summary";
/// The version of the file: a summary of another one says nothing.
const VERSION: u32 = 3;
/// The greatest number of bytes that is read.
const MOST_BYTES: u64 = 64 << 10;

/// What the list shows of an assessment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// Its name.
    pub name: String,
    /// The organisation; empty where the profile doesn't say.
    pub organisation: String,
    /// The id of its questionnaire.
    pub questionnaire: String,
    /// The checksum of the questionnaire that the figures were worked out with.
    pub checksum: u32,
    /// The share of the questions that is answered, 0 to 1.
    pub completion: f64,
    /// The share of the quick scan that is answered, 0 to 1, where that is what is asked.
    pub quick: Option<f64>,
    /// The Stage 2 readiness as claimed, 0 to 1; none where nothing is answered.
    pub readiness: Option<f64>,
    /// When it was last changed.
    pub changed: Option<DateTime<Utc>>,
    /// Whether `assessment.toml` said all of this state and nothing in the folder was amiss: who only wants to know how
    /// things are needn't read the journal then.
    pub whole: bool,
}

/// The files that the state is made from, each with its size and the time of its last change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<String, (u64, u128)>);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    version: u32,
    files: String,
    summary: Summary,
}

impl Files {
    /// Returns the files as they are now.
    ///
    /// # Errors
    ///
    /// Fails as the system does, also where the folder has no journal.
    pub fn of(folder: &Path) -> io::Result<Self> {
        let journal = folder.join(session::FOLDER);
        let mut files = BTreeMap::new();
        for name in RealDisk.list(&journal)? {
            let stamp = stamp(&journal.join(&name))?;
            files.insert(name, stamp);
        }
        files.insert(save_file::NAME.to_owned(), stamp(&folder.join(save_file::NAME))?);
        Ok(Self(files))
    }

    /// Returns the files without those that a writer changes: its own session, and the readable state.
    #[must_use]
    pub fn of_others(mut self, session: Option<&Path>) -> Self {
        self.0.remove(save_file::NAME);
        if let Some(name) = session.and_then(Path::file_name).and_then(|name| name.to_str()) {
            self.0.remove(name);
        }
        self
    }

    fn digest(&self) -> String {
        let lines: Vec<String> =
            self.0.iter().map(|(name, (size, modified))| format!("{name} {size} {modified}\n")).collect();
        sha256(lines.concat().as_bytes(), 16)
    }
}

/// Returns the summary of an assessment, where there is one and it still holds.
#[must_use]
pub fn read(folder: &Path) -> Option<Summary> {
    let bytes = RealDisk.read(&folder.join(NAME), MOST_BYTES).ok()?;
    let (digest, json) = bytes.split_at_checked(32)?;
    if sha256(json, 16).as_bytes() != digest {
        return None;
    }
    let form: Form = serde_json::from_slice(json).ok()?;
    (form.version == VERSION && form.files == Files::of(folder).ok()?.digest()).then_some(form.summary)
}

/// Writes the summary of an assessment whose state is in these files.
///
/// It is not synced: one that a power cut tears says nothing.
///
/// # Errors
///
/// Fails as the system does; there is no summary then, and nothing is lost by that.
pub fn write(folder: &Path, summary: &Summary, files: &Files) -> io::Result<()> {
    remove(folder);
    let form = Form { version: VERSION, files: files.digest(), summary: summary.clone() };
    let json = serde_json::to_string(&form)?;
    let text = format!("{}{json}", sha256(json.as_bytes(), 16));
    RealDisk.create_new(&folder.join(NAME))?.append(text.as_bytes())
}

/// Removes the summary, where there is one: it would say nothing any more.
pub fn remove(folder: &Path) {
    drop(RealDisk.remove(&folder.join(NAME)));
}

fn stamp(path: &Path) -> io::Result<(u64, u128)> {
    let metadata = path.symlink_metadata()?;
    let since = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok((metadata.len(), since.as_nanos()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    fn folder() -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(session::FOLDER)).unwrap();
        fs::write(folder.path().join(session::FOLDER).join("one.jsonl"), "a\n").unwrap();
        fs::write(folder.path().join(save_file::NAME), "state").unwrap();
        folder
    }

    fn summary() -> Summary {
        Summary {
            name: "Café 東京".to_owned(),
            organisation: String::new(),
            questionnaire: "iso42001".to_owned(),
            checksum: 7,
            completion: 0.1 + 0.2,
            quick: Some(0.5),
            readiness: None,
            changed: DateTime::from_timestamp(1_800_000_000, 0),
            whole: true,
        }
    }

    fn written() -> TempDir {
        let folder = folder();
        write(folder.path(), &summary(), &Files::of(folder.path()).unwrap()).unwrap();
        assert_eq!(read(folder.path()), Some(summary()));
        folder
    }

    #[test]
    fn it_says_nothing_once_a_file_is_another() {
        type Change = fn(&Path) -> io::Result<()>;
        let changes: [Change; 5] = [
            |path| fs::write(path.join("journal/two.jsonl"), ""),
            |path| fs::write(path.join("journal/one.jsonl"), "a\nb\n"),
            |path| fs::remove_file(path.join("journal/one.jsonl")),
            |path| fs::write(path.join(save_file::NAME), "stats"),
            |path| fs::remove_file(path.join(save_file::NAME)),
        ];
        for change in changes {
            let folder = written();
            change(folder.path()).unwrap();
            assert_eq!(read(folder.path()), None);
        }
    }

    #[test]
    fn it_says_nothing_once_a_bit_of_it_is_another() {
        let folder = written();
        let path = folder.path().join(NAME);
        let bytes = fs::read(&path).unwrap();
        for at in 0..bytes.len() {
            let mut bytes = bytes.clone();
            bytes[at] ^= 1;
            fs::write(&path, &bytes).unwrap();
            assert_eq!(read(folder.path()), None, "byte {at}");
            fs::write(&path, &bytes[..at]).unwrap();
            assert_eq!(read(folder.path()), None, "cut at {at}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_its_place_is_neither_followed_nor_written_through() {
        let folder = written();
        let (path, elsewhere) = (folder.path().join(NAME), folder.path().join("mine"));
        fs::rename(&path, &elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, &path).unwrap();
        let before = fs::read(&elsewhere).unwrap();
        assert_eq!(read(folder.path()), None);
        let other = Summary { name: "other".to_owned(), ..summary() };
        write(folder.path(), &other, &Files::of(folder.path()).unwrap()).unwrap();
        assert_eq!(read(folder.path()), Some(other));
        assert_eq!(fs::read(&elsewhere).unwrap(), before);
    }
}
