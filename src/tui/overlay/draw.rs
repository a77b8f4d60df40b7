//! Draws a form.
//!
//! ```text
//! ┌ Evidence for 4.1-1 ─────────────────────────────┐
//! │                                                 │
//! │  What can you put on the table? …               │
//! │                                                 │
//! │  › What         Minutes of the review, DMS 4711 │
//! │    Kind         ○ document                      │
//! │                 ● record                        │
//! │    Valid until  optional, such as 2027-03-01    │
//! │                                                 │
//! │  ! The item of evidence is empty.               │
//! └─────────────────────────────────────────────────┘
//! ```

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Padding};
use ratatui_textarea::TextArea;

use crate::domain::text::visible;
use crate::tui::layout::centred;
use crate::tui::overlay::field::{Field, Value};
use crate::tui::overlay::form::Form;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::list::{column, fit};
use crate::tui::widgets::page::Page;
use crate::tui::widgets::paint;

const WIDTH: u16 = 78;
/// The most options of a field that are shown at once; the others come into sight as one moves to them.
pub const MOST_OPTIONS: usize = 8;
/// How many rows a field of several lines takes where there is room.
const MOST_LINES: u16 = 12;
const LEAST_LINES: u16 = 3;

/// Where a form stands, and its parts.
struct Laid {
    place: Rect,
    /// What it asks for; none where there is no room.
    told: Option<(Page, Rect)>,
    /// The fields, in order.
    fields: Vec<Rect>,
    /// Why it was not accepted, or that it waits.
    end: (Page, Rect),
}

fn lay_out(form: &Form, area: Rect) -> Laid {
    let width = WIDTH.min(area.width);
    let inner_width = width.saturating_sub(6);
    let mut told = Page::new(inner_width);
    told.paragraph(Role::Muted, &form.explanation);
    let mut end = Page::new(inner_width);
    match &form.error {
        Some(error) => end.hanging(vec![(Role::Bad, "! ".to_owned())], Role::Text, error),
        None if form.is_waiting => end.paragraph(Role::Muted, "· One moment …"),
        None => {}
    }
    let room = area.height.saturating_sub(4 + len(&end));
    let fixed: u16 = form.fields.iter().map(|field| rows(field, LEAST_LINES)).sum();
    // Where it is tight, the fields and the error go before the explanation.
    let explained = if fixed + len(&told) < room { len(&told) + 1 } else { 0 };
    let many = (room.saturating_sub(explained) + LEAST_LINES).saturating_sub(fixed).clamp(LEAST_LINES, MOST_LINES);
    let fields: u16 = form.fields.iter().map(|field| rows(field, many)).sum();
    let place = centred(area, width, explained + fields + len(&end) + 5);
    let inner = Block::new().padding(Padding::horizontal(2)).inner(Block::bordered().inner(place));
    let mut y = inner.y + u16::from(place.height > 4);
    let told = (explained > 0).then(|| {
        let place = Rect { y, height: len(&told), ..inner }.intersection(inner);
        (told, place)
    });
    y += explained;
    let mut fields = vec![];
    for field in &form.fields {
        let height = rows(field, many);
        fields.push(Rect { y, height, ..inner }.intersection(inner));
        y += height;
    }
    let end_place = Rect { y: y + 1, height: len(&end), ..inner }.intersection(inner);
    Laid { place, told, fields, end: (end, end_place) }
}

/// Returns the field on a cell of the area that a form may cover, and its row there.
#[must_use]
pub fn field_at(form: &Form, area: Rect, x: u16, y: u16) -> Option<(usize, u16)> {
    let fields = lay_out(form, area).fields;
    let place = fields.iter().position(|place| place.contains(Position { x, y }))?;
    Some((place, y - fields.get(place)?.y))
}

/// Draws the form over an area.
pub fn view(form: &Form, theme: &Theme, frame: &mut Frame, area: Rect) {
    let Laid { place, told, fields, end } = lay_out(form, area);
    let title = format!(" {} ", fit(&visible(&form.title), usize::from(place.width.saturating_sub(6))));
    let block = Block::bordered().border_style(theme.border).title(title).title_style(theme.title);
    frame.render_widget(Clear, place);
    frame.buffer_mut().set_style(place, theme.text);
    frame.render_widget(block, place);
    if let Some((told, place)) = told {
        told.draw(theme, frame, place, 0);
    }
    let labels = form.fields.iter().map(|field| field.label.len() + 4).max().unwrap_or(0);
    for ((index, field), place) in form.fields.iter().enumerate().zip(fields) {
        draw_field(field, (index == form.focus, labels), theme, frame, place);
    }
    end.0.draw(theme, frame, end.1, 0);
}

