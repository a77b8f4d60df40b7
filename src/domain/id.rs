//! Identifiers that can't be mixed up.

use std::borrow::Borrow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

/// The identifier of a `Kind` of thing, as it stands in the questionnaire's files.
///
/// Cheap to clone. Two ids are equal when their texts are; they sort by text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id<Kind> {
    text: Arc<str>,
    kind: PhantomData<Kind>,
}

/// Marks the id of a question, such as `6.1.2-1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfQuestion {}
/// Marks the id of a requirement, such as `6.1.2` or `A.5.2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfRequirement {}
/// Marks the id of an area, such as `6` or `A.5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfArea {}
/// Marks the id of a work package or audit step of the roadmap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfPackage {}
/// Marks the id of a crosswalk, such as `eu-ai-act`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfCrosswalk {}
/// Marks the id of an entry of a crosswalk, such as `art-9` or `GOVERN 1.1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfEntry {}
/// Marks the id of a check, such as `review-before-audit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfCheck {}
/// Marks the id of a document that an audit reads, such as `scope`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfDocument {}
/// Marks the id of a term or a question of the glossary, such as `aims`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfTerm {}

/// The id of a question. It is never reused and never renamed: answers hang on it.
pub type QuestionId = Id<OfQuestion>;
/// The id of a requirement: a clause or a control.
pub type RequirementId = Id<OfRequirement>;
/// The id of an area: a clause group or a control area.
pub type AreaId = Id<OfArea>;
/// The id of a work package or an audit step.
pub type PackageId = Id<OfPackage>;
/// The id of a crosswalk.
pub type CrosswalkId = Id<OfCrosswalk>;
/// The id of an entry of a crosswalk, unique within it.
pub type EntryId = Id<OfEntry>;
/// The id of a check.
pub type CheckId = Id<OfCheck>;
/// The id of a document that an audit reads.
pub type DocumentId = Id<OfDocument>;
/// The id of a term or a question of the glossary.
pub type TermId = Id<OfTerm>;

impl<Kind> Id<Kind> {
    /// Returns the id with this text.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self { text: text.into(), kind: PhantomData }
    }

    /// Returns the text of the id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<Kind> fmt::Display for Id<Kind> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.text)
    }
}

impl<Kind> fmt::Debug for Id<Kind> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl<Kind> From<&str> for Id<Kind> {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl<Kind> Borrow<str> for Id<Kind> {
    fn borrow(&self) -> &str {
        &self.text
    }
}
