//! What others do to the assessment that is open, and when they are done.

use std::time::Instant;

use crate::shell::clock;
use crate::shell::keeper::bell::Waiting;
use crate::shell::keeper::desk::KeeperDesk;
use crate::shell::watch::Watch;
use crate::tui::Outcome;

impl KeeperDesk {
    /// Tells what others have recorded, whether one reads or writes beside them.
    pub(super) fn look(&mut self) {
        if self.watch.is_some() {
            return self.look_as_reader();
        }
        let Some((desk, watch)) = self.open.as_mut().zip(self.beside.as_mut()) else { return };
        let Some(news) = watch.news(desk.session_file(), clock::instant()) else { return };
        if !desk.refresh() {
            return watch.could_not_take(news, clock::instant());
        }
        watch.took(news);
        let assessment = Box::new(desk.assessment().clone());
        let history = Box::new(desk.take_history());
        self.stale = true;
        self.send(Outcome::Followed { assessment, history });
    }

    /// Tells what another program has changed, and when it is gone.
    fn look_as_reader(&mut self) {
        let Some(mut watch) = self.watch.take() else { return };
        // Asked first: what was recorded before it was freed is seen below.
        let is_free = watch.is_free();
        if let Some(news) = watch.news(None, clock::instant()) {
            match self.workspace.read_watched(&watch) {
                Ok(document) => {
                    watch.took(news);
                    let (assessment, history) = (Box::new(document.assessment), Box::new(document.history));
                    self.send(Outcome::Followed { assessment, history });
                }
                // It may be refused for a moment, or half of it may still be on its way.
                Err(_) => watch.could_not_take(news, clock::instant()),
            }
        }
        if is_free {
            self.waiting = None;
            return self.send(Outcome::Freed);
        }
        // It was free when the bell rang, and somebody has it again: often who just looks whether it is free, as we do.
        if self.waiting.as_ref().is_some_and(Waiting::is_over) {
            self.waiting = Some(self.bell.when_free(watch.folder()));
        }
        self.watch = Some(watch);
    }

    /// Returns when to look again at what could not be read; none while something waits to be saved before it.
    pub(super) fn look_again(&self) -> Option<Instant> {
        let watch = self.watch.as_ref().or(self.beside.as_ref()).filter(|_| self.unsaved.is_empty());
        watch.and_then(Watch::due)
    }
}
