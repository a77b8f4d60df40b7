//! Who was assessed, and how the figures came about.

use crate::domain::profile::{Profile, ProfileKey};
use crate::domain::report::{Report, words};
use crate::export::markdown::escape::{cell, inline};
use crate::export::markdown::page::Page;
use crate::export::markdown::table::Table;

/// Writes the profile, and method and limits.
pub(super) fn write(page: &mut Page, report: &Report) {
    page.section("Organisation and scope");
    let mut table = Table::new(["", ""]);
    table.row(["Assessment".to_owned(), cell(report.assessment.name())]);
    for key in ProfileKey::ALL {
        let value = cell(&told(report.assessment.profile(), key));
        let value = if value.is_empty() { "not stated".to_owned() } else { value };
        table.row([key.label().to_owned(), value]);
    }
    page.table(&table);
    page.section("Method and limits");
    report.method.iter().for_each(|paragraph| page.paragraph(&inline(paragraph)));
}

/// Returns a field as a person reads it; empty where nothing is stated.
fn told(profile: &Profile, key: ProfileKey) -> String {
    let yes_or_no = |is_so: bool| if is_so { "yes" } else { "no" }.to_owned();
    match key {
        ProfileKey::Certificates => {
            let titles: Vec<&str> = profile.certificates.iter().map(|certificate| certificate.title()).collect();
            if titles.is_empty() { "none".to_owned() } else { titles.join(", ") }
        }
        ProfileKey::Consultant => yes_or_no(profile.consultant),
        ProfileKey::CoreToProduct => yes_or_no(profile.core_to_product),
        ProfileKey::CustomersAsk => yes_or_no(profile.customers_ask),
        ProfileKey::Start => profile.start.map(words::date).unwrap_or_default(),
        ProfileKey::Target => profile.target.map(words::date).unwrap_or_default(),
        ProfileKey::Organisation
        | ProfileKey::Sector
        | ProfileKey::Headcount
        | ProfileKey::Sites
        | ProfileKey::AiRole
        | ProfileKey::AiSystems
        | ProfileKey::AiPeople
        | ProfileKey::Suppliers
        | ProfileKey::AiActRole
        | ProfileKey::HighRisk
        | ProfileKey::People
        | ProfileKey::DaysPerWeek
        | ProfileKey::BookingWeeks
        | ProfileKey::RateInternal
        | ProfileKey::RateExternal
        | ProfileKey::Currency => profile.text(key),
    }
}
