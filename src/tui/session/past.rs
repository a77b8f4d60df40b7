//! A past state of the assessment, opened like the assessment itself, only that nothing of it can be changed.

use crate::domain::flow::progress_by_requirement;
use crate::domain::history::Past;
use crate::domain::scoring::score;
use crate::tui::session::derived::Derived;
use crate::tui::session::outlook::Outlook;
use crate::tui::session::{Session, Supposition};

impl Session {
    /// Returns the session of the state after the first `count` steps.
    ///
    /// # Errors
    ///
    /// Returns why there is no such state.
    pub fn as_of(&self, count: usize) -> Result<Self, String> {
        self.check_history()?;
        let why = "The history doesn't reach back so far: its beginning is lost. The present state is whole.";
        let Past { title, day, state } = self.history.past(count).ok_or(why)?;
        let told = format!("this is the past, {title}. Esc leads back to now.");
        let flow = progress_by_requirement(&self.questionnaire, &state);
        Ok(Self {
            scorecard: score(&self.questionnaire, &state, day),
            progress: flow.iter().copied().sum(),
            flow,
            derived: Derived::default(),
            outlook: Outlook::default(),
            assessment: state,
            today: day,
            supposition: Supposition::default(),
            read_only: Some(told),
            failure: None,
            drafts: std::collections::BTreeMap::new(),
            unkept: std::collections::BTreeSet::new(),
            past: Some((count, title)),
            ..self.clone()
        })
    }

    /// Goes on where a look at the past has led away from: what was begun there goes on.
    pub fn resume(&mut self, past: Self) {
        let Self { simulations, exports, exporting, written, place, export_folder, template, .. } = past;
        (self.simulations, self.exports, self.exporting) = (simulations, exports, exporting);
        (self.written, self.place) = (written, place);
        (self.export_folder, self.template) = (export_folder, template);
        // What was being worked out when one left was dropped meanwhile.
        if self.supposition.awaited.take().is_some() || self.is_simulating() {
            self.outlook.fall_behind();
        }
    }

    /// Returns the number of steps up to the past state that this is, and how it is called; none where it is now.
    #[must_use]
    pub fn past(&self) -> Option<(usize, &str)> {
        self.past.as_ref().map(|(count, title)| (*count, title.as_str()))
    }
}
