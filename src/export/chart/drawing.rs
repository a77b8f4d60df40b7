//! A picture that is being drawn, piece by piece: written as SVG (`svg`), painted for DOCX (`picture`) and for PDF.

use crate::export::palette::{Palette, Role};

/// Where a text stands in relation to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Letters {
    /// The size, in units of the drawing.
    pub size: f64,
    /// The colour.
    pub role: Role,
    /// Where it stands.
    pub anchor: Anchor,
    /// Whether it is semi-bold.
    pub strong: bool,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// The colour.
    pub role: Role,
    /// The width.
    pub width: f64,
    /// Whether it is dashed, as [`DASHES`] say.
    pub is_dashed: bool,
}

/// How long the dashes of a line are, and what stays free between them.
pub const DASHES: (u8, u8) = (4, 3);

/// A place, or a width and a height, in units of the drawing.
pub type Point = (f64, f64);

/// A piece of a drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// A rectangle with rounded corners.
    Rect {
        /// Its upper left corner.
        at: Point,
        /// Width and height.
        size: Point,
        /// The radius of its corners.
        round: f64,
        /// Its colour.
        role: Role,
    },
    /// The frame of a rectangle.
    Frame {
        /// Its upper left corner.
        at: Point,
        /// Width and height.
        size: Point,
        /// The radius of its corners.
        round: f64,
        /// How its line is drawn.
        stroke: Stroke,
    },
    /// A line.
    Line {
        /// Where it begins.
        from: Point,
        /// Where it ends.
        to: Point,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// A closed shape.
    Shape {
        /// Its corners.
        points: Vec<Point>,
        /// Its colour, with an opacity from 0 to 1.
        fill: Option<(Role, f64)>,
        /// How its outline is drawn.
        stroke: Option<Stroke>,
    },
    /// A dot.
    Dot {
        /// Its middle.
        at: Point,
        /// Its radius.
        radius: f64,
        /// Its colour.
        role: Role,
    },
    /// A text on one line.
    Text {
        /// Where it stands.
        at: Point,
        /// What it says.
        text: String,
        /// How it is set.
        letters: Letters,
    },
}

/// A picture with what it shows in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// The width, in units of the drawing.
    pub width: f64,
    /// The height.
    pub height: f64,
    /// What it shows, in a few words.
    pub title: String,
    /// What one reads from it, for those who don't see it.
    pub description: String,
    /// Its colours.
    pub palette: Palette,
    /// What it is made of, in the order in which it is drawn.
    pub pieces: Vec<Piece>,
}

impl Letters {
    /// Returns how plain text of a size is set.
    pub fn plain(size: f64) -> Self {
        Self { size, role: Role::Ink, anchor: Anchor::Start, strong: false }
    }

    /// Returns the same in a muted colour.
    pub fn muted(self) -> Self {
        Self { role: Role::Muted, ..self }
    }

    /// Returns the same, standing otherwise.
    pub fn at(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// Returns the same, semi-bold.
    pub fn strong(self) -> Self {
        Self { strong: true, ..self }
    }

    /// Returns the same in another colour.
    pub fn coloured(self, role: Role) -> Self {
        Self { role, ..self }
    }
}

impl Stroke {
    /// Returns a solid line.
    pub fn solid(role: Role, width: f64) -> Self {
        Self { role, width, is_dashed: false }
    }

    /// Returns a dashed line.
    pub fn dashed(role: Role, width: f64) -> Self {
        Self { role, width, is_dashed: true }
    }
}

impl Drawing {
    /// Returns an empty drawing.
    pub fn new(size: Point, title: impl Into<String>, palette: Palette) -> Self {
        let (width, height) = size;
        Self { width, height, title: title.into(), description: String::new(), palette, pieces: vec![] }
    }

    /// Draws a rectangle with rounded corners.
    pub fn rect(&mut self, at: Point, (width, height): Point, round: f64, role: Role) {
        self.pieces.push(Piece::Rect { at, size: (width.max(0.0), height.max(0.0)), round, role });
    }

    /// Draws the frame of a rectangle.
    pub fn frame(&mut self, at: Point, (width, height): Point, round: f64, stroke: Stroke) {
        self.pieces.push(Piece::Frame { at, size: (width.max(0.0), height.max(0.0)), round, stroke });
    }

    /// Draws a line.
    pub fn line(&mut self, from: Point, to: Point, stroke: Stroke) {
        self.pieces.push(Piece::Line { from, to, stroke });
    }

    /// Draws a shape through points: filled, with an opacity from 0 to 1, and framed where a stroke is given.
    pub fn shape(&mut self, points: &[Point], fill: Option<(Role, f64)>, stroke: Option<Stroke>) {
        self.pieces.push(Piece::Shape { points: points.to_vec(), fill, stroke });
    }

    /// Draws a dot.
    pub fn dot(&mut self, at: Point, radius: f64, role: Role) {
        self.pieces.push(Piece::Dot { at, radius, role });
    }

    /// Draws a diamond, the mark of a milestone.
    pub fn diamond(&mut self, (x, y): Point, half: f64, role: Role) {
        self.shape(&[(x, y - half), (x + half, y), (x, y + half), (x - half, y)], Some((role, 1.0)), None);
    }

    /// Writes a text.
    pub fn text(&mut self, at: Point, text: &str, letters: Letters) {
        self.pieces.push(Piece::Text { at, text: text.to_owned(), letters });
    }
}

/// Returns the colour role of text that stands on the shade of a level.
pub fn on_level(level: u8) -> Role {
    if level >= 3 { Role::Paper } else { Role::Dark }
}
