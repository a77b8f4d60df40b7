//! What tells the keeper to look what others have done.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use crate::shell::alarm::{Alarm, when_free};
use crate::shell::keeper::Order;
use crate::storage::session;
use crate::storage::store::LOCK;

/// Tells the keeper, from any thread, to look what others have done. Many rings before it looks count as one.
#[derive(Clone)]
pub(super) struct Bell {
    orders: Sender<Order>,
    is_rung: Arc<AtomicBool>,
}

impl Bell {
    /// Returns one that nobody has rung.
    pub(super) fn new(orders: Sender<Order>) -> Self {
        Self { orders, is_rung: Arc::default() }
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
        Alarm::set(&folder.join(session::FOLDER), move || bell.ring()).ok()
    }

    /// Rings once nobody works on an assessment any more.
    pub(super) fn when_free(&self, folder: &Path) {
        let bell = self.clone();
        when_free(&folder.join(LOCK), move || bell.ring());
    }
}
