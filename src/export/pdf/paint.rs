//! Paints composed pages with krilla.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{ArtifactType, ContentTag, Identifier, SpanTag, TagTree};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla_svg::{SurfaceExt, SvgSettings};

use crate::export::ExportError;
use crate::export::brand::Brand;
use crate::export::document::Document;
use crate::export::palette::{Colour, Palette};
use crate::export::pdf::compose::Composed;
use crate::export::pdf::sheet::{Bookmark, HEIGHT, Item, Place, Shape, Sheet, WIDTH};
use crate::export::typeset::Text;

/// Paints pages.
pub(super) struct Painter {
    /// The colours of the pages.
    pub(super) palette: Palette,
    fonts: HashMap<u64, Font>,
    /// What was painted for each part of the structure.
    marks: Vec<Vec<Identifier>>,
}

/// Paints the pages, and writes the file.
///
/// # Errors
///
/// Fails where krilla refuses something, such as a font that can't be embedded.
pub fn paint(composed: &Composed, document: &Document, brand: &Brand, on: NaiveDate) -> Result<Vec<u8>, ExportError> {
    let mut file = krilla::Document::new();
    let mut painter = Painter { palette: brand.palette, fonts: HashMap::new(), marks: composed.structure.marks() };
    for sheet in &composed.sheets {
        painter.sheet(&mut file, sheet)?;
    }
    file.set_outline(outline(&composed.bookmarks));
    file.set_metadata(metadata(document, on));
    let mut tree = TagTree::from(composed.structure.nodes(&painter.marks));
    tree.lang = Some(document.language.clone());
    file.set_tag_tree(tree);
    file.finish().map_err(|error| ExportError::Pdf(error.to_string()))
}

impl Painter {
    fn sheet(&mut self, file: &mut krilla::Document, sheet: &Sheet) -> Result<(), ExportError> {
        let settings =
            PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| ExportError::Pdf("a page without a size".to_owned()))?;
        let mut page = file.start_page_with(settings);
        let mut surface = page.surface();
        for item in &sheet.items {
            self.item(&mut surface, item)?;
        }
        surface.finish();
        for item in &sheet.items {
            if let (Some(part), Shape::Link { at, size, target, label }) = (item.part, &item.shape)
                && let Some(rect) = Rect::from_xywh(at.0, at.1, size.0, size.1)
            {
                let target = Target::Destination(krilla::destination::Destination::Xyz(destination(*target)));
                let link = Annotation::new_link(LinkAnnotation::new(rect, target), Some(label.clone()));
                let identifier = page.add_tagged_annotation(link);
                self.mark(part.number(), identifier);
            }
        }
        page.finish();
        Ok(())
    }

    fn mark(&mut self, part: usize, identifier: Identifier) {
        if let Some(marks) = self.marks.get_mut(part) {
            marks.push(identifier);
        }
    }

    fn item(&mut self, surface: &mut Surface<'_>, item: &Item) -> Result<(), ExportError> {
        if matches!(item.shape, Shape::Link { .. }) {
            return Ok(());
        }
        let tag = match (item.part, &item.shape) {
            (None, _) => ContentTag::Artifact(krilla::tagging::Artifact::with_kind(ArtifactType::Other)),
            (Some(_), Shape::Lines { .. }) => ContentTag::Span(SpanTag::empty()),
            (Some(_), _) => ContentTag::Other,
        };
        let identifier = surface.start_tagged(tag);
        match &item.shape {
            Shape::Lines { text, lines, at } => self.lines(surface, text, lines.clone(), *at)?,
            Shape::Rect { at, size, role } => self.rect(surface, *at, *size, self.palette.of(*role)),
            Shape::Picture { tree, at, size } => {
                if let Some(size) = Size::from_wh(size.0, size.1) {
                    surface.push_transform(&Transform::from_translate(at.0, at.1));
                    surface.draw_svg(tree, size, SvgSettings::default());
                    surface.pop();
                }
            }
            Shape::Chart { drawing, at, scale } => {
                surface.push_transform(&Transform::from_row(*scale, 0.0, 0.0, *scale, at.0, at.1));
                self.chart(surface, drawing)?;
                surface.pop();
            }
            Shape::Link { .. } => {}
        }
        surface.end_tagged();
        if let Some(part) = item.part {
            self.mark(part.number(), identifier);
        }
        Ok(())
    }

    #[expect(clippy::unused_self, reason = "it paints, as its neighbours do")]
    fn rect(&self, surface: &mut Surface<'_>, at: (f32, f32), size: (f32, f32), colour: Colour) {
        let mut path = PathBuilder::new();
        if let Some(rect) = Rect::from_xywh(at.0, at.1, size.0, size.1) {
            path.push_rect(rect);
        }
        if let Some(path) = path.finish() {
            surface.set_fill(Some(fill(colour)));
            surface.draw_path(&path);
        }
    }

    fn lines(
        &mut self,
        surface: &mut Surface<'_>,
        text: &Text,
        lines: std::ops::Range<usize>,
        (x, y): (f32, f32),
    ) -> Result<(), ExportError> {
        let Some(first) = text.layout.get(lines.start) else { return Ok(()) };
        let top = first.metrics().block_min_coord;
        for line in lines.filter_map(|number| text.layout.get(number)) {
            let metrics = *line.metrics();
            let baseline = y + metrics.baseline - top;
            let mut cursor = x + metrics.offset;
            for run in line.runs() {
                let font = self.font(run.font())?;
                let size = run.font_size();
                cursor = glyphs(surface, text, &run, (cursor, baseline), &(font, size));
            }
        }
        Ok(())
    }

    /// Draws a text on one line, from a place on its baseline.
    pub(super) fn line(
        &mut self,
        surface: &mut Surface<'_>,
        text: &Text,
        (mut x, y): (f32, f32),
    ) -> Result<(), ExportError> {
        let Some(line) = text.layout.get(0) else { return Ok(()) };
        for run in line.runs() {
            let font = self.font(run.font())?;
            x = glyphs(surface, text, &run, (x, y), &(font, run.font_size()));
        }
        Ok(())
    }

    fn font(&mut self, data: &parley::FontData) -> Result<Font, ExportError> {
        let (bytes, id) = data.data.clone().into_raw_parts();
        if let Some(font) = self.fonts.get(&id) {
            return Ok(font.clone());
        }
        let font =
            Font::new(bytes.into(), data.index).ok_or_else(|| ExportError::Pdf("a font can't be read".to_owned()))?;
        self.fonts.insert(id, font.clone());
        Ok(font)
    }
}

