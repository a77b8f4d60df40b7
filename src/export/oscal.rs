//! The questionnaire as an OSCAL catalog, and the answers as OSCAL assessment results (1.1.2), for other tools.
//!
//! Requirements are controls, questions are parts of them. A requirement that is met in part or doesn't apply says so
//! by `implementation-status`; maturity stands in properties of our own namespace. Every UUID follows from a name (v5):
//! the same report gives the same bytes.

mod catalog;
mod results;

use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

pub use catalog::catalog;
pub use results::results;

/// The version of OSCAL that is written.
const VERSION: &str = "1.1.2";
/// The namespace of our properties and parts.
const NAMESPACE: &str = "https://ready42.example/ns/oscal";
/// The namespace of our UUIDs: that of URLs, with [`NAMESPACE`] in it.
const ROOT: Uuid = Uuid::NAMESPACE_URL;

/// What stands at the head of each file.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Metadata {
    title: String,
    last_modified: String,
    version: String,
    oscal_version: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    props: Vec<Property>,
    remarks: String,
}

/// A property.
#[derive(Debug, Serialize)]
struct Property {
    name: &'static str,
    ns: &'static str,
    value: String,
}

impl Property {
    /// Returns a property of our namespace. OSCAL refuses empty values and spaces at the ends.
    fn new(name: &'static str, value: impl AsRef<str>) -> Self {
        let value = value.as_ref().split_whitespace().collect::<Vec<_>>().join(" ");
        Self { name, ns: NAMESPACE, value: if value.is_empty() { "none".to_owned() } else { value } }
    }
}

/// Returns the UUID of something by its name.
fn uuid(name: &str) -> String {
    Uuid::new_v5(&ROOT, format!("{NAMESPACE}/{name}").as_bytes()).to_string()
}

/// Returns the first moment of a day.
fn moment(day: NaiveDate) -> String {
    format!("{day}T00:00:00Z")
}

/// Returns the id of a requirement as a token, which may not begin with a digit.
fn control_id(requirement: &str) -> String {
    token("r", requirement)
}

/// Returns the id of a question as a token.
fn question_id(question: &str) -> String {
    token("q", question)
}

fn token(prefix: &str, id: &str) -> String {
    let safe: String =
        id.chars().map(|c| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' }).collect();
    format!("{prefix}-{safe}")
}

/// Returns text that may stand where OSCAL wants something.
fn told(text: &str, otherwise: &str) -> String {
    let text = crate::export::markdown::escaped_inline(text);
    if text.is_empty() { otherwise.to_owned() } else { text }
}
