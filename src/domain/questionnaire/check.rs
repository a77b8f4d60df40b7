//! What makes a questionnaire valid, beyond the shape of its files.

use std::collections::{HashMap, HashSet};

use crate::domain::id::{Id, PackageId, QuestionId};
use crate::domain::profile::AiRole;
use crate::domain::questionnaire::{Area, Parts, Question, Requirement, beside};
use crate::domain::roadmap::{Package, PackageKind, Roadmap, ThreePoint};

/// The least weight: small enough to mean next to nothing, and far above where products of weights would vanish.
const LEAST_WEIGHT: f64 = 0.001;
/// The greatest weight: far beyond any sensible one, and far below where a sum would overflow.
const MOST_WEIGHT: f64 = 1000.0;

/// Something that is wrong with a questionnaire, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// What it is about.
    pub subject: Subject,
    /// The key that is wrong, as the file names it.
    pub key: &'static str,
    /// What is wrong: a lowercase fragment without period.
    pub problem: String,
    /// How to mend it: a sentence.
    pub remedy: String,
}

/// What a flaw is about, by its id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The questionnaire as a whole.
    Questionnaire,
    /// An area.
    Area(String),
    /// A requirement.
    Requirement(String),
    /// A question.
    Question(String),
    /// The roadmap as a whole.
    Roadmap,
    /// A driver of the roadmap.
    Driver(String),
    /// A package or step of the roadmap.
    Package(String),
    /// A crosswalk.
    Crosswalk(String),
    /// An entry of a crosswalk, as [`Subject::entry`] names it.
    Entry(String),
    /// A check.
    Check(String),
    /// A term or a question of the glossary.
    Term(String),
    /// A document that an audit reads.
    Document(String),
}

/// The flaws that were found so far.
pub(super) struct Flaws(Vec<Flaw>);

impl Subject {
    /// Returns what a flaw of a crosswalk's entry is about.
    #[must_use]
    pub fn entry(crosswalk: &str, entry: &str) -> Self {
        Self::Entry(format!("{crosswalk}/{entry}"))
    }
}

impl Flaws {
    /// Adds a flaw.
    pub fn add(&mut self, subject: Subject, key: &'static str, problem: impl Into<String>, remedy: impl Into<String>) {
        self.0.push(Flaw { subject, key, problem: problem.into(), remedy: remedy.into() });
    }
}

/// Returns everything that is wrong.
pub(super) fn flaws(parts: &Parts) -> Vec<Flaw> {
    let (header, areas) = (&parts.header, &parts.areas);
    let mut flaws = Flaws(vec![]);
    if !is_slug(&header.id) {
        flaws.add(
            Subject::Questionnaire,
            "id",
            format!("the id {:?} is not made of lower-case letters, digits and dashes", header.id),
            "Choose an id such as \"iso42001\".",
        );
    }
    if areas.is_empty() {
        flaws.add(Subject::Questionnaire, "areas", "there is no area", "Add a file with an [area] and its questions.");
    }
    check_areas(&mut flaws, areas);
    if let Some(roadmap) = &parts.roadmap {
        check_roadmap(&mut flaws, areas, roadmap);
    }
    beside::check(&mut flaws, parts);
    flaws.0
}

fn check_areas(flaws: &mut Flaws, areas: &[Area]) {
    let (mut area_ids, mut requirement_ids, mut question_ids) = (HashSet::new(), HashSet::new(), HashSet::new());
    for area in areas {
        let subject = || Subject::Area(area.id.to_string());
        check_id(flaws, &area.id, &mut area_ids, subject);
        if area.requirements.is_empty() {
            flaws.add(subject(), "id", "the area has no requirement", "Add a [[requirement]] below it.");
        }
        for requirement in &area.requirements {
            let subject = || Subject::Requirement(requirement.id.to_string());
            check_id(flaws, &requirement.id, &mut requirement_ids, subject);
            check_weight(flaws, requirement.weight, subject);
            if requirement.questions.is_empty() {
                flaws.add(
                    subject(),
                    "id",
                    "the requirement has no question",
                    "Add a [[requirement.question]] below it.",
                );
            }
            check_exclusion(flaws, requirement);
            for question in &requirement.questions {
                let subject = || Subject::Question(question.id.to_string());
                check_id(flaws, &question.id, &mut question_ids, subject);
                check_weight(flaws, question.weight, subject);
                check_texts(flaws, question);
            }
        }
    }
}

