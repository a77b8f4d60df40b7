//! Which questionnaires there are, and which one a name means.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::domain::questionnaire::Questionnaire;
use crate::domain::text::visible;
use crate::storage::library::assemble::{DEMO, assemble, assemble_compiled, inspect, read_header};
use crate::storage::library::error::LibraryError;
use crate::storage::library::files::{self, File};
use crate::storage::library::flaw::{Checked, LocatedFlaw};

/// The questionnaires that are part of the program, as they were written.
pub(super) static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/questionnaires");

/// The questionnaires that there are: those built in, and those in the user's config folder.
#[derive(Clone, Debug)]
pub struct Library {
    own: Option<PathBuf>,
}

/// A questionnaire in the list of all.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The id by which it is loaded.
    pub id: String,
    /// The title; empty where its `questionnaire.toml` is faulty.
    pub title: String,
    /// The version of its texts; empty where its `questionnaire.toml` is faulty.
    pub version: String,
    /// Where it comes from.
    pub origin: Origin,
    /// What is wrong with its `questionnaire.toml`. The other files aren't read for the list.
    pub flaws: Vec<LocatedFlaw>,
}

/// Where a questionnaire comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is part of the program.
    BuiltIn,
    /// It is read from this folder.
    Folder(PathBuf),
}

/// A questionnaire that was loaded, and so is valid.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The questionnaire.
    pub questionnaire: Arc<Questionnaire>,
    /// Where it comes from.
    pub origin: Origin,
    files: Arc<[File]>,
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn => formatter.pad("built-in"),
            Self::Folder(path) => formatter.pad(&visible(&path.display().to_string())),
        }
    }
}

impl Library {
    /// Returns the library of a user with this config folder; `questionnaires` in it needn't exist.
    #[must_use]
    pub fn new(config_dir: Option<PathBuf>) -> Self {
        Self { own: config_dir.map(|folder| folder.join("questionnaires")) }
    }

    /// Returns all questionnaires, sorted by id; of two with one id, the user's own.
    ///
    /// A faulty one is listed with its flaws.
    ///
    /// # Errors
    ///
    /// Returns an error where the user's folder of questionnaires can't be listed.
    pub fn list(&self) -> Result<Vec<Entry>, LibraryError> {
        let mut found = BTreeMap::new();
        for folder in BUILT_IN.dirs() {
            found.insert(slashless(folder.path()), entry(folder.path(), Origin::BuiltIn, &files::embedded(folder)));
        }
        for folder in self.own_folders()? {
            let origin = Origin::Folder(folder.clone());
            found.insert(slashless(&folder), entry(&folder, origin, &files::header_on_disk(&folder)));
        }
        Ok(found.into_values().collect())
    }

    /// Returns the questionnaire with this id, or the one in the folder at this path.
    ///
    /// An id is looked for in the user's config folder, then among those built in, then as a folder in the working
    /// directory.
    ///
    /// # Errors
    ///
    /// Returns [`LibraryError::Faulty`] with all flaws where the files aren't a questionnaire, and another error where
    /// they can't be found or listed.
    pub fn load(&self, name: impl AsRef<Path>) -> Result<Loaded, LibraryError> {
        let (origin, files) = self.files(name.as_ref())?;
        let compiled = match &origin {
            Origin::BuiltIn => name.as_ref().to_str().and_then(assemble_compiled),
            Origin::Folder(_) => None,
        };
        let questionnaire = match compiled {
            Some(questionnaire) => questionnaire,
            None => assemble(&files).map_err(|flaws| LibraryError::Faulty { flaws })?,
        };
        Ok(Loaded { questionnaire: Arc::new(questionnaire), origin, files: files.into() })
    }

    /// Returns everything that is wrong with the questionnaire of this id or path, and what could be worded better.
    ///
    /// # Errors
    ///
    /// Returns an error where the files can't be found or listed.
    pub fn check(&self, name: impl AsRef<Path>) -> Result<Checked, LibraryError> {
        let (_, files) = self.files(name.as_ref())?;
        Ok(inspect(&files))
    }

    /// Returns the files of a questionnaire that isn't built in, by their path below its folder, to keep them with an
    /// assessment; none for one that is.
    ///
    /// # Errors
    ///
    /// Returns an error where the files can't be found or listed.
    pub fn own_files(&self, name: impl AsRef<Path>) -> Result<Vec<(String, Vec<u8>)>, LibraryError> {
        Ok(match self.files(name.as_ref())? {
            (Origin::BuiltIn, _) => vec![],
            (Origin::Folder(_), files) => {
                files.into_iter().map(|file| (file.name.clone(), file.bytes().to_owned())).collect()
            }
        })
    }

    fn files(&self, name: &Path) -> Result<(Origin, Vec<File>), LibraryError> {
        let id = name.to_str().filter(|name| !name.is_empty() && !name.contains(['/', '\\', '.']));
        if let Some(id) = id {
            if let Some(folder) = self.own.as_ref().map(|own| own.join(id)).filter(|folder| folder.is_dir()) {
                let files = files::on_disk(&folder)?;
                return Ok((Origin::Folder(folder), files));
            }
            if let Some(folder) = BUILT_IN.get_dir(id) {
                return Ok((Origin::BuiltIn, files::embedded(folder)));
            }
        }
        if name.is_dir() {
            Ok((Origin::Folder(name.to_owned()), files::on_disk(name)?))
        } else if name.exists() {
            Err(LibraryError::NoFolder { path: name.to_owned() })
        } else {
            let known = self.list()?.into_iter().map(|entry| entry.id).collect();
            Err(LibraryError::Unknown { name: visible(&name.display().to_string()).into_owned(), known })
        }
    }

    /// Returns the folders of the user's own questionnaires.
    fn own_folders(&self) -> Result<Vec<PathBuf>, LibraryError> {
        match &self.own {
            Some(own) if own.exists() => Ok(files::entries(own)?.into_iter().filter(|path| path.is_dir()).collect()),
            _ => Ok(vec![]),
        }
    }
}

impl Loaded {
    /// Returns the SHA-256 of its files, in hexadecimal: equal files, equal digest.
    #[must_use]
    pub fn digest(&self) -> String {
        files::digest(&self.files)
    }

    /// Returns a number that tells its files from others by chance, at a fraction of what [`Loaded::digest`] costs.
    #[must_use]
    pub fn checksum(&self) -> u32 {
        self.files.iter().fold(0, |sum, file| {
            let sum = crc32c::crc32c_append(sum, file.name.as_bytes());
            crc32c::crc32c_append(sum, file.bytes())
        })
    }
}

/// Returns the text of the demonstration's profile and answers, where the questionnaire has one.
#[must_use]
pub fn demo(loaded: &Loaded) -> Option<&str> {
    loaded.files.iter().find(|file| file.name == DEMO).map(File::text)
}

fn entry(folder: &Path, origin: Origin, files: &[File]) -> Entry {
    let (header, flaws) = match read_header(files) {
        Ok(header) => (Some(header), vec![]),
        Err(flaws) => (None, flaws),
    };
    let (title, version) = header.map(|header| (header.title, header.version)).unwrap_or_default();
    Entry { id: visible(&slashless(folder)).into_owned(), title, version, origin, flaws }
}

/// Returns the last part of the path: the id by which the folder is asked for.
fn slashless(folder: &Path) -> String {
    folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
