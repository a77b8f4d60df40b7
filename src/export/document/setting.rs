//! Who was assessed, and how the figures came about.

use crate::domain::profile::ProfileKey;
use crate::domain::report::{Audience, ON_FINDINGS, Part, Report, profile_text};
use crate::export::document::block::{Block, Cell, Run, Section, Table};

/// Said above a profile that says nothing of what the organisation is and does.
const ASSUMED: &str = "Nobody has said yet what the organisation is and does with AI. What is marked as assumed is what the \
                       program takes until somebody does. The organisation didn't say it, and whatever rests on it is \
                       assumed too.";
/// Said above a profile that somebody has filled in, to those who can mend it.
const DEFAULTS: &str = "A value that is marked as default is the one that the profile begins with: nobody has said so far that \
                        it is so.";
/// Stands where nobody has told a value, and it may not be taken for one.
const NOT_STATED: &str = "not stated";

pub(super) fn profile(report: &Report, audience: Audience) -> Section {
    let mut section = Section::new("profile", "Organisation and scope");
    let profile = report.assessment.profile();
    // A board and an owner sit with those who can tell: they read the values without marks.
    let mark = match (profile.is_untold(), audience) {
        (true, _) => Some("assumed"),
        (false, Audience::Full | Audience::Auditor) => Some("default"),
        // A customer takes what it reads for what the organisation says.
        (false, Audience::Customer) => Some(NOT_STATED),
        (false, Audience::Board | Audience::Owner) => None,
    };
    let is_default = |key| key != ProfileKey::Currency && !profile.is_told(key);
    let read = || ProfileKey::ALL.into_iter().filter(|key| audience.reads_field(*key));
    let is_marked = read().any(|key| is_default(key) && !profile_text(profile, key).is_empty());
    match mark.filter(|_| is_marked) {
        Some("assumed") => section.say(ASSUMED),
        Some("default") => section.say(DEFAULTS),
        Some(_) | None => {}
    }
    let mut fields = vec![[Cell::muted("Assessment"), Cell::text(report.assessment.name())]];
    for key in read() {
        let value = profile_text(profile, key);
        let value = match mark.filter(|_| is_default(key)) {
            _ if value.is_empty() => Cell::muted(NOT_STATED),
            Some(NOT_STATED) => Cell::muted(NOT_STATED),
            Some(mark) => Cell { lines: vec![vec![Run::plain(value), Run::muted(format!(" ({mark})"))]], tone: None },
            None => Cell::text(value),
        };
        fields.push([Cell::muted(key.label()), value]);
    }
    // Two beside each other, the second half on the right: read down, then down again.
    let mut table = Table::new("Organisation and scope", &[("", 2.2), ("", 2.7), ("", 2.2), ("", 2.7)]);
    let right = fields.split_off(fields.len().div_ceil(2));
    let mut right = right.into_iter();
    for left in fields {
        let right = right.next().unwrap_or_default();
        table.row(left.into_iter().chain(right));
    }
    section.table(table);
    section
}

pub(super) fn method(report: &Report, audience: Audience) -> Section {
    let mut section = Section::new("method", "Method and limits");
    // How many questions are open, and what is found, is not for a customer: the first says what this is, the last on
    // what it rests.
    let last = report.method.len().saturating_sub(1);
    let has_findings = audience.parts().contains(&Part::Findings);
    let reads = |(index, paragraph): &(usize, &String)| {
        (audience.sees_gaps() || *index == 0 || *index == last) && (has_findings || *paragraph != ON_FINDINGS)
    };
    for (_, paragraph) in report.method.iter().enumerate().filter(reads) {
        section.add(Block::Paragraph(vec![Run::plain(paragraph.clone())]));
    }
    section
}
