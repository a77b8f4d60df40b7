//! From the gaps of an assessment to the work that remains, compiled so that a trial is only sums and maxima.

use std::collections::HashMap;
use std::ops::Range;

use chrono::NaiveDate;

use crate::domain::assessment::Assessment;
use crate::domain::id::{PackageId, QuestionId};
use crate::domain::level::Level;
use crate::domain::profile::{Certificate, Profile};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::roadmap::{Milestone, Package, Phase, Reference, Roadmap, Settings, Size, Step, ThreePoint};
use crate::domain::scoring::{Contribution, Scorecard, score};
use crate::domain::timeline::draw::{Lanes, Layout};
use crate::domain::timeline::open::{Beliefs, OpenQuestion, PRIOR};
use crate::domain::timeline::quantile::{Estimate, Quantiles};

/// The share of a package's effort that is left however small the organisation is: a firm of three still writes a
/// policy, holds a review and is audited against every clause. Published plans for the smallest firms need about half
/// the effort of those for some sixty people.
const LEAST_SCALE: f64 = 0.4;
/// The share of a package's effort that each level takes, from 0 to 1, from 1 to 2 and from 2 to 3: to talk about it,
/// to write it down, and to live it until every question has its records. Published plans give writing (garvitsharma.in:
/// 8 to 16 weeks; bastion.tech: weeks 3 to 8) and rolling out (8 to 12; weeks 8 to 14) about the same time, and what
/// comes before either (initiation and gap analysis) a fraction of it. Eighths, so that they sum to exactly 1.
pub(super) const LEVEL_SHARES: [f64; 3] = [0.125, 0.375, 0.5];
/// The least that a team gets done, in person-days on a working day: no profile is so small, and nothing divides by zero.
const LEAST_CAPACITY: f64 = 1e-6;
/// Working days of a week.
pub(super) const DAYS_PER_WEEK: f64 = 5.0;

/// The work that remains and the team that does it, ready to be played through by [`simulate`](super::simulate).
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub(super) start: NaiveDate,
    pub(super) target: Option<NaiveDate>,
    /// In topological order.
    pub(super) activities: Vec<Activity>,
    /// What the activities are, in the same order.
    pub(super) labels: Vec<Label>,
    /// The indices of what activities follow; each activity has a range of it.
    pub(super) follows: Vec<usize>,
    /// What open questions weigh in activities; each activity has a range of it.
    pub(super) shares: Vec<Share>,
    pub(super) open: Vec<OpenQuestion>,
    pub(super) drivers: Vec<(String, f64)>,
    /// How strongly a draw depends on itself, where the drivers have taken their part.
    pub(super) own_pull: f64,
    /// Person-days that the team gets done on a working day.
    pub(super) capacity: f64,
    /// Working days for a person-day, by the whole team.
    pub(super) days_per_effort: f64,
    pub(super) layout: Layout,
    pub(super) quantiles: Quantiles,
    pub(super) basis: Basis,
}

/// A package or step, as figures.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Activity {
    /// Person-days for the whole way from level 0 to level 3, scale and savings reckoned in.
    pub effort: Estimate,
    /// Working days for the whole way.
    pub waiting: Estimate,
    /// Working days for a person-day of it, by as many people as can work on it at once.
    pub days_per_effort: f64,
    /// The probability that it is needed.
    pub chance: f64,
    /// The part of the gap that is known, 0 to 1.
    pub known_gap: f64,
    /// The part of the gap that open questions make up, as a range of [`Plan::shares`].
    pub shares: Range<usize>,
    /// What it follows, as a range of [`Plan::follows`].
    pub follows: Range<usize>,
    /// The gap when open questions are at the middle of what they are drawn around.
    pub middle_gap: f64,
}

