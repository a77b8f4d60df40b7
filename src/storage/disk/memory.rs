//! A disk in memory that fails, dies or loses power at the n-th call.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, ErrorKind};
use std::path::{Component, Path};
use std::sync::{Arc, Mutex, MutexGuard};

use crate::storage::disk::{Disk, DiskFile, Lock, Stamp};

/// A disk in memory. Its clones are the same disk.
#[derive(Clone)]
pub struct MemoryDisk(Arc<Mutex<State>>);

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

struct State {
    nodes: Vec<Node>,
    calls: usize,
    fault: Option<(usize, Fault)>,
    dead: bool,
    locks: HashSet<usize>,
    /// Files whose sync failed: touching one again is the mistake that the tests look for.
    poisoned: HashSet<usize>,
    misuse: usize,
    /// Whether syncs do nothing, as a control that must lose data.
    lies: bool,
}

enum Node {
    File { now: Vec<u8>, kept: Vec<u8>, names: u64 },
    Folder { now: BTreeMap<String, usize>, kept: BTreeMap<String, usize> },
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
        let root = Node::Folder { now: BTreeMap::new(), kept: BTreeMap::new() };
        let disk = Self(Arc::new(Mutex::new(State {
            nodes: vec![root],
            calls: 0,
            fault: None,
            dead: false,
            locks: HashSet::new(),
            poisoned: HashSet::new(),
            misuse: 0,
            lies: false,
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

    /// Makes every sync a lie.
    pub fn lie(&self) {
        self.state().lies = true;
    }

    /// The program starts anew, on a disk without faults; what was written is still in the system's cache.
    pub fn restart(&self) {
        let mut state = self.state();
        (state.dead, state.fault) = (false, None);
        state.locks.clear();
        state.poisoned.clear();
    }

    /// The machine starts anew: only what was synced is there, and a part of what was not, drawn from `chance`.
    pub fn power_cut(&self, mut chance: u64) {
        let mut draw = |below: usize| {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(chance >> 40).unwrap() % below
        };
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
                Node::Folder { now, kept } => {
                    if draw(2) == 0 {
                        now.clone_from(kept);
                    }
                    kept.clone_from(now);
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
        match self.fault {
            Some((at, Fault::Once(kind))) if at == call => Some(kind),
            Some((at, Fault::From(kind))) if at <= call => Some(kind),
            Some((at, Fault::Kill)) if at == call => {
                self.dead = true;
                Some(ErrorKind::Other)
            }
            _ => None,
        }
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

    fn add(&mut self, path: &Path, node: Node) -> io::Result<usize> {
        let (parent, name) = self.parent(path)?;
        let number = self.nodes.len();
        let folder = self.folder(parent)?;
        if folder.contains_key(&name) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        folder.insert(name, number);
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
                Node::Folder { now, kept } => kept.clone_from(now),
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

impl Disk for MemoryDisk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.check()?;
        state.add(path, Node::Folder { now: BTreeMap::new(), kept: BTreeMap::new() }).map(drop)
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut state = self.state();
        state.check()?;
        let node = state.add(path, Node::File { now: vec![], kept: vec![], names: 1 })?;
        Ok(Box::new(MemoryFile { disk: self.clone(), node }))
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let mut state = self.state();
        state.check()?;
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
        state.folder(old)?.remove(&old_name);
        if let Some(replaced) = state.folder(new)?.insert(new_name, node) {
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
        state.folder(parent)?.remove(&name);
        state.forget(node);
        Ok(())
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.check()?;
        let (node, lies) = (state.find(path)?, state.lies);
        if let Node::Folder { now, kept } = &mut state.nodes[node]
            && !lies
        {
            kept.clone_from(now);
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
        let lies = state.lies;
        if let Node::File { now, kept, .. } = &mut state.nodes[self.node]
            && !lies
        {
            kept.clone_from(now);
        }
        Ok(())
    }

    fn stamp(&self) -> io::Result<Stamp> {
        let mut state = self.disk.state();
        state.check()?;
        Ok(state.stamp(self.node))
    }
}
