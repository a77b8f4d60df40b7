//! The words of the field, and the questions that people ask, as data.

use crate::domain::id::TermId;

/// Terms and questions, in the order of the file. Ids are unique over both; each `see` names one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glossary {
    /// The terms.
    pub entries: Vec<Entry>,
    /// The questions that people ask before they begin.
    pub questions: Vec<Question>,
}

/// A term with what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The id.
    pub id: TermId,
    /// The term.
    pub term: String,
    /// What it is called as well.
    pub also: Vec<String>,
    /// What it means, in our own words.
    pub text: String,
    /// What to read next.
    pub see: Vec<TermId>,
}

/// A question that people ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The id.
    pub id: TermId,
    /// The question.
    pub ask: String,
    /// The answer.
    pub answer: String,
    /// What to read next.
    pub see: Vec<TermId>,
}

impl Glossary {
    /// Returns the term with this id.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id.as_str() == id)
    }

    /// Returns the question with this id.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id.as_str() == id)
    }

    /// Returns the number of terms and questions.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len() + self.questions.len()
    }

    /// Returns whether there is neither a term nor a question.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
