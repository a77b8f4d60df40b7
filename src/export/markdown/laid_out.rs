//! A document that is laid out for an audience, as Markdown. The full report is a letter of its own.

use crate::export::document::{Block, Cell, Document, Run, TextStyle};
use crate::export::markdown::escape::inline;
use crate::export::markdown::page::Page;
use crate::export::markdown::table::Table;

/// Returns a document as Markdown. Charts are left out: their figures stand in the tables.
pub fn laid_out(document: &Document) -> String {
    let mut page = Page::default();
    page.title(&inline(&document.title));
    page.paragraph(&format!("**{}**, {}, {}", document.kind, inline(&document.basis), document.date));
    page.paragraph(&format!("*{}*", document.note));
    for section in &document.sections {
        page.section(&inline(&section.title));
        section.blocks.iter().for_each(|content| block(&mut page, content));
    }
    page.rule();
    page.paragraph(&format!("*{}*", document.note));
    page.into_text()
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
        Block::KeyFigures(figures) => {
            let mut table = Table::new(["", "", ""]);
            for figure in figures {
                table.row([inline(&figure.label), format!("**{}**", inline(&figure.value)), inline(&figure.detail)]);
            }
            page.table(&table);
        }
        Block::Table(content) => {
            let mut table = Table::of(content.columns.iter().map(|column| inline(&column.title)).collect());
            content.rows.iter().for_each(|row| table.line(row.iter().map(cell).collect()));
            page.table(&table);
        }
        Block::Signatures(lines) => {
            let mut table = Table::new(["", "Name", "Date", "Signature"]);
            for line in lines {
                table.row([inline(&line.role), String::new(), String::new(), String::new()]);
            }
            page.table(&table);
        }
        Block::Figure(_) | Block::PageBreak => {}
    }
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
