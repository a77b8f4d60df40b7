//! One writer, one file: a session of the journal.

use std::io;
use std::path::{Path, PathBuf};

use ulid::Ulid;

use crate::storage::disk::{Disk, DiskFile, Stamp};
use crate::storage::record::{Link, OpId};

/// The folder of the journal inside an assessment's folder.
pub const FOLDER: &str = "journal";

/// Returns the name of a session's file.
#[must_use]
pub fn file_name(session: Ulid) -> String {
    format!("{session}.jsonl")
}

/// Returns the name of the file that a merge writes.
#[must_use]
pub fn merged_file_name(id: Ulid) -> String {
    format!("{id}.merged.jsonl")
}

/// A file of the journal that this program made and that nobody else writes to.
pub struct Session {
    id: Ulid,
    path: PathBuf,
    file: Box<dyn DiskFile>,
    size: u64,
    counter: u32,
    digest: Link,
}

impl Session {
    /// Makes the file. It must be removed or written to: an empty one says nothing.
    ///
    /// # Errors
    ///
    /// Fails as the system does.
    pub fn begin(disk: &dyn Disk, folder: &Path, id: Ulid) -> io::Result<Self> {
        let journal = folder.join(FOLDER);
        match disk.create_folder(&journal) {
            Ok(()) => disk.sync_folder(folder)?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
        let path = journal.join(file_name(id));
        let file = disk.create_new(&path)?;
        Ok(Self { id, path, file, size: 0, counter: 0, digest: Link::Start })
    }

    /// Returns where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the name of the next change.
    #[must_use]
    pub fn next(&self) -> OpId {
        OpId { session: self.id, counter: self.counter.saturating_add(1) }
    }

    /// Returns the digest of the last line.
    #[must_use]
    pub fn digest(&self) -> &Link {
        &self.digest
    }

    /// Returns whether nothing in the file was ever acknowledged.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.counter == 0
    }

    /// Returns whether the file at its path is still the one that was opened, as it was left.
    ///
    /// A descriptor goes on working when its file is removed or replaced: without this look, answers would be called
    /// saved that no folder holds.
    ///
    /// # Errors
    ///
    /// Fails when nothing stands at the path.
    pub fn is_ours(&self, disk: &dyn Disk) -> io::Result<bool> {
        let (open, there) = (self.file.stamp()?, disk.stamp(&self.path)?);
        let Stamp { names, size, .. } = open;
        Ok(open == there && names == 1 && size == self.size)
    }

    /// Appends lines and returns once they survive a power cut.
    ///
    /// # Errors
    ///
    /// Fails as the system does. The session must not be used again then.
    pub fn append(&mut self, disk: &dyn Disk, lines: &[u8], changes: u32, digest: Link) -> io::Result<()> {
        let first = self.is_blank();
        self.file.append(lines)?;
        self.file.sync()?;
        if first {
            disk.sync_folder(self.path.parent().unwrap_or(Path::new(".")))?;
        }
        self.size += lines.len() as u64;
        self.counter = self.counter.saturating_add(changes);
        self.digest = digest;
        Ok(())
    }
}
