//! The summary: what a board reads.

use crate::domain::report::{NOTE, Report};
use crate::domain::roadmap::Milestone;
use crate::domain::scoring::{Grade, Range, Views};
use crate::domain::timeline::{Forecast, TYPICAL_MONTHS, day_after};
use crate::export::markdown::text::{Page, plain};

/// How many actions the summary names.
const ACTIONS: usize = 5;

/// Writes the summary.
pub fn write(page: &mut Page, report: &Report) {
    page.heading(1, &format!("Readiness for ISO/IEC 42001: {}", plain(report.organisation())));
    page.paragraph(&format!(
        "As of {}. Assessment \"{}\", {}, version {}.",
        report.on,
        plain(report.assessment.name()),
        plain(&report.questionnaire.title),
        plain(&report.questionnaire.version),
    ));
    page.paragraph(&format!("> {NOTE}"));
    page.heading(2, "Summary");
    page.paragraph(&verdict(report));
    figures(page, report);
    if let Some(forecast) = &report.forecast {
        timeline(page, forecast);
    }
    actions(page, report);
}

fn verdict(report: &Report) -> String {
    let Views { claimed, evidenced } = report.card.verdict;
    let count = |grade| report.card.findings.iter().filter(|finding| finding.grade == grade).count();
    let mut sentences =
        vec![format!("**{}** as claimed; **{}** by the evidence recorded.", claimed.title(), evidenced.title())];
    match report.obstacles.len() {
        0 => {}
        1 => sentences.push("One thing stands in the way of the next audit.".to_owned()),
        many => sentences.push(format!("{many} things stand in the way of the next audit.")),
    }
    sentences.push(format!(
        "An auditor would probably write {} major and {} minor nonconformities; {} claims rest on no evidence, and {} \
         requirements are not assessed yet.",
        count(Grade::Major),
        count(Grade::Minor),
        count(Grade::Observation),
        count(Grade::Open),
    ));
    sentences.join(" ")
}

fn figures(page: &mut Page, report: &Report) {
    let overall = &report.card.overall;
    let row = |title: &str, views: &Views<Range>, told: fn(&Range) -> String| {
        [title.to_owned(), told(&views.claimed), told(&views.evidenced), coverage(&views.claimed)]
    };
    page.table(
        ["", "As claimed", "By the evidence", "Answered"],
        &[
            row("Stage 1 readiness (documents)", &overall.stage1, share),
            row("Stage 2 readiness (operation)", &overall.stage2, share),
            row("Maturity, 0 to 5", &overall.maturity, points),
        ],
    );
    page.paragraph(
        "The figure in front assumes that open questions turn out like those answered around them; the range in brackets \
         runs from all of them at level 0 to all of them at level 5.",
    );
}

fn timeline(page: &mut Page, forecast: &Forecast) {
    page.heading(3, "Time to a certificate");
    page.paragraph(&forecast.explanation);
    let mut rows = vec![];
    for one in &forecast.milestones {
        let told = |months: f64| format!("{months:.1} months, {}", day_after(forecast.start, months));
        rows.push([one.milestone.title().to_owned(), told(one.months.p50), told(one.months.p80)]);
    }
    page.table(["Milestone", "As likely earlier as later (P50)", "To be 80 % sure (P80)"], &rows);
    if let Some(target) = &forecast.target {
        page.paragraph(&format!(
            "The target date {} is met in {:.0} % of {} simulated projects.",
            target.date,
            target.probability * 100.0,
            forecast.trials
        ));
    }
    if forecast.milestone(Milestone::Certificate).is_some() {
        page.paragraph(&format!(
            "Months count from {}. Typical, as published by vendors and certification bodies: {} to {} months.",
            forecast.start, TYPICAL_MONTHS.0, TYPICAL_MONTHS.1
        ));
    }
}

fn actions(page: &mut Page, report: &Report) {
    page.heading(3, "What to do next");
    if report.actions.is_empty() {
        page.paragraph("No gap is left that an audit would find. Keep the records current.");
    }
    let rows: Vec<[String; 4]> = report
        .actions
        .iter()
        .take(ACTIONS)
        .map(|action| {
            [action.question.to_string(), plain(&action.ask), plain(&action.next), action.reason.title().to_owned()]
        })
        .collect();
    if !rows.is_empty() {
        page.table(["", "Question", "The next step looks like this", "Why now"], &rows);
    }
}

/// Returns a share with its bounds: `58 % (41 to 77 %)`.
pub fn share(range: &Range) -> String {
    told(range, |value| format!("{:.0}", value * 100.0), " %")
}

/// Returns a maturity with its bounds: `1.9 (1.6 to 2.5)`.
pub fn points(range: &Range) -> String {
    told(range, |value| format!("{value:.1}"), "")
}

/// Returns how much is answered: `62 of 80`.
pub fn coverage(range: &Range) -> String {
    format!("{} of {}", range.answered.answered, range.answered.asked)
}

fn told(range: &Range, figure: impl Fn(f64) -> String, unit: &str) -> String {
    let Some(middle) = range.middle.filter(|_| range.applies()) else {
        return if range.applies() { "nothing answered yet" } else { "does not apply" }.to_owned();
    };
    let (low, high) = (figure(range.low), figure(range.high));
    if low == high {
        format!("{}{unit}", figure(middle))
    } else {
        format!("{}{unit} ({low} to {high}{unit})", figure(middle))
    }
}
