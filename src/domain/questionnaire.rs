//! Areas, requirements and questions, as data, with what stands beside them.

mod beside;
mod check;
mod later;
pub mod style;

use std::collections::HashMap;

use crate::domain::check::Check;
use crate::domain::crosswalk::{self, Crosswalk};
use crate::domain::documents::Document;
use crate::domain::glossary::Glossary;
use crate::domain::id::{AreaId, QuestionId, RequirementId};
use crate::domain::level::Level;
use crate::domain::profile::AiRole;
use crate::domain::roadmap::Roadmap;

pub use check::{Flaw, Subject};
pub use later::Beside;
use later::Later;

/// A questionnaire. One that exists is valid: ids are unique, weights are positive, whatever it names exists.
#[derive(Clone, Debug, PartialEq)]
pub struct Questionnaire {
    header: Header,
    areas: Vec<Area>,
    checks: Vec<Check>,
    beside: Later,
    places: HashMap<QuestionId, Place>,
    requirements: HashMap<RequirementId, (usize, usize)>,
    canonical: Vec<Place>,
}

/// What a questionnaire is made of; nothing says yet that it fits together.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// What it says about itself.
    pub header: Header,
    /// The areas in the order in which they are walked through.
    pub areas: Vec<Area>,
    /// The work packages and audit steps, where there are some.
    pub roadmap: Option<Roadmap>,
    /// What doesn't fit together, in the order of the file.
    pub checks: Vec<Check>,
    /// How the requirements relate to other frameworks, sorted by file name.
    pub crosswalks: Vec<Crosswalk>,
    /// The words of the field, and the questions that people ask.
    pub glossary: Glossary,
    /// The documented information that an audit reads, in the order of the file.
    pub documents: Vec<Document>,
}

/// What a questionnaire says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The id, such as `iso42001`: lower-case letters, digits and dashes.
    pub id: String,
    /// The version of the texts, such as `1.0.0`.
    pub version: String,
    /// The title that a person reads.
    pub title: String,
    /// The language of the texts, as a BCP 47 tag.
    pub language: String,
    /// The licence of the texts.
    pub licence: String,
    /// The note on whose the texts are, and what they are no substitute for.
    pub notice: String,
}

/// A group of requirements that are walked through together: a clause, or an area of controls.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// The id, such as `6` or `A.5`.
    pub id: AreaId,
    /// The short title.
    pub title: String,
    /// What the area is for, in a sentence or two.
    pub objective: String,
    /// Its requirements, in the order of the standard; never empty.
    pub requirements: Vec<Requirement>,
}

/// Something that an auditor checks: a clause or a control.
#[derive(Clone, Debug, PartialEq)]
pub struct Requirement {
    /// The id, such as `6.1.2` or `A.5.2`.
    pub id: RequirementId,
    /// The short title.
    pub title: String,
    /// Whether it can be excluded.
    pub kind: RequirementKind,
    /// What its questions weigh against those of other requirements; positive, 1 where the file says nothing.
    pub weight: f64,
    /// Why the weight isn't 1.
    pub weight_reason: String,
    /// What an auditor looks for.
    pub intent: String,
    /// For whom it is typically left out; none for a clause, and for a control that everybody needs.
    pub exclusion: Option<UsualExclusion>,
    /// Its questions; never empty.
    pub questions: Vec<Question>,
}

/// For whom a control is typically left out. A proposal to decide on, never a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsualExclusion {
    /// The AI roles; never empty, and never several at once.
    pub roles: Vec<AiRole>,
    /// A justification to edit.
    pub because: String,
}

/// Whether a requirement can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequirementKind {
    /// A requirement of the management system itself: it can't be excluded.
    Clause,
    /// A control: it can be excluded, with a justification, in the Statement of Applicability.
    Control,
}

/// One question, answered with one level.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The id, such as `6.1.2-1`.
    pub id: QuestionId,
    /// The question itself.
    pub ask: String,
    /// What goes wrong without it.
    pub why: String,
    /// What one would see at each level, 0 to 5, worded for this question.
    pub levels: [String; 6],
    /// What one can put on the table.
    pub evidence: Vec<EvidenceHint>,
    /// What teams wrongly take for good enough.
    pub pitfall: String,
    /// What it weighs against the other questions of its requirement; positive.
    pub weight: f64,
    /// Why the weight isn't 1.
    pub weight_reason: String,
    /// Whether the Stage 1 audit reads a document, or its absence, here.
    pub documented: bool,
    /// Whether a level below 2 is a potential major nonconformity by itself.
    pub showstopper: bool,
    /// Whether it is part of the quick scan.
    pub quick: bool,
    /// The AI roles that it concerns; empty for everybody.
    pub roles: Vec<AiRole>,
    /// The question of an earlier version that this one follows.
    pub replaces: Option<QuestionId>,
}

