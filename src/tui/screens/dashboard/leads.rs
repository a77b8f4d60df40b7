//! What stands in the way of the next audit, each with the question that it leads to.

use ratatui::text::{Line, Span};

use crate::domain::id::{QuestionId, RequirementId};
use crate::domain::scoring::{Grade, Obstacle, Verdict};
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

/// Returns what stands in the way of the next audit, then the other findings.
pub(super) fn leads(session: &Session) -> Vec<Lead> {
    let card = session.scorecard();
    let mut leads: Vec<Lead> = card.obstacles.claimed.iter().map(|obstacle| obstacle_lead(session, obstacle)).collect();
    let known: Vec<String> = leads.iter().map(|lead| lead.id.clone()).collect();
    for grade in [Grade::Major, Grade::Minor, Grade::Observation] {
        for finding in card.findings.iter().filter(|finding| finding.grade == grade) {
            if !known.iter().any(|id| id == finding.requirement.as_str()) {
                leads.push(Lead {
                    id: finding.requirement.to_string(),
                    text: visible(&finding.title).into_owned(),
                    word: word(grade),
                    grade: Some(grade),
                    question: finding.questions.first().cloned(),
                });
            }
        }
    }
    leads
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
