//! The Statement of Applicability: for every control, whether it applies and why, how far it is put into practice,
//! who approved which version, and what changed since.

mod standing;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::assessment::{Answer, Assessment, Evidence};
use crate::domain::change::{Change, Edit};
use crate::domain::flow::{Applicability, Progress, applicability};
use crate::domain::id::{AreaId, RequirementId};
use crate::domain::level::Level;
use crate::domain::questionnaire::{Questionnaire, Requirement};
use crate::domain::report::words;
use crate::domain::scoring::{Scorecard, Views};

pub use standing::{HOW_IT_STANDS, Standing};

pub use crate::domain::statement::{Approval, InclusionReason, OwnControl, Status};

/// Why no row is there for a clause. Said wherever somebody looks for one.
pub const CLAUSES_ALWAYS_APPLY: &str = "Clauses 4 to 10 are not in this statement: they always apply. An organisation \
                                        chooses among the controls of Annex A, and can add its own.";

/// Said where nobody has decided on a control: see [`Soa::is_untouched`].
pub const NOTHING_DECIDED: &str =
    "No decision on a control is recorded yet: what is asked about and not excluded counts as applicable.";

/// The Statement of Applicability as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Soa {
    /// The number of this version: that of the last approval, or one more where something changed since.
    pub version: u32,
    /// The last approval, where there is one.
    pub approval: Option<Approval>,
    /// What changed since the last approval, by control; empty where nothing was approved yet.
    pub changes: Vec<SoaChange>,
    /// A row for every control of the questionnaire, in order.
    pub controls: Vec<Control>,
    /// The controls that the organisation added, sorted by id.
    pub own: Vec<(RequirementId, OwnControl)>,
}

/// A row of the Statement of Applicability.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    /// The control.
    pub id: RequirementId,
    /// Its title.
    pub title: String,
    /// The area that it belongs to.
    pub area: AreaId,
    /// What was decided about it.
    pub decision: Decision,
    /// Why it is included, where somebody said.
    pub reasons: Vec<InclusionReason>,
    /// Who owns something of it, each once, in the order of the questions.
    pub owners: Vec<String>,
    /// What can be put on the table, in the order of the questions.
    pub evidence: Vec<Evidence>,
    /// How many of its questions that count are answered.
    pub answered: Progress,
    /// Whether something of it is below level 3, and each such answer has a day to come by which it is to be raised.
    pub is_planned: bool,
}

/// What was decided about a control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It applies.
    Applicable {
        /// How far it is put into practice.
        status: Views<Status>,
        /// The level of its weakest answer; none where nothing is answered.
        weakest: Views<Option<Level>>,
    },
    /// It is left out: excluded, or every question of it is not applicable.
    Excluded {
        /// The justification.
        because: String,
    },
    /// No question of it concerns the organisation's role, and nobody excluded it.
    Undecided,
}

/// What the statement says about a control now, and what it said when it was approved last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoaChange {
    /// The control.
    pub control: RequirementId,
    /// What was approved; none where it was not there.
    pub old: Option<String>,
    /// What it says now; none where it is gone.
    pub new: Option<String>,
}

/// Something that is still to be decided before the statement can be approved in good conscience.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undecided {
    /// Controls that apply and for which nobody said why.
    pub without_reason: Vec<RequirementId>,
    /// Controls that nobody decided on.
    pub undecided: Vec<RequirementId>,
}

/// Returns the Statement of Applicability.
#[must_use]
pub fn soa(questionnaire: &Questionnaire, assessment: &Assessment, scorecard: &Scorecard) -> Soa {
    let controls: Vec<Control> = questionnaire
        .requirements()
        .filter(|(_, requirement)| requirement.can_be_excluded())
        .map(|(area, requirement)| control(&area.id, requirement, assessment, scorecard))
        .collect();
    let own: Vec<(RequirementId, OwnControl)> =
        assessment.own_controls().map(|(id, own)| (id.clone(), own.clone())).collect();
    let approval = assessment.approval().cloned();
    let changes = approval.as_ref().map(|approval| changes(&approval.lines, &lines(&controls, &own)));
    let mut changes = changes.unwrap_or_default();
    // In the order of the rows; what is gone stands last.
    changes.sort_by_key(|c| controls.iter().position(|control| control.id == c.control).unwrap_or(usize::MAX));
    let last = approval.as_ref().map_or(0, |approval| approval.version);
    let version = if approval.is_some() && changes.is_empty() { last } else { last.saturating_add(1) };
    Soa { version, approval, changes, controls, own }
}

