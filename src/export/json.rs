//! JSON for programs: the shapes that the command line promises, and the whole assessment.
//!
//! Keys come in a fixed order, computed figures have six decimals at most, and what could drive a terminal is escaped:
//! the same assessment gives the same bytes on every machine, and they can be printed.

mod assessment;
mod conflicts;
mod crosswalk;
mod documents;
mod explain;
mod figures;
mod history;
mod plan;
mod profile;
mod questionnaire;
mod score;
mod soa;
mod text;
mod timeline;

pub use assessment::{FORMAT, VERSION, assessment};
pub use crosswalk::crosswalks;
pub use explain::{explanation, timeline as explained_timeline};
pub use figures::range;
pub use plan::plan;
pub use profile::profile;
pub use questionnaire::questionnaire;
pub use score::score;
pub use soa::soa;
pub use text::{printable, text};
pub use timeline::{after, comparison, costs, timeline};
