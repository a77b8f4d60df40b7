//! Paints charts as shapes and letters, piece by piece.

use krilla::geom::{Path, PathBuilder, Rect};
use krilla::num::NormalizedF32;
use krilla::paint::StrokeDash;
use krilla::surface::Surface;

use crate::export::ExportError;
use crate::export::chart::{DASHES, Piece, Point, Stroke};
use crate::export::palette::Role;
use crate::export::pdf::paint::{Painter, filled};
use crate::export::picture::{Lettered, narrow};

/// How far the handles of a quarter of a circle are from its ends, for a radius of 1.
const HANDLE: f32 = 0.552_284_8;

impl Painter {
    /// Draws a chart in its own units.
    pub(super) fn chart(&mut self, surface: &mut Surface<'_>, drawing: &Lettered) -> Result<(), ExportError> {
        for (piece, text) in drawing.pieces() {
            match text {
                Some((text, at)) => self.line(surface, text, *at)?,
                None => self.piece(surface, piece),
            }
        }
        surface.set_stroke(None);
        Ok(())
    }

    fn piece(&self, surface: &mut Surface<'_>, piece: &Piece) {
        match piece {
            Piece::Rect { at, size, round, role } => {
                self.draw(surface, rectangle(*at, *size, *round), Some((*role, 1.0)), None);
            }
            Piece::Frame { at, size, round, stroke } => {
                self.draw(surface, rectangle(*at, *size, *round), None, Some(*stroke));
            }
            Piece::Line { from, to, stroke } => self.draw(surface, corners(&[*from, *to], false), None, Some(*stroke)),
            Piece::Shape { points, fill, stroke } => self.draw(surface, corners(points, true), *fill, *stroke),
            Piece::Dot { at, radius, role } => {
                let corner = (at.0 - radius, at.1 - radius);
                let dot = rectangle(corner, (2.0 * radius, 2.0 * radius), *radius);
                self.draw(surface, dot, Some((*role, 1.0)), None);
            }
            // It has its letters.
            Piece::Text { .. } => {}
        }
    }

    fn draw(&self, surface: &mut Surface<'_>, path: Option<Path>, fill: Option<(Role, f64)>, stroke: Option<Stroke>) {
        // Where both are none, krilla would fill it black.
        let Some(path) = path.filter(|_| fill.is_some() || stroke.is_some()) else { return };
        #[expect(clippy::cast_possible_truncation, reason = "an opacity, or some units of a drawing")]
        let narrow = |figure: f64| figure as f32;
        surface.set_fill(fill.map(|(role, opacity)| {
            filled(self.palette.of(role), NormalizedF32::new(narrow(opacity)).unwrap_or(NormalizedF32::ONE))
        }));
        surface.set_stroke(stroke.map(|stroke| {
            krilla::paint::Stroke {
                paint: filled(self.palette.of(stroke.role), NormalizedF32::ONE).paint,
                width: narrow(stroke.width),
                miter_limit: 4.0,
                dash: stroke
                    .is_dashed
                    .then(|| StrokeDash { array: [DASHES.0, DASHES.1].map(f32::from).to_vec(), offset: 0.0 }),
                ..krilla::paint::Stroke::default()
            }
        }));
        surface.draw_path(&path);
        surface.set_stroke(None);
    }
}

fn corners(points: &[Point], is_closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    let (first, rest) = points.split_first()?;
    let (x, y) = narrow(*first);
    path.move_to(x, y);
    for (x, y) in rest.iter().copied().map(narrow) {
        path.line_to(x, y);
    }
    if is_closed {
        path.close();
    }
    path.finish()
}

/// Returns a rectangle with round corners.
fn rectangle(at: Point, size: Point, round: f64) -> Option<Path> {
    let ((x, y), (width, height)) = (narrow(at), narrow(size));
    let mut path = PathBuilder::new();
    let round = narrow((round, 0.0)).0.min(width / 2.0).min(height / 2.0);
    if round <= 0.0 {
        path.push_rect(Rect::from_xywh(x, y, width, height)?);
        return path.finish();
    }
    let (right, lower, free) = (x + width, y + height, round * (1.0 - HANDLE));
    path.move_to(x + round, y);
    path.line_to(right - round, y);
    path.cubic_to(right - free, y, right, y + free, right, y + round);
    path.line_to(right, lower - round);
    path.cubic_to(right, lower - free, right - free, lower, right - round, lower);
    path.line_to(x + round, lower);
    path.cubic_to(x + free, lower, x, lower - free, x, lower - round);
    path.line_to(x, y + round);
    path.cubic_to(x, y + free, x + free, y, x + round, y);
    path.close();
    path.finish()
}
