//! Where one stands: verdict, readiness, maturity, and what stands in the way.
//!
//! ```text
//!  ○ Not ready                                      by evidence: Not ready
//!
//!  Stage 1 readiness  ██████▒▒▒░░░░░   58 %   41 to 77 %   27 of 38 answered
//!  Stage 2 readiness  ████▒▒░░░░░░░░   41 %   30 to 60 %   62 of 170 answered
//!  Maturity, 0 to 5   ███▒▒░░░░░░░░░    1.9   1.2 to 3.0   62 of 170 answered
//!
//!  Maturity by area                    What stands in the way of Stage 1 (12)
//!  4    ███▒░░  2.1  Context …         › 4.3-1   Is it written down which …
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::domain::id::{AreaId, QuestionId, RequirementId};
use crate::domain::level::Level;
use crate::domain::scoring::{AreaScore, Basis, Finding, Grade, Obstacle, Range, Verdict, Views};
use crate::domain::text::visible;
use crate::tui::action::Action;
use crate::tui::session::Session;
use crate::tui::state::{Exit, Step};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{Selection, column, fit};
use crate::tui::widgets::{bar, figure, list, radar};

/// The width from which on areas and list stand side by side.
const WIDE: u16 = 100;
/// How many lines a page of the list is taken for.
const PAGE: isize = 10;

/// What the screen remembers.
#[derive(Clone, Debug, Default)]
pub struct State {
    selection: Selection,
}

/// A line of the list: something to do, and the question that it leads to.
struct Lead {
    id: String,
    text: String,
    word: &'static str,
    grade: Option<Grade>,
    question: Option<QuestionId>,
}

/// Takes an action.
pub fn update(state: &mut State, session: &mut Session, action: Action) -> Step {
    let leads = leads(session);
    match action {
        Action::Up => state.selection.step(-1, leads.len()),
        Action::Down => state.selection.step(1, leads.len()),
        Action::PageUp => state.selection.step(-PAGE, leads.len()),
        Action::PageDown => state.selection.step(PAGE, leads.len()),
        Action::First => state.selection.set(0, leads.len()),
        Action::Last => state.selection.set(usize::MAX, leads.len()),
        Action::Confirm => return open(state, &leads),
        Action::Back => return Step::exit(Exit::Home),
        _ => {}
    }
    Step::default()
}

/// Takes a click on a cell of the screen's area: it opens the question behind the line.
pub fn click(state: &mut State, session: &mut Session, area: Rect, at: (u16, u16)) -> Step {
    let leads = leads(session);
    let place = parts(area).list;
    if at.0 < place.x {
        return Step::default();
    }
    match state.selection.under(at.1, place, leads.len()) {
        Some(line) => {
            state.selection.set(line, leads.len());
            open(state, &leads)
        }
        None => Step::default(),
    }
}

fn open(state: &State, leads: &[Lead]) -> Step {
    match leads.get(state.selection.of(leads.len())).and_then(|lead| lead.question.clone()) {
        Some(question) => Step::exit(Exit::Ask(question)),
        None => Step::default(),
    }
}

/// Returns what stands in the way of the next audit, then the other findings: what is absent by itself, a line for each
/// area that fails systematically, and what is less grave.
fn leads(session: &Session) -> Vec<Lead> {
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

fn word(grade: Grade) -> &'static str {
    match grade {
        Grade::Major => "major",
        Grade::Minor => "minor",
        Grade::Observation => "unproven",
        Grade::Open => "open",
        Grade::Strength => "strength",
    }
}

/// The parts of the screen.
struct Parts {
    verdict: Rect,
    gauges: Rect,
    areas: Rect,
    radar: Option<Rect>,
    list_title: Rect,
    list: Rect,
}

