//! All assessments side by side: their names, and making another.

use std::cell::OnceCell;
use std::io;
use std::path::{Path, PathBuf};

use ulid::Ulid;

use crate::domain::change;
use crate::storage::current::{self, Current};
use crate::storage::disk::{self, Disk, RealDisk};
use crate::storage::error::StoreError;
use crate::storage::paths::DataDir;
use crate::storage::reading::{self, Reading};
use crate::storage::record::Meta;
use crate::storage::save_file;
use crate::storage::session;
use crate::storage::store::{Birth, LOCK, Opened, Store};
use crate::storage::summary::{self, Summary};

/// The greatest number of bytes of the part of a folder's name that comes from the assessment's: 60 with the id.
const MOST_SLUG: usize = 33;
/// How alike two names must be (Jaro-Winkler, 0 to 1) for one to be meant by the other.
const ALIKE: f64 = 0.8;
/// How many names are proposed at the most.
const MOST_NEAR: usize = 3;
/// Keeps git from changing line ends, which the checksums would notice.
const ATTRIBUTES: &str = "* -text\n";

/// All assessments of a data folder, as they were when it was read.
#[derive(Debug)]
pub struct Catalog {
    entries: Vec<Entry>,
}

/// An assessment in the catalog.
#[derive(Debug)]
pub struct Entry {
    /// Its folder.
    pub folder: PathBuf,
    /// Its name; that of its folder where nothing in it can be read.
    pub name: String,
    /// What the list shows of it, where that was written down and still holds.
    pub summary: Option<Summary>,
    /// What is stored of it, once somebody wanted to know.
    reading: OnceCell<Result<Reading, StoreError>>,
}

impl Catalog {
    /// Reads all assessments, without writing a byte. They are sorted by name, then by folder.
    ///
    /// # Errors
    ///
    /// Fails when the folder is there but can't be read. An assessment that can't be read is an entry like any other.
    pub fn read(data: &DataDir) -> Result<Self, StoreError> {
        Self::read_in(&data.assessments())
    }

    /// Reads all assessments that lie in a folder.
    ///
    /// # Errors
    ///
    /// As [`Catalog::read`].
    pub fn read_in(path: &Path) -> Result<Self, StoreError> {
        let names = match RealDisk.list(path) {
            Ok(names) => names,
            Err(error) if error.kind() == io::ErrorKind::NotFound => vec![],
            Err(source) => return Err(StoreError::Unreadable { path: path.to_owned(), source }),
        };
        let folders = names.into_iter().filter(|name| !name.starts_with('.')).map(|name| path.join(name));
        let mut entries: Vec<Entry> = folders.filter(|folder| is_assessment(folder)).map(Entry::read).collect();
        entries.sort_by(|one, other| (&one.name, &one.folder).cmp(&(&other.name, &other.folder)));
        Ok(Self { entries })
    }

    /// Returns the entry that is meant, as [`Catalog::find`] does, to keep.
    ///
    /// # Errors
    ///
    /// As [`Catalog::find`].
    pub fn into_found(self, name: &str) -> Result<Entry, StoreError> {
        let folder = self.find(name)?.folder.clone();
        let unknown = || StoreError::NotFound { name: name.to_owned(), near: vec![] };
        self.entries.into_iter().find(|entry| entry.folder == folder).ok_or_else(unknown)
    }

    /// Returns all entries, sorted by name.
    #[must_use]
    pub fn into_entries(self) -> Vec<Entry> {
        self.entries
    }

