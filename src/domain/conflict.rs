//! Where two copies of an assessment say different things, and neither knew of the other.
//!
//! Both values are kept, and shown. Until somebody decides by a new change, the state has the one that claims less.

mod field;
mod join;

use chrono::{DateTime, Utc};

use crate::domain::assessment::Answer;
use crate::domain::change::{Change, Edit, MOST_TEXT};
use crate::domain::conflict::join::join;
use crate::domain::history::sentence;
use crate::domain::id::QuestionId;
use crate::domain::text::visible;

pub use field::Field;

/// What stands between two notes that were merged.
const BETWEEN: &str = "\n\n";

/// One of the values that contradict each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The change that set it.
    pub change: Change,
    /// Who made it.
    pub who: String,
    /// When, as that one's clock had it.
    pub at: DateTime<Utc>,
}

/// Values of one field that were set without knowing of each other, and that differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The field.
    pub field: Field,
    /// The values, at least two.
    pub sides: Vec<Side>,
}

/// What values that were set without knowing of each other come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// The value that holds for now.
    pub change: Change,
    /// What somebody has to decide; none where nothing is lost by that value.
    pub conflict: Option<Conflict>,
    /// Whether it is a text that none of them wrote: the changes of all of them, which touch different lines.
    pub is_joined: bool,
}

/// Returns what values of one field come to that were set without knowing of each other; none where all agree, or where
/// there is nothing. The order of the sides is that of the history, the same in every copy; of a note, `base` is the text
/// that all sides began with, where that is known.
#[must_use]
pub fn settle_from(base: Option<&str>, sides: Vec<Side>) -> Option<Settlement> {
    let (first, rest) = sides.split_first()?;
    if rest.iter().all(|side| side.change.agrees_with(&first.change)) {
        return None;
    }
    let field = first.change.field();
    if let (Field::Note(question), Some(base)) = (&field, base)
        && let Some(change) = joined(question, base, &sides)
    {
        let is_joined = !sides.iter().any(|side| side.change.agrees_with(&change));
        return Some(Settlement { change, conflict: None, is_joined });
    }
    // Who sets a value wins over who takes it away; of several the last holds, unless one of them claims less.
    let set: Vec<&Change> = sides.iter().map(|side| &side.change).filter(|change| !change.is_removal()).collect();
    let last = set.last().copied().unwrap_or(&first.change).clone();
    let (change, is_open) = match &field {
        Field::Evidence(..) | Field::Marked(_) => (last, false),
        Field::Answer(_) => (lowest(&set).unwrap_or(last), true),
        Field::Note(question) => note(question, &set).unwrap_or((last, true)),
        _ => (last, true),
    };
    let conflict = is_open.then_some(Conflict { field, sides });
    Some(Settlement { change, conflict, is_joined: false })
}

/// Returns what values come to, as [`settle_from`] does, where it isn't known what they began with.
#[cfg(test)]
pub fn settle(sides: Vec<Side>) -> Option<Settlement> {
    settle_from(None, sides)
}

/// Returns the note with the changes of all sides, where they touch different lines. Who took the whole note away has not
/// changed a line of it.
fn joined(question: &QuestionId, base: &str, sides: &[Side]) -> Option<Change> {
    let text = |side: &Side| match &side.change {
        Change::Note { edit, .. } if !edit.new.is_empty() => Some(edit.new.clone()),
        _ => None,
    };
    let texts: Vec<String> = sides.iter().map(text).collect::<Option<_>>()?;
    let new = join(base, &texts.iter().map(String::as_str).collect::<Vec<_>>())?;
    let fits = new.len() <= MOST_TEXT;
    fits.then(|| Change::Note { question: question.clone(), edit: Edit { old: base.to_owned(), new } })
}

