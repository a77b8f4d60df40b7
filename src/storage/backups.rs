//! Earlier states of `assessment.toml`, for the day on which neither it nor the journal can be read.
//!
//! A backup is made whenever `assessment.toml` is written. The last 20 stay, then one an hour for 24 hours with changes,
//! then one a day for 30 days, and no more than 50 MB of an assessment. Those that were made before a merge stay longer.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::storage::disk::{self, Disk};
use crate::storage::save_file::{self, Saved};

/// The folder of the backups inside an assessment's folder.
pub const FOLDER: &str = "backups";
/// How many of the newest stay.
const RECENT: usize = 20;
/// For how many hours one an hour stays, after those.
const HOURS: usize = 24;
/// For how many days one a day stays, after those.
const DAYS: usize = 30;
/// How many states of one moment are pinned before the same thing; a merge makes one.
const MOST_OF_A_MOMENT: u32 = 1_000;
/// The greatest number of bytes of all of them.
const MOST_BYTES: u64 = 50 << 20;

/// The place of a state in the history, from which a backup has its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// When the newest change was made.
    pub changed: Option<DateTime<Utc>>,
    /// The clock of the newest change.
    pub clock: u64,
}

/// A backup that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Backup {
    /// `20270301T101500Z-0000000123.toml`; with what it was made before, where it is pinned.
    name: String,
    bytes: u64,
}

/// Keeps a state, and takes away backups that are too many by now. A pinned one is whole and survives a power cut once this
/// returns; of the others one that is torn is told by its digest, and the one before it is used.
///
/// # Errors
///
/// Fails when it can't be written; those that were there still are.
pub fn keep(
    disk: &dyn Disk,
    folder: &Path,
    place: &Place,
    text: &[u8],
    before: Option<&'static str>,
) -> io::Result<()> {
    let backups = folder.join(FOLDER);
    match disk.create_folder(&backups) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    match before {
        Some(before) => pin(disk, folder, &backups, (place, before), text)?,
        None => write_loosely(disk, &backups.join(place.name(None)), text)?,
    }
    for name in superfluous(&list(disk, &backups)) {
        drop(disk.remove(&backups.join(name)));
    }
    Ok(())
}

/// Keeps a state that is on the disk when this returns, whatever an earlier attempt has left under its name.
fn pin(disk: &dyn Disk, folder: &Path, backups: &Path, (place, before): (&Place, &str), text: &[u8]) -> io::Result<()> {
    for number in 1..=MOST_OF_A_MOMENT {
        let before = if number == 1 { before.to_owned() } else { format!("{before}-{number}") };
        let path = backups.join(place.name(Some(&before)));
        match disk.read(&path, save_file::MOST_BYTES) {
            // The same state was kept before; a power cut might still take it.
            Ok(there) if there == text => disk.sync_file(&path).and_then(|()| disk.sync_folder(backups))?,
            // Another state of this moment: what came in with a merge may be older than what was here.
            Ok(there) if Saved::read(&there).is_ok() => continue,
            // A torn one is of no use.
            Ok(_) => disk::write_whole(disk, &path, text, &disk::mark(disk))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                disk::write_whole(disk, &path, text, &disk::mark(disk))?;
            }
            Err(error) => return Err(error),
        }
        return disk.sync_folder(folder);
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, "too many states of this moment are kept already"))
}

