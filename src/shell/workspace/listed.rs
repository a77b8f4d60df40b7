//! The list of assessments: from the summaries where they hold, else from all their answers.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::assessment::{Assessment, Depth};
use crate::domain::flow::progress;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::scoring::{Scorecard, score};
use crate::shell::workspace::{Desk, OWN_QUESTIONNAIRE, Workspace, WorkspaceError, key_of};
use crate::storage::library::Loaded;
use crate::storage::summary::{self, Files, Summary};
use crate::storage::{Catalog, Entry, Reading};

/// A line of the list of assessments.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The name of its folder, by which it can be found too.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The organisation; empty where the profile doesn't say.
    pub organisation: String,
    /// The share of the questions that is answered, 0 to 1.
    pub completion: Option<f64>,
    /// The share of the quick scan that is answered, 0 to 1, where that is what is asked.
    pub quick: Option<f64>,
    /// The Stage 2 readiness as claimed, 0 to 1; none where nothing is answered.
    pub readiness: Option<f64>,
    /// When it was last changed.
    pub changed: Option<DateTime<Utc>>,
    /// What is wrong with it, where something is.
    pub damage: Option<String>,
}

/// The questionnaires that were loaded for the list, by their ids, each with its checksum; none for one that can't be.
type Known = HashMap<String, Option<(Loaded, u32)>>;

impl Workspace {
    /// Returns the assessments, the one changed last first.
    ///
    /// # Errors
    ///
    /// Fails when the folder can't be read. An assessment that can't be read is listed with its damage.
    pub fn list(&self, today: NaiveDate) -> Result<Vec<Listed>, WorkspaceError> {
        let mut known = Known::new();
        let entries = Catalog::read(&self.data)?.into_entries();
        let mut listed: Vec<Listed> = entries.into_iter().map(|entry| self.listed(&entry, today, &mut known)).collect();
        listed.sort_by(|one, other| other.changed.cmp(&one.changed).then_with(|| one.name.cmp(&other.name)));
        Ok(listed)
    }

    fn listed(&self, entry: &Entry, today: NaiveDate, known: &mut Known) -> Listed {
        let has_own = entry.folder.join(OWN_QUESTIONNAIRE).is_dir();
        let summary = entry.summary.as_ref().filter(|_| !has_own);
        if let Some(summary) = summary
            && let Some((_, checksum)) = self.known(&summary.questionnaire, known)
            && *checksum == summary.checksum
        {
            return Listed::of_summary(key_of(&entry.folder), summary);
        }
        let mut listed = Listed::begin(key_of(&entry.folder), entry.name.clone());
        match entry.reading() {
            Err(error) => listed.damage = Some(error.to_string()),
            Ok(reading) => {
                let assessment = &reading.assessment;
                let questionnaire = if has_own {
                    self.questionnaire_of(&entry.folder, assessment).ok()
                } else {
                    self.known(&assessment.questionnaire().id, known).map(|(loaded, _)| loaded.questionnaire.clone())
                };
                let quick = questionnaire.as_ref().and_then(|questionnaire| quick_scan(questionnaire, assessment));
                let card = questionnaire.map(|questionnaire| score(&questionnaire, assessment, today));
                listed.quick = quick;
                listed.take(reading, card.as_ref());
            }
        }
        listed
    }

    /// Returns the questionnaire of an id, loaded once.
    fn known<'a>(&self, id: &str, known: &'a mut Known) -> Option<&'a (Loaded, u32)> {
        if !known.contains_key(id) {
            let loaded = self.library.load(id).ok().map(|loaded| {
                let checksum = loaded.checksum();
                (loaded, checksum)
            });
            known.insert(id.to_owned(), loaded);
        }
        known.get(id)?.as_ref()
    }
}

/// Returns the share of the quick scan that is answered, where that is what is asked.
fn quick_scan(questionnaire: &Questionnaire, assessment: &Assessment) -> Option<f64> {
    (assessment.depth() == Depth::Quick).then(|| progress(questionnaire, assessment).share())
}

impl Listed {
    fn begin(key: String, name: String) -> Self {
        let organisation = String::new();
        Self { key, name, organisation, completion: None, quick: None, readiness: None, changed: None, damage: None }
    }

    fn of_summary(key: String, summary: &Summary) -> Self {
        let Summary { name, organisation, completion, quick, readiness, changed, .. } = summary.clone();
        Self { key, name, organisation, completion: Some(completion), quick, readiness, changed, damage: None }
    }

    fn take(&mut self, reading: &Reading, card: Option<&Scorecard>) {
        let assessment = &reading.assessment;
        assessment.profile().organisation.clone_into(&mut self.organisation);
        self.changed = reading.changed;
        self.damage = reading.notices.iter().find(|notice| notice.is_loss()).map(ToString::to_string);
        match card {
            Some(card) => {
                self.completion = Some(card.completion.share());
                self.readiness = card.overall.stage2.claimed.middle.filter(|_| !card.is_early());
            }
            None if self.damage.is_none() => {
                self.damage = Some(format!("its questionnaire {:?} can't be read", assessment.questionnaire().id));
            }
            None => {}
        }
    }
}

impl Desk {
    /// Writes down what the list shows, unless a file of the journal has changed that this state doesn't know.
    ///
    /// Where it can't be written there is none: the list reads the answers then.
    pub(super) fn write_summary(&self) {
        if self.store.is_beside() {
            return;
        }
        let folder = self.store.folder();
        let own = self.store.session_file();
        let Ok(now) = Files::of(folder) else { return summary::remove(folder) };
        let was = self.files.clone().map(|files| files.of_others(own));
        if was != Some(now.clone().of_others(own)) {
            return summary::remove(folder);
        }
        let assessment = self.store.assessment();
        // Neither figure depends on the day: both are of what is claimed.
        let card = score(&self.questionnaire, assessment, NaiveDate::default());
        let summary = Summary {
            name: assessment.name().to_owned(),
            organisation: assessment.profile().organisation.clone(),
            questionnaire: assessment.questionnaire().id.clone(),
            checksum: self.checksum,
            completion: card.completion.share(),
            quick: quick_scan(&self.questionnaire, assessment),
            readiness: card.overall.stage2.claimed.middle.filter(|_| !card.is_early()),
            changed: self.store.changed(),
            whole: self.store.is_whole() && self.notices.is_empty(),
        };
        if summary::write(folder, &summary, &now).is_err() {
            summary::remove(folder);
        }
    }
}