/// Returns the answer with the lowest level. A level goes before not applicable: it counts.
fn lowest(set: &[&Change]) -> Option<Change> {
    let level = |change: &&&Change| match change {
        Change::Answer { edit: Edit { new: Some(Answer::Level(level)), .. }, .. } => Some(*level),
        _ => None,
    };
    set.iter().filter(|change| level(change).is_some()).min_by_key(|change| level(change)).copied().cloned()
}

/// Returns the note that has all of these, and whether somebody should look at it: not where one holds the others.
fn note(question: &QuestionId, set: &[&Change]) -> Option<(Change, bool)> {
    let mut texts: Vec<&str> = vec![];
    for change in set {
        if let Change::Note { edit, .. } = change
            && !texts.contains(&edit.new.as_str())
        {
            texts.push(&edit.new);
        }
    }
    let all = texts.iter().find(|text| texts.iter().all(|other| text.contains(other)));
    let (new, is_open) = match all {
        Some(all) => ((*all).to_owned(), false),
        None => (texts.join(BETWEEN), true),
    };
    let fits = new.len() <= MOST_TEXT;
    let edit = Edit { old: String::new(), new };
    fits.then(|| (Change::Note { question: question.clone(), edit }, is_open))
}

impl Conflict {
    /// Returns the question that it is about, where it is about one.
    #[must_use]
    pub fn question(&self) -> Option<&QuestionId> {
        match &self.field {
            Field::Answer(question)
            | Field::Note(question)
            | Field::Owner(question)
            | Field::Due(question)
            | Field::Reviewed(question)
            | Field::Marked(question)
            | Field::Evidence(question, _) => Some(question),
            Field::Name
            | Field::Depth
            | Field::Seed
            | Field::Profile(_)
            | Field::Exclusion(_)
            | Field::Inclusion(_)
            | Field::OwnControl(_)
            | Field::Approval => None,
        }
    }

    /// Returns what it is about, in words: `the answer to 4.1-1`.
    #[must_use]
    pub fn subject(&self) -> String {
        self.sides.first().map(|side| side.change.subject()).unwrap_or_default()
    }

