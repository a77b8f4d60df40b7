//! A disk in memory that fails, dies or loses power at the n-th call.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, ErrorKind};
use std::path::{Component, Path};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use crate::storage::disk::{Disk, DiskFile, Lock, Stamp};

/// A disk in memory. Its clones are the same disk.
#[derive(Clone)]
pub struct MemoryDisk(Arc<Mutex<State>>);

/// How many disks there were.
static DISKS: AtomicU64 = AtomicU64::new(0);

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// One call fails; of an append, half is written.
    Once(ErrorKind),
    /// This call and all that follow fail; of the first append, half is written.
    From(ErrorKind),
    /// The program dies here; of an append, half is written.
    Kill,
}

/// A sync that says that it was done and does nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// Every one.
    All,
    /// That of a folder.
    Folders,
}

/// What was done to the names in a folder and isn't synced yet.
#[derive(Clone)]
enum Step {
    Put(String, usize),
    Take(String),
    /// Old name, new name: a rename is there whole or not at all.
    Move(String, String, usize),
}

struct State {
    nodes: Vec<Node>,
    calls: usize,
    fault: Option<(usize, Fault)>,
    dead: bool,
    locks: HashSet<usize>,
    /// Files whose sync failed: touching one again is the mistake that the tests look for.
    poisoned: HashSet<usize>,
    misuse: usize,
    /// Which syncs do nothing, as a control that must lose data.
    lies: Option<Lie>,
    /// One call in so many fails, whichever; 0 for none. The second is where the draw stands.
    noise: (u64, u64),
    /// Files that can't be read until the program starts anew: half of the reads that fail by noise stay so.
    unreadable: HashSet<usize>,
    /// How many faults there were.
    faults: usize,
    /// Where the draw of names stands.
    names: u64,
}

enum Node {
    File { now: Vec<u8>, kept: Vec<u8>, names: u64 },
    Folder { now: BTreeMap<String, usize>, kept: BTreeMap<String, usize>, since: Vec<Step> },
}

struct MemoryFile {
    disk: MemoryDisk,
    node: usize,
}

struct MemoryLock {
    disk: MemoryDisk,
    node: usize,
}

impl Lock for MemoryLock {}

impl Drop for MemoryLock {
    fn drop(&mut self) {
        self.disk.state().locks.remove(&self.node);
    }
}

impl MemoryDisk {
    /// Returns an empty disk with these folders.
    pub fn new(folders: &[&str]) -> Self {
        let root = Node::Folder { now: BTreeMap::new(), kept: BTreeMap::new(), since: vec![] };
        let disk = Self(Arc::new(Mutex::new(State {
            nodes: vec![root],
            calls: 0,
            fault: None,
            dead: false,
            locks: HashSet::new(),
            poisoned: HashSet::new(),
            misuse: 0,
            lies: None,
            noise: (0, 0),
            unreadable: HashSet::new(),
            faults: 0,
            // Two disks are two machines: what is made on one has another name than what is made on the other.
            names: DISKS.fetch_add(1, Ordering::Relaxed),
        })));
        for folder in folders {
            disk.create_folder(Path::new(folder)).unwrap();
        }
        disk.state().keep_all();
        disk
    }

    /// Lets a fault happen at a call from now, counted from 0.
    pub fn plan(&self, calls: usize, fault: Fault) {
        let mut state = self.state();
        state.fault = Some((state.calls + calls, fault));
    }

    /// Returns how many calls there were.
    pub fn calls(&self) -> usize {
        self.state().calls
    }

    /// Returns how often a file was used again after its sync had failed.
    pub fn misuse(&self) -> usize {
        self.state().misuse
    }

    /// Makes syncs a lie.
    pub fn lie(&self, lie: Lie) {
        self.state().lies = Some(lie);
    }

    /// Lets one call in so many fail from now on, with an error that is drawn.
    pub fn make_noise(&self, one_in: u64, seed: u64) {
        self.state().noise = (one_in, seed);
    }

