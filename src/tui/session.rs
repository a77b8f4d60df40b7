//! The assessment that is open, and what is known about it.

mod past;
mod reports;
mod supposed;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::assessment::Assessment;
use crate::domain::change::{Change, Refusal};
use crate::domain::flow::{Progress, progress_by_requirement};
use crate::domain::history::{Act, History, Step, StepId, Turn, check_label};
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::scoring::{Scorecard, score};
use crate::domain::timeline::{Comparison, Forecast, TRIALS, plan};
use crate::tui::effect::{Effect, Opened, Ticket};

pub use reports::{Exporting, Wanted};
pub use supposed::{FIRST_TRIALS, Supposition};

/// The assessment that is open.
#[derive(Clone, Debug)]
pub struct Session {
    questionnaire: Arc<Questionnaire>,
    assessment: Assessment,
    today: NaiveDate,
    /// The name under which changes are recorded.
    user: String,
    /// Derived from questionnaire and answers after every change, in `refresh` alone.
    scorecard: Scorecard,
    /// Derived as well: how far one is in each requirement. The screen with the questions shows it at each key.
    flow: Vec<Progress>,
    forecast: Option<Forecast>,
    simulations: u64,
    simulating: bool,
    supposition: Supposition,
    read_only: Option<String>,
    /// Whether it is read only because another program had it open, and that one has closed it.
    is_freed: bool,
    export_folder: PathBuf,
    template: Option<PathBuf>,
    exports: u64,
    exporting: Option<Exporting>,
    written: Vec<PathBuf>,
    tickets: u64,
    on_disk: u64,
    failure: Option<String>,
    history: History,
    drafts: BTreeMap<String, String>,
    /// The fields whose drafts the shell doesn't know yet.
    unkept: BTreeSet<String>,
    place: Option<QuestionId>,
    /// The number of steps up to the past state that this is, and how it is called.
    past: Option<(usize, String)>,
}

