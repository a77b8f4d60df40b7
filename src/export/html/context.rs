//! What a page can use, as the template's values.

use minijinja::Value;

use crate::export::brand::Brand;
use crate::export::document::{Align, Block, Cell, Column, Document, Run, Section, Table, TextStyle, Tone};
use crate::export::html::texts;
use crate::export::palette::Role;

/// The roles whose colours a page may change. Those of the levels, and what stands on them, stay.
const RECOLOURED: [Role; 9] =
    [Role::Ink, Role::Muted, Role::Rule, Role::Ground, Role::Accent, Role::Soft, Role::Good, Role::Middling, Role::Bad];

/// The most letters of a cell that stays on one line: those of an id or of a date.
const SHORT: usize = 12;
/// The most letters of a word that is never broken.
const LONG: usize = 28;

/// Returns what the style sheet can use: `colour` and `roles`.
pub(super) fn of_style(brand: &Brand) -> Value {
    let colours = RECOLOURED.map(|role| (role.class().to_owned(), Value::from(brand.palette.of(role).to_string())));
    let roles: Value = RECOLOURED.map(Role::class).into_iter().collect();
    object([("colour", Value::from_pairs(colours)), ("roles", roles)])
}

/// Returns what the page can use: `document`, `version`, and texts by name.
pub(super) fn of_page(document: &Document, brand: &Brand, named: &[(&str, String)]) -> Value {
    let mut pairs = texts(named);
    pairs.push(("document".to_owned(), document_value(document)));
    pairs.push(("version".to_owned(), Value::from(env!("CARGO_PKG_VERSION"))));
    pairs.push(("accent".to_owned(), Value::from(brand.palette.accent.to_string())));
    Value::from_pairs(pairs)
}

fn document_value(document: &Document) -> Value {
    object([
        ("title", Value::from(document.title.clone())),
        ("kind", Value::from(document.kind)),
        ("organisation", Value::from(document.organisation.clone())),
        ("date", Value::from(document.date.clone())),
        ("basis", Value::from(document.basis.clone())),
        ("language", Value::from(document.language.clone())),
        ("prepared_by", Value::from(document.prepared_by.clone())),
        ("confidentiality", Value::from(document.confidentiality.clone())),
        ("note", Value::from(document.note)),
        ("has_cover", Value::from(document.has_cover)),
        ("sections", document.sections.iter().map(section).collect()),
    ])
}

fn section(section: &Section) -> Value {
    object([
        ("id", Value::from(section.id)),
        ("title", Value::from(section.title.clone())),
        ("number", section.number.map_or(Value::from(()), Value::from)),
        ("blocks", section.blocks.iter().map(block).collect()),
    ])
}

fn block(block: &Block) -> Value {
    match block {
        Block::Heading(level, text) => {
            object([kind("heading"), ("level", Value::from(*level)), ("text", Value::from(text.clone()))])
        }
        Block::Paragraph(line) => object([kind("paragraph"), ("runs", runs(line))]),
        Block::Remark(line) => object([kind("remark"), ("runs", runs(line))]),
        Block::List { ordered, items } => {
            let tag = if *ordered { "ol" } else { "ul" };
            object([kind("list"), ("tag", Value::from(tag)), ("items", items.iter().map(|item| runs(item)).collect())])
        }
        Block::KeyFigures(figures) => {
            let figures = figures.iter().map(|figure| {
                object([
                    ("label", Value::from(figure.label.clone())),
                    ("value", Value::from(figure.value.clone())),
                    ("details", figure.detail.lines().map(Value::from).collect()),
                ])
            });
            object([kind("key_figures"), ("figures", figures.collect())])
        }
        Block::Table(content) => table(content),
        Block::Figure(figure) => object([
            kind("figure"),
            ("id", Value::from(figure.id)),
            ("svg", Value::from(figure.drawing.svg(figure.id))),
            ("caption", Value::from(figure.caption.clone())),
        ]),
        Block::Signatures(lines) => {
            let lines = lines.iter().map(|line| object([("role", Value::from(line.role.clone()))]));
            object([kind("signatures"), ("signatures", lines.collect())])
        }
        Block::PageBreak => object([kind("page_break")]),
    }
}

fn table(table: &Table) -> Value {
    let has_head = table.columns.iter().any(|column| !column.title.is_empty());
    let rows = table.rows.iter().map(|row| row.iter().map(cell).collect::<Value>());
    object([
        kind("table"),
        ("caption", Value::from(table.caption.clone())),
        ("has_head", Value::from(has_head)),
        ("columns", table.columns.iter().map(column).collect()),
        ("rows", rows.collect()),
    ])
}

fn column(column: &Column) -> Value {
    let align = match column.align {
        Align::Start => "start",
        Align::End => "end",
    };
    object([("title", Value::from(column.title.clone())), ("align", Value::from(align))])
}

fn cell(cell: &Cell) -> Value {
    let tone = cell.tone.map_or("", |tone| match tone {
        Tone::Good => "good",
        Tone::Middling => "middling",
        Tone::Bad => "bad",
        Tone::Neutral => "neutral",
    });
    let lines = cell.lines.iter().map(|line| runs(line)).collect();
    object([("tone", Value::from(tone)), ("breaks", Value::from(breaks(cell))), ("lines", lines)])
}

/// Returns how the lines of a cell may break: `short` for what stays on one, such as a date or an id, `long` for what has
/// words that would widen the page, and nothing for the rest.
fn breaks(cell: &Cell) -> &'static str {
    let letters = |line: &Vec<Run>| line.iter().map(|run| run.text.chars().count()).sum::<usize>();
    let longest = |run: &Run| run.text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
    if cell.lines.iter().flatten().any(|run| longest(run) > LONG) {
        "long"
    } else if cell.lines.iter().all(|line| letters(line) <= SHORT) {
        "short"
    } else {
        ""
    }
}

fn runs(line: &[Run]) -> Value {
    line.iter().map(run).collect()
}

fn run(run: &Run) -> Value {
    let style = match run.style {
        TextStyle::Plain => "plain",
        TextStyle::Strong => "strong",
        TextStyle::Emphasis => "emphasis",
        TextStyle::Muted => "muted",
    };
    object([("style", Value::from(style)), ("text", Value::from(crate::domain::text::visible(&run.text).into_owned()))])
}

fn kind(word: &'static str) -> (&'static str, Value) {
    ("kind", Value::from(word))
}

fn object<const N: usize>(pairs: [(&'static str, Value); N]) -> Value {
    Value::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value)))
}
