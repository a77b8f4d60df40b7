//! The plan as bars over time: a phase a line, opened to its packages and their questions. What binds the end is solid,
//! the rest is shaded.
//!
//! ```text
//! Plan to the certificate   █ binds the end  ▒ has slack  ◆ milestone  │ today
//!                              Dec     Jan 2027   Feb     Mar
//!                              │              ◆ Stage 1      ◆ Certificate
//! › + Scope       6 packages   │▒▒██                                  1 Dec – 8 Jan    9 days
//! ```

use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::questionnaire::Questionnaire;
use crate::domain::roadmap::Milestone;
use crate::domain::text::visible;
use crate::domain::timeline::calendar::{cycle, decision};
use crate::domain::timeline::{Forecast, PackageForecast, told_day};
use crate::tui::screens::timeline::scale::{Scale, Zoom};
use crate::tui::screens::timeline::summary;
use crate::tui::screens::timeline::tree::{Folds, Row, of_phase, span};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{self, Selection, column, fit};
use crate::tui::widgets::paint;

/// The share of the trials from which on a package counts as critical.
const CRITICAL: f64 = 0.5;
/// The cells of the figures where there is room for all of them.
const FULL: usize = 15;
/// The lines above the rows: title, axis, milestones.
const ABOVE: u16 = 3;

/// What the plan is drawn from.
#[derive(Clone, Copy)]
pub struct Plan<'a> {
    /// The forecast.
    pub forecast: &'a Forecast,
    /// The questions, for their texts.
    pub questionnaire: &'a Questionnaire,
    /// Which lines are open.
    pub folds: &'a Folds,
    /// How much of the time is seen.
    pub zoom: Zoom,
    /// The day of today's line.
    pub today: NaiveDate,
}

/// The cells of the columns.
#[derive(Clone, Copy)]
struct Columns {
    title: usize,
    chart: usize,
    /// When it starts and finishes; or only when it finishes.
    dates: usize,
    /// The effort, and the share of the trials that it binds the end in.
    figures: usize,
}

/// Returns the area of the rows, below title and axis.
pub fn rows(area: Rect) -> Rect {
    Rect { y: area.y + ABOVE.min(area.height), height: area.height.saturating_sub(ABOVE), ..area }
}

/// Draws the plan.
pub fn draw(frame: &mut Frame, area: Rect, plan: Plan<'_>, selection: Option<Selection>, theme: &Theme) {
    let columns = Columns::new(usize::from(area.width).saturating_sub(2));
    let scale = Scale::new(plan.forecast, plan.zoom, columns.chart);
    let lines =
        [heading(plan.zoom, columns, theme), axis(&scale, columns, theme), milestones(plan, &scale, columns, theme)];
    for (line, row) in lines.into_iter().zip(area.rows()) {
        paint::line(frame, line, row);
    }
    let all = plan.folds.rows(plan.forecast);
    if all.is_empty() {
        paint::line(frame, Span::styled("Nothing is left to do.", theme.good), rows(area));
    }
    list::draw(frame, rows(area), theme, (selection, all.len()), |index| {
        all.get(index).map_or_else(Line::default, |row| line(plan, row, &scale, columns, theme))
    });
}

impl Columns {
    fn new(width: usize) -> Self {
        let title = (width * 3 / 10).clamp(25, 54);
        let (dates, figures) = match width {
            ..=75 => (8, 0),
            76..=105 => (8, 9),
            _ => (18, FULL),
        };
        Self { title, chart: width.saturating_sub(title + dates + figures + 1), dates, figures }
    }
}

fn heading<'a>(zoom: Zoom, columns: Columns, theme: &Theme) -> Line<'a> {
    let legend = match (zoom, columns.figures) {
        (Zoom::Cycle, _) => "◆ surveillance within 12 and 24 months, recertified within 36",
        (_, FULL) => "█ binds the end  ▒ has slack  ◆ milestone  │ today  ! late",
        (..) => "█ binds  ▒ slack  ◆ milestone  │ today",
    };
    let room = columns.chart + columns.dates + 1;
    let mut spans = vec![
        Span::styled("Plan ", theme.title),
        Span::styled(column(zoom.title(), columns.title.saturating_sub(4)), theme.text),
        Span::styled(format!(" {}", column(legend, room)), theme.muted),
    ];
    let figures = match columns.figures {
        0 => "",
        FULL => "    days  binds",
        _ => "   days",
    };
    spans.push(Span::styled(figures, theme.muted));
    Line::from(spans)
}