/// A package or step, as a person reads it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Label {
    pub id: PackageId,
    pub title: String,
    pub phase: Phase,
    pub is_step: bool,
    pub milestone: Option<Milestone>,
    /// The questions that it closes and that are open or below level 3.
    pub questions: Vec<QuestionId>,
    /// What each of the questions that it closes weighs in it.
    pub pieces: Vec<Piece>,
    /// What the size of the organisation multiplies its effort by.
    pub scale: f64,
    /// The share that certificates save.
    pub reuse: f64,
    /// The three points as the road map states them.
    pub stated: (ThreePoint, ThreePoint),
    pub source: String,
}

/// What a question weighs in the package that closes it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub question: QuestionId,
    /// Its share of the package's weight.
    pub weight: f64,
    /// The level that is answered, or that is drawn around.
    pub level: f64,
    /// Its index in [`Plan::open`], where it is open.
    pub open: Option<usize>,
}

/// What an open question weighs in the gap of an activity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Share {
    /// Its index in [`Plan::open`].
    pub open: usize,
    /// Its share of the activity's weight.
    pub weight: f64,
}

/// What the plan was made from, to be shown with the result.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Basis {
    pub profile: Profile,
    pub settings: Settings,
    /// The mean of `min(level, 3)` over the questions that apply, 0 to 3, open ones at their middle.
    pub level: f64,
    pub asked: usize,
    /// The evidenced Stage 2 readiness, 0 to 1; what is open has no evidence.
    pub evidenced: f64,
    /// The weighted share of the questions whose evidence carries them to level 3 already, 0 to 1.
    pub recorded: f64,
}

/// What a plan is compiled from.
struct Sources<'a> {
    profile: &'a Profile,
    roadmap: &'a Roadmap,
    gaps: HashMap<&'a QuestionId, Gap>,
    evidenced: f64,
    recorded: f64,
}

/// What one question leaves to be done.
#[derive(Clone, Copy)]
struct Gap {
    weight: f64,
    /// The level that is answered, or that is drawn around.
    level: f64,
    /// Its index among the open questions, where it is open.
    open: Option<usize>,
}

/// Returns the work that remains; none where the questionnaire has no road map.
///
/// It starts on the day that the profile says, or on `today`; evidence counts where it is valid on `today`.
#[must_use]
pub fn plan(questionnaire: &Questionnaire, assessment: &Assessment, today: NaiveDate) -> Option<Plan> {
    let roadmap = questionnaire.roadmap()?;
    let profile = assessment.profile();
    let scorecard = score(questionnaire, assessment, today);
    let (open, gaps) = gaps(questionnaire, &scorecard);
    let basis = basis(profile, &roadmap.settings, &scorecard, &gaps);
    let sources = Sources { profile, roadmap, gaps, evidenced: basis.evidenced, recorded: basis.recorded };
    let capacity = per_day(profile, &roadmap.settings, profile.people);
    let mut plan = Plan {
        start: profile.start.unwrap_or(today),
        target: profile.target,
        activities: vec![],
        labels: vec![],
        follows: vec![],
        shares: vec![],
        drivers: roadmap.drivers.iter().map(|driver| (driver.title.clone(), driver.pull)).collect(),
        own_pull: (1.0 - roadmap.drivers.iter().map(|driver| driver.pull * driver.pull).sum::<f64>()).max(0.0).sqrt(),
        capacity,
        days_per_effort: 1.0 / capacity,
        layout: Layout::new(
            roadmap.drivers.len(),
            roadmap.packages.len(),
            open.iter().map(|question| question.draw + 1).max().unwrap_or(0),
        ),
        open,
        quantiles: Quantiles::new(),
        basis,
    };
    let position: HashMap<&PackageId, usize> =
        roadmap.packages.iter().enumerate().map(|(index, package)| (&package.id, index)).collect();
    for package in &roadmap.packages {
        let start = plan.follows.len();
        plan.follows
            .extend(package.after.iter().filter_map(|id| position.get(id)).filter(|at| **at < plan.labels.len()));
        let follows = start..plan.follows.len();
        sources.compile(&mut plan, package, follows);
    }
    Some(plan)
}

/// Returns the person-days that so many people get done on a working day.
fn per_day(profile: &Profile, settings: &Settings, people: f64) -> f64 {
    (people * (profile.days_per_week / DAYS_PER_WEEK) * settings.utilisation).max(LEAST_CAPACITY)
}

