//! Puts a document on pages: cover, sections, head and foot.

use std::rc::Rc;

use parley::Alignment;

use crate::export::ExportError;
use crate::export::brand::Brand;
use crate::export::document::{Document, Run};
use crate::export::palette::Role;
use crate::export::pdf::cover;
use crate::export::pdf::flow::Flow;
use crate::export::pdf::sheet::{Bookmark, HEIGHT, MEASURE, SIDE, Shape, Sheet};
use crate::export::pdf::structure::{Kind, Structure};
use crate::export::picture::Pictures;
use crate::export::typeset::Type;

const SMALL: Type = Type::new(7.2, 1.35).coloured(Role::Muted);
/// A section begins a page where less than this is free.
const LITTLE: f32 = 150.0;
/// Sections that are handed on by themselves.
const APART: [&str; 1] = ["applicability"];
/// Where more than this is free, they need no page of their own.
const MUCH: f32 = 520.0;
/// What every page says about itself, on one line.
const NOTE: Type = Type::new(6.7, 1.35).coloured(Role::Muted);

/// Pages that are ready to be painted.
pub struct Composed {
    /// The pages.
    pub sheets: Vec<Sheet>,
    /// What they are to a reader.
    pub structure: Structure,
    /// The bookmarks.
    pub bookmarks: Vec<Bookmark>,
    /// Characters that no face has a glyph for.
    pub without_glyph: Vec<char>,
}

/// Puts a document on pages.
///
/// # Errors
///
/// Fails where a face of the brand can't be read.
pub fn compose(document: &Document, brand: &Brand, pictures: &Rc<Pictures>) -> Result<Composed, ExportError> {
    let mut flow = Flow::new(brand, Rc::clone(pictures))?;
    let front = flow.structure.add(Structure::ROOT, Kind::Section);
    if document.has_cover {
        flow.sheets = vec![Sheet { is_plain: true, ..Sheet::default() }, Sheet::default()];
    } else {
        cover::head(&mut flow, front, document, brand);
    }
    for (index, section) in document.sections.iter().enumerate() {
        let is_apart = APART.contains(&section.id) && flow.room() < MUCH;
        let begins = index > 0 && (flow.room() < LITTLE || is_apart);
        flow.section(section, begins, index + 1 == document.sections.len());
    }
    if flow.sheets.len() > 1 && flow.sheets.last().is_some_and(|sheet| sheet.items.is_empty()) {
        flow.sheets.pop();
    }
    if document.has_cover {
        cover::cover(&mut flow, front, document, brand);
    }
    margins(&mut flow, document);
    let without_glyph = flow.without_glyph().iter().copied().collect();
    Ok(Composed { sheets: flow.sheets, structure: flow.structure, bookmarks: flow.bookmarks, without_glyph })
}

/// Writes head and foot of every page but the cover.
fn margins(flow: &mut Flow, document: &Document) {
    let pages = flow.sheets.len();
    let head =
        flow.typesetter.set(&[Run::plain(format!("{} · {}", document.title, document.kind))], SMALL, MEASURE * 0.7);
    let right = SMALL.aligned(Alignment::End);
    let secret = flow.typesetter.set(&[Run::plain(document.confidentiality.clone())], right, MEASURE * 0.3);
    let note = flow.typesetter.set(&[Run::plain(document.note)], NOTE, MEASURE - 42.0);
    for index in 0..pages {
        let number = flow.typesetter.set(&[Run::plain(format!("{} / {pages}", index + 1))], right, 40.0);
        let Some(sheet) = flow.sheets.get_mut(index).filter(|sheet| !sheet.is_plain) else { continue };
        let mut put = |text: &Rc<_>, at| sheet.items.push(margin(text, at));
        put(&head, (SIDE, 34.0));
        put(&secret, (SIDE + MEASURE * 0.7, 34.0));
        put(&note, (SIDE, HEIGHT - 44.0));
        put(&number, (SIDE + MEASURE - 40.0, HEIGHT - 44.0));
        let rule = Shape::Rect { at: (SIDE, HEIGHT - 49.0), size: (MEASURE, 0.5), role: Role::Rule };
        sheet.items.push(crate::export::pdf::sheet::Item { part: None, shape: rule });
    }
}

fn margin(text: &Rc<crate::export::typeset::Text>, at: (f32, f32)) -> crate::export::pdf::sheet::Item {
    let lines = 0..text.layout.len();
    let shape = Shape::Lines { text: Rc::clone(text), lines, at };
    crate::export::pdf::sheet::Item { part: None, shape }
}
