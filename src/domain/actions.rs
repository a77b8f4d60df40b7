//! The action plan: every gap with what closing it gains and what that costs, in the order in which to close them.
//!
//! The order can be recomputed by hand. First stands what an audit doesn't forgive ([`Reason`]), with all that it waits
//! for: a gap is as urgent as the most pressing one that builds on it. Among what is equally urgent, what can be begun now
//! comes before what builds on that, step by step: a question below level 2 can be begun once the work packages that its
//! own follows are at level 2 on average. An audit or a review that is planned is held once all work before it is nearer to
//! level 3 than to 2. Within a step, the more pressing reason comes first, and audits and reviews after the rest of their
//! kind. Among equals, the highest value does: points gained for a person-day.

mod hour;
mod order;
mod told;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::domain::assessment::Assessment;
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::level::Level;
use crate::domain::questionnaire::{Item, Questionnaire};
use crate::domain::scoring::{Contribution, Grade, Scorecard};
use crate::domain::timeline::Work;

pub use hour::{Hour, next_hour};

/// What a month saved counts for, in points of readiness: our own choice, so that both can be weighed together.
pub const POINTS_PER_MONTH: f64 = 10.0;
/// An hour, in person-days of eight hours. No action is reckoned with less.
pub const HOUR: f64 = 0.125;
/// The most person-days of a quick win.
const QUICK: f64 = 1.0;
/// How many quick wins are named: those of the highest value.
const QUICK_WINS: usize = 5;

/// A gap to close.
#[derive(Clone, Debug, PartialEq)]
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
    /// The most pressing reason among its own and those of what waits for it.
    pub urgency: Reason,
    /// The level that was chosen.
    pub level: Level,
    /// The level that the next audit looks for: 2 below it, else 3; for a claim without evidence the level itself.
    pub next: Level,
    /// What one would see once it is reached: see [`Question::goal`](crate::domain::questionnaire::Question::goal).
    pub next_text: String,
    /// What closing the gap gains.
    pub gain: Gain,
    /// The person-days that it takes to bring the answer to level 3; none where no road map says.
    pub effort: Option<f64>,
    /// Points gained for a person-day: see [`Gain::points`].
    pub value: f64,
    /// When it can be begun: 1 is now, 2 is after step 1, and so on.
    pub step: usize,
    /// The title of the work package that closes it; empty where no road map says.
    pub package: String,
    /// The titles of the packages that come first because they are below level 2; empty at step 1.
    pub builds_on: Vec<String>,
    /// Whether it is to plan an audit or a review that isn't planned: to hold it is work of its own, later, and neither in the
    /// gain nor in the effort.
    pub is_to_plan: bool,
    /// Whether it is an audit or a review that is planned, so that what lifts it is to hold it: a step of the road map of its
    /// own, with its own days.
    pub is_to_hold: bool,
    /// Whether it is one of the five of the highest value that can be begun now and take a day at most.
    pub quick_win: bool,
    /// Who owns the gap; empty for nobody.
    pub owner: String,
    /// By when it is to be closed.
    pub due: Option<NaiveDate>,
    /// Whether it has an owner and a date, and whether the date is kept.
    pub status: Status,
}

/// What closing a gap gains: what the figures rise by if the answer goes to level 3 and records show it; for an audit or a
/// review that isn't planned, if it is planned and a document shows it, at level 2.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gain {
    /// Stage 1 readiness as claimed, in percentage points.
    pub stage1: f64,
    /// Stage 2 readiness as claimed, in percentage points.
    pub stage2: f64,
    /// Stage 2 readiness by the evidence, in percentage points.
    pub evidenced: f64,
    /// Months by which the certificate comes earlier: its part of what its package saves; none where that wasn't worked
    /// out.
    pub months: Option<f64>,
}

/// Why an action is pressing, most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A showstopper question is below level 2: Stage 1 stops there.
    Showstopper,
    /// A question that Stage 1 reads a document for is below level 2.
    Undocumented,
    /// A showstopper question is at level 2: Stage 2 doesn't pass without it.
    Operation,
    /// It is below level 3 in a requirement with a potential major nonconformity.
    Major,
    /// It is below level 3.
    Minor,
    /// It is claimed at 3 or more, and the evidence carries less. It comes last: the work is done, and is to be shown.
    Unsupported,
}

/// Whether somebody takes care of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Its date has passed.
    Overdue,
    /// It has an owner and a date.
    Planned,
    /// It has an owner and no date.
    WithoutDate,
    /// It has no owner.
    WithoutOwner,
}