    /// Draws names from here on so that the same life gives the same names.
    pub fn draw_names_from(&self, seed: u64) {
        self.state().names = seed;
    }

    /// Returns how many calls failed, and how often the program died at one.
    pub fn faults(&self) -> usize {
        self.state().faults
    }

    /// The program starts anew, on a disk without faults; what was written is still in the system's cache.
    pub fn restart(&self) {
        let mut state = self.state();
        (state.dead, state.fault, state.noise.0) = (false, None, 0);
        state.locks.clear();
        state.poisoned.clear();
        state.unreadable.clear();
    }

    /// The machine starts anew: only what was synced is there, and a part of what was not, drawn from `chance`.
    ///
    /// Of a file, any part of what was appended may be there, or NULs in its place; of a folder, any of what was done to
    /// its names since, in whatever order.
    pub fn power_cut(&self, mut chance: u64) {
        let mut draw = |below: usize| usize::try_from(next(&mut chance)).unwrap() % below;
        let mut state = self.state();
        for node in &mut state.nodes {
            match node {
                Node::File { now, kept, .. } => {
                    let extra = now.len().saturating_sub(kept.len());
                    match draw(3) {
                        0 => now.clone_from(kept),
                        1 => now.truncate(kept.len() + draw(extra + 1)),
                        // The size reached the disk, the bytes did not.
                        _ => {
                            let from = kept.len().min(now.len());
                            now[from..].fill(0);
                            now.truncate(from + draw(extra + 1));
                        }
                    }
                    kept.clone_from(now);
                }
                Node::Folder { now, kept, since } => {
                    for step in since.drain(..).filter(|_| draw(2) == 0) {
                        step.apply(kept);
                    }
                    now.clone_from(kept);
                }
            }
        }
        drop(state);
        self.restart();
    }

    /// Changes a file behind the store's back.
    pub fn edit(&self, path: &str, edit: impl FnOnce(&mut Vec<u8>)) {
        let mut state = self.state();
        let node = state.find(Path::new(path)).unwrap();
        let Node::File { now, kept, .. } = &mut state.nodes[node] else { panic!("{path} is a folder") };
        edit(now);
        kept.clone_from(now);
    }

    /// Removes a file or folder with all that is in it behind the store's back.
    pub fn take_away(&self, path: &str) {
        let mut state = self.state();
        let node = state.find(Path::new(path)).unwrap();
        let (parent, name) = state.parent(Path::new(path)).unwrap();
        state.folder(parent).unwrap().remove(&name);
        state.forget(node);
        state.keep_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }
}

impl State {
    /// Counts a call; returns the fault that happens at it.
    fn call(&mut self) -> Option<ErrorKind> {
        let call = self.calls;
        self.calls += 1;
        if self.dead {
            return Some(ErrorKind::Other);
        }
        let kind = match self.fault {
            Some((at, Fault::Once(kind))) if at == call => Some(kind),
            Some((at, Fault::From(kind))) if at <= call => Some(kind),
            Some((at, Fault::Kill)) if at == call => {
                self.dead = true;
                Some(ErrorKind::Other)
            }
            _ => self.noise(),
        };
        self.faults += usize::from(kind.is_some());
        kind
    }

    fn noise(&mut self) -> Option<ErrorKind> {
        const KINDS: [ErrorKind; 6] = [
            ErrorKind::Other,
            ErrorKind::StorageFull,
            ErrorKind::PermissionDenied,
            ErrorKind::ReadOnlyFilesystem,
            ErrorKind::Interrupted,
            ErrorKind::QuotaExceeded,
        ];
        let (one_in, chance) = &mut self.noise;
        let fails = *one_in > 0 && next(chance).is_multiple_of(*one_in);
        fails.then(|| KINDS[usize::try_from(next(chance)).unwrap() % KINDS.len()])
    }

