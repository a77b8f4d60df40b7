//! A crosswalk file: which requirements another framework's entries rest on.
//!
//! Its texts aren't used yet, so only what names something of the questionnaire is checked.

use toml::de::DeTable;

use crate::domain::questionnaire::Subject;
use crate::storage::library::notes::{Notes, Spot};
use crate::storage::library::table::Table;

/// Checks a crosswalk. The areas have to be read before it.
pub(super) fn check<'d>(file: usize, document: &'d DeTable<'d>, notes: &mut Notes<'d>) {
    let mut root = Table::open((document, Spot::whole(file)), &["crosswalk", "entry"], notes);
    let (about, entries) = (root.required_table("crosswalk"), root.tables("entry"));
    if let Some(unread) = about {
        let mut table = Table::open_any(unread, notes);
        table.text("id");
        table.text("title");
        table.expect_date("as_of");
    }
    for unread in entries {
        let mut table = Table::open_any(unread, notes);
        table.text("id");
        table.text("title");
        table.expect_date("applies_from");
        let items = table.optional_items("requirements");
        for (text, spot) in table.texts_of("requirements", items) {
            table.notes.refer(Subject::Requirement, text, spot);
        }
    }
}
