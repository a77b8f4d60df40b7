//! What others do to the assessment that is open, and when they are done.

use crate::shell::keeper::desk::KeeperDesk;
use crate::tui::Outcome;

impl KeeperDesk {
    /// Tells what others have recorded, whether one reads or writes beside them.
    pub(super) fn look(&mut self) {
        if self.watch.is_some() {
            return self.look_as_reader();
        }
        let Some((desk, watch)) = self.open.as_mut().zip(self.beside.as_mut()) else { return };
        if watch.has_changed_beside(desk.session_file()) && desk.refresh() {
            let assessment = Box::new(desk.assessment().clone());
            let history = Box::new(desk.take_history());
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
}
