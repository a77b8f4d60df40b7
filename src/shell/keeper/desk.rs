//! What the keeper's thread has before it, and how it does what it is told.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use chrono::NaiveDate;

use crate::domain::assessment::Assessment;
use crate::domain::history::{Act, StepId};
use crate::shell::alarm::Alarm;
use crate::shell::clock;
use crate::shell::drill::drill;
use crate::shell::input::{Input, Teller};
use crate::shell::keeper::Order;
use crate::shell::keeper::bell::Bell;
use crate::shell::watch::Watch;
use crate::shell::workspace::{Desk, Kind, USUAL, Workspace, WorkspaceError};
use crate::storage::Meta;
use crate::storage::drafts::Drafts;
use crate::tui::{Entry, Event, Opened, Outcome, Ticket};

/// How long nothing has to be recorded until the readable state is written.
const QUIET: Duration = Duration::from_secs(2);
/// How long to wait before what failed is tried again.
const RETRY: Duration = Duration::from_secs(5);
/// How long what is being typed may be on the screen alone.
const TYPING: Duration = Duration::from_millis(900);
/// How many bytes of what is being typed may be on the screen alone.
const MOST_UNWRITTEN: usize = 200;
/// How often to look whether another program has changed what is open, where the system doesn't tell.
const LOOK: Duration = Duration::from_secs(2);
/// The name under which the interface opens the made-up company.
const DEMO: &str = "demo";

/// What the thread has before it.
pub(super) struct KeeperDesk {
    bell: Bell,
    workspace: Workspace,
    author: String,
    inputs: Teller,
    today: NaiveDate,
    open: Option<Desk>,
    unsaved: VecDeque<(Ticket, Act)>,
    /// The names of the steps that were recorded here, by the number of their ticket.
    names: BTreeMap<u64, String>,
    /// What is open for reading because another program works on it.
    watch: Option<Watch>,
    /// What is open here, watched for what commands record beside it.
    beside: Option<Watch>,
    /// What wakes this thread when others write; none where the system doesn't tell.
    alarm: Option<Alarm>,
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

/// What is being typed, and when it is due to be on the disk.
#[derive(Default)]
struct Typed {
    drafts: Drafts,
    /// The bytes that have changed since it was written last, at least.
    unwritten: usize,
    due: Option<Instant>,
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
            unsaved: VecDeque::new(),
            names: BTreeMap::new(),
            watch: None,
            beside: None,
            alarm: None,
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
            let order = match patience.into_iter().chain(typed).chain(look).min() {
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
                Err(RecvTimeoutError::Timeout) => {
                    self.do_what_is_due();
                    self.must_look |= self.is_blind();
                }
            }
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
        if self.drafts.due.is_some_and(|due| due <= now) {
            self.write_drafts();
        }
        if self.next_save.is_some_and(|due| due <= now) {
            self.next_save = None;
            if self.unsaved.is_empty() { self.write_save_file() } else { self.save() }
        }
    }

