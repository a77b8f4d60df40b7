//! What stands beside the figures: documents that an audit reads, what doesn't fit together, other frameworks, and whether
//! a certificate is worth it.

use crate::domain::crosswalk::{Detail, Kind};
use crate::domain::crosswalk_view::{CrosswalkLine, CrosswalkView, Says};
use crate::domain::documents::DocumentState;
use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::report::{Report, words};
use crate::domain::scoring::{Range, Struck, Views};
use crate::domain::worth::{Takes, Worth};
use crate::export::markdown::escape::{cell, inline};
use crate::export::markdown::page::Page;
use crate::export::markdown::results::sentence;
use crate::export::markdown::table::Table;

/// Writes whether a certificate is worth it.
pub(super) fn worth(page: &mut Page, report: &Report) {
    let Worth { advice, reasons_for, reasons_against, takes } = &report.worth;
    page.section("Is a certificate worth it?");
    page.paragraph(&format!("**{}.** It is advice from the profile, and yours to weigh.", advice.title()));
    let list = |page: &mut Page, title: &str, reasons: &[String]| {
        page.paragraph(title);
        if reasons.is_empty() {
            page.lines(&["- Nothing that the profile says.".to_owned()]);
        }
        page.lines(&reasons.iter().map(|reason| format!("- {}", inline(reason))).collect::<Vec<_>>());
    };
    list(page, "For it, now:", reasons_for);
    list(page, "Against it, now:", reasons_against);
    if let Some(takes) = takes {
        page.paragraph(&told(takes, &report.assessment.profile().currency));
    }
    page.paragraph(advice.alternative());
}

/// Returns what the way takes, in a sentence.
fn told(takes: &Takes, currency: &str) -> String {
    let cost = takes.own_cost.map(|(from, to)| {
        format!(
            "; at your rate that is {} to {} {} of your own people's time, without audit fees and help",
            words::whole(rounded(from)),
            words::whole(rounded(to)),
            inline(currency)
        )
    });
    format!(
        "From here it takes {:.0} to {:.0} months and {:.0} to {:.0} person-days (10 % to 90 % of the trials){}.",
        takes.months.0,
        takes.months.1,
        takes.days.0,
        takes.days.1,
        cost.unwrap_or_default()
    )
}

/// Returns an amount of money in whole hundreds: the estimate is worth no more.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what fits before")]
fn rounded(amount: f64) -> u32 {
    ((amount / 100.0).round() * 100.0).clamp(0.0, f64::from(u32::MAX)) as u32
}

/// Writes the documents that an audit reads.
pub(super) fn documents(page: &mut Page, report: &Report) {
    if report.documents.is_empty() {
        return;
    }
    page.section("Documents and records that an audit reads");
    page.paragraph(
        "A document is there from level 2 on, a record from level 3 on. The list is our reading of what has to be \
         written; others count differently.",
    );
    let mut table =
        Table::new(["Document or record", "Asked for by", "Read at Stage 1", "Claimed", "Evidenced", "Answered"]);
    report.documents.iter().for_each(|state| table.row(document(state)));
    page.table(&table);
}

fn document(state: &DocumentState) -> [String; 6] {
    let document = &state.document;
    let ids: Vec<&str> = document.requirements.iter().map(RequirementId::as_str).collect();
    [
        format!("{} ({})", inline(&document.title), document.kind.word()),
        inline(&ids.join(", ")),
        if document.stage1 { "yes" } else { "" }.to_owned(),
        state.presence.claimed.title().to_owned(),
        state.presence.evidenced.title().to_owned(),
        words::coverage(state.answered),
    ]
}

/// Writes what doesn't fit together.
pub(super) fn checks(page: &mut Page, checks: &[Struck]) {
    if checks.is_empty() {
        return;
    }
    page.section("What does not fit together");
    page.paragraph("These lower no figure. They are where an experienced reader would ask once more.");
    let line = |struck: &Struck| {
        let ids: Vec<&str> = struck
            .questions
            .iter()
            .map(QuestionId::as_str)
            .chain(struck.controls.iter().map(RequirementId::as_str))
            .collect();
        format!("- {} *{}* ({})", sentence(&struck.says), sentence(&struck.ask), inline(&ids.join(", ")))
    };
    page.lines(&checks.iter().map(line).collect::<Vec<_>>());
}

