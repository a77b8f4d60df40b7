//! What is done to the assessment: it is in effect at once, and recorded beside that.

use crate::domain::assessment::Assessment;
use crate::domain::change::{Change, Refusal};
use crate::domain::history::{Act, History, Step, StepId, Turn, check_label};
use crate::tui::effect::{Effect, StoredStep, Ticket};
use crate::tui::session::derived::moves_figures;
use crate::tui::session::{Session, sentence};

impl Session {
    /// Makes a change and asks for it to be recorded. A change that alters nothing asks for nothing.
    ///
    /// # Errors
    ///
    /// Returns why the change can't be accepted; nothing was changed.
    pub fn change(&mut self, change: Change) -> Result<Vec<Effect>, String> {
        self.change_all(vec![change])
    }

    /// Makes changes that count, and are taken back, as one. Those that alter nothing are left out.
    ///
    /// # Errors
    ///
    /// Returns why one of them can't be accepted; nothing was changed.
    pub fn change_all(&mut self, changes: Vec<Change>) -> Result<Vec<Effect>, String> {
        self.check_open()?;
        let mut reached = self.assessment.clone();
        let mut kept = vec![];
        for change in changes {
            change.check(&self.questionnaire).map_err(|refusal: Refusal| sentence(&refusal.to_string()))?;
            if !change.is_idle(&reached) {
                reached.apply(&change);
                kept.push((change, None));
            }
        }
        if kept.is_empty() { Ok(vec![]) } else { Ok(self.act(Act::Change(kept))) }
    }

    /// Takes the last step back that wasn't taken back yet, also one of an earlier session.
    ///
    /// # Errors
    ///
    /// Returns why nothing was taken back.
    pub fn undo(&mut self) -> Result<(Turn, Vec<Effect>), String> {
        self.check_open()?;
        let turn = self.history.undo(&self.assessment);
        let turn = turn.ok_or_else(|| self.unknown_history().unwrap_or("There is nothing to take back."))?;
        let effects = self.act(Act::Undo(turn.clone()));
        Ok((turn, effects))
    }

    /// Makes the step again that was taken back last.
    ///
    /// # Errors
    ///
    /// Returns why nothing was made again.
    pub fn redo(&mut self) -> Result<(Turn, Vec<Effect>), String> {
        self.check_open()?;
        let turn = self.history.redo(&self.assessment);
        let turn = turn.ok_or_else(|| self.unknown_history().unwrap_or("Nothing was taken back."))?;
        let effects = self.act(Act::Redo(turn.clone()));
        Ok((turn, effects))
    }

    /// Gives the state of this moment a label, to come back to.
    ///
    /// # Errors
    ///
    /// Returns why the label can't be one, or that it is taken.
    pub fn snapshot(&mut self, label: &str) -> Result<Vec<Effect>, String> {
        self.check_open()?;
        self.check_history()?;
        check_label(label).map_err(|refusal| sentence(&refusal.to_string()))?;
        if self.history.has_label(label) {
            return Err("There is a snapshot of that name already. Choose another label.".to_owned());
        }
        Ok(self.act(Act::Snapshot(label.to_owned())))
    }

    /// Takes over what another program has changed. What was done here and isn't stored yet comes after it.
    pub fn follow(&mut self, assessment: Assessment, history: History) {
        self.assessment = assessment;
        for step in self.history.steps().iter().filter(|step| matches!(step.id, StepId::Pending(_))) {
            step.changes.iter().for_each(|made| self.assessment.apply(&made.change));
        }
        self.go_on_from(history);
        self.refresh(true);
    }

    /// Takes over a history. What was done here and isn't stored yet comes after it.
    pub(super) fn go_on_from(&mut self, history: History) {
        let before = std::mem::replace(&mut self.history, history);
        for step in before.steps().iter().filter(|step| matches!(step.id, StepId::Pending(_))) {
            self.history.push(step.clone());
        }
        self.revisions.history += 1;
    }

    /// Notes that a step is on disk, under these names, or is not.
    pub fn recorded(&mut self, ticket: Ticket, stored: &[StoredStep], result: Result<(), String>) {
        for StoredStep { ticket: Ticket(number), name, at } in stored {
            self.history.name(*number, name, *at);
        }
        match result {
            Ok(()) => {
                self.on_disk = self.on_disk.max(ticket.0);
                self.failure = None;
            }
            Err(why) => self.failure = Some(why),
        }
    }

    pub(super) fn check_open(&self) -> Result<(), String> {
        self.read_only.clone().map_or(Ok(()), Err)
    }

    /// Puts a step into effect, and asks for it to be recorded.
    fn act(&mut self, act: Act) -> Vec<Effect> {
        let changes = act.changes();
        for (change, _) in &changes {
            self.assessment.apply(change);
        }
        self.tickets += 1;
        // The screen tells the day; the moment is what the journal keeps.
        let at = self.today.and_time(chrono::NaiveTime::MIN).and_utc();
        let who = self.user.as_str().into();
        self.history.push(Step { who, ..act.pending(self.tickets, at) });
        self.revisions.all += 1;
        if !changes.is_empty() {
            self.refresh(changes.iter().any(|(change, _)| moves_figures(change)));
        }
        vec![Effect::Record { ticket: Ticket(self.tickets), act }]
    }
}
