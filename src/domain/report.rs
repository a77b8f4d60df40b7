//! Everything that an export says, already computed.

/// A report.
#[derive(Clone, Debug)]
pub struct Report {}