/// Returns every gap, in the order in which to close them.
///
/// `work` says what is left of each package of the road map; without it, efforts and months are missing, and gaps are
/// ranked by their points alone.
#[must_use]
pub fn rank(questionnaire: &Questionnaire, assessment: &Assessment, card: &Scorecard, work: &[Work]) -> Vec<Action> {
    let ranker = Ranker::new(questionnaire, assessment, card, work);
    let mut actions: Vec<Action> = questionnaire.items().filter_map(|item| ranker.action(&item)).collect();
    ranker.steps.pass_on_urgency(&mut actions);
    actions.sort_by(|a, b| {
        let turn = |action: &Action| ranker.steps.turn(&action.question);
        let place = |action: &Action| (action.urgency, action.step, action.reason, turn(action));
        place(a).cmp(&place(b)).then(b.value.total_cmp(&a.value))
    });
    mark_quick_wins(&mut actions);
    actions
}

fn mark_quick_wins(actions: &mut [Action]) {
    let is_quick = |action: &Action| {
        let is_small = action.effort.is_some_and(|effort| effort <= QUICK);
        // To plan an audit gains nothing yet that anybody would call a win.
        let is_check = action.is_to_plan || action.is_to_hold;
        action.step == 1 && action.reason != Reason::Unsupported && is_small && !is_check
    };
    let mut quick: Vec<&mut Action> = actions.iter_mut().filter(|action| is_quick(action)).collect();
    quick.sort_by(|a, b| b.value.total_cmp(&a.value));
    quick.into_iter().take(QUICK_WINS).for_each(|action| action.quick_win = true);
}

/// What an action is worked out from.
struct Ranker<'a> {
    assessment: &'a Assessment,
    card: &'a Scorecard,
    majors: HashSet<&'a RequirementId>,
    /// The sums of all weights, and of those of the documented questions.
    weights: (f64, f64),
    packages: HashMap<&'a QuestionId, Share<'a>>,
    steps: order::Steps<'a>,
}

/// The part of a package that a question makes up.
struct Share<'a> {
    work: &'a Work,
    /// Its part of the package's gap, 0 to 1.
    part: f64,
}

impl<'a> Ranker<'a> {
    fn new(
        questionnaire: &'a Questionnaire,
        assessment: &'a Assessment,
        card: &'a Scorecard,
        work: &'a [Work],
    ) -> Self {
        let sum = |wanted: &dyn Fn(&Contribution) -> bool| -> f64 {
            card.contributions.iter().filter(|c| wanted(c)).map(|c| c.weight).sum()
        };
        let mut packages = HashMap::new();
        for work in work {
            let gap = |id: &QuestionId| card.contribution(id).map_or(0.0, |c| c.weight * gap(c));
            let whole: f64 = work.questions.iter().map(gap).sum();
            for question in &work.questions {
                let part = if whole > 0.0 { gap(question) / whole } else { 0.0 };
                packages.insert(question, Share { work, part });
            }
        }
        Self {
            assessment,
            card,
            majors: card.findings.iter().filter(|f| f.grade == Grade::Major).map(|f| &f.requirement).collect(),
            weights: (sum(&|_| true), sum(&|c| c.documented)),
            packages,
            steps: order::Steps::new(questionnaire, card),
        }
    }

    fn action(&self, item: &Item<'_>) -> Option<Action> {
        let contribution = self.card.contribution(&item.question.id)?;
        let level = contribution.claimed?;
        let reason = self.reason(item, contribution, level)?;
        let response = self.assessment.response(&item.question.id)?;
        let next = match reason {
            Reason::Unsupported => level,
            _ if level < Level::Documented => Level::Documented,
            _ => Level::Operating,
        };
        let share = self.packages.get(&item.question.id);
        let effort = match reason {
            Reason::Unsupported => Some(HOUR),
            _ => share.map(|share| (share.work.effort * share.part).max(HOUR)),
        };
        let is_check = self.steps.is_check(&item.question.id) && reason != Reason::Unsupported;
        let (is_to_plan, is_to_hold) = (is_check && level < Level::Documented, is_check && level >= Level::Documented);
        let effort = effort.filter(|_| !is_to_hold);
        let gain =
            if is_to_plan { self.gain_of_planning(contribution, level) } else { self.gain(contribution, level, share) };
        let (step, builds_on) = match reason {
            Reason::Unsupported => (1, vec![]),
            _ => self.steps.of(&item.question.id, level),
        };
        Some(Action {
            question: item.question.id.clone(),
            requirement: item.requirement.id.clone(),
            title: item.requirement.title.clone(),
            ask: item.question.ask.clone(),
            reason,
            urgency: reason,
            level,
            next,
            next_text: item.question.goal(next),
            gain,
            effort,
            value: gain.points() / effort.unwrap_or(1.0),
            step,
            package: share.map(|share| share.work.title.clone()).unwrap_or_default(),
            builds_on,
            is_to_plan,
            is_to_hold,
            quick_win: false,
            owner: response.owner.clone(),
            due: response.due,
            status: Status::of(&response.owner, response.due, self.card.on),
        })
    }

