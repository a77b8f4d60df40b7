//! Assessments that are put away and brought back, and copies: whole folders, moved at once.
//!
//! Nothing here removes a file of the user's. What is deleted lies in `trash/` of the data folder until somebody empties
//! it; what is archived lies in `archive/`.

use std::io;
use std::path::{Path, PathBuf};

use crate::domain::change::Change;
use crate::storage::catalog::{self, Catalog};
use crate::storage::disk::{self, Disk, Lock, RealDisk};
use crate::storage::error::StoreError;
use crate::storage::notice::Notice;
use crate::storage::paths::DataDir;
use crate::storage::record::Meta;
use crate::storage::save_file;
use crate::storage::session;
use crate::storage::store::{LOCK, Opened, Store};

/// The greatest number of bytes of a file that is copied.
const MOST_BYTES: u64 = 1 << 30;
/// How deep below an assessment's folder files are copied.
const DEPTH: usize = 4;

/// Where an assessment is put that isn't wanted in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// It is done with, and kept.
    Archive,
    /// It is deleted, and can be brought back until the trash is emptied.
    Trash,
}

impl Shelf {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Archive, Self::Trash];

    /// Returns the word for it, which is also the name of its folder.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Archive => "archive",
            Self::Trash => "trash",
        }
    }

    /// Returns its folder, which may not be there.
    #[must_use]
    pub fn folder(self, data: &DataDir) -> PathBuf {
        data.root().join(self.word())
    }

    /// Reads what lies there.
    ///
    /// # Errors
    ///
    /// As [`Catalog::read`].
    pub fn catalog(self, data: &DataDir) -> Result<Catalog, StoreError> {
        Catalog::read_in(&self.folder(data))
    }
}

/// Where an assessment lies now, and what its user should know of how it was found.
#[derive(Debug)]
pub struct Placed {
    /// Its folder.
    pub folder: PathBuf,
    /// What was repaired or noticed on opening it.
    pub notices: Vec<Notice>,
}

/// Moves an assessment to a shelf. Returns its folder there.
///
/// # Errors
///
/// Fails when another program has it open, and when it can't be moved; it is where it was then.
pub fn put_away(data: &DataDir, folder: &Path, shelf: Shelf) -> Result<PathBuf, StoreError> {
    let lock = held(&folder.join(LOCK), folder)?;
    let shelf = shelf.folder(data);
    disk::create_folders(&shelf).map_err(|source| StoreError::NotSaved { path: shelf.clone(), source })?;
    let moved = moved(folder, &shelf.join(name_of(folder)));
    drop(lock);
    moved
}

/// Moves an assessment from a shelf back to the others, under another name where one is given.
///
/// # Errors
///
/// Fails when its name is taken meanwhile, and when it can't be moved; it is where it was then.
pub fn bring_back(data: &DataDir, folder: &Path, name: Option<&str>, meta: &Meta) -> Result<Placed, StoreError> {
    data.create()?;
    let lock = held(&data.root().join(LOCK), data.root())?;
    let Opened { mut store, notices } = Store::open(folder, meta)?;
    let name = name.unwrap_or(store.assessment().name()).to_owned();
    Catalog::read(data)?.check_free(&name, None)?;
    call(&mut store, name, meta)?;
    let moved = moved(folder, &data.assessments().join(name_of(folder)));
    drop((store, lock));
    Ok(Placed { folder: moved?, notices })
}

/// Calls an assessment differently.
///
/// # Errors
///
/// Fails when the name is refused or taken, when another program has it open, and when it can't be written.
pub fn rename(data: &DataDir, folder: &Path, name: &str, meta: &Meta) -> Result<Placed, StoreError> {
    let lock = held(&data.root().join(LOCK), data.root())?;
    Catalog::read(data)?.check_free(name, Some(folder))?;
    let Opened { mut store, notices } = Store::open(folder, meta)?;
    call(&mut store, name.to_owned(), meta)?;
    drop(lock);
    Ok(Placed { folder: folder.to_owned(), notices })
}

