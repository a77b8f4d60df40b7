//! The report as an editable document: styles, headings, tables, charts as pictures, lines to sign on.

mod blocks;
mod finish;
mod scribe;
mod styles;

use std::io::Cursor;
use std::rc::Rc;

use chrono::NaiveDate;
use docx_rs::{
    AlignmentType, Docx, FieldCharType, Footer, Header, Hyperlink, HyperlinkType, InstrPAGEREF, InstrText, NumPages,
    PageMargin, PageNum, Paragraph, Pic, Run, Tab, TabValueType,
};

use crate::export::ExportError;
use crate::export::brand::Brand;
use crate::export::document::{Block, Document, Section};
use crate::export::docx::blocks::Place;
use crate::export::docx::scribe::Scribe;
use crate::export::palette::Role;
use crate::export::picture::Pictures;
use crate::export::plain::clean;

/// English metric units of a pixel at 96 dots an inch.
const EMU: u32 = 9525;
/// The most that a logo is wide and high, in pixels.
const LOGO: (u32, u32) = (190, 64);

/// The share of their size that pictures keep in a document that is to be read at a glance.
const GLANCE: f32 = 0.7;

/// Sections that begin a page: those that are handed on by themselves, and the long ones.
const APART: [&str; 4] = ["applicability", "actions", "timeline", "answers"];

/// Where a page holds fewer lines than this, what would begin one goes on there.
const LITTLE: usize = 16;
/// The width of the text, in twentieths of a point.
const MEASURE: usize = 9638;
/// How many letters the last two words of a title have together at most to stay on one line.
const TOGETHER: usize = 24;

/// Returns the document as DOCX, dated on a day.
///
/// # Errors
///
/// Fails where a face of the brand can't be read, and returns what the packing of the file came to; in memory, nothing is
/// known to cause that.
pub fn docx(
    document: &Document,
    brand: &Brand,
    on: NaiveDate,
    pictures: &Rc<Pictures>,
) -> Result<Vec<u8>, ExportError> {
    let mut scribe = Scribe::new(brand, Rc::clone(pictures))?;
    // A document without a cover is one to be read at a glance: its pictures leave room for the rest.
    let scale = if document.has_cover { 1.0 } else { GLANCE };
    let date = format!("{on}T00:00:00Z");
    let mut file = Docx::new()
        .created_at(&date)
        .updated_at(&date)
        .page_size(11906, 16838)
        .page_margin(PageMargin::new().top(1134).bottom(1134).left(1134).right(1134).header(567).footer(567))
        .default_fonts(styles::fonts())
        .default_size(19);
    for style in styles::all(brand.palette) {
        file = file.add_style(style);
    }
    for (number, list) in styles::numberings() {
        file = file.add_abstract_numbering(list).add_numbering(number);
    }
    file = file.header(head(document, &mut scribe)).footer(foot(document, &mut scribe));
    for paragraph in front(document, brand, &mut scribe) {
        file = file.add_paragraph(paragraph);
    }
    if document.has_cover {
        file = file.add_paragraph(scribe.paragraph("ContentsHeading").add_run(Run::new().add_text("Contents")));
        for section in &document.sections {
            file = file.add_paragraph(entry(section, brand, &mut scribe));
        }
    }
    let mut filled = 0;
    let mut sections = document.sections.iter().enumerate().peekable();
    let mut begins_page = document.has_cover;
    while let Some((index, section)) = sections.next() {
        filled = if begins_page { 0 } else { filled } + lines(section);
        let title = scribe.paragraph("Heading1").keep_next(true).page_break_before(begins_page);
        let text = Run::new().add_text(clean(&section.numbered_title()));
        let title = title.add_bookmark_start(index + 1, section.id).add_run(text).add_bookmark_end(index + 1);
        file = file.add_paragraph(title);
        begins_page = sections.peek().is_some_and(|(_, next)| is_apart(next) && filled >= LITTLE);
        let is_before_page = begins_page || sections.peek().is_none();
        for (index, block) in section.blocks.iter().enumerate() {
            let rest = section.blocks.get(index + 1..).unwrap_or_default();
            file = blocks::add(file, block, Place { rest, is_before_page }, scale, &mut scribe);
        }
    }
    let mut bytes = Cursor::new(vec![]);
    let mut file = file.build();
    finish::finish(&mut file, document, scribe.texts()).map_err(ExportError::Document)?;
    file.pack(&mut bytes).map_err(|error| ExportError::Document(error.to_string()))?;
    Ok(bytes.into_inner())
}

/// Returns whether a section begins a page. One of them that has a sentence to say, as where nothing is to be done, goes
/// with the others.
fn is_apart(section: &Section) -> bool {
    let is_long = section.blocks.iter().any(|block| matches!(block, Block::Table(_)));
    is_long && APART.contains(&section.id)
}

