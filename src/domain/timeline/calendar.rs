//! The plan as dated entries: packages, milestones, and the audits of the three years after the certificate.
//!
//! The cycle begins with the certification body's decision. Surveillance is due at least once a calendar year, the first
//! within 12 months of the decision; recertification has to be decided before three years are over (ISO/IEC 17021-1).

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::domain::id::QuestionId;
use crate::domain::report::{of_trials, words};
use crate::domain::roadmap::Milestone;
use crate::domain::timeline::{Forecast, PackageForecast, told_day};

/// Something that has a day in the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is called in files, unique and the same in every plan.
    pub id: String,
    /// What a person reads.
    pub title: String,
    /// What there is to say about it, in sentences.
    pub note: String,
    /// What kind of entry it is.
    pub kind: EntryKind,
    /// The first day.
    pub first: NaiveDate,
    /// The last day; the first one where it is a single day.
    pub last: NaiveDate,
}

/// What kind of entry it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// Work, or a step that is always there.
    Package,
    /// A milestone, as likely earlier as later.
    Milestone,
    /// An audit after the certificate.
    Audit,
    /// The day by which the certificate is wanted.
    Target,
}

/// An audit of the three years after the decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CycleAudit {
    /// What it is.
    pub kind: CycleKind,
    /// The day by which it is due.
    pub due: NaiveDate,
}

/// What is due after the certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CycleKind {
    /// The first surveillance audit, within 12 months of the decision.
    FirstSurveillance,
    /// The second surveillance audit, a year later.
    SecondSurveillance,
    /// Recertification, decided before the certificate expires.
    Recertification,
}

impl CycleKind {
    /// All audits of a cycle, in order.
    pub const ALL: [Self; 3] = [Self::FirstSurveillance, Self::SecondSurveillance, Self::Recertification];

    /// Returns the words for it on screens.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::FirstSurveillance => "First surveillance audit",
            Self::SecondSurveillance => "Second surveillance audit",
            Self::Recertification => "Recertification",
        }
    }

    /// Returns the word for it in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::FirstSurveillance => "surveillance-1",
            Self::SecondSurveillance => "surveillance-2",
            Self::Recertification => "recertification",
        }
    }

    fn years(self) -> u32 {
        match self {
            Self::FirstSurveillance => 1,
            Self::SecondSurveillance => 2,
            Self::Recertification => 3,
        }
    }
}

/// Returns what is due after a decision on this day.
#[must_use]
pub fn cycle(decision: NaiveDate) -> [CycleAudit; 3] {
    CycleKind::ALL.map(|kind| CycleAudit {
        kind,
        due: decision.checked_add_months(Months::new(12 * kind.years())).unwrap_or(NaiveDate::MAX),
    })
}

/// Returns the day of the decision in the plan that is as likely beaten as missed.
#[must_use]
pub fn decision(forecast: &Forecast) -> NaiveDate {
    told_day(forecast.start, forecast.milestone(Milestone::Certificate).unwrap_or_default().p50)
}

/// Returns the entries of a plan, by their first day.
#[must_use]
pub fn calendar(forecast: &Forecast) -> Vec<Entry> {
    let mut entries: Vec<Entry> = forecast.packages.iter().map(|package| work(forecast, package)).collect();
    entries.extend(forecast.milestones.iter().map(|reached| {
        let day = |months| told_day(forecast.start, months);
        let told = |months| words::date(day(months));
        Entry {
            id: format!("milestone-{}", reached.milestone.word()),
            title: reached.milestone.title().to_owned(),
            note: format!(
                "As likely earlier as later. 80 % sure by {}, 90 % by {}.",
                told(reached.months.p80),
                told(reached.months.p90)
            ),
            kind: EntryKind::Milestone,
            first: day(reached.months.p50),
            last: day(reached.months.p50),
        }
    }));
    entries.extend(cycle(decision(forecast)).into_iter().map(|audit| Entry {
        id: format!("audit-{}", audit.kind.word()),
        title: format!("{}: last day", audit.kind.title()),
        note: "Reckoned from the decision as planned; the certification body sets the day.".to_owned(),
        kind: EntryKind::Audit,
        first: audit.due,
        last: audit.due,
    }));
    entries.extend(forecast.target.map(|outlook| Entry {
        id: "target".to_owned(),
        title: "Target for the certificate".to_owned(),
        note: format!("Met {}.", of_trials(outlook.probability, forecast.trials)),
        kind: EntryKind::Target,
        first: outlook.date,
        last: outlook.date,
    }));
    entries.sort_by(|a, b| a.first.cmp(&b.first).then_with(|| a.id.cmp(&b.id)));
    entries
}

