//! What to do next, and what stands in the way of the next audit, each with the question that it leads to.

use ratatui::text::{Line, Span};

use crate::domain::id::{AreaId, QuestionId, RequirementId};
use crate::domain::scoring::{Basis, Finding, Grade, Obstacle, Verdict};
use crate::domain::text::visible;
use crate::tui::session::Session;
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{column, fit};

/// How many actions are named: the first of the action plan.
const ACTIONS: usize = 5;

/// A line of the list: something to do, and the question that it leads to. Or the title of what stands below it.
pub(super) struct Lead {
    /// The question or requirement; empty for a title.
    pub id: String,
    text: String,
    word: String,
    grade: Option<Grade>,
    /// The question that it leads to.
    pub question: Option<QuestionId>,
}

impl Lead {
    /// Returns whether it is the title of what stands below it.
    pub(super) fn is_title(&self) -> bool {
        self.id.is_empty()
    }
}

/// Returns the next best actions, then, below a title of its own, what stands in the way.
pub(super) fn leads(session: &Session) -> Vec<Lead> {
    let mut leads: Vec<Lead> = session.gaps().all.iter().take(ACTIONS).map(action_lead).collect();
    let obstacles = obstacles(session);
    if !leads.is_empty() && !obstacles.is_empty() {
        let text = obstacles_title(session);
        leads.push(Lead { id: String::new(), text, word: String::new(), grade: None, question: None });
    }
    leads.extend(obstacles);
    leads
}

fn action_lead(gap: &crate::domain::actions::Action) -> Lead {
    let days = gap.effort.map_or(String::new(), |days| format!("{days:.1} days  "));
    Lead {
        id: gap.question.to_string(),
        text: format!("{days}{}", visible(&gap.ask)),
        word: format!("+{:.1}", gap.gain.points()),
        grade: Some(Grade::Strength),
        question: Some(gap.question.clone()),
    }
}

/// Returns what stands in the way of the next audit, then the other findings: what is absent by itself, a line for each
/// area that fails systematically, and what is less grave.
fn obstacles(session: &Session) -> Vec<Lead> {
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
        word: word(finding.grade).to_owned(),
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
        word: "systemic".to_owned(),
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
        Obstacle::Undecided(id) => return undecided(session, id),
    };
    Lead { id: id.to_string(), text: ask(id), word: word.to_owned(), grade, question: Some(id.clone()) }
}

/// Returns the line of a control that nobody decided on. No question of it is asked, so it leads to none.
fn undecided(session: &Session, id: &RequirementId) -> Lead {
    let title =
        session.questionnaire().requirement(id).map(|(_, requirement)| visible(&requirement.title).into_owned());
    Lead {
        id: id.to_string(),
        text: title.unwrap_or_default(),
        word: "undecided".to_owned(),
        grade: Some(Grade::Open),
        question: None,
    }
}

fn major(session: &Session, id: &RequirementId) -> Lead {
    let finding = session.scorecard().findings.iter().find(|finding| &finding.requirement == id);
    Lead {
        id: id.to_string(),
        text: finding.map(|finding| visible(&finding.title).into_owned()).unwrap_or_default(),
        word: word(Grade::Major).to_owned(),
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

/// Returns the title of the list: of the actions, where some are known.
pub(super) fn first_title<'a>(session: &Session, leads: &[Lead], theme: &Theme) -> Line<'a> {
    if leads.iter().any(Lead::is_title) {
        let told = "  points gained, person-days";
        return Line::from(vec![Span::styled("The next best actions", theme.title), Span::styled(told, theme.muted)]);
    }
    Line::styled(obstacles_title(session), theme.title)
}

/// Returns the title of what stands in the way.
fn obstacles_title(session: &Session) -> String {
    let card = session.scorecard();
    let title = match card.verdict.claimed {
        Verdict::NotReady => "What stands in the way of Stage 1",
        Verdict::ReadyForStage1 => "What stands in the way of Stage 2",
        Verdict::ReadyForStage2 => return "What to look at all the same".to_owned(),
    };
    match card.obstacles.claimed.len() {
        0 => title.to_owned(),
        count => format!("{title}  {count}"),
    }
}

/// Returns a line of the list.
pub(super) fn lead_line<'a>(lead: &Lead, width: u16, theme: &Theme) -> Line<'a> {
    if lead.is_title() {
        return Line::styled(fit(&lead.text, usize::from(width)), theme.title);
    }
    let style = lead.grade.map_or(theme.text, |grade| theme.grade(grade));
    let rest = usize::from(width).saturating_sub(2 + 11 + 9);
    Line::from(vec![
        Span::styled(column(&lead.id, 11), theme.text),
        Span::styled(column(&lead.word, 9), style),
        Span::styled(fit(&lead.text, rest), theme.text),
    ])
}