fn gaps<'a>(
    questionnaire: &'a Questionnaire,
    scorecard: &Scorecard,
) -> (Vec<OpenQuestion>, HashMap<&'a QuestionId, Gap>) {
    let beliefs = Beliefs::new(questionnaire, &scorecard.contributions);
    let by_id: HashMap<&QuestionId, &Contribution> =
        scorecard.contributions.iter().map(|contribution| (&contribution.question, contribution)).collect();
    let (mut open, mut gaps) = (vec![], HashMap::new());
    for (draw, place) in questionnaire.canonical().iter().enumerate() {
        let Some(item) = questionnaire.at(*place) else { continue };
        let id = &item.question.id;
        let Some(contribution) = by_id.get(id) else { continue };
        let weight = contribution.weight;
        let told = if let Some(level) = contribution.claimed {
            Gap { weight, level: level.points(), open: None }
        } else {
            let belief = beliefs.of(*place, draw);
            open.push(belief);
            Gap { weight, level: belief.middle, open: Some(open.len() - 1) }
        };
        gaps.insert(id, told);
    }
    (open, gaps)
}

/// Returns what is left of the way to level 3, 0 to 1. It never rises with the level.
pub(super) fn gap(level: f64) -> f64 {
    let [gap, ..] = gaps_from(Lanes::splat(level)).to_array();
    gap
}

/// Returns what is left of the way to level 3 from each of these levels.
#[inline]
pub(super) fn gaps_from(levels: Lanes) -> Lanes {
    let [talk, write, live] = LEVEL_SHARES;
    // A sum of falling terms falls even in its last bit, which a line from point to point need not do.
    let left = |from: f64| Lanes::ONE - (levels - Lanes::splat(from)).fast_max(Lanes::ZERO).fast_min(Lanes::ONE);
    left(0.0) * talk + left(1.0) * write + left(2.0) * live
}

fn basis(profile: &Profile, settings: &Settings, scorecard: &Scorecard, gaps: &HashMap<&QuestionId, Gap>) -> Basis {
    let (mut weight, mut levels, mut recorded) = (0.0, 0.0, 0.0);
    for contribution in &scorecard.contributions {
        weight += contribution.weight;
        let level = gaps.get(&contribution.question).map_or(PRIOR, |gap| gap.level);
        levels += contribution.weight * level.min(Level::Operating.points());
        if contribution.evidenced.is_some_and(|level| level >= Level::Operating) {
            recorded += contribution.weight;
        }
    }
    let share = |sum: f64| if weight > 0.0 { sum / weight } else { 0.0 };
    Basis {
        profile: profile.clone(),
        settings: settings.clone(),
        level: share(levels),
        asked: scorecard.contributions.len(),
        evidenced: scorecard.overall.stage2.evidenced.low,
        recorded: share(recorded).min(1.0),
    }
}

