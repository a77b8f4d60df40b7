//! Puts the files of a questionnaire together: to a questionnaire, or to all its flaws.

use toml::de::DeTable;

use crate::domain::glossary::Glossary;
use crate::domain::questionnaire::{Beside, Header, Parts, Questionnaire, style};
use crate::storage::library::files::File;
use crate::storage::library::flaw::{Checked, LocatedFlaw};
use crate::storage::library::header::{self, Front};
use crate::storage::library::locate::locate;
use crate::storage::library::notes::{Notes, Spot};
use crate::storage::library::tree::Fields;
use crate::storage::library::{area, checks, compiled, crosswalk, documents, glossary, roadmap};

/// The largest faulty file of which all syntax errors are looked for, in bytes. A line of brackets holds an error a
/// byte, and each takes some 200 bytes of memory; of a larger file, the first error is told.
const MOST_BYTES_RECOVERED: usize = 1024 * 1024;
/// The files beside the areas that lie directly in the folder.
const KNOWN: [&str; 6] = [header::NAME, roadmap::NAME, glossary::NAME, checks::NAME, documents::NAME, DEMO];
/// The name of the file with the demonstration.
pub(super) const DEMO: &str = "demo.toml";

/// What a file is for, by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Header,
    Area,
    Roadmap,
    Crosswalk,
    Checks,
    Glossary,
    Documents,
    /// Its text is kept, and read when somebody wants the demonstration. It only has to be TOML.
    Demo,
    /// It only has to be TOML.
    Translation,
    Unknown,
}

/// A file that is TOML.
struct Document<'d> {
    file: usize,
    name: &'d str,
    table: Fields<'d>,
}

/// Returns the questionnaire made of these files.
///
/// # Errors
///
/// Returns all flaws, by file and then from top to bottom. Never none, as [`crate::storage::library::files::complete`]
/// sees to a `questionnaire.toml`.
pub(super) fn assemble(files: &[File]) -> Result<Questionnaire, Vec<LocatedFlaw>> {
    let mut notes = Notes::default();
    let documents = parse_all(files, &mut notes);
    match read(&documents, &mut notes) {
        Some(questionnaire) if notes.is_clean() => Ok(questionnaire),
        _ => Err(locate(files, notes)),
    }
}

/// Returns everything that is wrong with the files, and how what isn't wrong could be worded better. Advice is given only
/// where there are no flaws: before, there is no questionnaire to read.
pub(super) fn inspect(files: &[File]) -> Checked {
    let mut notes = Notes::default();
    let documents = parse_all(files, &mut notes);
    match read(&documents, &mut notes) {
        Some(questionnaire) if notes.is_clean() => {
            notes.add_advice(style::advice(&questionnaire));
            Checked { flaws: vec![], advice: locate(files, notes) }
        }
        _ => Checked { flaws: locate(files, notes), advice: vec![] },
    }
}

/// Returns the built-in questionnaire of this folder, from its compiled files; nothing where a value is no value, which
/// [`assemble`] tells with its place.
///
/// That it fits together isn't looked into each time: the tests hold that it is what [`assemble`] makes of the same texts,
/// flaws and all. What stands beside the areas is read when somebody asks for it.
pub(super) fn assemble_compiled(folder: &str) -> Option<Questionnaire> {
    let (mut areas, mut checks, mut front) = (vec![], vec![], None);
    // Each file is let go before the next is put together: together they would take far more memory than what is read.
    for (file, (name, compiled)) in compiled::below(folder).enumerate() {
        let used = use_of(name);
        if !matches!(used, Use::Header | Use::Area | Use::Checks) {
            continue;
        }
        let table = compiled.fields()?;
        let mut notes = Notes::trusting();
        match used {
            Use::Area if area::is_area(&table) => areas.push(area::read(file, &table, &mut notes)),
            Use::Checks => checks = checks::read(file, &table, &mut notes),
            Use::Header => front = Some((file, table)),
            _ => return None,
        }
        if !notes.is_clean() {
            return None;
        }
    }
    let (file, table) = front?;
    let mut notes = Notes::trusting();
    let front = header::read(file, &table, &mut notes)?;
    let areas = header::in_order(&front.areas, areas, &mut notes);
    let folder = folder.to_owned();
    notes.is_clean().then(|| Questionnaire::trusted(front.header, areas, checks, move || beside_compiled(&folder)))
}

