//! The format of a questionnaire's files, described once: the reader takes its keys from here, and the JSON Schema is
//! made from it.

use crate::domain::crosswalk::{Kind, Reuse};
use crate::domain::documents::DocumentKind;
use crate::domain::level::Level;
use crate::domain::profile::{AiActRole, AiRole, Certificate, ProfileKey};
use crate::domain::questionnaire::{EvidenceKind, RequirementKind};
use crate::domain::roadmap::{Milestone, Phase, Size};
use Need::{Must, Optional};

/// What a table holds.
#[derive(Debug)]
pub(super) struct Form {
    /// The name by which the schema refers to it.
    pub name: &'static str,
    /// What the table is.
    pub about: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
}

/// A key of a table.
#[derive(Debug)]
pub(super) struct Field {
    /// The key.
    pub key: &'static str,
    /// Whether it has to be there.
    pub need: Need,
    /// What its value is.
    pub takes: Takes,
    /// What it means.
    pub about: &'static str,
}

/// Whether a key has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// Without it the file has a flaw.
    Must,
    /// It may be left out.
    Optional,
}

/// The words that a value is one of. A function, as the words stand with the types that they stand for.
pub(super) type Words = fn() -> Vec<&'static str>;

/// What a value is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Takes {
    /// A text that isn't empty.
    Text,
    /// A number of at least this.
    Number(f64),
    /// True or false.
    Flag,
    /// A day.
    Day,
    /// A whole number from 1 to 5.
    Level,
    /// One of some words.
    Word(Words),
    /// A list of texts.
    Texts,
    /// A list of words.
    WordList(Words),
    /// A list of this many texts.
    SomeTexts(usize),
    /// Three numbers of at least 0.
    ThreeNumbers,
    /// A table of numbers of at least 0, by word.
    NumberBy(Words),
    /// A table.
    One(&'static Form),
    /// A list of tables.
    Many(&'static Form),
    /// A list of tables, each of one of these forms.
    ManyOf(&'static [&'static Form]),
}

impl Form {
    /// Returns the keys.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().map(|field| field.key)
    }
}

const fn must(key: &'static str, takes: Takes, about: &'static str) -> Field {
    Field { key, need: Must, takes, about }
}

const fn optional(key: &'static str, takes: Takes, about: &'static str) -> Field {
    Field { key, need: Optional, takes, about }
}

/// A role that a question or an exclusion can name; "several" is a role of an organisation only.
pub(super) const AI_ROLES: [AiRole; 3] = [AiRole::User, AiRole::Developer, AiRole::Provider];
/// Whom an obligation can fall on; "several" is a role of an organisation only.
pub(super) const AI_ACT_ROLES: [AiActRole; 4] =
    [AiActRole::Provider, AiActRole::Deployer, AiActRole::Importer, AiActRole::Distributor];
/// What a requirement can be.
pub(super) const REQUIREMENT_KINDS: [RequirementKind; 2] = [RequirementKind::Clause, RequirementKind::Control];

/// Returns the fields of the profile that choose from words.
pub(super) fn choosing_fields() -> Vec<ProfileKey> {
    ProfileKey::ALL.into_iter().filter(|key| !key.choices().is_empty()).collect()
}

fn ai_roles() -> Vec<&'static str> {
    AI_ROLES.map(AiRole::word).to_vec()
}

fn ai_act_roles() -> Vec<&'static str> {
    AI_ACT_ROLES.map(AiActRole::word).to_vec()
}

fn requirement_kinds() -> Vec<&'static str> {
    REQUIREMENT_KINDS.map(RequirementKind::word).to_vec()
}

fn evidence_kinds() -> Vec<&'static str> {
    EvidenceKind::ALL.map(EvidenceKind::word).to_vec()
}

fn level_names() -> Vec<&'static str> {
    Level::ALL.map(Level::name).to_vec()
}

fn phases() -> Vec<&'static str> {
    Phase::ALL.map(Phase::word).to_vec()
}

fn milestones() -> Vec<&'static str> {
    Milestone::ALL.map(Milestone::word).to_vec()
}

fn sizes() -> Vec<&'static str> {
    Size::ALL.map(Size::word).to_vec()
}

fn certificates() -> Vec<&'static str> {
    Certificate::ALL.map(Certificate::word).to_vec()
}

fn crosswalk_kinds() -> Vec<&'static str> {
    Kind::ALL.map(Kind::word).to_vec()
}

fn degrees_of_reuse() -> Vec<&'static str> {
    Reuse::ALL.map(Reuse::word).to_vec()
}

