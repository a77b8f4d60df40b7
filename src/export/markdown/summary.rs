//! The summary for those who read one page.

use crate::domain::report::{Report, SELF_ASSESSMENT, dates, words};
use crate::domain::roadmap::Milestone;
use crate::domain::scoring::{Basis, Finding, Grade, Scorecard, Verdict};
use crate::domain::timeline::Forecast;
use crate::export::markdown::escape::inline;
use crate::export::markdown::page::Page;
use crate::export::markdown::plan::action;
use crate::export::markdown::table::Table;

/// How many actions a board is told.
const FIRST_ACTIONS: usize = 5;

/// Writes the title and the summary.
pub(super) fn write(page: &mut Page, report: &Report) {
    page.title(&inline(&report.title));
    page.paragraph(&format!("**{}**, {}", inline(&report.questionnaire.title), words::date(report.on)));
    page.paragraph(&format!("*{SELF_ASSESSMENT}*"));
    page.heading("Summary");
    page.paragraph(&verdict(report));
    page.table(&figures(&report.scorecard));
    page.paragraph(&basis(&report.scorecard));
    if let Some(conflicts) = report.conflicts() {
        page.paragraph(&inline(&conflicts));
    }
    page.subheading("When");
    match &report.forecast {
        Some(forecast) => when(page, forecast),
        None => page.paragraph("No timeline was worked out for this report."),
    }
    page.subheading("What to do next");
    next(page, report);
}

fn verdict(report: &Report) -> String {
    let verdict = report.scorecard.verdict;
    let mut sentences = vec![if verdict.claimed == verdict.evidenced {
        format!("**Verdict: {}**, as claimed and on the recorded evidence.", verdict.claimed.title())
    } else {
        let (claimed, evidenced) = (verdict.claimed.title(), verdict.evidenced.title());
        format!("**Verdict: {claimed}** as claimed; on the recorded evidence: **{evidenced}**.")
    }];
    let (claimed, evidenced) = (report.hurdles.claimed.len(), report.hurdles.evidenced.len());
    if (verdict.claimed, claimed) == (verdict.evidenced, evidenced) {
        sentences.extend((claimed > 0).then(|| format!("{}.", in_the_way(claimed, verdict.claimed))));
    } else {
        let views = [("As claimed", claimed, verdict.claimed), ("On the evidence", evidenced, verdict.evidenced)];
        let told = views.into_iter().filter(|(_, hurdles, _)| *hurdles > 0);
        sentences.extend(told.map(|(view, hurdles, verdict)| format!("{view}, {}.", in_the_way(hurdles, verdict))));
    }
    sentences.join(" ")
}

fn in_the_way(hurdles: usize, verdict: Verdict) -> String {
    let verb = if hurdles == 1 { "stands" } else { "stand" };
    format!("{} {verb} in the way of {}", words::count(hurdles, "point"), audit_ahead(verdict))
}

/// Returns the audit that the obstacles of a verdict stand before.
pub(super) fn audit_ahead(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NotReady => "Stage 1",
        Verdict::ReadyForStage1 | Verdict::ReadyForStage2 => "Stage 2",
    }
}

fn figures(card: &Scorecard) -> Table {
    let overall = &card.overall;
    let mut table = Table::new(["", "Claimed", "Evidenced"]);
    let mut row = |name: &str, claimed, evidenced| table.row([name.to_owned(), claimed, evidenced]);
    row("Stage 1 readiness", words::share(&overall.stage1.claimed), words::share(&overall.stage1.evidenced));
    row("Stage 2 readiness", words::share(&overall.stage2.claimed), words::share(&overall.stage2.evidenced));
    row("Maturity, 0 to 5", words::maturity(&overall.maturity.claimed), words::maturity(&overall.maturity.evidenced));
    table
}

fn basis(card: &Scorecard) -> String {
    let progress = card.completion;
    if progress.asked == 0 {
        return "No question applies: every control is excluded, or concerns another role.".to_owned();
    }
    let out = progress.answered - card.overall.maturity.claimed.answered.answered.min(progress.answered);
    let out = if out == 0 { String::new() } else { format!(", {out} of them with not applicable") };
    let mut text = format!(
        "{} of {} are answered ({}){out}. Claimed is what was said; evidenced is what the recorded evidence would carry \
         before an auditor.",
        progress.answered,
        words::count(progress.asked, "question"),
        words::percent(progress.share()),
    );
    if progress.answered > 0 {
        text.push_str(&pointed_to(card));
    }
    text
}

fn pointed_to(card: &Scorecard) -> String {
    let own = |finding: &&Finding| finding.basis == Basis::Own;
    let found = |grade: Grade| card.findings.iter().filter(own).filter(|finding| finding.grade == grade).count();
    let systemic = match card.systemic.len() {
        0 => String::new(),
        1 => ", a systemic failure of 1 area".to_owned(),
        areas => format!(", systemic failures of {areas} areas"),
    };
    let told = |grade: Grade, one: &str, many: &str| match found(grade) {
        0 => format!("no {one}"),
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    };
    format!(
        " The answers point to {}{systemic}, {} and {}.",
        told(Grade::Major, "potential major nonconformity by itself", "potential major nonconformities by themselves"),
        told(Grade::Minor, "potential minor nonconformity", "potential minor nonconformities"),
        told(Grade::Observation, "observation", "observations"),
    )
}

fn when(page: &mut Page, forecast: &Forecast) {
    let mut table = Table::new(["Milestone", "As likely earlier as later (P50)", "To promise (P80)"]);
    for milestone in Milestone::ALL {
        let Some(months) = forecast.milestone(milestone) else { continue };
        let days = dates(forecast, months);
        table.row([
            milestone.title().to_owned(),
            format!("{} ({})", words::date(days.p50), words::months(months.p50)),
            format!("{} ({})", words::date(days.p80), words::months(months.p80)),
        ]);
    }
    page.table(&table);
    page.paragraph(&inline(&forecast.explanation));
}

fn next(page: &mut Page, report: &Report) {
    let first = report.actions.iter().take(FIRST_ACTIONS).enumerate();
    let lines: Vec<String> = first.flat_map(|(index, entry)| action(index + 1, entry)).collect();
    if lines.is_empty() {
        page.paragraph(&nothing_below_the_bar(&report.scorecard));
        return;
    }
    page.lines(&lines);
    let progress = report.scorecard.completion;
    match progress.asked.saturating_sub(progress.answered) {
        0 => {}
        1 => page.paragraph("1 question is open: answering it narrows the ranges."),
        open => page.paragraph(&format!("{open} questions are open: answering them narrows the ranges.")),
    }
}

/// Returns what to do where no answer is below level 3.
pub(super) fn nothing_below_the_bar(card: &Scorecard) -> String {
    let progress = card.completion;
    let open = progress.asked.saturating_sub(progress.answered);
    let unsupported = card.findings.iter().filter(|finding| finding.grade == Grade::Observation).count();
    if progress.asked == 0 {
        "Nothing is asked. Check the exclusions and the role in the profile.".to_owned()
    } else if progress.answered == 0 {
        "Answer the questions: nothing is known yet.".to_owned()
    } else if open > 0 {
        let verb = if open == 1 { "is" } else { "are" };
        format!("No answer is below level 3. Answer the {} that {verb} open.", words::count(open, "question"))
    } else if unsupported > 0 {
        let requirements = words::count(unsupported, "requirement");
        format!("Every answer is at 3 or more. Record the evidence for {requirements} that an auditor would ask for.")
    } else {
        "Every answer is at 3 or more, and the evidence carries it. Keep it so, and keep the evidence current."
            .to_owned()
    }
}
