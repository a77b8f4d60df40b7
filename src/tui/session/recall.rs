//! The history that comes after the answers: what an assessment says can be shown before its journal is read.

use crate::tui::action::Action;
use crate::tui::effect::Recalled;
use crate::tui::session::Session;

/// The most steps that are remembered to be taken back once they are known.
const MOST_WISHES: usize = 100;

/// How far the history is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Recall {
    /// All of it is.
    Done,
    /// It is being read: what is to be taken back, or made again, once it is known.
    Reading(Vec<Wish>),
    /// It can't be read, for this reason.
    Failed(String),
}

/// Something that needs the history, with the number of steps that had been made here when it was wished for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wish {
    action: Action,
    tickets: u64,
}

impl Session {
    /// Remembers to take a step back, or to make one again, once the history is known. Returns whether it is on its way.
    pub fn wish(&mut self, action: Action) -> bool {
        // Where nothing can be changed, nothing will be taken back.
        if self.read_only.is_some() {
            return false;
        }
        let Recall::Reading(wishes) = &mut self.recall else { return false };
        if wishes.len() < MOST_WISHES {
            wishes.push(Wish { action, tickets: self.tickets });
        }
        true
    }

    /// Returns why the history isn't known, where it isn't: a full sentence.
    #[must_use]
    pub fn unknown_history(&self) -> Option<&str> {
        match &self.recall {
            Recall::Done => None,
            Recall::Reading(_) => Some("The history is still being read. Try again in a moment."),
            Recall::Failed(why) => Some(why),
        }
    }

    /// Checks that the history is known.
    pub(super) fn check_history(&self) -> Result<(), String> {
        self.unknown_history().map_or(Ok(()), |why| Err(why.to_owned()))
    }

    /// Takes over what the journal says. What was done here meanwhile comes after it. Returns what is to be taken back or
    /// made again now, and what there is to say.
    pub fn recall(&mut self, recalled: Recalled) -> (Vec<Action>, Vec<String>) {
        let wishes = match std::mem::replace(&mut self.recall, Recall::Done) {
            Recall::Reading(wishes) => wishes,
            Recall::Failed(_) => {
                self.read_only = None;
                vec![]
            }
            Recall::Done => vec![],
        };
        let mut told = self.take_over(recalled);
        // It was meant for what was there then.
        if wishes.iter().any(|wish| wish.tickets != self.tickets) {
            told.push(
                "Nothing was taken back: something was changed before the history was read. Try again.".to_owned(),
            );
            return (vec![], told);
        }
        (wishes.into_iter().map(|wish| wish.action).collect(), told)
    }

    fn take_over(&mut self, recalled: Recalled) -> Vec<String> {
        let Recalled { history, assessment, notices } = recalled;
        let Some(assessment) = assessment else {
            self.go_on_from(history);
            self.revisions.all += 1;
            return notices;
        };
        let before = self.assessment.clone();
        self.follow(assessment, history);
        let told = (self.assessment != before).then(|| {
            "The journal says something else than assessment.toml, whose answers were shown first: what you see now is what \
             the journal says."
                .to_owned()
        });
        told.into_iter().chain(notices).collect()
    }

