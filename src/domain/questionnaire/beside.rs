//! What makes checks, crosswalks, glossary and documents valid: whatever they name exists.

use std::collections::HashSet;

use crate::domain::buyers::{self, Piece};
use crate::domain::check::{Check, Condition};
use crate::domain::crosswalk::{Crosswalk, Detail};
use crate::domain::documents::Document;
use crate::domain::glossary::Glossary;
use crate::domain::id::TermId;
use crate::domain::level::Level;
use crate::domain::profile::ProfileKey;
use crate::domain::questionnaire::check::{Flaws, check_id};
use crate::domain::questionnaire::{Parts, RequirementKind, Subject};

/// The ids that there are to be named.
struct Ids<'p> {
    questions: HashSet<&'p str>,
    requirements: HashSet<&'p str>,
    controls: HashSet<&'p str>,
}

/// Checks what stands beside the areas.
pub(super) fn check(flaws: &mut Flaws, parts: &Parts) {
    let requirements = || parts.areas.iter().flat_map(|area| &area.requirements);
    let ids = Ids {
        questions: requirements().flat_map(|one| &one.questions).map(|question| question.id.as_str()).collect(),
        requirements: requirements().map(|one| one.id.as_str()).collect(),
        controls: requirements()
            .filter(|one| one.kind == RequirementKind::Control)
            .map(|one| one.id.as_str())
            .collect(),
    };
    let mut seen = HashSet::new();
    for check in &parts.checks {
        check_id(flaws, &check.id, &mut seen, || Subject::Check(check.id.to_string()));
        check_conditions(flaws, &ids, check);
    }
    let mut seen = HashSet::new();
    for crosswalk in &parts.crosswalks {
        check_id(flaws, &crosswalk.id, &mut seen, || Subject::Crosswalk(crosswalk.id.to_string()));
        check_crosswalk(flaws, &ids, crosswalk);
    }
    check_glossary(flaws, &parts.glossary);
    let mut seen = HashSet::new();
    for document in &parts.documents {
        check_id(flaws, &document.id, &mut seen, || Subject::Document(document.id.to_string()));
        check_document(flaws, &ids, document);
    }
}

fn check_document(flaws: &mut Flaws, ids: &Ids<'_>, document: &Document) {
    let mut add = |key: &'static str, problem: String, remedy: &str| {
        flaws.add(Subject::Document(document.id.to_string()), key, problem, remedy);
    };
    if document.questions.is_empty() {
        let remedy = "Name the questions whose answers tell whether it is there.";
        add("questions", "the document hangs on no question".to_owned(), remedy);
    }
    if document.requirements.is_empty() {
        add("requirements", "no requirement asks for the document".to_owned(), "Name the clauses and controls.");
    }
    for question in document.questions.iter().filter(|id| !ids.questions.contains(id.as_str())) {
        let remedy = "Name the id of a question of this questionnaire.";
        add("questions", format!("there is no question {question}"), remedy);
    }
    for requirement in document.requirements.iter().filter(|id| !ids.requirements.contains(id.as_str())) {
        let remedy = "Name the id of a requirement of this questionnaire.";
        add("requirements", format!("there is no requirement {requirement}"), remedy);
    }
}

fn check_conditions(flaws: &mut Flaws, ids: &Ids<'_>, check: &Check) {
    let mut add = |problem: String, remedy: &str| {
        flaws.add(Subject::Check(check.id.to_string()), "when", problem, remedy);
    };
    if check.when.is_empty() {
        add("the check has no condition".to_owned(), "Say when it strikes.");
    }
    for condition in &check.when {
        if let Some(question) = condition.question().filter(|id| !ids.questions.contains(id.as_str())) {
            add(format!("there is no question {question}"), "Name the id of a question of this questionnaire.");
        }
        if let Some(control) = condition.requirement().filter(|id| !ids.controls.contains(id.as_str())) {
            add(format!("there is no control {control}"), "Name the id of a control: clauses can't be excluded.");
        }
        if let Condition::AtLeast(_, Level::Absent)
        | Condition::Below(_, Level::Absent)
        | Condition::EvidencedBelow(_, Level::Absent) = condition
        {
            add("the level 0 parts nothing from nothing".to_owned(), "Give a level from 1 to 5.");
        }
        if let Condition::Profile(key, word) = condition
            && !key.choices().contains(word)
        {
            add(format!("{} is never {word:?}", key.word()), "Give a word that the field takes.");
        }
    }
}

