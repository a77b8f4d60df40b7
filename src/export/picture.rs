//! Charts and logos as pictures. A chart is painted from its own description; a logo is read as SVG, once.

mod canvas;
mod coverage;
mod flat;
mod lettered;
mod outline;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use resvg::tiny_skia::{IntSize, Pixmap, Transform};
use resvg::usvg;
use resvg::usvg::fontdb::{Database, Family, Query, Source, Stretch, Style, Weight};

use crate::export::brand::{Face, Faces, Logo};
use crate::export::picture::outline::Outlines;

pub use lettered::{Lettered, narrow};

/// Reads pictures, with the faces of a brand and no others: what is drawn depends on no machine.
pub struct Pictures {
    options: usvg::Options<'static>,
    /// What was read: a picture is measured before it is placed, and more than one format shows it.
    trees: RefCell<HashMap<String, Option<Rc<usvg::Tree>>>>,
    /// The outlines of letters, which come again and again.
    outlines: RefCell<Outlines>,
    /// The points of the picture that was painted last: the next one takes their room.
    room: RefCell<Vec<u8>>,
}

impl Pictures {
    /// Returns a reader with these faces.
    #[must_use]
    pub fn new(faces: &Faces) -> Self {
        let mut fonts = Database::new();
        for face in [&faces.regular, &faces.strong, &faces.emphasis] {
            fonts.load_font_source(Source::Binary(shared(face)));
        }
        let family = fonts.faces().next().and_then(|face| face.families.first()).map(|(name, _)| name.clone());
        let mut options = usvg::Options { fontdb: Arc::new(fonts), ..usvg::Options::default() };
        options.font_family.clone_from(&family.clone().unwrap_or_default());
        // Whatever family a drawing names, it gets the brand's faces; no file and no address is ever read, only pictures that
        // stand in the drawing itself.
        let selector = usvg::FontResolver {
            select_font: Box::new(move |font, fonts| {
                let query = Query {
                    families: &[Family::Name(family.as_deref().unwrap_or_default())],
                    weight: Weight(font.weight()),
                    stretch: Stretch::Normal,
                    style: Style::Normal,
                };
                fonts.query(&query)
            }),
            select_fallback: Box::new(|_, _, _| None),
        };
        options.font_resolver = selector;
        options.image_href_resolver = usvg::ImageHrefResolver {
            resolve_data: usvg::ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| None),
        };
        Self { options, trees: RefCell::default(), outlines: RefCell::default(), room: RefCell::default() }
    }

    /// Reads an SVG; none where it is none.
    #[must_use]
    pub fn tree(&self, svg: &str) -> Option<Rc<usvg::Tree>> {
        if let Some(known) = self.trees.borrow().get(svg) {
            return known.clone();
        }
        let tree = usvg::Tree::from_str(svg, &self.options).ok().map(Rc::new);
        self.trees.borrow_mut().insert(svg.to_owned(), tree.clone());
        tree
    }

    /// Paints a drawing as PNG, so many pixels wide; none where it can't be packed.
    #[must_use]
    pub fn chart(&self, drawing: &Lettered, width: u16) -> Option<Png> {
        let pixels = canvas::paint(drawing, width, self.room.take(), &mut self.outlines.borrow_mut())?;
        self.packed(pixels)
    }

    fn packed(&self, pixels: Pixmap) -> Option<Png> {
        let (bytes, width, height) = (flat::png(&pixels), pixels.width(), pixels.height());
        self.room.replace(pixels.take());
        Some(Png { bytes: bytes?, width, height })
    }

    /// Paints an SVG as PNG, so many pixels wide; none where it is none.
    #[must_use]
    pub fn png(&self, svg: &str, width: u16) -> Option<Png> {
        let tree = self.tree(svg)?;
        let size = tree.size();
        let scale = f32::from(width) / size.width();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a chart's height, some thousand")]
        let height = (size.height() * scale).ceil().clamp(1.0, 20_000.0) as u32;
        let mut room = self.room.take();
        room.clear();
        // White, and nothing shines through.
        room.resize(usize::from(width) * height as usize * 4, u8::MAX);
        let mut pixels = Pixmap::from_vec(room, IntSize::from_wh(u32::from(width), height)?)?;
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
        self.packed(pixels)
    }
}

/// A painted picture.
#[derive(Clone, Debug)]
pub struct Png {
    /// The file.
    pub bytes: Vec<u8>,
    /// The width, in pixels.
    pub width: u32,
    /// The height, in pixels.
    pub height: u32,
}

impl Logo {
    /// Returns a PNG logo wrapped into an SVG of its size, so that it is placed like any other; none for an SVG.
    #[must_use]
    pub fn wrapped(&self, pictures: &Pictures) -> Option<String> {
        let Self::Png(bytes) = self else { return None };
        let size = self.png(pictures, 1)?;
        Some(format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}"><image width="{0}" height="{1}" href="data:image/png;base64,{2}"/></svg>"#,
            size.width,
            size.height,
            BASE64.encode(bytes)
        ))
    }

    /// Returns the logo as PNG, at most so many pixels wide where it is drawn; none where it can't be read.
    #[must_use]
    pub fn png(&self, pictures: &Pictures, width: u16) -> Option<Png> {
        match self {
            Self::Svg(text) => pictures.png(text, width),
            Self::Png(bytes) => {
                let pixels = Pixmap::decode_png(bytes).ok()?;
                Some(Png { bytes: bytes.clone(), width: pixels.width(), height: pixels.height() })
            }
        }
    }
}

fn shared(face: &Face) -> Arc<dyn AsRef<[u8]> + Send + Sync> {
    Arc::clone(face) as Arc<dyn AsRef<[u8]> + Send + Sync>
}
