//! What was called saved, and what is there.

use std::collections::{BTreeMap, BTreeSet};

use ready42::{Answer, Workspace};

use crate::program::Program;

/// The name of the assessment that is answered.
pub const NAME: &str = "acme";

/// The levels of all answers.
pub type Found = BTreeMap<String, u8>;

/// What was called saved, and what was tried besides: it may be there, or not.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    saved: Found,
    tried: BTreeMap<String, BTreeSet<u8>>,
    /// How often something was called saved.
    pub acknowledged: usize,
}

impl Ledger {
    /// Notes that an answer is about to be given.
    pub fn tries(&mut self, question: &str, level: u8) {
        self.tried.entry(question.to_owned()).or_default().insert(level);
    }

    /// Notes that an answer was called saved.
    pub fn saved(&mut self, question: &str, level: u8) {
        self.saved.insert(question.to_owned(), level);
        self.tried.remove(question);
        self.acknowledged += 1;
    }

    /// Returns what is lost, or there though nobody answered so. What is found then counts as saved from here on.
    pub fn settle(&mut self, found: Found) -> Vec<String> {
        let mut wrong = vec![];
        for question in self.saved.keys().chain(found.keys()).collect::<BTreeSet<_>>() {
            let (saved, there) = (self.saved.get(question), found.get(question));
            let was_tried =
                there.is_some_and(|level| self.tried.get(question).is_some_and(|levels| levels.contains(level)));
            if saved != there && !was_tried {
                wrong.push(format!("{question}: saved {saved:?}, found {there:?}"));
            }
        }
        self.saved = found;
        self.tried.clear();
        wrong
    }
}

/// Returns the workspace of a program's data, read by this process itself.
pub fn workspace(program: &Program) -> Workspace {
    Workspace::new(Some(program.data()), Some(program.folder().join("config"))).unwrap()
}

/// Returns the levels that are stored.
///
/// # Errors
///
/// Returns why nothing can be read.
pub fn found(program: &Program) -> Result<Found, String> {
    let document = workspace(program).read(NAME).map_err(|error| error.message)?;
    let questions = document.assessment.responses().filter_map(|(id, response)| match &response.answer {
        Some(Answer::Level(level)) => Some((id.to_string(), level.number())),
        Some(Answer::NotApplicable { .. }) | None => None,
    });
    Ok(questions.collect())
}

/// Checks what is stored, and that `doctor` finds nothing damaged. Returns what is wrong.
pub fn check(program: &Program, ledger: &mut Ledger, what: &str) -> Vec<String> {
    let mut wrong = match found(program) {
        Ok(found) => ledger.settle(found),
        Err(error) => vec![error],
    };
    let doctor = program.run(&["doctor"]);
    if doctor.status != Some(0) {
        wrong.push(format!("doctor: {:?} {} {}", doctor.status, doctor.out, doctor.err));
    }
    wrong.into_iter().map(|wrong| format!("{what}: {wrong}")).collect()
}

/// Returns the ids of all questions.
pub fn questions() -> Vec<String> {
    let questionnaire = ready42::Library::new(None).load("iso42001").unwrap().questionnaire;
    questionnaire.items().map(|item| item.question.id.to_string()).collect()
}
