//! Long lives on a bad disk: calls fail at random, programs die, the power goes, again and again on the same folder.

use std::collections::{BTreeMap, BTreeSet};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{Desk, meta, without_reasons};
use crate::domain::assessment::{Answer, Assessment};
use crate::domain::change::{Change, Edit};
use crate::domain::id::QuestionId;
use crate::domain::level::Level;
use crate::storage::disk::memory::{Fault, Lie};
use crate::storage::notice::Notice;
use crate::storage::store::{Mark, Store};

/// How many faults are taken; `READY42_FAULTS` raises it.
const FAULTS: usize = 1_000;
/// How many sessions an assessment lives through.
const SESSIONS: u64 = 8;
const QUESTIONS: usize = 12;

/// A level; none for a question that is open again.
type Given = Option<Level>;

/// What was called saved, and what was tried since: it may be there too.
#[derive(Default)]
struct Ledger {
    saved: BTreeMap<usize, Given>,
    tried: BTreeMap<usize, BTreeSet<Given>>,
    acknowledged: usize,
}

impl Ledger {
    fn tries(&mut self, changes: &[(usize, Given)]) {
        for (question, given) in changes {
            self.tried.entry(*question).or_default().insert(*given);
        }
    }

    fn saved(&mut self, changes: &[(usize, Given)]) {
        for (question, given) in changes {
            self.saved.insert(*question, *given);
            self.tried.remove(question);
            self.acknowledged += 1;
        }
    }

    /// Returns the questions whose answer is neither what was called saved nor what was tried since.
    fn losses(&self, assessment: &Assessment) -> Vec<String> {
        let wrong = (0..QUESTIONS).filter_map(|question| {
            let found = match assessment.answer(&id(question)) {
                Some(Answer::Level(level)) => Some(*level),
                Some(Answer::NotApplicable { .. }) | None => None,
            };
            let saved = self.saved.get(&question).copied().flatten();
            let tried = self.tried.get(&question).cloned().unwrap_or_default();
            let was_tried = tried.contains(&found);
            // What was tried may be there, and has then taken the place of what was saved before it, also in a conflict.
            let is_kept = assessment.conflicts().iter().any(|conflict| {
                let is_side = |given: &Given| {
                    conflict.sides.iter().any(|side| side.change == answer_of(&side.change, question, *given))
                };
                conflict.question() == Some(&id(question)) && (is_side(&saved) || tried.iter().any(is_side))
            });
            (found != saved && !was_tried && !is_kept).then(|| format!("{question}: saved {saved:?}, found {found:?}"))
        });
        wrong.collect()
    }
}

/// Returns the same change, as it is where it answers the question so.
fn answer_of(change: &Change, question: usize, given: Given) -> Change {
    match change {
        Change::Answer { edit, .. } => Change::Answer {
            question: id(question),
            edit: Edit { old: edit.old.clone(), new: given.map(Answer::Level) },
        },
        other => other.clone(),
    }
}

fn id(question: usize) -> QuestionId {
    QuestionId::new(format!("q{question}"))
}

/// What a life came to.
#[derive(Default)]
struct Life {
    faults: usize,
    acknowledged: usize,
    /// What was lost.
    wrong: Vec<String>,
    /// How often a loss was told though nothing was lost that had been called saved: what was only shown was.
    alarms: usize,
    /// How many values stood in conflict when it ended.
    conflicts: usize,
}

