//! A document that is laid out for an audience, block by block as Markdown.

use crate::export::document::{
    Block, Cell, Document, Figure, KeyFigure, Run, Section, SignatureLine, Table, TextStyle,
};
use crate::export::markdown::escape::inline;
use crate::export::markdown::page::Page;
use crate::export::markdown::table::Table as Grid;

/// Returns a document as Markdown. Charts are left out; where their figures stand in no table, they get one.
#[must_use]
pub fn document(document: &Document) -> String {
    let mut page = Page::default();
    page.title(&inline(&document.title));
    page.paragraph(&format!("**{}**, {}, {}", document.kind, inline(&document.basis), document.date));
    page.paragraph(&format!("*{}*", document.note));
    for (index, content) in document.sections.iter().enumerate() {
        section(&mut page, content);
        // The first section is the summary, which is often all that is read.
        if index == 0 && document.sections.len() > 1 {
            page.rule();
        }
    }
    page.rule();
    page.paragraph(&format!("*{}*", document.note));
    page.into_text()
}

fn section(page: &mut Page, section: &Section) {
    let number = section.number.map(|number| format!("{number}. ")).unwrap_or_default();
    page.section(&format!("{number}{}", inline(&section.title)));
    section.blocks.iter().for_each(|content| block(page, content));
}

fn block(page: &mut Page, block: &Block) {
    match block {
        Block::Heading(2, text) => page.subheading(&inline(text)),
        Block::Heading(_, text) => page.minor_heading(&inline(text)),
        Block::Paragraph(line) => page.paragraph(&runs(line)),
        Block::Remark(line) => page.paragraph(&format!("> {}", runs(line))),
        Block::List { ordered, items } => {
            let mark = |index: usize| if *ordered { format!("{}.", index + 1) } else { "-".to_owned() };
            let lines: Vec<String> =
                items.iter().enumerate().map(|(index, item)| format!("{} {}", mark(index), runs(item))).collect();
            page.lines(&lines);
        }
        Block::KeyFigures(figures) => key_figures(page, figures),
        Block::Table(content) | Block::Figure(Figure { instead: Some(content), .. }) => table(page, content),
        Block::Signatures(lines) => signatures(page, lines),
        Block::Figure(_) | Block::PageBreak => {}
    }
}

fn key_figures(page: &mut Page, figures: &[KeyFigure]) {
    let mut grid = Grid::new(["", "", ""]);
    for figure in figures {
        let details: Vec<String> = figure.detail.lines().map(inline).collect();
        grid.row([inline(&figure.label), format!("**{}**", inline(&figure.value)), details.join("<br>")]);
    }
    page.table(&grid);
}

fn table(page: &mut Page, table: &Table) {
    let mut grid = Grid::of(table.columns.iter().map(|column| inline(&column.title)).collect());
    for row in &table.rows {
        let mut cells: Vec<String> = row.iter().map(cell).collect();
        cells.resize(table.columns.len(), String::new());
        grid.line(cells);
    }
    page.table(&grid);
}

fn signatures(page: &mut Page, lines: &[SignatureLine]) {
    let mut grid = Grid::new(["", "Name", "Date", "Signature"]);
    for line in lines {
        grid.row([inline(&line.role), String::new(), String::new(), String::new()]);
    }
    page.table(&grid);
}

fn cell(cell: &Cell) -> String {
    cell.lines.iter().map(|line| runs(line)).collect::<Vec<_>>().join("<br>")
}

fn runs(line: &[Run]) -> String {
    line.iter().map(run).collect()
}

fn run(run: &Run) -> String {
    let text = inline(&run.text);
    // A mark of emphasis has to stand right at a letter; the spaces go outside.
    let (before, after) = (leading(&run.text), trailing(&run.text));
    let bare = text.trim();
    if bare.is_empty() {
        return before.to_owned();
    }
    match run.style {
        TextStyle::Plain | TextStyle::Muted => format!("{before}{bare}{after}"),
        TextStyle::Strong => format!("{before}**{bare}**{after}"),
        TextStyle::Emphasis => format!("{before}*{bare}*{after}"),
    }
}

fn leading(text: &str) -> &'static str {
    if text.starts_with(char::is_whitespace) { " " } else { "" }
}

fn trailing(text: &str) -> &'static str {
    if text.ends_with(char::is_whitespace) { " " } else { "" }
}
