//! The clock of the interface.

use std::time::Instant;

use chrono::{DateTime, Local, NaiveDate, Utc};

/// Returns the moment.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place where the interface reads the clock")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// Returns a point of time to measure from, which no change of the clock moves.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place where the interface reads the clock")]
pub fn instant() -> Instant {
    Instant::now()
}

/// Returns the day where the user is.
#[must_use]
pub fn today() -> NaiveDate {
    now().with_timezone(&Local).date_naive()
}

/// Returns a moment as its user reads it: in local time.
#[must_use]
pub fn told(moment: DateTime<Utc>) -> String {
    moment.with_timezone(&Local).format("%Y-%m-%d %H:%M").to_string()
}
