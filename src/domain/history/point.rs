//! Places in a history by the names that people give them.

use crate::domain::history::{Deed, Step, StepId};
use crate::domain::profile::date;
use crate::domain::text::visible;

/// Why a name means no place in a history.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PointError {
    /// There is nothing of that name.
    #[error("there is no snapshot, change or day {:?} in its history", visible(.name))]
    Unknown {
        /// The name.
        name: String,
        /// The labels of the snapshots that there are, oldest first.
        labels: Vec<String>,
    },
    /// The day lies before the history starts.
    #[error("its history starts on {first}, after {day}")]
    TooEarly {
        /// The day.
        day: chrono::NaiveDate,
        /// The first day of the history.
        first: chrono::NaiveDate,
    },
}

/// Returns how many steps there are up to the place.
pub fn find(steps: &[Step], name: &str) -> Result<usize, PointError> {
    let small = name.to_lowercase();
    let stored = StepId::Stored(name.into());
    let ways: [&dyn Fn(&Step) -> bool; 3] = [
        &|step| matches!(&step.deed, Deed::Snapshot(label) if label == name),
        &|step| matches!(&step.deed, Deed::Snapshot(label) if label.to_lowercase() == small),
        &|step| step.is(&stored),
    ];
    if let Some(place) = ways.iter().find_map(|fits| steps.iter().rposition(fits)) {
        return Ok(place.saturating_add(1));
    }
    let Some(day) = date(name) else {
        let labels = steps.iter().filter_map(|step| match &step.deed {
            Deed::Snapshot(label) => Some(label.clone()),
            _ => None,
        });
        return Err(PointError::Unknown { name: name.to_owned(), labels: labels.collect() });
    };
    let last = steps.iter().rposition(|step| step.at.date_naive() <= day);
    let first = steps.first().map_or(day, |step| step.at.date_naive());
    last.map(|place| place.saturating_add(1)).ok_or(PointError::TooEarly { day, first })
}
