//! The maturity of every area as a star: claimed as a dashed outline, evidenced as a filled shape.

use std::f64::consts::TAU;

use crate::domain::report::Report;
use crate::domain::scoring::AreaScore;
use crate::export::chart::drawing::{Anchor, Drawing, Letters, Stroke};
use crate::export::chart::width::lines;
use crate::export::palette::{Palette, Role};

const SIZE: (f64, f64) = (640.0, 400.0);
const CENTRE: (f64, f64) = (320.0, 190.0);
const RADIUS: f64 = 138.0;
/// The distance of the lines of a label.
const LINE: f64 = 10.5;
/// The level at which a practice conforms.
const BAR: u8 = 3;

/// Draws the star; none where fewer than three areas are asked about, or nothing is answered.
#[must_use]
pub fn radar(report: &Report, palette: Palette) -> Option<Drawing> {
    let areas: Vec<&AreaScore> =
        report.scorecard.areas.iter().filter(|area| area.figures.maturity.claimed.applies()).collect();
    if areas.len() < 3 || areas.iter().all(|area| area.figures.maturity.claimed.known().is_none()) {
        return None;
    }
    let mut drawing = Drawing::new(SIZE, "Maturity by area, claimed and evidenced", palette);
    drawing.description = described(&areas);
    grid(&mut drawing, areas.len());
    let claimed = points(&areas, |area| area.figures.maturity.claimed.known());
    let evidenced = points(&areas, |area| area.figures.maturity.evidenced.known());
    drawing.shape(&evidenced, Some((Role::Accent, 0.34)), Some(Stroke::solid(Role::Accent, 1.6)));
    drawing.shape(&claimed, None, Some(Stroke::dashed(Role::Ink, 1.4)));
    for point in &evidenced {
        drawing.dot(*point, 2.2, Role::Accent);
    }
    labels(&mut drawing, &areas);
    legend(&mut drawing);
    Some(drawing)
}

fn described(areas: &[&AreaScore]) -> String {
    let told = |area: &&AreaScore| {
        let figure = |middle: Option<f64>| middle.map_or_else(|| "not known".to_owned(), |value| format!("{value:.1}"));
        let maturity = &area.figures.maturity;
        format!(
            "{} {}: {} claimed, {} evidenced",
            area.id,
            area.title,
            figure(maturity.claimed.known()),
            figure(maturity.evidenced.known())
        )
    };
    format!("Levels from 0 to 5. {}.", areas.iter().map(told).collect::<Vec<_>>().join("; "))
}

fn grid(drawing: &mut Drawing, axes: usize) {
    for level in 1..=5_u8 {
        let ring: Vec<(f64, f64)> = (0..axes).map(|axis| at(axis, axes, f64::from(level) / 5.0)).collect();
        let stroke = if level == BAR { Stroke::solid(Role::Muted, 1.3) } else { Stroke::solid(Role::Rule, 0.8) };
        drawing.shape(&ring, None, Some(stroke));
    }
    for axis in 0..axes {
        drawing.line(CENTRE, at(axis, axes, 1.0), Stroke::solid(Role::Rule, 0.6));
    }
    for level in 1..=5_u8 {
        let y = CENTRE.1 - RADIUS * f64::from(level) / 5.0;
        drawing.text((CENTRE.0 + 3.0, y + 9.0), &level.to_string(), Letters::plain(9.6).muted());
    }
}

fn points(areas: &[&AreaScore], figure: impl Fn(&AreaScore) -> Option<f64>) -> Vec<(f64, f64)> {
    // An area that nobody has answered has no point: the line goes past it.
    let known = areas.iter().enumerate().filter_map(|(axis, area)| figure(area).map(|figure| (axis, figure)));
    known.map(|(axis, figure)| at(axis, areas.len(), figure / 5.0)).collect()
}

fn labels(drawing: &mut Drawing, areas: &[&AreaScore]) {
    for (axis, area) in areas.iter().enumerate() {
        let (x, y) = at(axis, areas.len(), 1.09);
        let lean = (x - CENTRE.0) / RADIUS;
        let anchor = if lean > 0.12 {
            Anchor::Start
        } else if lean < -0.12 {
            Anchor::End
        } else {
            Anchor::Middle
        };
        let width =
            if anchor == Anchor::Middle { 180.0 } else { (SIZE.0 / 2.0 - (x - CENTRE.0).abs() - 6.0).max(40.0) };
        let told = lines(&format!("{} {}", area.id, area.title), width, 9.5);
        #[expect(clippy::cast_precision_loss, reason = "two at most")]
        let below = told.len().saturating_sub(1) as f64 * LINE;
        let mut y = match anchor {
            Anchor::Middle if y < CENTRE.1 => y - 7.0 - below,
            Anchor::Middle => y + 12.0,
            Anchor::Start | Anchor::End => y + 3.0 - below / 2.0,
        };
        for line in told {
            drawing.text((x, y), &line, Letters::plain(9.5).at(anchor));
            y += LINE;
        }
    }
}

fn legend(drawing: &mut Drawing) {
    let y = SIZE.1 - 20.0;
    drawing.line((120.0, y), (148.0, y), Stroke::dashed(Role::Ink, 1.4));
    drawing.text((154.0, y + 3.5), "claimed", Letters::plain(9.5));
    drawing.shape(
        &[(216.0, y - 5.0), (244.0, y - 5.0), (244.0, y + 5.0), (216.0, y + 5.0)],
        Some((Role::Accent, 0.34)),
        Some(Stroke::solid(Role::Accent, 1.2)),
    );
    drawing.text((250.0, y + 3.5), "carried by the evidence", Letters::plain(9.5));
    drawing.line((384.0, y), (412.0, y), Stroke::solid(Role::Muted, 1.3));
    drawing.text((418.0, y + 3.5), "level 3: practised and recorded", Letters::plain(9.5));
}

/// Returns the point on an axis at a share of the radius; the first axis points up, the rest follow the clock.
fn at(axis: usize, axes: usize, share: f64) -> (f64, f64) {
    #[expect(clippy::cast_precision_loss, reason = "a small count")]
    let angle = TAU * axis as f64 / axes as f64;
    (CENTRE.0 + RADIUS * share * angle.sin(), CENTRE.1 - RADIUS * share * angle.cos())
}
