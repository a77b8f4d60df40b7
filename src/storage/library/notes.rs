//! What is noted while the files of a questionnaire are read: its flaws, and where each thing stands.

use std::collections::HashMap;

use crate::domain::questionnaire::style::Advice;
use crate::domain::questionnaire::{Flaw, Subject};
use crate::storage::library::table::quoted;
use crate::storage::library::tree::{Fields, Span, Value};

/// How many flaws are kept: nobody reads more, and a hostile file can have millions.
const MOST_FLAWS: usize = 1000;
/// How many flaws may be there for a similar name still to be looked for, which takes a pass over all names.
const MOST_SUGGESTIONS: usize = 100;
/// How long a name may be to be compared with others.
const LONGEST_NAME: usize = 60;
/// What an id that had to be made up begins with.
const MADE_UP: &str = "unnamed:";

/// A part of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// The index of the file.
    pub file: usize,
    /// The first byte and the one after the last; nothing for the file as a whole.
    pub span: Span,
}

/// A flaw that isn't brought to line and column yet.
#[derive(Clone, Debug)]
pub(super) struct RawFlaw {
    /// Where it is.
    pub spot: Spot,
    /// Where the thing was named first, for one that is there twice.
    pub first: Option<Spot>,
    /// What is wrong: a lowercase fragment without period.
    pub problem: String,
    /// How to mend it: a sentence.
    pub remedy: String,
}

/// A table that a flaw can be about.
#[derive(Clone, Copy)]
struct Known<'d> {
    header: Spot,
    values: &'d Fields<'d>,
}

/// What is noted while the files are read.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each tells of another thing about the files")]
pub(super) struct Notes<'d> {
    flaws: Vec<RawFlaw>,
    has_more: bool,
    known: HashMap<Subject, Vec<Known<'d>>>,
    made_up: usize,
    /// Whether a file could not be read: what it may hold is not missed then.
    pub incomplete: bool,
    /// Whether the files are built in: what they name is there, as the tests hold, and isn't looked up. Nor is it remembered
    /// where anything stands.
    pub are_trusted: bool,
    /// Whether a package's list of what it closes could not be read: what it may close is not missed then.
    pub unsure_of_closes: bool,
}

impl Spot {
    /// Returns the spot for a file as a whole.
    pub fn whole(file: usize) -> Self {
        Self { file, span: None }
    }

    /// Returns the spot of these bytes of a file.
    pub fn new(file: usize, span: std::ops::Range<usize>) -> Self {
        Self { file, span: Some((span.start, span.end)) }
    }

    /// Returns the spot of what stands at a span of the same file.
    pub fn at(self, span: Span) -> Self {
        Self { span, ..self }
    }

    fn holds(&self, other: &Self) -> bool {
        self.file == other.file
            && self.span.zip(other.span).is_some_and(|(own, others)| own.0 <= others.0 && others.1 <= own.1)
    }
}

impl<'d> Notes<'d> {
    /// Returns notes on files that are built in.
    pub fn trusting() -> Self {
        Self { are_trusted: true, ..Self::default() }
    }

    /// Notes a flaw.
    pub fn add(&mut self, spot: Spot, problem: impl Into<String>, remedy: impl Into<String>) {
        self.push(RawFlaw { spot, first: None, problem: problem.into(), remedy: remedy.into() });
    }

    /// Notes that something is there twice.
    pub fn add_second(&mut self, spot: Spot, first: Option<Spot>, problem: String, remedy: String) {
        self.push(RawFlaw { spot, first, problem, remedy });
    }

    fn push(&mut self, flaw: RawFlaw) {
        if self.flaws.len() < MOST_FLAWS {
            self.flaws.push(flaw);
        } else {
            self.has_more = true;
        }
    }

    /// Returns the first flaw that was noted, as a fragment.
    pub fn first(&self) -> Option<&str> {
        self.flaws.first().map(|flaw| flaw.problem.as_str())
    }

    /// Returns whether nothing is wrong so far.
    pub fn is_clean(&self) -> bool {
        self.flaws.is_empty()
    }

    /// Remembers where something stands, so that a flaw of it can be shown there.
    pub fn remember(&mut self, subject: Subject, header: Spot, values: &'d Fields<'d>) {
        if !self.are_trusted {
            self.known.entry(subject).or_default().push(Known { header, values });
        }
    }

    /// Returns whether there is such a thing among those that were remembered.
    pub fn knows(&self, subject: &Subject) -> bool {
        self.known.contains_key(subject)
    }

    /// Returns where the value of a thing's key stands; its id or its header where it has no such key.
    pub fn spot(&self, subject: &Subject, key: &str) -> Option<Spot> {
        let known = self.known.get(subject)?;
        let value = |key| {
            known.iter().find_map(|known| {
                let value = known.values.get(key)?;
                Some(known.header.at(value.span))
            })
        };
        value(key).or_else(|| value("id")).or_else(|| known.first().map(|known| known.header))
    }

