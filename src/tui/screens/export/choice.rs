//! What is chosen: for whom, with or without names, in which formats.

use std::collections::BTreeSet;

use crate::domain::report::{Audience, Names};

/// A format that is offered.
#[derive(Clone, Copy, Debug)]
pub struct Offered {
    /// Its word.
    pub word: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it is, in a few words.
    pub what: &'static str,
    /// Whether it holds the gaps as data, and so is for nobody who may not see them.
    holds_gaps: bool,
}

/// The formats, those that are handed over first.
pub const FORMATS: [Offered; 9] = [
    Offered { word: "pdf", title: "PDF", what: "to hand over: pages with charts and bookmarks", holds_gaps: false },
    Offered { word: "docx", title: "DOCX", what: "the same, to be edited and signed", holds_gaps: false },
    Offered { word: "html", title: "HTML", what: "one page for a browser, with charts", holds_gaps: false },
    Offered { word: "md", title: "Markdown", what: "plain text with tables", holds_gaps: false },
    Offered { word: "xlsx", title: "XLSX", what: "a workbook to fill in and reckon with", holds_gaps: false },
    Offered { word: "csv", title: "CSV", what: "tables for spreadsheets and scripts, a file each", holds_gaps: false },
    Offered { word: "json", title: "JSON", what: "everything, for programs and for safe keeping", holds_gaps: true },
    Offered { word: "oscal", title: "OSCAL", what: "catalog and results for tools of the trade", holds_gaps: true },
    Offered { word: "ics", title: "Calendar", what: "packages, milestones and audits by day", holds_gaps: true },
];

/// What is chosen.
#[derive(Clone, Debug)]
pub struct Choice {
    audience: Audience,
    names: Names,
    ticked: BTreeSet<&'static str>,
}

impl Default for Choice {
    fn default() -> Self {
        Self { audience: Audience::Full, names: Names::Shown, ticked: BTreeSet::from(["pdf"]) }
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

    /// Returns the same in words.
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

    /// Turns a line of the screen one further, or back.
    pub fn turn(&mut self, line: usize, by: isize) {
        match line {
            0 => {
                let here = Audience::ALL.iter().position(|audience| *audience == self.audience).unwrap_or(0);
                let there = here.cast_signed().wrapping_add(by).rem_euclid(Audience::ALL.len().cast_signed());
                self.audience = Audience::ALL.get(there.cast_unsigned()).copied().unwrap_or_default();
            }
            1 => {
                self.names = match self.names {
                    Names::Shown => Names::LeftOut,
                    Names::LeftOut => Names::Shown,
                };
            }
            line => {
                let Some(format) = line.checked_sub(2).and_then(|index| FORMATS.get(index)) else { return };
                if !self.ticked.remove(format.word) {
                    self.ticked.insert(format.word);
                }
            }
        }
    }
}

impl Offered {
    /// Returns whether it has something for an audience that it may see.
    pub fn suits(&self, audience: Audience) -> bool {
        audience.sees_gaps() || !self.holds_gaps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_is_offered_nothing_that_holds_the_gaps() {
        let mut choice = Choice::default();
        for (line, format) in FORMATS.iter().enumerate() {
            if !choice.has(format.word) {
                choice.turn(line + 2, 1);
            }
        }
        assert_eq!(choice.formats().len(), FORMATS.len());
        while choice.audience() != Audience::Customer {
            choice.turn(0, 1);
        }
        assert_eq!(choice.formats(), ["pdf", "docx", "html", "md", "xlsx", "csv"]);
    }

    #[test]
    fn turning_there_and_back_changes_nothing() {
        for line in 0..FORMATS.len() + 2 {
            let mut choice = Choice::default();
            choice.turn(line, 1);
            choice.turn(line, -1);
            assert_eq!((choice.audience(), choice.names()), (Audience::Full, Names::Shown));
            assert_eq!(choice.formats(), ["pdf"]);
        }
    }
}