fn check_exclusion(flaws: &mut Flaws, requirement: &Requirement) {
    let Some(exclusion) = &requirement.exclusion else { return };
    let subject = || Subject::Requirement(requirement.id.to_string());
    if !requirement.can_be_excluded() {
        flaws.add(subject(), "exclude_for", "a clause can't be excluded", "Take `exclude_for` out.");
    }
    if exclusion.roles.is_empty() || exclusion.roles.contains(&AiRole::Several) {
        flaws.add(subject(), "exclude_for", "it is left out for nobody", "Name user, developer or provider.");
    }
    if exclusion.because.trim().is_empty() {
        let remedy = "Word a justification that its user can edit.";
        flaws.add(subject(), "exclude_because", "the justification is empty", remedy);
    }
}

fn check_texts(flaws: &mut Flaws, question: &Question) {
    let subject = || Subject::Question(question.id.to_string());
    if question.ask.trim().is_empty() {
        flaws.add(subject(), "ask", "the question is empty", "Ask one thing, in a sentence.");
    }
    for (number, text) in question.levels.iter().enumerate() {
        let earlier = question.levels.iter().take(number).position(|other| other == text);
        if text.trim().is_empty() {
            flaws.add(
                subject(),
                "levels",
                format!("level {number} is empty"),
                "Say what one would see in the room at this level.",
            );
        } else if let Some(earlier) = earlier {
            flaws.add(
                subject(),
                "levels",
                format!("levels {earlier} and {number} are alike"),
                "Word each level so that two people choose the same number.",
            );
        }
    }
}

/// Checks that an id is made of plain characters and not among those seen, and remembers it.
pub(super) fn check_id<Kind: Clone + Eq + std::hash::Hash>(
    flaws: &mut Flaws,
    id: &Id<Kind>,
    seen: &mut HashSet<Id<Kind>>,
    subject: impl Fn() -> Subject,
) {
    let text = id.as_str();
    let is_plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-:".contains(&b));
    if text.is_empty() || text.len() > 60 || !is_plain {
        flaws.add(
            subject(),
            "id",
            format!("{text:?} can't be an id"),
            "Use 1 to 60 letters, digits, dots, dashes and underscores.",
        );
    }
    if !seen.insert(id.clone()) {
        flaws.add(subject(), "id", format!("the id {text} is there twice"), "Give one of the two another id.");
    }
}

fn check_weight(flaws: &mut Flaws, weight: f64, subject: impl Fn() -> Subject) {
    if !(LEAST_WEIGHT..=MOST_WEIGHT).contains(&weight) {
        flaws.add(
            subject(),
            "weight",
            format!("the weight {weight} is not from {LEAST_WEIGHT} to {MOST_WEIGHT}"),
            "Leave the key out for the weight 1.",
        );
    }
}

fn check_roadmap(flaws: &mut Flaws, areas: &[Area], roadmap: &Roadmap) {
    let settings = &roadmap.settings;
    if !(settings.utilisation > 0.0 && settings.utilisation <= 1.0) {
        flaws.add(Subject::Roadmap, "utilisation", "the utilisation is not above 0 and up to 1", "Try 0.8.");
    }
    if !is_share(settings.consultant_saves) {
        flaws.add(Subject::Roadmap, "consultant_saves", "the share is not from 0 to 1", "Try 0.2.");
    }
    let reference = &settings.reference;
    for (key, size) in [
        ("headcount", reference.headcount),
        ("ai_systems", reference.ai_systems),
        ("ai_people", reference.ai_people),
        ("sites", reference.sites),
        ("suppliers", reference.suppliers),
    ] {
        if !(size > 0.0 && size.is_finite()) {
            flaws.add(Subject::Roadmap, key, format!("{key} of the reference is not above 0"), "Give its size.");
        }
    }
    check_drivers(flaws, roadmap);
    let mut seen = HashSet::new();
    for package in &roadmap.packages {
        check_id(flaws, &package.id, &mut seen, || Subject::Package(package.id.to_string()));
        check_package(flaws, package);
    }
    check_order(flaws, roadmap, &seen);
    check_closes(flaws, areas, roadmap);
}

fn check_drivers(flaws: &mut Flaws, roadmap: &Roadmap) {
    let mut seen = HashSet::new();
    for driver in &roadmap.drivers {
        let subject = || Subject::Driver(driver.id.to_string());
        check_id(flaws, &driver.id, &mut seen, subject);
        if !is_share(driver.pull) {
            flaws.add(subject(), "pull", format!("the pull {} is not from 0 to 1", driver.pull), "Try 0.3.");
        }
    }
    if roadmap.drivers.iter().map(|driver| driver.pull * driver.pull).sum::<f64>() >= 1.0 {
        flaws.add(
            Subject::Roadmap,
            "driver",
            "the squares of the drivers' pulls sum to 1 or more",
            "Lower a pull: something has to be left for the packages themselves.",
        );
    }
}

