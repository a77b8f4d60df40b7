//! Every requirement as a cell, a row an area: the left half as claimed, the right half as evidenced.

use crate::domain::report::{Report, words};
use crate::domain::scoring::{AreaScore, Rating, RequirementScore, Views};
use crate::export::chart::drawing::{Anchor, Drawing, Letters, Stroke, on_level};
use crate::export::chart::width::lines;
use crate::export::palette::{Palette, Role};

const WIDTH: f64 = 640.0;
const LABEL: f64 = 150.0;
const CELL: (f64, f64) = (51.4, 25.0);
const GAP: f64 = 3.0;
const LEGEND: f64 = 48.0;

/// What the letters say.
const RATINGS: &str =
    "Letters: rating by ISO/IEC 33020, claimed/evidenced: N not, P partially, L largely, F fully achieved.";

/// Draws the map; none where there is no area.
#[must_use]
pub fn heat(report: &Report, palette: Palette) -> Option<Drawing> {
    let areas = &report.scorecard.areas;
    if areas.is_empty() {
        return None;
    }
    let lines: usize = areas.iter().map(|area| area.requirements.len().div_ceil(columns()).max(1)).sum();
    #[expect(clippy::cast_precision_loss, reason = "a small count")]
    let height = lines as f64 * (CELL.1 + GAP) + areas.len() as f64 * 3.0 + LEGEND;
    let mut drawing = Drawing::new((WIDTH, height), "Maturity of every requirement, claimed and evidenced", palette);
    drawing.description = described(areas);
    let mut y = 0.0;
    for area in areas {
        y = row(&mut drawing, area, y) + 3.0;
    }
    legend(&mut drawing, y + 10.0);
    Some(drawing)
}

fn columns() -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count, not negative")]
    let columns = ((WIDTH - LABEL + GAP) / (CELL.0 + GAP)) as usize;
    columns.max(1)
}

fn described(areas: &[AreaScore]) -> String {
    let told = areas.iter().map(|area| {
        let requirements = area.requirements.iter().map(|requirement| {
            let maturity = &requirement.figures.maturity;
            format!(
                "{} {} and {}",
                requirement.id,
                words::middle_maturity(&maturity.claimed),
                words::middle_maturity(&maturity.evidenced)
            )
        });
        format!("{}: {}", area.title, requirements.collect::<Vec<_>>().join(", "))
    });
    format!("Maturity from 0 to 5, claimed and evidenced. {}.", told.collect::<Vec<_>>().join("; "))
}

fn row(drawing: &mut Drawing, area: &AreaScore, top: f64) -> f64 {
    let label = lines(&format!("{} {}", area.id, area.title), LABEL - 8.0, 9.5);
    let mut y = top + CELL.1 / 2.0 + if label.len() > 1 { -1.5 } else { 3.5 };
    for line in label {
        drawing.text((0.0, y), &line, Letters::plain(9.5));
        y += 10.5;
    }
    let mut y = top;
    for line in area.requirements.chunks(columns()) {
        let mut x = LABEL;
        for requirement in line {
            cell(drawing, requirement, (x, y));
            x += CELL.0 + GAP;
        }
        y += CELL.1 + GAP;
    }
    if area.requirements.is_empty() { y + CELL.1 + GAP } else { y }
}

fn cell(drawing: &mut Drawing, requirement: &RequirementScore, (x, y): (f64, f64)) {
    let half = (CELL.0 / 2.0, CELL.1);
    let maturity = &requirement.figures.maturity;
    let views = [(&maturity.claimed, x), (&maturity.evidenced, x + half.0)];
    for (range, left) in views {
        let Some(value) = range.known().filter(|_| !requirement.excluded) else { continue };
        let level = level(value);
        drawing.rect((left, y), half, 0.0, Role::Level(level));
        let letters = Letters::plain(9.0).at(Anchor::Middle).coloured(on_level(level));
        drawing.text((left + half.0 / 2.0, y + CELL.1 - 4.5), &words::middle_maturity(range), letters);
    }
    let known = maturity.claimed.known().filter(|_| !requirement.excluded);
    let is_empty = known.is_none();
    let stroke = if is_empty { Stroke::dashed(Role::Muted, 0.7) } else { Stroke::solid(Role::Rule, 0.7) };
    drawing.frame((x, y), CELL, 1.0, stroke);
    if is_empty {
        let why = match (requirement.excluded, maturity.claimed.applies()) {
            (true, _) => "excluded",
            (false, false) => "not asked",
            (false, true) => "–",
        };
        drawing.text((x + CELL.0 / 2.0, y + CELL.1 - 4.5), why, Letters::plain(8.0).at(Anchor::Middle).muted());
    }
    let on = known.map_or(Role::Muted, |value| on_level(level(value)));
    drawing.text((x + 3.0, y + 9.0), requirement.id.as_str(), Letters::plain(7.0).coloured(on));
    if let Some(rating) = rating(requirement).filter(|_| !is_empty) {
        // What stands there is the half of the evidence, where that is known.
        let beneath = maturity.evidenced.known().or(known);
        let on = beneath.map_or(Role::Muted, |value| on_level(level(value)));
        drawing.text((x + CELL.0 - 3.0, y + 9.0), &rating, Letters::plain(7.0).at(Anchor::End).coloured(on));
    }
}

/// Returns the rating by ISO/IEC 33020, as claimed and as evidenced where that is another; none where nothing is known.
fn rating(requirement: &RequirementScore) -> Option<String> {
    let Views { claimed, evidenced } = requirement.rating;
    let claimed = claimed?.letter();
    let evidenced = evidenced.map(Rating::letter).filter(|letter| *letter != claimed);
    Some(evidenced.map_or_else(|| claimed.to_string(), |evidenced| format!("{claimed}/{evidenced}")))
}

fn level(maturity: f64) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 to 5")]
    let level = maturity.clamp(0.0, 5.0).floor() as u8;
    level
}

fn legend(drawing: &mut Drawing, y: f64) {
    drawing.text((0.0, y + 9.0), "Left: claimed. Right: evidenced.", Letters::plain(9.0).muted());
    let mut x = 190.0;
    for level in 0..=5_u8 {
        drawing.rect((x, y), (22.0, 12.0), 0.0, Role::Level(level));
        let letters = Letters::plain(8.5).at(Anchor::Middle).coloured(on_level(level));
        drawing.text((x + 11.0, y + 9.2), &level.to_string(), letters);
        x += 24.0;
    }
    drawing.frame((x + 14.0, y), (22.0, 12.0), 1.0, Stroke::dashed(Role::Muted, 0.7));
    drawing.text((x + 42.0, y + 9.0), "– not answered; not asked; or excluded", Letters::plain(9.0).muted());
    drawing.text((0.0, y + 24.0), RATINGS, Letters::plain(9.0).muted());
}