    /// Returns the entry that is meant: by its name, by the name of its folder, or by how its name alone starts.
    ///
    /// Case counts first, and is let go where nothing fits.
    ///
    /// # Errors
    ///
    /// Fails when none is meant, with names that are like it, and when several are.
    pub fn find(&self, name: &str) -> Result<&Entry, StoreError> {
        let small = name.to_lowercase();
        let ways: [&dyn Fn(&Entry) -> bool; 5] = [
            &|entry| entry.name == name,
            &|entry| entry.folder_name() == name,
            &|entry| !name.is_empty() && entry.name.starts_with(name),
            &|entry| entry.name.to_lowercase() == small,
            &|entry| !name.is_empty() && entry.name.to_lowercase().starts_with(&small),
        ];
        for fits in ways {
            let found: Vec<&Entry> = self.entries.iter().filter(|entry| fits(entry)).collect();
            match *found.as_slice() {
                [] => {}
                [entry] => return Ok(entry),
                _ => return Err(StoreError::Ambiguous { name: name.to_owned(), found: distinct(&found) }),
            }
        }
        Err(StoreError::NotFound { name: name.to_owned(), near: self.near(name) })
    }

    /// Returns names that are like this one, the likest first; not the name itself.
    #[must_use]
    pub fn near(&self, name: &str) -> Vec<String> {
        let small = name.to_lowercase();
        let alike = |entry: &Entry| strsim::jaro_winkler(&small, &entry.name.to_lowercase());
        let mut near: Vec<(f64, &Entry)> = self.entries.iter().map(|entry| (alike(entry), entry)).collect();
        near.retain(|(alike, entry)| *alike >= ALIKE && entry.name != name);
        near.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        near.into_iter().take(MOST_NEAR).map(|(_, entry)| entry.name.clone()).collect()
    }

    /// Checks that a name can be given to an assessment.
    ///
    /// # Errors
    ///
    /// Fails when the domain refuses it, and when another than `except` has it.
    pub fn check_free(&self, name: &str, except: Option<&Path>) -> Result<(), StoreError> {
        change::check_name(name)?;
        let taken = self.entries.iter().any(|entry| entry.name == name && Some(entry.folder.as_path()) != except);
        if taken { Err(StoreError::NameTaken { name: name.to_owned() }) } else { Ok(()) }
    }
}

impl Entry {
    fn read(folder: PathBuf) -> Self {
        let mut entry = Self { folder, name: String::new(), summary: None, reading: OnceCell::new() };
        entry.summary = summary::read(&entry.folder);
        entry.name = match &entry.summary {
            Some(summary) => summary.name.clone(),
            None => match entry.reading() {
                Ok(reading) => reading.assessment.name().to_owned(),
                Err(_) => name_of(&entry.folder),
            },
        };
        entry
    }

    /// Returns what is stored of it, all of it: it is read where only its summary was.
    pub fn reading(&self) -> &Result<Reading, StoreError> {
        self.reading.get_or_init(|| reading::read(&self.folder))
    }

    /// Returns what is stored of it, all of it, to keep.
    ///
    /// # Errors
    ///
    /// As [`reading::read`].
    pub fn into_reading(self) -> Result<Reading, StoreError> {
        let Self { folder, reading, .. } = self;
        reading.into_inner().unwrap_or_else(|| reading::read(&folder))
    }

    /// Returns what it says now, without its history.
    ///
    /// # Errors
    ///
    /// As [`current::read`].
    pub fn into_current(self) -> Result<Current, StoreError> {
        match self.reading.into_inner() {
            Some(reading) => reading.map(Current::from),
            None => current::read(&self.folder, self.summary.as_ref()),
        }
    }

    fn folder_name(&self) -> String {
        name_of(&self.folder)
    }
}

/// Makes an assessment that has all that this one has, and opens it.
///
/// It is made beside and then renamed: whatever ends the program on the way, there is a whole assessment or none.
///
/// # Errors
///
/// Fails when the name is refused or taken, and when the data folder can't be written.
pub fn create(data: &DataDir, birth: &Birth<'_>, meta: &Meta) -> Result<Opened, StoreError> {
    data.create()?;
    let path = data.root().join(LOCK);
    // Two that make the same name at once must not both succeed.
    let lock = RealDisk.lock(&path).map_err(|source| StoreError::NotSaved { path, source })?;
    let lock = lock.ok_or_else(|| StoreError::InUse { folder: data.root().to_owned() })?;
    Catalog::read(data)?.check_free(birth.name(), None)?;
    let opened = create_on(&|| Box::new(RealDisk), &data.assessments(), birth, meta);
    drop(lock);
    opened
}