/// One life of an assessment.
fn life(seed: u64, lie: Option<Lie>) -> Life {
    let (desk, mut ledger, mut wrong) = (Desk::new(), Ledger::default(), vec![]);
    let (mut alarms, mut conflicts) = (0, 0);
    desk.disk.draw_names_from(seed);
    if let Some(lie) = lie {
        desk.disk.lie(lie);
    }
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    for session in 0..SESSIONS {
        if chance.random_bool(0.7) {
            desk.disk.make_noise(chance.random_range(2..40), chance.random());
        }
        if chance.random_bool(0.6) {
            desk.disk.plan(chance.random_range(0..220), Fault::Kill);
        }
        let seconds = i64::try_from(session).unwrap() * 100 + 100;
        if let Ok(opened) = desk.open(seconds) {
            answer_on(opened.store, &mut ledger, &mut chance, seconds);
        }
        if chance.random_bool(0.5) {
            desk.disk.power_cut(chance.random());
        } else {
            desk.disk.restart();
        }
        match desk.read() {
            Ok(read) => {
                let losses = ledger.losses(&read.assessment);
                let told: Vec<&Notice> = read.notices.iter().filter(|notice| notice.is_loss()).collect();
                wrong
                    .extend(losses.iter().map(|loss| format!("seed {seed}, session {session}: {loss}, told {told:?}")));
                alarms += usize::from(losses.is_empty() && !told.is_empty());
                conflicts = read.assessment.conflicts().len();
            }
            Err(error) => wrong.push(format!("seed {seed}, session {session}: {error}")),
        }
        if !wrong.is_empty() {
            break;
        }
    }
    if lie.is_none() && desk.disk.misuse() > 0 {
        wrong.push(format!("seed {seed}: a file was used after its sync had failed"));
    }
    Life { faults: desk.disk.faults(), acknowledged: ledger.acknowledged, wrong, alarms, conflicts }
}

/// A session: answers, groups, labels and the save file, in an order that is drawn.
fn answer_on(mut store: Store, ledger: &mut Ledger, chance: &mut ChaCha8Rng, seconds: i64) {
    for _ in 0..chance.random_range(1..40) {
        if chance.random_bool(0.15) {
            drop(store.write_save_file());
            continue;
        }
        let mut given: BTreeMap<usize, Given> = BTreeMap::new();
        for _ in 0..if chance.random_bool(0.2) { 4 } else { 1 } {
            let level = Level::ALL.get(chance.random_range(0..7_usize)).copied();
            given.insert(chance.random_range(0..QUESTIONS), level);
        }
        let given: Vec<(usize, Given)> = given.into_iter().collect();
        let changes: Vec<Change> = given
            .iter()
            .map(|(question, level)| Change::answer(store.assessment(), &id(*question), level.map(Answer::Level)))
            .collect();
        ledger.tries(&given);
        let is_saved = if let [change] = changes.as_slice() {
            store.record(change, &meta(seconds)).is_ok()
        } else {
            let mark = chance.random_bool(0.2).then(|| Mark::Snapshot("here".to_owned()));
            store.record_step(&without_reasons(&changes), mark.as_ref(), &meta(seconds)).is_ok()
        };
        if is_saved {
            ledger.saved(&given);
        }
    }
}

#[test]
fn a_long_life_on_a_bad_disk_loses_nothing_that_was_called_saved() {
    let wanted = std::env::var("READY42_FAULTS").ok().and_then(|text| text.parse().ok()).unwrap_or(FAULTS);
    let (mut all, mut lives, mut in_conflict) = (Life::default(), 0, 0);
    while all.faults < wanted {
        let Life { faults, acknowledged, wrong, alarms, conflicts } = life(lives, None);
        lives += 1;
        all.faults += faults;
        all.acknowledged += acknowledged;
        all.wrong.extend(wrong);
        all.alarms += alarms;
        all.conflicts += conflicts;
        in_conflict += usize::from(conflicts > 0);
        assert!(lives < 100 || all.faults > 100, "a disk without faults is no test");
    }
    let Life { faults, acknowledged, wrong, alarms, conflicts } = all;
    println!(
        "{faults} faults in {lives} lives from seed 0, {acknowledged} answers called saved, {} lost; {alarms} times a loss was told that was none; {in_conflict} lives end with {conflicts} values in conflict",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{} of {lives} lives: {:#?}", wrong.len(), &wrong[..wrong.len().min(8)]);
    // One that is told too often is not believed when it counts.
    assert!(alarms * 20 <= usize::try_from(lives).unwrap(), "{alarms} false alarms in {lives} lives");
}

#[test]
fn without_syncs_of_files_or_of_folders_such_a_life_loses_answers_which_shows_that_the_test_can_fail() {
    for lie in [Lie::All, Lie::Folders] {
        let lost = (0..60).filter(|seed| !life(*seed, Some(lie)).wrong.is_empty()).count();
        println!("control, no sync of {lie:?}: {lost} of 60 lives lose answers, as they must");
        assert!(lost > 20, "{lie:?}: only {lost} of 60 lives lost something");
    }
}
