//! What is done to assessments of the list without opening them.

use crate::shell::keeper::desk::{KeeperDesk, told};
use crate::shell::workspace::{Lying, WorkspaceError, key_of};
use crate::storage::Shelf;
use crate::tui::{ShelfOrder, Shelved};

impl KeeperDesk {
    /// Does what is asked for. Returns how the assessment is found now.
    pub(super) fn shelve(&self, order: &ShelfOrder) -> Result<Shelved, String> {
        self.done(order).map_err(told)
    }

    /// Returns what lies in the archive and in the trash.
    pub(super) fn shelved(&self) -> Result<Vec<Shelved>, String> {
        let lying = self.workspace.lying().map_err(told)?;
        let shelved = |Lying { key, name, shelf }| Shelved { key, name, place: Some(shelf.word()) };
        Ok(lying.into_iter().map(shelved).collect())
    }

    fn done(&self, order: &ShelfOrder) -> Result<Shelved, WorkspaceError> {
        let meta = self.meta();
        let listed = |key: String, name: String| Shelved { key, name, place: None };
        match order {
            ShelfOrder::Rename { key, name } => {
                self.workspace.rename(key, name, &meta)?;
                Ok(listed(key.clone(), name.clone()))
            }
            ShelfOrder::Copy { key, name } => Ok(listed(self.workspace.copy(key, name, &meta)?, name.clone())),
            ShelfOrder::Archive { key } => self.put_away(key, Shelf::Archive),
            ShelfOrder::Delete { key } => self.put_away(key, Shelf::Trash),
            ShelfOrder::Restore { key, name } => {
                let (name, folder) = self.workspace.bring_back(key, name.as_deref(), &meta)?;
                Ok(listed(key_of(&folder), name))
            }
        }
    }

    fn put_away(&self, key: &str, shelf: Shelf) -> Result<Shelved, WorkspaceError> {
        let (name, folder) = self.workspace.put_away(key, shelf)?;
        Ok(Shelved { key: key_of(&folder), name, place: Some(shelf.word()) })
    }
}
