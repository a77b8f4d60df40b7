//! What an outsider is told about a control: whether it is in place and on whose word, without how far it is behind.

use crate::domain::scoring::Views;
use crate::domain::statement::{OwnControl, Status};

/// What is said of a control to somebody who doesn't see its gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// All of its questions are at level 3 or more, and the recorded evidence carries that.
    Evidenced,
    /// All of its questions are at level 3 or more, and that is said, not shown.
    Claimed,
    /// It was assessed and is not in place yet.
    NotYet,
    /// Not every question of it was answered.
    NotAssessed,
}

/// How to read a [`Standing`]. Said wherever one is printed.
pub const HOW_IT_STANDS: &str = "This is a self-assessment, checked by nobody outside. “In place” means that the \
                                 evidence we recorded carries it; “In place, as we claim” that it is our own account; \
                                 “Not in place yet” that something of it is still to be done; “Not assessed yet” that not \
                                 all of its questions are answered.";

impl Standing {
    /// Returns how a control of the questionnaire stands.
    #[must_use]
    pub fn of(status: Views<Status>) -> Self {
        match (status.claimed, status.evidenced) {
            (Status::Open, _) => Self::NotAssessed,
            (Status::Implemented, Status::Implemented) => Self::Evidenced,
            (Status::Implemented, _) => Self::Claimed,
            (Status::NotImplemented | Status::Partly, _) => Self::NotYet,
        }
    }

    /// Returns how a control of the organisation's own stands: no evidence is recorded for those.
    #[must_use]
    pub fn of_own(own: &OwnControl) -> Self {
        Self::of(Views { claimed: own.status, evidenced: Status::Open })
    }

    /// Returns the words for it in reports.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Evidenced => "In place",
            Self::Claimed => "In place, as we claim",
            Self::NotYet => "Not in place yet",
            Self::NotAssessed => "Not assessed yet",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_control_is_in_place_only_where_the_evidence_carries_it() {
        let of = |claimed, evidenced| Standing::of(Views { claimed, evidenced }).title();
        assert_eq!(of(Status::Implemented, Status::Implemented), "In place");
        assert_eq!(of(Status::Implemented, Status::NotImplemented), "In place, as we claim");
        assert_eq!(of(Status::Partly, Status::Partly), "Not in place yet");
        assert_eq!(of(Status::NotImplemented, Status::NotImplemented), "Not in place yet");
    }

    #[test]
    fn what_nobody_answered_is_not_assessed() {
        let of = |claimed, evidenced| Standing::of(Views { claimed, evidenced });
        assert_eq!(of(Status::Open, Status::Open), Standing::NotAssessed);
    }

    #[test]
    fn every_word_that_is_printed_is_explained() {
        for standing in [Standing::Evidenced, Standing::Claimed, Standing::NotYet, Standing::NotAssessed] {
            assert!(HOW_IT_STANDS.contains(&format!("“{}”", standing.title())), "{standing:?}");
        }
    }
}
