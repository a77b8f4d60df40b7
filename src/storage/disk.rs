//! What the store asks of a file system: small enough that a test can stand in for it and fail at every step.

#[cfg(test)]
pub mod memory;

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use ulid::Ulid;

/// A file system, as the store uses it. Every path is absolute or relative to the working directory.
pub trait Disk: Send {
    /// Returns a number that nobody has drawn before: for names that two programs must not give alike.
    fn chance(&self) -> u128;

    /// Makes a folder that only its owner may enter. Its parent must be there.
    ///
    /// # Errors
    ///
    /// Fails when something of that name is there already, as every other failure of the system.
    fn create_folder(&self, path: &Path) -> io::Result<()>;

    /// Makes a file that only its owner may read, for appending. It never opens one that is there, nor a link.
    ///
    /// # Errors
    ///
    /// Fails when something of that name is there already, as every other failure of the system.
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn DiskFile>>;

    /// Returns the bytes of a plain file.
    ///
    /// # Errors
    ///
    /// Fails for what isn't a plain file (a link, a pipe), and for one of more than `most` bytes.
    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>>;

    /// Returns the names in a folder that are valid UTF-8, sorted.
    ///
    /// # Errors
    ///
    /// Fails when the folder can't be read.
    fn list(&self, folder: &Path) -> io::Result<Vec<String>>;

    /// Returns what stands at a path now.
    ///
    /// # Errors
    ///
    /// Fails when nothing does.
    fn stamp(&self, path: &Path) -> io::Result<Stamp>;

    /// Renames a file or a folder, over a file that may be there.
    ///
    /// # Errors
    ///
    /// Fails as the system does.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file of our own, or an empty folder.
    ///
    /// # Errors
    ///
    /// Fails as the system does.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Makes what others have appended to a plain file survive a power cut.
    ///
    /// # Errors
    ///
    /// Fails as the system does.
    fn sync_file(&self, path: &Path) -> io::Result<()>;

    /// Makes what was created and renamed in a folder survive a power cut.
    ///
    /// # Errors
    ///
    /// Fails as the system does. File systems that don't know the call are not a failure.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;

    /// Takes a lock that the system frees when its holder ends, however it ends. Returns none where another holds it.
    ///
    /// # Errors
    ///
    /// Fails as the system does. File systems without locks are not a failure: safety doesn't rest on the lock.
    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Lock>>>;
}

/// Returns the name of something that is made now, which nothing else has.
pub fn new_name(disk: &dyn Disk, at: DateTime<Utc>) -> Ulid {
    Ulid::from_parts(u64::try_from(at.timestamp_millis()).unwrap_or_default(), disk.chance())
}

/// Returns a text that no other attempt has.
pub fn mark(disk: &dyn Disk) -> String {
    Ulid::from_parts(0, disk.chance()).to_string()
}

/// A file that is open for appending.
pub trait DiskFile: Send {
    /// Appends all the bytes.
    ///
    /// # Errors
    ///
    /// Fails as the system does; some of the bytes may be there then.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Returns once the bytes survive a power cut.
    ///
    /// # Errors
    ///
    /// Fails as the system does. The file must not be used again then: a second call would report a success that is
    /// none (Rebello et al., USENIX ATC 2020).
    fn sync(&mut self) -> io::Result<()>;

    /// Returns what this file is, whatever stands at its path now.
    ///
    /// # Errors
    ///
    /// Fails as the system does.
    fn stamp(&self) -> io::Result<Stamp>;
}

/// A lock, held until it is dropped.
pub trait Lock: Send {}

/// What tells one file from another, and whether it is as it was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The device it is on; 0 where the system doesn't tell.
    pub device: u64,
    /// Its number on the device; 0 where the system doesn't tell.
    pub inode: u64,
    /// How many names it has; 0 once it is removed, 1 where the system doesn't tell.
    pub names: u64,
    /// Its size in bytes.
    pub size: u64,
}

/// The real file system.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

struct RealFile(File);

