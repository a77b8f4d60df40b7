//! `documents.toml`: the documented information that an audit reads.

use crate::domain::documents::{Document, DocumentKind};
use crate::domain::id::{DocumentId, QuestionId, RequirementId};
use crate::domain::questionnaire::Subject;
use crate::storage::library::format;
use crate::storage::library::notes::{Notes, Spot};
use crate::storage::library::table::{Table, Unread};
use crate::storage::library::tree::Fields;

/// The name of the file.
pub(super) const NAME: &str = "documents.toml";

/// Reads the file; something to go on with where it is faulty. The areas have to be read before it.
pub(super) fn read<'d>(file: usize, document: &'d Fields<'d>, notes: &mut Notes<'d>) -> Vec<Document> {
    let mut root = Table::open((document, Spot::whole(file)), &format::DOCUMENTS_FILE, notes);
    let documents = root.tables("document");
    documents.into_iter().map_while(|unread| (!notes.is_full()).then(|| one(unread, notes))).collect()
}

fn one<'d>(unread: Unread<'d>, notes: &mut Notes<'d>) -> Document {
    let mut table = Table::open(unread, &format::DOCUMENT, notes);
    let id = DocumentId::new(table.id(Subject::Document));
    let title = table.text("title");
    let kind = table.word("kind", &DocumentKind::ALL, DocumentKind::word).unwrap_or(DocumentKind::Document);
    let stage1 = table.flag("stage1");
    let requirements = named(&mut table, "requirements", Subject::Requirement);
    let questions = named(&mut table, "questions", Subject::Question);
    Document {
        id,
        title,
        kind,
        stage1,
        requirements: requirements.into_iter().map(RequirementId::new).collect(),
        questions: questions.into_iter().map(QuestionId::new).collect(),
    }
}

/// Returns the ids of a list, and notes those that name nothing.
fn named<'d>(table: &mut Table<'_, 'd>, key: &'static str, subject: fn(String) -> Subject) -> Vec<&'d str> {
    let items = table.items(key);
    let texts = table.texts_of(key, items);
    for (text, spot) in &texts {
        table.notes.refer(subject, text, *spot);
    }
    texts.into_iter().map(|(text, _)| text).collect()
}