/// Returns the first option that is shown in so many rows: the chosen one is in sight.
#[must_use]
pub fn first_option(chosen: usize, shown: usize) -> usize {
    chosen.saturating_sub(shown.saturating_sub(1))
}

fn len(page: &Page) -> u16 {
    u16::try_from(page.len()).unwrap_or(u16::MAX)
}

fn rows(field: &Field, many: u16) -> u16 {
    match &field.value {
        Value::Line(_) => 1,
        Value::Lines(_) => many,
        Value::One { options, .. } => u16::try_from(options.len().min(MOST_OPTIONS)).unwrap_or(u16::MAX),
        Value::Any { options, .. } => u16::try_from(options.len()).unwrap_or(u16::MAX),
    }
}

fn draw_field(field: &Field, (has_focus, labels): (bool, usize), theme: &Theme, frame: &mut Frame, area: Rect) {
    if area.is_empty() {
        return;
    }
    let area = if field.label.is_empty() { area } else { draw_label(field, (has_focus, labels), theme, frame, area) };
    match &field.value {
        Value::Line(text) | Value::Lines(text) if has_focus => draw_text(text, theme, frame, area),
        Value::Line(text) | Value::Lines(text) => {
            let line = text.lines().first().map(String::as_str).unwrap_or_default();
            let (line, style) = if line.is_empty() { (field.hint, theme.muted) } else { (line, theme.text) };
            paint::line(frame, Span::styled(fit(&visible(line), usize::from(area.width)), style), area);
        }
        Value::One { options, chosen } => {
            // Of many, those around the chosen one.
            let shown = usize::from(area.height);
            let first = first_option(*chosen, shown);
            for ((index, option), row) in options.iter().enumerate().skip(first).zip(area.rows()) {
                let mark = if index == *chosen { "● " } else { "○ " };
                let style = if index == *chosen && has_focus { theme.title } else { theme.text };
                let more = options.len().saturating_sub(first + shown);
                let is_last = index + 1 == first + shown;
                let more = match (index == first && first > 0, is_last && more > 0) {
                    (true, _) => format!("   ↑ {first} more"),
                    (_, true) => format!("   ↓ {more} more"),
                    _ => String::new(),
                };
                let line = Line::from(vec![
                    Span::styled(mark, theme.accent),
                    Span::styled(option, style),
                    Span::styled(more, theme.muted),
                ]);
                frame.render_widget(line, row);
            }
        }
        Value::Any { options, at } => {
            for ((index, (option, on)), row) in options.iter().enumerate().zip(area.rows()) {
                let here = index == *at && has_focus;
                let line = Line::from(vec![
                    Span::styled(if here { "› " } else { "  " }, theme.accent),
                    Span::styled(if *on { "[✓] " } else { "[ ] " }, theme.accent),
                    Span::styled(option, if here { theme.title } else { theme.text }),
                ]);
                paint::line(frame, line, row);
            }
        }
    }
}

/// Draws what stands before a field, and returns what is left for the field.
fn draw_label(field: &Field, (has_focus, labels): (bool, usize), theme: &Theme, frame: &mut Frame, area: Rect) -> Rect {
    let mark = if has_focus { "› " } else { "  " };
    let style = if has_focus { theme.title } else { theme.muted };
    let label = Line::from(vec![
        Span::styled(mark, theme.accent),
        Span::styled(column(field.label, labels.saturating_sub(2)), style),
    ]);
    paint::line(frame, label, area);
    let labels = u16::try_from(labels).unwrap_or(0).min(area.width);
    Rect { x: area.x + labels, width: area.width - labels, ..area }
}

/// Draws text that is being edited. What hides or turns text is taken out of the cells: the text itself keeps it.
fn draw_text(text: &TextArea<'_>, theme: &Theme, frame: &mut Frame, area: Rect) {
    frame.render_widget(text, area);
    let buffer = frame.buffer_mut();
    buffer.set_style(area, theme.field);
    for position in area.positions() {
        let Some(cell) = buffer.cell_mut(position) else { continue };
        let is_hidden = |cluster: &str| visible(cluster) != cluster;
        if !cell.symbol().is_ascii() && is_hidden(cell.symbol()) {
            let shown: String = cell.symbol().chars().filter(|c| !is_hidden(c.encode_utf8(&mut [0; 4]))).collect();
            cell.set_symbol(if shown.is_empty() { " " } else { &shown });
        }
    }
}
