//! Something that is wrong with a questionnaire's files, with its place.

use std::fmt;

/// Something that is wrong with a file of a questionnaire: where, what, and how to mend it.
///
/// All its texts are safe to show on a terminal. `Display` gives the place and the problem, the line with a mark below
/// what is meant, and the remedy; several lines, without a line feed at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocatedFlaw {
    /// The file, as the user would name it; for a built-in one, its path in the source of ready42.
    pub file: String,
    /// The line, from 1; 0 where the flaw is about the file as a whole.
    pub line: usize,
    /// The column in characters, from 1; 0 where the flaw is about the file as a whole.
    pub column: usize,
    /// The line itself, or the part of a long one; empty where the flaw is about the file as a whole.
    pub source_line: String,
    /// What is wrong: a lowercase fragment without period.
    pub problem: String,
    /// How to mend it: a sentence.
    pub remedy: String,
    /// The mark below the line.
    pub(super) mark: Mark,
}

/// What the author of a questionnaire is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Everything that is wrong; nothing, where the questionnaire could be loaded.
    pub flaws: Vec<LocatedFlaw>,
    /// What could be worded better. It keeps nobody from loading it.
    pub advice: Vec<LocatedFlaw>,
}

/// What is marked in a line, in columns of the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// The columns before it.
    pub before: usize,
    /// Its width, at least 1.
    pub width: usize,
}

impl fmt::Display for LocatedFlaw {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gutter = self.line.to_string().len().max(5);
        if self.line == 0 {
            writeln!(out, "{}: {}", self.file, self.problem)?;
        } else {
            writeln!(out, "{}:{}:{}: {}", self.file, self.line, self.column, self.problem)?;
            writeln!(out, "{:>gutter$} | {}", self.line, self.source_line)?;
            let (before, width) = (self.mark.before, self.mark.width);
            writeln!(out, "{:gutter$} | {:before$}{:^<width$}", "", "", "")?;
        }
        write!(out, "{:gutter$} = {}", "", self.remedy)
    }
}
