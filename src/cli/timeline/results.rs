//! What a timeline says beside its milestones: the target, the costs, what comes after, and what would shorten it.

use crate::cli::table::aligned;
use crate::domain::report::words;
use crate::domain::timeline::calendar::CycleAudit;
use crate::domain::timeline::{Bucket, CONFIDENCE, Capacity, Comparison, Costs, Forecast, LatestStart, Supposition};

/// How many packages that are late are named.
const MOST_LATE: usize = 5;

/// Returns how likely the target is and what it needs of the people at hand; nothing without a target.
pub fn target(forecast: &Forecast, capacity: Option<Capacity>, people: f64) -> Vec<String> {
    let Some(target) = &forecast.target else { return vec![] };
    let mut lines =
        vec![format!("By {}: {:.0} % of the trials have the certificate.", target.date, target.probability * 100.0)];
    if let Some(needed) = capacity {
        lines.push(needs(needed, people));
    }
    let late: Vec<&LatestStart> = forecast.latest_starts.iter().filter(|start| start.months < 0.0).collect();
    if let Some(worst) = late.iter().min_by(|a, b| a.months.total_cmp(&b.months)) {
        let names: Vec<&str> = late.iter().take(MOST_LATE).map(|start| start.title.as_str()).collect();
        let more = late.len().saturating_sub(MOST_LATE);
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        lines.push(format!(
            "Late already, for {:.0} %: {}{more}. The first should have started on {}.",
            CONFIDENCE * 100.0,
            names.join(", "),
            worst.day(forecast.start)
        ));
    } else {
        let starts = forecast.latest_starts.iter();
        if let Some(first) = starts.min_by(|a, b| a.months.total_cmp(&b.months)) {
            lines.push(format!(
                "Nothing is late yet, for {:.0} %: \"{}\" can start on {} at the latest.",
                CONFIDENCE * 100.0,
                first.title,
                first.day(forecast.start)
            ));
        }
    }
    lines.push(String::new());
    lines
}

fn needs(needed: Capacity, at_hand: f64) -> String {
    let confidence = CONFIDENCE * 100.0;
    if let Some(people) = needed.people.filter(|people| *people < at_hand) {
        let or_days = needed
            .days_per_week
            .map(|number| format!(", or {} a week of the same people", counted(number, "day", "days")));
        let or_days = or_days.unwrap_or_default();
        let people = counted(people, "person", "people");
        return format!("For {confidence:.0} %, {people} would be enough at the same days a week{or_days}.");
    }
    match (needed.people, needed.days_per_week) {
        (None, None) => format!(
            "No number of people makes it {confidence:.0} % likely: the sequence and its waiting take longer. Choose a \
             later date, or see below what shortens the way."
        ),
        (Some(people), None) => {
            format!("For {confidence:.0} % you need {} at the same days a week.", counted(people, "person", "people"))
        }
        (None, Some(days)) => {
            format!("For {confidence:.0} % each has to give {} a week.", counted(days, "day", "days"))
        }
        (Some(people), Some(days)) => format!(
            "For {confidence:.0} % you need {} at the same days a week, or {} a week of the same people.",
            counted(people, "person", "people"),
            counted(days, "day", "days")
        ),
    }
}

/// Returns a number, which need not be whole, with what it counts.
fn counted(number: f64, one: &str, many: &str) -> String {
    if number.total_cmp(&1.0).is_eq() { format!("1 {one}") } else { format!("{number} {many}") }
}

/// Returns what the way costs.
pub fn costs(costs: &Costs) -> Vec<String> {
    let bucket = |name: &str, bucket: &Bucket, rate: &str| {
        let amount = match bucket.amount {
            Some((low, high)) => format!("{} {} to {}", costs.currency, words::amount(low), words::amount(high)),
            None => format!("no amount: set {rate} in the profile"),
        };
        [name.to_owned(), format!("{:.0} to {:.0} person-days", bucket.days.0, bucket.days.1), amount]
    };
    let days = |(low, high): (f64, f64)| format!("{low} to {high} audit days");
    let mut rows = vec![["COSTS", "DAYS", "AMOUNT"].map(str::to_owned)];
    rows.push(bucket("Your own people", &costs.internal, "rate_internal"));
    if let Some(external) = &costs.external {
        rows.push(bucket("Consultant (our estimate of the share)", external, "rate_external"));
    }
    let audit = &costs.audit;
    rows.push(["Certification body".to_owned(), days(audit.initial), "ask for an offer".to_owned()]);
    rows.push(["Surveillance, each year".to_owned(), days(audit.surveillance), "ask for an offer".to_owned()]);
    rows.push(["Recertification".to_owned(), days(audit.recertification), "ask for an offer".to_owned()]);
    let mut lines = vec![String::new()];
    lines.extend(aligned(&rows));
    lines.push("Ranges are those of 80 % of the trials.".to_owned());
    lines.push(audit.source.clone());
    lines.push(costs.fees.to_owned());
    lines.push(String::new());
    lines
}

/// Returns what is due after the certificate.
pub fn after(audits: &[CycleAudit]) -> String {
    let due: Vec<String> =
        audits.iter().map(|audit| format!("{} by {}", words::within(audit.kind.title()), audit.due)).collect();
    format!("After the certificate, reckoned from its 50 % day: {}.", due.join(", "))
}

/// Returns base, changed and difference.
pub fn comparison(comparison: &Comparison) -> Vec<String> {
    let row = |name: &str, months: &crate::domain::timeline::Percentiles| {
        [name.to_owned(), figure(months.p10), figure(months.p50), figure(months.p80), figure(months.p90)]
    };
    let mut rows = vec![["MONTHS TO THE CERTIFICATE", "10 %", "50 %", "80 %", "90 %"].map(str::to_owned)];
    rows.push(row("As it is", &comparison.base));
    rows.push(row("As supposed", &comparison.changed));
    rows.push(row("Saved, trial by trial", &comparison.saved));
    let mut lines = aligned(&rows);
    if let Some((before, after)) = comparison.met {
        lines.push(format!(
            "The target is met in {:.0} % of the trials instead of {:.0} %.",
            after * 100.0,
            before * 100.0
        ));
    }
    lines
}

/// Returns what would shorten the way, the most saving first.
pub fn standard(told: &[(Supposition, Comparison)]) -> Vec<String> {
    let mut rows = vec![["WHAT WOULD SHORTEN IT", "MONTHS SAVED", "10 % TO 90 %"].map(str::to_owned)];
    rows.extend(told.iter().map(|(supposition, comparison)| {
        let saved = comparison.saved;
        [supposition.title.clone(), figure(saved.p50), format!("{} to {}", figure(saved.p10), figure(saved.p90))]
    }));
    aligned(&rows)
}

/// Returns months with one decimal, and never a minus before nothing.
fn figure(months: f64) -> String {
    format!("{:.1}", if months.abs() < 0.05 { 0.0 } else { months })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_is_no_people() {
        let needed = Capacity { people: Some(1.0), days_per_week: Some(1.5) };
        assert_eq!(
            needs(needed, 2.0),
            "For 80 %, 1 person would be enough at the same days a week, or 1.5 days a week of the same people."
        );
    }
}
