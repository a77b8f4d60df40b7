//! What can be typed when a question was asked.

use crate::domain::level::Level;

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// The level that fits best.
    Answer(Level),
    /// The question doesn't apply, for this reason; without one it is asked for.
    NotApplicable(String),
    /// A note; without a text it is asked for.
    Note(String),
    /// An item of evidence; without a text it is asked for.
    Evidence(String),
    /// The question is left open again.
    Clear,
    /// The next question, and this one stays as it is.
    Skip,
    /// The question before.
    Back,
    /// The next open question.
    Open,
    /// A question by its id.
    Go(String),
    /// The last change is taken back.
    Undo,
    /// What helps to answer, and what can be typed.
    Help,
    /// The question once more.
    Again,
    /// The end.
    Quit,
    /// Nothing that is known.
    Unknown(String),
}

/// What can be typed, for the help.
pub const HELP: &str = "\
You can type:
  0 to 5      the level of which every word is true today
  na REASON   the question does not apply
  i TEXT      write a note
  e TEXT      add an item of evidence, as document:TEXT, record:TEXT or measurement:TEXT
  c           leave the question open again
  s or Enter  go on, and leave the question as it is
  b           go back one question
  n           go to the next open question
  g ID        go to a question, such as g 6.1.2-1
  u           take the last change back
  r           read the question once more
  ?           what helps to answer, and this list
  q           leave; everything is saved already";

impl Command {
    /// Reads a line without its line end.
    #[must_use]
    pub fn read(line: &str) -> Self {
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim().to_owned();
        match word.to_lowercase().as_str() {
            "" | "s" | "skip" | "next" => Self::Skip,
            "na" | "n/a" => Self::NotApplicable(rest),
            "i" | "note" => Self::Note(rest),
            // As on the screen, where n goes on; who used to write notes with it still can.
            "n" if !rest.is_empty() => Self::Note(rest),
            "e" | "evidence" => Self::Evidence(rest),
            "c" | "clear" if rest.is_empty() => Self::Clear,
            "b" | "back" if rest.is_empty() => Self::Back,
            "n" | "o" | "open" if rest.is_empty() => Self::Open,
            "g" | "go" if !rest.is_empty() => Self::Go(rest),
            "u" | "undo" if rest.is_empty() => Self::Undo,
            "r" | "repeat" if rest.is_empty() => Self::Again,
            "?" | "h" | "help" => Self::Help,
            "q" | "quit" | "exit" if rest.is_empty() => Self::Quit,
            word => match word.parse().ok().filter(|_| word.len() == 1 && rest.is_empty()).and_then(Level::new) {
                Some(level) => Self::Answer(level),
                None => Self::Unknown(line.to_owned()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_one_thing() {
        assert_eq!(Command::read("3"), Command::Answer(Level::Operating));
        assert_eq!(Command::read("na  we sell none"), Command::NotApplicable("we sell none".to_owned()));
        assert_eq!(Command::read("i"), Command::Note(String::new()));
        assert_eq!(Command::read("n"), Command::Open);
        assert_eq!(Command::read("n it is"), Command::Note("it is".to_owned()));
        assert_eq!(Command::read(""), Command::Skip);
        assert_eq!(Command::read("Q"), Command::Quit);
        for line in ["6", "33", "3 3", "-1", "+3", "quit now", "answer"] {
            assert_eq!(Command::read(line), Command::Unknown(line.to_owned()));
        }
    }
}
