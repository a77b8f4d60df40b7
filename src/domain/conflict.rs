//! Where two copies of an assessment say different things, and neither knew of the other.
//!
//! Both values are kept, and shown. Until somebody decides by a new change, the state has the one that claims less.

use chrono::{DateTime, Utc};

use crate::domain::assessment::{Answer, Evidence};
use crate::domain::change::{Change, Edit, MOST_TEXT};
use crate::domain::history::sentence;
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::text::visible;

/// What stands between two notes that were merged.
const BETWEEN: &str = "\n\n";

/// The value that a change sets. Two changes of one field can contradict each other; changes of two can't.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The name of the assessment.
    Name,
    /// How much is walked through.
    Depth,
    /// The seed of the timeline.
    Seed,
    /// A field of the profile, by its word.
    Profile(&'static str),
    /// The answer to a question.
    Answer(QuestionId),
    /// The note of a question.
    Note(QuestionId),
    /// The owner of a gap.
    Owner(QuestionId),
    /// The due date of a gap.
    Due(QuestionId),
    /// When an answer was confirmed.
    Reviewed(QuestionId),
    /// Whether a question is marked.
    Marked(QuestionId),
    /// Whether an item of evidence is there.
    Evidence(QuestionId, Evidence),
    /// Whether, and why, a control is excluded.
    Exclusion(RequirementId),
    /// Why a control is included.
    Inclusion(RequirementId),
    /// A control of the organisation's own.
    OwnControl(RequirementId),
    /// The approval of the Statement of Applicability.
    Approval,
}

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
}

impl Change {
    /// Returns the field that it sets.
    #[must_use]
    pub fn field(&self) -> Field {
        match self {
            Self::Rename(_) => Field::Name,
            Self::Depth(_) => Field::Depth,
            Self::Seed(_) => Field::Seed,
            Self::Profile { key, .. } => Field::Profile(key.word()),
            Self::Answer { question, .. } => Field::Answer(question.clone()),
            Self::Note { question, .. } => Field::Note(question.clone()),
            Self::Owner { question, .. } => Field::Owner(question.clone()),
            Self::Due { question, .. } => Field::Due(question.clone()),
            Self::Reviewed { question, .. } => Field::Reviewed(question.clone()),
            Self::Marked { question, .. } => Field::Marked(question.clone()),
            Self::EvidenceAdded { question, evidence } | Self::EvidenceRemoved { question, evidence } => {
                Field::Evidence(question.clone(), evidence.clone())
            }
            Self::Exclusion { requirement, .. } => Field::Exclusion(requirement.clone()),
            Self::Inclusion { requirement, .. } => Field::Inclusion(requirement.clone()),
            Self::OwnControl { control, .. } => Field::OwnControl(control.clone()),
            Self::Approval(_) => Field::Approval,
        }
    }

    /// Returns whether both lead to the same value.
    #[must_use]
    pub fn agrees_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Depth(one), Self::Depth(two)) => one.new == two.new,
            (Self::Seed(one), Self::Seed(two)) => one.new == two.new,
            (Self::Answer { edit: one, .. }, Self::Answer { edit: two, .. }) => one.new == two.new,
            (Self::Rename(one), Self::Rename(two))
            | (Self::Note { edit: one, .. }, Self::Note { edit: two, .. })
            | (Self::Owner { edit: one, .. }, Self::Owner { edit: two, .. })
            | (Self::Profile { edit: one, .. }, Self::Profile { edit: two, .. }) => one.new == two.new,
            (Self::Due { edit: one, .. }, Self::Due { edit: two, .. })
            | (Self::Reviewed { edit: one, .. }, Self::Reviewed { edit: two, .. }) => one.new == two.new,
            (Self::Marked { edit: one, .. }, Self::Marked { edit: two, .. }) => one.new == two.new,
            (Self::Exclusion { edit: one, .. }, Self::Exclusion { edit: two, .. }) => one.new == two.new,
            (Self::Inclusion { edit: one, .. }, Self::Inclusion { edit: two, .. }) => one.new == two.new,
            (Self::OwnControl { edit: one, .. }, Self::OwnControl { edit: two, .. }) => one.new == two.new,
            (Self::Approval(one), Self::Approval(two)) => one.new == two.new,
            (one, two) => one == two,
        }
    }

    /// Returns whether it takes a value away rather than setting one.
    fn is_removal(&self) -> bool {
        match self {
            Self::Answer { edit, .. } => edit.new.is_none(),
            Self::Note { edit, .. } | Self::Owner { edit, .. } | Self::Profile { edit, .. } => edit.new.is_empty(),
            Self::Due { edit, .. } | Self::Reviewed { edit, .. } => edit.new.is_none(),
            Self::Marked { edit, .. } => !edit.new,
            Self::EvidenceRemoved { .. } => true,
            Self::Inclusion { edit, .. } => edit.new.is_empty(),
            Self::OwnControl { edit, .. } => edit.new.is_none(),
            Self::Approval(edit) => edit.new.is_none(),
            // A control that is included counts: that claims less than leaving it out.
            Self::Exclusion { edit, .. } => edit.new.is_some(),
            Self::Rename(_) | Self::Depth(_) | Self::Seed(_) | Self::EvidenceAdded { .. } => false,
        }
    }
}

/// Returns what values of one field come to that were set without knowing of each other; none where all agree, or where
/// there is nothing. The order of the sides is that of the history, the same in every copy.
#[must_use]
pub fn settle(sides: Vec<Side>) -> Option<Settlement> {
    let (first, rest) = sides.split_first()?;
    if rest.iter().all(|side| side.change.agrees_with(&first.change)) {
        return None;
    }
    let field = first.change.field();
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
    Some(Settlement { change, conflict })
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
        let side = |change: &Change| Side { change: change.clone(), who: "Ann".to_owned(), at: DateTime::UNIX_EPOCH };
        settle(changes.iter().map(side).collect())
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
