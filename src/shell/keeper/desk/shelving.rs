//! What is done to assessments of the list without opening them.

use crate::shell::clock;
use crate::shell::keeper::desk::{KeeperDesk, told};
use crate::shell::workspace::{Kind, Placed, WorkspaceError, key_of};
use crate::storage::Shelf;
use crate::tui::{ShelfOrder, Shelved};

impl KeeperDesk {
    /// Does what is asked for. Returns how the assessment is found now.
    pub(super) fn shelve(&self, order: &ShelfOrder) -> Result<Shelved, String> {
        self.done(order).map_err(|error| match error.kind {
            Kind::InUse => "Another program has it open. Close it there first; nothing was changed.".to_owned(),
            _ => told(error),
        })
    }

    /// Returns what lies in the archive and in the trash.
    pub(super) fn shelved(&self) -> Result<Vec<Shelved>, String> {
        let lying = self.workspace.lying().map_err(told)?;
        let shelved = lying.iter().map(|it| {
            let changed =
                it.changed.map_or_else(|| it.key.clone(), |moment| format!("changed {}", clock::told(moment)));
            let (key, name) = (it.key.clone(), it.name.clone());
            let mark = if it.is_alone { String::new() } else { changed };
            Shelved { key, name, place: Some(it.shelf.word()), mark, notices: vec![] }
        });
        Ok(shelved.collect())
    }

    fn done(&self, order: &ShelfOrder) -> Result<Shelved, WorkspaceError> {
        let meta = self.meta();
        match order {
            ShelfOrder::Rename { key, name } => Ok(listed(self.workspace.rename(key, name, &meta)?)),
            ShelfOrder::Copy { key, name } => Ok(listed(self.workspace.copy(key, name, &meta)?)),
            ShelfOrder::Archive { key } => self.put_away(key, Shelf::Archive),
            ShelfOrder::Delete { key } => self.put_away(key, Shelf::Trash),
            ShelfOrder::Restore { key, name } => Ok(listed(self.workspace.bring_back(key, name.as_deref(), &meta)?)),
        }
    }

    fn put_away(&self, key: &str, shelf: Shelf) -> Result<Shelved, WorkspaceError> {
        let (name, folder) = self.workspace.put_away(key, shelf)?;
        let (key, place) = (key_of(&folder), Some(shelf.word()));
        Ok(Shelved { key, name, place, mark: String::new(), notices: vec![] })
    }
}

fn listed(placed: Placed) -> Shelved {
    let Placed { key, name, notices } = placed;
    Shelved { key, name, place: None, mark: String::new(), notices }
}
