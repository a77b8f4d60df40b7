//! What the way costs, in three buckets. Always ranges: published totals differ by a factor of five to ten.

use crate::domain::profile::Profile;
use crate::domain::timeline::Forecast;
use crate::domain::timeline::audit::{AuditDays, audit_days};

/// Days of a consultant for a day of one's own: our estimate, from a sparring partner who reviews (one in five) to
/// somebody who writes drafts (one in two). No published source says.
const EXTERNAL_SHARE: (f64, f64) = (0.2, 0.5);
/// What certification bodies' fees are said to be, as nobody publishes a rate for an audit day.
const FEES: &str = "What is published on the fees differs widely: from about 4,000 US dollars (by the firm Cycore) to about \
                    55,000 (an estimate of what the certification body BSI asks, not its own figure). Ask two or three \
                    certification bodies for an offer.";

/// What the way to the certificate costs, in 10 to 90 % of the trials.
#[derive(Clone, Debug, PartialEq)]
pub struct Costs {
    /// One's own people.
    pub internal: Bucket,
    /// External help; none where the profile has no consultant.
    pub external: Option<Bucket>,
    /// The certification body: days alone, as the profile has no rate of it.
    pub audit: AuditDays,
    /// What is known of the certification body's fees.
    pub fees: &'static str,
    /// The currency of the amounts.
    pub currency: String,
}

/// Days and what they cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    /// Person-days, from and to.
    pub days: (f64, f64),
    /// The amount, from and to; none where the profile has no rate.
    pub amount: Option<(f64, f64)>,
}

/// Returns what the way costs.
#[must_use]
pub fn costs(profile: &Profile, forecast: &Forecast) -> Costs {
    let (low, high) = (forecast.effort.p10, forecast.effort.p90);
    let (least, most) = EXTERNAL_SHARE;
    Costs {
        internal: bucket((low, high), profile.rate_internal),
        external: profile.consultant.then(|| bucket((low * least, high * most), profile.rate_external)),
        audit: audit_days(profile),
        fees: FEES,
        currency: profile.currency.clone(),
    }
}

fn bucket(days: (f64, f64), rate: Option<f64>) -> Bucket {
    // Whole days, as they are told: who multiplies them by the rate comes to the same sum.
    let days = (days.0.round(), days.1.round());
    Bucket { days, amount: rate.map(|rate| (days.0 * rate, days.1 * rate)) }
}