fn document_kinds() -> Vec<&'static str> {
    DocumentKind::ALL.map(DocumentKind::word).to_vec()
}

fn profile_fields() -> Vec<&'static str> {
    choosing_fields().into_iter().map(ProfileKey::word).collect()
}

fn profile_words() -> Vec<&'static str> {
    let mut words: Vec<&str> = choosing_fields().into_iter().flat_map(ProfileKey::choices).copied().collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// `questionnaire.toml`.
pub(super) static HEADER_FILE: Form = Form {
    name: "questionnaire-file",
    about: "questionnaire.toml: what the questionnaire says about itself, and the order of its areas.",
    fields: &[must("questionnaire", Takes::One(&HEADER), "What the questionnaire says about itself.")],
};

pub(super) static HEADER: Form = Form {
    name: "questionnaire",
    about: "What the questionnaire says about itself, and the order of its areas.",
    fields: &[
        must("id", Takes::Text, "The id, of lower-case letters, digits and dashes; the folder is named so."),
        must("version", Takes::Text, "The version of the texts, such as 1.0.0."),
        must("title", Takes::Text, "The title that a person reads."),
        must("language", Takes::Text, "The language of the texts, as a BCP 47 tag such as en."),
        must("licence", Takes::Text, "The licence of the texts."),
        must("notice", Takes::Text, "Whose the texts are, and what they are no substitute for."),
        must("levels", Takes::WordList(level_names), "The names of the six levels, 0 to 5: the scale of ready42."),
        must("areas", Takes::Texts, "The ids of all areas, in the order in which they are walked through."),
    ],
};

/// A file of an area.
pub(super) static AREA_FILE: Form = Form {
    name: "area-file",
    about: "An area, with its requirements and their questions.",
    fields: &[
        must("area", Takes::One(&AREA), "The area."),
        optional("requirement", Takes::Many(&REQUIREMENT), "A requirement of the area; at least one."),
    ],
};

pub(super) static AREA: Form = Form {
    name: "area",
    about: "A group of requirements that are walked through together.",
    fields: &[
        must("id", Takes::Text, "The id, such as A.5."),
        must("title", Takes::Text, "The short title."),
        must("objective", Takes::Text, "What the area is for, in a sentence or two of our own."),
    ],
};

pub(super) static REQUIREMENT: Form = Form {
    name: "requirement",
    about: "Something that an auditor checks.",
    fields: &[
        must("id", Takes::Text, "The id, such as A.5.2."),
        must("title", Takes::Text, "The short title."),
        must("kind", Takes::Word(requirement_kinds), "Whether it can be excluded: a control can, a clause can't."),
        optional("weight", Takes::Number(0.001), "What its questions weigh against those of others; 1 if left out."),
        optional("weight_reason", Takes::Text, "Why the weight isn't 1; needed then."),
        must("intent", Takes::Text, "What an auditor looks for, in our own words."),
        optional("exclude_for", Takes::WordList(ai_roles), "The AI roles that usually leave the control out."),
        optional("exclude_because", Takes::Text, "A justification of the exclusion to edit; needed with exclude_for."),
        optional("question", Takes::Many(&QUESTION), "A question of the requirement; at least one."),
    ],
};

pub(super) static QUESTION: Form = Form {
    name: "question",
    about: "One question, answered with one level.",
    fields: &[
        must("id", Takes::Text, "The id, such as A.5.2-1. Never reused, never renamed: answers hang on it."),
        must("ask", Takes::Text, "One thing to ask, answerable in a room, without \"and\"."),
        must("why", Takes::Text, "What goes wrong without it."),
        must("levels", Takes::SomeTexts(6), "What one would see at each level, 0 to 5, worded for this question."),
        must("evidence", Takes::Many(&EVIDENCE), "Two to five things that one could put on the table."),
        must("pitfall", Takes::Text, "What teams wrongly take for good enough."),
        optional("documented", Takes::Flag, "Whether the Stage 1 audit reads a document here."),
        optional("showstopper", Takes::Flag, "Whether a level below 2 is a potential major nonconformity by itself."),
        optional("quick", Takes::Flag, "Whether it is part of the quick scan."),
        optional(
            "weight",
            Takes::Number(0.001),
            "What it weighs against the others of its requirement; 1 if left out.",
        ),
        optional("weight_reason", Takes::Text, "Why the weight isn't 1; needed then."),
        optional("roles", Takes::WordList(ai_roles), "The AI roles that it concerns; everybody if left out."),
        optional("replaces", Takes::Text, "The id of the question of an earlier version that this one follows."),
    ],
};

