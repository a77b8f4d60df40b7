//! Copies that were changed apart come together: whoever merges what in which order, the same comes out.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use super::{Desk, answer, empty, meta, note};
use crate::domain::assessment::{Answer, Assessment};
use crate::domain::change::Change;
use crate::domain::conflict::Field;
use crate::domain::level::Level;
use crate::storage::causes::Causes;
use crate::storage::disk::Disk;
use crate::storage::error::StoreError;
use crate::storage::history::History;
use crate::storage::notice::Notice;
use crate::storage::record::tests::any_change;
use crate::storage::record::{Base, ChangeRecord, Link, OpId, Record, VERSION};
use crate::storage::store::Merged;
use ulid::Ulid;

/// A copy of an assessment, as its records alone.
#[derive(Clone)]
struct Replica {
    history: History,
    /// The session that it writes, and its last number; a new one after each merge.
    session: Option<OpId>,
    sessions: u128,
    clock: u64,
    number: u128,
}

/// What happens to three copies.
#[derive(Clone, Debug)]
enum Happening {
    Change(usize, Change),
    Merge {
        from: usize,
        to: usize,
    },
    /// The program of this copy ends and begins again.
    Restart(usize),
}

impl Replica {
    fn new(number: u128) -> Self {
        let mut history = History::default();
        let op = OpId { session: Ulid(1), counter: 1 };
        history.add(record(op, vec![], 1, ChangeRecord::Base(Box::new(Base::of(&empty("acme"), 0, vec![], vec![])))));
        Self { history, session: None, sessions: 0, clock: 1, number }
    }

    fn record(&mut self, change: &Change) {
        self.clock = self.history.clock().max(self.clock) + 1;
        let (op, after) = if let Some(op) = self.session {
            (OpId { counter: op.counter + 1, ..op }, vec![])
        } else {
            self.sessions += 1;
            (OpId { session: Ulid(self.number * 1000 + self.sessions), counter: 1 }, self.history.heads())
        };
        self.history.add(record(op, after, self.clock, change.into()));
        self.session = Some(op);
    }

    fn merge(&mut self, other: &History) {
        assert_eq!(other.fork(&self.history), None);
        let new: Vec<Record> = other.beyond(&self.history).into_iter().cloned().collect();
        if !new.is_empty() {
            self.session = None;
        }
        for record in new {
            assert!(self.history.add(record));
        }
    }

    fn state(&self) -> Assessment {
        let restored = self.history.restore(None).unwrap().unwrap();
        assert_eq!(restored.missing, 0);
        restored.assessment
    }
}

fn record(op: OpId, after: Vec<OpId>, clock: u64, change: ChangeRecord) -> Record {
    let meta = meta(i64::try_from(clock).unwrap());
    let (author, because, group) = (meta.author.as_str().into(), None, None);
    Record { version: VERSION, op, after, clock, at: meta.at, author, because, group, previous: Link::Start, change }
}

fn any_happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        6 => (0..3usize, any_change()).prop_map(|(at, change)| Happening::Change(at, change)),
        1 => (0..3usize, 0..3usize).prop_map(|(from, to)| Happening::Merge { from, to }),
        1 => (0..3usize).prop_map(Happening::Restart),
    ]
}

/// Lets it happen, and returns the copies.
fn replicas(happenings: &[Happening]) -> [Replica; 3] {
    let mut replicas = [1, 2, 3].map(Replica::new);
    for happening in happenings {
        match happening {
            Happening::Change(at, change) => replicas[*at].record(change),
            Happening::Merge { from, to } => {
                let other = replicas[*from].history.clone();
                replicas[*to].merge(&other);
            }
            Happening::Restart(at) => replicas[*at].session = None,
        }
    }
    replicas
}

