//! Puts work packages into an order in which each comes after all that it follows.

use std::collections::{BTreeSet, HashMap};

use crate::domain::questionnaire::Subject;
use crate::domain::roadmap::{Package, Phase};
use crate::storage::library::notes::{Notes, Spot};
use crate::storage::library::table::quoted;

/// How many cycles are named; mending one often mends others.
const MOST_CYCLES: usize = 10;
/// How many packages of a cycle are named.
const MOST_NAMED: usize = 12;

/// A package that doesn't know yet which others it follows.
pub(super) struct Draft<'d> {
    /// The package, with `after` still empty.
    pub package: Package,
    /// What it follows, as the file names it: ids, and "phase:" with the word of a phase.
    pub after: Vec<(&'d str, Spot)>,
    /// Where its id stands.
    pub spot: Spot,
}

/// Returns the packages sorted (Kahn's algorithm; of those that could come next, the first of the file), with what
/// each follows. Names that don't exist and cycles are noted.
pub(super) fn in_order(mut drafts: Vec<Draft<'_>>, notes: &mut Notes<'_>) -> Vec<Package> {
    let before = resolve(&drafts, notes);
    let ids: Vec<_> = drafts.iter().map(|draft| draft.package.id.clone()).collect();
    let mut following: Vec<Vec<usize>> = vec![vec![]; drafts.len()];
    for (index, (draft, earlier)) in drafts.iter_mut().zip(&before).enumerate() {
        draft.package.after = earlier.iter().filter_map(|one| ids.get(*one).cloned()).collect();
        for one in earlier {
            if let Some(following) = following.get_mut(*one) {
                following.push(index);
            }
        }
    }
    let mut waits: Vec<usize> = before.iter().map(Vec::len).collect();
    let mut open: BTreeSet<usize> = (0..drafts.len()).collect();
    let mut ready: BTreeSet<usize> =
        waits.iter().enumerate().filter(|(_, waits)| **waits == 0).map(|(index, _)| index).collect();
    let mut order = Vec::with_capacity(drafts.len());
    let mut cycles = 0;
    while let Some(first) = open.first().copied() {
        let next = ready.pop_first().unwrap_or_else(|| {
            let cycle = cycle_from(first, &before, &open);
            cycles += 1;
            if cycles <= MOST_CYCLES {
                note_cycle(&cycle, &drafts, notes);
            }
            cycle.first().copied().unwrap_or(first)
        });
        open.remove(&next);
        // What still waits is part of a cycle. The flaw is noted, and the domain needn't find it again.
        if let Some(draft) = drafts.get_mut(next).filter(|_| waits.get(next).is_some_and(|waits| *waits > 0)) {
            draft.package.after.clear();
        }
        order.push(next);
        for later in following.get(next).into_iter().flatten() {
            if let Some(waits) = waits.get_mut(*later) {
                *waits = waits.saturating_sub(1);
                if *waits == 0 && open.contains(later) {
                    ready.insert(*later);
                }
            }
        }
    }
    let mut packages: Vec<Option<Package>> = drafts.into_iter().map(|draft| Some(draft.package)).collect();
    order.into_iter().filter_map(|index| packages.get_mut(index)?.take()).collect()
}

/// Returns the indices of what each draft follows, each once.
fn resolve(drafts: &[Draft<'_>], notes: &mut Notes<'_>) -> Vec<Vec<usize>> {
    let by_id: HashMap<&str, usize> =
        drafts.iter().enumerate().map(|(index, draft)| (draft.package.id.as_str(), index)).collect();
    let of_phase = |phase: Phase| -> Vec<usize> {
        let is_in = |draft: &Draft<'_>| draft.package.phase == phase && draft.package.step().is_none();
        drafts.iter().enumerate().filter(|(_, draft)| is_in(draft)).map(|(index, _)| index).collect()
    };
    let phases: HashMap<&str, Vec<usize>> = Phase::ALL.map(|phase| (phase.word(), of_phase(phase))).into();
    let mut all = vec![];
    for (index, draft) in drafts.iter().enumerate() {
        let mut before = BTreeSet::new();
        for (name, spot) in &draft.after {
            if let Some(word) = name.strip_prefix("phase:") {
                match phases.get(word) {
                    Some(packages) => before.extend(packages.iter().copied().filter(|one| *one != index)),
                    None => note_phase(word, *spot, notes),
                }
            } else if let Some(one) = by_id.get(name) {
                before.insert(*one);
            } else {
                notes.refer(Subject::Package, name, *spot);
            }
        }
        all.push(before.into_iter().collect());
    }
    all
}

fn note_phase(word: &str, spot: Spot, notes: &mut Notes<'_>) {
    let remedy = match notes.nearest(word, Phase::ALL.into_iter().map(Phase::word)) {
        Some(meant) => format!("Did you mean \"phase:{meant}\"?"),
        None => format!("The phases are {}.", Phase::ALL.map(Phase::word).join(", ")),
    };
    notes.add(spot, format!("there is no phase {}", quoted(word)), remedy);
}

/// Returns a cycle that can be reached from here, beginning with the one that stands first in the file.
///
/// Each open package waits for an open one: there is nothing that could come next.
fn cycle_from(start: usize, before: &[Vec<usize>], open: &BTreeSet<usize>) -> Vec<usize> {
    let mut path = vec![];
    let mut position = HashMap::new();
    let mut at = start;
    while !position.contains_key(&at) {
        position.insert(at, path.len());
        path.push(at);
        match before.get(at).and_then(|earlier| earlier.iter().find(|one| open.contains(one))) {
            Some(next) => at = *next,
            None => return path,
        }
    }
    let mut cycle = path.split_off(position.get(&at).copied().unwrap_or_default());
    let first = cycle.iter().enumerate().min_by_key(|(_, index)| **index).map_or(0, |(place, _)| place);
    cycle.rotate_left(first);
    cycle
}

/// Notes a cycle where the first package names the second.
fn note_cycle(cycle: &[usize], drafts: &[Draft<'_>], notes: &mut Notes<'_>) {
    let packages: Vec<&Draft<'_>> = cycle.iter().chain(cycle.first()).filter_map(|index| drafts.get(*index)).collect();
    let [first, second, ..] = packages.as_slice() else { return };
    let mut names: Vec<&str> = packages.iter().map(|draft| draft.package.id.as_str()).collect();
    if names.len() > MOST_NAMED {
        names.splice(MOST_NAMED / 2..names.len() - MOST_NAMED / 2, ["…"]);
    }
    let names_second = |name: &str| {
        name == second.package.id.as_str() || name.strip_prefix("phase:") == Some(second.package.phase.word())
    };
    let spot = first.after.iter().find(|(name, _)| names_second(name)).map_or(first.spot, |(_, spot)| *spot);
    let problem = format!("packages wait for each other: {}", names.join(" -> "));
    notes.add(spot, problem, "Take one of them out of the `after` of the one before it.");
}
