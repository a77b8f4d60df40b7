//! An area file: requirements with their questions.

use crate::domain::id::{AreaId, QuestionId, RequirementId};
use crate::domain::profile::AiRole;
use crate::domain::questionnaire::{
    Area, EvidenceHint, EvidenceKind, Question, Requirement, RequirementKind, Subject, UsualExclusion,
};
use crate::storage::library::format::{self, AI_ROLES, REQUIREMENT_KINDS};
use crate::storage::library::notes::{Notes, Spot};
use crate::storage::library::table::{Table, Unread};
use crate::storage::library::tree::Fields;

/// Returns whether the file has something of an area file.
pub(super) fn is_area(document: &Fields<'_>) -> bool {
    document.has("area") || document.has("requirement")
}

/// Reads an area file; something to go on with where it is faulty.
pub(super) fn read<'d>(file: usize, document: &'d Fields<'d>, notes: &mut Notes<'d>) -> Area {
    let mut root = Table::open((document, Spot::whole(file)), &format::AREA_FILE, notes);
    let unread = root.required_table("area");
    let requirements = root.tables("requirement");
    let (id, title, objective) = match unread {
        Some(unread) => {
            let mut table = Table::open(unread, &format::AREA, notes);
            (table.id(Subject::Area), table.text("title"), table.text("objective"))
        }
        None => (notes.made_up_id(), String::new(), String::new()),
    };
    let requirements = each(requirements, notes, requirement);
    Area { id: AreaId::new(id), title, objective, requirements }
}

/// Reads each table, until there are more flaws than are kept.
fn each<'d, T>(tables: Vec<Unread<'d>>, notes: &mut Notes<'d>, read: fn(Unread<'d>, &mut Notes<'d>) -> T) -> Vec<T> {
    tables.into_iter().map_while(|unread| (!notes.is_full()).then(|| read(unread, notes))).collect()
}

fn requirement<'d>(unread: Unread<'d>, notes: &mut Notes<'d>) -> Requirement {
    let mut table = Table::open(unread, &format::REQUIREMENT, notes);
    let id = RequirementId::new(table.id(Subject::Requirement));
    let title = table.text("title");
    let kind = table.word("kind", &REQUIREMENT_KINDS, RequirementKind::word).unwrap_or(RequirementKind::Clause);
    let (weight, weight_reason) = weight(&mut table);
    let intent = table.text("intent");
    let exclusion = exclusion(&mut table);
    let questions = table.tables("question");
    let questions = each(questions, table.notes, question);
    Requirement { id, title, kind, weight, weight_reason, intent, exclusion, questions }
}

fn question<'d>(unread: Unread<'d>, notes: &mut Notes<'d>) -> Question {
    let mut table = Table::open(unread, &format::QUESTION, notes);
    let id = QuestionId::new(table.id(Subject::Question));
    let (weight, weight_reason) = weight(&mut table);
    Question {
        id,
        ask: table.text("ask"),
        why: table.text("why"),
        levels: levels(&mut table),
        evidence: evidence(&mut table),
        pitfall: table.text("pitfall"),
        weight,
        weight_reason,
        documented: table.flag("documented"),
        showstopper: table.flag("showstopper"),
        quick: table.flag("quick"),
        roles: roles(&mut table),
        replaces: table.optional_text("replaces").map(QuestionId::new),
    }
}

/// Returns the weight, 1 where there is none, and its reason, which any other weight needs.
fn weight(table: &mut Table<'_, '_>) -> (f64, String) {
    let weight = table.number_or("weight", 1.0);
    let reason = table.optional_text("weight_reason").unwrap_or_default().to_owned();
    if weight.total_cmp(&1.0).is_ne() && weight > 0.0 && !table.has("weight_reason") {
        let spot = table.spot("weight");
        table.notes.add(spot, "the weight has no reason", "Add `weight_reason = \"…\"`, or leave the weight out.");
    }
    (weight, reason)
}

/// Returns the six texts; something to go on with where there are others.
fn levels(table: &mut Table<'_, '_>) -> [String; 6] {
    let items = table.items("levels");
    let count = items.len();
    if count != 6 && count != 0 {
        let spot = table.spot("levels");
        table.notes.add(
            spot,
            format!("`levels` has {count} texts, and needs 6"),
            "Word one text a level, from 0 to 5.",
        );
    }
    let texts = table.texts_of("levels", items);
    for (number, (text, spot)) in texts.iter().enumerate().take(6) {
        if let Some((_, first)) = texts.iter().take(number).find(|(earlier, _)| earlier == text) {
            let remedy = "Word each level so that two people choose the same number.".to_owned();
            table.notes.add_second(*spot, Some(*first), "two levels are alike".to_owned(), remedy);
        }
    }
    let mut texts = texts.into_iter();
    std::array::from_fn(|number| texts.next().map_or_else(|| number.to_string(), |(text, _)| text.to_owned()))
}

fn evidence(table: &mut Table<'_, '_>) -> Vec<EvidenceHint> {
    let items = table.items("evidence");
    let hints = table.tables_of("evidence", items);
    hints
        .into_iter()
        .map(|unread| {
            let mut table = Table::open(unread, &format::EVIDENCE, table.notes);
            let kind = table.word("kind", &EvidenceKind::ALL, EvidenceKind::word).unwrap_or(EvidenceKind::Document);
            EvidenceHint { kind, what: table.text("what") }
        })
        .collect()
}

fn roles(table: &mut Table<'_, '_>) -> Vec<AiRole> {
    let items = table.optional_items("roles");
    let words = table.texts_of("roles", items);
    words.into_iter().filter_map(|word| table.meaning(word, &AI_ROLES, AiRole::word)).collect()
}

/// Returns for whom a control is typically left out; each of the two keys needs the other.
fn exclusion(table: &mut Table<'_, '_>) -> Option<UsualExclusion> {
    if !table.has("exclude_for") && !table.has("exclude_because") {
        return None;
    }
    let items = table.items("exclude_for");
    let words = table.texts_of("exclude_for", items);
    let roles: Vec<AiRole> =
        words.into_iter().filter_map(|word| table.meaning(word, &AI_ROLES, AiRole::word)).collect();
    let because = table.text("exclude_because");
    // Without a role, the flaw is noted.
    (!roles.is_empty()).then_some(UsualExclusion { roles, because })
}
