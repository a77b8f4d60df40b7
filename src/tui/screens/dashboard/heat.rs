//! All requirements at once: each with its maturity and how much of it is answered. Each leads to its question.
//!
//! ```text
//! 4     4.1 ▅ 2.1 4/4     4.2 ▂ 1.0 1/2     4.3 · – 0/2
//! A.6   A.6.1.2 ▇ 4.0 2/2 A.6.1.3 …
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::id::QuestionId;
use crate::domain::level::Level;
use crate::domain::scoring::{AreaScore, RequirementScore};
use crate::domain::text::visible;
use crate::tui::layout::keep_visible;
use crate::tui::screens::dashboard::leads::word;
use crate::tui::session::Session;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::list::column;
use crate::tui::widgets::page::Page;
use crate::tui::widgets::{bar, figure, paint};

/// The width of the area's id.
const AREA: u16 = 6;
/// The width of a requirement.
const CELL: u16 = 19;
/// The lines that tell of the requirement that the keys act on.
const DETAILS: u16 = 3;

/// A line of the map: an area, and some of its requirements.
struct Row<'a> {
    area: &'a AreaScore,
    /// Whether it is the area's first line.
    is_first: bool,
    requirements: &'a [RequirementScore],
}

fn rows(areas: &[AreaScore], width: u16) -> Vec<Row<'_>> {
    let most = usize::from(width.saturating_sub(AREA) / CELL).max(1);
    let of_area = |area: &'_ AreaScore| area.requirements.len().div_ceil(most);
    let mut rows = Vec::with_capacity(areas.iter().map(of_area).sum());
    for area in areas {
        for (index, requirements) in area.requirements.chunks(most).enumerate() {
            rows.push(Row { area, is_first: index == 0, requirements });
        }
    }
    rows
}

/// Returns the requirement so many columns and lines away from another one, and stops at the edges.
pub(super) fn step(areas: &[AreaScore], width: u16, at: usize, (right, down): (isize, isize)) -> usize {
    let rows = rows(areas, width);
    let len: usize = rows.iter().map(|row| row.requirements.len()).sum();
    if down == 0 {
        return at.saturating_add_signed(right).min(len.saturating_sub(1));
    }
    let (line, column) = position(&rows, at);
    let line = line.saturating_add_signed(down).min(rows.len().saturating_sub(1));
    let before: usize = rows.iter().take(line).map(|row| row.requirements.len()).sum();
    let last = rows.get(line).map_or(0, |row| row.requirements.len().saturating_sub(1));
    before + column.min(last)
}

/// Returns the line and the column of a requirement.
fn position(rows: &[Row<'_>], at: usize) -> (usize, usize) {
    let mut before = 0;
    for (line, row) in rows.iter().enumerate() {
        if at < before + row.requirements.len() {
            return (line, at - before);
        }
        before += row.requirements.len();
    }
    (rows.len().saturating_sub(1), 0)
}

/// Returns the requirement under a cell of the area.
pub(super) fn under(areas: &[AreaScore], area: Rect, selected: usize, (x, y): (u16, u16)) -> Option<usize> {
    let map = map(area);
    let rows = rows(areas, map.width);
    let line = offset(&rows, selected, map) + usize::from(y.checked_sub(map.y)?);
    let column = usize::from(x.checked_sub(map.x + AREA)? / CELL);
    let row = rows.get(line).filter(|row| y < map.bottom() && column < row.requirements.len())?;
    let before: usize = rows.iter().take(line).map(|row| row.requirements.len()).sum();
    (row.requirements.len() > column).then_some(before + column)
}

/// Returns the question that a requirement leads to: its first open one, else its weakest.
pub(super) fn question(session: &Session, at: usize) -> Option<QuestionId> {
    let (_, requirement) = session.questionnaire().requirements().nth(at)?;
    let assessment = session.assessment();
    let level = |id: &QuestionId| assessment.response(id).and_then(crate::domain::assessment::Response::claimed);
    let ids = requirement.questions.iter().map(|question| &question.id);
    let open = ids.clone().find(|id| assessment.answer(id).is_none());
    open.or_else(|| ids.min_by_key(|id| level(id))).cloned()
}

fn map(area: Rect) -> Rect {
    Rect { height: area.height.saturating_sub(DETAILS + 1), ..area }
}

fn offset(rows: &[Row<'_>], selected: usize, map: Rect) -> usize {
    let (line, _) = position(rows, selected);
    keep_visible(0, line, usize::from(map.height))
}

/// Draws the map, and below it the requirement that the keys act on.
pub(super) fn draw(session: &Session, selected: usize, theme: &Theme, frame: &mut Frame, area: Rect) {
    let areas = &session.scorecard().areas;
    let map = map(area);
    let rows = rows(areas, map.width);
    let (here, here_column) = position(&rows, selected);
    let offset = offset(&rows, selected, map);
    for ((line, row), place) in rows.iter().enumerate().skip(offset).zip(map.rows()) {
        let id = if row.is_first { row.area.id.as_str() } else { "" };
        paint::line(frame, Span::styled(id, theme.title), Rect { width: AREA.min(place.width), ..place });
        for (column, requirement) in (0..).zip(row.requirements) {
            let cell = Rect { x: place.x + AREA + column * CELL, width: CELL, ..place }.intersection(place);
            let is_here = line == here && usize::from(column) == here_column;
            paint::line(frame, cell_line(requirement, is_here, theme), cell);
            if is_here {
                frame.buffer_mut().set_style(cell, theme.title);
            }
        }
    }
    if let Some(requirement) = rows.get(here).and_then(|row| row.requirements.get(here_column)) {
        let place = Rect { y: map.bottom() + 1, height: DETAILS, ..area }.intersection(area);
        details(session, requirement, place.width).draw_cut(theme, frame, place);
    }
}

fn cell_line<'a>(requirement: &RequirementScore, is_here: bool, theme: &Theme) -> Line<'a> {
    let maturity = &requirement.figures.maturity.claimed;
    let known = figure::known(maturity).filter(|_| !requirement.excluded);
    let style = known.map_or(theme.muted, |points| theme.level(points));
    let told = match known {
        _ if requirement.excluded => "excluded".to_owned(),
        Some(points) => format!("{points:.1} {}", figure::short_coverage(maturity)),
        None => format!("–   {}", figure::short_coverage(maturity)),
    };
    Line::from(vec![
        Span::styled(if is_here { "›" } else { " " }, theme.accent),
        Span::styled(column(requirement.id.as_str(), 8), theme.text),
        Span::styled(known.map_or("·", |points| bar::block(points / Level::MOST_POINTS)), style),
        Span::styled(format!(" {told}"), style),
    ])
}

fn details(session: &Session, requirement: &RequirementScore, width: u16) -> Page {
    let mut page = Page::new(width);
    page.hanging(vec![(Role::Muted, format!("{}  ", requirement.id))], Role::Title, &visible(&requirement.title));
    let maturity = &requirement.figures.maturity;
    let finding = session.scorecard().findings.iter().find(|finding| finding.requirement == requirement.id);
    let told = if requirement.excluded {
        "Excluded in the Statement of Applicability.".to_owned()
    } else {
        format!(
            "Claimed {}, by the evidence {}, {}{}",
            figure::points(&maturity.claimed),
            figure::points(&maturity.evidenced),
            figure::coverage(&maturity.claimed),
            finding.map_or(String::new(), |finding| format!(". {}: {}", word(finding.grade), finding.because)),
        )
    };
    page.paragraph(Role::Text, &told);
    page
}