/// Keeps a state that nothing waits for.
fn write_loosely(disk: &dyn Disk, path: &Path, text: &[u8]) -> io::Result<()> {
    match disk.create_new(path) {
        Ok(mut file) => file.append(text).inspect_err(|_| drop(disk.remove(path))),
        // The same state was kept before.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// Returns the newest backup that is whole, with the file.
#[must_use]
pub fn newest(disk: &dyn Disk, folder: &Path) -> Option<(PathBuf, Saved)> {
    let backups = folder.join(FOLDER);
    list(disk, &backups).into_iter().rev().find_map(|backup| {
        let path = backups.join(backup.name);
        let saved = Saved::read(&disk.read(&path, save_file::MOST_BYTES).ok()?).ok()?;
        Some((path, saved))
    })
}

impl Place {
    fn name(&self, before: Option<&str>) -> String {
        let at = self.changed.unwrap_or_default().format("%Y%m%dT%H%M%SZ");
        let before = before.map(|before| format!(".before-{before}")).unwrap_or_default();
        format!("{at}-{:010}{before}.toml", self.clock)
    }
}

impl Backup {
    fn is_pinned(&self) -> bool {
        self.name.contains(".before-")
    }

    /// Returns the clock of the newest change in it: the order of backups, whatever the wall clock said.
    fn clock(&self) -> Option<u64> {
        self.name.split_once('-')?.1.split('.').next()?.parse().ok()
    }

    /// Returns the hour that it is of, as it stands in its name.
    fn hour(&self) -> &str {
        self.name.get(..11).unwrap_or_default()
    }

    fn day(&self) -> &str {
        self.name.get(..8).unwrap_or_default()
    }
}

/// Returns the backups, oldest first. What has another name isn't ours, and is left alone.
fn list(disk: &dyn Disk, backups: &Path) -> Vec<Backup> {
    let names = disk.list(backups).unwrap_or_default().into_iter();
    let ours = names.filter(|name| name.strip_suffix(".toml").is_some() && name.is_ascii());
    let sized = ours.filter_map(|name| {
        let bytes = disk.stamp(&backups.join(&name)).ok()?.size;
        Some(Backup { name, bytes })
    });
    let mut backups: Vec<Backup> = sized.filter(|backup| backup.clock().is_some()).collect();
    backups.sort_by(|one, other| (one.clock(), &one.name).cmp(&(other.clock(), &other.name)));
    backups
}

/// Returns the names of the backups that are too many; they stand oldest first.
fn superfluous(backups: &[Backup]) -> Vec<String> {
    let (mut hours, mut days) = (BTreeSet::new(), BTreeSet::new());
    let (mut recent, mut daily, mut bytes) = (0, 0, 0u64);
    let mut superfluous = vec![];
    for (place, backup) in backups.iter().rev().enumerate() {
        let stays = if backup.is_pinned() {
            true
        } else if recent < RECENT {
            recent += 1;
            true
        } else if hours.len() < HOURS && hours.insert(backup.hour()) {
            // It stands for its day as well: the next of that day is older and says less.
            days.insert(backup.day());
            true
        } else {
            let is_first = daily < DAYS && days.insert(backup.day());
            daily += usize::from(is_first);
            is_first
        };
        // The newest one stays, however large it is.
        if stays && (place == 0 || bytes + backup.bytes <= MOST_BYTES) {
            bytes += backup.bytes;
        } else {
            superfluous.push(backup.name.clone());
        }
    }
    superfluous
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn place(minutes: i64) -> Place {
        let changed = DateTime::from_timestamp(1_800_000_000, 0).map(|at| at + TimeDelta::minutes(minutes));
        Place { changed, clock: u64::try_from(minutes).unwrap() + 1 }
    }

    /// Keeps a backup every ten minutes for so many days, and returns those that are left.
    fn kept(days: i64, bytes: u64) -> Vec<Backup> {
        let mut backups: Vec<Backup> = vec![];
        for minutes in (0..days * 24 * 60).step_by(10) {
            let before = (minutes == 5000).then_some("merge");
            backups.push(Backup { name: place(minutes).name(before), bytes });
            let gone = superfluous(&backups);
            backups.retain(|backup| !gone.contains(&backup.name));
        }
        backups
    }

    #[test]
    fn the_last_ones_stay_then_one_an_hour_then_one_a_day() {
        let backups = kept(60, 1000);
        let (recent, rest) = backups.split_at(backups.len() - RECENT);
        assert!(rest.windows(2).all(|pair| pair[0].name < pair[1].name));
        let hours: BTreeSet<&str> = recent.iter().map(Backup::hour).collect();
        assert!(hours.len() >= HOURS, "{hours:?}");
        let days: BTreeSet<&str> = backups.iter().map(Backup::day).collect();
        assert!((DAYS..=DAYS + 5).contains(&days.len()), "{}", days.len());
        assert!(backups.iter().any(Backup::is_pinned), "the pinned one is gone");
        assert!(backups.len() <= RECENT + HOURS + HOURS + DAYS + 1, "{}", backups.len());
    }

    #[test]
    fn all_of_them_have_at_most_50_mb_and_the_newest_stays_however_large() {
        let backups = kept(3, 10 << 20);
        assert_eq!(backups.len(), 5);
        assert_eq!(kept(1, 60 << 20).len(), 1);
    }

    #[test]
    fn two_states_of_one_moment_are_both_pinned_and_the_same_one_once() {
        use crate::domain::assessment::{Assessment, Depth, QuestionnaireRef, Seed};
        let disk = disk::memory::MemoryDisk::new(&["/a"]);
        let folder = Path::new("/a");
        let named = |name: &str| {
            let questionnaire = QuestionnaireRef { id: "iso42001".to_owned(), version: "1.0.0".to_owned() };
            let assessment = Assessment::new(name, questionnaire, Depth::Full, Seed(7));
            Saved { assessment, heads: vec![], clock: 1, changed: None, lost: 0 }.to_text()
        };
        for name in ["one", "other", "one", "other"] {
            keep(&disk, folder, &place(0), named(name).as_bytes(), Some("merge")).unwrap();
        }
        let names: Vec<String> = list(&disk, &folder.join(FOLDER)).into_iter().map(|backup| backup.name).collect();
        assert_eq!(names, [place(0).name(Some("merge-2")), place(0).name(Some("merge"))]);
        // One that is torn is written over.
        let torn = folder.join(FOLDER).join(&names[1]);
        disk.edit(torn.to_str().unwrap(), |bytes| bytes.truncate(20));
        keep(&disk, folder, &place(0), named("one").as_bytes(), Some("merge")).unwrap();
        assert_eq!(disk.read(&torn, 1 << 20).unwrap(), named("one").into_bytes());
    }

    #[test]
    fn a_clock_that_goes_back_does_not_make_a_new_state_old() {
        let old = Backup { name: place(100_000).name(None), bytes: 1 };
        let new = Backup { name: Place { clock: 200_000, ..place(0) }.name(None), bytes: 1 };
        let mut backups = [new.clone(), old];
        backups.sort_by_key(Backup::clock);
        assert_eq!(backups[1], new);
    }
}
