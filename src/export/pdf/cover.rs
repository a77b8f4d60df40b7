//! What stands before the sections: a cover with the contents, or a head over the first page.

use std::rc::Rc;

use parley::Alignment;

use crate::export::brand::{Brand, Logo};
use crate::export::document::{Document, Run};
use crate::export::palette::Role;
use crate::export::pdf::flow::Flow;
use crate::export::pdf::sheet::{HEIGHT, Item, MEASURE, SIDE, Shape, TOP, WIDTH};
use crate::export::pdf::structure::{Kind, Part};
use crate::export::picture::Pictures;
use crate::export::typeset::{Lines, Type};

const KIND: Type = Type::new(11.0, 1.3).coloured(Role::Paper).strong();
const TITLE: Type = Type::new(29.0, 1.18).coloured(Role::Paper).strong();
const BAND: Type = Type::new(10.5, 1.5).coloured(Role::Paper);
const TEXT: Type = Type::new(9.5, 1.5);
/// The room that a logo has.
const LOGO: (f32, f32) = (150.0, 46.0);
/// Where the coloured band ends.
const BAND_END: f32 = 372.0;

/// Fills the first page: the band with the title, what it is, and the contents.
pub(super) fn cover(flow: &mut Flow, part: Part, document: &Document, brand: &Brand) {
    let mut items = vec![];
    let top = if let Some(logo) = logo(brand, &flow.pictures, (SIDE, 42.0)) {
        items.push(logo);
        112.0
    } else {
        0.0
    };
    items.push(rect((0.0, top), (WIDTH, BAND_END - top), Role::Accent));
    let kind = flow.typesetter.set(&[Run::plain(document.kind)], KIND, MEASURE);
    let title = balanced(flow, &document.title, TITLE, MEASURE * 0.92);
    let mut facts = format!("{}\n{}", document.basis, document.date);
    if !document.prepared_by.is_empty() {
        facts.push_str("\nPrepared by ");
        facts.push_str(&document.prepared_by);
    }
    let facts = set_lines(flow, &facts, BAND);
    let facts_height: f32 = facts.iter().map(|line| line.height()).sum();
    let mut y = BAND_END - 34.0 - facts_height;
    let facts_top = y;
    y -= title.height() + 16.0;
    let title_top = y;
    let kind_part = flow.structure.add(part, Kind::Paragraph);
    items.push(lines(&kind, Some(kind_part), (SIDE, title_top - kind.height() - 8.0)));
    let title_part = flow.structure.add(part, Kind::Title);
    items.push(lines(&title, Some(title_part), (SIDE, title_top)));
    let mut line_top = facts_top;
    for line in &facts {
        let paragraph = flow.structure.add(part, Kind::Paragraph);
        items.push(lines(line, Some(paragraph), (SIDE, line_top)));
        line_top += line.height();
    }
    let mut y = BAND_END + 22.0;
    for (text, style) in [(document.confidentiality.as_str(), TEXT.strong()), (document.note, TEXT)] {
        if !text.is_empty() {
            let set = flow.typesetter.set(&[Run::plain(text)], style, MEASURE);
            let paragraph = flow.structure.add(part, Kind::Paragraph);
            items.push(lines(&set, Some(paragraph), (SIDE, y)));
            y += set.height() + 3.0;
        }
    }
    contents(flow, part, &mut items, y + 24.0);
    if let Some(sheet) = flow.sheets.first_mut() {
        sheet.items = items;
    }
}

