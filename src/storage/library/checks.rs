//! `checks.toml`: what doesn't fit together.

use crate::domain::check::{Check, Condition};
use crate::domain::id::{CheckId, QuestionId, RequirementId};
use crate::domain::level::Level;
use crate::domain::profile::ProfileKey;
use crate::domain::questionnaire::Subject;
use crate::storage::library::notes::{Notes, Spot};
use crate::storage::library::table::{Table, Unread};
use crate::storage::library::tree::Fields;

/// The name of the file.
pub(super) const NAME: &str = "checks.toml";

const CHECK: [&str; 4] = ["id", "when", "says", "ask"];
/// What a condition can be about.
const ABOUT: [&str; 3] = ["question", "requirement", "profile"];
const ON_LEVEL: [&str; 3] = ["at_least", "below", "evidenced_below"];
const QUESTION: [&str; 4] = ["question", "at_least", "below", "evidenced_below"];
const REQUIREMENT: [&str; 2] = ["requirement", "excluded"];
const PROFILE: [&str; 2] = ["profile", "is"];

/// Reads the file; something to go on with where it is faulty. The areas have to be read before it.
pub(super) fn read<'d>(file: usize, document: &'d Fields<'d>, notes: &mut Notes<'d>) -> Vec<Check> {
    let mut root = Table::open((document, Spot::whole(file)), &["check"], notes);
    let checks = root.tables("check");
    checks.into_iter().map_while(|unread| (!notes.is_full()).then(|| check(unread, notes))).collect()
}

fn check<'d>(unread: Unread<'d>, notes: &mut Notes<'d>) -> Check {
    let mut table = Table::open(unread, &CHECK, notes);
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
        on_question(&mut Table::open(unread, &QUESTION, notes))
    } else if has("requirement") {
        let mut table = Table::open(unread, &REQUIREMENT, notes);
        let id = table.reference("requirement", Subject::Requirement)?;
        Some(Condition::Excluded(RequirementId::new(id), table.required_flag("excluded")))
    } else if has("profile") {
        on_profile(&mut Table::open(unread, &PROFILE, notes))
    } else {
        let all = [ABOUT.as_slice(), &ON_LEVEL, &["excluded", "is"]].concat();
        let table = Table::open(unread, &all, notes);
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
    let fields: Vec<ProfileKey> = ProfileKey::ALL.into_iter().filter(|key| !key.choices().is_empty()).collect();
    let key = table.word("profile", &fields, ProfileKey::word)?;
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
