//! A crosswalk file: how the requirements relate to another framework.

use crate::domain::crosswalk::{Crosswalk, Detail, Entry, Kind, Obligation, Reuse};
use crate::domain::id::{CrosswalkId, EntryId, RequirementId};
use crate::domain::profile::AiActRole;
use crate::domain::questionnaire::Subject;
use crate::storage::library::format::{self, AI_ACT_ROLES};
use crate::storage::library::notes::{Notes, Spot};
use crate::storage::library::table::{Table, Unread};
use crate::storage::library::tree::Fields;
use chrono::NaiveDate;

/// Reads a crosswalk; something to go on with where it is faulty. The areas have to be read before it.
pub(super) fn read<'d>(file: usize, document: &'d Fields<'d>, notes: &mut Notes<'d>) -> Crosswalk {
    let mut root = Table::open((document, Spot::whole(file)), &format::CROSSWALK_FILE, notes);
    let (about, entries) = (root.required_table("crosswalk"), root.tables("entry"));
    let mut crosswalk = match about {
        Some(unread) => front(unread, notes),
        None => unnamed(notes),
    };
    let id = crosswalk.id.clone();
    crosswalk.entries = entries
        .into_iter()
        .map_while(|unread| (!notes.is_full()).then(|| entry(&id, crosswalk.kind, unread, notes)))
        .collect();
    crosswalk
}

fn front<'d>(unread: Unread<'d>, notes: &mut Notes<'d>) -> Crosswalk {
    let mut table = Table::open(unread, &format::CROSSWALK, notes);
    Crosswalk {
        id: CrosswalkId::new(table.id(Subject::Crosswalk)),
        title: table.text("title"),
        kind: table.word("kind", &Kind::ALL, Kind::word).unwrap_or(Kind::Coverage),
        reference: table.text("reference"),
        source: table.text("source"),
        ours: table.required_flag("ours"),
        as_of: table.date("as_of"),
        note: table.text("note"),
        entries: vec![],
    }
}

/// Returns something to go on with for a file without a `[crosswalk]` table.
fn unnamed(notes: &mut Notes<'_>) -> Crosswalk {
    Crosswalk {
        id: CrosswalkId::new(notes.made_up_id()),
        title: String::new(),
        kind: Kind::Coverage,
        reference: String::new(),
        source: String::new(),
        ours: false,
        as_of: NaiveDate::default(),
        note: String::new(),
        entries: vec![],
    }
}

fn entry<'d>(crosswalk: &CrosswalkId, kind: Kind, unread: Unread<'d>, notes: &mut Notes<'d>) -> Entry {
    let form = match kind {
        Kind::Obligations => &format::OBLIGATION,
        Kind::Reuse => &format::REUSED,
        Kind::Coverage => &format::COVERED,
        Kind::Buyers => &format::BOUGHT,
    };
    let mut table = Table::open(unread, form, notes);
    let id = EntryId::new(table.id(|id| Subject::entry(crosswalk.as_str(), &id)));
    let title = table.text("title");
    let requirements = table.required_items("requirements");
    let requirements = table.references("requirements", requirements, Subject::Requirement);
    let detail = match kind {
        Kind::Obligations => Detail::Obligation(obligation(&mut table)),
        Kind::Reuse => Detail::Reuse {
            reuse: table.word("reuse", &Reuse::ALL, Reuse::word).unwrap_or(Reuse::None),
            helps: table.text("helps"),
            gap: table.text("gap"),
        },
        Kind::Coverage => Detail::Coverage {
            text: table.optional_text("text").unwrap_or_default().to_owned(),
            helps: table.text("helps"),
            gap: table.optional_text("gap").unwrap_or_default().to_owned(),
        },
        Kind::Buyers => Detail::Buyer { question: table.text("question"), answer: table.text("answer") },
    };
    Entry { id, title, requirements: requirements.into_iter().map(RequirementId::new).collect(), detail }
}

fn obligation(table: &mut Table<'_, '_>) -> Obligation {
    let roles = table.optional_items("roles");
    let roles = table.texts_of("roles", roles);
    Obligation {
        helps: table.text("helps"),
        gap: table.text("gap"),
        roles: roles.into_iter().filter_map(|word| table.meaning(word, &AI_ACT_ROLES, AiActRole::word)).collect(),
        high_risk: table.flag("high_risk"),
        applies_from: table.date("applies_from"),
        applies_note: table.optional_text("applies_note").unwrap_or_default().to_owned(),
    }
}
