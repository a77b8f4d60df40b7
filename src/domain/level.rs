//! The scale of an answer.

use std::fmt;

/// One of the six levels of an answer.
///
/// The levels follow the two audits of ISO/IEC 17021-1: Stage 1 reads documents ([`Level::Documented`] is its bar),
/// Stage 2 looks for operation ([`Level::Operating`]). The standard asks for conformity, not for a maturity level:
/// level 3 is the bar because of how this scale is worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing; nobody does it.
    Absent,
    /// Done by some people, sometimes; nothing written.
    AdHoc,
    /// Defined and approved; practice is partial or not shown.
    Documented,
    /// Practised as documented; records show it.
    Operating,
    /// Effectiveness is monitored and reviewed at planned intervals.
    Measured,
    /// Results of the measurement have changed the practice.
    Improving,
}

impl Level {
    /// All levels, lowest first.
    pub const ALL: [Self; 6] =
        [Self::Absent, Self::AdHoc, Self::Documented, Self::Operating, Self::Measured, Self::Improving];

    /// The highest number of points, that of [`Level::Improving`].
    pub const MOST_POINTS: f64 = 5.0;

    /// Returns the level with this number, 0 to 5.
    #[must_use]
    pub fn new(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// Returns the number of the level, 0 to 5.
    #[must_use]
    pub fn number(self) -> u8 {
        self as u8
    }

    /// Returns the number of the level as a figure to reckon with, 0.0 to 5.0.
    #[must_use]
    pub fn points(self) -> f64 {
        f64::from(self.number())
    }

    /// Returns the name of the level on this scale.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Absent => "Absent",
            Self::AdHoc => "Ad hoc",
            Self::Documented => "Documented",
            Self::Operating => "Operating",
            Self::Measured => "Measured",
            Self::Improving => "Improving",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.number(), self.name())
    }
}
