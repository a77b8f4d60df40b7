//! The summary for those who decide: verdict, figures, dates, what to do next.

use crate::domain::actions::{Action, Reason};
use crate::domain::report::{Audience, Report, dates, gain, words};
use crate::domain::roadmap::Milestone;
use crate::domain::scoring::{Range, least_answers};
use crate::domain::worth::Advice;
use crate::export::brand::Brand;
use crate::export::chart;
use crate::export::document::block::{Block, Cell, KeyFigure, Run, Section, Table};

/// How many actions a board is told.
const FIRST_ACTIONS: usize = 5;

pub(super) fn section(report: &Report, audience: Audience, brand: &Brand) -> Section {
    let mut section = Section::new("summary", "Summary");
    section.is_numbered = audience != Audience::Board;
    section.add(Block::Remark(verdict(report)));
    section.add(Block::KeyFigures(key_figures(report)));
    section.say(report.basis());
    if let Some(conflicts) = report.conflicts() {
        section.say(conflicts);
    }
    if audience == Audience::Board {
        section.say(advice(report));
    }
    let share = if audience == Audience::Board { 0.92 } else { 0.78 };
    section.figure("radar", chart::radar(report, brand.palette), share);
    if audience == Audience::Board {
        section.add(Block::PageBreak);
    }
    section.heading("When");
    when(&mut section, report);
    if audience == Audience::Board
        && let Some(forecast) = &report.forecast
    {
        section.figure("distribution", chart::distribution(forecast, brand.palette), 0.8);
    }
    section.heading("What to do next");
    next(&mut section, report, audience);
    section
}

fn verdict(report: &Report) -> Vec<Run> {
    let titles = report.scorecard.verdict_titles();
    let mut runs = if report.is_blank() {
        // Nothing is claimed, and nothing on record.
        vec![Run::strong(format!("{}.", titles.claimed))]
    } else if titles.claimed == titles.evidenced {
        vec![Run::strong(format!("{}, ", titles.claimed)), Run::plain("as claimed and on the recorded evidence.")]
    } else {
        vec![
            Run::strong(titles.claimed),
            Run::plain(" as claimed; on the recorded evidence: "),
            Run::strong(titles.evidenced),
            Run::plain("."),
        ]
    };
    let rest = report.in_the_way();
    if !rest.is_empty() {
        runs.push(Run::plain(format!(" {rest}")));
    }
    runs
}

fn key_figures(report: &Report) -> Vec<KeyFigure> {
    let overall = &report.scorecard.overall;
    let rests_on = |range: &Range| format!("{} answered", words::coverage(range.answered));
    let mut figures = vec![
        KeyFigure {
            label: "Stage 1 readiness".to_owned(),
            value: words::headline_share(&overall.stage1.claimed),
            detail: detail(
                words::below_headline_of_share(&overall.stage1.claimed),
                &words::share_alone(&overall.stage1.evidenced),
                &rests_on(&overall.stage1.claimed),
            ),
        },
        KeyFigure {
            label: "Stage 2 readiness".to_owned(),
            value: words::headline_share(&overall.stage2.claimed),
            detail: detail(
                words::below_headline_of_share(&overall.stage2.claimed),
                &words::share_alone(&overall.stage2.evidenced),
                &rests_on(&overall.stage2.claimed),
            ),
        },
        KeyFigure {
            label: "Maturity, 0 to 5".to_owned(),
            value: words::headline_maturity(&overall.maturity.claimed),
            detail: detail(
                words::below_headline_of_maturity(&overall.maturity.claimed),
                &words::maturity_alone(&overall.maturity.evidenced),
                &rests_on(&overall.maturity.claimed),
            ),
        },
    ];
    if report.scorecard.is_early() {
        // From a few answers, readiness says more about what is assumed than about them; screens don't show it either.
        let least = least_answers(report.scorecard.answered().asked);
        for figure in &mut figures {
            "–".clone_into(&mut figure.value);
            let rests_on = figure.detail.lines().next_back().unwrap_or_default();
            figure.detail = format!("from {least} answers on\n{rests_on}");
        }
    }
    figures.push(KeyFigure {
        label: "Answered".to_owned(),
        value: words::coverage(report.scorecard.answered()),
        detail: match report.scorecard.not_applicable() {
            0 => "questions that apply".to_owned(),
            out => format!("questions that apply\n{out} more not applicable"),
        },
    });
    figures
}