fn parts(area: Rect) -> Parts {
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let [verdict, _, gauges, _, lower] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(3),
        Constraint::Length(1),
        Constraint::Min(0),
    ])
    .areas(area);
    if area.width < WIDE {
        // One under the other: the list needs the width, and the areas fit into a few cells each.
        let [areas, _, list_title, list] =
            Layout::vertical([Constraint::Length(3), Constraint::Length(1), Constraint::Length(1), Constraint::Min(0)])
                .areas(lower);
        return Parts { verdict, gauges, areas, radar: None, list_title, list };
    }
    let [left, _, right] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(3), Constraint::Fill(1)]).areas(lower);
    let [list_title, list] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(right);
    // The areas need a line each below their title; what is left under them is room for the radar.
    let [areas, _, radar] =
        Layout::vertical([Constraint::Max(17), Constraint::Length(1), Constraint::Min(0)]).areas(left);
    let radar = (radar.height >= 12).then_some(radar);
    Parts { verdict, gauges, areas, radar, list_title, list }
}

/// Draws the screen.
pub fn view(state: &State, session: &Session, theme: &Theme, frame: &mut Frame, area: Rect) {
    let parts = parts(area);
    let card = session.scorecard();
    frame.render_widget(verdict(card.verdict, theme), parts.verdict);
    gauges(session, theme, frame, parts.gauges);
    areas(&card.areas, theme, frame, parts.areas);
    if let Some(place) = parts.radar {
        radar::draw(frame, place, &axes(&card.areas), theme);
    }
    let leads = leads(session);
    frame.render_widget(list_title(card.verdict.claimed, card.obstacles.claimed.len(), theme), parts.list_title);
    if leads.is_empty() {
        frame.render_widget(Span::styled("Nothing that an auditor would write down.", theme.good), parts.list);
    }
    list::draw(frame, parts.list, theme, (Some(state.selection), leads.len()), |index| {
        leads.get(index).map(|lead| lead_line(lead, parts.list.width, theme)).unwrap_or_default()
    });
}

fn verdict<'a>(verdict: Views<Verdict>, theme: &Theme) -> Line<'a> {
    let style = |verdict| match verdict {
        Verdict::NotReady => theme.bad,
        Verdict::ReadyForStage1 => theme.caution,
        Verdict::ReadyForStage2 => theme.good,
    };
    let mark = |verdict| match verdict {
        Verdict::NotReady => "○",
        Verdict::ReadyForStage1 => "◐",
        Verdict::ReadyForStage2 => "●",
    };
    Line::from(vec![
        Span::styled(
            format!("{} {}", mark(verdict.claimed), verdict.claimed.title()),
            style(verdict.claimed).patch(theme.title),
        ),
        Span::styled(" as claimed     ", theme.muted),
        Span::styled(format!("{} {}", mark(verdict.evidenced), verdict.evidenced.title()), style(verdict.evidenced)),
        Span::styled(" by the evidence recorded", theme.muted),
    ])
}

fn gauges(session: &Session, theme: &Theme, frame: &mut Frame, area: Rect) {
    let overall = &session.scorecard().overall;
    let rows: [(&str, Views<Range>, f64); 3] = [
        ("Stage 1 readiness", overall.stage1, 1.0),
        ("Stage 2 readiness", overall.stage2, 1.0),
        ("Maturity, 0 to 5", overall.maturity, Level::MOST_POINTS),
    ];
    let bar_width = usize::from(area.width).saturating_sub(62).clamp(8, 40);
    for ((label, range, of), place) in rows.into_iter().zip(area.rows()) {
        let share = |range: &Range| range.middle.unwrap_or(0.0) / of;
        let (value, bounds) = if of > 1.0 {
            (figure::points(&range.claimed), figure::point_bounds(&range.claimed))
        } else {
            (figure::percent(&range.claimed), figure::percent_bounds(&range.claimed))
        };
        let mut spans = vec![Span::styled(column(label, 19), theme.text)];
        spans.extend(bar::two_shares(share(&range.evidenced), share(&range.claimed), bar_width, theme));
        spans.push(Span::styled(format!("{value:>7}  "), theme.title));
        spans.push(Span::styled(column(&bounds, 13), theme.muted));
        let coverage = figure::coverage(&range.claimed);
        spans.push(Span::styled(fit(&coverage, usize::from(area.width).saturating_sub(41 + bar_width)), theme.muted));
        frame.render_widget(Line::from(spans), place);
    }
}