/// Returns what stands beside the areas of a built-in questionnaire.
///
/// # Panics
///
/// Panics where its files are faulty, which the tests of this project find.
fn beside_compiled(folder: &str) -> Beside {
    let is_beside = |used| !matches!(used, Use::Header | Use::Area | Use::Checks);
    let documents = compiled_documents(folder, is_beside).unwrap_or_default();
    // The areas aren't read again: what these files name of them is not missed here.
    let mut notes = Notes::trusting();
    let mut parts = empty(unnamed());
    read_beside(&documents, &mut parts, &mut notes);
    let flaw = notes.first();
    assert!(flaw.is_none(), "questionnaires/{folder} is faulty: {flaw:?}. `ready42 questionnaire check` says where");
    let Parts { roadmap, crosswalks, glossary, documents, .. } = parts;
    Beside { roadmap, crosswalks, glossary, documents }
}

/// Returns the compiled files of a folder that are used for something wanted.
fn compiled_documents(folder: &str, is_wanted: impl Fn(Use) -> bool) -> Option<Vec<Document<'static>>> {
    let files = compiled::below(folder).enumerate().filter(|(_, (name, _))| is_wanted(use_of(name)));
    files.map(|(file, (name, compiled))| Some(Document { file, name, table: compiled.fields()? })).collect()
}

/// Returns what the questionnaire of these files says about itself.
///
/// # Errors
///
/// Returns the flaws of `questionnaire.toml`.
pub(super) fn read_header(files: &[File]) -> Result<Header, Vec<LocatedFlaw>> {
    let files: Vec<File> = files.iter().filter(|file| file.name == header::NAME).cloned().collect();
    let mut notes = Notes::default();
    let documents = parse_all(&files, &mut notes);
    match front(&documents, &mut notes) {
        Some(front) if notes.is_clean() => Ok(front.header),
        _ => Err(locate(&files, notes)),
    }
}

fn use_of(name: &str) -> Use {
    match name {
        header::NAME => Use::Header,
        roadmap::NAME => Use::Roadmap,
        glossary::NAME => Use::Glossary,
        checks::NAME => Use::Checks,
        documents::NAME => Use::Documents,
        DEMO => Use::Demo,
        name if name.starts_with("i18n/") => Use::Translation,
        name if !name.contains('/') => Use::Area,
        name => match name.strip_prefix("crosswalks/") {
            Some(rest) if !rest.contains('/') => Use::Crosswalk,
            _ => Use::Unknown,
        },
    }
}

fn parse_all<'d>(files: &'d [File], notes: &mut Notes<'_>) -> Vec<Document<'d>> {
    let mut documents = vec![];
    for (index, file) in files.iter().enumerate() {
        let parsed = file.checked_text(index, notes).and_then(|text| parse(index, text, notes));
        match parsed {
            Some(table) => documents.push(Document { file: index, name: &file.name, table }),
            None => notes.incomplete |= use_of(&file.name) == Use::Area,
        }
    }
    documents
}

/// Returns the file as TOML, or notes all its syntax errors.
fn parse<'d>(index: usize, text: &'d str, notes: &mut Notes<'_>) -> Option<Fields<'d>> {
    let first = match DeTable::parse(text) {
        Ok(table) => return Some(Fields::parsed(table.into_inner())),
        Err(error) => error,
    };
    let errors = if text.len() <= MOST_BYTES_RECOVERED { DeTable::parse_recoverable(text).1 } else { vec![first] };
    for error in errors {
        let span = error.span().unwrap_or(text.len()..text.len());
        let remedy = match error.message() {
            "duplicate key" => "Take one of the two out.",
            message if message.contains("recurs") => "Put fewer brackets into each other.",
            message if message.starts_with("string values must be quoted") => {
                "Put a text in \"quotes\"; numbers, true and false stand without."
            }
            message if message.contains("date") => "Write a date such as 2026-11-23.",
            message if message.contains("string") => "Close the text with a quote; write a quote within it as \\\".",
            _ => "Write it as TOML: `key = \"text\"`, `key = 1.5`, `key = true`, or a list in [brackets].",
        };
        notes.add(Spot::new(index, span), error.message().replace('\n', " "), remedy);
    }
    None
}