impl Sources<'_> {
    /// Adds a package or step to the plan.
    fn compile(&self, plan: &mut Plan, package: &Package, follows: Range<usize>) {
        let step = package.step();
        let scale = scale(&package.scales, self.profile, &self.roadmap.settings.reference);
        let reuse = reuse(&package.reuse, self.profile);
        let help = if self.profile.consultant { 1.0 - self.roadmap.settings.consultant_saves } else { 1.0 };
        let stated = (package.effort, self.waiting(package));
        let effort = plan.quantiles.estimate(stated.0, scale * (1.0 - reuse) * help);
        let waiting = plan.quantiles.estimate(stated.1, self.waiting_factor(step, reuse));
        let shares = plan.shares.len();
        let (known_gap, middle_gap) =
            if step.is_some() { (1.0, 1.0) } else { self.add_gap(package.closes(), &mut plan.shares) };
        let settings = &self.roadmap.settings;
        plan.activities.push(Activity {
            effort,
            waiting,
            days_per_effort: 1.0 / per_day(self.profile, settings, self.profile.people.min(package.workers)),
            chance: step.and_then(|step| step.chance).map_or(1.0, |chance| {
                (chance.base + chance.unevidenced * (1.0 - self.evidenced).max(0.0)).clamp(0.0, 1.0)
            }),
            known_gap,
            shares: shares..plan.shares.len(),
            follows,
            middle_gap,
        });
        plan.labels.push(Label {
            id: package.id.clone(),
            title: package.title.clone(),
            phase: package.phase,
            is_step: step.is_some(),
            milestone: step.and_then(|step| step.milestone),
            questions: package
                .closes()
                .iter()
                .filter(|id| self.gaps.get(*id).is_some_and(|gap| gap.open.is_some() || self::gap(gap.level) > 0.0))
                .cloned()
                .collect(),
            pieces: self.pieces(package.closes()),
            scale,
            reuse,
            stated,
            source: package.source.clone(),
        });
    }

    /// Returns what each question weighs in the package that closes them.
    fn pieces(&self, closes: &[QuestionId]) -> Vec<Piece> {
        let gaps = || closes.iter().filter_map(|id| Some((id, self.gaps.get(id)?)));
        let weight: f64 = gaps().map(|(_, gap)| gap.weight).sum();
        gaps()
            .map(|(id, gap)| Piece {
                question: id.clone(),
                weight: if weight > 0.0 { gap.weight / weight } else { 0.0 },
                level: gap.level,
                open: gap.open,
            })
            .collect()
    }

    /// Returns the waiting as the road map states it or, for a booking, the profile.
    fn waiting(&self, package: &Package) -> ThreePoint {
        if package.step().is_some_and(|step| step.booking) {
            let days = f64::from(self.profile.booking_weeks) * DAYS_PER_WEEK;
            ThreePoint { low: days, mode: days, high: days }
        } else {
            package.waiting
        }
    }

    /// Returns what is left of a waiting when certificates and evidence have saved their share. A booking is as the
    /// profile says: nothing shortens it but the profile.
    fn waiting_factor(&self, step: Option<&Step>, reuse: f64) -> f64 {
        match step {
            Some(step) if step.booking => 1.0,
            Some(step) => (1.0 - reuse) * (1.0 - step.eased_by_evidence * self.recorded),
            None => 1.0 - reuse,
        }
    }

    /// Adds what open questions weigh in a package; returns its known gap, and the gap with open questions at their middle.
    fn add_gap(&self, closes: &[QuestionId], shares: &mut Vec<Share>) -> (f64, f64) {
        let weight: f64 = closes.iter().filter_map(|id| self.gaps.get(id)).map(|gap| gap.weight).sum();
        let (mut known, mut middle) = (0.0, 0.0);
        for gap in closes.iter().filter_map(|id| self.gaps.get(id)) {
            let left = self::gap(gap.level);
            middle += gap.weight * left;
            match gap.open {
                Some(open) => shares.push(Share { open, weight: gap.weight / weight }),
                None => known += gap.weight * left,
            }
        }
        if weight > 0.0 { (known / weight, middle / weight) } else { (0.0, 0.0) }
    }
}

/// Returns what the size of the organisation multiplies an effort by.
fn scale(scales: &[(Size, f64)], profile: &Profile, reference: &Reference) -> f64 {
    let product: f64 = scales
        .iter()
        .map(|(size, exponent)| (size.of(profile).max(1.0) / size.of_reference(reference)).powf(*exponent))
        .product();
    // In single precision: the last bits of a power differ between platforms, the forecast must not.
    #[expect(clippy::cast_possible_truncation, reason = "single precision is meant")]
    let product = f64::from(product as f32);
    product.max(LEAST_SCALE)
}

/// Returns the greatest share that a certificate of the organisation saves.
fn reuse(reuse: &[(Certificate, f64)], profile: &Profile) -> f64 {
    reuse
        .iter()
        .filter(|(certificate, _)| profile.certificates.contains(certificate))
        .map(|(_, share)| *share)
        .fold(0.0, f64::max)
}
