//! What helps to answer a question, and what was recorded for it.

use crate::domain::assessment::{Answer, Evidence, Response};
use crate::domain::questionnaire::Item;
use crate::tui::session::Session;
use crate::tui::theme::Role;
use crate::tui::widgets::list::column;
use crate::tui::widgets::page::Page;

const LABEL: usize = 13;

/// Adds why the question matters, evidence to show, the pitfall, and what was recorded.
pub(super) fn lay_out(page: &mut Page, session: &Session, item: &Item<'_>) {
    let question = item.question;
    section(page, "Why it matters", &question.why);
    if !question.evidence.is_empty() {
        page.paragraph(Role::Title, "Evidence to show");
        for hint in &question.evidence {
            page.hanging(vec![(Role::Muted, column(hint.kind.word(), LABEL))], Role::Text, &hint.what);
        }
        if question.documented {
            page.paragraph(Role::Muted, "The Stage 1 audit reads a document here.");
        }
        page.blank();
    }
    section(page, "Pitfall", &question.pitfall);
    page.paragraph(Role::Title, "Recorded");
    match session.assessment().response(&question.id) {
        Some(response) => recorded(page, session, response),
        None => page.paragraph(Role::Muted, "Nothing yet: i writes a note, e adds an item of evidence."),
    }
}

fn section(page: &mut Page, title: &str, text: &str) {
    if !text.is_empty() {
        page.paragraph(Role::Title, title);
        page.paragraph(Role::Text, text);
        page.blank();
    }
}

fn recorded(page: &mut Page, session: &Session, response: &Response) {
    let mut row = |label: &str, role: Role, text: &str| {
        page.hanging(vec![(Role::Muted, column(label, LABEL))], role, text);
    };
    match &response.answer {
        Some(Answer::Level(level)) => row("Claimed", Role::Text, &level.to_string()),
        Some(Answer::NotApplicable { because }) => row("Not applic.", Role::Text, because),
        None => row("Answer", Role::Muted, "open"),
    }
    if let Some(level) = response.evidenced(session.today()) {
        let is_short = response.claimed().is_some_and(|claimed| level < claimed);
        let told = if is_short { "the evidence carries no more" } else { "the evidence carries it" };
        row("Shown", if is_short { Role::Caution } else { Role::Text }, &format!("{level}: {told}"));
    }
    if !response.note.is_empty() {
        row("Note", Role::Text, &response.note);
    }
    for evidence in &response.evidence {
        let is_valid = evidence.is_valid_on(session.today());
        row(evidence.kind.word(), Role::Text, &evidence.what);
        if let Some(days) = days(evidence, is_valid) {
            row("", if is_valid { Role::Muted } else { Role::Caution }, &days);
        }
    }
    if !response.owner.is_empty() {
        row("Owner", Role::Text, &response.owner);
    }
    if let Some(due) = response.due {
        let is_late = due < session.today();
        let told = if is_late { format!("{due}, which is over") } else { due.to_string() };
        row("Due", if is_late { Role::Caution } else { Role::Text }, &told);
    }
    if let Some(day) = response.reviewed {
        row("Confirmed", Role::Text, &day.to_string());
    }
    if response.marked {
        row("Marked", Role::Caution, "for review");
    }
}

fn days(evidence: &Evidence, is_valid: bool) -> Option<String> {
    let of = evidence.date.map(|day| format!("of {day}"));
    let until = evidence
        .valid_until
        .map(|day| if is_valid { format!("valid until {day}") } else { format!("! valid until {day}, no longer") });
    let days: Vec<String> = of.into_iter().chain(until).collect();
    (!days.is_empty()).then(|| days.join(", "))
}
