//! Pages as plain data: what stands where.

use std::rc::Rc;

use resvg::usvg::Tree;

use crate::export::palette::Role;
use crate::export::pdf::structure::Part;
use crate::export::picture::Lettered;
use crate::export::typeset::Lines;

/// The page's width: A4, in points.
pub const WIDTH: f32 = 595.28;
/// The page's height.
pub const HEIGHT: f32 = 841.89;
/// What stays free on the left and on the right.
pub const SIDE: f32 = 48.0;
/// Where the text begins.
pub const TOP: f32 = 60.0;
/// Where it ends.
pub const BOTTOM: f32 = HEIGHT - 58.0;
/// The width of the text.
pub const MEASURE: f32 = WIDTH - 2.0 * SIDE;

/// A page.
#[derive(Default)]
pub struct Sheet {
    /// What stands on it, in the order in which it is painted.
    pub items: Vec<Item>,
    /// Whether it has head and foot.
    pub is_plain: bool,
}

/// Something that stands on a page.
pub struct Item {
    /// What it is to a reader; none for what is only there to be looked at.
    pub part: Option<Part>,
    /// What is painted.
    pub shape: Shape,
}

/// What is painted.
pub enum Shape {
    /// Lines of a text: from the first up to, and without, the last. The point is where the first line's top is.
    Lines {
        /// The text.
        text: Lines,
        /// Which lines.
        lines: std::ops::Range<usize>,
        /// Where.
        at: (f32, f32),
    },
    /// A filled rectangle.
    Rect {
        /// Its upper left corner.
        at: (f32, f32),
        /// Width and height.
        size: (f32, f32),
        /// Its colour.
        role: Role,
    },
    /// A picture.
    Picture {
        /// The picture.
        tree: Rc<Tree>,
        /// Its upper left corner.
        at: (f32, f32),
        /// Width and height.
        size: (f32, f32),
    },
    /// A chart.
    Chart {
        /// The chart.
        drawing: Rc<Lettered>,
        /// Its upper left corner.
        at: (f32, f32),
        /// How many points a unit of it is.
        scale: f32,
    },
    /// A place that leads to another.
    Link {
        /// Its upper left corner.
        at: (f32, f32),
        /// Width and height.
        size: (f32, f32),
        /// The page that it leads to, and how far down.
        target: Place,
        /// What it says.
        label: String,
    },
}

/// A place on a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The page, counted from 0.
    pub page: usize,
    /// How far down, in points.
    pub y: f32,
}

/// A bookmark.
#[derive(Clone, Debug)]
pub struct Bookmark {
    /// Its text.
    pub title: String,
    /// How deep: 1 for a section.
    pub depth: u8,
    /// Where it leads.
    pub place: Place,
}