fn work(forecast: &Forecast, package: &PackageForecast) -> Entry {
    let (start, finish) = forecast.months_of(package);
    let first = told_day(forecast.start, start);
    // A finish is the end of its last day; what takes no time has a day all the same. A milestone stands on its own day.
    let finish = told_day(forecast.start, finish);
    let (first, last) = if package.milestone.is_some() {
        (first.min(finish), finish)
    } else {
        // Nobody is asked to be done by a Sunday.
        let ended = finish.checked_sub_days(Days::new(1)).unwrap_or(finish);
        (first, working_before(ended).max(first))
    };
    let mut note = vec![format!("{}.", package.phase.title())];
    if package.effort > 0.0 {
        note.push(format!("About {:.1} person-days.", package.effort));
    }
    note.push(format!("It binds the end in {} of the trials.", words::percent(package.criticality)));
    if !package.questions.is_empty() {
        let names: Vec<&str> = package.questions.iter().map(QuestionId::as_str).collect();
        note.push(format!("Questions: {}.", names.join(", ")));
    }
    Entry {
        id: format!("package-{}", package.id),
        title: package.title.clone(),
        note: note.join(" "),
        kind: EntryKind::Package,
        first,
        last,
    }
}

/// Returns a day, or the Friday before it where it is a Saturday or a Sunday.
fn working_before(day: NaiveDate) -> NaiveDate {
    let days = std::iter::successors(Some(day), NaiveDate::pred_opt).take(3);
    days.into_iter().find(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::assessment::Seed;
    use crate::domain::roadmap::Phase;
    use crate::domain::testing::today;
    use crate::domain::timeline::{Binding, Histogram, MilestoneForecast, Percentiles};

    #[test]
    fn a_milestone_has_one_day() {
        let months = |p50| Percentiles { p10: p50 - 1.0, p50, p80: p50 + 1.0, p90: p50 + 2.0 };
        let step = PackageForecast {
            id: "decision".into(),
            title: "Decision".to_owned(),
            phase: Phase::Certify,
            is_step: true,
            months: (7.9, 8.1),
            effort: 0.0,
            criticality: 1.0,
            questions: vec![],
            milestone: Some(Milestone::Certificate),
        };
        let forecast = Forecast {
            seed: Seed(1),
            trials: 1,
            start: today(),
            milestones: vec![MilestoneForecast { milestone: Milestone::Certificate, months: months(7.5) }],
            histogram: Histogram::default(),
            binding: Binding { path: 1.0, people: 0.0 },
            packages: vec![step],
            sensitivities: vec![],
            target: None,
            effort: Percentiles::default(),
            latest_starts: vec![],
            explanation: String::new(),
            inputs: vec![],
        };
        assert_eq!(forecast.months_of(&forecast.packages[0]), (7.5, 7.5));
        let reached = told_day(forecast.start, 7.5);
        assert!(calendar(&forecast).iter().filter(|entry| entry.kind != EntryKind::Audit).all(|e| e.last == reached));
    }

    #[test]
    fn a_step_does_not_begin_before_the_milestone_that_it_follows() {
        let months = |p50| Percentiles { p10: p50 - 1.0, p50, p80: p50 + 1.0, p90: p50 + 2.0 };
        let step = |id: &str, milestone, months| PackageForecast {
            id: id.into(),
            title: id.to_owned(),
            phase: Phase::Certify,
            is_step: true,
            months,
            effort: 0.0,
            criticality: 1.0,
            questions: vec![],
            milestone,
        };
        let forecast = Forecast {
            seed: Seed(1),
            trials: 1,
            start: today(),
            milestones: vec![MilestoneForecast { milestone: Milestone::Stage1, months: months(5.0) }],
            histogram: Histogram::default(),
            binding: Binding { path: 1.0, people: 0.0 },
            packages: vec![
                step("stage-1", Some(Milestone::Stage1), (4.5, 4.9)),
                // The means of the trials near the end say a little less than the P50 of the milestone.
                step("between", None, (4.9, 5.6)),
                step("short", None, (4.8, 4.9)),
                PackageForecast { is_step: false, ..step("beside", None, (1.0, 2.0)) },
            ],
            sensitivities: vec![],
            target: None,
            effort: Percentiles::default(),
            latest_starts: vec![],
            explanation: String::new(),
            inputs: vec![],
        };
        let told: Vec<(f64, f64)> = forecast.packages.iter().map(|package| forecast.months_of(package)).collect();
        assert_eq!(told, [(4.5, 5.0), (5.0, 5.6), (5.0, 5.0), (1.0, 2.0)]);
    }

    #[test]
    fn nobody_is_asked_to_begin_or_to_end_on_a_weekend() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        // From the Friday before: a Saturday, a Sunday, and the Monday after.
        let after = |days: f64| told_day(day("2026-12-04"), (days - 0.5) / crate::domain::timeline::DAYS_PER_MONTH);
        assert_eq!([1.0, 2.0, 3.0].map(after), ["2026-12-07"; 3].map(day));
        assert_eq!(after(4.0), day("2026-12-08"));
        assert_eq!(["2026-12-05", "2026-12-06"].map(|text| working_before(day(text))), ["2026-12-04"; 2].map(day));
        assert_eq!(working_before(day("2026-12-07")), day("2026-12-07"));
    }

    #[test]
    fn the_cycle_counts_from_the_decision() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(
            cycle(day("2028-02-29")).map(|audit| audit.due),
            ["2029-02-28", "2030-02-28", "2031-02-28"].map(day)
        );
    }
}
