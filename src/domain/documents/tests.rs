//! When a document is there.

use crate::domain::documents::Presence::{Missing, NotNeeded, Open, Partial, Present};
use crate::domain::documents::{DocumentKind, Presence, presence};
use crate::domain::level::Level;

/// The levels of the questions, and what they make of a document and of a record.
type Row = (&'static [Option<u8>], Presence, Presence);

#[test]
fn each_combination_of_answers_gives_its_presence() {
    let rows: [Row; 11] = [
        (&[], NotNeeded, NotNeeded),
        (&[None], Open, Open),
        (&[Some(0)], Missing, Missing),
        (&[Some(1), Some(0)], Missing, Missing),
        (&[Some(1), None], Missing, Missing),
        (&[Some(1), Some(2)], Partial, Partial),
        (&[Some(2)], Present, Partial),
        (&[Some(2), Some(3)], Present, Partial),
        (&[Some(3), Some(5)], Present, Present),
        (&[Some(3), None], Open, Open),
        (&[Some(2), None], Open, Partial),
    ];
    for (levels, document, record) in rows {
        let levels: Vec<Option<Level>> = levels.iter().map(|level| level.and_then(Level::new)).collect();
        assert_eq!(presence(&levels, DocumentKind::Document.bar()), document, "a document at {levels:?}");
        assert_eq!(presence(&levels, DocumentKind::Record.bar()), record, "a record at {levels:?}");
    }
}
