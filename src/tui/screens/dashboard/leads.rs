//! What to do next, and what stands in the way of the next audit, each with the question that it leads to.

use ratatui::text::{Line, Span};

use crate::domain::id::{AreaId, QuestionId, RequirementId};
use crate::domain::report::words;
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
    /// Whether it is one of the next best actions.
    pub is_action: bool,
}

/// The width of ids.
pub(super) const ID: usize = 11;
/// The width of the word behind them.
const WORD: usize = 11;

impl Lead {
    /// Returns the title of what stands below it.
    fn title(text: String) -> Self {
        Self { id: String::new(), text, word: String::new(), grade: None, question: None, is_action: false }
    }

    /// Returns whether it is the title of what stands below it, or the empty line above one.
    pub(super) fn is_title(&self) -> bool {
        self.id.is_empty()
    }
}

/// Returns the next best actions; what stands in the way of the next audit; and what else an auditor would find: each with
/// its title and an empty line above it, but for the first, whose title stands over the list.
pub(super) fn leads(session: &Session) -> Vec<Lead> {
    let gaps = session.gaps();
    let next = || gaps.all.iter().take(ACTIONS);
    // The questions stand below each other, whether or not a package tells how long each takes.
    let has_days = next().any(|gap| gap.effort.is_some());
    let mut leads: Vec<Lead> = next().map(|gap| action_lead(gap, has_days)).collect();
    let obstacles = obstacles(session);
    let others = others(session, &obstacles);
    for (title, below) in [(obstacles_title(session), obstacles), (format!("{OTHERS}  {}", others.len()), others)] {
        if !leads.is_empty() && !below.is_empty() {
            leads.extend([Lead::title(String::new()), Lead::title(title)]);
        }
        leads.extend(below);
    }
    leads
}

fn action_lead(gap: &crate::domain::actions::Action, has_days: bool) -> Lead {
    let days = match gap.effort {
        Some(days) => format!("{:>5} days  ", words::days_short(days)),
        None if has_days => " ".repeat("< 0.5 days  ".len()),
        None => String::new(),
    };
    Lead {
        id: gap.question.to_string(),
        text: format!("{days}{}", visible(&gap.ask)),
        word: format!("{:+.1}/{:+.1}", gap.gain.stage1, gap.gain.stage2),
        grade: Some(Grade::Strength),
        question: Some(gap.question.clone()),
        is_action: true,
    }
}

/// Returns what stands in the way of the next audit.
fn obstacles(session: &Session) -> Vec<Lead> {
    let card = session.scorecard();
    card.obstacles.claimed.iter().map(|obstacle| obstacle_lead(session, obstacle)).collect()
}

/// Returns the other findings: what is absent by itself, a line for each area that fails systematically, and what is less
/// grave.
fn others(session: &Session, obstacles: &[Lead]) -> Vec<Lead> {
    let card = session.scorecard();
    let is_new = |id: &str| !obstacles.iter().any(|known| known.id == id);
    let of = |grade: Grade| {
        let findings = card.findings.iter().filter(move |f| f.grade == grade && f.basis == Basis::Own);
        findings.filter(|finding| is_new(finding.requirement.as_str())).map(finding_lead)
    };
    let mut leads: Vec<Lead> = of(Grade::Major).collect();
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
        is_action: false,
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
        is_action: false,
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
    Lead {
        id: id.to_string(),
        text: ask(id),
        word: word.to_owned(),
        grade,
        question: Some(id.clone()),
        is_action: false,
    }
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
        is_action: false,
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
        is_action: false,
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

/// What is found beside the obstacles.
const OTHERS: &str = "What else an auditor would write down";

/// Returns the title of what is visible of the list from a line on.
pub(super) fn title<'a>(session: &Session, (leads, from): (&[Lead], usize), theme: &Theme) -> Line<'a> {
    let above = leads.iter().take(from + 1).rfind(|lead| lead.is_title() && !lead.text.is_empty());
    let text = match (above, leads.first()) {
        (Some(title), _) => title.text.clone(),
        (None, Some(lead)) if lead.is_action => {
            let told = "  Stage 1/2 in points, person-days";
            return Line::from(vec![
                Span::styled("The next best actions", theme.title),
                Span::styled(told, theme.muted),
            ]);
        }
        (None, _) => obstacles_title(session),
    };
    Line::styled(text, theme.title)
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
    let rest = usize::from(width).saturating_sub(2 + ID + WORD);
    Line::from(vec![
        Span::styled(column(&lead.id, ID), theme.text),
        Span::styled(column(&lead.word, WORD), style),
        Span::styled(fit(&lead.text, rest), theme.text),
    ])
}
