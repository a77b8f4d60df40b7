//! Fills pages from top to bottom.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::export::ExportError;
use crate::export::brand::Brand;
use crate::export::document::{Block, Figure, KeyFigure, Run, Section, SignatureLine};
use crate::export::palette::Role;
use crate::export::pdf::sheet::{BOTTOM, Bookmark, Item, MEASURE, Place, SIDE, Shape, Sheet, TOP};
use crate::export::pdf::structure::{Kind, Part, Structure};
use crate::export::picture::{Lettered, Pictures};
use crate::export::typeset::{Lines, Type, Typesetter};

/// Text.
pub(super) const BODY: Type = Type::new(9.2, 1.4);
/// The headings of sections.
const SECTION: Type = Type::new(19.0, 1.2).coloured(Role::Accent).strong();
/// The headings of groups.
pub(super) const GROUP: Type = Type::new(12.5, 1.3).strong();
/// The headings in groups.
const MINOR: Type = Type::new(10.0, 1.35).strong();
/// What stands below pictures.
const CAPTION: Type = Type::new(8.0, 1.4).coloured(Role::Muted);
/// A remark that stands out.
const REMARK: Type = Type::new(10.5, 1.42);
/// What has to fit below a heading, so that it doesn't stand alone at the foot of a page.
pub(super) const COMPANY: f32 = 72.0;
/// The height of a line to sign on.
pub(super) const SIGNATURE: f32 = 46.0;
/// How far the points of a list stand in.
pub(super) const INDENT: f32 = 17.0;

/// What has to be free below pictures for a page to go on with text.
const LEAST: f32 = 90.0;

/// Whether a picture may wait for a page with room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wait {
    /// It may: what follows speaks of the same.
    Allowed,
    /// It stands where it is: something else begins after it.
    Never,
}

impl Wait {
    pub(super) fn before(next: Option<&Block>) -> Self {
        match next {
            None | Some(Block::Heading(..) | Block::PageBreak | Block::Figure(_)) => Self::Never,
            Some(
                Block::Paragraph(_)
                | Block::Remark(_)
                | Block::List { .. }
                | Block::KeyFigures(_)
                | Block::Table(_)
                | Block::Signatures(_),
            ) => Self::Allowed,
        }
    }
}

/// A picture that waits for a page with room.
struct Waiting {
    drawing: Rc<Lettered>,
    /// How many points a unit of it is.
    scale: f32,
    caption: Lines,
    /// Picture and caption in the structure.
    parts: (Part, Part),
}

impl Waiting {
    /// Returns the room that it takes, without what stays free below it.
    fn height(&self) -> f32 {
        self.high() + 3.0 + self.caption.height()
    }

    /// Returns how high the picture itself is.
    fn high(&self) -> f32 {
        self.drawing.size().1 * self.scale
    }
}

/// Pages that are being filled.
pub struct Flow {
    /// The pages.
    pub sheets: Vec<Sheet>,
    /// What they are to a reader.
    pub structure: Structure,
    /// The bookmarks.
    pub bookmarks: Vec<Bookmark>,
    /// Sets the text.
    pub typesetter: Typesetter,
    /// Reads the pictures.
    pub pictures: Rc<Pictures>,
    /// Pictures that wait for a page with room; what follows them fills the page until then.
    waiting: Vec<Waiting>,
    /// How far down the page is filled.
    pub y: f32,
}

impl Flow {
    /// Returns an empty flow, on its first page.
    ///
    /// # Errors
    ///
    /// Fails where a face of the brand can't be read.
    pub fn new(brand: &Brand, pictures: Rc<Pictures>) -> Result<Self, ExportError> {
        Ok(Self {
            sheets: vec![Sheet::default()],
            structure: Structure::new(),
            bookmarks: vec![],
            typesetter: Typesetter::new(brand)?,
            pictures,
            waiting: vec![],
            y: TOP,
        })
    }

    /// Returns the characters that no face has a glyph for.
    pub fn without_glyph(&self) -> &BTreeSet<char> {
        &self.typesetter.without_glyph
    }

