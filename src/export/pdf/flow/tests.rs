//! What stands together on a page.

use super::*;
use crate::export::chart::Drawing;
use crate::export::document::{Cell, Table};
use crate::export::palette::Palette;

/// What is told of a page, by how it begins.
const TOLD: [&str; 5] = ["row", "group", "heading", "sentence", "Signature"];

/// Returns what stands on each page: rows by their text, and pictures.
fn pages(section: &Section) -> Vec<Vec<String>> {
    let brand = Brand::default();
    let mut flow = Flow::new(&brand, Rc::new(Pictures::new(&brand.faces))).unwrap();
    flow.section(section, false, false);
    let told = |item: &Item| match &item.shape {
        Shape::Chart { .. } => Some("picture".to_owned()),
        Shape::Lines { text, .. } if TOLD.iter().any(|word| text.content.starts_with(word)) => {
            Some(text.content.clone())
        }
        _ => None,
    };
    flow.sheets.iter().map(|sheet| sheet.items.iter().filter_map(told).collect()).collect()
}

fn table(rows: usize) -> Table {
    let mut table = Table::new("Rows", &[("Row", 1.0)]);
    (0..rows).for_each(|row| table.row([Cell::text(format!("row {row}"))]));
    table
}

#[test]
fn a_picture_that_waits_cuts_no_table_in_two() {
    let mut section = Section::new("only", "Only");
    (0..6).for_each(|_| section.say("word ".repeat(60)));
    section.figure("tall", Some(Drawing::new((100.0, 110.0), "Tall", Palette::default())), 1.0);
    section.table(table(60));
    let told: Vec<String> = pages(&section).concat();
    let place = told.iter().position(|told| told == "picture").unwrap();
    assert!(place == 0 || place == told.len() - 1, "at {place} of {told:?}");
    assert_eq!(told.len(), 61);
}

#[test]
fn no_row_stands_alone_on_a_page() {
    for rows in 30..80 {
        let mut section = Section::new("only", "Only");
        section.table(table(rows));
        for page in pages(&section) {
            assert!(page.len() != 1, "{rows} rows: {page:?}");
        }
    }
}

/// Returns a section with so many lines before what is tested.
fn after_lines(lines: usize) -> Section {
    let mut section = Section::new("only", "Only");
    (0..lines).for_each(|_| section.say("word"));
    section
}

#[test]
fn no_group_stands_at_the_foot_of_a_page_without_a_row_of_its_own() {
    for lines in 0..45 {
        let mut section = after_lines(lines);
        let mut table = Table::new("Rows", &[("One", 1.0), ("Two", 1.0)]);
        for group in 0..4 {
            table.group(vec![Run::plain(format!("group {group}"))]);
            for row in 0..4 {
                table.row([Cell::text(format!("row {row} {}", "word ".repeat(80))), Cell::default()]);
            }
        }
        table.group(vec![Run::plain("group of the end")]);
        (0..2).for_each(|row| table.row([Cell::text(format!("row {row} {}", "word ".repeat(60))), Cell::default()]));
        section.table(table);
        for page in pages(&section) {
            assert!(page.last().is_none_or(|last| !last.starts_with("group")), "{lines} lines: {page:?}");
        }
    }
}

#[test]
fn a_heading_and_the_sentences_below_it_do_not_stand_without_the_table_that_they_lead_to() {
    for lines in 0..45 {
        let mut section = after_lines(lines);
        section.heading("heading");
        section.say("sentence one");
        section.say("sentence two");
        section.table(table(40));
        let pages = pages(&section);
        let page = pages.iter().find(|page| page.iter().any(|told| told == "heading")).unwrap();
        assert!(page.iter().filter(|told| told.starts_with("row")).count() >= 3, "{lines} lines: {page:?}");
    }
}

#[test]
fn a_small_table_stands_on_one_page() {
    for lines in 0..45 {
        let mut section = after_lines(lines);
        section.table(table(10));
        let with_rows = pages(&section).iter().filter(|page| page.iter().any(|told| told.starts_with("row"))).count();
        assert_eq!(with_rows, 1, "{lines} lines");
    }
}

#[test]
fn an_approval_stands_with_rows_that_it_approves() {
    for rows in 20..80 {
        let mut section = Section::new("only", "Only");
        section.table(table(rows));
        section.heading("heading");
        section.add(Block::Signatures(vec![SignatureLine { role: "Top management".to_owned() }; 2]));
        let pages = pages(&section);
        let page = pages.iter().find(|page| page.iter().any(|told| told == "heading")).unwrap();
        assert!(page.iter().filter(|told| told.starts_with("row")).count() >= 2, "{rows} rows: {page:?}");
        assert_eq!(page.iter().filter(|told| *told == "Signature").count(), 2, "{rows} rows: {page:?}");
    }
}

#[test]
fn a_document_does_not_end_with_a_page_of_a_few_lines() {
    let brand = Brand::default();
    for lines in 20..60 {
        let section = after_lines(lines);
        let mut flow = Flow::new(&brand, Rc::new(Pictures::new(&brand.faces))).unwrap();
        flow.section(&section, false, true);
        let last = flow.sheets.last().map_or(0, |sheet| sheet.items.len());
        assert!(flow.sheets.len() == 1 || last >= 5, "{lines} lines: {last} on the last page");
    }
}