/// Draws the glyphs of a run, stretch by stretch of one colour; returns where the next run begins.
fn glyphs(
    surface: &mut Surface<'_>,
    text: &Text,
    run: &parley::layout::Run<'_, crate::export::typeset::Brush>,
    (mut x, y): (f32, f32),
    (font, size): &(Font, f32),
) -> f32 {
    let mut start = x;
    let mut style: Option<u16> = None;
    let mut pending: Vec<KrillaGlyph> = vec![];
    let mut flush = |pending: &mut Vec<KrillaGlyph>, style: Option<u16>, start: f32| {
        if pending.is_empty() {
            return;
        }
        let brush = style.and_then(|style| text.layout.styles().get(usize::from(style))).map(|style| style.brush);
        surface.set_fill(Some(fill(brush.unwrap_or_default().0)));
        surface.draw_glyphs(Point::from_xy(start, y), pending, font.clone(), &text.content, *size, false);
        pending.clear();
    };
    for cluster in run.visual_clusters() {
        if cluster.is_ligature_continuation() {
            if let Some(glyph) = pending.last_mut() {
                glyph.text_range.end = cluster.text_range().end.max(glyph.text_range.end);
            }
            continue;
        }
        if style != Some(cluster.style_index()) {
            flush(&mut pending, style, start);
            style = Some(cluster.style_index());
            start = x;
        }
        for glyph in cluster.glyphs() {
            pending.push(KrillaGlyph::new(
                GlyphId::new(glyph.id),
                glyph.advance / size,
                glyph.x / size,
                glyph.y / size,
                0.0,
                cluster.text_range(),
                None,
            ));
            x += glyph.advance;
        }
    }
    flush(&mut pending, style, start);
    x
}

fn fill(colour: Colour) -> Fill {
    filled(colour, NormalizedF32::ONE)
}

/// Returns what fills with a colour of an opacity.
pub(super) fn filled(colour: Colour, opacity: NormalizedF32) -> Fill {
    Fill { paint: rgb::Color::new(colour.0, colour.1, colour.2).into(), opacity, rule: FillRule::NonZero }
}

fn destination(place: Place) -> XyzDestination {
    XyzDestination::new(place.page, Point::from_xy(0.0, (place.y - 12.0).max(0.0)))
}

/// Returns the bookmarks: sections, and the groups below each.
fn outline(bookmarks: &[Bookmark]) -> Outline {
    let mut outline = Outline::new();
    let mut current: Option<OutlineNode> = None;
    for bookmark in bookmarks {
        let node = OutlineNode::new(bookmark.title.clone(), destination(bookmark.place));
        match (bookmark.depth, current.as_mut()) {
            (1, _) | (_, None) => {
                if let Some(done) = current.replace(node) {
                    outline.push_child(done);
                }
            }
            (_, Some(section)) => section.push_child(node),
        }
    }
    if let Some(done) = current {
        outline.push_child(done);
    }
    outline
}

fn metadata(document: &Document, on: NaiveDate) -> Metadata {
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(on.year()).unwrap_or(1970);
    let date = DateTime::new(year).month(part(on.month())).day(part(on.day())).hour(0).minute(0).second(0);
    let mut metadata = Metadata::new()
        .title(document.title.clone())
        .description(format!("{}. {}", document.kind, document.note))
        .language(document.language.clone())
        .creator(format!("ready42 {}", env!("CARGO_PKG_VERSION")))
        .creation_date(date);
    if !document.prepared_by.is_empty() {
        metadata = metadata.authors(vec![document.prepared_by.clone()]);
    }
    metadata
}
