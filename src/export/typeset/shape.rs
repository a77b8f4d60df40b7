//! Shapes text with parley: which letters of a font stand for it, how far apart, and where its lines break.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::style::{FontFamily, FontFamilyName, FontStyle, FontWeight, LineHeight, OverflowWrap, StyleProperty};
use parley::{AlignmentOptions, FontContext, Layout, LayoutContext};

use crate::export::ExportError;
use crate::export::brand::{self, Faces};
use crate::export::palette::Colour;
use crate::export::typeset::{Glyph, Line, Span, Type};

/// The family that the faces of a brand are registered as.
const FAMILY: &str = "Report";

/// The colour of a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Brush(Colour);

impl Default for Brush {
    fn default() -> Self {
        Self(Colour(0, 0, 0))
    }
}

/// A face of a brand, as it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Face {
    /// Plain text.
    Regular,
    /// Semi-bold.
    Strong,
    /// Italic.
    Emphasis,
    /// Both, of which a brand has none: what is nearest stands for it.
    StrongEmphasis,
}

/// A stretch of a text that is set in one way.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Its face.
    pub face: Face,
    /// Its colour.
    pub colour: Colour,
}

/// Shapes text.
pub struct Shaper {
    fonts: FontContext,
    layouts: LayoutContext<Brush>,
}

impl Shaper {
    /// Returns a shaper with the faces of a brand.
    ///
    /// # Errors
    ///
    /// Fails where a face can't be read.
    pub fn new(faces: &Faces) -> Result<Self, ExportError> {
        let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
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
        Ok(Self { fonts, layouts: LayoutContext::new() })
    }

    /// Sets a whole text in lines of a width, breaking words where nothing else helps. Notes what no face has a glyph for.
    pub fn set(
        &mut self,
        (content, stretches): (&str, &[Stretch]),
        style: Type,
        width: f32,
        missing: &mut BTreeSet<char>,
    ) -> Vec<Line> {
        let mut layout = self.laid(content, stretches, style, OverflowWrap::Anywhere);
        layout.break_all_lines(Some(width));
        layout.align(style.alignment, AlignmentOptions::default());
        let lines = lines(&layout);
        note_missing(&lines, content, missing);
        lines
    }

    /// Shapes a text that is read from left to right, and breaks it wherever a line may break: each line that comes back is a
    /// piece that can't be broken.
    pub fn pieces(&mut self, content: &str, face: Face, style: Type, missing: &mut BTreeSet<char>) -> Vec<Line> {
        let whole = Stretch { range: 0..content.len(), face, colour: Brush::default().0 };
        let mut layout = self.laid(content, &[whole], style, OverflowWrap::Normal);
        layout.break_all_lines(Some(0.0));
        let lines = lines(&layout);
        note_missing(&lines, content, missing);
        lines
    }

    /// Returns the height of a line, and where in it the letters stand.
    pub fn metrics(&mut self, face: Face, style: Type) -> (f32, f32) {
        let line = self.pieces("x", face, style, &mut BTreeSet::new()).into_iter().next().unwrap_or_default();
        (line.bottom - line.top, line.baseline - line.top)
    }

    fn laid(&mut self, content: &str, stretches: &[Stretch], style: Type, wrap: OverflowWrap) -> Layout<Brush> {
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, content, 1.0, false);
        let family = FontFamily::Single(FontFamilyName::Named(Cow::Borrowed(FAMILY)));
        builder.push_default(StyleProperty::FontFamily(family));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(style.leading)));
        builder.push_default(StyleProperty::OverflowWrap(wrap));
        for stretch in stretches {
            builder.push(StyleProperty::Brush(Brush(stretch.colour)), stretch.range.clone());
            if matches!(stretch.face, Face::Strong | Face::StrongEmphasis) {
                builder.push(StyleProperty::FontWeight(FontWeight::SEMI_BOLD), stretch.range.clone());
            }
            if matches!(stretch.face, Face::Emphasis | Face::StrongEmphasis) {
                builder.push(StyleProperty::FontStyle(FontStyle::Italic), stretch.range.clone());
            }
        }
        builder.build(content)
    }
}

fn shared(face: &brand::Face) -> Arc<dyn AsRef<[u8]> + Send + Sync> {
    Arc::clone(face) as Arc<dyn AsRef<[u8]> + Send + Sync>
}

fn note_missing(lines: &[Line], content: &str, missing: &mut BTreeSet<char>) {
    let glyphs = lines.iter().flat_map(|line| &line.spans).flat_map(|span| &span.glyphs);
    for glyph in glyphs.filter(|glyph| glyph.id == 0) {
        let without = content.get(glyph.text.clone()).unwrap_or_default();
        missing.extend(without.chars().filter(|c| !c.is_whitespace()));
    }
}

fn lines(layout: &Layout<Brush>) -> Vec<Line> {
    layout
        .lines()
        .map(|line| {
            let metrics = line.metrics();
            Line {
                top: metrics.block_min_coord,
                bottom: metrics.block_max_coord,
                baseline: metrics.baseline,
                offset: metrics.offset,
                width: metrics.advance - metrics.hanging_advance,
                spans: line.runs().flat_map(|run| spans(layout, &run)).collect(),
            }
        })
        .collect()
}

/// Returns a run as spans of one colour.
fn spans(layout: &Layout<Brush>, run: &parley::layout::Run<'_, Brush>) -> Vec<Span> {
    let mut spans: Vec<Span> = vec![];
    let mut style: Option<u16> = None;
    for cluster in run.visual_clusters() {
        if cluster.is_ligature_continuation() {
            if let Some(glyph) = spans.last_mut().and_then(|span| span.glyphs.last_mut()) {
                glyph.text.end = cluster.text_range().end.max(glyph.text.end);
            }
            continue;
        }
        if style != Some(cluster.style_index()) {
            style = Some(cluster.style_index());
            let brush = layout.styles().get(usize::from(cluster.style_index())).map(|style| style.brush);
            let colour = brush.unwrap_or_default().0;
            spans.push(Span { font: run.font().clone(), size: run.font_size(), colour, glyphs: vec![] });
        }
        if let Some(span) = spans.last_mut() {
            span.glyphs.extend(cluster.glyphs().map(|glyph| Glyph {
                id: glyph.id,
                advance: glyph.advance,
                x: glyph.x,
                y: glyph.y,
                text: cluster.text_range(),
            }));
        }
    }
    spans
}
