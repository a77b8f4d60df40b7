//! What to do first: gaps by how much they stand in the way of an audit.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::assessment::Assessment;
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::level::Level;
use crate::domain::questionnaire::{Item, Questionnaire};
use crate::domain::report::contribution;
use crate::domain::scoring::{Contribution, Grade, Scorecard};

/// A gap to close.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// The question.
    pub question: QuestionId,
    /// The requirement that it belongs to.
    pub requirement: RequirementId,
    /// The title of the requirement.
    pub title: String,
    /// The question's text.
    pub ask: String,
    /// Why it is this pressing.
    pub reason: Reason,
    /// The level that was chosen; below 3.
    pub level: Level,
    /// The next level.
    pub next: Level,
    /// What one would see at the next level.
    pub next_text: String,
    /// Who owns the gap; empty for nobody.
    pub owner: String,
    /// By when it is to be closed.
    pub due: Option<NaiveDate>,
}

/// Why an action is pressing, most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A showstopper question is below level 3.
    Showstopper,
    /// A question that Stage 1 reads a document for is below level 2.
    Undocumented,
    /// It is below level 3 in a requirement with a potential major nonconformity.
    Major,
    /// It is below level 3.
    Minor,
}

/// Returns every question that is answered below level 3, most pressing first, then in the order of the questionnaire.
pub(super) fn rank(questionnaire: &Questionnaire, assessment: &Assessment, scorecard: &Scorecard) -> Vec<Action> {
    let majors: HashSet<&RequirementId> =
        scorecard.findings.iter().filter(|f| f.grade == Grade::Major).map(|f| &f.requirement).collect();
    let mut actions: Vec<Action> = questionnaire
        .items()
        .filter_map(|item| {
            let contribution = contribution(scorecard, &item.question.id)?;
            let level = contribution.claimed.filter(|level| *level < Level::Operating)?;
            let reason = reason(contribution, level, majors.contains(&item.requirement.id));
            action(assessment, &item, level, reason)
        })
        .collect();
    actions.sort_by_key(|action| action.reason);
    actions
}

fn reason(contribution: &Contribution, level: Level, is_in_major: bool) -> Reason {
    if contribution.showstopper {
        Reason::Showstopper
    } else if contribution.documented && level < Level::Documented {
        Reason::Undocumented
    } else if is_in_major {
        Reason::Major
    } else {
        Reason::Minor
    }
}

fn action(assessment: &Assessment, item: &Item<'_>, level: Level, reason: Reason) -> Option<Action> {
    let response = assessment.response(&item.question.id)?;
    let next = Level::new(level.number() + 1)?;
    Some(Action {
        question: item.question.id.clone(),
        requirement: item.requirement.id.clone(),
        title: item.requirement.title.clone(),
        ask: item.question.ask.clone(),
        reason,
        level,
        next,
        next_text: item.question.level_text(next).to_owned(),
        owner: response.owner.clone(),
        due: response.due,
    })
}

impl Reason {
    /// Returns the word for it in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Showstopper => "showstopper",
            Self::Undocumented => "undocumented",
            Self::Major => "major",
            Self::Minor => "minor",
        }
    }

    /// Returns why it is pressing, as reports say it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Showstopper => "An audit stops here",
            Self::Undocumented => "Stage 1 reads a document here",
            Self::Major => "Part of a potential major",
            Self::Minor => "Below conformity",
        }
    }
}
