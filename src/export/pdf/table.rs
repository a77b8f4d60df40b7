//! Tables over as many pages as they take, with their head on each.

use std::ops::Range;
use std::rc::Rc;

use parley::Alignment;

use crate::export::columns;
use crate::export::document::{Align, Cell, Column, Run, Table, Tone};
use crate::export::palette::Role;
use crate::export::pdf::flow::Flow;
use crate::export::pdf::sheet::{BOTTOM, MEASURE, SIDE, Shape, TOP};
use crate::export::pdf::structure::{Kind, Part};
use crate::export::typeset::{Lines, Type};

const TEXT: Type = Type::new(7.9, 1.3);
const HEAD: Type = Type::new(7.8, 1.25).coloured(Role::Paper).strong();
/// What stays free around a cell's text.
const PAD: (f32, f32) = (4.5, 2.5);
/// A row that is higher than this may be broken over pages.
const WHOLE: f32 = 150.0;
/// A table that isn't higher than this stands on one page.
const SMALL: f32 = 210.0;
/// One that isn't higher than this isn't torn before a quarter of it stands, or this much of it.
const MIDDLE: f32 = 450.0;
/// See [`MIDDLE`].
const PART: f32 = 110.0;
/// How many lines of groups stand together with the row below them: of more, the first ones head nothing.
const HEADS: usize = 3;
/// The most that the last rows of a table keep free for what has to stand below them.
const BELOW: f32 = 300.0;

/// A cell whose text is set, with how far it is put on pages already.
struct Set {
    /// The texts, one below the other.
    texts: Vec<Lines>,
    /// All lines, as (text, line, top, bottom) from the top of the cell's text.
    lines: Vec<(usize, usize, f32, f32)>,
    done: usize,
    part: Option<Part>,
    tone: Option<Tone>,
}

impl Flow {
    /// Sets a table. What is below it, in points, has to stand on the page of its last rows.
    pub fn table(&mut self, part: Part, table: &Table, below: f32) {
        let widths = widths(table);
        let has_head = table.columns.iter().any(|column| !column.title.is_empty());
        let whole = self.structure.add(part, Kind::Table);
        let head = if has_head { self.head(&table.columns, &widths) } else { vec![] };
        let beginning = height(&head) + self.first_rows(table, &widths, below);
        self.need(beginning);
        if has_head {
            let group = self.structure.add(whole, Kind::Head);
            let row = self.structure.add(group, Kind::Row);
            let cells: Vec<Part> = head.iter().map(|_| self.structure.add(row, Kind::HeadCell)).collect();
            self.put_head(&head, &widths, Some(&cells));
        } else {
            let (x, y) = (SIDE, self.y);
            self.put(None, Shape::Rect { at: (x, y), size: (MEASURE, 0.6), role: Role::Rule });
        }
        let rows = self.structure.add(whole, Kind::Rows);
        for (index, cells) in table.rows.iter().enumerate() {
            let row = self.structure.add(rows, Kind::Row);
            if index > 0 {
                let together = self.together(table, index, &widths, below);
                if self.room() < together {
                    self.turn_table(&widths, &head);
                }
            }
            if table.is_group(cells) {
                self.group(cells, row, &widths);
                continue;
            }
            let mut set = self.cells(cells, &table.columns, &widths);
            for cell in &mut set {
                cell.part = Some(self.structure.add(row, Kind::Cell));
            }
            self.row(&mut set, &widths, &head);
        }
        self.y += 11.0;
    }

    /// Returns how much of a table has to stand together at its beginning: its head, the line of its first group, and the
    /// rows after it. What is below it has to stand on the page of its last rows.
    pub fn beginning(&mut self, table: &Table, below: f32) -> f32 {
        let widths = widths(table);
        let head = if table.columns.iter().any(|column| !column.title.is_empty()) {
            self.head(&table.columns, &widths)
        } else {
            vec![]
        };
        height(&head) + self.first_rows(table, &widths, below)
    }

    fn first_rows(&mut self, table: &Table, widths: &[f32], below: f32) -> f32 {
        let (mut high, mut first, mut rows, mut groups, mut is_first) = (0.0, 0.0, 0, 0, true);
        for row in &table.rows {
            let row_high = self.row_high(row, table, widths);
            let is_group = table.is_group(row);
            rows += usize::from(!is_group);
            groups += usize::from(is_group);
            // Three rows, so that none stands alone at the foot of a page; a high one has company enough in itself.
            is_first = is_first
                && match (is_group, rows) {
                    (true, 0) => groups <= HEADS,
                    (false, 1) => true,
                    _ => rows <= 3 && high + row_high <= WHOLE,
                };
            if is_first {
                first = high + if is_group { row_high } else { row_high.min(WHOLE) };
            }
            high += row_high;
            if high > MIDDLE {
                return first;
            }
        }
        if high <= SMALL { high + below.min(BELOW) } else { first.max((high / 4.0).min(PART)) }
    }

