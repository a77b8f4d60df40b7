//! Paints a drawing as points, piece by piece: letters, rectangles and frames by how much of each point they cover, what
//! is neither upright nor level by tiny-skia.

use resvg::tiny_skia::{
    Color, FillRule, IntSize, Paint, Path, PathBuilder, Pixmap, PremultipliedColorU8, StrokeDash, Transform,
};

use crate::export::chart::{DASHES, Piece, Point, Stroke};
use crate::export::palette::{Colour, Palette, Role};
use crate::export::picture::coverage::{Coverage, Place, STRETCH};
use crate::export::picture::lettered::{Lettered, narrow};
use crate::export::picture::outline::Outlines;
use crate::export::typeset::Lines;

/// The pieces of a round corner, and of a quarter of a dot.
const CORNER: u8 = 6;

/// What is painted on.
struct Canvas<'a> {
    pixels: Pixmap,
    /// Points for a unit of the drawing.
    scale: f32,
    palette: Palette,
    coverage: Coverage,
    outlines: &'a mut Outlines,
}

/// Paints a drawing on white, so many points wide, in the room of a picture that was painted before; none where its size is
/// none.
pub fn paint(drawing: &Lettered, width: u16, mut room: Vec<u8>, outlines: &mut Outlines) -> Option<Pixmap> {
    let size = drawing.size();
    let scale = f32::from(width) / size.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a chart's height, some thousand")]
    let height = (size.1 * scale).ceil().clamp(1.0, 20_000.0) as u32;
    room.clear();
    // White, and nothing shines through.
    room.resize(usize::from(width) * height as usize * 4, u8::MAX);
    let pixels = Pixmap::from_vec(room, IntSize::from_wh(u32::from(width), height)?)?;
    let palette = drawing.drawing.palette;
    let mut canvas = Canvas { pixels, scale, palette, coverage: Coverage::default(), outlines };
    for (piece, text) in drawing.pieces() {
        match text {
            Some((lines, at)) => canvas.text(lines, *at, piece),
            None => canvas.piece(piece),
        }
    }
    Some(canvas.pixels)
}

impl Canvas<'_> {
    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Rect { at, size, round, role } => {
                let area = self.area(*at, *size);
                self.fill(&[rectangle(area, self.units(*round), 0.0)], *role);
            }
            Piece::Frame { at, size, round, stroke } if !stroke.is_dashed => {
                let half = self.units(stroke.width) / 2.0;
                let (area, round) = (self.area(*at, *size), self.units(*round));
                let mut inner = rectangle(area, round, -half);
                inner.reverse();
                self.fill(&[rectangle(area, round, half), inner], stroke.role);
            }
            Piece::Frame { at, size, round, stroke } => {
                let outline = rectangle(self.area(*at, *size), self.units(*round), 0.0);
                self.stroke(path(outline.into_iter(), true), *stroke);
            }
            Piece::Line { from, to, stroke } => self.line(*from, *to, *stroke),
            Piece::Shape { points, fill, stroke } => self.shape(points, *fill, *stroke),
            Piece::Dot { at, radius, role } => {
                let ((x, y), radius) = (self.place(*at), self.units(*radius));
                let area = (x - radius, y - radius, x + radius, y + radius);
                self.fill(&[rectangle(area, radius, 0.0)], *role);
            }
            // It has its letters.
            Piece::Text { .. } => {}
        }
    }

    fn line(&mut self, from: Point, to: Point, stroke: Stroke) {
        let ((x1, y1), (x2, y2)) = (self.place(from), self.place(to));
        let half = self.units(stroke.width) / 2.0;
        #[expect(clippy::float_cmp, reason = "it is upright or level, or it isn't")]
        let (is_upright, is_level) = (x1 == x2, y1 == y2);
        if stroke.is_dashed || !(is_upright || is_level) {
            self.stroke(path([(x1, y1), (x2, y2)].into_iter(), false), stroke);
            return;
        }
        let (wide, high) = if is_upright { (half, 0.0) } else { (0.0, half) };
        let area = (x1.min(x2) - wide, y1.min(y2) - high, x1.max(x2) + wide, y1.max(y2) + high);
        self.fill(&[rectangle(area, 0.0, 0.0)], stroke.role);
    }

    fn shape(&mut self, points: &[Point], fill: Option<(Role, f64)>, stroke: Option<Stroke>) {
        let corners = || points.iter().map(|point| self.place(*point));
        let path = path(corners(), true);
        if let (Some((role, opacity)), Some(path)) = (fill, &path) {
            let paint = paint_of(self.palette.of(role), opacity);
            self.pixels.fill_path(path, &paint, FillRule::Winding, Transform::identity(), None);
        }
        if let Some(stroke) = stroke {
            self.stroke(path, stroke);
        }
    }

    fn stroke(&mut self, path: Option<Path>, stroke: Stroke) {
        let Some(path) = path else { return };
        let dash = stroke.is_dashed.then(|| {
            let dashes = [DASHES.0, DASHES.1].map(|part| f32::from(part) * self.scale);
            StrokeDash::new(dashes.to_vec(), 0.0)
        });
        let width = self.units(stroke.width);
        let drawn = resvg::tiny_skia::Stroke { width, dash: dash.flatten(), ..resvg::tiny_skia::Stroke::default() };
        let paint = paint_of(self.palette.of(stroke.role), 1.0);
        self.pixels.stroke_path(&path, &paint, &drawn, Transform::identity(), None);
    }

    fn text(&mut self, lines: &Lines, (x, y): Place, piece: &Piece) {
        let Piece::Text { letters, .. } = piece else { return };
        let scale = self.scale;
        for run in lines.layout.lines().take(1).flat_map(|line| line.runs().collect::<Vec<_>>()) {
            let size = run.font_size() * scale;
            let mut along = x;
            for glyph in run.visual_clusters().flat_map(|cluster| cluster.glyphs().collect::<Vec<_>>()) {
                let outline = self.outlines.of(run.font(), glyph.id, size);
                let at = ((along + glyph.x) * scale, (y + glyph.y) * scale);
                self.fill_from(&outline, at, letters.role);
                along += glyph.advance;
            }
        }
    }

    fn fill(&mut self, outlines: &[Vec<Place>], role: Role) {
        self.fill_from(outlines, (0.0, 0.0), role);
    }

    fn fill_from(&mut self, outlines: &[Vec<Place>], origin: Place, role: Role) {
        let colour = self.palette.of(role);
        let width = self.pixels.width();
        let full = opaque(colour);
        let pixels = self.pixels.pixels_mut();
        self.coverage.fill(outlines, origin, |(x, y), covered| {
            // What lies outside of the picture isn't painted.
            let (Ok(y), Ok(wide)) = (usize::try_from(y), i32::try_from(width)) else { return };
            let left = usize::try_from(x.saturating_neg()).unwrap_or(0);
            let start = usize::try_from(x.clamp(0, wide)).unwrap_or(0);
            let line = pixels.get_mut(y * width as usize..(y + 1) * width as usize).unwrap_or_default();
            let line = line.get_mut(start..).unwrap_or_default();
            let covered = covered.get(left..).unwrap_or_default();
            for (pixels, covered) in line.chunks_mut(STRETCH).zip(covered.chunks(STRETCH)) {
                let (least, most) = covered
                    .iter()
                    .fold((u8::MAX, 0), |(least, most), covered| (least.min(*covered), most.max(*covered)));
                match (least, most) {
                    (_, 0) => {}
                    (255, _) => pixels.iter_mut().zip(covered).for_each(|(pixel, _)| *pixel = full),
                    _ => pixels.iter_mut().zip(covered).filter(|(_, covered)| **covered > 0).for_each(
                        |(pixel, covered)| {
                            *pixel = mixed(*pixel, colour, *covered);
                        },
                    ),
                }
            }
        });
    }

    #[expect(clippy::cast_possible_truncation, reason = "some units of a drawing")]
    fn units(&self, units: f64) -> f32 {
        units as f32 * self.scale
    }

    fn place(&self, point: Point) -> Place {
        let (x, y) = narrow(point);
        (x * self.scale, y * self.scale)
    }

    /// Returns the left, upper, right and lower edge of a rectangle.
    fn area(&self, at: Point, size: Point) -> (f32, f32, f32, f32) {
        let ((x, y), (right, lower)) = (self.place(at), self.place((at.0 + size.0, at.1 + size.1)));
        (x, y, right, lower)
    }
}

