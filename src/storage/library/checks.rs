//! `checks.toml`: what doesn't fit together.

use crate::domain::check::{Check, Condition};
use crate::domain::id::{CheckId, QuestionId, RequirementId};
use crate::domain::level::Level;
use crate::domain::profile::ProfileKey;
use crate::domain::questionnaire::Subject;
use crate::storage::library::format;
use crate::storage::library::notes::{Notes, Spot};
use crate::storage::library::table::{Table, Unread};
use crate::storage::library::tree::Fields;

/// The name of the file.
pub(super) const NAME: &str = "checks.toml";

/// What a condition can be about.
const ABOUT: [&str; 3] = ["question", "requirement", "profile"];
const ON_LEVEL: [&str; 3] = ["at_least", "below", "evidenced_below"];

/// Reads the file; something to go on with where it is faulty. The areas have to be read before it.
pub(super) fn read<'d>(file: usize, document: &'d Fields<'d>, notes: &mut Notes<'d>) -> Vec<Check> {
    let mut root = Table::open((document, Spot::whole(file)), &format::CHECKS_FILE, notes);
    let checks = root.tables("check");
    checks.into_iter().map_while(|unread| (!notes.is_full()).then(|| check(unread, notes))).collect()
}

fn check<'d>(unread: Unread<'d>, notes: &mut Notes<'d>) -> Check {
    let mut table = Table::open(unread, &format::CHECK, notes);
    let id = CheckId::new(table.id(Subject::Check));
    let (says, ask) = (table.text("says"), table.text("ask"));
    let items = table.items("when");
    let conditions = table.tables_of("when", items);
    let when = conditions.into_iter().filter_map(|unread| condition(unread, table.notes)).collect();
    Check { id, when, says, ask }
}

/// Returns the condition; nothing where it is faulty.
fn condition<'d>(unread: Unread<'d>, notes: &mut Notes<'d>) -> Option<Condition> {
    let has = |key: &str| unread.0.has(key);
    if has("question") {
        on_question(&mut Table::open(unread, &format::ON_QUESTION, notes))
    } else if has("requirement") {
        let mut table = Table::open(unread, &format::ON_CONTROL, notes);
        let id = table.reference("requirement", Subject::Requirement)?;
        Some(Condition::Excluded(RequirementId::new(id), table.required_flag("excluded")))
    } else if has("profile") {
        on_profile(&mut Table::open(unread, &format::ON_PROFILE, notes))
    } else {
        let all: Vec<&str> = format::CONDITIONS.iter().flat_map(|form| form.keys()).collect();
        let table = Table::open_keys(unread, &all, notes);
        if !ABOUT.iter().any(|key| table.is_misspelt(key)) {
            let remedy = "Name a `question`, a `requirement` or a field of the `profile`.";
            table.notes.add(unread.1, "the condition is about nothing", remedy);
        }
        None
    }
}

fn on_question(table: &mut Table<'_, '_>) -> Option<Condition> {
    let question = table.reference("question", Subject::Question).map(QuestionId::new);
    let keys: Vec<&str> = ON_LEVEL.into_iter().filter(|key| table.has(key)).collect();
    let [key] = *keys.as_slice() else {
        if !ON_LEVEL.iter().any(|key| table.is_misspelt(key)) {
            let remedy = "Give one of `at_least`, `below` and `evidenced_below`, with a level from 1 to 5.";
            let spot = table.spot("question");
            table.notes.add(spot, format!("the condition has {} levels, and needs 1", keys.len()), remedy);
        }
        return None;
    };
    let (question, level) = (question?, table.level(key)?);
    Some(match key {
        "at_least" => Condition::AtLeast(question, level),
        "below" => Condition::Below(question, level),
        _ => Condition::EvidencedBelow(question, level),
    })
}

fn on_profile(table: &mut Table<'_, '_>) -> Option<Condition> {
    let key = table.word("profile", &format::choosing_fields(), ProfileKey::word)?;
    let word = table.word("is", key.choices(), |word| word)?;
    Some(Condition::Profile(key, word))
}

impl Table<'_, '_> {
    /// Returns the level of a key, 1 to 5: what is at least 0 is always so, and nothing is below.
    fn level(&mut self, key: &str) -> Option<Level> {
        let number = self.number(key, f64::NAN);
        let level = Level::ALL.into_iter().skip(1).find(|level| level.points().total_cmp(&number).is_eq());
        if level.is_none() && !number.is_nan() {
            let spot = self.spot(key);
            self.notes.add(spot, format!("`{key}` is no level"), "Give a whole number from 1 to 5.");
        }
        level
    }
}
