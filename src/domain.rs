//! What an assessment is, and what its figures mean.
//!
//! Everything here is pure: no file, clock, terminal or chance that is not an argument. The same arguments give the
//! same value, to the last bit, on every machine.
//!
//! - [`questionnaire`]: areas, requirements and questions; a [`Questionnaire`](questionnaire::Questionnaire) that exists is valid.
//! - [`profile`]: the organisation that is assessed.
//! - [`assessment`]: its answers, and [`change`], the only way in which one changes.
//! - [`history`]: what was done, taking it back, and past states.
//! - [`flow`]: which questions apply, and what comes next.
//! - [`scoring`]: maturity, readiness, findings and verdict.
//! - [`roadmap`] and [`timeline`]: the work that remains, and how long it takes.
//! - [`soa`], [`documents`], [`actions`], [`crosswalk_view`], [`worth`]: what follows: the Statement of Applicability, what an audit reads,
//!   what to do first, whether it pays.
//! - [`explain`]: how a figure came about.
//! - [`crosswalk`], [`check`], [`glossary`]: other frameworks, what doesn't fit together, and words, as data.
//! - [`buyers`]: drafts of answers to what buyers ask.
//! - [`proposal`]: which controls could be excluded.
//! - [`report`]: everything that an export says, already computed.

pub mod actions;
pub mod assessment;
pub mod buyers;
pub mod change;
pub mod check;
pub mod conflict;
pub mod crosswalk;
pub mod crosswalk_view;
pub mod documents;
pub mod explain;
pub mod flow;
pub mod glossary;
pub mod history;
pub mod id;
pub mod level;
pub mod profile;
pub mod proposal;
pub mod questionnaire;
pub mod report;
pub mod roadmap;
pub mod scoring;
pub mod soa;
pub mod statement;
#[cfg(test)]
pub mod testing;
pub mod text;
pub mod timeline;
pub mod worth;