/// Holds the open lock file; none on a file system without locks.
struct RealLock(#[expect(dead_code, reason = "closing the file on drop is what frees the lock")] Option<File>);

impl Lock for RealLock {}

impl Disk for RealDisk {
    fn chance(&self) -> u128 {
        Ulid::from_datetime(SystemTime::UNIX_EPOCH).random()
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        folder_builder().create(path)?;
        only_owner(path, 0o700)
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let file = private_options().append(true).create_new(true).open(path)?;
        only_owner(path, 0o600)?;
        Ok(Box::new(RealFile(file)))
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let metadata = fs::symlink_metadata(path)?;
        if !metadata.is_file() {
            return Err(not_plain());
        }
        // Room at once; one that has grown meanwhile is read all the same.
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(most)).unwrap_or(0).saturating_add(1));
        File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
        if u64::try_from(bytes.len()).is_ok_and(|size| size > most) {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it has more than {most} bytes")));
        }
        Ok(bytes)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            names.extend(entry?.file_name().into_string());
        }
        names.sort_unstable();
        Ok(names)
    }

    fn stamp(&self, path: &Path) -> io::Result<Stamp> {
        fs::symlink_metadata(path).map(|metadata| Stamp::of(&metadata))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        if fs::symlink_metadata(path)?.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) }
    }

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        if !fs::symlink_metadata(path)?.is_file() {
            return Err(not_plain());
        }
        // Unix syncs what is open for reading, also where the file may not be written; Windows doesn't.
        OpenOptions::new().read(true).append(!cfg!(unix)).open(path)?.sync_data()
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        // Only Unix opens a folder as a file; elsewhere the system keeps the names by itself.
        if !cfg!(unix) {
            return Ok(());
        }
        match File::open(path)?.sync_all() {
            Err(error) if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput) => Ok(()),
            result => result,
        }
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Lock>>> {
        if fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
            return Err(not_plain());
        }
        let file = private_options().write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => {
                only_owner(path, 0o600)?;
                Ok(Some(Box::new(RealLock(Some(file)))))
            }
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                Ok(Some(Box::new(RealLock(None))))
            }
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

impl DiskFile for RealFile {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        // `fdatasync`; `F_FULLFSYNC` on macOS.
        self.0.sync_data()
    }

    fn stamp(&self) -> io::Result<Stamp> {
        self.0.metadata().map(|metadata| Stamp::of(&metadata))
    }
}

impl Stamp {
    #[cfg(unix)]
    fn of(metadata: &fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self { device: metadata.dev(), inode: metadata.ino(), names: metadata.nlink(), size: metadata.len() }
    }

    #[cfg(not(unix))]
    fn of(metadata: &fs::Metadata) -> Self {
        Self { device: 0, inode: 0, names: 1, size: metadata.len() }
    }
}

/// Writes a file whole or not at all: beside it first, then synced, then renamed over it, then the folder is synced.
///
/// `mark` tells this attempt from every other; it becomes part of the name of the file beside it.
///
/// # Errors
///
/// Fails as the system does. What stood there before is untouched, unless only the last sync failed.
pub fn write_whole(disk: &dyn Disk, path: &Path, bytes: &[u8], mark: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let beside = temporary(path, mark);
    let mut file = disk.create_new(&beside)?;
    let written = file.append(bytes).and_then(|()| file.sync()).and_then(|()| disk.rename(&beside, path));
    if let Err(error) = written {
        // Best effort: the next opening for writing removes what stays behind.
        drop(disk.remove(&beside));
        return Err(error);
    }
    disk.sync_folder(folder)
}

/// Returns where a file is written before it is renamed.
fn temporary(path: &Path, mark: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{mark}.tmp"))
}

/// Returns whether a name is one that [`write_whole`] gives to the file beside `name`.
#[must_use]
pub fn is_temporary(candidate: &str, name: &str) -> bool {
    let rest = candidate.strip_prefix('.').and_then(|rest| rest.strip_prefix(name));
    rest.and_then(|rest| rest.strip_prefix('.')).and_then(|rest| rest.strip_suffix(".tmp")).is_some()
}

/// Returns whether a name is one that [`write_whole`] gives to any file.
#[must_use]
pub fn is_unfinished(candidate: &str) -> bool {
    candidate.starts_with('.') && candidate.strip_suffix(".tmp").is_some()
}

/// Makes a folder with all its parents, each for its owner alone; those that are there stay as they are.
///
/// # Errors
///
/// Fails as the system does.
pub fn create_folders(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = folder_builder();
    builder.recursive(true).create(path)?;
    only_owner(path, 0o700)
}

fn not_plain() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "it is not a plain file")
}

fn folder_builder() -> DirBuilder {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix sets a mode"))]
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

fn private_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.read(false);
    options
}

/// Checks the mode of what was just made: a default ACL or a strange umask may have changed it.
#[cfg(unix)]
fn only_owner(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let found = fs::metadata(path)?.permissions().mode() & 0o777;
    if found == mode { Ok(()) } else { fs::set_permissions(path, fs::Permissions::from_mode(mode)) }
}

#[cfg(not(unix))]
fn only_owner(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