/// Returns about how many lines a section takes, to tell a page that is hardly begun from others.
fn lines(section: &Section) -> usize {
    let of = |block: &Block| match block {
        Block::Table(table) => table.rows.len(),
        Block::List { items, .. } => items.len(),
        Block::Figure(_) | Block::KeyFigures(_) => LITTLE,
        Block::PageBreak => 0,
        Block::Heading(..) | Block::Paragraph(_) | Block::Remark(_) | Block::Signatures(_) => 2,
    };
    2 + section.blocks.iter().map(of).sum::<usize>()
}

/// Returns a line of the contents, which leads to a section. Its page is a field: who edits the document moves pages. No
/// program has reckoned it yet, so that it is empty until one does.
fn entry(section: &Section, brand: &Brand, scribe: &mut Scribe<'_>) -> Paragraph {
    let title = Run::new().add_text(clean(&section.numbered_title())).color(hex(brand, Role::Accent));
    let link = Hyperlink::new(section.id, HyperlinkType::Anchor).add_run(title);
    let page = Run::new()
        .add_tab()
        // Reckoned by whoever opens it: nobody else knows where pages end.
        .add_field_char(FieldCharType::Begin, true)
        .add_instr_text(InstrText::PAGEREF(InstrPAGEREF::new(section.id).hyperlink()))
        .add_field_char(FieldCharType::Separate, false)
        .add_field_char(FieldCharType::End, false);
    let right = Tab::new().val(TabValueType::Right).pos(MEASURE);
    scribe.paragraph("Normal").add_tab(right).add_hyperlink(link).add_run(page)
}

/// Returns a title whose last word doesn't stand on a line of its own: a short one keeps to the word before it.
fn title(text: &str) -> String {
    let text = clean(text);
    let (before, last) = text.rsplit_once(' ').unwrap_or(("", text.as_str()));
    let (_, word) = before.rsplit_once(' ').unwrap_or(("", before));
    let together = word.chars().count() + last.chars().count();
    if before.is_empty() || together > TOGETHER { text } else { format!("{before}\u{a0}{last}") }
}

fn head(document: &Document, scribe: &mut Scribe<'_>) -> Header {
    let mut text = format!("{} · {}", document.title, document.kind);
    if !document.confidentiality.is_empty() {
        text.push_str(" · ");
        text.push_str(&document.confidentiality);
    }
    Header::new().add_paragraph(scribe.paragraph("Margin").add_run(Run::new().add_text(clean(&text))))
}

fn foot(document: &Document, scribe: &mut Scribe<'_>) -> Footer {
    let note = scribe.paragraph("Margin").add_run(Run::new().add_text(document.note));
    let number = scribe.paragraph("Margin").align(AlignmentType::Right).add_page_num(PageNum::new());
    let number = number.add_run(Run::new().add_text(" / ")).add_num_pages(NumPages::new());
    Footer::new().add_paragraph(note).add_paragraph(number)
}

/// Returns what stands before the sections: logo, kind, title, what it is about.
fn front(document: &Document, brand: &Brand, scribe: &mut Scribe<'_>) -> Vec<Paragraph> {
    let mut paragraphs = vec![];
    if let Some(png) = brand.logo.as_ref().and_then(|logo| logo.png(scribe.pictures(), 760)) {
        let (width, height) = within((png.width, png.height), LOGO);
        let pic = Pic::new_with_dimensions(png.bytes, png.width, png.height).size(width * EMU, height * EMU);
        let id = scribe.picture_id("Logo");
        paragraphs.push(scribe.paragraph("Normal").add_run(Run::new().add_image(pic.id(id))));
    }
    let mut say = |style: &str, text: &str| {
        if !text.is_empty() {
            paragraphs.push(scribe.paragraph(style).add_run(Run::new().add_text(clean(text))));
        }
    };
    say("Kind", document.kind);
    say("Title", &title(&document.title));
    say("Facts", &document.basis);
    say("Facts", &document.date);
    if !document.prepared_by.is_empty() {
        say("Facts", &format!("Prepared by {}", document.prepared_by));
    }
    say("Secret", &document.confidentiality);
    say("Note", document.note);
    paragraphs
}

/// Returns a size scaled down so that it fits another.
fn within((width, height): (u32, u32), most: (u32, u32)) -> (u32, u32) {
    let (width, height) = (u64::from(width.max(1)), u64::from(height.max(1)));
    let (wide, high) = (u64::from(most.0), u64::from(most.1));
    let fit = |number: u64| u32::try_from(number.max(1)).unwrap_or(u32::MAX);
    if width * high > height * wide {
        (fit(wide), fit(height * wide / width))
    } else {
        (fit(width * high / height), fit(high))
    }
}

/// Returns a colour as the file writes it.
fn hex(brand: &Brand, role: Role) -> String {
    brand.palette.of(role).to_string().trim_start_matches('#').to_owned()
}
