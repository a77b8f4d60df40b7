//! Text set in lines: fonts, sizes and colours, and how wide and high it gets.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::style::{FontFamily, FontFamilyName, FontStyle, FontWeight, LineHeight, OverflowWrap, StyleProperty};
use parley::{Alignment, AlignmentOptions, FontContext, Layout, LayoutContext};

use crate::domain::text::visible;
use crate::export::ExportError;
use crate::export::brand::{Brand, Face};
use crate::export::document::{Run, TextStyle};
use crate::export::palette::{Colour, Palette, Role};

/// The family that the faces of a brand are registered as.
const FAMILY: &str = "Report";

/// A width that no text fills.
const ENDLESS: f32 = 1e6;

/// The colour of a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Brush(pub Colour);

impl Default for Brush {
    fn default() -> Self {
        Self(Colour(0, 0, 0))
    }
}

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
#[derive(Debug)]
pub struct Text {
    /// The lines.
    pub layout: Layout<Brush>,
    /// What they say.
    pub content: String,
}

/// Text that is set, shared by the pages that it stands on.
pub type Lines = Rc<Text>;

/// Sets text.
pub struct Typesetter {
    fonts: FontContext,
    layouts: LayoutContext<Brush>,
    palette: Palette,
    /// What was set: the same words come again and again, and rows are set once to be measured and once to be put.
    set: HashMap<Key, Lines>,
    /// The characters that were looked for, for each way in which a stretch is set.
    looked_for: HashSet<(char, TextStyle, bool)>,
    /// The same for ASCII: 128 for each way.
    ascii: [bool; 4 * 2 * 128],
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
        self.layout.height()
    }

    /// Returns how wide it is, in points.
    pub fn width(&self) -> f32 {
        self.layout.full_width()
    }

    /// Returns the top and the bottom of each line.
    pub fn line_bounds(&self) -> Vec<(f32, f32)> {
        self.layout
            .lines()
            .map(|line| {
                let metrics = line.metrics();
                (metrics.block_min_coord, metrics.block_max_coord)
            })
            .collect()
    }
}

impl Typesetter {
    /// Returns a typesetter with the faces of a brand.
    ///
    /// # Errors
    ///
    /// Fails where a face can't be read.
    pub fn new(brand: &Brand) -> Result<Self, ExportError> {
        let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
        let faces = &brand.faces;
        let styles = [
            ("font_regular", &faces.regular, FontWeight::NORMAL, FontStyle::Normal),
            ("font_strong", &faces.strong, FontWeight::SEMI_BOLD, FontStyle::Normal),
            ("font_emphasis", &faces.emphasis, FontWeight::NORMAL, FontStyle::Italic),
        ];
        for (name, face, weight, style) in styles {
            let named = FontInfoOverride {
                family_name: Some(FAMILY),
                weight: Some(weight),
                style: Some(style),
                ..FontInfoOverride::default()
            };
            if collection.register_fonts(Blob::new(shared(face)), Some(named)).is_empty() {
                return Err(ExportError::Font(name));
            }
        }
        let fonts = FontContext { collection, source_cache: SourceCache::default() };
        Ok(Self {
            fonts,
            layouts: LayoutContext::new(),
            palette: brand.palette,
            set: HashMap::new(),
            looked_for: HashSet::new(),
            ascii: [false; 4 * 2 * 128],
            without_glyph: BTreeSet::new(),
        })
    }

    /// Sets stretches of text in lines of a width, in points.
    pub fn set(&mut self, runs: &[Run], style: Type, width: f32) -> Lines {
        let (content, ranges) = joined(runs);
        let key = Key {
            content,
            stretches: runs.iter().zip(&ranges).map(|(run, range)| (range.end, run.style)).collect(),
            measures: [style.size, style.leading, width].map(f32::to_bits),
            role: style.role,
            strong: style.strong,
            alignment: style.alignment as u8,
        };
        if let Some(lines) = self.set.get(&key) {
            return Rc::clone(lines);
        }
        let lines = Rc::new(self.laid(key.content.clone(), runs.iter().zip(ranges), style, width));
        // To walk through glyphs takes a while: only where there is a character that wasn't met yet.
        let mut is_new = false;
        for run in runs {
            for letter in run.text.chars() {
                is_new |= self.is_new(letter, run.style, style.strong);
            }
        }
        if is_new {
            self.note_missing(&lines.layout, &lines.content);
        }
        self.set.insert(key, Rc::clone(&lines));
        lines
    }

    /// Sets a text on one line, however long it gets.
    pub fn line(&mut self, text: &str, style: Type) -> Lines {
        self.set(&[Run::plain(text)], style, ENDLESS)
    }

    /// Returns whether a character wasn't met yet in a way of setting it, and notes that it is now. Nearly all are ASCII.
    fn is_new(&mut self, letter: char, style: TextStyle, strong: bool) -> bool {
        let place = letter.is_ascii().then(|| (style as usize * 2 + usize::from(strong)) * 128 + letter as usize);
        match place.and_then(|place| self.ascii.get_mut(place)) {
            Some(known) => !std::mem::replace(known, true),
            None => self.looked_for.insert((letter, style, strong)),
        }
    }

    fn laid<'a>(
        &mut self,
        content: String,
        runs: impl Iterator<Item = (&'a Run, Range<usize>)>,
        style: Type,
        width: f32,
    ) -> Text {
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, &content, 1.0, false);
        let family = FontFamily::Single(FontFamilyName::Named(Cow::Borrowed(FAMILY)));
        builder.push_default(StyleProperty::FontFamily(family));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(style.leading)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        builder.push_default(StyleProperty::Brush(Brush(self.palette.of(style.role))));
        if style.strong {
            builder.push_default(StyleProperty::FontWeight(FontWeight::SEMI_BOLD));
        }
        for (run, range) in runs {
            match run.style {
                TextStyle::Plain => {}
                TextStyle::Strong => builder.push(StyleProperty::FontWeight(FontWeight::SEMI_BOLD), range),
                TextStyle::Emphasis => builder.push(StyleProperty::FontStyle(FontStyle::Italic), range),
                TextStyle::Muted => {
                    let role = if style.role == Role::Ink { Role::Muted } else { style.role };
                    builder.push(StyleProperty::Brush(Brush(self.palette.of(role))), range);
                }
            }
        }
        let mut layout = builder.build(&content);
        layout.break_all_lines(Some(width));
        layout.align(style.alignment, AlignmentOptions::default());
        Text { layout, content }
    }

    fn note_missing(&mut self, layout: &Layout<Brush>, content: &str) {
        for line in layout.lines() {
            for run in line.runs() {
                for cluster in run.clusters().filter(|cluster| cluster.glyphs().any(|glyph| glyph.id == 0)) {
                    let missing = content.get(cluster.text_range()).unwrap_or_default();
                    self.without_glyph.extend(missing.chars().filter(|c| !c.is_whitespace()));
                }
            }
        }
    }
}

fn shared(face: &Face) -> Arc<dyn AsRef<[u8]> + Send + Sync> {
    Arc::clone(face) as Arc<dyn AsRef<[u8]> + Send + Sync>
}

/// Returns the stretches as one text, with the bytes that each has in it.
fn joined(runs: &[Run]) -> (String, Vec<Range<usize>>) {
    let mut content = String::new();
    let mut ranges = vec![];
    for run in runs {
        let start = content.len();
        content.push_str(&visible(&run.text));
        ranges.push(start..content.len());
    }
    (content, ranges)
}
