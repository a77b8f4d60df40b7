//! A picture of a screen as SVG: a text for each run of cells of one style.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use crate::tui::Theme;

/// The width of a cell, the height of a row, and the size of the letters, in pixels.
const CELL: f64 = 8.4;
const ROW: f64 = 18.0;
const LETTERS: f64 = 14.0;
/// The ground around the screen.
const MARGIN: f64 = 12.0;

/// Returns a picture of a screen.
pub fn picture(buffer: &Buffer, theme: &Theme, title: &str) -> String {
    let ground = theme.text.bg.unwrap_or(Color::Black);
    let letters = theme.text.fg.unwrap_or(Color::White);
    let (columns, rows) = (f64::from(buffer.area.width), f64::from(buffer.area.height));
    let (width, height) = (columns * CELL + 2.0 * MARGIN, rows * ROW + 2.0 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n\
         <title>{}</title>\n<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{}\"/>\n\
         <g font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"{LETTERS}\" xml:space=\"preserve\">\n",
        escaped(title),
        hex(ground)
    );
    for y in buffer.area.rows().map(|row| row.y) {
        for run in runs(buffer, y) {
            draw(&mut svg, &run, y, (letters, ground));
        }
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// Cells of one style that stand side by side.
struct Run<'a> {
    x: u16,
    width: u16,
    text: String,
    cell: &'a Cell,
}

fn runs(buffer: &Buffer, y: u16) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = vec![];
    let mut x = buffer.area.x;
    while x < buffer.area.right() {
        let Some(cell) = buffer.cell((x, y)) else { break };
        let width = u16::try_from(cell.symbol().width()).unwrap_or(1).max(1);
        match runs.last_mut().filter(|run| is_alike(run.cell, cell)) {
            Some(run) => {
                run.text.push_str(cell.symbol());
                run.width += width;
            }
            None => runs.push(Run { x, width, text: cell.symbol().to_owned(), cell }),
        }
        x += width;
    }
    runs
}

fn is_alike(one: &Cell, other: &Cell) -> bool {
    (one.fg, one.bg, one.modifier) == (other.fg, other.bg, other.modifier)
}

fn draw(svg: &mut String, run: &Run<'_>, y: u16, (letters, ground): (Color, Color)) {
    let or = |colour: Color, otherwise: Color| if colour == Color::Reset { otherwise } else { colour };
    let (mut front, mut back) = (or(run.cell.fg, letters), or(run.cell.bg, ground));
    if run.cell.modifier.contains(Modifier::REVERSED) {
        (front, back) = (back, front);
    }
    let (x, top) = (f64::from(run.x) * CELL + MARGIN, f64::from(y) * ROW + MARGIN);
    let width = f64::from(run.width) * CELL;
    // Writing to a string can't fail.
    if back != ground {
        let colour = hex(back);
        let _written = writeln!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{ROW}\" fill=\"{colour}\"/>"
        );
    }
    if run.text.trim().is_empty() {
        return;
    }
    let mut style = String::new();
    if run.cell.modifier.contains(Modifier::BOLD) {
        style.push_str(" font-weight=\"bold\"");
    }
    if run.cell.modifier.contains(Modifier::UNDERLINED) {
        style.push_str(" text-decoration=\"underline\"");
    }
    // Blanks at the ends are left out and those within are made to stay: viewers would take them away, and stretch the
    // rest over their place.
    let text = run.text.trim_end();
    let blanks = text.len() - text.trim_start().len();
    let text = text.trim_start();
    #[expect(clippy::cast_precision_loss, reason = "a few hundred cells")]
    let (x, width) = (x + blanks as f64 * CELL, text.width() as f64 * CELL);
    let base = top + LETTERS;
    let _written = writeln!(
        svg,
        "<text x=\"{x:.1}\" y=\"{base:.1}\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{}\"{style}>{}</text>",
        hex(front),
        escaped(text).replace(' ', "\u{a0}")
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Returns a colour of the 256 in hexadecimal: a cube of six steps, then greys (as xterm has them).
fn hex(colour: Color) -> String {
    let step = |level: u8| if level == 0 { 0 } else { 55 + level * 40 };
    let (red, green, blue) = match colour {
        Color::Indexed(index @ 16..=231) => {
            let index = index - 16;
            (step(index / 36), step(index / 6 % 6), step(index % 6))
        }
        Color::Indexed(index @ 232..) => {
            let grey = 8 + (index - 232) * 10;
            (grey, grey, grey)
        }
        Color::Black => (0, 0, 0),
        _ => (229, 229, 229),
    };
    format!("#{red:02x}{green:02x}{blue:02x}")
}