/// Makes an assessment in a folder of assessments on a disk, and opens it. The name is not looked at.
pub(super) fn create_on(
    disk: &dyn Fn() -> Box<dyn Disk>,
    assessments: &Path,
    birth: &Birth<'_>,
    meta: &Meta,
) -> Result<Opened, StoreError> {
    let real = disk();
    let id = disk::new_name(&*real, meta.at);
    let beside = assessments.join(format!(".new-{id}"));
    let folder = assessments.join(folder_name(birth.name(), id));
    let made = make(disk, &beside, birth, meta).and_then(|()| {
        let renamed = real.rename(&beside, &folder).and_then(|()| real.sync_folder(assessments));
        renamed.map_err(|source| StoreError::NotSaved { path: folder.clone(), source })
    });
    if let Err(error) = made {
        remove_all(&*real, &beside);
        return Err(error);
    }
    Store::open_on(disk(), &folder, meta)
}

fn make(disk: &dyn Fn() -> Box<dyn Disk>, folder: &Path, birth: &Birth<'_>, meta: &Meta) -> Result<(), StoreError> {
    let real = disk();
    let not_saved = |source| StoreError::NotSaved { path: folder.to_owned(), source };
    real.create_folder(folder).map_err(not_saved)?;
    let attributes = folder.join(".gitattributes");
    real.create_new(&attributes).and_then(|mut file| file.append(ATTRIBUTES.as_bytes())).map_err(not_saved)?;
    for (path, bytes) in birth.files {
        keep(&*real, folder, path, bytes).map_err(not_saved)?;
    }
    Store::start(real, folder, birth, meta)
}

/// Writes a file that belongs to the assessment, with the folders that it lies in.
pub(super) fn keep(disk: &dyn Disk, folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut parent = folder.to_owned();
    for part in path.parent().into_iter().flat_map(Path::components) {
        parent.push(part);
        match disk.create_folder(&parent) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
    }
    let mut file = disk.create_new(&folder.join(path))?;
    file.append(bytes)?;
    file.sync()?;
    disk.sync_folder(&parent)
}

/// Takes away what was made before something failed: all of it is ours, and nothing of it was ever called saved.
pub(super) fn remove_all(disk: &dyn Disk, path: &Path) {
    for name in disk.list(path).unwrap_or_default() {
        remove_all(disk, &path.join(name));
    }
    drop(disk.remove(path));
}

/// Returns the name of the folder of an assessment.
pub(super) fn folder_name(name: &str, id: Ulid) -> String {
    format!("{}-{}", slug(name), id.to_string().to_lowercase())
}

/// Returns the part of a folder's name that comes from the assessment's: letters, digits and dashes, for the eye alone.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        match c.to_ascii_lowercase() {
            c @ ('a'..='z' | '0'..='9') => slug.push(c),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(MOST_SLUG);
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "assessment".to_owned() } else { slug.to_owned() }
}

fn is_assessment(folder: &Path) -> bool {
    let holds = |part: &str| RealDisk.stamp(&folder.join(part)).is_ok();
    let named = name_of(folder).rsplit_once('-').is_some_and(|(_, id)| Ulid::from_string(id).is_ok());
    folder.is_dir() && (named || holds(save_file::NAME) || holds(session::FOLDER))
}

/// Returns the names, or the folders where the names are the same.
fn distinct(entries: &[&Entry]) -> Vec<String> {
    let same = |entry: &Entry| entries.iter().filter(|other| other.name == entry.name).count() > 1;
    entries.iter().map(|entry| if same(entry) { entry.folder_name() } else { entry.name.clone() }).collect()
}

fn name_of(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
