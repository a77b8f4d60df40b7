//! What the library leaves out of a document: who wrote it, its title and language, texts and numbers of its pictures,
//! and rows that are repeated at the head of each page.
//!
//! Each is put where the library's own output has its place. Where that isn't found the document is refused, so that a
//! later version of the library can't drop something without a word.

use std::fmt::Write as _;

use docx_rs::XMLDocx;

use crate::export::document::Document;
use crate::export::plain::clean;

const AUTHORS: &str = "<dc:creator>unknown</dc:creator><cp:lastModifiedBy>unknown</cp:lastModifiedBy>";
const PICTURE: &str = "<wp:docPr id=\"1\" name=\"Figure\" />";
const INNER_PICTURE: &str = "<pic:cNvPr id=\"0\" name=\"\" />";
const ROW: &str = "<w:trPr><w:cantSplit /></w:trPr>";
const HEAD_ROW: &str = "<w:trPr><w:cantSplit /><w:tblHeader /></w:trPr>";
const STYLE: &str = "<w:pStyle w:val=\"";
const DEFAULTS: &str = "</w:rPr></w:rPrDefault>";

/// Completes a document. The texts are those of its pictures, in order.
///
/// # Errors
///
/// Returns what has no place in the library's output.
pub fn finish(file: &mut XMLDocx, document: &Document, pictures: &[String]) -> Result<(), String> {
    let author = if document.prepared_by.is_empty() { "ready42" } else { &document.prepared_by };
    let author = escaped(author);
    let core = format!(
        "<dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy><dc:title>{}</dc:title>\
         <dc:subject>{}</dc:subject><dc:language>{}</dc:language>",
        escaped(&document.title),
        escaped(document.kind),
        escaped(&document.language)
    );
    file.doc_props.core = text(&file.doc_props.core, |core_part| once(core_part, AUTHORS, &core))?;
    let language = format!("<w:lang w:val=\"{}\" />{DEFAULTS}", escaped(&document.language));
    file.styles = text(&file.styles, |styles| once(styles, DEFAULTS, &language))?;
    file.document = text(&file.document, |body| Ok(with_head_rows(&with_pictures(body, pictures)?)))?;
    Ok(())
}

fn text(part: &[u8], change: impl FnOnce(&str) -> Result<String, String>) -> Result<Vec<u8>, String> {
    let part = std::str::from_utf8(part).map_err(|error| error.to_string())?;
    change(part).map(String::into_bytes)
}

fn once(text: &str, place: &str, with: &str) -> Result<String, String> {
    let (before, after) = text.split_once(place).ok_or_else(|| format!("there is no place for {with}"))?;
    Ok(format!("{before}{with}{after}"))
}

/// Gives each picture a number of its own, and the text that stands for it.
fn with_pictures(body: &str, texts: &[String]) -> Result<String, String> {
    let mut parts = body.split(PICTURE);
    let mut told = parts.next().unwrap_or_default().to_owned();
    let mut texts = texts.iter();
    for (number, part) in (1..).zip(parts) {
        let text = escaped(texts.next().ok_or("a picture has no text")?);
        write!(told, "<wp:docPr id=\"{number}\" name=\"Figure {number}\" descr=\"{text}\" />")
            .map_err(|error| error.to_string())?;
        told += &once(part, INNER_PICTURE, &format!("<pic:cNvPr id=\"{number}\" name=\"Figure {number}\" />"))?;
    }
    if texts.next().is_some() { Err("a text has no picture".to_owned()) } else { Ok(told) }
}

/// Marks the rows that head a table: those whose first paragraph has the style of heads.
fn with_head_rows(body: &str) -> String {
    let mut rows = body.split(ROW);
    let mut told = rows.next().unwrap_or_default().to_owned();
    for row in rows {
        let style = row.split_once(STYLE).map(|(_, rest)| rest).unwrap_or_default();
        told.push_str(if style.starts_with("TableHead\"") { HEAD_ROW } else { ROW });
        told.push_str(row);
    }
    told
}

/// Returns a text that can stand in XML, between quotes too.
fn escaped(text: &str) -> String {
    let text = clean(text).replace('\n', " ");
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
