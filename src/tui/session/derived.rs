//! What screens show and what takes a moment to work out: once for each state of the answers, and only when a screen
//! asks for it. No cursor that moves costs any of it.

use std::sync::Arc;

use crate::domain::actions::{Action as Gap, Hour, Status, next_hour, rank};
use crate::domain::assessment::Assessment;
use crate::domain::change::Change;
use crate::domain::crosswalk_view::{self, CrosswalkView};
use crate::domain::flow::Progress;
use crate::domain::history::Waypoint;
use crate::domain::questionnaire::{Area, Requirement};
use crate::domain::soa::{Soa, Undecided, soa};
use crate::domain::timeline::{FEW_TRIALS, Work, plan, work};
use crate::tui::memo::Memo;
use crate::tui::session::Session;

/// The most snapshots that are told of.
pub const MOST_WAYPOINTS: usize = 24;

/// What was worked out, each with what it was worked out from.
#[derive(Clone, Debug, Default)]
pub(super) struct Derived {
    work: Memo<u64, Vec<Work>>,
    gaps: Memo<u64, Gaps>,
    statement: Memo<u64, Statement>,
    waypoints: Memo<(u64, usize), Vec<Waypoint>>,
    snapshots: Memo<u64, usize>,
    crosswalks: Memo<u64, Vec<CrosswalkView>>,
    areas: Memo<u64, Vec<AreaState>>,
}

/// How often what things are worked out from was changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Revisions {
    /// Anything at all.
    pub all: u64,
    /// What moves figures.
    pub figures: u64,
    /// The history as a whole, by another program.
    pub history: u64,
}

/// The gaps in the order in which to close them, and what is told of all of them.
#[derive(Clone, Debug, Default)]
pub struct Gaps {
    /// The gaps.
    pub all: Vec<Gap>,
    /// How many have no owner.
    pub without_owner: usize,
    /// How many should be closed by now.
    pub overdue: usize,
    /// What to do with an hour; none where nothing is left to do.
    pub hour: Option<Hour>,
}

/// The Statement of Applicability, and what is told of all of it.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The statement.
    pub soa: Soa,
    /// How many controls apply, are excluded, and are undecided.
    pub counts: (usize, usize, usize),
    /// What is to be decided before it can be approved.
    pub undecided: Undecided,
}

/// How far one is in an area.
#[derive(Clone, Copy, Debug)]
pub struct AreaState {
    /// How far one is.
    pub progress: Progress,
    /// Whether all of it is excluded.
    pub is_excluded: bool,
    /// The place of its first requirement among all.
    pub first_requirement: usize,
}

impl Session {
    /// Returns a number that is another one after each change.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revisions.all
    }

    /// Returns the gaps in the order in which to close them.
    #[must_use]
    pub fn gaps(&self) -> Arc<Gaps> {
        self.derived.gaps.get(self.revisions.all, || {
            let all = rank(&self.questionnaire, &self.assessment, &self.scorecard, &self.work());
            let without_owner = all.iter().filter(|gap| gap.owner.is_empty()).count();
            let overdue = all.iter().filter(|gap| gap.status == Status::Overdue).count();
            let hour = next_hour(&self.questionnaire, &self.scorecard, &all);
            Gaps { all, without_owner, overdue, hour }
        })
    }

    /// Returns the Statement of Applicability.
    #[must_use]
    pub fn statement(&self) -> Arc<Statement> {
        self.derived.statement.get(self.revisions.all, || {
            let soa = soa(&self.questionnaire, &self.assessment, &self.scorecard);
            Statement { counts: soa.counts(), undecided: soa.undecided(), soa }
        })
    }

    /// Returns how ready the organisation was at the last snapshots, oldest first.
    #[must_use]
    pub fn waypoints(&self) -> Arc<Vec<Waypoint>> {
        let key = (self.revisions.history, self.snapshots());
        self.derived.waypoints.get(key, || self.history.waypoints(&self.questionnaire, MOST_WAYPOINTS))
    }

    /// Returns what other frameworks can use.
    #[must_use]
    pub fn crosswalks(&self) -> Arc<Vec<CrosswalkView>> {
        self.derived
            .crosswalks
            .get(self.revisions.all, || crosswalk_view::views(&self.questionnaire, &self.assessment, &self.scorecard))
    }

    /// Returns how far one is in each area, in the order of the questionnaire.
    #[must_use]
    pub fn areas(&self) -> Arc<Vec<AreaState>> {
        self.derived.areas.get(self.revisions.all, || {
            let mut first_requirement = 0;
            let state = |area: &Area| {
                let first = first_requirement;
                first_requirement += area.requirements.len();
                AreaState {
                    progress: self.flow.iter().copied().skip(first).take(area.requirements.len()).sum(),
                    is_excluded: area.requirements.iter().all(|it| is_excluded(&self.assessment, it)),
                    first_requirement: first,
                }
            };
            self.questionnaire.areas().iter().map(state).collect()
        })
    }

    /// Returns the number of snapshots.
    #[must_use]
    pub fn snapshots(&self) -> usize {
        *self.derived.snapshots.get(self.revisions.all, || self.history.snapshots().count())
    }

    /// Returns how far one is in the whole walk through the questions.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// Returns what is left of each package of the road map; nothing where there is none. It is played through.
    fn work(&self) -> Arc<Vec<Work>> {
        self.derived.work.get(self.revisions.figures, || {
            let plan = plan(&self.questionnaire, &self.assessment, self.today);
            plan.map(|plan| work(&plan, self.assessment.seed(), FEW_TRIALS)).unwrap_or_default()
        })
    }
}

/// Returns whether a requirement is a control that was left out.
#[must_use]
pub fn is_excluded(assessment: &Assessment, requirement: &Requirement) -> bool {
    requirement.can_be_excluded() && assessment.exclusion(&requirement.id).is_some()
}

/// Returns whether a change can move figures: those that say who closes a gap and by when, what was thought of it, and that
/// somebody wants to come back to it don't.
pub(super) fn moves_figures(change: &Change) -> bool {
    !matches!(
        change,
        Change::Owner { .. } | Change::Due { .. } | Change::Note { .. } | Change::Marked { .. } | Change::Rename(_)
    )
}
