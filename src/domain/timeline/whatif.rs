//! What would change if: two plans played through with the same draws, so that the difference is the change's alone.

use crate::domain::assessment::{Answer, Assessment, Seed};
use crate::domain::change::Change;
use crate::domain::id::QuestionId;
use crate::domain::level::Level;
use crate::domain::profile::{Certificate, Profile, ProfileKey};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::timeline::draw::{Dice, handfuls};
use crate::domain::timeline::forecast::{MONTHS_PER_WORKING_DAY, percentiles};
use crate::domain::timeline::plan::{Plan, gap, plan};
use crate::domain::timeline::trial::{Left, Trial, Trials};
use crate::domain::timeline::{Percentiles, day_after};

use chrono::NaiveDate;

/// The trials of the suppositions that everybody asks about. Each is compared with itself (common random numbers), so that
/// few are enough: their percentiles lie within a tenth of a month of those of many.
pub const COMPARED: u32 = 400;
/// The trials by which gaps are told apart.
const TOLD_APART: u32 = 30;
/// How many gaps are supposed to be closed together.
const GAPS: usize = 5;
/// By how many weeks the certification body is supposed to be booked earlier.
const EARLIER_WEEKS: u32 = 4;

/// Something that is only supposed.
#[derive(Clone, Debug, PartialEq)]
pub struct Supposition {
    /// What a person reads.
    pub title: String,
    /// What it changes, in order.
    pub changes: Vec<Change>,
}

/// What a supposition would save.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The months to the certificate as it is.
    pub base: Percentiles,
    /// The months to the certificate as supposed.
    pub changed: Percentiles,
    /// The months saved, trial by trial; negative where it takes longer.
    pub saved: Percentiles,
    /// The share of the trials that meet the target as it is, and as supposed; none without a target.
    pub met: Option<(f64, f64)>,
}

impl Supposition {
    /// Returns the assessment as supposed.
    #[must_use]
    pub fn of(&self, assessment: &Assessment) -> Assessment {
        let mut supposed = assessment.clone();
        for change in &self.changes {
            supposed.apply(change);
        }
        supposed
    }
}

/// Compares two plans of the same road map, trial by trial with the same draws.
#[must_use]
pub fn compare(base: &Plan, changed: &Plan, seed: Seed, trials: u32) -> Comparison {
    // One plan is compared, so one comparison comes back.
    compare_each(base, std::slice::from_ref(changed), seed, trials).pop().unwrap_or_default()
}

