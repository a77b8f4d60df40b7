//! Blocks as paragraphs, tables and pictures.

use docx_rs::{
    AlignmentType, BorderType, Docx, Paragraph, Pic, Run as Letters, Shading, Table as Grid, TableBorder,
    TableBorderPosition, TableBorders, TableCell, TableCellBorder, TableCellBorderPosition, TableCellBorders,
    TableLayoutType, TableRow, VAlignType, WidthType,
};

use crate::export::columns;
use crate::export::document::{Align, Block, Cell, Figure, KeyFigure, Run, SignatureLine, Table, TextStyle, Tone};
use crate::export::docx::scribe::Scribe;
use crate::export::docx::{EMU, hex, styles};
use crate::export::palette::Role;
use crate::export::plain::clean;

/// How many pixels a chart is wide: 160 an inch where it is as wide as the text.
const CHART: u16 = 1100;
/// The width of the text, in twentieths of a point.
const MEASURE: f32 = 9638.0;
/// The same, in pixels at 96 dots an inch.
const PIXELS: f32 = 642.0;
/// The size of the letters of tables, in points.
const TABLE: f32 = 8.0;
/// What stays free on each side of a cell's text, in twentieths of a point.
const CELL_SIDE: f32 = 90.0;

/// How many characters a paragraph has at most that leads to what is below it.
const LEADING: usize = 420;
/// How many rows or points stand together before what begins a page, and at the end: fewer would have one for themselves.
const COMPANY: usize = 5;
/// How many sentences do.
const SENTENCES: usize = 3;
/// A table or list of as many rows or points stands on one page, where it holds no more letters than this.
const SMALL: (usize, usize) = (8, 1200);

/// Where a block stands.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// What follows it in its section.
    pub rest: &'a [Block],
    /// Whether what follows the section begins a page, or nothing follows it.
    pub is_before_page: bool,
}

impl Place<'_> {
    /// Returns whether a table or list stands with what follows it: with the lines on which it is approved, or with the
    /// last sentences before what begins a page.
    fn is_tied(self) -> bool {
        let is_approved = matches!(
            self.rest,
            [Block::Heading(..), Block::Signatures(_), ..]
                | [Block::Table(_), Block::Heading(..), Block::Signatures(_), ..]
        );
        is_approved || self.is_ending() && !self.rest.is_empty()
    }

    /// Returns whether nothing but some sentences is left before what begins a page.
    fn is_ending(self) -> bool {
        let is_text = |block: &Block| matches!(block, Block::Paragraph(_));
        self.is_before_page && self.rest.len() < SENTENCES && self.rest.iter().all(is_text)
    }

    /// Returns whether a row or point stays with the one after it: the first three stand together, the last two too, and
    /// more of them before what begins a page.
    fn keeps(self, index: usize, count: usize, letters: usize) -> bool {
        let last = if self.is_ending() { COMPANY } else { 2 };
        let is_last = index + 1 == count;
        let stays = index < 2 || index + last >= count || count <= SMALL.0 && letters <= SMALL.1;
        if is_last { self.is_tied() } else { stays }
    }
}

/// Adds a block to the document; what leads to a block stays with it. Pictures keep a share of their size.
pub fn add(file: Docx, block: &Block, place: Place<'_>, scale: f32, scribe: &mut Scribe<'_>) -> Docx {
    match block {
        Block::Heading(level, text) => {
            let style = if *level == 2 { "Heading2" } else { "Heading3" };
            file.add_paragraph(scribe.paragraph(style).keep_next(true).add_run(Letters::new().add_text(clean(text))))
        }
        Block::Paragraph(line) => {
            let paragraph = scribe.paragraph("Normal").keep_next(leads(line, place.rest) || place.is_tied());
            let paragraph = paragraph.keep_lines(place.is_ending());
            file.add_paragraph(filled(paragraph, line, scribe))
        }
        Block::Remark(line) => remark(file, line, scribe),
        Block::List { ordered, items } => {
            let list = if *ordered { styles::NUMBERS } else { styles::POINTS };
            let letters = items.iter().map(|item| letters(item)).sum();
            items.iter().enumerate().fold(file, |file, (index, item)| {
                let (id, level) = styles::place(list);
                let paragraph = scribe.paragraph("Normal").numbering(id, level);
                let paragraph = paragraph.keep_next(place.keeps(index, items.len(), letters));
                file.add_paragraph(filled(paragraph, item, scribe))
            })
        }
        Block::KeyFigures(figures) => spaced(file.add_table(key_figures(figures, scribe)), false, scribe),
        Block::Table(content) => spaced(file.add_table(table(content, place, scribe)), place.is_tied(), scribe),
        Block::Figure(content) => {
            // A flat picture takes little room as it is, and its letters are small.
            let is_flat = content.drawing.width > 2.0 * content.drawing.height;
            figure(file, content, if is_flat { 1.0 } else { scale }, scribe)
        }
        Block::Signatures(lines) => file.add_table(signatures(lines, scribe)),
        // Sections begin on new pages anyway, and people move things around.
        Block::PageBreak => file,
    }
}