pub(super) static EVIDENCE: Form = Form {
    name: "evidence",
    about: "Something that would answer a question.",
    fields: &[
        must(
            "kind",
            Takes::Word(evidence_kinds),
            "What it shows: a document carries up to level 2, a record 3, a measurement 5.",
        ),
        must("what", Takes::Text, "What it is, as a noun phrase."),
    ],
};

/// `roadmap.toml`.
pub(super) static ROADMAP_FILE: Form = Form {
    name: "roadmap-file",
    about: "roadmap.toml: the work that leads to a certificate, and the steps that everybody goes.",
    fields: &[
        must("roadmap", Takes::One(&ROADMAP), "What holds for all packages."),
        must("reference", Takes::One(&REFERENCE), "The organisation that the efforts are stated for."),
        optional("driver", Takes::Many(&DRIVER), "What pulls all efforts in one direction."),
        optional("package", Takes::Many(&PACKAGE), "Work that closes questions, and drops out when they are closed."),
        optional("step", Takes::Many(&STEP), "A step of the way that everybody goes."),
    ],
};

pub(super) static ROADMAP: Form = Form {
    name: "roadmap",
    about: "What holds for all packages.",
    fields: &[
        must(
            "utilisation",
            Takes::Number(0.0),
            "The share of the planned days that goes into the work, above 0, up to 1.",
        ),
        must("consultant_saves", Takes::Number(0.0), "The share of the effort that experienced help saves, 0 to 1."),
        must("source", Takes::Text, "Where these figures come from."),
    ],
};

pub(super) static REFERENCE: Form = Form {
    name: "reference",
    about: "The size of the organisation that the efforts are stated for.",
    fields: &[
        must("headcount", Takes::Number(0.0), "People employed."),
        must("ai_systems", Takes::Number(0.0), "AI systems in scope."),
        must("ai_people", Takes::Number(0.0), "People who do AI work in scope."),
        must("sites", Takes::Number(0.0), "Sites in scope."),
        must("suppliers", Takes::Number(0.0), "Suppliers of AI systems, models or data."),
    ],
};

pub(super) static DRIVER: Form = Form {
    name: "driver",
    about: "Something that makes the whole project easier or harder.",
    fields: &[
        must("id", Takes::Text, "The id."),
        must("title", Takes::Text, "What a person reads."),
        must(
            "pull",
            Takes::Number(0.0),
            "How strongly it correlates all draws, 0 to 1; the squares of all sum to less than 1.",
        ),
        must("source", Takes::Text, "Why it is there, and why it pulls so strongly."),
    ],
};

const CLOSES: &str = "The ids of the questions that it closes.";
const EFFORT: &str = "Person-days from level 0 to 3 in the reference organisation: least, most likely, greatest.";
const WAITING: &str = "Working days that cost nobody's effort: least, most likely, greatest.";
const AFTER: &str = "What has to be finished before: ids of packages and steps, or phase: and the word of a phase.";
const WORKERS: &str = "How many people can work on it at once; 2 if left out.";
const SCALES: &str = "What the effort grows with: the exponent of the ratio to the reference organisation.";
const REUSE: &str = "The share that a certificate saves, 0 to 1.";
const SOURCE: &str = "Where the figures come from, or why they are our estimate.";

pub(super) static PACKAGE: Form = Form {
    name: "package",
    about: "Work that closes questions.",
    fields: &[
        must("id", Takes::Text, "The id."),
        must("title", Takes::Text, "What a person reads."),
        must("phase", Takes::Word(phases), "The phase of the project."),
        must("closes", Takes::Texts, CLOSES),
        must("effort", Takes::ThreeNumbers, EFFORT),
        optional("waiting", Takes::ThreeNumbers, WAITING),
        optional("after", Takes::Texts, AFTER),
        optional("workers", Takes::Number(0.0), WORKERS),
        optional("scales", Takes::NumberBy(sizes), SCALES),
        optional("reuse", Takes::NumberBy(certificates), REUSE),
        must("source", Takes::Text, SOURCE),
    ],
};