    /// Returns how much of a table has to stand together from a row on: the lines of groups with the row that they head,
    /// and the last row but one with the last, so that this one doesn't stand alone at the head of a page.
    fn together(&mut self, table: &Table, from: usize, widths: &[f32], below: f32) -> f32 {
        let below = below.min(BELOW);
        let mut groups = 0.0;
        for (index, row) in table.rows.iter().enumerate().skip(from) {
            let high = self.row_high(row, table, widths);
            if table.is_group(row) {
                groups += high;
                if index + 1 == from + HEADS {
                    return groups;
                }
                continue;
            }
            let rest = match table.rows.get(index + 1..).unwrap_or_default() {
                [] => below,
                [last] if !table.is_group(last) => self.row_high(last, table, widths) + below,
                _ => 0.0,
            };
            return if rest > 0.0 && high + rest <= WHOLE + below {
                groups + high + rest
            } else if groups > 0.0 {
                groups + high.min(WHOLE)
            } else {
                // A row alone finds its own place, broken where it is high.
                0.0
            };
        }
        groups
    }

    fn row_high(&mut self, row: &[Cell], table: &Table, widths: &[f32]) -> f32 {
        if table.is_group(row) { height(&self.across(row)) } else { height(&self.cells(row, &table.columns, widths)) }
    }

    fn across(&mut self, cells: &[Cell]) -> Vec<Set> {
        let whole = [Column { title: String::new(), share: 1.0, align: Align::Start }];
        self.set_cells(cells, &whole, &[MEASURE], TEXT)
    }

    fn head(&mut self, columns: &[Column], widths: &[f32]) -> Vec<Set> {
        let cells: Vec<Cell> = columns.iter().map(|column| Cell::text(&column.title)).collect();
        self.set_cells(&cells, columns, widths, HEAD)
    }

    fn cells(&mut self, cells: &[Cell], columns: &[Column], widths: &[f32]) -> Vec<Set> {
        self.set_cells(cells, columns, widths, TEXT)
    }

    fn set_cells(&mut self, cells: &[Cell], columns: &[Column], widths: &[f32], style: Type) -> Vec<Set> {
        let places = cells.iter().zip(columns).zip(widths);
        places
            .map(|((cell, column), width)| {
                let alignment = match column.align {
                    Align::Start => Alignment::Start,
                    Align::End => Alignment::End,
                };
                let inner = (width - 2.0 * PAD.0).max(8.0);
                let texts: Vec<Lines> = cell
                    .lines
                    .iter()
                    .map(|line: &Vec<Run>| self.typesetter.set(line, style.aligned(alignment), inner))
                    .collect();
                Set { lines: all_lines(&texts), texts, done: 0, part: None, tone: cell.tone }
            })
            .collect()
    }

    /// Puts a line across all columns.
    fn group(&mut self, cells: &[Cell], row: Part, widths: &[f32]) {
        let set = self.across(cells);
        let high = height(&set);
        let y = self.y;
        self.put(None, Shape::Rect { at: (SIDE, y), size: (MEASURE, high), role: Role::Ground });
        let columns = u32::try_from(widths.len()).unwrap_or(u32::MAX);
        let part = self.structure.add(row, Kind::GroupCell(columns));
        for set in &set {
            self.put_lines(set, 0..set.lines.len(), Some(part), (SIDE + PAD.0, y + PAD.1));
        }
        self.y += high;
        let y = self.y;
        self.put(None, Shape::Rect { at: (SIDE, y - 0.25), size: (MEASURE, 0.5), role: Role::Rule });
    }

    fn put_head(&mut self, head: &[Set], widths: &[f32], parts: Option<&[Part]>) {
        let high = height(head);
        let (mut x, y) = (SIDE, self.y);
        self.put(None, Shape::Rect { at: (x, y), size: (MEASURE, high), role: Role::Accent });
        for (index, (cell, width)) in head.iter().zip(widths).enumerate() {
            let part = parts.and_then(|parts| parts.get(index)).copied();
            self.put_lines(cell, 0..cell.lines.len(), part, (x + PAD.0, y + PAD.1));
            x += width;
        }
        self.y += high;
    }