fn axis<'a>(scale: &Scale, columns: Columns, theme: &Theme) -> Line<'a> {
    let mut cells = Cells::new(columns.chart);
    for (cell, name) in scale.ticks() {
        cells.write(cell, &name);
    }
    Line::from(vec![Span::raw(" ".repeat(columns.title + 2)), Span::styled(cells.text(), theme.muted)])
}

fn milestones<'a>(plan: Plan<'_>, scale: &Scale, columns: Columns, theme: &Theme) -> Line<'a> {
    let mut cells = Cells::new(columns.chart);
    let mut marks: Vec<(f64, String)> = plan
        .forecast
        .milestones
        .iter()
        .map(|milestone| (milestone.months.p50, format!("◆ {}", short(milestone.milestone))))
        .collect();
    let audits = cycle(decision(plan.forecast)).map(|audit| audit.due);
    marks.extend(audits.map(|due| (scale.month(due), format!("◆ {}", due.format("%b %Y")))));
    // The last milestones matter most: where words would run into each other, the earlier one is a sign alone.
    for (month, _) in &marks {
        if let Some(cell) = scale.cell(*month) {
            cells.put(cell, '◆');
        }
    }
    for (month, name) in marks.iter().rev() {
        if let Some(cell) = scale.cell(*month) {
            cells.name(cell, name);
        }
    }
    Line::from(vec![Span::raw(" ".repeat(columns.title + 2)), Span::styled(cells.text(), theme.title)])
}

fn short(milestone: Milestone) -> &'static str {
    match milestone {
        Milestone::ReadyForStage1 => "work done",
        Milestone::Stage1 => "Stage 1",
        Milestone::Stage2 => "Stage 2",
        Milestone::Certificate => "certificate",
    }
}

fn line<'a>(plan: Plan<'_>, row: &Row<'_>, scale: &Scale, columns: Columns, theme: &Theme) -> Line<'a> {
    let fold = if plan.folds.is_open(row) { "– " } else { "+ " };
    match row {
        Row::Phase(phase) => {
            let packages = of_phase(plan.forecast, *phase);
            let effort: f64 = packages.iter().map(|package| package.effort).sum();
            let critical = packages.iter().map(|package| package.criticality).fold(0.0, f64::max);
            let title = format!("{fold}{:<9}  {}", phase.title(), counted(&packages));
            let months = span(plan.forecast, &packages).unwrap_or_default();
            drawn(plan, (&title, theme.title), (&packages, months, effort, critical), scale, columns, theme)
        }
        Row::Package(package) => {
            let fold = if package.questions.is_empty() { "  " } else { fold };
            let title = format!("  {fold}{}", visible(&package.title));
            let figures = (&[*package][..], plan.forecast.months_of(package), package.effort, package.criticality);
            drawn(plan, (&title, theme.text), figures, scale, columns, theme)
        }
        Row::Question(_, id) => {
            let ask = plan.questionnaire.item(id).map(|item| item.question.ask.as_str()).unwrap_or_default();
            let width = columns.title + columns.chart + columns.dates + columns.figures;
            Line::styled(column(&format!("      {} {}", visible(id.as_str()), visible(ask)), width), theme.muted)
        }
    }
}

/// Returns how many packages a phase has; steps where it has nothing else.
fn counted(packages: &[&PackageForecast]) -> String {
    let word = if packages.iter().all(|package| package.is_step) { "step" } else { "package" };
    let many = if packages.len() == 1 { "" } else { "s" };
    format!("{} {word}{many}", packages.len())
}

type Figures<'a> = (&'a [&'a PackageForecast], (f64, f64), f64, f64);

#[expect(clippy::too_many_arguments, reason = "a row is made from all that it shows")]
fn drawn<'a>(
    plan: Plan<'_>,
    (title, style): (&str, ratatui::style::Style),
    (packages, months, effort, criticality): Figures<'_>,
    scale: &Scale,
    columns: Columns,
    theme: &Theme,
) -> Line<'a> {
    // A bar that begins at once doesn't touch the title.
    let title = fit(title, columns.title.saturating_sub(1));
    let mut spans = vec![Span::styled(column(&title, columns.title), style)];
    spans.extend(bars(plan, packages, scale, theme));
    let day = |month| told_day(plan.forecast.start, month).format("%-d %b").to_string();
    let dates =
        if columns.dates > 10 { format!("{:>7} – {:<6}", day(months.0), day(months.1)) } else { day(months.1) };
    let is_late = packages.iter().any(|package| is_late(plan, package));
    let (mark, style) = if is_late { ("!", theme.caution) } else { (" ", theme.muted) };
    spans.push(Span::styled(format!("{mark}{dates:>width$}", width = columns.dates), style));
    if columns.figures > 0 {
        spans.push(Span::styled(format!("{effort:>8.1} "), theme.text));
    }
    if columns.figures == FULL {
        spans.push(Span::styled(format!("{:>4.0} %", criticality * 100.0), theme.muted));
    }
    Line::from(spans)
}

