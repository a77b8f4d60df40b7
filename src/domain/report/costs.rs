//! What the way costs, and what would shorten it: rows and sentences, the same in every format.

use crate::domain::report::{Report, words};
use crate::domain::timeline::calendar::{cycle, decision};
use crate::domain::timeline::{Bucket, Costs, Forecast};

/// How many suppositions a sentence names.
const NAMED: usize = 3;
/// What saves less than so many months is not worth naming.
const LEAST_MONTHS: f64 = 0.1;

impl Report {
    /// Returns what the way costs, as (what, days, amount) a row; nothing without a forecast.
    #[must_use]
    pub fn cost_rows(&self) -> Vec<[String; 3]> {
        let Some(costs) = &self.costs else { return vec![] };
        let audit = &costs.audit;
        let days = |(from, to): (f64, f64)| format!("{from} to {to} audit days");
        let offer = || "ask for an offer".to_owned();
        let mut rows = vec![bucket("Your own people", &costs.internal, costs)];
        rows.extend(costs.external.iter().map(|external| bucket("Consultant, on top (our estimate)", external, costs)));
        rows.push(["Certification body, to the certificate".to_owned(), days(audit.initial), offer()]);
        rows.push(["Surveillance, each year".to_owned(), days(audit.surveillance), offer()]);
        rows.push(["Recertification, after three years".to_owned(), days(audit.recertification), offer()]);
        rows
    }

    /// Returns how the costs are meant and where the audit days are from; empty without a forecast.
    #[must_use]
    pub fn cost_basis(&self) -> String {
        let Some(costs) = &self.costs else { return String::new() };
        let on_top = if costs.external.is_some() { " The consultant's days come on top of your own." } else { "" };
        format!("For people, the ranges are those of 80 % of the trials.{on_top} {} {}", costs.audit.source, costs.fees)
    }

    /// Returns what would save most, in a sentence; empty where nothing saves anything.
    #[must_use]
    pub fn saves(&self) -> String {
        let worth = self.what_ifs.iter().filter(|(_, comparison)| comparison.saved.p50 >= LEAST_MONTHS);
        let told: Vec<String> = worth
            .take(NAMED)
            .map(|(supposition, comparison)| {
                format!("{} ({})", words::within(&supposition.title), words::months(comparison.saved.p50))
            })
            .collect();
        if told.is_empty() { String::new() } else { format!("What would shorten the way most: {}.", told.join("; ")) }
    }
}

/// Returns what is due after the certificate, in a sentence.
#[must_use]
pub fn afterwards(forecast: &Forecast) -> String {
    let audits = cycle(decision(forecast));
    let due: Vec<String> = audits
        .iter()
        .map(|audit| format!("{} by {}", words::within(audit.kind.title()), words::date(audit.due)))
        .collect();
    format!("After the certificate, reckoned from its P50 date: {}.", due.join("; "))
}

fn bucket(name: &str, bucket: &Bucket, costs: &Costs) -> [String; 3] {
    let amount = bucket.amount.map_or_else(
        || "no rate in the profile".to_owned(),
        |(from, to)| format!("{} to {} {}", words::amount(from), words::amount(to), costs.currency),
    );
    [name.to_owned(), format!("{:.0} to {:.0} person-days", bucket.days.0, bucket.days.1), amount]
}
