//! Other names, copies, the archive and the trash.

use std::path::PathBuf;

use crate::domain::text::visible;
use crate::shell::workspace::key_of;
use crate::shell::workspace::{Kind, Workspace, WorkspaceError, patiently};
use crate::storage::{Catalog, Meta, Shelf, shelf};

/// An assessment in the archive or in the trash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lying {
    /// The name of its folder, by which it can be found too.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Where it lies.
    pub shelf: Shelf,
}

impl Workspace {
    /// Calls an assessment differently.
    ///
    /// # Errors
    ///
    /// Fails when the name is refused or taken, when another program has it open, and when it can't be written.
    pub fn rename(&self, name: &str, new: &str, meta: &Meta) -> Result<(), WorkspaceError> {
        let folder = self.folder(name)?;
        Ok(patiently(|| shelf::rename(&self.data, &folder, new, meta))?)
    }

    /// Makes an assessment that has all that another one has, its history too, under another name. Returns its key.
    ///
    /// # Errors
    ///
    /// Fails when the name is refused or taken, and when it can't be read or written.
    pub fn copy(&self, name: &str, new: &str, meta: &Meta) -> Result<String, WorkspaceError> {
        let folder = self.folder(name)?;
        Ok(key_of(&patiently(|| shelf::copy(&self.data, &folder, new, meta))?))
    }

    /// Moves an assessment into the archive or the trash. Returns its name and its folder there.
    ///
    /// # Errors
    ///
    /// Fails when another program has it open, and when it can't be moved; it is where it was then.
    pub fn put_away(&self, name: &str, shelf: Shelf) -> Result<(String, PathBuf), WorkspaceError> {
        let catalog = Catalog::read(&self.data)?;
        let entry = catalog.find(name)?;
        let folder = patiently(|| shelf::put_away(&self.data, &entry.folder, shelf))?;
        Ok((entry.name.clone(), folder))
    }

    /// Returns what lies in the archive and in the trash.
    ///
    /// # Errors
    ///
    /// Fails when their folders can't be read.
    pub fn lying(&self) -> Result<Vec<Lying>, WorkspaceError> {
        let mut lying = vec![];
        for shelf in Shelf::ALL {
            let entries = shelf.catalog(&self.data)?.into_entries();
            lying.extend(entries.into_iter().map(|entry| Lying {
                key: key_of(&entry.folder),
                name: entry.name,
                shelf,
            }));
        }
        Ok(lying)
    }

    /// Moves an assessment back from the archive or the trash, under another name where one is given. Returns its name
    /// and its folder.
    ///
    /// # Errors
    ///
    /// Fails when there is none of that name, when its name is taken meanwhile, and when it can't be moved.
    pub fn bring_back(&self, name: &str, new: Option<&str>, meta: &Meta) -> Result<(String, PathBuf), WorkspaceError> {
        let [archive, trash] = [Shelf::Archive.catalog(&self.data)?, Shelf::Trash.catalog(&self.data)?];
        let entry = match (archive.find(name), trash.find(name)) {
            (Ok(entry), Err(_)) | (Err(_), Ok(entry)) => entry,
            (Ok(_), Ok(_)) => {
                let message = format!("{:?} lies in the archive and in the trash", visible(name));
                return Err(WorkspaceError::new(
                    Kind::NotFound,
                    message,
                    "Give the name of its folder: `ready42 doctor`.",
                ));
            }
            (Err(_), Err(_)) => {
                let message = format!("no {:?} lies in the archive or in the trash", visible(name));
                return Err(WorkspaceError::new(Kind::NotFound, message, "`ready42 restore` lists what lies there."));
            }
        };
        let folder = patiently(|| shelf::bring_back(&self.data, &entry.folder, new, meta))?;
        Ok((new.unwrap_or(&entry.name).to_owned(), folder))
    }
}