/// A kind of thing that shows a practice to an auditor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceKind {
    /// A policy, a procedure: something that says how it is done. It carries up to level 2.
    Document,
    /// Minutes, logs, a filled-in assessment: something that shows it was done. It carries up to level 3.
    Record,
    /// A metric, an audit result: something that shows how well it works. It carries up to level 5.
    Measurement,
}

/// An example of evidence that would answer a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceHint {
    /// Its kind.
    pub kind: EvidenceKind,
    /// What it is, as a noun phrase.
    pub what: String,
}

/// Where a question stands in its questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The index of its area.
    pub area: usize,
    /// The index of its requirement in the area.
    pub requirement: usize,
    /// The index of the question in the requirement.
    pub question: usize,
}

/// A question with what it belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Item<'a> {
    /// The area.
    pub area: &'a Area,
    /// The requirement.
    pub requirement: &'a Requirement,
    /// The question.
    pub question: &'a Question,
}

impl Questionnaire {
    /// Returns the questionnaire of these areas, without checks, crosswalks and glossary.
    ///
    /// # Errors
    ///
    /// As [`Questionnaire::of`].
    pub fn new(header: Header, areas: Vec<Area>, roadmap: Option<Roadmap>) -> Result<Self, Vec<Flaw>> {
        let (checks, crosswalks, glossary, documents) = (vec![], vec![], Glossary::default(), vec![]);
        Self::of(Parts { header, areas, roadmap, checks, crosswalks, glossary, documents })
    }

    /// Returns the questionnaire made of these parts.
    ///
    /// # Errors
    ///
    /// Returns all flaws at once: ids that are there twice, weights that are no weights, names of things that don't
    /// exist, cycles in the roadmap.
    pub fn of(parts: Parts) -> Result<Self, Vec<Flaw>> {
        let flaws = check::flaws(&parts);
        if !flaws.is_empty() {
            return Err(flaws);
        }
        let Parts { header, areas, roadmap, checks, crosswalks, glossary, documents } = parts;
        let beside = Beside { roadmap, crosswalks, glossary, documents };
        Ok(Self::indexed(header, areas, checks, beside.into()))
    }

    /// Returns the questionnaire of these areas and checks; what stands beside them is made when it is first asked for.
    ///
    /// Nothing checks any of it: it has to come from files that were checked, as those are that are built in.
    pub fn trusted(
        header: Header,
        areas: Vec<Area>,
        checks: Vec<Check>,
        make: impl Fn() -> Beside + Send + Sync + 'static,
    ) -> Self {
        Self::indexed(header, areas, checks, Later::new(make))
    }

    fn indexed(header: Header, areas: Vec<Area>, checks: Vec<Check>, beside: Later) -> Self {
        let mut places = HashMap::new();
        let mut requirements = HashMap::new();
        for (a, area) in areas.iter().enumerate() {
            for (r, requirement) in area.requirements.iter().enumerate() {
                requirements.insert(requirement.id.clone(), (a, r));
                for (q, question) in requirement.questions.iter().enumerate() {
                    places.insert(question.id.clone(), Place { area: a, requirement: r, question: q });
                }
            }
        }
        let mut by_id: Vec<(&QuestionId, Place)> = places.iter().map(|(id, place)| (id, *place)).collect();
        by_id.sort_unstable_by(|a, b| a.0.cmp(b.0));
        let canonical = by_id.into_iter().map(|(_, place)| place).collect();
        Self { header, areas, checks, beside, places, requirements, canonical }
    }

    /// Returns what the questionnaire says about itself.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Returns the areas in the order in which they are walked through.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// Returns the work packages and audit steps, where the questionnaire has some.
    #[must_use]
    pub fn roadmap(&self) -> Option<&Roadmap> {
        self.beside.get().roadmap.as_ref()
    }

    /// Returns the rules on what doesn't fit together, in the order of the file.
    #[must_use]
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// Returns how the requirements relate to other frameworks, sorted by file name.
    #[must_use]
    pub fn crosswalks(&self) -> &[Crosswalk] {
        &self.beside.get().crosswalks
    }

    /// Returns the crosswalks of a kind.
    pub fn crosswalks_of(&self, kind: crosswalk::Kind) -> impl Iterator<Item = &Crosswalk> {
        self.beside.get().crosswalks.iter().filter(move |crosswalk| crosswalk.kind == kind)
    }

    /// Returns the words of the field, and the questions that people ask; empty where the questionnaire has none.
    #[must_use]
    pub fn glossary(&self) -> &Glossary {
        &self.beside.get().glossary
    }

    /// Returns the documented information that an audit reads, in the order of the file.
    #[must_use]
    pub fn documents(&self) -> &[Document] {
        &self.beside.get().documents
    }

