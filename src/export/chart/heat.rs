//! Every requirement as a cell, a row an area: the left half as claimed, the right half as evidenced.

use crate::domain::report::{Report, words};
use crate::domain::scoring::{AreaScore, Rating, RequirementScore, Views};
use crate::export::chart::drawing::{Anchor, Drawing, Letters, Stroke, on_level};
use crate::export::chart::width::{lines, width};
use crate::export::palette::{Palette, Role};

const WIDTH: f64 = 640.0;
const LABEL: f64 = 150.0;
const CELL: (f64, f64) = (51.4, 25.0);
const GAP: f64 = 3.0;
const LEGEND: f64 = 48.0;
/// The size of the letters in the corners of a cell.
const SMALL: f64 = 7.8;

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
    let ink = |value: Option<f64>| value.map_or(Role::Muted, |value| on_level(level(value)));
    // What stands on the right is the half of the evidence, where that is known.
    let evidenced = maturity.evidenced.known().filter(|_| !is_empty);
    let inks = (ink(known), if evidenced.is_some() { ink(evidenced) } else { Role::Muted });
    name(drawing, requirement.id.as_str(), (x + 1.5, y + 9.0), half.0 - 1.5, inks);
    if let Some(rating) = rating(requirement).filter(|_| !is_empty) {
        let letters = Letters::plain(SMALL).at(Anchor::End).coloured(inks.1);
        drawing.text((x + CELL.0 - 2.5, y + 9.0), &rating, letters);
    }
}

/// Writes the id of a requirement. Where the right half is as dark as the left one is light, or the other way round, a long
/// one is set smaller, so that it stays on its own half.
fn name(drawing: &mut Drawing, id: &str, (x, y): (f64, f64), half: f64, (left, right): (Role, Role)) {
    let size = if left == right { SMALL } else { SMALL * (half / width(id, SMALL)).min(1.0) };
    drawing.text((x, y), id, Letters::plain(size).coloured(left));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn told(inks: (Role, Role)) -> String {
        let mut drawing = Drawing::new((100.0, 100.0), "Map", Palette::default());
        name(&mut drawing, "A.6.1.3", (2.0, 9.0), CELL.0 / 2.0 - 2.0, inks);
        drawing.svg("map")
    }

    #[test]
    fn an_id_stays_on_its_own_half_where_the_other_one_has_another_ink() {
        let svg = told((Role::Paper, Role::Dark));
        let size = svg.split("font-size=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        assert!(width("A.6.1.3", size.parse().unwrap()) <= CELL.0 / 2.0 - 1.9, "{svg}");
    }

    #[test]
    fn an_id_on_two_halves_of_one_ink_is_as_large_as_others() {
        assert!(told((Role::Dark, Role::Dark)).contains("font-size=\"7.8\""));
    }
}