impl Soa {
    /// Returns the change by which somebody approves the statement as it stands on a day.
    ///
    /// Approving what is approved already keeps the number of the version: nothing in it changed.
    #[must_use]
    pub fn approved_by(&self, approver: String, on: NaiveDate) -> Change {
        let lines = lines(&self.controls, &self.own);
        let new = Approval { version: self.version, approver, on, lines };
        Change::Approval(Box::new(Edit { old: self.approval.clone(), new: Some(new) }))
    }

    /// Returns what is still to be decided.
    #[must_use]
    pub fn undecided(&self) -> Undecided {
        let ids = |wanted: &dyn Fn(&Control) -> bool| -> Vec<RequirementId> {
            self.controls.iter().filter(|control| wanted(control)).map(|control| control.id.clone()).collect()
        };
        Undecided {
            without_reason: ids(&|c| matches!(c.decision, Decision::Applicable { .. }) && c.reasons.is_empty()),
            undecided: ids(&|c| c.decision == Decision::Undecided),
        }
    }

    /// Returns what is unfinished of the statement: the end of a sentence that begins with what it is called. None where
    /// nothing is.
    #[must_use]
    pub fn unfinished(&self) -> Option<String> {
        let open = self.undecided();
        let controls = |count: usize| words::count(count, "control");
        let mut missing = vec![];
        if !self.is_approved() {
            missing.push("is not approved as it stands".to_owned());
        }
        if !open.without_reason.is_empty() {
            missing.push(format!("gives no reason for {}", controls(open.without_reason.len())));
        }
        if !open.undecided.is_empty() {
            missing.push(format!("leaves {} undecided", controls(open.undecided.len())));
        }
        let last = missing.pop()?;
        Some(if missing.is_empty() { last } else { format!("{} and {last}", missing.join(", ")) })
    }

    /// Returns whether nobody has decided on a control yet: no reason, no exclusion, no approval, none of one's own.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        let is_decided = |c: &Control| matches!(c.decision, Decision::Excluded { .. }) || !c.reasons.is_empty();
        self.approval.is_none() && self.own.is_empty() && !self.controls.iter().any(is_decided)
    }

    /// Returns whether the statement is approved as it stands.
    #[must_use]
    pub fn is_approved(&self) -> bool {
        self.approval.is_some() && self.changes.is_empty()
    }

    /// Returns how many controls of the questionnaire apply, are excluded, and are undecided.
    #[must_use]
    pub fn counts(&self) -> (usize, usize, usize) {
        let excluded = self.controls.iter().filter(|c| matches!(c.decision, Decision::Excluded { .. })).count();
        let undecided = self.controls.iter().filter(|c| c.decision == Decision::Undecided).count();
        (self.controls.len() - excluded - undecided, excluded, undecided)
    }
}

fn control(area: &AreaId, requirement: &Requirement, assessment: &Assessment, scorecard: &Scorecard) -> Control {
    let mut owners: Vec<String> = vec![];
    let mut evidence = vec![];
    let mut answered = Progress::default();
    let mut days = vec![];
    for question in &requirement.questions {
        if applicability(assessment, requirement, question) != Applicability::Applies {
            continue;
        }
        answered = answered + Progress::of(assessment, &question.id);
        let Some(response) = assessment.response(&question.id) else { continue };
        evidence.extend(response.evidence.iter().cloned());
        if response.claimed().is_some_and(|level| level < Level::Operating) {
            days.push(response.due);
        }
        if !response.owner.is_empty() && !owners.contains(&response.owner) {
            owners.push(response.owner.clone());
        }
    }
    Control {
        id: requirement.id.clone(),
        title: requirement.title.clone(),
        area: area.clone(),
        decision: decision(requirement, assessment, scorecard),
        reasons: assessment.inclusion(&requirement.id).collect(),
        owners,
        evidence,
        answered,
        // A day that has passed is no plan.
        is_planned: !days.is_empty() && days.iter().all(|day| day.is_some_and(|day| day >= scorecard.on)),
    }
}