pub(super) static STEP: Form = Form {
    name: "step",
    about: "A step of the way that everybody goes.",
    fields: &[
        must("id", Takes::Text, "The id."),
        must("title", Takes::Text, "What a person reads."),
        must("phase", Takes::Word(phases), "The phase of the project."),
        must("effort", Takes::ThreeNumbers, EFFORT),
        optional("waiting", Takes::ThreeNumbers, WAITING),
        optional("after", Takes::Texts, AFTER),
        optional("milestone", Takes::Word(milestones), "The milestone that is reached with its end."),
        optional("booking", Takes::Flag, "Whether the waiting is the profile's booking lead time."),
        optional("chance", Takes::One(&CHANCE), "How likely it is to be needed; always, if left out."),
        optional(
            "eased_by_evidence",
            Takes::Number(0.0),
            "The share of its waiting that existing evidence saves, 0 to 1.",
        ),
        optional("workers", Takes::Number(0.0), WORKERS),
        optional("scales", Takes::NumberBy(sizes), SCALES),
        optional("reuse", Takes::NumberBy(certificates), REUSE),
        must("source", Takes::Text, SOURCE),
    ],
};

pub(super) static CHANCE: Form = Form {
    name: "chance",
    about: "The probability that a step is needed.",
    fields: &[
        must("base", Takes::Number(0.0), "The probability when everything is evidenced, 0 to 1."),
        must("unevidenced", Takes::Number(0.0), "What is added when nothing is, 0 to 1."),
    ],
};

/// `checks.toml`.
pub(super) static CHECKS_FILE: Form = Form {
    name: "checks-file",
    about: "checks.toml: what doesn't fit together.",
    fields: &[optional("check", Takes::Many(&CHECK), "A rule that strikes where all its conditions hold.")],
};

pub(super) static CHECK: Form = Form {
    name: "check",
    about: "A rule that strikes where all its conditions hold.",
    fields: &[
        must("id", Takes::Text, "The id."),
        must("when", Takes::ManyOf(&CONDITIONS), "The conditions; all have to hold."),
        must("says", Takes::Text, "What doesn't fit together, in a sentence."),
        must("ask", Takes::Text, "What to ask next."),
    ],
};

/// What a condition can be.
pub(super) static CONDITIONS: [&Form; 3] = [&ON_QUESTION, &ON_CONTROL, &ON_PROFILE];

pub(super) static ON_QUESTION: Form = Form {
    name: "condition-on-question",
    about: "A condition on an answer: one of the three levels.",
    fields: &[
        must("question", Takes::Text, "The id of the question."),
        optional("at_least", Takes::Level, "It is claimed at this level or above."),
        optional("below", Takes::Level, "It is claimed below this level."),
        optional("evidenced_below", Takes::Level, "Its evidence carries less than this level."),
    ],
};

pub(super) static ON_CONTROL: Form = Form {
    name: "condition-on-control",
    about: "A condition on the Statement of Applicability.",
    fields: &[
        must("requirement", Takes::Text, "The id of the control."),
        must("excluded", Takes::Flag, "Whether it is excluded."),
    ],
};

pub(super) static ON_PROFILE: Form = Form {
    name: "condition-on-profile",
    about: "A condition on the organisation.",
    fields: &[
        must("profile", Takes::Word(profile_fields), "A field of the profile."),
        must("is", Takes::Word(profile_words), "The word that it has."),
    ],
};

/// `glossary.toml`.
pub(super) static GLOSSARY_FILE: Form = Form {
    name: "glossary-file",
    about: "glossary.toml: the words of the field, and the questions that people ask.",
    fields: &[
        optional("entry", Takes::Many(&TERM), "A term."),
        optional("faq", Takes::Many(&ASKED), "A question that people ask."),
    ],
};

pub(super) static TERM: Form = Form {
    name: "term",
    about: "A term with what it means.",
    fields: &[
        must("id", Takes::Text, "The id."),
        must("term", Takes::Text, "The term."),
        optional("also", Takes::Texts, "What it is called as well."),
        must("text", Takes::Text, "What it means, in our own words."),
        optional("see", Takes::Texts, "The ids of what to read next."),
    ],
};

pub(super) static ASKED: Form = Form {
    name: "asked",
    about: "A question that people ask.",
    fields: &[
        must("id", Takes::Text, "The id."),
        must("ask", Takes::Text, "The question."),
        must("answer", Takes::Text, "The answer."),
        optional("see", Takes::Texts, "The ids of what to read next."),
    ],
};

/// `documents.toml`.
pub(super) static DOCUMENTS_FILE: Form = Form {
    name: "documents-file",
    about: "documents.toml: the documented information that an audit reads.",
    fields: &[optional("document", Takes::Many(&DOCUMENT), "A piece of documented information.")],
};

