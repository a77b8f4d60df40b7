//! Other names, copies, the archive and the trash.

use std::path::PathBuf;

use chrono::{DateTime, Utc};

use crate::domain::text::visible;
use crate::shell::workspace::key_of;
use crate::shell::workspace::{Kind, Workspace, WorkspaceError, patiently};
use crate::storage::{Catalog, Meta, Shelf, StoreError, shelf};

/// An assessment in the archive or in the trash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lying {
    /// The name of its folder, by which it can be found too.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Where it lies.
    pub shelf: Shelf,
    /// When it was last changed, where that is known without reading all of it.
    pub changed: Option<DateTime<Utc>>,
    /// Whether no other one that lies there is called so.
    pub is_alone: bool,
}

/// Where an assessment is now, and what its user should know of how it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The name of its folder, by which it can be found.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What was repaired or noticed on opening it, as sentences.
    pub notices: Vec<String>,
}

impl Placed {
    fn of(placed: &shelf::Placed, name: &str) -> Self {
        let notices = placed.notices.iter().map(ToString::to_string).collect();
        Self { key: key_of(&placed.folder), name: name.to_owned(), notices }
    }
}

impl Workspace {
    /// Calls an assessment differently.
    ///
    /// # Errors
    ///
    /// Fails when the name is refused or taken, when another program has it open, and when it can't be written.
    pub fn rename(&self, name: &str, new: &str, meta: &Meta) -> Result<Placed, WorkspaceError> {
        let folder = self.folder(name)?;
        Ok(Placed::of(&patiently(|| shelf::rename(&self.data, &folder, new, meta))?, new))
    }

    /// Makes an assessment that has all that another one has, its history too, under another name.
    ///
    /// # Errors
    ///
    /// Fails when the name is refused or taken, and when it can't be read or written.
    pub fn copy(&self, name: &str, new: &str, meta: &Meta) -> Result<Placed, WorkspaceError> {
        let folder = self.folder(name)?;
        Ok(Placed::of(&patiently(|| shelf::copy(&self.data, &folder, new, meta))?, new))
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
        let mut lying: Vec<Lying> = vec![];
        for shelf in Shelf::ALL {
            let entries = shelf.catalog(&self.data)?.into_entries();
            lying.extend(entries.into_iter().map(|entry| Lying {
                key: key_of(&entry.folder),
                changed: entry.summary.as_ref().and_then(|summary| summary.changed),
                name: entry.name,
                shelf,
                is_alone: true,
            }));
        }
        let names: Vec<String> = lying.iter().map(|it| it.name.clone()).collect();
        for it in &mut lying {
            it.is_alone = names.iter().filter(|name| **name == it.name).count() == 1;
        }
        Ok(lying)
    }

    /// Moves an assessment back from the archive or the trash, under another name where one is given.
    ///
    /// # Errors
    ///
    /// Fails when there is none of that name, when its name is taken meanwhile, and when it can't be moved.
    pub fn bring_back(&self, name: &str, new: Option<&str>, meta: &Meta) -> Result<Placed, WorkspaceError> {
        let [archive, trash] = [Shelf::Archive.catalog(&self.data)?, Shelf::Trash.catalog(&self.data)?];
        let entry = match (archive.find(name), trash.find(name)) {
            (Ok(entry), Err(StoreError::NotFound { .. })) | (Err(StoreError::NotFound { .. }), Ok(entry)) => entry,
            (Ok(archived), Ok(deleted)) => {
                let message = format!("{:?} lies in the archive and in the trash", visible(name));
                let (archived, deleted) = (key_of(&archived.folder), key_of(&deleted.folder));
                let remedy = format!("Give the name of its folder: {archived} (archive) or {deleted} (trash).");
                return Err(WorkspaceError::new(Kind::NotFound, message, remedy));
            }
            (Err(StoreError::NotFound { .. }), Err(StoreError::NotFound { .. })) => {
                let message = format!("no {:?} lies in the archive or in the trash", visible(name));
                return Err(WorkspaceError::new(Kind::NotFound, message, "`ready42 restore` lists what lies there."));
            }
            // Several are called so: they can be told apart by their folders, which the error names.
            (Err(StoreError::NotFound { .. }) | Ok(_), Err(error)) | (Err(error), _) => return Err(error.into()),
        };
        let placed = patiently(|| shelf::bring_back(&self.data, &entry.folder, new, meta))?;
        Ok(Placed::of(&placed, new.unwrap_or(&entry.name)))
    }
}
