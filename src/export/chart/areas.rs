//! Stage 2 readiness of every area as bars: claimed as a frame, evidenced as a filled bar inside it.

use crate::domain::report::{Report, words};
use crate::domain::scoring::AreaScore;
use crate::export::chart::drawing::{Anchor, Drawing, Letters, Stroke};
use crate::export::chart::width::lines;
use crate::export::palette::{Palette, Role};

const WIDTH: f64 = 640.0;
const LABEL: f64 = 220.0;
const FIGURES: f64 = 118.0;
const ROW: f64 = 20.0;
const HEAD: f64 = 18.0;
const FOOT: f64 = 24.0;

/// Draws the bars; none where no area counts.
#[must_use]
pub fn areas(report: &Report, palette: Palette) -> Option<Drawing> {
    let areas: Vec<&AreaScore> =
        report.scorecard.areas.iter().filter(|area| area.figures.stage2.claimed.applies()).collect();
    if areas.is_empty() {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "a small count")]
    let height = HEAD + areas.len() as f64 * ROW + FOOT;
    let mut drawing = Drawing::new((WIDTH, height), "Stage 2 readiness by area, claimed and evidenced", palette);
    drawing.description = described(&areas);
    scale(&mut drawing, height);
    let mut y = HEAD;
    for area in areas {
        row(&mut drawing, area, y);
        y += ROW;
    }
    legend(&mut drawing, height - 9.0);
    Some(drawing)
}

fn described(areas: &[&AreaScore]) -> String {
    let told = areas.iter().map(|area| {
        let stage2 = &area.figures.stage2;
        format!(
            "{}: {} claimed, {} evidenced",
            area.title,
            words::middle_share(&stage2.claimed),
            words::middle_share(&stage2.evidenced)
        )
    });
    told.collect::<Vec<_>>().join("; ") + "."
}

fn place(share: f64) -> f64 {
    LABEL + share.clamp(0.0, 1.0) * (WIDTH - LABEL - FIGURES)
}

fn scale(drawing: &mut Drawing, height: f64) {
    for quarter in 0..=4_u8 {
        let share = f64::from(quarter) / 4.0;
        let x = place(share);
        drawing.line((x, HEAD - 4.0), (x, height - FOOT), Stroke::solid(Role::Rule, 0.6));
        drawing.text((x, HEAD - 8.0), &words::percent(share), Letters::plain(8.0).muted().at(Anchor::Middle));
    }
    let letters = Letters::plain(8.0).muted().at(Anchor::End);
    drawing.text((WIDTH - 66.0, HEAD - 8.0), "claimed", letters);
    drawing.text((WIDTH, HEAD - 8.0), "evidenced", letters);
}

fn row(drawing: &mut Drawing, area: &AreaScore, y: f64) {
    let stage2 = &area.figures.stage2;
    let label = lines(&format!("{} {}", area.id, area.title), LABEL - 10.0, 9.5);
    let mut at = y + if label.len() > 1 { 8.5 } else { 13.0 };
    for line in label {
        drawing.text((0.0, at), &line, Letters::plain(9.5));
        at += 9.5;
    }
    drawing.rect((LABEL, y + 4.0), (place(1.0) - LABEL, 12.0), 1.0, Role::Ground);
    if let Some(claimed) = stage2.claimed.known() {
        drawing.rect((LABEL, y + 4.0), (place(claimed) - LABEL, 12.0), 1.0, Role::Soft);
    }
    if let Some(evidenced) = stage2.evidenced.known() {
        drawing.rect((LABEL, y + 7.0), (place(evidenced) - LABEL, 6.0), 1.0, Role::Accent);
    }
    if stage2.claimed.high - stage2.claimed.low > 0.005 {
        let (low, high) = (place(stage2.claimed.low), place(stage2.claimed.high));
        drawing.line((low, y + 10.0), (high, y + 10.0), Stroke::solid(Role::Ink, 0.8));
        for x in [low, high] {
            drawing.line((x, y + 7.0), (x, y + 13.0), Stroke::solid(Role::Ink, 0.8));
        }
    }
    let letters = Letters::plain(9.5).at(Anchor::End);
    drawing.text((WIDTH - 66.0, y + 13.0), &words::middle_share(&stage2.claimed), letters);
    drawing.text((WIDTH, y + 13.0), &words::middle_share(&stage2.evidenced), letters.strong());
}

fn legend(drawing: &mut Drawing, y: f64) {
    drawing.rect((LABEL, y - 7.0), (18.0, 8.0), 1.0, Role::Soft);
    drawing.text((LABEL + 23.0, y), "claimed", Letters::plain(8.5).muted());
    drawing.rect((LABEL + 70.0, y - 6.0), (18.0, 6.0), 1.0, Role::Accent);
    drawing.text((LABEL + 93.0, y), "evidenced", Letters::plain(8.5).muted());
    drawing.line((LABEL + 152.0, y - 3.0), (LABEL + 172.0, y - 3.0), Stroke::solid(Role::Ink, 0.8));
    drawing.text((LABEL + 178.0, y), "what open answers leave possible", Letters::plain(8.5).muted());
}