    fn obey(&mut self, order: Order) {
        self.next_save = None;
        match order {
            Order::List => {
                let listed = self.list();
                self.send(Outcome::Listed(listed));
            }
            Order::Open(name) => self.open(|workspace, meta| workspace.write_alone(&name, meta), Some(&name)),
            Order::Create(name, depth) => {
                self.open(|workspace, meta| workspace.create(workspace.draft(&name, USUAL, depth)?, &[], meta), None);
            }
            Order::Demo => self.open(open_demo, Some(DEMO)),
            Order::Consult => {
                let read = self.workspace.questionnaire(USUAL).map(|loaded| loaded.questionnaire).map_err(told);
                self.send(Outcome::Consulted(read));
            }
            Order::Close => drop(self.release()),
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
            readiness: listed.readiness,
            changed: listed.changed.map(clock::told).unwrap_or_default(),
            damage: listed.damage,
        });
        Ok(entries.collect())
    }

    /// Opens an assessment for writing; where another program has it, for reading.
    fn open(&mut self, open: impl FnOnce(&Workspace, &Meta) -> Result<Desk, WorkspaceError>, name: Option<&str>) {
        if let Err(why) = self.release() {
            self.send(Outcome::Opened(Err(why)));
            return;
        }
        let result = match open(&self.workspace, &self.meta()) {
            Ok(desk) => {
                let opened = opened(&desk, desk.assessment().clone());
                self.drafts = Typed { drafts: desk.drafts(), ..Typed::default() };
                Watch::announce(desk.folder());
                // Set before it is looked at for the first time, so that nothing falls between.
                self.alarm = self.bell.on_writes(desk.folder());
                self.beside = Some(Watch::begin(desk.folder().to_owned()));
                self.open = Some(desk);
                Ok(opened)
            }
            Err(error) => match name.filter(|_| matches!(error.kind, Kind::InUse | Kind::NotWritten)) {
                Some(name) => {
                    // Watched before it is read, so that nothing falls between.
                    let watch = || self.workspace.watch(name).ok();
                    self.watch = (error.kind == Kind::InUse).then(watch).flatten();
                    self.alarm = self.watch.as_ref().and_then(|watch| self.bell.on_writes(watch.folder()));
                    if let (Some(watch), Some(_)) = (&self.watch, &self.alarm) {
                        self.bell.when_free(watch.folder());
                    }
                    self.read_only(name, &error)
                }
                None => Err(told(error)),
            },
        };
        self.send(Outcome::Opened(result.map(Box::new)));
    }

    fn read_only(&self, name: &str, error: &WorkspaceError) -> Result<Opened, String> {
        let document = self.workspace.read(name).map_err(told)?;
        let why = match error.kind {
            Kind::InUse => {
                "Another program has this assessment open: you can look, and not change anything.".to_owned()
            }
            _ => format!("This assessment can't be written ({error}): you can look, and not change anything."),
        };
        Ok(Opened {
            questionnaire: document.questionnaire,
            assessment: document.assessment,
            history: document.history,
            read_only: Some(why),
            drafts: Drafts::new(),
            notices: document.notices,
            export_folder: here(),
            template: document.template,
        })
    }

    /// Tells what others have recorded, whether one reads or writes beside them.
    fn look(&mut self) {
        if self.watch.is_some() {
            return self.look_as_reader();
        }
        let Some((desk, watch)) = self.open.as_mut().zip(self.beside.as_mut()) else { return };
        if watch.has_changed_beside(desk.session_file()) && desk.refresh() {
            let assessment = Box::new(desk.assessment().clone());
            let history = Box::new(desk.history().clone());
            self.stale = true;
            self.send(Outcome::Followed { assessment, history });
        }
    }

    /// Tells what another program has changed, and when it is gone.
    fn look_as_reader(&mut self) {
        let Some(mut watch) = self.watch.take() else { return };
        // Asked first: what was recorded before it was freed is seen below.
        let is_free = watch.is_free();
        if watch.has_changed()
            && let Ok(document) = self.workspace.read_watched(&watch)
        {
            let (assessment, history) = (Box::new(document.assessment), Box::new(document.history));
            self.send(Outcome::Followed { assessment, history });
        }
        if is_free {
            self.send(Outcome::Freed);
        } else {
            self.watch = Some(watch);
        }
    }

    /// Saves what waits, oldest first, up to the first that fails.
    fn save(&mut self) {
        let meta = self.meta();
        let Some(desk) = &mut self.open else { return };
        let mut names = vec![];
        let mut failure = None;
        while let Some((ticket, act)) = self.unsaved.front_mut() {
            let ticket = *ticket;
            settle(act, &self.names);
            drill("keeper");
            match desk.act(act, &meta) {
                Ok(name) => {
                    let name = name.unwrap_or_default();
                    self.names.insert(ticket.0, name.clone());
                    names.push((ticket, name));
                    self.stale = true;
                    self.unsaved.pop_front();
                }
                Err(error) => {
                    failure = Some((ticket, told(error)));
                    break;
                }
            }
        }
        if let Some((ticket, _)) = names.last() {
            self.send(Outcome::Recorded { ticket: *ticket, names, result: Ok(()) });
        }
        if let Some((ticket, why)) = failure {
            self.send(Outcome::Recorded { ticket, names: vec![], result: Err(why) });
        }
    }

    /// Keeps what is being typed: on the disk within a second, or after some 200 characters.
    fn keep_typed(&mut self, field: String, text: String) {
        if self.open.is_none() {
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

    fn write_drafts(&mut self) {
        let Some(desk) = self.open.as_ref().filter(|_| self.drafts.due.is_some() || self.drafts.unwritten > 0) else {
            return;
        };
        // Where it can't be written, the text is still on the screen, and the next key tries again.
        drop(desk.keep_drafts(&self.drafts.drafts));
        self.drafts.unwritten = 0;
        self.drafts.due = None;
    }

    fn write_save_file(&mut self) {
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
    fn release(&mut self) -> Result<(), String> {
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
        self.alarm = None;
        Ok(())
    }

    fn shut(&mut self) {
        if let Some(desk) = self.open.take() {
            Watch::withdraw(desk.folder());
        }
        self.beside = None;
        self.alarm = None;
    }

    /// Closes what is open for good. Returns what could not be saved, in words.
    fn close(&mut self) -> Vec<String> {
        drop(self.release());
        self.shut();
        self.unsaved.drain(..).map(|(_, act)| act.subject()).collect()
    }

    fn meta(&self) -> Meta {
        Meta { at: clock::now(), author: self.author.clone(), because: None }
    }

    fn send(&self, outcome: Outcome) {
        // Nobody listens any more only when the program ends.
        self.inputs.tell(Input::Event(Event::Finished(outcome)));
    }
}

/// Gives a step that takes another one back the name under which that one is stored by now.
fn settle(act: &mut Act, names: &BTreeMap<u64, String>) {
    if let Act::Undo(turn) | Act::Redo(turn) = act
        && let StepId::Pending(number) = turn.of
        && let Some(name) = names.get(&number)
    {
        turn.of = StepId::Stored(name.clone());
    }
}

fn open_demo(workspace: &Workspace, meta: &Meta) -> Result<Desk, WorkspaceError> {
    match workspace.write_alone(DEMO, meta) {
        Err(error) if error.kind == Kind::NotFound => workspace.demo(DEMO, meta),
        done => done,
    }
}

fn opened(desk: &Desk, assessment: Assessment) -> Opened {
    Opened {
        questionnaire: desk.questionnaire().clone(),
        assessment,
        history: desk.history().clone(),
        read_only: None,
        drafts: desk.drafts(),
        notices: desk.notices().to_vec(),
        export_folder: here(),
        template: desk.template(),
    }
}

/// Returns the folder that the program was started in: reports go there unless the user says otherwise.
fn here() -> PathBuf {
    std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."))
}

/// Returns an error as sentences for a notice.
fn told(error: WorkspaceError) -> String {
    let WorkspaceError { message, remedy, .. } = error;
    let mut letters = message.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}. {remedy}", letters.as_str().trim_end_matches('.')).trim_end().to_owned()
}