/// Returns what was said last about each field by who knew of all that was said before; a plain reckoning over all pairs.
fn last_said(history: &History) -> BTreeMap<Field, Vec<Change>> {
    let records: Vec<Record> = history.in_order().into_iter().cloned().collect();
    let mut knows: BTreeMap<OpId, Vec<OpId>> = BTreeMap::new();
    for record in &records {
        let before = OpId { counter: record.op.counter.saturating_sub(1), ..record.op };
        let direct: Vec<OpId> =
            record.after.iter().copied().chain(knows.contains_key(&before).then_some(before)).collect();
        let all: Vec<OpId> =
            direct.iter().flat_map(|op| knows.get(op).into_iter().flatten().copied().chain([*op])).collect();
        knows.insert(record.op, all);
    }
    let mut fields: BTreeMap<Field, Vec<&Record>> = BTreeMap::new();
    for record in &records {
        if let Ok(Some(change)) = record.change.to_change() {
            let said = fields.entry(change.field()).or_default();
            said.retain(|earlier| !knows[&record.op].contains(&earlier.op));
            said.push(record);
        }
    }
    let changes = |records: Vec<&Record>| records.iter().filter_map(|it| it.change.to_change().unwrap()).collect();
    fields.into_iter().map(|(field, records)| (field, changes(records))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn three_copies_come_to_the_same_in_any_order_and_nothing_is_lost(
        happenings in proptest::collection::vec(any_happening(), 0..40),
    ) {
        let copies = replicas(&happenings);
        let [a, b, c] = copies.each_ref().map(|copy| copy.history.clone());
        let merged = |start: &Replica, order: &[&History]| {
            let mut copy = start.clone();
            for other in order {
                copy.merge(other);
            }
            copy
        };
        let whole = merged(&copies[0], &[&b, &c]);
        let state = whole.state();
        // Commutative and associative: whoever merges, in whatever order, also by way of another.
        for other in [
            merged(&copies[0], &[&c, &b]),
            merged(&copies[1], &[&a, &c]),
            merged(&copies[2], &[&merged(&copies[1], &[&a]).history]),
            // Idempotent.
            merged(&whole, &[&a, &b, &c, &whole.history]),
        ] {
            prop_assert_eq!(&other.history, &whole.history);
            prop_assert_eq!(&other.state(), &state);
        }
        // Nothing is lost: what was said last, not knowing of each other, holds or stands in a conflict.
        for (field, said) in last_said(&whole.history) {
            let conflict = state.conflicts().iter().find(|conflict| conflict.field == field);
            let agree = said.iter().all(|change| change.agrees_with(&said[0]));
            match (&field, conflict) {
                (Field::Evidence(question, item), None) => {
                    let is_there = state.response(question).is_some_and(|response| response.evidence.contains(item));
                    let added = said.iter().any(|change| matches!(change, Change::EvidenceAdded { .. }));
                    prop_assert_eq!(is_there, added);
                }
                (Field::Marked(_) | Field::Note(_), None) if !agree => {}
                (_, None) => {
                    prop_assert!(agree, "{:?} was said, and no conflict is told", said);
                    let now = said[0].clone().from_now(&state);
                    // What the profile doesn't take, as a count that is no number, holds nowhere: also when it is set again.
                    let mut set = state.clone();
                    set.apply(&now);
                    let is_taken = said[0].clone().from_now(&set).is_idle(&set);
                    let is_excused = matches!(field, Field::Profile(_)) && !is_taken;
                    prop_assert!(now.is_idle(&state) || is_excused, "{:?} doesn't hold", said[0]);
                }
                (_, Some(conflict)) => {
                    prop_assert!(!agree);
                    let sides: Vec<Change> = conflict.sides.iter().map(|side| side.change.clone()).collect();
                    prop_assert_eq!(sides, said);
                }
            }
        }
    }
}

/// An edit of a note: lines are taken out from a place on, and a line that nobody else writes is put there.
#[derive(Clone, Debug)]
enum Writing {
    Edit { at: usize, place: prop::sample::Index, taken: usize },
    Merge { from: usize, to: usize },
}

fn any_writing() -> impl Strategy<Value = Writing> {
    prop_oneof![
        3 => (0..3usize, any::<prop::sample::Index>(), 0..3usize)
            .prop_map(|(at, place, taken)| Writing::Edit { at, place, taken }),
        2 => (0..3usize, 0..3usize).prop_map(|(from, to)| Writing::Merge { from, to }),
    ]
}

/// Lets three copies edit the note of one question, each what it has before it. Returns them, and which change wrote each
/// line.
fn writers(writings: &[Writing]) -> ([Replica; 3], BTreeMap<String, OpId>) {
    let begun: Vec<String> = (1..=9).map(|line| format!("begun {line}")).collect();
    let mut first = Replica::new(1);
    first.record(&Change::note(&first.state(), &"q1".into(), begun.join("\n")));
    let mut replicas = [1, 2, 3].map(|number| Replica { session: None, number, ..first.clone() });
    let mut lines = BTreeMap::new();
    for (count, writing) in writings.iter().enumerate() {
        match writing {
            Writing::Edit { at, place, taken } => {
                let replica = &mut replicas[*at];
                let state = replica.state();
                let note = state.response(&"q1".into()).map(|response| response.note.clone()).unwrap_or_default();
                let mut text: Vec<&str> = vec![];
                // Who finds two texts one below the other keeps each line once.
                note.split('\n').for_each(|line| {
                    if !text.contains(&line) {
                        text.push(line);
                    }
                });
                let from = place.index(text.len() + 1);
                let line = format!("written {count}");
                drop(text.splice(from..text.len().min(from + taken), [line.as_str()]));
                replica.record(&Change::note(&state, &"q1".into(), text.join("\n")));
                lines.insert(line, replica.session.unwrap());
            }
            Writing::Merge { from, to } => {
                let other = replicas[*from].history.clone();
                replicas[*to].merge(&other);
            }
        }
    }
    (replicas, lines)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn every_line_of_a_note_is_in_it_or_in_an_open_conflict_or_was_taken_out_by_who_had_it(
        writings in proptest::collection::vec(any_writing(), 0..20),
    ) {
        let (copies, lines) = writers(&writings);
        let [a, b, c] = copies.each_ref().map(|copy| copy.history.clone());
        let merged = |start: &Replica, others: [&History; 2]| {
            let mut copy = start.clone();
            for other in others {
                copy.merge(other);
            }
            copy
        };
        let whole = merged(&copies[0], [&b, &c]);
        let state = whole.state();
        for other in [merged(&copies[1], [&c, &a]), merged(&copies[2], [&a, &b]), merged(&whole, [&a, &whole.history])] {
            prop_assert_eq!(&other.state(), &state);
            prop_assert_eq!(other.history.joined(), whole.history.joined());
        }
        let causes = Causes::of(&whole.history.in_order().into_iter().cloned().map(|it| (it.op, Arc::new(it))).collect());
        let said = last_said_notes(&whole.history);
        let note = state.response(&"q1".into()).map(|response| response.note.clone()).unwrap_or_default();
        prop_assert!(state.conflicts().len() <= 1);
        let has = |text: &str, line: &str| text.split('\n').any(|other| other == line);
        for (op, text) in &said {
            for line in text.split('\n').filter(|line| !has(&note, line)) {
                // Those that all began with have no name, and were known to all.
                let knew = |other: OpId| lines.get(line).is_none_or(|wrote| *wrote == other || causes.knew(*wrote, other));
                let is_taken = said.iter().any(|(other, text)| other != op && knew(*other) && !has(text, line));
                let is_open = state.conflicts().iter().flat_map(|conflict| &conflict.sides).any(|side| {
                    matches!(&side.change, Change::Note { edit, .. } if has(&edit.new, line))
                });
                prop_assert!(is_taken || is_open, "{line:?} is lost from {said:?}: {note:?}");
            }
        }
    }
}

/// Returns what was said last about the note by who knew of all that was said before, with the change that said it.
fn last_said_notes(history: &History) -> Vec<(OpId, String)> {
    let records: BTreeMap<OpId, Arc<Record>> =
        history.in_order().into_iter().cloned().map(|it| (it.op, Arc::new(it))).collect();
    let causes = Causes::of(&records);
    let is_last = |record: &&Arc<Record>| !records.keys().any(|other| causes.knew(record.op, *other));
    let last = records.values().filter(|record| matches!(record.change, ChangeRecord::Note { .. })).filter(is_last);
    let note = |record: &Arc<Record>| match &record.change {
        ChangeRecord::Note { new, .. } => (record.op, new.clone()),
        other => panic!("{other:?}"),
    };
    last.map(note).collect()
}

/// Lets a copy replace a line of its note.
fn rewrites(replica: &mut Replica, old: &str, new: &str) {
    let state = replica.state();
    let note = state.response(&"q1".into()).unwrap().note.clone();
    assert!(note.contains(old), "{note}");
    replica.record(&Change::note(&state, &"q1".into(), note.replace(old, new)));
}

#[test]
fn notes_are_joined_again_where_both_copies_go_on_with_what_was_joined() {
    let ([mut one, mut two, _], _) = writers(&[]);
    rewrites(&mut one, "begun 1", "one");
    rewrites(&mut one, "begun 2", "one more");
    rewrites(&mut two, "begun 8", "two");
    let (of_one, of_two) = (one.history.clone(), two.history.clone());
    one.merge(&of_two);
    two.merge(&of_one);
    assert_eq!(one.history.joined(), ["q1".into()]);
    // Both know of both now, and go on side by side.
    rewrites(&mut one, "two", "two, and one again");
    rewrites(&mut two, "one more", "one more, and two again");
    one.merge(&two.history);
    let state = one.state();
    let note = "one\none more, and two again\nbegun 3\nbegun 4\nbegun 5\nbegun 6\nbegun 7\ntwo, and one again\nbegun 9";
    assert_eq!((state.response(&"q1".into()).unwrap().note.as_str(), state.conflicts()), (note, &[][..]));
    // Who writes it again has it as it stands: nothing is joined any more.
    rewrites(&mut one, "begun 5", "five");
    assert_eq!((one.history.joined(), one.state().conflicts().len()), (vec![], 0));
}

#[test]
fn notes_that_were_written_side_by_side_in_one_line_stay_an_open_conflict_with_both_texts() {
    let ([mut one, mut two, _], _) = writers(&[]);
    rewrites(&mut one, "begun 4", "one");
    rewrites(&mut two, "begun 4", "two");
    one.merge(&two.history);
    let state = one.state();
    assert_eq!(state.conflicts()[0].sides.len(), 2);
    let note = &state.response(&"q1".into()).unwrap().note;
    assert!(note.contains("one") && note.contains("two"), "{note}");
    assert_eq!(one.history.joined(), []);
}

#[test]
fn a_note_that_a_merge_joins_is_told_once_and_holds_also_where_only_the_readable_state_is_read() {
    let desk = Desk::new();
    let mut ours = desk.open(10).unwrap().store;
    let begun = "First.\n\nSecond.\n\nThird.";
    ours.record(&Change::note(ours.assessment(), &"q1".into(), begun.to_owned()), &meta(10)).unwrap();
    drop(ours);
    let copy = copied(&desk, "copy");
    let mut theirs = copy.open(20).unwrap().store;
    let third = begun.replace("Third", "Third, theirs");
    theirs.record(&Change::note(theirs.assessment(), &"q1".into(), third), &meta(20)).unwrap();
    drop(theirs);
    let first = begun.replace("First", "First, ours");
    let mut ours = desk.open(30).unwrap().store;
    ours.record(&Change::note(ours.assessment(), &"q1".into(), first), &meta(30)).unwrap();
    let merged = ours.merge_folder(&copy.folder, &meta(40)).unwrap();
    ours.write_save_file().unwrap();
    assert_eq!((merged.changes, merged.joined), (1, vec!["q1".into()]));
    let joined = "First, ours.\n\nSecond.\n\nThird, theirs.";
    assert_eq!(ours.assessment().response(&"q1".into()).unwrap().note, joined);
    assert!(ours.is_whole());
    assert_eq!(ours.merge_folder(&copy.folder, &meta(41)).unwrap(), Merged::default(), "nothing is new");
    drop(ours);
    assert_eq!(desk.read().unwrap().notices, [], "the merge has told it");
    assert_eq!(desk.read().unwrap().assessment.response(&"q1".into()).unwrap().note, joined);
    // The files come together by themselves, as git brings them: it is told until the readable state is written.
    let names = desk.disk.list(&desk.folder.join("journal")).unwrap();
    for name in names.iter().filter(|name| !copy.disk.list(&copy.folder.join("journal")).unwrap().contains(name)) {
        let bytes = desk.disk.read(&desk.folder.join("journal").join(name), 1 << 20).unwrap();
        desk.disk.create_new(&copy.folder.join("journal").join(name)).unwrap().append(&bytes).unwrap();
    }
    let told = copy.read().unwrap();
    assert_eq!(told.notices, [Notice::Joined { questions: vec!["q1".into()] }]);
    assert_eq!(told.assessment.response(&"q1".into()).unwrap().note, joined);
    assert_eq!(copy.open(50).unwrap().notices, told.notices);
    assert_eq!(copy.read().unwrap().notices, []);
}

/// Copies all files of an assessment to another folder of the same disk.
fn copied(desk: &Desk, name: &str) -> Desk {
    let folder = std::path::PathBuf::from(format!("/a/{name}"));
    desk.disk.create_folder(&folder).unwrap();
    desk.disk.create_folder(&folder.join("journal")).unwrap();
    let names = desk.disk.list(&desk.folder.join("journal")).unwrap();
    for name in names.iter().map(|name| format!("journal/{name}")).chain(["assessment.toml".to_owned()]) {
        let bytes = desk.disk.read(&desk.folder.join(&name), 1 << 20).unwrap();
        let mut file = desk.disk.create_new(&folder.join(&name)).unwrap();
        file.append(&bytes).unwrap();
        file.sync().unwrap();
    }
    Desk { disk: desk.disk.clone(), folder }
}

fn level(assessment: &Assessment, question: &str, level: Level) -> Change {
    Change::answer(assessment, &question.into(), Some(Answer::Level(level)))
}

#[test]
fn two_folders_that_were_changed_apart_merge_without_loss_and_a_later_answer_decides() {
    let desk = Desk::new();
    desk.answer(10, 0..4);
    let copy = copied(&desk, "copy");
    let mut theirs = copy.open(20).unwrap().store;
    theirs.record(&level(theirs.assessment(), "q1", Level::Improving), &meta(20)).unwrap();
    theirs.record(&level(theirs.assessment(), "q20", Level::Operating), &meta(21)).unwrap();
    theirs.record(&note(theirs.assessment(), 2), &meta(22)).unwrap();
    drop(theirs);
    let mut ours = desk.open(30).unwrap().store;
    ours.record(&level(ours.assessment(), "q1", Level::AdHoc), &meta(30)).unwrap();
    ours.record(&level(ours.assessment(), "q21", Level::Documented), &meta(31)).unwrap();
    assert_eq!(ours.merge_folder(&copy.folder, &meta(40)).unwrap().changes, 3);

    let merged = ours.assessment().clone();
    assert_eq!(merged.answer(&"q1".into()), Some(&Answer::Level(Level::AdHoc)), "the lower level counts");
    assert_eq!(merged.answer(&"q20".into()), Some(&Answer::Level(Level::Operating)));
    assert_eq!(merged.answer(&"q21".into()), Some(&Answer::Level(Level::Documented)));
    assert_eq!(merged.response(&"q2".into()).unwrap().note, "note 2");
    assert_eq!(merged.conflicts().len(), 1);
    assert!(!ours.is_whole(), "who reads the readable state alone would not be told of the conflict");
    assert_eq!(ours.merge_folder(&copy.folder, &meta(41)).unwrap().changes, 0, "a second time there is nothing new");
    drop(ours);
    assert_eq!(desk.read().unwrap().assessment, merged);
    let pinned = desk.disk.list(&desk.folder.join("backups")).unwrap();
    assert!(pinned.iter().any(|name| name.contains(".before-merge.")), "{pinned:?}");

    // The other way round the same comes out.
    let mut theirs = copy.open(50).unwrap().store;
    theirs.merge_folder(&desk.folder, &meta(50)).unwrap();
    assert_eq!(theirs.assessment(), &merged);
    drop(theirs);

    let mut ours = desk.open(60).unwrap().store;
    ours.record(&level(ours.assessment(), "q1", Level::Improving), &meta(60)).unwrap();
    assert_eq!(ours.assessment().conflicts(), []);
    drop(ours);
    let read = desk.read().unwrap();
    assert_eq!((read.assessment.conflicts(), read.notices), (&[][..], vec![]));
    assert_eq!(read.assessment.answer(&"q1".into()), Some(&Answer::Level(Level::Improving)));
}

#[test]
fn a_merge_that_is_killed_anywhere_is_all_or_nothing() {
    for n in 0.. {
        let desk = Desk::new();
        let before = desk.answer(10, 0..4);
        let copy = copied(&desk, "copy");
        let after = copy.answer(20, 4..8);
        let mut store = desk.open(30).unwrap().store;
        let start = desk.disk.calls();
        desk.disk.plan(n, crate::storage::disk::memory::Fault::Kill);
        drop(store.merge_folder(&copy.folder, &meta(40)));
        let calls = desk.disk.calls() - start;
        drop(store);
        desk.disk.power_cut(n as u64);
        let read = desk.read().unwrap();
        assert!(read.assessment == before || read.assessment == after, "killed at {n}: a half");
        assert!(!read.notices.iter().any(Notice::is_loss), "killed at {n}: {:?}", read.notices);
        if n > calls {
            assert_eq!(read.assessment, after);
            assert!(n > 8, "a merge of {n} calls is no test");
            return;
        }
    }
}

/// Found by a reader: the first change of a group came in alone, stood last in the file of the merge, and was taken for
/// what a kill had left.
#[test]
fn what_of_a_group_was_damaged_here_comes_back_from_a_copy() {
    // A flip in the first line, and in the last.
    for (flipped, lost) in [(0, 1), (1, 2)] {
        let desk = Desk::new();
        let mut store = desk.open(10).unwrap().store;
        let changes = [level(store.assessment(), "q1", Level::AdHoc), level(store.assessment(), "q2", Level::Measured)];
        store.record_all(&super::without_reasons(&changes), &meta(10)).unwrap();
        let (whole, file) = (store.assessment().clone(), store.session_file().unwrap().to_str().unwrap().to_owned());
        drop(store);
        let copy = copied(&desk, "copy");
        desk.disk.edit(&file, |bytes| {
            let line = if flipped == 0 { 0 } else { bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1 };
            bytes[line + 30] ^= 1;
        });
        let mut store = desk.open(20).unwrap().store;
        assert_ne!(store.assessment(), &whole, "only the journal had it, and it is damaged");
        assert_eq!(store.merge_folder(&copy.folder, &meta(30)).unwrap().changes, lost);
        assert_eq!(store.assessment(), &whole);
        store.write_save_file().unwrap();
        drop(store);
        assert_eq!(desk.open(40).unwrap().notices, []);
        assert_eq!(desk.read().unwrap().assessment, whole);
    }
}

#[test]
fn a_file_of_a_merge_that_is_still_on_its_way_counts_as_a_whole_or_not_at_all() {
    let desk = Desk::new();
    let before = desk.answer(10, 0..4);
    let mut theirs = before.clone();
    for n in 10..16 {
        theirs.apply(&answer(&theirs, n));
    }
    let mut store = desk.open(20).unwrap().store;
    store.merge_state(&theirs, &meta(30)).unwrap();
    let whole = store.assessment().clone();
    drop(store);
    // A sync tool has brought a part of it, up to the end of a line.
    let file = desk.journals().into_iter().find(|file| file.ends_with(".merged.jsonl")).unwrap();
    let mut bytes = vec![];
    desk.disk.edit(&file, |there| bytes.clone_from(there));
    let ends: Vec<usize> = (1..=bytes.len()).filter(|end| bytes[end - 1] == b'\n').collect();
    assert_eq!(ends.len(), 6);
    for end in &ends {
        desk.disk.edit(&file, |there| *there = bytes[..*end].to_vec());
        let state = desk.read().unwrap().assessment;
        assert_eq!(state, if end == ends.last().unwrap() { whole.clone() } else { before.clone() });
    }
}

#[test]
fn a_merge_that_can_not_be_taken_over_at_this_moment_says_so_and_counts_at_the_next_opening() {
    let desk = Desk::new();
    desk.answer(10, 0..4);
    let copy = copied(&desk, "copy");
    let merged = copy.answer(20, 4..8);
    let mut store = desk.open(30).unwrap().store;
    let file = desk.journals().pop().unwrap();
    super::unread::hide(&desk, &file);
    let error = store.merge_folder(&copy.folder, &meta(40)).unwrap_err();
    assert!(error.to_string().contains("is recorded"), "{error}");
    drop(store);
    super::unread::show(&desk, &file);
    assert_eq!(desk.open(50).unwrap().store.assessment(), &merged);
}

#[test]
fn the_backup_before_a_merge_is_whole_also_where_an_earlier_attempt_was_killed() {
    for n in 0.. {
        let desk = Desk::new();
        let before = desk.answer(10, 0..4);
        let copy = copied(&desk, "copy");
        copy.answer(20, 4..8);
        let mut store = desk.open(30).unwrap().store;
        let start = desk.disk.calls();
        desk.disk.plan(n, crate::storage::disk::memory::Fault::Kill);
        let is_through = store.merge_folder(&copy.folder, &meta(40)).is_ok();
        let calls = desk.disk.calls() - start;
        drop(store);
        desk.disk.restart();
        let mut store = desk.open(50).unwrap().store;
        store.merge_folder(&copy.folder, &meta(60)).unwrap();
        drop(store);
        let backups = desk.folder.join("backups");
        let pinned = desk.disk.list(&backups).unwrap().into_iter().filter(|name| name.ends_with(".before-merge.toml"));
        let states: Vec<_> = pinned
            .map(|name| crate::storage::save_file::Saved::read(&desk.disk.read(&backups.join(name), 1 << 20).unwrap()))
            .collect();
        assert!(
            states.iter().all(|state| state.as_ref().is_ok_and(|saved| saved.assessment == before)),
            "killed at {n}"
        );
        assert!(!states.is_empty(), "killed at {n}");
        if is_through {
            assert!(n > calls.min(8), "a merge of {calls} calls is no test");
            return;
        }
    }
}

#[test]
fn an_assessment_of_another_making_is_no_copy_and_nothing_is_changed() {
    let (desk, other) = (Desk::new(), Desk::new());
    let before = desk.answer(10, 0..4);
    other.answer(10, 0..6);
    let names = other.disk.list(&other.folder.join("journal")).unwrap();
    desk.disk.create_folder("/a/other".as_ref()).unwrap();
    desk.disk.create_folder("/a/other/journal".as_ref()).unwrap();
    for name in names {
        let bytes = other.disk.read(&other.folder.join("journal").join(&name), 1 << 20).unwrap();
        desk.disk.create_new(&std::path::Path::new("/a/other/journal").join(name)).unwrap().append(&bytes).unwrap();
    }
    let mut store = desk.open(30).unwrap().store;
    let error = store.merge_folder("/a/other".as_ref(), &meta(40)).unwrap_err();
    assert!(matches!(error, StoreError::NoCopy { .. }), "{error}");
    drop(store);
    assert_eq!(desk.read().unwrap().assessment, before);
}

#[test]
fn a_change_that_both_copies_name_alike_and_tell_otherwise_is_refused_and_nothing_is_changed() {
    let desk = Desk::new();
    let mut ours = desk.open(10).unwrap().store;
    ours.record(&level(ours.assessment(), "q1", Level::AdHoc), &meta(10)).unwrap();
    let copy = copied(&desk, "copy");
    // Both go on with the same session, as on two machines that wake from one image.
    let file = ours.session_file().unwrap().to_str().unwrap().to_owned();
    ours.record(&level(ours.assessment(), "q2", Level::AdHoc), &meta(11)).unwrap();
    drop(ours);
    let text = String::from_utf8(desk.disk.read(file.as_ref(), 1 << 20).unwrap()).unwrap();
    let (first, second) = text.split_once('\n').unwrap();
    let json = second.trim_end().splitn(3, ' ').nth(2).unwrap().replace("\"q2\"", "\"q3\"");
    assert!(json.contains("\"q3\""));
    let forged = format!("{first}\n{:08x} {} {json}\n", crc32c::crc32c(json.as_bytes()), json.len());
    desk.disk.edit(&file.replace(desk.folder.to_str().unwrap(), "/a/copy"), |bytes| *bytes = forged.into_bytes());
    let before = desk.read().unwrap().assessment;
    let mut ours = desk.open(20).unwrap().store;
    let error = ours.merge_folder(&copy.folder, &meta(21)).unwrap_err();
    assert!(matches!(&error, StoreError::NoCopy { why, .. } if why.contains("and they differ")), "{error}");
    drop(ours);
    assert_eq!(desk.read().unwrap().assessment, before);
}

#[test]
fn a_state_without_history_fills_what_is_open_and_contradicts_what_differs_once() {
    let desk = Desk::new();
    let before = desk.answer(10, 0..4);
    let mut theirs = before.clone();
    let ours = before.answer(&"q1".into()).and_then(Answer::level).unwrap();
    let other = Level::ALL.into_iter().rev().find(|level| *level != ours).unwrap();
    theirs.apply(&level(&theirs, "q1", other));
    theirs.apply(&answer(&theirs, 30));
    theirs.apply(&Change::answer(&theirs, &"q2".into(), None));
    let mut store = desk.open(20).unwrap().store;
    assert_eq!(store.merge_state(&theirs, &meta(30)).unwrap(), 2);
    let merged = store.assessment().clone();
    assert_eq!(merged.answer(&"q1".into()), Some(&Answer::Level(ours.min(other))));
    assert_eq!(merged.answer(&"q30".into()), theirs.answer(&"q30".into()));
    assert_eq!(merged.answer(&"q2".into()), before.answer(&"q2".into()), "what it lacks takes nothing away");
    assert_eq!(merged.conflicts().len(), 1);
    assert_eq!(store.merge_state(&theirs, &meta(31)).unwrap(), 0);
    drop(store);
    assert_eq!(desk.read().unwrap().assessment, merged);
}
