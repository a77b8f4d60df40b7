//! A drawing whose texts are set, ready to be painted.

use parley::Alignment;

use crate::export::chart::{Anchor, Drawing, Letters, Piece};
use crate::export::document::Run;
use crate::export::typeset::{Lines, Type, Typesetter};

/// A text, and where its first letter stands on the baseline.
pub type Placed = (Lines, (f32, f32));

/// A drawing whose texts are set.
pub struct Lettered {
    /// The drawing.
    pub drawing: Drawing,
    /// For each piece, its text and where the first letter stands on the baseline; none where it has no text.
    texts: Vec<Option<Placed>>,
}

impl Lettered {
    /// Sets the texts of a drawing.
    pub fn new(drawing: &Drawing, typesetter: &mut Typesetter) -> Self {
        for piece in &drawing.pieces {
            if let Piece::Text { text, letters, .. } = piece {
                typesetter.expect(&[Run::plain(text.as_str())], style_of(*letters));
            }
        }
        let texts = drawing.pieces.iter().map(|piece| match piece {
            Piece::Text { at, text, letters } => Some(set(narrow(*at), text, *letters, typesetter)),
            _ => None,
        });
        Self { texts: texts.collect(), drawing: drawing.clone() }
    }

    /// Returns width and height, in units of the drawing.
    pub fn size(&self) -> (f32, f32) {
        narrow((self.drawing.width, self.drawing.height))
    }

    /// Returns the pieces in the order in which they are painted, each with its text where it has one.
    pub fn pieces(&self) -> impl Iterator<Item = (&Piece, Option<&Placed>)> {
        self.drawing.pieces.iter().zip(self.texts.iter().map(Option::as_ref))
    }
}

fn set((x, y): (f32, f32), text: &str, letters: Letters, typesetter: &mut Typesetter) -> Placed {
    let lines = typesetter.line(text, style_of(letters));
    let before = match letters.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => lines.width() / 2.0,
        Anchor::End => lines.width(),
    };
    (lines, (x - before, y))
}

fn style_of(Letters { size, role, strong, .. }: Letters) -> Type {
    #[expect(clippy::cast_possible_truncation, reason = "a font size")]
    let size = size as f32;
    Type { size, leading: 1.0, role, strong, alignment: Alignment::Start }
}

/// Returns a place in single precision, which is what painters reckon in.
#[expect(clippy::cast_possible_truncation, reason = "some hundred units of a drawing")]
pub fn narrow((x, y): (f64, f64)) -> (f32, f32) {
    (x as f32, y as f32)
}
