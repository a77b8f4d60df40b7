//! Text set in lines: fonts, sizes and colours, and how wide and high it gets.
//!
//! Words come again and again: each is shaped once (by parley), and lines are filled with what it came to. A text for which
//! that wouldn't do is set by parley as a whole: one that has other letters than Latin ones, or a word wider than its line.

mod shape;
mod words;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::rc::Rc;

use parley::{Alignment, FontData};

use crate::domain::text::visible;
use crate::export::ExportError;
use crate::export::brand::Brand;
use crate::export::document::{Run, TextStyle};
use crate::export::palette::{Colour, Palette, Role};
use crate::export::typeset::shape::{Face, Shaper, Stretch};
use crate::export::typeset::words::Words;

/// A width that no text fills.
const ENDLESS: f32 = 1e6;

/// How a text is set, apart from its stretches' own styles.
#[derive(Clone, Copy, Debug)]
pub struct Type {
    /// The size, in points.
    pub size: f32,
    /// The distance of the lines, in parts of the size.
    pub leading: f32,
    /// The colour of plain text.
    pub role: Role,
    /// Whether plain text is semi-bold.
    pub strong: bool,
    /// Where the lines stand.
    pub alignment: Alignment,
}

/// Text that is set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    /// The lines.
    pub lines: Vec<Line>,
    /// What they say.
    pub content: String,
}

/// A line of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its top, from the top of the text.
    pub top: f32,
    /// Its bottom.
    pub bottom: f32,
    /// Where its letters stand.
    pub baseline: f32,
    /// How far it stands in.
    pub offset: f32,
    /// How wide it is, without the space at its end.
    pub width: f32,
    /// What stands on it, from left to right.
    pub spans: Vec<Span>,
}

/// A stretch of a line in one font and colour.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// The font.
    pub font: FontData,
    /// The size of the letters.
    pub size: f32,
    /// The colour.
    pub colour: Colour,
    /// The letters.
    pub glyphs: Vec<Glyph>,
}

/// A letter.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u32,
    /// How far the next one stands from it.
    pub advance: f32,
    /// How far it is moved to the right.
    pub x: f32,
    /// How far it is moved down.
    pub y: f32,
    /// The bytes of the content that it stands for.
    pub text: Range<usize>,
}

/// Text that is set, shared by the pages that it stands on.
pub type Lines = Rc<Text>;

/// Sets text.
pub struct Typesetter {
    shaper: Shaper,
    words: Words,
    palette: Palette,
    /// What was set: the same words come again and again, and rows are set once to be measured and once to be put.
    set: HashMap<Key, Lines>,
    /// Characters that no face has a glyph for.
    pub without_glyph: BTreeSet<char>,
}

/// What makes one text look like another.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    content: String,
    /// Where each stretch ends, and how it is set.
    stretches: Vec<(usize, TextStyle)>,
    /// Size, distance of the lines and width, as their bits.
    measures: [u32; 3],
    role: Role,
    strong: bool,
    alignment: u8,
}

impl Type {
    /// Returns a plain style.
    pub const fn new(size: f32, leading: f32) -> Self {
        Self { size, leading, role: Role::Ink, strong: false, alignment: Alignment::Start }
    }

    /// Returns the same in another colour.
    pub const fn coloured(self, role: Role) -> Self {
        Self { role, ..self }
    }

    /// Returns the same, semi-bold.
    pub const fn strong(self) -> Self {
        Self { strong: true, ..self }
    }

    /// Returns the same, with lines that stand otherwise.
    pub const fn aligned(self, alignment: Alignment) -> Self {
        Self { alignment, ..self }
    }
}

impl Text {
    /// Returns how high it is, in points.
    pub fn height(&self) -> f32 {
        self.lines.last().map_or(0.0, |line| line.bottom)
    }

    /// Returns how wide it is, in points.
    pub fn width(&self) -> f32 {
        self.lines.iter().map(|line| line.width).fold(0.0, f32::max)
    }

    /// Returns the top and the bottom of each line.
    pub fn line_bounds(&self) -> Vec<(f32, f32)> {
        self.lines.iter().map(|line| (line.top, line.bottom)).collect()
    }
}

impl Typesetter {
    /// Returns a typesetter with the faces of a brand.
    ///
    /// # Errors
    ///
    /// Fails where a face can't be read.
    pub fn new(brand: &Brand) -> Result<Self, ExportError> {
        Ok(Self {
            shaper: Shaper::new(&brand.faces)?,
            words: Words::default(),
            palette: brand.palette,
            set: HashMap::new(),
            without_glyph: BTreeSet::new(),
        })
    }

    /// Sets stretches of text in lines of a width, in points.
    pub fn set(&mut self, runs: &[Run], style: Type, width: f32) -> Lines {
        let (content, stretches) = self.joined(runs, style);
        let key = Key {
            content,
            stretches: runs.iter().zip(&stretches).map(|(run, stretch)| (stretch.range.end, run.style)).collect(),
            measures: [style.size, style.leading, width].map(f32::to_bits),
            role: style.role,
            strong: style.strong,
            alignment: style.alignment as u8,
        };
        if let Some(lines) = self.set.get(&key) {
            return Rc::clone(lines);
        }
        let told = (key.content.as_str(), stretches.as_slice());
        let missing = &mut self.without_glyph;
        let by_words = self.words.set(told, style, width, (&mut self.shaper, missing));
        let lines = by_words.unwrap_or_else(|| self.shaper.set(told, style, width, missing));
        let text = Rc::new(Text { lines, content: key.content.clone() });
        self.set.insert(key, Rc::clone(&text));
        text
    }

    /// Notes stretches of text that will be set in a style: their words are shaped together, which takes far less than one by
    /// one.
    pub fn expect(&mut self, runs: &[Run], style: Type) {
        let (content, stretches) = self.joined(runs, style);
        self.words.expect(&content, &stretches);
    }

    /// Sets a text on one line, however long it gets.
    pub fn line(&mut self, text: &str, style: Type) -> Lines {
        self.set(&[Run::plain(text)], style, ENDLESS)
    }

    /// Returns the stretches as one text, with the bytes that each has in it, and how each is set.
    fn joined(&self, runs: &[Run], style: Type) -> (String, Vec<Stretch>) {
        let mut content = String::new();
        let mut stretches = vec![];
        for run in runs {
            let start = content.len();
            content.push_str(&visible(&run.text));
            let is_muted = run.style == TextStyle::Muted && style.role == Role::Ink;
            stretches.push(Stretch {
                range: start..content.len(),
                face: match run.style {
                    // What is set semi-bold as a whole stays it.
                    TextStyle::Emphasis if style.strong => Face::StrongEmphasis,
                    TextStyle::Emphasis => Face::Emphasis,
                    TextStyle::Strong => Face::Strong,
                    TextStyle::Plain | TextStyle::Muted if style.strong => Face::Strong,
                    TextStyle::Plain | TextStyle::Muted => Face::Regular,
                },
                colour: self.palette.of(if is_muted { Role::Muted } else { style.role }),
            });
        }
        (content, stretches)
    }
}

#[cfg(test)]
mod tests;