    /// Counts a call that reads a file; returns the fault that happens at it.
    fn call_to_read(&mut self, node: Option<usize>) -> io::Result<()> {
        if node.is_some_and(|node| self.unreadable.contains(&node)) {
            self.calls += 1;
            self.faults += 1;
            return Err(ErrorKind::Other.into());
        }
        let noise = self.noise.0;
        let checked = self.check();
        if checked.is_err() && noise > 0 && next(&mut self.noise.1).is_multiple_of(2) {
            self.unreadable.extend(node);
        }
        checked
    }

    fn check(&mut self) -> io::Result<()> {
        self.call().map_or(Ok(()), |kind| Err(kind.into()))
    }

    fn find(&self, path: &Path) -> io::Result<usize> {
        let mut at = 0;
        for part in path.components().filter(|part| matches!(part, Component::Normal(_))) {
            let Node::Folder { now, .. } = &self.nodes[at] else { return Err(ErrorKind::NotADirectory.into()) };
            at = *now.get(part.as_os_str().to_str().unwrap()).ok_or(ErrorKind::NotFound)?;
        }
        Ok(at)
    }

    fn parent(&self, path: &Path) -> io::Result<(usize, String)> {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        Ok((self.find(path.parent().unwrap())?, name))
    }

    fn folder(&mut self, node: usize) -> io::Result<&mut BTreeMap<String, usize>> {
        match &mut self.nodes[node] {
            Node::Folder { now, .. } => Ok(now),
            Node::File { .. } => Err(ErrorKind::NotADirectory.into()),
        }
    }

    /// Does something to the names in a folder, which a power cut may undo until the folder is synced.
    fn change(&mut self, node: usize, step: Step) {
        if let Node::Folder { now, since, .. } = &mut self.nodes[node] {
            step.apply(now);
            since.push(step);
        }
    }

    fn add(&mut self, path: &Path, node: Node) -> io::Result<usize> {
        let (parent, name) = self.parent(path)?;
        let number = self.nodes.len();
        if self.folder(parent)?.contains_key(&name) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        self.change(parent, Step::Put(name, number));
        self.nodes.push(node);
        Ok(number)
    }

    fn forget(&mut self, node: usize) {
        let children: Vec<usize> = match &mut self.nodes[node] {
            Node::File { names, .. } => {
                *names = 0;
                vec![]
            }
            Node::Folder { now, .. } => now.values().copied().collect(),
        };
        for child in children {
            self.forget(child);
        }
    }

    fn keep_all(&mut self) {
        for node in &mut self.nodes {
            match node {
                Node::File { now, kept, .. } => kept.clone_from(now),
                Node::Folder { now, kept, since } => {
                    kept.clone_from(now);
                    since.clear();
                }
            }
        }
    }

    fn stamp(&self, node: usize) -> Stamp {
        let (names, size) = match &self.nodes[node] {
            Node::File { now, names, .. } => (*names, now.len() as u64),
            Node::Folder { .. } => (1, 0),
        };
        Stamp { device: 1, inode: node as u64, names, size }
    }
}

impl Step {
    fn apply(&self, names: &mut BTreeMap<String, usize>) {
        match self {
            Self::Put(name, node) => drop(names.insert(name.clone(), *node)),
            Self::Take(name) => drop(names.remove(name)),
            Self::Move(old, new, node) => {
                names.remove(old);
                names.insert(new.clone(), *node);
            }
        }
    }
}

/// Draws the next number.
fn next(chance: &mut u64) -> u64 {
    *chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *chance >> 40
}