    /// Puts a row: whole where it fits a page of its own, else broken between lines.
    fn row(&mut self, row: &mut [Set], widths: &[f32], head: &[Set]) {
        let high = height(row);
        let page = BOTTOM - TOP - height(head);
        if high > self.room() && (high <= WHOLE || self.room() < 40.0) && high <= page {
            self.turn_table(widths, head);
        }
        loop {
            let room = self.room() - 2.0 * PAD.1;
            let fits: Vec<usize> = row.iter().map(|cell| cell.fitting(room)).collect();
            let rest = row.iter().any(|cell| cell.done < cell.lines.len());
            if rest && fits.iter().all(|fit| *fit == 0) && self.y > TOP + height(head) + 1.0 {
                self.turn_table(widths, head);
                continue;
            }
            self.put_slice(row, widths, &fits);
            if row.iter().all(|cell| cell.done >= cell.lines.len()) {
                return;
            }
            self.turn_table(widths, head);
        }
    }

    fn turn_table(&mut self, widths: &[f32], head: &[Set]) {
        self.turn_within();
        if !head.is_empty() {
            self.put_head(head, widths, None);
        }
    }

    /// Puts as many lines of each cell as are told; at least one where nothing would ever fit.
    fn put_slice(&mut self, row: &mut [Set], widths: &[f32], fits: &[usize]) {
        let stuck = fits.iter().all(|fit| *fit == 0);
        let (mut x, top) = (SIDE, self.y);
        let mut deepest: f32 = 0.0;
        for ((cell, width), fit) in row.iter_mut().zip(widths).zip(fits) {
            let count = if stuck { 1 } else { *fit };
            let last = (cell.done + count).min(cell.lines.len());
            deepest = deepest.max(cell.depth(cell.done..last));
            self.put_lines(cell, cell.done..last, cell.part, (x + PAD.0, top + PAD.1));
            cell.done = last;
            x += width;
        }
        let high = deepest + 2.0 * PAD.1;
        let mut x = SIDE;
        for (cell, width) in row.iter().zip(widths) {
            if let Some(tone) = cell.tone {
                self.put(None, Shape::Rect { at: (x, top + 1.5), size: (2.6, high - 3.0), role: role(tone) });
            }
            x += width;
        }
        self.y += high;
        let y = self.y;
        self.put(None, Shape::Rect { at: (SIDE, y - 0.25), size: (MEASURE, 0.5), role: Role::Rule });
    }

    fn put_lines(&mut self, cell: &Set, lines: Range<usize>, part: Option<Part>, (x, y): (f32, f32)) {
        let offset = cell.lines.get(lines.start).map_or(0.0, |(_, _, top, _)| *top);
        let mut index = lines.start;
        while let Some((text, first, top, _)) = cell.lines.get(index).copied().filter(|_| index < lines.end) {
            let end = cell.lines.iter().take(lines.end).skip(index).take_while(|(other, ..)| *other == text).count();
            if let Some(text) = cell.texts.get(text) {
                let shape =
                    Shape::Lines { text: Rc::clone(text), lines: first..first + end, at: (x, y + top - offset) };
                self.put(part, shape);
            }
            index += end.max(1);
        }
    }
}

impl Set {
    /// Returns how many of the lines that are left fit a height.
    fn fitting(&self, room: f32) -> usize {
        let rest = self.lines.iter().skip(self.done);
        let top = rest.clone().next().map_or(0.0, |(_, _, top, _)| *top);
        rest.take_while(|(_, _, _, bottom)| bottom - top <= room).count()
    }

    fn depth(&self, lines: Range<usize>) -> f32 {
        let (Some(first), Some(last)) = (self.lines.get(lines.start), self.lines.get(lines.end.saturating_sub(1)))
        else {
            return 0.0;
        };
        if lines.is_empty() { 0.0 } else { last.3 - first.2 }
    }
}

fn all_lines(texts: &[Lines]) -> Vec<(usize, usize, f32, f32)> {
    let mut lines = vec![];
    let mut base = 0.0;
    for (number, text) in texts.iter().enumerate() {
        let bounds = text.line_bounds();
        lines.extend(bounds.iter().enumerate().map(|(line, (top, bottom))| (number, line, base + top, base + bottom)));
        base += text.height() + 1.6;
    }
    lines
}

fn height(row: &[Set]) -> f32 {
    if row.is_empty() {
        return 0.0;
    }
    row.iter().map(|cell| cell.depth(0..cell.lines.len())).fold(0.0, f32::max) + 2.0 * PAD.1
}

fn widths(table: &Table) -> Vec<f32> {
    columns::widths(table, columns::Setting { measure: MEASURE, size: TEXT.size, padding: 2.0 * PAD.0 })
}

fn role(tone: Tone) -> Role {
    match tone {
        Tone::Good => Role::Good,
        Tone::Middling => Role::Middling,
        Tone::Bad => Role::Bad,
        Tone::Neutral => Role::Rule,
    }
}