/// Returns whether a paragraph leads to what is below it: to a table or list, or to a sentence that does.
fn leads(line: &[Run], rest: &[Block]) -> bool {
    match rest {
        [Block::Table(_) | Block::List { .. }, ..] => true,
        [Block::Paragraph(next), rest @ ..] => {
            letters(line) <= LEADING
                && matches!(rest.first(), Some(Block::Table(_) | Block::List { .. }))
                && leads(next, rest)
        }
        _ => false,
    }
}

fn letters(line: &[Run]) -> usize {
    line.iter().map(|run| run.text.chars().count()).sum()
}

/// Returns the paragraph with stretches of text in it.
fn filled(mut paragraph: Paragraph, line: &[Run], scribe: &Scribe<'_>) -> Paragraph {
    for run in line {
        let mut letters = Letters::new();
        for (index, part) in clean(&run.text).split('\n').enumerate() {
            if index > 0 {
                letters = letters.add_break(docx_rs::BreakType::TextWrapping);
            }
            letters = letters.add_text(part);
        }
        paragraph = paragraph.add_run(match run.style {
            TextStyle::Plain => letters,
            TextStyle::Strong => letters.bold(),
            TextStyle::Emphasis => letters.italic(),
            TextStyle::Muted => letters.color(hex(scribe.brand, Role::Muted)),
        });
    }
    paragraph
}

fn spaced(file: Docx, is_kept: bool, scribe: &mut Scribe<'_>) -> Docx {
    file.add_paragraph(scribe.paragraph("Normal").keep_next(is_kept))
}

fn remark(file: Docx, line: &[Run], scribe: &mut Scribe<'_>) -> Docx {
    let paragraph = filled(scribe.paragraph("Remark"), line, scribe);
    let bar = TableCellBorder::new(TableCellBorderPosition::Left).size(36).color(hex(scribe.brand, Role::Accent));
    let cell = shaded(TableCell::new(), scribe, Role::Ground)
        .set_borders(TableCellBorders::with_empty().set(bar))
        .add_paragraph(paragraph);
    spaced(file.add_table(grid(vec![TableRow::new(vec![cell])], &[1.0])), false, scribe)
}

fn key_figures(figures: &[KeyFigure], scribe: &mut Scribe<'_>) -> Grid {
    let mut cells = vec![];
    for figure in figures {
        let muted = hex(scribe.brand, Role::Muted);
        let label = Letters::new().add_text(clean(&figure.label)).color(muted.clone());
        let value = Letters::new().add_text(clean(&figure.value)).bold().size(26);
        let top = TableCellBorder::new(TableCellBorderPosition::Top).size(18).color(hex(scribe.brand, Role::Accent));
        let mut cell = shaded(TableCell::new(), scribe, Role::Ground)
            .set_borders(TableCellBorders::with_empty().set(top))
            .add_paragraph(scribe.paragraph("TableText").add_run(label))
            .add_paragraph(scribe.paragraph("TableText").add_run(value));
        for line in figure.detail.lines() {
            let line = Letters::new().add_text(clean(line)).color(muted.clone());
            cell = cell.add_paragraph(scribe.paragraph("TableText").add_run(line));
        }
        cells.push(cell);
    }
    let shares = vec![1.0; cells.len()];
    grid(vec![TableRow::new(cells)], &shares)
}

fn table(table: &Table, place: Place<'_>, scribe: &mut Scribe<'_>) -> Grid {
    let setting = columns::Setting { measure: MEASURE / 20.0, size: TABLE, padding: 2.0 * CELL_SIDE / 20.0 };
    let shares = columns::widths(table, setting);
    let mut rows = vec![];
    if table.columns.iter().any(|column| !column.title.is_empty()) {
        let mut head = vec![];
        for column in &table.columns {
            let title = Letters::new().add_text(clean(&column.title));
            let paragraph = aligned(scribe.paragraph("TableHead").keep_next(true).add_run(title), column.align);
            head.push(shaded(TableCell::new(), scribe, Role::Accent).add_paragraph(paragraph));
        }
        rows.push(TableRow::new(head).cant_split());
    }
    let letters = table.rows.iter().flatten().flat_map(|cell| &cell.lines).map(|line| letters(line)).sum();
    for (index, row) in table.rows.iter().enumerate() {
        let keeps = place.keeps(index, table.rows.len(), letters);
        if let ([cell], true) = (row.as_slice(), table.is_group(row)) {
            let mut across = TableCell::new().grid_span(table.columns.len());
            for line in &cell.lines {
                across = across.add_paragraph(filled(scribe.paragraph("TableText").keep_next(true), line, scribe));
            }
            rows.push(TableRow::new(vec![shaded(across, scribe, Role::Ground)]).cant_split());
            continue;
        }
        let mut cells = vec![];
        for (cell, column) in row.iter().zip(&table.columns) {
            cells.push(data_cell(cell, column.align, keeps, scribe));
        }
        rows.push(TableRow::new(cells).cant_split());
    }
    grid(rows, &shares)
}