/// Returns what stands below a claimed figure: how far it can still go, what the evidence carries, what it rests on.
fn detail(span: Option<String>, evidenced: &str, rests_on: &str) -> String {
    let span = span.map(|span| format!("{span}\n")).unwrap_or_default();
    format!("{span}Evidenced: {evidenced}\n{rests_on}")
}

fn when(section: &mut Section, report: &Report) {
    let Some(forecast) = &report.forecast else {
        section.say("No timeline was worked out for this report.");
        return;
    };
    let guess = report.first_guess();
    let promise = if guess.is_empty() { "To promise (P80)" } else { "80 % sure (P80)" };
    section.say(guess);
    let mut table = Table::new(
        "When the milestones are reached",
        &[("Milestone", 2.2), ("As likely earlier as later (P50)", 2.4), (promise, 2.4)],
    );
    for milestone in Milestone::ALL {
        let Some(months) = forecast.milestone(milestone) else { continue };
        let days = dates(forecast, months);
        table.row([
            Cell::text(milestone.title()),
            Cell::text(format!("{} ({})", words::date(days.p50), words::months(months.p50))),
            Cell::text(format!("{} ({})", words::date(days.p80), words::months(months.p80))),
        ]);
    }
    section.table(table);
    section.say(report.left_to_do());
    section.say(forecast.explanation.clone());
    section.say(report.takes());
    section.say(report.saves());
}

fn next(section: &mut Section, report: &Report, audience: Audience) {
    let items: Vec<Vec<Run>> = report.actions.iter().take(FIRST_ACTIONS).map(|entry| action(entry, audience)).collect();
    if items.is_empty() {
        section.say(report.nothing_below_the_bar());
        return;
    }
    // Where most is open, to answer it comes before any gap.
    let is_mostly_open = !report.first_guess().is_empty();
    if is_mostly_open {
        section.say(report.open_questions());
    }
    section.add(Block::List { ordered: true, items });
    if audience != Audience::Board && !is_mostly_open {
        section.say(report.open_questions());
    }
}

/// Returns why an action comes where it does: what is pressing by itself, or what waits for it.
fn why(action: &Action) -> &'static str {
    if action.urgency == action.reason { action.reason.title() } else { "Others build on it" }
}

/// Returns the advice on a certificate with the first reason for it.
fn advice(report: &Report) -> String {
    let worth = &report.worth;
    let reasons = if worth.advice == Advice::Wait { &worth.reasons_against } else { &worth.reasons_for };
    let reason = reasons.first().map(|reason| format!(" {reason}")).unwrap_or_default();
    format!("Is a certificate worth it? {}.{reason}", worth.advice.title())
}

/// Returns an action on two lines: what, and where it leads.
fn action(action: &Action, audience: Audience) -> Vec<Run> {
    let mut runs = vec![
        Run::strong(action.ask.clone()),
        Run::muted(format!(" ({}) ", action.question)),
        Run::plain(format!("{}. ", why(action))),
        Run::plain(if audience == Audience::Board {
            gain(action)
        } else if action.reason == Reason::Unsupported {
            format!("Claimed at {}. Note what shows it: {}", action.level, action.next_text)
        } else {
            format!("Now {}; next, {}: {}", action.level, action.next, action.next_text)
        }),
    ];
    if !action.owner.trim().is_empty() {
        runs.push(Run::muted(format!(" Owner: {}.", action.owner.trim())));
    }
    if let Some(due) = action.due {
        runs.push(Run::muted(format!(" Due: {}.", words::date(due))));
    }
    runs
}