fn decision(requirement: &Requirement, assessment: &Assessment, scorecard: &Scorecard) -> Decision {
    if let Some(because) = assessment.exclusion(&requirement.id) {
        return Decision::Excluded { because: because.to_owned() };
    }
    let counted: Vec<_> = requirement.questions.iter().filter_map(|q| scorecard.contribution(&q.id)).collect();
    if counted.is_empty() {
        let because = justifications(requirement, assessment);
        return if because.is_empty() { Decision::Undecided } else { Decision::Excluded { because } };
    }
    let claimed: Vec<Option<Level>> = counted.iter().map(|c| c.claimed).collect();
    let evidenced: Vec<Option<Level>> = counted.iter().map(|c| c.evidenced).collect();
    let weakest = |levels: &[Option<Level>]| levels.iter().flatten().min().copied();
    Decision::Applicable {
        status: Views { claimed: status(&claimed), evidenced: status(&evidenced) },
        weakest: Views { claimed: weakest(&claimed), evidenced: weakest(&evidenced) },
    }
}

/// Returns why the questions that concern the role are not applicable, each reason once.
fn justifications(requirement: &Requirement, assessment: &Assessment) -> String {
    let mut reasons: Vec<&str> = vec![];
    for question in &requirement.questions {
        if applicability(assessment, requirement, question) == Applicability::Applies
            && let Some(Answer::NotApplicable { because }) = assessment.answer(&question.id)
            && !reasons.contains(&because.as_str())
        {
            reasons.push(because);
        }
    }
    reasons.join("\n")
}

/// Returns how far a control is put into practice, by the levels of its questions that count.
fn status(levels: &[Option<Level>]) -> Status {
    let all = |wanted: &dyn Fn(Level) -> bool| levels.iter().flatten().all(|level| wanted(*level));
    if levels.iter().any(Option::is_none) {
        Status::Open
    } else if all(&|level| level >= Level::Operating) {
        Status::Implemented
    } else if all(&|level| level < Level::Documented) {
        Status::NotImplemented
    } else {
        Status::Partly
    }
}

/// Returns what the statement says about each control, in a line: this is what an approval keeps.
fn lines(controls: &[Control], own: &[(RequirementId, OwnControl)]) -> BTreeMap<RequirementId, String> {
    let own = own.iter().map(|(id, own)| (id.clone(), own_line(own)));
    controls.iter().map(|control| (control.id.clone(), control.line())).chain(own).collect()
}

/// Returns what the statement says about a control of the organisation's own, in a line.
#[must_use]
pub fn own_line(own: &OwnControl) -> String {
    format!("own control, {}, {}: {}", own.title, own.status.title().to_lowercase(), own.reason)
}

impl Control {
    /// Returns what the statement says about the control, in a line.
    #[must_use]
    pub fn line(&self) -> String {
        match &self.decision {
            Decision::Undecided => "undecided".to_owned(),
            Decision::Excluded { because } => format!("excluded: {because}"),
            Decision::Applicable { status, .. } => {
                let reasons: Vec<&str> = self.reasons.iter().map(|reason| reason.title()).collect();
                let reasons = if reasons.is_empty() { "no reason given".to_owned() } else { reasons.join(", ") };
                format!("applicable ({reasons}), {}", status.claimed.title().to_lowercase())
            }
        }
    }
}

fn changes(old: &BTreeMap<RequirementId, String>, new: &BTreeMap<RequirementId, String>) -> Vec<SoaChange> {
    let ids: BTreeSet<&RequirementId> = old.keys().chain(new.keys()).collect();
    ids.into_iter()
        .filter(|id| old.get(*id) != new.get(*id))
        .map(|id| SoaChange { control: id.clone(), old: old.get(id).cloned(), new: new.get(id).cloned() })
        .collect()
}

impl Decision {
    /// Returns the word for it in JSON.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Applicable { .. } => "applicable",
            Self::Excluded { .. } => "excluded",
            Self::Undecided => "undecided",
        }
    }

    /// Returns the word for it in reports.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::Applicable { .. } => "Applicable",
            Self::Excluded { .. } => "Excluded",
            Self::Undecided => "Undecided",
        }
    }
}