pub(super) static DOCUMENT: Form = Form {
    name: "document",
    about: "A piece of documented information that an audit reads.",
    fields: &[
        must("id", Takes::Text, "The id."),
        must("title", Takes::Text, "What a person reads."),
        must("kind", Takes::Word(document_kinds), "Whether it is kept current, or kept as proof."),
        optional("stage1", Takes::Flag, "Whether the Stage 1 audit reads it."),
        must("requirements", Takes::Texts, "The ids of the requirements that ask for it."),
        must("questions", Takes::Texts, "The ids of the questions that tell whether it is there."),
    ],
};

/// A crosswalk.
pub(super) static CROSSWALK_FILE: Form = Form {
    name: "crosswalk-file",
    about: "crosswalks/*.toml: how the requirements relate to another framework.",
    fields: &[
        must("crosswalk", Takes::One(&CROSSWALK), "What the mapping is."),
        optional("entry", Takes::ManyOf(&ENTRIES), "A part of the other framework; at least one."),
    ],
};

pub(super) static CROSSWALK: Form = Form {
    name: "crosswalk",
    about: "What a mapping to another framework is, and how to read it.",
    fields: &[
        must("id", Takes::Text, "The id."),
        must("title", Takes::Text, "The title that a person reads."),
        must(
            "kind",
            Takes::Word(crosswalk_kinds),
            "What kind of mapping it is; it decides on the keys of the entries.",
        ),
        must("reference", Takes::Text, "The framework, exactly: number, edition, date."),
        must("source", Takes::Text, "Who made the mapping, from what."),
        must("ours", Takes::Flag, "Whether the mapping is ours."),
        must("as_of", Takes::Day, "The day whose state it shows."),
        must("note", Takes::Text, "How to read it, and what it can't say."),
    ],
};

/// What an entry can be, in the order of [`Kind::ALL`].
pub(super) static ENTRIES: [&Form; 4] = [&OBLIGATION, &REUSED, &COVERED, &BOUGHT];

const ENTRY_ID: &str = "The id, unique in the file; the framework's own where it has one.";
const REQUIREMENTS: &str = "The ids of the requirements that bear on it; [] where none does.";
const HELPS: &str = "What of the requirements helps to evidence it.";
const GAP: &str = "What stays uncovered.";

pub(super) static OBLIGATION: Form = Form {
    name: "obligation",
    about: "A legal obligation.",
    fields: &[
        must("id", Takes::Text, ENTRY_ID),
        must("title", Takes::Text, "The short title."),
        must("requirements", Takes::Texts, REQUIREMENTS),
        must("helps", Takes::Text, HELPS),
        must("gap", Takes::Text, GAP),
        optional("roles", Takes::WordList(ai_act_roles), "Whom it falls on; everybody if left out."),
        optional("high_risk", Takes::Flag, "Whether it concerns high-risk AI systems only."),
        must("applies_from", Takes::Day, "The first day on which it applies."),
        optional("applies_note", Takes::Text, "What the date leaves out."),
    ],
};

pub(super) static REUSED: Form = Form {
    name: "reuse",
    about: "What a certificate brings along.",
    fields: &[
        must("id", Takes::Text, ENTRY_ID),
        must("title", Takes::Text, "The short title."),
        must("requirements", Takes::Texts, REQUIREMENTS),
        must("helps", Takes::Text, "What the certificate brings."),
        must("gap", Takes::Text, "What is left to do."),
        must("reuse", Takes::Word(degrees_of_reuse), "How much can be used again."),
    ],
};

pub(super) static COVERED: Form = Form {
    name: "coverage",
    about: "A part of a framework.",
    fields: &[
        must("id", Takes::Text, ENTRY_ID),
        must("title", Takes::Text, "The short title."),
        must("requirements", Takes::Texts, REQUIREMENTS),
        must("helps", Takes::Text, HELPS),
        optional("gap", Takes::Text, GAP),
        optional("text", Takes::Text, "The framework's own text, where it is free."),
    ],
};

pub(super) static BOUGHT: Form = Form {
    name: "buyer",
    about: "What a buyer asks.",
    fields: &[
        must("id", Takes::Text, ENTRY_ID),
        must("title", Takes::Text, "The short title."),
        must("requirements", Takes::Texts, REQUIREMENTS),
        must("question", Takes::Text, "The question, in our own words."),
        must("answer", Takes::Text, "A draft with {fields} that the assessment fills, and [gaps] that a person fills."),
    ],
};

/// All files that a questionnaire is made of.
pub(super) static FILES: [&Form; 7] =
    [&HEADER_FILE, &AREA_FILE, &ROADMAP_FILE, &CROSSWALK_FILE, &CHECKS_FILE, &GLOSSARY_FILE, &DOCUMENTS_FILE];
