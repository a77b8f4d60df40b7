//! Gives paragraphs and pictures ids of the document's own: the library's count on from one document to the next, so
//! that the same report would give other bytes the second time.

use std::rc::Rc;

use docx_rs::Paragraph;

use crate::export::ExportError;
use crate::export::brand::Brand;
use crate::export::chart::Drawing;
use crate::export::picture::{Lettered, Pictures, Png};
use crate::export::typeset::Typesetter;

/// Numbers the parts of a document.
pub struct Scribe<'a> {
    /// How it looks.
    pub brand: &'a Brand,
    pictures: Rc<Pictures>,
    typesetter: Typesetter,
    paragraphs: u32,
    images: u32,
    texts: Vec<String>,
}

impl<'a> Scribe<'a> {
    /// Returns a scribe for a new document.
    ///
    /// # Errors
    ///
    /// Fails where a face of the brand can't be read.
    pub fn new(brand: &'a Brand, pictures: Rc<Pictures>) -> Result<Self, ExportError> {
        let typesetter = Typesetter::new(brand)?;
        Ok(Self { brand, pictures, typesetter, paragraphs: 0, images: 0, texts: vec![] })
    }

    /// Paints a drawing, so many pixels wide; none where it can't be packed.
    pub fn painted(&mut self, drawing: &Drawing, width: u16) -> Option<Png> {
        self.pictures.chart(&Lettered::new(drawing, &mut self.typesetter), width)
    }

    /// Returns a new paragraph in a style.
    pub fn paragraph(&mut self, style: &str) -> Paragraph {
        self.paragraphs += 1;
        Paragraph::new().id(format!("{:08x}", self.paragraphs)).style(style)
    }

    /// Returns the id of the next picture, for which a text stands.
    pub fn picture_id(&mut self, text: &str) -> String {
        self.images += 1;
        self.texts.push(text.to_owned());
        format!("rIdImage{}", self.images)
    }

    /// Returns the texts that stand for the pictures, in order.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// Returns what paints pictures.
    pub fn pictures(&self) -> &Pictures {
        &self.pictures
    }
}
