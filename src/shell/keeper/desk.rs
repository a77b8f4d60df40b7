//! What the keeper's thread has before it, and how it does what it is told.

mod following;
mod opening;
mod saving;
mod shelving;

use std::collections::{BTreeMap, VecDeque};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use chrono::NaiveDate;

use crate::domain::history::Act;
use crate::shell::alarm::Alarm;
use crate::shell::clock;
use crate::shell::input::{Input, Teller};
use crate::shell::keeper::Order;
use crate::shell::keeper::bell::{Bell, Waiting};
use crate::shell::keeper::desk::saving::Typed;
use crate::shell::watch::Watch;
use crate::shell::workspace::{Desk, USUAL, Workspace, WorkspaceError};
use crate::storage::Meta;
use crate::tui::{Entry, Event, Outcome, Ticket};

/// How long nothing has to be recorded until the readable state is written.
const QUIET: Duration = Duration::from_secs(2);
/// How long to wait before what failed is tried again.
const RETRY: Duration = Duration::from_secs(5);
/// How often to look whether another program has changed what is open, where the system doesn't tell.
const LOOK: Duration = Duration::from_secs(2);

/// What the thread has before it.
pub(super) struct KeeperDesk {
    bell: Bell,
    workspace: Workspace,
    author: String,
    inputs: Teller,
    today: NaiveDate,
    open: Option<Desk>,
    /// What is shown though its journal could not be read: what is done to it waits until it can.
    unread: Option<String>,
    unsaved: VecDeque<(Ticket, Act)>,
    /// The names of the steps that were recorded here, by the number of their ticket.
    names: BTreeMap<u64, String>,
    /// What is open for reading because another program works on it.
    watch: Option<Watch>,
    /// What is open here, watched for what commands record beside it.
    beside: Option<Watch>,
    /// What wakes this thread when others write; none where the system doesn't tell.
    alarm: Option<Alarm>,
    /// Who waits until the other program is done with what is open for reading.
    waiting: Option<Waiting>,
    /// Whether others may have recorded something that wasn't looked at yet.
    must_look: bool,
    /// Whether the readable state is behind the journal.
    stale: bool,
    /// When what failed is tried again, or the readable state is written.
    next_save: Option<Instant>,
    drafts: Typed,
    /// What was told last of the readable state and its backup.
    warning: Option<String>,
}

impl KeeperDesk {
    /// Returns the desk with nothing on it.
    pub(super) fn new(workspace: Workspace, author: String, (inputs, bell): (Teller, Bell), today: NaiveDate) -> Self {
        Self {
            bell,
            workspace,
            author,
            inputs,
            today,
            open: None,
            unread: None,
            unsaved: VecDeque::new(),
            names: BTreeMap::new(),
            watch: None,
            beside: None,
            alarm: None,
            waiting: None,
            must_look: false,
            stale: false,
            next_save: None,
            drafts: Typed::default(),
            warning: None,
        }
    }

