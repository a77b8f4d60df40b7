//! `glossary.toml`: the words of the field, and the questions that people ask.

use crate::domain::glossary::{Entry, Glossary, Question};
use crate::domain::id::TermId;
use crate::domain::questionnaire::Subject;
use crate::storage::library::format;
use crate::storage::library::notes::{Notes, Spot};
use crate::storage::library::table::{Table, Unread};
use crate::storage::library::tree::Fields;

/// The name of the file.
pub(super) const NAME: &str = "glossary.toml";

/// The `see` of everything read so far: it can name what comes later.
type Named<'d> = Vec<(&'d str, Spot)>;

/// Reads the file; something to go on with where it is faulty.
pub(super) fn read<'d>(file: usize, document: &'d Fields<'d>, notes: &mut Notes<'d>) -> Glossary {
    let mut root = Table::open((document, Spot::whole(file)), &format::GLOSSARY_FILE, notes);
    let (entries, questions) = (root.tables("entry"), root.tables("faq"));
    let mut named = vec![];
    let entries =
        entries.into_iter().map_while(|unread| (!notes.is_full()).then(|| entry(unread, &mut named, notes))).collect();
    let questions = questions
        .into_iter()
        .map_while(|unread| (!notes.is_full()).then(|| question(unread, &mut named, notes)))
        .collect();
    for (text, spot) in named {
        notes.refer(Subject::Term, text, spot);
    }
    Glossary { entries, questions }
}

fn entry<'d>(unread: Unread<'d>, named: &mut Named<'d>, notes: &mut Notes<'d>) -> Entry {
    let mut table = Table::open(unread, &format::TERM, notes);
    let id = TermId::new(table.id(Subject::Term));
    let also = table.optional_items("also");
    Entry {
        id,
        term: table.text("term"),
        also: table.texts_of("also", also).into_iter().map(|(text, _)| text.to_owned()).collect(),
        text: table.text("text"),
        see: see(&mut table, named),
    }
}

fn question<'d>(unread: Unread<'d>, named: &mut Named<'d>, notes: &mut Notes<'d>) -> Question {
    let mut table = Table::open(unread, &format::ASKED, notes);
    let id = TermId::new(table.id(Subject::Term));
    Question { id, ask: table.text("ask"), answer: table.text("answer"), see: see(&mut table, named) }
}

fn see<'d>(table: &mut Table<'d, '_>, named: &mut Named<'d>) -> Vec<TermId> {
    let items = table.optional_items("see");
    let texts = table.texts_of("see", items);
    named.extend(&texts);
    texts.into_iter().map(|(text, _)| TermId::new(text)).collect()
}
