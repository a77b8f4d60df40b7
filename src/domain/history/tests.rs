use chrono::{DateTime, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::domain::assessment::{Answer, Depth, QuestionnaireRef, Seed};
use crate::domain::change::Edit;
use crate::domain::level::Level;

fn empty() -> Assessment {
    let questionnaire = QuestionnaireRef { id: "sample".to_owned(), version: "1.0.0".to_owned() };
    Assessment::new("acme", questionnaire, Depth::Full, Seed(42))
}

/// A history with its state, to which steps are added as a program does.
struct Kept {
    history: History,
    now: Assessment,
}

impl Kept {
    fn new() -> Self {
        let mut kept = Self { history: History::default(), now: empty() };
        let begin = Deed::Begin(Box::new(empty()));
        kept.add(begin, vec![]);
        kept
    }

    fn add(&mut self, deed: Deed, changes: Vec<Change>) {
        let number = self.history.steps().len();
        let id = StepId::Stored(format!("s{number}").into());
        let at = DateTime::UNIX_EPOCH + TimeDelta::days(i64::try_from(number).unwrap());
        for change in &changes {
            self.now.apply(change);
        }
        let changes = changes.into_iter().map(|change| Made { id: id.clone(), change, because: None }).collect();
        self.history.push(Step { id, at, who: "Zoë".into(), because: None, deed, changes });
    }

    fn level(&mut self, question: &str, level: u8) {
        let change = Change::answer(&self.now, &question.into(), Level::new(level).map(Answer::Level));
        self.add(Deed::Change, vec![change]);
    }

    fn undo(&mut self) -> bool {
        let Some(Turn { of, changes, .. }) = self.history.undo(&self.now) else { return false };
        self.add(Deed::Undo(of), changes);
        true
    }

    fn redo(&mut self) -> bool {
        let Some(Turn { of, changes, .. }) = self.history.redo(&self.now) else { return false };
        self.add(Deed::Redo(of), changes);
        true
    }

    fn answered(&self, question: &str) -> Option<u8> {
        self.now.answer(&question.into()).and_then(Answer::level).map(Level::number)
    }
}

#[test]
fn what_was_taken_back_is_made_again_until_something_new_is_done() {
    let mut kept = Kept::new();
    kept.level("q1", 1);
    kept.level("q1", 2);
    assert!(kept.undo() && kept.undo() && !kept.undo());
    assert_eq!(kept.answered("q1"), None);
    assert!(kept.redo());
    assert_eq!(kept.answered("q1"), Some(1));
    kept.level("q2", 5);
    assert!(!kept.redo(), "a new change ends making again");
    assert!(kept.undo() && kept.undo() && !kept.undo());
    assert_eq!((kept.answered("q1"), kept.answered("q2")), (None, None));
}

#[test]
fn what_happened_while_it_was_made_is_not_taken_back_and_a_snapshot_changes_nothing() {
    let mut kept = Kept::new();
    let change = Change::rename(&kept.now, "made".to_owned());
    kept.add(Deed::Making, vec![change]);
    kept.level("q1", 3);
    kept.add(Deed::Snapshot("Kick-off".to_owned()), vec![]);
    assert!(kept.undo() && !kept.undo());
    assert_eq!(kept.now.name(), "made");
    assert_eq!(kept.history.point("kick-OFF"), Ok(4));
    assert_eq!(kept.history.state(4).unwrap().answer(&"q1".into()).and_then(Answer::level), Level::new(3));
}

#[test]
fn a_value_that_another_session_set_meanwhile_is_the_old_one_of_taking_back() {
    let mut kept = Kept::new();
    kept.level("q1", 1);
    let other = Change::answer(&kept.now, &"q1".into(), Level::new(4).map(Answer::Level));
    kept.now.apply(&other);
    let turn = kept.history.undo(&kept.now).unwrap();
    assert_eq!(turn.changes, [Change::answer(&kept.now, &"q1".into(), None)]);
    assert_eq!(turn.subject(), "the answer to q1");
}

#[test]
fn a_place_is_named_by_a_label_a_change_or_a_day() {
    let mut kept = Kept::new();
    kept.level("q1", 1);
    kept.add(Deed::Snapshot("1970-01-02".to_owned()), vec![]);
    kept.level("q1", 2);
    assert_eq!(kept.history.point("s1"), Ok(2));
    assert_eq!(kept.history.point("1970-01-02"), Ok(3), "a label counts before a day");
    assert_eq!(kept.history.point("1970-01-04"), Ok(4));
    assert_eq!(kept.history.point("2199-01-01"), Ok(4));
    let unknown = kept.history.point("s9").unwrap_err();
    assert_eq!(unknown, PointError::Unknown { name: "s9".to_owned(), labels: vec!["1970-01-02".to_owned()] });
}

#[test]
fn a_pending_step_is_known_by_its_name_once_it_is_stored() {
    let mut kept = Kept::new();
    let change = Change::answer(&kept.now, &"q1".into(), Level::new(4).map(Answer::Level));
    let made = Made { id: StepId::Pending(1), change, because: None };
    let (at, who) = (DateTime::UNIX_EPOCH, String::new());
    let step =
        Step { id: StepId::Pending(1), at, who: who.into(), because: None, deed: Deed::Change, changes: vec![made] };
    kept.history.push(step);
    kept.history.name(1, "stored", DateTime::UNIX_EPOCH);
    assert_eq!(kept.history.undo(&kept.now).unwrap().of, StepId::Stored("stored".into()));
}

proptest! {
    #[test]
    fn taking_back_and_making_again_leads_to_the_same_state_and_every_state_can_be_seen_again(
        deeds in proptest::collection::vec((0..5u8, 0..3u8, 0..6u8), 0..40)
    ) {
        let mut kept = Kept::new();
        let mut states = vec![kept.now.clone()];
        for (deed, question, level) in deeds {
            match deed {
                0 => drop(kept.undo()),
                1 => drop(kept.redo()),
                _ => kept.level(&format!("q{question}"), level),
            }
            if kept.history.steps().len() > states.len() {
                states.push(kept.now.clone());
            }
        }
        for (count, state) in (1..).zip(&states) {
            let seen = kept.history.state(count);
            prop_assert_eq!(seen.as_ref(), Some(state));
        }
        let before = kept.now.clone();
        if kept.undo() {
            prop_assert!(kept.redo());
            prop_assert_eq!(&kept.now, &before);
        }
        let mut reached = states[0].clone();
        for change in difference(&states[0], &before) {
            reached.apply(&change);
        }
        prop_assert_eq!(reached, before);
    }
}

#[test]
fn a_change_deep_in_a_long_text_is_seen() {
    let long = "Minutes of the management review are with Eve, who keeps them in the folder of the board, by year. ";
    let note = |old: &str, new: &str| {
        let edit = Edit { old: old.to_owned(), new: new.to_owned() };
        sentence(&Change::Note { question: "4.1-1".into(), edit })
    };
    let told = note(&format!("{long}The plan is missing."), &format!("{long}The plan is approved."));
    assert_eq!(told, "The note on 4.1-1 goes from “…plan is missing.” to “…plan is approved.”");
    assert_eq!(note(long, &format!("{long}Bob has a copy.")), "The note on 4.1-1 goes on: “Bob has a copy.”");
    assert_eq!(note("Eve", "Eve and Bob"), "The note on 4.1-1 goes from “Eve” to “Eve and Bob”");
}