/// Returns the outline of a rectangle with round corners, by so much greater on each side.
fn rectangle((left, upper, right, lower): (f32, f32, f32, f32), round: f32, more: f32) -> Vec<Place> {
    let round = if round > 0.0 { (round + more).max(0.0) } else { 0.0 };
    let (left, upper, right, lower) = (left - more, upper - more, right + more, lower + more);
    let round = round.min((right - left) / 2.0).min((lower - upper) / 2.0);
    if round <= 0.0 {
        return vec![(left, upper), (right, upper), (right, lower), (left, lower)];
    }
    let corners =
        [(right, upper, 1.0, -1.0), (right, lower, 1.0, 1.0), (left, lower, -1.0, 1.0), (left, upper, -1.0, -1.0)];
    // Dashes begin where those of an SVG do: after the upper left corner.
    let mut outline = vec![(left + round, upper)];
    for (number, (x, y, across, down)) in corners.into_iter().enumerate() {
        for piece in 0..=CORNER {
            let angle = f32::from(piece) / f32::from(CORNER) * std::f32::consts::FRAC_PI_2;
            // Every other corner is gone through from its other side.
            let (wide, high) = if number % 2 == 0 { angle.sin_cos() } else { (angle.cos(), angle.sin()) };
            outline.push((x + across * round * (wide - 1.0), y + down * round * (high - 1.0)));
        }
    }
    outline
}

fn path(mut corners: impl Iterator<Item = Place>, is_closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    let (x, y) = corners.next()?;
    path.move_to(x, y);
    corners.for_each(|(x, y)| path.line_to(x, y));
    if is_closed {
        path.close();
    }
    path.finish()
}

fn paint_of(Colour(red, green, blue): Colour, opacity: f64) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    let mut colour = Color::from_rgba8(red, green, blue, 255);
    #[expect(clippy::cast_possible_truncation, reason = "0 to 1")]
    colour.set_alpha(opacity as f32);
    paint.set_color(colour);
    paint
}

fn opaque(Colour(red, green, blue): Colour) -> PremultipliedColorU8 {
    // With full opacity, a colour is what it is multiplied by it.
    PremultipliedColorU8::from_rgba(red, green, blue, u8::MAX).unwrap_or(PremultipliedColorU8::TRANSPARENT)
}

/// Returns a point of the picture, which nothing shines through, covered by a colour from 0 to 255.
fn mixed(point: PremultipliedColorU8, Colour(red, green, blue): Colour, covered: u8) -> PremultipliedColorU8 {
    let (over, under) = (u16::from(covered), u16::from(u8::MAX - covered));
    let part = |under_it: u8, colour: u8| {
        // Divided by 255 and rounded: the sum is at most 255 x 255.
        let sum = u16::from(under_it) * under + u16::from(colour) * over + 127;
        u8::try_from(sum / 255).unwrap_or(u8::MAX)
    };
    opaque(Colour(part(point.red(), red), part(point.green(), green), part(point.blue(), blue)))
}
