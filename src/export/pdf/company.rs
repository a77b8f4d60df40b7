//! What has to stand together on a page: a heading with what it heads, sentences with the table that they lead to, an
//! approval with what is approved, and the end of a document.

use crate::export::document::{Block, Run};
use crate::export::pdf::flow::{BODY, COMPANY, Flow, GROUP, INDENT, SIGNATURE, Wait};
use crate::export::pdf::sheet::{BOTTOM, MEASURE, TOP};

/// A paragraph that isn't higher than this leads to what is below it.
const LEADING: f32 = 55.0;
/// How much the last page of a document holds at least, where texts end it.
const ENDING: f32 = 130.0;

impl Flow {
    /// Returns how much of what follows has to fit below the heading that stands over it.
    pub(super) fn company(&mut self, blocks: &[Block]) -> f32 {
        let Some((block, rest)) = blocks.split_first() else { return 0.0 };
        match block {
            Block::Figure(figure) if Wait::before(rest.first()) == Wait::Never => {
                self.pictures.tree(&figure.drawing.svg(figure.id)).map_or(0.0, |tree| {
                    let (width, height) = (tree.size().width(), tree.size().height());
                    (MEASURE * figure.share * height / width + 24.0).min(BOTTOM - TOP - 60.0)
                })
            }
            Block::Table(table) => {
                let below = Self::approval(rest);
                self.beginning(table, below)
            }
            // A sentence over a table doesn't stand without it, nor one over a list.
            Block::Paragraph(runs) => {
                let sentence = self.typesetter.set(runs, BODY, MEASURE).height();
                match rest.first() {
                    Some(Block::Table(_) | Block::List { .. } | Block::Paragraph(_)) if sentence <= LEADING => {
                        let below = self.company(rest);
                        (sentence + below + 6.0).min(BOTTOM - TOP - 60.0)
                    }
                    _ => COMPANY,
                }
            }
            Block::List { items, .. } => {
                let mut items = items.iter().take(2);
                let first = items.next().map_or(0.0, |item| self.typesetter.set(item, BODY, MEASURE - INDENT).height());
                let second =
                    items.next().map_or(0.0, |item| self.typesetter.set(item, BODY, MEASURE - INDENT).height());
                (first + second + 3.5).min(COMPANY)
            }
            // A heading below this one has to find its own company.
            Block::Heading(..) => COMPANY + 24.0,
            Block::Signatures(lines) => SIGNATURE * f32::from(u8::try_from(lines.len()).unwrap_or(u8::MAX)),
            _ => COMPANY,
        }
    }

    /// Returns from which block on the end of a document stands together, so that its last page doesn't hold a few lines,
    /// and how high that is.
    pub(super) fn ending(&mut self, blocks: &[Block]) -> (usize, f32) {
        let (mut from, mut high) = (blocks.len(), 0.0);
        for (index, block) in blocks.iter().enumerate().rev() {
            let block_high = match block {
                Block::Heading(..) => 14.0 + GROUP.size * GROUP.leading + 4.0,
                Block::Paragraph(runs) => self.typesetter.set(runs, BODY, MEASURE).height() + 6.0,
                Block::List { items, .. } => {
                    let item = |item: &Vec<Run>| self.typesetter.set(item, BODY, MEASURE - INDENT).height() + 3.5;
                    items.iter().map(item).sum::<f32>() + 4.0
                }
                _ => break,
            };
            if high + block_high > 2.0 * ENDING {
                break;
            }
            (from, high) = (index, high + block_high);
            let has_heading =
                matches!(index.checked_sub(1).and_then(|index| blocks.get(index)), Some(Block::Heading(..)));
            if high >= ENDING && !has_heading {
                break;
            }
        }
        (from, high)
    }

    /// Returns the room that an approval right below a table takes, with its heading: nobody signs apart from the rows that
    /// he signs. None where something else is below.
    pub(super) fn approval(blocks: &[Block]) -> f32 {
        match blocks {
            [Block::Heading(..), Block::Signatures(lines), ..] => {
                let lines = f32::from(u8::try_from(lines.len()).unwrap_or(u8::MAX));
                11.0 + 14.0 + GROUP.size * GROUP.leading + 4.0 + SIGNATURE * lines
            }
            _ => 0.0,
        }
    }
}