/// Writes how far the work goes for other frameworks.
pub(super) fn crosswalks(page: &mut Page, views: &[CrosswalkView]) {
    if views.is_empty() {
        return;
    }
    page.section("Other frameworks");
    page.paragraph(
        "The shares are the Stage 2 readiness over the requirements that help. They say how far the work for the standard \
         goes; they never say that an obligation is met.",
    );
    for view in views.iter().filter(|view| view.is_held) {
        page.subheading(&inline(&view.title));
        page.paragraph(&format!("{} {}", inline(&view.told()), inline(&view.note)));
        match view.kind {
            Kind::Obligations => page.table(&obligations(view)),
            Kind::Reuse => page.table(&reuse(view)),
            Kind::Coverage => page.table(&coverage(view)),
            Kind::Buyers => view.lines.iter().for_each(|line| buyer(page, line)),
        }
        page.paragraph(&format!("*{} As of {}.*", sentence(&view.source), words::date(view.as_of)));
    }
    let others: Vec<String> = views.iter().filter(|view| !view.is_held).map(|view| inline(&view.title)).collect();
    if !others.is_empty() {
        page.paragraph(&format!("Not held, and so not told here: {}.", others.join(", ")));
    }
}

fn obligations(view: &CrosswalkView) -> Table {
    let mut table = Table::new(["Obligation", "From", "Claimed", "Evidenced", "Answered", "Stays uncovered"]);
    for line in &view.lines {
        let Detail::Obligation(obligation) = &line.entry.detail else { continue };
        let [claimed, evidenced, answered] = support(&line.support);
        let from = words::date(obligation.applies_from);
        table.row([name(line), from, claimed, evidenced, answered, cell(&obligation.gap)]);
    }
    table
}

fn reuse(view: &CrosswalkView) -> Table {
    let mut table = Table::new(["Requirement", "Carries over", "Claimed", "Evidenced", "Answered", "Left to do"]);
    for line in &view.lines {
        let Says::Reuse(reuse) = &line.says else { continue };
        let [claimed, evidenced, answered] = support(&line.support);
        let (_, gap) = line.entry.helps_and_gap();
        table.row([name(line), reuse.word().to_owned(), claimed, evidenced, answered, cell(gap)]);
    }
    table
}

fn coverage(view: &CrosswalkView) -> Table {
    let mut table = Table::new(["Part", "Rests on", "Claimed", "Evidenced", "Answered", "Stays uncovered"]);
    for line in &view.lines {
        let ids: Vec<&str> = line.entry.requirements.iter().map(RequirementId::as_str).collect();
        let [claimed, evidenced, answered] = support(&line.support);
        let (_, gap) = line.entry.helps_and_gap();
        table.row([name(line), inline(&ids.join(", ")), claimed, evidenced, answered, cell(gap)]);
    }
    table
}

fn buyer(page: &mut Page, line: &CrosswalkLine) {
    let (Detail::Buyer { question, .. }, Says::Draft { text, .. }) = (&line.entry.detail, &line.says) else { return };
    page.lines(&[format!("**{}. {}**\\", inline(line.entry.id.as_str()), sentence(question)), inline(text)]);
}

fn name(line: &CrosswalkLine) -> String {
    format!("{} {}", inline(line.entry.id.as_str()), inline(&line.entry.title))
}

fn support(support: &Views<Range>) -> [String; 3] {
    if !support.claimed.applies() {
        return ["–".to_owned(), "–".to_owned(), "–".to_owned()];
    }
    [
        words::share_alone(&support.claimed),
        words::share_alone(&support.evidenced),
        words::coverage(support.claimed.answered),
    ]
}