impl Disk for MemoryDisk {
    fn chance(&self) -> u128 {
        let names = &mut self.state().names;
        (0..4).fold(0, |number, _| (number << 24) | u128::from(next(names)))
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.check()?;
        state.add(path, Node::Folder { now: BTreeMap::new(), kept: BTreeMap::new(), since: vec![] }).map(drop)
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut state = self.state();
        state.check()?;
        let node = state.add(path, Node::File { now: vec![], kept: vec![], names: 1 })?;
        Ok(Box::new(MemoryFile { disk: self.clone(), node }))
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let mut state = self.state();
        let there = state.find(path).ok();
        state.call_to_read(there)?;
        let node = state.find(path)?;
        match &state.nodes[node] {
            Node::File { now, .. } if now.len() as u64 <= most => Ok(now.clone()),
            Node::File { .. } => Err(ErrorKind::FileTooLarge.into()),
            Node::Folder { .. } => Err(ErrorKind::IsADirectory.into()),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut state = self.state();
        state.check()?;
        let node = state.find(folder)?;
        Ok(state.folder(node)?.keys().cloned().collect())
    }

    fn stamp(&self, path: &Path) -> io::Result<Stamp> {
        let mut state = self.state();
        state.check()?;
        let node = state.find(path)?;
        Ok(state.stamp(node))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.check()?;
        let node = state.find(from)?;
        let ((old, old_name), (new, new_name)) = (state.parent(from)?, state.parent(to)?);
        let replaced = state.folder(new)?.get(&new_name).copied();
        if old == new {
            state.change(old, Step::Move(old_name, new_name, node));
        } else {
            state.change(old, Step::Take(old_name));
            state.change(new, Step::Put(new_name, node));
        }
        if let Some(replaced) = replaced {
            state.forget(replaced);
        }
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.check()?;
        let node = state.find(path)?;
        if matches!(&state.nodes[node], Node::Folder { now, .. } if !now.is_empty()) {
            return Err(ErrorKind::DirectoryNotEmpty.into());
        }
        let (parent, name) = state.parent(path)?;
        state.change(parent, Step::Take(name));
        state.forget(node);
        Ok(())
    }

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.check()?;
        let node = state.find(path)?;
        MemoryFile { disk: self.clone(), node }.keep(&mut state);
        Ok(())
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.check()?;
        let (node, lies) = (state.find(path)?, state.lies);
        if let Node::Folder { now, kept, since } = &mut state.nodes[node]
            && lies.is_none()
        {
            kept.clone_from(now);
            since.clear();
        }
        Ok(())
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Lock>>> {
        let mut state = self.state();
        state.check()?;
        let node = match state.find(path) {
            Ok(node) => node,
            Err(_) => state.add(path, Node::File { now: vec![], kept: vec![], names: 1 })?,
        };
        if !state.locks.insert(node) {
            return Ok(None);
        }
        Ok(Some(Box::new(MemoryLock { disk: self.clone(), node })))
    }
}

impl MemoryFile {
    /// Makes what was appended survive a power cut, unless syncs lie.
    fn keep(&self, state: &mut State) {
        let lies = state.lies;
        if let Node::File { now, kept, .. } = &mut state.nodes[self.node]
            && lies != Some(Lie::All)
        {
            kept.clone_from(now);
        }
    }
}

impl DiskFile for MemoryFile {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.disk.state();
        if state.poisoned.contains(&self.node) {
            state.misuse += 1;
        }
        let was_dead = state.dead;
        let fault = state.call();
        let Node::File { now, .. } = &mut state.nodes[self.node] else { unreachable!() };
        match fault {
            None => now.extend(bytes),
            Some(kind) => {
                if !was_dead {
                    now.extend(&bytes[..bytes.len() / 2]);
                }
                state.poisoned.insert(self.node);
                return Err(kind.into());
            }
        }
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut state = self.disk.state();
        if state.poisoned.contains(&self.node) {
            state.misuse += 1;
        }
        if let Err(error) = state.check() {
            state.poisoned.insert(self.node);
            return Err(error);
        }
        self.keep(&mut state);
        Ok(())
    }

    fn stamp(&self) -> io::Result<Stamp> {
        let mut state = self.disk.state();
        state.check()?;
        Ok(state.stamp(self.node))
    }
}