fn areas(areas: &[AreaScore], theme: &Theme, frame: &mut Frame, area: Rect) {
    let rows = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let has_bars = usize::from(rows.height) >= areas.len();
    let legend = if has_bars { "  █ evidenced  ▒ claimed" } else { "  as claimed, 0 to 5" };
    let title = vec![Span::styled("Maturity by area", theme.title), Span::styled(legend, theme.muted)];
    frame.render_widget(Line::from(title), area);
    if has_bars {
        let bar_width = if rows.width >= 48 { 14 } else { 8 };
        for (score, place) in areas.iter().zip(rows.rows()) {
            frame.render_widget(area_line(score, bar_width, place.width, theme), place);
        }
        return;
    }
    // Too low for a line each: a few cells each.
    let columns = areas.len().div_ceil(usize::from(rows.height).max(1)).max(1);
    let width = usize::from(rows.width) / columns;
    for (scores, place) in areas.chunks(columns).zip(rows.rows()) {
        let cells = scores.iter().flat_map(|score| area_cells(score, width, theme));
        frame.render_widget(Line::from(cells.collect::<Vec<_>>()), place);
    }
}

/// Returns an area in a few cells: its id, its claimed maturity as the height of a block, and as a figure.
fn area_cells<'a>(score: &AreaScore, width: usize, theme: &Theme) -> [Span<'a>; 3] {
    let maturity = &score.figures.maturity.claimed;
    let block = maturity.middle.map_or("·", |points| bar::block(points / Level::MOST_POINTS));
    let figure = column(&figure::points(maturity), width.saturating_sub(5));
    let style = maturity.middle.map_or(theme.muted, |points| theme.level(points));
    [
        Span::styled(column(score.id.as_str(), 4), theme.text),
        Span::styled(block, style),
        Span::styled(figure, theme.title),
    ]
}

fn area_line<'a>(score: &AreaScore, bar_width: usize, width: u16, theme: &Theme) -> Line<'a> {
    let maturity = &score.figures.maturity;
    let share = |range: &Range| range.middle.unwrap_or(0.0) / Level::MOST_POINTS;
    let mut spans = vec![Span::styled(column(score.id.as_str(), 5), theme.text)];
    spans.extend(bar::two_shares(share(&maturity.evidenced), share(&maturity.claimed), bar_width, theme));
    spans.push(Span::styled(format!("{:>5}", figure::points(&maturity.claimed)), theme.title));
    let progress = score.figures.completion;
    let used = 5 + bar_width + 5;
    let rest = usize::from(width).saturating_sub(used + 2);
    if rest >= 8 {
        spans.push(Span::styled(format!("{:>6}  ", format!("{}/{}", progress.answered, progress.asked)), theme.muted));
        spans.push(Span::styled(fit(&visible(&score.title), rest.saturating_sub(6)), theme.muted));
    }
    Line::from(spans)
}

fn axes(areas: &[AreaScore]) -> Vec<radar::Axis> {
    let share = |range: &Range| range.middle.map(|middle| middle / Level::MOST_POINTS);
    areas
        .iter()
        .map(|score| radar::Axis {
            label: score.id.to_string(),
            outer: share(&score.figures.maturity.claimed),
            inner: share(&score.figures.maturity.evidenced),
        })
        .collect()
}

fn list_title<'a>(verdict: Verdict, obstacles: usize, theme: &Theme) -> Line<'a> {
    let (title, count) = match verdict {
        Verdict::NotReady => ("What stands in the way of Stage 1", obstacles),
        Verdict::ReadyForStage1 => ("What stands in the way of Stage 2", obstacles),
        Verdict::ReadyForStage2 => ("What to look at all the same", 0),
    };
    let count = if count > 0 { format!("  {count}") } else { String::new() };
    Line::from(vec![Span::styled(title, theme.title), Span::styled(count, theme.muted)])
}

fn lead_line<'a>(lead: &Lead, width: u16, theme: &Theme) -> Line<'a> {
    let style = lead.grade.map_or(theme.text, |grade| theme.grade(grade));
    let rest = usize::from(width).saturating_sub(2 + 11 + 9);
    Line::from(vec![
        Span::styled(column(&lead.id, 11), theme.text),
        Span::styled(column(lead.word, 9), style),
        Span::styled(fit(&lead.text, rest), theme.text),
    ])
}
