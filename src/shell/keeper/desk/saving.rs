//! How what was done, and what is being typed, comes to the disk.

use std::collections::BTreeMap;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::domain::change::Change;
use crate::domain::history::{Act, StepId};
use crate::shell::alarm::Alarm;
use crate::shell::clock;
use crate::shell::drill::drill;
use crate::shell::keeper::desk::{KeeperDesk, told};
use crate::shell::watch::Watch;
use crate::shell::workspace::{Kind, WorkspaceError};
use crate::storage::drafts::Drafts;
use crate::tui::{Outcome, StoredStep, Ticket};

/// How long what is being typed may be on the screen alone.
const TYPING: Duration = Duration::from_millis(900);
/// How many bytes of what is being typed may be on the screen alone.
const MOST_UNWRITTEN: usize = 200;

/// The name of a step that was never stored.
const REFUSED: &str = "refused";

/// What is being typed, and when it is due to be on the disk.
#[derive(Default)]
pub(super) struct Typed {
    drafts: Drafts,
    /// The bytes that have changed since it was written last, at least.
    unwritten: usize,
    /// When it is due to be on the disk.
    pub(super) due: Option<Instant>,
}

impl Typed {
    /// Returns what was typed before, all of it on the disk.
    pub(super) fn kept(drafts: Drafts) -> Self {
        Self { drafts, ..Self::default() }
    }
}

impl KeeperDesk {
    /// Saves what waits, oldest first, up to the first that fails.
    pub(super) fn save(&mut self) {
        if let Err(why) = self.read_what_waits() {
            if let Some((ticket, _)) = self.unsaved.back() {
                self.send(Outcome::Recorded { ticket: *ticket, stored: vec![], result: Err(why) });
            }
            return;
        }
        while let Some((ticket, error)) = self.save_in_order() {
            // A disk can have room again; what is refused is refused for ever, and would hold up all that comes after it.
            if error.kind != Kind::Refused || !self.takes_back(ticket, &error) {
                return self.send(Outcome::Recorded { ticket, stored: vec![], result: Err(told(error)) });
            }
        }
    }

    /// Saves what waits, oldest first, and tells what is on the disk. Returns the first that fails, and why.
    fn save_in_order(&mut self) -> Option<(Ticket, WorkspaceError)> {
        let meta = self.meta();
        let desk = self.open.as_mut()?;
        let mut stored = vec![];
        let mut last = None;
        let mut failure = None;
        while let Some((ticket, act)) = self.unsaved.front_mut() {
            let ticket = *ticket;
            settle(act, &self.names);
            drill("keeper");
            let checked = self.workspace.check_names(changes(act), desk.folder());
            match checked.and_then(|()| desk.act(act, &meta)) {
                Ok(name) => {
                    // Where there was nothing to record, there is nothing to take back.
                    if let Some(name) = name {
                        self.names.insert(ticket.0, name.clone());
                        stored.push(StoredStep { ticket, name, at: meta.at });
                        self.stale = true;
                    }
                    last = Some(ticket);
                    self.unsaved.pop_front();
                }
                Err(error) => {
                    failure = Some((ticket, error));
                    break;
                }
            }
        }
        if let Some(ticket) = last {
            self.send(Outcome::Recorded { ticket, stored, result: Ok(()) });
        }
        failure
    }

    /// Gives up the step that is refused, the first of those that wait: the screen shows what is stored in its place.
    /// Returns whether that could be read.
    fn takes_back(&mut self, ticket: Ticket, error: &WorkspaceError) -> bool {
        let Some(desk) = &mut self.open else { return false };
        if !desk.refresh() {
            return false;
        }
        let assessment = Box::new(desk.assessment().clone());
        let history = Box::new(desk.take_history());
        let Some((_, act)) = self.unsaved.pop_front() else { return false };
        let why = told(error.clone());
        // The screen puts what waits after what is stored: this step waits no more, and is never called saved.
        let stored = vec![StoredStep { ticket, name: REFUSED.to_owned(), at: self.meta().at }];
        self.send(Outcome::Recorded { ticket, stored, result: Err(why.clone()) });
        self.send(Outcome::Followed { assessment, history });
        self.send(Outcome::Recorded { ticket, stored: vec![], result: Ok(()) });
        self.send(Outcome::Warned(format!("Not recorded, and taken back here: {}. {why}", act.subject())));
        true
    }

