//! How a questionnaire could be worded better. Advice, never a reason to refuse it.

use std::collections::HashSet;

use crate::domain::crosswalk::{Crosswalk, Detail};
use crate::domain::questionnaire::{EvidenceKind, Question, Questionnaire, Subject};

/// The most words of a sentence: longer ones are lost when somebody reads them aloud.
const MOST_WORDS: usize = 30;
/// The most characters of a level's text: six of them have to fit on a screen of 80 columns.
const MOST_LEVEL: usize = 160;
/// The share of words from which two levels are alike (twice the common ones over all, the Sørensen-Dice coefficient).
/// The most alike pair of the questionnaire that we ship stands at 0.61.
const ALIKE: f64 = 0.8;
/// How many items of evidence a question has.
const EVIDENCE: std::ops::RangeInclusive<usize> = 2..=5;

/// Something that could be worded better, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What it is about.
    pub subject: Subject,
    /// The key, as the file names it.
    pub key: &'static str,
    /// Which item of the key's list, from 0; none where it is about the whole value.
    pub item: Option<usize>,
    /// What is there: a lowercase fragment without period.
    pub problem: String,
    /// How to mend it: a sentence.
    pub remedy: &'static str,
}

/// Returns what could be worded better, in the order of the questionnaire.
#[must_use]
pub fn advice(questionnaire: &Questionnaire) -> Vec<Advice> {
    let mut found = Found(vec![]);
    for area in questionnaire.areas() {
        found.sentences(&Subject::Area(area.id.to_string()), &[("objective", &area.objective)]);
        for requirement in &area.requirements {
            let because = requirement.exclusion.as_ref().map_or("", |exclusion| &exclusion.because);
            let subject = Subject::Requirement(requirement.id.to_string());
            found.sentences(&subject, &[("intent", &requirement.intent), ("exclude_because", because)]);
            requirement.questions.iter().for_each(|question| found.question(question));
        }
    }
    for check in questionnaire.checks() {
        let subject = Subject::Check(check.id.to_string());
        found.sentences(&subject, &[("says", &check.says), ("ask", &check.ask)]);
        found.asks(&subject, &check.ask);
    }
    questionnaire.crosswalks().iter().for_each(|crosswalk| found.crosswalk(crosswalk));
    for entry in &questionnaire.glossary().entries {
        found.sentences(&Subject::Term(entry.id.to_string()), &[("text", &entry.text)]);
    }
    for question in &questionnaire.glossary().questions {
        let subject = Subject::Term(question.id.to_string());
        found.sentences(&subject, &[("ask", &question.ask), ("answer", &question.answer)]);
        found.asks(&subject, &question.ask);
    }
    for package in questionnaire.roadmap().into_iter().flat_map(|roadmap| &roadmap.packages) {
        found.sentences(&Subject::Package(package.id.to_string()), &[("source", &package.source)]);
    }
    found.0
}

struct Found(Vec<Advice>);

impl Found {
    fn add(&mut self, subject: &Subject, key: &'static str, problem: impl Into<String>, remedy: &'static str) {
        self.0.push(Advice { subject: subject.clone(), key, item: None, problem: problem.into(), remedy });
    }

