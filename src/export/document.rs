//! A report as it is laid out: sections of blocks. Said once, and set in HTML, PDF and DOCX.
//!
//! Here is decided what is said and in which order, for each audience; the formats decide only how it looks.

mod answers;
mod applicability;
mod areas;
mod beside;
mod block;
mod bound;
mod changes;
mod crosswalks;
mod findings;
mod plan;
mod setting;
mod summary;
mod timeline;

pub use bound::bound;

pub use block::{Align, Block, Cell, Column, Figure, KeyFigure, Run, Section, SignatureLine, Table, TextStyle, Tone};

use crate::domain::report::{Audience, Names, Part, Report, SELF_ASSESSMENT, words};
use crate::export::brand::Brand;

/// A report that is laid out for an audience.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The title.
    pub title: String,
    /// What kind of report it is.
    pub kind: &'static str,
    /// The organisation.
    pub organisation: String,
    /// The day, in words.
    pub date: String,
    /// What was asked: the questionnaire's title and version.
    pub basis: String,
    /// The language of the texts, as a BCP 47 tag.
    pub language: String,
    /// Who made it; empty where the brand doesn't say.
    pub prepared_by: String,
    /// How confidential it is.
    pub confidentiality: String,
    /// What every report says about itself.
    pub note: &'static str,
    /// Whether it has a cover and a table of contents.
    pub has_cover: bool,
    /// Its sections, in order.
    pub sections: Vec<Section>,
}

/// Lays a report out for an audience. Its assessment is redacted already.
#[must_use]
pub fn document(report: &Report, audience: Audience, names: Names, brand: &Brand) -> Document {
    let mut sections: Vec<Section> = vec![];
    for part in audience.parts() {
        sections.extend(section(*part, report, (audience, names), brand));
    }
    let numbered = sections.iter_mut().filter(|section| section.is_numbered);
    numbered.enumerate().for_each(|(index, section)| section.number = Some(index + 1));
    Document {
        title: report.title.clone(),
        kind: audience.title(),
        organisation: report.organisation.clone(),
        date: words::date(report.on),
        basis: format!("{} {}", report.questionnaire.title, report.questionnaire.version),
        language: report.questionnaire.language.clone(),
        prepared_by: if names == Names::Shown { brand.texts.prepared_by.clone() } else { String::new() },
        confidentiality: brand.texts.confidentiality.clone(),
        note: SELF_ASSESSMENT,
        has_cover: audience != Audience::Board,
        sections,
    }
}

fn section(part: Part, report: &Report, (audience, names): (Audience, Names), brand: &Brand) -> Option<Section> {
    match part {
        Part::Summary => Some(summary::section(report, audience, brand)),
        Part::Profile => Some(setting::profile(report, audience, names)),
        Part::Areas => areas::section(report, brand),
        Part::Findings => Some(findings::section(report)),
        Part::Worth => Some(beside::worth(report)),
        Part::Checks => beside::checks(report),
        Part::Documents => beside::documents(report),
        Part::Applicability => applicability::section(report, audience),
        Part::Actions => Some(plan::section(report)),
        Part::ActionsByOwner => Some(plan::by_owner(report)),
        Part::Timeline => timeline::section(report, audience, brand),
        Part::Crosswalks => crosswalks::section(report),
        Part::Changes => changes::section(report),
        Part::Answers => Some(answers::section(report, audience)),
        Part::Method => Some(setting::method(report, audience)),
    }
}