/// Compares each of several plans with a base. The base is played once for all of them: each draw has its own place, so
/// that room for the draws of others changes nothing.
fn compare_each(base: &Plan, changed: &[Plan], seed: Seed, trials: u32) -> Vec<Comparison> {
    let layout = changed.iter().fold(base.layout, |layout, plan| layout.covering(plan.layout));
    let mut dice = Dice::of_plans(changed.iter().chain([base]), layout, seed);
    let mut one = Trials::new(base);
    let mut others: Vec<(Trials<'_>, Vec<f64>)> = changed.iter().map(|plan| (Trials::new(plan), vec![])).collect();
    let mut before = vec![];
    for handful in handfuls(0..trials.max(1)) {
        dice.roll(handful.clone());
        before.extend(play(&mut one, &dice).take(handful.len()));
        for (trials, months) in &mut others {
            months.extend(play(trials, &dice).take(handful.len()));
        }
    }
    let after = others.into_iter().map(|(_, months)| months);
    changed.iter().zip(after).map(|(plan, after)| comparison(base, plan, &before, after)).collect()
}

fn comparison(base: &Plan, changed: &Plan, before: &[f64], after: Vec<f64>) -> Comparison {
    let saved = before.iter().zip(&after).map(|(before, after)| before - after).collect();
    let met = |plan: &Plan, months: &[f64]| {
        let target = changed.target.or(base.target)?;
        let count = months.iter().filter(|months| day_after(plan.start, **months) <= target).count();
        #[expect(clippy::cast_precision_loss, reason = "counts up to a million")]
        Some(count as f64 / months.len().max(1) as f64)
    };
    Comparison {
        met: met(base, before).zip(met(changed, &after)),
        base: percentiles(before.to_vec()),
        changed: percentiles(after),
        saved: percentiles(saved),
    }
}

/// Plays what was rolled, and returns the months to the certificate in each lane.
fn play(trials: &mut Trials<'_>, dice: &Dice) -> impl Iterator<Item = f64> {
    trials.play(dice);
    trials.played().map(months)
}

/// Returns the months to the certificate.
fn months(trial: Trial<'_>) -> f64 {
    trial.certificate() * MONTHS_PER_WORKING_DAY
}

/// Returns the suppositions that everybody asks about and that are possible here, with what each would save, the most
/// saving first; none where there is no road map.
#[must_use]
pub fn standard(
    questionnaire: &Questionnaire,
    assessment: &Assessment,
    today: NaiveDate,
) -> Vec<(Supposition, Comparison)> {
    let Some(base) = plan(questionnaire, assessment, today) else { return vec![] };
    let seed = assessment.seed();
    let (suppositions, plans): (Vec<Supposition>, Vec<Plan>) = suppositions(assessment)
        .into_iter()
        .chain(closing(&base, assessment, seed))
        .filter_map(|supposition| {
            let changed = plan(questionnaire, &supposition.of(assessment), today)?;
            Some((supposition, changed))
        })
        .unzip();
    let mut told: Vec<(Supposition, Comparison)> =
        suppositions.into_iter().zip(compare_each(&base, &plans, seed, COMPARED)).collect();
    told.sort_by(|a, b| b.1.saved.p50.total_cmp(&a.1.saved.p50).then(b.1.saved.p90.total_cmp(&a.1.saved.p90)));
    told
}

fn suppositions(assessment: &Assessment) -> Vec<Supposition> {
    let profile = assessment.profile();
    let mut told = vec![];
    let mut add = |title: String, key: ProfileKey, value: String| {
        if let Ok(change) = Change::profile(assessment, key, &value) {
            told.push(Supposition { title, changes: vec![change] });
        }
    };
    add("One person more".into(), ProfileKey::People, (profile.people + 1.0).to_string());
    if profile.days_per_week <= 4.0 {
        add(
            "One more day a week for each person".into(),
            ProfileKey::DaysPerWeek,
            (profile.days_per_week + 1.0).to_string(),
        );
    }
    if !profile.consultant {
        add("The help of a consultant".into(), ProfileKey::Consultant, "true".into());
    }
    if profile.ai_systems > 1 {
        add("One AI system fewer in scope".into(), ProfileKey::AiSystems, (profile.ai_systems - 1).to_string());
    }
    if !profile.certificates.contains(&Certificate::Iso27001) {
        add("ISO/IEC 27001 held".into(), ProfileKey::Certificates, with(profile, Certificate::Iso27001));
    }
    if profile.booking_weeks > 0 {
        let weeks = profile.booking_weeks.min(EARLIER_WEEKS);
        let title = match weeks {
            1 => "A lead time of the certification body that is 1 week shorter".to_owned(),
            weeks => format!("A lead time of the certification body that is {weeks} weeks shorter"),
        };
        add(title, ProfileKey::BookingWeeks, (profile.booking_weeks - weeks).to_string());
    }
    told
}

/// Returns the certificates of a profile and one more, as the profile's text.
fn with(profile: &Profile, certificate: Certificate) -> String {
    let held = profile.certificates.iter().chain([&certificate]).map(|held| held.word());
    held.collect::<Vec<_>>().join(",")
}

/// Returns the closing of the gaps that save most, each taken alone; none where no gap is left.
fn closing(base: &Plan, assessment: &Assessment, seed: Seed) -> Option<Supposition> {
    let mut gains: Vec<(f64, &QuestionId)> = gains(base, seed);
    gains.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let mut chosen: Vec<&QuestionId> = gains.into_iter().take(GAPS).map(|(_, question)| question).collect();
    chosen.sort();
    let changes: Vec<Change> = chosen
        .iter()
        .map(|question| Change::answer(assessment, question, Some(Answer::Level(Level::Operating))))
        .collect();
    let names: Vec<&str> = chosen.iter().map(|question| question.as_str()).collect();
    (!names.is_empty()).then(|| Supposition { title: format!("Level 3 at {}", names.join(", ")), changes })
}

/// Returns the mean of the months that each question saves when it alone is at level 3.
fn gains(base: &Plan, seed: Seed) -> Vec<(f64, &QuestionId)> {
    let handfuls: Vec<(Dice, Trials<'_>, usize)> = handfuls(0..TOLD_APART)
        .map(|handful| {
            let mut dice = Dice::of_plans([base], base.layout, seed);
            dice.roll(handful.clone());
            let mut trials = Trials::new(base);
            trials.play(&dice);
            (dice, trials, handful.len())
        })
        .collect();
    let months = |trials: &Trials<'_>, count: usize| -> f64 { trials.played().take(count).map(months).sum() };
    let before: f64 = handfuls.iter().map(|(_, trials, count)| months(trials, *count)).sum();
    let mut variant = Trials::new(base);
    let mut gains = vec![];
    for (index, (label, activity)) in base.labels.iter().zip(&base.activities).enumerate() {
        for piece in label.pieces.iter().filter(|piece| gap(piece.level) > 0.0) {
            let left = match piece.open {
                Some(open) => Left::without_open(activity, open),
                None => Left::without_known(activity, piece.weight * gap(piece.level)),
            };
            let mut after = 0.0;
            for (dice, base, count) in &handfuls {
                variant.play_changed((index, left), base, dice);
                after += months(&variant, *count);
            }
            gains.push((before - after, &piece.question));
        }
    }
    gains
}
