//! What is only supposed: other circumstances that are tried out on the timeline. Nothing of it is recorded unless the
//! user says so.

use std::collections::BTreeMap;

use crate::domain::assessment::Assessment;
use crate::domain::change::Change;
use crate::domain::profile::ProfileKey;
use crate::domain::timeline::{Comparison, Forecast, TRIALS, plan};
use crate::tui::effect::{Effect, Ticket};
use crate::tui::session::Session;

/// The trials of the first answer while a slider moves: a few milliseconds of work, and close enough to see which way it
/// goes. The full number follows.
pub const FIRST_TRIALS: u32 = 1_000;

/// Other circumstances, and what would come of them.
#[derive(Clone, Debug, Default)]
pub struct Supposition {
    fields: BTreeMap<ProfileKey, String>,
    forecast: Option<Forecast>,
    comparison: Option<Comparison>,
    /// The simulation that is on its way; what comes of an older one is dropped.
    pub(super) awaited: Option<Ticket>,
}

impl Supposition {
    /// Returns what would come of them; none while the first answer is on its way.
    #[must_use]
    pub fn forecast(&self) -> Option<&Forecast> {
        self.forecast.as_ref()
    }

    /// Returns what they would save, trial by trial.
    #[must_use]
    pub fn comparison(&self) -> Option<&Comparison> {
        self.comparison.as_ref()
    }
}

impl Session {
    /// Returns what is supposed; none where everything is as recorded.
    #[must_use]
    pub fn supposition(&self) -> Option<&Supposition> {
        Some(&self.supposition).filter(|supposition| !supposition.fields.is_empty())
    }

    /// Returns the assessment as it would be.
    #[must_use]
    pub fn supposed(&self) -> Assessment {
        let mut supposed = self.assessment.clone();
        for (key, text) in &self.supposition.fields {
            if let Ok(change) = Change::profile(&supposed, *key, text) {
                supposed.apply(&change);
            }
        }
        supposed
    }

    /// Supposes that a field of the profile has another text; its own text ends the supposing.
    ///
    /// # Errors
    ///
    /// Returns why the field doesn't take the text; nothing is supposed then.
    pub fn suppose(&mut self, key: ProfileKey, text: &str) -> Result<Vec<Effect>, String> {
        Change::profile(&self.assessment, key, text).map_err(|refusal| super::sentence(&refusal.to_string()))?;
        if self.assessment.profile().text(key) == text {
            self.supposition.fields.remove(&key);
        } else {
            self.supposition.fields.insert(key, text.to_owned());
        }
        if self.supposition.fields.is_empty() {
            self.forget_supposition();
            return Ok(vec![]);
        }
        Ok(self.try_out(FIRST_TRIALS))
    }

    /// Supposes nothing any more.
    pub fn forget_supposition(&mut self) {
        self.supposition = Supposition::default();
    }

    /// Records what is supposed, field by field, so that each can be taken back.
    ///
    /// # Errors
    ///
    /// Returns why it can't be recorded; it stays supposed.
    pub fn keep_supposition(&mut self) -> Result<Vec<Effect>, String> {
        let fields = self.supposition.fields.clone();
        self.check_open()?;
        // All of them before the first: what is in effect has to be recorded too.
        for (key, text) in &fields {
            Change::profile(&self.assessment, *key, text).map_err(|refusal| super::sentence(&refusal.to_string()))?;
        }
        let mut effects = vec![];
        for (key, text) in fields {
            if let Ok(change) = Change::profile(&self.assessment, key, &text) {
                effects.extend(self.change(change)?);
            }
        }
        self.forget_supposition();
        Ok(effects)
    }

    /// Takes over what would come of the supposition, and asks for it with more trials where there were few.
    pub(super) fn tried_out(&mut self, forecast: Forecast, comparison: Option<Comparison>) -> Vec<Effect> {
        self.supposition.awaited = None;
        let is_rough = forecast.trials < TRIALS;
        self.supposition.forecast = Some(forecast);
        self.supposition.comparison = comparison;
        if is_rough { self.try_out(TRIALS) } else { vec![] }
    }

    /// Asks what would come of the supposition. While the forecast itself is on its way, it waits for that: the thread
    /// that simulates drops all but the newest.
    pub(super) fn try_out(&mut self, trials: u32) -> Vec<Effect> {
        if !self.outlook.is_current() || self.supposition.fields.is_empty() {
            return vec![];
        }
        let planned = |assessment: &Assessment| plan(&self.questionnaire, assessment, self.today).map(Box::new);
        let (Some(plan), against) = (planned(&self.supposed()), planned(&self.assessment)) else { return vec![] };
        self.simulations += 1;
        let ticket = Ticket(self.simulations);
        self.supposition.awaited = Some(ticket);
        vec![Effect::Simulate { ticket, plan, seed: self.assessment.seed(), trials, against }]
    }
}
