//! `questionnaire.toml`: what a questionnaire says about itself, and the order of its areas.

use crate::domain::level::Level;
use crate::domain::questionnaire::{Area, Header, Subject};
use crate::storage::library::format;
use crate::storage::library::notes::{Notes, Spot};
use crate::storage::library::table::{Table, quoted};
use crate::storage::library::tree::Fields;

/// The name of the file.
pub(super) const NAME: &str = "questionnaire.toml";

/// What the file says.
#[derive(Clone, Debug)]
pub(super) struct Front<'d> {
    /// What the questionnaire says about itself.
    pub header: Header,
    /// The ids of the areas in their order, each with its place.
    pub areas: Vec<(&'d str, Spot)>,
}

/// Reads the file; something to go on with where it is faulty.
pub(super) fn read<'d>(file: usize, document: &'d Fields<'d>, notes: &mut Notes<'d>) -> Option<Front<'d>> {
    let mut root = Table::open((document, Spot::whole(file)), &format::HEADER_FILE, notes);
    let unread = root.required_table("questionnaire")?;
    let mut table = Table::open(unread, &format::HEADER, notes);
    table.is(Subject::Questionnaire);
    let header = Header {
        id: table.text("id"),
        version: table.text("version"),
        title: table.text("title"),
        language: table.text("language"),
        licence: table.text("licence"),
        notice: table.text("notice"),
    };
    let levels = table.items("levels");
    let named = table.texts_of("levels", levels);
    let is_scale = named.iter().map(|(name, _)| *name).eq(Level::ALL.map(Level::name));
    if !named.is_empty() && !is_scale {
        let remedy = format!("Write levels = {:?}.", Level::ALL.map(Level::name));
        let spot = table.spot("levels");
        table.notes.add(spot, "`levels` is not the scale of ready42", remedy);
    }
    let items = table.items("areas");
    let areas = table.texts_of("areas", items);
    Some(Front { header, areas })
}

/// Returns the areas in the order of the list, and notes those that are missing from either side.
pub(super) fn in_order(listed: &[(&str, Spot)], mut areas: Vec<Area>, notes: &mut Notes<'_>) -> Vec<Area> {
    let mut sorted = Vec::with_capacity(areas.len());
    for (number, (id, spot)) in listed.iter().enumerate() {
        if let Some(at) = areas.iter().position(|area| area.id.as_str() == *id) {
            sorted.push(areas.remove(at));
        } else if let Some((_, first)) = listed.iter().take(number).find(|(earlier, _)| earlier == id) {
            let problem = format!("the area {} is listed twice", quoted(id));
            notes.add_second(*spot, Some(*first), problem, "Take one of the two out.".to_owned());
        } else if !notes.incomplete {
            let problem = format!("no file has the area {}", quoted(id));
            let remedy = format!("Add a file with [area] and id = {}, or take it out of the list.", quoted(id));
            notes.add(*spot, problem, remedy);
        }
    }
    for area in &areas {
        let subject = Subject::Area(area.id.to_string());
        if let Some(spot) = notes.spot(&subject, "id").filter(|_| !Notes::is_made_up(area.id.as_str())) {
            let problem = format!("the area {} is not listed in {NAME}", quoted(area.id.as_str()));
            notes.add(spot, problem, "Add it there to `areas`, at the place where it shall come.");
        }
    }
    sorted.extend(areas);
    sorted
}