/// Lists the sections with their pages, each leading there.
fn contents(flow: &mut Flow, part: Part, items: &mut Vec<Item>, top: f32) {
    let heading = flow.typesetter.set(&[Run::plain("Contents")], Type::new(12.5, 1.3).strong(), MEASURE);
    let heading_part = flow.structure.add(part, Kind::Heading(2, "Contents".to_owned()));
    items.push(lines(&heading, Some(heading_part), (SIDE, top)));
    let list = flow.structure.add(part, Kind::Contents);
    let sections: Vec<_> = flow.bookmarks.iter().filter(|bookmark| bookmark.depth == 1).cloned().collect();
    let mut y = top + heading.height() + 8.0;
    let step = ((HEIGHT - 70.0 - y) / f32::from(u8::try_from(sections.len().max(1)).unwrap_or(u8::MAX))).min(20.0);
    for section in sections {
        let entry = flow.structure.add(list, Kind::ContentsItem);
        let link = flow.structure.add(entry, Kind::Link);
        let title = flow.typesetter.set(&[Run::plain(section.title.clone())], TEXT, MEASURE - 50.0);
        let page = (section.place.page + 1).to_string();
        let page = flow.typesetter.set(&[Run::plain(page)], TEXT.aligned(Alignment::End), 40.0);
        items.push(rect((SIDE, y + step - 2.5), (MEASURE, 0.4), Role::Rule));
        items.push(lines(&title, Some(link), (SIDE, y)));
        items.push(lines(&page, Some(link), (SIDE + MEASURE - 40.0, y)));
        let shape = Shape::Link {
            at: (SIDE, y),
            size: (MEASURE, step - 3.0),
            target: section.place,
            label: section.title.clone(),
        };
        items.push(Item { part: Some(link), shape });
        y += step;
    }
}

/// Writes the head of a report without a cover.
pub(super) fn head(flow: &mut Flow, part: Part, document: &Document, brand: &Brand) {
    let measure = if brand.logo.is_some() { MEASURE - LOGO.0 } else { MEASURE };
    let kind_style = Type::new(10.0, 1.3).coloured(Role::Accent).strong();
    let kind = flow.typesetter.set(&[Run::plain(document.kind)], kind_style, measure);
    let title_style = Type::new(21.0, 1.2).strong();
    let title = balanced(flow, &document.title, title_style, measure);
    let mut facts = format!("{}, {}", document.basis, document.date);
    if !document.prepared_by.is_empty() {
        facts.push_str(", prepared by ");
        facts.push_str(&document.prepared_by);
    }
    let facts = flow.typesetter.set(&[Run::muted(facts)], TEXT, MEASURE);
    if let Some(logo) = logo(brand, &flow.pictures, (SIDE + MEASURE - LOGO.0, TOP)) {
        flow.put(logo.part, logo.shape);
    }
    for (text, kind) in [(kind, Kind::Paragraph), (title, Kind::Title), (facts, Kind::Paragraph)] {
        let part = flow.structure.add(part, kind);
        let y = flow.y;
        let item = lines(&text, Some(part), (SIDE, y));
        flow.put(item.part, item.shape);
        flow.y = y + text.height() + 2.0;
    }
    flow.y -= 18.0;
}

/// Sets a title in lines that are about as long as each other: in the narrowest measure that gives no line more.
fn balanced(flow: &mut Flow, title: &str, style: Type, measure: f32) -> Lines {
    let run = [Run::plain(title)];
    let mut best = flow.typesetter.set(&run, style, measure);
    let lines = best.lines.len();
    if lines < 2 {
        return best;
    }
    let steps = (1_u8..12).map(|step| measure * (1.0 - 0.05 * f32::from(step)));
    for narrower in steps {
        let set = flow.typesetter.set(&run, style, narrower);
        if set.lines.len() > lines {
            break;
        }
        best = set;
    }
    best
}

fn set_lines(flow: &mut Flow, text: &str, style: Type) -> Vec<Lines> {
    text.lines().map(|line| flow.typesetter.set(&[Run::plain(line)], style, MEASURE)).collect()
}

fn lines(text: &Lines, part: Option<Part>, at: (f32, f32)) -> Item {
    Item { part, shape: Shape::Lines { text: Rc::clone(text), lines: 0..text.lines.len(), at } }
}

fn rect(at: (f32, f32), size: (f32, f32), role: Role) -> Item {
    Item { part: None, shape: Shape::Rect { at, size, role } }
}

/// Returns the logo, as large as its room allows; none where there is none.
fn logo(brand: &Brand, pictures: &Pictures, at: (f32, f32)) -> Option<Item> {
    let tree = match brand.logo.as_ref()? {
        Logo::Svg(text) => pictures.tree(text)?,
        png @ Logo::Png(_) => pictures.tree(&png.wrapped(pictures)?)?,
    };
    let size = tree.size();
    let scale = (LOGO.0 / size.width()).min(LOGO.1 / size.height());
    let size = (size.width() * scale, size.height() * scale);
    Some(Item { part: None, shape: Shape::Picture { tree, at, size } })
}