    /// Notes that the journal can't be read: nothing can be changed. What was done before that is known waits on.
    pub fn cannot_recall(&mut self, why: &str) {
        let told = format!("{why} You can look at what assessment.toml says, and not change anything.");
        self.recall = Recall::Failed(told.clone());
        self.read_only = Some(told);
        if self.on_disk < self.tickets {
            self.failure = Some(why.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::*;
    use crate::domain::assessment::{Answer, Depth};
    use crate::domain::change::Change;
    use crate::domain::history::History;
    use crate::domain::level::Level;
    use crate::tui::effect::{Opened, Outcome};
    use crate::tui::message::Event;
    use crate::tui::session::SaveState;
    use crate::tui::state::State;
    use crate::tui::testing::{WIDE, at_home, begun, drawn, finish, opened, send};

    /// Returns the interface with an assessment whose history is still being read, and that history.
    fn reading() -> (State, History) {
        let mut state = at_home(WIDE);
        let whole = opened("Acme 2027", Depth::Full);
        let history = begun(&whole.assessment);
        drop(finish(&mut state, Outcome::Opened(Ok(Box::new(Opened { history: None, ..whole })))));
        (state, history)
    }

    fn press(state: &mut State, code: KeyCode) {
        let modifiers = KeyModifiers::NONE;
        drop(send(state, Event::Key(KeyEvent::new(code, modifiers))));
    }

    fn session(state: &State) -> &Session {
        state.session.as_ref().unwrap()
    }

    fn reading_of(history: &History) -> Recalled {
        Recalled { history: history.clone(), assessment: None, notices: vec![] }
    }

    #[test]
    fn what_is_taken_back_before_the_history_is_read_is_taken_back_then() {
        let (mut state, mut history) = reading();
        let assessment = session(&state).assessment().clone();
        let question = session(&state).questionnaire().items().next().unwrap().question.id.clone();
        let change = Change::answer(&assessment, &question, Some(Answer::Level(Level::Operating)));
        let act = crate::domain::history::Act::Change(vec![(change.clone(), None)]);
        history.push(act.pending(1, crate::tui::testing::TODAY.and_time(chrono::NaiveTime::MIN).and_utc()));
        history.name(1, "stored", DateTime::UNIX_EPOCH);
        state.session.as_mut().unwrap().assessment.apply(&change);
        let mut other = state.clone();

        press(&mut state, KeyCode::Char('u'));
        assert!(notice(&state).contains("once the history is read"), "{}", notice(&state));
        recall(&mut state, Ok(reading_of(&history)));
        assert_eq!(session(&state).assessment().answer(&question), None);
        assert!(notice(&state).contains("Taken back: the answer to"), "{}", notice(&state));

        press(&mut other, KeyCode::Char('u'));
        press(&mut other, KeyCode::Char('m'));
        recall(&mut other, Ok(reading_of(&history)));
        assert!(session(&other).assessment().answer(&question).is_some());
        assert!(notice(&other).contains("Nothing was taken back"), "{}", notice(&other));
    }

    fn notice(state: &State) -> &str {
        state.notice.as_ref().map_or("", |notice| notice.text.as_str())
    }

    fn text(state: &State) -> String {
        drawn(state).to_string()
    }

    fn recall(state: &mut State, recalled: Result<Recalled, String>) {
        drop(finish(state, Outcome::Recalled(recalled.map(Box::new))));
    }

    #[test]
    fn an_answer_counts_at_once_can_be_taken_back_and_comes_after_what_the_journal_says() {
        let (mut state, history) = reading();
        press(&mut state, KeyCode::Char('3'));
        let (question, answer) =
            session(&state).assessment().responses().map(|(id, it)| (id.clone(), it.answer.clone())).next().unwrap();
        assert_eq!(answer, Some(Answer::Level(Level::Operating)));
        recall(&mut state, Ok(Recalled { history: history.clone(), assessment: None, notices: vec![] }));
        assert_eq!(notice(&state), "");
        assert_eq!(session(&state).history().steps().len(), history.steps().len() + 1);
        press(&mut state, KeyCode::Char('u'));
        assert_eq!(session(&state).assessment().answer(&question), None);
    }

    #[test]
    fn what_needs_the_history_says_that_it_is_still_being_read() {
        let (mut state, history) = reading();
        let told = "The history is still being read";
        press(&mut state, KeyCode::F(10));
        assert!(text(&state).contains(told), "{}", text(&state));
        press(&mut state, KeyCode::Char('s'));
        assert!(state.overlay.is_none() && notice(&state).contains(told));
        recall(&mut state, Ok(Recalled { history, assessment: None, notices: vec![] }));
        press(&mut state, KeyCode::Down);
        assert!(!text(&state).contains(told), "{}", text(&state));
        assert!(text(&state).contains("The assessment is made"), "{}", text(&state));
    }

    #[test]
    fn what_the_journal_says_otherwise_replaces_what_was_shown_and_is_said() {
        let (mut state, history) = reading();
        press(&mut state, KeyCode::Char('3'));
        let other = opened("Renamed", Depth::Full).assessment;
        recall(&mut state, Ok(Recalled { history, assessment: Some(other), notices: vec!["And more.".to_owned()] }));
        assert_eq!(session(&state).assessment().name(), "Renamed");
        assert_eq!(session(&state).assessment().responses().len(), 1, "what was answered meanwhile stays");
        assert!(notice(&state).contains("The journal says something else") && notice(&state).contains("And more."));
    }

    #[test]
    fn where_the_journal_can_not_be_read_nothing_is_changed_and_what_waits_is_called_unsaved() {
        let (mut state, history) = reading();
        recall(&mut state, Err("It was written by a newer version.".to_owned()));
        assert!(matches!(session(&state).save_state(), SaveState::ReadOnly(_)));
        press(&mut state, KeyCode::Char('3'));
        assert_eq!(session(&state).assessment().responses().len(), 0);
        let (mut state, _) = reading();
        // Asked to be recorded, and not on the disk.
        let session_now = state.session.as_mut().unwrap();
        let question = session_now.questionnaire().items().next().unwrap().question.id.clone();
        drop(session_now.change(Change::toggle_mark(session_now.assessment(), &question)).unwrap());
        recall(&mut state, Err("It was written by a newer version.".to_owned()));
        assert!(matches!(session(&state).save_state(), SaveState::NotSaved(_)));
        recall(&mut state, Ok(Recalled { history, assessment: None, notices: vec![] }));
        assert!(matches!(session(&state).save_state(), SaveState::NotSaved(_) | SaveState::Saving));
        assert!(session(&state).unknown_history().is_none());
    }
}