    /// Returns an id for something that has none of its own. Only for what has a flaw already.
    pub fn made_up_id(&mut self) -> String {
        self.made_up += 1;
        format!("{MADE_UP}{}", self.made_up)
    }

    /// Returns whether the id is one of [`Self::made_up_id`].
    pub fn is_made_up(id: &str) -> bool {
        id.starts_with(MADE_UP)
    }

    /// Notes a flaw unless the text names something that exists.
    pub fn refer(&mut self, subject: fn(String) -> Subject, text: &str, spot: Spot) {
        if self.are_trusted || self.incomplete || self.knows(&subject(text.to_owned())) {
            return;
        }
        let word = match subject(String::new()) {
            Subject::Question(_) => "question",
            Subject::Requirement(_) => "requirement",
            Subject::Term(_) => "term",
            Subject::Document(_) => "document",
            _ => "package or step",
        };
        let alike = self.known.keys().filter(|known| same_kind(known, &subject(String::new()))).filter_map(id);
        let remedy = match self.nearest(text, alike) {
            Some(meant) => format!("Did you mean {meant:?}?"),
            None => format!("Name the id of a {word} of this questionnaire."),
        };
        self.add(spot, format!("there is no {word} {}", quoted(text)), remedy);
    }

    /// Returns the name that was probably meant. One with another number is another name: 6.1.2 is no slip for 6.1.3.
    pub fn nearest<'n>(&self, text: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
        if self.flaws.len() > MOST_SUGGESTIONS || text.len() > LONGEST_NAME {
            return None;
        }
        // Of three characters, one that differs is too much.
        let far = match text.chars().count() {
            0..=3 => return None,
            count => (count / 3).min(3),
        };
        names
            .filter(|name| name.len().abs_diff(text.len()) <= far && !name.starts_with(MADE_UP))
            .filter(|name| !differ_in_digits_only(name, text))
            .map(|name| (strsim::osa_distance(name, text), name))
            .filter(|(distance, _)| *distance <= far)
            .min()
            .map(|(_, name)| name)
    }

    /// Adds what the domain found, except for what follows from a flaw noted already.
    pub fn add_from_domain(&mut self, flaws: Vec<Flaw>) {
        for Flaw { subject, key, problem, remedy } in flaws {
            let may_be_there = match (&subject, key) {
                (_, "closes") => self.incomplete || self.unsure_of_closes,
                (Subject::Questionnaire, "areas") | (_, "requirements" | "questions" | "when" | "answer") => {
                    self.incomplete
                }
                _ => false,
            };
            let spot = self.spot(&subject, key).unwrap_or_else(|| Spot::whole(0));
            let follows = may_be_there
                || (self.made_up > 0 && problem.contains(MADE_UP))
                || self.flaws.iter().any(|flaw| spot.holds(&flaw.spot));
            if !follows || self.is_clean() {
                self.add(spot, problem, remedy);
            }
        }
    }

    /// Adds advice on a questionnaire that has no flaws, as what is to be told of it.
    pub fn add_advice(&mut self, advice: Vec<Advice>) {
        for Advice { subject, key, item, problem, remedy } in advice {
            let spot = self.item_spot(&subject, key, item).unwrap_or_else(|| Spot::whole(0));
            self.add(spot, problem, remedy);
        }
    }

    /// Returns where an item of the list that is the value of a thing's key stands; the value, where it is none.
    fn item_spot(&self, subject: &Subject, key: &str, item: Option<usize>) -> Option<Spot> {
        let of_item = || {
            self.known.get(subject)?.iter().find_map(|known| {
                let Value::List(items) = &known.values.get(key)?.value else { return None };
                Some(known.header.at(items.get(item?)?.span))
            })
        };
        of_item().or_else(|| self.spot(subject, key))
    }

    /// Returns whether no more flaws are kept, so that it is idle to read on.
    pub fn is_full(&self) -> bool {
        self.flaws.len() >= MOST_FLAWS
    }

    /// Returns the flaws, and whether there are more than those that were kept.
    pub fn into_flaws(self) -> (Vec<RawFlaw>, bool) {
        let has_more = self.has_more || self.is_full();
        (self.flaws, has_more)
    }
}

fn differ_in_digits_only(one: &str, other: &str) -> bool {
    let is_letter = |c: &char| !c.is_ascii_digit();
    one.contains(|c: char| c.is_ascii_digit()) && one.chars().filter(is_letter).eq(other.chars().filter(is_letter))
}

fn same_kind(one: &Subject, other: &Subject) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
}

fn id(subject: &Subject) -> Option<&str> {
    match subject {
        Subject::Questionnaire | Subject::Roadmap => None,
        Subject::Area(id)
        | Subject::Requirement(id)
        | Subject::Question(id)
        | Subject::Driver(id)
        | Subject::Package(id)
        | Subject::Crosswalk(id)
        | Subject::Entry(id)
        | Subject::Check(id)
        | Subject::Term(id)
        | Subject::Document(id) => Some(id),
    }
}