    /// Returns every requirement with its area, in order.
    pub fn requirements(&self) -> impl Iterator<Item = (&Area, &Requirement)> {
        self.areas.iter().flat_map(|area| area.requirements.iter().map(move |requirement| (area, requirement)))
    }

    /// Returns every question with what it belongs to, in order.
    pub fn items(&self) -> impl Iterator<Item = Item<'_>> {
        self.requirements().flat_map(|(area, requirement)| {
            requirement.questions.iter().map(move |question| Item { area, requirement, question })
        })
    }

    /// Returns the number of questions; never 0.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a questionnaire that exists is never empty")]
    pub fn len(&self) -> usize {
        self.canonical.len()
    }

    /// Returns the places of all questions, sorted by question id.
    ///
    /// Sums run in this order, so that no figure depends on the order of files (to the last bit).
    #[must_use]
    pub fn canonical(&self) -> &[Place] {
        &self.canonical
    }

    /// Returns what stands at a place of this questionnaire.
    #[must_use]
    pub fn at(&self, place: Place) -> Option<Item<'_>> {
        let area = self.areas.get(place.area)?;
        let requirement = area.requirements.get(place.requirement)?;
        let question = requirement.questions.get(place.question)?;
        Some(Item { area, requirement, question })
    }

    /// Returns where a question stands.
    #[must_use]
    pub fn place(&self, id: &QuestionId) -> Option<Place> {
        self.places.get(id).copied()
    }

    /// Returns a question with what it belongs to.
    #[must_use]
    pub fn item(&self, id: &QuestionId) -> Option<Item<'_>> {
        self.at(self.place(id)?)
    }

    /// Returns a requirement with its area.
    #[must_use]
    pub fn requirement(&self, id: &RequirementId) -> Option<(&Area, &Requirement)> {
        let (a, r) = *self.requirements.get(id)?;
        let area = self.areas.get(a)?;
        Some((area, area.requirements.get(r)?))
    }
}

/// Returns a questionnaire with so many copies of all areas of another one, for measuring how work grows with its size.
/// Ids begin with the number of the copy, so that those of a copy stand together when ids are sorted, as those of an area do
/// in every questionnaire; what stands beside the areas is left out.
///
/// # Panics
///
/// Never: the copies of valid areas, under ids of their own, are valid.
#[must_use]
pub fn multiplied(questionnaire: &Questionnaire, times: usize) -> Questionnaire {
    let copy = |number: usize, area: &Area| {
        let mut area = area.clone();
        area.id = AreaId::new(format!("{number:03}:{}", area.id));
        for requirement in &mut area.requirements {
            requirement.id = RequirementId::new(format!("{number:03}:{}", requirement.id));
            for question in &mut requirement.questions {
                question.id = QuestionId::new(format!("{number:03}:{}", question.id));
            }
        }
        area
    };
    let areas = (0..times).flat_map(|number| questionnaire.areas().iter().map(move |area| copy(number, area)));
    Questionnaire::new(questionnaire.header().clone(), areas.collect(), None)
        .expect("copies of valid areas under ids of their own are valid")
}

impl Requirement {
    /// Returns whether the requirement may be excluded, or a question of it answered with not applicable.
    #[must_use]
    pub fn can_be_excluded(&self) -> bool {
        self.kind == RequirementKind::Control
    }
}

impl Question {
    /// Returns what one would see at this level.
    #[must_use]
    pub fn level_text(&self, level: Level) -> &str {
        self.levels.get(usize::from(level.number())).map_or("", String::as_str)
    }

    /// Returns what is to be reached for this level. The texts of levels 1 and 2 say it before their semicolon, and behind
    /// it what is still missing at that level: nobody is told to aim for that.
    #[must_use]
    pub fn goal(&self, level: Level) -> String {
        let text = self.level_text(level);
        match text.split_once(';').filter(|_| level < Level::Operating) {
            Some((reached, _)) => format!("{reached}."),
            None => text.to_owned(),
        }
    }

    /// Returns whether the question concerns an organisation in this role towards AI.
    #[must_use]
    pub fn concerns(&self, role: AiRole) -> bool {
        role == AiRole::Several || self.roles.is_empty() || self.roles.contains(&role)
    }
}

impl RequirementKind {
    /// Returns the word for it in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Clause => "clause",
            Self::Control => "control",
        }
    }
}

impl EvidenceKind {
    /// All kinds, the one that carries least first.
    pub const ALL: [Self; 3] = [Self::Document, Self::Record, Self::Measurement];

    /// Returns the word for it on screens and in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Record => "record",
            Self::Measurement => "measurement",
        }
    }

    /// Returns the kind with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Returns the highest level that an item of this kind would carry before an auditor.
    #[must_use]
    pub fn carries(self) -> Level {
        match self {
            Self::Document => Level::Documented,
            Self::Record => Level::Operating,
            Self::Measurement => Level::Improving,
        }
    }
}
