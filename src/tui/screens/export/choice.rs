//! What is chosen: for whom, with or without names, in which formats.

use std::collections::BTreeSet;

use crate::domain::report::{Audience, Holds, Names};

/// A format that is offered.
#[derive(Clone, Copy, Debug)]
pub struct Offered {
    /// Its word.
    pub word: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it is, in a few words.
    pub what: &'static str,
    /// What it holds, and so for whom it is.
    holds: Holds,
}

/// The formats, those that are handed over first.
pub const FORMATS: [Offered; 9] = [
    Offered { word: "pdf", title: "PDF", what: "to hand over: pages with charts and bookmarks", holds: Holds::Pages },
    Offered { word: "docx", title: "DOCX", what: "the same, to be edited and signed", holds: Holds::Pages },
    Offered { word: "html", title: "HTML", what: "one page for a browser, with charts", holds: Holds::Pages },
    Offered { word: "md", title: "Markdown", what: "plain text with tables", holds: Holds::Pages },
    Offered { word: "xlsx", title: "XLSX", what: "a workbook to fill in and to work with", holds: Holds::Tables },
    Offered {
        word: "csv",
        title: "CSV",
        what: "tables for spreadsheets and scripts, a file each",
        holds: Holds::Tables,
    },
    Offered {
        word: "json",
        title: "JSON",
        what: "everything, for programs and for safe keeping",
        holds: Holds::Everything,
    },
    Offered {
        word: "oscal",
        title: "OSCAL",
        what: "catalog and results, for tools that read OSCAL",
        holds: Holds::Everything,
    },
    Offered { word: "ics", title: "Calendar", what: "packages, milestones and audits by day", holds: Holds::Days },
];

/// What is chosen.
#[derive(Clone, Debug)]
pub struct Choice {
    audience: Audience,
    names: Names,
    of: Option<usize>,
    ticked: BTreeSet<&'static str>,
}

impl Default for Choice {
    fn default() -> Self {
        // Two pages that anybody can read: whoever wants all of it is one key away.
        Self { audience: Audience::Board, names: Names::Shown, of: None, ticked: BTreeSet::from(["pdf"]) }
    }
}

impl Choice {
    /// Returns for whom the reports are.
    pub fn audience(&self) -> Audience {
        self.audience
    }

    /// Returns whether they name people.
    pub fn names(&self) -> Names {
        self.names
    }

    /// Returns the number of steps up to the snapshot that they tell of; none for now.
    pub fn of(&self) -> Option<usize> {
        self.of
    }

    /// Tells of the next of these snapshots, or of the one before: now comes first, then the last snapshot.
    pub fn turn_to_past(&mut self, snapshots: &[usize], by: isize) {
        let all: Vec<Option<usize>> = std::iter::once(None).chain(snapshots.iter().copied().map(Some)).collect();
        self.of = next(&all, &self.of, by);
    }

    /// Returns whether names are shown, in words.
    pub fn told_names(&self) -> &'static str {
        match self.names {
            Names::Shown => "shown",
            Names::LeftOut => "left out, with every text in which one may stand",
        }
    }

    /// Returns whether a format is ticked.
    pub fn has(&self, word: &str) -> bool {
        self.ticked.contains(word)
    }

    /// Returns the words of the formats that are ticked and that the audience may have, in order.
    pub fn formats(&self) -> Vec<&'static str> {
        let offered = FORMATS.iter().filter(|format| self.has(format.word) && format.suits(self.audience));
        offered.map(|format| format.word).collect()
    }

    /// Writes for the next kind of reader, or for the one before.
    pub fn turn_audience(&mut self, by: isize) {
        self.audience = next(&Audience::ALL, &self.audience, by);
    }

    /// Shows names, or leaves them out.
    pub fn turn_names(&mut self) {
        self.names = match self.names {
            Names::Shown => Names::LeftOut,
            Names::LeftOut => Names::Shown,
        };
    }

    /// Ticks a format, or no longer.
    pub fn tick(&mut self, format: &Offered) {
        if !self.ticked.remove(format.word) {
            self.ticked.insert(format.word);
        }
    }
}

/// Returns what is so many places further on, round and round.
fn next<T: Clone + PartialEq>(all: &[T], here: &T, by: isize) -> T {
    let place = all.iter().position(|one| one == here).unwrap_or(0).cast_signed();
    let there = place.wrapping_add(by).rem_euclid(all.len().max(1).cast_signed()).cast_unsigned();
    all.get(there).unwrap_or(here).clone()
}

impl Offered {
    /// Returns whether it has something for an audience that it may see.
    pub fn suits(&self, audience: Audience) -> bool {
        audience.may_have(self.holds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_is_offered_nothing_that_holds_the_gaps() {
        let mut choice = Choice::default();
        FORMATS.iter().filter(|format| format.word != "pdf").for_each(|format| choice.tick(format));
        while choice.audience() != Audience::Full {
            choice.turn_audience(1);
        }
        assert_eq!(choice.formats().len(), FORMATS.len());
        while choice.audience() != Audience::Customer {
            choice.turn_audience(1);
        }
        assert_eq!(choice.formats(), ["pdf", "docx", "html", "md", "xlsx", "csv"]);
    }

    #[test]
    fn a_board_is_offered_pages_and_dates_and_no_tables() {
        let mut choice = Choice::default();
        FORMATS.iter().filter(|format| format.word != "pdf").for_each(|format| choice.tick(format));
        while choice.audience() != Audience::Board {
            choice.turn_audience(1);
        }
        assert_eq!(choice.formats(), ["pdf", "docx", "html", "md", "ics"]);
    }

    #[test]
    fn turning_there_and_back_changes_nothing() {
        let mut choice = Choice::default();
        choice.turn_audience(1);
        choice.turn_audience(-1);
        choice.turn_to_past(&[7, 3], -1);
        assert_eq!(choice.of(), Some(3), "the oldest snapshot is the last one");
        choice.turn_to_past(&[7, 3], 1);
        assert_eq!((choice.audience(), choice.names(), choice.of()), (Audience::Board, Names::Shown, None));
        choice.turn_to_past(&[], 1);
        assert_eq!(choice.of(), None, "without a snapshot there is only now");
    }
}
