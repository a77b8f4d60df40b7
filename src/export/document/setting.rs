//! Who was assessed, and how the figures came about.

use crate::domain::profile::ProfileKey;
use crate::domain::report::{Audience, FINDINGS, Names, Part, Report, profile_text};
use crate::export::document::block::{Block, Cell, Run, Section, Table};

/// Said above a profile that nobody has filled in.
const ASSUMED: &str = "Nobody has filled in the profile yet. Below stands what the program assumes until somebody does. \
                       The organisation didn't say it, and whatever rests on it is assumed too.";
/// What a copy without names leaves out.
const NAMING: [ProfileKey; 2] = [ProfileKey::Organisation, ProfileKey::Sector];

/// What a profile may say while it tells nothing of the organisation.
const TOLD: [ProfileKey; 3] = [ProfileKey::Organisation, ProfileKey::Start, ProfileKey::Target];

pub(super) fn profile(report: &Report, audience: Audience, names: Names) -> Section {
    let mut section = Section::new("profile", "Organisation and scope");
    let is_untold = report.assessment.profile().is_untold();
    if is_untold {
        section.say(ASSUMED);
    }
    let mut fields = vec![[Cell::muted("Assessment"), Cell::text(report.assessment.name())]];
    for key in ProfileKey::ALL.into_iter().filter(|key| reads(audience, *key)) {
        let value = profile_text(report.assessment.profile(), key);
        let is_left_out = names == Names::LeftOut && NAMING.contains(&key);
        let is_assumed = is_untold && !TOLD.contains(&key);
        let value = match (value.is_empty(), is_assumed) {
            (true, _) => Cell::muted(if is_left_out { "left out" } else { "not stated" }),
            (false, true) => Cell::text(value).with(vec![Run::muted("assumed")]),
            (false, false) => Cell::text(value),
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
    let reads = |index: usize| audience.sees_gaps() || index == 0 || index == last;
    // What has no findings doesn't explain them.
    let explains = |paragraph: &str| paragraph != FINDINGS || audience.parts().contains(&Part::Findings);
    let paragraphs = report.method.iter().enumerate();
    for (_, paragraph) in paragraphs.filter(|(index, paragraph)| reads(*index) && explains(paragraph)) {
        section.add(Block::Paragraph(vec![Run::plain(paragraph.clone())]));
    }
    section
}

/// Returns whether a field of the profile concerns an audience: resources and rates are nobody else's business.
fn reads(audience: Audience, key: ProfileKey) -> bool {
    let is_scope = matches!(
        key,
        ProfileKey::Organisation
            | ProfileKey::Sector
            | ProfileKey::Sites
            | ProfileKey::AiRole
            | ProfileKey::AiSystems
            | ProfileKey::AiActRole
            | ProfileKey::HighRisk
            | ProfileKey::Certificates
    );
    let is_size = matches!(key, ProfileKey::Headcount | ProfileKey::AiPeople | ProfileKey::Suppliers);
    match audience {
        Audience::Board | Audience::Full | Audience::Owner => true,
        Audience::Auditor => is_scope || is_size,
        Audience::Customer => is_scope,
    }
}