fn data_cell(cell: &Cell, align: Align, keeps: bool, scribe: &mut Scribe<'_>) -> TableCell {
    let mut made = TableCell::new().vertical_align(VAlignType::Top);
    if let Some(tone) = cell.tone {
        let colour = hex(scribe.brand, role(tone));
        let bar = TableCellBorder::new(TableCellBorderPosition::Left).size(24).color(colour);
        made = made.set_borders(TableCellBorders::with_empty().set(bar));
    }
    if cell.lines.is_empty() {
        return made.add_paragraph(scribe.paragraph("TableText").keep_next(keeps));
    }
    for line in &cell.lines {
        let paragraph = filled(scribe.paragraph("TableText").keep_next(keeps), line, scribe);
        made = made.add_paragraph(aligned(paragraph, align));
    }
    made
}

fn aligned(paragraph: Paragraph, align: Align) -> Paragraph {
    match align {
        Align::Start => paragraph,
        Align::End => paragraph.align(AlignmentType::Right),
    }
}

/// Returns a table of rows, whose columns have these shares of the width, with thin lines between the rows.
fn grid(rows: Vec<TableRow>, shares: &[f32]) -> Grid {
    let sum: f32 = shares.iter().sum();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a page's width")]
    let widths: Vec<usize> = shares.iter().map(|share| (MEASURE * share / sum.max(0.001)) as usize).collect();
    let thin = |position| TableBorder::new(position).size(2).color("C9D0D8");
    let borders =
        TableBorders::with_empty().set(thin(TableBorderPosition::Bottom)).set(thin(TableBorderPosition::InsideH));
    let rows = rows.into_iter().map(|row| widened(row, &widths)).collect();
    Grid::new(rows)
        .set_grid(widths)
        .layout(TableLayoutType::Fixed)
        .width(9638, WidthType::Dxa)
        .set_borders(borders)
        .margins(docx_rs::TableCellMargins::new().margin(40, 90, 40, 90))
}

fn widened(mut row: TableRow, widths: &[usize]) -> TableRow {
    // What stands across the columns is as wide as all of them.
    let whole = [widths.iter().sum()];
    let widths = if row.cells.len() == 1 { &whole } else { widths };
    for (cell, width) in row.cells.iter_mut().zip(widths) {
        let docx_rs::TableRowChild::TableCell(cell) = cell;
        *cell = std::mem::replace(cell, TableCell::new()).width(*width, WidthType::Dxa);
    }
    row
}

fn shaded(cell: TableCell, scribe: &Scribe<'_>, role: Role) -> TableCell {
    cell.shading(Shading::new().shd_type(docx_rs::ShdType::Clear).color("auto").fill(hex(scribe.brand, role)))
}

fn figure(file: Docx, figure: &Figure, scale: f32, scribe: &mut Scribe<'_>) -> Docx {
    let Some(png) = scribe.painted(&figure.drawing, CHART) else { return file };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a page's width")]
    let wide = (PIXELS * figure.share * scale) as u32;
    let (width, height) = crate::export::docx::within((png.width, png.height), (wide, 860));
    let pic = Pic::new_with_dimensions(png.bytes, png.width, png.height).size(width * EMU, height * EMU);
    let id = scribe.picture_id(&format!("{}. {}", figure.caption, figure.drawing.description));
    let picture = scribe.paragraph("Normal").keep_next(true).add_run(Letters::new().add_image(pic.id(id)));
    let caption = scribe.paragraph("Caption").add_run(Letters::new().add_text(clean(&figure.caption)));
    file.add_paragraph(picture).add_paragraph(caption)
}

fn signatures(lines: &[SignatureLine], scribe: &mut Scribe<'_>) -> Grid {
    let rows = lines.iter().enumerate().map(|(index, line)| {
        let cells = [line.role.as_str(), "Name", "Date", "Signature"].map(|text| {
            // Nobody signs on two pages.
            let paragraph = scribe.paragraph("Caption");
            let paragraph = if index + 1 < lines.len() { paragraph.keep_next(true) } else { paragraph };
            let paragraph = paragraph.add_run(Letters::new().add_text(clean(text)));
            let line = TableCellBorder::new(TableCellBorderPosition::Bottom).size(6).border_type(BorderType::Single);
            let cell = TableCell::new().vertical_align(VAlignType::Bottom).add_paragraph(paragraph);
            cell.set_borders(TableCellBorders::with_empty().set(line))
        });
        TableRow::new(cells.to_vec()).row_height(900.0).cant_split()
    });
    grid(rows.collect(), &[3.4, 2.4, 1.4, 2.8])
}

fn role(tone: Tone) -> Role {
    match tone {
        Tone::Good => Role::Good,
        Tone::Middling => Role::Middling,
        Tone::Bad => Role::Bad,
        Tone::Neutral => Role::Rule,
    }
}
