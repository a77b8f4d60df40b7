//! What tells the keeper to look what others have done.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use crate::shell::alarm::{Alarm, when_free};
use crate::shell::keeper::Order;
use crate::storage::session;
use crate::storage::store::LOCK;

/// Sets an alarm on a folder.
type SetAlarm = fn(&Path, Box<dyn Fn() + Send>) -> io::Result<Alarm>;
/// Calls something once nobody holds a lock any more.
type WhenFree = fn(&Path, Box<dyn FnOnce() + Send>);

/// Tells the keeper, from any thread, to look what others have done. Many rings before it looks count as one.
#[derive(Clone)]
pub(super) struct Bell {
    orders: Sender<Order>,
    is_rung: Arc<AtomicBool>,
    set_alarm: SetAlarm,
    when_free: WhenFree,
}

impl Bell {
    /// Returns one that nobody has rung.
    pub(super) fn new(orders: Sender<Order>) -> Self {
        Self {
            orders,
            is_rung: Arc::default(),
            set_alarm: |folder, ring| Alarm::set(folder, ring),
            when_free: |lock, ring| when_free(lock, ring),
        }
    }

    /// Returns one where the system doesn't tell of writes, as with the file systems of other computers.
    #[cfg(test)]
    pub(super) fn deaf(orders: Sender<Order>) -> Self {
        Self { set_alarm: |_, _| Err(io::ErrorKind::Unsupported.into()), ..Self::new(orders) }
    }

    /// Returns one that waits for a lock in another way.
    #[cfg(test)]
    pub(super) fn waiting_by(orders: Sender<Order>, when_free: WhenFree) -> Self {
        Self { when_free, ..Self::new(orders) }
    }

    /// Notes that the keeper is about to look: what is written from now on rings again.
    pub(super) fn answer(&self) {
        self.is_rung.store(false, Ordering::SeqCst);
    }

    /// Tells the keeper to look.
    fn ring(&self) {
        if !self.is_rung.swap(true, Ordering::SeqCst) {
            // The thread is gone only when the program ends.
            drop(self.orders.send(Order::Look));
        }
    }

    /// Returns what rings when anything is written into an assessment's journal, where the system tells that.
    pub(super) fn on_writes(&self, folder: &Path) -> Option<Alarm> {
        let bell = self.clone();
        (self.set_alarm)(&folder.join(session::FOLDER), Box::new(move || bell.ring())).ok()
    }

    /// Rings once nobody works on an assessment any more. Returns what tells whether that is over.
    pub(super) fn when_free(&self, folder: &Path) -> Waiting {
        let (bell, is_over) = (self.clone(), Arc::new(AtomicBool::new(false)));
        let waiting = Waiting(Arc::clone(&is_over));
        let wake = move || {
            // Said before it rings, so that who hears it can have it wait again.
            is_over.store(true, Ordering::SeqCst);
            bell.ring();
        };
        (self.when_free)(&folder.join(LOCK), Box::new(wake));
        waiting
    }
}

/// Somebody who waits until nobody works on an assessment any more.
#[derive(Debug)]
pub(super) struct Waiting(Arc<AtomicBool>);

impl Waiting {
    /// Returns whether it has rung.
    pub(super) fn is_over(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}