    /// Returns why the question is pressing; none where nothing is to be done.
    fn reason(&self, item: &Item<'_>, contribution: &Contribution, level: Level) -> Option<Reason> {
        if level >= Level::Operating {
            return (contribution.evidenced < Some(Level::Operating)).then_some(Reason::Unsupported);
        }
        let is_absent = level < Level::Documented;
        Some(if contribution.showstopper {
            if is_absent { Reason::Showstopper } else { Reason::Operation }
        } else if contribution.documented && is_absent {
            Reason::Undocumented
        } else if self.majors.contains(&item.requirement.id) {
            Reason::Major
        } else {
            Reason::Minor
        })
    }

    /// Returns what it gains to plan an audit or a review that isn't planned: to hold it is a step of its own, later.
    fn gain_of_planning(&self, contribution: &Contribution, level: Level) -> Gain {
        self.gain_up_to(Level::Documented, contribution, level)
    }

    /// Returns what the figures rise by if the answer, and what its evidence carries, go to a level; without the months.
    fn gain_up_to(&self, goal: Level, contribution: &Contribution, level: Level) -> Gain {
        let (all, documented) = self.weights;
        let points = |bar: Level, from: Level, of: f64| {
            let missing = (goal.min(bar).points() - from.points()).max(0.0) / bar.points();
            if of > 0.0 { 100.0 * contribution.weight * missing / of } else { 0.0 }
        };
        Gain {
            stage1: if contribution.documented { points(Level::Documented, level, documented) } else { 0.0 },
            stage2: points(Level::Operating, level, all),
            evidenced: points(Level::Operating, contribution.evidenced.unwrap_or(level), all),
            months: None,
        }
    }

    fn gain(&self, contribution: &Contribution, level: Level, share: Option<&Share<'_>>) -> Gain {
        Gain {
            months: if level < Level::Operating {
                share.and_then(|share| share.work.months.map(|months| months * share.part))
            } else {
                None
            },
            ..self.gain_up_to(Level::Operating, contribution, level)
        }
    }
}

/// Returns what is left of the way to level 3, 0 to 1, for an open question from what it is assumed at.
fn gap(contribution: &Contribution) -> f64 {
    let bar = Level::Operating.points();
    let level = contribution.claimed.map(Level::points).or(contribution.assumed.claimed);
    // As the timeline does: where nothing at all is answered, an open question is taken for level 1.
    (bar - level.unwrap_or(Level::AdHoc.points()).clamp(0.0, bar)) / bar
}

impl Gain {
    /// Returns what the gain counts for, in points: the percentage points of the three figures together, and
    /// [`POINTS_PER_MONTH`] for every month.
    #[must_use]
    pub fn points(&self) -> f64 {
        self.stage1 + self.stage2 + self.evidenced + POINTS_PER_MONTH * self.months.unwrap_or(0.0)
    }
}

impl Reason {
    /// Returns the word for it in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Showstopper => "showstopper",
            Self::Undocumented => "undocumented",
            Self::Operation => "operation",
            Self::Major => "major",
            Self::Minor => "minor",
            Self::Unsupported => "unsupported",
        }
    }

    /// Returns why it is pressing, as reports say it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Showstopper => "Stage 1 would find you not ready",
            Self::Undocumented => "Stage 1 reads a document here",
            Self::Operation => "Stage 2 does not pass without it",
            Self::Major => "Part of a potential major",
            Self::Minor => "Below conformity",
            Self::Unsupported => "Claimed, and no evidence shows it",
        }
    }
}

impl Status {
    /// Returns the status of an action with this owner and date on a day.
    fn of(owner: &str, due: Option<NaiveDate>, on: NaiveDate) -> Self {
        match due {
            Some(due) if due < on => Self::Overdue,
            _ if owner.is_empty() => Self::WithoutOwner,
            Some(_) => Self::Planned,
            None => Self::WithoutDate,
        }
    }

    /// Returns the word for it in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Planned => "planned",
            Self::WithoutDate => "without-date",
            Self::WithoutOwner => "without-owner",
        }
    }

    /// Returns the words for it on screens and in reports.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Planned => "planned",
            Self::WithoutDate => "has no date",
            Self::WithoutOwner => "has no owner",
        }
    }
}
