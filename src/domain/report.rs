//! Everything that an export says, already computed.

/// A report.
#[derive(Clone, Debug)]
pub struct Report {}

impl Report {
    /// Stub.
    pub fn new(
        q: &crate::domain::questionnaire::Questionnaire,
        a: &crate::domain::assessment::Assessment,
        s: crate::domain::scoring::Scorecard,
        f: Option<crate::domain::timeline::Forecast>,
        on: chrono::NaiveDate,
    ) -> Self {
        Self {}
    }
}
