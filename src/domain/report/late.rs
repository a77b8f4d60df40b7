//! Owners' dates that lie after the audit that looks at what they are for.

use chrono::NaiveDate;

use crate::domain::actions::{Action, Reason};
use crate::domain::report::words;
use crate::domain::roadmap::Milestone;
use crate::domain::scoring::{Rule, Struck};
use crate::domain::timeline::{Forecast, told_day};

/// Returns where the dates of gaps and the forecast don't fit together: one for each audit.
pub(super) fn dates(actions: &[Action], forecast: &Forecast) -> Vec<Struck> {
    let audits = [(Milestone::Stage1, "Stage 1"), (Milestone::Stage2, "Stage 2")];
    let struck = audits.into_iter().filter_map(|(milestone, audit)| {
        let day = told_day(forecast.start, forecast.milestone(milestone)?.p50);
        let late: Vec<(&Action, NaiveDate)> = actions
            .iter()
            .filter(|action| looks_at(action.reason) == Some(milestone))
            .filter_map(|action| Some((action, action.due.filter(|due| *due > day)?)))
            .collect();
        let last = late.iter().map(|(_, due)| *due).max()?;
        let (gaps, have) = match late.len() {
            1 => ("1 gap".to_owned(), "has its date"),
            many => (format!("{many} gaps"), "have their dates"),
        };
        Some(Struck {
            rule: Rule::Late,
            says: format!(
                "{gaps} that {audit} looks at {have} after {}, when {audit} is over in half of the trials; the last is {}. \
                 The forecast goes by the work, and doesn't know these dates.",
                words::date(day),
                words::date(last)
            ),
            ask: format!("Are the dates brought forward, or is {audit} to come later?"),
            questions: late.into_iter().map(|(action, _)| action.question.clone()).collect(),
            controls: vec![],
        })
    });
    struck.collect()
}

/// Returns the audit that looks at a gap first; none where nothing is missing but its evidence.
fn looks_at(reason: Reason) -> Option<Milestone> {
    match reason {
        Reason::Showstopper | Reason::Undocumented => Some(Milestone::Stage1),
        Reason::Operation | Reason::Major | Reason::Minor => Some(Milestone::Stage2),
        Reason::Unsupported => None,
    }
}