    /// Puts something on the page.
    pub fn put(&mut self, part: Option<Part>, shape: Shape) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.items.push(Item { part, shape });
        }
    }

    /// Begins a page, unless the current one is empty. Pictures that wait for one come first, as many as have room; a page
    /// that they fill is left at once.
    pub fn turn(&mut self) {
        loop {
            self.turn_within();
            while self.waiting.first().is_some_and(|waiting| waiting.height() <= self.room()) {
                let waiting = self.waiting.remove(0);
                self.picture(waiting);
            }
            if self.room() >= LEAST {
                return;
            }
        }
    }

    /// Begins a page, unless the current one is empty, for more of the same: pictures wait on, so that they cut no table in two.
    pub fn turn_within(&mut self) {
        if self.sheets.last().is_some_and(|sheet| !sheet.items.is_empty()) {
            self.sheets.push(Sheet::default());
        }
        self.y = TOP;
    }

    /// Puts the pictures that still wait.
    fn settle(&mut self) {
        while self.waiting.first().is_some_and(|waiting| waiting.height() <= self.room()) {
            let waiting = self.waiting.remove(0);
            self.picture(waiting);
        }
        while !self.waiting.is_empty() {
            self.turn();
        }
    }

    /// Returns what is free on the page, in points.
    pub fn room(&self) -> f32 {
        BOTTOM - self.y
    }

    /// Begins a page where less than this is free.
    pub fn need(&mut self, height: f32) {
        if self.room() < height {
            self.turn();
        }
    }

    /// Leaves space free, but not at the top of a page.
    pub fn skip(&mut self, height: f32) {
        if self.y > TOP {
            self.y += height;
        }
    }

    /// Returns the place that is filled next.
    pub fn place(&self) -> Place {
        Place { page: self.sheets.len().saturating_sub(1), y: self.y }
    }

    /// Puts a text, line by line over as many pages as it takes.
    pub fn lines(&mut self, part: Part, text: &Lines, x: f32) {
        let bounds = text.line_bounds();
        let mut first = 0;
        while let Some((top, _)) = bounds.get(first).copied() {
            let room = self.room();
            let fit = bounds.iter().skip(first).take_while(|(_, bottom)| bottom - top <= room).count();
            let rest = bounds.len() - first;
            // Neither one line alone at the foot of a page nor one alone at the head of the next.
            let fit = match fit {
                fit if fit >= rest => rest,
                0 | 1 => 0,
                fit if fit == rest - 1 => {
                    if fit > 2 {
                        fit - 1
                    } else {
                        0
                    }
                }
                fit => fit,
            };
            if fit == 0 && self.y > TOP {
                self.turn();
                continue;
            }
            let last = first + fit.max(1);
            let bottom = bounds.get(last - 1).map_or(top, |(_, bottom)| *bottom);
            let at = (x, self.y);
            self.put(Some(part), Shape::Lines { text: Rc::clone(text), lines: first..last, at });
            self.y += bottom - top;
            first = last;
        }
    }

    /// Sets a section.
    pub fn section(&mut self, section: &Section, begins_page: bool, is_last: bool) {
        let (ending, height) = if is_last { self.ending(&section.blocks) } else { (usize::MAX, 0.0) };
        if begins_page {
            self.turn();
        }
        let title = section.numbered_title();
        let part = self.structure.add(Structure::ROOT, Kind::Section);
        let company = self.company(&section.blocks).max(COMPANY);
        self.heading(part, &title, 1, company);
        for (index, block) in section.blocks.iter().enumerate() {
            let rest = section.blocks.get(index + 1..).unwrap_or_default();
            if index == ending {
                self.need(height);
            }
            match block {
                Block::Heading(level, text) => {
                    // A picture of what came before would stand below a heading that it doesn't belong to.
                    self.settle();
                    let company = self.company(rest);
                    self.heading(part, text, *level, company);
                }
                Block::Figure(figure) => self.figure(part, figure, Wait::before(rest.first())),
                Block::Table(table) => {
                    let below = Self::approval(rest);
                    self.table(part, table, below);
                }
                Block::Paragraph(_) => {
                    // A sentence that leads to what is below it isn't torn from it.
                    if matches!(rest.first(), Some(Block::Table(_) | Block::List { .. })) {
                        let together = self.company(section.blocks.get(index..).unwrap_or_default());
                        self.need(together);
                    }
                    self.block(part, block);
                }
                block => self.block(part, block),
            }
        }
        self.settle();
    }

    fn heading(&mut self, part: Part, text: &str, depth: u8, company: f32) {
        let (style, before, after) = match depth {
            1 => (SECTION, 26.0, 9.0),
            2 => (GROUP, 14.0, 4.0),
            _ => (MINOR, 9.0, 3.0),
        };
        let set = self.typesetter.set(&[Run::plain(text)], style, MEASURE);
        self.skip(before);
        self.need(set.height() + after + company);
        if depth <= 2 {
            let place = self.place();
            self.bookmarks.push(Bookmark { title: text.to_owned(), depth, place });
        }
        let heading = self.structure.add(part, Kind::Heading(u16::from(depth) + 1, text.to_owned()));
        self.lines(heading, &set, SIDE);
        if depth == 1 {
            let at = (SIDE, self.y + 5.0);
            self.put(None, Shape::Rect { at, size: (MEASURE, 0.8), role: Role::Rule });
            self.y += 6.0;
        }
        self.y += after;
    }

    fn block(&mut self, part: Part, block: &Block) {
        match block {
            Block::Heading(level, text) => self.heading(part, text, *level, COMPANY),
            Block::Paragraph(runs) => {
                let set = self.typesetter.set(runs, BODY, MEASURE);
                let paragraph = self.structure.add(part, Kind::Paragraph);
                self.lines(paragraph, &set, SIDE);
                self.y += 6.0;
            }
            Block::Remark(runs) => self.remark(part, runs),
            Block::List { ordered, items } => self.list(part, *ordered, items),
            Block::KeyFigures(figures) => self.key_figures(part, figures),
            Block::Table(table) => self.table(part, table, 0.0),
            Block::Figure(figure) => self.figure(part, figure, Wait::Never),
            Block::Signatures(lines) => self.signatures(part, lines),
            Block::PageBreak => self.turn(),
        }
    }

    fn remark(&mut self, part: Part, runs: &[Run]) {
        const PAD: (f32, f32) = (14.0, 10.0);
        let set = self.typesetter.set(runs, REMARK, MEASURE - 2.0 * PAD.0);
        let height = set.height() + 2.0 * PAD.1;
        self.need(height);
        let (x, y) = (SIDE, self.y);
        self.put(None, Shape::Rect { at: (x, y), size: (MEASURE, height), role: Role::Ground });
        self.put(None, Shape::Rect { at: (x, y), size: (3.0, height), role: Role::Accent });
        let paragraph = self.structure.add(part, Kind::Paragraph);
        self.y += PAD.1;
        self.lines(paragraph, &set, x + PAD.0);
        self.y = self.y.max(y + height) + 10.0;
    }

    fn list(&mut self, part: Part, ordered: bool, items: &[Vec<Run>]) {
        let list = self.structure.add(part, Kind::List(ordered));
        for (index, runs) in items.iter().enumerate() {
            let mark = if ordered { format!("{}.", index + 1) } else { "•".to_owned() };
            let mark = self.typesetter.set(&[Run::strong(mark)], BODY.coloured(Role::Accent), INDENT + 8.0);
            let set = self.typesetter.set(runs, BODY, MEASURE - INDENT);
            let item = self.structure.add(list, Kind::Item);
            let label = self.structure.add(item, Kind::Label);
            let body = self.structure.add(item, Kind::Body);
            self.need(set.height().min(2.0 * BODY.size * BODY.leading));
            let at = (SIDE, self.y);
            self.put(Some(label), Shape::Lines { text: mark, lines: 0..1, at });
            self.lines(body, &set, SIDE + INDENT);
            self.y += 3.5;
        }
        self.y += 4.0;
    }

    fn key_figures(&mut self, part: Part, figures: &[KeyFigure]) {
        const GAP: f32 = 9.0;
        const PAD: f32 = 9.0;
        let count = f32::from(u8::try_from(figures.len().max(1)).unwrap_or(1));
        let width = (MEASURE - GAP * (count - 1.0)) / count;
        let inner = width - 2.0 * PAD;
        let value = Type::new(12.5, 1.3).strong();
        let detail = Type::new(7.4, 1.35).coloured(Role::Muted);
        let cards: Vec<Vec<Lines>> = figures
            .iter()
            .map(|figure| {
                let mut texts = vec![(figure.label.as_str(), CAPTION), (figure.value.as_str(), value)];
                texts.extend(figure.detail.lines().map(|line| (line, detail)));
                texts.into_iter().map(|(text, style)| self.set_plain(text, style, inner)).collect()
            })
            .collect();
        let height = |card: &Vec<Lines>| card.iter().map(|text| text.height() + 1.5).sum::<f32>() + 2.0 * PAD;
        let highest = cards.iter().map(height).fold(0.0, f32::max);
        self.need(highest);
        let (top, mut x) = (self.y, SIDE);
        for card in cards {
            self.put(None, Shape::Rect { at: (x, top), size: (width, highest), role: Role::Ground });
            self.put(None, Shape::Rect { at: (x, top), size: (width, 2.5), role: Role::Accent });
            let mut y = top + PAD;
            let paragraph = self.structure.add(part, Kind::Paragraph);
            for text in card {
                let lines = 0..text.layout.len();
                let below = text.height() + 1.5;
                self.put(Some(paragraph), Shape::Lines { text, lines, at: (x + PAD, y) });
                y += below;
            }
            x += width + GAP;
        }
        self.y = top + highest + 11.0;
    }

    fn set_plain(&mut self, text: &str, style: Type, width: f32) -> Lines {
        self.typesetter.set(&[Run::plain(text)], style, width)
    }

    fn figure(&mut self, part: Part, figure: &Figure, wait: Wait) {
        let drawing = Rc::new(Lettered::new(&figure.drawing, &mut self.typesetter));
        let caption = self.set_plain(&figure.caption, CAPTION, MEASURE);
        let natural = drawing.size();
        let most = BOTTOM - TOP - caption.height() - 8.0;
        let scale = (MEASURE * figure.share / natural.0).min(most / natural.1);
        let picture = self.structure.add(part, Kind::Figure(figure.drawing.description.clone()));
        let below = self.structure.add(part, Kind::Caption);
        let waiting = Waiting { drawing, scale, caption, parts: (picture, below) };
        if wait == Wait::Never {
            self.need(waiting.height());
        }
        if waiting.height() <= self.room() && self.waiting.is_empty() {
            self.picture(waiting);
        } else {
            self.waiting.push(waiting);
        }
    }

    fn picture(&mut self, waiting: Waiting) {
        let high = waiting.high();
        let Waiting { drawing, scale, caption, parts } = waiting;
        let at = (SIDE + (MEASURE - drawing.size().0 * scale) / 2.0, self.y);
        self.put(Some(parts.0), Shape::Chart { drawing, at, scale });
        self.y += high + 3.0;
        let (lines, at) = (0..caption.layout.len(), (SIDE, self.y));
        self.y += caption.height() + 10.0;
        self.put(Some(parts.1), Shape::Lines { text: caption, lines, at });
    }

    fn signatures(&mut self, part: Part, lines: &[SignatureLine]) {
        const PLACES: [(&str, f32); 4] = [("", 0.34), ("Name", 0.24), ("Date", 0.14), ("Signature", 0.28)];
        self.need(SIGNATURE * f32::from(u8::try_from(lines.len()).unwrap_or(u8::MAX)).min(8.0));
        for line in lines {
            self.need(SIGNATURE);
            let mut x = SIDE;
            for (label, share) in PLACES {
                let width = MEASURE * share - 10.0;
                let label = if label.is_empty() { line.role.as_str() } else { label };
                let text = self.set_plain(label, CAPTION, width);
                let paragraph = self.structure.add(part, Kind::Paragraph);
                let lines = 0..text.layout.len();
                let rule = self.y + SIGNATURE - 16.0;
                if share < 0.34 {
                    self.put(None, Shape::Rect { at: (x, rule), size: (width, 0.7), role: Role::Ink });
                }
                self.put(Some(paragraph), Shape::Lines { text, lines, at: (x, rule + 2.5) });
                x += MEASURE * share;
            }
            self.y += SIGNATURE;
        }
        self.y += 8.0;
    }
}

#[cfg(test)]
mod tests;