/// Makes an assessment that has all that another one has, its history too, under another name.
///
/// It is made beside and then renamed: whatever ends the program on the way, there is a whole copy or none.
///
/// # Errors
///
/// Fails when the name is refused or taken, and when it can't be read or written.
pub fn copy(data: &DataDir, folder: &Path, name: &str, meta: &Meta) -> Result<Placed, StoreError> {
    let lock = held(&data.root().join(LOCK), data.root())?;
    Catalog::read(data)?.check_free(name, None)?;
    let id = disk::new_name(&RealDisk, meta.at);
    let beside = data.assessments().join(format!(".new-{id}"));
    let target = data.assessments().join(catalog::folder_name(name, id));
    let made = copy_beside(folder, &beside, name, meta)
        .and_then(|notices| Ok(Placed { folder: moved(&beside, &target)?, notices }));
    if made.is_err() {
        catalog::remove_all(&RealDisk, &beside);
    }
    drop(lock);
    made
}

fn copy_beside(folder: &Path, beside: &Path, name: &str, meta: &Meta) -> Result<Vec<Notice>, StoreError> {
    let not_saved = |source| StoreError::NotSaved { path: beside.to_owned(), source };
    RealDisk.create_folder(beside).map_err(not_saved)?;
    // The readable state first, as in reading: the journal has whatever it has seen by then.
    for part in [save_file::NAME, ".gitattributes", session::FOLDER, "questionnaire", "template", "backups"] {
        copy_part(folder, beside, Path::new(part), DEPTH)?;
    }
    let Opened { mut store, notices } = Store::open(beside, meta)?;
    call(&mut store, name.to_owned(), meta)?;
    Ok(notices)
}

/// Copies a file, or a folder with what it holds; what isn't there is left out.
fn copy_part(from: &Path, to: &Path, part: &Path, depth: usize) -> Result<(), StoreError> {
    let source = from.join(part);
    match source.symlink_metadata() {
        Ok(found) if found.is_dir() && depth > 0 => {
            let names =
                RealDisk.list(&source).map_err(|error| StoreError::Unreadable { path: source, source: error })?;
            names.iter().try_for_each(|name| copy_part(from, to, &part.join(name), depth - 1))
        }
        Ok(found) if found.is_file() => {
            let bytes = RealDisk
                .read(&source, MOST_BYTES)
                .map_err(|error| StoreError::Unreadable { path: source, source: error })?;
            catalog::keep(&RealDisk, to, part, &bytes)
                .map_err(|source| StoreError::NotSaved { path: to.join(part), source })
        }
        // A link or a pipe is none of ours.
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(StoreError::Unreadable { path: source, source: error }),
    }
}

fn call(store: &mut Store, name: String, meta: &Meta) -> Result<(), StoreError> {
    let change = Change::rename(store.assessment(), name);
    if !change.is_idle(store.assessment()) {
        store.record(&change, meta)?;
    }
    store.write_save_file()
}

/// Renames a folder so that it survives a power cut at its new place.
fn moved(from: &Path, to: &Path) -> Result<PathBuf, StoreError> {
    let parents = [to.parent(), from.parent()];
    RealDisk
        .rename(from, to)
        .and_then(|()| parents.into_iter().flatten().try_for_each(|parent| RealDisk.sync_folder(parent)))
        .map_err(|source| StoreError::NotSaved { path: to.to_owned(), source })?;
    Ok(to.to_owned())
}

fn held(lock: &Path, folder: &Path) -> Result<Box<dyn Lock>, StoreError> {
    let held = RealDisk.lock(lock).map_err(|source| StoreError::NotSaved { path: lock.to_owned(), source })?;
    held.ok_or_else(|| StoreError::InUse { folder: folder.to_owned() })
}

fn name_of(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