    /// Keeps what is being typed: on the disk within a second, or after some 200 characters.
    pub(super) fn keep_typed(&mut self, field: String, text: String) {
        if self.open.is_none() && self.unread.is_none() {
            return;
        }
        let before = self.drafts.drafts.get(&field).map_or(0, String::len);
        self.drafts.unwritten += before.abs_diff(text.len()).max(1);
        if text.is_empty() {
            self.drafts.drafts.remove(&field);
        } else {
            self.drafts.drafts.insert(field, text);
        }
        if self.drafts.unwritten >= MOST_UNWRITTEN {
            self.write_drafts();
        } else {
            self.drafts.due.get_or_insert_with(|| clock::instant() + TYPING);
        }
    }

    pub(super) fn write_drafts(&mut self) {
        if self.drafts.due.is_none() && self.drafts.unwritten == 0 {
            return;
        }
        // Where it can't be written, the text is still on the screen, and the next key tries again.
        match (&self.open, &self.unread) {
            (Some(desk), _) => drop(desk.keep_drafts(&self.drafts.drafts)),
            (None, Some(name)) => drop(self.workspace.keep_drafts(name, &self.drafts.drafts)),
            (None, None) => {}
        }
        self.drafts.unwritten = 0;
        self.drafts.due = None;
    }

    pub(super) fn write_save_file(&mut self) {
        self.stale = false;
        let Some(desk) = &mut self.open else { return };
        // The journal has everything; what is amiss is told once, and again when it is something else.
        let warning = match desk.write_save_file() {
            Ok(warning) => warning,
            Err(error) => Some(format!("assessment.toml is behind: {error}")),
        };
        if let Some(warning) = warning.as_ref().filter(|_| warning != self.warning) {
            self.send(Outcome::Warned(format!("Every answer is saved, but {warning}.")));
        }
        self.warning = warning;
    }

    /// Closes what is open, unless something of it isn't saved yet: then it stays open, and is tried again.
    pub(super) fn release(&mut self) -> Result<(), String> {
        self.write_drafts();
        if !self.unsaved.is_empty() {
            self.save();
        }
        if self.stale {
            self.write_save_file();
        }
        if !self.unsaved.is_empty() {
            return Err("The assessment before it is not saved yet; it is tried again every 5 s.".to_owned());
        }
        self.shut();
        self.names.clear();
        self.watch = None;
        self.waiting = None;
        self.alarm = None;
        Ok(())
    }

    fn shut(&mut self) {
        if let Some(desk) = self.open.take() {
            Watch::withdraw(desk.folder());
        }
        self.unread = None;
        self.beside = None;
        self.alarm = None;
    }

    /// Closes what is open for good. Returns what could not be saved, in words.
    pub(super) fn close(&mut self) -> Vec<String> {
        // The system takes some ms to give the alarm up: its own thread waits for that, beside the last sync.
        let alarm = self.alarm.take().and_then(Alarm::stop);
        drop(self.release());
        self.shut();
        drop(alarm.map(JoinHandle::join));
        self.unsaved.drain(..).map(|(_, act)| act.subject()).collect()
    }
}

/// Returns what a step changes.
fn changes(act: &Act) -> Vec<&Change> {
    match act {
        Act::Change(changes) => changes.iter().map(|(change, _)| change).collect(),
        Act::Undo(turn) | Act::Redo(turn) => turn.changes.iter().collect(),
        Act::Snapshot(_) => vec![],
    }
}

/// Gives a step that takes another one back the name under which that one is stored by now.
fn settle(act: &mut Act, names: &BTreeMap<u64, String>) {
    if let Act::Undo(turn) | Act::Redo(turn) = act
        && let StepId::Pending(number) = turn.of
        && let Some(name) = names.get(&number)
    {
        turn.of = StepId::Stored(name.as_str().into());
    }
}
