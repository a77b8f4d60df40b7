//! Gives paragraphs and pictures ids of the document's own: the library's count on from one document to the next, so
//! that the same report would give other bytes the second time.

use docx_rs::Paragraph;

use crate::export::brand::Brand;
use crate::export::picture::Pictures;

/// Numbers the parts of a document.
pub struct Scribe<'a> {
    /// How it looks.
    pub brand: &'a Brand,
    pictures: Pictures,
    paragraphs: u32,
    images: u32,
}

impl<'a> Scribe<'a> {
    /// Returns a scribe for a new document.
    pub fn new(brand: &'a Brand) -> Self {
        Self { brand, pictures: Pictures::new(&brand.faces), paragraphs: 0, images: 0 }
    }

    /// Returns a new paragraph in a style.
    pub fn paragraph(&mut self, style: &str) -> Paragraph {
        self.paragraphs += 1;
        Paragraph::new().id(format!("{:08x}", self.paragraphs)).style(style)
    }

    /// Returns the id of the next picture.
    pub fn picture_id(&mut self) -> String {
        self.images += 1;
        format!("rIdImage{}", self.images)
    }

    /// Returns what paints pictures.
    pub fn pictures(&self) -> &Pictures {
        &self.pictures
    }
}
