//! The forecast: worked out beside the interface, and only for a screen that shows it.

use crate::domain::timeline::{Comparison, Forecast, TRIALS, plan};
use crate::tui::effect::{Effect, Ticket};
use crate::tui::session::{FIRST_TRIALS, Session};

/// The newest forecast, and how far it is behind the answers.
#[derive(Clone, Debug, Default)]
pub(super) struct Outlook {
    forecast: Option<Forecast>,
    stand: Stand,
}

/// How far a forecast is behind the answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stand {
    /// Something has changed since, and nobody has asked for another one.
    #[default]
    Behind,
    /// Another one is being worked out.
    Awaited(Ticket),
    /// It is what the answers say.
    Current,
}

impl Outlook {
    /// Notes that something has changed.
    pub(super) fn fall_behind(&mut self) {
        self.stand = Stand::Behind;
    }

    /// Returns the forecast where it is what the answers say.
    pub(super) fn current(&self) -> Option<&Forecast> {
        self.forecast.as_ref().filter(|_| self.is_current())
    }

    /// Returns whether it is what the answers say.
    pub(super) fn is_current(&self) -> bool {
        self.stand == Stand::Current
    }
}

impl Session {
    /// Returns the newest forecast; none while the first one is on its way, or without a road map.
    #[must_use]
    pub fn forecast(&self) -> Option<&Forecast> {
        self.outlook.forecast.as_ref()
    }

    /// Returns whether the forecast is being worked out anew.
    #[must_use]
    pub fn is_simulating(&self) -> bool {
        matches!(self.outlook.stand, Stand::Awaited(_))
    }

    /// Asks for a forecast of the answers as they are, unless there is one or it is on its way. Its ticket counts apart
    /// from those of changes.
    #[must_use]
    pub fn ask_for_forecast(&mut self) -> Vec<Effect> {
        if self.outlook.stand != Stand::Behind {
            return vec![];
        }
        let Some(plan) = plan(&self.questionnaire, &self.assessment, self.today) else {
            self.outlook = Outlook { forecast: None, stand: Stand::Current };
            return vec![];
        };
        self.simulations += 1;
        self.supposition.awaited = None;
        let ticket = Ticket(self.simulations);
        self.outlook.stand = Stand::Awaited(ticket);
        let seed = self.assessment.seed();
        vec![Effect::Simulate { ticket, plan: Box::new(plan), seed, trials: TRIALS, against: None }]
    }

    /// Takes over a forecast, unless a newer one was asked for meanwhile, and asks for what is waiting for it.
    #[must_use]
    pub fn simulated(&mut self, ticket: Ticket, forecast: Forecast, comparison: Option<Comparison>) -> Vec<Effect> {
        if self.supposition.awaited == Some(ticket) {
            return self.tried_out(forecast, comparison);
        }
        if self.outlook.stand != Stand::Awaited(ticket) {
            return vec![];
        }
        self.outlook = Outlook { forecast: Some(forecast), stand: Stand::Current };
        self.try_out(FIRST_TRIALS)
    }
}
