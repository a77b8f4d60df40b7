//! The history that comes after the answers: what an assessment says can be shown before its journal is read.

use crate::tui::effect::Recalled;
use crate::tui::session::Session;

/// How far the history is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Recall {
    /// All of it is.
    Done,
    /// It is being read.
    Reading,
    /// It can't be read, for this reason.
    Failed(String),
}

impl Session {
    /// Returns why the history isn't known, where it isn't: a full sentence.
    #[must_use]
    pub fn unknown_history(&self) -> Option<&str> {
        match &self.recall {
            Recall::Done => None,
            Recall::Reading => Some("The history is still being read. Try again in a moment."),
            Recall::Failed(why) => Some(why),
        }
    }

    /// Checks that the history is known.
    pub(super) fn check_history(&self) -> Result<(), String> {
        self.unknown_history().map_or(Ok(()), |why| Err(why.to_owned()))
    }

    /// Takes over what the journal says. What was done here meanwhile comes after it. Returns what there is to say.
    pub fn recall(&mut self, recalled: Recalled) -> Vec<String> {
        let Recalled { history, assessment, notices } = recalled;
        if matches!(self.recall, Recall::Failed(_)) {
            self.read_only = None;
        }
        self.recall = Recall::Done;
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
        press(&mut state, KeyCode::Char('u'));
        assert!(notice(&state).contains(told), "{}", notice(&state));
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