fn check_crosswalk(flaws: &mut Flaws, ids: &Ids<'_>, crosswalk: &Crosswalk) {
    if crosswalk.entries.is_empty() {
        flaws.add(
            Subject::Crosswalk(crosswalk.id.to_string()),
            "id",
            "the crosswalk has no entry",
            "Add an [[entry]] below it.",
        );
    }
    let mut seen = HashSet::new();
    for entry in &crosswalk.entries {
        let subject = || Subject::entry(crosswalk.id.as_str(), entry.id.as_str());
        if entry.id.as_str().trim().is_empty() || entry.id.as_str().len() > 60 {
            flaws.add(subject(), "id", format!("{:?} can't be an id", entry.id.as_str()), "Use 1 to 60 characters.");
        }
        if !seen.insert(&entry.id) {
            let problem = format!("the id {} is there twice", entry.id);
            flaws.add(subject(), "id", problem, "Give one of the two another id.");
        }
        if entry.detail.kind() != crosswalk.kind {
            let problem = format!("the entry is not of the kind {:?}", crosswalk.kind.word());
            flaws.add(subject(), "id", problem, "Give it what its crosswalk's kind asks for.");
        }
        for requirement in entry.requirements.iter().filter(|id| !ids.requirements.contains(id.as_str())) {
            let remedy = "Name the id of a requirement of this questionnaire.";
            flaws.add(subject(), "requirements", format!("there is no requirement {requirement}"), remedy);
        }
        if let Detail::Buyer { answer, .. } = &entry.detail {
            let problems = template_problems(ids, answer);
            if !problems.is_empty() {
                let remedy = "Write {fields} as the id of a requirement or a word of the profile, such as {organisation}, \
                              and in [square brackets] what a person fills in.";
                flaws.add(subject(), "answer", problems.join("; "), remedy);
            }
        }
    }
}

/// Returns what is wrong with the template of an answer.
fn template_problems(ids: &Ids<'_>, template: &str) -> Vec<String> {
    let problem = |piece| match piece {
        Piece::Field(field) if !ids.requirements.contains(field) && ProfileKey::from_word(field).is_none() => {
            Some(format!("nothing fills {{{field}}}"))
        }
        Piece::Gap(gap) if gap.trim().is_empty() => Some("a gap is empty".to_owned()),
        Piece::Text(text) if text.contains(['{', '}', '[', ']']) => Some("a brace or bracket stands alone".to_owned()),
        Piece::Text(_) | Piece::Field(_) | Piece::Gap(_) => None,
    };
    buyers::pieces(template).filter_map(problem).collect()
}

fn check_glossary(flaws: &mut Flaws, glossary: &Glossary) {
    let entries = glossary.entries.iter().map(|entry| (&entry.id, &entry.see));
    let all: Vec<(&TermId, &Vec<TermId>)> =
        entries.chain(glossary.questions.iter().map(|question| (&question.id, &question.see))).collect();
    let mut seen = HashSet::new();
    for (id, _) in &all {
        check_id(flaws, *id, &mut seen, || Subject::Term(id.to_string()));
    }
    for (id, see) in &all {
        for other in see.iter().filter(|other| !seen.contains(*other)) {
            let remedy = "Name the id of an [[entry]] or a [[faq]] of the glossary.";
            flaws.add(Subject::Term(id.to_string()), "see", format!("there is no term {other}"), remedy);
        }
    }
}
