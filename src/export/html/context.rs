//! What a page can use, as the template's values.

use minijinja::Value;

use crate::export::brand::Brand;
use crate::export::document::{Align, Block, Column, Document, Section, Table};
use crate::export::html::{line, texts};
use crate::export::palette::Role;

/// The roles whose colours a page may change. Those of the levels, and what stands on them, stay.
const RECOLOURED: [Role; 9] =
    [Role::Ink, Role::Muted, Role::Rule, Role::Ground, Role::Accent, Role::Soft, Role::Good, Role::Middling, Role::Bad];

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
        Block::Paragraph(runs) => object([kind("paragraph"), ("runs", line::line(runs))]),
        Block::Remark(runs) => object([kind("remark"), ("runs", line::line(runs))]),
        Block::List { ordered, items } => {
            let tag = if *ordered { "ol" } else { "ul" };
            object([
                kind("list"),
                ("tag", Value::from(tag)),
                ("items", items.iter().map(|item| line::line(item)).collect()),
            ])
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
    let rows = table.rows.iter().map(|row| row.iter().map(line::cell).collect::<Value>());
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

fn kind(word: &'static str) -> (&'static str, Value) {
    ("kind", Value::from(word))
}

fn object<const N: usize>(pairs: [(&'static str, Value); N]) -> Value {
    Value::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value)))
}