    /// Returns the values that contradict each other, each in a sentence with who set it and when.
    #[must_use]
    pub fn told(&self) -> Vec<String> {
        let told = |side: &Side| {
            let who = if side.who.is_empty() { String::new() } else { format!("{}, ", visible(&side.who)) };
            format!("{} ({who}{} UTC)", sentence(&side.change), side.at.format("%Y-%m-%d %H:%M"))
        };
        self.sides.iter().map(told).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::assessment::Evidence;
    use crate::domain::level::Level;

    fn answer(new: Option<Answer>) -> Change {
        Change::Answer { question: "4.1-1".into(), edit: Edit { old: None, new } }
    }

    fn level(number: u8) -> Change {
        answer(Level::new(number).map(Answer::Level))
    }

    fn note(new: &str) -> Change {
        Change::Note { question: "4.1-1".into(), edit: Edit { old: String::new(), new: new.to_owned() } }
    }

    fn settled(changes: &[Change]) -> Option<Settlement> {
        settled_from(None, changes)
    }

    fn settled_from(base: Option<&str>, changes: &[Change]) -> Option<Settlement> {
        let side = |change: &Change| Side { change: change.clone(), who: "Ann".to_owned(), at: DateTime::UNIX_EPOCH };
        settle_from(base, changes.iter().map(side).collect())
    }

    #[test]
    fn the_lower_level_holds_and_both_are_kept() {
        let settled = settled(&[level(1), level(4)]).unwrap();
        assert_eq!(settled.change, level(1));
        let conflict = settled.conflict.unwrap();
        assert_eq!((conflict.sides.len(), conflict.subject()), (2, "the answer to 4.1-1".to_owned()));
        assert!(conflict.told()[0].contains("level 1"), "{:?}", conflict.told());
    }

    #[test]
    fn a_level_holds_before_not_applicable_and_before_an_answer_that_was_taken_away() {
        let na = answer(Some(Answer::NotApplicable { because: "no suppliers".to_owned() }));
        for others in [[na.clone(), level(3)], [level(3), na.clone()], [level(3), answer(None)]] {
            let settled = settled(&others).unwrap();
            assert_eq!(settled.change, level(3));
            assert!(settled.conflict.is_some());
        }
        assert_eq!(settled(&[answer(None), na.clone()]).unwrap().change, na);
    }

    #[test]
    fn the_same_value_twice_is_no_conflict() {
        assert_eq!(settled(&[level(2), level(2)]), None);
        assert_eq!(settled(&[note("x"), note("x"), note("x")]), None);
    }

    #[test]
    fn two_notes_are_both_kept_and_one_that_holds_the_other_is_enough() {
        let both = settled(&[note("one"), note("two")]).unwrap();
        assert_eq!(both.change, note("one\n\ntwo"));
        assert!(both.conflict.is_some());
        let longer = settled(&[note("one and two"), note("one")]).unwrap();
        assert_eq!((longer.change, longer.conflict), (note("one and two"), None));
    }

    #[test]
    fn two_notes_that_differ_from_one_in_different_lines_are_joined_and_nobody_has_to_decide() {
        let changes = [note("one!\n\ntwo"), note("one\n\ntwo\n\nthree")];
        let joined = settled_from(Some("one\n\ntwo"), &changes).unwrap();
        let Change::Note { edit, .. } = &joined.change else { panic!("{joined:?}") };
        assert_eq!((edit.old.as_str(), edit.new.as_str()), ("one\n\ntwo", "one!\n\ntwo\n\nthree"));
        assert_eq!((joined.conflict, joined.is_joined), (None, true));
        // Not where the past isn't known, and not where they touch the same line.
        assert!(settled(&changes).unwrap().conflict.is_some());
        let same_line = settled_from(Some("one"), &[note("one!"), note("one?")]).unwrap();
        assert_eq!((same_line.change, same_line.is_joined), (note("one!\n\none?"), false));
        assert!(same_line.conflict.is_some());
    }

    #[test]
    fn a_note_that_one_empties_and_another_goes_on_with_stays() {
        let settled = settled_from(Some("one\n\ntwo"), &[note(""), note("one")]).unwrap();
        assert_eq!(settled.change, note("one"));
        assert!(!settled.is_joined);
    }

    #[test]
    fn two_notes_that_are_too_long_together_are_both_kept() {
        let (long, base) = ("x".repeat(MOST_TEXT / 2), "a\n\nb");
        let sides = [note(&format!("{long}\n\nb")), note(&format!("a\n\n{long}{long}"))];
        let settled = settled_from(Some(base), &sides).unwrap();
        assert!(settled.conflict.is_some_and(|conflict| conflict.sides.len() == 2));
    }

    #[test]
    fn evidence_that_one_adds_and_another_removes_is_there() {
        use crate::domain::questionnaire::EvidenceKind;
        let evidence =
            Evidence { kind: EvidenceKind::ALL[0], what: "Policy".to_owned(), date: None, valid_until: None };
        let added = Change::EvidenceAdded { question: "4.1-1".into(), evidence: evidence.clone() };
        let removed = Change::EvidenceRemoved { question: "4.1-1".into(), evidence };
        for sides in [[added.clone(), removed.clone()], [removed, added.clone()]] {
            let settled = settled(&sides).unwrap();
            assert_eq!((settled.change, settled.conflict), (added.clone(), None));
        }
    }

    #[test]
    fn a_control_that_one_excludes_and_another_includes_counts() {
        let exclusion = |new: Option<&str>| Change::Exclusion {
            requirement: "A.5.2".into(),
            edit: Edit { old: None, new: new.map(str::to_owned) },
        };
        let settled = settled(&[exclusion(None), exclusion(Some("no impact"))]).unwrap();
        assert_eq!(settled.change, exclusion(None));
        assert!(settled.conflict.is_some());
    }
}