fn front<'d>(documents: &'d [Document<'d>], notes: &mut Notes<'d>) -> Option<Front<'d>> {
    let document = documents.iter().find(|document| use_of(document.name) == Use::Header)?;
    header::read(document.file, &document.table, notes)
}

/// Returns the questionnaire; nothing, where the domain refuses it.
fn read<'d>(documents: &'d [Document<'d>], notes: &mut Notes<'d>) -> Option<Questionnaire> {
    let parts = read_parts(documents, notes);
    let is_named = parts.header != unnamed();
    let questionnaire = Questionnaire::of(parts).map_err(|flaws| notes.add_from_domain(flaws)).ok();
    questionnaire.filter(|_| is_named)
}

/// Returns what the files hold; what they lack is empty.
fn read_parts<'d>(documents: &'d [Document<'d>], notes: &mut Notes<'d>) -> Parts {
    let front = front(documents, notes);
    let mut areas = vec![];
    for document in documents {
        match use_of(document.name) {
            Use::Area if area::is_area(&document.table) => {
                areas.push(area::read(document.file, &document.table, notes));
            }
            Use::Area => note_no_area(document, notes),
            Use::Unknown => {
                let remedy = "Area files lie directly in the folder, crosswalks in crosswalks/, translations in i18n/.";
                notes.add(Spot::whole(document.file), "a file in this place is not read", remedy);
            }
            Use::Header
            | Use::Roadmap
            | Use::Crosswalk
            | Use::Checks
            | Use::Glossary
            | Use::Documents
            | Use::Demo
            | Use::Translation => {}
        }
    }
    let areas = match &front {
        Some(front) => header::in_order(&front.areas, areas, notes),
        None => areas,
    };
    let header = front.map_or_else(unnamed, |front| front.header);
    let mut parts = Parts { areas, ..empty(header) };
    read_beside(documents, &mut parts, notes);
    parts
}

fn empty(header: Header) -> Parts {
    let (areas, checks, crosswalks, documents) = (vec![], vec![], vec![], vec![]);
    Parts { header, areas, roadmap: None, checks, crosswalks, glossary: Glossary::default(), documents }
}

/// Reads the files that name what stands in the areas.
fn read_beside<'d>(documents: &'d [Document<'d>], parts: &mut Parts, notes: &mut Notes<'d>) {
    for Document { file, name, table } in documents {
        match use_of(name) {
            Use::Roadmap => parts.roadmap = Some(roadmap::read(*file, table, notes)),
            Use::Crosswalk => parts.crosswalks.push(crosswalk::read(*file, table, notes)),
            Use::Checks => parts.checks = checks::read(*file, table, notes),
            Use::Glossary => parts.glossary = glossary::read(*file, table, notes),
            Use::Documents => parts.documents = documents::read(*file, table, notes),
            Use::Header | Use::Area | Use::Demo | Use::Translation | Use::Unknown => {}
        }
    }
}

/// Notes a file that is neither known nor an area.
fn note_no_area(document: &Document<'_>, notes: &mut Notes<'_>) {
    let remedy = match notes.nearest(document.name, KNOWN.into_iter()) {
        Some(meant) => format!("Did you mean {meant}?"),
        None => format!("It begins with [area], unless it is {}.", KNOWN.join(", ")),
    };
    notes.add(Spot::whole(document.file), "the file has no [area]", remedy);
}

fn unnamed() -> Header {
    Header {
        id: "unnamed".to_owned(),
        version: String::new(),
        title: String::new(),
        language: String::new(),
        licence: String::new(),
        notice: String::new(),
    }
}