/// Returns whether a package would have to have started already, for the target to be likely.
fn is_late(plan: Plan<'_>, package: &PackageForecast) -> bool {
    let mut latest = plan.forecast.latest_starts.iter().filter(|latest| latest.id == package.id);
    latest.any(|latest| summary::is_late(plan.forecast, latest.months, plan.today))
}

/// Returns the bars of some packages in one line: solid where one of them binds the end.
fn bars<'a>(plan: Plan<'_>, packages: &[&PackageForecast], scale: &Scale, theme: &Theme) -> Vec<Span<'a>> {
    let mut cells = vec![' '; scale.cells()];
    if let Some(cell) = scale.cell(scale.month(plan.today)).and_then(|cell| cells.get_mut(cell)) {
        *cell = '│';
    }
    let mut fill = |package: &PackageForecast, sign| {
        let Some((first, end)) = scale.stretch(plan.forecast.months_of(package)) else { return };
        cells.iter_mut().take(end).skip(first).for_each(|cell| *cell = sign);
    };
    let is_critical = |package: &&&PackageForecast| package.criticality >= CRITICAL;
    packages.iter().filter(|package| !is_critical(package)).for_each(|package| fill(package, '▒'));
    packages.iter().filter(is_critical).for_each(|package| fill(package, '█'));
    for package in packages.iter().filter(|package| package.milestone.is_some()) {
        if let Some(cell) =
            scale.stretch(plan.forecast.months_of(package)).and_then(|(_, end)| cells.get_mut(end.saturating_sub(1)))
        {
            *cell = '◆';
        }
    }
    let style = |sign| match sign {
        '█' => theme.accent,
        '◆' => theme.title,
        '▒' => theme.text,
        _ => theme.track,
    };
    cells
        .chunk_by(|a, b| a == b)
        .map(|run| {
            let sign = run.first().copied().unwrap_or(' ');
            Span::styled(run.iter().collect::<String>(), style(sign))
        })
        .collect()
}

/// A line of cells that words are written into where there is room.
pub struct Cells(Vec<char>);

impl Cells {
    /// Returns a line of empty cells.
    pub fn new(cells: usize) -> Self {
        Self(vec![' '; cells])
    }

    /// Puts a sign into a cell, whatever is there.
    pub fn put(&mut self, at: usize, sign: char) {
        if let Some(cell) = self.0.get_mut(at) {
            *cell = sign;
        }
    }

    /// Writes a word that begins with the sign that stands in the cell already, or ends with it at the right edge; not
    /// at all where it would run into another.
    pub fn name(&mut self, at: usize, word: &str) {
        let len = word.chars().count();
        let is_free =
            |from: usize, to: usize| self.0.get(from..to).is_some_and(|cells| cells.iter().all(|cell| *cell == ' '));
        if at + len <= self.0.len() && is_free(at + 1, (at + len + 1).min(self.0.len())) {
            self.set(at, word.chars());
        } else if at + 1 >= len && is_free((at + 1).saturating_sub(len + 1), at) {
            let (sign, name) = word.split_at(word.find(' ').unwrap_or(0));
            self.set(at + 1 - len, name.trim_start().chars().chain([' ']).chain(sign.chars()));
        }
    }

    /// Writes a word at a cell, one to three cells further when it would touch the word before; not at all without room.
    pub fn write(&mut self, at: usize, word: &str) {
        let len = word.chars().count();
        let is_free = |start: usize| {
            start + len <= self.0.len()
                && self.0.iter().skip(start.saturating_sub(1)).take(len + 1).all(|cell| *cell == ' ')
        };
        if let Some(start) = (at..at + 4).find(|start| is_free(*start)) {
            self.set(start, word.chars());
        }
    }

    /// Returns the cells as text.
    pub fn text(self) -> String {
        self.0.into_iter().collect()
    }

    fn set(&mut self, at: usize, letters: impl Iterator<Item = char>) {
        self.0.iter_mut().skip(at).zip(letters).for_each(|(cell, letter)| *cell = letter);
    }
}
