//! The outlines of letters, as corners in points of a picture.

use std::collections::HashMap;
use std::rc::Rc;

use parley::FontData;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use crate::export::picture::coverage::Place;

/// How far a straight piece may be from the curve that it stands for, in points of the picture.
const NEAR: f32 = 0.04;
/// The most pieces of a curve.
const MOST_PIECES: u8 = 16;

/// The outlines of a letter: closed, from the place where it stands on its line.
pub type Outline = Rc<Vec<Vec<Place>>>;

/// The outlines of the letters that were met.
#[derive(Default)]
pub struct Outlines(HashMap<Key, Outline>);

/// A font, a letter's number in it, and a size, as its bits.
type Key = (u64, u32, u32);

impl Outlines {
    /// Returns the outlines of a letter of a font, at a size in points of the picture; none where the font can't be read.
    pub fn of(&mut self, font: &FontData, letter: u32, size: f32) -> Outline {
        let key = (font.data.id(), letter, size.to_bits());
        Rc::clone(self.0.entry(key).or_insert_with(|| Rc::new(drawn(font, letter, size).unwrap_or_default())))
    }
}

fn drawn(font: &FontData, letter: u32, size: f32) -> Option<Vec<Vec<Place>>> {
    let font = FontRef::from_index(font.data.data(), font.index).ok()?;
    let mut pen = Pen::default();
    let outline = font.outline_glyphs().get(GlyphId::new(letter))?;
    outline.draw(DrawSettings::unhinted(Size::new(size), LocationRef::default()), &mut pen).ok()?;
    Some(pen.outlines)
}

/// Draws outlines as corners. Fonts count upwards, pictures downwards.
#[derive(Default)]
struct Pen {
    outlines: Vec<Vec<Place>>,
}

impl Pen {
    fn at(&self) -> Place {
        self.outlines.last().and_then(|outline| outline.last()).copied().unwrap_or_default()
    }

    fn to(&mut self, place: Place) {
        if let Some(outline) = self.outlines.last_mut() {
            outline.push(place);
        }
    }

    /// Goes along a curve, whose second differences are at most this: the more it bends, the more pieces.
    fn along(&mut self, bend: f32, curve: impl Fn(f32) -> Place) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count, not negative")]
        let pieces = ((bend / NEAR).sqrt().ceil() as u8).clamp(1, MOST_PIECES);
        for piece in 1..=pieces {
            self.to(curve(f32::from(piece) / f32::from(pieces)));
        }
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.outlines.push(vec![(x, -y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.to((x, -y));
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        let (start, middle, end) = (self.at(), (cx0, -cy0), (x, -y));
        // The greatest distance of n chords from the curve is a quarter of its second difference, divided by n squared.
        self.along(bend(start, middle, end) / 4.0, |t| {
            let along = |a: f32, b: f32, c: f32| (1.0 - t) * (1.0 - t) * a + 2.0 * t * (1.0 - t) * b + t * t * c;
            (along(start.0, middle.0, end.0), along(start.1, middle.1, end.1))
        });
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let (start, one, other, end) = (self.at(), (cx0, -cy0), (cx1, -cy1), (x, -y));
        let most = bend(start, one, other).max(bend(one, other, end));
        self.along(most * 0.75, |t| {
            let s = 1.0 - t;
            let along = |a: f32, b: f32, c: f32, d: f32| {
                s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d
            };
            (along(start.0, one.0, other.0, end.0), along(start.1, one.1, other.1, end.1))
        });
    }

    fn close(&mut self) {}
}

/// Returns how far a middle point is from making a straight and even way: the second difference.
fn bend(start: Place, middle: Place, end: Place) -> f32 {
    (start.0 - 2.0 * middle.0 + end.0).hypot(start.1 - 2.0 * middle.1 + end.1)
}
