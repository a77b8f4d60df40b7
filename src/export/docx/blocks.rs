//! Blocks as paragraphs, tables and pictures.

use docx_rs::{
    AlignmentType, BorderType, Docx, Paragraph, Pic, Run as Letters, Shading, Table as Grid, TableBorder,
    TableBorderPosition, TableBorders, TableCell, TableCellBorder, TableCellBorderPosition, TableCellBorders,
    TableLayoutType, TableRow, VAlignType, WidthType,
};

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

/// Adds a block to the document; what stands over a table stays with it. Pictures keep a share of their size.
pub fn add(file: Docx, block: &Block, next: Option<&Block>, scale: f32, scribe: &mut Scribe<'_>) -> Docx {
    match block {
        Block::Heading(level, text) => {
            let style = if *level == 2 { "Heading2" } else { "Heading3" };
            file.add_paragraph(scribe.paragraph(style).keep_next(true).add_run(Letters::new().add_text(clean(text))))
        }
        Block::Paragraph(line) => {
            let paragraph = scribe.paragraph("Normal");
            let heads = matches!(next, Some(Block::Table(_)));
            file.add_paragraph(filled(if heads { paragraph.keep_next(true) } else { paragraph }, line, scribe))
        }
        Block::Remark(line) => remark(file, line, scribe),
        Block::List { ordered, items } => {
            let list = if *ordered { styles::NUMBERS } else { styles::POINTS };
            items.iter().fold(file, |file, item| {
                let (id, level) = styles::place(list);
                let paragraph = scribe.paragraph("Normal").numbering(id, level);
                file.add_paragraph(filled(paragraph, item, scribe))
            })
        }
        Block::KeyFigures(figures) => spaced(file.add_table(key_figures(figures, scribe)), scribe),
        Block::Table(content) => spaced(file.add_table(table(content, scribe)), scribe),
        Block::Figure(content) => figure(file, content, scale, scribe),
        Block::Signatures(lines) => file.add_table(signatures(lines, scribe)),
        // Sections begin on new pages anyway, and people move things around.
        Block::PageBreak => file,
    }
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

fn spaced(file: Docx, scribe: &mut Scribe<'_>) -> Docx {
    file.add_paragraph(scribe.paragraph("Normal"))
}

fn remark(file: Docx, line: &[Run], scribe: &mut Scribe<'_>) -> Docx {
    let paragraph = filled(scribe.paragraph("Remark"), line, scribe);
    let bar = TableCellBorder::new(TableCellBorderPosition::Left).size(36).color(hex(scribe.brand, Role::Accent));
    let cell = shaded(TableCell::new(), scribe, Role::Ground)
        .set_borders(TableCellBorders::with_empty().set(bar))
        .add_paragraph(paragraph);
    spaced(file.add_table(grid(vec![TableRow::new(vec![cell])], &[1.0])), scribe)
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

fn table(table: &Table, scribe: &mut Scribe<'_>) -> Grid {
    let shares: Vec<f32> = table.columns.iter().map(|column| column.share).collect();
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
    for row in &table.rows {
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
            cells.push(data_cell(cell, column.align, scribe));
        }
        rows.push(TableRow::new(cells).cant_split());
    }
    grid(rows, &shares)
}

fn data_cell(cell: &Cell, align: Align, scribe: &mut Scribe<'_>) -> TableCell {
    let mut made = TableCell::new().vertical_align(VAlignType::Top);
    if let Some(tone) = cell.tone {
        let colour = hex(scribe.brand, role(tone));
        let bar = TableCellBorder::new(TableCellBorderPosition::Left).size(24).color(colour);
        made = made.set_borders(TableCellBorders::with_empty().set(bar));
    }
    if cell.lines.is_empty() {
        return made.add_paragraph(scribe.paragraph("TableText"));
    }
    for line in &cell.lines {
        let paragraph = filled(scribe.paragraph("TableText"), line, scribe);
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
