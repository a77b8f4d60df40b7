//! The thread that owns the store. What it is told, it does in order: drawing never waits for the disk, and what the
//! screen calls saved is on it.
//!
//! A change that could not be saved is kept and tried again every 5 s, before any that came after it. When the
//! program ends, the thread is joined: what still waits is tried a last time, and what is lost then is named.

mod bell;
mod desk;
#[cfg(test)]
#[cfg(unix)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
use std::{io, thread};

use chrono::NaiveDate;

use crate::domain::assessment::Depth;
use crate::domain::history::Act;
use crate::shell::input::{Input, Teller};
use crate::shell::keeper::bell::Bell;
use crate::shell::keeper::desk::KeeperDesk;
use crate::shell::workspace::Workspace;
use crate::tui::{ShelfOrder, Ticket};

/// What the keeper can be told.
#[derive(Debug)]
pub enum Order {
    /// Read the list of assessments.
    List,
    /// Open an assessment by its name or key.
    Open(String),
    /// Make an assessment and open it.
    Create(String, Depth),
    /// Open the made-up company.
    Demo,
    /// Do something to an assessment that isn't open.
    Shelve(ShelfOrder),
    /// Read what lies in the archive and in the trash.
    ListShelved,
    /// Read the questionnaire that new assessments answer.
    Consult,
    /// Close what is open.
    Close,
    /// Record a step.
    Record(Ticket, Act),
    /// Keep what is being typed into a field.
    Draft(String, String),
    /// Look what others have done: something was written, or the assessment is free.
    Look,
    /// Do what is left, and end.
    End,
}

/// Tells the keeper what to do. Dropping it, or [`Keeper::end`], waits until all of it is done.
#[derive(Debug)]
pub struct Keeper {
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<Vec<String>>>,
}

impl Keeper {
    /// Starts the thread.
    ///
    /// # Errors
    ///
    /// Returns why it can't be started.
    pub fn start(workspace: Workspace, author: String, inputs: Teller, today: NaiveDate) -> io::Result<Self> {
        Self::start_with(Bell::new, workspace, author, inputs, today)
    }

    fn start_with(
        bell: fn(Sender<Order>) -> Bell,
        workspace: Workspace,
        author: String,
        inputs: Teller,
        today: NaiveDate,
    ) -> io::Result<Self> {
        let (orders, waiting) = channel();
        let bell = bell(orders.clone());
        let broken = inputs.clone();
        let mut desk = KeeperDesk::new(workspace, author, (inputs, bell), today);
        let serve = move || {
            catch_unwind(AssertUnwindSafe(|| desk.serve(&waiting))).unwrap_or_else(|_| {
                broken.tell(Input::Broken);
                vec!["what was changed last: the part of the program that saves has failed".to_owned()]
            })
        };
        let thread = thread::Builder::new().name("keeper".to_owned()).spawn(serve)?;
        Ok(Self { orders: Some(orders), thread: Some(thread) })
    }

    /// Tells the keeper what to do.
    pub fn order(&self, order: Order) {
        if let Some(orders) = &self.orders {
            // The thread ends only when it is told to, or by a panic that the user was told of.
            drop(orders.send(order));
        }
    }

    /// Waits until everything is done. Returns what could not be saved, in words.
    #[must_use]
    pub fn end(mut self) -> Vec<String> {
        self.join()
    }

    fn join(&mut self) -> Vec<String> {
        self.order(Order::End);
        drop(self.orders.take());
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(lost)) => lost,
            Some(Err(_)) => vec![
                "The part of the program that saves has failed: see the last state with `ready42 show`.".to_owned(),
            ],
            None => vec![],
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.join());
    }
}