fn check_package(flaws: &mut Flaws, package: &Package) {
    let subject = || Subject::Package(package.id.to_string());
    for (key, points) in [("effort", package.effort), ("waiting", package.waiting)] {
        let ThreePoint { low, mode, high } = points;
        if !(0.0 <= low && low <= mode && mode <= high && high <= 10_000.0) {
            flaws.add(
                subject(),
                key,
                format!("the three points {low}, {mode}, {high} are not in order, or not from 0 to 10000"),
                "Give the optimistic, the most likely and the pessimistic amount.",
            );
        }
    }
    if !(package.workers > 0.0 && package.workers <= 1000.0) {
        flaws.add(subject(), "workers", "the number of workers is not above 0", "Say how many can work on it at once.");
    }
    if package.scales.iter().any(|(_, exponent)| !(0.0..=2.0).contains(exponent)) {
        flaws.add(
            subject(),
            "scales",
            "an exponent is not from 0 to 2",
            "0 doesn't grow at all, 1 grows in proportion.",
        );
    }
    if package.reuse.iter().any(|(_, share)| !is_share(*share)) {
        flaws.add(subject(), "reuse", "a share is not from 0 to 1", "0.4 saves 40 % of the effort.");
    }
    if let PackageKind::Step(step) = &package.kind {
        let chance = step.chance.map_or([0.0, 0.0], |chance| [chance.base, chance.unevidenced]);
        if !chance.into_iter().all(is_share) {
            flaws.add(subject(), "chance", "a probability is not from 0 to 1", "0.3 is 30 %.");
        }
        if !is_share(step.eased_by_evidence) {
            flaws.add(subject(), "eased_by_evidence", "the share is not from 0 to 1", "0.4 saves 40 % of the waiting.");
        }
    }
}

/// Checks that each package comes after all that it follows: the loader sorts, so what is left is a cycle.
fn check_order(flaws: &mut Flaws, roadmap: &Roadmap, all: &HashSet<PackageId>) {
    let mut done = HashSet::new();
    for package in &roadmap.packages {
        for before in &package.after {
            if !all.contains(before) {
                flaws.add(
                    Subject::Package(package.id.to_string()),
                    "after",
                    format!("there is no package {before}"),
                    "Name the id of a package or step, or \"phase:\" and the word of a phase.",
                );
            }
        }
        done.insert(&package.id);
    }
    let position: HashMap<&PackageId, usize> =
        roadmap.packages.iter().enumerate().map(|(index, package)| (&package.id, index)).collect();
    for (index, package) in roadmap.packages.iter().enumerate() {
        if let Some(late) = package.after.iter().find(|id| position.get(id).is_some_and(|at| *at >= index)) {
            flaws.add(
                Subject::Package(package.id.to_string()),
                "after",
                format!("{} follows {late}, and {late} follows it: a cycle", package.id),
                "Take one of the two out of the other's \"after\".",
            );
        }
    }
}

fn check_closes(flaws: &mut Flaws, areas: &[Area], roadmap: &Roadmap) {
    let questions: HashSet<&QuestionId> = areas
        .iter()
        .flat_map(|area| &area.requirements)
        .flat_map(|requirement| &requirement.questions)
        .map(|question| &question.id)
        .collect();
    let mut closed = HashSet::new();
    for package in &roadmap.packages {
        for question in package.closes() {
            if !questions.contains(question) {
                flaws.add(
                    Subject::Package(package.id.to_string()),
                    "closes",
                    format!("there is no question {question}"),
                    "Name the id of a question of this questionnaire.",
                );
            }
            closed.insert(question);
        }
        if matches!(&package.kind, PackageKind::Work { closes } if closes.is_empty()) {
            flaws.add(
                Subject::Package(package.id.to_string()),
                "closes",
                "the package closes no question",
                "Name the questions, or make it a [[step]].",
            );
        }
    }
    let mut open: Vec<&&QuestionId> = questions.iter().filter(|question| !closed.contains(**question)).collect();
    open.sort();
    for question in open {
        flaws.add(
            Subject::Question(question.to_string()),
            "closes",
            format!("no package of the roadmap closes {question}"),
            "Add it to the \"closes\" of a [[package]] in roadmap.toml.",
        );
    }
}

fn is_share(number: f64) -> bool {
    (0.0..=1.0).contains(&number)
}

fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 60
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