    /// Does what it is told until it is told to end. Returns what could not be saved, in words.
    pub(super) fn serve(&mut self, orders: &Receiver<Order>) -> Vec<String> {
        loop {
            let patience = match (self.unsaved.is_empty(), self.stale) {
                (false, _) => Some(RETRY),
                (true, true) => Some(QUIET),
                (true, false) => None,
            };
            // Counted from here: looking for what others record must not put it off.
            let now = clock::instant();
            self.next_save = patience.map(|patience| self.next_save.unwrap_or(now + patience));
            let patience = self.next_save.map(|due| due.saturating_duration_since(now));
            let typed = self.drafts.due.map(|due| due.saturating_duration_since(clock::instant()));
            // Where the system doesn't tell what others write, one looks again and again.
            let look = self.is_blind().then_some(LOOK);
            let again = self.look_again().map(|due| due.saturating_duration_since(clock::instant()));
            let order = match patience.into_iter().chain(typed).chain(look).chain(again).min() {
                Some(patience) => orders.recv_timeout(patience),
                None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match order {
                Ok(Order::End) | Err(RecvTimeoutError::Disconnected) => return self.close(),
                Ok(Order::Look) => {
                    self.bell.answer();
                    self.must_look = true;
                }
                Ok(order) => self.obey(order),
                Err(RecvTimeoutError::Timeout) => self.must_look |= self.is_blind(),
            }
            // Also where orders follow each other closely.
            self.do_what_is_due();
            // Not while something waits: the screen has it already, and the disk hasn't.
            if self.must_look && self.unsaved.is_empty() {
                self.must_look = false;
                self.look();
            }
        }
    }

    /// Returns whether something is open that others may change, and the system doesn't tell when they do.
    fn is_blind(&self) -> bool {
        let is_watching = self.watch.is_some() || self.beside.is_some();
        is_watching && !self.alarm.as_ref().is_some_and(Alarm::is_set)
    }

    fn do_what_is_due(&mut self) {
        let now = clock::instant();
        self.must_look |= self.look_again().is_some_and(|due| due <= now);
        if self.drafts.due.is_some_and(|due| due <= now) {
            self.write_drafts();
        }
        if self.next_save.is_some_and(|due| due <= now) {
            self.next_save = None;
            if self.unsaved.is_empty() { self.write_save_file() } else { self.save() }
        }
    }

    fn obey(&mut self, order: Order) {
        match &order {
            // What is due to be saved is saved with them, or isn't open any more.
            Order::Record(..) | Order::Open(_) | Order::Create(..) | Order::Demo | Order::Close => {
                self.next_save = None;
            }
            // It stays due: somebody may type for long.
            Order::List
            | Order::Consult
            | Order::Shelve(_)
            | Order::ListShelved
            | Order::Draft(..)
            | Order::Look
            | Order::End => {}
        }
        match order {
            Order::List => {
                let listed = self.list();
                self.send(Outcome::Listed(listed));
            }
            Order::Open(name) => self.open(&name),
            Order::Create(name, depth) => self.create(&name, depth),
            Order::Demo => self.open_demo(),
            Order::Shelve(order) => {
                let result = self.shelve(&order);
                self.send(Outcome::Shelved { order, result });
            }
            Order::ListShelved => {
                let lying = self.shelved();
                self.send(Outcome::ShelvedListed(lying));
            }
            Order::Consult => {
                let read = self.workspace.questionnaire(USUAL).map(|loaded| loaded.questionnaire).map_err(told);
                self.send(Outcome::Consulted(read));
            }
            // It stays open and is tried again; whoever is in the list has to know.
            Order::Close => {
                if let Err(why) = self.release() {
                    self.send(Outcome::Warned(why));
                }
            }
            Order::Draft(field, text) => self.keep_typed(field, text),
            Order::Record(ticket, act) => {
                self.unsaved.push_back((ticket, act));
                self.save();
            }
            // The loop takes these itself.
            Order::Look | Order::End => {}
        }
    }

    fn list(&self) -> Result<Vec<Entry>, String> {
        let listed = self.workspace.list(self.today).map_err(told)?;
        let entries = listed.into_iter().map(|listed| Entry {
            key: listed.key,
            name: listed.name,
            organisation: listed.organisation,
            completion: listed.completion,
            quick: listed.quick,
            readiness: listed.readiness,
            changed: listed.changed.map(clock::told).unwrap_or_default(),
            damage: listed.damage,
        });
        Ok(entries.collect())
    }

    fn meta(&self) -> Meta {
        Meta { at: clock::now(), author: self.author.clone(), because: None }
    }

    fn send(&self, outcome: Outcome) {
        // Nobody listens any more only when the program ends.
        self.inputs.tell(Input::Event(Event::Finished(outcome)));
    }
}

/// Returns an error as sentences for a notice.
fn told(error: WorkspaceError) -> String {
    let WorkspaceError { message, remedy, .. } = error;
    let mut letters = message.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}. {remedy}", letters.as_str().trim_end_matches('.')).trim_end().to_owned()
}