/// Whether what the user did is on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveState<'a> {
    /// Everything is.
    Saved,
    /// Some changes are on their way.
    Saving,
    /// Writing failed; it is tried again.
    NotSaved(&'a str),
    /// Nothing can be changed here.
    ReadOnly(&'a str),
}

impl Session {
    /// Returns the session of an assessment that was opened, with the effect that works out its timeline.
    #[must_use]
    pub fn new(opened: Opened, today: NaiveDate, user: &str) -> (Self, Vec<Effect>) {
        let scorecard = score(&opened.questionnaire, &opened.assessment, today);
        let flow = progress_by_requirement(&opened.questionnaire, &opened.assessment);
        let mut session = Self {
            questionnaire: opened.questionnaire,
            assessment: opened.assessment,
            today,
            user: user.to_owned(),
            scorecard,
            flow,
            forecast: None,
            simulations: 0,
            simulating: false,
            supposition: Supposition::default(),
            read_only: opened.read_only,
            is_freed: false,
            export_folder: opened.export_folder,
            template: opened.template,
            exports: 0,
            exporting: None,
            written: vec![],
            tickets: 0,
            on_disk: 0,
            failure: None,
            history: opened.history,
            drafts: opened.drafts,
            unkept: BTreeSet::new(),
            place: None,
            past: None,
        };
        let effects = session.simulate();
        (session, effects)
    }

    /// Returns the questionnaire.
    #[must_use]
    pub fn questionnaire(&self) -> &Questionnaire {
        &self.questionnaire
    }

    /// Returns the answers.
    #[must_use]
    pub fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    /// Returns what the answers say today.
    #[must_use]
    pub fn scorecard(&self) -> &Scorecard {
        &self.scorecard
    }

    /// Returns how far the walk through the questions is, in each requirement, in the order of the questionnaire.
    #[must_use]
    pub fn flow(&self) -> &[Progress] {
        &self.flow
    }

    /// Returns the newest forecast; none while the first one is on its way, or without a road map.
    #[must_use]
    pub fn forecast(&self) -> Option<&Forecast> {
        self.forecast.as_ref()
    }

    /// Returns whether the forecast is being worked out anew.
    #[must_use]
    pub fn is_simulating(&self) -> bool {
        self.simulating
    }

    /// Returns today's date.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// Returns whether what the user did is on disk.
    #[must_use]
    pub fn save_state(&self) -> SaveState<'_> {
        match (&self.read_only, &self.failure) {
            (Some(why), _) => SaveState::ReadOnly(why),
            (None, Some(why)) => SaveState::NotSaved(why),
            (None, None) if self.on_disk < self.tickets => SaveState::Saving,
            (None, None) => SaveState::Saved,
        }
    }

    /// Returns what was done to the assessment, oldest first.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Makes a change and asks for it to be recorded. A change that alters nothing asks for nothing.
    ///
    /// # Errors
    ///
    /// Returns why the change can't be accepted; nothing was changed.
    pub fn change(&mut self, change: Change) -> Result<Vec<Effect>, String> {
        self.change_all(vec![change])
    }

    /// Makes changes that count, and are taken back, as one. Those that alter nothing are left out.
    ///
    /// # Errors
    ///
    /// Returns why one of them can't be accepted; nothing was changed.
    pub fn change_all(&mut self, changes: Vec<Change>) -> Result<Vec<Effect>, String> {
        self.check_open()?;
        let mut reached = self.assessment.clone();
        let mut kept = vec![];
        for change in changes {
            change.check(&self.questionnaire).map_err(|refusal: Refusal| sentence(&refusal.to_string()))?;
            if !change.is_idle(&reached) {
                reached.apply(&change);
                kept.push((change, None));
            }
        }
        if kept.is_empty() { Ok(vec![]) } else { Ok(self.act(Act::Change(kept))) }
    }

    /// Takes the last step back that wasn't taken back yet, also one of an earlier session.
    ///
    /// # Errors
    ///
    /// Returns why nothing was taken back.
    pub fn undo(&mut self) -> Result<(Turn, Vec<Effect>), String> {
        self.check_open()?;
        let turn = self.history.undo(&self.assessment).ok_or("There is nothing to take back.")?;
        let effects = self.act(Act::Undo(turn.clone()));
        Ok((turn, effects))
    }

    /// Makes the step again that was taken back last.
    ///
    /// # Errors
    ///
    /// Returns why nothing was made again.
    pub fn redo(&mut self) -> Result<(Turn, Vec<Effect>), String> {
        self.check_open()?;
        let turn = self.history.redo(&self.assessment).ok_or("Nothing was taken back.")?;
        let effects = self.act(Act::Redo(turn.clone()));
        Ok((turn, effects))
    }

    /// Gives the state of this moment a label, to come back to.
    ///
    /// # Errors
    ///
    /// Returns why the label can't be one, or that it is taken.
    pub fn snapshot(&mut self, label: &str) -> Result<Vec<Effect>, String> {
        self.check_open()?;
        check_label(label).map_err(|refusal| sentence(&refusal.to_string()))?;
        if self.history.has_label(label) {
            return Err("There is a snapshot of that name already. Choose another label.".to_owned());
        }
        Ok(self.act(Act::Snapshot(label.to_owned())))
    }

    /// Takes over what another program has changed. What was done here and isn't stored yet comes after it.
    pub fn follow(&mut self, assessment: Assessment, history: History) -> Vec<Effect> {
        let before = std::mem::replace(&mut self.history, history);
        self.assessment = assessment;
        for step in before.steps().iter().filter(|step| matches!(step.id, StepId::Pending(_))) {
            step.changes.iter().for_each(|made| self.assessment.apply(&made.change));
            self.history.push(step.clone());
        }
        self.refresh();
        self.simulate()
    }

    /// Returns whether it is read only and nobody else has it open any more.
    #[must_use]
    pub fn is_freed(&self) -> bool {
        self.is_freed
    }

    /// Goes on reading now that nobody else has it open; returns whether it does.
    pub fn keep_reading(&mut self, why: &str) -> bool {
        let reads = self.read_only.is_some();
        if reads {
            self.read_only = Some(why.to_owned());
            self.is_freed = true;
        }
        reads
    }

    /// Notes that a step is on disk, under these names, or is not.
    pub fn recorded(&mut self, ticket: Ticket, names: &[(Ticket, String)], result: Result<(), String>) {
        for (Ticket(number), name) in names {
            self.history.name(*number, name);
        }
        match result {
            Ok(()) => {
                self.on_disk = self.on_disk.max(ticket.0);
                self.failure = None;
            }
            Err(why) => self.failure = Some(why),
        }
    }

    /// Takes over a forecast, unless a newer one was asked for meanwhile, and asks for what is waiting for it.
    #[must_use]
    pub fn simulated(&mut self, ticket: Ticket, forecast: Forecast, comparison: Option<Comparison>) -> Vec<Effect> {
        if self.supposition.awaited == Some(ticket) {
            return self.tried_out(forecast, comparison);
        }
        if !self.simulating || ticket != Ticket(self.simulations) {
            return vec![];
        }
        self.simulating = false;
        self.forecast = Some(forecast);
        self.try_out(FIRST_TRIALS)
    }

    /// Returns the text that was typed into a field and neither taken nor thrown away.
    #[must_use]
    pub fn draft(&self, field: &str) -> Option<&str> {
        self.drafts.get(field).map(String::as_str)
    }

    /// Keeps a text that was typed into a field; an empty one is forgotten.
    pub fn keep_draft(&mut self, field: String, text: String) {
        if self.drafts.get(&field).map_or("", String::as_str) == text {
            return;
        }
        self.unkept.insert(field.clone());
        if text.is_empty() {
            self.drafts.remove(&field);
        } else {
            self.drafts.insert(field, text);
        }
    }

    /// Returns the effects that keep what was typed since they were asked for last.
    pub fn take_unkept(&mut self) -> Vec<Effect> {
        let fields = std::mem::take(&mut self.unkept);
        let effect = |field: String| {
            let text = self.drafts.get(&field).cloned().unwrap_or_default();
            Effect::Draft { field, text }
        };
        fields.into_iter().map(effect).collect()
    }

    /// Returns the fields in which something was left.
    pub fn drafted(&self) -> impl Iterator<Item = &str> {
        self.drafts.keys().filter_map(|field| field.rsplit_once('/')).map(|(form, _)| form)
    }

    /// Returns the question that was looked at last, so that other screens lead back to it.
    #[must_use]
    pub fn place(&self) -> Option<&QuestionId> {
        self.place.as_ref()
    }

    /// Remembers the question that is looked at.
    pub fn stand_at(&mut self, question: &QuestionId) {
        self.place = Some(question.clone());
    }

    fn check_open(&self) -> Result<(), String> {
        self.read_only.clone().map_or(Ok(()), Err)
    }

    /// Puts a step into effect, and asks for it to be recorded.
    fn act(&mut self, act: Act) -> Vec<Effect> {
        let changes = act.changes();
        for (change, _) in &changes {
            self.assessment.apply(change);
        }
        self.tickets += 1;
        // The screen tells the day; the moment is what the journal keeps.
        let at = self.today.and_time(chrono::NaiveTime::MIN).and_utc();
        let who = self.user.clone();
        self.history.push(Step { who, ..act.pending(self.tickets, at) });
        let mut effects = vec![Effect::Record { ticket: Ticket(self.tickets), act }];
        if !changes.is_empty() {
            self.refresh();
            effects.extend(self.simulate());
        }
        effects
    }

    fn refresh(&mut self) {
        self.scorecard = score(&self.questionnaire, &self.assessment, self.today);
        self.flow = progress_by_requirement(&self.questionnaire, &self.assessment);
    }

    /// Asks for a new forecast. Its ticket counts apart from those of changes.
    fn simulate(&mut self) -> Vec<Effect> {
        let Some(plan) = plan(&self.questionnaire, &self.assessment, self.today) else { return vec![] };
        self.simulations += 1;
        self.simulating = true;
        self.supposition.awaited = None;
        let ticket = Ticket(self.simulations);
        let seed = self.assessment.seed();
        vec![Effect::Simulate { ticket, plan: Box::new(plan), seed, trials: TRIALS, against: None }]
    }
}

/// Returns a message fragment as a sentence.
pub(super) fn sentence(fragment: &str) -> String {
    let mut letters = fragment.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}
