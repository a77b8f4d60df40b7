//! What stands in the way of the next audit, each with the question that it leads to.

use ratatui::text::{Line, Span};

use crate::domain::id::{AreaId, QuestionId, RequirementId};
use crate::domain::scoring::{Basis, Finding, Grade, Obstacle, Verdict};
use crate::domain::text::visible;
use crate::tui::session::Session;
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{column, fit};

/// A line of the list: something to do, and the question that it leads to.
pub(super) struct Lead {
    /// The question or requirement.
    pub id: String,
    text: String,
    word: &'static str,
    grade: Option<Grade>,
    /// The question that it leads to.
    pub question: Option<QuestionId>,
}

/// Returns what stands in the way of the next audit, then the other findings: what is absent by itself, a line for each
/// area that fails systematically, and what is less grave.
pub(super) fn leads(session: &Session) -> Vec<Lead> {
    let card = session.scorecard();
    let mut leads: Vec<Lead> = card.obstacles.claimed.iter().map(|obstacle| obstacle_lead(session, obstacle)).collect();
    let known: Vec<String> = leads.iter().map(|lead| lead.id.clone()).collect();
    let is_new = |id: &str| !known.iter().any(|known| known == id);
    let of = |grade: Grade| {
        let findings = card.findings.iter().filter(move |f| f.grade == grade && f.basis == Basis::Own);
        findings.filter(|finding| is_new(finding.requirement.as_str())).map(finding_lead)
    };
    leads.extend(of(Grade::Major));
    let failures = card.systemic.iter().filter(|failure| is_new(failure.area.as_str()));
    leads.extend(failures.map(|failure| systemic(session, &failure.area, &failure.requirements)));
    leads.extend(of(Grade::Minor));
    leads.extend(of(Grade::Observation));
    leads
}

fn finding_lead(finding: &Finding) -> Lead {
    Lead {
        id: finding.requirement.to_string(),
        text: visible(&finding.title).into_owned(),
        word: word(finding.grade),
        grade: Some(finding.grade),
        question: finding.questions.first().cloned(),
    }
}

/// Returns the line of an area that fails systematically. It leads to the first question that falls short.
fn systemic(session: &Session, area: &AreaId, requirements: &[RequirementId]) -> Lead {
    let first = requirements.first().and_then(|id| major(session, id).question);
    let ids: Vec<&str> = requirements.iter().map(RequirementId::as_str).collect();
    let title = session.questionnaire().areas().iter().find(|known| &known.id == area);
    let title = title.map(|area| visible(&area.title).into_owned()).unwrap_or_default();
    Lead {
        id: area.to_string(),
        text: format!("{title}: {} together, {}", ids.len(), ids.join(", ")),
        word: "systemic",
        grade: Some(Grade::Major),
        question: first,
    }
}

fn obstacle_lead(session: &Session, obstacle: &Obstacle) -> Lead {
    let ask = |question: &QuestionId| match session.questionnaire().item(question) {
        Some(item) => visible(&item.question.ask).into_owned(),
        None => String::new(),
    };
    let (id, word, grade) = match obstacle {
        Obstacle::Undocumented(id) => (id, "below 2", Some(Grade::Major)),
        Obstacle::Showstopper(id) => (id, "below 3", Some(Grade::Major)),
        Obstacle::Open(id) => (id, "open", Some(Grade::Open)),
        Obstacle::Major(id) => return major(session, id),
        Obstacle::Systemic { area, requirements } => return systemic(session, area, requirements),
    };
    Lead { id: id.to_string(), text: ask(id), word, grade, question: Some(id.clone()) }
}

fn major(session: &Session, id: &RequirementId) -> Lead {
    let finding = session.scorecard().findings.iter().find(|finding| &finding.requirement == id);
    Lead {
        id: id.to_string(),
        text: finding.map(|finding| visible(&finding.title).into_owned()).unwrap_or_default(),
        word: word(Grade::Major),
        grade: Some(Grade::Major),
        question: finding.and_then(|finding| finding.questions.first().cloned()),
    }
}

/// Returns a grade in a word.
pub(super) fn word(grade: Grade) -> &'static str {
    match grade {
        Grade::Major => "major",
        Grade::Minor => "minor",
        Grade::Observation => "unproven",
        Grade::Open => "open",
        Grade::Strength => "strength",
    }
}

/// Returns the title of the list.
pub(super) fn list_title<'a>(verdict: Verdict, obstacles: usize, theme: &Theme) -> Line<'a> {
    let (title, count) = match verdict {
        Verdict::NotReady => ("What stands in the way of Stage 1", obstacles),
        Verdict::ReadyForStage1 => ("What stands in the way of Stage 2", obstacles),
        Verdict::ReadyForStage2 => ("What to look at all the same", 0),
    };
    let count = if count > 0 { format!("  {count}") } else { String::new() };
    Line::from(vec![Span::styled(title, theme.title), Span::styled(count, theme.muted)])
}

/// Returns a line of the list.
pub(super) fn lead_line<'a>(lead: &Lead, width: u16, theme: &Theme) -> Line<'a> {
    let style = lead.grade.map_or(theme.text, |grade| theme.grade(grade));
    let rest = usize::from(width).saturating_sub(2 + 11 + 9);
    Line::from(vec![
        Span::styled(column(&lead.id, 11), theme.text),
        Span::styled(column(lead.word, 9), style),
        Span::styled(fit(&lead.text, rest), theme.text),
    ])
}