    /// Looks for sentences that are too long to be read aloud.
    fn sentences(&mut self, subject: &Subject, texts: &[(&'static str, &str)]) {
        for (key, text) in texts {
            if let Some(words) = longest_sentence(text).filter(|words| *words > MOST_WORDS) {
                let problem = format!("a sentence of {words} words, more than {MOST_WORDS}");
                self.add(subject, key, problem, "Make two of it.");
            }
        }
    }

    /// Looks at something that is asked.
    fn asks(&mut self, subject: &Subject, ask: &str) {
        if !ask.trim_end().ends_with('?') {
            self.add(subject, "ask", "it asks without a question mark", "End it with a question mark.");
        }
    }

    fn question(&mut self, question: &Question) {
        let subject = Subject::Question(question.id.to_string());
        let texts = [("ask", &question.ask), ("why", &question.why), ("pitfall", &question.pitfall)];
        self.sentences(&subject, &texts.map(|(key, text)| (key, text.as_str())));
        self.asks(&subject, &question.ask);
        let words: Vec<String> = words(&question.ask).collect();
        if words.iter().any(|word| word == "and/or") {
            let remedy = "Ask for one of the two: nobody knows what a yes to both would mean.";
            self.add(&subject, "ask", "it asks \"and/or\"", remedy);
        } else if words.iter().any(|word| word == "and") {
            let remedy = "Ask one thing, and make the other a question of its own.";
            self.add(&subject, "ask", "it asks two things, joined by \"and\"", remedy);
        }
        self.levels(&subject, question);
        if !EVIDENCE.contains(&question.evidence.len()) {
            let noun = if question.evidence.len() == 1 { "item" } else { "items" };
            let problem = format!("{} {noun} of evidence", question.evidence.len());
            self.add(&subject, "evidence", problem, "Name 2 to 5 things that one could put on the table.");
        }
        if question.evidence.iter().all(|hint| hint.kind == EvidenceKind::Document) {
            let remedy = "Name a record or a measurement: a document alone shows no practice.";
            self.add(&subject, "evidence", "no evidence but documents", remedy);
        }
    }

    fn levels(&mut self, subject: &Subject, question: &Question) {
        let word_sets: Vec<HashSet<String>> = question.levels.iter().map(|text| words(text).collect()).collect();
        for (level, (text, own)) in question.levels.iter().zip(&word_sets).enumerate() {
            let mut add = |problem: String, remedy| {
                let (subject, item) = (subject.clone(), Some(level));
                self.0.push(Advice { subject, key: "levels", item, problem, remedy });
            };
            let length = text.chars().count();
            if length > MOST_LEVEL {
                let problem = format!("the text of level {level} has {length} characters, more than {MOST_LEVEL}");
                add(problem, "Say what one would see, and leave the rest out.");
            }
            if let Some(words) = longest_sentence(text).filter(|words| *words > MOST_WORDS) {
                add(format!("a sentence of {words} words, more than {MOST_WORDS}"), "Make two of it.");
            }
            if let Some(other) = word_sets.iter().take(level).position(|other| likeness(own, other) >= ALIKE) {
                let remedy = "Word each level so that two people choose the same number.";
                add(format!("the texts of levels {other} and {level} are much alike"), remedy);
            }
        }
    }

    fn crosswalk(&mut self, crosswalk: &Crosswalk) {
        let subject = Subject::Crosswalk(crosswalk.id.to_string());
        self.sentences(&subject, &[("source", &crosswalk.source), ("note", &crosswalk.note)]);
        for entry in &crosswalk.entries {
            let subject = Subject::entry(crosswalk.id.as_str(), entry.id.as_str());
            match &entry.detail {
                Detail::Obligation(one) => {
                    let texts = [("helps", &one.helps), ("gap", &one.gap), ("applies_note", &one.applies_note)];
                    self.sentences(&subject, &texts.map(|(key, text)| (key, text.as_str())));
                }
                // The text of a coverage is the framework's own.
                Detail::Reuse { helps, gap, .. } | Detail::Coverage { helps, gap, .. } => {
                    self.sentences(&subject, &[("helps", helps), ("gap", gap)]);
                }
                Detail::Buyer { question, answer } => {
                    self.sentences(&subject, &[("question", question), ("answer", answer)]);
                }
            }
        }
    }
}

/// Returns the number of words of the longest sentence; none where there is none.
fn longest_sentence(text: &str) -> Option<usize> {
    let mut count = 0;
    let mut longest = None;
    for word in text.split_whitespace() {
        count += usize::from(word.contains(char::is_alphanumeric));
        longest = longest.max(Some(count));
        if word.trim_end_matches(['"', '\'', ')', '”', '’', ']']).ends_with(['.', '!', '?']) {
            count = 0;
        }
    }
    longest
}

/// Returns the words in lower case, without the marks around them.
fn words(text: &str) -> impl Iterator<Item = String> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    text.split_whitespace().map(bare).filter(|word| !word.is_empty())
}

/// Returns how alike two texts are by their words, 0 to 1 (Sørensen-Dice).
#[expect(clippy::cast_precision_loss, reason = "counts of words are far below 2^52")]
fn likeness(one: &HashSet<String>, other: &HashSet<String>) -> f64 {
    let all = one.len() + other.len();
    if all == 0 { 0.0 } else { 2.0 * one.intersection(other).count() as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::questionnaire::EvidenceHint;
    use crate::domain::testing::{area, clause, question, questionnaire};

    fn hints(kinds: &[EvidenceKind]) -> Vec<EvidenceHint> {
        kinds.iter().map(|kind| EvidenceHint { kind: *kind, what: "Something".to_owned() }).collect()
    }

    /// Returns a question that no advice is given on.
    fn good() -> Question {
        Question { evidence: hints(&[EvidenceKind::Document, EvidenceKind::Record]), ..question("a") }
    }

    fn problems(question: Question) -> Vec<String> {
        let questionnaire = questionnaire(vec![area("4", vec![clause("4.1", vec![question])])]);
        advice(&questionnaire).into_iter().map(|advice| advice.problem).collect()
    }

    #[test]
    fn a_well_worded_question_gets_no_advice() {
        assert_eq!(problems(good()), Vec::<String>::new());
    }

    #[test]
    fn a_question_asks_one_thing_and_with_a_question_mark() {
        let asking = |ask: &str| problems(Question { ask: ask.to_owned(), ..good() });
        assert_eq!(asking("Is the scope written and approved?"), ["it asks two things, joined by \"and\""]);
        assert_eq!(asking("Is the scope written and/or approved?"), ["it asks \"and/or\""]);
        assert_eq!(asking("Say what the scope is."), ["it asks without a question mark"]);
        assert_eq!(asking("Is Anderson's brand handled?"), Vec::<String>::new());
    }

    #[test]
    fn evidence_is_two_to_five_items_of_which_one_is_no_document() {
        use EvidenceKind::{Document, Record};
        let with = |kinds: &[EvidenceKind]| problems(Question { evidence: hints(kinds), ..good() });
        assert_eq!(with(&[Record]), ["1 item of evidence"]);
        assert_eq!(with(&[Record; 6]), ["6 items of evidence"]);
        assert_eq!(with(&[Document, Document]), ["no evidence but documents"]);
        assert_eq!(with(&[Document, Document, Record]), Vec::<String>::new());
    }

    #[test]
    fn levels_are_short_and_differ() {
        let with = |at: usize, text: String| {
            let mut question = good();
            question.levels[at] = text;
            let questionnaire = questionnaire(vec![area("4", vec![clause("4.1", vec![question])])]);
            advice(&questionnaire).into_iter().map(|advice| (advice.item, advice.problem)).collect::<Vec<_>>()
        };
        let told = with(3, "é".repeat(161));
        assert_eq!(told, [(Some(3), "the text of level 3 has 161 characters, more than 160".to_owned())]);
        assert_eq!(with(3, "é".repeat(160)), []);
        let mut question = good();
        question.levels[2] = "The list is written, and approved by top management.".to_owned();
        question.levels[4] = "The list is written and approved by top management!".to_owned();
        assert_eq!(problems(question), ["the texts of levels 2 and 4 are much alike"]);
    }

    #[test]
    fn a_sentence_is_as_long_as_one_can_read_it_aloud() {
        let words = |count: usize| vec!["word"; count].join(" ") + ".";
        let why = |why: String| problems(Question { why, ..good() });
        assert_eq!(why(words(31)), ["a sentence of 31 words, more than 30"]);
        assert_eq!(why(format!("{} {}", words(30), words(30))), Vec::<String>::new());
        assert_eq!(why(format!("{} – {}", "word ".repeat(15).trim(), words(15))), Vec::<String>::new());
    }
}
